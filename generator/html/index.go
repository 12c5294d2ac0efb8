package html

import (
	"bytes"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/search"
)

// indexed is the data that the script needs to find an error. Its values are
// the ones that the page shows.
type indexed struct {
	Code    string `json:"code"`
	Name    string `json:"name,omitempty"` // empty if it is the code
	Title   string `json:"title"`
	Message string `json:"message,omitempty"` // empty if it repeats the title
	Status  int    `json:"status,omitempty"`  // 0 in a catalog without HTTP
	// Text is the description and the resolution.
	Text string `json:"text,omitempty"`
	keys
}

// keys are what else the script finds and filters errors by.
type keys struct {
	Aliases     []string `json:"aliases,omitempty"`
	Synonyms    []string `json:"synonyms,omitempty"`
	FormerNames []string `json:"formerNames,omitempty"`
	Identifiers []string `json:"identifiers,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	// They are empty for a public error, for one that should not be retried,
	// and for an active one.
	Audience  string `json:"audience,omitempty"`
	Retry     string `json:"retry,omitempty"`
	Lifecycle string `json:"lifecycle,omitempty"`
	// Metadata has the values of the keys that are filters.
	Metadata map[string][]string `json:"metadata,omitempty"`
	// Page is the name of the error's page, if that is not its code.
	Page string `json:"page,omitempty"`
	// Line is that of the error in the catalog, if the page has links to it.
	Line int `json:"line,omitempty"`
}

// choice is a value of a filter and its label.
type choice struct {
	Value string `json:"value"`
	Title string `json:"title"`
}

// section is a category, with the code of its first entry.
type section struct {
	choice
	First string `json:"first"`
}

// list is a member of the index with a line for each value.
type list struct {
	name   string
	values iter.Seq[any]
}

// valuesOf returns a list with the values of a slice.
func valuesOf[T any](name string, values []T) list {
	return list{name, func(yield func(any) bool) {
		for _, v := range values {
			if !yield(v) {
				return
			}
		}
	}}
}

// valueOfEach returns a list with a value for each error, in the order of the page.
// The values are made one by one, when they are written.
func (p *page) valueOfEach(name string, value func(*catalog.Error) any) list {
	return list{name, func(yield func(any) bool) {
		for _, cat := range p.sections {
			for _, e := range cat.Errors {
				if !yield(value(e)) {
					return
				}
			}
		}
	}}
}

// Index writes the JSON that the script reads: categories, statuses, filters by
// metadata, and a line for each entry, in the order of the page. It writes into the
// page, and returns nothing: the template would copy the result, which may be megabytes.
func (p *page) Index() (markup, error) {
	var categories []section
	var statuses []choice
	seen := make(map[int]bool)
	for _, cat := range p.sections {
		title := prose.Line(cat.Title)
		if title == "" {
			title = cat.Name
		}
		categories = append(categories, section{choice{Value: cat.Name, Title: title}, cat.Errors[0].Code})
		for _, e := range cat.Errors {
			seen[p.statusOf(e)] = true
		}
	}
	for status := 100; status < 600; status++ {
		if seen[status] {
			statuses = append(statuses, choice{Value: strconv.Itoa(status), Title: catalog.StatusText(status)})
		}
	}
	reserved := search.Reservations(p.catalog)
	for i := range reserved {
		reserved[i].Catalog = "" // there is only one
	}
	lists := []list{valuesOf("categories", categories), valuesOf("statuses", statuses), valuesOf("metadata", p.filters), valuesOf("reserved", reserved)}
	if p.Compact {
		lists = append(lists, p.rows()...)
	} else {
		lists = append(lists, p.valueOfEach("entries", func(e *catalog.Error) any { return p.indexed(e) }))
	}
	return "", p.writeIndex(lists)
}

// writeIndex writes JSON that is safe within HTML.
func (p *page) writeIndex(lists []list) error {
	w := indexWriter{&p.out, model.NewEncoder(&p.out, "", "")}
	w.WriteByte('{')
	if err := p.writeSettings(w); err != nil {
		return err
	}
	for i, l := range lists {
		if i > 0 {
			w.WriteByte(',')
		}
		w.WriteString("\n\"" + l.name + "\": [")
		before := ""
		for v := range l.values {
			w.WriteString(before + "\n")
			before = ","
			if err := w.json(v); err != nil {
				return err
			}
		}
		w.WriteByte(']')
	}
	w.WriteString("\n}")
	return nil
}

// writeSettings writes the members that are about all entries.
func (p *page) writeSettings(w indexWriter) error {
	settings := []struct {
		name  string
		value any
		isSet bool
	}{
		{"pages", true, p.site != nil},
		{"edit", p.edit, p.edit != ""},
		{"typeURI", p.catalog.TypeURI, p.Compact && p.catalog.TypeURI != ""},
		{"integerCodes", true, p.Compact && p.catalog.IntegerCodes},
	}
	for _, s := range settings {
		if !s.isSet {
			continue
		}
		w.WriteString("\n\"" + s.name + "\": ")
		if err := w.json(s.value); err != nil {
			return err
		}
		w.WriteByte(',')
	}
	return nil
}

// indexWriter writes the index into a page.
type indexWriter struct {
	*bytes.Buffer
	encoder *model.Encoder
}

// json writes a value as JSON that neither ends nor begins a script or a comment.
func (w indexWriter) json(v any) error {
	start := w.Len()
	if err := w.encoder.Encode(v); err != nil {
		return err
	}
	if data := w.Bytes()[start:]; bytes.IndexByte(data, '<') >= 0 {
		data = unsafe.ReplaceAll(data, []byte(`\u003c$1`))
		w.Truncate(start)
		w.Write(data)
	}
	return nil
}

// unsafe is what has a meaning within a script of HTML.
var unsafe = regexp.MustCompile(`(?i)<(!|/?script)`)

func (p *page) indexed(e *catalog.Error) indexed {
	out := indexed{
		Code:   e.Code,
		Title:  prose.Line(e.Title),
		Text:   plain(e.Description, e.Resolution),
		Status: p.statusOf(e),
		keys:   p.keys(e),
	}
	if e.Name != e.Code {
		out.Name = e.Name
	}
	if !model.RepeatsTitle(e) {
		out.Message = prose.Line(e.Message.Text())
	}
	return out
}

// statusOf returns the HTTP status of an error, 0 in a catalog without HTTP.
func (p *page) statusOf(e *catalog.Error) int {
	if p.catalog.NoHTTP {
		return 0
	}
	return e.HTTPStatus
}

func (p *page) keys(e *catalog.Error) keys {
	out := keys{Metadata: filterValues(e, p.filters)}
	for _, a := range e.Aliases {
		out.Aliases = append(out.Aliases, a.Code)
	}
	for _, s := range e.Synonyms {
		out.Synonyms = append(out.Synonyms, s.Name)
	}
	for _, n := range e.FormerNames {
		out.FormerNames = append(out.FormerNames, n.Name)
	}
	out.Identifiers = search.Identifiers(e)
	for _, t := range e.Tags {
		out.Tags = append(out.Tags, prose.Line(t))
	}
	if e.Audience == catalog.Internal {
		out.Audience = string(e.Audience)
	}
	if e.Retry != catalog.RetryNever {
		out.Retry = string(e.Retry)
	}
	if state := model.LifecycleState(e); state != model.StateActive {
		out.Lifecycle = state
	}
	if name := p.site.nameOf(e); name != e.Code {
		out.Page = name
	}
	if strings.Contains(p.edit, "{line}") {
		out.Line = e.Pos.Line
	}
	return out
}

// plain returns the words of texts.
func plain(texts ...prose.Text) string {
	var words []string
	for _, t := range texts {
		for _, b := range t.Plain() {
			words = append(words, prose.Line(b.Text))
		}
	}
	return strings.Join(words, " ")
}
