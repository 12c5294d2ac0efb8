package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// protoToken is a word, a number, a string or a sign of a proto file.
type protoToken struct {
	text string
	line int
	// comment is the text of the comments right before the token.
	comment string
	quoted  bool
}

// protoTokens splits a proto file. The text of a string is its content.
func protoTokens(text string) []protoToken {
	var tokens []protoToken
	var comment []string
	line, commentLine := 1, 0
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\n':
			line++
			i++
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case strings.HasPrefix(text[i:], "//"):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				end = len(text) - i
			}
			body := strings.TrimLeft(text[i:i+end], "/")
			if len(tokens) > 0 && tokens[len(tokens)-1].line == line {
				// It is about what is before it in the line.
				tokens[len(tokens)-1].comment = strings.TrimSpace(tokens[len(tokens)-1].comment + "\n" + strings.TrimSpace(body))
			} else {
				if line > commentLine+1 {
					comment = nil
				}
				comment, commentLine = append(comment, strings.TrimSpace(body)), line
			}
			i += end
		case strings.HasPrefix(text[i:], "/*"):
			end := strings.Index(text[i+2:], "*/")
			if end < 0 {
				return tokens
			}
			body := text[i+2 : i+2+end]
			comment = nil
			for l := range strings.Lines(body) {
				comment = append(comment, strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(l), "*")))
			}
			line += strings.Count(body, "\n")
			commentLine = line
			i += end + 4
		default:
			size, value := protoWord(text[i:])
			t := protoToken{text: value, line: line, quoted: c == '"' || c == '\''}
			if line <= commentLine+1 {
				t.comment = strings.TrimSpace(strings.Join(comment, "\n"))
			}
			comment = nil
			line += strings.Count(text[i:i+size], "\n")
			tokens = append(tokens, t)
			i += size
		}
	}
	return tokens
}

// protoWord returns the length and the value of the token at the beginning of a
// text.
func protoWord(text string) (int, string) {
	isWord := func(r rune) bool { return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	if q := text[0]; q == '"' || q == '\'' {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case q:
				return i + 1, text[1:i]
			}
		}
		return len(text), text[1:]
	}
	if end := strings.IndexFunc(text, func(r rune) bool { return !isWord(r) }); end > 0 {
		return end, text[:end]
	} else if end < 0 {
		return len(text), text
	}
	for i := range text {
		if i > 0 {
			return i, text[:i]
		}
	}
	return len(text), text
}

// protoEnum is an enum of a proto file.
type protoEnum struct {
	name string
	body []protoToken
}

var ofErrors = regexp.MustCompile(`(?i)err|code|reason|status|fail`)

// proto reads the enums of a proto file: those that are named like errors or, if
// there are none, all. Their numbers are the codes. Names that share a number are
// synonyms, and what is reserved stays reserved.
func (r *reader) proto() {
	r.integer = true
	enums := protoEnums(protoTokens(r.text))
	if slices.ContainsFunc(enums, isOfErrors) {
		enums = slices.DeleteFunc(enums, func(e protoEnum) bool { return !isOfErrors(e) })
	}
	for _, enum := range enums {
		category := ""
		if len(enums) > 1 {
			category = enum.name
		}
		r.protoEnum(enum, category)
	}
}

func isOfErrors(e protoEnum) bool { return ofErrors.MatchString(e.name) }

// protoEnums returns the enums, also those within messages.
func protoEnums(tokens []protoToken) []protoEnum {
	var enums []protoEnum
	for i := 0; i+2 < len(tokens); i++ {
		if tokens[i].quoted || tokens[i].text != "enum" || tokens[i+2].text != "{" {
			continue
		}
		end := i + 3
		for depth := 1; end < len(tokens); end++ {
			if tokens[end].quoted {
				continue
			}
			switch tokens[end].text {
			case "{":
				depth++
			case "}":
				depth--
			}
			if depth == 0 {
				break
			}
		}
		enums = append(enums, protoEnum{name: tokens[i+1].text, body: tokens[i+3 : end]})
		i = end
	}
	return enums
}

// protoEnum reads the statements of an enum.
func (r *reader) protoEnum(enum protoEnum, category string) {
	start, depth := 0, 0
	for i, t := range enum.body {
		if t.quoted {
			continue
		}
		switch t.text {
		case "[", "{":
			depth++
		case "]", "}":
			depth--
		case ";":
			if depth <= 0 {
				r.protoStatement(enum.body[start:i], t.comment, category)
				start = i + 1
			}
		}
		if r.err != nil {
			return
		}
	}
}

// protoStatement reads a value of an enum, or what is reserved.
func (r *reader) protoStatement(words []protoToken, comment, category string) {
	if len(words) == 0 || words[0].text == "option" {
		return
	}
	if words[0].text == "reserved" {
		r.protoReserved(words[1:])
		return
	}
	if len(words) < 3 || words[1].text != "=" || !isName(words[0].text) {
		r.leave(words[0].line, "the statement is not a value of an enum: %s", shown(words[0].text))
		return
	}
	number := words[2].text
	if number == "-" && len(words) > 3 {
		number += words[3].text
	}
	n, err := strconv.ParseInt(number, 0, 32)
	if err != nil {
		r.leave(words[0].line, "%s is not a number; %s is not imported", shown(number), words[0].text)
		return
	}
	description := strings.TrimSpace(words[0].comment + "\n" + comment)
	for _, w := range words[1:] {
		if w.comment != "" && !strings.Contains(description, w.comment) {
			description = strings.TrimSpace(description + "\n" + w.comment)
		}
	}
	r.add(&entry{line: words[0].line, code: strconv.FormatInt(n, 10), name: words[0].text, category: category, description: description})
}

// protoReserved reads the numbers, ranges and names that must not be used.
func (r *reader) protoReserved(words []protoToken) {
	var item []string
	flush := func() {
		switch {
		case len(item) == 1:
			if n, err := strconv.ParseInt(item[0], 0, 32); err == nil {
				r.reserved = append(r.reserved, reservation{"code", strconv.FormatInt(n, 10)})
			}
		case len(item) == 3 && item[1] == "to":
			first, err := strconv.ParseInt(item[0], 0, 32)
			last, errLast := strconv.ParseInt(item[2], 0, 32)
			if item[2] == "max" {
				last, errLast = 1<<31-1, nil
			}
			if err == nil && errLast == nil && first <= last {
				r.reserved = append(r.reserved, reservation{"codes", strconv.FormatInt(first, 10) + ".." + strconv.FormatInt(last, 10)})
			}
		}
		item = nil
	}
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case w.quoted:
			if isName(w.text) {
				r.reserved = append(r.reserved, reservation{"name", w.text})
			}
		case w.text == ",":
			flush()
		case w.text == "-" && i+1 < len(words):
			i++
			item = append(item, "-"+words[i].text)
		default:
			item = append(item, w.text)
		}
	}
	flush()
}
