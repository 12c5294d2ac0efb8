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
			Codes:       r.ranges(cat.Codes),
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
	if states := model.States(e); len(states) > 0 {
		title += " (" + strings.Join(states, ", ") + ")"
	}
	return strings.TrimSpace(title)
}

// ranges returns ranges of codes as code.
func (r *renderer) ranges(codes []catalog.Range) string {
	spans := make([]string, len(codes))
	for i, c := range codes {
		spans[i] = r.flavor.dialect.CodeSpan(c.String())
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
	for _, n := range model.Notices(r.catalog, e) {
		r.notice(n)
	}
	r.message(e.Message)
	r.proseBlock(e.Description, "")
	r.proseBlock(e.Resolution, "**"+model.HeadingResolution+":**")
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
	r.WriteString("\n\n" + model.HeadingExample + ":\n\n")
	r.Write(r.flavor.dialect.AppendFenceFormatted(r.AvailableBuffer(), "json", string(r.json)))
}

// notice writes a notice as a paragraph, with its reason behind it.
func (r *renderer) notice(n model.Notice) {
	lead := "**" + r.flavor.dialect.Escape(n.Lead+".") + "**"
	if text := r.pieces(n.Text, " "); text != "" {
		lead += " " + text
	}
	if reason := r.prose(n.Reason, lead); reason != "" {
		lead = reason
	}
	r.block(lead)
}

// facts writes the facts of an error as a list.
func (r *renderer) facts(e *catalog.Error) {
	r.WriteByte('\n')
	for _, f := range model.Facts(r.catalog, e) {
		if f.Expected {
			continue
		}
		if values := r.pieces(f.Values, ", "); values != "" {
			r.WriteString("\n- ")
			r.WriteString(r.piece(f.Label))
			r.WriteString(": ")
			r.WriteString(values)
		}
	}
}

// pieces returns pieces as Markdown, with separator between those that are not
// empty.
func (r *renderer) pieces(pieces []model.Piece, separator string) string {
	if len(pieces) == 1 {
		return r.piece(pieces[0])
	}
	var b strings.Builder
	for _, p := range pieces {
		piece := r.piece(p)
		if piece != "" && b.Len() > 0 {
			b.WriteString(separator)
		}
		b.WriteString(piece)
	}
	return b.String()
}

// piece returns a piece as Markdown.
func (r *renderer) piece(p model.Piece) string {
	d := r.flavor.dialect
	switch p.Kind {
	case model.Code:
		return d.CodeSpan(p.Text)
	case model.Hyperlink:
		return r.hyperlink(p)
	case model.Reference:
		return r.reference(p.Of)
	}
	return d.Escape(p.Text)
}

// reference returns a link to another error; without a place to link to it is
// plain text.
func (r *renderer) reference(e *catalog.Error) string {
	words := e.Code
	if title := shorten(e.Title); title != "" {
		words += " (" + title + ")"
	}
	words = r.flavor.dialect.Escape(words)
	if target, ok := r.link(e.Anchor); ok {
		return "[" + words + "](" + target + ")"
	}
	return words
}

// hyperlink returns a link of an error; one within the page that leads nowhere
// is plain text.
func (r *renderer) hyperlink(p model.Piece) string {
	if target, ok := r.mapLink(strings.TrimSpace(p.URL)); ok {
		return r.flavor.dialect.Link(p.Text, target)
	}
	return r.flavor.dialect.Escape(p.Text + " (" + p.URL + ")")
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
		{model.LabelParam, func(q *catalog.Param) string { return r.flavor.dialect.CellCodeSpan(q.Name) }},
		{model.LabelType, func(q *catalog.Param) string { return r.flavor.dialect.CellCodeSpan(string(q.Type)) }},
		{model.LabelDescription, func(q *catalog.Param) string { return r.mapped(q.Description).InlineMarkdown(r.flavor.dialect) }},
		{model.LabelExample, func(q *catalog.Param) string { return r.flavor.dialect.CellCodeSpan(model.ValueText(q.Example)) }},
		{model.LabelSensitive, func(q *catalog.Param) string {
			if q.Sensitive {
				return model.SensitiveNote
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

// reserved writes the table of what is never to be used.
func (r *renderer) reserved() {
	d := r.flavor.dialect
	r.looseTable([]string{model.LabelReserved, model.LabelReason}, func() {
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
			r.row(strings.Join(spans, ", "), r.mapped(row.Reason).InlineMarkdown(d))
		}
	})
}

// reservedHeading is the heading of that table, if there is one.
func (r *renderer) reservedHeading() string {
	if len(r.catalog.Reserved) == 0 {
		return ""
	}
	return r.fixedHeading(model.HeadingReserved, "Codes that are reserved")
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
