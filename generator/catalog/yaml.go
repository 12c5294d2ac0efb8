package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/diag"
)

// This file turns the bytes of a catalog into nodes, and nodes into the
// mappings, lists and scalars that the format asks for.

// maxAliased is how many nodes the aliases of a catalog may repeat; a text
// counts as one more for every 64 bytes.
const maxAliased = 1_000_000

// parse returns the root node of the document, nil where it has none or where
// it cannot be read on; it has reported why.
func (l *loader) parse() *yaml.Node {
	doc := l.src.parseInParts(partSize)
	if doc == nil {
		doc = l.parseWhole()
	}
	if doc == nil || !l.checkAliases(doc) {
		return nil
	}
	return doc.Content[0]
}

// parseWhole returns the document, nil where there is none or where it cannot
// be read on; it has reported why.
func (l *loader) parseWhole() *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(l.src.data))
	doc, err := decode(decoder)
	switch {
	case errors.Is(err, io.EOF):
		l.emptyCatalog(diag.Position{File: l.src.file, Line: 1, Col: 1})
		return nil
	case err != nil:
		l.syntaxError(err)
		return nil
	}
	next, err := decode(decoder)
	switch {
	case errors.Is(err, io.EOF):
	case err != nil:
		l.syntaxError(err)
		return nil
	default:
		l.report(RuleMultipleDocuments, l.src.at(next), "keep one document a file", "a second document begins here")
	}
	return doc
}

func (l *loader) emptyCatalog(pos diag.Position) {
	l.report(RuleMissingKey, pos, "begin with version: 1", "the catalog is empty")
}

// decode reads one document. The parser gives up on some malformed input by
// panicking; that is a syntax error like any other.
func decode(decoder *yaml.Decoder) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: the parser failed: %v", r)
		}
	}()
	doc = new(yaml.Node)
	if err := decoder.Decode(doc); err != nil {
		return nil, err
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, io.EOF
	}
	return doc, nil
}

var (
	syntaxErrorLine = regexp.MustCompile(`^line (\d+): `)
	inBrackets      = regexp.MustCompile(`did not find expected ',' or '[\]}]'$`)
	unknownAnchor   = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
	// textAfterBrace finds a text that begins with a placeholder and is not in
	// quotes, the most common mistake of all: the parser stops behind the brace.
	textAfterBrace = regexp.MustCompile(`:[ \t]+(\{[\w.-]+\})[ \t]*$`)
)

// syntaxHelp says what usually causes a message of the YAML parser.
var syntaxHelp = []struct{ message, help string }{
	{"mapping values are not allowed", "put a colon and a space behind the key of the line before, and indent both lines as deep"},
	{"cannot start any token", "write a text that begins with this character in quotes"},
	{"found a tab character", "indent with spaces, not with tabs"},
	{"did not find expected ',' or", "put a comma or the closing bracket before it; a text that begins with a bracket is written in quotes"},
	{"did not find expected node content", "close the bracket, or write a text that begins with one in quotes"},
	{"did not find expected alphabetic", "write a text that begins with & or * in quotes"},
	{"did not find expected", "check the indentation; a text that begins with a bracket, a quote, &, * or ! is written in quotes as a whole"},
	{"could not find expected ':'", "put a colon and a space behind the key, and indent the line as deep as those around it"},
	{"found unexpected end of stream", "close the quote that is opened here"},
	{"found unexpected document indicator", "close the quote before the line"},
	{"unknown escape", `write a backslash as \\ in double quotes, or use single quotes`},
	{"unknown anchor", "write a text that begins with * in quotes"},
	{"incompatible YAML document", "remove the line that begins with %YAML"},
	{"exceeded max depth", "nest less deep"},
}

// syntaxError reports what the YAML parser does not understand.
func (l *loader) syntaxError(err error) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := syntaxErrorLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = message[len(m[0]):]
	}
	help := "check the line and the one before it"
	for _, h := range syntaxHelp {
		if strings.Contains(message, h.message) {
			help = h.help
			break
		}
	}
	data := l.src.data
	offset, ok := l.syntaxErrorOffset(err)
	if !ok {
		// The parser tells about where; the place is the first character on the line.
		offset = l.src.offset(line, 1)
		offset += len(l.src.rest(offset)) - len(bytes.TrimLeft(l.src.rest(offset), " \t"))
	}
	width := 0
	if m := unknownAnchor.FindStringSubmatch(message); m != nil {
		if ok {
			width = utf8.RuneCountInString(m[1]) + 1
			offset -= len(m[1])
		}
		message = "unknown anchor " + quoted(m[1])
	}
	before := data[bytes.LastIndexAny(data[:offset], "\r\n")+1 : offset]
	if m := textAfterBrace.FindSubmatchIndex(before); m != nil {
		offset -= len(before) - m[2]
		width = m[3] - m[2]
		help = "write a text that begins with { in quotes"
	}
	switch rest := data[offset:]; {
	case bytes.HasPrefix(rest, []byte("\t")):
		help = "indent with spaces, not with tabs"
	case bytes.HasPrefix(rest, []byte("<<<<<<<")):
		help = "resolve the conflict of the merge"
	case bytes.HasPrefix(rest, []byte(":")) && bytes.Contains(before, []byte(": ")):
		help = `write a text that has ": " in it in quotes`
	}
	l.report(RuleYAMLSyntax, l.src.position(offset, width), help, "%s", message)
}

