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

// renderer renders the parts of a document: those that grow with the catalog
// into its buffer, the others as strings.
type renderer struct {
	bytes.Buffer
	json      []byte // of an example
	flavor    *flavor
	catalog   *catalog.Catalog
	relations *model.Relations
	// isPage means that the document is about one code. Its neighbors are not next to it.
	isPage bool
	// level is the level of category headings.
	level int
	// link returns the target of a link to the id of a code, an alias or a
	// category. It returns false if there is none.
	link func(id string) (string, bool)
	// taken are the ids that no heading may get from its words.
	taken    map[string]bool
	headings map[string]bool // of the document; they are unique
	// Content that the defaults of markdownlint do not allow.
	hasCommands, hasOddWidths bool
}

// newRenderer returns a renderer for a document that has ids for the whole
// catalog, and links to them.
func newRenderer(f *flavor, c *catalog.Catalog) *renderer {
	r := &renderer{flavor: f, catalog: c, relations: model.NewRelations(c), level: 2, taken: idsOf(c), headings: make(map[string]bool, len(c.Errors))}
	r.link = func(id string) (string, bool) { return "#" + f.linkID(id), r.taken[id] }
	return r
}

// idsOf returns all ids of a catalog.
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

// idsOfError returns the ids of an error: its code and its aliases.
func idsOfError(e *catalog.Error) []string {
	ids := make([]string, 0, 1+len(e.Aliases))
	ids = append(ids, e.Anchor)
	for _, a := range e.Aliases {
		ids = append(ids, a.Code)
	}
	return ids
}

// newPage returns the document with the whole catalog.
func newPage(f *flavor, c *catalog.Catalog) *document {
	r := newRenderer(f, c)
	r.takeErrorHeadings()
	d := r.newDocument(c.Title, c.Name)
	d.summary = model.SummaryOfCatalog(c)
	d.Description = r.prose(c.Description, "")
	if len(c.Errors) > 0 {
		d.Overview = r.fixedHeading("Overview", "All codes")
	}
	d.Categories = r.categories()
	d.Reserved = r.reservedHeading()
	return d
}

// newDocument returns a document that only has a title.
func (r *renderer) newDocument(title, name string) *document {
	d := &document{renderer: r, plainTitle: cmp.Or(prose.Line(title), name)}
	if heading := r.heading(title, name); !r.flavor.untitled {
		d.Title = r.flavor.heading(1, heading)
	}
	return d
}

// categories returns the sections of all categories.
func (r *renderer) categories() []category {
	var out []category
	for _, cat := range r.catalog.Categories {
		out = append(out, category{
			Anchors:     r.flavor.anchorAbove(cat.Anchor),
			Heading:     r.flavor.heading(r.level, r.heading(model.Section(cat), cat.Name), cat.Anchor),
			Description: r.prose(cat.Description, ""),
			Codes:       r.ranges(cat.Codes),
			renderer:    r,
			errors:      cat.Errors,
		})
	}
	return out
}

// takeErrorHeadings reserves the headings of all errors.
func (r *renderer) takeErrorHeadings() {
	for _, e := range r.catalog.Errors {
		r.headings[r.errorHeading(e)] = true
	}
}

// errorHeading returns the heading of an error. It begins with the code, so it
// is unique.
func (r *renderer) errorHeading(e *catalog.Error) string {
	return r.flavor.dialect.EscapeHeading(titleOf(e.Code, prose.Line(e.Title)))
}

// titleOf returns the title of an error after its code.
func titleOf(code, title string) string {
	if title == "" {
		return code
	}
	return code + ": " + title
}

// heading returns a title as a heading that is unique in the document: if it is
// taken or empty, the name is added.
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

// fixedHeading returns the heading of a section that is not from the catalog.
// If words is taken, it is others.
func (r *renderer) fixedHeading(words, others string) string {
	if r.headings[words] || r.taken[slug(words)] {
		words = others
	}
	r.headings[words] = true
	return r.flavor.heading(r.level, words)
}

// slug returns the id that sites derive from the words of a heading.
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

