package prose

import "strings"

// This file reads texts that are a single paragraph of simple Markdown, as
// nearly all texts of a catalog are. The parser is many times slower; it
// defines what a text is.

// isPlain reports whether src is one paragraph without any markup. It may miss
// some; those are parsed.
func isPlain(src string) bool {
	src = strings.TrimRight(src, "\n")
	return src == "" || plainLen(src, 0) == len(src) && isParagraph(src) && firstInvisible(src) < 0
}

// plainLen returns the number of bytes of src from i on that are not markup
// within a paragraph on one line.
func plainLen(src string, i int) int {
	start := i
	for ; i < len(src); i++ {
		switch c := src[i]; {
		case isPlainByte[c]:
			continue
		case c == '_' && isWordByte(src, i-1) && isWordByte(src, i+1):
			continue
		case c == ':' && !strings.HasPrefix(src[i:], "://"):
			continue // no URL
		}
		break
	}
	return i - start
}

// isPlainByte holds the bytes that are not markup, some of them only because
// they do not begin a line.
var isPlainByte = func() (set [256]bool) {
	for c := range set {
		set[c] = c >= ' ' && c != 0x7f && strings.IndexByte("&*:<[\\]_`", byte(c)) < 0
	}
	return set
}()

// isParagraph reports whether a line begins a paragraph and not another block.
func isParagraph(line string) bool {
	if strings.IndexByte(" -+#>=~", line[0]) >= 0 {
		return false
	}
	rest := strings.TrimLeft(line, "0123456789")
	return rest == line || rest == "" || rest[0] != '.' && rest[0] != ')'
}

// simpleInlines returns the pieces of a paragraph of words with code, emphasis
// and links that are not nested, as convertInlines would. It returns false for
// all other texts, and for some of these.
func simpleInlines(src string, mapLink linkMapper) ([]inline, bool) {
	src = strings.TrimRight(src, " \n")
	if src == "" || len(src) > maxInlineWork/len(src) || strings.ContainsAny(src, "\n\t") || !isParagraph(src) || firstInvisible(src) >= 0 {
		return nil, false
	}
	var out []inline
	for i := 0; i < len(src); {
		n, length := inline{kind: inlineText}, plainLen(src, i)
		if length > 0 {
			n.text = spaced(src[i : i+length])
		} else {
			n, length = simpleInline(src, i, mapLink)
		}
		if length == 0 {
			return nil, false
		}
		out = append(out, n)
		i += length
	}
	return out, true
}

// simpleInline returns the piece of a paragraph that begins with the mark at i,
// and its length, or 0 if it is not simple.
func simpleInline(src string, i int, mapLink linkMapper) (inline, int) {
	switch rest := src[i:]; rest[0] {
	case '`':
		code, after, ok := strings.Cut(rest[1:], "`")
		if text := Line(code); ok && text != "" && !strings.HasPrefix(after, "`") {
			return inline{kind: inlineCode, text: text}, len(rest) - len(after)
		}
	case '*':
		kind, marks := inlineEmphasis, "*"
		if strings.HasPrefix(rest, "**") {
			kind, marks = inlineStrong, "**"
		}
		length := plainLen(src, i+len(marks))
		words, after := rest[len(marks):][:length], rest[len(marks)+length:]
		after, ok := strings.CutPrefix(after, marks)
		// Only emphasis between spaces or punctuation with letters or digits
		// inside is simple; the parser decides the rest.
		if ok && (i == 0 || src[i-1] == ' ') && isWordByte(words, 0) && isWordByte(words, length-1) &&
			(after == "" || strings.IndexByte(" .,;:!?", after[0]) >= 0) {
			return inline{kind: kind, children: []inline{{kind: inlineText, text: spaced(words)}}}, len(rest) - len(after)
		}
	case '[':
		length := plainLen(src, i+1)
		words := rest[1:][:length]
		target, after, ok := strings.Cut(rest[1+length:], ")")
		target, isLink := strings.CutPrefix(target, "](")
		if !ok || !isLink || !isSimpleTarget(target) || i > 0 && src[i-1] == '!' || Line(words) == "" {
			break
		}
		if target, ok = LinkTarget(target); ok && mapLink != nil {
			target, ok = mapLink(target)
		}
		if ok {
			return inline{kind: inlineLink, text: target, children: []inline{{kind: inlineText, text: spaced(words)}}}, len(rest) - len(after)
		}
	}
	return inline{}, 0
}

// isSimpleTarget reports whether the target of a link needs no escapes.
func isSimpleTarget(target string) bool {
	for i := range len(target) {
		if !isWordByte(target, i) && strings.IndexByte("-._~:/?#=%,+@", target[i]) < 0 {
			return false
		}
	}
	return target != ""
}
