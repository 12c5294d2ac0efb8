// Package importer makes a catalog out of error codes that are kept in another
// form: tables, constants, enums, properties. It keeps every code and invents
// none; what the source does not say, it proposes, and marks as a guess.
package importer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Format is the form of a source.
type Format string

// The formats.
const (
	Markdown   Format = "markdown"
	HTML       Format = "html"
	CSV        Format = "csv"
	TSV        Format = "tsv"
	JSON       Format = "json"
	Go         Format = "go"
	Proto      Format = "proto"
	Properties Format = "properties"
	Postgres   Format = "postgres"
)

// readers are the formats with their readers and the names of their files.
var readers = []struct {
	format Format
	read   func(*reader)
	suffix []string
}{
	{Postgres, (*reader).postgres, []string{"errcodes.txt"}},
	{Markdown, (*reader).markdown, []string{".md", ".markdown", ".mdx"}},
	{HTML, (*reader).html, []string{".html", ".htm", ".xhtml"}},
	{CSV, (*reader).csv, []string{".csv"}},
	{TSV, (*reader).tsv, []string{".tsv", ".tab"}},
	{JSON, (*reader).json, []string{".json"}},
	{Go, (*reader).goSource, []string{".go"}},
	{Proto, (*reader).proto, []string{".proto"}},
	{Properties, (*reader).properties, []string{".properties"}},
}

// Formats returns all formats.
func Formats() []Format {
	var all []Format
	for _, r := range readers {
		all = append(all, r.format)
	}
	return all
}

// FormatOf returns the format that a file has by its name, an empty string if the
// name does not tell.
func FormatOf(name string) Format {
	name = strings.ToLower(filepath.Base(name))
	for _, r := range readers {
		for _, suffix := range r.suffix {
			if strings.HasSuffix(name, suffix) {
				return r.format
			}
		}
	}
	return ""
}

// Options are the options of Import.
type Options struct {
	// Name is the name of the catalog, made from that of the file if it is empty.
	Name string
	// NoHTTP means that the errors have no HTTP statuses.
	NoHTTP bool
}

// Result is an imported catalog.
type Result struct {
	// Catalog is the text of the catalog.
	Catalog []byte
	// Errors is the number of entries, Codes that of their codes and aliases.
	Errors, Codes int
	// Guesses are what the catalog has that the source does not say, by kind.
	Guesses []Guess
	// Decisions are what a person has to decide.
	Decisions []Decision
}

// Guess is a kind of guess, and how often it was made.
type Guess struct {
	What  string
	Count int
}

// Decision is what a person has to decide about a line of the source; the line is
// 0 for what is about all of it.
type Decision struct {
	Line int
	Text string
}

// The limits of what is read.
const (
	maxSize    = 64 << 20
	maxEntries = 100_000
	maxText    = 20_000
)

// Import reads a source. The file name appears in the catalog; nothing is read
// from it. It returns an error if the source has no error codes, or cannot be read
// at all.
func Import(file string, data []byte, format Format, opt Options) (*Result, error) {
	if len(data) > maxSize {
		return nil, fmt.Errorf("%s has more than %d bytes", file, maxSize)
	}
	for _, f := range readers {
		if f.format != format {
			continue
		}
		r := &reader{text: decode(data), source: source{noHTTP: opt.NoHTTP}}
		f.read(r)
		switch {
		case r.err != nil:
			return nil, fmt.Errorf("%s: %w", file, r.err)
		case len(r.entries) == 0:
			return nil, fmt.Errorf("%s: %w", file, r.nothing())
		}
		return build(file, format, cmp.Or(opt.Name, catalogName(file)), &r.source), nil
	}
	return nil, fmt.Errorf("unknown format %q", format)
}

// source is what a source says.
type source struct {
	entries  []*entry
	reserved []reservation
	// integer means that codes are integers, and are read as such.
	integer bool
	noHTTP  bool
	// leftOut are the lines of the source that are not imported.
	leftOut []Decision
}

// entry is one error. What the source does not say is empty.
type entry struct {
	line    int
	code    string
	aliases []string
	// name is the name in the source. With isCode, the source has no other code.
	name     string
	isCode   bool
	synonyms []string

	title, message, description, resolution string
	status, severity, category              string
	// heading is the one before the table.
	heading string
	// markdown means that the description and the resolution are Markdown.
	markdown bool
	// facts are what has no key in a catalog, with its name in the source.
	facts []fact
}

type fact struct{ key, value string }

// reservation is a code, a range of codes or a name that must not be used.
type reservation struct{ key, value string }

// reader reads a source.
type reader struct {
	text string
	source
	err error
	// skipped says why parts of the source were not read.
	skipped []string
}

// nothing is the error about a source without codes.
func (r *reader) nothing() error {
	message := "no error codes found"
	if len(r.skipped) > 0 {
		message += ": " + strings.Join(r.skipped[:min(len(r.skipped), 3)], "; ")
	}
	if len(r.leftOut) > 0 {
		d := r.leftOut[0]
		message += fmt.Sprintf(": line %d: %s", d.Line, d.Text)
	}
	return errors.New(message)
}

// fail says that the source cannot be read.
func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// add adds an error. Its texts are trimmed and cut to a sane length.
func (r *reader) add(e *entry) {
	if len(r.entries) >= maxEntries {
		r.fail("more than %d errors", maxEntries)
		return
	}
	for _, s := range []*string{&e.title, &e.message, &e.description, &e.resolution, &e.category, &e.status, &e.severity} {
		*s = clean(*s)
		if len(*s) > maxText {
			*s = strings.ToValidUTF8((*s)[:maxText], "")
			r.leave(e.line, "a text of %s is longer than %d bytes, and was cut", shown(cmp.Or(e.code, e.name)), maxText)
		}
	}
	for i := range e.facts {
		e.facts[i].value = clean(e.facts[i].value)
	}
	r.entries = append(r.entries, e)
}

// leave notes what a person has to decide about a line.
func (r *source) leave(line int, format string, args ...any) {
	r.leftOut = append(r.leftOut, Decision{line, fmt.Sprintf(format, args...)})
}

// clean trims a text and the ends of its lines.
func clean(s string) string {
	if !strings.ContainsAny(s, "\n\r\x00\t") {
		return strings.TrimSpace(s)
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "", "\t", " ").Replace(s)
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// decode returns a text as UTF-8: spreadsheets also write UTF-16, old tools
// ISO 8859-1.
func decode(data []byte) string {
	for _, order := range []struct {
		mark string
		high int
	}{{"\xFF\xFE", 1}, {"\xFE\xFF", 0}} {
		if bytes.HasPrefix(data, []byte(order.mark)) {
			units := make([]uint16, 0, len(data)/2)
			for i := 2; i+1 < len(data); i += 2 {
				units = append(units, uint16(data[i+order.high])<<8|uint16(data[i+1-order.high]))
			}
			return string(utf16.Decode(units))
		}
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if utf8.Valid(data) {
		return string(data)
	}
	runes := make([]rune, len(data))
	for i, c := range data {
		runes[i] = rune(c)
	}
	return string(runes)
}
