package html

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// entry is the part of the page about one error. What is empty is left out.
type entry struct {
	// Anchor is the id; Aliases are further ones.
	Anchor  markup
	Aliases []markup
	// Class marks a code that is too long for its column, a message that says
	// what the title does, a code that is retired, and the last of a category.
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
	// Late means that the entry is no element before the script makes it one.
	Late bool
}

type badge struct{ Class, Text markup }

// notice is what a reader should know before anything else.
type notice struct{ Class, Lead, Reason markup }

type fact struct{ Name, Value markup }

type param struct {
	Name, Type, Description, Example markup
	Sensitive                        bool
}

func (p *page) entry(e *catalog.Error) entry {
	out := entry{
		Anchor:      text(e.Anchor),
		Code:        text(e.Code),
		Title:       line(e.Title),
		Badges:      badges(e),
		Message:     message(e.Message),
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
	if strings.EqualFold(prose.Line(e.Message.Text()), prose.Line(e.Title)) {
		out.Class += " same"
	}
	if e.Retired != nil {
		out.Class += " retired"
	}
	for _, a := range e.Aliases {
		out.Aliases = append(out.Aliases, text(a.Code))
	}
	status, phrase, _ := strings.Cut(catalog.StatusText(e.HTTPStatus), " ")
	out.Status, out.Phrase = text(status), text(phrase)
	out.StatusClass = markup(strconv.Itoa(e.HTTPStatus / 100))
	if e.Retired == nil {
		out.Example = example(model.Example(p.catalog, e))
	}
	return out
}

func badges(e *catalog.Error) []badge {
	var out []badge
	switch {
	case e.Retired != nil:
		out = append(out, badge{"retired", "Retired"})
	case e.Deprecated != nil:
		out = append(out, badge{"deprecated", "Deprecated"})
	}
	if e.Audience == catalog.Internal {
		out = append(out, badge{"internal", "Internal"})
	}
	return out
}

// message returns the template of a message, its params marked.
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
	if l := e.Retired; l != nil {
		out = append(out, p.notice("retired", "Retired", "This code is not sent any more.", l))
	}
	if l := e.Deprecated; l != nil {
		out = append(out, p.notice("deprecated", "Deprecated", "", l))
	}
	if e.Audience == catalog.Internal {
		out = append(out, notice{Class: "internal", Lead: "<strong>Internal.</strong> " + p.insteadOf(e)})
	}
	return out
}

// insteadOf says what clients see of an internal error.
func (p *page) insteadOf(e *catalog.Error) markup {
	if f := p.catalog.Fallback; f != nil && f != e {
		return "Clients never see this code; they see " + reference(f) + "."
	}
	return "Clients never see this code."
}

func (p *page) notice(class, word, means markup, l *catalog.Lifecycle) notice {
	lead := "<strong>" + word
	if since := line(l.Since); since != "" {
		lead += " since " + since
	}
	lead += ".</strong>"
	if means != "" {
		lead += " " + means
	}
	if l.ReplacedBy != nil {
		lead += " Use " + reference(l.ReplacedBy) + " instead."
	}
	return notice{Class: class, Lead: lead, Reason: p.prose(l.Reason)}
}

// reference links to another error.
func reference(e *catalog.Error) markup {
	return `<a href="#` + text(e.Anchor) + `"><code>` + text(e.Code) + "</code> " + line(e.Title) + "</a>"
}

// facts are the short lines of an entry, in the order in which a reader asks
// for them; those that hold for most errors are left out.
func (p *page) facts(e *catalog.Error) []fact {
	var out []fact
	add := func(name, value markup) {
		if value != "" {
			out = append(out, fact{name, value})
		}
	}
	add("Retry", retry(e))
	if e.Name != e.Code {
		add("Name", code(e.Name))
	}
	add("Also sent as", listed(e.Aliases, func(a catalog.Alias) markup { return code(a.Code) }))
	add("Formerly", listed(e.FormerNames, func(n catalog.FormerName) markup { return code(n.Name) }))
	if p.catalog.Fallback == e {
		add("Stands for", "every error that is not in this catalog")
	}
	if e.Severity != catalog.SeverityError {
		add("Severity", line(string(e.Severity)))
	}
	add("Since", line(e.Since))
	add("Owner", line(e.Owner))
	add("Tags", listed(e.Tags, line))
	for _, m := range e.Metadata {
		add(code(m.Key), metadataValue(m.Value))
	}
	add("See also", listed(e.Links, p.link))
	return out
}

func listed[T any](items []T, show func(T) markup) markup {
	var out []string
	for _, item := range items {
		if s := show(item); s != "" {
			out = append(out, string(s))
		}
	}
	return markup(strings.Join(out, ", "))
}

func retry(e *catalog.Error) markup {
	switch e.Retry {
	case catalog.RetrySafe:
		return "The same request may be sent again"
	case catalog.RetryAfter:
		if e.RetryAfter > 0 {
			return "The same request may be sent again after " + duration(e.RetryAfter)
		}
		return "The same request may be sent again later"
	}
	return "No, the same request fails again"
}

// duration returns a time in words: 1 minute 30 seconds.
func duration(d time.Duration) markup {
	var out []string
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if n := int(d / unit.size); n > 0 {
			out = append(out, string(counted(n, unit.name, unit.name+"s")))
			d -= time.Duration(n) * unit.size
		}
	}
	if d > 0 {
		out = append(out, d.String())
	}
	return text(strings.Join(out, " "))
}

// metadataValue is a link where the value is a web address.
func metadataValue(value string) markup {
	if strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://") {
		return markup(prose.LinkHTML("", value))
	}
	return line(value)
}

// link is a link of an error; one within the page that leads nowhere is plain
// text.
func (p *page) link(l catalog.Link) markup {
	target, ok := p.mapLink(strings.TrimSpace(l.URL))
	if !ok {
		return line(l.Title + " (" + l.URL + ")")
	}
	return markup(prose.LinkHTML(l.Title, target))
}

func (p *page) params(params []*catalog.Param) []param {
	var out []param
	for _, q := range params {
		out = append(out, param{
			Name:        code(q.Name),
			Type:        line(string(q.Type)),
			Description: p.prose(q.Description),
			Example:     code(model.ValueText(q.Example)),
			Sensitive:   q.Sensitive,
		})
	}
	return out
}

// example returns a JSON body as a reader wants it: indented, with escapes for
// what is invisible, and for nothing else.
func example(body []byte) markup {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return text(string(body)) // is never so: the body is JSON
	}
	return text(visibleJSON(readable.Replace(b.String())))
}

// readable takes back the escapes that Go writes for the sake of HTML.
var readable = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")

// visibleJSON returns JSON with what is invisible as the escapes of JSON.
func visibleJSON(s string) string {
	if prose.Visible(s) == s {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch char := string(r); {
		case r < utf8.RuneSelf && r != 0x7f || prose.Visible(char) == char:
			b.WriteString(char)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	return b.String()
}
