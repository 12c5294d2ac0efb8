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
	Queries []string `arg:"" name:"code" complete:"codes" help:"A code, an alias, a name, an identifier, a part of one or of a title, or a text with one in it."`
	Format  string   `enum:"text,json" default:"text" placeholder:"FORMAT" help:"How to print the errors: text or json."`
}

// Help returns what errcat explain --help says beside the flags.
func (explainCommand) Help() string {
	return `An error is found by its code or an alias, its name or a former one, its Go or
TypeScript identifier, in capitals or not; by any part of them or of its title
that no other error has; and by a text that has one of them or its message in
it: a line of a log, the address of its documentation, the body of a response.
Internal errors are shown, and marked as such. Reserved codes are explained.

The page is as wide as the terminal, or as COLUMNS says. Where a question fits
several errors they are listed, and where it fits none those that are written
like it; the exit status is 1 then. With --format json standard output has an
array of the errors that were found, and the rest is told on standard error.

Examples:

  errcat explain 2205
  errcat explain not_authorized
  errcat explain 2205 2209
  errcat explain "$(tail -n 1 service.log)"
  errcat explain https://docs.example.com/errors#2205
  errcat explain 2205 --format json -c mod:example.com/platform/catalog.yaml`
}

// Run prints what the catalog knows of each question.
func (cmd *explainCommand) Run(env *environment) error {
	c, _, _, err := load(env, cmd.catalogFlag, formatFlag{Format: cmd.Format})
	if err != nil {
		return err
	}
	finder := terminal.NewFinder(c)
	var answers []terminal.Answer
	for _, query := range cmd.Queries {
		if strings.TrimSpace(query) == "" {
			return fmt.Errorf("the question is empty; name a code, such as errcat explain %s", someCode(c))
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

// print writes the answers one below the other, each error once.
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

// printJSON writes the errors that were found, each once, and says what was
// not.
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

// writeAnswers writes answers with lines between them.
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
