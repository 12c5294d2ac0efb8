package wire_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"golden/db"
	"golden/orders"
)

// Errors of a catalog without HTTP, and those of one with HTTP, in one program.
func TestCatalogWithoutHTTP(t *testing.T) {
	const (
		fallback = `{"type":"https://example.com/errors/SYSTEM_ERROR#1000","title":"System error","status":500,"detail":"Something went wrong on our side","code":"1000"}`
		closed   = `{"type":"https://example.com/errors/ORDER_CLOSED#2001","title":"Order closed","status":409,"detail":"The order is closed","code":"2001"}`
	)
	busy := &db.BusyError{Table: "hunter2", Wait: time.Second, Key: db.Hide("hunter2")}
	for _, test := range []struct {
		name   string
		err    error
		want   string
		status int
	}{
		{"code", db.Locked, fallback, 500},
		{"struct", busy, fallback, 500},
		{"wrapped", fmt.Errorf("hunter2: %w", busy), fallback, 500},
		{"instance", orders.WithInstance(busy, "/log/1"), strings.Replace(fallback, `"code"`, `"instance":"/log/1","code"`, 1), 500},
		{"before an error with HTTP", errors.Join(busy, orders.OrderClosed), closed, 409},
		{"cause of an error with HTTP", orders.WithCause(orders.OrderClosed, busy), closed, 409},
		{"cause by the other package", db.WithCause(orders.OrderClosed, busy), closed, 409},
		{"an error with HTTP is the cause", db.WithCause(busy, orders.OrderClosed), closed, 409},
	} {
		resp, body := get(t, "GET", orders.Handler(fails(test.err)))
		if body != test.want || resp.StatusCode != test.status || orders.HTTPStatus(test.err) != test.status {
			t.Errorf("%s: %d, %d, %s", test.name, resp.StatusCode, orders.HTTPStatus(test.err), body)
		}
	}
}

func TestIsAndAsOfTwoCatalogs(t *testing.T) {
	stock := &orders.StockChangedError{Article: "A-17", Before: 3, After: 2}
	busy := &db.BusyError{Table: "users", Wait: time.Second, Key: db.Hide("hunter2")}
	for _, err := range []error{
		orders.WithCause(stock, busy), db.WithCause(stock, busy), orders.WithCause(busy, stock), db.WithCause(fmt.Errorf("a: %w", busy), stock), errors.Join(busy, stock),
	} {
		var asStock *orders.StockChangedError
		var asBusy *db.BusyError
		if !errors.Is(err, orders.StockChanged) || !errors.Is(err, db.Busy) || !errors.As(err, &asStock) || !errors.As(err, &asBusy) || asStock != stock || asBusy != busy {
			t.Errorf("%#v is not recognized", err)
		}
		ofOrders, ok := orders.CodeOf(err)
		ofDB, also := db.CodeOf(err)
		if ofOrders != orders.StockChanged || ofDB != db.Busy || !ok || !also {
			t.Errorf("%#v has the codes %q and %q", err, string(ofOrders), string(ofDB))
		}
	}
	// The same text is another code in another catalog.
	if errors.Is(db.Code("2001"), orders.OrderClosed) || errors.Is(orders.OrderClosed, db.Code("2001")) {
		t.Error("codes of two catalogs are the same error")
	}
}

// Either package logs the errors of the other one.
func TestLogOfTwoCatalogs(t *testing.T) {
	busy := &db.BusyError{Table: "users", Wait: time.Second, Key: db.Hide("hunter2")}
	card := &orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide("hunter2")}
	const (
		ofBusy = `{"code":"7","category":"lock","message":"a: 7: The table users is busy for another 1s","params":{"table":"users","wait":1000000000},"cause":"EOF"}`
		ofCard = `{"code":"3000","category":"payment","message":"a: 3000: The card was refused by Bank","params":{"bank":"Bank"},"cause":"EOF"}`
	)
	for _, test := range []struct {
		err  error
		want string
	}{
		{orders.WithCause(fmt.Errorf("a: %w", busy), io.EOF), ofBusy},
		{db.WithCause(fmt.Errorf("a: %w", busy), io.EOF), ofBusy},
		{orders.WithCause(fmt.Errorf("a: %w", card), io.EOF), ofCard},
		{db.WithCause(fmt.Errorf("a: %w", card), io.EOF), ofCard},
	} {
		var b bytes.Buffer
		slog.New(slog.NewJSONHandler(&b, nil)).Error("", "err", test.err)
		if got := b.String(); !strings.Contains(got, `"err":`+test.want) {
			t.Errorf("the log has\n%swant\n%s", got, test.want)
		}
	}
}
