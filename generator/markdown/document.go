package markdown

import (
	"encoding/json"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// document is what the template shows. All strings that it uses are Markdown,
// ready to be put in place; what is empty is left out, with its lines. What may
// be thousands of lines is written straight into the document by methods that
// return nothing to put in place: the template would make copies of it.
type document struct {
	Title       string
	Description string
	Overview    string // the heading
	Categories  []category
	Error       *catalog.Error // of the page of a code
	Reserved    string         // the heading

	renderer *renderer
	// What a front matter has: the title and the summary as plain text, and the
	// code that the document is about.
	plainTitle, summary, code string
}

// category is a section of a document. It has a table of its codes, or a section
// for each of them.
type category struct {
	Anchors     string
	Heading     string
	Description string
	Codes       string
	HasTable    bool

	renderer *renderer
	errors   []*catalog.Error
}

const nothing = ""

// Table writes the table of all codes.
func (d *document) Table() string {
	d.renderer.overview()
	return nothing
}

// ReservedNote says what the table of reserved codes is about.
func (d *document) ReservedNote() string { return model.ReservedNote }

// ReservedTable writes the table of what is never to be used.
func (d *document) ReservedTable() string {
	d.renderer.reserved()
	return nothing
}

// Entry writes what the page of a code says about it.
func (d *document) Entry() string {
	r := d.renderer
	r.block(r.categoryLink(d.Error.Category))
	r.entry(d.Error, 1)
	return nothing
}

// Table writes the table that leads from the codes of the category to their
// pages.
func (c category) Table() string {
	c.renderer.codeTable(c.errors)
	return nothing
}

// Sections writes a section for each error of the category.
func (c category) Sections() string {
	for _, e := range c.errors {
		c.renderer.section(e, c.renderer.level+1)
	}
	return nothing
}

// render renders a document of about so many bytes.
func (d *document) render(tmpl *template.Template, size int) ([]byte, error) {
	r := d.renderer
	r.Grow(size)
	if err := tmpl.ExecuteTemplate(r, "document", d); err != nil {
		return nil, err
	}
	preamble, err := d.preamble()
	return slices.Insert(r.Bytes(), 0, []byte(preamble)...), err
}

// preamble is how the document begins: the mark of a generated file, and what
// linters have to know about all else that has been rendered.
func (d *document) preamble() (string, error) {
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
	if r.flavor.anchors == nil {
		for id := range r.taken {
			if strings.Contains(id, "://") {
				rules = append(rules, "MD034") // the id of a heading
				break
			}
		}
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
