package types_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"golden/types"
)

func TestMessages(t *testing.T) {
	berlin := time.FixedZone("", 2*60*60)
	tests := []struct {
		name string
		err  error
		want string
	}{
		{
			"zero values", &types.MixedError{},
			"MIXED: |0|0|false|0001-01-01T00:00:00Z|0s||",
		},
		{
			"usual values",
			types.NewMixed("a b", 42, 1.5, true, time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC), 90*time.Second, []string{"a", "b"}, []int64{1, 2, 3}),
			"MIXED: a b|42|1.5|true|2024-02-29T12:30:00Z|1m30s|a, b|1, 2, 3",
		},
		{
			"extremes",
			types.NewMixed("%s %!d(x) {count}", math.MaxInt64, math.Inf(1), true, time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, berlin), math.MinInt64, []string{"", "a, b"}, []int64{math.MinInt64, math.MaxInt64}),
			"MIXED: %s %!d(x) {count}|9223372036854775807|Infinity|true|9999-12-31T23:59:59.999999999+02:00|-2562047h47m16.854775808s|, a, b|-9223372036854775808, 9223372036854775807",
		},
		{
			"negative values",
			types.NewMixed("", math.MinInt64, math.Inf(-1), false, time.Unix(0, 1000).UTC(), -1500*time.Millisecond, []string{}, []int64{-1}),
			"MIXED: |-9223372036854775808|-Infinity|false|1970-01-01T00:00:00.000001Z|-1.5s||-1",
		},
		{
			"any order, repeated, with a percent sign and braces",
			&types.TenParamsError{A: "A", B: "B", C: 3, D: 4, E: 5, F: true, J: []string{"J", "K"}},
			"TEN_PARAMS: 3AAJ, K, 100% of B {not_a_param}",
		},
		{"params outside of the message", types.NewUnusedParam(math.NaN()), "UNUSED_PARAM: 100% static, %s and {braces}"},
		{"nothing but a param", types.NewLoneParam("%v"), "LONE_PARAM: %v"},
		{"names of methods", types.NewMethodNames("%s", 1, true, 0.5), "METHOD_NAMES: %s|1|true|0.5"},
		{"names of methods in a literal", &types.MethodNamesError{Format: "%s", ErrorValue: 1, UnwrapValue: true, LogValueValue: 0.5}, "METHOD_NAMES: %s|1|true|0.5"},
		{"static message", types.UnusedParam, "UNUSED_PARAM: 100% static, %s and {braces}"},
	}
	for _, test := range tests {
		if got := test.err.Error(); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// A sensitive param of any type is hidden by the constructor.
func TestSensitive(t *testing.T) {
	at, names, ids := time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC), []string{"hunter2"}, []int64{42}
	err := types.NewAllSensitive("hunter2", 42, 4.5, true, at, time.Second, names, ids)
	if got := err.Error(); got != "ALL_SENSITIVE: All sensitive" {
		t.Errorf("the message is %s", got)
	}
	got := []any{
		err.Text.Reveal(), err.Count.Reveal(), err.Ratio.Reveal(), err.Flag.Reveal(), err.At.Reveal(), err.Wait.Reveal(), err.Names.Reveal(), err.IDs.Reveal(),
	}
	if want := []any{"hunter2", int64(42), 4.5, true, at, time.Second, names, ids}; !reflect.DeepEqual(got, want) {
		t.Errorf("the params are %v, want %v", got, want)
	}
	if got := fmt.Sprintf("%+v", *err); strings.Count(got, "[redacted]") != 8 || !strings.Contains(got, "{Text:[redacted] Count:[redacted] ") {
		t.Errorf("a copy is %s", got)
	}
	if body, err := json.Marshal(err); string(body) != `{}` {
		t.Errorf("the error is %s in JSON, %v", body, err)
	}
	literal := &types.AllSensitiveError{Names: types.Hide(names)}
	if !literal.Names.Equal(err.Names) || literal.IDs.Equal(err.IDs) || literal.IDs.Reveal() != nil {
		t.Error("a literal hides other params")
	}
}

// The forms are those of String(x) in ECMAScript.
func TestNumbers(t *testing.T) {
	for x, want := range map[float64]string{
		0:                      "0",
		math.Copysign(0, -1):   "0",
		math.NaN():             "NaN",
		1e20:                   "100000000000000000000",
		1e21:                   "1e+21",
		123456789012345680000:  "123456789012345680000",
		1.2345678901234568e+21: "1.2345678901234568e+21",
		-1e21:                  "-1e+21",
		1e-6:                   "0.000001",
		1e-7:                   "1e-7",
		-1.5e-7:                "-1.5e-7",
		1.5e-10:                "1.5e-10",
		math.MaxFloat64:        "1.7976931348623157e+308",
		5e-324:                 "5e-324",
		0.1:                    "0.1",
		0.30000000000000004:    "0.30000000000000004",
		math.MaxInt64:          "9223372036854776000",
		9007199254740993:       "9007199254740992",
	} {
		err := &types.MixedError{Ratio: x}
		if got := err.Error(); got != "MIXED: |0|"+want+"|false|0001-01-01T00:00:00Z|0s||" {
			t.Errorf("%g reads %s, want %s", x, got, want)
		}
	}
}

func TestLog(t *testing.T) {
	var b bytes.Buffer
	err := types.NewMixed("a", 1, math.NaN(), true, time.Time{}, time.Second, nil, []int64{1})
	slog.New(slog.NewJSONHandler(&b, nil)).Error("failed", "err", err)
	var line struct {
		Err struct {
			Params map[string]any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &line); err != nil {
		t.Fatalf("%v in %s", err, b.Bytes())
	}
	for _, name := range []string{"text", "count", "ratio", "flag", "at", "wait", "names", "ids"} {
		if _, ok := line.Err.Params[name]; !ok {
			t.Errorf("the param %s is missing in %s", name, b.Bytes())
		}
	}
}