// maxSyntaxSearch is the size up to which the exact place of a syntax error is
// looked for.
const maxSyntaxSearch = 8 << 20

// syntaxErrorOffset returns the offset of the character at which the parser
// gives up. The parser itself tells the line alone, and often that of what the
// character stands in; but it reads no further than it must, so that the
// shortest beginning of the file that gives the same error ends with the
// character.
func (l *loader) syntaxErrorOffset(want error) (int, bool) {
	data := l.src.data
	// In brackets every beginning is an error; this makes it another one.
	end := ""
	if inBrackets.MatchString(want.Error()) {
		end = "\n,,,,"
	}
	fails := func(size int) bool {
		err := firstError(io.MultiReader(bytes.NewReader(data[:size]), strings.NewReader(end)))
		return err.Error() == want.Error()
	}
	read := &countingReader{Reader: bytes.NewReader(data)}
	if firstError(read); read.count > maxSyntaxSearch {
		return 0, false
	}
	// It is most likely in what was read last.
	low := max(0, read.count-4096)
	if fails(low) {
		low = 0
	}
	size := low + sort.Search(read.count-low, func(i int) bool { return fails(low + i) })
	for size > 0 && size < len(data) && !utf8.RuneStart(data[size]) {
		size++ // Not within a character.
	}
	offset := max(size-1, 0)
	for offset > 0 && !utf8.RuneStart(data[offset]) {
		offset--
	}
	if end != "" && offset < len(data) && (data[offset] == '"' || data[offset] == '\'') {
		// Only the whole of a quoted text is one too many.
		start := bytes.LastIndexAny(data[:offset], "\r\n") + 1
		if open := bytes.LastIndexByte(data[start:offset], data[offset]); open >= 0 {
			offset = start + open
		}
	}
	return offset, true
}

// firstError returns the error with which the documents of r end.
func firstError(r io.Reader) error {
	decoder := yaml.NewDecoder(r)
	for {
		if _, err := decode(decoder); err != nil {
			return err
		}
	}
}

// countingReader counts the bytes that are read from it.
type countingReader struct {
	*bytes.Reader
	count int
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.count += n
	return n, err
}

// checkAliases reports anchors that contain themselves, and aliases that
// repeat more than a machine should be made to read.
func (l *loader) checkAliases(doc *yaml.Node) bool {
	sizes := make(map[*yaml.Node]int) // of anchored nodes; -1 while inside
	ok, aliased := true, 0
	var first *yaml.Node
	var size func(n *yaml.Node) int
	size = func(n *yaml.Node) int {
		if n.Kind == yaml.AliasNode {
			// The anchor stands before the alias, or around it.
			target := sizes[n.Alias]
			if target < 0 {
				l.report(RuleRecursiveAlias, l.src.at(n), "write the part out", "the alias %s stands inside of its own anchor", quoted("*"+n.Value))
				ok = false
				return 1
			}
			if first == nil {
				first = n
			}
			aliased = min(aliased+target, maxAliased+1)
			return target
		}
		if n.Anchor != "" {
			sizes[n] = -1
		}
		total := 1 + len(n.Value)/64
		for _, c := range n.Content {
			total = min(total+size(c), maxAliased+1)
		}
		if n.Anchor != "" {
			sizes[n] = total
		}
		return total
	}
	size(doc)
	if ok && aliased > maxAliased {
		l.report(RuleAliasLimit, l.src.at(first), "write the parts out", "the aliases of the catalog repeat more than %d values", maxAliased)
		ok = false
	}
	return ok
}

// pair is a key of a mapping with its value, aliases resolved.
type pair struct {
	name       string
	key, value *yaml.Node
}

