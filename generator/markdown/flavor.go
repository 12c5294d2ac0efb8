package markdown

import (
	"strings"

	"github.com/errcat/errcat/generator/files"
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
	// headingIDs means that a heading says its id itself.
	headingIDs bool
	// untitled means that the title of a document is only in its front matter.
	untitled bool
	// matter returns the front matter of a document. It is nil if the flavor
	// has none.
	matter func(d *document) []field
	// href returns a link between two pages. "" is the index.
	href func(from, to string) string
	// hasPager means that the site links from page to page itself.
	hasPager bool
	// foldsCase means that the site writes addresses in lowercase, and that
	// dots in file names have a meaning.
	foldsCase bool
	// escape begins the number of a character that a file name cannot have.
	escape string
	// sidebar returns the file that describes the sidebar of the pages. It is nil
	// if the site needs none.
	sidebar func(s *site) files.File
	// elements are the HTML elements that it uses; unlinted are the rules of
	// markdownlint that it has to break, in addition to line length.
	elements []string
	unlinted []string
}

// flavors returns all flavors, the default first.
func flavors() []flavor {
	return []flavor{
		{
			name: "gfm", dialect: prose.GFM, extension: ".md", index: "README",
			comment: htmlComment, anchors: htmlAnchors, href: fileHref("README.md", ".md"), escape: "~",
			elements: []string{"a"},
		},
		{
			name: "mdx", dialect: prose.MDX, extension: ".mdx", index: "index",
			comment: jsxComment, anchors: jsxAnchors, href: fileHref("index.mdx", ".mdx"), escape: "~",
			elements: []string{"a", "span"},
			// Its comments look like emphasis, and one is on the first line.
			unlinted: []string{"MD037", "MD041"},
		},
		{
			name: "docusaurus", dialect: prose.Docusaurus, extension: ".md", index: "index",
			comment: htmlComment, anchors: htmlAnchors, headingIDs: true, untitled: true, href: fileHref("index.md", ".md"), escape: "~",
			hasPager: true,
			matter:   docusaurusMatter,
			sidebar:  docusaurusCategory,
			// The linter does not know heading ids with capitals.
			elements: []string{"a", "code", "pre", "span"}, unlinted: []string{"MD051"},
		},
		{
			name: "starlight", dialect: prose.Starlight, extension: ".md", index: "index",
			comment: htmlComment, anchors: htmlAnchors, untitled: true, href: folderHref,
			matter: func(d *document) []field {
				// The title of the window is not escaped.
				fields := append(d.titled(enclosed), d.described(unchanged)...)
				if d.code != "" {
					fields = append(fields, field{"sidebar", mapping{{"label", text(d.code)}, {"order", number(d.position)}}})
				}
				return append(fields, field{"editUrl", boolean(false)})
			},
			// The site leaves tildes out of addresses.
			foldsCase: true, escape: "-", hasPager: true,
			elements: []string{"a"},
		},
		{
			name: "vitepress", dialect: prose.VitePress, extension: ".md", index: "index",
			comment: htmlComment, anchors: htmlAnchors, href: fileHref("index.md", ".md"), escape: "~",
			matter: func(d *document) []field {
				// The title is Markdown, and is inserted unescaped into a
				// script. Without one, the heading would be used.
				title := field{"title", text(prose.VitePress.Escape(tame(d.plainTitle)))}
				return append(append([]field{title}, d.described(tame)...), field{"outline", numbers{2, 3}}, field{"editLink", boolean(false)})
			},
			sidebar:  vitepressSidebar,
			hasPager: true,
			elements: []string{"a", "code", "pre"},
			// It has its title in the front matter and in a heading.
			unlinted: []string{"MD025"},
		},
		{
			name: "mkdocs", dialect: prose.MkDocs, extension: ".md", index: "index",
			comment: htmlComment, anchors: htmlAnchors, href: fileHref("index.md", ".md"), escape: "~",
			matter: func(d *document) []field {
				// Without a title, it would be the name of the file.
				return append(d.titled(tame), d.described(tame)...)
			},
			elements: []string{"a", "code", "em", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"},
			unlinted: []string{"MD025"}, // as for VitePress
		},
		{
			name: "hugo", dialect: prose.Hugo, extension: ".md", index: "_index",
			comment: htmlComment, headingIDs: true, untitled: true, href: folderHref,
			matter: func(d *document) []field {
				fields := append(d.titled(unchanged), d.described(tame)...)
				if d.code != "" {
					fields = append(fields, field{"linkTitle", text(d.code)}, field{"weight", number(d.position)})
					fields = append(fields, d.tagged()...)
				}
				return fields
			},
			foldsCase: true, escape: "~",
			// The linter does not know heading ids with capitals.
			unlinted: []string{"MD051"},
		},
	}
}

// docusaurusMatter says what Docusaurus would otherwise derive from the name and
// the text of a file: it drops the number at the beginning of 1-A, and reads .md
// as MDX.
func docusaurusMatter(d *document) []field {
	var fields []field
	if d.code != "" {
		fields = append(fields, field{"id", text(d.name)}, field{"slug", text(d.name)})
	}
	fields = append(append(fields, d.titled(inModule)...), d.described(inModule)...)
	if d.code != "" {
		fields = append(fields, field{"sidebar_label", text(d.code)}, field{"sidebar_position", number(d.position)})
		fields = append(fields, d.tagged()...)
	}
	return append(fields, field{"custom_edit_url", null{}}, field{"mdx", mapping{{"format", text("md")}}})
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

// linkID returns the form of an id that links of documents use.
func (f *flavor) linkID(id string) string {
	if f.headingIDs {
		return id
	}
	return linkID(id)
}

// heading returns a heading of a level. If the flavor has ids of headings, it is
// the target of links to the first of the ids.
func (f *flavor) heading(level int, text string, ids ...string) string {
	line := "######"[:min(level, 6)] + " " + text
	switch {
	case len(ids) == 0 || !f.inHeading(ids[0]):
		return line
	case strings.Contains(ids[0], "/") && f.anchors == nil:
		return line + ` {id="` + ids[0] + `"}`
	}
	return line + " {#" + ids[0] + "}"
}

// anchor returns a block that is the target of links to the ids, if the flavor
// has such blocks. An id with characters that are encoded in links has a second
// anchor for the links of the documents themselves.
func (f *flavor) anchor(ids ...string) string {
	if f.anchors == nil || len(ids) == 0 {
		return ""
	}
	all := make([]string, 0, len(ids))
	for _, id := range ids {
		all = append(all, id)
		if link := f.linkID(id); link != id {
			all = append(all, link)
		}
	}
	return f.anchors(all)
}

// anchorAbove returns the anchors above the heading that has the ids.
func (f *flavor) anchorAbove(ids ...string) string {
	if f.inHeading(ids[0]) {
		ids = ids[1:]
	}
	return f.anchor(ids...)
}

// inHeading reports whether a heading says the id itself. On sites that have both, a
// colon in it would begin a directive, and an underscore outside of a word emphasis.
func (f *flavor) inHeading(id string) bool {
	return f.headingIDs && (f.anchors == nil || !strings.Contains(id, ":") && f.dialect.Escape(id) == id)
}
