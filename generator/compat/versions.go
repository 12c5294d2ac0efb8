package compat

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/yamldoc"
)

// This file reads many versions of a catalog. Most of their entries are the same, so
// that each text of an entry is read once.

// digest identifies a text.
type digest [sha256.Size]byte

// entries reads the errors of versions of a catalog.
type entries struct {
	// known are the errors in a piece of the section errors, by its text and by what
	// else they depend on.
	known map[digest][]*catalog.Error
	// parsed is the number of entries that were read.
	parsed int
}

// read returns the errors of a version. Those that have not changed since an earlier
// one are identical with its errors. It returns false if the version cannot be read.
func (r *entries) read(data []byte) ([]*catalog.Error, bool) {
	if list, ok := r.readPieces(data); ok {
		return list, true
	}
	// The file may be written in another way, or be wrong.
	key := sha256.Sum256(data)
	if list, ok := r.known[key]; ok {
		return list, list != nil
	}
	c, _ := catalog.ReadBaseline("", data)
	if c == nil {
		r.known[key] = nil
		return nil, false
	}
	r.parsed += len(c.Errors)
	r.known[key] = c.Errors
	return c.Errors, true
}

// anchored matches what may be an anchor or an alias.
var anchored = regexp.MustCompile(`[:\-\[{,?]\s*[&*]`)

// readPieces reads the pieces of a version that are new. It returns false if the
// version cannot be cut into pieces.
func (r *entries) readPieces(data []byte) ([]*catalog.Error, bool) {
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	head, pieces, tail, ok := yamldoc.Pieces(data, "errors")
	if !ok {
		return nil, false
	}
	settings := settingsOf(head, tail)
	// Anchors of other entries are a part of those that may use them.
	var shared [][]byte
	hasAnchor := make(map[int]bool)
	mayHave := bytes.IndexByte(data, '&') >= 0 || bytes.IndexByte(data, '*') >= 0
	for i, piece := range pieces {
		if mayHave && bytes.ContainsAny(piece, "&*") && anchored.Match(piece) {
			shared, hasAnchor[i] = append(shared, piece), true
		}
	}
	base := sha256.Sum256(settings)
	with := sha256.Sum256(slices.Concat(settings, bytes.Join(shared, []byte{0})))
	keys := make([]digest, len(pieces))
	isNew := make(map[int]bool)
	hash := sha256.New()
	for i, piece := range pieces {
		context := base
		if hasAnchor[i] {
			context = with
		}
		hash.Reset()
		hash.Write(context[:])
		hash.Write(piece)
		hash.Sum(keys[i][:0])
		if _, ok := r.known[keys[i]]; !ok {
			isNew[i] = true
		}
	}
	if len(isNew) > 0 && !r.parse(settings, pieces, keys, isNew, hasAnchor) {
		return nil, false
	}
	list := make([]*catalog.Error, 0, len(pieces))
	names := make(map[string]bool, len(pieces))
	for _, key := range keys {
		for _, e := range r.known[key] {
			if names[e.Name] {
				return nil, false
			}
			names[e.Name] = true
			list = append(list, e)
		}
	}
	return list, true
}

// parse reads the new pieces of a version, with those whose anchors they may use.
func (r *entries) parse(settings []byte, pieces [][]byte, keys []digest, isNew, hasAnchor map[int]bool) bool {
	needsAnchors := false
	for i := range isNew {
		needsAnchors = needsAnchors || hasAnchor[i]
	}
	text := append(slices.Clone(settings), "\nerrors:\n"...)
	line := bytes.Count(text, []byte("\n")) + 1
	var starts, read []int
	for i, piece := range pieces {
		if !isNew[i] && (!needsAnchors || !hasAnchor[i]) {
			continue
		}
		starts, read = append(starts, line), append(read, i)
		text = append(text, piece...)
		if !bytes.HasSuffix(piece, []byte("\n")) {
			text = append(text, '\n')
			line++
		}
		line += bytes.Count(piece, []byte("\n"))
	}
	c, _ := catalog.ReadBaseline("", text)
	if c == nil {
		return false
	}
	r.parsed += len(c.Errors)
	found := make(map[int][]*catalog.Error)
	for _, e := range c.Errors {
		at, ok := slices.BinarySearch(starts, e.Pos.Line)
		if !ok {
			at--
		}
		if at < 0 {
			return false
		}
		found[read[at]] = append(found[read[at]], e)
	}
	for i := range isNew {
		if len(found[i]) == 0 {
			return false // The piece is the rest of another one.
		}
	}
	for i := range isNew {
		r.known[keys[i]] = found[i]
	}
	return true
}

// versionLine matches the version of the catalog, which often changes without
// anything else.
var versionLine = regexp.MustCompile(`(?m)^ +version: *["']?[0-9A-Za-z.+-]*["']? *(?:#.*)?\n`)

// settingsOf returns those sections of a catalog, besides its errors, that errors
// depend on.
func settingsOf(head, tail []byte) []byte {
	var settings []byte
	for _, text := range [][]byte{bytes.TrimSuffix(head, []byte("\n")), tail} {
		keep := true
		for line := range bytes.Lines(text) {
			if c := line[0]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '"' || c == '\'' {
				key, _, _ := bytes.Cut(line, []byte(":"))
				switch string(key) {
				case "reserved", "compatibility", "lint", "outputs", "errors":
					keep = bytes.ContainsRune(line, '&')
				default:
					keep = true
				}
			}
			if keep {
				settings = append(settings, line...)
			}
		}
		if len(settings) > 0 && settings[len(settings)-1] != '\n' {
			settings = append(settings, '\n')
		}
	}
	return versionLine.ReplaceAll(settings, nil)
}
