package html

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/model"
)

// The files of a site that are not pages of errors.
const (
	indexFile   = "index.html"
	styleFile   = "style.css"
	sitemapFile = "sitemap.xml"
)

// site knows the pages of errors by their names, without extension.
type site struct {
	names   map[*catalog.Error]string
	aliases map[string]string // by alias
}

func newSite(c *catalog.Catalog) *site {
	s := &site{names: make(map[*catalog.Error]string, len(c.Errors)), aliases: make(map[string]string)}
	taken := map[string]bool{"index": true}
	name := func(code string) string {
		name := pageName(code)
		for key := code; taken[strings.ToLower(name)]; key += "*" {
			name = withChecksum(pageName(code), key)
		}
		taken[strings.ToLower(name)] = true
		return name
	}
	for _, e := range c.Errors {
		s.names[e] = name(e.Code)
	}
	for _, e := range c.Errors {
		for _, a := range e.Aliases {
			s.aliases[a.Code] = name(a.Code)
		}
	}
	return s
}

// nameOf returns the name of the page of an error: its code, if that is a valid name
// of a file and no other page has it.
func (s *site) nameOf(e *catalog.Error) string {
	if s == nil {
		return e.Code
	}
	return s.names[e]
}

// fileOf returns the file of the page of an error.
func (s *site) fileOf(e *catalog.Error) string { return s.names[e] + ".html" }

// longestName leaves room for a checksum and an extension in the name of a file.
const longestName = 200

// pageName returns the name of the page of a code. It has only letters, digits and
// -._~; characters that servers or systems treat specially are in hexadecimal.
func pageName(code string) string {
	var b strings.Builder
	for i := range len(code) {
		switch c := code[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_' && i > 0, c == '.' && i > 0:
			b.WriteByte(c)
		default:
			b.WriteString("~" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	name := b.String()
	if len(name) > longestName {
		name = withChecksum(name[:longestName], code)
	}
	if files.CheckPath(name+".html") != nil { // a device name
		name = "~" + hex.EncodeToString([]byte{name[0]}) + name[1:]
	}
	return name
}

// withChecksum returns a name with a checksum of key appended.
func withChecksum(name, key string) string {
	sum := sha256.Sum256([]byte(key))
	return name + "-" + hex.EncodeToString(sum[:4])
}

// codePage is the page of an error.
type codePage struct {
	*page
	Entry entry
	// Section is the category, SectionHref the link to it.
	Section, SectionHref markup
	Preview, Canonical   markup
	Previous, Next       *neighbor
}

// neighbor is the error before or after another one.
type neighbor struct{ Href, Code, Title markup }

// redirect is the page of an alias.
type redirect struct{ Header, Policy, Code, Href, Canonical markup }

// pagePolicy allows the style sheet of the site, and nothing else.
const pagePolicy = "default-src 'none'; img-src data:; style-src 'self'; base-uri 'none'; form-action 'none'"

// pages returns the files of the site whose page with all errors is index.
func (p *page) pages(l *layout, index []byte) (files.Files, error) {
	base := string(p.Canonical)
	made := files.Files{
		{Path: indexFile, Data: index},
		{Path: styleFile, Data: []byte("/* " + files.Header(p.catalog.Name, Target) + " */\n" + l.css)},
	}
	add := func(file, layout string, data any) error {
		var b bytes.Buffer
		err := l.page.ExecuteTemplate(&b, layout, data)
		made = append(made, files.File{Path: file, Data: b.Bytes()})
		return err
	}
	canonical := func(file string) markup {
		if base == "" {
			return ""
		}
		return markup(base) + text(file)
	}
	var order []*catalog.Error
	for _, cat := range p.Categories {
		order = append(order, cat.errors...)
	}
	single := *p
	single.Policy = pagePolicy
	for i, e := range order {
		single.single = e
		file := p.site.fileOf(e)
		d := codePage{page: &single, Entry: single.element(e), Preview: text(model.SummaryOfError(e)), Canonical: canonical(file)}
		d.Entry.Heading = "h2"
		d.Section = line(model.Section(e.Category))
		d.SectionHref = indexFile + "#" + text(e.Category.Anchor)
		if i > 0 {
			d.Previous = p.neighbor(order[i-1])
		}
		if i+1 < len(order) {
			d.Next = p.neighbor(order[i+1])
		}
		if err := add(file, "code.html.tmpl", d); err != nil {
			return nil, err
		}
		for _, a := range e.Aliases {
			d := redirect{Header: p.Header, Policy: pagePolicy, Code: text(e.Code), Href: text(file), Canonical: canonical(file)}
			if err := add(p.site.aliases[a.Code]+".html", "redirect.html.tmpl", d); err != nil {
				return nil, err
			}
		}
	}
	if base != "" {
		locations := []string{base}
		for _, e := range order {
			locations = append(locations, string(canonical(p.site.fileOf(e))))
		}
		made = append(made, sitemaps(string(p.Header), base, locations)...)
	}
	slices.SortFunc(made, func(a, b files.File) int { return cmp.Compare(a.Path, b.Path) })
	return made, nil
}

func (p *page) neighbor(e *catalog.Error) *neighbor {
	return &neighbor{Href: p.hrefOf(e), Code: text(e.Code), Title: line(e.Title)}
}

// longestSitemap is how many addresses a sitemap can have.
const longestSitemap = 50_000

// sitemaps returns a sitemap of addresses, which are markup or, if there are too many
// for one, a sitemap of several.
func sitemaps(header, base string, locations []string) files.Files {
	if len(locations) <= longestSitemap {
		return files.Files{{Path: sitemapFile, Data: sitemap(header, "urlset", "url", locations)}}
	}
	var made files.Files
	var parts []string
	for part := range slices.Chunk(locations, longestSitemap) {
		name := fmt.Sprintf("sitemap-%d.xml", len(parts)+1)
		made = append(made, files.File{Path: name, Data: sitemap(header, "urlset", "url", part)})
		parts = append(parts, base+name)
	}
	return append(made, files.File{Path: sitemapFile, Data: sitemap(header, "sitemapindex", "sitemap", parts)})
}

func sitemap(header, list, element string, locations []string) []byte {
	var b bytes.Buffer
	b.WriteString("<!-- " + header + " -->\n<" + list + " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, location := range locations {
		b.WriteString("<" + element + "><loc>" + location + "</loc></" + element + ">\n")
	}
	b.WriteString("</" + list + ">\n")
	return b.Bytes()
}
