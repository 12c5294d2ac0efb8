package typescript

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// BenchmarkHTTPStatus reports what a call of httpStatus costs in Node with 10,000
// codes: the first one, and the average of later ones for all codes in turn.
func BenchmarkHTTPStatus(b *testing.B) {
	const program = `
		import { readFileSync } from "node:fs";
		const { httpStatus } = await import("./index.mjs");
		const codes = JSON.parse(readFileSync(0, "utf8"));
		const start = performance.now();
		httpStatus(codes[0]);
		const first = performance.now() - start;
		const rounds = 20;
		let sum = 0;
		for (let i = 0; i < rounds; i++) for (const code of codes) sum += httpStatus(code);
		const each = (performance.now() - start - first) / (rounds * codes.length);
		console.log(JSON.stringify(sum > 0 ? { first, each } : {}));`
	c := load.Source(b, catalogtest.YAML(10_000))
	dir := b.TempDir()
	for _, f := range generate(b, testCase{name: "status", catalog: c, options: Options{Emit: "js"}}) {
		writeFile(b, filepath.Join(dir, f.Path), f.Data)
	}
	writeFile(b, filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`))
	var codes []string
	for _, e := range c.ForAudience(catalog.Public).Errors {
		codes = append(codes, e.Code)
	}
	input, err := json.Marshal(codes)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("codes=10000", func(b *testing.B) {
		var times struct{ First, Each float64 } // in milliseconds
		for b.Loop() {
			cmd := exec.Command("node", "--input-type=module", "-e", program)
			cmd.Dir, cmd.Stdin = dir, bytes.NewReader(input)
			out, err := cmd.CombinedOutput()
			if err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			if err := json.Unmarshal(out, &times); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
		}
		b.ReportMetric(times.Each*1e6, "ns/op")
		b.ReportMetric(times.First*1e6, "first-ns")
	})
}
