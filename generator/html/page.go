package html

import (
	"bytes"
	"cmp"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// markup is HTML, ready to use. Text of a catalog only becomes markup through
// text, line, code and package prose.
type markup string

// text returns plain text, white space included.
func text(s string) markup { return markup(prose.EscapeHTML(s)) }

// line returns plain text on one line.
func line(s string) markup { return text(prose.Line(s)) }

// code returns plain text as code. It is empty if the text is.
func code(s string) markup {
	if s = prose.Line(s); s == "" {
		return ""
	}
	return "<code>" + text(s) + "</code>"
}

// page is the data of the template. All strings in it are markup.
type page struct {
	Header, Policy       markup
	Style, Theme, Script markup
	Title, Description   markup
	// Preview is for search engines and previews of links. Canonical is the address of
	// the page; it is empty without the option.
	Preview   markup
	Canonical markup
	// Summary says how many codes and categories there are.
	Summary markup
	// Columns are the classes for the columns of the list.
	Columns    markup
	Categories []category
	Reserved   []reserved
	// Compact means that entries are rows of the index instead of elements.
	Compact bool

	out       bytes.Buffer
	catalog   *catalog.Catalog
	sections  []*catalog.Category // not empty
	edit      string              // the template of the links to edit entries
	filters   []metadataFilter
	ids       map[string]*catalog.Error // targets of links within the page; nil for a category
	relations *model.Relations
	written   int            // the number of entries so far
	site      *site          // nil if all is on one page
	single    *catalog.Error // the error that the page is about; nil for all of them
}

// category is a section of the page.
type category struct {
	Anchor, Title, Description, Codes, Count markup

	page   *page
	errors []*catalog.Error
}

// reserved is a row of the table of reserved codes and names.
type reserved struct{ What, Reason markup }

func newPage(c *catalog.Catalog, l *layout, opt Options) *page {
	p := &page{
		Header: text(files.Header(c.Name, Target)),
		Policy: l.policy, Style: l.style, Theme: l.theme, Script: l.script,
		Columns:   columns(c),
		Compact:   len(c.Errors) > cmp.Or(opt.elements, mostElements),
		Canonical: text(opt.URL),
		catalog:   c,
		edit:      opt.Edit,
		filters:   metadataFilters(c),
		relations: model.NewRelations(c),
		ids:       make(map[string]*catalog.Error, len(c.Errors)),
	}
	if p.Title = line(c.Title); p.Title == "" {
		p.Title = line(c.Name)
	}
	if opt.Pages {
		p.site = newSite(c)
	}
	for _, e := range c.Errors {
		p.ids[e.Anchor] = e
		for _, a := range e.Aliases {
			p.ids[a.Code] = e
		}
	}
	for _, cat := range c.Categories {
		if len(cat.Errors) > 0 {
			p.sections = append(p.sections, cat)
			p.ids[cat.Anchor] = nil
		}
	}
	p.Summary = summary(len(c.Errors), len(p.sections))
	p.Description = p.prose(c.Description)
	p.Preview = text(model.SummaryOfCatalog(c))
	for _, cat := range p.sections {
		p.Categories = append(p.Categories, p.category(cat))
	}
	for _, r := range c.Reserved {
		p.Reserved = append(p.Reserved, reserved{What: reservedWhat(r), Reason: p.prose(r.Reason)})
	}
	return p
}

// HasContents reports whether the page has more than one part to go to.
func (p *page) HasContents() bool { return len(p.Categories)+min(len(p.Reserved), 1) > 1 }

// summary returns the number of codes and categories.
func summary(errors, categories int) markup {
	s := counted(errors, "code", "codes")
	if categories > 1 {
		s += " in " + counted(categories, "category", "categories")
	}
	return s
}

func counted(n int, one, many string) markup {
	if n == 1 {
		return markup("1 " + one)
	}
	return number(n) + markup(" "+many)
}

// number returns n with commas between thousands.
func number(n int) markup {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return markup(digits)
}

// The widths of the column of codes, in characters. A longer code is above its
// title.
const (
	narrow = 8
	wide   = 16
)

// columns returns the classes for the columns of the list.
func columns(c *catalog.Catalog) markup {
	classes := widths(c.Errors)
	if c.NoHTTP {
		classes += " no-status"
	}
	if hasOneCategory(c) {
		classes += " one-category"
	}
	return classes
}

// hasOneCategory reports whether all errors of a catalog are in the same category,
// which then says nothing about any of them.
func hasOneCategory(c *catalog.Catalog) bool {
	for _, e := range c.Errors {
		if e.Category != c.Errors[0].Category {
			return false
		}
	}
	return true
}

// widths returns the class for the column of codes: wide enough for nearly all
// of them.
func widths(errors []*catalog.Error) markup {
	fit := func(width int) bool {
		long := 0
		for _, e := range errors {
			if len(e.Code) > width {
				long++
			}
		}
		return 4*long <= len(errors)
	}
	switch {
	case fit(narrow):
		return "narrow"
	case fit(wide):
		return "wide"
	}
	return "stacked"
}

func (p *page) category(cat *catalog.Category) category {
	out := category{
		Anchor:      text(cat.Anchor),
		Title:       line(model.Section(cat)),
		Description: p.prose(cat.Description),
		Count:       number(len(cat.Errors)),
		page:        p,
		errors:      cat.Errors,
	}
	for i, r := range cat.Codes {
		if i > 0 {
			out.Codes += ", "
		}
		out.Codes += code(r.String())
	}
	return out
}

// firstEntries is the number of entries that are elements of the page from the
// start. For the others, the script creates elements when they become visible,
// because a page with thousands of elements opens slowly. Without scripts, all
// of them are elements.
const firstEntries = 100

// Entries returns the entries of the category. Each is created when the
// template reaches it.
func (c category) Entries() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for i, e := range c.errors {
			if c.page.Compact {
				if !yield(c.page.listed(e)) {
					return
				}
				continue
			}
			out := c.page.element(e)
			if i == len(c.errors)-1 {
				out.Class += " end"
			}
			out.Late = c.page.written >= firstEntries
			c.page.written++
			if !yield(out) {
				return
			}
		}
	}
}

