// Package wire_test sends the errors of two catalogs over HTTP.
package wire_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"golden/orders"
	"golden/types"
)

// get sends a request to a server with the handler, over loopback, and returns
// the response with its body read.
func get(t *testing.T, method string, h http.Handler) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	req, err := http.NewRequestWithContext(context.Background(), method, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := server.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, string(body)
}

// fails returns a function for Handler that returns err.
func fails(err error) func(http.ResponseWriter, *http.Request) error {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

const problemJSON = "application/problem+json"

func TestBody(t *testing.T) {
	const (
		fallback = `{"type":"https://example.com/errors/SYSTEM_ERROR#1000","title":"System error","status":500,"detail":"Something went wrong on our side","code":"1000"}`
		closed   = `{"type":"https://example.com/errors/ORDER_CLOSED#2001","title":"Order closed","status":409,"detail":"The order is closed","code":"2001"}`
		gone     = `{"type":"https://example.com/errors/ORDER_GONE#2002","title":"Order gone","status":410,"detail":"The order 7 is gone","code":"2002","order_id":"7"}`
		changed  = `{"type":"https://example.com/errors/STOCK_CHANGED#2000","title":"Stock changed","status":409,"detail":"The stock of A-17 changed from 3 to 2","code":"2000","after":2,"article":"A-17","before":3}`
		refused  = `{"type":"https://example.com/errors/CARD_REFUSED#3000","title":"Card refused","status":402,"detail":"The card was refused by Bank","code":"3000","bank":"Bank"}`
	)
	stock := &orders.StockChangedError{Article: "A-17", Before: 3, After: 2}
	secret := errors.New("password=hunter2")
	tests := []struct {
		name string
		err  error
		want string
	}{
		{"code", orders.OrderClosed, closed},
		{"params", stock, changed},
		{"sensitive param", &orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide("4111")}, refused},
		{"wrapped code", fmt.Errorf("password=hunter2: %w", orders.OrderClosed), closed},
		{"wrapped params", fmt.Errorf("password=hunter2: %w", stock), changed},
		{"joined", errors.Join(secret, stock, orders.OrderClosed), changed},
		{"nested", fmt.Errorf("a: %w", errors.Join(secret, fmt.Errorf("b: %w", orders.NewOrderGone("7")))), gone},
		{"cause", orders.WithCause(stock, secret), changed},
		{"cause is of the catalog", orders.WithCause(orders.OrderClosed, stock), closed},
		{"nil struct", (*orders.StockChangedError)(nil), `{"type":"https://example.com/errors/STOCK_CHANGED#2000","title":"Stock changed","status":409,"detail":"Stock changed","code":"2000"}`},
		{"not in the catalog", secret, fallback},
		{"not in the catalog with a cause that is", orders.WithCause(secret, stock), changed},
		{"internal", orders.DatabaseDown, fallback},
		{"internal with params", orders.NewAuditFailed("hunter2"), fallback},
		{"internal outside", fmt.Errorf("%w, %w", orders.NewAuditFailed("hunter2"), orders.OrderClosed), fallback},
		{"unknown code", orders.Code("hunter2"), fallback},
		{"field errors of an internal error", orders.WithErrors(orders.DatabaseDown, orders.FieldError{Pointer: "/hunter2"}), fallback},
		{"instance of an internal error", orders.WithInstance(secret, "/log/1"), strings.Replace(fallback, `"code"`, `"instance":"/log/1","code"`, 1)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			resp, body := get(t, "GET", orders.Handler(fails(test.err)))
			if body != test.want {
				t.Errorf("the body is\n%s, want\n%s", body, test.want)
			}
			var members struct{ Status int }
			if err := json.Unmarshal([]byte(body), &members); err != nil || members.Status != resp.StatusCode || orders.HTTPStatus(test.err) != resp.StatusCode {
				t.Errorf("the status is %d, in the body %d, HTTPStatus says %d, %v", resp.StatusCode, members.Status, orders.HTTPStatus(test.err), err)
			}
			if resp.Header.Get("Content-Type") != problemJSON || resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("the header is %v", resp.Header)
			}
			if marshaled, err := json.Marshal(orders.ProblemOf(test.err)); err != nil || string(marshaled) != body {
				t.Errorf("ProblemOf gives\n%s, %v", marshaled, err)
			}
			var all bytes.Buffer
			if err := resp.Header.Write(&all); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(all.String()+body, "hunter2") {
				t.Errorf("the response shows too much: %s%s", all.String(), body)
			}
		})
	}
}

