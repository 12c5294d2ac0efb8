package importer

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/naming"
)

// This file has the forms of codes and names, and proposes what a source does not
// say.

var (
	codeForm     = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._:/-]*$`)
	nameForm     = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)
	integerForm  = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)
	maxName      = 300
	notIdentWord = regexp.MustCompile(`[^A-Za-z0-9]+`)
)

func isCode(s string) bool { return len(s) <= maxName && codeForm.MatchString(s) }
func isName(s string) bool {
	return len(s) <= maxName && nameForm.MatchString(s) && strings.Trim(s, "_.-") != ""
}

var nameWord = regexp.MustCompile(`[A-Za-z]{2,}`)

// isNameLike reports whether a code can serve as a name, because people can read it:
// INVALID_ID, OAUTH2_EXPIRED, but not ERR_1001.
func isNameLike(s string) bool {
	return isName(s) && (!strings.ContainsAny(s, "0123456789") || len(nameWord.FindAllString(s, 2)) == 2)
}

// isInteger64 reports whether a code is an integer that a catalog can have.
func isInteger64(s string) bool {
	const most = 1<<53 - 1
	i, err := strconv.ParseInt(s, 10, 64)
	return err == nil && integerForm.MatchString(s) && -most <= i && i <= most
}

func itoa(i int) string { return strconv.Itoa(i) }

// catalogName returns the name of a catalog that is made from that of a file.
func catalogName(file string) string {
	base := strings.ToLower(filepath.Base(file))
	base, _, _ = strings.Cut(base, ".")
	name := strings.Trim(notIdentWord.ReplaceAllString(base, "_"), "_")
	name = strings.TrimLeft(name, "_0123456789")
	if len(name) > 60 {
		name = strings.TrimRight(name[:60], "_")
	}
	if name == "" || name == "stdin" {
		return "imported"
	}
	return name
}

// stopWords are words that a name does not need.
var stopWords = strings.Fields(`a an and are as at be been by can cannot could did do does error errors for from has have in is it its
	my of on or our please that the their there this to was were will with you your`)

// nameFrom proposes a name by a text: at most six of the words of its first
// sentence. It returns an empty string if the text has no words in ASCII.
func nameFrom(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if first, _, ok := strings.Cut(text, ". "); ok && len(first) > 3 {
		text = first
	}
	text = placeholder.ReplaceAllString(strings.NewReplacer("'", "", "’", "").Replace(text), " ")
	var words, all []string
	for _, w := range strings.Fields(notIdentWord.ReplaceAllString(text, " ")) {
		all = append(all, strings.ToUpper(w))
		if !slices.Contains(stopWords, strings.ToLower(w)) {
			words = append(words, strings.ToUpper(w))
		}
	}
	if len(words) < 2 {
		words = all
		if len(words) > 1 && slices.Contains([]string{"A", "AN", "THE"}, words[0]) {
			words = words[1:]
		}
	}
	name := strings.Join(words[:min(len(words), 6)], "_")
	if len(name) > 60 {
		name = strings.TrimRight(name[:60], "_")
	}
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		name = "ERROR_" + name
	}
	return name
}

// statusWords are words that speak for an HTTP status. The first that fits is
// taken.
var statusWords = []struct {
	status int
	words  *regexp.Regexp
}{
	{504, regexp.MustCompile(`time ?d? ?out|timeout|deadline`)},
	{429, regexp.MustCompile(`rate.?limit|too many|throttl|quota`)},
	{503, regexp.MustCompile(`unavailable|overload|maintenance|try again later|temporarily|shutting down`)},
	{413, regexp.MustCompile(`too large|too big|size limit|exceeds the (maximum|limit)`)},
	{415, regexp.MustCompile(`media type|content.?type|unsupported (file|format)`)},
	{501, regexp.MustCompile(`not (yet )?implemented|unimplemented`)},
	{410, regexp.MustCompile(`\bgone\b|\bdeleted\b|no longer (exists|available)`)},
	{401, regexp.MustCompile(`unauthori[sz]ed|unauthenticated|authenticat|invalid token|not authorized|credential|signature|token (is |has |not )?(invalid|expired|missing|valid)|api.?key|log ?in|password`)},
	{403, regexp.MustCompile(`forbidden|permission|not allowed|access denied|denied|disabled|not enabled|activate|suspended|blocked`)},
	{404, regexp.MustCompile(`not[ _-]?found|no such|does ?n[o']t exist|unknown (user|resource|id|key|table|file)|not exist|does not have|no .* found|undefined`)},
	{409, regexp.MustCompile(`already|conflict|duplicate|exists\b|in use|locked|in progress`)},
	{500, regexp.MustCompile(`internal|system error|unknown error|unexpected|server error|something went wrong|bug\b|fatal|panic|database`)},
	{400, regexp.MustCompile(`invalid|malformed|bad\b|missing|required|must\b|wrong|illegal|cannot be (empty|null)|too (short|long)|syntax|parse|format|unsupported|mismatch`)},
}

