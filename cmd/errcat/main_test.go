package main

import (
	"errors"
	"fmt"
	"io/fs"
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

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