// A catalog without a fallback and without type_uri.
func TestBodyWithoutFallback(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{io.EOF, `{"type":"about:blank","title":"Internal Server Error","status":500}`},
		{types.Code("hunter2"), `{"type":"about:blank","title":"Internal Server Error","status":500}`},
		{types.WithErrors(types.LoneParam, types.At("/a", io.EOF)), `{"type":"about:blank","title":"Lone param","status":400,"detail":"Lone param","code":"LONE_PARAM","errors":[{"pointer":"/a","detail":"Internal Server Error"}]}`},
		{types.NewLoneParam("<a>"), `{"type":"about:blank","title":"Lone param","status":400,"detail":"\u003ca\u003e","code":"LONE_PARAM","text":"\u003ca\u003e"}`},
		{types.LoneParam, `{"type":"about:blank","title":"Lone param","status":400,"detail":"Lone param","code":"LONE_PARAM"}`},
	} {
		resp, body := get(t, "GET", types.Handler(fails(test.err)))
		if body != test.want || resp.StatusCode != types.HTTPStatus(test.err) {
			t.Errorf("%v: %d, %s", test.err, resp.StatusCode, body)
		}
	}
}

func TestStatusWithoutBody(t *testing.T) {
	for _, test := range []struct {
		err    error
		status int
	}{{orders.NoContent, 204}, {orders.NotModified, 304}} {
		resp, body := get(t, "GET", orders.Handler(fails(test.err)))
		if resp.StatusCode != test.status || orders.HTTPStatus(test.err) != test.status || body != "" || resp.Header.Get("Content-Type") != "" {
			t.Errorf("%v: %d %v %q", test.err, resp.StatusCode, resp.Header, body)
		}
	}
	resp, body := get(t, "GET", orders.Handler(fails(orders.EarlyHints)))
	if resp.StatusCode != 500 || orders.HTTPStatus(orders.EarlyHints) != 500 || !strings.Contains(body, `"status":500`) || !strings.Contains(body, `"code":"4000"`) {
		t.Errorf("103: %d %s", resp.StatusCode, body)
	}
}

func TestHead(t *testing.T) {
	h := orders.Handler(fails(orders.SystemError))
	resp, body := get(t, "GET", h)
	head, nothing := get(t, "HEAD", h)
	if nothing != "" || head.ContentLength != int64(len(body)) {
		t.Errorf("HEAD has %q and the length %d, want %d", nothing, head.ContentLength, len(body))
	}
	for _, name := range []string{"Content-Type", "Cache-Control", "Retry-After"} {
		if got, want := head.Header.Get(name), resp.Header.Get(name); got != want || want == "" {
			t.Errorf("HEAD has %s: %s, GET %s", name, got, want)
		}
	}
	if got := resp.Header.Get("Retry-After"); got != "90" {
		t.Errorf("Retry-After: %s", got)
	}
}

func TestStaleHeaders(t *testing.T) {
	resp, body := get(t, "GET", orders.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		for _, name := range []string{"Content-Encoding", "ETag", "Last-Modified", "Content-Range", "Content-Type", "Cache-Control"} {
			w.Header().Set(name, "stale")
		}
		w.Header().Set("Content-Length", "5")
		w.Header().Set("X-Request-Id", "kept")
		return orders.OrderClosed
	}))
	for name, values := range resp.Header {
		if values[0] == "stale" {
			t.Errorf("%s is stale", name)
		}
	}
	if resp.Header.Get("X-Request-Id") != "kept" || !strings.HasSuffix(body, "}") || resp.ContentLength != int64(len(body)) {
		t.Errorf("%v %s", resp.Header, body)
	}
}

