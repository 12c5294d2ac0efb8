package catalog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

// repeat joins what f returns for 0 to n-1.
func repeat(n int, f func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

const head = "version: 1\ncatalog: {name: shop}\nerrors:\n"

// TestHostileFiles loads what is made to hang, to overflow the stack or to
// exhaust the memory. The report has the findings that want lists first.
func TestHostileFiles(t *testing.T) {
	for _, test := range []struct {
		name   string
		source string
		want   string // "line:column rule" of the first findings; empty if it loads
	}{
		{"nothing", "", "1:1 missing-key"},
		{"a byte order mark", "\uFEFF", "1:1 missing-key"},
		{"white space", " \n\t\n", "2:1 yaml-syntax"},
		{"line feeds", strings.Repeat("\n", 1<<20), "1:1 missing-key"},
		{"comments", strings.Repeat("# a comment\n", 1<<17), "1:1 missing-key"},
		{"a comment for every error", head + repeat(20_000, func(i int) string {
			return fmt.Sprintf("  # about A%d\n  A%d: {http_status: 409} # it\n\n", i, i)
		}), ""},
		{"64 MiB of one value", head + "  A: {http_status: 409, message: " + strings.Repeat("a", 64<<20), "0:0 file-too-large"},
		{"64 MiB of small values", strings.Repeat("a,", 32<<20), "0:0 file-too-large"},
		{"a string of 4 MiB", head + "  A: {http_status: 409, message: " + strings.Repeat("words ", 4<<20/6) + "}\n", ""},
		{"a string of a million lines", head + "  A:\n    http_status: 409\n    message: |\n" + strings.Repeat("      line\n", 1<<20), ""},
		{"random bytes", garbage(1 << 20), "1:3 not-utf8, 2:2 not-utf8, 3:1 not-utf8"},
		{"zeros", strings.Repeat("\x00", 1<<20), "1:1 control-character, 1:2 control-character"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "1:1 not-utf8, 2:1 control-character, 3:1 control-character"},
		{"UTF-16 without a mark", "v\x00e\x00r\x00s\x00", "1:1 not-utf8"},
		{"flow lists, 9,000 deep", head + "  A: " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000), "4:6 wrong-type"},
		{"flow lists, 10,001 deep", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), "1:10001 yaml-syntax"},
		{"a million open brackets", strings.Repeat("[", 1_000_000), "1:10001 yaml-syntax"},
		{"a million open braces", "a: " + strings.Repeat("{a: ", 1_000_000), "1:40004 yaml-syntax"},
		{"block lists, 9,000 deep", strings.Repeat("- ", 9_000) + "a", "1:1 wrong-type"},
		{"block lists, a million deep", strings.Repeat("- ", 1_000_000) + "a", "1:20001 yaml-syntax"},
		{"mappings, 9,000 deep", "version: 1\ncatalog:\n  name: shop\n  title: " + strings.Repeat("{a: ", 9_000) + strings.Repeat("}", 9_000) + "\nerrors: {A: {http_status: 409}}\n", "4:10 wrong-type"},
		{"keys that are mappings", "version: 1\n" + strings.Repeat("? ", 5_000) + "a", "1:1 missing-key"},
		{"a list of a million elements", head + "  A: {http_status: 409, title: [" + strings.Repeat("a,", 1_000_000) + "]}\n", "4:32 wrong-type"},
		{"a list of 100,000 tags", head + "  A:\n    http_status: 409\n    tags: [" + repeat(100_000, func(i int) string { return fmt.Sprintf("t%d,", i) }) + "]\n", ""},
		{"a mapping of 100,000 keys", head + "  A: {http_status: 409, metadata: {" + repeat(100_000, func(i int) string { return fmt.Sprintf("k%d: v,", i) }) + "}}\n", ""},
		{"150,000 equal elements", head + "  A: {http_status: 409, tags: [" + strings.Repeat("a,", 150_000) + "]}\n", "0:0 too-many-problems, 4:34 duplicate-tag"},
		{"lists as keys", head + "  ? [a]\n  : b\n  ? {c: d}\n  : e\n", "4:5 wrong-type, 6:5 wrong-type"},
		{"2^40 aliases", "a: &a0 [x]\n" + repeat(40, func(i int) string { return fmt.Sprintf("b%d: &a%d [*a%d, *a%d]\n", i, i+1, i, i) }), "2:10 alias-limit"},
		{"2^40 merges", "a: &a0 {x: 1}\n" + repeat(40, func(i int) string { return fmt.Sprintf("b%d: &a%d {<<: [*a%d, *a%d]}\n", i, i+1, i, i) }), "2:15 alias-limit"},
		{"a long string, 1,000 times", head + "  A: {http_status: 409, message: &m " + strings.Repeat("word ", 200_000) + "}\n" + repeat(1_000, func(i int) string {
			return fmt.Sprintf("  B%d: {http_status: 409, message: *m}\n", i)
		}), "5:35 alias-limit"},
		{"10,000 aliases of one mistake", head + "  A0: &a {http_status: 409, message: &m \"{a}\", titel: x}\n" + repeat(10_000, func(i int) string {
			return fmt.Sprintf("  B%d: *a\n", i)
		}), "4:42 undeclared-param, 4:48 unknown-key"},
		{"minified JSON", `{"version":1,"catalog":{"name":"shop"},"errors":{"É":{}` + repeat(20_000, func(i int) string {
			return fmt.Sprintf(`,"A%d":{"http_status":409,"message":"é } 日本"}`, i)
		}) + "}}", "1:50 invalid-name, 1:50 missing-http-status, 1:94 invalid-placeholder, 1:138 invalid-placeholder"},
		{"a brace in every word", head + "  A: {http_status: 409, message: \"" + strings.Repeat("} ", 50_000) + "\"}\n", "4:35 invalid-placeholder, 4:37 invalid-placeholder"},
		{"20,000 params", head + "  A: {http_status: 409, title: \"" + repeat(20_000, func(i int) string { return fmt.Sprintf("{p%d}", i) }) + "\", params: {" + repeat(20_000, func(i int) string { return fmt.Sprintf("p%d: string,", i) }) + "}}\n", "4:33 title-placeholder, 4:37 title-placeholder"},
		{"20,000 unknown categories and errors", "version: 1\ncatalog: {name: shop}\ncategories:\n" + repeat(20_000, func(i int) string {
			return fmt.Sprintf("  category_%d: {http_status: 409}\n", i)
		}) + "errors:\n" + repeat(20_000, func(i int) string {
			return fmt.Sprintf("  A%d: {category: kategory_%d, deprecated: {replaced_by: B%d}}\n", i, i, i)
		}), "20005:18 unknown-category, 20005:56 unknown-replacement"},
		{"40,000 ranges that overlap", "version: 1\ncatalog: {name: shop}\ncategories:\n" + repeat(10_000, func(i int) string {
			return fmt.Sprintf("  c%d: {http_status: 409, codes: \"1-%d\"}\n", i, i+2)
		}) + "errors: {A: {category: c0, code: \"5\"}}\nreserved:\n" + repeat(30_000, func(i int) string {
			return fmt.Sprintf("- {codes: \"1-%d\"}\n", i+2)
		}), "5:3 unused-category, 5:34 overlapping-ranges"},
		{"dashes for a range", "version: 1\ncatalog: {name: shop}\ncategories: {c: {codes: \"" + strings.Repeat("1-", 500_000) + "\"}}\nerrors: {}\n", "3:14 unused-category, 3:26 invalid-range"},
		{"a name of a megabyte", head + "  ? " + strings.Repeat("A", 1<<20) + "\n  : {http_status: 409, aliases: [" + strings.Repeat(`"1",`, 20_000) + "]}\n", "4:5 invalid-name, 5:38 duplicate-code"},
		{"a mistake after 3,000 errors", head + repeat(3_000, func(i int) string { return fmt.Sprintf("  A%d: {http_status: 409}\n", i) }) + "  B: {http_status: 409, message: {a} b}\n", "3004:34 yaml-syntax"},
		{"a million documents", strings.Repeat("---\n", 1_000_000), "2:1 multiple-documents, 2:1 missing-key"},
		{"backslashes", "a: \"" + strings.Repeat(`\`, 1<<20), "1:4 yaml-syntax"},
		{"an unclosed quote", "version: 1\na: \"" + strings.Repeat("x\n", 1<<19), "2:4 yaml-syntax"},
		{"50,000 anchors", head + "  A:\n    http_status: 409\n    tags:\n" + repeat(50_000, func(i int) string { return fmt.Sprintf("    - &a%d t%d\n", i, i) }), ""},
		{"50,000 outputs", head + "  A: {http_status: 409}\noutputs:\n" + repeat(50_000, func(i int) string { return fmt.Sprintf("- {target: go, path: a%d}\n", i) }), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			source := []byte(test.source)
			c, ds := catalog.Load("catalog.yaml", source)
			if test.want == "" && c == nil || len(ds) <= 1_000 {
				checkFindings(t, source, c, ds)
			}
			var got []string
			for _, d := range ds[:min(len(ds), strings.Count(test.want, ",")+1)] {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Pos.Line, d.Pos.Col, d.Rule))
			}
			if got := strings.Join(got, ", "); got != test.want {
				t.Errorf("findings %q, want %q", got, test.want)
			}
			report(t, "catalog.yaml", source, ds)
		})
	}
}

// garbage returns bytes that look random.
func garbage(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}
