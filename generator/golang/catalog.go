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

// catalogFile builds catalog.go: what the catalog says about each Code.
func (p *pkg) catalogFile() *goFile {
	f := &goFile{path: "catalog.go", imports: []string{"log/slog", "time"}} // of the rows
	if !p.NoHTTP {
		f.add(p.fallbackConst, p.typeURIFunc, p.typeURITable)
	}
	f.add(p.entryType)
	addBlock(f, p.sortedErrors(), "", entryTable)
	if aliases := p.sortedAliases(); len(aliases) > 0 {
		addBlock(f, aliases, "", aliasTable)
	} else {
		f.add(noAliases)
	}
	if names := p.sortedOtherNames(); len(names) > 0 {
		addBlock(f, names, "", otherNameTable)
	} else {
		f.add(noOtherNames)
	}
	return f
}

// fallbackConst adds the Code of what a client sees of hidden errors.
func (p *pkg) fallbackConst(g *jen.Group) {
	// const fallback = SystemError
	const doc = "fallback is what clients see instead of an error that is internal or not in the catalog"
	if p.Fallback == nil {
		docf(g, doc+": the status 500 without a code.")
		g.Const().Id("fallback").Id("Code").Op("=").Lit("")
		return
	}
	docf(g, doc+".")
	g.Const().Id("fallback").Op("=").Id(p.Fallback.GoName)
}

// typeURIFunc adds the function that makes the type URI of a problem.
func (p *pkg) typeURIFunc(g *jen.Group) {
	// func typeURI(e *entry) string {
	// 	return "https://example.com/errors#" + string(e.code)
	// }
	docf(g, "typeURI returns the type URI of the problem of an error.")
	param := jen.Op("*").Id("entry")
	if placeholder.MatchString(p.TypeURI) {
		param = jen.Id("e").Add(param)
	}
	g.Func().Id("typeURI").Params(param).String().Block(jen.Return(typeURI(p.TypeURI)))
}

// typeURI returns the expression for the type URI of an entry e.
func typeURI(template string) *jen.Statement {
	if template == "" {
		return jen.Lit("about:blank")
	}
	uri := new(jen.Statement)
	add := func(operand jen.Code) {
		if len(*uri) > 0 {
			uri.Op("+")
		}
		uri.Add(operand)
	}
	for rest := template; rest != ""; {
		at := placeholder.FindStringIndex(rest)
		if at == nil {
			at = []int{len(rest), len(rest)}
		}
		if at[0] > 0 {
			add(jen.Lit(rest[:at[0]]))
		}
		switch rest[at[0]:at[1]] {
		case "{code}":
			add(jen.String().Call(jen.Id("e").Dot("code")))
		case "{name}":
			add(jen.Id("e").Dot("name"))
		}
		rest = rest[at[1]:]
	}
	return uri
}

// typeURITable adds the templates of the types of the catalog's problems.
func (p *pkg) typeURITable(g *jen.Group) {
	// var typeURIs = [...]string{
	// 	"https://example.com/errors#{code}",
	// }
	templates := p.AcceptedTypeURIs
	if p.TypeURI != "" {
		templates = append([]string{p.TypeURI}, templates...)
	}
	if len(templates) == 0 {
		docf(g, "typeURIs is empty: the catalog has no type URIs.")
		g.Var().Id("typeURIs").Index(jen.Lit(0)).String()
		return
	}
	lead := "typeURIs has the templates of the type URIs that are accepted."
	if p.TypeURI != "" {
		lead += " The first one is that of typeURI."
	}
	docf(g, "%s", lead)
	g.Var().Id("typeURIs").Op("=").CustomFunc(table("string"), func(g *jen.Group) {
		for _, t := range templates {
			g.Lit(t)
		}
	})
}

// placeholder matches a placeholder in the type_uri of a catalog.
var placeholder = regexp.MustCompile(`\{(code|name)\}`)

// entryType adds the type of a row of the table, and the row of every Code that
// the catalog does not define.
func (p *pkg) entryType(g *jen.Group) {
	// type entry struct {
	// 	code Code
	// 	...
	// }
	docf(g, "An entry is what the catalog says about a Code.")
	g.Type().Id("entry").StructFunc(func(g *jen.Group) {
		g.Id("code").Id("Code")
		g.Id("name").String()
		g.Id("title").String()
		g.Id("message").String().Comment("empty if it has params or equals the title")
		g.Id("category").Id("Category")
		if !p.NoHTTP {
			g.Id("status").Int()
		}
		g.Id("level").Qual("log/slog", "Level")
		g.Id("retry").Id("Retry").Comment("empty for RetryNever")
		g.Id("retryAfter").Qual("time", "Duration")
		g.Id("internal").Bool()
		g.Id("hash").Uint32().Comment("next to the bool, to add no padding")
	})

	// var unknown = entry{status: 500, level: slog.LevelError}
	docf(g, "unknown is the entry of every Code that the catalog does not define.")
	fields := "level: slog.LevelError"
	if !p.NoHTTP {
		fields = "status: 500, " + fields
	}
	g.Var().Id("unknown").Op("=").Id("entry{" + fields + "}")
}

