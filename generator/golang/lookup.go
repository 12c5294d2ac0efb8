package golang

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// catalogFile builds catalog.go: what is known of each Code, and the functions
// that tell it.
func (p *pkg) catalogFile() *source {
	s := &source{path: "catalog.go"}
	s.add(p.codeMethods, p.parseCodeFunc, codeOfFunc, p.httpStatusFunc, p.fallbackConst, problemInterfaces, findFunc)
	s.add(wrapFunc, logValueFunc, paramsFunc, lookupFunc)
	addBlock(s, p.sortedErrors(), "", entryTable)
	if aliases := p.sortedAliases(); len(aliases) > 0 {
		s.add(aliasType)
		addBlock(s, aliases, "", aliasTable)
	}
	return s
}

// codeMethods adds the methods of Code.
func (p *pkg) codeMethods(g *jen.Group) {
	method := func(name string) *jen.Statement {
		return g.Func().Params(jen.Id("c").Id("Code")).Id(name).Params()
	}
	// lookup(c).field
	field := func(name string) *jen.Statement { return jen.Id("lookup").Call(jen.Id("c")).Dot(name) }

	// func (c Code) Error() string {
	// 	e := lookup(c)
	// 	switch {
	// 	case e == &unknown:
	// 		return string(c)
	// 	case e.message == "":
	// 		return string(c) + ": " + e.title
	// 	}
	// 	return string(c) + ": " + e.message
	// }
	docf(g, "Error returns the code and the message, or the title where the message has params. "+
		"An unknown Code is its own text.")
	method("Error").String().Block(
		jen.Id("e").Op(":=").Id("lookup").Call(jen.Id("c")),
		jen.Switch().Block(
			jen.Case(jen.Id("e").Op("==").Op("&").Id("unknown")).Block(
				jen.Return(jen.String().Call(jen.Id("c"))),
			),
			jen.Case(jen.Id("e").Dot("message").Op("==").Lit("")).Block(
				jen.Return(jen.String().Call(jen.Id("c")).Op("+").Lit(": ").Op("+").Id("e").Dot("title")),
			),
		),
		jen.Return(jen.String().Call(jen.Id("c")).Op("+").Lit(": ").Op("+").Id("e").Dot("message")),
	)

	// func (c Code) Name() string {
	// 	return lookup(c).name
	// }
	docf(g, "Name returns the name that the error has in the catalog.")
	method("Name").String().Block(jen.Return(field("name")))

	docf(g, "Title returns a summary that is the same each time.")
	method("Title").String().Block(jen.Return(field("title")))

	docf(g, "HTTPStatus returns the status of a response with the error: 500 for an unknown Code.")
	method("HTTPStatus").Int().Block(jen.Return(field("status")))

	docf(g, "Category returns the category of the error.")
	method("Category").Id("Category").Block(jen.Return(field("category")))

	// func (c Code) Retry() Retry {
	// 	if r := lookup(c).retry; r != "" {
	// 		return r
	// 	}
	// 	return RetryNever
	// }
	docf(g, "Retry says whether the same request may be sent again: [RetryNever] for an unknown Code.")
	method("Retry").Id("Retry").Block(
		jen.If(jen.Id("r").Op(":=").Add(field("retry")), jen.Id("r").Op("!=").Lit("")).Block(
			jen.Return(jen.Id("r")),
		),
		jen.Return(jen.Id("RetryNever")),
	)

	docf(g, "RetryAfter returns how long to wait before the request is sent again. It is zero where [Code.Retry] is not [RetryAfter].")
	method("RetryAfter").Qual("time", "Duration").Block(jen.Return(field("retryAfter")))

	docf(g, "Level returns the level to log the error at: slog.LevelError for an unknown Code.")
	method("Level").Qual("log/slog", "Level").Block(jen.Return(field("level")))

	docf(g, "Internal reports whether clients must not see the error.")
	method("Internal").Bool().Block(jen.Return(field("internal")))

	// func (c Code) ProblemStatus() int {
	// 	e := lookup(c)
	// 	if e == &unknown || e.internal {
	// 		return 0
	// 	}
	// 	return e.responseStatus()
	// }
	docf(g, "ProblemStatus returns the status of a response with the error, and 0 where a client must not see it: it is internal, "+
		"or the catalog does not have it. Other generated packages ask for it.")
	g.Func().Params(jen.Id("c").Id("Code")).Id("ProblemStatus").Params().Int().Block(
		jen.Id("e").Op(":=").Id("lookup").Call(jen.Id("c")),
		jen.If(jen.Id("e").Op("==").Op("&").Id("unknown").Op("||").Id("e").Dot("internal")).Block(
			jen.Return(jen.Lit(0)),
		),
		jen.Return(jen.Id("e").Dot("responseStatus").Call()),
	)

	// func (c Code) ProblemFields() (code, uri, title string, retryAfter int) {
	// 	e := lookup(c)
	// 	if e == &unknown {
	// 		return string(c), "about:blank", "Internal Server Error", 0
	// 	}
	// 	return string(c), "https://docs.usesmileid.com/further-reading/result-codes/errors#" + string(c), e.title, seconds(e.retryAfter)
	// }
	docf(g, "ProblemFields returns what a client sees of the error beside the status: the code, the URI of the type, the title, "+
		"and the seconds of Retry-After. Other generated packages ask for it.")
	g.Func().Params(jen.Id("c").Id("Code")).Id("ProblemFields").Params().Params(jen.Id("code"), jen.Id("uri"), jen.Id("title").String(), jen.Id("retryAfter").Int()).Block(
		jen.Id("e").Op(":=").Id("lookup").Call(jen.Id("c")),
		jen.If(jen.Id("e").Op("==").Op("&").Id("unknown")).Block(
			jen.Return(jen.String().Call(jen.Id("c")), jen.Lit("about:blank"), jen.Lit("Internal Server Error"), jen.Lit(0)),
		),
		jen.Return(
			jen.String().Call(jen.Id("c")),
			p.typeURI(),
			jen.Id("e").Dot("title"),
			jen.Id("seconds").Call(jen.Id("e").Dot("retryAfter")),
		),
	)

	// func (c Code) LogValue() slog.Value {
	// 	return logValue(c)
	// }
	docf(g, "LogValue returns the code, the category and the message.")
	method("LogValue").Qual("log/slog", "Value").Block(
		jen.Return(jen.Id("logValue").Call(jen.Id("c"))),
	)
}