// guessStatus proposes an HTTP status by what the texts of an error say, with the
// words that speak for it.
func guessStatus(texts ...string) (status int, words string) {
	for _, text := range texts {
		text = strings.ToLower(strings.ReplaceAll(text, "_", " "))
		for _, s := range statusWords {
			if found := s.words.FindString(text); found != "" {
				return s.status, found
			}
		}
	}
	return 500, ""
}

var (
	threeDigits = regexp.MustCompile(`\b[1-5][0-9][0-9]\b`)
	statusClass = regexp.MustCompile(`(?i)^([45])xx\b`)
)

// placeholder is a place of a value in a text of any template language.
var placeholder = regexp.MustCompile(`\$\{\s*([A-Za-z_]\w*)\s*\}|\{\{\s*\.?([A-Za-z_]\w*)\s*\}\}|\{\s*([A-Za-z_]\w*)\s*(?:,[^{}]*)?\}|\{([0-9]{1,2})(?:,[^{}]*)?\}|%(?:\[[0-9]\])?[+#]?([sdvqxTtfgw])\b|%\(([A-Za-z_]\w*)\)[sd]|\{(\})`)

// param is a param of a message.
type param struct{ name, kind string }

// reservedParams are members of a problem body, which no param can be called.
var reservedParams = strings.Fields("type title status detail instance code errors")

// maxParams limits the params of a message; further placeholders are text.
const maxParams = 50

// message returns a text as a message of a catalog, with the params that its
// placeholders become.
func message(text string) (string, []param) {
	if !strings.ContainsAny(text, "{}%") {
		return text, nil
	}
	var params []param
	byWord := make(map[string]string)
	braces := strings.NewReplacer("{", "{{", "}", "}}")
	var b strings.Builder
	at := 0
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		word, kind := "", "string"
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				word = text[m[i]:m[i+1]]
			}
		}
		isVerb := m[10] >= 0
		if isVerb && m[0] > 0 && text[m[0]-1] >= '0' && text[m[0]-1] <= '9' {
			continue // "5 %d" or "50%s" are percentages
		}
		key := word
		switch {
		case isVerb || word == "}":
			key = text[m[0]:m[1]] + itoa(m[0]) // each is a value of its own
			if word == "d" {
				kind = "integer"
			}
			word = "arg" + itoa(len(params)+1)
		case word[0] >= '0' && word[0] <= '9':
			word = "arg" + word
		}
		name, ok := byWord[key]
		if !ok && len(params) == maxParams {
			continue
		}
		if !ok {
			name = paramName(word, params)
			byWord[key] = name
			params = append(params, param{name, kind})
		}
		b.WriteString(braces.Replace(text[at:m[0]]))
		b.WriteString("{" + name + "}")
		at = m[1]
	}
	b.WriteString(braces.Replace(text[at:]))
	return b.String(), params
}

// paramName returns a word as the name of a param that has none of the others'
// identifiers.
func paramName(word string, others []param) string {
	if slices.Contains(reservedParams, strings.ToLower(word)) || strings.Trim(word, "_") == "" || naming.GoField(word) == "" {
		word = strings.Trim(word, "_") + "_value"
		word = strings.TrimPrefix(word, "_")
	}
	name := word
	for i := 2; ; i++ {
		if !slices.ContainsFunc(others, func(p param) bool { return strings.EqualFold(naming.GoField(p.name), naming.GoField(name)) }) {
			return name
		}
		name = word + "_" + itoa(i)
	}
}
