package golang

import (
	"strings"
	"testing"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// Declarations that are formatted and not valid Go are an error.
func TestRenderInvalidGo(t *testing.T) {
	p := &pkg{Catalog: large(1), name: "x"}
	f := &goFile{path: "a.go"}
	f.add(func(g *jen.Group) { g.Id("func (") })
	fs, err := p.render(f)
	if err == nil || fs != nil || !strings.HasPrefix(err.Error(), "rendering a.go: ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %d files, %v", len(fs), err)
	}
}

func TestDuration(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"2 * time.Hour":           2 * time.Hour,
		"90 * time.Minute":        90 * time.Minute,
		"90 * time.Second":        90 * time.Second,
		"1500 * time.Millisecond": 1500 * time.Millisecond,
		"7 * time.Microsecond":    7 * time.Microsecond,
		"1001 * time.Nanosecond":  1001,
	} {
		if got := duration(d); got != want {
			t.Errorf("duration(%v) = %s, want %s", d, got, want)
		}
	}
}

func TestTypeURI(t *testing.T) {
	for template, want := range map[string]string{
		"":                           `"about:blank"`,
		"https://example.com/errors": `"https://example.com/errors"`,
		"https://example.com/{code}": `"https://example.com/" + string(e.code)`,
		"{name}":                     `e.name`,
		"https://example.com/{name}/{code}/x{other}": `"https://example.com/" + e.name + "/" + string(e.code) + "/x{other}"`,
	} {
		if got := typeURI(template).GoString(); got != want {
			t.Errorf("typeURI(%q) = %s, want %s", template, got, want)
		}
	}
}

func TestDeprecation(t *testing.T) {
	other := &catalog.Error{GoName: "Other"}
	for _, test := range []struct {
		deprecated, retired *catalog.Lifecycle
		want                string
	}{
		{nil, nil, ""},
		{&catalog.Lifecycle{Since: "2.0"}, nil, "// Deprecated: Since 2.0."},
		{&catalog.Lifecycle{ReplacedBy: other}, nil, "// Deprecated: Use [Other] instead."},
		{&catalog.Lifecycle{Since: "2.0", ReplacedBy: other}, nil, "// Deprecated: Since 2.0, use [Other] instead."},
		{nil, &catalog.Lifecycle{}, "// Deprecated: Retired: no longer raised."},
		{&catalog.Lifecycle{Since: "1.0"}, &catalog.Lifecycle{Since: "3.0", ReplacedBy: other}, "// Deprecated: Retired since 3.0: no longer raised. Use [Other] instead."},
	} {
		c := new(comment)
		c.deprecation(&catalog.Error{Deprecated: test.deprecated, Retired: test.retired})
		if got := c.String(); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
