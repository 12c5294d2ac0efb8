package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// editFlags are the flags of the commands that edit a catalog.
type editFlags struct {
	catalogFlag
	DryRun bool `help:"Print the difference, and write nothing."`
}

// editHelp is the part of the help that these commands share.
const editHelp = `

The difference is printed. All other bytes of the catalog stay as they are. The
edited text is read again: if anything else would change, because of an anchor for
example, nothing is written and the lines to paste are printed; if the catalog
would have new errors, they are reported. A catalog from standard input is written
to standard output.`

// change returns what to do to a catalog, which is read as far as it can be, and whose
// earlier versions the baselines know.
type change func(b *baseline.Finder, m *workspace.Member) (edit.Change, error)

// apply changes the catalog that the flag names, or the one that is meant: that of
// the working directory or, of several, the only one that has what isIn looks for,
// which messages call what.
func (f editFlags) apply(env *environment, what string, isIn func(c *catalog.Catalog) bool, make change) error {
	p, found, err := f.list().find(env)
	switch {
	case err != nil:
		return err
	case found.HasErrors():
		if err := (formatFlag{Format: "text"}).report(env.stdout, p, found); err != nil {
			return err
		}
		return errFindings
	}
	for _, m := range p.Members {
		m.Catalog = catalog.Read(m.Name, m.Data).Catalog()
	}
	m, err := meant(p, what, isIn)
	if err != nil {
		return err
	}
	b := newFinder(env, p, f.list())
	defer b.Close()
	todo, err := make(b, m)
	if err != nil {
		return err
	}
	if m.Name == workspace.Stdin {
		r, err := edit.Apply(m.Name, m.Data, todo)
		return f.finish(env, p, m.Name, m.Data, r, err)
	}
	var old []byte
	var result *edit.Result
	output := files.Output{
		Target: "edit",
		Files: files.Files{{Inject: func(_ string, data []byte) ([]byte, error) {
			r, err := edit.Apply(m.Name, data, todo)
			if err != nil {
				return nil, err
			}
			old, result = data, r
			return r.Text, nil
		}}},
	}
	output.Dir, output.Files[0].Path = filepath.Split(realPath(m.Name))
	err = env.writeEdited([]files.Output{output}, f.DryRun)
	return f.finish(env, p, m.Name, old, result, err)
}

// writeEdited writes files that already exist or, in a dry run, only computes them.
func (env *environment) writeEdited(outputs []files.Output, isDryRun bool) error {
	if isDryRun {
		_, err := files.Check(outputs)
		return err
	}
	return env.write(func() error {
		_, err := files.Write(env.ctx, outputs, files.WriteOptions{})
		return err
	})
}

// meant returns the catalog to edit.
func meant(p *workspace.Set, what string, isIn func(c *catalog.Catalog) bool) (*workspace.Member, error) {
	var own, having []*workspace.Member
	for _, m := range p.Members {
		if m.IsForeign {
			continue
		}
		own = append(own, m)
		if isIn(m.Catalog) {
			having = append(having, m)
		}
	}
	switch {
	case len(own) == 0:
		return nil, fmt.Errorf("%s belongs to another module; edit it there", p.Members[0].Name)
	case len(own) == 1:
		return own[0], nil
	case len(having) == 1:
		return having[0], nil
	case len(having) == 0:
		return nil, fmt.Errorf("no catalog of %s has %s; name one with -c FILE", p.Name, what)
	}
	var names []string
	for _, m := range having {
		names = append(names, m.Name)
	}
	return nil, fmt.Errorf("%s: each has %s; name one of them with -c FILE", strings.Join(names, " and "), what)
}

// hasError returns whether a catalog has an error, by its NAME, its code or an alias.
func hasError(word string) func(c *catalog.Catalog) bool {
	return func(c *catalog.Catalog) bool {
		_, err := edit.Find(c, word)
		return err == nil
	}
}

// finish prints the difference and the notes, or what keeps the catalog from being
// edited.
func (f editFlags) finish(env *environment, p *workspace.Set, name string, old []byte, r *edit.Result, err error) error {
	out, isStdin := env.stdout, name == workspace.Stdin
	if isStdin && !f.DryRun {
		out = env.stderr // The catalog itself goes to standard output.
	}
	if err != nil {
		return notEdited(env, out, p, name, err)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(env.stderr, "errcat: %s\n", diag.Line(note))
	}
	p.Texts[name] = r.Text
	if err := (formatFlag{Format: "text"}).report(env.stderr, p, r.Warnings); err != nil {
		return err
	}
	if isStdin && !f.DryRun {
		_, err := env.stdout.Write(r.Text)
		return err
	}
	return writeDifference(out, name, old, r.Text)
}

