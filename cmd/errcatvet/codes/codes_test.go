package codes_test

import (
	"bytes"
	"go/types"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/errcat/errcat/cmd/errcatvet/codes"
	"github.com/errcat/errcat/cmd/errcatvet/internal/vettest"
)

// others are packages that errcat has not generated, or not in this way.
var others = map[string]string{
	// A generated package of another version: without tables, and with comments that
	// say nothing about the lifecycle.
	"ancient/code.go": `package ancient

type Code string

func (c Code) Error() string { return string(c) }

func (c Code) CatalogCode() (code, category string) { return string(c), "" }

const (
	// Deprecated is an error.
	Deprecated Code = "D"
	Gone Code = "G" // Deprecated: at the end
)

type GoneError struct {
	_ Code ` + "`errcat:\"G\"`" + `
}
`,
	"lookalike/code.go": `package lookalike

type Code string

func (c Code) Error() string { return string(c) }

const Gone Code = "G"
`,
	"number/code.go": `package number

type Code int

func (c Code) Error() string { return "" }

func (c Code) CatalogCode() (code, category string) { return "", "" }
`,
}

// load returns the packages of a module by name, from export data.
func load(t *testing.T, dir string) map[string]*packages.Package {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadTypes, Dir: dir, BuildFlags: []string{"-trimpath=false"}}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	byName := make(map[string]*packages.Package)
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			t.Fatal(p.Errors)
		}
		byName[p.Name] = p
	}
	return byName
}

// TestSource checks what is read from the source of generated packages: as it is, of
// another version of errcat, changed since it was compiled, and gone.
func TestSource(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles generated packages")
	}
	dir := t.TempDir()
	others["go.mod"] = "module example.com/test\n\ngo 1.26\n"
	for name, text := range others {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := vettest.Write("../analyzers/testdata/catalogs", dir, nil); err != nil {
		t.Fatal(err)
	}
	loaded := load(t, dir)
	of := func(name string) *codes.Package { return codes.Of(loaded[name].Fset, loaded[name].Types) }
	lifecycle := func(p *codes.Package, name string) codes.Lifecycle {
		o := p.Types.Scope().Lookup(name)
		if o == nil {
			t.Fatalf("there is no %s", name)
		}
		return p.Lifecycle(o)
	}
	for _, name := range []string{"lookalike", "number"} {
		if of(name) != nil {
			t.Errorf("%s is recognized as generated", name)
		}
	}

	ancient := of("ancient")
	if ancient == nil || ancient.Const("G") != "Gone" || ancient.Fallback() != "" || ancient.Alias("G") != "" {
		t.Fatalf("the package of another version is %+v", ancient)
	}
	if _, ok := ancient.Entry("Gone"); ok || lifecycle(ancient, "Gone").Deprecated || lifecycle(ancient, "Deprecated").Deprecated {
		t.Error("the source of another version says something")
	}
	if s, ok := ancient.StructOf("Gone"); !ok || s.Code != "G" || ancient.Constructor("Gone") != nil {
		t.Errorf("the struct is %+v", s)
	}

	shop := of("shop")
	want := map[string]codes.Lifecycle{
		"NotFound":  {},
		"TooLate":   {Deprecated: true, Since: "2.0", ReplacedBy: "OrderClosed"},
		"Gone":      {Deprecated: true, Retired: true, Since: "3.0", ReplacedBy: "NotFound"},
		"OldPrice":  {Deprecated: true, Retired: true},
		"OrderDone": {Deprecated: true, Former: true, ReplacedBy: "OrderClosed"},
		"Slow":      {Deprecated: true},
		"Sold":      {Deprecated: true, ReplacedBy: "OutOfStock"},
		"SoldOut":   {Deprecated: true, ReplacedBy: "OutOfStock"},
	}
	for name, want := range want {
		if got := lifecycle(shop, name); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	if e, ok := shop.Entry("Database"); !ok || !e.Internal || e.Status != 500 || shop.Alias("1902") != "OrderClosed" || shop.Fallback() != "Internal" {
		t.Errorf("the tables say %+v of an internal error", e)
	}

	// The source changes: an identifier may be on the line of another.
	file := filepath.Join(dir, "shop", "codes.go")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < bytes.Count(data, []byte("\n")); n++ {
		moved := append(bytes.Repeat([]byte("\n"), n), data...)
		if err := os.WriteFile(file, moved, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Unix(int64(n), 0)); err != nil {
			t.Fatal(err)
		}
		for name := range want {
			if got := lifecycle(shop, name); got != (codes.Lifecycle{}) {
				t.Errorf("%s, %d lines above: %+v", name, n, got)
			}
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "shop")); err != nil {
		t.Fatal(err)
	}
	if got := lifecycle(shop, "Gone"); got != (codes.Lifecycle{}) {
		t.Errorf("without the source: %+v", got)
	}

	cli := of("cli")
	if err := os.RemoveAll(filepath.Join(dir, "cli")); err != nil {
		t.Fatal(err)
	}
	if _, ok := cli.Entry("Usage"); ok || cli.Alias("E9") != "" || cli.Fallback() != "" || cli.Const("E1") != "Usage" {
		t.Error("without the source, there is more or less than what types say")
	}
	if _, ok := cli.Types.Scope().Lookup("Usage").(*types.Const); !ok {
		t.Error("there is no constant")
	}
}
