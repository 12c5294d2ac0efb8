package naming

import "testing"

func TestIdentifier(t *testing.T) {
	for _, test := range []struct{ language, name, want string }{
		{"java", "class", "class_"}, {"java", "CLASS", "CLASS"}, {"php", "CLASS", "CLASS_"}, {"python", "None", "None_"}, {"rust", "Self", "Self_"},
		{"swift", "default", "default_"}, {"kotlin", "when", "when_"}, {"go", "string", "string_"}, {"typescript", "enum", "enum_"}, {"ruby", "END", "END_"},
		{"csharp", "lock", "lock_"}, {"dart", "is", "is_"}, {"c", "errno", "errno_"}, {"javascript", "new", "new_"},
		{"java", "1a", "_1a"}, {"java", "a.b-c", "a_b_c"}, {"java", "é", "__"}, {"java", "", "__"}, {"java", "_", "__"}, {"java", "a\"; x", "a___x"},
	} {
		if got, err := Identifier(test.language, test.name); got != test.want || err != nil {
			t.Errorf("%s, %q: %q, %v, want %q", test.language, test.name, got, err, test.want)
		}
	}
	if _, err := Identifier("klingon", "a"); err == nil {
		t.Error("an unknown language has identifiers")
	}
}
