package openapi

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

const mediaType = "application/problem+json"

// description is a catalog that is being described.
type description struct {
	*catalog.Catalog
	Options
	// sent are the errors that clients see.
	sent []*catalog.Error
}

func newDescription(c *catalog.Catalog, opt Options) description {
	d := description{c, opt, visible(c.Errors)}
	d.Narrow = d.Narrow && len(d.sent) > 0
	return d
}

// visible returns the errors that clients see: of an internal one, they see the
// fallback.
func visible(errors []*catalog.Error) []*catalog.Error {
	return slices.DeleteFunc(slices.Clone(errors), func(e *catalog.Error) bool { return e.Audience == catalog.Internal })
}

func (d description) document() object {
	version := "3.1.0"
	if d.Options.Version == V30 {
		version = "3.0.3"
	}
	info := object{{"title", d.Title}, {"version", cmp.Or(d.Catalog.Version, "unversioned")}}
	if !d.Description.IsEmpty() {
		info = append(info, member{"description", d.Description.Markdown()})
	}
	return object{
		{"openapi", version},
		{"info", info},
		{"paths", object{}},
		{"components", object{
			{"schemas", d.named(d.schemas())},
			{"responses", d.named(d.responses())},
			{"examples", d.named(d.examples())},
		}},
	}
}

// named returns components with their names in the document.
func (d description) named(components object) object {
	for i := range components {
		components[i].key = d.Prefix + components[i].key
	}
	return components
}

func (d description) ref(kind, name string) object {
	return object{{"$ref", "#/components/" + kind + "/" + d.Prefix + name}}
}

// The names of schemas end differently, so that those of errors are not any of the
// others. The response has a name of its own because generators make types of both.
const (
	anyResponse   = "AnyError"
	problemSchema = "Problem"
	unionSchema   = "ProblemUnion"
	fieldSchema   = "FieldError"
	codeSchema    = "ErrorCode"
)

func errorSchema(e *catalog.Error) string  { return e.GoName + "Problem" }
func paramsSchema(e *catalog.Error) string { return e.GoName + "Params" }

func (d description) schemas() object {
	schemas := object{
		{problemSchema, d.problem()},
		{fieldSchema, d.fieldError()},
		{codeSchema, d.errorCode()},
	}
	if d.Narrow {
		schemas = append(schemas, member{unionSchema, d.schemaOf(d.sent)})
	}
	for _, e := range d.sent {
		if d.Narrow {
			schemas = append(schemas, member{errorSchema(e), d.errorProblem(e)})
		}
		if len(sentParams(e)) > 0 {
			schemas = append(schemas, member{paramsSchema(e), d.params(e)})
		}
	}
	return schemas
}

func text(description string) object {
	return object{{"type", "string"}, {"description", description}}
}

func uri(description string) object {
	return object{{"type", "string"}, {"format", "uri-reference"}, {"description", description}}
}

// problem returns the schema of all problems. Only what every problem has is
// required, and everything else is allowed: the params are members of the problem.
// Narrow schemas have a code of their own: tools show only one description of it.
func (d description) problem() object {
	properties := object{
		{"type", uri("Identifies the kind of error.")},
		{"title", text("A summary of the kind of error.")},
		{"status", object{{"type", "integer"}, {"description", "The HTTP status."}}},
		{"detail", text("What happened this time, for people.")},
		{"instance", uri("Identifies this occurrence.")},
	}
	if !d.Narrow {
		properties = append(properties, member{"code", d.ref("schemas", codeSchema)})
	}
	properties = append(properties, member{"errors", object{
		{"type", "array"},
		{"description", "What is wrong with parts of the request."},
		{"items", d.ref("schemas", fieldSchema)},
	}})
	return object{
		{"description", "An error as RFC 9457 describes it. The params of the error are further members. Clients must accept a code that they do not know, and members that are not described."},
		{"type", "object"},
		{"required", list{"type", "title", "status"}},
		{"properties", properties},
		{"additionalProperties", true},
	}
}

