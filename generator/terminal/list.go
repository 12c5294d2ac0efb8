package terminal

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// Entry is an error in a list, and the catalog that it is in.
type Entry struct {
	*catalog.Error
	Catalog *catalog.Catalog
}

// WriteTable writes entries of catalogs as a table with a header and one line per
// error. If there are several catalogs, their names are the first column. The column
// of categories is left out if none declares any, that of statuses if none has HTTP; then there are the codes of gRPC, if one
// has them. WriteTable returns the error of w.
func WriteTable(w io.Writer, catalogs []*catalog.Catalog, entries []Entry, style Style) error {
	t := table{header: []string{"CODE", "NAME", "TITLE"}}
	for _, e := range entries {
		t.rows = append(t.rows, []string{e.Code, e.Name, prose.Line(e.Title)})
	}
	if slices.ContainsFunc(entries, func(e Entry) bool { return state(e.Error) != "" }) {
		t.insert(2, "STATE", entries, func(e Entry) string { return state(e.Error) })
	}
	if slices.ContainsFunc(catalogs, (*catalog.Catalog).HasCategories) {
		t.insert(2, "CATEGORY", entries, func(e Entry) string { return e.Category.Name })
	}
	if haveHTTP(catalogs) {
		t.insert(1, "STATUS", entries, func(e Entry) string { return cmp.Or(status(e), "-") })
	} else if haveGRPC(catalogs) {
		t.insert(1, "GRPC CODE", entries, func(e Entry) string { return cmp.Or(grpcCode(e), "-") })
	}
	if len(catalogs) > 1 {
		t.insert(0, "CATALOG", entries, catalogName)
	}
	var b bytes.Buffer
	t.write(&b, style)
	_, err := w.Write(b.Bytes())
	return err
}

// haveHTTP reports whether one of the catalogs has HTTP statuses.
func haveHTTP(catalogs []*catalog.Catalog) bool {
	return slices.ContainsFunc(catalogs, func(c *catalog.Catalog) bool { return !c.NoHTTP })
}

// haveGRPC reports whether the errors of one of the catalogs travel over gRPC.
func haveGRPC(catalogs []*catalog.Catalog) bool {
	return slices.ContainsFunc(catalogs, func(c *catalog.Catalog) bool { return c.GRPC })
}

// grpcCode returns the code of an error on gRPC, if it travels over it.
func grpcCode(e Entry) string {
	if !e.Catalog.GRPC {
		return ""
	}
	return string(e.GRPCCode)
}

func catalogName(e Entry) string { return e.Catalog.Name }

// state returns the states of an error on one line. It is empty for most
// errors.
func state(e *catalog.Error) string { return strings.Join(model.States(e), ", ") }

// status returns the HTTP status of an error. It is empty if its catalog has no HTTP.
func status(e Entry) string {
	if e.Catalog.NoHTTP {
		return ""
	}
	return strconv.Itoa(e.HTTPStatus)
}

// table is a list of rows of visible cells, each of one line. The last column
// may have any width.
type table struct {
	indent int
	header []string // may be nil
	rows   [][]string
}

// insert adds a column about errors, whose rows the table has.
func (t *table) insert(column int, header string, entries []Entry, cell func(Entry) string) {
	t.header = slices.Insert(t.header, column, header)
	for i, e := range entries {
		t.rows[i] = slices.Insert(t.rows[i], column, cell(e))
	}
}

// gap is the number of spaces between two columns.
const gap = 2

func (t table) write(b *bytes.Buffer, style Style) {
	if style.Cut {
		t.fit(style.columns())
	}
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
// texts, and none so far that it cannot be read. It returns the width of the table.
func (t table) cut(widths []int, columns int) int {
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
	return total
}

// fit removes the columns of categories and names from a table that cannot be cut
// enough with them.
func (t *table) fit(columns int) {
	for _, header := range []string{"CATEGORY", "NAME"} {
		i := slices.Index(t.header, header)
		if i < 0 || t.cut(t.widths(), columns) <= columns {
			continue
		}
		t.header = slices.Delete(t.header, i, i+1)
		for j, row := range t.rows {
			t.rows[j] = slices.Delete(row, i, i+1)
		}
	}
}

// csvHeader names the columns of WriteCSV.
var csvHeader = []string{
	"catalog", "code", "name", "http_status", "grpc_code", "category", "title", "message", "aliases", "synonyms", "former_names", "retry", "retry_after",
	"severity", "audience", "lifecycle", "replaced_by", "tags", "owner", "since", "description", "resolution",
}

// codeColumns are the columns of codes. If these are integers, a minus sign does
// not begin a formula.
var codeColumns = []string{"code", "aliases", "replaced_by"}

// WriteCSV writes entries of catalogs as CSV (RFC 4180) with a header, for
// spreadsheets. The column catalog is left out if there is only one, the column
// http_status if none has HTTP, the column grpc_code if none has gRPC. WriteCSV returns
// the error of w.
//
// A cell that a spreadsheet would evaluate as a formula gets an apostrophe
// before it, and invisible characters become escapes such as \x1b. WriteJSON
// has the exact texts.
func WriteCSV(w io.Writer, catalogs []*catalog.Catalog, entries []Entry) error {
	columns := func(cells []string) []string {
		var shown []string
		for i, cell := range cells {
			switch name := csvHeader[i]; {
			case name == "catalog" && len(catalogs) == 1, name == "http_status" && !haveHTTP(catalogs), name == "grpc_code" && !haveGRPC(catalogs):
			default:
				shown = append(shown, cell)
			}
		}
		return shown
	}
	out := csv.NewWriter(w)
	if err := out.Write(columns(csvHeader)); err != nil {
		return err
	}
	for _, e := range entries {
		cells := csvRow(e)
		for i, cell := range cells {
			if !e.Catalog.IntegerCodes || !slices.Contains(codeColumns, csvHeader[i]) {
				cells[i] = CSVCell(cell)
			}
		}
		if err := out.Write(columns(cells)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(e Entry) []string {
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
		catalogName(e), e.Code, e.Name, status(e), grpcCode(e), e.Category.Name, e.Title, e.Message.Text(),
		join(e.Aliases, func(a catalog.Alias) string { return a.Code }),
		join(e.Synonyms, func(s catalog.Synonym) string { return s.Name }),
		join(e.FormerNames, func(n catalog.FormerName) string { return n.Name }),
		string(e.Retry), retryAfter, string(e.Severity), string(e.Audience), model.LifecycleState(e.Error), replacedBy,
		join(e.Tags, func(tag string) string { return tag }), e.Owner, e.Since,
		strings.TrimSpace(e.Description.Source()), strings.TrimSpace(e.Resolution.Source()),
	}
}

// CSVCell returns a text as a cell that is visible and that spreadsheets do not
// evaluate.
func CSVCell(s string) string {
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
