package importer

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
)

// This file reads tables: which column is what, and what a row says.

// table is a table of any format.
type table struct {
	heading string // the nearest one before the table
	rows    []row  // the first is the header
	// markdown means that the cells of texts are Markdown.
	markdown bool
}

type row struct {
	line  int
	cells []cell
}

// cell is the text of a cell, and its source if that is Markdown.
type cell struct{ text, source string }

// field is what a column can be.
type field int

const (
	otherField field = iota
	codeField
	nameField
	statusField
	titleField
	messageField
	descriptionField
	resolutionField
	categoryField
	severityField
)

// headers are the words by which the header of a column is recognised: whole ones
// first, then parts. Order matters.
var headers = []struct {
	field field
	words string
}{
	{statusField, "http|http status|http code|http status code|status|status code|response code|http response code"},
	{codeField, "code|codes|error code|error codes|errorcode|err code|id|error id|number|no|error number|errno|key|sqlstate|value"},
	{nameField, "name|identifier|constant|symbol|symbolic name|error name|enum|mnemonic|errorname"},
	{titleField, "title|summary|short text|short description|label"},
	{messageField, "message|text|error message|error text|msg|detail|errormessage"},
	{descriptionField, "description|meaning|cause|causes|details|explanation|when|when it happens|reason|notes"},
	{resolutionField, "resolution|action|fix|solution|remedy|what to do|how to fix|recommended action|troubleshooting"},
	{categoryField, "category|group|type|class|section|module|area|component|domain"},
	{severityField, "severity|level"},
}

var headerParts = []struct {
	field field
	part  string
}{
	{statusField, "http"}, {codeField, "code"}, {nameField, "name"}, {nameField, "constant"}, {messageField, "message"}, {messageField, "text"},
	{descriptionField, "descr"}, {descriptionField, "meaning"}, {descriptionField, "cause"}, {descriptionField, "expla"},
	{resolutionField, "action"}, {resolutionField, "resol"}, {resolutionField, "solution"}, {resolutionField, "fix"},
	{categoryField, "categor"}, {titleField, "title"}, {messageField, "error"},
}

var notHeader = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// fieldOf returns what a column is by its header.
func fieldOf(header string) field {
	words := strings.TrimSpace(notHeader.ReplaceAllString(strings.ToLower(header), " "))
	for _, h := range headers {
		if slices.Contains(strings.Split(h.words, "|"), words) {
			return h.field
		}
	}
	for _, h := range headerParts {
		if strings.Contains(words, h.part) {
			return h.field
		}
	}
	return otherField
}

// table reads a table. It is left out if it has no column of codes or names.
func (r *reader) table(t table) {
	if len(t.rows) == 0 {
		return
	}
	fields, hasHeader := t.fields()
	if !slices.Contains(fields, codeField) && !slices.Contains(fields, nameField) {
		r.skipped = append(r.skipped, "the table at line "+itoa(t.rows[0].line)+" has no column of codes")
		return
	}
	rows := t.rows
	var header []cell
	if hasHeader {
		header, rows = rows[0].cells, rows[1:]
	}
	ranges := hasRanges(slices.Index(fields, codeField), rows)
	for _, row := range rows {
		r.row(t, header, fields, ranges, row)
		if r.err != nil {
			return
		}
	}
}

// fields returns what the columns are, and whether the first row is a header.
func (t table) fields() (fields []field, hasHeader bool) {
	columns := 0
	for _, row := range t.rows {
		columns = max(columns, len(row.cells))
	}
	fields = make([]field, columns)
	taken := make(map[field]bool)
	if !slices.ContainsFunc(t.rows[0].cells, func(c cell) bool { return holdsCode(c.text) }) {
		for i, c := range t.rows[0].cells {
			if f := fieldOf(c.text); f != otherField && !taken[f] {
				fields[i], taken[f], hasHeader = f, true, true
			}
		}
	}
	rows := t.rows
	if hasHeader {
		rows = rows[1:]
	}
	if !taken[codeField] && !taken[nameField] {
		if i := t.codeColumn(fields, rows); i >= 0 {
			fields[i], taken[codeField] = codeField, true
		}
	}
	if !hasHeader && taken[codeField] {
		// Without a header, what follows the code is the text.
		if i := slices.Index(fields, codeField) + 1; i < columns && fields[i] == otherField {
			fields[i] = messageField
		}
	}
	return fields, hasHeader
}

// holdsCode reports whether a cell is a code with digits, and so not a header.
func holdsCode(s string) bool {
	codes, ok := codesIn(s)
	return ok && strings.ContainsAny(codes[0], "0123456789")
}

// codeColumn returns the first column whose cells all hold codes with digits, -1 if
// there is none. Status columns are known by their header.
func (t table) codeColumn(fields []field, rows []row) int {
	for i, f := range fields {
		if f == statusField || f == categoryField || f == severityField || len(rows) == 0 {
			continue
		}
		seen := make(map[string]bool)
		fits := true
		for _, row := range rows {
			if i >= len(row.cells) || !holdsCode(row.cells[i].text) || seen[row.cells[i].text] {
				fits = false
				break
			}
			seen[row.cells[i].text] = true
		}
		if fits {
			return i
		}
	}
	return -1
}

