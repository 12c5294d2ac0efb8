package typescript

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/interoptest"
)

// bundleCost is the size that a package adds to an application, in bytes.
type bundleCost struct {
	Package, Bundler, App    string
	Plain, Minified, Gzipped int
	// Throws means that ProblemError is in the bundle.
	Throws bool
}

// bundlePackage is a package to bundle with applications.
type bundlePackage struct {
	Name string `json:"name"`
	// Path is the path of its index; in node_modules it has a package.json.
	Path string `json:"path"`
	// Constant is the constant that applications use, and Code its value.
	Constant string `json:"constant"`
	Code     string `json:"code"`

	catalog *catalog.Catalog
	options Options
}

func bundlePackages(t testing.TB) []bundlePackage {
	var packages []bundlePackage
	for _, c := range []*catalog.Catalog{
		load.File(t, "../../catalog.yaml"),
		load.Source(t, catalogtest.YAML(10000)),
	} {
		public := c.ForAudience(catalog.Public)
		for _, options := range []Options{{Emit: "ts"}, {Emit: "js"}, {Emit: "ts", Package: "x"}, {Emit: "js", Package: "x"}} {
			e := public.Errors[len(public.Errors)/2]
			name := fmt.Sprintf("errors-%d-%s", len(c.Errors), options.Emit)
			p := bundlePackage{
				Name: name, Path: name + "/index." + map[string]string{"ts": "ts", "js": "mjs"}[options.Emit], Constant: e.TypeScriptName, Code: e.Code,
				catalog: c, options: options,
			}
			if options.Package != "" {
				p.Name += "-package"
				p.options.Package = p.Name
				p.Path = "node_modules/" + p.Name + "/index." + options.Emit
			}
			packages = append(packages, p)
		}
	}
	return packages
}

// budgets are the most bytes that bundles may have with 10,000 codes of six digits.
var budgets = map[string]struct{ minified, gzipped int }{
	"parseProblem": {120_000, 40_000},
	"httpStatus":   {110_000, 26_000},
	"catalog":      {450_000, 70_000},
}

// bundleCosts bundles applications with the packages, and returns the sizes.
func bundleCosts(t testing.TB, packages []bundlePackage) []bundleCost {
	t.Helper()
	root := t.TempDir()
	for _, p := range packages {
		for _, f := range generate(t, testCase{name: p.Name, catalog: p.catalog, options: p.options}) {
			writeFile(t, filepath.Join(root, filepath.Dir(p.Path), f.Path), f.Data)
		}
	}
	jobs, err := json.Marshal(map[string]any{"packages": packages})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "jobs.json"), jobs)
	nodeModules(t)
	var costs []bundleCost
	if err := json.Unmarshal(run(t, ".", "node", "testdata/bundle.mjs", filepath.Join(root, "jobs.json")), &costs); err != nil {
		t.Fatal(err)
	}
	return costs
}

// A bundle contains only what it uses: with and without a package.json, from
// TypeScript and from JavaScript, minified and not.
func TestBundlesPayForWhatTheyUse(t *testing.T) {
	t.Parallel()
	packages := bundlePackages(t)
	interoptest.Report(t, "%d packages of up to 10,000 codes cost what docs/typescript.md says, bundled with esbuild and Rollup", len(packages))
	if !interoptest.All {
		// Those of the page, and the smaller ones of the others.
		packages = slices.DeleteFunc(packages, func(p bundlePackage) bool {
			return len(p.catalog.Errors) >= 10_000 && (p.options.Package != "" || p.options.Emit != "js")
		})
	}
	costs := bundleCosts(t, packages)
	const apps = 10
	want := 0
	for _, p := range packages {
		want += apps
		if p.options.Package == "" {
			want += apps // of Rollup, too
		}
	}
	if len(costs) != want {
		t.Fatalf("%d bundles, want %d", len(costs), want)
	}
	for _, c := range costs {
		if b, ok := budgets[c.App]; ok && strings.HasPrefix(c.Package, "errors-10000-") && (c.Minified > b.minified || c.Gzipped > b.gzipped) {
			t.Errorf("%+v: more than %+v", c, b)
		}
		most, throws := 1<<30, false
		switch c.App {
		case "code":
			most = 150
		case "types", "import":
			most = 0
		case "assertNever":
			most = 500 // two small functions
		case "readProblem":
			throws = true
		}
		if max(c.Plain, c.Minified) > most {
			t.Errorf("%+v: more than %d bytes", c, most)
		}
		if c.Throws != throws {
			t.Errorf("%+v: ProblemError is in the bundle: %t", c, c.Throws)
		}
	}
	checkBundleTable(t, bundleTable(costs))
}

