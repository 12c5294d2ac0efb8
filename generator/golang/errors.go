package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// errorsFile builds errors.go: what belongs to the errors with params.
func (p *pkg) errorsFile() *source {
	s := &source{path: "errors.go"}
	addEach(s, p.structs(), errorDecls)
	used := p.messageTypes()
	if used[catalog.Number] {
		s.add(formatNumberFunc)
	}
	if used[catalog.Datetime] {
		s.add(formatTimeFunc)
	}
	if used[catalog.IntegerList] {
		s.add(joinIntegersFunc)
	}
	return s
}

// errorDecls adds what belongs to an error with params.
func errorDecls(g *jen.Group, e *catalog.Error) {
	errorStruct(g, e)
	constructor(g, e)
	errorMethod(g, e)
	unwrapMethod(g, e)
	logValueMethod(g, e)
	if hasSensitive(e) {
		formatMethod(g, e)
	}
	for _, former := range e.FormerNames {
		if former.GoName != "" {
			formerNames(g, e, former)
		}
	}
}

// errorStruct adds the struct that carries the params of an error.
func errorStruct(g *jen.Group, e *catalog.Error) {
	// type WrongUserIDError struct {
	// 	UserID string `json:"user_id"`
	// }
	c := newComment(fmt.Sprintf("%s is the error [%s] with its params.", e.GoStruct(), e.GoName))
	c.deprecation(e)
	doc(g, c)
	g.Type().Id(e.GoStruct()).Id("struct").BlockFunc(func(g *jen.Group) {
		for _, param := range e.Params {
			doc(g, fieldComment(param))
			name := param.Name
			if param.Sensitive {
				name = "-"
			}
			g.Id(param.GoField).Add(goType(param.Type)).Tag(map[string]string{"json": name})
		}
	})
}

// fieldComment documents a param.
func fieldComment(param *catalog.Param) *comment {
	lead := fmt.Sprintf("%s is the param %s", param.GoField, param.Name)
	c := new(comment)
	if param.Description.IsEmpty() {
		c.paragraph(lead)
	} else {
		c.prose("", lead+":", param.Description)
	}
	if param.Sensitive {
		c.paragraph("It is sensitive: it stays out of messages, logs and responses.")
	}
	return c
}

// goType returns the type of a field.
func goType(t catalog.ParamType) jen.Code {
	switch t {
	case catalog.Integer:
		return jen.Int64()
	case catalog.Number:
		return jen.Float64()
	case catalog.Boolean:
		return jen.Bool()
	case catalog.Datetime:
		return jen.Qual("time", "Time")
	case catalog.Duration:
		return jen.Qual("time", "Duration")
	case catalog.StringList:
		return jen.Id("[]string")
	case catalog.IntegerList:
		return jen.Id("[]int64")
	}
	return jen.String()
}

// constructor adds the function that makes an error with params.
func constructor(g *jen.Group, e *catalog.Error) {
	// func NewWrongUserID(userID string) *WrongUserIDError {
	// 	return &WrongUserIDError{UserID: userID}
	// }
	c := newComment(fmt.Sprintf("%s returns the error [%s] with its params.", e.GoConstructor(), e.GoName))
	c.deprecation(e)
	doc(g, c)
	g.Func().Add(call(jen.Id(e.GoConstructor()), arguments(e)...)).Id("*" + e.GoStruct()).Block(
		jen.Return(literal(e)),
	)
}

// fields is the layout of a literal on one line.
var fields = jen.Options{Open: "{", Close: "}", Separator: ", "}

// maxAligned is the length of a name up to which gofmt aligns the values behind
// all names of a literal.
const maxAligned = 40

// literal returns the literal of an error's struct: a line a field where there
// are many.
func literal(e *catalog.Error) jen.Code {
	// &WrongUserIDError{UserID: userID}
	layout, width := fields, 0
	if len(e.Params) > 3 {
		longest := 0
		for _, param := range e.Params {
			longest = max(longest, len(param.GoField))
		}
		if longest <= maxAligned {
			layout, width = rows, longest+len(":")
		}
	}
	return jen.Custom(tight, jen.Id("&"+e.GoStruct()), jen.CustomFunc(layout, func(g *jen.Group) {
		for _, param := range e.Params {
			g.Id(fmt.Sprintf("%-*s", width, param.GoField+":")).Id(param.GoArg)
		}
	}))
}

// arguments returns the arguments of a constructor, those in a row that are of
// one type as a group: from, to string, count int64.
func arguments(e *catalog.Error) []jen.Code {
	var args []jen.Code
	for i, param := range e.Params {
		arg := jen.Id(param.GoArg)
		if i+1 == len(e.Params) || e.Params[i+1].Type != param.Type {
			arg.Add(goType(param.Type))
		}
		args = append(args, arg)
	}
	return args
}

// method begins a method of an error's struct.
func method(g *jen.Group, e *catalog.Error, name string) *jen.Statement {
	// func (e *WrongUserIDError) Error()
	return g.Func().Id("(e *" + e.GoStruct() + ")").Id(name + "()")
}

