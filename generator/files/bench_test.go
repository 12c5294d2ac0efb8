package files_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/files"
)

// benchmarks are the shapes of the outputs of a catalog with 10,000 codes.
func benchmarks(b *testing.B, run func(b *testing.B, outputs []files.Output)) {
	page := text(strings.Repeat("A line of a page about one error of many.\n", 25))
	large := text(strings.Repeat("const NotAuthorized Code = \"2205\" // the code of one error of many\n", 150_000))
	shapes := []struct {
		name    string
		outputs func() []files.Output
	}{
		{"3 files of 10 MB", func() []files.Output {
			return []files.Output{output("gen", "a.go", large, "b.go", large, "c.go", large)}
		}},
		{"10000 pages", func() []files.Output {
			o := output("docs")
			for i := range 10_000 {
				o.Files = append(o.Files, files.File{Path: fmt.Sprintf("errors/%05d.md", i), Data: []byte(page)})
			}
			return []files.Output{o}
		}},
		{"10000 files of others", func() []files.Output {
			for i := range 10_000 {
				path := fmt.Sprintf("repo/%02d/%04d.go", i%100, i)
				must(b, os.MkdirAll(filepath.Dir(path), 0o755))
				must(b, os.WriteFile(path, []byte("package x\n\n"+page), 0o644))
			}
			return []files.Output{output("repo", "gen.go", page)}
		}},
	}
	for _, shape := range shapes {
		b.Run(shape.name, func(b *testing.B) {
			inDir(b, nil)
			outputs := shape.outputs()
			write(b, outputs...)
			b.ReportAllocs()
			run(b, outputs)
		})
	}
}

func BenchmarkWriteUnchanged(b *testing.B) {
	benchmarks(b, func(b *testing.B, outputs []files.Output) {
		for b.Loop() {
			if _, err := files.Write(context.Background(), outputs, files.WriteOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkWriteChanged(b *testing.B) {
	benchmarks(b, func(b *testing.B, outputs []files.Output) {
		first := &outputs[0].Files[0]
		old := first.Data
		for i := 0; b.Loop(); i++ {
			first.Data = append(old[:len(old):len(old)], byte('0'+i%2))
			if _, err := files.Write(context.Background(), outputs, files.WriteOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	benchmarks(b, func(b *testing.B, outputs []files.Output) {
		for b.Loop() {
			if drift, err := files.Check(outputs); err != nil || len(drift) > 0 {
				b.Fatal(kinds(drift), err)
			}
		}
	})
}