// typeURI returns the expression for the "type" of the problem of a Code c with
// the entry e.
func (p *pkg) typeURI() *jen.Statement {
	// "https://example.com/errors#" + string(c)
	if p.TypeURI == "" {
		return jen.Lit("about:blank")
	}
	uri := new(jen.Statement)
	add := func(part jen.Code) {
		if len(*uri) > 0 {
			uri.Op("+")
		}
		uri.Add(part)
	}
	for rest := p.TypeURI; rest != ""; {
		at := placeholder.FindStringIndex(rest)
		if at == nil {
			at = []int{len(rest), len(rest)}
		}
		if at[0] > 0 {
			add(jen.Lit(rest[:at[0]]))
		}
		switch rest[at[0]:at[1]] {
		case "{code}":
			add(jen.String().Call(jen.Id("c")))
		case "{name}":
			add(jen.Id("e").Dot("name"))
		}
		rest = rest[at[1]:]
	}
	return uri
}

// placeholder matches what is replaced in the type_uri of a catalog.
var placeholder = regexp.MustCompile(`\{(code|name)\}`)

// parseCodeFunc adds the function that reads a code from the wire.
func (p *pkg) parseCodeFunc(g *jen.Group) {
	// func ParseCode(s string) (Code, bool) {
	// 	if lookup(Code(s)) != &unknown {
	// 		return Code(s), true
	// 	}
	// 	i, ok := slices.BinarySearchFunc(aliases[:], s, func(a alias, s string) int {
	// 		return strings.Compare(a.text, s)
	// 	})
	// 	if ok {
	// 		return aliases[i].code, true
	// 	}
	// 	return Code(s), false
	// }
	text := "ParseCode returns the Code of a text, and whether the catalog has it. A text that it does not have is returned as a Code all the same."
	if p.hasAliases() {
		text = "ParseCode returns the Code of a text, and whether the catalog has it; an alias gives the Code that it means. " +
			"A text that the catalog does not have is returned as a Code all the same."
	}
	docf(g, "%s", text)
	g.Func().Id("ParseCode").Params(jen.Id("s").String()).Params(jen.Id("Code"), jen.Bool()).BlockFunc(func(g *jen.Group) {
		if !p.hasAliases() {
			g.Return(jen.Id("Code").Call(jen.Id("s")), jen.Id("lookup").Call(jen.Id("Code").Call(jen.Id("s"))).Op("!=").Op("&").Id("unknown"))
			return
		}
		g.If(jen.Id("lookup").Call(jen.Id("Code").Call(jen.Id("s"))).Op("!=").Op("&").Id("unknown")).Block(
			jen.Return(jen.Id("Code").Call(jen.Id("s")), jen.True()),
		)
		g.List(jen.Id("i"), jen.Id("ok")).Op(":=").Qual("slices", "BinarySearchFunc").Call(
			jen.Id("aliases").Index(jen.Op(":")), jen.Id("s"),
			jen.Func().Params(jen.Id("a").Id("alias"), jen.Id("s").String()).Int().Block(
				jen.Return(jen.Qual("strings", "Compare").Call(jen.Id("a").Dot("text"), jen.Id("s"))),
			),
		)
		g.If(jen.Id("ok")).Block(
			jen.Return(jen.Id("aliases").Index(jen.Id("i")).Dot("code"), jen.True()),
		)
		g.Return(jen.Id("Code").Call(jen.Id("s")), jen.False())
	})
}

