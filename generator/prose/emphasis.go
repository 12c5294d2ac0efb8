package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// settle keeps the emphasis that every Markdown reader sees in the same place,
// and removes the rest: readers disagree about marks next to each other, or
// between certain characters. before and after are the characters around the
// pieces; in is the emphasis around them.
func settle(inlines []inline, before, after rune, in style) []inline {
	var out []inline
	add := func(pieces ...inline) {
		for _, n := range pieces {
			last := len(out) - 1
			if n.kind == inlineText && last >= 0 && out[last].kind == inlineText {
				out[last].text = join(out[last].text, n.text)
			} else {
				out = append(out, n)
			}
			before = edge(n, false)
		}
	}
	for i, n := range inlines {
		next := after
		if i+1 < len(inlines) {
			next = edge(inlines[i+1], true)
		}
		switch n.kind {
		case inlineEmphasis, inlineStrong:
			kept, within := isSettled(n, before, next, in)
			switch {
			case kept && within:
				n.children = settle(n.children, '*', '*', everyStyle)
				add(n)
			case kept:
				n.children = settle(n.children, '*', '*', in|1<<n.kind)
				add(n)
			default:
				add(settle(n.children, before, next, in)...)
			}
		case inlineLink:
			n.children = trimInlines(settle(n.children, '[', ']', in))
			add(n)
		case inlineCode:
			if before != ' ' && hasMail(n) {
				n.kind = inlineText
			}
			add(n)
		default:
			add(n)
		}
	}
	return out
}

// hasMail reports whether code may contain a mail address. Some readers turn it
// into a link, together with the word that the code is part of.
func hasMail(n inline) bool { return strings.IndexByte(n.text, '@') >= 0 }

// join concatenates two texts with at most one space between them.
func join(a, b string) string {
	if strings.HasSuffix(a, " ") {
		b = strings.TrimPrefix(b, " ")
	}
	return a + b
}

// style is a set of inlineEmphasis and inlineStrong.
type style int

const everyStyle = style(1<<inlineEmphasis | 1<<inlineStrong)

func (s style) has(k inlineKind) bool { return s&(1<<k) != 0 }

// isSettled reports whether every reader recognizes an emphasis between two
// characters, and whether it is part of a word.
func isSettled(n inline, before, after rune, in style) (kept, within bool) {
	left, right := sideOf(before), sideOf(after)
	first, last := sideOf(leaf(n, true)), sideOf(leaf(n, false))
	switch within = left == word || right == word; {
	case in.has(n.kind), left == odd, right == odd:
		return false, within
	case within:
		return in == 0 && n.kind == inlineStrong && first == word && last == word, within
	}
	return (first == word || first == mark) && (last == word || last == mark), within
}

// edge returns the first or the last character of n as it is written.
func edge(n inline, first bool) rune {
	switch n.kind {
	case inlineCode:
		if !hasMail(n) {
			return '`'
		}
	case inlineLink:
		if first {
			return '['
		}
		return ')'
	case inlineEmphasis, inlineStrong:
		return '*'
	}
	return leaf(n, first)
}

// leaf returns the first or the last character within an emphasis. Emphasis at
// the edge of another is removed, so its marks do not count.
func leaf(n inline, first bool) rune {
	for n.kind == inlineEmphasis || n.kind == inlineStrong {
		if len(n.children) == 0 {
			return ' '
		}
		if first {
			n = n.children[0]
		} else {
			n = n.children[len(n.children)-1]
		}
	}
	if n.kind != inlineText && (n.kind != inlineCode || !hasMail(n)) {
		return edge(n, first)
	}
	var r rune
	if first {
		r, _ = utf8.DecodeRuneInString(n.text)
	} else {
		r, _ = utf8.DecodeLastRuneInString(n.text)
	}
	return r
}

// side is the kind of character next to the marks of an emphasis.
type side int

const (
	odd   side = iota // readers disagree about marks next to it
	space             // a space, or the end of the paragraph
	mark              // common punctuation
	word              // a letter or digit
)

func sideOf(r rune) side {
	switch {
	case r == ' ':
		return space
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return word
	case strings.ContainsRune(".,;:!?()\"'/-`[]“”‘’«»–—…、。，；：！？（）「」", r):
		return mark
	}
	return odd
}
