package importer

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/yamldoc"
)

// This file makes the catalog: it resolves what clashes, proposes what is missing,
// and writes the text.

// builder makes a catalog of a source.
type builder struct {
	*source
	result     Result
	guesses    map[string]int
	categories []*category
	// bySlug and byTitle are the categories by their names and titles.
	bySlug, byTitle map[string]*category
	// numbers are the last ones that were added to a word to make it unique.
	numbers map[string]int
	// codes and names are those that are taken, with the entry.
	codes, names map[string]*entry
	headings     int // how many different ones the entries have
	identifiers  [2]map[string]bool
	languages    [2]naming.Language
	b            strings.Builder
}

// category is a category of the catalog.
type category struct {
	slug, title string
	guessed     bool
}

// build makes the catalog.
func build(file string, format Format, name string, s *source) *Result {
	b := &builder{
		source: s, guesses: make(map[string]int), bySlug: make(map[string]*category), byTitle: make(map[string]*category), numbers: make(map[string]int),
		codes: make(map[string]*entry), names: make(map[string]*entry),
		languages: [2]naming.Language{naming.Go, naming.TypeScript},
	}
	if s.noHTTP {
		b.languages = [2]naming.Language{naming.GoWithoutHTTP, naming.TypeScriptWithoutHTTP}
	}
	b.takeCodes()
	headings := make(map[string]bool)
	for _, e := range b.entries {
		headings[oneLine(e.heading)] = true
	}
	b.headings = len(headings)
	var texts []string
	b.identifiers = [2]map[string]bool{{}, {}}
	b.nameEntries()
	for _, e := range b.entries {
		texts = append(texts, b.entry(e))
	}
	b.head(file, format, name)
	for _, text := range texts {
		b.b.WriteString("\n" + text)
	}
	b.writeReserved()
	b.tail()
	b.result.Catalog = []byte(b.b.String())
	b.result.Errors = len(b.entries)
	b.result.Codes = len(b.codes)
	for _, what := range slices.Sorted(maps.Keys(b.guesses)) {
		b.result.Guesses = append(b.result.Guesses, Guess{what, b.guesses[what]})
	}
	slices.SortStableFunc(b.leftOut, func(a, b Decision) int { return cmp.Compare(a.Line, b.Line) })
	b.result.Decisions = b.leftOut
	_, ds := catalog.Load("the catalog", b.result.Catalog)
	for _, d := range ds {
		b.result.Decisions = append(b.result.Decisions, Decision{0, fmt.Sprintf("line %d of the catalog: %s[%s]: %s", d.Pos.Line, d.Severity, d.Rule.ID(), d.Message)})
	}
	return &b.result
}

// takeCodes removes the entries whose code another one has: a further name of the
// same error becomes a synonym, and anything else has to be decided.
func (b *builder) takeCodes() {
	var kept []*entry
	for _, e := range b.entries {
		if e.isCode {
			if !isName(e.name) { // such as one with letters that are not of ASCII
				given := e.name
				if e.name = nameFrom(given); e.name == "" {
					b.leave(e.line, "%s cannot be a name in a catalog; the error is not imported", shown(given))
					continue
				}
				b.leave(e.line, "%s cannot be a name in a catalog; it became %s", shown(given), e.name)
			}
			e.code = e.name
		}
		if before := b.codes[e.code]; before != nil {
			switch {
			case e.saysNoMoreThan(before) && (e.name == before.name || e.name == ""):
			case e.saysNoMoreThan(before) && isName(e.name) && len(e.aliases) == 0:
				before.synonyms = append(before.synonyms, e.name)
			default:
				b.leave(e.line, "the code %s is also in line %d; the error is not imported: %s", e.code, before.line, shown(cmp.Or(e.message, e.title, e.description, e.name)))
			}
			continue
		}
		b.codes[e.code] = e
		kept = append(kept, e)
	}
	for _, e := range kept {
		var aliases []string
		for _, a := range e.aliases {
			switch before := b.codes[a]; {
			case before == e:
			case before != nil:
				b.leave(e.line, "the code %s is also in line %d; it is not imported here", a, before.line)
			default:
				b.codes[a] = e
				aliases = append(aliases, a)
			}
		}
		e.aliases = aliases
	}
	b.entries = kept
	if b.integer {
		for code := range b.codes {
			b.integer = b.integer && isInteger64(code)
		}
	}
}

// saysNoMoreThan reports whether an entry has no text that the other has not.
func (e *entry) saysNoMoreThan(other *entry) bool {
	for _, pair := range [][2]string{{e.message, other.message}, {e.title, other.title}, {e.description, other.description}, {e.status, other.status}} {
		if pair[0] != "" && pair[0] != pair[1] {
			return false
		}
	}
	return true
}