// errorMethod adds the method Error, which fills the params into the message.
func errorMethod(g *jen.Group, e *catalog.Error) {
	// func (e *WrongUserIDError) Error() string {
	// 	return "2209: This user is already enrolled with " + e.UserID
	// }
	docf(g, "Error returns the code and the message.")
	method(g, e, "Error").String().Block(jen.Return(messageText(e)))
}

// messageText returns the expression for the code and the message of an error
// e. It is a concatenation, which compiles and runs faster than fmt.Sprintf.
func messageText(e *catalog.Error) *jen.Statement {
	// "2209: This user is already enrolled with " + e.UserID
	expr := new(jen.Statement)
	add := func(operand jen.Code) {
		if len(*expr) > 0 {
			expr.Op("+")
		}
		expr.Add(operand)
	}
	text := e.Code + ": "
	for _, s := range e.Message.Segments {
		if s.Param == nil {
			text += s.Text
			continue
		}
		if text != "" {
			add(jen.Lit(text))
			text = ""
		}
		add(paramText(s.Param))
	}
	if text != "" {
		add(jen.Lit(text))
	}
	return expr
}

// paramText returns the expression for the text of a param in a message.
func paramText(param *catalog.Param) jen.Code {
	field := jen.Id("e." + param.GoField)
	switch param.Type {
	case catalog.Integer:
		return call(jen.Qual("strconv", "FormatInt"), field, jen.Lit(10))
	case catalog.Number:
		return call(jen.Id("formatNumber"), field)
	case catalog.Boolean:
		return call(jen.Qual("strconv", "FormatBool"), field)
	case catalog.Datetime:
		return call(jen.Id("formatTime"), field)
	case catalog.Duration:
		return jen.Id("e." + param.GoField + ".String()")
	case catalog.StringList:
		return call(jen.Qual("strings", "Join"), field, jen.Lit(", "))
	case catalog.IntegerList:
		return call(jen.Id("joinIntegers"), field)
	}
	return field
}

// unwrapMethod adds the method Unwrap, by which errors.Is finds the Code.
func unwrapMethod(g *jen.Group, e *catalog.Error) {
	// func (e *WrongUserIDError) Unwrap() error {
	// 	return WrongUserID
	// }
	docf(g, "Unwrap returns [%s].", e.GoName)
	method(g, e, "Unwrap").Error().Block(jen.Return(jen.Id(e.GoName)))
}

// logValueMethod adds the method LogValue of log/slog.
func logValueMethod(g *jen.Group, e *catalog.Error) {
	// func (e *WrongUserIDError) LogValue() slog.Value {
	// 	return logValue(e)
	// }
	text := "LogValue returns the code, the category, the message and the params."
	if hasSensitive(e) {
		text = "LogValue returns the code, the category, the message and the params that are not sensitive."
	}
	docf(g, "%s", text)
	method(g, e, "LogValue").Qual("log/slog", "Value").Block(
		jen.Return(jen.Id("logValue(e)")),
	)
}

// formatMethod adds the method Format to a struct with sensitive params. Its
// receiver is a value, so that a copy of the struct is formatted by it too.
func formatMethod(g *jen.Group, e *catalog.Error) {
	// func (e WrongPINError) Format(f fmt.State, verb rune) {
	// 	fmt.Fprintf(f, fmt.FormatString(f, verb), e.Error())
	// }
	docf(g, "Format writes the code and the message, whatever the verb, so that none shows what is sensitive.")
	signature := call(jen.Id("Format"), jen.Id("f").Qual("fmt", "State"), jen.Id("verb").Rune())
	g.Func().Id("(e " + e.GoStruct() + ")").Add(signature).Block(
		call(jen.Qual("fmt", "Fprintf"),
			jen.Id("f"), call(jen.Qual("fmt", "FormatString"), jen.Id("f"), jen.Id("verb")), jen.Id("e.Error()"),
		),
	)
}

func hasSensitive(e *catalog.Error) bool {
	for _, param := range e.Params {
		if param.Sensitive {
			return true
		}
	}
	return false
}

// formerNames adds the identifiers that came from a former name of the error.
func formerNames(g *jen.Group, e *catalog.Error, former catalog.FormerName) {
	// type UnauthorisedError = NotAuthorizedError
	doc(g, formerComment(former.GoStruct(), e.GoStruct()))
	g.Type().Id(former.GoStruct()).Op("=").Id(e.GoStruct())

	// func NewUnauthorised(userID string) *NotAuthorizedError {
	// 	return NewNotAuthorized(userID)
	// }
	doc(g, formerComment(former.GoConstructor(), e.GoConstructor()))
	var names []jen.Code
	for _, param := range e.Params {
		names = append(names, jen.Id(param.GoArg))
	}
	g.Func().Add(call(jen.Id(former.GoConstructor()), arguments(e)...)).Id("*" + e.GoStruct()).Block(
		jen.Return(call(jen.Id(e.GoConstructor()), names...)),
	)
}

