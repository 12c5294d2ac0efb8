package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// WriteAnswer writes what a catalog knows of something that was asked for: the
// page of an error, a reservation, or what else may have been meant. It returns
// the error of w.
func WriteAnswer(w io.Writer, c *catalog.Catalog, a Answer, style Style) error {
	p := &page{c: c, style: style, columns: style.columns()}
	switch {
	case a.Error != nil:
		p.error(a)
	case a.Reserved != nil:
		p.reserved(a)
	default:
		p.notFound(a)
	}
	_, err := w.Write(p.Bytes())
	return err
}

// page is a page of text. All that is written to it is visible.
type page struct {
	bytes.Buffer
	c       *catalog.Catalog
	style   Style
	columns int
}

// indent is the indentation of what stands below a heading.
const indent = 4

func (p *page) error(a Answer) {
	e := a.Error
	p.title(e.Code + ": " + prose.Line(e.Title))
	p.paragraph(0, strings.Join(p.names(e), ", "))
	p.notes(a)
	p.section("MESSAGE")
	p.lines(indent, e.Message.Text())
	if !e.Description.IsEmpty() {
		p.section("WHEN IT HAPPENS")
		p.prose(indent, e.Description)
	}
	if !e.Resolution.IsEmpty() {
		p.section("WHAT TO DO")
		p.prose(indent, e.Resolution)
	}
	p.params(e.Params)
	p.example(e)
	p.details(e)
	p.links(e.Links)
}

// names are what an error is known by beside its code.
func (p *page) names(e *catalog.Error) []string {
	var names []string
	if e.Name != e.Code {
		names = append(names, e.Name)
	}
	names = append(names, catalog.StatusText(e.HTTPStatus))
	if title := prose.Line(e.Category.Title); title != "" {
		names = append(names, title)
	}
	return names
}

// notes are what a reader must know before anything else.
func (p *page) notes(a Answer) {
	e := a.Error
	switch {
	case a.Alias != "":
		p.note("", a.Alias+" is another code of this error; what is sent is "+e.Code+".")
	case a.FormerName != "":
		p.note("", a.FormerName+" is a former name of this error.")
	}
	p.lifecycle("Retired", ", not sent any more", e.Retired)
	p.lifecycle("Deprecated", "", e.Deprecated)
	if e.Audience == catalog.Internal {
		instead := "an error without a code"
		if fallback := p.c.Fallback; fallback != nil {
			instead = fallback.Code + " (" + clip(fallback.Title, 60) + ")"
		}
		p.note("Internal", ": clients never see this error. They see "+instead+" in its place.")
	}
}

// lifecycle says that an error is deprecated or retired, and what that means.
func (p *page) lifecycle(word, means string, l *catalog.Lifecycle) {
	if l == nil {
		return
	}
	if since := prose.Line(l.Since); since != "" {
		word += " since " + since
	}
	means += "."
	if r := l.ReplacedBy; r != nil {
		means += " Use " + r.Code + " (" + clip(r.Title, 60) + ") instead."
	}
	p.note(word, means)
	if !l.Reason.IsEmpty() {
		p.WriteByte('\n')
		p.prose(indent, l.Reason)
	}
}

// note writes a paragraph that begins with bold words.
func (p *page) note(lead, text string) {
	p.WriteByte('\n')
	for i, line := range wrap(lead+text, p.columns) {
		if rest, ok := strings.CutPrefix(line, lead); ok && i == 0 {
			line = p.style.bold(lead) + rest
		}
		p.WriteString(line + "\n")
	}
}

// params are what the error carries.
func (p *page) params(params []*catalog.Param) {
	if len(params) == 0 {
		return
	}
	p.section("PARAMS")
	for i, q := range params {
		if i > 0 {
			p.WriteByte('\n')
		}
		about := " (" + string(q.Type) + ")"
		if q.Sensitive {
			about = " (" + string(q.Type) + ", sensitive)"
		}
		fmt.Fprintf(p, "%*s%s%s\n", indent, "", p.style.underline(q.Name), about)
		if !q.Description.IsEmpty() {
			p.prose(2*indent, q.Description)
		}
		if example := prose.Line(model.ValueText(q.Example)); example != "" {
			p.paragraph(2*indent, "Example: "+example)
		}
		if q.Sensitive {
			p.paragraph(2*indent, "It is never sent or logged.")
		}
	}
}

// example is the body of a response with the error.
func (p *page) example(e *catalog.Error) {
	var body bytes.Buffer
	if err := json.Indent(&body, model.Example(p.c, e), "", "  "); err != nil {
		return // there is none
	}
	p.section("EXAMPLE BODY")
	for line := range strings.Lines(visibleJSON(body.String())) {
		fmt.Fprintf(p, "%*s%s", indent, "", line)
	}
	p.WriteByte('\n')
}

