package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// renderer renders the parts of one document: what grows with the catalog into
// its buffer, the rest as strings.
type renderer struct {
	bytes.Buffer
	json    []byte // that of an example
	flavor  *flavor
	catalog *catalog.Catalog
	// level is that of the headings of categories.
	level int
	// link returns where a link to a code, an alias or a category leads, and
	// whether there is such a place. It takes their ids.
	link func(id string) (string, bool)
	// taken are the ids that no heading may get by its words.
	taken    map[string]bool
	headings map[string]bool // those of the document; no two are the same
	// What has been written that markdownlint's defaults do not allow for.
	hasCommands, hasOddWidths bool
}

// newRenderer returns a renderer for a document that has ids for everything
// in the catalog, and links to them.
func newRenderer(f *flavor, c *catalog.Catalog) *renderer {
	r := &renderer{flavor: f, catalog: c, level: 2, taken: idsOf(c), headings: make(map[string]bool, len(c.Errors))}
	r.link = func(id string) (string, bool) { return "#" + f.linkID(id), r.taken[id] }
	return r
}

// idsOf returns the ids of all that a catalog has.
func idsOf(c *catalog.Catalog) map[string]bool {
	ids := make(map[string]bool, len(c.Errors)+len(c.Categories))
	for _, e := range c.Errors {
		for _, id := range idsOfError(e) {
			ids[id] = true
		}
	}
	for _, cat := range c.Categories {
		ids[cat.Anchor] = true
	}
	return ids
}

// idsOfError returns the ids of an error: those of its code and its aliases.
func idsOfError(e *catalog.Error) []string {
	ids := make([]string, 0, 1+len(e.Aliases))
	ids = append(ids, e.Anchor)
	for _, a := range e.Aliases {
		ids = append(ids, a.Code)
	}
	return ids
}

// newPage returns the document that has everything.
func newPage(f *flavor, c *catalog.Catalog) *document {
	r := newRenderer(f, c)
	r.takeErrorHeadings()
	d := r.newDocument(c.Title, c.Name)
	d.summary = summaryOf(c.Description)
	d.Description = r.prose(c.Description, "")
	if len(c.Errors) > 0 {
		d.Overview = r.fixedHeading("Overview", "All codes")
	}
	d.Categories = r.categories()
	d.Reserved = r.reservedHeading()
	return d
}

// newDocument returns a document with nothing but a title.
func (r *renderer) newDocument(title, name string) *document {
	d := &document{renderer: r, plainTitle: cmp.Or(prose.Line(title), name)}
	if heading := r.heading(title, name); !r.flavor.isUntitled() {
		d.Title = r.flavor.heading(1, heading)
	}
	return d
}

// categories are the sections of all categories.
func (r *renderer) categories() []category {
	var out []category
	for _, cat := range r.catalog.Categories {
		out = append(out, category{
			Anchors:     r.flavor.anchor(cat.Anchor),
			Heading:     r.flavor.heading(r.level, r.heading(cat.Title, cat.Name), cat.Anchor),
			Description: r.prose(cat.Description, ""),
			Codes:       codeSpans(r, cat.Codes, catalog.Range.String),
			renderer:    r,
			errors:      cat.Errors,
		})
	}
	return out
}

// takeErrorHeadings takes the words of the headings of all errors.
func (r *renderer) takeErrorHeadings() {
	for _, e := range r.catalog.Errors {
		r.headings[r.errorHeading(e)] = true
	}
}

// errorHeading returns the words of the heading of a code. They begin with the
// code, so that no two are the same.
func (r *renderer) errorHeading(e *catalog.Error) string {
	if title := prose.Line(e.Title); title != "" {
		return r.flavor.dialect.EscapeHeading(e.Code + ": " + title)
	}
	return r.flavor.dialect.EscapeHeading(e.Code)
}