// messageTypes returns the types of the params that stand in a message of an
// error with a struct.
func (p *pkg) messageTypes() map[catalog.ParamType]bool {
	used := make(map[catalog.ParamType]bool)
	for _, e := range p.structs() {
		for _, s := range e.Message.Segments {
			if s.Param != nil {
				used[s.Param.Type] = true
			}
		}
	}
	return used
}

// formatNumberFunc adds the function that writes a number in a message.
func formatNumberFunc(g *jen.Group) {
	// func formatNumber(x float64) string {
	// 	switch abs := math.Abs(x); {
	// 	case x == 0:
	// 		return "0"
	// 	case math.IsInf(x, 1):
	// 		return "Infinity"
	// 	case math.IsInf(x, -1):
	// 		return "-Infinity"
	// 	case abs < 1e-6, abs >= 1e21:
	// 		s := strconv.FormatFloat(x, 'e', -1, 64)
	// 		return strings.Replace(s, "e-0", "e-", 1)
	// 	}
	// 	return strconv.FormatFloat(x, 'f', -1, 64)
	// }
	formatFloat := func(format rune) *jen.Statement {
		return jen.Qual("strconv", "FormatFloat").Call(jen.Id("x"), jen.LitRune(format), jen.Lit(-1), jen.Lit(64))
	}
	docf(g, "formatNumber writes a number as JavaScript does, so that a message reads the same in every language.")
	g.Func().Id("formatNumber").Params(jen.Id("x").Float64()).String().Block(
		jen.Switch(jen.Id("abs").Op(":=").Qual("math", "Abs").Call(jen.Id("x")), jen.Empty()).Block(
			jen.Case(jen.Id("x").Op("==").Lit(0)).Block(
				jen.Return(jen.Lit("0")),
			),
			jen.Case(jen.Qual("math", "IsInf").Call(jen.Id("x"), jen.Lit(1))).Block(
				jen.Return(jen.Lit("Infinity")),
			),
			jen.Case(jen.Qual("math", "IsInf").Call(jen.Id("x"), jen.Lit(-1))).Block(
				jen.Return(jen.Lit("-Infinity")),
			),
			jen.Case(jen.Id("abs").Op("<").Id("1e-6"), jen.Id("abs").Op(">=").Id("1e21")).Block(
				jen.Return(jen.Qual("strings", "Replace").Call(formatFloat('e'), jen.Lit("e-0"), jen.Lit("e-"), jen.Lit(1))),
			),
		),
		jen.Return(formatFloat('f')),
	)
}

// formatTimeFunc adds the function that writes a datetime in a message.
func formatTimeFunc(g *jen.Group) {
	// func formatTime(t time.Time) string {
	// 	if _, offset := t.Zone(); offset%60 != 0 {
	// 		t = t.UTC() // RFC 3339 has no seconds in an offset
	// 	}
	// 	return t.Format(time.RFC3339Nano)
	// }
	docf(g, "formatTime writes a datetime in a message, as it stands in a [Problem].")
	g.Func().Id("formatTime").Params(jen.Id("t").Qual("time", "Time")).String().Block(
		jen.If(
			jen.List(jen.Id("_"), jen.Id("offset")).Op(":=").Id("t").Dot("Zone").Call(),
			jen.Id("offset").Op("%").Lit(60).Op("!=").Lit(0),
		).Block(
			jen.Id("t").Op("=").Id("t").Dot("UTC").Call().Comment("RFC 3339 has no seconds in an offset"),
		),
		jen.Return(jen.Id("t").Dot("Format").Call(jen.Qual("time", "RFC3339Nano"))),
	)
}

// joinIntegersFunc adds the function that writes a list of integers in a
// message.
func joinIntegersFunc(g *jen.Group) {
	// func joinIntegers(list []int64) string {
	// 	var b []byte
	// 	for i, n := range list {
	// 		if i > 0 {
	// 			b = append(b, ", "...)
	// 		}
	// 		b = strconv.AppendInt(b, n, 10)
	// 	}
	// 	return string(b)
	// }
	docf(g, "joinIntegers writes a list in a message.")
	g.Func().Id("joinIntegers").Params(jen.Id("list").Index().Int64()).String().Block(
		jen.Var().Id("b").Index().Byte(),
		jen.For(jen.List(jen.Id("i"), jen.Id("n")).Op(":=").Range().Id("list")).Block(
			jen.If(jen.Id("i").Op(">").Lit(0)).Block(
				jen.Id("b").Op("=").Append(jen.Id("b"), jen.Lit(", ").Op("...")),
			),
			jen.Id("b").Op("=").Qual("strconv", "AppendInt").Call(jen.Id("b"), jen.Id("n"), jen.Lit(10)),
		),
		jen.Return(jen.String().Call(jen.Id("b"))),
	)
}
