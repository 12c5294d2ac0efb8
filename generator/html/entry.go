package html

import (
	"bytes"
	"cmp"
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
	// Anchor is the id; Aliases are further ids. Href is the link to the entry.
	Anchor  markup
	Aliases []markup
	Href    markup
	// IsLink means that the entry has a page of its own.
	IsLink bool
	// Class marks a code that is too long for its column, a message that
	// repeats the title, a retired error, and the last entry of a category.
	Class       markup
	Code, Title markup
	// Name is empty if it is the code.
	Name           markup
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
	// Samples are those of model.Samples.
	Samples []sample
	// Edit is the address for editing the entry; it is empty without the option.
	Edit markup
	// Late means that the script turns the entry into an element later.
	Late bool
	// Heading is the element of the headings within the entry.
	Heading markup

	err            *catalog.Error
	title, typeURI string
	example        []byte
}

type badge struct{ Class, Text markup }

// notice is what a reader has to know first.
type notice struct{ Class, Lead, Reason markup }

type fact struct {
	Name, Value markup
	// isName means that the value is the name of the error.
	isName bool
}

// withoutName returns a fact that is the same for all errors that only differ in
// their name.
func (f fact) withoutName() fact {
	if f.isName {
		f.Value = ""
	}
	return f
}

// sample shows what to do in code.
type sample struct{ Lead, Name, Code markup }

type param struct {
	Name, Type, Description, Values, Example markup
	Sensitive                                bool
}

// entry returns what elements and rows have in common.
func (p *page) entry(e *catalog.Error) entry {
	out := entry{
		err:         e,
		title:       prose.Line(e.Title),
		Heading:     "h4",
		Anchor:      text(e.Anchor),
		Href:        p.hrefOf(e),
		Edit:        text(p.editAddress(e)),
		Code:        text(e.Code),
		Title:       line(e.Title),
		Badges:      badges(e),
		Category:    line(cmp.Or(prose.Line(e.Category.Title), e.Category.Name)),
		Notices:     p.notices(e),
		Description: p.prose(e.Description),
		Resolution:  p.prose(e.Resolution),
		Facts:       p.facts(e),
	}
	if e.Name != e.Code {
		out.Name = text(e.Name)
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
		out.example, out.typeURI = model.Example(p.catalog, e), model.TypeURI(p.catalog, e)
	}
	return out
}

// element returns an entry with everything that its element shows.
func (p *page) element(e *catalog.Error) entry {
	out := p.entry(e)
	out.Params = p.params(e.Params)
	if out.example != nil {
		out.Example = text(exampleText(out.example))
	}
	for _, s := range model.Samples(p.catalog, e) {
		out.Samples = append(out.Samples, sample{text(s.Lead()), code(s.Name), text(s.Code())})
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
			out = append(out, fact{p.piece(f.Label), value, f.Kind == model.FactName})
		}
	}
	related := p.relations.Linked
	if p.single != nil {
		related = p.relations.Of
	}
	if value := p.pieces(related(e), ", "); value != "" {
		out = append(out, fact{Name: model.LabelRelated, Value: value})
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
		return p.reference(piece.Of)
	}
	return line(piece.Text)
}

// reference returns a link to another error.
func (p *page) reference(e *catalog.Error) markup {
	words := "<code>" + text(e.Code) + "</code>"
	if title := line(e.Title); title != "" {
		words += " (" + title + ")"
	}
	return `<a href="` + p.hrefOf(e) + `">` + words + "</a>"
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

// exampleText returns a JSON body for readers: indented, and with escapes only for
// invisible characters.
func exampleText(body []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		panic(err) // examples are valid JSON
	}
	return readable.Replace(string(model.VisibleJSON(b.Bytes())))
}

// readable reverts the escapes that Go adds for HTML.
var readable = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
