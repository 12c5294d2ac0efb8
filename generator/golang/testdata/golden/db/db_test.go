package db_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"golden/db"
)

func TestCodes(t *testing.T) {
	if got := db.Locked.Error(); got != "5: The table is locked" {
		t.Errorf("got %q", got)
	}
	if db.Locked.Name() != "LOCKED" || db.Locked.Title() != "The table is locked" || db.Locked.Category() != db.CategoryLock || db.Locked.Retry() != db.RetrySafe {
		t.Errorf("%s has the name %q, the title %q, the category %q and the retry %q", db.Locked, db.Locked.Name(), db.Locked.Title(), db.Locked.Category(), db.Locked.Retry())
	}
	if db.Busy.Retry() != db.RetryAfter || db.Busy.RetryAfter() != 50*time.Millisecond || db.Broken.Retry() != db.RetryNever {
		t.Error("the retry advice is wrong")
	}
	if !db.HeaderBroken.Internal() || db.Locked.Internal() || db.Broken.Level() != slog.LevelError+4 {
		t.Error("the audience or the level is wrong")
	}
	for s, want := range map[string]db.Code{"5": db.Locked, "6": db.Locked, "12": db.BadHeader, "99": ""} {
		if code, ok := db.ParseCode(s); ok != (want != "") || ok && code != want || !ok && string(code) != s {
			t.Errorf("ParseCode(%q) = %q, %t", s, string(code), ok)
		}
	}
	if unknown := db.Code("99"); unknown.Error() != "99" || unknown.Level() != slog.LevelError || unknown.Category() != "" {
		t.Errorf("the unknown code is %s, %s, %q", unknown, unknown.Level(), unknown.Category())
	}
}

func TestMetadata(t *testing.T) {
	for code, want := range map[db.Code]db.Metadata{
		db.Locked:       {SQLState: "40001", Class: "warning", Errno: -11, Transient: true, Manual: "//db.example/locks#table", Statements: []string{"SELECT"}},
		db.Busy:         {SQLState: "55P03", Class: "warning", Statements: []string{"SELECT", "UPDATE"}},
		db.Broken:       {SQLState: "XX001", Class: "error"},
		db.HeaderBroken: {SQLState: "XX001", Class: "error", Errno: 1<<53 - 1, Runbook: "mailto:dba@db.example?subject=a&b=c"},
		db.OldFile:      {SQLState: "XX001", Class: "error"},
		"99":            {},
		"":              {},
	} {
		if got := code.Metadata(); !reflect.DeepEqual(got, want) {
			t.Errorf("the metadata of %s are %+v, want %+v", code, got, want)
		}
	}
	// What a caller does with a list does not change the catalog.
	db.Busy.Metadata().Statements[0] = "DROP"
	if got := db.Busy.Metadata().Statements; got[0] != "SELECT" {
		t.Errorf("the catalog has changed: %q", got)
	}
	if n := testing.AllocsPerRun(100, func() { _ = db.Broken.Metadata() }); n > 0 {
		t.Errorf("metadata without lists make %v allocations", n)
	}
}

func TestErrors(t *testing.T) {
	busy := &db.BusyError{Table: "users", Wait: 90 * time.Second, Key: db.Hide("hunter2")}
	err := fmt.Errorf("select: %w", db.WithCause(busy, io.ErrUnexpectedEOF))
	var as *db.BusyError
	if !errors.Is(err, db.Busy) || !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, db.Locked) || !errors.As(err, &as) || as.Table != "users" {
		t.Errorf("%v is not recognized", err)
	}
	if code, ok := db.CodeOf(err); code != db.Busy || !ok {
		t.Errorf("CodeOf gives %q, %t", string(code), ok)
	}
	if got := err.Error(); got != "select: 7: The table users is busy for another 1m30s" {
		t.Errorf("the text is %q", got)
	}
	if data, err := json.Marshal(busy); err != nil || string(data) != `{"table":"users","wait":90000000000}` {
		t.Errorf("the JSON is %s, %v", data, err)
	}
}

// Params may have the names of what a problem body would have.
func TestParamNames(t *testing.T) {
	err := &db.BadValueError{Type: "date", Title: "T", Status: 7, Detail: "D", Instance: "I", Code: "C", Errors: []string{"a", "b"}}
	if got := err.Error(); got != "22: C: date T of a, b has 7, D, I" {
		t.Errorf("the text is %q", got)
	}
	data, failed := json.Marshal(err)
	if want := `{"type":"date","title":"T","status":7,"detail":"D","instance":"I","code":"C","errors":["a","b"]}`; string(data) != want || failed != nil {
		t.Errorf("the JSON is %s, %v", data, failed)
	}
}

func TestLog(t *testing.T) {
	var b bytes.Buffer
	busy := &db.BusyError{Table: "users", Wait: time.Second, Key: db.Hide("hunter2")}
	slog.New(slog.NewJSONHandler(&b, nil)).Error("", "err", db.WithCause(fmt.Errorf("select: %w", busy), db.Broken))
	want := `"err":{"code":"7","category":"lock","message":"select: 7: The table users is busy for another 1s",` +
		`"params":{"table":"users","wait":1000000000},"cause":{"code":"11","category":"engine","message":"The file is damaged"}}`
	if got := b.String(); !strings.Contains(got, want) {
		t.Errorf("the log has\n%swant\n%s", got, want)
	}
}