// wrapFunc adds the error with a cause.
func wrapFunc(g *jen.Group) {
	errs := func(i int) *jen.Statement { return jen.Id("e").Dot("errs").Index(jen.Lit(i)) }
	method := func(name string) *jen.Statement {
		return g.Func().Params(jen.Id("e").Op("*").Id("withCause")).Id(name).Params()
	}

	// func Wrap(err, cause error) error {
	// 	switch {
	// 	case err == nil:
	// 		return cause
	// 	case cause == nil:
	// 		return err
	// 	}
	// 	return &withCause{[2]error{err, cause}}
	// }
	docf(g, "Wrap returns the error with the cause that it has. errors.Is and errors.As find both. "+
		"The cause is for logs, through log/slog, and never reaches a client: Error returns the text of err alone, and [HTTPStatus] its status. "+
		"Where one of the two is nil, Wrap returns the other.")
	g.Func().Id("Wrap").Params(jen.List(jen.Id("err"), jen.Id("cause")).Error()).Error().Block(
		jen.Switch().Block(
			jen.Case(jen.Id("err").Op("==").Nil()).Block(jen.Return(jen.Id("cause"))),
			jen.Case(jen.Id("cause").Op("==").Nil()).Block(jen.Return(jen.Id("err"))),
		),
		jen.Return(jen.Op("&").Id("withCause").Values(
			jen.Id("errs").Op(":").Index(jen.Lit(2)).Error().Values(jen.Id("err"), jen.Id("cause")),
		)),
	)

	// type withCause struct {
	// 	errs [2]error
	// }
	docf(g, "withCause is what [Wrap] returns: an error and its cause.")
	g.Type().Id("withCause").Struct(jen.Id("errs").Index(jen.Lit(2)).Error())

	// func (e *withCause) Error() string {
	// 	return e.errs[0].Error()
	// }
	docf(g, "Error returns the text of the error, without the cause.")
	method("Error").String().Block(jen.Return(errs(0).Dot("Error").Call()))

	// func (e *withCause) Unwrap() []error {
	// 	return e.errs[:]
	// }
	docf(g, "Unwrap returns the error and the cause.")
	method("Unwrap").Index().Error().Block(jen.Return(jen.Id("e").Dot("errs").Index(jen.Op(":"))))

	// func (e *withCause) WithoutCause() error {
	// 	return e.errs[0]
	// }
	docf(g, "WithoutCause returns the error alone: what a client may see. Other generated packages ask for it.")
	g.Func().Params(jen.Id("e").Op("*").Id("withCause")).Id("WithoutCause").Params().Error().Block(
		jen.Return(jen.Id("e").Dot("errs").Index(jen.Lit(0))),
	)

	// func (e *withCause) LogValue() slog.Value {
	// 	return slog.GroupValue(append(logAttrs(e.errs[0]), slog.Any("cause", e.errs[1]))...)
	// }
	docf(g, "LogValue returns what is logged of the error, and the cause.")
	g.Func().Params(jen.Id("e").Op("*").Id("withCause")).Id("LogValue").Params().Qual("log/slog", "Value").Block(
		jen.Return(jen.Qual("log/slog", "GroupValue").Call(jen.Append(
			jen.Id("logAttrs").Call(jen.Id("e").Dot("errs").Index(jen.Lit(0))),
			jen.Qual("log/slog", "Any").Call(jen.Lit("cause"), jen.Id("e").Dot("errs").Index(jen.Lit(1))),
		).Op("..."))),
	)
}

