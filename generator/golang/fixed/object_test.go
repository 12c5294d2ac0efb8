package fixed

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
)

// FuzzSplitObject compares the members with those that encoding/json finds.
func FuzzSplitObject(f *testing.F) {
	for _, seed := range []string{
		``, ` `, `null`, `[]`, `{`, `{}`, ` { } `, `{"a":1}`, `{"a" : [ 1 , {"b":"]}"} ] , "c":"\\\"" , "a":2}`, `{"\u0061":1,"a":2}`, `{"a":1}x`, `{"a":-1.5e+3,"b":true,"c":null}`,
		`{"":{}}`, `{"a":[[]],"b":[{}]}`, "{\"a\":\"\t\"}", `{"a":"}`, `{"a"}`, `{"é":"\ud800"}`, strings.Repeat(`{"a":`, 20_000), strings.Repeat(`{"a":`, 9_000) + "1" + strings.Repeat("}", 9_000),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		data = []byte(strings.ToValidUTF8(string(data), "\ufffd")) // as UnmarshalJSON does
		var want map[string]json.RawMessage
		isObject := json.Unmarshal(data, &want) == nil && want != nil
		got, ok := splitObject(data)
		if ok != isObject || isObject && !reflect.DeepEqual(got, want) {
			t.Errorf("%q has the members %s, %t, want %s", data, got, ok, want)
		}
		before := make(map[string]json.RawMessage)
		eachMemberBefore(data, func(name, value []byte) { before[string(name)] = value })
		if isObject && !reflect.DeepEqual(before, want) {
			t.Errorf("%q has the members %s before its end, want %s", data, before, want)
		}
	})
}

// The members are parts of the data that cannot grow into each other.
func TestSplitObjectDoesNotAlias(t *testing.T) {
	members, _ := splitObject([]byte(`{"a":1,"b":2}`))
	_ = append(members["a"], "xxxxx"...)
	if string(members["b"]) != "2" {
		t.Errorf("b has become %s", members["b"])
	}
}

func TestReadInteger(t *testing.T) {
	for raw, want := range map[string]int64{
		"0": 0, "-0": 0, "2": 2, "2.0": 2, "2e0": 2, "20e-1": 2, "-2E0": -2, "1e3": 1000, "9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64,
		"9007199254740991.0": 1<<53 - 1, "-9007199254740991e0": -(1<<53 - 1), "1e-999": 0,
	} {
		if got, ok := readInteger([]byte(raw)); got != want || !ok {
			t.Errorf("%s is %d, %t, want %d", raw, got, ok, want)
		}
	}
	for _, raw := range []string{"", "null", "true", `"2"`, "[]", "{}", "2.5", "1e-1", "9223372036854775808", "9007199254740992.0", "1e300", "1e999", "-1e999"} {
		if got, ok := readInteger([]byte(raw)); ok {
			t.Errorf("%q is %d", raw, got)
		}
	}
}

// FuzzAppendString compares a string with that of encoding/json.
func FuzzAppendString(f *testing.F) {
	for _, seed := range []string{"", "a", `"\<>&`, "é\u2028\u2029", "\x00\x1f\x7f", "\xff", "\U0001F600"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendString([]byte("x"), s); string(got) != "x"+string(want) {
			t.Errorf("%q is %s, want %s", s, got[1:], want)
		}
	})
}
