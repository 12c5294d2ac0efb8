package search

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

// This file finds codes, names and identifiers in a text. Each function has a twin of
// the same name in templates/html/search.js.

// isInNumber reports whether text[from:to] is a part of a longer number, a date or a
// time.
func isInNumber(text string, from, to int) bool {
	isJoint := func(i int) bool { return i >= 0 && i < len(text) && strings.IndexByte(".,:-", text[i]) >= 0 }
	if text[from] != '-' && isJoint(from-1) && isDigit(at(text, from-2)) {
		return true
	}
	return isJoint(to) && isDigit(at(text, to+1))
}

// isSign reports whether text[i] is the sign of a number, and no hyphen.
func isSign(text string, i int) bool {
	if at(text, i) != '-' || !isDigit(at(text, i+1)) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if i == 0 {
		return true
	}
	if before < utf8.RuneSelf {
		return before != '-' && before != '_' && !isAlphanumeric(byte(before))
	}
	return !isLetter(before)
}

// label says whether a text expects a code in a place.
type label byte

const (
	noLabel label = iota
	// errorLabel is one that may be a word of a sentence.
	errorLabel
	codeLabel
)

// labelOf says whether a code is expected at text[from:to].
func labelOf(text string, from, to int) label {
	before := at(text, from-1)
	if before == '#' {
		return codeLabel
	}
	// In program[2001] it is a process.
	isApart := !isAlphanumeric(at(text, from-2))
	if isApart && (before == '[' && at(text, to) == ']' || before == '(' && at(text, to) == ')') {
		return codeLabel
	}
	end := from
	isAssigned := false
	for end > 0 && from-end < 8 && strings.IndexByte(" \t\"'`=:([{\\-_/", text[end-1]) >= 0 {
		end--
		if text[end] == '=' || text[end] == ':' {
			isAssigned = true
		}
	}
	start := end
	for start > 0 && end-start < 16 && (isLower(text[start-1]) || isUpper(text[start-1])) {
		start--
	}
	word := strings.ToLower(text[start:end])
	if end < from && isLabel(word) {
		if isAssigned && strings.Contains(word, "code") {
			return codeLabel
		}
		return errorLabel
	}
	startsText := from == 0 || strings.IndexByte(" \t\n\"'`([=", before) >= 0
	if startsText && at(text, to) == ':' && at(text, to+1) == ' ' && !rules.notCodesAfter[word] {
		return errorLabel
	}
	return noLabel
}

func isLabel(word string) bool {
	for _, l := range rules.Labels {
		if word == l || len(l) > 3 && strings.HasSuffix(word, l) {
			return true
		}
	}
	return false
}

// isValue reports whether text[from] is the value of a name, as in took=10 or
// "left": 10.
func isValue(text string, from int) bool {
	i := from - 1
	for i >= 0 && from-i < 4 && strings.IndexByte(" \"'", text[i]) >= 0 {
		i--
	}
	return at(text, i) == '=' || at(text, i) == ':' && (at(text, i-1) == '"' || at(text, i-1) == '\'')
}

// isWithin reports whether atoms[i..j] are within a longer identifier.
func isWithin(text string, atoms []atom, i, j int) bool {
	isGlued := func(k int) bool {
		return atoms[k].glue == hump || atoms[k].glue == joint && text[atoms[k].from-1] == '_'
	}
	return i > 0 && isGlued(i) && !rules.affixes[atoms[i-1].word] ||
		j+1 < len(atoms) && isGlued(j+1) && !rules.affixes[atoms[j+1].word]
}

// isAffixed reports whether atoms[i] is an identifier but for what code generators
// add, as in NewClosed.
func isAffixed(atoms []atom, i int) bool {
	if rules.affixes[atoms[i].word] {
		return false
	}
	isAffix := func(k, joint int) bool {
		return k >= 0 && k < len(atoms) && atoms[joint].glue == hump && rules.affixes[atoms[k].word]
	}
	return isAffix(i-1, i) || isAffix(i+1, i+1)
}

