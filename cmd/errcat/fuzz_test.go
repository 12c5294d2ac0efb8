package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/files"
)

// FuzzOutput reads values of -o: each is refused on one line, or says all of its
// target, path and options, and no file of it is outside of the path.
func FuzzOutput(f *testing.F) {
	for _, s := range []string{
		"go=internal/apierrors,package=apierrors", "go=x,http=false", "typescript=web,emit=js,single_file=true", "markdown=docs/errors.md,flavor=mdx", "markdown=README.md,inject=true,docs=x#{code}",
		"markdown=docs,pages=true", "html=a.html,audience=internal", "json=-", "schema=s.json", "template=x,template=t.tmpl,per=code,file={{.Code}}", "template=x,template=../a\n.tmpl",
		"", "=", "go", "go=", "=x", "go=,a=b", "go=x,,", "go=x,=", "go=x,package=a,package=b", "nope=x", "go=x,nope=1", "markdown=docs/", "markdown=..", "markdown=a/.", "html=/", "json=a:b", "json=\x00", "json=a\nb", "html=-c", "go=\xff", "markdown=CON", "html=a/../../b.html", "html= ", "go=" + strings.Repeat("a", 300),
	} {
		f.Add(s)
	}
	c, _ := generator.Load("catalog.yaml", []byte("version: 1\ncatalog: {name: shop}\nerrors: {A: {code: \"1\", http_status: 409}}\n"))
	var targets []string
	for _, target := range generator.Targets() {
		targets = append(targets, target.Name)
	}
	f.Fuzz(func(t *testing.T, s string) {
		flag := outputFlag{Output: []string{s}}
		_, _ = flag.printed()
		outputs, err := flag.parse()
		if err != nil {
			if text := printable(err); text == "" || strings.Contains(text, "\n") {
				t.Errorf("-o %q fails with %q", s, text)
			}
			return
		}
		o := outputs[0]
		size := len(o.Target) + len("=") + len(o.Path)
		for key, value := range o.Options {
			size += len(",=") + len(key) + len(value)
			if !strings.Contains(s, ","+key+"="+value) {
				t.Errorf("-o %q has the option %q with %q", s, key, value)
			}
		}
		if !slices.Contains(targets, o.Target) || !strings.HasPrefix(s, o.Target+"="+o.Path) || size != len(s) {
			t.Errorf("-o %q is read as %+v", s, o)
		}
		if o.Target == "template" {
			o.Inputs = map[string][]byte{"template": []byte("{{header \"#\"}}\n")}
		}
		plan, err := generator.Plan(c, []generator.Output{o})
		if err != nil || !filepath.IsAbs(o.Path) && !filepath.IsLocal(o.Path) {
			return
		}
		if _, err := files.Check(plan); err != nil {
			return // this is where paths of files are refused
		}
		for _, file := range plan[0].Files {
			made := filepath.Join(plan[0].Dir, filepath.FromSlash(file.Path))
			if rel, err := filepath.Rel(o.Path, made); err != nil || !filepath.IsLocal(rel) || files.CheckPath(file.Path) != nil {
				t.Errorf("-o %q writes %q", s, made)
			}
		}
	})
}
