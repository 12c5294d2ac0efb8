package markdown

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/prose"
)

// page is what the template shows. All strings of it and of what it holds are
// Markdown, ready to be put in place.
type page struct {
	// Header is the mark of a generated file, without comment signs.
	Header      string
	Title       string
	Description string
	Overview    string
	Categories  []category
	Reserved    string

	ids      map[string]bool // the ids that links may lead to
	headings map[string]bool // those of the page; no two are the same
	// What has been written that markdownlint's defaults do not allow for.
	hasCommands, hasOddWidths bool
}

// category is a section of the page.
type category struct {
	Anchors     string
	Heading     string
	Description string
	Codes       string
	Errors      []entry
}

// entry is the section of a code. An empty string is left out, with its line.
type entry struct {
	Anchors     string
	Heading     string
	Retired     string
	Deprecated  string
	Message     string
	Description string
	Resolution  string
	Params      string
	Facts       []string
}

// LintConfig configures markdownlint for the page: lines are as long as the
// texts of the catalog, and the anchors are HTML. Everything else is held to
// the defaults, but where a text of the catalog makes that impossible.
func (p *page) LintConfig() (string, error) {
	config := map[string]any{
		"MD013": false,
		"MD033": map[string]any{"allowed_elements": []string{"a"}},
	}
	if p.hasCommands {
		config["MD014"] = false
	}
	if p.hasOddWidths {
		config["MD060"] = false
	}
	text, err := json.Marshal(config)
	return string(text), err
}

func newPage(c *catalog.Catalog) *page {
	p := &page{
		Header:   files.Header(c.Name, "markdown"),
		ids:      make(map[string]bool),
		headings: map[string]bool{"Overview": true, "Reserved codes": true},
	}
	headings := make(map[*catalog.Error]string, len(c.Errors))
	for _, e := range c.Errors {
		heading := errorHeading(e)
		headings[e], p.headings[heading] = heading, true
		p.ids[e.Anchor] = true
		for _, a := range e.Aliases {
			p.ids[a.Code] = true
		}
	}
	for _, cat := range c.Categories {
		p.ids[cat.Anchor] = true
	}
	p.Title = p.heading(c.Title, c.Name)
	p.Description = p.prose(c.Description, "")
	p.Overview = p.overview(c)
	for _, cat := range c.Categories {
		section := category{
			Anchors:     anchors(cat.Anchor),
			Heading:     p.heading(cat.Title, cat.Name),
			Description: p.prose(cat.Description, ""),
			Codes:       codeSpans(cat.Codes, catalog.Range.String),
			Errors:      make([]entry, 0, len(cat.Errors)),
		}
		for _, e := range cat.Errors {
			section.Errors = append(section.Errors, p.entry(e, headings[e]))
		}
		p.Categories = append(p.Categories, section)
	}
	p.Reserved = p.reserved(c.Reserved)
	return p
}

// errorHeading returns the heading of a code. It begins with the code, so that
// no two are the same.
func errorHeading(e *catalog.Error) string {
	if title := prose.Line(e.Title); title != "" {
		return prose.EscapeHeading(e.Code + ": " + title)
	}
	return prose.EscapeHeading(e.Code)
}

// heading returns a title as a heading that the page does not have yet: one
// that is taken, or empty, gets the name behind it.
func (p *page) heading(title, name string) string {
	heading := prose.EscapeHeading(title)
	if heading == "" {
		heading = prose.EscapeHeading(name)
	}
	if p.headings[heading] {
		heading = strings.TrimSpace(prose.Escape(title) + " (" + prose.CodeSpan(name) + ")")
	}
	p.headings[heading] = true
	return heading
}

// overview is the table that leads from a code to its section.
func (p *page) overview(c *catalog.Catalog) string {
	if len(c.Errors) == 0 {
		return ""
	}
	rows := make([][]string, 0, len(c.Errors))
	for _, cat := range c.Categories {
		for _, e := range cat.Errors {
			rows = append(rows, []string{codeLinks(e), strconv.Itoa(e.HTTPStatus), overviewTitle(e), prose.Escape(shorten(cat.Title))})
		}
	}
	return p.table([]string{"Code", "Status", "Title", "Category"}, rows)
}

// codeLinks links all codes of an error to its section.
func codeLinks(e *catalog.Error) string {
	links := "[" + prose.Escape(e.Code) + "](#" + linkID(e.Anchor) + ")"
	for _, a := range e.Aliases {
		links += ", [" + prose.Escape(a.Code) + "](#" + linkID(a.Code) + ")"
	}
	return links
}

