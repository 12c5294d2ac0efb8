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
	"github.com/errcat/errcat/generator/workspace"
)

// explainCommand is errcat explain.
type explainCommand struct {
	catalogsFlag
	Queries  []string `arg:"" name:"code" complete:"codes" help:"A code, a name or an identifier, text that contains one, or words of a message; or - for a log from standard input."`
	Usage    string   `placeholder:"FILE" help:"Also show the files in which programs raise and handle the error, from a report that errcat usage --format json has written."`
	Annotate bool     `help:"With -, print each line of the log, followed by the errors that it mentions."`
	Format   string   `enum:"text,json" default:"text" placeholder:"FORMAT" help:"The format of the errors: text or json."`
	pagerFlag
}

// Help returns the text of errcat explain --help.
func (explainCommand) Help() string {
	return `An error is found by its code or an alias, its name, a synonym or a former name, or its Go
or TypeScript identifier, in any spelling; by text that contains one of them or
its message: a log line, the address of its documentation, the body of a
response; and by words of its title, its message or its other texts, in any
order. Internal errors are included, and marked. Reserved codes are explained.
What the catalog does not have may be a rule of errcat: the id that errcat prints
in brackets.

The page is as wide as COLUMNS says, or as the terminal. If several errors match,
they are listed, the best first. If none matches, errors that are similar are
listed, also with typing errors in the words. In both cases the exit status is 1.
With --format json, standard output has an array of the errors that were found,
and standard error has the rest. On a terminal, a long text is shown with
ERRCAT_PAGER, PAGER or less, and addresses are hyperlinks if the terminal is known
to show them.

With - as the code, it reads a log and prints which errors its lines mention: how
often, in which line first, and the page of the error if there is only one. A bare
number is not taken for a code. The exit status is 1 if there is none.

Examples:

  errcat explain 2205
  errcat explain NotAuthorized
  errcat explain 'card was declined'
  errcat explain 2205 2209
  errcat explain -32700
  errcat explain "$(tail -n 1 service.log)"
  kubectl logs deploy/shop | errcat explain -
  kubectl logs -f deploy/shop | errcat explain --annotate -
  errcat explain https://docs.example.com/errors#2205
  errcat explain unquoted-string
  errcat explain 2205 --usage usage.json
  errcat explain 2205 --format json -c mod:example.com/platform/catalog.yaml`
}

// Run answers each query from the catalog, or from the catalog of errcat's own
// rules.
func (cmd *explainCommand) Run(env *environment) error {
	for _, query := range cmd.Queries {
		if strings.TrimSpace(query) == "" {
			return errors.New("the query is empty; name a code, such as errcat explain 2205")
		}
	}
	isLog := slices.Contains(cmd.Queries, "-")
	switch {
	case isLog && len(cmd.Queries) > 1:
		return errors.New("- reads a log from standard input, and goes with no other code")
	case isLog && slices.Contains(cmd.Catalog, "-"):
		return errors.New("standard input cannot be both the log and the catalog")
	case isLog:
		return cmd.explainLog(env)
	case cmd.Annotate:
		return errors.New("--annotate is for a log from standard input: errcat explain --annotate -")
	}
	answers, several, err := cmd.answers(env)
	if err != nil {
		return err
	}
	if cmd.Format == "json" {
		return printJSON(env, answers, several)
	}
	return cmd.printText(env, answers)
}

// answers returns what the catalog says about each query and, if it says nothing,
// what is known about the rule of that id. Rules are explained without a catalog,
// and with one that breaks them.
func (cmd *explainCommand) answers(env *environment) (found []terminal.Answer, several bool, err error) {
	var rules []terminal.Answer
	for _, query := range cmd.Queries {
		if a, ok := ruleAnswer(query); ok {
			rules = append(rules, a)
		}
	}
	onlyRules := len(rules) == len(cmd.Queries)
	p, ds, err := cmd.find(env)
	if err == nil && !ds.HasErrors() {
		ds = append(ds, p.Load()...)
	}
	switch {
	case onlyRules && (errors.Is(err, workspace.ErrNoCatalog) || ds.HasErrors()):
		return rules, false, nil
	case err != nil:
		return nil, false, err
	}
	finder, err := cmd.finder(env, p, ds)
	if err != nil {
		return nil, false, err
	}
	var answers []terminal.Answer
	for _, query := range cmd.Queries {
		found := finder.Find(query)
		if rule, ok := ruleAnswer(query); ok && !found[0].Found() {
			found = []terminal.Answer{rule}
		}
		answers = append(answers, found...)
	}
	return answers, len(p.Members) > 1, nil
}