// hashedError is an error with the hash of its code.
type hashedError struct {
	*catalog.Error
	hash uint32
}

// sortedErrors returns the errors in the order of the table: sorted by hash.
// Unlike a position in a hash table, this order does not change if another
// error is added.
func (p *pkg) sortedErrors() []hashedError {
	errors := make([]hashedError, len(p.Errors))
	for i, e := range p.Errors {
		h := fnv.New32a() // as the function hash in fixed/code.go
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
		docf(g, "table has the entries of all codes, sorted by hash.")
	}
	g.Var().Id("table").Op("=").CustomFunc(table("entry"), func(g *jen.Group) {
		for _, e := range errors {
			g.Id(row(e))
		}
	})
}

// rows is the layout of a literal with one row per line.
var rows = jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}

// table is the layout of a table with one row per line.
func table(element string) jen.Options {
	return jen.Options{Open: "[...]" + element + "{", Close: "}", Separator: ",", Multi: true}
}

// row returns the row of an error. It is one token, because there are thousands
// of rows.
func row(e hashedError) string {
	fields := []string{
		fmt.Sprintf("hash: %#08x", e.hash), "code: " + e.GoName, "name: " + strconv.Quote(e.Name), "title: " + strconv.Quote(e.Title),
	}
	add := func(field, value string) { fields = append(fields, field+": "+value) }
	if text := e.Message.Text(); e.Message.IsStatic() && text != e.Title {
		add("message", strconv.Quote(text))
	}
	add("category", e.Category.GoName)
	if e.HTTPStatus != 0 {
		add("status", strconv.Itoa(e.HTTPStatus))
	}
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

// An alias is another code on the wire, with the Go name of its error.
type alias struct{ code, goName string }

// sortedAliases returns all aliases, sorted by code.
func (p *pkg) sortedAliases() []alias {
	var aliases []alias
	for _, e := range p.Errors {
		for _, a := range e.Aliases {
			aliases = append(aliases, alias{a.Code, e.GoName})
		}
	}
	slices.SortFunc(aliases, func(a, b alias) int { return cmp.Compare(a.code, b.code) })
	return aliases
}

// aliasTable adds aliases with the codes that they stand for.
func aliasTable(g *jen.Group, aliases []alias, isFirst bool) {
	// var aliases = [...]alias{
	// 	{"2405", NotAuthorized},
	// }
	if isFirst {
		docf(g, "aliases has all aliases, sorted by text.")
	}
	g.Var().Id("aliases").Op("=").CustomFunc(table("alias"), func(g *jen.Group) {
		for _, a := range aliases {
			g.Id("{" + strconv.Quote(a.code) + ", " + a.goName + "}")
		}
	})
}

// An otherName is a synonym or a former name, with the Go name of its error.
type otherName struct{ name, goName string }

// sortedOtherNames returns all synonyms and former names, sorted by name.
func (p *pkg) sortedOtherNames() []otherName {
	var names []otherName
	for _, e := range p.Errors {
		for _, s := range e.Synonyms {
			names = append(names, otherName{s.Name, e.GoName})
		}
		for _, f := range e.FormerNames {
			names = append(names, otherName{f.Name, e.GoName})
		}
	}
	slices.SortFunc(names, func(a, b otherName) int { return cmp.Compare(a.name, b.name) })
	return names
}

// otherNameTable adds synonyms and former names with the codes that they stand
// for.
func otherNameTable(g *jen.Group, names []otherName, isFirst bool) {
	// var otherNames = [...]otherName{
	// 	{"UNAUTHORISED", NotAuthorized},
	// }
	if isFirst {
		docf(g, "otherNames has all synonyms and former names, sorted by name.")
	}
	g.Var().Id("otherNames").Op("=").CustomFunc(table("otherName"), func(g *jen.Group) {
		for _, n := range names {
			g.Id("{" + strconv.Quote(n.name) + ", " + n.goName + "}")
		}
	})
}

// noOtherNames adds the table of a catalog without synonyms and former names.
func noOtherNames(g *jen.Group) {
	// var otherNames [0]otherName
	docf(g, "otherNames is empty: the catalog has no synonyms and no former names.")
	g.Var().Id("otherNames").Index(jen.Lit(0)).Id("otherName")
}

// noAliases adds the table of a catalog without aliases.
func noAliases(g *jen.Group) {
	// var aliases [0]alias
	docf(g, "aliases is empty: the catalog has no aliases.")
	g.Var().Id("aliases").Index(jen.Lit(0)).Id("alias")
}
