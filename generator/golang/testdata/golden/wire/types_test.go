package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"golden/orders"
	"golden/types"
)

// arrives returns the error that a client gets.
func arrives(t *testing.T, err error) *types.MixedError {
	t.Helper()
	resp, body := get(t, "GET", types.Handler(fails(err)))
	got := types.ReadProblem(resp)
	var as *types.MixedError
	if !errors.Is(got, types.Mixed) || !errors.As(got, &as) {
		t.Fatalf("%s gives %v", body, got)
	}
	return as
}

// same reports whether the params are the same: times the same instant with
// the same offset, an empty list the same as none.
func same(a, b *types.MixedError) bool {
	_, offsetA := a.At.Zone()
	_, offsetB := b.At.Zone()
	return a.Text == b.Text && a.Count == b.Count && math.Float64bits(a.Ratio) == math.Float64bits(b.Ratio) && a.Flag == b.Flag &&
		a.At.Equal(b.At) && offsetA == offsetB && a.Wait == b.Wait &&
		len(a.Names) == len(b.Names) && (len(a.Names) == 0 || reflect.DeepEqual(a.Names, b.Names)) &&
		len(a.IDs) == len(b.IDs) && (len(a.IDs) == 0 || reflect.DeepEqual(a.IDs, b.IDs))
}

func TestExtremes(t *testing.T) {
	huge := strings.Repeat("0123456789abcdé ", 1<<14)
	tests := map[string]*types.MixedError{
		"zero values": {},
		"maxima":      types.NewMixed(huge, math.MaxInt64, math.MaxFloat64, true, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC), math.MaxInt64, []string{huge[:1<<14], ""}, []int64{math.MaxInt64, 1<<53 + 1}),
		"minima":      types.NewMixed("", math.MinInt64, -math.MaxFloat64, false, time.Date(0, 1, 1, 0, 0, 0, 1, time.UTC), math.MinInt64, []string{}, []int64{math.MinInt64}),
		"small":       types.NewMixed("\x00", 1<<53+1, math.SmallestNonzeroFloat64, true, time.Date(2024, 2, 29, 1, 2, 3, 4, time.FixedZone("", -9*3600-30*60)), 1, []string{"a", "b, c"}, []int64{0}),
		"minus zero":  types.NewMixed(`"\/<>&'`, 0, math.Copysign(0, -1), true, time.Date(2024, 2, 29, 1, 2, 3, 4, time.FixedZone("X", 14*3600)), -1, []string{"\u2028\u2029"}, nil),
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			if got := arrives(t, want); !same(got, want) {
				t.Errorf("got %.300s, want %.300s", fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want))
			}
		})
	}
}

// Values that JSON cannot represent.
func TestRefusedValues(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		err := &types.MixedError{Text: "a", Ratio: x}
		if got := arrives(t, err); got.Ratio != 0 || got.Text != "a" {
			t.Errorf("%v arrives as %v", x, got.Ratio)
		}
		if p := types.ProblemOf(err); p.Extensions["ratio"] != nil || len(p.Extensions) != 7 {
			t.Errorf("%v is sent as %s", x, p.Extensions["ratio"])
		}
	}
	for _, year := range []int{-1, 10_000} {
		if got := arrives(t, &types.MixedError{Text: "a", At: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}); !got.At.IsZero() || got.Text != "a" {
			t.Errorf("the year %d arrives as %v", year, got.At)
		}
	}
	if got := arrives(t, &types.MixedError{Text: "a\xffb\xed\xa0\x80", Names: []string{"\xfe"}}); got.Text != "a\ufffdb\ufffd\ufffd\ufffd" || got.Names[0] != "\ufffd" {
		t.Errorf("invalid UTF-8 arrives as %q %q", got.Text, got.Names)
	}
	local := time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", 3208))
	if got := arrives(t, &types.MixedError{At: local}); !got.At.Equal(local) {
		t.Errorf("%v arrives as %v", local, got.At)
	}
	if p := types.ProblemOf(&types.MixedError{}); string(p.Extensions["names"]) != "[]" || string(p.Extensions["ids"]) != "[]" || string(p.Extensions["wait"]) != `"0s"` {
		t.Errorf("the zero values are sent as %s", p.Extensions)
	}
}