// columnLines are a line of each column of columnsCatalog, by what the column has.
var columnLines = map[string]string{
	"names": "1001 SOLD_OUT", "titles": "1001 No more pieces", "messages": "1001 Nothing left", "statuses": "1001 418", "categories": "1001 stock",
	"retries": "1001 after", "delays": "1001 77", "severities": "1001 critical", "versions": "1001 3.14", "tags": "warehouse", "metadata": "42P01",
	"deprecations": "Nobody orders", "retirements": "Nobody sends", "codes": "1001 E1001", "params": "amount_left",
}

const columnsCatalog = `
version: 1
catalog: {name: shop, type_uri: "https://shop.example/{code}"}
metadata: {sql_state: {type: string}}
categories: {stock: {http_status: 418}}
errors:
  SOLD_OUT:
    code: "1001"
    aliases: [E1001]
    category: stock
    title: No more pieces
    message: Nothing left
    params: {amount_left: integer}
    retry: after
    retry_after: 77s
    severity: critical
    since: "3.14"
    tags: [warehouse]
    metadata: {sql_state: 42P01}
    deprecated: {reason: Nobody orders}
    retired: {reason: Nobody sends}
`

// A bundle has the columns that it uses, and no other ones, even if all of them are
// in one module and nothing says that it has no side effects.
func TestBundlesDropColumns(t *testing.T) {
	t.Parallel()
	uses := map[string]string{
		"SOLD_OUT": "", "title": "titles", "message": "messages", "formatMessage": "messages", "httpStatus": "statuses", "category": "categories",
		"retryAfter": "delays", "retry": "retries codes", "severity": "severities codes", "metadata": "metadata codes",
		"resolveCode": "codes", "isErrorCode": "codes", "errorCodes": "codes", "parseProblem": "codes params", "assertNever": "",
		"errorInfo": "names titles statuses categories retries delays severities versions tags metadata deprecations retirements codes",
	}
	root := t.TempDir()
	for _, f := range generate(t, testCase{catalog: load.Source(t, []byte(columnsCatalog)), options: Options{SingleFile: true, Package: "shop"}}) {
		if f.Path == "index.js" {
			writeFile(t, filepath.Join(root, f.Path), f.Data)
		}
	}
	var bundles map[string]map[string]string
	if err := json.Unmarshal(script(t, "columns.mjs", append([]string{root}, slices.Sorted(maps.Keys(uses))...)...), &bundles); err != nil {
		t.Fatal(err)
	}
	for bundler, texts := range bundles {
		if len(texts) != len(uses) {
			t.Errorf("%s: %d bundles, want %d", bundler, len(texts), len(uses))
		}
		for name, text := range texts {
			for column, line := range columnLines {
				want := slices.Contains(strings.Fields(uses[name]), column)
				if got := strings.Contains(text, line); got != want {
					t.Errorf("%s: the column of %s is in a bundle that uses %s: %t, want %t", bundler, column, name, got, want)
				}
			}
		}
	}
}

// bundleTable returns the costs as the table of docs/typescript.md.
func bundleTable(costs []bundleCost) []string {
	rows := [][]string{{"A bundle that uses"}, {"one code"}, {"only types"}, {"`parseProblem`"}, {"`readProblem` and `ProblemError`"}, {"`formatMessage`"}, {"`retry`"}, {"`httpStatus`"}, {"`httpStatus` and `title`"}}
	apps := []string{"", "code", "types", "parseProblem", "readProblem", "formatMessage", "retry", "httpStatus", "catalog"}
	for _, c := range costs {
		codes, isPlain := strings.CutSuffix(strings.TrimPrefix(c.Package, "errors-"), "-js")
		if row := slices.Index(apps, c.App); row >= 0 && isPlain {
			if row == 1 {
				rows[0] = append(rows[0], thousands(codes)+" codes, "+strings.NewReplacer("rollup", "Rollup").Replace(c.Bundler))
			}
			rows[row] = append(rows[row], fmt.Sprintf("%s (%s)", thousands(fmt.Sprint(c.Minified)), thousands(fmt.Sprint(max(0, c.Gzipped)))))
		}
	}
	return alignTable(rows)
}

