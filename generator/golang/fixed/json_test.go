package fixed

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestUnmarshalCode(t *testing.T) {
	for data, want := range map[string]Code{
		`"200"`: OrderClosed, `200`: OrderClosed, ` 2e2 `: OrderClosed, `200.0`: OrderClosed, `20000e-2`: OrderClosed,
		`"099"`: ServerFailed, `101`: ServerFailed, `"E282204"`: SameHash, `"\u0045\u003282204"`: SameHash,
		`"9999"`: "9999", `9999`: "9999", `-32700`: "-32700", `0`: "0", `-0`: "0", `-0.0`: "0", `1e-999`: "0", `" 200"`: " 200", `""`: "", "\"a\xdd\"": "a\ufffd",
		`9007199254740991`: "9007199254740991", `-9007199254740991`: "-9007199254740991", `1E2`: ServerFailed,
	} {
		got := EveryType
		if err := json.Unmarshal([]byte(data), &got); err != nil || got != want {
			t.Errorf("%s is the code %q, %v, want %q", data, string(got), err, string(want))
		}
	}
	for _, data := range []string{
		`1.5`, `-0.5`, `9007199254740992`, `-9007199254740992`, `9007199254740993`, `1e300`, `-1e300`, `1e999`, `true`, `false`, `[]`, `["200"]`, `{}`, `{"code":"200"}`,
	} {
		got := EveryType
		if err := json.Unmarshal([]byte(data), &got); err == nil || got != EveryType || !strings.Contains(err.Error(), data) {
			t.Errorf("%s is the code %q, %v", data, string(got), err)
		}
	}
	for _, data := range []string{``, ` `, `"`, `"200`, `-`, `2e`, `nul`, `200 200`, "\"\n\"", `0x10`, `+5`, `007`} {
		got := EveryType
		if err := got.UnmarshalJSON([]byte(data)); err == nil || got != EveryType {
			t.Errorf("UnmarshalJSON of %q gives %q", data, string(got))
		}
	}
	got := EveryType
	if err := json.Unmarshal([]byte(`null`), &got); err != nil || got != EveryType {
		t.Errorf("null is the code %q, %v", string(got), err)
	}
}

// A string catalog writes its codes as strings.
func TestMarshalCode(t *testing.T) {
	if got, err := json.Marshal(OrderClosed); err != nil || string(got) != `"200"` {
		t.Errorf("got %s, %v", got, err)
	}
}

// Whatever a code is in JSON, it is the same after another way over the wire.
func FuzzUnmarshalCode(f *testing.F) {
	for _, seed := range []string{`"200"`, `200`, `-32700`, `1.5`, `-0`, `1e300`, `9007199254740991`, `9007199254740992`, `"\ud800"`, "\"\xdd\"", `null`, `[1]`, ` 1`, `0e0`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var code Code
		if json.Unmarshal(data, &code) != nil {
			return
		}
		if text := strings.TrimSpace(string(data)); text != "null" && text[0] != '"' {
			value, err := strconv.ParseFloat(text, 64)
			if err != nil || math.Abs(value) > 1<<53-1 || value != math.Trunc(value) {
				t.Errorf("%q has the code %q", data, string(code))
			}
		}
		sent, err := json.Marshal(code)
		if err != nil {
			t.Fatal(err)
		}
		var again Code
		if err := json.Unmarshal(sent, &again); err != nil || again != code {
			t.Errorf("%q has the code %q, which is sent as %s, and arrives as %q, %v", data, string(code), sent, string(again), err)
		}
	})
}