// A member of the wrong type is ignored, and the others arrive.
func TestWrongTypes(t *testing.T) {
	right := map[string]string{
		"text": `"a"`, "count": `9007199254740993`, "ratio": `1.5`, "flag": `true`, "at": `"2024-02-29T12:30:00Z"`, "wait": `"1m30s"`, "names": `["a"]`, "ids": `[1]`,
	}
	wrong := []string{`{}`, `{"a":1}`, `[{}]`, `[[]]`, `[1,"a"]`, `1.5e400`, `"no time"`, `9223372036854775808`}
	var want *types.MixedError
	for name := range right {
		for _, value := range wrong {
			if name == "text" && value[0] == '"' {
				continue
			}
			var b strings.Builder
			b.WriteString(`{"code":"MIXED"`)
			for other, raw := range right {
				if other == name {
					raw = value
				}
				fmt.Fprintf(&b, ",%q:%s", other, raw)
			}
			b.WriteString("}")
			if err := types.ParseProblem([]byte(b.String())); !errors.As(err, &want) {
				t.Errorf("%s gives %v", b.String(), err)
				continue
			}
			v := reflect.ValueOf(want).Elem()
			zeros := 0
			for i := 0; i < v.NumField(); i++ {
				if v.Field(i).IsZero() {
					zeros++
				}
			}
			if isNumber := name == "ratio" && value == `9223372036854775808`; zeros != 1 && !isNumber {
				t.Errorf("%s gives %#v", b.String(), want)
			}
		}
	}
}

// Any params arrive as they were sent.
func TestProperty(t *testing.T) {
	property := func(text string, count int64, ratio float64, flag bool, seconds int64, nanoseconds uint32, offset int16, wait time.Duration, names []string, ids []int64) bool {
		const from, to = -62167219200 + 86400, 253402300800 - 86400 // the years 0 to 9999
		at := time.Unix(from+int64(uint64(seconds)%(to-from)), int64(nanoseconds%1e9)).In(time.FixedZone("", int(offset)%(14*60)*60))
		want := types.NewMixed(text, count, ratio, flag, at, wait, names, ids)
		body, err := json.Marshal(types.ProblemOf(want))
		if err != nil {
			t.Log(err)
			return false
		}
		var got *types.MixedError
		return errors.As(types.ParseProblem(body), &got) && same(got, want) && got.Error() == want.Error()
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 3_000, Rand: rand.New(rand.NewSource(1))}); err != nil {
		t.Error(err)
	}
}

// Texts that have a meaning for a tool on the way arrive as they were sent.
func TestHostileTexts(t *testing.T) {
	texts := []string{
		"</script><script>alert(1)</script>", "a\r\nSet-Cookie: x=y\r\n\r\n", "\x1b[31m\x07\x00", "\u202e\u200f\u2028", `"},"code":"2001","x":{"`, `\u0000\\`, "%s%n{text}", "👩‍👩‍👧", strings.Repeat(`\"`, 1000),
	}
	for _, text := range texts {
		if got := arrives(t, &types.MixedError{Text: text, Names: texts}); got.Text != text || !reflect.DeepEqual(got.Names, texts) {
			t.Errorf("%q arrives as %q", text, got.Text)
		}
		resp, _ := get(t, "GET", orders.Handler(fails(orders.WithInstance(orders.WithErrors(orders.OrderClosed, orders.FieldError{Pointer: orders.Pointer("").Key(text), Detail: text}), text))))
		var p *orders.Problem
		if !errors.As(orders.ReadProblem(resp), &p) || p.Instance != text || p.Errors[0].Detail != text || resp.Header.Get("Set-Cookie") != "" {
			t.Errorf("%q arrives as %+v", text, p)
		}
	}
}