func (d description) fieldError() object {
	return object{
		{"description", "What is wrong with one part of the request: with a place in its body, a parameter of its URL, or a header."},
		{"type", "object"},
		{"properties", object{
			{"pointer", text("A JSON Pointer (RFC 6901) to the place in the body.")},
			{"parameter", text("The name of the parameter of the URL.")},
			{"header", text("The name of the header.")},
			{"detail", text("What is wrong, for people.")},
			{"type", uri("Identifies the kind of error, if it is one of another catalog.")},
			{"code", d.ref("schemas", codeSchema)},
			{"params", object{
				{"type", "object"},
				{"description", "The params of the error."},
				{"additionalProperties", true},
			}},
		}},
		{"additionalProperties", true},
	}
}

// codeType returns the type of codes, with further members.
func (d description) codeType(more ...member) object {
	o := object{{"type", "string"}}
	if d.IntegerCodes {
		o = object{{"type", "integer"}, {"format", "int64"}}
	}
	return append(o, more...)
}

// code returns the code of an error as it is sent.
func (d description) code(e *catalog.Error) any {
	if d.IntegerCodes {
		i, _ := strconv.ParseInt(e.Code, 10, 64) // does not fail for codes of such a catalog
		return i
	}
	return e.Code
}

func (d description) errorCode() object {
	about := "A code of the catalog " + prose.GFM.CodeSpan(d.Name) + ". There can be codes that are not listed."
	if len(d.Errors) > 0 {
		about += "\n\n" + d.codes(d.Errors)
	}
	codes := list{}
	for _, e := range d.sent {
		codes = append(codes, d.code(e))
	}
	return d.codeType(member{"description", about}, member{"x-extensible-enum", codes})
}

// codes returns errors as a list in Markdown.
func (d description) codes(errors []*catalog.Error) string {
	items := make([]string, len(errors))
	for i, e := range errors {
		items[i] = "- " + d.line(e)
	}
	return strings.Join(items, "\n")
}

// line returns an error as a line of Markdown: its code, what it is called, and notes.
func (d description) line(e *catalog.Error) string {
	line := prose.GFM.CodeSpan(e.Code)
	if uri := d.documentation(e); uri != "" {
		line = prose.GFM.Link(e.Code, uri)
	}
	if e.Name != e.Code {
		line += " " + prose.GFM.CodeSpan(e.Name)
	}
	line += ": " + prose.GFM.Escape(e.Title)
	if notes := d.notes(e); len(notes) > 0 {
		line += " (" + strings.Join(notes, "; ") + ")"
	}
	return line
}

// notes returns what clients must know of an error beside its title.
func (d description) notes(e *catalog.Error) []string {
	var notes []string
	if len(e.Aliases) > 0 {
		codes := make([]string, len(e.Aliases))
		for i, a := range e.Aliases {
			codes[i] = prose.GFM.CodeSpan(a.Code)
		}
		notes = append(notes, "also "+strings.Join(codes, ", "))
	}
	if e.Audience == catalog.Internal {
		sees := "status 500 without a code"
		if d.Fallback != nil {
			sees = prose.GFM.CodeSpan(d.Fallback.Code)
		}
		notes = append(notes, "internal: clients see "+sees)
	}
	if state, lifecycle := lifecycleOf(e); lifecycle != nil {
		if lifecycle.ReplacedBy != nil {
			state += ", replaced by " + prose.GFM.CodeSpan(lifecycle.ReplacedBy.Code)
		}
		notes = append(notes, state)
	}
	return notes
}

func lifecycleOf(e *catalog.Error) (state string, lifecycle *catalog.Lifecycle) {
	if e.Retired != nil {
		return "retired", e.Retired
	}
	return "deprecated", e.Deprecated
}

// documentation returns the type of an error if it is the address of a page.
func (d description) documentation(e *catalog.Error) string {
	if uri := model.TypeURI(d.Catalog, e); prose.IsWebAddress(uri) {
		return uri
	}
	return ""
}

// sentParams returns the params that clients see.
func sentParams(e *catalog.Error) []*catalog.Param {
	return slices.DeleteFunc(slices.Clone(e.Params), func(p *catalog.Param) bool { return p.Sensitive })
}

