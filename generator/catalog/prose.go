package catalog

import (
	"unicode/utf8"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/yamldoc"
)

// prose reads a Markdown string, and reports Markdown that outputs do not show
// as its author expects.
func (l *loader) prose(n *yamldoc.Node, what string) prose.Text {
	return readProse(l.Document, n, what)
}

func readProse(d *yamldoc.Document, n *yamldoc.Node, what string) prose.Text {
	s, _ := d.Text(n, what)
	text := prose.Parse(s)
	for _, p := range text.Problems() {
		pos := d.Inside(n, p.At, utf8.RuneCountInString(p.Source))
		if p.Kind == prose.RelativeLink {
			relativeLink(d, pos, p.Target)
			continue
		}
		construct := constructs[p.Kind]
		d.Report(diag.RuleUnsupportedMarkdown, pos, construct.help, "%s is not supported: every output shows the text %s", construct.name, diag.Quote(prose.Clip(p.Source, 60)))
	}
	return text
}

// constructs are the constructs of Markdown that outputs show as text: their
// names, and what to write instead.
var constructs = map[prose.ProblemKind]struct{ name, help string }{
	prose.DisallowedLink:  {"this link", `a link leads to an http, https, mailto or relative URL with a valid host; \[ is a bracket`},
	prose.LinkDefinition:  {"a link definition", "write [words](url) for each link"},
	prose.Footnote:        {"a footnote", "write it in parentheses"},
	prose.RawHTML:         {"HTML", "write Markdown, or `<b>` in backticks for the tag itself"},
	prose.HTMLComment:     {"an HTML comment", "write a YAML comment: # text"},
	prose.Image:           {"an image", "link to it: [words](url)"},
	prose.MarkdownHeading: {"a heading", `write a paragraph, or a list; \# is a number sign`},
	prose.BlockQuote:      {"a block quote", `write a paragraph; \> is a greater-than sign`},
	prose.HorizontalRule:  {"a horizontal rule", "separate paragraphs with an empty line"},
	prose.Strikethrough:   {"strikethrough", "remove the text, or the tildes"},
	prose.TaskList:        {"a task list", `write a list without boxes; \[ is a bracket`},
	prose.ListStart:       {"a list that begins with another number than 1", "begin with 1"},
}

// relativeLink reports a link that leads to different places, or nowhere,
// depending on the output.
func relativeLink(d *yamldoc.Document, pos diag.Position, target string) {
	d.Report(diag.RuleRelativeLink, pos, "write the whole URL, or #CODE for an error of this catalog",
		"the link to %s is relative, so it breaks in other outputs", diag.Quote(target))
}