// overviewTitle is the title as the overview shows it: not too long, and with
// what the reader should know at once.
func overviewTitle(e *catalog.Error) string {
	title := prose.Escape(shorten(e.Title))
	switch {
	case e.Retired != nil:
		title += " (retired)"
	case e.Deprecated != nil:
		title += " (deprecated)"
	}
	if e.Audience == catalog.Internal {
		title += " (internal)"
	}
	return strings.TrimSpace(title)
}

// codeSpans lists what text returns for each of items, as code.
func codeSpans[T any](items []T, text func(T) string) string {
	var spans []string
	for _, item := range items {
		if span := prose.CodeSpan(text(item)); span != "" {
			spans = append(spans, span)
		}
	}
	return strings.Join(spans, ", ")
}

func (p *page) entry(e *catalog.Error, heading string) entry {
	ids := []string{e.Anchor}
	for _, a := range e.Aliases {
		ids = append(ids, a.Code)
	}
	return entry{
		Anchors:     anchors(ids...),
		Heading:     heading,
		Retired:     p.lifecycle("Retired", ", not sent any more", e.Retired),
		Deprecated:  p.lifecycle("Deprecated", "", e.Deprecated),
		Message:     p.code(e.Message.Text()),
		Description: p.prose(e.Description, ""),
		Resolution:  p.prose(e.Resolution, "**What to do:**"),
		Params:      p.params(e.Params),
		Facts:       p.facts(e),
	}
}

// lifecycle says that an error is deprecated or retired, and what that means.
func (p *page) lifecycle(word, means string, l *catalog.Lifecycle) string {
	if l == nil {
		return ""
	}
	lead := "**" + word + "**"
	if since := prose.Escape(l.Since); since != "" {
		lead += " since " + since
	}
	lead += means + "."
	if r := l.ReplacedBy; r != nil {
		lead += " Use [" + prose.Escape(r.Code+": "+shorten(r.Title)) + "](#" + linkID(r.Anchor) + ") instead."
	}
	if l.Reason.IsEmpty() {
		return lead
	}
	return p.prose(l.Reason, lead)
}

// facts are the short lines of a section, in the order in which a reader asks
// for them; those that hold for most errors are left out.
func (p *page) facts(e *catalog.Error) []string {
	var out []string
	fact := func(name, value string) {
		if value != "" {
			out = append(out, name+": "+value)
		}
	}
	fact("HTTP status", catalog.StatusText(e.HTTPStatus))
	fact("Name", prose.CodeSpan(e.Name))
	fact("Former names", codeSpans(e.FormerNames, func(n catalog.FormerName) string { return n.Name }))
	fact("Further codes", codeSpans(e.Aliases, func(a catalog.Alias) string { return a.Code }))
	fact("Retry", retry(e))
	if e.Severity != catalog.SeverityError {
		fact("Severity", prose.Escape(string(e.Severity)))
	}
	if e.Audience == catalog.Internal {
		fact("Audience", "internal, never sent to clients")
	}
	fact("Owner", prose.Escape(e.Owner))
	fact("Tags", codeSpans(e.Tags, func(t string) string { return t }))
	fact("Since", prose.Escape(e.Since))
	for _, m := range e.Metadata {
		fact(prose.CodeSpan(m.Key), metadataValue(m.Value))
	}
	fact("See also", p.links(e.Links))
	return out
}

func retry(e *catalog.Error) string {
	switch e.Retry {
	case catalog.RetrySafe:
		return "the same request may be sent again"
	case catalog.RetryAfter:
		if e.RetryAfter > 0 {
			return "the same request may be sent again after " + e.RetryAfter.String()
		}
		return "the same request may be sent again later"
	}
	return "no, the same request fails again"
}

// metadataValue is a link where the value is a web address.
func metadataValue(value string) string {
	if strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
		return prose.Link("", value)
	}
	return prose.Escape(value)
}

