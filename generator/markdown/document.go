package markdown

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/prose"
)

// document is what the templates show. All strings that they use are Markdown,
// ready to be put in place; what is empty is left out, with its lines.
type document struct {
	Title       string
	Description string
	Overview    string
	Categories  []category
	Error       *entry // of the page of a code
	Reserved    string

	renderer *renderer
	// What a front matter has: the title and the summary as plain text, and the
	// code that the document is about.
	plainTitle, summary, code string
}

// category is a section of a document.
type category struct {
	Anchors     string
	Heading     string
	Description string
	Codes       string
	Table       string
	Errors      []*entry
}

// entry is the section of a code.
type entry struct {
	Anchors     string
	Heading     string
	Category    string
	Retired     string
	Deprecated  string
	Message     string
	Description string
	Resolution  string
	Params      string
	Example     string
	Facts       []string
	// Aliases are headings to which links with further codes lead.
	Aliases []alias
}

// alias is a further code with a heading of its own.
type alias struct{ Heading, Text string }

// execute renders a template into memory.
func execute(tmpl *template.Template, name string, size int, data any) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(size)
	if err := tmpl.ExecuteTemplate(&b, name, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Preamble is how the document begins: the mark of a generated file, and what
// linters have to know. It is to be called when all else has been rendered.
func (d *document) Preamble() (string, error) {
	r := d.renderer
	header := files.Header(r.catalog.Name, "markdown")
	config, err := r.lintConfig()
	if err != nil {
		return "", err
	}
	if r.flavor.matter == nil {
		return r.flavor.comment(header) + "\n\n" + r.lintComment("configure-file", config), nil
	}
	var b strings.Builder
	b.WriteString("---\n# " + header + "\n# " + htmlComment("markdownlint-configure-file "+config) + "\n")
	for _, f := range r.flavor.matter(d) {
		b.WriteString(f.key + ": " + f.value + "\n")
	}
	b.WriteString("---")
	return b.String(), nil
}

// lintConfig configures markdownlint for a document: lines are as long as the
// texts of the catalog, and the anchors are HTML. Everything else is held to
// the defaults, but where the flavor or a text of the catalog makes that
// impossible.
func (r *renderer) lintConfig() (string, error) {
	config := map[string]any{"MD013": false}
	if len(r.flavor.elements) > 0 {
		config["MD033"] = map[string]any{"allowed_elements": r.flavor.elements}
	}
	for _, rule := range append(r.brokenRules(), r.flavor.unlinted...) {
		config[rule] = false
	}
	text, err := json.Marshal(config)
	return string(text), err
}

// brokenRules are the rules of markdownlint that a text of the catalog breaks.
func (r *renderer) brokenRules() []string {
	var rules []string
	if r.hasCommands {
		rules = append(rules, "MD014")
	}
	if r.flavor.anchors == nil && strings.Contains(strings.Join(slices.Collect(maps.Keys(r.taken)), " "), "://") {
		rules = append(rules, "MD034") // the id of a heading
	}
	if r.hasOddWidths {
		rules = append(rules, "MD060")
	}
	return rules
}

// lintComment returns a comment for markdownlint, which knows HTML alone.
func (r *renderer) lintComment(action, argument string) string {
	comment := strings.TrimSpace("markdownlint-" + action + " " + argument)
	if inner := htmlComment(comment); r.flavor.comment(comment) != inner {
		return r.flavor.comment(inner)
	}
	return htmlComment(comment)
}

// description is the description of a front matter. Some sites put it into HTML
// or into scripts as it is, so there is none that could be more than text.
func (d *document) description() []field {
	if d.summary == "" || strings.ContainsAny(d.summary, `<>&"{`) {
		return nil
	}
	return []field{{"description", yamlString(d.summary)}}
}

// maxSummary is the number of bytes that the description of a front matter has
// at most.
const maxSummary = 300

// summaryOf returns the first paragraph of a text, cut where it is long.
func summaryOf(t prose.Text) string {
	for _, b := range t.Plain() {
		if b.Kind != prose.Paragraph {
			continue
		}
		text := b.Text
		if len(text) <= maxSummary {
			return text
		}
		cut := maxSummary
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		if space := strings.LastIndexByte(text[:cut], ' '); space > 0 {
			cut = space
		}
		return text[:cut] + "…"
	}
	return ""
}
