package typescript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// application is what a frontend does with a package.
const application = `import { %[1]s, %[2]s, formatMessage, httpStatus, parseProblem, ProblemError, readProblem, type Problem, type ResponseLike } from "./errors/index.EXT";

export function show(problem: Problem): string {
  switch (problem.code) {
    case %[1]s:
      return formatMessage(problem.code);
    case %[2]s:
      return problem.%[3]s + formatMessage(%[2]s, { %[3]s: "" });
    default:
      return problem.detail ?? problem.title;
  }
}

export async function get(response: ResponseLike): Promise<never> {
  throw new ProblemError(await readProblem(response));
}

export function status(error: unknown): number {
  if (!(error instanceof ProblemError)) return parseProblem(error).status;
  const { problem } = error;
  return problem.code === undefined ? problem.status : httpStatus(problem.code);
}
`

// choice is something that compilers reject for large unions.
const choice = `
export function choose(error: unknown, other: Problem): readonly Problem[] {
  const problem = error instanceof ProblemError ? error.problem : other;
  return [problem, other];
}
`

// writeApplication writes an application of so many codes, a text behind it,
// and returns the folder of its project. The compiler reads declarations without checking them,
// as it does wherever it was set up by tsc --init.
func writeApplication(t testing.TB, codes int, emit, more string) string {
	t.Helper()
	dir := t.TempDir()
	c := load.Source(t, catalogtest.YAML(codes))
	for _, f := range generate(t, testCase{name: emit, catalog: c, options: Options{Emit: emit}}) {
		writeFile(t, filepath.Join(dir, "errors", f.Path), f.Data)
	}
	isPlain := func(e *catalog.Error) bool { return len(e.Params) == 0 && e.Audience == catalog.Public }
	hasOne := func(e *catalog.Error) bool { return len(e.Params) == 1 && e.Audience == catalog.Public }
	plain := c.Errors[slices.IndexFunc(c.Errors, isPlain)]
	one := c.Errors[slices.IndexFunc(c.Errors, hasOne)]
	writeFile(t, filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`))
	app := strings.Replace(application+more, "index.EXT", map[string]string{"ts": "index.js", "js": "index.mjs"}[emit], 1)
	writeFile(t, filepath.Join(dir, "app.ts"), fmt.Appendf(nil, app, plain.TypeScriptName, one.TypeScriptName, one.Params[0].Name))
	writeFile(t, filepath.Join(dir, "empty.ts"), []byte("export {};\n"))
	for _, name := range []string{"app", "empty"} {
		config, err := json.Marshal(map[string]any{"files": []string{name + ".ts"}, "compilerOptions": map[string]any{
			"strict": true, "noUncheckedIndexedAccess": true, "skipLibCheck": true, "noEmit": true,
			"module": "nodenext", "target": "es2022", "types": []string{},
		}})
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, name+".json"), config)
	}
	return dir
}

// diagnostics are the statistics of the compiler, by name.
type diagnostics map[string]float64

var diagnosticLine = regexp.MustCompile(`(?m)^([A-Z][\w ]+):\s+([\d.]+)`)

// compile compiles one of the files of a project.
func compile(t testing.TB, dir, compiler, name string, args ...string) (diagnostics, time.Duration) {
	t.Helper()
	tsc := filepath.Join(nodeModules(t), compiler, "bin", "tsc")
	cmd := exec.Command("node", append([]string{tsc, "-p", name + ".json", "--extendedDiagnostics"}, args...)...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", compiler, err, out, stderr.Bytes())
	}
	d := make(diagnostics)
	for _, m := range diagnosticLine.FindAllSubmatch(out, -1) {
		n, err := strconv.ParseFloat(string(m[2]), 64)
		if err != nil {
			t.Fatal(err)
		}
		d[string(m[1])] = n
	}
	return d, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// The work of a compiler grows linearly with the catalog, and thousands of codes
// compile.
func TestCompilersWorkGrowsLinearly(t *testing.T) {
	t.Parallel()
	for _, emit := range []string{"ts", "js"} {
		small, _ := compile(t, writeApplication(t, 2000, emit, choice), "typescript-7", "app", "--singleThreaded")
		large, _ := compile(t, writeApplication(t, 10000, emit, ""), "typescript-7", "app", "--singleThreaded")
		for _, count := range []string{"Types", "Instantiations", "Symbols"} {
			if growth := large[count] / small[count]; !(growth < 5*1.2) { // NaN, too
				t.Errorf("%s: %s: %.0f of 2,000 codes, %.0f of 10,000", emit, count, small[count], large[count])
			}
		}
	}
}

// BenchmarkTSC reports what the compilers need for an application of 10,000
// codes: CPU time as a multiple of that for an empty file, and memory.
func BenchmarkTSC(b *testing.B) {
	for _, compiler := range []string{"typescript", "typescript-7"} {
		for _, emit := range []string{"ts", "js"} {
			b.Run("codes=10000/compiler="+compiler+"/emit="+emit, func(b *testing.B) {
				dir := writeApplication(b, 10000, emit, "")
				var app, empty time.Duration
				var memory float64
				for b.Loop() {
					_, e := compile(b, dir, compiler, "empty")
					d, a := compile(b, dir, compiler, "app")
					app, empty, memory = app+a, empty+e, d["Memory used"]/1024
				}
				b.ReportMetric(float64(app)/float64(empty), "x-empty")
				b.ReportMetric(memory, "MB")
			})
		}
	}
}
