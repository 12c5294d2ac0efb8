package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/terminal"
)

// listCommand is errcat list.
type listCommand struct {
	catalogFlag
	Category  []string `complete:"categories" placeholder:"NAME" help:"Errors in a category."`
	Status    []string `placeholder:"STATUS" help:"Errors with an HTTP status: 404, a class such as 4xx, or a range such as 400-499."`
	Tag       []string `placeholder:"TAG" help:"Errors with a tag."`
	Audience  []string `enum:"public,internal" placeholder:"AUDIENCE" help:"Errors for an audience: public or internal."`
	Lifecycle []string `enum:"active,deprecated,retired" placeholder:"STATE" help:"Errors that are active, deprecated or retired."`
	Retry     []string `enum:"never,safe,after" placeholder:"ADVICE" help:"Errors with a retry advice: never, safe or after."`
	Severity  []string `enum:"debug,info,warning,error,critical" placeholder:"LEVEL" help:"Errors with a severity: debug, info, warning, error or critical."`
	Owner     []string `placeholder:"OWNER" help:"Errors with an owner."`
	Metadata  []string `complete:"metadata" placeholder:"KEY=VALUE" help:"Errors with a value for a metadata key."`
	Search    []string `placeholder:"WORD" help:"Errors with a word in a code, name or text."`
	Format    string   `enum:"table,json,csv" default:"table" placeholder:"FORMAT" help:"The format of the list: table, json or csv."`

	// MetadataWords is for completion.
	MetadataWords bool `hidden:"" help:"Print the words that complete --metadata."`
}

// Help returns the text of errcat list --help.
func (listCommand) Help() string {
	return `An error must match every filter. A filter may have several values, separated by
commas or in repeated flags; an error must match one of them. Each metadata key
is a filter of its own. A comma within a value is written \, and case is
ignored. A catalog with http: false has no statuses, and --status is an error.
If no error matches, the list is empty and the exit status is 0.

On a terminal, a table is cut to its width. JSON is exact. CSV is for
spreadsheets: a cell that would be a formula starts with an apostrophe, and
control characters are escaped.

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
	p, _, err := loadAll(env, cmd.list(), findings)
	if err != nil {
		return err
	}
	if len(p.members) > 1 {
		return fmt.Errorf("%s has %d catalogs; name one with -c FILE", p.name, len(p.members))
	}
	c := p.members[0].catalog
	if cmd.MetadataWords {
		return terminal.WriteMetadataWords(env.stdout, c)
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
		Words:      cmd.Search,
	}.Errors(c)
	if err != nil {
		return err
	}
	switch cmd.Format {
	case "json":
		return terminal.WriteJSON(env.stdout, entries(c, errors))
	case "csv":
		return terminal.WriteCSV(env.stdout, c, errors)
	}
	var table strings.Builder
	if err := terminal.WriteTable(&table, c, errors, styleFor(env.stdout)); err != nil {
		return err
	}
	_, err = io.WriteString(env.stdout, diag.Lines(table.String()))
	return err
}