// params returns the schema of the members that an error adds to a problem.
func (d description) params(e *catalog.Error) object {
	properties := object{}
	required := list{}
	for _, p := range sentParams(e) {
		properties = append(properties, member{p.Name, d.param(p)})
		if p.Type != catalog.Number && p.Type != catalog.Datetime { // NaN and the year 10000 are not sent
			required = append(required, p.Name)
		}
	}
	o := object{{"description", "The params of " + prose.GFM.CodeSpan(e.Code) + ", " + prose.GFM.Escape(e.Title) + "."}}
	if uri := d.documentation(e); uri != "" {
		o = append(o, member{"externalDocs", object{{"url", uri}}})
	}
	o = append(o, member{"type", "object"})
	if d.Narrow && len(required) > 0 {
		o = append(o, member{"required", required})
	}
	return append(o, member{"properties", properties})
}

func (d description) param(p *catalog.Param) object {
	about := p.Description.Markdown()
	var o object
	switch p.Type {
	case catalog.Integer:
		o = object{{"type", "integer"}, {"format", "int64"}}
	case catalog.Number:
		o = object{{"type", "number"}, {"format", "double"}}
	case catalog.Boolean:
		o = object{{"type", "boolean"}}
	case catalog.Datetime:
		o = object{{"type", "string"}, {"format", "date-time"}}
	case catalog.Duration:
		o = object{{"type", "string"}}
		about = strings.TrimSpace(about + "\n\nA duration in the form `1h2m3.5s`.")
	case catalog.StringList:
		o = object{{"type", "array"}, {"items", d.values(object{{"type", "string"}}, p)}}
	case catalog.IntegerList:
		o = object{{"type", "array"}, {"items", object{{"type", "integer"}, {"format", "int64"}}}}
	case catalog.String:
		o = d.values(object{{"type", "string"}}, p)
	default:
		panic("openapi: no schema for params of type " + string(p.Type))
	}
	if about != "" {
		o = append(o, member{"description", about})
	}
	return o
}

// values adds the values that a param can have to the schema of one value.
func (d description) values(o object, p *catalog.Param) object {
	if len(p.Values) == 0 {
		return o
	}
	values := list{}
	for _, v := range p.Values {
		values = append(values, v)
	}
	if d.Narrow {
		return append(o, member{"enum", values})
	}
	return append(o, member{"x-extensible-enum", values})
}

// errorProblem returns the schema of the problems of one error.
func (d description) errorProblem(e *catalog.Error) object {
	all := list{
		d.ref("schemas", problemSchema),
		object{
			{"type", "object"},
			{"required", list{"code"}},
			{"properties", object{{"code", d.codeType(member{"description", d.line(e)}, member{"enum", list{d.code(e)}})}}},
		},
	}
	if len(sentParams(e)) > 0 {
		all = append(all, d.ref("schemas", paramsSchema(e)))
	}
	o := object{{"description", prose.GFM.Escape(e.Title)}}
	if uri := d.documentation(e); uri != "" {
		o = append(o, member{"externalDocs", object{{"url", uri}}})
	}
	if e.Deprecated != nil || e.Retired != nil {
		o = append(o, member{"deprecated", true})
	}
	return append(o, member{"allOf", all})
}

// schemaOf returns the schema of a problem of some errors. A discriminator needs
// codes that are strings.
func (d description) schemaOf(errors []*catalog.Error) object {
	switch {
	case !d.Narrow:
		return d.ref("schemas", problemSchema)
	case len(errors) == 1:
		return d.ref("schemas", errorSchema(errors[0]))
	}
	oneOf := list{}
	mapping := object{}
	for _, e := range errors {
		r := d.ref("schemas", errorSchema(e))
		oneOf = append(oneOf, r)
		mapping = append(mapping, member{e.Code, r[0].value})
	}
	o := object{{"oneOf", oneOf}}
	if !d.IntegerCodes {
		o = append(o, member{"discriminator", object{{"propertyName", "code"}, {"mapping", mapping}}})
	}
	return o
}