// notEdited prints what keeps a file from being edited.
func notEdited(env *environment, out io.Writer, p *workspace.Set, name string, err error) error {
	manual, invalid := (*edit.Manual)(nil), (*diag.FileError)(nil)
	switch {
	case errors.As(err, &manual):
		if _, err := io.WriteString(out, diag.Lines(manual.Text)); err != nil {
			return err
		}
		byHand := manual.Where
		if manual.Text != "" {
			byHand += " what is printed"
		}
		return fmt.Errorf("nothing was written: %s; by hand: %s", manual.Reason, byHand)
	case errors.As(err, &invalid):
		old := p.Texts[name]
		if m := p.Member(name); m != nil {
			old = m.Data
		}
		p.Texts[name] = invalid.Source
		if err := (formatFlag{Format: "text"}).report(out, p, invalid.Found); err != nil {
			return err
		}
		if string(invalid.Source) != string(old) {
			fmt.Fprintln(env.stderr, "errcat: nothing was written: the edited catalog would have these errors")
		}
		return errFindings
	}
	return err
}

// writeDifference prints how two texts of a file differ.
func writeDifference(out io.Writer, name string, old, now []byte) error {
	b := bufio.NewWriter(out)
	text, err := difference(name, unixText(old), unixText(now))
	if err != nil {
		return err
	}
	for line := range strings.Lines(text) {
		writeDiffLine(b, strings.TrimSuffix(line, "\n"))
	}
	return b.Flush()
}

// difference returns how two texts differ. Lines that are inserted or deleted are as
// far down as they can be: so an entry begins with its name, and not with the end of
// the entry before, if both end in the same lines.
func difference(name, old, text string) (string, error) {
	edits := udiff.Lines(old, text)
	limit := len(old)
	for i := range slices.Backward(edits) {
		e := &edits[i]
		for e.End < limit {
			next, _, ok := strings.Cut(old[e.End:limit], "\n")
			next += "\n"
			switch {
			case ok && e.Start == e.End && strings.HasPrefix(e.New, next):
				e.New = e.New[len(next):] + next
			case ok && e.New == "" && strings.HasPrefix(old[e.Start:e.End], next):
			default:
				limit = e.End // It stays there.
				continue
			}
			e.Start += len(next)
			e.End += len(next)
		}
		limit = e.Start
	}
	return udiff.ToUnified(name, name, old, edits, udiff.DefaultContextLines)
}

// unixText returns a text with LF line endings.
func unixText(text []byte) string { return strings.ReplaceAll(string(text), "\r\n", "\n") }

// addCommand is errcat add.
type addCommand struct {
	editFlags
	elsewhereFlag
	Name        string   `arg:"" help:"The NAME of the new error."`
	Category    string   `complete:"categories" placeholder:"NAME" help:"Its category, if the catalog has categories."`
	Code        string   `placeholder:"CODE" help:"Its code. Default: the next free one."`
	HTTPStatus  int      `name:"http-status" placeholder:"STATUS" help:"Its HTTP status. Default: that of the category."`
	Title       string   `placeholder:"TEXT" help:"A summary that is the same for every occurrence."`
	Message     string   `placeholder:"TEXT" help:"What happened, with params as {name}."`
	Description string   `placeholder:"TEXT" help:"Markdown: when it happens."`
	Resolution  string   `placeholder:"TEXT" help:"Markdown: what to do."`
	Param       []string `sep:"none" placeholder:"NAME=TYPE" help:"A param, such as left=integer. Repeatable, in order."`
	Retry       string   `placeholder:"ADVICE" help:"never, safe or after."`
	RetryAfter  string   `placeholder:"DURATION" help:"How long to wait, such as 30s, with --retry after."`
	Severity    string   `placeholder:"LEVEL" help:"debug, info, warning, error or critical."`
	Audience    string   `placeholder:"AUDIENCE" help:"public or internal."`
	Tag         []string `placeholder:"TAG" help:"A tag. Repeatable."`
	Owner       string   `placeholder:"OWNER" help:"Who is responsible for it."`
	Since       string   `placeholder:"VERSION" help:"The first version with the error."`
	Metadata    []string `sep:"none" complete:"metadata" placeholder:"KEY=VALUE" help:"A metadata value. Repeatable."`
}