// A service that has its own catalog returns the errors of another one.
func TestTwoCatalogs(t *testing.T) {
	// Params of the catalog's own errors are for clients, also in a cause.
	stock := &orders.StockChangedError{Article: "A-17", Before: 3, After: 2}
	upstream, _ := get(t, "GET", orders.Handler(fails(stock)))
	mux := http.NewServeMux()
	served := map[string]error{
		"own":                            types.NewLoneParam("x"),
		"code":                           orders.OrderClosed,
		"params":                         stock,
		"wrapped":                        fmt.Errorf("hunter2: %w", stock),
		"cause":                          orders.WithCause(stock, types.NewLoneParam("hunter2")),
		"own cause":                      types.WithCause(orders.OrderClosed, errors.New("hunter2")),
		"only the cause is in a catalog": errors.Join(errors.New("hunter2"), orders.WithCause(errors.New("hunter2"), types.NewLoneParam("hunter2"))),
		"joined":                         errors.Join(io.EOF, orders.OrderClosed, types.LoneParam),
		"members":                        orders.WithInstance(orders.WithErrors(stock, orders.FieldError{Pointer: "/a", Detail: "D"}), "/log/1"),
		"own members":                    types.WithInstance(types.WithErrors(fmt.Errorf("hunter2: %w", stock), types.FieldError{Pointer: "/a", Detail: "D"}), "/log/1"),
		"both members":                   types.WithErrors(orders.WithErrors(orders.OrderClosed, orders.FieldError{Pointer: "/a"}), types.FieldError{Pointer: "/b"}),
		"internal":                       orders.NewAuditFailed("hunter2"),
		"unknown":                        orders.Code("hunter2"),
		"problem":                        orders.ReadProblem(upstream),
		"sensitive":                      &orders.CardRefusedError{Bank: "Bank", CardNumber: orders.Hide("hunter2")},
		"retry":                          orders.SystemError,
	}
	const (
		closed  = `{"type":"https://example.com/errors/ORDER_CLOSED#2001","title":"Order closed","status":409,"detail":"The order is closed","code":"2001"}`
		changed = `{"type":"https://example.com/errors/STOCK_CHANGED#2000","title":"Stock changed","status":409,"detail":"The stock of A-17 changed from 3 to 2","code":"2000","after":2,"article":"A-17","before":3}`
		lone    = `{"type":"about:blank","title":"Lone param","status":400,"detail":"x","code":"LONE_PARAM","text":"x"}`
		hidden  = `{"type":"about:blank","title":"Internal Server Error","status":500}`
	)
	members := strings.Replace(strings.TrimSuffix(changed, "}"), `"code"`, `"instance":"/log/1","code"`, 1) + `,"errors":[{"pointer":"/a","detail":"D"}]}`
	want := map[string]string{
		"own":                            lone,
		"code":                           closed,
		"params":                         changed,
		"wrapped":                        changed,
		"cause":                          strings.ReplaceAll(lone, `"x"`, `"hunter2"`),
		"own cause":                      closed,
		"only the cause is in a catalog": strings.ReplaceAll(lone, `"x"`, `"hunter2"`),
		"joined":                         `{"type":"about:blank","title":"Lone param","status":400,"detail":"Lone param","code":"LONE_PARAM"}`,
		"members":                        members,
		"own members":                    members,
		"both members":                   strings.TrimSuffix(closed, "}") + `,"errors":[{"pointer":"/a"},{"pointer":"/b"}]}`,
		"internal":                       hidden,
		"unknown":                        hidden,
		"problem":                        changed,
		"sensitive":                      `{"type":"https://example.com/errors/CARD_REFUSED#3000","title":"Card refused","status":402,"detail":"The card was refused by Bank","code":"3000","bank":"Bank"}`,
		"retry":                          `{"type":"https://example.com/errors/SYSTEM_ERROR#1000","title":"System error","status":500,"detail":"Something went wrong on our side","code":"1000"}`,
	}
	for name, err := range served {
		mux.HandleFunc("/"+name, types.Handler(fails(err)))
		resp, body := get(t, "GET", types.Handler(fails(err)))
		if body != want[name] {
			t.Errorf("%s is answered with\n%s, want\n%s", name, body, want[name])
		}
		if status := types.HTTPStatus(err); status != resp.StatusCode {
			t.Errorf("%s: HTTPStatus says %d, the response %d", name, status, resp.StatusCode)
		}
		if got := orders.ReadProblem(resp); name == "members" && (!errors.Is(got, orders.StockChanged) || !errors.As(got, new(*orders.StockChangedError))) {
			t.Errorf("the client of the other catalog gets %v", got)
		}
		if name == "retry" && resp.Header.Get("Retry-After") != "90" {
			t.Error("Retry-After is missing")
		}
		if code, ok := types.CodeOf(err); ok && strings.HasPrefix(string(code), "2") {
			t.Errorf("CodeOf gives the code %s of another catalog", string(code))
		}
		if allocs := testing.AllocsPerRun(100, func() { types.HTTPStatus(err) }); allocs > 0 && name != "problem" {
			t.Errorf("HTTPStatus of %s allocates %v times", name, allocs)
		}
	}
}