// heading returns a title as the words of a heading that the document does not
// have yet: those that are taken, or empty, get the name behind them.
func (r *renderer) heading(title, name string) string {
	d := r.flavor.dialect
	heading := d.EscapeHeading(title)
	if heading == "" {
		heading = d.EscapeHeading(name)
	}
	if r.headings[heading] || r.taken[slug(title)] {
		heading = strings.TrimSpace(d.Escape(title) + " (" + d.CodeSpan(name) + ")")
	}
	r.headings[heading] = true
	return heading
}

// fixedHeading is the heading of a section that is not of the catalog: other
// words where the document has such a heading already.
func (r *renderer) fixedHeading(words, others string) string {
	if r.headings[words] || r.taken[slug(words)] {
		words = others
	}
	r.headings[words] = true
	return r.flavor.heading(r.level, words)
}

// slug returns the id that sites give to a heading by its words.
func slug(words string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(words) {
		switch {
		case c == ' ':
			b.WriteByte('-')
		case c == '-' || c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		}
	}
	return b.String()
}

// overview writes the table that leads from a code to its section.
func (r *renderer) overview() {
	r.looseTable([]string{"Code", "Status", "Title", "Category"}, func() {
		for _, cat := range r.catalog.Categories {
			title := r.flavor.dialect.Escape(shorten(cat.Title))
			for _, e := range cat.Errors {
				r.codeCells(e)
				r.cell(title)
				r.WriteByte('|')
			}
		}
	})
}

// codeTable writes the table that leads from codes to their pages.
func (r *renderer) codeTable(errs []*catalog.Error) {
	r.looseTable([]string{"Code", "Status", "Title"}, func() {
		for _, e := range errs {
			r.codeCells(e)
			r.WriteByte('|')
		}
	})
}

// codeCells begins the row of an error in a table of codes.
func (r *renderer) codeCells(e *catalog.Error) {
	r.WriteString("\n| ")
	r.codeLinks(e)
	r.WriteString(" | ")
	r.Write(strconv.AppendInt(r.AvailableBuffer(), int64(e.HTTPStatus), 10))
	r.WriteByte(' ')
	r.cell(r.overviewTitle(e))
}

// codeLinks links all codes of an error to its section.
func (r *renderer) codeLinks(e *catalog.Error) {
	for i, id := range idsOfError(e) {
		if i > 0 {
			r.WriteString(", ")
		}
		words := r.flavor.dialect.Escape(id)
		if target, ok := r.link(id); ok {
			r.WriteByte('[')
			r.WriteString(words)
			r.WriteString("](")
			r.WriteString(target)
			r.WriteByte(')')
		} else {
			r.WriteString(words)
		}
	}
}