// target returns the node that an alias stands for.
func target(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// mapping returns the pairs of a mapping in their order, with those that a
// merge key brings in at its place; the mapping's own keys win over these.
func (l *loader) mapping(n *yaml.Node, what, help string) ([]pair, bool) {
	n = target(n)
	if n.Kind != yaml.MappingNode {
		l.wrongType(n, what, "a mapping", help)
		return nil, false
	}
	if !l.plainTag(n) {
		return nil, false
	}
	pairs := make([]pair, 0, len(n.Content)/2)
	index := newKeyIndex(len(n.Content) / 2)
	merges := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := target(n.Content[i])
		if key.Kind != yaml.ScalarNode {
			l.wrongType(key, "a key", "a text", "")
			continue
		}
		if !l.plainTag(key) {
			continue
		}
		if before := index.find(pairs, key.Value); before >= 0 {
			l.report(RuleDuplicateKey, l.at(key), "remove one of the two", "the key %s stands twice", quoted(key.Value)).
				note(l.at(pairs[before].key), "it stands here first")
			continue
		}
		merges = merges || isMerge(key)
		pairs = index.add(pairs, pair{key.Value, key, target(n.Content[i+1])})
	}
	if merges {
		pairs = l.merge(pairs)
	}
	return pairs, true
}

// keyIndex finds a key among pairs; for the few that most mappings have, it
// looks through them.
type keyIndex map[string]int

func newKeyIndex(pairs int) keyIndex {
	if pairs <= 32 {
		return nil
	}
	return make(keyIndex, pairs)
}

// find returns the index of the pair with the key, -1 where there is none.
func (index keyIndex) find(pairs []pair, name string) int {
	if index == nil {
		return slices.IndexFunc(pairs, func(p pair) bool { return p.name == name })
	}
	if i, ok := index[name]; ok {
		return i
	}
	return -1
}

// add appends a pair.
func (index keyIndex) add(pairs []pair, p pair) []pair {
	if index != nil {
		index[p.name] = len(pairs)
	}
	return append(pairs, p)
}

func isMerge(key *yaml.Node) bool { return key.Value == "<<" && key.ShortTag() == "!!merge" }

// merge puts the pairs that merge keys bring in into their place.
func (l *loader) merge(pairs []pair) []pair {
	taken := make(map[string]bool, len(pairs))
	for _, p := range pairs {
		taken[p.name] = true
	}
	var all []pair
	for _, p := range pairs {
		if !isMerge(p.key) {
			all = append(all, p)
			continue
		}
		sources := []*yaml.Node{p.value}
		if p.value.Kind == yaml.SequenceNode {
			sources = p.value.Content
		}
		for _, s := range sources {
			merged, _ := l.mapping(s, "the value of <<", "write an alias of a mapping, such as <<: *name")
			for _, m := range merged {
				if !taken[m.name] {
					taken[m.name] = true
					all = append(all, m)
				}
			}
		}
	}
	return all
}

// fields returns the pairs of a mapping whose keys are all known. It reports
// the others; one that can only be a slip of another key is read as that, so
// that its value is checked and nothing else seems to be missing.
func (l *loader) fields(n *yaml.Node, what string, known ...string) ([]pair, bool) {
	n = target(n)
	if n.Kind != yaml.MappingNode {
		l.wrongType(n, what, "a mapping", "write a mapping with keys such as "+strings.Join(known[:min(3, len(known))], ", "))
		return nil, false
	}
	pairs, ok := l.mapping(n, what, "")
	kept := pairs[:0]
	for i, p := range pairs {
		if !slices.Contains(known, p.name) {
			near := nearest(p.name, known)
			help := "did you mean " + near + "?"
			if near == "" {
				help = "the keys are " + strings.Join(known, ", ")
			}
			l.report(RuleUnknownKey, l.at(p.key), help, "%s has no key %s", what, quoted(p.name))
			has := func(p pair) bool { return p.name == near }
			if near == "" || slices.ContainsFunc(kept, has) || slices.ContainsFunc(pairs[i+1:], has) {
				continue
			}
			p.name = near
		}
		kept = append(kept, p)
	}
	return kept, ok
}

// list returns the elements of a list.
func (l *loader) list(n *yaml.Node, what string) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		help := "write a list, with a dash before each element"
		if n.Kind == yaml.ScalarNode {
			help = "write it as a list: [" + quotedAs(n) + "]"
		}
		l.wrongType(n, what, "a list", help)
		return nil
	}
	if !l.plainTag(n) {
		return nil
	}
	elements := make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		elements[i] = target(c)
	}
	return elements
}

// isEmpty reports whether a node is what stands behind a key without a value.
func isEmpty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.ShortTag() == "!!null"
}