// nameEntries gives each entry a name that no other has.
func (b *builder) nameEntries() {
	for _, e := range b.entries {
		if e.isCode {
			b.names[e.name] = e
		}
	}
	for _, e := range b.entries {
		if isName(e.name) && b.free(e.name, e) {
			b.names[e.name] = e
		}
	}
	for _, e := range b.entries {
		var synonyms []string
		for _, s := range e.synonyms {
			if b.free(s, e) && b.names[s] == nil {
				b.names[s] = e
				synonyms = append(synonyms, s)
			}
		}
		e.synonyms = synonyms
	}
}

// free reports whether a name is nobody else's, nor is it another error's code.
func (b *builder) free(name string, e *entry) bool {
	return (b.names[name] == nil || b.names[name] == e) && (b.codes[name] == nil || b.codes[name] == e)
}

// name returns the name of an entry, and why it is a guess.
func (b *builder) name(e *entry) (name, guess string) {
	if b.names[e.name] == e && e.name != "" {
		return e.name, ""
	}
	switch {
	case e.name != "":
		name, guess = nameFrom(e.name), "from "+shown(e.name)
		if isName(e.name) {
			name, guess = e.name, shown(e.name)+" is taken"
		}
	case isNameLike(e.code) && !b.integer:
		name, guess = e.code, ""
	default:
		name, guess = nameFrom(cmp.Or(e.title, e.message, e.description)), "from the text"
	}
	if name == "" {
		name = "ERROR_" + strings.Trim(notIdentWord.ReplaceAllString(e.code, "_"), "_")
		guess = "from the code"
	}
	if !b.free(name, e) || b.names[name] != nil {
		base := name + "_" + strings.Trim(notIdentWord.ReplaceAllString(e.code, "_"), "_")
		if len(base) > maxName-10 {
			base = base[:maxName-10]
		}
		name = base
		for !b.free(name, e) || b.names[name] != nil {
			name = base + "_" + b.number("name", base)
		}
		guess = cmp.Or(guess, "the name is taken")
	}
	b.names[name] = e
	return name, guess
}

// guess notes a guess, and returns its mark.
func (b *builder) guess(what, why string) string {
	b.guesses[what]++
	if why == "" {
		return " # guess"
	}
	return " # guess: " + comment(why)
}

// entry returns the text of an entry.
func (b *builder) entry(e *entry) string {
	var t strings.Builder
	name, why := b.name(e)
	t.WriteString("  " + yamldoc.Spell(name, true) + ":")
	if why != "" {
		t.WriteString(b.guess("names", why))
	}
	t.WriteString("\n")
	for _, f := range e.facts {
		if value := strings.Join(strings.Fields(f.value), " "); value != "" {
			fmt.Fprintf(&t, "    # %s: %s\n", comment(f.key), comment(value))
		}
	}
	if name != e.code || b.integer {
		fmt.Fprintf(&t, "    code: %s\n", b.code(e.code))
	}
	if len(e.aliases) > 0 {
		fmt.Fprintf(&t, "    aliases: [%s]\n", b.list(e.aliases, b.code))
	}
	if len(e.synonyms) > 0 {
		fmt.Fprintf(&t, "    synonyms: [%s]\n", b.list(e.synonyms, func(s string) string { return yamldoc.Spell(s, true) }))
	}
	status, statusWhy := b.status(e, name)
	if c, mark := b.category(e, status); c != "" {
		fmt.Fprintf(&t, "    category: %s%s\n", yamldoc.Spell(c, true), mark)
	}
	if !b.noHTTP {
		fmt.Fprintf(&t, "    http_status: %d%s\n", status, statusWhy)
	}
	if e.title != "" {
		fmt.Fprintf(&t, "    title: %s\n", yamlText(oneLine(e.title), 6))
	}
	text, params := message(oneLine(e.message))
	if text != "" {
		fmt.Fprintf(&t, "    message: %s\n", yamlText(text, 6))
	}
	if d := b.prose(e, e.description); d != "" {
		fmt.Fprintf(&t, "    description: %s\n", yamlText(d, 6))
	}
	if d := b.prose(e, e.resolution); d != "" {
		fmt.Fprintf(&t, "    resolution: %s\n", yamlText(d, 6))
	}
	if len(params) > 0 {
		t.WriteString("    params:\n")
		for _, p := range params {
			fmt.Fprintf(&t, "      %s: %s%s\n", yamldoc.Spell(p.name, true), p.kind, b.guess("types of params", ""))
		}
	}
	if s := severity(e.severity); s != "" {
		fmt.Fprintf(&t, "    severity: %s\n", s)
	} else if e.severity != "" {
		fmt.Fprintf(&t, "    # severity: %s\n", comment(oneLine(e.severity)))
	}
	if ids := b.identify(name, len(params) > 0); ids != "" {
		fmt.Fprintf(&t, "    identifiers: { %s }%s\n", ids, b.guess("identifiers", "the derived one is taken"))
	}
	for _, s := range e.synonyms {
		b.identify(s, len(params) > 0)
	}
	return t.String()
}

