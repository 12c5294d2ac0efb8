package search

import (
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// This file finds messages and words. Each function has a twin of the same name in
// templates/html/search.js.

// term is a word of the entries.
type term struct {
	word     string
	postings []posting
	// Made when a query needs them: the stem, and the letters.
	root  string
	runes []rune
	mask  uint32
}

// posting is an entry with a word, and the weight of its best place in it.
type posting struct{ entry, weight int32 }

// message is the message of an entry, or its title: its words between params, which
// are made when a query needs them, and their number of letters.
type message struct {
	index, length int
	isTitle       bool
	pieces        [][]string
}

// vocabulary is the index of the words of some entries.
type vocabulary struct {
	terms map[string]*term
	all   []*term
	// repeated are the words of texts that many entries have.
	repeated map[string][]*term
	// For the words of one text, and for two of them as one.
	buffer []string
	pair   []byte
	// The next terms and their first postings, which are allocated many at a time.
	spareTerms    []term
	sparePostings []posting
}

// rarity returns how much a word says that is in some of all entries: 16 times the
// logarithm of their ratio.
func rarity(all, some int) int {
	power, n := 1, 0
	for some*power*2 <= all {
		power *= 2
		n++
	}
	return 16*n + 16*all/(some*power) - 8
}

func letterMask(word string) uint32 {
	var mask uint32
	for _, c := range word {
		mask |= 1 << (c % 32)
	}
	return mask
}

// distance returns how many letters have to be inserted, deleted, replaced or
// swapped to make one word of another; more than most if it is more.
func distance(a, b []rune, most int) int {
	if max(len(a)-len(b), len(b)-len(a)) > most {
		return most + 1
	}
	var rows [3][64]int // a word has at most limits.vocabularyWord characters
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, old, older := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			replace := old[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			d := min(old[j]+1, row[j-1]+1, replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, older[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
	}
	return rows[len(a)%3][len(b)]
}

// indexMessages keeps the words of messages and titles between their params, if
// they are enough to recognize them by. The key is their longest word.
func (s *Search) indexMessages() {
	if s.messages != nil {
		return
	}
	s.messages = make(map[string][]message, len(s.entries))
	var buffer []string
	for i := range s.entries {
		e := &s.entries[i]
		buffer = s.addMessage(buffer, message{index: i, isTitle: true}, e.Title)
		if e.Message != e.Title {
			buffer = s.addMessage(buffer, message{index: i}, e.Message)
		}
	}
}

// addMessage keeps a message. It needs a buffer for its words, and returns it.
func (s *Search) addMessage(buffer []string, m message, text string) []string {
	words, anchor := buffer[:0], ""
	for piece := range pieces(text) {
		words = appendWordsIn(words, piece)
	}
	for _, w := range words {
		m.length += sizeOf(w)
		if sizeOf(w) > sizeOf(anchor) {
			anchor = w
		}
	}
	if len(words) >= 2 && m.length >= rules.Limits.ShortMessage {
		s.messages[anchor] = append(s.messages[anchor], m)
	}
	return words
}

// piecesOf returns the words of a message, between its params.
func (s *Search) piecesOf(m *message) [][]string {
	if m.pieces != nil {
		return m.pieces
	}
	text := s.entries[m.index].Message
	if m.isTitle {
		text = s.entries[m.index].Title
	}
	for piece := range pieces(text) {
		if words := wordsIn(piece); len(words) > 0 {
			m.pieces = append(m.pieces, words)
		}
	}
	return m.pieces
}

// pieces yields the parts of a message between its params.
func pieces(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i < len(text); i++ {
			if text[i] != '{' {
				continue
			}
			end := i + 1
			for end < len(text) && (isAlphanumeric(text[end]) || text[end] == '_') {
				end++
			}
			if at(text, end) != '}' || end == i+1 {
				continue
			}
			if !yield(text[start:i]) {
				return
			}
			start, i = end+1, end
		}
		yield(text[start:])
	}
}

// indexWords makes the vocabularies: one for each processor if there are many entries.
func (s *Search) indexWords() {
	if s.words != nil {
		return
	}
	n := min(1+len(s.entries)/250, runtime.GOMAXPROCS(0))
	s.words = make([]vocabulary, n)
	var group sync.WaitGroup
	for k := range n {
		group.Go(func() { s.words[k] = s.vocabularyOf(len(s.entries)*k/n, len(s.entries)*(k+1)/n) })
	}
	group.Wait()
}

// vocabularyOf makes the vocabulary of entries[from:to].
func (s *Search) vocabularyOf(from, to int) vocabulary {
	v := vocabulary{terms: make(map[string]*term, 2*(to-from)), repeated: make(map[string][]*term)}
	places := rules.Places
	for i := from; i < to; i++ {
		e := &s.entries[i]
		add := func(place int, texts ...string) {
			for _, text := range texts {
				v.addPairs(i, v.addText(i, text, place), place)
			}
		}
		add(places.Code, e.Code)
		add(places.Code, e.Aliases...)
		add(places.Name, e.Name)
		add(places.Synonym, e.Synonyms...)
		add(places.FormerName, e.FormerNames...)
		add(places.Identifier, e.Identifiers...)
		title := v.addText(i, e.Title, places.Title)
		inTitle := places.Title + places.Brief/max(1, len(title))
		for _, w := range title {
			v.post(w, i, inTitle)
		}
		v.addPairs(i, title, places.Title)
		v.addCompounds(i, e.Title, inTitle)
		v.addText(i, e.Message, places.Message)
		v.addCompounds(i, e.Message, places.Message)
		for _, tag := range e.Tags {
			v.addRepeated(i, tag, places.Tag)
		}
		v.addRepeated(i, e.Category, places.Category)
		v.addRepeated(i, e.Status, places.Status)
		for text := range s.textOf(i) {
			v.addText(i, text, places.Text)
		}
	}
	return v
}

// addText adds the words of a text. It returns them; the next call overwrites them.
func (v *vocabulary) addText(i int, text string, place int) []string {
	words := appendWordsIn(v.buffer[:0], text)
	v.buffer = words
	for _, w := range words {
		v.post(w, i, place)
	}
	return words
}

// addPairs adds two words of a text that follow each other as one.
func (v *vocabulary) addPairs(i int, words []string, place int) {
	for k := 0; k+1 < len(words); k++ {
		v.pair = append(append(v.pair[:0], words[k]...), words[k+1]...)
		if t := v.terms[string(v.pair)]; t != nil {
			t.post(i, place)
		} else {
			v.post(string(v.pair), i, place)
		}
	}
}

// addCompounds adds the initials of compounds in a text, such as io for input/output.
func (v *vocabulary) addCompounds(i int, text string, place int) {
	isWord := func(i int) bool { return isAlphanumeric(at(text, i)) }
	for from := 0; from < len(text); from++ {
		if !isWord(from) {
			continue
		}
		initials := v.pair[:0]
		for ; isWord(from); from++ {
			initials = append(initials, text[from])
			for isWord(from + 1) {
				from++
			}
			if c := at(text, from+1); c != '/' && c != '-' || !isWord(from+2) {
				break
			}
			from++
		}
		v.pair = initials
		if word := strings.ToLower(string(initials)); len(word) > 1 && isOrdinary(word) {
			v.post(word, i, place)
		}
	}
}

// addRepeated adds the words of a text that other entries may have as well.
func (v *vocabulary) addRepeated(i int, text string, place int) {
	terms, ok := v.repeated[text]
	if !ok {
		for _, w := range v.addText(i, text, place) {
			if t := v.terms[w]; t != nil { // nil if it is too long
				terms = append(terms, t)
			}
		}
		v.repeated[text] = terms
		return
	}
	for _, t := range terms {
		t.post(i, place)
	}
}

// post adds a word of an entry.
func (v *vocabulary) post(word string, i, weight int) {
	t := v.terms[word]
	if t == nil {
		if sizeOf(word) > rules.Limits.VocabularyWord {
			return
		}
		t = v.newTerm(word)
		v.terms[word] = t
		v.all = append(v.all, t)
	}
	t.post(i, weight)
}

// newTerm returns a term with room for one posting, which is all that most have.
func (v *vocabulary) newTerm(word string) *term {
	if len(v.spareTerms) == 0 {
		const n = 512
		v.spareTerms, v.sparePostings = make([]term, n), make([]posting, n)
	}
	t := &v.spareTerms[0]
	*t = term{word: word, postings: v.sparePostings[:0:1]}
	v.spareTerms, v.sparePostings = v.spareTerms[1:], v.sparePostings[1:]
	return t
}

func (t *term) post(i, weight int) {
	if last := len(t.postings) - 1; last >= 0 && int(t.postings[last].entry) == i {
		t.postings[last].weight = max(t.postings[last].weight, int32(weight))
		return
	}
	t.postings = append(t.postings, posting{int32(i), int32(weight)})
}

// findMessages finds the longest messages whose words are in a text in their order.
func (s *Search) findMessages(words []string, found *scores) {
	longest := 0
	var indexes []int
	seen := make(map[string]bool, len(words))
	for _, anchor := range words {
		if seen[anchor] {
			continue
		}
		seen[anchor] = true
		messages := s.messages[anchor]
		for k := range messages {
			m := &messages[k]
			if m.length < longest || !hasPieces(words, s.piecesOf(m)) {
				continue
			}
			if m.length > longest {
				indexes = indexes[:0]
			}
			longest = m.length
			indexes = append(indexes, m.index)
		}
	}
	for _, i := range indexes {
		found.message.raise(i, rules.Message.Base+rules.Message.Letter*min(rules.Message.Most, longest))
	}
}

func hasPieces(words []string, pieces [][]string) bool {
	at := 0
	for _, piece := range pieces {
		for ; ; at++ {
			if at+len(piece) > len(words) {
				return false
			}
			if slices.Equal(words[at:at+len(piece)], piece) {
				break
			}
		}
		at += len(piece)
	}
	return true
}

// findWords finds entries with most of the words of a query.
func (s *Search) findWords(words []string, found *scores) {
	wanted := wantedWords(words)
	best, total, matched, telling := s.newNumbers(), s.newNumbers(), s.newNumbers(), s.newNumbers()
	similar := make(map[int]bool)
	known, told := 0, 0
	saysLittle := func(w string) bool { return len(w) == 1 || rules.stopWords[w] || isDigits(w) }
	// An entry needs one of the words that say something, if there are any.
	needsTelling := slices.ContainsFunc(wanted, func(w string) bool { return !saysLittle(w) })
	for k, word := range wanted {
		best.clear()
		var before, after string
		if k > 0 {
			before = wanted[k-1]
		}
		if k+1 < len(wanted) {
			after = wanted[k+1]
		}
		isSimilar := s.findWord(best, word, before, after, len(wanted) == 1)
		value := rarity(len(s.entries), max(1, len(best.touched)))
		if saysLittle(word) {
			value >>= 2
		} else {
			told += value
		}
		if len(best.touched) == 0 {
			continue
		}
		known += value
		for _, i := range best.touched {
			total.set(i, total.values[i]+best.values[i]*value/100)
			matched.set(i, matched.values[i]+value)
			if !saysLittle(word) {
				telling.set(i, telling.values[i]+value)
			}
			if isSimilar {
				similar[i] = true
			}
		}
	}
	indexes := matched.touched
	if needsTelling {
		indexes = telling.touched
	}
	most := 0
	for _, i := range indexes {
		most = max(most, matched.values[i])
	}
	for _, i := range indexes {
		value := matched.values[i]
		if value*100 < most*rules.Coverage {
			continue
		}
		found.words.set(i, max(1, total.values[i]*value/(known*16)))
		if similar[i] || telling.values[i] < told {
			found.similar[i] = true
		}
	}
}

// wantedWords returns the different words of a query; of a longer one without
// numbers, which may be anything.
func wantedWords(words []string) []string {
	seen := make(map[string]bool, len(words))
	var wanted []string
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			wanted = append(wanted, w)
		}
	}
	if len(wanted) > 4 {
		wanted = slices.DeleteFunc(wanted, isDigits)
	}
	return wanted[:min(len(wanted), rules.Limits.Words)]
}