// noValue reports a key without a value.
func (l *loader) noValue(n *yaml.Node, what string) {
	help := "give it a value, or remove it"
	switch what {
	case "version":
		help = "write version: 1"
	case "name", "url", "target", "path", "errors":
		help = "give it a value" // It is required.
	case "a category":
		help = "write {} for a category without settings"
	}
	l.report(RuleEmptyValue, l.at(n), help, "%s has no value", what)
}

// text returns the string that a node holds. What YAML reads as another type
// is not a string, however it looks: nothing is converted.
func (l *loader) text(n *yaml.Node, what string) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, what, "a text", "")
		return "", false
	case isEmpty(n):
		l.noValue(n, what)
		return "", false
	case !l.plainTag(n):
		return "", false
	}
	if tag := n.ShortTag(); tag != "!!str" {
		l.unquoted(n, what, typeNames[tag])
		return "", false
	}
	if i := strings.IndexByte(n.Value, 0); i >= 0 {
		l.report(RuleControlCharacter, l.inside(n, i, 1), "remove it", "%s has a NUL character", what)
		return "", false
	}
	return n.Value, true
}

// typeNames are YAML's types in words.
var typeNames = map[string]string{
	"!!int": "a number", "!!float": "a number", "!!bool": "a boolean", "!!null": "null",
	"!!timestamp": "a date", "!!merge": "a merge key", "!!map": "a mapping", "!!seq": "a list", "!!str": "a text",
}

// strictText returns a string as text does, but refuses as well what other
// YAML readers take for something else: NO is a boolean for some.
func (l *loader) strictText(n *yaml.Node, what string) (string, bool) {
	s, ok := l.text(n, what)
	if !ok {
		return "", false
	}
	if kind := ambiguous(n); kind != "" {
		l.unquoted(n, what, kind)
		return "", false
	}
	return s, true
}

// nonBlank returns a string as text does that has something to show.
func (l *loader) nonBlank(n *yaml.Node, what string) (string, bool) {
	s, ok := l.text(n, what)
	if ok && strings.TrimSpace(s) == "" {
		l.report(RuleEmptyValue, l.at(n), "write a text, or remove the key", "%s is empty", what)
		return "", false
	}
	return s, ok
}

