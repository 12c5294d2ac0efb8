package markdown

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"text/template"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// document is the data of the template. All strings are Markdown, ready to use;
// if one is empty, the template omits its lines. What may be thousands of lines
// is written directly into the document by methods that return an empty string,
// because the template would copy it.
type document struct {
	Title       string
	Description string
	Overview    string // the heading
	Categories  []category
	Error       *catalog.Error // on the page of a code
	Reserved    string         // the heading

	renderer *renderer
	// The title and the summary of the front matter as plain text, and the code
	// that the document is about, the name of its page and its place among them.
	plainTitle, summary, code, name string
	position                        int
	constants                       frontMatter
}

// category is a section of a document. It has a table of its codes, or a
// section for each of them.
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

// ReservedNote says what the table of reserved codes means.
func (d *document) ReservedNote() string { return model.ReservedNote }

// ReservedTable writes the table of reserved codes and names.
func (d *document) ReservedTable() string {
	d.renderer.reserved()
	return nothing
}

// Entry writes the page of a code below its title.
func (d *document) Entry() string {
	r := d.renderer
	r.block(r.categoryLink(d.Error.Category))
	r.entry(d.Error, 1)
	if r.flavor.hasPager {
		return nothing
	}
	previous, next := r.relations.Around(d.Error)
	var pager []string
	if previous != nil {
		pager = append(pager, model.LabelPrevious+": "+r.reference(previous))
	}
	if next != nil {
		pager = append(pager, model.LabelNext+": "+r.reference(next))
	}
	r.block(strings.Join(pager, " · "))
	return nothing
}

// Table writes a table of the codes of the category, with links to their pages.
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

// render renders a document of about size bytes.
func (d *document) render(tmpl *template.Template, size int) ([]byte, error) {
	r := d.renderer
	r.Grow(size)
	if err := tmpl.ExecuteTemplate(r, "document", d); err != nil {
		return nil, err
	}
	r.WriteString("\n" + r.flavor.comment(formatEnd) + "\n")
	preamble, err := d.preamble()
	return slices.Insert(r.Bytes(), 0, []byte(preamble)...), err
}

// preamble returns the beginning of the document: the header of a generated
// file, and the configuration of linters for what has been rendered.
func (d *document) preamble() (string, error) {
	r := d.renderer
	header := files.Header(r.catalog.Name, "markdown")
	config, err := r.lintConfig()
	if err != nil {
		return "", err
	}
	linters := "\n\n" + r.lintComment("configure-file", config) + "\n\n" + r.flavor.comment(formatStart)
	var fields []field
	if r.flavor.matter != nil {
		fields = r.flavor.matter(d)
	}
	if fields = d.constants.apply(fields); len(fields) == 0 {
		return r.flavor.comment(header) + linters, nil
	}
	out := []byte("---\n# " + header + "\n# " + formatIgnore + "\n")
	for _, f := range fields {
		out = append(f.appendTo(out, ""), '\n')
	}
	return string(out) + "---" + linters, nil
}

// Comments that keep formatters from changing what they enclose, or the statement
// that follows: their settings differ from team to team.
const (
	formatStart  = "prettier-ignore-start"
	formatEnd    = "prettier-ignore-end"
	formatIgnore = "prettier-ignore"
)

// lintConfig configures markdownlint for a document: lines are as long as the
// texts of the catalog, and the anchors are HTML. All other defaults apply,
// unless the flavor or a text of the catalog makes that impossible.
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

// brokenRules returns the rules of markdownlint that texts of the catalog
// break.
func (r *renderer) brokenRules() []string {
	var rules []string
	if r.hasCommands {
		rules = append(rules, "MD014")
	}
	if r.flavor.headingIDs {
		for id := range r.taken {
			if strings.Contains(id, "://") {
				rules = append(rules, "MD034") // the id of a heading
				break
			}
		}
	}
	if hasVagueLink(r.Bytes()) {
		rules = append(rules, "MD059")
	}
	if r.hasOddWidths {
		rules = append(rules, "MD060")
	}
	return rules
}

// hasVagueLink reports whether Markdown has a link whose words do not say where
// it leads, as the linter defines them.
func hasVagueLink(markdown []byte) bool {
	const longest = 40
	for {
		end := bytes.Index(markdown, []byte("]("))
		if end < 0 {
			return false
		}
		label := markdown[max(0, end-longest):end]
		label = label[bytes.LastIndexByte(label, '[')+1:]
		words := strings.FieldsFunc(strings.ToLower(string(label)), func(r rune) bool {
			return !('a' <= r && r <= 'z' || '0' <= r && r <= '9')
		})
		switch strings.Join(words, " ") {
		case "click here", "here", "link", "more":
			return true
		}
		markdown = markdown[end+1:]
	}
}

// lintComment returns a comment for markdownlint, which only knows HTML
// comments.
func (r *renderer) lintComment(action, argument string) string {
	comment := strings.TrimSpace("markdownlint-" + action + " " + argument)
	if inner := htmlComment(comment); r.flavor.comment(comment) != inner {
		return r.flavor.comment(inner)
	}
	return htmlComment(comment)
}