// findWord finds the entries with a word, or else one like it, and the weight of the
// best place in each. It reports whether the words are only similar.
func (s *Search) findWord(best *numbers, word, before, after string, isAlone bool) bool {
	add := func(t *term, quality int) {
		for _, p := range t.postings {
			best.raise(int(p.entry), int(p.weight)*quality)
		}
	}
	qualities := rules.Qualities
	size, root := sizeOf(word), stem(word)
	hasPrefixes := isAlone || size > 1 && !isDigits(word)
	for _, v := range s.words {
		for _, t := range v.all {
			switch {
			case t.word == word:
				add(t, qualities.Exact)
			case t.stem() == root:
				add(t, qualities.Stem)
			case hasPrefixes && strings.HasPrefix(t.word, word):
				add(t, qualities.Prefix)
			}
		}
		if t := v.terms[before+word]; before != "" && t != nil {
			add(t, qualities.Joined)
		}
		if t := v.terms[word+after]; after != "" && t != nil {
			add(t, qualities.Joined)
		}
	}
	if len(best.touched) > 0 || size > rules.Limits.VocabularyWord || !isBasic(word) {
		return false
	}
	s.findInitials(best, word)
	if hasDigit(word) {
		return true
	}
	most := 0
	if size >= rules.Edits.One {
		most++
	}
	if size >= rules.Edits.Two {
		most++
	}
	mask, runes := letterMask(word), []rune(word)
	for edits := 1; edits <= most && len(best.touched) == 0; edits++ {
		quality := qualities.OneEdit
		if edits == 2 {
			quality = qualities.TwoEdits
		}
		for _, v := range s.words {
			for _, t := range v.all {
				letters := t.letters()
				if max(len(letters)-size, size-len(letters)) > edits || bits.OnesCount32(t.mask^mask) > 2*edits || !isBasic(t.word) {
					continue
				}
				if distance(runes, letters, edits) == edits {
					add(t, quality)
				}
			}
		}
	}
	return true
}