func TestWriteProblemNil(t *testing.T) {
	w := httptest.NewRecorder()
	orders.WriteProblem(w, nil, nil)
	if w.Body.Len() > 0 || len(w.Header()) > 0 || orders.ProblemOf(nil) != nil {
		t.Errorf("nil is answered with %v %s", w.Header(), w.Body)
	}
	orders.WriteProblem(w, nil, orders.OrderClosed)
	if w.Code != 409 || w.Body.Len() == 0 {
		t.Errorf("without a request: %d %s", w.Code, w.Body)
	}
}

func TestPointer(t *testing.T) {
	var body orders.Pointer
	for got, want := range map[orders.Pointer]string{
		body:                                "",
		body.Key(""):                        "/",
		body.Key("a"):                       "/a",
		body.Key("a/b").Key("m~n"):          "/a~1b/m~0n",
		body.Key("~1"):                      "/~01",
		body.Key("items").Index(0):          "/items/0",
		body.Index(12).Key(" ").Key("é\"%"): "/12/ /é\"%",
	} {
		if string(got) != want {
			t.Errorf("got %q, want %q", string(got), want)
		}
	}
}

func TestFieldErrors(t *testing.T) {
	var body orders.Pointer
	first := orders.FieldError{Pointer: body.Key("items").Index(3), Detail: `"x" is not a number`}
	second := orders.FieldError{Pointer: body.Key("a/b"), Detail: "is missing"}
	third := orders.FieldError{Detail: "is too large"}
	stock := &orders.StockChangedError{Article: "A-17", Before: 3, After: 2}
	inner := orders.WithErrors(orders.WithInstance(stock, "/log/1"), first, second)
	err := orders.WithInstance(orders.WithErrors(orders.WithCause(fmt.Errorf("a: %w", inner), io.EOF), third), "/log/2")

	var as *orders.StockChangedError
	if !errors.Is(err, orders.StockChanged) || !errors.Is(err, io.EOF) || !errors.As(err, &as) || as != stock || err.Error() != "a: "+stock.Error() {
		t.Errorf("the error is not kept: %v", err)
	}
	resp, text := get(t, "GET", orders.Handler(fails(err)))
	want := `"instance":"/log/2","code":"2000","after":2,"article":"A-17","before":3,"errors":[{"pointer":"/items/3","detail":"\"x\" is not a number"},{"pointer":"/a~1b","detail":"is missing"},{"detail":"is too large"}]}`
	if !strings.HasSuffix(text, want) {
		t.Errorf("the body is\n%s, want\n%s", text, want)
	}
	var p *orders.Problem
	if !errors.As(orders.ReadProblem(resp), &p) || !reflect.DeepEqual(p.Errors, []orders.FieldError{first, second, third}) || p.Instance != "/log/2" {
		t.Errorf("the client has %+v", p)
	}
	if got := orders.ProblemOf(inner); got.Instance != "/log/1" || len(got.Errors) != 2 {
		t.Errorf("the error inside has changed: %+v", got.Errors)
	}
	if orders.WithErrors(nil, first) != nil || orders.WithInstance(nil, "/") != nil {
		t.Error("nil became an error")
	}
	text, log := logged(err)
	if !strings.Contains(text, "err.params.article=A-17") || !strings.Contains(text, "err.instance=/log/2") || !strings.Contains(log, `"errors":[{"pointer":"/items/3"`) {
		t.Errorf("the log is\n%s\n%s", text, log)
	}
}

