package html

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// entry is the part of the page about one error. The template omits what is
// empty.
type entry struct {
	// Anchor is the id; Aliases are further ids.
	Anchor  markup
	Aliases []markup
	// Class marks a code that is too long for its column, a message that
	// repeats the title, a retired error, and the last entry of a category.
	Class          markup
	Code, Title    markup
	Badges         []badge
	Message        markup
	Status, Phrase markup
	StatusClass    markup
	Category       markup
	Notices        []notice
	Description    markup
	Resolution     markup
	Facts          []fact
	Params         []param
	Example        markup
	// Late means that the script turns the entry into an element later.
	Late bool
}

type badge struct{ Class, Text markup }

// notice is what a reader has to know first.
type notice struct{ Class, Lead, Reason markup }

type fact struct{ Name, Value markup }

type param struct {
	Name, Type, Description, Values, Example markup
	Sensitive                                bool
}

func (p *page) entry(e *catalog.Error) entry {
	out := entry{
		Anchor:      text(e.Anchor),
		Code:        text(e.Code),
		Title:       line(e.Title),
		Badges:      badges(e),
		Category:    line(e.Category.Title),
		Notices:     p.notices(e),
		Description: p.prose(e.Description),
		Resolution:  p.prose(e.Resolution),
		Facts:       p.facts(e),
		Params:      p.params(e.Params),
	}
	switch {
	case len(e.Code) > wide:
		out.Class = " longer"
	case len(e.Code) > narrow:
		out.Class = " long"
	}
	if !model.RepeatsTitle(e) {
		out.Message = message(e.Message)
	}
	if e.Retired != nil {
		out.Class += " retired"
	}
	for _, a := range e.Aliases {
		out.Aliases = append(out.Aliases, text(a.Code))
	}
	if p.catalog.NoHTTP {
		return out
	}
	status, phrase, _ := strings.Cut(catalog.StatusText(e.HTTPStatus), " ")
	out.Status, out.Phrase = text(status), text(phrase)
	out.StatusClass = markup(" s" + strconv.Itoa(e.HTTPStatus/100))
	if e.Retired == nil {
		out.Example = example(model.Example(p.catalog, e))
	}
	return out
}

func badges(e *catalog.Error) []badge {
	var out []badge
	for _, state := range model.States(e) {
		out = append(out, badge{Class: markup(state), Text: markup(strings.ToUpper(state[:1]) + state[1:])})
	}
	return out
}

// message returns the template of a message with its params marked.
func message(m catalog.Message) markup {
	var b strings.Builder
	for _, s := range m.Segments {
		if s.Param != nil {
			b.WriteString("<var>{" + string(text(s.Param.Name)) + "}</var>")
		} else {
			b.WriteString(string(text(s.Text)))
		}
	}
	return markup(strings.TrimSpace(b.String()))
}

func (p *page) notices(e *catalog.Error) []notice {
	var out []notice
	for _, n := range model.Notices(p.catalog, e) {
		lead := "<strong>" + text(n.Lead) + ".</strong>"
		if words := p.pieces(n.Text, " "); words != "" {
			lead += " " + words
		}
		out = append(out, notice{Class: markup(n.State), Lead: lead, Reason: p.prose(n.Reason)})
	}
	return out
}

// facts returns the facts of an entry, except for the status, which is in its
// row.
func (p *page) facts(e *catalog.Error) []fact {
	var out []fact
	for f := range model.Facts(p.catalog, e) {
		if f.Expected || f.Kind == model.FactStatus {
			continue
		}
		if value := p.pieces(f.Values, ", "); value != "" {
			out = append(out, fact{p.piece(f.Label), value})
		}
	}
	return out
}

// pieces returns pieces as markup, with separator between the ones that are not
// empty.
func (p *page) pieces(pieces []model.Piece, separator string) markup {
	var out []string
	for _, piece := range pieces {
		if s := p.piece(piece); s != "" {
			out = append(out, string(s))
		}
	}
	return markup(strings.Join(out, separator))
}

// piece returns a piece as markup.
func (p *page) piece(piece model.Piece) markup {
	switch piece.Kind {
	case model.Code:
		return code(piece.Text)
	case model.Hyperlink:
		return p.hyperlink(piece)
	case model.Reference:
		return reference(piece.Of)
	}
	return line(piece.Text)
}

// reference returns a link to another error.
func reference(e *catalog.Error) markup {
	words := "<code>" + text(e.Code) + "</code>"
	if title := line(e.Title); title != "" {
		words += " (" + title + ")"
	}
	return `<a href="#` + text(e.Anchor) + `">` + words + "</a>"
}

// hyperlink returns a link of an error. A link within the page without a target
// is plain text.
func (p *page) hyperlink(piece model.Piece) markup {
	target, ok := p.mapLink(strings.TrimSpace(piece.URL))
	if !ok {
		return line(piece.Text + " (" + piece.URL + ")")
	}
	return markup(prose.LinkHTML(piece.Text, target))
}

func (p *page) params(params []*catalog.Param) []param {
	var out []param
	for _, q := range params {
		out = append(out, param{
			Name:        code(q.Name),
			Type:        line(string(q.Type)),
			Description: p.prose(q.Description),
			Values:      values(q.Values),
			Example:     code(model.ValueText(q.Example)),
			Sensitive:   q.Sensitive,
		})
	}
	return out
}

// values returns the values of a param as code, with commas between them.
func values(all []string) markup {
	spans := make([]string, len(all))
	for i, v := range all {
		spans[i] = string(code(v))
	}
	return markup(strings.Join(spans, ", "))
}

// example returns a JSON body for readers: indented, and with escapes only for
// invisible characters.
func example(body []byte) markup {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		panic(err) // examples are valid JSON
	}
	return text(readable.Replace(string(model.VisibleJSON(b.Bytes()))))
}

// readable reverts the escapes that Go adds for HTML.
var readable = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