var (
	ambiguousNumber = regexp.MustCompile(`^[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|\.(?i:inf))$|^\.(?i:nan)$`)
	ambiguousDate   = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$`)
)

// ambiguous returns what a YAML reader of any version may take an unquoted
// scalar for, "" where it is a string for all of them.
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
		return "a date"
	}
	return ""
}

// unquoted reports a scalar that must be in quotes.
func (l *loader) unquoted(n *yaml.Node, what, kind string) {
	l.report(RuleUnquotedString, l.at(n), "write it in quotes: "+quotedAs(n), "%s %s is %s, not a text", what, shown(n), kind)
}

// number returns a plain decimal number.
func (l *loader) number(n *yaml.Node, rule, what string) (int, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, what, "a number", "")
		return 0, false
	case isEmpty(n):
		l.noValue(n, what)
		return 0, false
	case !l.plainTag(n):
		return 0, false
	}
	tag := n.ShortTag()
	if i, ok := decimal(n.Value); ok && tag == "!!int" {
		return int(i), true
	}
	help, problem := "write a number from 100 to 599", "is not written as a whole number"
	if rule == RuleUnsupportedVersion {
		help = "write version: 1"
	}
	if f, err := strconv.ParseFloat(strings.ReplaceAll(n.Value, "_", ""), 64); err == nil && f == math.Trunc(f) {
		if rule == RuleInvalidHTTPStatus && 100 <= f && f <= 599 {
			help = fmt.Sprintf("write %.0f", f)
		}
		switch {
		case tag == "!!str":
			problem = "is a text, not a number"
		case leadingZero.MatchString(n.Value):
			problem = "begins with 0, which makes it octal for some YAML readers"
		}
	}
	l.report(rule, l.at(n), help, "%s %s %s", what, shown(n), problem)
	return 0, false
}

var leadingZero = regexp.MustCompile(`^[-+]?0[0-9]+$`)

// decimal reads an integer that is written as a computer would write it.
func decimal(s string) (int64, bool) {
	i, err := strconv.ParseInt(s, 10, 64)
	return i, err == nil && strconv.FormatInt(i, 10) == s
}

// boolean returns true or false.
func (l *loader) boolean(n *yaml.Node, what string) bool {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" {
		switch strings.ToLower(n.Value) {
		case "true":
			return true
		case "false":
			return false
		}
	}
	if n.Kind == yaml.ScalarNode && !isEmpty(n) {
		l.report(RuleWrongType, l.at(n), "write true or false", "%s is %s, not true or false", what, shown(n))
	} else {
		l.wrongType(n, what, "true or false", "")
	}
	return false
}

// choice returns a string that is one of the allowed.
func choice[T ~string](l *loader, n *yaml.Node, what string, allowed ...T) (T, bool) {
	words := make([]string, len(allowed))
	for i, a := range allowed {
		words[i] = string(a)
	}
	help := "the values are " + strings.Join(words, ", ")
	switch {
	case n.Kind != yaml.ScalarNode:
		l.wrongType(n, what, "a text", help)
		return "", false
	case isEmpty(n):
		l.noValue(n, what)
		return "", false
	case !l.plainTag(n):
		return "", false
	}
	if i := slices.Index(words, n.Value); i >= 0 {
		return allowed[i], true
	}
	if near := nearest(n.Value, words); near != "" {
		help = "did you mean " + near + "? The values are " + strings.Join(words, ", ")
	}
	l.report(RuleUnknownValue, l.at(n), help, "%s cannot be %s", what, quoted(n.Value))
	return "", false
}

// plainTag reports a tag that is not one of YAML's own, or that does not fit
// its node.
func (l *loader) plainTag(n *yaml.Node) bool {
	if n.Style&yaml.TaggedStyle == 0 {
		return true
	}
	tag := n.ShortTag()
	if _, ok := typeNames[tag]; ok && (tag == "!!map") == (n.Kind == yaml.MappingNode) && (tag == "!!seq") == (n.Kind == yaml.SequenceNode) {
		return true
	}
	offset := l.src.offset(n.Line, n.Column)
	width := 0
	if at := bytes.IndexByte(l.src.rest(offset), '!'); at >= 0 {
		offset += at // The anchor may stand first.
		width = utf8.RuneCount(l.src.word(offset))
	}
	l.report(RuleUnsupportedTag, l.src.position(offset, width), "remove the tag", "the tag %s has no meaning here", quoted(n.Tag))
	return false
}

// wrongType reports a node that is not what its key asks for.
func (l *loader) wrongType(n *yaml.Node, what, want, help string) {
	if isEmpty(n) {
		l.noValue(n, what)
		return
	}
	kind := "a list"
	switch n.Kind {
	case yaml.MappingNode:
		kind = "a mapping"
	case yaml.ScalarNode:
		if kind = typeNames[n.ShortTag()]; kind == "" {
			kind = "of the type " + quoted(n.Tag)
		}
	}
	switch {
	case help != "":
	case kind == "a mapping" && want == "a text":
		help = `write a text that begins with { or has ": " in it in quotes`
	case kind == "a list" && want == "a text":
		help = "write one text; one that begins with [ is written in quotes"
	default:
		help = "write " + want
	}
	l.report(RuleWrongType, l.at(n), help, "%s is %s, not %s", what, kind, want)
}

// at returns the place of a node.
func (l *loader) at(n *yaml.Node) diag.Position { return l.src.at(n) }

// inside returns the place of a part of a scalar: so many characters that
// begin at index i of its value.
func (l *loader) inside(n *yaml.Node, i, characters int) diag.Position {
	// What is asked for stands mostly behind what was asked for last.
	if l.reader == nil || l.reader.node != n || l.reader.index > i {
		l.reader = l.src.reader(n)
	}
	start, ok := l.reader.seek(i)
	if !ok {
		return l.at(n)
	}
	// Escapes make the part longer in the source than in the value.
	last := i
	for range characters - 1 {
		_, size := utf8.DecodeRuneInString(n.Value[last:])
		last += size
	}
	if end, ok := l.reader.seek(last); ok {
		_, size := l.reader.character()
		characters = utf8.RuneCount(l.src.data[start : end+size])
	}
	return l.src.position(start, characters)
}

// maxShown is how much of a text of the catalog a message shows.
const maxShown = 60

// quotedAs returns the value of a scalar in quotes, as YAML reads it.
func quotedAs(n *yaml.Node) string {
	if len(n.Value) > 2*maxShown {
		return `"..."`
	}
	return strconv.Quote(n.Value)
}

// shown returns the value of a scalar as it was written, for a message.
func shown(n *yaml.Node) string {
	if len(n.Value) <= maxShown && n.Style == 0 && diag.Printable(n.Value) == n.Value && !strings.Contains(n.Value, " ") {
		return n.Value
	}
	return quoted(n.Value)
}

// quoted returns a text of the catalog for a message: in quotes, on one line,
// not too long, nothing in it but what can be printed.
func quoted(s string) string { return strconv.Quote(clip(s, maxShown)) }

// clip returns s, or the beginning of it where it is longer than most bytes.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	cut := min(most, maxShown)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}
