package markdown

import (
	"strings"

	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// The files that describe sidebars.
const (
	vitepressFile  = "sidebar.mjs"
	docusaurusFile = "_category_.yml"
)

// SidebarNames returns the names of the files that pages of some flavors have beside
// them.
func SidebarNames() []string { return []string{vitepressFile, docusaurusFile} }

// docusaurusCategory returns the file that names the folder of the pages.
func docusaurusCategory(s *site) files.File {
	out := []byte("# " + files.Header(s.catalog.Name, "markdown") + "\n# " + formatIgnore + "\n")
	for _, f := range []field{
		{"key", text(s.catalog.Name)}, // names may repeat in a site, keys may not
		{"label", text(enclosed(s.title()))},
	} {
		out = append(f.appendTo(out, ""), '\n')
	}
	return files.File{Path: docusaurusFile, Data: out}
}

// vitepressSidebar returns a module with the items of the sidebar, whose links are
// relative to the folder of the pages.
func vitepressSidebar(s *site) files.File {
	var b strings.Builder
	b.WriteString("// " + files.Header(s.catalog.Name, "markdown") + "\n\n" +
		"/** @type {import(\"vitepress\").DefaultTheme.SidebarItem[]} */\n// " + formatIgnore + "\nexport default [\n")
	item := func(indent, words, link string) {
		b.WriteString(indent + "{ text: " + htmlString(words) + ", link: " + jsString(link) + " },\n")
	}
	item("  ", s.title(), s.flavor.index)
	for _, cat := range s.catalog.Categories {
		if len(cat.Errors) == 0 {
			continue
		}
		b.WriteString("  {\n    text: " + htmlString(model.Section(cat)) + ",\n    collapsed: true,\n    items: [\n")
		for _, e := range cat.Errors {
			item("      ", titleOf(e.Code, shorten(e.Title)), s.names[e])
		}
		b.WriteString("    ],\n  },\n")
	}
	b.WriteString("]\n") // formatters that are set to write no semicolon leave none
	return files.File{Path: vitepressFile, Data: []byte(b.String())}
}

// htmlString returns text as a string literal of JavaScript for the content of an
// HTML element.
func htmlString(text string) string { return jsString(htmlMarks.Replace(prose.Line(text))) }

var htmlMarks = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// jsString returns text as a string literal of JavaScript.
func jsString(text string) string {
	literal, _ := model.Marshal(text, "") // does not fail for strings
	return string(literal)
}
