package search_test

import (
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/search"
)

// BenchmarkExplain measures what errcat explain does after it has loaded a catalog
// of 10,000 codes, and loading it.
func BenchmarkExplain(b *testing.B) {
	source := catalogtest.YAML(10_000)
	c := load.Source(b, source)
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			catalog.Load("catalog.yaml", source)
		}
	})
	for _, bench := range []struct{ name, query string }{
		{"code", c.Errors[9_000].Code},
		{"log line", "time=2026-10-01T12:00:00Z level=ERROR msg=failed err.code=" + c.Errors[9_000].Code},
		{"message", "level=ERROR msg=" + c.Errors[9_000].Message.Text()},
		{"words", "nothing of that kind"},
		{"mistyped", c.Errors[9_000].Name + "X"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				search.Over(c).Find(bench.query)
			}
		})
	}
}