// row reads one row. With ranges, 1003-1009 is not a code.
func (r *reader) row(t table, header []cell, fields []field, ranges bool, row row) {
	e := &entry{line: row.line, markdown: t.markdown, heading: t.heading}
	code, hasCode := "", false
	empty := true
	for i, c := range row.cells {
		text := strings.TrimSpace(c.text)
		if text == "" {
			continue
		}
		empty = false
		prose := text
		if t.markdown {
			prose = c.source
		}
		switch fields[i] {
		case codeField:
			code, hasCode = text, true
		case nameField:
			e.name = text
		case statusField:
			e.status = text
		case titleField:
			e.title = text
		case messageField:
			e.message = text
		case descriptionField:
			e.description = prose
		case resolutionField:
			e.resolution = prose
		case categoryField:
			e.category = text
		case severityField:
			e.severity = text
		default:
			key := "column " + itoa(i+1)
			if i < len(header) && header[i].text != "" {
				key = header[i].text
			}
			e.facts = append(e.facts, fact{key, text})
		}
	}
	if empty {
		return
	}
	if hasCode {
		codes, ok := codesIn(code)
		if ok && ranges && slices.ContainsFunc(codes, isRange) {
			r.leave(row.line, "%s is a range of codes; the row is not imported: %s", shown(code), shown(rowText(row)))
			return
		}
		if !ok {
			r.leave(row.line, "%s is not a code; the row is not imported: %s", shown(code), shown(rowText(row)))
			return
		}
		e.code, e.aliases = codes[0], codes[1:]
	} else if e.name == "" || !isName(e.name) {
		r.leave(row.line, "the row has no code, and is not imported: %s", shown(rowText(row)))
		return
	} else {
		e.isCode = true
	}
	r.add(e)
}

// rowText returns the cells of a row as one text.
func rowText(row row) string {
	var words []string
	for _, c := range row.cells {
		if s := strings.Join(strings.Fields(c.text), " "); s != "" {
			words = append(words, s)
		}
	}
	return strings.Join(words, " | ")
}

var (
	betweenCodes = regexp.MustCompile(`\s*[,;\n]\s*|\s+/\s+|\s+(?:or|and|&)\s+`)
	noCode       = regexp.MustCompile(`(?i)^(none|n/?a|tbd|todo|null|nil|unknown|various|any|all|other|-+)$`)
)

// codesIn returns the codes of a cell. It returns false if something else is in
// it.
func codesIn(s string) ([]string, bool) {
	s = strings.TrimSpace(s)
	words := betweenCodes.Split(s, -1)
	if len(words) == 1 && strings.ContainsAny(s, " \t") {
		words = strings.Fields(s)
		for _, w := range words {
			if !strings.ContainsAny(w, "0123456789") {
				return nil, false
			}
		}
	}
	for _, w := range words {
		hasDigit := strings.ContainsAny(w, "0123456789")
		if !isCode(w) || noCode.MatchString(w) || hasDigit != strings.ContainsAny(words[0], "0123456789") {
			return nil, false
		}
	}
	return words, true
}

var rangeForm = regexp.MustCompile(`^([A-Za-z_]*)([0-9]+)(-|\.\.\.?)([A-Za-z_]*)([0-9]+)$`)

// isRange reports whether a cell has the form of a range of codes: 1003-1009.
func isRange(s string) bool {
	m := rangeForm.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return false
	}
	samePrefix := m[1] == m[4] || m[4] == ""
	return samePrefix && (m[3] != "-" || len(m[2]) == len(m[5]) && m[2] < m[5])
}

// hasRanges reports whether what has the form of a range in a column is one: it is
// not if most codes have that form.
func hasRanges(column int, rows []row) bool {
	ranges := 0
	if column < 0 {
		return true
	}
	for _, row := range rows {
		if column < len(row.cells) && isRange(row.cells[column].text) {
			ranges++
		}
	}
	return 2*ranges <= len(rows)
}

// csv reads values that are separated by commas, or by whatever the first line has.
func (r *reader) csv() { r.separated(separator(r.text)) }

// tsv reads values that are separated by tabs.
func (r *reader) tsv() { r.separated('\t') }

// separator returns the character that separates the values of the first line.
func separator(text string) rune {
	line, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, c := range ";\t|" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

// maxColumns limits the columns of a table.
const maxColumns = 1000

func (r *reader) separated(separator rune) {
	values := csv.NewReader(strings.NewReader(r.text))
	values.Comma, values.FieldsPerRecord, values.LazyQuotes, values.ReuseRecord = separator, -1, true, true
	var t table
	for {
		record, err := values.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.fail("%w", err)
			return
		}
		if len(record) > maxColumns || len(t.rows) > maxEntries {
			r.fail("the table has more than %d columns or %d rows", maxColumns, maxEntries)
			return
		}
		line, _ := values.FieldPos(0)
		cells := make([]cell, len(record))
		for i, s := range record {
			// A spreadsheet shows a leading apostrophe's text as it is; errcat list
			// --format csv writes such cells.
			cells[i].text = strings.TrimPrefix(s, "'")
		}
		t.rows = append(t.rows, row{line, cells})
	}
	r.table(t)
}

// markdown reads the tables of a Markdown document.
func (r *reader) markdown() {
	for _, found := range prose.Tables(r.text) {
		t := table{heading: found.Heading, markdown: true}
		for _, row := range found.Rows {
			t.rows = append(t.rows, markdownRow(row))
		}
		if len(found.Rows) > maxEntries {
			r.fail("the table has more than %d rows", maxEntries)
			return
		}
		r.table(t)
	}
}

// markdownRow returns a row of a Markdown table.
func markdownRow(from prose.TableRow) row {
	to := row{line: from.Line}
	for _, c := range from.Cells {
		to.cells = append(to.cells, cell{c.Plain, c.Markdown})
	}
	return to
}

// shown returns a short text for a message.
func shown(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 300 {
		s = string(r[:300]) + "..."
	}
	return `"` + diag.Printable(s) + `"`
}
