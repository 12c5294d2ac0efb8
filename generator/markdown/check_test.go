package markdown_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote))

// checkPage parses the page of a catalog as GitHub does, and reports everything
// that a reader would not expect.
func checkPage(t *testing.T, c *catalog.Catalog, page []byte) {
	t.Helper()
	doc := gfm.Parser().Parse(text.NewReader(page))
	v := visible{source: page, renderer: gfm.Renderer()}
	ids := make(map[string]int)
	var targets, headings, messages []string
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if block := string(n.Lines().Value(page)); !comment.MatchString(block) {
				t.Errorf("raw HTML: %.200q", block)
			}
		case *ast.RawHTML:
			tag := string(n.Segments.Value(page))
			if m := anchor.FindStringSubmatch(tag); m != nil {
				ids[m[1]]++
			} else if tag != "</a>" {
				t.Errorf("raw HTML: %.200q", tag)
			}
		case *ast.Link:
			targets = append(targets, string(n.Destination))
		case *ast.AutoLink:
			if page[n.Pos()] != '<' {
				t.Errorf("a link by accident: %.200q in %q", n.Label(page), page[max(0, n.Pos()-50):min(len(page), n.Pos()+50)])
			}
			targets = append(targets, string(n.URL(page)))
		case *ast.Image, *ast.Blockquote, *ast.ThematicBreak, *east.Strikethrough, *east.TaskCheckBox, *east.FootnoteLink, *east.FootnoteList:
			t.Errorf("a %s by accident: %.200q", n.Kind(), v.text(n.Parent()))
		case *ast.Heading:
			headings = append(headings, v.text(n))
		case *ast.FencedCodeBlock:
			messages = append(messages, strings.TrimSuffix(string(n.Lines().Value(page)), "\n"))
		case *east.Table:
			checkTable(t, n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, times := range ids {
		if times != 1 {
			t.Errorf("the id %q appears %d times", id, times)
		}
	}
	for _, target := range targets {
		if id, within := strings.CutPrefix(target, "#"); within && ids[id] != 1 {
			t.Errorf("the link to %q has %d targets", target, ids[id])
		}
	}
	var wantHeadings, wantMessages []string
	for _, cat := range c.Categories {
		for _, e := range cat.Errors {
			heading := e.Code
			if title := prose.Line(e.Title); title != "" {
				heading += ": " + title
			}
			wantHeadings = append(wantHeadings, heading)
			if !model.RepeatsTitle(e) {
				wantMessages = append(wantMessages, codeText(e.Message.Text()))
			}
			for _, id := range append(aliasCodes(e), e.Anchor) {
				if ids[id] != 1 {
					t.Errorf("the page has no id %q", id)
				}
			}
		}
	}
	checkInOrder(t, "heading", wantHeadings, headings)
	checkInOrder(t, "message", wantMessages, messages)
	if m := invisible.Find(page); m != nil {
		t.Errorf("the page has the invisible character %q", m)
	}
}

// codeText returns a message as a code block shows it.
func codeText(s string) string {
	s = strings.ReplaceAll(prose.Visible(newlines.Replace(strings.TrimRight(s, " \t\r\n"))), "\t", "    ")
	return lineEnds.ReplaceAllString(s, "")
}

var (
	lineEnds  = regexp.MustCompile(`(?m)[\pZ]+$`)
	comment   = regexp.MustCompile(`^<!-- [^<>]* -->\n?$`)
	anchor    = regexp.MustCompile(`^<a id="([A-Za-z0-9_.:/~-]+)">$`)
	invisible = regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f\x{80}-\x9f\x{200e}\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}\x{feff}]`)
	newlines  = strings.NewReplacer("\r\n", "\n", "\r", "\n")
)

func aliasCodes(e *catalog.Error) []string {
	var codes []string
	for _, a := range e.Aliases {
		codes = append(codes, a.Code)
	}
	return codes
}

// checkTable reports rows whose number of cells differs from the header's.
// goldmark makes all rows equal, so checkRows counts them in the source.
func checkTable(t *testing.T, table *east.Table) {
	t.Helper()
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		if row.ChildCount() != len(table.Alignments) {
			t.Errorf("a row has %d cells, the table %d columns", row.ChildCount(), len(table.Alignments))
		}
	}
}

// checkRows counts the cells of every table row in the source, because goldmark
// makes all rows equal.
func checkRows(t *testing.T, page []byte) {
	t.Helper()
	columns := 0
	fence := ""
	for line := range strings.Lines(string(page)) {
		trimmed := strings.TrimSpace(line)
		if fence != "" {
			if trimmed == fence {
				fence = ""
			}
			continue
		}
		if m := fenceLine.FindString(trimmed); m != "" {
			fence = m
			continue
		}
		if !strings.HasPrefix(line, "| ") {
			columns = 0
			continue
		}
		cells := len(border.FindAllString(escapedPair.ReplaceAllString(line, "xx"), -1)) - 1
		if columns == 0 {
			columns = cells
		} else if cells != columns {
			t.Errorf("a row has %d cells, the table %d: %.200q", cells, columns, line)
		}
	}
}

var (
	fenceLine   = regexp.MustCompile("^(?:- |[0-9]+\\. )*(```+)")
	escapedPair = regexp.MustCompile(`\\[\\|]`)
	border      = regexp.MustCompile(`\|`)
)

// checkInOrder reports the first element of want that does not follow in got.
func checkInOrder(t *testing.T, what string, want, got []string) {
	t.Helper()
	i := 0
	for _, g := range got {
		if i < len(want) && g == want[i] {
			i++
		}
	}
	if i < len(want) {
		t.Errorf("the page does not show the %s %.300q", what, want[i])
	}
}

// visible returns what a reader sees of a node.
type visible struct {
	source   []byte
	renderer renderer.Renderer
}

func (v visible) text(n ast.Node) string {
	var b bytes.Buffer
	if err := v.renderer.Render(&b, v.source, n); err != nil {
		return fmt.Sprint(err)
	}
	return strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(b.String(), "")))
}

var tag = regexp.MustCompile(`<[^>]*>`)
