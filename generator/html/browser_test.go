package html_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/browsertest"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest"
	"github.com/errcat/errcat/generator/catalogtest/load"
	"github.com/errcat/errcat/generator/html"
	"github.com/errcat/errcat/generator/search"
)

// TestBrowser runs the tests of testdata/browser.mjs in a browser. It writes
// screenshots to the folder $ERRCAT_SCREENSHOTS, if that is set.
func TestBrowser(t *testing.T) {
	for _, r := range runBrowser(t, "") {
		for metric, value := range r.Report {
			t.Logf("%8.1f %s", value, metric)
		}
		if r.Name != "" {
			t.Run(r.Name, func(t *testing.T) {
				t.Logf("%d ms", r.MS)
				if r.Error != "" {
					t.Error(r.Error)
				}
			})
		}
	}
}

// BenchmarkPage measures how fast a page opens and responds to a key.
func BenchmarkPage(b *testing.B) {
	for b.Loop() {
		for _, r := range runBrowser(b, "ten thousand") {
			for metric, value := range r.Report {
				b.ReportMetric(value, strings.ReplaceAll(metric, " ", "-"))
			}
		}
	}
}

// result is a line that browser.mjs prints.
type result struct {
	Name, Error string
	MS          int
	Report      map[string]float64
}

// runBrowser runs the tests of browser.mjs whose names match a pattern.
func runBrowser(t testing.TB, pattern string) []result {
	t.Helper()
	browser, dir := browsertest.Path(t), t.TempDir()
	large := load.Source(t, catalogtest.YAML(10_000))
	config := map[string]any{
		"browser":     browser,
		"args":        browserArgs(),
		"axe":         nodeModule(t, "axe-core", "axe.min.js"),
		"screenshots": screenshots(t),
		"pages":       writePages(t, dir, large),
		"benchmark":   pattern != "",
		"queries":     queries(t),
		"firstCode":   large.Categories[0].Errors[0].Code,
		"lastCode":    large.Errors[len(large.Errors)-1].Code,
	}
	data, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "config.json"), data)
	cmd := exec.Command("node", filepath.Join("testdata", "browser.mjs"), filepath.Join(dir, "config.json"), pattern)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var results []result
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r result
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Errorf("%v: %s", err, lines.Text())
		}
		results = append(results, r)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("node: %v", err)
	}
	if len(results) == 0 {
		t.Error("no test has run")
	}
	return results
}

// writePages writes the pages that the tests open, and returns their paths.
func writePages(t testing.TB, dir string, large *catalog.Catalog) map[string]string {
	t.Helper()
	all := catalogs()
	pages := make(map[string]string)
	sources := map[string]*catalog.Catalog{
		"smileid":    load.File(t, filepath.Join("..", "..", "catalog.yaml")),
		"shop":       load.File(t, filepath.Join("testdata", "shop.yaml")),
		"db":         load.File(t, filepath.Join("testdata", "db.yaml")),
		"rpc":        load.File(t, filepath.Join("testdata", "rpc.yaml")),
		"sixty-four": load.Source(t, catalogtest.YAML(64)),
		"hundred":    load.Source(t, catalogtest.YAML(100)),
		"many":       load.Source(t, catalogtest.YAML(150)),
		"large":      large,
		"hostile":    all["hostile"],
		"odd":        all["odd codes"],
		"long":       all["long message"],
		"nothing":    all["nothing"],
		"offline":    all["no HTTP"],
		"pages":      all["odd codes"],
	}
	sources["one category"] = load.Source(t, []byte("version: 1\ncatalog: {name: one}\nerrors: {A: {http_status: 404, title: Nothing there}}\nreserved: [{code: B}]\n"))
	for name, c := range sources {
		pages[name] = filepath.Join(dir, name+".html")
		write(t, pages[name], render(t, c, html.Options{Audience: catalog.Internal}))
	}
	for name, options := range map[string]html.Options{
		"hostile": {}, "odd": {}, "long": {}, "shop": {Edit: "https://example.com/edit/{name}/{code}?line={line}#L{line}"}, "db": {}, "rpc": {}, "smileid": {}, "nothing": {}, "many": {}, "offline": {},
		"pages": {Pages: true},
	} {
		options.Audience = catalog.Internal
		for form, options := range map[string]html.Options{" elements": options, " rows": html.Compact(options)} {
			pages[name+form] = filepath.Join(dir, name+form+".html")
			write(t, pages[name+form], render(t, sources[name], options))
		}
	}
	site := renderAll(t, sources["shop"], html.Options{Audience: catalog.Internal, Pages: true, URL: "https://docs.example.com/errors", Edit: "https://example.com/{name}"})
	if err := os.Mkdir(filepath.Join(dir, "site"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range site {
		path := filepath.Join(dir, "site", f.Path)
		write(t, path, f.Data)
		if name, ok := strings.CutSuffix(f.Path, ".html"); ok {
			pages["site "+name] = path
			if len(name) > 200 {
				pages["site long"] = path
			}
		}
	}
	systems, err := filepath.Glob(filepath.Join("..", "testdata", "systems", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range systems {
		c := load.File(t, file)
		name := "system " + c.Name
		pages[name] = filepath.Join(dir, name+".html")
		write(t, pages[name], render(t, c, html.Options{Audience: catalog.Internal}))
	}
	return pages
}

// queries returns queries for pages, and the first codes that explain finds by them.
func queries(t testing.TB) map[string]map[string][]string {
	t.Helper()
	asked, err := os.ReadFile(filepath.Join("testdata", "queries.txt"))
	if err != nil {
		t.Fatal(err)
	}
	systems := filepath.Join("..", "testdata", "systems")
	all := make(map[string]map[string][]string)
	for name, path := range map[string]string{
		"smileid":         filepath.Join("..", "..", "catalog.yaml"),
		"shop":            filepath.Join("testdata", "shop.yaml"),
		"rpc":             filepath.Join("testdata", "rpc.yaml"),
		"system pay":      filepath.Join(systems, "payments.yaml"),
		"system elephant": filepath.Join(systems, "postgres_like.yaml"),
		"system errno":    filepath.Join(systems, "errno.yaml"),
	} {
		c := load.File(t, path)
		c.Errors = nil // of equals, the first one of the page comes first
		for _, cat := range c.Categories {
			c.Errors = append(c.Errors, cat.Errors...)
		}
		s := search.Over(c)
		found := make(map[string][]string)
		for query := range strings.Lines(string(asked)) {
			query = strings.TrimSuffix(query, "\n")
			codes := []string{}
			for _, h := range s.Find(strings.ReplaceAll(query, `\e`, "\x1b")).Hits {
				codes = append(codes, c.Errors[h.Index].Code)
			}
			found[query] = codes[:min(len(codes), 10)]
		}
		all[name] = found
	}
	return all
}

// screenshots returns the folder for screenshots. It is empty if nobody wants them.
func screenshots(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("ERRCAT_SCREENSHOTS")
	if dir == "" {
		return ""
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// browserArgs returns the arguments that the browser needs to start as root.
func browserArgs() []string {
	if runtime.GOOS == "linux" && os.Geteuid() == 0 {
		return []string{"--no-sandbox"}
	}
	return []string{}
}

// nodeModule returns the path of a file in an npm package that the tests use.
func nodeModule(t testing.TB, name ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "node_modules"}, name...)...))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v; npm ci installs what the tests need", err)
	}
	return path
}
