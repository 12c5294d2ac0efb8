package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
)

// pages returns the names of the Markdown files that people write: of the root
// and of docs.
func pages(t *testing.T, root string) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"*.md", "docs/*.md"} {
		matches, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range matches {
			name, err := filepath.Rel(root, match)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.ToSlash(name))
		}
	}
	return names
}

var (
	codeSpan   = regexp.MustCompile("`[^`]*`")
	link       = regexp.MustCompile(`\]\(([^()\s]*)\)`)
	heading    = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	namedPlace = regexp.MustCompile(`<a (?:id|name)="([^"]+)"`)
	notInSlug  = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors returns the places of a Markdown text that a link can name, as GitHub
// derives them from headings.
func anchors(text string) map[string]bool {
	found := make(map[string]bool)
	text = fence.ReplaceAllString(text, "")
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		title := link.ReplaceAllString(m[1], "]")
		slug := strings.ReplaceAll(notInSlug.ReplaceAllString(strings.ToLower(title), ""), " ", "-")
		name := slug
		for i := 1; found[name]; i++ {
			name = fmt.Sprintf("%s-%d", slug, i)
		}
		found[name] = true
	}
	for _, m := range namedPlace.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return found
}

// TestLinks checks that the links of the pages lead to files and headings that
// exist, and that README.md leads to docs/README.md, which leads to each page of
// docs.
func TestLinks(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	linked := make(map[string][]string) // the pages that a page links to
	for _, page := range pages(t, root) {
		text := codeSpan.ReplaceAllString(fence.ReplaceAllString(readPage(t, root, page), ""), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			name, anchor, _ := strings.Cut(m[1], "#")
			target := page
			if name != "" {
				target = path.Join(path.Dir(page), name)
			}
			linked[page] = append(linked[page], target)
			if !exists(filepath.Join(root, target)) {
				t.Errorf("%s: the link %s leads to nothing", page, m[1])
				continue
			}
			if anchor != "" && !anchors(readPage(t, root, target))[anchor] {
				t.Errorf("%s: the link %s leads to no heading", page, m[1])
			}
		}
	}
	for _, page := range pages(t, root) {
		if strings.HasPrefix(page, "docs/") && page != "docs/README.md" && !slices.Contains(linked["docs/README.md"], page) {
			t.Errorf("docs/README.md does not link to %s", page)
		}
	}
	if !slices.Contains(linked["README.md"], "docs/README.md") {
		t.Error("README.md does not link to docs/README.md")
	}
}

// TestAnchors checks the places that the links of TestLinks may name.
func TestAnchors(t *testing.T) {
	const text = "# A title, with `code`\n\n```md\n# no heading\n```\n\n## Twice\n## Twice\n<a id=\"2205\"></a>\n## [A link](x.md#y)\n"
	got := slices.Sorted(maps.Keys(anchors(text)))
	if want := []string{"2205", "a-link", "a-title-with-code", "twice", "twice-1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestPagesStyle runs the tools that look after Markdown over the pages.
func TestPagesStyle(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs npm packages")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range [][]string{
		{"markdownlint-cli2"},
		{"prettier", "--check"},
	} {
		cmd := exec.Command(filepath.Join(root, "node_modules", ".bin", tool[0]), append(tool[1:], pages(t, root)...)...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v (npm ci installs the tools)\n%s", tool[0], err, out)
		}
	}
}

// TestCommandTable checks that README.md and docs/commands.md have the commands
// that there are, with their own summaries.
func TestCommandTable(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	parser, err := newParser()
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"Command", "What it does"}}
	var sections []string
	for _, c := range parser.Model.Children {
		if c.Hidden {
			continue
		}
		rows = append(rows, []string{"`errcat " + c.Name + "`", c.Help})
		sections = append(sections, "\n## errcat "+c.Name+"\n\n```console\n$ errcat "+c.Name+" --help\n")
	}
	replaceTable(t, filepath.Join(root, "README.md"), "| Command ", markdownTable(rows))
	help := readPage(t, root, "docs/commands.md")
	for _, section := range sections {
		if !strings.Contains(help, section) {
			t.Errorf("docs/commands.md does not have\n%s", section)
		}
	}
	if n := strings.Count(help, "\n## errcat "); n != len(sections) {
		t.Errorf("docs/commands.md has the help of %d commands, want %d", n, len(sections))
	}
}

