// Package yamldoc reads YAML files that people write: it turns bytes into nodes
// with exact places, within limits that no file can exceed, and nodes into
// mappings, lists and scalars. Everything that is wrong is reported, with a fix.
// It does not know what the files are about.
package yamldoc

import (
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// Node is a node of a document.
type Node = yaml.Node

// Document is a YAML file that is being read. Its methods that read a node
// report whatever keeps the node from being what is asked for; their argument
// what names the node in these reports, such as "title" or "an error".
type Document struct {
	*source
	report *diag.Report
	// EmptyHelp has the help about a key without a value, by the name of the node,
	// if neither a value nor removing the key is the usual fix.
	EmptyHelp map[string]string
	// Form returns the pair that a scalar in the place of a mapping probably means, by
	// the name of the node that must be a mapping, or a list of mappings; the key is
	// empty if none is likely. It may be nil.
	Form func(what string, n *Node) (key, value string)

	section section
	// seeker has found the last place within a scalar; see Inside.
	seeker *seeker
}

// section is the part of a document that is being read.
type section struct {
	what string
	pos  diag.Position
}

// New returns the document with that source, to be parsed. The file name appears
// in positions; nothing is read from it. Findings are added to the report.
func New(file string, data []byte, report *diag.Report) *Document {
	return &Document{source: &source{file: file, data: data, parsed: data}, report: report}
}

// Report adds a finding about a rule; the help says how to fix it. If the place is
// before the section that is being read, an alias has led there, and a note says
// so.
func (d *Document) Report(rule diag.Rule, pos diag.Position, help, format string, args ...any) diag.Finding {
	f := d.report.Add(rule, pos, help, format, args...)
	if d.section.pos.Line > 0 && pos.Before(d.section.pos) {
		f.Note(d.section.pos, "an alias includes it in %s", d.section.what)
	}
	return f
}

// Section says which section is being read from now on, and where it begins, until
// the next call.
func (d *Document) Section(what string, pos diag.Position) { d.section = section{what, pos} }

// EndSection says that no section is being read.
func (d *Document) EndSection() { d.section = section{} }

// At returns the place of a node. That of a scalar starts after its anchor and
// tag.
func (d *Document) At(n *Node) diag.Position {
	if n.Line == 0 {
		return diag.Position{File: d.file}
	}
	if n.Kind != yaml.ScalarNode {
		return d.position(d.offset(n.Line, n.Column), 0)
	}
	offset := d.scalar(n)
	return d.position(offset, d.scalarWidth(n, offset))
}

// Inside returns the place of a part of a scalar: so many characters from index i
// of its value. It is the place of the whole scalar if the part cannot be found.
func (d *Document) Inside(n *Node, i, characters int) diag.Position {
	// Usually, each part is after the previous one.
	if d.seeker == nil || d.seeker.node != n || d.seeker.index > i {
		d.seeker = d.seek(n)
	}
	start, ok := d.seeker.to(i)
	if !ok {
		return d.At(n)
	}
	// Escapes make the part longer in the source than in the value.
	last := i
	for range characters - 1 {
		_, size := utf8.DecodeRuneInString(n.Value[last:])
		last += size
	}
	if end, ok := d.seeker.to(last); ok {
		_, size := d.seeker.character()
		characters = utf8.RuneCount(d.data[start : end+size])
	}
	return d.position(start, characters)
}

// Target returns the node itself, or the one that it is an alias of.
func Target(n *Node) *Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// Child returns the value of a key of a mapping, as it is written, and nil if there
// is none or if the node is not a mapping. It reports nothing.
func Child(n *Node, key string) *Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Kind == yaml.ScalarNode && n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
