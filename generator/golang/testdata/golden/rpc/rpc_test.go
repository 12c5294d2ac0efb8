package rpc_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golden/rpc"
)

// Each error is the same on the client as on the server, where its code is a
// number.
func TestOverHTTP(t *testing.T) {
	for _, test := range []struct {
		err      error
		code     rpc.Code
		onTheWay string
	}{
		{rpc.ParseError, rpc.ParseError, `"code":-32700`},
		{rpc.Nothing, rpc.Nothing, `"code":0`},
		{rpc.Largest, rpc.Largest, `"code":9007199254740991`},
		{rpc.Smallest, rpc.Smallest, `"code":-9007199254740991`},
		{rpc.NewMethodNotFound("sum"), rpc.MethodNotFound, `"code":-32601,"method":"sum"`},
		{rpc.MinusOne, rpc.InternalError, `"code":-32603`}, // internal
		{rpc.Code("12345"), rpc.InternalError, `"code":-32603`},
	} {
		w := httptest.NewRecorder()
		rpc.Handler(func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("doing: %w", test.err) })(w, nil)
		body := w.Body.String()
		if !strings.Contains(body, test.onTheWay) {
			t.Errorf("%v is sent as %s", test.err, body)
		}
		if got := rpc.ReadProblem(w.Result()); !errors.Is(got, test.code) {
			t.Errorf("%v arrives as %v", test.err, got)
		}
		var e *rpc.MethodNotFoundError
		if errors.As(rpc.ParseProblem([]byte(body)), &e) && e.Method != "sum" {
			t.Errorf("the params are %+v", e)
		}
	}
}

func TestInt(t *testing.T) {
	for code, want := range map[rpc.Code]int64{
		rpc.ParseError: -32700, rpc.Nothing: 0, rpc.Largest: 1<<53 - 1, rpc.Smallest: -1<<53 + 1, "12345": 12345, "E42": 0, "": 0,
	} {
		if got := code.Int(); got != want {
			t.Errorf("Code(%q).Int() = %d, want %d", string(code), got, want)
		}
	}
}

// A body of JSON-RPC, in which the code is an integer.
func TestBodies(t *testing.T) {
	type response struct {
		Code    rpc.Code `json:"code"`
		Message string   `json:"message"`
	}
	sent, err := json.Marshal(response{rpc.ParseError, rpc.ParseError.Title()})
	if want := `{"code":-32700,"message":"Parse error"}`; err != nil || string(sent) != want {
		t.Errorf("got %s, %v, want %s", sent, err, want)
	}
	for body, want := range map[string]rpc.Code{
		`{"code":-32700}`:    rpc.ParseError,
		`{"code":"-32700"}`:  rpc.ParseError,
		`{"code":-32099}`:    rpc.InvalidRequest, // an alias
		`{"code":"7"}`:       rpc.InvalidRequest,
		`{"code":-3.26e4}`:   rpc.InvalidRequest,
		`{"code":-0}`:        rpc.Nothing,
		`{"code":12345}`:     "12345",
		`{"code":"E42"}`:     "E42",
		`{"code":null}`:      "",
		`{"code":"-32700 "}`: "-32700 ",
	} {
		var got response
		if err := json.Unmarshal([]byte(body), &got); err != nil || got.Code != want {
			t.Errorf("%s has the code %q, %v, want %q", body, string(got.Code), err, string(want))
		}
	}
	for _, body := range []string{`{"code":1.5}`, `{"code":9007199254740992}`, `{"code":-9007199254740992}`, `{"code":1e300}`, `{"code":1e999}`, `{"code":true}`, `{"code":[1]}`, `{"code":{}}`} {
		var got response
		if err := json.Unmarshal([]byte(body), &got); err == nil {
			t.Errorf("%s has the code %q", body, string(got.Code))
		}
	}
}

func TestText(t *testing.T) {
	if got := rpc.NewMethodNotFound("sum").Error(); got != "-32601: Method sum not found" {
		t.Errorf("got %s", got)
	}
	if code, ok := rpc.ParseCode("-32099"); code != rpc.InvalidRequest || !ok {
		t.Errorf("ParseCode gives %v, %t", code, ok)
	}
	if p := rpc.ProblemOf(rpc.ParseError); p.Type != "https://example.com/rpc#-32700" {
		t.Errorf("the type is %s", p.Type)
	}
}
