package html

import (
	"bytes"
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
	values []any
}

// index returns the JSON that the script reads: categories, statuses, filters by
// metadata, and a line for each entry, in the order of the page.
func (p *page) index(sections []*catalog.Category) (markup, error) {
	var categories, statuses, metadata, entries []any
	for _, f := range p.filters {
		metadata = append(metadata, f)
	}
	seen := make(map[int]bool)
	for _, cat := range sections {
		title := prose.Line(cat.Title)
		if title == "" {
			title = cat.Name
		}
		categories = append(categories, section{choice{Value: cat.Name, Title: title}, cat.Errors[0].Code})
		for _, e := range cat.Errors {
			seen[p.statusOf(e)] = true
			if !p.Compact {
				entries = append(entries, p.indexed(e))
			}
		}
	}
	for status := 100; status < 600; status++ {
		if seen[status] {
			statuses = append(statuses, choice{Value: strconv.Itoa(status), Title: catalog.StatusText(status)})
		}
	}
	var reserved []any
	for _, r := range search.Reservations(p.catalog) {
		r.Catalog = "" // there is only one
		reserved = append(reserved, r)
	}
	lists := []list{{"categories", categories}, {"statuses", statuses}, {"metadata", metadata}, {"reserved", reserved}}
	if p.Compact {
		lists = append(lists, p.rows(sections)...)
	} else {
		lists = append(lists, list{"entries", entries})
	}
	return p.writeIndex(lists)
}

// writeIndex writes JSON that is safe within HTML.
func (p *page) writeIndex(lists []list) (markup, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	if err := p.writeSettings(&b); err != nil {
		return "", err
	}
	for i, l := range lists {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n\"" + l.name + "\": [")
		for i, v := range l.values {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('\n')
			if err := writeJSON(&b, v); err != nil {
				return "", err
			}
		}
		b.WriteByte(']')
	}
	b.WriteString("\n}")
	return markup(b.String()), nil
}

// writeSettings writes the members that are about all entries.
func (p *page) writeSettings(b *bytes.Buffer) error {
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
		b.WriteString("\n\"" + s.name + "\": ")
		if err := writeJSON(b, s.value); err != nil {
			return err
		}
		b.WriteByte(',')
	}
	return nil
}

// writeJSON writes a value as JSON that neither ends nor begins a script or a
// comment.
func writeJSON(b *bytes.Buffer, v any) error {
	data, err := model.Marshal(v, "")
	if err != nil {
		return err
	}
	if bytes.IndexByte(data, '<') >= 0 {
		data = unsafe.ReplaceAll(data, []byte(`\u003c$1`))
	}
	b.Write(data)
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