// listed returns what a page without scripts has of an entry if there are many.
func (p *page) listed(e *catalog.Error) entry {
	out := entry{Anchor: text(e.Anchor), Code: text(e.Code), Title: line(e.Title), Href: p.hrefOf(e), IsLink: p.site != nil}
	for _, a := range e.Aliases {
		out.Aliases = append(out.Aliases, text(a.Code))
	}
	return out
}

func reservedWhat(r catalog.Reserved) markup {
	var out []string
	for _, word := range r.Words() {
		out = append(out, string(code(word)))
	}
	for _, codes := range r.Codes {
		out = append(out, string(code(codes.String())))
	}
	return markup(strings.Join(out, ", "))
}

// prose returns a text of the catalog. Links within the page without a target
// are plain text.
func (p *page) prose(t prose.Text) markup {
	if strings.ContainsAny(t.Source(), "#&") {
		t = t.MapLinks(p.mapLink)
	}
	return markup(t.HTML())
}

// mapLink keeps links to errors and categories, and removes other links within the
// page.
func (p *page) mapLink(target string) (string, bool) {
	id, within := strings.CutPrefix(target, "#")
	if !within {
		return target, true
	}
	e, ok := p.ids[id]
	switch {
	case !ok || p.single == nil:
		return target, ok
	case e == nil:
		return indexFile + target, true
	}
	return p.site.fileOf(e), true
}

// hrefOf returns the link to an error.
func (p *page) hrefOf(e *catalog.Error) markup {
	if p.site != nil {
		return text(p.site.fileOf(e))
	}
	return "#" + text(e.Anchor)
}

// editAddress returns the address where an error is edited.
func (p *page) editAddress(e *catalog.Error) string {
	if p.edit == "" {
		return ""
	}
	return strings.NewReplacer("{line}", strconv.Itoa(e.Pos.Line), "{code}", url.PathEscape(e.Code), "{name}", url.PathEscape(e.Name)).Replace(p.edit)
}
