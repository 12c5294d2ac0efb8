package catalog_test

import (
	"fmt"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
)

var benchmarkSizes = []int{20, 1_000, 10_000}

// BenchmarkLoad is to be compared with BenchmarkYAML: the difference is the
// loader's own share.
func BenchmarkLoad(b *testing.B) {
	for _, codes := range benchmarkSizes {
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			source := catalogtest.YAML(codes)
			b.ReportAllocs()
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				if _, ds := catalog.Load("catalog.yaml", source); len(ds) > 0 {
					b.Fatal(ds[0])
				}
			}
		})
	}
}

// BenchmarkYAML only parses.
func BenchmarkYAML(b *testing.B) {
	for _, codes := range benchmarkSizes {
		b.Run(fmt.Sprintf("codes=%d", codes), func(b *testing.B) {
			source := catalogtest.YAML(codes)
			b.ReportAllocs()
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				var n yaml.Node
				if err := yaml.Unmarshal(source, &n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestLoadGrowsLinearly(t *testing.T) {
	catalogtest.GrowsLinearly(t, func(source []byte) func() {
		return func() { catalog.Load("catalog.yaml", source) }
	})
}
