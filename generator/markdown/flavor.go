package markdown

import (
	"strings"

	"github.com/errcat/errcat/generator/prose"
)

// flavor describes the Markdown of a kind of site.
type flavor struct {
	name    string
	dialect prose.Dialect
	// extension is that of a page, index the name of the page that lists them.
	extension, index string
	// comment returns a comment on a line of its own.
	comment func(text string) string
	// anchors returns lines that are the targets of links to these ids. It is
	// nil if only headings can have ids.
	anchors func(ids []string) string
	// matter returns the front matter of a document. It is nil if the flavor
	// has none.
	matter func(d *document) []field
	// href returns a link between two pages. "" is the index.
	href func(from, to string) string
	// foldsCase means that the site writes addresses in lowercase, and that
	// dots in file names have a meaning.
	foldsCase bool
	// elements are the HTML elements that it uses; unlinted are the rules of
	// markdownlint that it has to break, in addition to line length.
	elements []string
	unlinted []string
}

// field is a line of a front matter. The value is YAML.
type field struct{ key, value string }

// flavors returns all flavors, the default first.
func flavors() []flavor {
	return []flavor{
		{
			name: "gfm", dialect: prose.GFM, extension: ".md", index: "README",
			comment: htmlComment, anchors: htmlAnchors, href: fileHref("README.md", ".md"),
			elements: []string{"a"},
		},
		{
			name: "mdx", dialect: prose.MDX, extension: ".mdx", index: "index",
			comment: jsxComment, anchors: jsxAnchors, href: fileHref("index.mdx", ".mdx"),
			elements: []string{"a"},
			// Its comments look like emphasis, and one is on the first line.
			unlinted: []string{"MD037", "MD041"},
		},
		{
			name: "vitepress", dialect: prose.VitePress, extension: ".md", index: "index",
			comment: htmlComment, anchors: htmlAnchors, href: fileHref("index.md", ".md"),
			matter: func(d *document) []field {
				// The title is Markdown, and is inserted unescaped into a
				// script. Without one, the heading would be used.
				title := field{"title", yamlString(prose.VitePress.Escape(tame.Replace(d.plainTitle)))}
				return append(append([]field{title}, d.description()...), field{"outline", "[2, 3]"}, field{"editLink", "false"})
			},
			elements: []string{"a", "code", "pre"},
			// It has its title in the front matter and in a heading.
			unlinted: []string{"MD025"},
		},
		{
			name: "mkdocs", dialect: prose.MkDocs, extension: ".md", index: "index",
			comment: htmlComment, anchors: htmlAnchors, href: fileHref("index.md", ".md"),
			matter: func(d *document) []field {
				return append([]field{{"generator", "errcat"}}, d.description()...) // it needs at least one
			},
			elements: []string{"a", "code", "em", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"},
		},
		{
			name: "hugo", dialect: prose.Hugo, extension: ".md", index: "_index",
			comment: htmlComment, href: folderHref,
			matter: func(d *document) []field {
				fields := append([]field{{"title", yamlString(d.plainTitle)}}, d.description()...)
				if d.code != "" {
					fields = append(fields, field{"linkTitle", yamlString(d.code)})
				}
				return fields
			},
			foldsCase: true,
			// The linter does not know heading ids with capitals.
			unlinted: []string{"MD051"},
		},
	}
}

func htmlComment(text string) string { return "<!-- " + text + " -->" }

func jsxComment(text string) string { return "{/* " + text + " */}" }

func htmlAnchors(ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString(`<a id="`)
		b.WriteString(id)
		b.WriteString(`"></a>`)
	}
	return b.String()
}

func jsxAnchors(ids []string) string {
	lines := make([]string, len(ids))
	for i, id := range ids {
		lines[i] = `<a id="` + id + `" />`
	}
	return strings.Join(lines, "\n")
}

// fileHref links from file to file.
func fileHref(index, extension string) func(from, to string) string {
	return func(_, to string) string {
		if to == "" {
			return index
		}
		return to + extension
	}
}

// folderHref links between pages that the site serves as folders within that of
// the index.
func folderHref(from, to string) string {
	up := "../"
	if from == "" {
		up = "./"
	}
	if to == "" {
		return up
	}
	return up + to + "/"
}

// isUntitled reports whether the title of a document is only in its front
// matter.
func (f *flavor) isUntitled() bool { return f.anchors == nil }

// linkID returns the form of an id that links of documents use.
func (f *flavor) linkID(id string) string {
	if f.anchors == nil {
		return id
	}
	return linkID(id)
}

// heading returns a heading of a level. If the flavor has no other anchors, it
// is the target of links to the first of the ids.
func (f *flavor) heading(level int, text string, ids ...string) string {
	line := "######"[:min(level, 6)] + " " + text
	switch {
	case f.anchors != nil || len(ids) == 0:
		return line
	case strings.Contains(ids[0], "/"):
		return line + ` {id="` + ids[0] + `"}`
	}
	return line + " {#" + ids[0] + "}"
}

// anchor returns a block that is the target of links to the ids, if the flavor
// has such blocks. An id with characters that are encoded in links has a second
// anchor for the links of the documents themselves.
func (f *flavor) anchor(ids ...string) string {
	if f.anchors == nil {
		return ""
	}
	all := make([]string, 0, len(ids))
	for _, id := range ids {
		all = append(all, id)
		if link := linkID(id); link != id {
			all = append(all, link)
		}
	}
	return f.anchors(all)
}

// tame replaces characters that may begin code by similar ones.
var tame = strings.NewReplacer("<", "‹", ">", "›", "{", "(", "}", ")")

// yamlString returns text as a YAML string in double quotes.
func yamlString(text string) string {
	return `"` + yamlEscapes.Replace(prose.Line(text)) + `"`
}

// Formatters replace the quotes around a text that contains \" by single
// quotes.
var yamlEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\x22`)
