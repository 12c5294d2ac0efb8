package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
)

// TestPrintable checks that the lines of an error are those of the errors that it
// joins, and that nothing else makes a line.
func TestPrintable(t *testing.T) {
	hostile := &fs.PathError{Op: "open", Path: "a\n::error::b\x1b[2J", Err: fs.ErrNotExist}
	const shown = `open a\n::error::b\x1b[2J: file does not exist`
	joined := errors.Join(hostile, errors.New("second\nline"))
	const lines = shown + "\n" + `second\nline`
	for _, test := range []struct {
		err  error
		want string
	}{
		{hostile, shown},
		{joined, lines},
		{fmt.Errorf("target\n%q: %w; then\n", "x", joined), `target\n"x": ` + lines + `; then\n`},
		{errors.Join(joined, errors.Join(hostile)), lines + "\n" + shown},
		{fmt.Errorf("%w\r%w", hostile, hostile), shown + `\r` + shown},
		{fmt.Errorf("%w, %w", errors.New("b"), errors.New("a\nb")), `b, a\nb`},
	} {
		if got := printable(test.err); got != test.want {
			t.Errorf("%q\nprints %s\nwant   %s", test.err, got, test.want)
		}
	}
}

// TestUsageErrors has command lines that cannot be parsed.
func TestUsageErrors(t *testing.T) {
	for line, want := range map[string]string{
		"check --diff":                "--diff needs a value; see errcat --help",
		"check -c":                    "--catalog needs a value; see errcat --help",
		"check -c -c.yaml":            "--catalog needs a value, and -c.yaml looks like a flag; if it is the value, write --catalog=-c.yaml; see errcat --help",
		"lint --format --strict":      "--format needs a value, and --strict looks like a flag; if it is the value, write --format=--strict; see errcat --help",
		"generte":                     `unknown command generte, did you mean "generate"?; see errcat --help`,
		"breaking catalog.yaml":       "unexpected argument catalog.yaml; a catalog is named with -c: errcat breaking -c catalog.yaml",
		"changelog catalog.yaml":      "unexpected argument catalog.yaml; a catalog is named with -c: errcat changelog -c catalog.yaml",
		"version catalog.yaml":        "unexpected argument catalog.yaml; see errcat --help",
		"lint -c nowhere/\xe9.yaml":   "open nowhere/\\xe9.yaml: no such file or directory",
		"fmt -c nowhere/catalog.yaml": "open nowhere/catalog.yaml: no such file or directory",
	} {
		var stderr strings.Builder
		if status := run(t.Context(), strings.Fields(line), strings.NewReader(""), io.Discard, &stderr); status != statusFailure || stderr.String() != "errcat: "+want+"\n" {
			t.Errorf("%q: exit status %d\n%s", line, status, stderr.String())
		}
	}
}

// TestHelp shows that errcat help is errcat --help.
func TestHelp(t *testing.T) {
	for line, like := range map[string]string{"help": "--help", "help check": "check --help"} {
		var got, want strings.Builder
		for out, line := range map[*strings.Builder]string{&got: line, &want: like} {
			if status := run(t.Context(), strings.Fields(line), strings.NewReader(""), out, out); status != statusOK {
				t.Errorf("%q: exit status %d", line, status)
			}
		}
		if got.String() != want.String() {
			t.Errorf("%q prints\n%s", line, got.String())
		}
	}
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
