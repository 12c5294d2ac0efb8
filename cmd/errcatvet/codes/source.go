package codes

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Lifecycle says whether new code may use an identifier.
type Lifecycle struct {
	// Deprecated means that the error, or only this name of it, is deprecated.
	Deprecated bool
	// Retired means that programs no longer raise the error. It is then deprecated,
	// too.
	Retired bool
	// Former means that the identifier is derived from a former name.
	Former bool
	// Since is the version that the catalog names, ReplacedBy the identifier to use
	// instead. Both may be empty.
	Since, ReplacedBy string
}

// Lifecycle returns what the comment of a constant, a struct or a constructor of
// the package says. It is the zero Lifecycle if the source cannot be read.
func (p *Package) Lifecycle(o types.Object) Lifecycle {
	return parseComment(p.comment(o))
}

var (
	formerName = regexp.MustCompile(`^\S+ is the former name of \[\w+\]\.`)
	// ended matches what a generated comment says after "Deprecated: ".
	ended = regexp.MustCompile(`^(?:Retired(?: since (.+?))?: no longer raised\. ?)?(?:Since (.+?)(?:[,.] |\.$))?(?:[Uu]se \[(\w+)\] instead\.)?`)
)

// parseComment returns what a comment says, which has one string per paragraph.
func parseComment(paragraphs []string) Lifecycle {
	var l Lifecycle
	for _, text := range paragraphs {
		text, ok := strings.CutPrefix(text, "Deprecated:")
		if !ok {
			continue
		}
		m := ended.FindStringSubmatch(strings.TrimSpace(text))
		l.Deprecated, l.Former = true, formerName.MatchString(paragraphs[0])
		l.Retired = strings.HasPrefix(m[0], "Retired")
		l.Since, l.ReplacedBy = m[1]+m[2], m[3]
	}
	return l
}

// comment returns the paragraphs of the comment of an object, each on one line.
// It reads only the lines before the object: a package can have thousands.
func (p *Package) comment(o types.Object) []string {
	at := p.fset.Position(o.Pos())
	lines := sources.lines(at.Filename)
	if at.Line < 1 || at.Line > len(lines) || !declares(lines[at.Line-1], o.Name()) {
		return nil // the source is another version
	}
	first := at.Line - 1
	for first > 0 && bytes.HasPrefix(bytes.TrimLeft(lines[first-1], "\t"), []byte("//")) {
		first--
	}
	var paragraphs []string
	inside := false
	for _, line := range lines[first : at.Line-1] {
		text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(string(line)), "//"))
		switch {
		case text == "":
			inside = false
			continue
		case inside:
			paragraphs[len(paragraphs)-1] += " " + text
		default:
			paragraphs = append(paragraphs, text)
		}
		inside = true
	}
	return paragraphs
}

// declares reports whether a line declares an identifier. Export data have no columns.
func declares(line []byte, name string) bool {
	line = bytes.TrimLeft(line, "\t")
	for _, keyword := range []string{"const ", "func ", "type "} {
		line = bytes.TrimPrefix(line, []byte(keyword))
	}
	rest, ok := bytes.CutPrefix(line, []byte(name))
	if !ok {
		return false
	}
	next, _ := utf8.DecodeRune(rest)
	return next != '_' && !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// An Entry is what the tables of a generated package say about an error.
type Entry struct {
	// Status is the HTTP status, or 0.
	Status int
	// Internal means that clients do not see the error.
	Internal bool
}

// Entry returns the entry of the error that a constant names, and reports whether
// there is one and the source can be read.
func (p *Package) Entry(name string) (Entry, bool) {
	e, ok := p.tables().entries[name]
	return e, ok
}

// Alias returns the name of the constant for which an alias stands, or "".
func (p *Package) Alias(code string) string {
	return p.tables().aliases[code]
}

// Fallback returns the name of the constant that clients see instead of internal
// errors, or "".
func (p *Package) Fallback() string {
	return p.tables().fallback
}

// tables is what catalog.go says.
type tables struct {
	entries  map[string]Entry  // by the name of the constant
	aliases  map[string]string // names of constants
	fallback string
}

// readTables reads the tables in the folder of a generated package. They are empty
// if it has none that can be read.
func readTables(dir string) *tables {
	t := &tables{entries: make(map[string]Entry), aliases: make(map[string]string)}
	for _, decl := range parse(filepath.Join(dir, "catalog.go")) {
		for _, spec := range decl.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				continue
			}
			name := v.Names[0].Name
			if name == "fallback" {
				t.fallback = nameOf(v.Values[0])
				continue
			}
			list, ok := v.Values[0].(*ast.CompositeLit)
			if !ok {
				continue
			}
			for _, row := range list.Elts {
				row, ok := row.(*ast.CompositeLit)
				if !ok {
					continue
				}
				switch {
				case strings.HasPrefix(name, "table"):
					t.addEntry(row)
				case strings.HasPrefix(name, "aliases") && len(row.Elts) == 2:
					t.aliases[stringOf(row.Elts[0])] = nameOf(row.Elts[1])
				}
			}
		}
	}
	return t
}

// addEntry adds a row of the table.
func (t *tables) addEntry(row *ast.CompositeLit) {
	var e Entry
	name := ""
	for _, elt := range row.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch nameOf(kv.Key) {
		case "code":
			name = nameOf(kv.Value)
		case "status":
			if lit, ok := kv.Value.(*ast.BasicLit); ok {
				e.Status, _ = strconv.Atoi(lit.Value)
			}
		case "internal":
			e.Internal = nameOf(kv.Value) == "true"
		}
	}
	t.entries[name] = e
}

// readConstants returns the names of the constants by their values, from the
// source in the folder of a generated package.
func readConstants(dir string) map[string]string {
	names := make(map[string]string)
	for _, decl := range parse(filepath.Join(dir, "codes.go")) {
		for _, spec := range decl.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if ok && len(v.Values) == 1 && nameOf(v.Type) == "Code" {
				names[stringOf(v.Values[0])] = v.Names[0].Name
			}
		}
	}
	return names
}

// parse returns the declarations of constants and variables in a file; none if it
// cannot be read.
func parse(file string) []*ast.GenDecl {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	var decls []*ast.GenDecl
	for _, decl := range f.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok != token.IMPORT {
			decls = append(decls, decl)
		}
	}
	return decls
}

// nameOf returns the name of an identifier, "" for another expression.
func nameOf(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// stringOf returns the value of a string literal, "" for another expression.
func stringOf(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok {
		s, _ := strconv.Unquote(lit.Value)
		return s
	}
	return ""
}

// sources are the files that were read last, for analyses of many packages that
// import the same catalogs.
var sources cache

// cache keeps the lines of a few files.
type cache struct {
	mu    sync.Mutex
	files map[string]cached
}

// cached is a file, with what shows whether it has changed since.
type cached struct {
	lines    [][]byte
	size     int64
	modified time.Time
}

// maxCached is the number of files that are kept: one per catalog of a program.
const maxCached = 16

// lines returns the lines of a file, nil if it cannot be read.
func (c *cache) lines(file string) [][]byte {
	info, err := os.Stat(file)
	if err != nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.files[file]; ok && known.size == info.Size() && known.modified.Equal(info.ModTime()) {
		return known.lines
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	if c.files == nil || len(c.files) >= maxCached {
		c.files = make(map[string]cached)
	}
	lines := bytes.Split(data, []byte("\n"))
	c.files[file] = cached{lines, info.Size(), info.ModTime()}
	return lines
}