// Help returns the text of errcat add --help.
func (addCommand) Help() string {
	return `The error gets the next free code of its category's range: the first one after the
highest that is used. Codes that are used, also by retired errors and as aliases,
and reserved ones are passed over, and so are those that the catalog has in the
places that --against names. Without a range, the code follows those of the
category, and if their codes are their NAMEs, so is the new one's. The entry is
written after the last one of the category, in the layout of the others.` + editHelp + `

Examples:

  errcat add ORDER_LOST --category order
  errcat add ORDER_LOST --category order --message "{order} is lost" --param order=string
  errcat add ORDER_LOST --category order --code 1017 --dry-run
  errcat add ORDER_LOST --category order --against origin/main --against origin/next`
}

// Run adds an error.
func (cmd *addCommand) Run(env *environment) error {
	a := edit.Add{
		Name: cmd.Name, Category: cmd.Category, Code: strings.TrimSpace(cmd.Code), HTTPStatus: cmd.HTTPStatus, Tags: cmd.Tag,
		Texts: map[string]string{
			"title": cmd.Title, "message": cmd.Message, "description": cmd.Description, "resolution": cmd.Resolution, "retry": cmd.Retry,
			"retry_after": cmd.RetryAfter, "severity": cmd.Severity, "audience": cmd.Audience, "owner": cmd.Owner, "since": cmd.Since,
		},
	}
	for _, word := range cmd.Param {
		name, kind, _ := strings.Cut(word, "=")
		a.Params = append(a.Params, edit.Param{Name: name, Type: kind})
	}
	for _, word := range cmd.Metadata {
		key, value, ok := strings.Cut(word, "=")
		if !ok {
			return fmt.Errorf("--metadata %s: write KEY=VALUE", word)
		}
		a.Metadata = append(a.Metadata, [2]string{key, value})
	}
	hasCategory := func(c *catalog.Catalog) bool {
		for _, category := range c.Categories {
			if category.Name == cmd.Category {
				return true
			}
		}
		return false
	}
	return cmd.apply(env, "the category "+diag.Quote(cmd.Category), hasCategory, func(b *baseline.Finder, m *workspace.Member) (edit.Change, error) {
		var err error
		a.Others, err = cmd.others(b, m)
		return a, err
	})
}

// renameCommand is errcat rename.
type renameCommand struct {
	editFlags
	elsewhereFlag
	Error string `arg:"" complete:"codes" help:"The error, by its NAME, its code or an alias."`
	Name  string `arg:"" help:"The new NAME."`
}

// Help returns the text of errcat rename --help.
func (renameCommand) Help() string {
	return `The old NAME becomes a former name, which keeps working in code, and the code stays:
if the NAME is the code, it is written out. replaced_by and fallback follow, and
chosen identifiers stay. An error can get a former name of its own back; that of
another error is refused.` + editHelp + `

Examples:

  errcat rename ORDER_LOST ORDER_MISSING
  errcat rename 1003 ORDER_MISSING --dry-run`
}

// Run renames an error.
func (cmd *renameCommand) Run(env *environment) error {
	return cmd.apply(env, "the error "+diag.Quote(cmd.Error), hasError(cmd.Error), func(b *baseline.Finder, m *workspace.Member) (edit.Change, error) {
		others, err := cmd.others(b, m)
		return edit.Rename{Error: cmd.Error, Name: cmd.Name, Others: others}, err
	})
}

// lifecycleFlags say since when and why an error is not to be used.
type lifecycleFlags struct {
	Since      string `placeholder:"VERSION" help:"The version from which on this holds."`
	Reason     string `placeholder:"TEXT" help:"Markdown: why."`
	ReplacedBy string `complete:"codes" placeholder:"ERROR" help:"The error to use instead, by its NAME, its code or an alias."`
}

// lifecycle returns what the flags say.
func (f lifecycleFlags) lifecycle() edit.Lifecycle {
	return edit.Lifecycle{Since: f.Since, Reason: f.Reason, ReplacedBy: f.ReplacedBy}
}

// deprecateCommand is errcat deprecate.
type deprecateCommand struct {
	editFlags
	lifecycleFlags
	Error string `arg:"" complete:"codes" help:"The error, by its NAME, its code or an alias."`
}

// Help returns the text of errcat deprecate --help.
func (deprecateCommand) Help() string {
	return `A deprecated error is still sent and handled. Documents and editors advise against
it. That gives everybody time before it is retired.` + editHelp + `

Examples:

  errcat deprecate ORDER_LOST --since 2.4 --replaced-by ORDER_MISSING
  errcat deprecate 1003 --reason "Orders are never lost."`
}

// Run deprecates an error.
func (cmd *deprecateCommand) Run(env *environment) error {
	return cmd.apply(env, "the error "+diag.Quote(cmd.Error), hasError(cmd.Error), func(*baseline.Finder, *workspace.Member) (edit.Change, error) {
		return edit.Deprecate{Error: cmd.Error, Lifecycle: cmd.lifecycle()}, nil
	})
}

