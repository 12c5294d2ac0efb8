package integer

import (
	"encoding/json"
	"testing"
)

func TestCode(t *testing.T) {
	for _, test := range []struct {
		code  Code
		value int64
		json  string
	}{
		{"0", 0, `0`},
		{"7", 7, `7`},
		{"-32700", -32700, `-32700`},
		{"9007199254740991", 9007199254740991, `9007199254740991`},
		{"-9007199254740991", -9007199254740991, `-9007199254740991`},
		{"9007199254740992", 0, `"9007199254740992"`},
		{"-9007199254740992", 0, `"-9007199254740992"`},
		{"99999999999999999999", 0, `"99999999999999999999"`},
		{"", 0, `""`},
		{"-", 0, `"-"`},
		{"-0", 0, `"-0"`},
		{"+5", 0, `"+5"`},
		{"007", 0, `"007"`},
		{"1.0", 0, `"1.0"`},
		{"1e3", 0, `"1e3"`},
		{"0x10", 0, `"0x10"`},
		{"1_000", 0, `"1_000"`},
		{" 5", 0, `" 5"`},
		{"E42", 0, `"E42"`},
		{"1}", 0, `"1}"`},
		{"\u0665", 0, `"` + "\u0665" + `"`},
	} {
		if got := test.code.Int(); got != test.value {
			t.Errorf("Code(%q).Int() = %d, want %d", string(test.code), got, test.value)
		}
		if got, err := json.Marshal(test.code); err != nil || string(got) != test.json {
			t.Errorf("Code(%q) is sent as %s, %v, want %s", string(test.code), got, err, test.json)
		}
	}
	if got, err := json.Marshal(map[Code][]Code{"-1": {"0"}}); err != nil || string(got) != `{"-1":[0]}` {
		t.Errorf("a map is sent as %s, %v", got, err)
	}
}
