package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"text/template"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// The parts that can be injected; a code is written as code:NAME.
const (
	partTable    = "table"
	partSections = "sections"
	partCode     = "code:"
)

// injector writes parts of a catalog between the markers of a document.
type injector struct {
	flavor    *flavor
	catalog   *catalog.Catalog
	docs      string
	templates *template.Template
}

// inject returns the document with the parts between its markers and everything
// else unchanged. It fails with a diag.FileError if markers are invalid.
func (i *injector) inject(name string, document []byte) ([]byte, error) {
	d := parseMarked(name, document)
	regions := d.regions()
	mine := i.selected(d, regions)
	if len(d.findings) > 0 {
		d.findings.Sort()
		return nil, &diag.FileError{File: name, Source: document, Found: d.findings}
	}
	r := i.renderer(d, regions, mine)
	var out bytes.Buffer
	out.Grow(len(document))
	at := 0
	for _, m := range mine {
		text, err := i.render(r, m)
		if err != nil {
			return nil, err
		}
		out.Write(document[at:m.begin.end])
		writeRegion(&out, text, d.lineEnd(m.begin))
		at = m.end.start
	}
	out.Write(document[at:])
	return out.Bytes(), nil
}

// marked is a document with markers.
type marked struct {
	name     string
	source   []byte
	headings []prose.Heading
	markers  []marker
	findings diag.Diagnostics
}

// marker is a line that begins or ends a region.
type marker struct {
	line, start, end int // start and end are the offsets of the line, its end included
	pos              diag.Position
	word             string // "begin" or "end"
	arguments        []string
}

// region is the space between two markers. Its part is empty if the markers are
// invalid.
type region struct {
	begin, end marker
	catalog    string // "" for any catalog
	part       string
	err        *catalog.Error // if the part is a code
	level      int            // of the heading above
}

