package names_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"golden/names"
)

func TestNames(t *testing.T) {
	tests := []struct {
		err  error
		code names.Code
		want string
	}{
		{names.NewCodeCode("a", 1, true, 2), names.CodeCode, "Code: a1true2"},
		{names.NewError("a", 1, 2, true, time.Unix(0, 0).UTC(), time.Second, []string{"b"}, []int64{3}), names.Error, "1: a12true1970-01-01T00:00:00Z1sb3"},
		{names.NewString([]string{"a"}, time.Unix(0, 0).UTC(), time.Second, nil, 1), names.String, "2: a1970-01-01T00:00:00Z1s1"},
		{names.NewNil("a", 1, true, 2, 0, []string{"b"}), names.Nil, "22: a1true20sb"},
		{names.HTTPStatusCode, names.HTTPStatusCode, "17: HTTP status"},
	}
	for _, test := range tests {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
		if !errors.Is(test.err, test.code) {
			t.Errorf("%v is not %q", test.err, string(test.code))
		}
	}
}

// Two codes of the catalog have the same hash, and one has that of a code which
// the catalog does not have.
func TestHash(t *testing.T) {
	for code, want := range map[names.Code]string{names.SameHash: "same_hash", names.Hash: "hash", names.HashOfNone: "hash_of_none", "ERR-268998": ""} {
		if got := code.Name(); got != want {
			t.Errorf("%q has the name %q, want %q", string(code), got, want)
		}
		if _, ok := names.ParseCode(string(code)); ok != (want != "") {
			t.Errorf("ParseCode(%q) reports %t", string(code), ok)
		}
	}
	if same, other := names.SameHash.HTTPStatus(), names.Hash.HTTPStatus(); same != 400 || other != 499 {
		t.Errorf("the status is %d and %d", same, other)
	}
}

// Params are told apart from the members of a problem by their case.
func TestMembers(t *testing.T) {
	body, err := json.Marshal(names.ProblemOf(&names.MembersError{Title: "a", Links: []string{"b", "c"}, SKU: "d", Proto: "e", E1st: 6}))
	if err != nil {
		t.Fatal(err)
	}
	const want = `"title":"Members","status":400,"detail":"ab, cde6","code":"26","SKU":"d","Title":"a","_1st":6,"__proto__":"e","_links":["b","c"]}`
	if _, got, _ := strings.Cut(string(body), `,`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var e *names.MembersError
	if !errors.As(names.ParseProblem(body), &e) || e.Error() != "26: ab, cde6" {
		t.Errorf("read %v from %s", e, body)
	}
}
