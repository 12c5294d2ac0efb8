package yamldoc

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// IsScalar reports whether a node is neither a mapping nor a list.
func IsScalar(n *Node) bool { return n.Kind == yaml.ScalarNode }

// IsMapping reports whether a node is a mapping.
func IsMapping(n *Node) bool { return n.Kind == yaml.MappingNode }

// IsList reports whether a node is a list.
func IsList(n *Node) bool { return n.Kind == yaml.SequenceNode }

// IsTagged reports whether a node has an explicit tag.
func IsTagged(n *Node) bool { return n.Style&yaml.TaggedStyle != 0 }

// IsEmpty reports whether a node is the missing value of a key.
func IsEmpty(n *Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.ShortTag() == "!!null"
}

// noValue reports a key without a value.
func (d *Document) noValue(n *Node, what string) {
	help, ok := d.EmptyHelp[what]
	if !ok {
		help = "give it a value, or remove it"
	}
	d.Report(diag.RuleEmptyValue, d.At(n), help, "%s has no value", what)
}

// Scalar reports whether a node is a scalar with a value, and reports it if it is
// not; want names the type that it should have, and the help may be empty.
func (d *Document) Scalar(n *Node, what, want, help string) bool {
	switch {
	case n.Kind != yaml.ScalarNode:
		d.WrongType(n, what, want, help)
		return false
	case IsEmpty(n):
		d.noValue(n, what)
		return false
	}
	return d.CheckTag(n)
}

// Text returns the string that a node holds. A value that YAML reads as another
// type is not a string: nothing is converted.
func (d *Document) Text(n *Node, what string) (string, bool) {
	if !d.Scalar(n, what, "a string", "") {
		return "", false
	}
	if n.ShortTag() != "!!str" {
		d.unquoted(n, what, found(n))
		return "", false
	}
	if i := strings.IndexByte(n.Value, 0); i >= 0 {
		d.Report(diag.RuleControlCharacter, d.Inside(n, i, 1), "remove it", "%s contains a NUL character", what)
		return "", false
	}
	return n.Value, true
}

// StrictText returns a string like Text, but also refuses what some other YAML
// reader would not read as a string: NO is a boolean for YAML 1.1.
func (d *Document) StrictText(n *Node, what string) (string, bool) {
	s, ok := d.Text(n, what)
	if !ok {
		return "", false
	}
	if kind := ambiguous(n); kind != "" {
		d.unquoted(n, what, Shown(n)+", "+kind)
		return "", false
	}
	return s, true
}

// VisibleText returns a string like Text that does not consist of white space.
func (d *Document) VisibleText(n *Node, what string) (string, bool) {
	s, ok := d.Text(n, what)
	if ok && strings.TrimSpace(s) == "" {
		d.Report(diag.RuleEmptyValue, d.At(n), "write a string, or remove the key", "%s is empty", what)
		return "", false
	}
	return s, ok
}

