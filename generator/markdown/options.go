package markdown

import (
	"errors"

	"github.com/errcat/errcat/generator/option"
)

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Audience(&o.Audience),
		option.String(&o.Docs, "docs", "With inject: the page that a code without a section in the file links to, as a path relative to the file or a web address; {code} stands for the name of the code's page. Without it, such codes are not links.", "docs/errors.md", checkDocs),
		option.Enum(&o.Flavor, "flavor", "The kind of Markdown. The default is mdx if the name of the file ends with .mdx.", Flavors()...),
		option.Mapping(&o.FrontMatter, "front_matter", "Keys that the front matter of each page has in addition, or in place of those of the flavor; null removes one. By default, it has those of the flavor.", `{"layout": "errors"}`, checkFrontMatter),
		option.History(&o.History, &o.Changes),
		option.Bool(&o.Inject, "inject", "Writes between the markers of a file that you maintain."),
		option.Bool(&o.Pages, "pages", "Writes a folder with an index and one page per code."),
		option.Usage(&o.Usage, &o.UsageReport),
	}
}

// Conflict returns the name of an option that cannot be combined with the
// others, and the reason.
func (o *Options) Conflict() (name string, err error) {
	switch {
	case o.Pages && o.Inject:
		return "pages", errors.New("inject writes to a single file")
	case o.FrontMatter != "" && o.Inject:
		return "front_matter", errors.New("inject leaves everything outside of its markers to you")
	case o.Docs != "" && !o.Inject:
		return "docs", errors.New("only inject has this option")
	}
	return option.UsageConflict(o.Usage, o.Audience)
}

// checkFrontMatter checks the syntax of an Options.FrontMatter.
func checkFrontMatter(object string) error {
	_, err := parseFrontMatter(object)
	return err
}
