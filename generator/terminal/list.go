package terminal

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// WriteTable writes errors of a catalog as a table with a header and one line
// per error. It returns the error of w.
func WriteTable(w io.Writer, c *catalog.Catalog, errors []*catalog.Error, style Style) error {
	t := table{header: []string{"CODE", "NAME", "CATEGORY", "TITLE"}}
	for _, e := range errors {
		t.rows = append(t.rows, []string{e.Code, e.Name, e.Category.Name, prose.Line(e.Title)})
	}
	if slices.ContainsFunc(errors, func(e *catalog.Error) bool { return state(e) != "" }) {
		t.insert(3, "STATE", errors, state)
	}
	if !c.NoHTTP {
		t.insert(1, "STATUS", errors, status)
	}
	var b bytes.Buffer
	t.write(&b, style)
	_, err := w.Write(b.Bytes())
	return err
}

// state returns the states of an error on one line. It is empty for most
// errors.
func state(e *catalog.Error) string { return strings.Join(model.States(e), ", ") }

// status returns the HTTP status of an error.
func status(e *catalog.Error) string { return strconv.Itoa(e.HTTPStatus) }

// table is a list of rows of visible cells, each of one line. The last column
// may have any width.
type table struct {
	indent int
	header []string // may be nil
	rows   [][]string
}

// insert adds a column about errors, whose rows the table has.
func (t *table) insert(column int, header string, errors []*catalog.Error, cell func(*catalog.Error) string) {
	t.header = slices.Insert(t.header, column, header)
	for i, e := range errors {
		t.rows[i] = slices.Insert(t.rows[i], column, cell(e))
	}
}

// gap is the number of spaces between two columns.
const gap = 2

func (t table) write(b *bytes.Buffer, style Style) {
	widths := t.widths()
	if style.Cut {
		t.cut(widths, style.columns())
	}
	row := func(cells []string, styled func(string) string) {
		b.WriteString(strings.Repeat(" ", t.indent))
		for i, cell := range cells {
			if style.Cut {
				cell = prose.Clip(cell, widths[i])
			}
			b.WriteString(styled(cell))
			if i < len(cells)-1 {
				b.WriteString(strings.Repeat(" ", widths[i]-prose.Width(cell)+gap))
			}
		}
		b.WriteByte('\n')
	}
	if t.header != nil {
		row(t.header, style.bold)
	}
	for _, cells := range t.rows {
		row(cells, func(s string) string { return s })
	}
}

// widths returns the widths of the columns.
func (t table) widths() []int {
	var widths []int
	for _, row := range append([][]string{t.header}, t.rows...) {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], prose.Width(cell))
		}
	}
	return widths
}

// cut narrows columns until they fit: the last ones first, because they are
// texts, and none so far that it cannot be read.
func (t table) cut(widths []int, columns int) {
	const least = 12
	total := t.indent
	for _, w := range widths {
		total += w + gap
	}
	total -= gap
	for i := len(widths) - 1; i >= 0 && total > columns; i-- {
		narrow := max(widths[i]-(total-columns), min(widths[i], least))
		total -= widths[i] - narrow
		widths[i] = narrow
	}
}

// csvHeader names the columns of WriteCSV.
var csvHeader = []string{
	"code", "name", "http_status", "category", "title", "message", "aliases", "synonyms", "former_names", "retry", "retry_after",
	"severity", "audience", "lifecycle", "replaced_by", "tags", "owner", "since", "description", "resolution",
}

// codeColumns are the columns of codes. If these are integers, a minus sign does
// not begin a formula.
var codeColumns = []string{"code", "aliases", "replaced_by"}

// WriteCSV writes errors of a catalog as CSV (RFC 4180) with a header, for
// spreadsheets. The column http_status is left out if the catalog has no HTTP.
// WriteCSV returns the error of w.
//
// A cell that a spreadsheet would evaluate as a formula gets an apostrophe
// before it, and invisible characters become escapes such as \x1b. WriteJSON
// has the exact texts.
func WriteCSV(w io.Writer, c *catalog.Catalog, errors []*catalog.Error) error {
	columns := func(cells []string) []string {
		if i := slices.Index(csvHeader, "http_status"); c.NoHTTP {
			return slices.Concat(cells[:i], cells[i+1:])
		}
		return cells
	}
	out := csv.NewWriter(w)
	if err := out.Write(columns(csvHeader)); err != nil {
		return err
	}
	for _, e := range errors {
		cells := csvRow(e)
		for i, cell := range cells {
			if !c.IntegerCodes || !slices.Contains(codeColumns, csvHeader[i]) {
				cells[i] = csvCell(cell)
			}
		}
		if err := out.Write(columns(cells)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(e *catalog.Error) []string {
	retryAfter, replacedBy := "", ""
	if e.RetryAfter > 0 {
		retryAfter = e.RetryAfter.String()
	}
	for _, l := range []*catalog.Lifecycle{e.Deprecated, e.Retired} {
		if l != nil && l.ReplacedBy != nil {
			replacedBy = l.ReplacedBy.Code
		}
	}
	return []string{
		e.Code, e.Name, strconv.Itoa(e.HTTPStatus), e.Category.Name, e.Title, e.Message.Text(),
		join(e.Aliases, func(a catalog.Alias) string { return a.Code }),
		join(e.Synonyms, func(s catalog.Synonym) string { return s.Name }),
		join(e.FormerNames, func(n catalog.FormerName) string { return n.Name }),
		string(e.Retry), retryAfter, string(e.Severity), string(e.Audience), model.LifecycleState(e), replacedBy,
		join(e.Tags, func(tag string) string { return tag }), e.Owner, e.Since,
		strings.TrimSpace(e.Description.Source()), strings.TrimSpace(e.Resolution.Source()),
	}
}

// csvCell returns a text as a cell that is visible and that spreadsheets do not
// evaluate.
func csvCell(s string) string {
	s = prose.Visible(s)
	if begin := strings.TrimLeft(s, " \t\n"); begin != "" && strings.ContainsRune("=+-@＝＋－＠", firstRune(begin)) ||
		strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\n") {
		return "'" + s
	}
	return s
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
