package terminal_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/terminal"
)

// FuzzList filters a random catalog, by what it has and by anything. A filter
// selects errors in their order, each further one fewer, or fails on one line. CSV
// has a row per error that encoding/csv reads, no cell is a formula for a
// spreadsheet, and nothing reaches a terminal but text.
func FuzzList(f *testing.F) {
	for i, s := range hostile {
		f.Add([]byte(s+strings.Repeat("\x01\x02\x05\x07", i)), s, s+"="+s, uint8(i))
	}
	f.Add([]byte("\x01\x02\x03"), "4xx", "Class_1=00", uint8(4))
	f.Add([]byte("\x00\x01"), "400-499", "=", uint8(1))
	f.Fuzz(func(t *testing.T, choices []byte, value, metadata string, which uint8) {
		c, ds := catalog.Load("catalog.yaml", catalogtest.Random(choices))
		if c == nil {
			t.Fatalf("%+v", ds)
		}
		// The same filter with a value that the catalog has, and one that it may not.
		known := c.Errors[int(which)%len(c.Errors)]
		filters := []terminal.Filter{
			{},
			{Searches: []string{known.Code}},
			{Categories: []string{strings.ToUpper(known.Category.Name)}},
			{Audiences: []string{string(known.Audience)}, Severities: []string{string(known.Severity)}, Retries: []string{string(known.Retry)}},
		}
		if known.Owner != "" {
			filters = append(filters, terminal.Filter{Owners: []string{known.Owner}})
		}
		if len(known.Tags) > 0 {
			filters = append(filters, terminal.Filter{Tags: known.Tags[:1]})
		}
		for _, m := range known.Metadata {
			filters = append(filters, terminal.Filter{Metadata: []string{m.Key + "=" + m.Texts()[0]}})
		}
		for _, filter := range filters {
			found, err := filter.Errors(c)
			if err != nil {
				t.Fatalf("%+v: %v", filter, err)
			}
			if !slices.Contains(found, terminal.Entry{Error: known, Catalog: c}) {
				t.Errorf("%+v does not select %s", filter, known.Name)
			}
			checkList(t, c, found, filter.Searches != nil)
		}
		all := []terminal.Filter{{Searches: []string{value}}, {Categories: []string{value}}, {Statuses: []string{value}}, {Tags: []string{value}}, {Owners: []string{value}}, {Metadata: []string{metadata}}, {Audiences: []string{value}}}
		for _, filter := range all {
			found, err := filter.Errors(c)
			if err != nil {
				if found != nil {
					t.Errorf("%+v fails and selects errors", filter)
				}
				continue
			}
			filter.Lifecycles = []string{"active"}
			fewer, err := filter.Errors(c)
			if err != nil || len(fewer) > len(found) {
				t.Errorf("%+v selects %d errors, not %d, %v", filter, len(fewer), len(found), err)
			}
			checkList(t, c, found, filter.Searches != nil)
		}
	})
}

// checkList prints a list in each format. It is in the order of the catalog, unless it was
// searched.
func checkList(t *testing.T, c *catalog.Catalog, errors []terminal.Entry, searched bool) {
	t.Helper()
	if !searched && !slices.IsSortedFunc(errors, func(a, b terminal.Entry) int {
		return slices.Index(c.Errors, a.Error) - slices.Index(c.Errors, b.Error)
	}) {
		t.Error("the errors are not in order")
	}
	var text, table bytes.Buffer
	if err := terminal.WriteTable(&text, only(c), errors, terminal.Style{}); err != nil {
		t.Fatal(err)
	}
	checkVisible(t, "the table", text.String())
	if lines := strings.Count(text.String(), "\n"); lines != len(errors)+1 {
		t.Errorf("the table of %d errors has %d lines", len(errors), lines)
	}
	if err := terminal.WriteCSV(&table, only(c), errors); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&table).ReadAll()
	if err != nil || len(rows) != len(errors)+1 {
		t.Fatalf("%d errors are %d rows of CSV, %v", len(errors), len(rows), err)
	}
	for i, row := range rows[1:] {
		code := row[slices.Index(rows[0], "code")]
		if strings.TrimPrefix(code, "'") != errors[i].Code {
			t.Errorf("the code %q is the cell %q", errors[i].Code, code)
		}
		for j, cell := range row {
			checkCell(t, c, rows[0][j], cell)
		}
	}
}

// checkCell reports a cell that a spreadsheet evaluates.
func checkCell(t *testing.T, c *catalog.Catalog, column, cell string) {
	t.Helper()
	if c.IntegerCodes && slices.Contains([]string{"code", "aliases", "replaced_by"}, column) {
		if strings.Trim(cell, "-0123456789, ") != "" {
			t.Errorf("the cell %q of %s is not a list of integers", cell, column)
		}
		return
	}
	if first := strings.TrimSpace(cell); first != "" && strings.ContainsAny(first[:1], "=+-@") || strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") {
		t.Errorf("the cell %q of %s is a formula", cell, column)
	}
}

// only returns a list of one catalog.
func only(c *catalog.Catalog) []*catalog.Catalog { return []*catalog.Catalog{c} }

// entriesOf returns all errors of a catalog as a list.
func entriesOf(c *catalog.Catalog) []terminal.Entry {
	var entries []terminal.Entry
	for _, e := range c.Errors {
		entries = append(entries, terminal.Entry{Error: e, Catalog: c})
	}
	return entries
}

// errorsOf returns the errors of a list.
func errorsOf(entries []terminal.Entry) []*catalog.Error {
	var errors []*catalog.Error
	for _, e := range entries {
		errors = append(errors, e.Error)
	}
	return errors
}
