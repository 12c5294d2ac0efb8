package importer

import (
	"regexp"
	"strings"
)

var (
	postgresSection = regexp.MustCompile(`^Section:\s*(?:Class\s+\S+\s+-\s+)?(.+)$`)
	postgresLine    = regexp.MustCompile(`^(\S+)\s+([EWS])\s+([A-Za-z_][A-Za-z0-9_]*)(?:\s+(\S+))?$`)
)

// postgres reads PostgreSQL's errcodes.txt: sections, and lines with an SQLSTATE, a
// kind, a macro and a name of the condition. The errors do not travel over HTTP.
func (r *reader) postgres() {
	r.noHTTP = true
	category := ""
	line := 0
	for text := range strings.Lines(r.text) {
		line++
		text = strings.TrimSpace(text)
		if m := postgresSection.FindStringSubmatch(text); m != nil {
			category = m[1]
			continue
		}
		if text == "" || text[0] == '#' {
			continue
		}
		m := postgresLine.FindStringSubmatch(text)
		if m == nil || !isCode(m[1]) {
			r.leave(line, "the line is not an error code: %s", shown(text))
			continue
		}
		e := &entry{line: line, code: m[1], name: strings.TrimPrefix(m[3], "ERRCODE_"), category: category}
		e.severity = map[string]string{"E": "", "W": "warning", "S": "info"}[m[2]]
		if condition := strings.ToUpper(m[4]); condition != "" && condition != e.name {
			e.facts = append(e.facts, fact{"condition", m[4]})
		}
		r.add(e)
	}
}
