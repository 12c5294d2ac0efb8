package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// format is a form in which findings are written.
type format struct {
	name  string
	write func(w io.Writer, ds Diagnostics, opt Options) error
}

// formats are all formats, in the order of the documentation.
var formats = []format{
	{"text", func(w io.Writer, ds Diagnostics, opt Options) error { return WriteText(w, ds, opt.Text) }},
	{"json", func(w io.Writer, ds Diagnostics, _ Options) error { return WriteJSON(w, ds) }},
	{"github", writeGitHub},
	{"sarif", writeSARIF},
	{"gitlab", writeGitLab},
	{"junit", writeJUnit},
}

// Formats returns the names of the formats that Write knows.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Options say how Write shows findings.
type Options struct {
	// Text is for the format text.
	Text TextOptions
	// Version is the version of errcat.
	Version string
	// Path returns the path of a file, by its name in positions, relative to the root
	// of the repository and with slashes. It returns "" for what is no file there.
	// Without it, names are paths.
	Path func(file string) string
	// About returns what the catalog of the rules says about a rule: its title, and
	// its description in Markdown. It may be nil.
	About func(Rule) (title, markdown string)
	// Strict means that warnings make the command fail.
	Strict bool
}

// Write writes the findings in a format. It returns the error of w, and panics
// for a format that does not exist.
func Write(w io.Writer, format string, ds Diagnostics, opt Options) error {
	if opt.Path == nil {
		opt.Path = filepath.ToSlash
	}
	for _, f := range formats {
		if f.name == format {
			return f.write(w, ds, opt)
		}
	}
	panic("diag: unknown format " + format)
}

// homepage is where errcat and the pages of its rules are.
const homepage = "https://github.com/errcat/errcat"

const rulesPage = homepage + "/blob/main/docs/rules.md"

// URL returns the address of the page of the rule.
func (r Rule) URL() string { return rulesPage + "#" + r.ID() }

// lines returns what the finding says, without its place: the message, the help
// and the notes.
func (d Diagnostic) lines() []string {
	lines := []string{Printable(d.Message)}
	if d.Help != "" {
		lines = append(lines, "help: "+Printable(d.Help))
	}
	for _, n := range d.Notes {
		note := "note: "
		if pos := n.Pos.String(); pos != "" {
			note += Printable(pos) + ": "
		}
		lines = append(lines, note+Printable(n.Message))
	}
	return lines
}

// fingerprints returns a function for the fingerprints of the findings of a
// report, called for one after the other. A fingerprint does not change if the
// lines above the finding do; equal findings are counted.
func fingerprints() func(path string, d Diagnostic) string {
	seen := make(map[string]int)
	return func(path string, d Diagnostic) string {
		key := strings.Join([]string{d.Rule.ID(), path, d.Message}, "\x00")
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		return hex.EncodeToString(sum[:16])
	}
}
