package markdown

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/prose"
)

// pages renders an index and one page per code.
func pages(f *flavor, c *catalog.Catalog, tmpl *template.Template, constants frontMatter) (files.Files, error) {
	s := newSite(f, c)
	made := make(files.Files, 0, 2+len(c.Errors))
	add := func(name string, size int, d *document) error {
		d.name, d.constants = name, constants
		data, err := d.render(tmpl, size)
		made = append(made, files.File{Path: name + f.extension, Data: data})
		return err
	}
	if err := add(f.index, 1024+128*len(c.Errors), s.indexPage()); err != nil {
		return nil, err
	}
	if f.sidebar != nil {
		made = append(made, f.sidebar(s))
	}
	position := 0
	for _, cat := range c.Categories {
		for _, e := range cat.Errors {
			position++
			d := s.codePage(e)
			d.position = position
			if err := add(s.names[e], 2048, d); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(made, func(a, b files.File) int { return cmp.Compare(a.Path, b.Path) })
	return made, nil
}

// site is what the pages of a catalog know about each other.
type site struct {
	flavor    *flavor
	catalog   *catalog.Catalog
	names     map[*catalog.Error]string
	errors    map[string]*catalog.Error // by code and alias
	ids       map[string]bool           // of categories
	relations *model.Relations
}

func newSite(f *flavor, c *catalog.Catalog) *site {
	s := &site{flavor: f, catalog: c, relations: model.NewRelations(c), names: pageNames(f, c.Errors), errors: make(map[string]*catalog.Error, len(c.Errors)), ids: make(map[string]bool)}
	for _, e := range c.Errors {
		for _, id := range idsOfError(e) {
			s.errors[id] = e
		}
	}
	for _, cat := range c.Categories {
		s.ids[cat.Anchor] = true
	}
	return s
}

// title returns the title of the catalog, or else its name.
func (s *site) title() string { return cmp.Or(prose.Line(s.catalog.Title), s.catalog.Name) }

// renderer returns a renderer for the page of an error, or for the index if
// page is nil.
func (s *site) renderer(page *catalog.Error) *renderer {
	r := &renderer{flavor: s.flavor, catalog: s.catalog, relations: s.relations, isPage: page != nil, level: 2, headings: make(map[string]bool)}
	from := ""
	if page != nil {
		from = s.names[page]
	} else {
		r.taken = s.ids
	}
	r.link = func(id string) (string, bool) {
		e := s.errors[id]
		switch {
		case e == nil && !s.ids[id]:
			return "", false
		case e == nil && page == nil:
			return "#" + s.flavor.linkID(id), true
		case e == nil:
			return s.flavor.href(from, "") + "#" + s.flavor.linkID(id), true
		case e == page && !s.flavor.untitled:
			return "#" + s.flavor.linkID(id), true
		}
		return s.flavor.href(from, s.names[e]), true
	}
	return r
}

// indexPage returns the page with links to the pages of the codes.
func (s *site) indexPage() *document {
	r, c := s.renderer(nil), s.catalog
	d := r.newDocument(c.Title, c.Name)
	d.summary = model.SummaryOfCatalog(c)
	d.Description = r.prose(c.Description, "")
	d.Categories = r.categories()
	for i, cat := range d.Categories {
		d.Categories[i].HasTable = len(cat.errors) > 0
	}
	d.Reserved = r.reservedHeading()
	return d
}

// codePage is the page of a code.
func (s *site) codePage(e *catalog.Error) *document {
	r := s.renderer(e)
	d := &document{renderer: r, Error: e, plainTitle: titleOf(e.Code, prose.Line(e.Title)), code: e.Code}
	d.summary = model.SummaryOfError(e)
	ids := idsOfError(e)
	if !s.flavor.untitled {
		d.Title = s.flavor.heading(1, r.errorHeading(e)) + "\n\n"
	}
	d.Title += s.flavor.anchor(ids...)
	return d
}

// categoryLink returns a link from the page of a code to its category in the
// index.
func (r *renderer) categoryLink(cat *catalog.Category) string {
	if cat == nil || cat.Implied {
		return ""
	}
	words := r.flavor.dialect.Escape(shorten(cat.Title))
	if words == "" {
		words = r.flavor.dialect.Escape(cat.Name)
	}
	target, _ := r.link(cat.Anchor)
	return "Category: [" + words + "](" + target + ")"
}

// pageNames returns the names of the pages of errors, without extension: the
// codes, if they are valid file names. If codes differ only in case, the first
// one is its own name, and the others get a checksum.
func pageNames(f *flavor, errors []*catalog.Error) map[*catalog.Error]string {
	taken := map[string]bool{"index": true, "_index": true, "readme": true}
	names := make(map[*catalog.Error]string, len(errors))
	for _, e := range errors {
		name := pageName(f, e.Code)
		for key := e.Code; taken[strings.ToLower(name)]; key += "*" {
			name = withChecksum(pageName(f, e.Code), key)
		}
		taken[strings.ToLower(name)] = true
		names[e] = name
	}
	return names
}

// maxPageName leaves room for a checksum and an extension in a file name.
const maxPageName = 200

// pageName returns the name of the page of a code, which may not be unique. It
// only has letters, digits and -._~, without ~ if escape is another sign; characters that sites or systems treat
// specially are in hexadecimal.
func pageName(f *flavor, code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_' && i > 0, c == '.' && !f.foldsCase:
			b.WriteByte(c)
		default:
			b.WriteString(f.escape + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	name := b.String()
	if f.foldsCase {
		name = strings.ToLower(name)
	}
	if len(name) > maxPageName {
		name = withChecksum(name[:maxPageName], code)
	}
	if end := path.Ext(name); pageExtensions[strings.ToLower(end)] {
		name = name[:len(name)-len(end)] + f.escape + "2E" + end[1:]
	}
	if files.CheckPath(name+f.extension) != nil { // a device name
		name = f.escape + hex.EncodeToString([]byte{name[0]}) + name[1:]
	}
	return name
}

// pageExtensions are what sites remove from the end of a link.
var pageExtensions = map[string]bool{".md": true, ".mdx": true, ".html": true}

// withChecksum returns a name with a checksum of key appended.
func withChecksum(name, key string) string {
	sum := sha256.Sum256([]byte(key))
	return name + "-" + hex.EncodeToString(sum[:4])
}