// markerLine matches a line with a marker: a comment of its own, in HTML or in
// MDX.
var markerLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^ {0,3}(?:<!--|\{/\*)[ \t]*errcat:([^ \t]*)((?:[ \t]+[^ \t]+)*?)[ \t]*(?:-->|\*/\})[ \t]*\r?\n?$`)
})

// parseMarked finds the markers. Those in code, such as examples of markers, do
// not count.
func parseMarked(name string, source []byte) *marked {
	d := &marked{name: name, source: source}
	if !bytes.Contains(source, []byte("errcat:")) {
		return d
	}
	// What is in a region may change how Markdown is read after it, such as HTML to
	// the next empty line. So the document is read again as it will be.
	var regions []region
	for range 10 {
		d.read(regions)
		again, findings := d.pair()
		if len(findings) > 0 || slices.EqualFunc(regions, again, func(a, b region) bool { return a.begin.line == b.begin.line && a.end.line == b.end.line }) {
			break
		}
		regions = again
	}
	return d
}

// read finds the headings and the markers, with an empty line in place of what is in
// the regions.
func (d *marked) read(regions []region) {
	var text []byte
	var lines []marker // the lines of the text, by their place in the document
	number, offset := 0, 0
	for line := range bytes.Lines(d.source) {
		at := marker{line: number, start: offset, end: offset + len(line)}
		number++
		offset += len(line)
		if len(regions) > 0 && at.line == regions[0].end.line {
			regions = regions[1:]
		}
		if len(regions) > 0 && at.line > regions[0].begin.line {
			continue
		}
		text, lines = append(text, line...), append(lines, at)
		if len(regions) > 0 && at.line == regions[0].begin.line {
			text, lines = append(text, '\n'), append(lines, at)
		}
	}
	outline := prose.ParseOutline(text)
	d.headings, d.markers = outline.Headings, nil
	for i := range d.headings {
		d.headings[i].Line = lines[d.headings[i].Line].line
	}
	number = 0
	for line := range bytes.Lines(text) {
		if m := lines[number]; !outline.Verbatim[number] && m.parse(d.name, line) {
			d.markers = append(d.markers, m)
		}
		number++
	}
}

// parse reads the marker on a line, if there is one.
func (m *marker) parse(file string, line []byte) bool {
	if m.line == 0 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	if !bytes.Contains(line, []byte("errcat:")) {
		return false
	}
	match := markerLine().FindSubmatch(line)
	if match == nil {
		return false
	}
	trimmed := bytes.TrimSpace(line)
	m.pos = diag.Position{File: file, Line: m.line + 1, Col: 1 + utf8.RuneCount(line[:bytes.Index(line, trimmed)]), Width: utf8.RuneCount(trimmed)}
	m.word, m.arguments = string(match[1]), strings.Fields(string(match[2]))
	return true
}

// report adds a finding about a marker.
func (d *marked) report(m marker, rule diag.Rule, message, help string, notes ...diag.Note) {
	d.findings = append(d.findings, finding(m, rule, message, help, notes...))
}

// finding returns a finding about a marker.
func finding(m marker, rule diag.Rule, message, help string, notes ...diag.Note) diag.Diagnostic {
	found := diag.New(rule, m.pos, help, "%s", message)
	found.Notes = notes
	return found
}

// regions returns the regions in order, and reports markers that do not pair.
func (d *marked) regions() []region {
	regions, findings := d.pair()
	d.findings = append(d.findings, findings...)
	for i := range regions {
		regions[i].level = d.levelAbove(regions[i].begin, regions)
	}
	return regions
}

// pair returns the regions in order, without their levels, and findings about
// markers that do not pair.
func (d *marked) pair() (regions []region, findings diag.Diagnostics) {
	report := func(m marker, rule diag.Rule, message, help string, notes ...diag.Note) {
		findings = append(findings, finding(m, rule, message, help, notes...))
	}
	var open []marker
	for _, m := range d.markers {
		switch {
		case m.word == "begin" && len(open) > 0:
			outer := open[len(open)-1]
			report(m, diag.RuleMarkerNested, "this marker begins a region within another one", "end the other region first, with errcat:end",
				diag.Note{Pos: outer.pos, Message: "the other region begins here"})
			open = append(open, m)
		case m.word == "begin":
			open = append(open, m)
		case m.word != "end":
			help := "write errcat:begin or errcat:end"
			if near := diag.Suggest(m.word, []string{"begin", "end"}, 1); near != nil {
				help = "did you mean errcat:" + near[0] + "?"
			}
			report(m, diag.RuleMarkerUnknown, fmt.Sprintf("unknown marker errcat:%s", m.word), help)
		case len(m.arguments) > 0:
			report(m, diag.RuleMarkerInvalid, "errcat:end takes no arguments", "remove what follows errcat:end")
			open = open[:max(len(open)-1, 0)]
		case len(open) == 0:
			report(m, diag.RuleMarkerUnopened, "errcat:end without errcat:begin", "add errcat:begin with a part above it, or remove it")
		default:
			if len(open) == 1 {
				regions = append(regions, region{begin: open[0], end: m})
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		report(open[0], diag.RuleMarkerUnclosed, "errcat:begin without errcat:end", "add errcat:end after the region, on a line of its own")
	}
	return regions, findings
}

// levelAbove returns the level of the heading above a marker, or 1 without one.
// Headings within regions do not count.
func (d *marked) levelAbove(m marker, regions []region) int {
	level := 1
	for _, h := range d.ownHeadings(regions) {
		if h.Line < m.line {
			level = h.Level
		}
	}
	return level
}

// ownHeadings returns the headings outside of regions.
func (d *marked) ownHeadings(regions []region) []prose.Heading {
	return slices.DeleteFunc(slices.Clone(d.headings), func(h prose.Heading) bool {
		return slices.ContainsFunc(regions, func(r region) bool { return r.begin.line < h.Line && h.Line < r.end.line })
	})
}

// lineEnd returns the line end of a marker.
func (d *marked) lineEnd(m marker) string {
	if bytes.HasSuffix(d.source[m.start:m.end], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// selected returns the regions for this catalog, and reports those whose part
// is unknown or already in another region.
func (i *injector) selected(d *marked, regions []region) []region {
	var mine []region
	for _, r := range regions {
		switch arguments := r.begin.arguments; len(arguments) {
		case 1:
			r.part = arguments[0]
		case 2:
			r.catalog, r.part = arguments[0], arguments[1]
		default:
			d.report(r.begin, diag.RuleMarkerInvalid, "errcat:begin takes a part, and before it optionally the name of a catalog", "write errcat:begin table, errcat:begin sections or errcat:begin code:NAME")
			continue
		}
		if r.catalog != "" && r.catalog != i.catalog.Name {
			continue
		}
		if i.check(d, &r) && !i.isDoubled(d, r, mine) {
			mine = append(mine, r)
		}
	}
	if len(mine) == 0 && len(d.findings) == 0 {
		help := fmt.Sprintf("put %s where the table of codes belongs, and %s after it", i.flavor.comment("errcat:begin table"), i.flavor.comment("errcat:end"))
		d.findings = append(d.findings, diag.New(diag.RuleMarkerMissing, diag.Position{File: d.name}, help, "the file has no marker for the catalog %s", i.catalog.Name))
	}
	return mine
}

// check reports a part that the catalog does not have.
func (i *injector) check(d *marked, r *region) bool {
	name, isCode := strings.CutPrefix(r.part, partCode)
	switch {
	case r.part == partTable, r.part == partSections:
		return true
	case !isCode:
		help := "the parts are table, sections and code:NAME"
		if near := diag.Suggest(r.part, []string{partTable, partSections}, 1); near != nil {
			help = "did you mean " + near[0] + "?"
		}
		d.report(r.begin, diag.RuleMarkerUnknownPart, fmt.Sprintf("unknown part %q", r.part), help)
		return false
	}
	var names []string
	for _, e := range i.catalog.Errors {
		if e.Name == name || slices.Contains(idsOfError(e), name) {
			r.err = e
			return true
		}
		names = append(names, e.Name)
	}
	help := "name an error of the catalog that the audience of the output may see"
	if near := diag.Suggest(name, names, 1); near != nil {
		help = "did you mean code:" + near[0] + "?"
	}
	d.report(r.begin, diag.RuleMarkerUnknownCode, fmt.Sprintf("the catalog %s has no error %q", i.catalog.Name, name), help)
	return false
}

// isDoubled reports a part that is already in an earlier region: headings and
// anchors would be duplicates.
func (i *injector) isDoubled(d *marked, r region, before []region) bool {
	for _, other := range before {
		if r.part == other.part || r.err != nil && r.err == other.err ||
			r.err != nil && other.part == partSections || r.part == partSections && other.err != nil {
			d.report(r.begin, diag.RuleMarkerDoubled, "this part is already in another region", "remove one of the regions",
				diag.Note{Pos: other.begin.pos, Message: "the other region begins here"})
			return true
		}
	}
	return false
}

// renderer returns a renderer that knows the headings of the document and the
// codes that have a section in it.
func (i *injector) renderer(d *marked, regions, mine []region) *renderer {
	r := &renderer{flavor: i.flavor, catalog: i.catalog, relations: model.NewRelations(i.catalog), taken: make(map[string]bool), headings: make(map[string]bool)}
	for _, h := range d.ownHeadings(regions) {
		r.headings[h.Text] = true
	}
	for _, m := range mine {
		switch {
		case m.part == partSections:
			r.taken = idsOf(i.catalog)
		case m.err != nil:
			for _, id := range idsOfError(m.err) {
				r.taken[id] = true
			}
		}
	}
	elsewhere := i.docsLink()
	r.link = func(id string) (string, bool) {
		if r.taken[id] {
			return "#" + i.flavor.linkID(id), true
		}
		return elsewhere(id)
	}
	return r
}

// codePlaceholder stands for the file name of a code's page in Options.Docs.
const codePlaceholder = "{code}"

// docsLink returns a function for the targets of links to what is not in the
// document.
func (i *injector) docsLink() func(id string) (string, bool) {
	if i.docs == "" {
		return func(string) (string, bool) { return "", false }
	}
	if strings.Contains(i.docs, codePlaceholder) {
		s := newSite(i.flavor, i.catalog)
		return func(id string) (string, bool) {
			e := s.errors[id]
			if e == nil {
				return "", false
			}
			return prose.LinkTarget(strings.ReplaceAll(i.docs, codePlaceholder, s.names[e]))
		}
	}
	ids := idsOf(i.catalog)
	return func(id string) (string, bool) {
		target, _ := prose.LinkTarget(i.docs)
		return target + "#" + i.flavor.linkID(id), ids[id]
	}
}

// checkDocs checks the syntax of an Options.Docs.
func checkDocs(docs string) error {
	if _, ok := prose.LinkTarget(strings.ReplaceAll(docs, codePlaceholder, "code")); !ok || strings.Contains(docs, "#") {
		return errors.New("must be the address of a page, relative or with https://, without a fragment")
	}
	return nil
}

// render returns the Markdown of a region. It may be empty.
func (i *injector) render(r *renderer, m region) (string, error) {
	r.level = m.level + 1
	r.hasCommands, r.hasOddWidths = false, false
	r.Reset()
	switch {
	case m.part == partTable && len(i.catalog.Errors) > 0:
		r.overview()
	case m.part == partSections:
		r.takeErrorHeadings()
		if err := i.templates.ExecuteTemplate(r, "categories", r.categories()); err != nil {
			return "", err
		}
	case m.err != nil:
		r.section(m.err, r.level)
	}
	return r.guarded(strings.TrimSpace(r.String())), nil
}

// guarded returns a text within comments that keep formatters from changing it, and
// that switch off the rules of markdownlint that it has to break. MDX has no
// comments for the latter.
func (r *renderer) guarded(text string) string {
	const longest = 80
	rules := append(r.brokenRules(), r.flavor.unlinted...)
	if slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool { return len(line) > longest }) {
		rules = append(rules, "MD013")
	}
	if slices.ContainsFunc(r.flavor.elements, func(name string) bool { return strings.Contains(text, "<"+name) }) {
		rules = append(rules, "MD033")
	}
	if text == "" {
		return ""
	}
	text = r.flavor.comment(formatStart) + "\n\n" + text + "\n\n" + r.flavor.comment(formatEnd)
	if len(rules) == 0 || r.flavor.comment("") != htmlComment("") {
		return text
	}
	slices.Sort(rules)
	return r.lintComment("capture", "") + "\n" + r.lintComment("disable", strings.Join(rules, " ")) + "\n\n" +
		text + "\n\n" + r.lintComment("restore", "")
}

// writeRegion writes the content of a region, with empty lines around it.
func writeRegion(out *bytes.Buffer, text, lineEnd string) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq("\n"+text+"\n", "\n") {
		out.WriteString(line)
		out.WriteString(lineEnd)
	}
}
