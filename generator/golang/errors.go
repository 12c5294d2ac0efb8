package golang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// errorsFile builds errors.go: the structs of the errors with params. It has no
// sections if there are none.
func (p *pkg) errorsFile() *goFile {
	f := &goFile{path: "errors.go"}
	addEach(f, p.structs(), errorDecls)
	return f
}

// errorDecls adds the declarations of an error with params.
func errorDecls(g *jen.Group, e *catalog.Error) {
	errorStruct(g, e)
	if e.HasConstructor() {
		constructor(g, e)
	}
	errorMethod(g, e)
	unwrapMethod(g, e)
	logValueMethod(g, e)
	for _, s := range e.Synonyms {
		if s.GoName != "" {
			otherNameDecls(g, e, catalog.FormerName(s), synonymComment)
		}
	}
	for _, former := range e.FormerNames {
		if former.GoName != "" {
			otherNameDecls(g, e, former, formerComment)
		}
	}
}

// errorStruct adds the struct that carries the params of an error.
func errorStruct(g *jen.Group, e *catalog.Error) {
	// type WrongUserIDError struct {
	// 	UserID string `errcat:"2209" json:"user_id"`
	// }
	//
	// By the tag errcat, errors.As of another generated package finds the struct.
	text := fmt.Sprintf("%s is the error [%s] with its params.", e.GoStruct(), e.GoName)
	if e.Retired == nil && !e.HasConstructor() {
		text += " Create it with the names of its fields: some have the same type."
	}
	c := newComment(text)
	c.deprecation(e)
	doc(g, c)
	g.Type().Id(e.GoStruct()).Id("struct").BlockFunc(func(g *jen.Group) {
		for i, param := range e.Params {
			doc(g, fieldComment(param))
			tag := map[string]string{"json": param.Name}
			if param.Sensitive {
				tag["json"] = "-"
			}
			if i == 0 {
				tag["errcat"] = e.Code
			}
			g.Id(param.GoField).Add(fieldType(param)).Tag(tag)
		}
	})
}

// fieldType returns the type of the field of a param.
func fieldType(param *catalog.Param) jen.Code {
	goType := paramTypes[param.Type].goType
	if param.Sensitive {
		return jen.Custom(tight, jen.Id("Sensitive["), goType, jen.Id("]"))
	}
	return goType
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
	if len(param.Values) > 0 {
		c.paragraph(valuesNote(param))
	}
	if param.Sensitive {
		c.paragraph("It is sensitive: messages, logs and responses do not show it. Reveal returns it.")
	}
	return c
}

// valuesNote says which values a param can have.
func valuesNote(param *catalog.Param) string {
	values := make([]string, len(param.Values))
	for i, v := range param.Values {
		values[i] = strconv.Quote(v)
	}
	lead := "It is one of "
	if param.Type == catalog.StringList {
		lead = "Each element is one of "
	}
	return lead + strings.Join(values, ", ") + ". Newer servers may send others."
}

// constructor adds the function that creates an error with params.
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

// maxAligned is the length of a field name up to which gofmt aligns the values
// of a literal.
const maxAligned = 40

// literal returns the literal of an error's struct, with one field per line if
// there are many.
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
			field := g.Id(fmt.Sprintf("%-*s", width, param.GoField+":"))
			if param.Sensitive {
				field.Add(call(jen.Id("Hide"), jen.Id(param.GoArg)))
			} else {
				field.Id(param.GoArg)
			}
		}
	}))
}

// arguments returns the arguments of a constructor.
func arguments(e *catalog.Error) []jen.Code {
	args := make([]jen.Code, len(e.Params))
	for i, param := range e.Params {
		args[i] = jen.Id(param.GoArg).Add(paramTypes[param.Type].goType)
	}
	return args
}

// method begins a method of an error's struct.
func method(g *jen.Group, e *catalog.Error, name string) *jen.Statement {
	// func (e *WrongUserIDError) Error()
	return g.Func().Id("(e *" + e.GoStruct() + ")").Id(name + "()")
}

// errorMethod adds the method Error, which returns the message with its params.
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
		add(paramTypes[s.Param.Type].text(jen.Id("e." + s.Param.GoField)))
	}
	if text != "" {
		add(jen.Lit(text))
	}
	return expr
}

// unwrapMethod adds the method Unwrap, with which errors.Is finds the Code.
func unwrapMethod(g *jen.Group, e *catalog.Error) {
	// func (e *WrongUserIDError) Unwrap() error {
	// 	return WrongUserID
	// }
	docf(g, "Unwrap returns [%s], for errors.Is.", e.GoName)
	method(g, e, "Unwrap").Error().Block(jen.Return(jen.Id(e.GoName)))
}

// logValueMethod adds the method LogValue of log/slog.
func logValueMethod(g *jen.Group, e *catalog.Error) {
	// func (e *WrongUserIDError) LogValue() slog.Value {
	// 	return logValue(e)
	// }
	params := "the params"
	if hasSensitive(e) {
		params += " that are not sensitive"
	}
	docf(g, "LogValue returns the code, the category, the message and %s, for log/slog.", params)
	method(g, e, "LogValue").Qual("log/slog", "Value").Block(
		jen.Return(jen.Id("logValue(e)")),
	)
}

// hasSensitive reports whether a param of the error is sensitive.
func hasSensitive(e *catalog.Error) bool {
	return slices.ContainsFunc(e.Params, func(p *catalog.Param) bool { return p.Sensitive })
}

// otherNameDecls adds the identifiers that are derived from a synonym or a former name
// of the error, with comments of their own.
func otherNameDecls(g *jen.Group, e *catalog.Error, name catalog.FormerName, comment func(name, main string) *comment) {
	// type UnauthorisedError = NotAuthorizedError
	doc(g, comment(name.GoStruct(), e.GoStruct()))
	g.Type().Id(name.GoStruct()).Op("=").Id(e.GoStruct())
	if !e.HasConstructor() {
		return
	}

	// func NewUnauthorised(userID string) *NotAuthorizedError {
	// 	return NewNotAuthorized(userID)
	// }
	doc(g, comment(name.GoConstructor(), e.GoConstructor()))
	var names []jen.Code
	for _, param := range e.Params {
		names = append(names, jen.Id(param.GoArg))
	}
	g.Func().Add(call(jen.Id(name.GoConstructor()), arguments(e)...)).Id("*" + e.GoStruct()).Block(
		jen.Return(call(jen.Id(e.GoConstructor()), names...)),
	)
}
