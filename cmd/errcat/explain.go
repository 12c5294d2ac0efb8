package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/terminal"
)

// explainCommand is errcat explain.
type explainCommand struct {
	catalogFlag
	Queries []string `arg:"" name:"code" complete:"codes" help:"A code, alias, name or identifier, a part of one or of a title, or text that contains one."`
	Format  string   `enum:"text,json" default:"text" placeholder:"FORMAT" help:"The format of the errors: text or json."`
}

// Help returns the text of errcat explain --help.
func (explainCommand) Help() string {
	return `An error is found by its code or an alias, its name or a former name, or its Go
or TypeScript identifier; case is ignored. It is also found by any part of these
or of its title that no other error has, and by text that contains one of them or
its message: a log line, the address of its documentation, the body of a
response. Internal errors are included, and marked. Reserved codes are explained.

The page is as wide as COLUMNS says, or as the terminal. If several errors match,
they are listed. If none matches, errors with similar names are listed. In both
cases the exit status is 1. With --format json, standard output has an array of
the errors that were found, and standard error has the rest.

Examples:

  errcat explain 2205
  errcat explain not_authorized
  errcat explain 2205 2209
  errcat explain "$(tail -n 1 service.log)"
  errcat explain https://docs.example.com/errors#2205
  errcat explain 2205 --format json -c mod:example.com/platform/catalog.yaml`
}

// Run answers each query from the catalog.
func (cmd *explainCommand) Run(env *environment) error {
	c, _, _, err := load(env, cmd.catalogFlag, formatFlag{Format: cmd.Format})
	if err != nil {
		return err
	}
	finder := terminal.NewFinder(c)
	var answers []terminal.Answer
	for _, query := range cmd.Queries {
		if strings.TrimSpace(query) == "" {
			return fmt.Errorf("the query is empty; name a code, such as errcat explain %s", someCode(c))
		}
		answers = append(answers, finder.Find(query))
	}
	if cmd.Format == "json" {
		return cmd.printJSON(env, c, answers)
	}
	return cmd.print(env.stdout, c, answers)
}

// someCode returns a code of the catalog, for an example.
func someCode(c *catalog.Catalog) string {
	if len(c.Errors) == 0 {
		return "2205"
	}
	return c.Errors[0].Code
}

// print writes the answers, each error once.
func (cmd *explainCommand) print(w io.Writer, c *catalog.Catalog, answers []terminal.Answer) error {
	var distinct []terminal.Answer
	var status error
	for _, a := range answers {
		if !a.Found() {
			status = errFindings
		}
		isSame := func(b terminal.Answer) bool { return a.Error != nil && a.Error == b.Error }
		if !slices.ContainsFunc(distinct, isSame) {
			distinct = append(distinct, a)
		}
	}
	if err := writeAnswers(w, c, distinct); err != nil {
		return err
	}
	return status
}

// printJSON writes the errors that were found, each once, to standard output, and
// the other answers to standard error.
func (cmd *explainCommand) printJSON(env *environment, c *catalog.Catalog, answers []terminal.Answer) error {
	var found []*catalog.Error
	var others []terminal.Answer
	for _, a := range answers {
		switch {
		case a.Error == nil:
			others = append(others, a)
		case !slices.Contains(found, a.Error):
			found = append(found, a.Error)
		}
	}
	if err := terminal.WriteJSON(env.stdout, entries(c, found)); err != nil {
		return err
	}
	if len(others) == 0 {
		return nil
	}
	if err := writeAnswers(env.stderr, c, others); err != nil {
		return err
	}
	return errFindings
}

// writeAnswers writes answers, separated by rules.
func writeAnswers(w io.Writer, c *catalog.Catalog, answers []terminal.Answer) error {
	var out bytes.Buffer
	style := styleFor(w)
	for i, a := range answers {
		if i > 0 {
			fmt.Fprintf(&out, "\n%s\n\n", strings.Repeat("-", style.Columns))
		}
		if err := terminal.WriteAnswer(&out, c, a, style); err != nil {
			return err
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

// entries returns errors of a catalog as plain data.
func entries(c *catalog.Catalog, errors []*catalog.Error) []*model.Error {
	places := make(map[*catalog.Error]int, len(c.Errors))
	for i, e := range c.Errors {
		places[e] = i
	}
	all := model.New(c).Errors
	list := make([]*model.Error, len(errors))
	for i, e := range errors {
		list[i] = all[places[e]]
	}
	return list
}