// overviewTitle is the title as a table shows it: not too long, and with what
// the reader should know at once.
func (r *renderer) overviewTitle(e *catalog.Error) string {
	title := r.flavor.dialect.Escape(shorten(e.Title))
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
func codeSpans[T any](r *renderer, items []T, text func(T) string) string {
	var spans []string
	for _, item := range items {
		if span := r.flavor.dialect.CodeSpan(text(item)); span != "" {
			spans = append(spans, span)
		}
	}
	return strings.Join(spans, ", ")
}

// block writes Markdown as a block of its own, if there is any.
func (r *renderer) block(markdown string) {
	if markdown != "" {
		r.WriteString("\n\n")
		r.WriteString(markdown)
	}
}

// section writes the section of an error, with a heading of a level.
func (r *renderer) section(e *catalog.Error, level int) {
	ids := idsOfError(e)
	r.block(r.flavor.anchor(ids...))
	r.block(r.flavor.heading(level, r.errorHeading(e), ids...))
	r.entry(e, level)
}

// entry writes what stands below the heading of an error, which is of a level.
func (r *renderer) entry(e *catalog.Error, level int) {
	r.block(r.lifecycle("Retired", ", not sent any more", e.Retired))
	r.block(r.lifecycle("Deprecated", "", e.Deprecated))
	r.message(e.Message)
	r.proseBlock(e.Description, "")
	r.proseBlock(e.Resolution, "**What to do:**")
	r.block(r.params(e.Params))
	r.example(e)
	r.facts(e)
	r.aliases(e, level+1)
}

// aliases writes headings for further codes, where headings alone can have ids.
func (r *renderer) aliases(e *catalog.Error, level int) {
	if r.flavor.anchors != nil {
		return
	}
	for _, a := range e.Aliases {
		r.block(r.flavor.heading(level, r.flavor.dialect.EscapeHeading(a.Code), a.Code))
		r.block("The same as " + r.flavor.dialect.Escape(e.Code) + ".")
	}
}

// message writes a message as a code block, without empty lines at its end.
func (r *renderer) message(m catalog.Message) {
	r.noted(func() {
		r.Write(r.flavor.dialect.AppendFence(r.AvailableBuffer(), "", strings.TrimRight(m.Text(), " \t\r\n")))
	})
}

// proseBlock writes a text of the catalog behind lead, which may be empty, if
// the text is not.
func (r *renderer) proseBlock(t prose.Text, lead string) {
	if t = r.mapped(t); !t.IsEmpty() {
		r.noted(func() { r.Write(t.AppendMarkdown(r.AvailableBuffer(), r.flavor.dialect, lead)) })
	}
}

// example writes the body of a response. Where the flavor cannot hold it as
// code, its JSON is escaped until it can.
func (r *renderer) example(e *catalog.Error) {
	body := string(model.Example(r.catalog, e))
	r.json = appendFormatted(r.json[:0], body, !r.flavor.dialect.HoldsCode(body))
	r.WriteString("\n\nExample body:\n\n")
	r.Write(r.flavor.dialect.AppendFenceFormatted(r.AvailableBuffer(), "json", string(r.json)))
}

// lifecycle says that an error is deprecated or retired, and what that means.
func (r *renderer) lifecycle(word, means string, l *catalog.Lifecycle) string {
	if l == nil {
		return ""
	}
	lead := "**" + word + "**"
	if since := r.flavor.dialect.Escape(l.Since); since != "" {
		lead += " since " + since
	}
	lead += means + "."
	if e := l.ReplacedBy; e != nil {
		words := r.flavor.dialect.Escape(e.Code + ": " + shorten(e.Title))
		if target, ok := r.link(e.Anchor); ok {
			words = "[" + words + "](" + target + ")"
		}
		lead += " Use " + words + " instead."
	}
	if l.Reason.IsEmpty() {
		return lead
	}
	return r.prose(l.Reason, lead)
}

// facts writes the short lines of a section, in the order in which a reader asks
// for them; those that hold for most errors are left out.
func (r *renderer) facts(e *catalog.Error) {
	r.WriteByte('\n')
	fact := func(name, value string) {
		if value != "" {
			r.WriteString("\n- ")
			r.WriteString(name)
			r.WriteString(": ")
			r.WriteString(value)
		}
	}
	fact("HTTP status", catalog.StatusText(e.HTTPStatus))
	r.WriteString("\n- Name: ")
	r.Write(r.flavor.dialect.AppendCodeSpan(r.AvailableBuffer(), e.Name))
	fact("Former names", codeSpans(r, e.FormerNames, func(n catalog.FormerName) string { return n.Name }))
	fact("Further codes", codeSpans(r, e.Aliases, func(a catalog.Alias) string { return a.Code }))
	fact("Retry", retry(e))
	if e.Severity != catalog.SeverityError {
		fact("Severity", r.flavor.dialect.Escape(string(e.Severity)))
	}
	if e.Audience == catalog.Internal {
		fact("Audience", "internal, never sent to clients")
	}
	fact("Owner", r.flavor.dialect.Escape(e.Owner))
	fact("Tags", codeSpans(r, e.Tags, func(t string) string { return t }))
	fact("Since", r.flavor.dialect.Escape(e.Since))
	for _, m := range e.Metadata {
		fact(r.flavor.dialect.CodeSpan(m.Key), r.metadataValue(m.Value))
	}
	fact("See also", r.links(e.Links))
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
func (r *renderer) metadataValue(value string) string {
	if strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
		return r.flavor.dialect.Link("", value)
	}
	return r.flavor.dialect.Escape(value)
}

// params is the table of what an error carries. A column that would be empty is
// left out.
func (r *renderer) params(params []*catalog.Param) string {
	if len(params) == 0 {
		return ""
	}
	columns := []struct {
		title string
		cell  func(*catalog.Param) string
	}{
		{"Param", func(q *catalog.Param) string { return r.flavor.dialect.CellCodeSpan(q.Name) }},
		{"Type", func(q *catalog.Param) string { return r.flavor.dialect.CellCodeSpan(string(q.Type)) }},
		{"Description", func(q *catalog.Param) string { return r.mapped(q.Description).InlineMarkdownIn(r.flavor.dialect) }},
		{"Example", func(q *catalog.Param) string { return r.flavor.dialect.CellCodeSpan(model.ValueText(q.Example)) }},
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
	return r.table(header, rows)
}

// links are the links of an error; one within the page that leads nowhere is
// plain text.
func (r *renderer) links(links []catalog.Link) string {
	var out []string
	for _, l := range links {
		link := ""
		if target, ok := r.mapLink(strings.TrimSpace(l.URL)); ok {
			link = r.flavor.dialect.Link(l.Title, target)
		} else {
			link = r.flavor.dialect.Escape(l.Title + " (" + l.URL + ")")
		}
		if link != "" {
			out = append(out, link)
		}
	}
	return strings.Join(out, ", ")
}

// reserved writes the table of what is never to be used.
func (r *renderer) reserved() {
	d := r.flavor.dialect
	r.looseTable([]string{"Code or name", "Reason"}, func() {
		for _, row := range r.catalog.Reserved {
			var spans []string
			for _, s := range []string{row.Code, row.Name} {
				if s != "" {
					spans = append(spans, d.CellCodeSpan(s))
				}
			}
			for _, codes := range row.Codes {
				spans = append(spans, d.CellCodeSpan(codes.String()))
			}
			r.WriteByte('\n')
			r.row(strings.Join(spans, ", "), r.mapped(row.Reason).InlineMarkdownIn(d))
		}
	})
}

// reservedHeading is the heading of that table, if there is one.
func (r *renderer) reservedHeading() string {
	if len(r.catalog.Reserved) == 0 {
		return ""
	}
	return r.fixedHeading("Reserved codes", "Codes that are reserved")
}

// prose returns a text of the catalog as Markdown behind lead, which may be
// empty; it is empty where the text is.
func (r *renderer) prose(t prose.Text, lead string) string {
	if t = r.mapped(t); t.IsEmpty() {
		return ""
	}
	text := t.MarkdownIn(r.flavor.dialect, lead)
	r.note(text)
	return text
}

// mapped returns a text whose links within the page lead somewhere.
func (r *renderer) mapped(t prose.Text) prose.Text {
	if !strings.ContainsAny(t.Source(), "#&") {
		return t // no such link
	}
	return t.MapLinks(r.mapLink)
}

// noted writes a block of its own, and notes what is in it.
func (r *renderer) noted(write func()) {
	r.WriteString("\n\n")
	start := r.Len()
	write()
	if written := r.Bytes()[start:]; bytes.Contains(written, []byte("$ ")) {
		r.note(string(written))
	}
}

// note notes whether Markdown has a code block of nothing but commands behind
// dollar signs.
func (r *renderer) note(markdown string) {
	r.hasCommands = r.hasCommands || strings.Contains(markdown, "$ ") && hasCommandBlock(markdown)
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

// mapLink keeps links to what the catalog has, where there is such a place.
func (r *renderer) mapLink(target string) (string, bool) {
	id, within := strings.CutPrefix(target, "#")
	if !within {
		return target, true
	}
	return r.link(id)
}

// linkID returns the id by which documents link to an id. Codes consist of
// letters, digits and "_.:/-", so no two are the same.
func linkID(id string) string { return linkIDs.Replace(id) }

var linkIDs = strings.NewReplacer("/", "~2F", ":", "~3A")