// details are the short facts, one a line.
func (p *page) details(e *catalog.Error) {
	p.section("DETAILS")
	p.fact("HTTP status", catalog.StatusText(e.HTTPStatus))
	p.fact("Retry", retry(e))
	p.fact("Severity", string(e.Severity))
	p.fact("Audience", string(e.Audience))
	p.fact("Further codes", join(e.Aliases, func(a catalog.Alias) string { return a.Code }))
	p.fact("Former names", join(e.FormerNames, func(n catalog.FormerName) string { return n.Name }))
	p.fact("Category", category(e.Category))
	p.fact("Owner", e.Owner)
	p.fact("Tags", join(e.Tags, func(tag string) string { return tag }))
	p.fact("Since", e.Since)
	if e.Audience == catalog.Public {
		p.fact("Type", strings.NewReplacer("{code}", e.Code, "{name}", e.Name).Replace(p.c.TypeURI))
	}
	p.fact("In Go", goNames(p.c, e))
	p.fact("In TypeScript", e.TypeScriptName)
	for _, m := range e.Metadata {
		p.fact(m.Key, m.Value)
	}
	place := e.Pos
	place.Col = 0
	p.fact("Declared in", place.String())
}

// category is a category by its title, and the name that commands know it by.
func category(c *catalog.Category) string {
	if title := prose.Line(c.Title); title != "" && title != c.Name {
		return title + " (" + c.Name + ")"
	}
	return c.Name
}

// goNames are the names of an error in the Go package.
func goNames(c *catalog.Catalog, e *catalog.Error) string {
	names := c.GoPackage + "." + e.GoName
	if e.HasStruct() {
		names += ", made with " + c.GoPackage + "." + e.GoConstructor()
	}
	return names
}

// retry says whether the same request may be sent again.
func retry(e *catalog.Error) string {
	switch e.Retry {
	case catalog.RetrySafe:
		return "the same request may be sent again"
	case catalog.RetryAfter:
		if e.RetryAfter > 0 {
			return "the same request may be sent again after " + e.RetryAfter.String()
		}
		return "the same request may be sent again later"
	}
	return "no, the same request fails again"
}

// links are where to read on.
func (p *page) links(links []catalog.Link) {
	if len(links) == 0 {
		return
	}
	p.section("SEE ALSO")
	for _, l := range links {
		title, url := prose.Line(l.Title), prose.Line(l.URL)
		if title != "" && title != url {
			url = title + ": " + url
		}
		p.paragraph(indent, url)
	}
}

// reserved is the page of a code or a name that must not be used.
func (p *page) reserved(a Answer) {
	r := a.Reserved
	p.title(a.Word + " is reserved")
	if len(r.Codes) > 0 {
		p.paragraph(0, "One of "+join(r.Codes, catalog.Range.String))
	}
	p.note("", "No error has it, or ever will.")
	if !r.Reason.IsEmpty() {
		p.section("REASON")
		p.prose(indent, r.Reason)
	}
	p.section("DETAILS")
	place := r.Pos
	place.Col = 0
	p.fact("Declared in", place.String())
}

// notFound says what may have been meant by something that is not one error.
func (p *page) notFound(a Answer) {
	query := `"` + clip(a.Query, 60) + `"`
	if n := len(a.Candidates); n > 0 {
		p.paragraph(0, fmt.Sprintf("%s may be one of %d errors:", query, n))
		p.WriteByte('\n')
		p.choices(a.Candidates)
		return
	}
	p.paragraph(0, strings.TrimSpace("There is no error "+query+". "+a.Hint))
	if a.Filter != "" {
		fmt.Fprintf(p, "\n%*serrcat list %s\n", indent, "", a.Filter)
	}
	if len(a.Suggestions) > 0 {
		p.WriteString("\nDid you mean:\n\n")
		p.choices(a.Suggestions)
	}
}

// maxChoices is how many errors are listed.
const maxChoices = 20

// choices lists errors to choose from.
func (p *page) choices(errors []*catalog.Error) {
	rest := len(errors) - maxChoices
	errors = errors[:min(len(errors), maxChoices)]
	t := table{indent: indent}
	for _, e := range errors {
		title := prose.Line(e.Title)
		if state := state(e); state != "" {
			title += " (" + state + ")"
		}
		t.rows = append(t.rows, []string{e.Code, e.Name, title})
	}
	t.write(&p.Buffer, p.style)
	if rest > 0 {
		fmt.Fprintf(p, "%*s... and %d more; errcat list --search WORD shows all that have a word.\n", indent, "", rest)
	}
}

// join returns what text returns for each of items, with commas.
func join[T any](items []T, text func(T) string) string {
	var texts []string
	for _, item := range items {
		if s := prose.Line(text(item)); s != "" {
			texts = append(texts, s)
		}
	}
	return strings.Join(texts, ", ")
}