// weightOf returns the weight of a key at atoms[i..j], text[from:to]; 0 if it is none
// there.
func weightOf(text string, atoms []atom, i, j, from, to int, squashed string, isExact bool) int {
	weights := rules.Keys
	if i == 0 && j == len(atoms)-1 {
		return weights.Whole
	}
	isNumber := strings.Trim(squashed, "-0123456789.") == ""
	if isNumber && isInNumber(text, from, to) {
		return 0
	}
	label := labelOf(text, from, to)
	within := isWithin(text, atoms, i, j)
	if i == j && isOrdinary(squashed) {
		// It may be an ordinary word.
		isCapital := isExact && to-from > 1 && !hasLower(text[from:to])
		switch {
		case label == codeLabel || label == errorLabel && isCapital:
			return weights.Label
		case isCapital && within:
			return weights.Within
		case isCapital:
			return weights.Free
		case isAffixed(atoms, i) && !within:
			return weights.Within
		case isExact && !within:
			return weights.Word
		}
		return 0
	}
	if label != noLabel && !within {
		return weights.Label
	}
	if isNumber {
		var before, after string
		if i > 0 {
			before = atoms[i-1].word
		}
		if j+1 < len(atoms) && atoms[j+1].glue != apart {
			after = atoms[j+1].word
		}
		if rules.notCodesAfter[before] || rules.notCodesBefore[after] || isValue(text, from) || within || isInHash(text, atoms, i, j) {
			return weights.Value
		}
		return weights.Number
	}
	for k := i + 1; k <= j; k++ {
		if atoms[k].glue == space {
			return weights.Phrase
		}
	}
	if within {
		return weights.Within
	}
	return weights.Free
}

// isInHash reports whether atoms[i..j] are a number between other digits, as in a
// UUID.
func isInHash(text string, atoms []atom, i, j int) bool {
	isDashed := func(k int) bool { return atoms[k].glue == joint && text[atoms[k].from-1] == '-' }
	return i > 0 && isDashed(i) && hasDigit(atoms[i-1].word) ||
		j+1 < len(atoms) && isDashed(j+1) && hasDigit(atoms[j+1].word)
}

// contains reports whether a range of codes has a code. Both are in lowercase.
func (r Range) contains(code string) bool {
	if r.Integer {
		digits := strings.TrimPrefix(code, "-")
		if code != "0" && (!isDigits(digits) || digits[0] == '0' || len(digits) > 16) {
			return false
		}
		return number(r.First) <= number(code) && number(code) <= number(r.Last)
	}
	numberOf := func(s string) string { return s[len(strings.TrimRight(s, "0123456789")):] }
	low, high, n := numberOf(r.First), numberOf(r.Last), numberOf(code)
	if n == "" || strings.TrimSuffix(code, n) != strings.TrimSuffix(r.First, low) {
		return false
	}
	if len(n) < len(low) || len(n) > len(low) && n[0] == '0' {
		return false
	}
	width := max(len(low), len(high), len(n))
	padded := func(s string) string { return strings.Repeat("0", width-len(s)) + s }
	return padded(low) <= padded(n) && padded(n) <= padded(high)
}

// number returns the number that a text is, as JavaScript has it.
func number(s string) float64 {
	n, _ := strconv.ParseFloat(s, 64)
	return n
}

// key is a code, a name or an identifier of an entry, or a reserved word.
type key struct {
	index, row     int // of the entry or the reservation; the other is -1
	kind           int // its score
	isCode         bool
	text, squashed string
	// isSigned means that a sign before the number makes another one of it.
	isSigned bool
	// isUnsigned means that it is a negative number without its sign.
	isUnsigned bool
	next       int32 // the next key of the same spelling; 0 if there is none
}

// chain is the first and the last key of a spelling.
type chain struct{ first, last int32 }

func (s *Search) addKey(k key, text, catalog string) {
	k.text, k.squashed = text, squash(text)
	if k.squashed == "" || !isASCII(k.squashed) {
		return
	}
	k.isSigned = s.signed[catalog]
	s.appendKey(k.squashed, k)
	s.longestKey = max(s.longestKey, len(k.squashed))
	if k.squashed[0] == '-' {
		k.isUnsigned = true
		s.appendKey(k.squashed[1:], k)
	}
}

func (s *Search) appendKey(spelling string, k key) {
	i := int32(len(s.keys))
	s.keys = append(s.keys, k)
	c, ok := s.spellings[spelling]
	if ok {
		s.keys[c.last].next = i
	} else {
		c.first = i
	}
	c.last = i
	s.spellings[spelling] = c
}

// isKey reports whether a squashed text is one of a key.
func (s *Search) isKey(squashed string) bool {
	_, ok := s.spellings[squashed]
	return ok
}

// keysOf returns the keys of a squashed text.
func (s *Search) keysOf(squashed string) []key {
	c, ok := s.spellings[squashed]
	if !ok {
		return nil
	}
	keys := []key{s.keys[c.first]}
	for i := c.first; i != c.last; {
		i = s.keys[i].next
		keys = append(keys, s.keys[i])
	}
	return keys
}

