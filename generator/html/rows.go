package html

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// With more entries than this, a page has rows of data instead of elements: it
// would be large and slow to open.
const mostElements = 1000

// row is the data from which the script makes the element of an entry: the values
// of the columns, without the empty ones at the end. What is markup is rendered
// here, everything else is text that the script escapes.
type row []any

// columns are the names of the values of a row.
var rowColumns = []string{"code", "name", "title", "message", "status", "facts", "description", "resolution", "more"}

// more are the values that few entries have.
type more struct {
	keys
	Notices [][3]markup `json:"notices,omitempty"` // class, lead and reason
	Params  [][]any     `json:"params,omitempty"`
	// Example is the example body if it does not follow from the rest; Members has
	// the members that follow the code.
	Example string          `json:"example,omitempty"`
	Members json.RawMessage `json:"members,omitempty"`
	// Samples is the number of the samples in the table of them. Go and TypeScript are
	// the identifiers in these if they do not follow from the name.
	Samples    int    `json:"samples,omitempty"`
	Go         string `json:"go,omitempty"`
	TypeScript string `json:"ts,omitempty"`
}

// rows returns the lists of the index that the script makes elements from.
func (p *page) rows() []list {
	facts := p.newFactTable()
	samples := newSampleTable(p.catalog, p.sections)
	rows := p.valueOfEach("rows", func(e *catalog.Error) any { return p.row(p.entry(e), facts, samples) })
	lists := []list{valuesOf("facts", facts.shared), valuesOf("columns", rowColumns), rows}
	if samples != nil {
		lists = append(lists, valuesOf("samples", samples.shared))
	}
	return lists
}

func (p *page) row(out entry, facts *factTable, samples *sampleTable) row {
	e := out.err
	name, title := e.Name, any(out.title)
	if name == e.Code {
		name = ""
	}
	if out.title == nameInWords(e.Name) {
		title = 0
	}
	r := row{e.Code, name, title, messageParts(e, out), p.statusOf(e), facts.row(out.Facts), withoutParagraph(out.Description), withoutParagraph(out.Resolution)}
	m := more{keys: p.keys(e)}
	for _, n := range out.Notices {
		m.Notices = append(m.Notices, [3]markup{n.Class, n.Lead, n.Reason})
	}
	for _, q := range e.Params {
		m.Params = append(m.Params, p.paramRow(q))
	}
	m.Example, m.Members = p.exampleOf(out, r)
	if samples != nil {
		m.Samples = samples.number[e]
		if e.GoName != nameInPascalCase(e.Name) {
			m.Go = e.GoName
		}
		if e.TypeScriptName != e.Name {
			m.TypeScript = e.TypeScriptName
		}
	}
	if !reflect.ValueOf(m).IsZero() {
		r = append(r, m)
	}
	for len(r) > 0 && (r[len(r)-1] == "" || r[len(r)-1] == 0) {
		r = r[:len(r)-1]
	}
	return r
}

// withoutParagraph returns prose that is a single paragraph without its element. What
// is left begins with text or an inline element, so that the script can tell.
func withoutParagraph(prose markup) string {
	inner, opened := strings.CutPrefix(string(prose), "<p>")
	inner, closed := strings.CutSuffix(inner, "</p>")
	if opened && closed && inner != "" && !strings.Contains(inner, "<p") {
		return inner
	}
	return string(prose)
}

