package yamldoc

import (
	"testing"

	"gopkg.in/yaml.v3"
)

// TestSpell quotes what some reader takes for something else than a string.
func TestSpell(t *testing.T) {
	for _, plain := range []string{"a", "OUT_OF_STOCK", "a b", "a:b", "it's", "E", "E0308x", "e_1", "n1"} {
		if got := Spell(plain, true); got != plain {
			t.Errorf("%q is written as %s", plain, got)
		}
	}
	for _, s := range []string{"", "1", "true", "Off", "n", "NULL", "~", "E0308", "e1", "E-5", "a: b", "a #b", "a ", "- a", "a,b", "a\nb", `"`, "é"} {
		got := Spell(s, true)
		var list []string
		if err := yaml.Unmarshal([]byte("["+got+"]"), &list); err != nil || got[0] != '"' || len(list) != 1 || list[0] != s {
			t.Errorf("%q is written as %s and read as %q (%v)", s, got, list, err)
		}
	}
}
