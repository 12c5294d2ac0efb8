package fixed

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// splitObject returns the members of a JSON object, which are parts of data, and
// reports whether data is one complete object. Of members with the same name, the
// last one counts.
func splitObject(data []byte) (members map[string]json.RawMessage, ok bool) {
	members = make(map[string]json.RawMessage)
	ok = eachMember(data, func(name, value []byte) {
		members[string(name)] = value
	})
	return members, ok
}

// eachMember calls f for the members of a JSON object, in order, and reports
// whether data is one complete object. If it is not, it does not call f. It
// allocates much less than encoding/json does for a map.
func eachMember(data []byte, f func(name, value []byte)) bool {
	i := skipTo(data, 0)
	if i == len(data) || data[i] != '{' || !json.Valid(data) {
		return false
	}
	for i = skipTo(data, i+1); data[i] != '}'; i = skipTo(data, i) {
		end := endOfValue(data, i)
		name := unquote(data[i:end])
		i = skipTo(data, end)
		end = endOfValue(data, i)
		f(name, data[i:end:end])
		i = end
	}
	return true
}

// eachMemberBefore calls f for the members of a JSON object that is truncated,
// or followed by other data.
func eachMemberBefore(data []byte, f func(name, value []byte)) {
	d := json.NewDecoder(bytes.NewReader(data))
	if start, _ := d.Token(); start != json.Delim('{') {
		return
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return
		}
		f([]byte(name.(string)), value)
	}
}

// skipTo returns the position of the next byte of valid JSON that is neither
// white space nor a separator.
func skipTo(data []byte, i int) int {
	for i < len(data) && bytes.IndexByte([]byte(" \t\r\n,:"), data[i]) >= 0 {
		i++
	}
	return i
}

// endOfValue returns the position after the value that begins at i, in a valid
// object.
func endOfValue(data []byte, i int) int {
	for depth := 0; ; i++ {
		switch data[i] {
		case '"':
			i = endOfString(data, i) - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ' ', '\t', '\r', '\n', ',', ':':
		default: // a number, true, false or null
			for bytes.IndexByte([]byte(" \t\r\n,:]}"), data[i+1]) < 0 {
				i++
			}
		}
		if depth == 0 {
			return i + 1
		}
	}
}

// endOfString returns the position after the string that begins at i.
func endOfString(data []byte, i int) int {
	for i++; data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i + 1
}

// object is a JSON object that is being written. It leaves out empty members.
type object []byte

// newObject returns an object without members.
func newObject() *object {
	o := make(object, 1, 512)
	o[0] = '{'
	return &o
}

// bytes returns the object.
func (o *object) bytes() []byte {
	return append(*o, '}')
}

// text adds a string.
func (o *object) text(name, value string) {
	if value != "" {
		o.name(name)
		*o = appendString(*o, value)
	}
}

// raw adds a member that is JSON already.
func (o *object) raw(name string, value json.RawMessage) {
	o.name(name)
	*o = append(*o, value...)
}

// code adds a code.
func (o *object) code(c Code) {
	if _, ok := any(c).(integerCode); ok {
		raw, _ := json.Marshal(c)
		o.raw("code", raw)
		return
	}
	o.text("code", string(c))
}

// name begins a member.
func (o *object) name(name string) {
	if len(*o) > 1 {
		*o = append(*o, ',')
	}
	*o = append(appendString(*o, name), ':')
}

// appendString appends a string as encoding/json writes it.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s)
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// extensions adds those members of a map that are valid JSON and have no field of
// their own in a Problem, sorted by name.
func (o *object) extensions(members map[string]json.RawMessage) {
	var buffer [8]string // saves an allocation
	for _, name := range appendNames(buffer[:0], members, isField) {
		o.raw(name, members[name])
	}
}

// appendNames appends the sorted names of those members of a map that are valid
// JSON and not left out.
func appendNames(names []string, members map[string]json.RawMessage, leaveOut func(name string) bool) []string {
	for name, raw := range members {
		if !leaveOut(name) && isJSON(raw) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// isJSON reports whether raw is a value that can be a part of a body. It may have
// been set by hand.
func isJSON(raw json.RawMessage) bool {
	return len(raw) > 0 && json.Valid(raw) && utf8.Valid(raw) // without the first, allocates if there is none
}
