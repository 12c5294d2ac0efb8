package main

import (
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/terminal"
)

// listCommand is errcat list.
type listCommand struct {
	catalogsFlag
	Category  []string `complete:"categories" placeholder:"NAME" help:"Errors in a category."`
	Status    []string `complete:"statuses" placeholder:"STATUS" help:"Errors with an HTTP status: 404, a class such as 4xx, or a range such as 400-499."`
	Tag       []string `complete:"tags" placeholder:"TAG" help:"Errors with a tag."`
	Audience  []string `enum:"public,internal" placeholder:"AUDIENCE" help:"Errors for an audience: public or internal."`
	Lifecycle []string `enum:"active,deprecated,retired" placeholder:"STATE" help:"Errors that are active, deprecated or retired."`
	Retry     []string `enum:"never,safe,after" placeholder:"ADVICE" help:"Errors with a retry advice: never, safe or after."`
	Severity  []string `enum:"debug,info,warning,error,critical" placeholder:"LEVEL" help:"Errors with a severity: debug, info, warning, error or critical."`
	Owner     []string `complete:"owners" placeholder:"OWNER" help:"Errors with an owner."`
	Metadata  []string `complete:"metadata" placeholder:"KEY=VALUE" help:"Errors with a value for a metadata key."`
	Search    []string `sep:"none" placeholder:"TEXT" help:"Errors that errcat explain finds by a text, the best first. Repeatable."`
	Format    string   `enum:"table,json,csv" default:"table" placeholder:"FORMAT" help:"The format of the list: table, json or csv."`
	pagerFlag
}

// Help returns the text of errcat list --help.
func (listCommand) Help() string {
	return `An error must match every filter. A filter may have several values, separated by
commas or in repeated flags; an error must match one of them. Each metadata key
is a filter of its own. A comma within a value is written \, and case is
ignored. A catalog with http: false has no statuses, and --status is an error.
If no error matches, the list is empty and the exit status is 0. Of several
catalogs, a filter must fit at least one, and the list names the catalog of each
error.

On a terminal, a table is cut to its width; on a narrow one, it has no categories
and names. JSON is exact. CSV is for spreadsheets: a cell that would be a formula
starts with an apostrophe, and control characters are escaped.

Examples:

  errcat list
  errcat list --category authorization,enrollment --status 4xx
  errcat list --lifecycle deprecated,retired
  errcat list --metadata team=orders --metadata team=stock --metadata pager=true
  errcat list --retry safe --retry after --severity critical
  errcat list --search "user id" --format json
  errcat list --format csv > errors.csv`
}

// Run prints the errors that match the filters.
func (cmd *listCommand) Run(env *environment) error {
	findings := formatFlag{Format: "text"}
	if cmd.Format == "json" {
		findings.Format = "json"
	}
	p, _, err := loadAll(env, cmd.catalogsFlag, findings)
	if err != nil {
		return err
	}
	var catalogs []*catalog.Catalog
	for _, m := range p.Members {
		catalogs = append(catalogs, m.Catalog)
	}
	errors, err := terminal.Filter{
		Categories: cmd.Category,
		Statuses:   cmd.Status,
		Tags:       cmd.Tag,
		Audiences:  cmd.Audience,
		Lifecycles: cmd.Lifecycle,
		Retries:    cmd.Retry,
		Severities: cmd.Severity,
		Owners:     cmd.Owner,
		Metadata:   cmd.Metadata,
		Searches:   cmd.Search,
	}.Errors(catalogs...)
	if err != nil {
		return err
	}
	switch cmd.Format {
	case "json":
		return terminal.WriteJSON(env.stdout, entries(catalogs, errors))
	case "csv":
		return terminal.WriteCSV(env.stdout, catalogs, errors)
	}
	return cmd.print(env, func(style terminal.Style) (string, error) {
		var table strings.Builder
		err := terminal.WriteTable(&table, catalogs, errors, style)
		return diag.Lines(table.String()), err
	})
}

// listed is an error in a list, with the name of its catalog if there are several, and
// with where programs use it if that is known.
type listed struct {
	Catalog string `json:"catalog,omitempty"`
	*model.Error
	Usage *catalog.ErrorUsage `json:"usage,omitempty"`
	// Times and Line say how many lines of a log mention the error, and which one
	// first.
	Times int `json:"times,omitempty"`
	Line  int `json:"line,omitempty"`
}

// entries returns errors as plain data. If there are several catalogs, each error has
// the name of its own.
func entries(catalogs []*catalog.Catalog, errors []terminal.Entry) []any {
	models := make(map[*catalog.Error]*model.Error)
	for _, c := range catalogs {
		for i, e := range model.New(c).Errors {
			models[c.Errors[i]] = e
		}
	}
	list := make([]any, len(errors))
	for i, e := range errors {
		list[i] = models[e.Error]
		if len(catalogs) > 1 {
			list[i] = listed{Catalog: e.Catalog.Name, Error: models[e.Error]}
		}
	}
	return list
}