// Handler does not change a response that has begun.
func TestHandlerBegun(t *testing.T) {
	failure := &orders.StockChangedError{Article: "A-17", Before: 3, After: 2}
	const problem = "The stock of A-17"
	tests := []struct {
		name    string
		handle  func(http.ResponseWriter)
		status  int
		body    string
		problem bool
	}{
		{"nothing", func(http.ResponseWriter) {}, 409, problem, true},
		{"header field", func(w http.ResponseWriter) { w.Header().Set("A", "b") }, 409, problem, true},
		{"status", func(w http.ResponseWriter) { w.WriteHeader(202) }, 202, "", false},
		{"write", func(w http.ResponseWriter) { _, _ = io.WriteString(w, "half") }, 200, "half", false},
		{"write nothing", func(w http.ResponseWriter) { _, _ = w.Write(nil) }, 200, "", false},
		{"early hints", func(w http.ResponseWriter) { w.WriteHeader(103) }, 409, problem, true},
		{"early hints and status", func(w http.ResponseWriter) { w.WriteHeader(103); w.WriteHeader(201) }, 201, "", false},
		{"flush", func(w http.ResponseWriter) { w.(http.Flusher).Flush() }, 200, "", false},
		{"flush by the controller", func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }, 200, "", false},
		{"copy", func(w http.ResponseWriter) { _, _ = io.Copy(w, strings.NewReader(strings.Repeat("x", 2000))) }, 200, strings.Repeat("x", 2000), false},
		{"copy nothing", func(w http.ResponseWriter) { _, _ = io.Copy(w, strings.NewReader("")) }, 409, problem, true},
		{"copy fails", func(w http.ResponseWriter) { _, _ = io.Copy(w, failing{}) }, 409, problem, true},
		{"problem", func(w http.ResponseWriter) { orders.WriteProblem(w, nil, orders.OrderClosed) }, 409, "The order is closed", false},
		{"deadline", func(w http.ResponseWriter) {
			if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Hour)); err != nil {
				t.Error(err)
			}
		}, 409, problem, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var seen []error
			h := orders.Handler(func(w http.ResponseWriter, _ *http.Request) error {
				test.handle(w)
				return failure
			}, orders.Observe(func(r *http.Request, err error) { seen = append(seen, err) }), orders.KeepTruncated())
			resp, body := get(t, "POST", h)
			if resp.StatusCode != test.status || !strings.Contains(body, test.body) || !test.problem && strings.Contains(body, problem) || test.body == "" && body != "" {
				t.Errorf("got %d %s", resp.StatusCode, body)
			}
			if len(seen) != 1 || seen[0] != failure {
				t.Errorf("the observer has seen %v", seen)
			}
		})
	}
}

// failing is a source that cannot be read.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestHandlerWithoutError(t *testing.T) {
	resp, body := get(t, "GET", orders.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "fine")
		return err
	}, orders.Observe(func(_ *http.Request, err error) { t.Errorf("the observer has seen %v", err) })))
	if resp.StatusCode != 200 || body != "fine" {
		t.Errorf("got %d %s", resp.StatusCode, body)
	}
}

func TestHandlerHijacked(t *testing.T) {
	_, body := get(t, "GET", orders.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return err
		}
		defer conn.Close()
		_, err = io.WriteString(conn, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ntaken over")
		return errors.Join(orders.OrderClosed, err)
	}))
	if body != "taken over" {
		t.Errorf("got %s", body)
	}
}

// The writer has the optional methods of the underlying writer.
func TestHandlerMethods(t *testing.T) {
	type plain struct{ http.ResponseWriter }
	recorder := httptest.NewRecorder()
	tests := []struct {
		w                http.ResponseWriter
		flushes, hijacks bool
	}{
		{plain{recorder}, false, false},
		{recorder, true, false},
		{struct {
			plain
			http.Hijacker
		}{plain{recorder}, nil}, false, true},
		{struct {
			plain
			http.Flusher
			http.Hijacker
		}{plain{recorder}, nil, nil}, true, true},
	}
	for _, test := range tests {
		orders.Handler(func(w http.ResponseWriter, _ *http.Request) error {
			_, flushes := w.(http.Flusher)
			_, hijacks := w.(http.Hijacker)
			_, copies := w.(io.ReaderFrom)
			if flushes != test.flushes || hijacks != test.hijacks || !copies {
				t.Errorf("%T: Flusher %t, Hijacker %t, ReaderFrom %t", test.w, flushes, hijacks, copies)
			}
			return nil
		})(test.w, nil)
	}
	if orders.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("flushing gives %v", err)
		}
		return orders.OrderClosed
	})(plain{recorder}, nil); recorder.Code != 409 {
		t.Errorf("a flush that did not happen hides the error: %d", recorder.Code)
	}
}

func TestHandlerPanics(t *testing.T) {
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("got %v", got)
		}
	}()
	orders.Handler(func(http.ResponseWriter, *http.Request) error { panic(http.ErrAbortHandler) })(httptest.NewRecorder(), nil)
}