// responses returns a response for all errors, for those of each status, and for
// those of each category.
func (d description) responses() object {
	union := d.ref("schemas", problemSchema)
	if d.Narrow {
		union = d.ref("schemas", unionSchema)
	}
	responses := object{{anyResponse, d.response("Any error of the catalog "+prose.GFM.CodeSpan(d.Name)+".", union, d.sent)}}
	byStatus := make(map[int][]*catalog.Error)
	for _, e := range d.sent {
		status := servedStatus(e)
		byStatus[status] = append(byStatus[status], e)
	}
	for _, status := range slices.Sorted(maps.Keys(byStatus)) {
		errors := byStatus[status]
		about := d.about(reason(status), prose.Text{}, errors)
		r := d.response(about, d.schemaOf(errors), errors)
		if status == 204 || status == 304 { // which have no body
			r = object{{"description", about}}
		}
		responses = append(responses, member{fmt.Sprintf("Status%d", status), r})
	}
	for _, c := range d.Categories {
		if errors := visible(c.Errors); len(errors) > 0 {
			responses = append(responses, member{c.GoName, d.response(d.about(c.Title, c.Description, errors), d.schemaOf(errors), errors)})
		}
	}
	return responses
}

// servedStatus returns the status that a response can have: an informational one does
// not end it.
func servedStatus(e *catalog.Error) int {
	if e.HTTPStatus < 200 {
		return 500
	}
	return e.HTTPStatus
}

// reason returns a status in words: what shows a response shows the number, too.
func reason(status int) string {
	number := strconv.Itoa(status)
	words := strings.TrimSpace(strings.TrimPrefix(catalog.StatusText(status), number))
	return cmp.Or(words, "Status "+number)
}

// about returns the description of a response.
func (d description) about(title string, more prose.Text, errors []*catalog.Error) string {
	about := prose.GFM.Escape(title)
	if !more.IsEmpty() {
		about += "\n\n" + more.Markdown()
	}
	return about + "\n\n" + d.codes(errors)
}

func (d description) response(about string, schema object, errors []*catalog.Error) object {
	examples := object{}
	for _, e := range errors {
		examples = append(examples, member{e.GoName, d.ref("examples", e.GoName)})
	}
	return object{
		{"description", about},
		{"content", object{{mediaType, object{{"schema", schema}, {"examples", examples}}}}},
	}
}

// examples returns the body of each error.
func (d description) examples() object {
	examples := object{}
	for _, e := range d.sent {
		o := object{{"summary", e.Title}}
		if about := d.explanation(e); about != "" {
			o = append(o, member{"description", about})
		}
		examples = append(examples, member{e.GoName, append(o, member{"value", parseJSON(model.Example(d.Catalog, e))})})
	}
	return examples
}

// explanation returns why an error occurs, what to do, what its params are, and where
// to read more. Narrow schemas have the params.
func (d description) explanation(e *catalog.Error) string {
	var parts []string
	for _, t := range []prose.Text{e.Description, e.Resolution} {
		if !t.IsEmpty() {
			parts = append(parts, t.Markdown())
		}
	}
	if params := sentParams(e); len(params) > 0 && !d.Narrow {
		items := make([]string, len(params))
		for i, p := range params {
			items[i] = paramLine(p)
		}
		parts = append(parts, "Params:", strings.Join(items, "\n"))
	}
	if len(e.Links) > 0 {
		items := make([]string, len(e.Links))
		for i, l := range e.Links {
			items[i] = "- " + prose.GFM.Link(l.Title, l.URL)
		}
		parts = append(parts, model.HeadingLinks+":", strings.Join(items, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// paramLine returns a param as an item of a list in Markdown.
func paramLine(p *catalog.Param) string {
	line := "- " + prose.GFM.CodeSpan(p.Name) + " (" + prose.GFM.CodeSpan(string(p.Type))
	for i, v := range p.Values {
		line += []string{": ", ", "}[min(i, 1)] + prose.GFM.CodeSpan(v)
	}
	line += ")"
	if about := p.Description.InlineMarkdown(prose.GFM); about != "" {
		line += ": " + about
	}
	return line
}