// retireCommand is errcat retire.
type retireCommand struct {
	editFlags
	lifecycleFlags
	Error string `arg:"" complete:"codes" help:"The error, by its NAME, its code or an alias."`
}

// Help returns the text of errcat retire --help.
func (retireCommand) Help() string {
	return `A retired error is no longer sent, and cannot be made. Its code and names stay
taken, so that clients still understand older servers. Without --reason and
--replaced-by, those of its deprecation are repeated. One that was not deprecated
before is retired, too, and a warning says so.` + editHelp + `

Examples:

  errcat retire ORDER_LOST --since 3.0
  errcat retire 1003 --dry-run`
}

// Run retires an error.
func (cmd *retireCommand) Run(env *environment) error {
	return cmd.apply(env, "the error "+diag.Quote(cmd.Error), hasError(cmd.Error), func(*baseline.Finder, *workspace.Member) (edit.Change, error) {
		return edit.Retire{Error: cmd.Error, Lifecycle: cmd.lifecycle()}, nil
	})
}

// removeCommand is errcat remove.
type removeCommand struct {
	editFlags
	elsewhereFlag
	Error  string `arg:"" complete:"codes" help:"The error, by its NAME, its code or an alias."`
	Reason string `placeholder:"TEXT" help:"Markdown: why. Default: the reason why it was retired or deprecated."`
	Force  bool   `help:"Remove an error that is not retired."`
}

// Help returns the text of errcat remove --help.
func (removeCommand) Help() string {
	return `Deletes the entry, with the comments directly above it, and reserves its code, its
aliases and its names, so that none of them ever gets another meaning. The
reservation has the reason. An error must be retired first, so that nobody still
sends it. One that was never released goes without a trace: it is in no tag that
compatibility.released matches or, without that, not where --against says.` + editHelp + `

Examples:

  errcat remove ORDER_LOST
  errcat remove 1003 --force --reason "It was published by mistake."`
}

// Run removes an error.
func (cmd *removeCommand) Run(env *environment) error {
	return cmd.apply(env, "the error "+diag.Quote(cmd.Error), hasError(cmd.Error), func(b *baseline.Finder, m *workspace.Member) (edit.Change, error) {
		r := edit.Remove{Error: cmd.Error, Reason: cmd.Reason, Force: cmd.Force}
		e, err := edit.Find(m.Catalog, cmd.Error)
		if err == nil && e.Retired == nil && !cmd.Force {
			if r.IsUnreleased, err = cmd.isUnreleased(b, m, e); err != nil {
				err = fmt.Errorf("%s is not retired, and it is not known whether it was released: %w", e.Name, err)
			}
		}
		return r, err
	})
}

// reserveCommand is errcat reserve.
type reserveCommand struct {
	editFlags
	Words   []string `arg:"" optional:"" name:"code" help:"Codes, ranges of codes such as 2200-2299, and NAMEs."`
	History bool     `help:"Reserve every code and name that an error had in the history of HEAD, and that is neither used nor reserved."`
	Reason  string   `placeholder:"TEXT" help:"Markdown: why."`
}

// Help returns the text of errcat reserve --help.
func (reserveCommand) Help() string {
	return `No error can use what is reserved, and errcat explain says why. What an error of
the catalog uses cannot be reserved. What can be a code and a NAME is a code if the
catalog has codes of that form.

With --history, each error that is gone gets a reservation of its codes and names,
whose reason names the commit that removed it, unless you give one. Only what was
on the branch itself counts, not what a merged branch had in between.` + editHelp + `

Examples:

  errcat reserve 1003 --reason "Another service sends it."
  errcat reserve 9000-9999 ORDER_GONE --reason "For partners."
  errcat reserve --history --dry-run`
}

// Run reserves codes and names.
func (cmd *reserveCommand) Run(env *environment) error {
	switch {
	case cmd.History && len(cmd.Words) > 0:
		return errors.New("name codes, or take them from the history with --history, but not both")
	case !cmd.History && len(cmd.Words) == 0:
		return errors.New("name the codes, ranges or NAMEs to reserve, or take them from the history with --history")
	}
	any := func(*catalog.Catalog) bool { return true }
	err := cmd.apply(env, "reservations", any, func(b *baseline.Finder, m *workspace.Member) (edit.Change, error) {
		if cmd.History {
			return cmd.past(b, m)
		}
		return edit.Reserve{Words: cmd.Words, Reason: cmd.Reason}, nil
	})
	if errors.Is(err, errNothingToReserve) {
		fmt.Fprintln(env.stderr, "errcat: nothing to reserve: all codes and names of the history are used or reserved")
		return nil
	}
	return err
}
