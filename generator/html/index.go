package html

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// indexed is the data that the script needs to find an error. Its values are
// the ones that the page shows.
type indexed struct {
	Code    string   `json:"code"`
	Aliases []string `json:"aliases,omitempty"`
	Name    string   `json:"name,omitempty"` // empty if it is the code
	// OtherNames are the synonyms and the former names.
	OtherNames []string `json:"names,omitempty"`
	Title      string   `json:"title"`
	Message    string   `json:"message,omitempty"` // empty if it repeats the title
	// Text is the description and the resolution.
	Text     string   `json:"text,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	Category string   `json:"category"`
	// Status is 0 in a catalog without HTTP.
	Status int `json:"status,omitempty"`
	// They are empty for a public error, for one that should not be retried,
	// and for an active one.
	Audience  string `json:"audience,omitempty"`
	Retry     string `json:"retry,omitempty"`
	Lifecycle string `json:"lifecycle,omitempty"`
	// Metadata has the values of the keys that are filters.
	Metadata map[string]string `json:"metadata,omitempty"`
}

// choice is a value of a filter and its label.
type choice struct {
	Value string `json:"value"`
	Title string `json:"title"`
}

// index returns JSON with the entries of categories, in the order of the page,
// and with their categories, statuses and filters by metadata, one per line.
func index(c *catalog.Catalog, sections []*catalog.Category) (markup, error) {
	var entries, categories, statuses, metadata []any
	filters := metadataFilters(c)
	for _, f := range filters {
		metadata = append(metadata, f)
	}
	seen := make(map[int]bool)
	for _, cat := range sections {
		title := prose.Line(cat.Title)
		if title == "" {
			title = cat.Name
		}
		categories = append(categories, choice{Value: cat.Name, Title: title})
		for _, e := range cat.Errors {
			entries = append(entries, newIndexed(e, filters))
			seen[e.HTTPStatus] = true
		}
	}
	for status := 100; status < 600; status++ {
		if seen[status] {
			statuses = append(statuses, choice{Value: strconv.Itoa(status), Title: catalog.StatusText(status)})
		}
	}
	var b bytes.Buffer
	b.WriteString("{\n\"categories\": [")
	if err := writeLines(&b, categories); err != nil {
		return "", err
	}
	b.WriteString("],\n\"statuses\": [")
	if err := writeLines(&b, statuses); err != nil {
		return "", err
	}
	b.WriteString("],\n\"metadata\": [")
	if err := writeLines(&b, metadata); err != nil {
		return "", err
	}
	b.WriteString("],\n\"entries\": [")
	if err := writeLines(&b, entries); err != nil {
		return "", err
	}
	b.WriteString("]\n}")
	return markup(b.String()), nil
}

// writeLines writes values as JSON that is safe within HTML.
func writeLines(b *bytes.Buffer, values []any) error {
	for i, v := range values {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		b.Write(line)
	}
	return nil
}

func newIndexed(e *catalog.Error, filters []metadataFilter) indexed {
	out := indexed{
		Code:     e.Code,
		Title:    prose.Line(e.Title),
		Text:     plain(e.Description, e.Resolution),
		Category: e.Category.Name,
		Status:   e.HTTPStatus,
		Metadata: filterValues(e, filters),
	}
	if e.Name != e.Code {
		out.Name = e.Name
	}
	if !model.RepeatsTitle(e) {
		out.Message = prose.Line(e.Message.Text())
	}
	for _, a := range e.Aliases {
		out.Aliases = append(out.Aliases, a.Code)
	}
	for _, s := range e.Synonyms {
		out.OtherNames = append(out.OtherNames, s.Name)
	}
	for _, n := range e.FormerNames {
		out.OtherNames = append(out.OtherNames, n.Name)
	}
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
