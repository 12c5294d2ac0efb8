package main

import (
	"cmp"
	"path/filepath"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/changelog"
	"github.com/errcat/errcat/generator/workspace"
)

// changelogCommand is errcat changelog.
type changelogCommand struct {
	catalogsFlag
	againstFlag
	Title    string           `default:"Unreleased" placeholder:"TITLE" help:"The heading, such as the version. Default: Unreleased."`
	Docs     string           `placeholder:"URL" help:"The page with the sections of the errors, for links. Default: the path of the first output that is one page."`
	Audience catalog.Audience `enum:"public,internal" default:"public" placeholder:"AUDIENCE" help:"Who the changelog is for: public leaves out changes of internal errors. Default: public."`
	Format   string           `enum:"markdown,json" default:"markdown" placeholder:"FORMAT" help:"The format of the changelog: markdown or json."`
}

// Help returns the text of errcat changelog --help.
func (changelogCommand) Help() string {
	return `Prints a section of a changelog: what was added, changed, deprecated, retired and
removed since an earlier version of the catalogs, with the reasons that the catalogs
give for accepted breaking changes. The changes are those of errcat breaking, since
all of the earlier version.

Examples:

  errcat changelog --against v1.4.0
  errcat changelog --against v1.4.0 --title 1.5.0 --docs https://docs.example.com/errors
  errcat changelog --against v1.4.0 --audience internal --format json`
}

// Run prints the changelog.
func (cmd *changelogCommand) Run(env *environment) error {
	p, err := loadCompared(env, cmd.catalogsFlag, formatFlag{Format: "text"})
	if err != nil {
		return err
	}
	b := newFinder(env, p, cmd.catalogsFlag)
	defer b.Close()
	comparisons, err := b.Compare(cmd.Against)
	if err != nil {
		return err
	}
	var entries []changelog.Entry
	for _, c := range comparisons {
		e, err := cmd.entry(p, b, c)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	if cmd.Format == "json" {
		return changelog.WriteJSON(env.stdout, entries)
	}
	return changelog.WriteMarkdown(env.stdout, cmd.Title, entries)
}

// entry returns what changed in a catalog.
func (cmd *changelogCommand) entry(p *workspace.Set, b *baseline.Finder, c baseline.Comparison) (changelog.Entry, error) {
	changes, err := b.Since(c)
	if err != nil {
		return changelog.Entry{}, err
	}
	if c.Member == nil {
		return changelog.Entry{Catalog: c.Bases[0].Catalog, Changes: changes}, nil
	}
	e := changelog.Entry{Catalog: c.Member.Catalog, Changes: changes}
	if len(c.Bases) > 0 {
		e.Docs = cmp.Or(cmd.Docs, page(p, c.Member))
		e.Changes = changelog.ForAudience(changes, cmd.Audience)
	}
	return e, nil
}

// page returns the path, as a link in the working directory, of the first output of a
// catalog that is a page with all its errors, "" if there is none.
func page(p *workspace.Set, m *workspace.Member) string {
	var outputs []generator.Output
	switch {
	case m.Row.HasOutputs:
		outputs = generator.OutputsIn(m.Row.Outputs, filepath.Dir(p.Name))
	case !m.IsForeign:
		outputs = generator.Outputs(m.Catalog, m.Dir)
	}
	for _, o := range outputs {
		isPage := o.Target == "html" || o.Target == "markdown" && filepath.Ext(o.Path) != ""
		if isPage && o.Options["pages"] != "true" && o.Options["inject"] != "true" {
			return filepath.ToSlash(o.Path)
		}
	}
	return ""
}