// identify takes the identifiers of a name, and returns those to choose because the
// derived ones are taken.
func (b *builder) identify(name string, hasParams bool) string {
	var chosen []string
	for i, lang := range b.languages {
		base := lang.Constant(name)
		id := base
		if id == "" {
			base = lang.Constant("error_" + itoa(len(b.identifiers[i])))
			id = base
		}
		for !b.takes(i, lang, id, hasParams) {
			id = base + strings.Repeat("_", i) + b.number(lang.Key, base) // Go: NotFound2, TypeScript: NOT_FOUND_2
		}
		if id != lang.Constant(name) {
			chosen = append(chosen, lang.Key+": "+yamldoc.Spell(id, true))
		}
	}
	return strings.Join(chosen, ", ")
}

// number returns the next number that makes a word unique, first 2.
func (b *builder) number(kind, word string) string {
	key := kind + " " + word
	b.numbers[key] = max(b.numbers[key], 1) + 1
	return itoa(b.numbers[key])
}

// takes takes an identifier and what is declared beside it, if all of it is free.
func (b *builder) takes(i int, lang naming.Language, id string, hasParams bool) bool {
	all := []string{id}
	if hasParams && lang.Key == naming.Go.Key {
		all = append(all, naming.GoStruct(id), naming.GoConstructor(id))
	}
	for _, id := range all {
		if b.identifiers[i][id] || lang.Reserved(id) {
			return false
		}
	}
	for _, id := range all {
		b.identifiers[i][id] = true
	}
	return true
}

// status returns the HTTP status of an entry, and its mark if it is a guess.
func (b *builder) status(e *entry, name string) (int, string) {
	if b.noHTTP {
		return 0, ""
	}
	if found := threeDigits.FindAllString(e.status, -1); len(found) > 0 {
		status, _ := strconv.Atoi(found[0])
		if len(found) > 1 {
			b.leave(e.line, "%s has several statuses, %s; the first was taken", name, shown(e.status))
		}
		return status, ""
	}
	if class := statusClass.FindStringSubmatch(e.status); class != nil {
		status, _ := strconv.Atoi(class[1] + "00")
		return status, b.guess("HTTP statuses", e.status)
	}
	if e.status != "" {
		b.leave(e.line, "%s is not an HTTP status; that of %s is a guess", shown(e.status), name)
	}
	status, words := guessStatus(naming.Sentence(name), e.title, e.message, e.description)
	if words == "" {
		return status, b.guess("HTTP statuses", "nothing in the source tells")
	}
	return status, b.guess("HTTP statuses", `"`+words+`"`)
}

// category returns the category of an entry, and its mark if it is a guess.
func (b *builder) category(e *entry, status int) (string, string) {
	if title := oneLine(e.category); title != "" {
		return b.slug(title, false), ""
	}
	if title := oneLine(e.heading); title != "" && b.headings > 1 {
		return b.slug(title, true), b.guess("categories", "the heading")
	}
	switch {
	case b.noHTTP:
		return "", ""
	case status < 500:
		return b.slug("Request", true), b.guess("categories", "")
	}
	return b.slug("Service", true), b.guess("categories", "")
}

// slug returns the name of the category with that title.
func (b *builder) slug(title string, guessed bool) string {
	base := strings.ToLower(strings.Trim(notIdentWord.ReplaceAllString(title, "_"), "_"))
	if base == "" || !unicode.IsLetter(rune(base[0])) {
		base = strings.TrimRight("category_"+base, "_")
	}
	if len(base) > 40 {
		base = strings.TrimRight(base[:40], "_")
	}
	slug := base
	if c := b.byTitle[title]; c != nil {
		return c.slug
	}
	for b.bySlug[slug] != nil {
		slug = base + "_" + b.number("category", base)
	}
	c := &category{slug: slug, title: title, guessed: guessed}
	b.byTitle[title], b.bySlug[slug] = c, c
	b.categories = append(b.categories, c)
	b.identifiers[0][naming.GoCategory(slug)] = true
	return slug
}