// logValueFunc adds the form in which errors are logged.
func logValueFunc(g *jen.Group) {
	// func logAttrs(err error) []slog.Attr {
	// 	v := slog.AnyValue(err).Resolve()
	// 	if v.Kind() != slog.KindGroup {
	// 		f := find(err)
	// 		code, _ := f.code.(Code)
	// 		v = logGroup(code, err.Error(), params(f.code, f.around))
	// 	}
	// 	return slices.Clip(v.Group())
	// }
	docf(g, "logAttrs returns how an error is logged, to be added to.")
	g.Func().Id("logAttrs").Params(jen.Id("err").Error()).Index().Qual("log/slog", "Attr").Block(
		jen.Id("v").Op(":=").Qual("log/slog", "AnyValue").Call(jen.Id("err")).Dot("Resolve").Call(),
		jen.If(jen.Id("v").Dot("Kind").Call().Op("!=").Qual("log/slog", "KindGroup")).Block(
			jen.Id("f").Op(":=").Id("find").Call(jen.Id("err")),
			jen.List(jen.Id("code"), jen.Id("_")).Op(":=").Id("f").Dot("code").Assert(jen.Id("Code")),
			jen.Id("v").Op("=").Id("logGroup").Call(
				jen.Id("code"),
				jen.Id("err").Dot("Error").Call(),
				jen.Id("params").Call(jen.Id("f").Dot("code"), jen.Id("f").Dot("around")),
			),
		),
		jen.Return(jen.Qual("slices", "Clip").Call(jen.Id("v").Dot("Group").Call())),
	)

	// func logValue(err error) slog.Value {
	// 	code, _ := CodeOf(err)
	// 	return logGroup(code, err.Error(), params(code, err))
	// }
	docf(g, "logValue is how an error of the package is logged.")
	g.Func().Id("logValue").Params(jen.Id("err").Error()).Qual("log/slog", "Value").Block(
		jen.List(jen.Id("code"), jen.Id("_")).Op(":=").Id("CodeOf").Call(jen.Id("err")),
		jen.Return(jen.Id("logGroup").Call(jen.Id("code"), jen.Id("err").Dot("Error").Call(), jen.Id("params").Call(jen.Id("code"), jen.Id("err")))),
	)

	// func logGroup(c Code, text string, params []any) slog.Value {
	// 	return slog.GroupValue(
	// 		slog.String("code", string(c)),
	// 		slog.String("category", string(c.Category())),
	// 		slog.String("message", strings.TrimPrefix(text, string(c)+": ")),
	// 		slog.Group("params", params...),
	// 	)
	// }
	docf(g, "logGroup is the form in which errors are logged.")
	g.Func().Id("logGroup").Params(jen.Id("c").Id("Code"), jen.Id("text").String(), jen.Id("params").Index().Any()).Qual("log/slog", "Value").Block(
		jen.Return(jen.Qual("log/slog", "GroupValue").Custom(argumentLines,
			jen.Qual("log/slog", "String").Call(jen.Lit("code"), jen.String().Call(jen.Id("c"))),
			jen.Qual("log/slog", "String").Call(jen.Lit("category"), jen.String().Call(jen.Id("c").Dot("Category").Call())),
			jen.Qual("log/slog", "String").Call(
				jen.Lit("message"),
				jen.Qual("strings", "TrimPrefix").Call(jen.Id("text"), jen.String().Call(jen.Id("c")).Op("+").Lit(": ")),
			),
			jen.Qual("log/slog", "Group").Call(jen.Lit("params"), jen.Id("params").Op("...")),
		)),
	)
}

