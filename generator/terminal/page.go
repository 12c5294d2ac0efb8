package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// WriteAnswer writes the answer to a query: the page of an error, a
// reservation, or errors that may have been meant. It returns the error of w.
func WriteAnswer(w io.Writer, a Answer, style Style) error {
	p := &page{c: a.Catalog, style: style, columns: style.columns()}
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

// page is a page of text. Everything in it is visible.
type page struct {
	bytes.Buffer
	c       *catalog.Catalog
	style   Style
	columns int
}

// indent is the indentation below a heading.
const indent = 4

func (p *page) error(a Answer) {
	e := a.Error
	p.title(e.Code + ": " + prose.Line(e.Title))
	names := p.names(e)
	if a.IsRule {
		names = append([]string{"Rule of errcat", string(e.Severity)}, names...)
	}
	p.paragraph(0, strings.Join(names, ", "))
	p.notes(a)
	if !model.RepeatsTitle(e) {
		p.section(model.HeadingMessage)
		p.lines(indent, e.Message.Text())
	}
	if !e.Description.IsEmpty() {
		heading := model.HeadingDescription
		if a.IsRule {
			heading = "What it requires"
		}
		p.section(heading)
		p.prose(indent, e.Description)
	}
	if !e.Resolution.IsEmpty() {
		p.section(model.HeadingResolution)
		p.prose(indent, e.Resolution)
	}
	if a.IsRule {
		return
	}
	p.params(e.Params)
	if !p.c.NoHTTP {
		p.example(e)
	}
	p.samples(e)
	p.details(e)
	p.related(e)
	p.links(e)
}

// names returns what identifies an error besides its code.
func (p *page) names(e *catalog.Error) []string {
	var names []string
	if e.Name != e.Code {
		names = append(names, e.Name)
	}
	if !p.c.NoHTTP {
		names = append(names, catalog.StatusText(e.HTTPStatus))
	}
	if title := prose.Line(e.Category.Title); title != "" && !e.Category.Implied {
		names = append(names, title)
	}
	return names
}

// notes writes what a reader has to know first.
func (p *page) notes(a Answer) {
	e := a.Error
	switch {
	case a.Alias != "":
		p.note("", a.Alias+" is an alias of this error; the code that is sent is "+e.Code+".")
	case a.Synonym != "":
		p.note("", a.Synonym+" is a synonym of this error.")
	case a.FormerName != "":
		p.note("", a.FormerName+" is a former name of this error.")
	}
	for _, n := range model.Notices(p.c, e) {
		p.note(n.Lead+".", " "+pieces(n.Text, " "))
		if !n.Reason.IsEmpty() {
			p.WriteByte('\n')
			p.prose(indent, n.Reason)
		}
	}
}

// note writes a paragraph that begins with bold words.
func (p *page) note(lead, text string) {
	p.WriteByte('\n')
	for i, line := range prose.WrapDisplay(lead+text, p.columns) {
		if rest, ok := strings.CutPrefix(line, lead); ok && i == 0 {
			line = p.style.bold(lead) + rest
		}
		p.WriteString(line + "\n")
	}
}

// params writes the params of an error.
func (p *page) params(params []*catalog.Param) {
	if len(params) == 0 {
		return
	}
	p.section(model.HeadingParams)
	for i, q := range params {
		if i > 0 {
			p.WriteByte('\n')
		}
		fmt.Fprintf(p, "%*s%s (%s)\n", indent, "", p.style.underline(q.Name), q.Type)
		if !q.Description.IsEmpty() {
			p.prose(2*indent, q.Description)
		}
		if len(q.Values) > 0 {
			p.paragraph(2*indent, model.LabelValues+": "+prose.Line(strings.Join(q.Values, ", ")))
		}
		if example := prose.Line(model.ValueText(q.Example)); example != "" {
			p.paragraph(2*indent, model.LabelExample+": "+example)
		}
		if q.Sensitive {
			p.paragraph(2*indent, model.LabelSensitive+": "+model.SensitiveNote)
		}
	}
}

// example writes an example body.
func (p *page) example(e *catalog.Error) {
	var body bytes.Buffer
	if err := json.Indent(&body, model.Example(p.c, e), "", "  "); err != nil {
		return // no example
	}
	p.section(model.HeadingExample)
	for line := range strings.Lines(string(model.VisibleJSON(body.Bytes()))) {
		fmt.Fprintf(p, "%*s%s", indent, "", line)
	}
	p.WriteByte('\n')
}

// related writes the codes and titles of related errors.
func (p *page) related(e *catalog.Error) {
	related := model.NewRelations(p.c).Of(e)
	if len(related) == 0 {
		return
	}
	p.section(model.LabelRelated)
	for _, piece := range related {
		words := piece.Text
		if other := piece.Of; other != nil {
			words = strings.TrimSuffix(other.Code+": "+prose.Line(other.Title), ": ")
		}
		p.paragraph(indent, words)
	}
}

// samples writes how code raises and handles an error.
func (p *page) samples(e *catalog.Error) {
	for _, s := range model.Samples(p.c, e) {
		p.section(s.Lead())
		for line := range strings.Lines(s.Code()) {
			if line = strings.TrimRight(line, "\n"); line != "" {
				line = strings.Repeat(" ", indent) + strings.ReplaceAll(line, "\t", "    ")
			}
			p.WriteString(line + "\n")
		}
	}
}

// details writes the facts without a section of their own.
func (p *page) details(e *catalog.Error) {
	p.section(model.HeadingDetails)
	for f := range model.Facts(p.c, e) {
		if f.Kind != model.FactLinks {
			p.fact(f.Label.Text, pieces(f.Values, ", "))
		}
	}
	if e.Audience == catalog.Public && p.c.TypeURI != "" {
		p.fact(model.LabelType, model.TypeURI(p.c, e))
	}
	p.fact("In Go", goNames(p.c, e))
	p.fact("In TypeScript", e.TypeScriptName)
	p.declared(e.Pos)
}

// declared writes where something is declared.
func (p *page) declared(pos diag.Position) {
	pos.Col = 0
	p.fact("Declared in", pos.String())
}

// pieces returns pieces as plain text on one line, with separator between the
// ones that are not empty.
func pieces(pieces []model.Piece, separator string) string {
	var words []string
	for _, piece := range pieces {
		if s := plain(piece); s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(words, separator)
}

// plain returns a piece as plain text on one line.
func plain(piece model.Piece) string {
	words := prose.Line(piece.Text)
	switch piece.Kind {
	case model.Hyperlink:
		url := prose.Line(piece.URL)
		if words == "" || words == url {
			return url
		}
		return words + ": " + url
	case model.Reference:
		words = piece.Of.Code
		if title := prose.Clip(piece.Of.Title, 60); title != "" {
			words += " (" + title + ")"
		}
	}
	return words
}

// goNames returns the names of an error in the Go package.
func goNames(c *catalog.Catalog, e *catalog.Error) string {
	names := c.GoPackage + "." + e.GoName
	switch {
	case e.HasConstructor():
		names += ", made with " + c.GoPackage + "." + e.GoConstructor()
	case e.HasStruct() && e.Retired == nil:
		names += ", made as &" + c.GoPackage + "." + e.GoStruct() + "{...}"
	case e.HasStruct():
		names += ", with its params " + c.GoPackage + "." + e.GoStruct()
	}
	return names
}

// links writes the links of an error.
func (p *page) links(e *catalog.Error) {
	for f := range model.Facts(p.c, e) {
		if f.Kind == model.FactLinks {
			p.section(f.Label.Text)
			for _, link := range f.Values {
				p.paragraph(indent, plain(link))
			}
		}
	}
}

// reserved writes the page of a reserved code or name.
func (p *page) reserved(a Answer) {
	r := a.Reserved
	p.title(a.Word + " is reserved")
	if len(r.Codes) > 0 {
		p.paragraph(0, "One of "+join(r.Codes, catalog.Range.String))
	}
	if others := slices.DeleteFunc(r.Words(), func(word string) bool { return word == a.Word }); len(others) > 0 {
		p.paragraph(0, "Reserved with "+strings.Join(others, ", "))
	}
	p.note("", model.ReservedNote)
	if !r.Reason.IsEmpty() {
		p.section(model.LabelReason)
		p.prose(indent, r.Reason)
	}
	p.section(model.HeadingDetails)
	p.declared(r.Pos)
}

// notFound writes the errors that a query may mean, if it is not a single one.
func (p *page) notFound(a Answer) {
	query := `"` + prose.Clip(a.Query, 60) + `"`
	if n := len(a.Candidates); n > 0 {
		p.paragraph(0, fmt.Sprintf("%s matches %d %s:", query, n, plural(n, "error", "errors")))
		p.WriteByte('\n')
		p.choices(a.Candidates, a.several)
		if a.Hint != "" {
			p.WriteByte('\n')
			p.paragraph(0, a.Hint)
		}
	} else {
		p.paragraph(0, strings.TrimSpace("There is no error "+query+". "+a.Hint))
	}
	if a.Filter != "" {
		fmt.Fprintf(p, "\n%*serrcat list %s\n", indent, "", a.Filter)
	}
	if len(a.Suggestions) > 0 {
		p.WriteString("\nDid you mean:\n\n")
		p.choices(a.Suggestions, a.several)
	}
}

// maxChoices is the maximum number of errors that are listed.
const maxChoices = 20

// choices writes a list of errors to choose from, of one catalog or several.
func (p *page) choices(entries []Entry, several bool) {
	rest := len(entries) - maxChoices
	entries = entries[:min(len(entries), maxChoices)]
	t := table{indent: indent}
	for _, e := range entries {
		title := prose.Line(e.Title)
		if state := state(e.Error); state != "" {
			title += " (" + state + ")"
		}
		row := []string{e.Code, e.Name, title}
		if several {
			row = append([]string{e.Catalog.Name}, row...)
		}
		t.rows = append(t.rows, row)
	}
	t.write(&p.Buffer, p.style)
	if rest > 0 {
		fmt.Fprintf(p, "%*s... and %d more. errcat list --search TEXT lists all.\n", indent, "", rest)
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// join returns the results of text for each item, separated by commas.
func join[T any](items []T, text func(T) string) string {
	var texts []string
	for _, item := range items {
		if s := prose.Line(text(item)); s != "" {
			texts = append(texts, s)
		}
	}
	return strings.Join(texts, ", ")
}
