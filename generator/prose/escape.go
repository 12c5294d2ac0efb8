package prose

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutHeadingEnd cuts off the character that a heading should not end with, and
// returns it as a character reference.
func cutHeadingEnd(s string) (rest, last string) {
	r, size := utf8.DecodeLastRuneInString(s)
	switch r {
	case '.', ',', ';', ':', '!', '。', '，', '；', '：', '！', '#':
		return s[:len(s)-size], "&#" + strconv.Itoa(int(r)) + ";"
	}
	return s, ""
}

func trailingSpace(s string) string {
	if strings.HasSuffix(s, " ") {
		return " "
	}
	return ""
}

// isSpecial holds the characters that may be markup in a dialect anywhere in a
// line; at its beginning, others may be, too.
var isSpecial = func() (set [256]bool) {
	for _, c := range []byte("\\`*_[]<>&#~|$@:.{-+()!?^=") {
		set[c] = true
	}
	return set
}()

// isTypographic is isSpecial for dialects with a typographer.
var isTypographic = func() [256]bool {
	set := isSpecial
	set['"'], set['\''] = true, true
	return set
}()

// appendEscaped appends s, one visible line, to out. If it begins a block, it
// also escapes the characters that would make it another kind of block.
func (d Dialect) appendEscaped(out []byte, s string, atStart bool) []byte {
	traits := d.traits()
	isMarkup, special := traits.isMarkup, &isSpecial
	if traits.hasTypographer {
		special = &isTypographic
	}
	digits := 0 // at the beginning of s
	for digits < len(s) && isASCIIDigit(rune(s[digits])) {
		digits++
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if i > 0 && !special[c] {
			end := i + 1
			for end < len(s) && !special[s[end]] {
				end++
			}
			out = append(out, s[i:end]...)
			i = end - 1
			continue
		}
		var escape bool
		link := "" // what some readers take for a link, without its scheme
		switch c {
		case '\\', '`', '*', '[', ']', '<', '~', '|', '$', '{':
			escape = true
		case '_':
			escape = !isWordByte(s, i-1) || !isWordByte(s, i+1)
		case '&':
			escape = referenceLen(s[i:]) > 0
		case '>', '#':
			escape = atStart && i == 0
		case '-', '+':
			escape = atStart && i == 0 && (len(s) == 1 || s[1] == ' ' || s[1] == c)
		case ')':
			escape = atStart && i > 0 && i == digits && (i+1 == len(s) || s[i+1] == ' ')
		case '.':
			if len(out) >= 3 && strings.EqualFold(string(out[len(out)-3:]), "www") && !endsInWord(out[:len(out)-3]) {
				link = "//www" + s[i:]
			}
			escape = link != "" || atStart && i > 0 && i == digits && (i+1 == len(s) || s[i+1] == ' ')
		case ':':
			if endsInWord(out) && strings.HasPrefix(s[i:], "://") {
				link = s[i+1:]
			}
			escape = link != "" || atStart && i == 0 && (len(s) == 1 || s[1] == ' ') // some readers see a definition list
		case '@':
			escape = len(out) > 0 && out[len(out)-1] != ' ' && isWordByte(s, i+1)
		}
		if escape || d != GFM && (isMarkup(s, i, atStart) || traits.hasTypographer && isTypography(s, i)) {
			out = d.appendCharacter(out, c)
		} else {
			out = append(out, c)
		}
		if c == ':' && traits.hasEmoji && isEmoji(s[i:]) || link != "" && traits.hasEscapedLinks && !beginsWithHost(untilSpace(link)) {
			out = append(out, "<span></span>"...) // an escape does not help
		}
	}
	return out
}

// untilSpace returns what of a line is before the first space.
func untilSpace(s string) string {
	before, _, _ := strings.Cut(s, " ")
	return before
}

// isWordByte reports whether s has an ASCII letter or digit at i.
func isWordByte(s string, i int) bool {
	return i >= 0 && i < len(s) && (isASCIILetter(s[i]) || isASCIIDigit(rune(s[i])))
}

// endsInWord reports whether out ends with an ASCII letter or digit.
func endsInWord(out []byte) bool {
	last := len(out) - 1
	return last >= 0 && (isASCIILetter(out[last]) || isASCIIDigit(rune(out[last])))
}

func (d Dialect) appendCellCode(out []byte, s string) []byte {
	switch {
	case !d.traits().inlineCode(s):
		return d.appendCodeElement(out, s)
	case strings.Contains(s, `\|`):
		return d.appendEscaped(out, s, false)
	}
	return d.appendCodeSpan(out, strings.ReplaceAll(s, "|", `\|`))
}

func (d Dialect) appendCodeSpan(out []byte, s string) []byte {
	if !d.traits().inlineCode(s) {
		return d.appendCodeElement(out, s)
	}
	fence := backticks(missingRun(s))
	out = append(out, fence...)
	pad := s[0] == '`' || s[len(s)-1] == '`'
	if pad {
		out = append(out, ' ')
	}
	out = append(out, s...)
	if pad {
		out = append(out, ' ')
	}
	return append(out, fence...)
}

// backticks returns n backticks.
func backticks(n int) string {
	const some = "````````"
	if n <= len(some) {
		return some[:n]
	}
	return strings.Repeat("`", n)
}

// missingRun returns the length of the shortest run of backticks that s does
// not contain.
func missingRun(s string) int {
	if strings.IndexByte(s, '`') < 0 {
		return 1
	}
	seen := make(map[int]bool)
	run := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] == '`' {
			run++
		} else if run > 0 {
			seen[run] = true
			run = 0
		}
	}
	n := 1
	for seen[n] {
		n++
	}
	return n
}

// codeText returns s as a code block shows it.
func codeText(s string) string {
	if isCodeText(s) {
		return s
	}
	lines := strings.Split(strings.ReplaceAll(Visible(unixLines(s)), "\t", "    "), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.Join(lines, "\n")
}

// isCodeText reports whether codeText returns s unchanged. It only recognizes
// ASCII.
func isCodeText(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c < ' ' && c != '\n' || c >= 0x7f || c == ' ' && (i+1 == len(s) || s[i+1] == '\n') {
			return false
		}
	}
	return true
}

// appendFence appends a code block with every line indented. info is its language;
// empty means plain text.
func (d Dialect) appendFence(out []byte, info, code, indent string) []byte {
	if info == "" {
		info = "text"
	}
	if !d.traits().blockCode(code) {
		return d.appendCodeBlock(out, code, indent)
	}
	fence := backticks(max(3, longestRun(code)+1))
	out = append(append(append(out, fence...), info...), '\n')
	for line := range strings.SplitSeq(code, "\n") {
		if line != "" {
			out = append(out, indent...)
		}
		out = append(out, line...)
		out = append(out, '\n')
	}
	return append(append(out, indent...), fence...)
}

func longestRun(s string) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
