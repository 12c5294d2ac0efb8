package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
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
	return `An error is found by its code or an alias, its name, a synonym or a former name, or its Go
or TypeScript identifier; case is ignored. It is also found by any part of these
or of its title that no other error has, and by text that contains one of them or
its message: a log line, the address of its documentation, the body of a
response. Internal errors are included, and marked. Reserved codes are explained.
What the catalog does not have may be a rule of errcat: the id that errcat prints
in brackets.

The page is as wide as COLUMNS says, or as the terminal. If several errors match,
they are listed. If none matches, errors with similar names are listed. In both
cases the exit status is 1. With --format json, standard output has an array of
the errors that were found, and standard error has the rest.

Examples:

  errcat explain 2205
  errcat explain not_authorized
  errcat explain 2205 2209
  errcat explain -32700
  errcat explain "$(tail -n 1 service.log)"
  errcat explain https://docs.example.com/errors#2205
  errcat explain unquoted-string
  errcat explain 2205 --format json -c mod:example.com/platform/catalog.yaml`
}

// answer is what a catalog says about a query.
type answer struct {
	catalog *catalog.Catalog
	terminal.Answer
}

// Run answers each query from the catalog, or from the catalog of errcat's own
// rules.
func (cmd *explainCommand) Run(env *environment) error {
	for _, query := range cmd.Queries {
		if strings.TrimSpace(query) == "" {
			return errors.New("the query is empty; name a code, such as errcat explain 2205")
		}
	}
	answers, err := cmd.answers(env)
	if err != nil {
		return err
	}
	if cmd.Format == "json" {
		return printJSON(env, answers)
	}
	return print(env.stdout, answers)
}

// answers returns what the catalog says about each query and, if it says nothing,
// what is known about the rule of that id. Rules are explained without a catalog,
// and with one that breaks them.
func (cmd *explainCommand) answers(env *environment) ([]answer, error) {
	var rules []answer
	for _, query := range cmd.Queries {
		if a, ok := ruleAnswer(query); ok {
			rules = append(rules, a)
		}
	}
	onlyRules := len(rules) == len(cmd.Queries)
	p, found, err := cmd.list().find(env)
	if err == nil && !found.HasErrors() {
		found = append(found, p.load()...)
	}
	switch {
	case onlyRules && (errors.Is(err, errNoCatalog) || found.HasErrors()):
		return rules, nil
	case err != nil:
		return nil, err
	case found.HasErrors():
		if err := (formatFlag{Format: cmd.Format}).report(env.stdout, p, found); err != nil {
			return nil, err
		}
		return nil, errFindings
	}
	var finders []*terminal.Finder
	for _, m := range p.members {
		finders = append(finders, terminal.NewFinder(m.catalog))
	}
	var answers []answer
	for _, query := range cmd.Queries {
		answers = append(answers, p.find(query, finders)...)
	}
	return answers, nil
}

// find returns the answers of all catalogs that have one. If there is none, it
// returns what is known about the rule of that id, or what the first catalog says.
func (p *catalogSet) find(query string, finders []*terminal.Finder) []answer {
	var first answer
	var answers []answer
	for i, m := range p.members {
		a := answer{m.catalog, finders[i].Find(query)}
		if a.Found() {
			answers = append(answers, a)
		}
		if i == 0 {
			first = a
		}
	}
	if len(answers) > 0 {
		return answers
	}
	if rule, ok := ruleAnswer(query); ok {
		return []answer{rule}
	}
	return []answer{first}
}

// print writes the answers, each error once.
func print(w io.Writer, answers []answer) error {
	var distinct []answer
	var status error
	for _, a := range answers {
		if !a.Found() {
			status = errFindings
		}
		isSame := func(b answer) bool { return a.Error != nil && a.Error == b.Error }
		if !slices.ContainsFunc(distinct, isSame) {
			distinct = append(distinct, a)
		}
	}
	if err := writeAnswers(w, distinct); err != nil {
		return err
	}
	return status
}

// printJSON writes the errors that were found, each once, to standard output, and
// the other answers to standard error.
func printJSON(env *environment, answers []answer) error {
	found := make([]*model.Error, 0, len(answers))
	var others []answer
	seen := make(map[*catalog.Error]bool)
	models := make(map[*catalog.Catalog][]*model.Error)
	for _, a := range answers {
		switch {
		case a.Error == nil:
			others = append(others, a)
		case !seen[a.Error]:
			seen[a.Error] = true
			if models[a.catalog] == nil {
				models[a.catalog] = model.New(a.catalog).Errors
			}
			found = append(found, models[a.catalog][slices.Index(a.catalog.Errors, a.Error)])
		}
	}
	if err := terminal.WriteJSON(env.stdout, found); err != nil {
		return err
	}
	if len(others) == 0 {
		return nil
	}
	if err := writeAnswers(env.stderr, others); err != nil {
		return err
	}
	return errFindings
}

// writeAnswers writes answers, separated by rules.
func writeAnswers(w io.Writer, answers []answer) error {
	var out bytes.Buffer
	style := styleFor(w)
	for i, a := range answers {
		if i > 0 {
			fmt.Fprintf(&out, "\n%s\n\n", strings.Repeat("-", style.Columns))
		}
		if err := terminal.WriteAnswer(&out, a.catalog, a.Answer, style); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, diag.Lines(out.String()))
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
