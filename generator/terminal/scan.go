package terminal

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
)

// This file finds errors in a text that somebody pasted: a log line, a URL, the
// body of a response.

// inText returns the errors that a text mentions: by their code, name or
// identifier, preferably where codes usually are; else by their message.
func (f *Finder) inText(text string) []*catalog.Error {
	text = decoded(text)
	found := f.keysIn(text, false)
	if len(found) == 0 {
		found = f.messagesIn(text)
	}
	if len(found) == 0 {
		found = f.keysIn(text, true)
	}
	return found
}

// keysIn returns the errors of the keys in a text. With anyCase, it compares in
// lowercase.
func (f *Finder) keysIn(text string, anyCase bool) []*catalog.Error {
	keys := f.allKeys()
	if anyCase {
		keys, text = f.allLowerKeys(), strings.ToLower(text)
	}
	var certain, possible []*catalog.Error
	for i := 0; i < len(text); {
		if !f.startsWord(text, i) {
			i++
			continue
		}
		end := f.longestKey(keys, text, i)
		if end < 0 {
			i++
			continue
		}
		errors := keys[text[i:end]]
		if inCodePlace(text, i, end) {
			certain = append(certain, errors...)
		} else if !inNumber(text, i, end) {
			possible = append(possible, errors...)
		}
		i = end
	}
	if len(certain) == 0 {
		certain = possible
	}
	return f.where(func(e *catalog.Error) bool { return slices.Contains(certain, e) })
}

// allKeys returns all words that errors are known by, with their errors. If a
// name is also an identifier of another error, it is the name.
func (f *Finder) allKeys() map[string][]*catalog.Error {
	if f.keys != nil {
		return f.keys
	}
	f.keys = make(map[string][]*catalog.Error, 4*len(f.c.Errors))
	for _, e := range f.c.Errors {
		for _, w := range codesAndNames(e) {
			f.keys[w] = []*catalog.Error{e}
		}
	}
	ids := make(map[string][]*catalog.Error, 2*len(f.c.Errors))
	for _, e := range f.c.Errors {
		for _, id := range identifiers(e) {
			if f.keys[id] == nil {
				ids[id] = append(ids[id], e)
			}
		}
	}
	maps.Copy(f.keys, ids)
	for key := range f.keys {
		f.longest = max(f.longest, len(key))
	}
	return f.keys
}

// allLowerKeys returns the keys in lowercase, without those that look like
// ordinary words.
func (f *Finder) allLowerKeys() map[string][]*catalog.Error {
	if f.lowerKeys == nil {
		f.lowerKeys = make(map[string][]*catalog.Error)
		for key, errors := range f.allKeys() {
			if strings.ContainsAny(key, "0123456789_.-") {
				lower := strings.ToLower(key)
				f.lowerKeys[lower] = append(f.lowerKeys[lower], errors...)
			}
		}
	}
	return f.lowerKeys
}

// longestKey returns the end of the longest key that begins at i, or -1.
func (f *Finder) longestKey(keys map[string][]*catalog.Error, text string, i int) int {
	for end := min(i+f.longest, len(text)); end > i; end-- {
		if endsWord(text, end) && keys[text[i:end]] != nil {
			return end
		}
	}
	return -1
}

// startsWord reports whether a word begins at i, and endsWord whether one ends
// there. Keys are ASCII, but letters of other scripts belong to words, too.
func startsWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return isWordByte(s[i]) && !isWord(before)
}

func endsWord(s string, i int) bool {
	after, _ := utf8.DecodeRuneInString(s[i:])
	return i == len(s) || !isWord(after)
}

// startsWord reports whether a word begins at i: if the catalog has negative
// codes, one may begin with a minus sign, and the number after the sign is none.
func (f *Finder) startsWord(s string, i int) bool {
	switch {
	case !f.hasNegative:
		return startsWord(s, i)
	case isSign(s, i):
		return true
	}
	return startsWord(s, i) && (i == 0 || !isSign(s, i-1))
}

// isSign reports whether s[i] is the sign of a negative number, and no hyphen.
func isSign(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	return s[i] == '-' && i+1 < len(s) && isDigit(s[i+1]) && before != '-' && !isWord(before)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return r != utf8.RuneError && unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func isWordByte(c byte) bool {
	return c == '_' || isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// inCodePlace reports whether s[start:end] is where a code usually is: after
// the word code, as in code=2205 and "code":"2205", in the fragment of a URL,
// or before the colon of a message.
func inCodePlace(s string, start, end int) bool {
	before := s[:start]
	if strings.HasSuffix(before, "#") {
		return true
	}
	label := strings.TrimRight(before, " \t\"'`=:([{\\")
	if len(before)-len(label) <= 8 && len(label) >= 4 && strings.EqualFold(label[len(label)-4:], "code") {
		return true
	}
	after := s[end:]
	return strings.HasPrefix(after, ": ") && (before == "" || strings.ContainsRune(" \t\"'`([=", rune(before[len(before)-1])))
}

// inNumber reports whether s[start:end] consists of digits that belong to a
// longer number, a date or a time.
func inNumber(s string, start, end int) bool {
	const joints = ".,:-"
	if strings.Trim(strings.TrimPrefix(s[start:end], "-"), "0123456789") != "" {
		return false
	}
	return s[start] != '-' && start >= 2 && strings.IndexByte(joints, s[start-1]) >= 0 && isDigit(s[start-2]) ||
		end+1 < len(s) && strings.IndexByte(joints, s[end]) >= 0 && isDigit(s[end+1])
}

// minMessage is the minimum length of a message that counts in a text.
const minMessage = 8

// messagesIn returns the errors with the longest message or title in a text.
func (f *Finder) messagesIn(text string) []*catalog.Error {
	text = strings.ToLower(text)
	longest := minMessage
	var found []*catalog.Error
	for _, e := range f.c.Errors {
		length := max(messageIn(text, e.Message), messageIn(text, catalog.Message{Segments: []catalog.Segment{{Text: e.Title}}}))
		if length > longest {
			longest, found = length, nil
		}
		if length == longest {
			found = append(found, e)
		}
	}
	return found
}

// messageIn returns how many characters of a message a lowercase text contains,
// with arbitrary text for its params; 0 if it does not contain the message.
func messageIn(text string, m catalog.Message) int {
	length := 0
	for _, s := range m.Segments {
		if s.Param != nil {
			continue
		}
		words := strings.ToLower(s.Text)
		i := strings.Index(text, words)
		if i < 0 {
			return 0
		}
		text = text[i+len(words):]
		length += len(strings.TrimSpace(words))
	}
	return length
}

// wordsInCodePlace returns the words of a text that are where codes usually
// are.
func (f *Finder) wordsInCodePlace(text string) []string {
	var words []string
	for i := 0; i < len(text); i++ {
		if !f.startsWord(text, i) {
			continue
		}
		end := i + 1
		for end < len(text) && (isWordByte(text[end]) || strings.IndexByte(".:/-", text[end]) >= 0 && end+1 < len(text) && isWordByte(text[end+1])) {
			end++
		}
		if inCodePlace(text, i, end) {
			words = append(words, text[i:end])
		}
		i = end
	}
	return words
}

// decoded returns a text followed by its decoded form, if it has escapes of
// URLs: the code IST:0101 is IST%3A0101 in URLs, and IST~3A0101 in the
// fragments of Markdown pages.
func decoded(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if (text[i] == '%' || text[i] == '~') && i+2 < len(text) {
			if c, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(text[i])
	}
	if b.String() == text {
		return text
	}
	return text + "\n" + b.String()
}
