package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// This file takes texts apart. Each function has a twin of the same name in
// templates/html/search.js.

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// inRanges reports whether sorted ranges have a character.
func inRanges(ranges [][2]rune, c rune) bool {
	low, high := 0, len(ranges)
	for low < high {
		middle := (low + high) / 2
		if c > ranges[middle][1] {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low < len(ranges) && c >= ranges[low][0]
}

// plain returns a text without accents, invisible characters and other forms of
// letters.
func plain(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(s) {
		if c < utf8.RuneSelf || !inRanges(rules.Ignored, c) {
			b.WriteRune(c) // U+FFFD if it is no character
		}
	}
	return norm.NFC.String(b.String())
}

// lower returns a plain text in lowercase.
func lower(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, c := range s {
		c = unicode.ToLower(c)
		if letters, ok := rules.letters[c]; ok {
			b.WriteString(letters)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func isDigit(c byte) bool        { return '0' <= c && c <= '9' }
func isUpper(c byte) bool        { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool        { return 'a' <= c && c <= 'z' }
func isAlphanumeric(c byte) bool { return isDigit(c) || isUpper(c) || isLower(c) }

// isLetter reports whether a character beyond ASCII is a letter.
func isLetter(c rune) bool { return c >= utf8.RuneSelf && !inRanges(rules.Separators, c) }

func isDigits(s string) bool { return consistsOf(s, isDigit) }

// isOrdinary reports whether a squashed key may be an ordinary word.
func isOrdinary(s string) bool { return consistsOf(s, isLower) }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func hasLower(s string) bool { return strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz") }

func consistsOf(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return s != ""
}

// at returns a byte of a text, 0 before its beginning and after its end.
func at(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

// glue says how an atom is joined to the one before it.
type glue byte

const (
	apart glue = iota
	hump
	joint
	space
)

// atom is a part of a text that may be a word: user, ID and 2 in userID_2. A
// character of a script without spaces is one by itself.
type atom struct {
	from, to          int
	word              string // in lowercase
	isASCII, unspaced bool
	glue              glue
}

// atomsOf returns the atoms of a plain text, at most a number of them.
func atomsOf(text string, most int) []atom {
	var atoms []atom
	end := 0
	add := func(from, to int, unspaced bool) {
		word, glue := lower(text[from:to]), apart
		if len(atoms) > 0 && !unspaced && !atoms[len(atoms)-1].unspaced {
			glue = glueOf(text, end, from)
		}
		atoms = append(atoms, atom{from, to, word, isASCII(word), unspaced, glue})
		end = to
	}
	for i := 0; i < len(text) && len(atoms) < most; {
		c, size := utf8.DecodeRuneInString(text[i:])
		if c >= utf8.RuneSelf && inRanges(rules.Unspaced, c) {
			add(i, i+size, true)
			i += size
			continue
		}
		from := i
		before := byte(0)
		for i < len(text) {
			c, size := utf8.DecodeRuneInString(text[i:])
			b := byte(0)
			if c < utf8.RuneSelf {
				b = byte(c)
			}
			if !isAlphanumeric(b) && (!isLetter(c) || inRanges(rules.Unspaced, c)) {
				break
			}
			if isUpper(b) && i > from && (isLower(before) || (isUpper(before) || isDigit(before)) && isLower(at(text, i+1))) {
				add(from, i, false)
				from = i
			}
			before = b
			i += size
		}
		if i > from {
			add(from, i, false)
		} else {
			i += size
		}
	}
	return atoms
}

func glueOf(text string, end, from int) glue {
	switch {
	case from-end > 3:
		return apart
	case end == from:
		return hump
	case text[end:from] == " ":
		return space
	case strings.Trim(text[end:from], joints) == "":
		return joint
	}
	return apart
}

// joints are between the parts of an identifier.
const joints = "_.:/-"

// wordsOf returns the words of atoms; of scripts without spaces, all pairs of
// characters. Letters that are joined, as in I/O, are one word.
func wordsOf(atoms []atom) []string {
	isLetter := func(a atom) bool { return len(a.word) == 1 && isLower(a.word[0]) }
	words := make([]string, 0, len(atoms))
	for i, a := range atoms {
		isPair := i+1 < len(atoms) && atoms[i+1].unspaced && atoms[i+1].from == a.to
		isSecond := i > 0 && atoms[i-1].unspaced && atoms[i-1].to == a.from
		switch {
		case isLetter(a) && a.glue == joint && isLetter(atoms[i-1]):
			words[len(words)-1] += a.word
		case !a.unspaced:
			words = append(words, a.word)
		case isPair:
			words = append(words, a.word+atoms[i+1].word)
		case !isSecond:
			words = append(words, a.word)
		}
	}
	return words
}

// wordsIn returns the words of a text.
func wordsIn(text string) []string { return appendWordsIn(nil, text) }

// appendWordsIn appends the words of a text.
func appendWordsIn(words []string, text string) []string {
	if !isASCII(text) {
		return append(words, wordsOf(atomsOf(plain(text), len(text)+1))...)
	}
	before := len(words)
	for i := 0; i < len(text); i++ {
		from, hasUpper := i, false
		for ; i < len(text) && isAlphanumeric(text[i]); i++ {
			if !isUpper(text[i]) {
				continue
			}
			hasUpper = true
			if i > from && (isLower(text[i-1]) || (isUpper(text[i-1]) || isDigit(text[i-1])) && isLower(at(text, i+1))) {
				// There are words without a space between them.
				return append(words[:before], wordsOf(atomsOf(text, len(text)+1))...)
			}
		}
		if i == from+1 && !isDigit(text[from]) && strings.IndexByte(joints, at(text, i)) >= 0 {
			return append(words[:before], wordsOf(atomsOf(text, len(text)+1))...)
		}
		switch {
		case i == from:
		case hasUpper:
			words = append(words, strings.ToLower(text[from:i]))
		default:
			words = append(words, text[from:i])
		}
	}
	return words
}

// sizeOf returns the number of characters of a word.
func sizeOf(word string) int { return utf8.RuneCountInString(word) }

// isBasic reports whether a word has only characters of 16 bits.
func isBasic(word string) bool {
	return strings.IndexFunc(word, func(c rune) bool { return c > 0xffff }) < 0
}

// stem returns a word without the endings that its forms differ in.
func stem(word string) string {
	if !isOrdinary(word) {
		return word
	}
	for _, endings := range rules.Suffixes {
		for _, e := range endings {
			rest, ok := strings.CutSuffix(word, e[0])
			if !ok {
				continue
			}
			if rest += e[1]; len(rest) > 1 {
				word = rest
			}
			break
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] {
		return word[:n-1]
	}
	return word
}

// squash returns what the spellings of a key have in common: its letters and digits,
// and a dot between two numbers.
func squash(key string) string {
	text := lower(plain(key))
	if consistsOf(text, isAlphanumeric) {
		return text
	}
	out := make([]byte, 0, len(text))
	isNext := false
	for i, c := range text {
		size := utf8.RuneLen(c)
		if c < utf8.RuneSelf && !isAlphanumeric(byte(c)) || c >= utf8.RuneSelf && !isLetter(c) {
			isNext = true
			continue
		}
		if isNext && len(out) > 0 && isDigit(out[len(out)-1]) && isDigit(text[i]) {
			out = append(out, '.')
		}
		out = append(out, text[i:i+size]...)
		isNext = false
	}
	if strings.HasPrefix(key, "-") && isDigits(string(out)) {
		return "-" + string(out)
	}
	return string(out)
}

// joined returns a squashed text and a further word.
func joined(before, word string) string {
	if before != "" && isDigit(before[len(before)-1]) && isDigit(word[0]) {
		return before + "." + word
	}
	return before + word
}

// clean returns a query as it was before it went through a terminal, a JSON string
// or a URL, cut to the maximum length.
func clean(query string) string {
	if len(query) > rules.Limits.Query {
		n := 0
		for i := range query {
			if n == rules.Limits.Query {
				query = query[:i]
				break
			}
			n++
		}
	}
	return decoded(escapes.Replace(uncolored(plain(query))))
}

var escapes = strings.NewReplacer(`\n`, " ", `\r`, " ", `\t`, " ")

// uncolored returns a text without the sequences that control terminals: of colors
// also if they lost their escape character.
func uncolored(text string) string {
	var b strings.Builder
	done := 0
	for i := strings.IndexByte(text, '['); i >= 0 && i < len(text); i++ {
		if text[i] != '[' {
			continue
		}
		isEscaped := at(text, i-1) == 0x1b
		end := i + 1
		for isDigit(at(text, end)) || at(text, end) == ';' || at(text, end) == '?' {
			end++
		}
		c := at(text, end)
		if isEscaped && !isUpper(c) && !isLower(c) || !isEscaped && (c != 'm' || end == i+1) {
			continue
		}
		start := i
		if isEscaped {
			start--
		}
		b.WriteString(text[done:start])
		b.WriteByte(' ')
		done = end + 1
	}
	b.WriteString(text[done:])
	return b.String()
}

// decoded returns a text without the escapes of URLs, and of the anchors of pages:
// %3A and ~3A.
func decoded(text string) string {
	var b strings.Builder
	done := 0
	for i := 0; i+2 < len(text); i++ {
		isEscape := text[i] == '%' || text[i] == '~' && isAlphanumeric(at(text, i-1))
		if !isEscape || text[i+1] < '2' || text[i+1] > '6' {
			continue
		}
		low, ok := hexDigit(text[i+2])
		if !ok {
			continue
		}
		b.WriteString(text[done:i])
		b.WriteByte((text[i+1]-'0')<<4 | low)
		done = i + 3
		i += 2
	}
	b.WriteString(text[done:])
	return b.String()
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case isDigit(c):
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