// findInitials finds the entries with a title or a message that has words with the
// letters of a word as their initials.
func (s *Search) findInitials(best *numbers, word string) {
	if len(word) < rules.Initials.Least || len(word) > rules.Initials.Most || !consistsOf(word, isAlphanumeric) || isDigits(word) {
		return
	}
	if s.initials == nil {
		s.initials = make([][2]string, len(s.entries))
		for i := range s.entries {
			s.initials[i] = [2]string{initialsOf(s.entries[i].Title), initialsOf(s.entries[i].Message)}
		}
	}
	for i, initials := range s.initials {
		for k, weight := range []int{rules.Places.Title, rules.Places.Message} {
			if strings.Contains(initials[k], word) {
				best.raise(i, weight*rules.Qualities.Initials)
			}
		}
	}
}

// initialsOf returns the initials of the words of a text.
func initialsOf(text string) string {
	words := wordsIn(text)
	initials := make([]byte, len(words))
	for i, w := range words {
		initials[i] = w[0]
	}
	return string(initials)
}

func (t *term) stem() string {
	if t.root == "" {
		t.root = stem(t.word)
	}
	return t.root
}

func (t *term) letters() []rune {
	if t.runes == nil {
		t.runes, t.mask = []rune(t.word), letterMask(t.word)
	}
	return t.runes
}
