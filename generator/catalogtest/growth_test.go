package catalogtest_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
)

// recorder is a test that records its errors.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, _ ...any) { r.errors = append(r.errors, format) }

func TestGrowsLinearly(t *testing.T) {
	var kept [][]byte
	// allocate makes the given number of allocations of the given size.
	allocate := func(times, size int) {
		kept = kept[:0]
		for range times {
			kept = append(kept, make([]byte, size))
		}
	}
	for name, test := range map[string]struct {
		work func(codes int)
		want []string // prefixes of the errors
	}{
		"linear":             {work: func(codes int) { allocate(codes, 64) }},
		"a fixed cost":       {work: func(codes int) { allocate(1000+codes, 64) }},
		"nothing":            {work: func(int) {}},
		"quadratic in count": {work: func(codes int) { allocate(codes*codes/1000, 16) }, want: []string{"allocations", "bytes"}},
		"quadratic in bytes": {work: func(codes int) { allocate(codes/10, codes) }, want: []string{"bytes"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{TB: t}
			catalogtest.GrowsLinearly(r, func(source []byte) func() {
				codes := bytes.Count(source, []byte("\n    code: "))
				return func() { test.work(codes) }
			})
			if len(r.errors) != len(test.want) {
				t.Fatalf("errors %q, want %q", r.errors, test.want)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(r.errors[i], want) {
					t.Errorf("error %q, want prefix %s", r.errors[i], want)
				}
			}
		})
	}
}