func (s *Search) addKeys(i int) {
	e := &s.entries[i]
	kinds := rules.Kinds
	add := func(kind int, isCode bool, words ...string) {
		for _, w := range words {
			s.addKey(key{index: i, row: -1, kind: kind, isCode: isCode}, w, e.Catalog)
		}
	}
	add(kinds.Code, true, e.Code)
	add(kinds.Alias, true, e.Aliases...)
	if e.Name != "" && e.Name != e.Code {
		add(kinds.Name, false, e.Name)
	}
	add(kinds.Synonym, false, e.Synonyms...)
	add(kinds.FormerName, false, e.FormerNames...)
	add(kinds.Identifier, false, e.Identifiers...)
}

// findSigned finds the catalogs in which the sign of a number counts.
func (s *Search) findSigned() {
	for _, e := range s.entries {
		for _, code := range append([]string{e.Code}, e.Aliases...) {
			if strings.HasPrefix(code, "-") {
				s.signed[e.Catalog] = true
			}
		}
	}
	for _, r := range s.reservations {
		for _, word := range r.Words {
			if strings.HasPrefix(word, "-") {
				s.signed[r.Catalog] = true
			}
		}
		for _, codes := range r.Ranges {
			if strings.HasPrefix(codes.First, "-") {
				s.signed[r.Catalog] = true
			}
		}
	}
}

// findKeys finds keys in a text, from left to right the longest ones.
func (s *Search) findKeys(text string, atoms []atom, found *scores) {
	for i := 0; i < len(atoms); {
		if place, ok := s.keyAt(text, atoms, i); ok && s.scoreKeys(text, atoms, i, place, found) {
			i = place.j + 1
			continue
		}
		s.findRange(text, atoms, i, found)
		i++
	}
}

// place is the position of a key: text[from:], up to the end of atoms[j].
type place struct {
	j, from  int
	squashed string
	hasSign  bool
}

// keyAt returns the longest key that begins at an atom.
func (s *Search) keyAt(text string, atoms []atom, i int) (found place, ok bool) {
	from, word := atoms[i].from, atoms[i].word
	hasSign := isDigits(word) && isSign(text, from-1)
	squashed := ""
	hasSpace, hasJoint := false, false
	for j := i; j < len(atoms) && j-i < rules.Limits.Window && atoms[j].isASCII; j++ {
		if j > i {
			hasSpace = hasSpace || atoms[j].glue == space
			hasJoint = hasJoint || atoms[j].glue == joint
			if atoms[j].glue == apart || hasSpace && hasJoint {
				break
			}
		}
		squashed = joined(squashed, atoms[j].word)
		if len(squashed) > s.longestKey {
			break
		}
		if hasSign && isDigits(squashed) && s.isKey("-"+squashed) {
			found, ok = place{j, from - 1, "-" + squashed, hasSign}, true
		} else if s.isKey(squashed) {
			found, ok = place{j, from, squashed, hasSign}, true
		}
	}
	if ok || !atoms[i].isASCII {
		return found, ok
	}
	for _, affix := range rules.Affixes {
		if rest, ok := strings.CutPrefix(word, affix); ok && (len(rest) > 2 || isDigits(rest)) && s.isKey(rest) {
			return place{i, from + len(affix), rest, false}, true
		}
		if rest, ok := strings.CutSuffix(word, affix); ok && len(rest) > 2 && s.isKey(rest) {
			return place{i, from, rest, false}, true
		}
	}
	return found, false
}

// scoreKeys adds the scores of the keys in a place, the best spelled ones, and
// reports whether there are any.
func (s *Search) scoreKeys(text string, atoms []atom, i int, p place, found *scores) bool {
	to := atoms[p.j].to
	spelled := text[p.from:to]
	isWhole := i == 0 && p.j == len(atoms)-1
	all := s.keysOf(p.squashed)
	hasOthers := false
	for _, k := range all {
		hasOthers = hasOthers || !k.isUnsigned
	}
	best := 0
	var keys []key
	for _, k := range all {
		if k.isUnsigned && (!isWhole || p.hasSign || hasOthers) ||
			!k.isUnsigned && p.squashed[0] != '-' && p.hasSign && k.isSigned {
			continue
		}
		// A key may end with what is no letter.
		isExact := len(k.text) >= len(spelled) && strings.HasPrefix(text[p.from:], k.text)
		score := weightOf(text, atoms, i, p.j, p.from, to, p.squashed, isExact)
		if score == 0 {
			continue
		}
		score += k.kind
		if isExact {
			score += rules.Keys.Exact
		} else if strings.EqualFold(spelled, k.text) {
			score += rules.Keys.AnyCase
		}
		if score > best {
			best, keys = score, keys[:0]
		}
		if score == best {
			keys = append(keys, k)
		}
	}
	for _, k := range keys {
		if isWhole && isOrdinary(p.squashed) && spelled != k.text {
			found.isProse = true
		}
		if k.row < 0 {
			found.key.raise(k.index, best)
		} else {
			found.raiseReserved(k.row, k.text, best)
		}
	}
	return len(keys) > 0
}

