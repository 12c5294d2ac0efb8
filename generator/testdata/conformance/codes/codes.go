// The program holds the Go packages to codes.json, which is its argument. It
// prints what it sends for each code that it knows, for the TypeScript packages.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"codes/integers"
	"codes/strings"
)

// A vector is a code on the wire and what each package reads: a word that says
// whether it knows the code, and the code. Without a code, the list is empty.
type vector struct {
	Wire            string
	String, Integer []any
}

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var vectors []vector
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&vectors); err != nil {
		panic(err)
	}
	var sent []map[string]json.RawMessage
	for _, v := range vectors {
		body := []byte(`{"code":` + v.Wire + `}`)
		row := make(map[string]json.RawMessage)

		var s *strings.Problem
		errors.As(strings.ParseProblem(body), &s)
		check("strings", v.Wire, string(s.Code), s.Code.Name() != "", v.String)
		if s.Code.Name() != "" {
			row["strings"], _ = json.Marshal(strings.ProblemOf(s))
		}

		var i *integers.Problem
		errors.As(integers.ParseProblem(body), &i)
		check("integers", v.Wire, string(i.Code), i.Code.Name() != "", v.Integer)
		if i.Code.Name() != "" {
			row["integers"], _ = json.Marshal(integers.ProblemOf(i))
		}
		sent = append(sent, row)

		// A field of the type Code reads the same.
		var c integers.Code
		if err := json.Unmarshal([]byte(v.Wire), &c); err == nil && c != i.Code {
			fail("integers: %s is the code %q of a field, and %q of a problem", v.Wire, string(c), string(i.Code))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(sent); err != nil {
		panic(err)
	}
	if failed {
		os.Exit(1)
	}
}

func check(pkg, wire, code string, known bool, want []any) {
	switch {
	case len(want) == 0 && code != "":
		fail("%s: %s is read as the code %q, want none", pkg, wire, code)
	case len(want) > 0 && (code != fmt.Sprint(want[1]) || known != (want[0] == "known")):
		fail("%s: %s is read as the code %q, known %t, want %v", pkg, wire, code, known, want)
	}
}

var failed bool

func fail(format string, args ...any) {
	failed = true
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}