var (
	ambiguousNumber = regexp.MustCompile(`^[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|\.(?i:inf))$|^\.(?i:nan)$`)
	ambiguousDate   = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$`)
)

// ambiguous returns what a YAML reader of any version may take an unquoted scalar
// for, and an empty string if it is a string for all of them.
func ambiguous(n *yaml.Node) string {
	s := n.Value
	if n.Style&^yaml.FlowStyle != 0 || s == "" {
		return ""
	}
	if len(s) <= len("yes") {
		switch strings.ToLower(s) {
		case "y", "n", "yes", "no", "on", "off":
			return "a boolean for some YAML readers"
		}
	}
	switch {
	case !isDigit(s[0]) && strings.IndexByte("+-.", s[0]) < 0:
	case ambiguousNumber.MatchString(s):
		return "a number for some YAML readers"
	case ambiguousDate.MatchString(s):
		return "a date for some YAML readers"
	}
	return ""
}

// unquoted reports a scalar that must be quoted.
func (d *Document) unquoted(n *Node, what, found string) {
	d.Report(diag.RuleUnquotedString, d.At(n), "quote it: "+Quoted(n), "%s: expected a string, found %s", what, found)
}

// Number returns a whole number in plain decimal notation. Whatever is not one is
// reported as a violation of the rule; the help says what to write, unless the
// value is another notation of a number from first to last.
func (d *Document) Number(n *Node, rule diag.Rule, what, help string, first, last int) (int, bool) {
	inList := ""
	if e := Only(n); e != nil {
		if _, ok := Decimal(e.Value); ok {
			inList = "write " + e.Value
		}
	}
	if !d.Scalar(n, what, "a number", inList) {
		return 0, false
	}
	tag := n.ShortTag()
	if i, ok := Decimal(n.Value); ok && tag == "!!int" {
		return int(i), true
	}
	problem := fmt.Sprintf("%s %s is not a whole number in decimal notation", what, Shown(n))
	switch {
	case tag != "!!int" && tag != "!!float":
		problem = what + ": expected a number, found " + found(n)
	case leadingZero.MatchString(n.Value):
		problem = fmt.Sprintf("%s %s has a leading zero, which makes it octal for some YAML readers", what, Shown(n))
	}
	if f, err := strconv.ParseFloat(strings.ReplaceAll(n.Value, "_", ""), 64); err == nil && f == math.Trunc(f) {
		if float64(first) <= f && f <= float64(last) {
			help = fmt.Sprintf("write %.0f", f)
		}
	}
	d.Report(rule, d.At(n), help, "%s", problem)
	return 0, false
}

var leadingZero = regexp.MustCompile(`^[-+]?0[0-9]+$`)

// Decimal reads an integer that is written the way a program would write it.
func Decimal(s string) (int64, bool) {
	i, err := strconv.ParseInt(s, 10, 64)
	return i, err == nil && strconv.FormatInt(i, 10) == s
}

// Bool returns true or false; it returns false if the node is neither.
func (d *Document) Bool(n *Node, what string) bool {
	if b, ok := AsBool(n); ok {
		return b
	}
	help := ""
	value := n
	if e := Only(n); e != nil {
		value = e
	}
	if value.Kind == yaml.ScalarNode {
		switch strings.ToLower(value.Value) {
		case "true", "yes", "y", "on":
			help = "write true"
		case "false", "no", "n", "off":
			help = "write false"
		}
	}
	d.WrongType(n, what, "true or false", help)
	return false
}

// AsBool returns the value of a boolean, and false if the node is none.
func AsBool(n *Node) (value, ok bool) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" {
		switch strings.ToLower(n.Value) {
		case "true":
			return true, true
		case "false":
			return false, true
		}
	}
	return false, false
}

// Choice returns a string that is one of the allowed ones.
func Choice[T ~string](d *Document, n *Node, what string, allowed ...T) (T, bool) {
	if i := slices.Index(allowed, T(n.Value)); i >= 0 && n.Kind == yaml.ScalarNode && !IsTagged(n) {
		return allowed[i], true // without the words for a report
	}
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = string(a)
	}
	help := "the values are " + strings.Join(words, ", ")
	if e := Only(n); e != nil && slices.Contains(words, e.Value) {
		help = "write " + e.Value
	}
	if !d.Scalar(n, what, "a string", help) {
		return "", false
	}
	if i := slices.Index(words, n.Value); i >= 0 {
		return allowed[i], true
	}
	if near := diag.Nearest(n.Value, words); near != "" {
		help = "did you mean " + near + "? The values are " + strings.Join(words, ", ")
	}
	d.Report(diag.RuleUnknownValue, d.At(n), help, "%s cannot be %s", what, diag.Quote(n.Value))
	return "", false
}

// CheckTag reports a tag that is not one of YAML's own, or does not fit its node.
func (d *Document) CheckTag(n *Node) bool {
	if !IsTagged(n) {
		return !d.lonelyBang || d.checkBang(n)
	}
	tag := n.ShortTag()
	if _, ok := typeNames[tag]; ok && (tag == "!!map") == (n.Kind == yaml.MappingNode) && (tag == "!!seq") == (n.Kind == yaml.SequenceNode) {
		return true
	}
	offset := d.offset(n.Line, n.Column)
	width := 0
	if at := bytes.IndexByte(d.rest(offset), '!'); at >= 0 {
		offset += at // The anchor may come first.
		width = utf8.RuneCount(d.word(offset))
	}
	d.Report(diag.RuleUnsupportedTag, d.position(offset, width), "remove the tag", "unsupported tag %s", diag.Quote(n.Tag))
	return false
}

// checkBang reports a tag that is only an exclamation mark: YAML allows it, and
// whoever has begun a text with one would miss it.
func (d *Document) checkBang(n *Node) bool {
	offset := d.offset(n.Line, n.Column)
	if !bytes.HasPrefix(d.data[offset:], []byte("!")) {
		return true
	}
	d.Report(diag.RuleUnsupportedTag, d.position(offset, 1), "quote a string that starts with !", `unsupported tag "!"`)
	return false
}

// maxShown is how many bytes of a value a message shows.
const maxShown = 60

// Quoted returns the value of a scalar in double quotes, as YAML reads it; of a long
// one it returns only the quotes.
func Quoted(n *Node) string {
	if len(n.Value) > 2*maxShown {
		return `"..."`
	}
	return strconv.Quote(n.Value)
}

// Shown returns the value of a scalar for a message, without quotes if it has none
// in the file.
func Shown(n *Node) string {
	if len(n.Value) <= maxShown && n.Style == 0 && diag.Printable(n.Value) == n.Value && !strings.Contains(n.Value, " ") {
		return n.Value
	}
	return diag.Quote(n.Value)
}
