package fixed

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestPointer(t *testing.T) {
	var root Pointer
	for got, want := range map[Pointer]Pointer{
		root:                                "",
		root.Key(""):                        "/",
		root.Key("a/b").Key("m~n"):          "/a~1b/m~0n",
		root.Key("~1"):                      "/~01",
		root.Key("items").Index(0).Key("é"): "/items/0/é",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// sentErrors returns the member errors as it is sent.
func sentErrors(t *testing.T, err error) string {
	t.Helper()
	var p struct{ Errors json.RawMessage }
	if err := json.Unmarshal([]byte(body(t, err)), &p); err != nil {
		t.Fatal(err)
	}
	return string(p.Errors)
}

func TestElements(t *testing.T) {
	const (
		closed   = `"detail":"Order closed","code":"200"`
		refused  = `"detail":"The card was refused by Bank","code":"301","params":{"bank":"Bank"}`
		fallback = `"detail":"Something went wrong","code":"100"`
	)
	card := newCardRefused("Bank", "hunter2")
	tests := []struct {
		name string
		e    FieldError
		want string
	}{
		{"code", At("/a", OrderClosed), `{"pointer":"/a",` + closed + `}`},
		{"the whole body", At("", OrderClosed), `{` + closed + `}`},
		{"parameter", AtParameter("page", OrderClosed), `{"parameter":"page",` + closed + `}`},
		{"header", AtHeader("X-Id", OrderClosed), `{"header":"X-Id",` + closed + `}`},
		{"struct", At("/a", card), `{"pointer":"/a",` + refused + `}`},
		{"wrapped", At("/a", WithCause(errors.Join(io.EOF, card), io.EOF)), `{"pointer":"/a",` + refused + `}`},
		{"its own text", FieldError{Pointer: "/a", Detail: "D", Err: card}, `{"pointer":"/a","detail":"D",` + refused[strings.Index(refused, `"code"`):] + `}`},
		{"its own text of an internal error", FieldError{Pointer: "/a", Detail: "D", Err: DatabaseDown}, `{"pointer":"/a","detail":"D","code":"100"}`},
		{"text only", FieldError{Pointer: "/a", Detail: "D"}, `{"pointer":"/a","detail":"D"}`},
		{"internal", At("/a", NewAuditFailed("hunter2")), `{"pointer":"/a",` + fallback + `}`},
		{"not in the catalog", At("/a", errors.New("hunter2")), `{"pointer":"/a",` + fallback + `}`},
		{"unknown code", At("/a", Code("hunter2")), `{"pointer":"/a",` + fallback + `}`},
		{"received unknown code", At("/a", ParseProblem([]byte(`{"code":"hunter2","detail":"hunter2"}`))), `{"pointer":"/a",` + fallback + `}`},
		{"received", At("/a", ParseProblem([]byte(`{"code":"301","detail":"D","bank":"B"}`))), `{"pointer":"/a","detail":"D","code":"301","params":{"bank":"B"}}`},
		{"another package", At("/a", otherCode("7")), `{"pointer":"/a","detail":"Other","type":"https://example.org/7","code":"7"}`},
		{"extensions", FieldError{Pointer: "/a", Extensions: map[string]json.RawMessage{"y": []byte("1"), "x": []byte("{}"), "bad": []byte("{")}}, `{"pointer":"/a","x":{},"y":1}`},
		{"foreign", FieldError{Foreign: []byte(`"x"`)}, `"x"`},
	}
	for _, test := range tests {
		if got := sentErrors(t, WithErrors(OrderClosed, test.e)); got != "["+test.want+"]" {
			t.Errorf("%s:\n got %s\nwant [%s]", test.name, got, test.want)
		}
	}

	// In a problem of another catalog, and alone, the elements of this one have types.
	typed := strings.Replace(refused, `"code"`, `"type":"https://example.com/errors/CARD_REFUSED#301","code"`, 1)
	if got := sentErrors(t, WithErrors(otherCode("1"), At("/a", card), At("/b", otherCode("7")))); got != `[{"pointer":"/a",`+typed+`},{"pointer":"/b","detail":"Other","type":"https://example.org/7","code":"7"}]` {
		t.Errorf("in a problem of another catalog: %s", got)
	}
	// A client of yet another catalog must not take them for its own.
	if got := sentErrors(t, WithErrors(typelessCode("200"), At("/a", card), At("/b", typelessCode("7")))); got != `[{"pointer":"/a",`+typed+`},{"pointer":"/b","detail":"Typeless"}]` {
		t.Errorf("in a problem without a type: %s", got)
	}
	alone, err := json.Marshal(At("/a", card))
	if err != nil || string(alone) != `{"pointer":"/a",`+typed+`}` {
		t.Errorf("alone: %s, %v", alone, err)
	}
	var read FieldError
	if err := json.Unmarshal(alone, &read); err != nil || read.Pointer != "/a" || !errors.Is(read.Err, CardRefused) {
		t.Errorf("%s becomes %+v, %v", alone, read, err)
	}
}

// An error at a place is the same error on the client.
func TestElementsArrive(t *testing.T) {
	card := newCardRefused("Bank", "hunter2")
	err := ParseProblem([]byte(body(t, WithErrors(OrderClosed, At("/a", card), AtParameter("b", SameHash), AtHeader("c", otherCode("7")), FieldError{Pointer: "/d", Detail: "D"}))))
	var p *Problem
	if !errors.As(err, &p) || len(p.Errors) != 4 {
		t.Fatalf("got %+v", p)
	}
	var arrived *CardRefusedError
	if e := p.Errors[0]; e.Pointer != "/a" || e.Extensions != nil || e.Err.(*Problem).Type != CardRefused.TypeURI() || !errors.Is(e.Err, CardRefused) || !errors.As(e.Err, &arrived) || arrived.Bank != "Bank" || e.Err.Error() != card.Error() {
		t.Errorf("got %+v", e)
	}
	if e := p.Errors[1]; e.Parameter != "b" || !errors.Is(e.Err, SameHash) || e.Detail != "Same hash" {
		t.Errorf("got %+v", e)
	}
	if e := p.Errors[2]; e.Header != "c" || !errors.Is(e.Err, otherCode("7")) || errors.Is(e.Err, Code("7")) {
		t.Errorf("got %+v", e)
	}
	if e := p.Errors[3]; e.Err != nil || e.Detail != "D" {
		t.Errorf("got %+v", e)
	}
	if errors.Is(err, CardRefused) || errors.As(err, &arrived) {
		t.Error("errors.Is looks into the elements")
	}
}

// What another program has sent is sent again as it came.
func TestForeignElements(t *testing.T) {
	for _, errs := range []string{
		`[{"parameter":"page"}]`,
		`[{"name":"email","reason":"is missing"}]`,
		`["is missing",7,null,[]]`,
		`{"Email":["is missing"],"":[]}`,
		`"is missing"`,
		`[{"pointer":"/a","detail":"A","code":"9999","params":{"a":1},"z":2}]`,
		`[{"detail":7,"pointer":["a"]}]`,
		`[{"params":{"a":1}}]`,
		`[{"code":null,"detail":null,"header":null,"parameter":null,"pointer":null,"type":null}]`,
		`[{"detail":"A","type":"https://elsewhere.example/x"}]`,
		`[{"detail":"A","type":"https://elsewhere.example/x","code":true}]`,
	} {
		for _, uri := range []string{"", `"type":"https://elsewhere.example/errors#1",`} {
			sent := `{` + uri + `"title":"T","code":"200","errors":` + errs + `}`
			got, err := json.Marshal(ParseProblem([]byte(sent)))
			if want := strings.Replace(sent, `"type":"about:blank",`, ``, 1); err != nil || strings.Replace(string(got), `"type":"about:blank",`, ``, 1) != want {
				t.Errorf("%s is sent again as %s, %v", sent, got, err)
			}
		}
	}
}

// Elements of a problem belong to its catalog, unless they have a type.
func TestElementsOfAnotherCatalog(t *testing.T) {
	body := `{"type":"https://example.org/1","code":"1","errors":[{"pointer":"/a","code":"200"},{"pointer":"/b","type":"https://example.com/errors/ORDER_CLOSED#200","code":"200"}]}`
	var p *Problem
	if !errors.As(ParseProblem([]byte(body)), &p) || len(p.Errors) != 2 {
		t.Fatal(p)
	}
	if err := p.Errors[0].Err; errors.Is(err, OrderClosed) || !errors.Is(err, otherCode("200")) {
		t.Errorf("an element without a type is %v", err)
	}
	if err := p.Errors[1].Err; !errors.Is(err, OrderClosed) || errors.Is(err, otherCode("200")) {
		t.Errorf("an element with a type is %v", err)
	}
	again, err := json.Marshal(p)
	if err != nil || string(again) != body {
		t.Errorf("%s is sent again as %s, %v", body, again, err)
	}
}

// The errors inside of errors of other packages and of received problems are
// read and written again on the way.
func TestElementsOfOtherPackages(t *testing.T) {
	elements := []json.RawMessage{
		[]byte(`{"pointer":"/a","detail":"A","type":"https://example.org/7","code":"7"}`), []byte(`{"pointer":"/b","detail":"B"}`), []byte(`7`),
	}
	got := sentErrors(t, WithErrors(otherMembers{OrderClosed, elements}, At("/c", OrderClosed)))
	want := `[{"pointer":"/a","detail":"Something went wrong","code":"100"},{"pointer":"/b","detail":"B"},7,{"pointer":"/c","detail":"Order closed","code":"200"}]`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