// overview writes the table of all codes, with links to their sections.
func (r *renderer) overview() {
	if !r.catalog.HasCategories() {
		r.codeTable(r.catalog.Errors)
		return
	}
	r.looseTable(append(r.codeHeader(), "Category"), func() {
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

// codeTable writes a table of codes, with links to their pages.
func (r *renderer) codeTable(errs []*catalog.Error) {
	r.looseTable(r.codeHeader(), func() {
		for _, e := range errs {
			r.codeCells(e)
			r.WriteByte('|')
		}
	})
}

// codeHeader begins the header of a table of codes. A catalog without HTTP has no
// column for statuses.
func (r *renderer) codeHeader() []string {
	if r.catalog.NoHTTP {
		return []string{"Code", "Title"}
	}
	return []string{"Code", "Status", "Title"}
}

// codeCells writes the first cells of an error's row in a table of codes.
func (r *renderer) codeCells(e *catalog.Error) {
	r.WriteString("\n| ")
	r.codeLinks(e)
	r.WriteByte(' ')
	if !r.catalog.NoHTTP {
		r.WriteString("| ")
		r.Write(strconv.AppendInt(r.AvailableBuffer(), int64(e.HTTPStatus), 10))
		r.WriteByte(' ')
	}
	r.cell(r.overviewTitle(e))
}

// codeLinks writes links from the codes of an error to its section.
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

// overviewTitle returns the title of an error in a table: short, with its
// states.
func (r *renderer) overviewTitle(e *catalog.Error) string {
	title := r.flavor.dialect.Escape(shorten(e.Title))
	if states := model.States(e); len(states) > 0 {
		title += " (" + strings.Join(states, ", ") + ")"
	}
	return strings.TrimSpace(title)
}

// ranges returns ranges of codes as inline code.
func (r *renderer) ranges(codes []catalog.Range) string {
	spans := make([]string, len(codes))
	for i, c := range codes {
		spans[i] = r.flavor.dialect.CodeSpan(c.String())
	}
	return strings.Join(spans, ", ")
}

// block writes a Markdown block, if it is not empty.
func (r *renderer) block(markdown string) {
	if markdown != "" {
		r.WriteString("\n\n")
		r.WriteString(markdown)
	}
}

// section writes the section of an error with a heading of the given level.
func (r *renderer) section(e *catalog.Error, level int) {
	ids := idsOfError(e)
	r.block(r.flavor.anchorAbove(ids...))
	r.block(r.flavor.heading(level, r.errorHeading(e), ids...))
	r.entry(e, level)
}

// entry writes the content of an error's section, whose heading has the given
// level.
func (r *renderer) entry(e *catalog.Error, level int) {
	for _, n := range model.Notices(r.catalog, e) {
		r.notice(n)
	}
	if !model.RepeatsTitle(e) {
		r.message(e.Message)
	}
	r.proseBlock(e.Description, "")
	r.proseBlock(e.Resolution, "**"+model.HeadingResolution+":**")
	r.block(r.params(e.Params))
	r.example(e)
	r.samples(e)
	r.facts(e)
	r.aliases(e, level+1)
}

// aliases writes a heading for each alias, if only headings can have ids.
func (r *renderer) aliases(e *catalog.Error, level int) {
	if r.flavor.anchors != nil {
		return
	}
	for _, a := range e.Aliases {
		r.block(r.flavor.heading(level, r.flavor.dialect.EscapeHeading(a.Code), a.Code))
		r.block("Alias of " + r.flavor.dialect.Escape(e.Code) + ".")
	}
}

// message writes a message as a code block, without trailing empty lines.
func (r *renderer) message(m catalog.Message) {
	r.noted(func() {
		r.Write(r.flavor.dialect.AppendFence(r.AvailableBuffer(), "", strings.TrimRight(m.Text(), " \t\r\n")))
	})
}

// proseBlock writes a text of the catalog, if it is not empty, after lead,
// which may be empty.
func (r *renderer) proseBlock(t prose.Text, lead string) {
	if t = r.mapped(t); !t.IsEmpty() {
		r.noted(func() { r.Write(t.AppendMarkdown(r.AvailableBuffer(), r.flavor.dialect, lead)) })
	}
}

// example writes an example body, unless the catalog has no HTTP. If the flavor
// cannot hold it as code, more characters of its JSON are escaped.
func (r *renderer) example(e *catalog.Error) {
	if r.catalog.NoHTTP {
		return
	}
	body := string(model.Example(r.catalog, e))
	r.json = appendFormatted(r.json[:0], body, !r.flavor.dialect.HoldsCode(body))
	r.WriteString("\n\n" + model.HeadingExample + ":\n\n")
	r.Write(r.flavor.dialect.AppendFence(r.AvailableBuffer(), "json", string(r.json)))
}

// samples writes how code raises and handles an error.
func (r *renderer) samples(e *catalog.Error) {
	for _, s := range model.Samples(r.catalog, e) {
		r.block(s.Lead() + ", " + r.flavor.dialect.CodeSpan(s.Name) + ":")
		r.WriteString("\n\n")
		r.Write(r.flavor.dialect.AppendFence(r.AvailableBuffer(), s.Language, s.Code()))
	}
}

// notice writes a notice as a paragraph, followed by its reason.
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
	gap := "\n" // before the list, if there is one
	for f := range model.Facts(r.catalog, e) {
		if f.Expected {
			continue
		}
		if values := r.pieces(f.Values, ", "); values != "" {
			r.WriteString(gap + "\n- ")
			gap = ""
			if f.Kind == model.FactMetadata || f.Kind == model.FactHistory {
				r.WriteString(r.piece(f.Label))
			} else {
				r.WriteString(f.Label.Text) // has nothing to escape
			}
			r.WriteString(": ")
			r.WriteString(values)
		}
	}
	related := r.relations.Linked
	if r.isPage {
		related = r.relations.Of
	}
	if related := related(e); len(related) > 0 {
		r.WriteString(gap + "\n- " + model.LabelRelated + ": " + r.pieces(related, ", "))
	}
}

// pieces returns pieces as Markdown, with separator between the ones that are
// not empty.
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

// reference returns a link to another error, or plain text if the link has no
// target.
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

// hyperlink returns a link of an error. A link within the page without a target
// is plain text.
func (r *renderer) hyperlink(p model.Piece) string {
	if target, ok := r.mapLink(strings.TrimSpace(p.URL)); ok {
		return r.flavor.dialect.Link(p.Text, target)
	}
	return r.flavor.dialect.Escape(p.Text + " (" + p.URL + ")")
}

// params returns the table of an error's params. Empty columns are left out.
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
		{model.LabelDescription, func(q *catalog.Param) string { return r.mapped(q.Description).CellMarkdown(r.flavor.dialect) }},
		{model.LabelValues, func(q *catalog.Param) string {
			var spans []string
			for _, v := range q.Values {
				if span := r.flavor.dialect.CellCodeSpan(v); span != "" { // white space has none
					spans = append(spans, span)
				}
			}
			return strings.Join(spans, ", ")
		}},
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

// reserved writes the table of reserved codes and names.
func (r *renderer) reserved() {
	d := r.flavor.dialect
	r.looseTable([]string{model.LabelReserved, model.LabelReason}, func() {
		for _, row := range r.catalog.Reserved {
			var spans []string
			for _, word := range row.Words() {
				spans = append(spans, d.CellCodeSpan(word))
			}
			for _, codes := range row.Codes {
				spans = append(spans, d.CellCodeSpan(codes.String()))
			}
			r.WriteByte('\n')
			r.row(strings.Join(spans, ", "), r.mapped(row.Reason).InlineMarkdown(d))
		}
	})
}

// reservedHeading returns the heading of that table, or "" without
// reservations.
func (r *renderer) reservedHeading() string {
	if len(r.catalog.Reserved) == 0 {
		return ""
	}
	return r.fixedHeading(model.HeadingReserved, "Codes that are reserved")
}

// prose returns a text of the catalog as Markdown after lead, which may be
// empty. It is empty if the text is.
func (r *renderer) prose(t prose.Text, lead string) string {
	if t = r.mapped(t); t.IsEmpty() {
		return ""
	}
	text := t.MarkdownIn(r.flavor.dialect, lead)
	r.note(text)
	return text
}

// mapped returns a text without the links within the page that have no target.
func (r *renderer) mapped(t prose.Text) prose.Text {
	if !strings.ContainsAny(t.Source(), "#&") {
		return t // no such link
	}
	return t.MapLinks(r.mapLink)
}

// noted writes a block, and passes it to note.
func (r *renderer) noted(write func()) {
	r.WriteString("\n\n")
	start := r.Len()
	write()
	if written := r.Bytes()[start:]; bytes.Contains(written, []byte("$ ")) || bytes.IndexByte(written, '|') >= 0 {
		r.note(string(written))
	}
}

// note records whether Markdown has a code block that only has commands after
// dollar signs, or a table about whose widths linters disagree.
func (r *renderer) note(markdown string) {
	r.hasOddWidths = r.hasOddWidths || strings.IndexByte(markdown, '|') >= 0 && prose.HasOddWidth(markdown)
	r.hasCommands = r.hasCommands || strings.Contains(markdown, "$ ") && hasCommandBlock(markdown)
}

// hasCommandBlock reports whether Markdown that this package wrote has a code
// block in which every line begins with a dollar sign.
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

// mapLink maps the links within the page to their targets.
func (r *renderer) mapLink(target string) (string, bool) {
	id, within := strings.CutPrefix(target, "#")
	if !within {
		return target, true
	}
	return r.link(id)
}

// linkID returns the form of an id that links use. Ids only have letters,
// digits and "_.:/-", so no two become the same.
func linkID(id string) string { return linkIDs.Replace(id) }

var linkIDs = strings.NewReplacer("/", "~2F", ":", "~3A")
