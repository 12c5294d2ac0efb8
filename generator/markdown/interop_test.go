//go:build interop

package markdown_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/interoptest"
)

// TestLargeSites builds sites of 1,000 pages with the builders of TestSites.
func TestLargeSites(t *testing.T) {
	large := load.Source(t, catalogtest.YAML(1000))
	var times []string
	for _, s := range sites(t) {
		t.Run(s.name, func(t *testing.T) {
			dir := s.folder(t)
			writeAll(t, filepath.Join(dir, s.pages, "hostile-pages"), s.generate(t, large, true))
			start := time.Now()
			cpu := s.run(t, dir)
			times = append(times, fmt.Sprintf("%s in %.0f s (CPU %.0f s)", s.name, time.Since(start).Seconds(), cpu.Seconds()))
		})
	}
	interoptest.Report(t, "%s", strings.Join(times, ", "))
}