// TestContributing checks that CONTRIBUTING.md says what belongs in each package,
// and names only files that exist.
func TestContributing(t *testing.T) {
	const module = "github.com/errcat/errcat/"
	text := readPage(t, "../..", "CONTRIBUTING.md")
	packages, err := exec.Command("go", "list", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(packages)) {
		if name = strings.TrimPrefix(name, module); !strings.Contains(text, "\n| `"+name+"` ") {
			t.Errorf("the table of packages in CONTRIBUTING.md has no row for %s", name)
		}
	}
	for _, m := range regexp.MustCompile("`((?:cmd|docs|generated|generator|templates)(?:/[\\w.-]+)+)`").FindAllStringSubmatch(text, -1) {
		if path := strings.Replace(m[1], "/ID.", "/duplicate-code.", 1); !exists(filepath.Join("../..", filepath.FromSlash(path))) {
			t.Errorf("CONTRIBUTING.md names %s, which does not exist", m[1])
		}
	}
}

// TestOutputsPage checks that docs/outputs.md describes each target and option,
// and with -update writes its tables.
func TestOutputsPage(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, "docs", "outputs.md")
	rows := [][]string{{"Target", "What it writes", "A path"}}
	for _, target := range generator.Targets() {
		rows = append(rows, []string{"[`" + target.Name + "`](#" + target.Name + ")", target.Summary, code(target.Example)})
	}
	replaceTable(t, name, "| Target ", markdownTable(rows))
	for _, target := range generator.Targets() {
		rows := [][]string{{"Option of `" + target.Name + "`", "Values", "Meaning"}}
		for _, o := range target.Options() {
			var values []string
			for _, value := range o.Values {
				values = append(values, code(value))
			}
			if o.Values == nil {
				values = []string{"such as " + code(o.Example)}
			}
			switch {
			case o.Required:
				values = append(values, "required")
			case o.Default != "":
				values = append(values, "default "+code(o.Default))
			}
			rows = append(rows, []string{"`" + o.Name + "`", strings.Join(values, ", "), o.Summary})
		}
		if len(rows) > 1 {
			replaceTable(t, name, "| Option of `"+target.Name+"` ", markdownTable(rows))
		}
	}
}

// TestFormatPage checks that docs/format.md shows each key of a catalog.
func TestFormatPage(t *testing.T) {
	text, err := generator.Schema("")
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	page := readPage(t, root, "docs/format.md")
	keys := make(map[string]bool)
	var walk func(node any)
	walk = func(node any) {
		switch node := node.(type) {
		case []any:
			for _, n := range node {
				walk(n)
			}
		case map[string]any:
			properties, _ := node["properties"].(map[string]any)
			if _, isOutput := properties["target"]; isOutput { // see TestOutputsPage
				return
			}
			for key, value := range properties {
				if p, _ := value.(map[string]any); keys[key] || p["description"] == nil { // a condition
					continue
				}
				keys[key] = true
				if !regexp.MustCompile(`(?m)^[^#]*\b` + key + `:`).MatchString(page) {
					t.Errorf("docs/format.md does not show the key %s", key)
				}
			}
			for key, n := range node {
				if key != "lint" { // its keys are in docs/rules.md
					walk(n)
				}
			}
		}
	}
	walk(schema)
	if len(keys) < 40 {
		t.Errorf("the schema has only %d keys", len(keys))
	}
}

// code returns a value of a catalog as code.
func code(value string) string { return "`" + cmp.Or(value, `""`) + "`" }

// markdownTable returns a table as Prettier formats it.
func markdownTable(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			row[i] = strings.ReplaceAll(cell, "|", `\|`)
			widths[i] = max(widths[i], len(row[i]))
		}
	}
	var b strings.Builder
	for n, row := range rows {
		for i, cell := range row {
			fmt.Fprintf(&b, "| %-*s ", widths[i], cell)
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, w := range widths {
				b.WriteString("| " + strings.Repeat("-", w) + " ")
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

// replaceTable compares a table with the one of a file that begins with a
// heading, and with -update writes it there.
func replaceTable(t *testing.T, file, heading, want string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut("\n"+string(data), "\n"+heading)
	if !ok {
		t.Errorf("%s has no table that begins with %q, which is\n%s", filepath.Base(file), heading, want)
		return
	}
	table, after, _ := strings.Cut(strings.TrimRight(heading+rest, "\n")+"\n\n", "\n\n")
	if table += "\n"; table == want {
		return
	}
	if !*update {
		t.Errorf("%s has the table\n%s\nwant\n%s", filepath.Base(file), table, want)
		return
	}
	updated := strings.TrimSpace(before+"\n"+want+"\n"+after) + "\n"
	if err := os.WriteFile(file, []byte(updated), 0o644); err != nil {
		t.Fatal(err)
	}
}