// nameInWords returns the title that most names stand for, as the script does.
func nameInWords(name string) string {
	words := strings.ReplaceAll(strings.ToLower(name), "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// shown returns a text as HTML shows it.
func shown(s string) string { return html.UnescapeString(prose.EscapeHTML(s)) }

// messageParts returns the message: a string or, if it has params, texts and the
// names of params by turns.
func messageParts(e *catalog.Error, out entry) any {
	if out.Message == "" {
		return ""
	}
	parts := []string{""}
	for _, s := range e.Message.Segments {
		if s.Param != nil {
			parts = append(parts, shown(s.Param.Name), "")
		} else {
			parts[len(parts)-1] += shown(s.Text)
		}
	}
	last := len(parts) - 1
	parts[0] = strings.TrimLeftFunc(parts[0], isSpace)
	parts[last] = strings.TrimRightFunc(parts[last], isSpace)
	if last == 0 {
		return parts[0]
	}
	return parts
}

func isSpace(r rune) bool { return strings.TrimSpace(string(r)) == "" }

func (p *page) paramRow(q *catalog.Param) []any {
	values := []string{}
	for _, v := range q.Values {
		values = append(values, prose.Line(v))
	}
	r := []any{prose.Line(q.Name), prose.Line(string(q.Type)), string(p.prose(q.Description)), values, prose.Line(model.ValueText(q.Example)), q.Sensitive}
	if !q.Sensitive {
		r = r[:5]
		if r[4] == "" {
			r = r[:4]
			if len(values) == 0 {
				r = r[:3]
			}
		}
	}
	return r
}

// exampleOf returns what the script needs to write the example body of an entry: the
// body itself, or the members behind the code if the rest follows from the row, or
// nothing if all of it does.
func (p *page) exampleOf(out entry, r row) (body string, members json.RawMessage) {
	if out.example == nil {
		return "", nil
	}
	code := out.err.Code
	if !p.catalog.IntegerCodes {
		code = quote(code)
	}
	head, tail, ok := strings.Cut(string(out.example), `,"code":`+code)
	var values map[string]any
	if ok && tail != "}" && plainMembers(tail) {
		members = json.RawMessage("{" + tail[1:])
		ok = json.Unmarshal(members, &values) == nil
	} else {
		ok = ok && tail == "}"
	}
	if detail, hasDetail := detailOf(r, values); ok && hasDetail &&
		head == `{"type":`+quote(out.typeURI)+`,"title":`+quote(out.title)+`,"status":`+strconv.Itoa(out.err.HTTPStatus)+`,"detail":`+quote(detail) {
		return "", members
	}
	return shown(exampleText(out.example)), nil
}

// plainMembers reports whether JavaScript writes these members of an object as they
// are here.
func plainMembers(tail string) bool {
	for i := range len(tail) {
		if c := tail[i]; c < ' ' || c >= 0x7f || c == '\\' {
			return false
		}
	}
	return !largeNumber.MatchString(tail)
}

var largeNumber = regexp.MustCompile(`[0-9]{16}|[0-9][eE]`)

// quote returns a string as JSON in which only quotes and backslashes are escaped.
func quote(s string) string { return `"` + quotes.Replace(s) + `"` }

var quotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// detailOf returns the detail of an example body, as the script makes it from a row
// and the members of the body.
func detailOf(r row, values map[string]any) (detail string, ok bool) {
	parts, ok := r[3].([]string)
	if !ok {
		// A message that repeats the title is left out.
		message, _ := r[3].(string)
		title, ok := r[2].(string)
		if !ok {
			title = nameInWords(cmp.Or(r[1].(string), r[0].(string)))
		}
		return cmp.Or(message, title), true
	}
	var b strings.Builder
	for i, part := range parts {
		if i%2 == 1 {
			// Only strings look the same in a message and in JSON.
			if part, ok = values[part].(string); !ok {
				return "", false
			}
		}
		b.WriteString(part)
	}
	return b.String(), true
}

// factTable has the facts that several entries share, which are numbers in rows.
type factTable struct {
	number map[fact]int
	shared [][2]markup
}

// newFactTable returns the facts that are shared, in the order of the page.
func (p *page) newFactTable() *factTable {
	times := make(map[fact]int)
	var order []fact
	for _, cat := range p.sections {
		for _, e := range cat.Errors {
			for _, f := range p.facts(e) {
				f = f.withoutName()
				if times[f]++; times[f] == 1 {
					order = append(order, f)
				}
			}
		}
	}
	t := &factTable{number: make(map[fact]int)}
	for _, f := range order {
		if times[f] > 1 {
			t.number[f] = len(t.shared)
			t.shared = append(t.shared, [2]markup{f.Name, f.Value})
		}
	}
	return t
}

// row returns facts as numbers or, if no other entry has the same, as they are.
func (t *factTable) row(facts []fact) []any {
	out := make([]any, len(facts))
	for i, f := range facts {
		f = f.withoutName()
		if n, isShared := t.number[f]; isShared {
			out[i] = n
		} else {
			out[i] = [2]markup{f.Name, f.Value}
		}
	}
	return out
}

// sampleTable has the samples of errors with placeholders for their identifiers, so
// that most errors have the same ones.
type sampleTable struct {
	number map[*catalog.Error]int
	shared [][][3]string // from the most frequent ones
}

// idPlaceholder stands for the identifier of an error in its samples. It is neither in
// Go nor in TypeScript.
const idPlaceholder = "@"

// newSampleTable returns the samples of all errors, nil if they have none.
func newSampleTable(c *catalog.Catalog, sections []*catalog.Category) *sampleTable {
	type group struct {
		samples [][3]string
		errors  []*catalog.Error
	}
	var groups []*group
	byText := make(map[string]*group)
	hasSamples := false
	for _, cat := range sections {
		for _, e := range cat.Errors {
			samples := [][3]string{}
			for _, s := range model.Samples(c, e) {
				id := e.GoName
				if s.Language == "ts" {
					id = e.TypeScriptName
				}
				samples = append(samples, [3]string{s.Language, strings.ReplaceAll(s.Name, id, idPlaceholder), strings.ReplaceAll(s.Code(), id, idPlaceholder)})
			}
			hasSamples = hasSamples || len(samples) > 0
			text := fmt.Sprint(samples)
			if byText[text] == nil {
				byText[text] = &group{samples: samples}
				groups = append(groups, byText[text])
			}
			byText[text].errors = append(byText[text].errors, e)
		}
	}
	if !hasSamples {
		return nil
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return len(b.errors) - len(a.errors) })
	t := &sampleTable{number: make(map[*catalog.Error]int)}
	for i, g := range groups {
		t.shared = append(t.shared, g.samples)
		for _, e := range g.errors {
			t.number[e] = i
		}
	}
	return t
}

// nameInPascalCase returns the Go identifier of most names, as the script does.
func nameInPascalCase(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			b.WriteString(word[:1] + strings.ToLower(word[1:]))
		}
	}
	return b.String()
}
