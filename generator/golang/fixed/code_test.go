package fixed

import (
	"encoding/json"
	"errors"
	"log/slog"
	"sort"
	"testing"
	"time"
)

func TestCodeError(t *testing.T) {
	for code, want := range map[Code]string{
		ServerFailed: "100: Something went wrong",
		DatabaseDown: "110: Database down", // the message equals the title
		CardRefused:  "301: Card refused",  // the message has params
		"9999":       "9999",
		"":           "",
	} {
		if got := code.Error(); got != want {
			t.Errorf("Code(%q).Error() = %q, want %q", string(code), got, want)
		}
	}
}

func TestCodeMethods(t *testing.T) {
	type facts struct {
		Name, Title string
		Status      int
		Category    Category
		Retry       Retry
		RetryAfter  time.Duration
		Level       slog.Level
		Internal    bool
	}
	unknown := facts{"", "", 500, "", RetryNever, 0, slog.LevelError, false}
	for code, want := range map[Code]facts{
		ServerFailed: {"SERVER_FAILED", "Server failed", 500, CategoryServer, RetryAfter, 90 * time.Second, slog.LevelError + 4, false},
		DatabaseDown: {"DATABASE_DOWN", "Database down", 503, CategoryServer, RetryNever, 0, slog.LevelError, true},
		OrderClosed:  {"ORDER_CLOSED", "Order closed", 409, CategoryOrder, RetrySafe, 0, slog.LevelWarn, false},
		SameHash:     {"SAME_HASH", "Same hash", 409, CategoryOrder, RetryNever, 0, slog.LevelError, false},
		OtherHash:    {"OTHER_HASH", "Other hash", 410, CategoryOrder, RetryNever, 0, slog.LevelError, false},
		"ERR-268998": unknown, // has the hash of HashOfNone
		"9999":       unknown,
		"":           unknown,
	} {
		got := facts{code.Name(), code.Title(), code.HTTPStatus(), code.Category(), code.Retry(), code.RetryAfter(), code.Level(), code.Internal()}
		if got != want {
			t.Errorf("Code(%q):\n got %+v\nwant %+v", string(code), got, want)
		}
	}
}

func TestLookup(t *testing.T) {
	if !sort.SliceIsSorted(table[:], func(i, j int) bool { return table[i].hash < table[j].hash }) {
		t.Error("the table is not sorted by hash")
	}
	for i := range table {
		if e := &table[i]; hash(e.code) != e.hash || lookup(e.code) != e {
			t.Errorf("lookup does not find %q", string(e.code))
		}
	}
	if hash(SameHash) != hash(OtherHash) || hash(HashOfNone) != hash("ERR-268998") {
		t.Error("the codes that must have the same hash do not")
	}
}

// The hash is FNV-1a, which the generator computes too.
func TestHash(t *testing.T) {
	for code, want := range map[Code]uint32{"": 0x811c9dc5, "a": 0xe40c292c, "foobar": 0xbf9cf968} {
		if got := hash(code); got != want {
			t.Errorf("hash(%q) = %#x, want %#x", string(code), got, want)
		}
	}
}

func TestResponseStatus(t *testing.T) {
	for status, want := range map[int]int{100: 500, 199: 500, 200: 200, 404: 404, 599: 599} {
		if got := (&entry{status: status}).responseStatus(); got != want {
			t.Errorf("a response with the status %d has the status %d, want %d", status, got, want)
		}
	}
}

func TestParseCode(t *testing.T) {
	for _, test := range []struct {
		s    string
		code Code
		ok   bool
	}{
		{"100", ServerFailed, true},
		{"099", ServerFailed, true},
		{"101", ServerFailed, true},
		{"ERR-268999", OtherHash, true},
		{"ERR-268998", "ERR-268998", false},
		{"9999", "9999", false},
		{"", "", false},
	} {
		if code, ok := ParseCode(test.s); code != test.code || ok != test.ok {
			t.Errorf("ParseCode(%q) = %q, %t, want %q, %t", test.s, string(code), ok, string(test.code), test.ok)
		}
	}
}

// What other generated packages ask a Code for.
func TestFieldsForOtherPackages(t *testing.T) {
	type fields struct {
		status         int
		code, category string
		uri, title     string
		retryAfter     int
	}
	for code, want := range map[Code]fields{
		ServerFailed: {500, "100", "server", "https://example.com/errors/SERVER_FAILED#100", "Server failed", 90},
		OrderClosed:  {409, "200", "order", "https://example.com/errors/ORDER_CLOSED#200", "Order closed", 0},
		EarlyHints:   {500, "201", "order", "https://example.com/errors/EARLY_HINTS#201", "Early hints", 0},
		DatabaseDown: {0, "110", "server", "https://example.com/errors/DATABASE_DOWN#110", "Database down", 0},
		"9999":       {0, "9999", "", "about:blank", "Internal Server Error", 0},
	} {
		got := fields{status: code.ProblemStatus()}
		got.code, got.category = code.CatalogCode()
		got.uri, got.title, got.retryAfter = code.ProblemFields()
		if got != want {
			t.Errorf("Code(%q):\n got %+v\nwant %+v", string(code), got, want)
		}
	}
}

func TestIs(t *testing.T) {
	if !errors.Is(newCardRefused("Bank", "4111"), CardRefused) || errors.Is(newCardRefused("Bank", "4111"), OrderClosed) {
		t.Error("errors.Is does not compare codes")
	}
}

func TestParseName(t *testing.T) {
	for name, want := range map[string]Code{"ORDER_CLOSED": OrderClosed, "DATABASE_DOWN": DatabaseDown, "order_closed": "", "200": "", "": ""} {
		if got, ok := ParseName(name); got != want || ok != (want != "") {
			t.Errorf("ParseName(%q) = %q, %t, want %q", name, string(got), ok, string(want))
		}
	}
	for _, n := range otherNames {
		if got, ok := ParseName(n.name); got != n.code || !ok {
			t.Errorf("ParseName(%q) = %q, %t, want %q", n.name, string(got), ok, string(n.code))
		}
	}
	for _, code := range Codes() {
		if got, ok := ParseName(code.Name()); got != code || !ok {
			t.Errorf("ParseName(%q) = %q, %t, want %q", code.Name(), string(got), ok, string(code))
		}
	}
}

func TestCodes(t *testing.T) {
	codes := Codes()
	if len(codes) != len(table) || !sort.SliceIsSorted(codes, func(i, j int) bool { return codes[i] < codes[j] }) {
		t.Errorf("got %q", codes)
	}
	codes[0] = "changed"
	if Codes()[0] == "changed" {
		t.Error("the list is not a copy")
	}
}

func TestUnmarshalText(t *testing.T) {
	for text, want := range map[string]Code{"200": OrderClosed, "099": ServerFailed, "9999": "9999", "": ""} {
		got := EveryType
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q is the code %q, %v, want %q", text, string(got), err, string(want))
		}
	}
	var m map[Code]int
	if err := json.Unmarshal([]byte(`{"099":1}`), &m); err != nil || m[ServerFailed] != 1 {
		t.Errorf("an alias as a key is %v, %v", m, err)
	}
}