// lookupFunc adds the search in the table.
func lookupFunc(g *jen.Group) {
	// func lookup(c Code) *entry {
	// 	h := hash(c)
	// 	low, high := 0, len(table)
	// 	for low < high {
	// 		middle := int(uint(low+high) / 2)
	// 		if table[middle].hash < h {
	// 			low = middle + 1
	// 		} else {
	// 			high = middle
	// 		}
	// 	}
	// 	for ; low < len(table) && table[low].hash == h; low++ {
	// 		if table[low].code == c {
	// 			return &table[low]
	// 		}
	// 	}
	// 	return &unknown
	// }
	lowEntry := func() *jen.Statement { return jen.Id("table").Index(jen.Id("low")) }
	docf(g, "lookup returns what is known of a Code, or &unknown. It searches for the hash: to compare numbers is faster than to compare texts.")
	g.Func().Id("lookup").Params(jen.Id("c").Id("Code")).Op("*").Id("entry").Block(
		jen.Id("h").Op(":=").Id("hash").Call(jen.Id("c")),
		jen.List(jen.Id("low"), jen.Id("high")).Op(":=").List(jen.Lit(0), jen.Len(jen.Id("table"))),
		jen.For(jen.Id("low").Op("<").Id("high")).Block(
			jen.Id("middle").Op(":=").Int().Call(jen.Uint().Call(jen.Id("low").Op("+").Id("high")).Op("/").Lit(2)),
			jen.If(jen.Id("table").Index(jen.Id("middle")).Dot("hash").Op("<").Id("h")).Block(
				jen.Id("low").Op("=").Id("middle").Op("+").Lit(1),
			).Else().Block(
				jen.Id("high").Op("=").Id("middle"),
			),
		),
		jen.For(jen.Empty(), jen.Id("low").Op("<").Len(jen.Id("table")).Op("&&").Add(lowEntry()).Dot("hash").Op("==").Id("h"), jen.Id("low").Op("++")).Block(
			jen.If(lowEntry().Dot("code").Op("==").Id("c")).Block(
				jen.Return(jen.Op("&").Add(lowEntry())),
			),
		),
		jen.Return(jen.Op("&").Id("unknown")),
	)

	// func hash(c Code) uint32 {
	// 	h := uint32(2166136261)
	// 	for i := 0; i < len(c); i++ {
	// 		h = (h ^ uint32(c[i])) * 16777619
	// 	}
	// 	return h
	// }
	docf(g, "hash returns the FNV-1a hash of a Code.")
	g.Func().Id("hash").Params(jen.Id("c").Id("Code")).Uint32().Block(
		jen.Id("h").Op(":=").Uint32().Call(jen.Lit(2166136261)),
		jen.For(jen.Id("i").Op(":=").Lit(0), jen.Id("i").Op("<").Len(jen.Id("c")), jen.Id("i").Op("++")).Block(
			jen.Id("h").Op("=").Parens(jen.Id("h").Op("^").Uint32().Call(jen.Id("c").Index(jen.Id("i")))).Op("*").Lit(16777619),
		),
		jen.Return(jen.Id("h")),
	)

	// type entry struct {
	// 	code Code
	// 	...
	// 	hash uint32
	// }
	docf(g, "An entry is what is known of a Code.")
	g.Type().Id("entry").Struct(
		jen.Id("code").Id("Code"),
		jen.Id("name").String(),
		jen.Id("title").String(),
		jen.Id("message").String().Comment("empty where it has params, or is the title"),
		jen.Id("category").Id("Category"),
		jen.Id("status").Int(),
		jen.Id("level").Qual("log/slog", "Level"),
		jen.Id("retry").Id("Retry").Comment("empty for RetryNever"),
		jen.Id("retryAfter").Qual("time", "Duration"),
		jen.Id("internal").Bool(),
		jen.Id("hash").Uint32(), // last, beside the bool: elsewhere it would make every entry larger
	)

	// func (e *entry) responseStatus() int {
	// 	if e.status < 200 {
	// 		return 500
	// 	}
	// 	return e.status
	// }
	docf(g, "responseStatus returns the status of a response. One below 200 would not end it and becomes 500.")
	g.Func().Params(jen.Id("e").Op("*").Id("entry")).Id("responseStatus").Params().Int().Block(
		jen.If(jen.Id("e").Dot("status").Op("<").Lit(200)).Block(
			jen.Return(jen.Lit(500)),
		),
		jen.Return(jen.Id("e").Dot("status")),
	)

	// var unknown = entry{status: 500, level: slog.LevelError}
	docf(g, "unknown is the entry of every Code that the catalog does not have.")
	g.Var().Id("unknown").Op("=").Id("entry").Values(
		jen.Id("status").Op(":").Lit(500),
		jen.Id("level").Op(":").Qual("log/slog", "LevelError"),
	)
}

// hashedError is an error with the hash of its code.
type hashedError struct {
	*catalog.Error
	hash uint32
}