// finder returns a finder for catalogs that were loaded with some findings. It fails
// if there are errors among these, and reports them.
func (cmd *explainCommand) finder(env *environment, p *workspace.Set, ds diag.Diagnostics) (*terminal.Finder, error) {
	if ds.HasErrors() {
		if err := (formatFlag{Format: cmd.Format}).report(env.stdout, p, ds); err != nil {
			return nil, err
		}
		return nil, errFindings
	}
	if err := cmd.addUsage(env, p); err != nil {
		return nil, err
	}
	catalogs := make([]*catalog.Catalog, len(p.Members))
	for i, m := range p.Members {
		catalogs[i] = m.Catalog
	}
	return terminal.NewFinder(catalogs...), nil
}

// addUsage adds what the usage report says to the catalogs that it is about.
func (cmd *explainCommand) addUsage(env *environment, p *workspace.Set) error {
	if cmd.Usage == "" {
		return nil
	}
	u, err := readUsage(cmd.Usage)
	if err != nil {
		return err
	}
	var errs []error
	for _, m := range p.Members {
		c, err := m.Catalog.WithUsage(u)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", cmd.Usage, err))
			continue
		}
		for _, d := range staleUsage(c, cmd.Usage, u) {
			fmt.Fprintf(env.stderr, "errcat: %s: %s; %s\n", diag.Line(cmd.Usage), d.Message, d.Help)
		}
		m.Catalog = c
	}
	if len(errs) == len(p.Members) {
		return errors.Join(errs...)
	}
	return nil
}

// printText prints the answers, each error once.
func (cmd *explainCommand) printText(env *environment, answers []terminal.Answer) error {
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
	err := cmd.print(env, func(style terminal.Style) (string, error) { return answerText(distinct, style) })
	if err != nil {
		return err
	}
	return status
}

// printJSON writes the errors that were found, each once, to standard output, and
// the other answers to standard error. If there are several catalogs, each error has
// the name of its own.
func printJSON(env *environment, answers []terminal.Answer, several bool) error {
	found := make([]any, 0, len(answers))
	var others []terminal.Answer
	seen := make(map[*catalog.Error]bool)
	models := make(map[*catalog.Catalog][]*model.Error)
	for _, a := range answers {
		switch {
		case a.Error == nil:
			others = append(others, a)
		case !seen[a.Error]:
			seen[a.Error] = true
			if models[a.Catalog] == nil {
				models[a.Catalog] = model.New(a.Catalog).Errors
			}
			e := models[a.Catalog][slices.Index(a.Catalog.Errors, a.Error)]
			one := listed{Error: e, Usage: a.Error.Usage}
			if several {
				one.Catalog = a.Catalog.Name
			}
			found = append(found, one)
		}
	}
	if err := terminal.WriteJSON(env.stdout, found); err != nil {
		return err
	}
	if len(others) == 0 {
		return nil
	}
	text, err := answerText(others, styleFor(env.stderr))
	if err != nil {
		return err
	}
	if _, err := io.WriteString(env.stderr, text); err != nil {
		return err
	}
	return errFindings
}

// answerText returns answers, separated by rules.
func answerText(answers []terminal.Answer, style terminal.Style) (string, error) {
	var out bytes.Buffer
	for i, a := range answers {
		if i > 0 {
			fmt.Fprintf(&out, "\n%s\n\n", strings.Repeat("-", style.Columns))
		}
		if err := terminal.WriteAnswer(&out, a, style); err != nil {
			return "", err
		}
	}
	return diag.Lines(out.String()), nil
}