// thousands separates the thousands of a number.
func thousands(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	return thousands(digits[:len(digits)-3]) + "," + digits[len(digits)-3:]
}

// alignTable returns the lines of a Markdown table as Prettier aligns it: a
// column of texts, and columns of numbers.
func alignTable(rows [][]string) []string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	rule := make([]string, len(widths))
	for i, w := range widths {
		rule[i] = strings.Repeat("-", w-min(i, 1)) + strings.Repeat(":", min(i, 1))
	}
	var lines []string
	for _, row := range slices.Insert(rows, 1, rule) {
		line := "|"
		for i, cell := range row {
			width := widths[i]
			if i == 0 {
				width = -width
			}
			line += fmt.Sprintf(" %*s |", width, cell)
		}
		lines = append(lines, line)
	}
	return lines
}

// checkBundleTable compares the table with that of docs/typescript.md.
// The gzipped sizes depend slightly on the version of Node.
func checkBundleTable(t *testing.T, table []string) {
	t.Helper()
	const page = "../../docs/typescript.md"
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	first := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "| A bundle that uses") })
	if first < 0 {
		t.Fatalf("docs/typescript.md has no table of bundle sizes; it should be\n\n%s", strings.Join(table, "\n"))
	}
	last := first
	for last < len(lines) && strings.HasPrefix(lines[last], "|") {
		last++
	}
	if slices.EqualFunc(lines[first:last], table, sameCosts) {
		return
	}
	if *update {
		lines = slices.Concat(lines[:first], table, lines[last:])
		writeFile(t, page, []byte(strings.Join(lines, "\n")))
		return
	}
	t.Errorf("docs/typescript.md has the bundle sizes\n\n%s\n\nbut they are\n\n%s\n\ngo test -update updates it", strings.Join(lines[first:last], "\n"), strings.Join(table, "\n"))
}

// sameCosts reports whether two lines of the table have the same sizes.
func sameCosts(a, b string) bool {
	as, bs := strings.Split(a, "|"), strings.Split(b, "|")
	return slices.EqualFunc(as, bs, func(a, b string) bool {
		var minifiedA, gzippedA, minifiedB, gzippedB int
		a, b = strings.ReplaceAll(a, ",", ""), strings.ReplaceAll(b, ",", "")
		n, _ := fmt.Sscanf(a, "%d (%d)", &minifiedA, &gzippedA)
		m, _ := fmt.Sscanf(b, "%d (%d)", &minifiedB, &gzippedB)
		if n != 2 || m != 2 {
			return strings.Trim(a, " -:") == strings.Trim(b, " -:")
		}
		return minifiedA == minifiedB && 50*max(gzippedA-gzippedB, gzippedB-gzippedA) <= max(50, gzippedA)
	})
}

// BenchmarkBundle reports what TestBundlesPayForWhatTheyUse measures.
func BenchmarkBundle(b *testing.B) {
	for _, c := range bundleCosts(b, bundlePackages(b)) {
		codes, ok := strings.CutSuffix(strings.TrimPrefix(c.Package, "errors-"), "-ts")
		if !ok {
			continue
		}
		b.Run(fmt.Sprintf("codes=%s/bundler=%s/app=%s", codes, c.Bundler, c.App), func(b *testing.B) {
			b.ReportMetric(0, "ns/op") // removes it
			b.ReportMetric(float64(c.Plain), "plain-bytes")
			b.ReportMetric(float64(c.Minified), "minified-bytes")
			b.ReportMetric(float64(c.Gzipped), "gzipped-bytes")
		})
	}
}