// code returns a code as it is written.
func (b *builder) code(code string) string {
	if b.integer {
		return code
	}
	return strconv.Quote(code)
}

func (b *builder) list(all []string, write func(string) string) string {
	words := make([]string, len(all))
	for i, s := range all {
		words[i] = write(s)
	}
	return strings.Join(words, ", ")
}

var markup = regexp.MustCompile("[\\\\`*<>\\[\\]#|~]|(^|\\W)_|_(\\W|$)|^\\s*([-+]|\\d+[.)])\\s|://")

// prose returns a text as Markdown that shows the text.
func (b *builder) prose(e *entry, text string) string {
	if e.markdown || !markup.MatchString(text) {
		return text
	}
	var t strings.Builder
	for _, c := range text {
		if strings.ContainsRune("\\`*_<>[]#|~", c) {
			t.WriteByte('\\')
		}
		t.WriteRune(c)
	}
	return t.String()
}

// head writes what is before the errors.
func (b *builder) head(file string, format Format, name string) {
	w := &b.b
	fmt.Fprintf(w, "# Imported from %s (%s) by errcat import.\n# What is marked as a guess is not in the source: check it, and remove the mark.\nversion: 1\n\ncatalog:\n", comment(filepath.Base(file)), format)
	fmt.Fprintf(w, "  name: %s%s\n", name, b.guess("names of catalogs", ""))
	if b.noHTTP {
		w.WriteString("  http: false\n")
	}
	if b.integer {
		w.WriteString("  code_type: integer\n")
	}
	if len(b.categories) > 0 {
		w.WriteString("\ncategories:\n")
		for _, c := range b.categories {
			mark := ""
			if c.guessed {
				mark = " # guess"
			}
			fmt.Fprintf(w, "  %s:%s\n    title: %s\n", yamldoc.Spell(c.slug, true), mark, yamlText(c.title, 6))
		}
	}
	w.WriteString("\nerrors:")
}

// writeReserved writes what must not be used.
func (b *builder) writeReserved() {
	var rows []string
	seen := make(map[reservation]bool)
	for _, r := range b.reserved {
		if seen[r] || r.key == "name" && b.names[r.value] != nil || r.key == "code" && b.codes[r.value] != nil {
			continue
		}
		if !b.integer && r.key == "codes" {
			b.leave(0, "the reserved codes %s are not imported", r.value)
			continue
		}
		seen[r] = true
		value := strconv.Quote(r.value)
		if r.key == "code" {
			value = b.code(r.value)
		}
		rows = append(rows, fmt.Sprintf("  - { %s: %s, reason: reserved in the source }\n", r.key, value))
	}
	if rows != nil {
		b.b.WriteString("\nreserved:\n" + strings.Join(rows, ""))
	}
}

// tail writes, as comments, what was not imported.
func (b *builder) tail() {
	if len(b.leftOut) == 0 {
		return
	}
	b.b.WriteString("\n# To be decided:\n")
	for _, d := range b.leftOut {
		where := ""
		if d.Line > 0 {
			where = "line " + itoa(d.Line) + ": "
		}
		b.b.WriteString("#\n# " + where + comment(d.Text) + "\n")
	}
}

// oneLine returns a text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// comment returns a text for a comment: printable and on one line.
func comment(s string) string { return diag.Printable(oneLine(s)) }

// severity returns a severity of catalogs, an empty string for any other word.
func severity(s string) string {
	switch s = strings.ToLower(strings.TrimSpace(s)); s {
	case "debug", "info", "warning", "error", "critical":
		return s
	case "warn":
		return "warning"
	case "fatal":
		return "critical"
	}
	return ""
}

// yamlText returns a string as it is written in YAML: plain, in double quotes, or as
// lines with an indentation.
func yamlText(s string, indent int) string {
	if strings.Contains(s, "\n") && isPlainBlock(s) {
		var b strings.Builder
		b.WriteString("|-")
		for line := range strings.SplitSeq(s, "\n") {
			b.WriteString("\n")
			if line != "" {
				b.WriteString(strings.Repeat(" ", indent) + line)
			}
		}
		return b.String()
	}
	return yamldoc.Spell(s, false)
}

// isPlainBlock reports whether a text can be written as a literal string.
func isPlainBlock(s string) bool {
	return s[0] != ' ' && !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && (r == '\uFEFF' || !unicode.IsPrint(r)) }) && diag.Printable(strings.ReplaceAll(s, "\n", "")) == strings.ReplaceAll(s, "\n", "")
}
