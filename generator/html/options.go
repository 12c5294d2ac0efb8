package html

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/errcat/errcat/generator/option"
	"github.com/errcat/errcat/generator/prose"
)

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Audience(&o.Audience),
		option.String(&o.Edit, "edit", "The web address of the link “Edit this entry”, in which {line}, {code} and {name} stand for those of the entry. With {line}, entries change when those above them do. By default, there is no such link.", "https://github.com/example/shop/edit/main/catalog.yaml", checkEdit),
		option.History(&o.History, &o.Changes),
		option.Bool(&o.Pages, "pages", "Writes a folder that is a site: the page, and a static page with an address of its own for each code and alias."),
		option.String(&o.URL, "url", "The web address of the page or, with pages, of the folder: for search engines and previews of links. With pages, it adds a sitemap. By default, pages do not say their address.", "https://docs.example.com/errors/", checkURL),
		option.Usage(&o.Usage, &o.UsageReport),
	}
}

// Conflict returns the name of an option that cannot be combined with the
// others, and the reason.
func (o *Options) Conflict() (name string, err error) {
	return option.UsageConflict(o.Usage, o.Audience)
}

// checkURL returns an error if a text is not the web address of a page.
func checkURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || !prose.IsWebAddress(text) || strings.ContainsFunc(text, isNotURL):
		return errors.New("must be a web address, such as https://docs.example.com/errors/")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#"):
		return errors.New("must have neither a query nor a fragment")
	}
	return nil
}

func isNotURL(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"<>\^{|}`+"`", r) }

// checkEdit returns an error if a text is not a template of a web address.
func checkEdit(text string) error {
	plain := strings.NewReplacer("{line}", "1", "{code}", "1", "{name}", "N").Replace(text)
	if unknown := placeholder.FindString(plain); unknown != "" {
		return errors.New("has {line}, {code} and {name}, not " + unknown)
	}
	_, err := url.Parse(plain)
	if err != nil || !prose.IsWebAddress(plain) || strings.ContainsFunc(plain, isNotURL) {
		return errors.New("must be a web address, such as https://github.com/example/shop/edit/main/catalog.yaml")
	}
	return nil
}

var placeholder = regexp.MustCompile(`\{[A-Za-z_]*\}`)