// findRange finds a reserved range with the code that begins at an atom, where one
// is expected.
func (s *Search) findRange(text string, atoms []atom, i int, found *scores) {
	from := atoms[i].from
	start := from
	if isSign(text, from-1) {
		start--
	}
	isJoined := func(k int) bool { return atoms[k].glue == hump || atoms[k].glue == joint }
	if i > 0 && isJoined(i) && start == from {
		return
	}
	j := i
	for j+1 < len(atoms) && isJoined(j+1) {
		j++
	}
	to := atoms[j].to
	weight := rules.Keys.Whole
	if i > 0 || j < len(atoms)-1 {
		if weight = rules.Keys.Label; labelOf(text, start, to) == noLabel || isInNumber(text, start, to) {
			return
		}
	}
	for row, r := range s.reservations {
		for _, codes := range r.Ranges {
			spelled := text[from:to]
			if codes.Integer {
				spelled = text[start:to]
			}
			lowered := Range{strings.ToLower(codes.First), strings.ToLower(codes.Last), codes.Integer}
			if lowered.contains(strings.ToLower(spelled)) {
				found.raiseReserved(row, spelled, weight)
			}
		}
	}
}

// findPrefixes finds keys that begin with the whole query.
func (s *Search) findPrefixes(text string, atoms []atom, found *scores) {
	if len(atoms) == 0 || len(atoms) > rules.Limits.Window {
		return
	}
	squashed := ""
	for _, a := range atoms {
		if squashed != "" && (a.glue == apart || a.glue == space) {
			return
		}
		squashed = joined(squashed, a.word)
	}
	if isDigits(squashed) && isSign(text, atoms[0].from-1) {
		squashed = "-" + squashed
	}
	for i := range s.keys {
		k := &s.keys[i]
		if k.row >= 0 || k.isUnsigned || len(k.squashed) <= len(squashed) || !strings.HasPrefix(k.squashed, squashed) {
			continue
		}
		weight := rules.Keys.NamePrefix
		if k.isCode {
			weight = rules.Keys.Prefix
		}
		found.prefix.raise(k.index, weight-min(30, len(k.squashed)-len(squashed))+k.kind)
	}
}

// findSimilarCodes finds codes that differ in one character from one that the text
// has.
func (s *Search) findSimilarCodes(text string, atoms []atom, found *scores) {
	for _, squashed := range codesOf(text, atoms) {
		mask, runes := letterMask(squashed), []rune(squashed)
		for i := range s.keys {
			k := &s.keys[i]
			if k.row >= 0 || k.isUnsigned || !k.isCode || len(k.squashed) > rules.Limits.VocabularyWord || bits.OnesCount32(letterMask(k.squashed)^mask) > 2 {
				continue
			}
			if distance(runes, []rune(k.squashed), 1) == 1 {
				found.words.raise(k.index, rules.Keys.Similar)
				found.similar[k.index] = true
			}
		}
	}
}

// codesOf returns the first words of a text, squashed, that have to be codes.
func codesOf(text string, atoms []atom) []string {
	var codes []string
	isJoined := func(k int) bool { return atoms[k].glue == hump || atoms[k].glue == joint }
	for i := 0; i < len(atoms) && len(codes) < 3; i++ {
		if i > 0 && isJoined(i) {
			continue
		}
		j, squashed := i, atoms[i].word
		for j+1 < len(atoms) && isJoined(j+1) {
			j++
			squashed = joined(squashed, atoms[j].word)
		}
		if size := sizeOf(squashed); size < 3 || size > rules.Limits.VocabularyWord || !isBasic(squashed) || !hasDigit(squashed) {
			continue
		}
		from := atoms[i].from
		if isDigits(squashed) && isSign(text, from-1) {
			from, squashed = from-1, "-"+squashed
		}
		if i == 0 && j == len(atoms)-1 || labelOf(text, from, atoms[j].to) != noLabel {
			codes = append(codes, squashed)
		}
	}
	return codes
}
