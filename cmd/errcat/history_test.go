package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/gittest"
)

// TestManyVersions reads the history of catalogs with few and many versions: no command
// needs more processes for more of them, which would be the slow part.
func TestManyVersions(t *testing.T) {
	for _, args := range [][]string{{"breaking", "--history"}, {"reserve", "--history", "--dry-run"}} {
		var before int
		for _, versions := range []int{150, 600} {
			repo := gittest.ManyVersions(t, versions, 40)
			t.Chdir(repo.Dir)
			trace := filepath.Join(t.TempDir(), "trace")
			t.Setenv("GIT_TRACE2_EVENT", trace)
			_, stdout, stderr := command(args...)
			mustDo(t, os.Unsetenv("GIT_TRACE2_EVENT"))
			if !strings.Contains(stdout, "code-reused") && !strings.Contains(stdout, "+  - {") {
				t.Errorf("%s: %d versions: nothing was found:\n%s%s", args, versions, stdout, stderr)
			}
			data, err := os.ReadFile(trace)
			mustDo(t, err)
			started := bytes.Count(data, []byte(`"event":"start"`))
			if started == 0 || before > 0 && started > before {
				t.Errorf("%s: %d versions need %d processes of git, and fewer needed %d", args, versions, started, before)
			}
			before = started
		}
	}
}

// BenchmarkManyVersions is the whole command for 10,000 versions of a catalog with 300
// errors.
func BenchmarkManyVersions(b *testing.B) {
	repo := gittest.ManyVersions(b, 10_000, 300)
	b.Chdir(repo.Dir)
	for _, args := range [][]string{{"breaking", "--history"}, {"reserve", "--history", "--dry-run"}} {
		b.Run(args[0], func(b *testing.B) {
			for b.Loop() {
				if status, stdout, stderr := command(args...); status == statusFailure || stdout == "" {
					b.Fatal(status, stderr)
				}
			}
		})
	}
}