// params is the table of what an error carries. A column that would be empty is
// left out.
func (p *page) params(params []*catalog.Param) string {
	if len(params) == 0 {
		return ""
	}
	columns := []struct {
		title string
		cell  func(*catalog.Param) string
	}{
		{"Param", func(q *catalog.Param) string { return prose.CellCodeSpan(q.Name) }},
		{"Type", func(q *catalog.Param) string { return prose.CellCodeSpan(string(q.Type)) }},
		{"Description", func(q *catalog.Param) string { return p.mapped(q.Description).InlineMarkdown() }},
		{"Example", func(q *catalog.Param) string { return prose.CellCodeSpan(exampleText(q.Example)) }},
		{"Sensitive", func(q *catalog.Param) string {
			if q.Sensitive {
				return "yes, never sent or logged"
			}
			return ""
		}},
	}
	var header []string
	rows := make([][]string, len(params))
	for _, column := range columns {
		cells := make([]string, len(params))
		for i, q := range params {
			cells[i] = column.cell(q)
		}
		if slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			header = append(header, column.title)
			for i := range rows {
				rows[i] = append(rows[i], cells[i])
			}
		}
	}
	return p.table(header, rows)
}

// links are the links of an error; one within the page that leads nowhere is
// plain text.
func (p *page) links(links []catalog.Link) string {
	var out []string
	for _, l := range links {
		link := ""
		if target, ok := p.mapLink(strings.TrimSpace(l.URL)); ok {
			link = prose.Link(l.Title, target)
		} else {
			link = prose.Escape(l.Title + " (" + l.URL + ")")
		}
		if link != "" {
			out = append(out, link)
		}
	}
	return strings.Join(out, ", ")
}

// reserved is the table of what is never to be used.
func (p *page) reserved(reserved []catalog.Reserved) string {
	if len(reserved) == 0 {
		return ""
	}
	rows := make([][]string, 0, len(reserved))
	for _, r := range reserved {
		var spans []string
		for _, s := range []string{r.Code, r.Name} {
			if s != "" {
				spans = append(spans, prose.CellCodeSpan(s))
			}
		}
		for _, codes := range r.Codes {
			spans = append(spans, prose.CellCodeSpan(codes.String()))
		}
		rows = append(rows, []string{strings.Join(spans, ", "), p.mapped(r.Reason).InlineMarkdown()})
	}
	return p.table([]string{"Code or name", "Reason"}, rows)
}

// prose returns a text of the catalog as Markdown behind lead, which may be
// empty; it is empty where the text is.
func (p *page) prose(t prose.Text, lead string) string {
	if t = p.mapped(t); t.IsEmpty() {
		return ""
	}
	return p.noted(t.MarkdownBehind(lead))
}

// mapped returns a text whose links within the page lead somewhere.
func (p *page) mapped(t prose.Text) prose.Text {
	if !strings.ContainsAny(t.Source(), "#&") {
		return t // no such link
	}
	return t.MapLinks(p.mapLink)
}

// code returns a text as a code block, without empty lines at its end.
func (p *page) code(s string) string {
	return p.noted(prose.Fence("", strings.TrimRight(s, " \t\r\n")))
}

// noted returns s, and notes whether it has a code block of nothing but
// commands behind dollar signs.
func (p *page) noted(s string) string {
	p.hasCommands = p.hasCommands || strings.Contains(s, "$ ") && hasCommandBlock(s)
	return s
}

// hasCommandBlock reports whether Markdown that this package wrote has a code
// block of which every line begins with a dollar sign.
func hasCommandBlock(s string) bool {
	fence := ""
	commands, others := 0, 0
	for line := range strings.Lines(s) {
		switch line = strings.TrimSpace(line); {
		case fence == "":
			if _, code, ok := strings.Cut(line, "```"); ok && strings.Trim(line[:len(line)-len(code)-3], "-0123456789. ") == "" {
				fence = "```" + code[:len(code)-len(strings.TrimLeft(code, "`"))]
			}
		case line == fence:
			if commands > 0 && others == 0 {
				return true
			}
			fence, commands, others = "", 0, 0
		case strings.HasPrefix(line, "$ "):
			commands++
		case line != "":
			others++
		}
	}
	return false
}

// mapLink keeps links within the page that lead somewhere.
func (p *page) mapLink(target string) (string, bool) {
	id, within := strings.CutPrefix(target, "#")
	if !within {
		return target, true
	}
	return "#" + linkID(id), p.ids[id]
}

// anchors returns the HTML by which links lead to what follows. An id with
// characters that stand encoded in links has a second one for the links of the
// page itself.
func anchors(ids ...string) string {
	html := ""
	for _, id := range ids {
		html += `<a id="` + id + `"></a>`
		if link := linkID(id); link != id {
			html += `<a id="` + link + `"></a>`
		}
	}
	return html
}

// linkID returns the id by which the page links to an id. Codes consist of
// letters, digits and "_.:/-", so no two are the same.
func linkID(id string) string { return linkIDs.Replace(id) }

var linkIDs = strings.NewReplacer("/", "~2F", ":", "~3A")