// sortedErrors returns the errors in the order of the table: sorted by hash.
// Unlike the places of a hash table, it stays when an error is added.
func (p *pkg) sortedErrors() []hashedError {
	errors := make([]hashedError, len(p.Errors))
	for i, e := range p.Errors {
		h := fnv.New32a() // as the function hash of the package
		h.Write([]byte(e.Code))
		errors[i] = hashedError{e, h.Sum32()}
	}
	slices.SortFunc(errors, func(a, b hashedError) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.Code, b.Code))
	})
	return errors
}

// entryTable adds the entries of errors.
func entryTable(g *jen.Group, errors []hashedError, isFirst bool) {
	// var table = [...]entry{
	// 	{hash: 0x2b4b7ece, code: NotAuthorized, name: "NOT_AUTHORIZED", title: "Not authorized", ...},
	// }
	if isFirst {
		docf(g, "table holds the entries of all codes, sorted by hash.")
	}
	g.Var().Id("table").Op("=").CustomFunc(table("entry"), func(g *jen.Group) {
		for _, e := range errors {
			g.Id(row(e))
		}
	})
}

// rows is the layout of a literal with a line a row.
var rows = jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}

// table is the layout of a table with a line a row.
func table(element string) jen.Options {
	return jen.Options{Open: "[...]" + element + "{", Close: "}", Separator: ",", Multi: true}
}

// row returns the row of an error. It is one token: there are thousands.
func row(e hashedError) string {
	fields := []string{
		fmt.Sprintf("hash: %#08x", e.hash), "code: " + e.GoName, "name: " + strconv.Quote(e.Name), "title: " + strconv.Quote(e.Title),
	}
	add := func(field, value string) { fields = append(fields, field+": "+value) }
	if text := e.Message.Text(); e.Message.IsStatic() && text != e.Title {
		add("message", strconv.Quote(text))
	}
	add("category", e.Category.GoName)
	add("status", strconv.Itoa(e.HTTPStatus))
	add("level", level(e.Severity))
	switch e.Retry {
	case catalog.RetrySafe:
		add("retry", "RetrySafe")
	case catalog.RetryAfter:
		add("retry", "RetryAfter")
		add("retryAfter", duration(e.RetryAfter))
	}
	if e.Audience == catalog.Internal {
		add("internal", "true")
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// level returns the level of log/slog for a severity.
func level(s catalog.Severity) string {
	switch s {
	case catalog.SeverityDebug:
		return "slog.LevelDebug"
	case catalog.SeverityInfo:
		return "slog.LevelInfo"
	case catalog.SeverityWarning:
		return "slog.LevelWarn"
	case catalog.SeverityCritical:
		return "slog.LevelError + 4"
	}
	return "slog.LevelError"
}

// duration returns a duration in its largest whole unit: 30 * time.Second.
func duration(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{
		{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"},
	} {
		if d%unit.size == 0 {
			return fmt.Sprintf("%d * time.%s", d/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d * time.Nanosecond", d)
}

// pair is an alias with the Go name of its error.
type pair struct{ text, goName string }

// sortedAliases returns all aliases sorted by text.
func (p *pkg) sortedAliases() []pair {
	var aliases []pair
	for _, e := range p.Errors {
		for _, a := range e.Aliases {
			aliases = append(aliases, pair{a.Code, e.GoName})
		}
	}
	slices.SortFunc(aliases, func(a, b pair) int { return cmp.Compare(a.text, b.text) })
	return aliases
}

// aliasType adds the type of the rows of the alias table.
func aliasType(g *jen.Group) {
	// type alias struct {
	// 	text string
	// 	code Code
	// }
	docf(g, "An alias is a further text of a Code on the wire.")
	g.Type().Id("alias").Struct(
		jen.Id("text").String(),
		jen.Id("code").Id("Code"),
	)
}

// aliasTable adds aliases with the codes that they mean.
func aliasTable(g *jen.Group, aliases []pair, isFirst bool) {
	// var aliases = [...]alias{
	// 	{"2405", NotAuthorized},
	// }
	if isFirst {
		docf(g, "aliases holds all aliases, sorted by text.")
	}
	g.Var().Id("aliases").Op("=").CustomFunc(table("alias"), func(g *jen.Group) {
		for _, a := range aliases {
			g.Id("{" + strconv.Quote(a.text) + ", " + a.goName + "}")
		}
	})
}
