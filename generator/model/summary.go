package model

import (
	"cmp"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// maxSummary is the maximum width of a summary, in columns. Search engines cut
// longer ones.
const maxSummary = 160

// SummaryOfCatalog returns what a page about all errors says in search results.
func SummaryOfCatalog(c *catalog.Catalog) string {
	return cmp.Or(summaryOf(c.Description), cut(cmp.Or(prose.Line(c.Title), c.Name)+": all codes, and what they mean."))
}

// SummaryOfError returns what the page of an error says in search results: its
// description, else its message, what to do, or its title.
func SummaryOfError(e *catalog.Error) string {
	message := ""
	if !RepeatsTitle(e) {
		message = cut(e.Message.Text())
	}
	return cmp.Or(summaryOf(e.Description), message, summaryOf(e.Resolution), cut(e.Title))
}

// summaryOf returns the words of the first paragraph of a text, without the
// addresses of its links, cut if they are long.
func summaryOf(t prose.Text) string {
	const target = "#target-of-a-link"
	for _, b := range t.MapLinks(func(string) (string, bool) { return target, true }).Plain() {
		if b.Kind == prose.Paragraph {
			return cut(strings.ReplaceAll(b.Text, " ("+target+")", ""))
		}
	}
	return ""
}

// cut returns a text on one line, cut between words if it is long.
func cut(s string) string {
	s = strings.TrimSpace(prose.Line(s))
	short := prose.Clip(s, maxSummary)
	if short == s {
		return s
	}
	short = strings.TrimSuffix(short, "…")
	if space := strings.LastIndexByte(short, ' '); space > 0 {
		short = short[:space]
	}
	return short + "…"
}
