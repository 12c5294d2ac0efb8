package naming

import (
	"strings"
	"testing"
)

// TestIdentifiers checks which identifiers a catalog can choose.
func TestIdentifiers(t *testing.T) {
	for _, test := range []struct {
		lang                     Language
		valid, reserved, invalid string
	}{
		{Go, "A Ab_1 SoldOut X9 UnknownError Wrap Is", "Code Codes At HTTPStatus", "a _A 9A A-b Ä A$ $A"},
		{TypeScript, "a A _a $a a1 a_$ any", "class Problem title JSON NaN undefined", "1a a-b ä a.b"},
	} {
		for id := range strings.FieldsSeq(test.valid) {
			if !test.lang.Valid(id) || test.lang.Reserved(id) {
				t.Errorf("%s: %s is not accepted", test.lang.Title, id)
			}
		}
		for id := range strings.FieldsSeq(test.reserved) {
			if !test.lang.Valid(id) || !test.lang.Reserved(id) {
				t.Errorf("%s: %s is not reserved", test.lang.Title, id)
			}
		}
		for _, id := range append(strings.Fields(test.invalid), "", "a b", " ") {
			if test.lang.Valid(id) {
				t.Errorf("%s: %q is accepted", test.lang.Title, id)
			}
		}
		if test.lang.Key != strings.ToLower(test.lang.Title) || test.lang.Form == "" || test.lang.Help == "" {
			t.Errorf("the language lacks something: %+v", test.lang)
		}
		// What is derived can be declared.
		for _, name := range []string{"NOT_FOUND", "_404", "class", "a.b-c", "code", "json"} {
			if id := test.lang.Constant(name); !test.lang.Valid(id) || test.lang.Reserved(id) {
				t.Errorf("%s: %s becomes %s", test.lang.Title, name, id)
			}
		}
	}
}

// TestCompanions checks what Go declares beside a constant.
func TestCompanions(t *testing.T) {
	if structure, constructor := GoStruct("NotFound"), GoConstructor("NotFound"); structure != "NotFoundError" || constructor != "NewNotFound" {
		t.Errorf("the struct is %s, the constructor %s", structure, constructor)
	}
	if got := GoCategory("order-state"); got != "CategoryOrderState" {
		t.Errorf("the category is %s", got)
	}
}
