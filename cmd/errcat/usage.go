package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/cmd/errcatvet/gosource"
	"github.com/errcat/errcat/cmd/errcatvet/usage"
	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/model"
	"github.com/errcat/errcat/generator/terminal"
	"github.com/errcat/errcat/generator/workspace"
)

// usageCommand is errcat usage.
type usageCommand struct {
	Packages []string `arg:"" optional:"" name:"package" help:"Packages, as for go build. The default is ./..."`
	Tags     string   `placeholder:"TAGS" help:"Build tags, separated by commas."`
	Tests    bool     `help:"Test files are part of the program."`
	Own      []string `placeholder:"PATH" help:"Treat the generated package with an import path, of another module, as one of the program: it should raise all its errors."`
	With     []string `placeholder:"FILE" help:"Add the report of another program, as --format json or the script for TypeScript writes it: what that program raises is not reported as never raised."`
	FailOn   []string `enum:"never-raised,deprecated-raised,handled-never-raised" placeholder:"RULE" help:"Exit with status 1 if there are findings about a rule: never-raised, deprecated-raised or handled-never-raised."`
	Format   string   `enum:"csv,${formats}" default:"text" placeholder:"FORMAT" help:"The format: text, json or csv for the whole report; github, sarif, gitlab or junit for the findings."`
}

// Help returns the text of errcat usage --help.
func (usageCommand) Help() string {
	return `The packages and all that they import are one program. For each error of the generated
packages in it, the report says where the program raises the error and where it
handles it. Values are followed through variables, fields, maps, functions and
their results. If types do not tell what becomes of a value, such as after a call of a
function value, the error may be raised there, and is not reported as never raised.

If a package cannot be loaded, the exit status is 2. The findings are warnings, and
do not change the exit status unless --fail-on names their rule. Files that the
build constraints exclude are read without types: what they name may be raised.

Examples:

  errcat usage ./...
  errcat usage --fail-on never-raised,handled-never-raised ./...
  errcat usage --tests --tags integration ./...
  errcat usage --format json ./... > usage.json
  errcat usage --with web/usage.json --with ../billing/usage.json
  errcat usage --format sarif ./cmd/orders > usage.sarif`
}

// Run prints where the errors of catalogs are raised and handled.
func (cmd *usageCommand) Run(env *environment) error {
	if len(cmd.Packages) == 0 {
		cmd.Packages = []string{"./..."}
	}
	report, err := usage.Find(env.ctx, usage.Options{Tags: cmd.Tags, Tests: cmd.Tests, Own: cmd.Own}, cmd.Packages...)
	if err != nil {
		return err
	}
	var packages []usedPackage
	for _, p := range report.Packages {
		packages = append(packages, usedPackage{p, ""})
	}
	for _, file := range cmd.With {
		more, err := readUsage(file)
		if err != nil {
			return err
		}
		for _, p := range more.Packages {
			packages = append(packages, usedPackage{packageOf(p), file})
		}
	}
	src := quotedGo{make(gosource.Files)}
	all, failing := cmd.findings(packages, src)
	switch cmd.Format {
	case "text":
		var b strings.Builder
		writeUsage(&b, packages)
		if _, err = io.WriteString(env.stdout, diag.Lines(b.String())); err != nil {
			return err
		}
		if len(failing) > 0 {
			if _, err = io.WriteString(env.stdout, "\n"); err != nil {
				return err
			}
			err = (formatFlag{Format: "text"}).report(env.stdout, src, failing)
		}
	case "json":
		err = writeUsageJSON(env.stdout, packages)
	case "csv":
		err = writeUsageCSV(env.stdout, packages)
	default:
		err = (formatFlag{Format: cmd.Format}).report(env.stdout, src, all)
	}
	if err == nil && len(failing) > 0 {
		return errFindings
	}
	return err
}

// usedPackage is a generated package in a report. If it is one of a report about
// another program, from is the file of that.
type usedPackage struct {
	*usage.Package
	from string
}

// readUsage reads a usage report.
func readUsage(file string) (*catalog.Usage, error) {
	data, err := workspace.ReadFile(file)
	if err != nil {
		return nil, err
	}
	u, err := catalog.ParseUsage(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return u, nil
}

// staleUsage returns the finding in a usage report that was made with another version
// of a catalog, if it was.
func staleUsage(c *catalog.Catalog, file string, u *catalog.Usage) diag.Diagnostics {
	gone, added := u.Unknown(c)
	var parts []string
	if len(gone) > 0 {
		parts = append(parts, "has "+someCodes(gone)+", which the catalog does not have")
	}
	if len(added) > 0 {
		parts = append(parts, "does not have "+someCodes(added)+" of the catalog")
	}
	if len(parts) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.New(diag.RuleStaleUsage, diag.Position{File: file}, "write it again: errcat usage --format json",
		"the usage report %s", strings.Join(parts, ", and "))}
}

// someCodes lists codes for a sentence: the first ones, and how many more there are.
func someCodes(codes []string) string {
	const most = 5
	shown := make([]string, 0, most)
	for _, code := range codes[:min(len(codes), most)] {
		shown = append(shown, diag.Quote(code))
	}
	text := strings.Join(shown, ", ")
	if more := len(codes) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// staleReports returns the findings in the usage reports that outputs show, each once.
// What is no report at all, the target refuses.
func staleReports(c *catalog.Catalog, outputs []generator.Output) diag.Diagnostics {
	var found diag.Diagnostics
	seen := make(map[string]bool)
	for _, o := range outputs {
		file := o.Options["usage"]
		data, ok := o.Inputs["usage"]
		if !ok || seen[file] {
			continue
		}
		seen[file] = true
		if u, err := catalog.ParseUsage(data); err == nil && u.Check(c) == nil {
			found = append(found, staleUsage(c, file, u)...)
		}
	}
	return found
}

// packageOf returns a package of a report about another program.
func packageOf(p catalog.UsagePackage) *usage.Package {
	places := func(list []catalog.UsagePlace) []usage.Place {
		places := make([]usage.Place, len(list))
		for i, at := range list {
			places[i] = usage.Place{Position: token.Position{Filename: at.File, Line: at.Line, Column: at.Column}, Func: at.Function, Excluded: at.IsExcluded}
		}
		return places
	}
	of := &usage.Package{Path: p.Path, Catalog: p.Catalog, IsOwn: p.IsOwn, Dynamic: places(p.Dynamic)}
	for _, e := range p.Errors {
		of.Errors = append(of.Errors, &usage.Error{
			Code: e.Code, Const: e.Constant, Retired: e.Lifecycle == model.StateRetired, Deprecated: e.Lifecycle != model.StateActive,
			Raised: places(e.Raised), Handled: places(e.Handled), MaybeRaised: places(e.MaybeRaised),
			Fallback: e.State == catalog.UsageMaybe && len(e.MaybeRaised) == 0 && len(p.Dynamic) == 0,
		})
	}
	return of
}

// isRaisedElsewhere reports whether another program of the report raises an error, or
// may raise it.
func isRaisedElsewhere(packages []usedPackage, of usedPackage, e *usage.Error) bool {
	return slices.ContainsFunc(packages, func(p usedPackage) bool {
		return p.from != of.from && p.Catalog == of.Catalog && slices.ContainsFunc(p.Errors, func(other *usage.Error) bool {
			return other.Code == e.Code && p.State(other) != usage.NeverRaised
		})
	})
}

// findings returns the findings of a report, and those on which the command fails.
func (cmd *usageCommand) findings(packages []usedPackage, src quotedGo) (all, failing diag.Diagnostics) {
	add := func(rule diag.Rule, pos diag.Position, help, format string, args ...any) {
		d := diag.New(rule, pos, help, format, args...)
		if slices.Contains(cmd.FailOn, rule.ID()) {
			d.Severity = diag.Error
			failing = append(failing, d)
		}
		all = append(all, d)
	}
	for _, p := range packages {
		if p.from != "" {
			continue // a report about that program has its findings
		}
		for _, e := range p.Errors {
			isUnused := p.IsOwn && !e.Retired && p.State(e) == usage.NeverRaised && !isRaisedElsewhere(packages, p, e)
			if isUnused {
				add(diag.RuleNeverRaised, src.position(e.Pos, len(e.Const)), "raise it, or retire it in the catalog",
					"the program never raises %s.%s (%s)", p.Name, e.Const, e.Code)
			}
			for _, at := range e.Handled {
				if isUnused {
					add(diag.RuleHandledNeverRaised, src.position(at.Position, 0), "raise the error, or delete the code that handles it",
						"the program handles %s.%s (%s), and never raises it", p.Name, e.Const, e.Code)
				}
			}
			for _, at := range e.Raised {
				switch {
				case !e.Deprecated:
				case e.ReplacedBy != "":
					add(diag.RuleDeprecatedRaised, src.position(at.Position, 0), fmt.Sprintf("raise %s.%s instead", p.Name, e.ReplacedBy), "the program raises %s.%s (%s), which is %s", p.Name, e.Const, e.Code, lifecycleOf(e))
				default:
					add(diag.RuleDeprecatedRaised, src.position(at.Position, 0), "raise another error", "the program raises %s.%s (%s), which is %s", p.Name, e.Const, e.Code, lifecycleOf(e))
				}
			}
		}
	}
	all.Sort()
	failing.Sort()
	return all, failing
}

// lifecycleOf returns the state of an error as the catalog has it.
func lifecycleOf(e *usage.Error) string {
	switch {
	case e.Retired:
		return model.StateRetired
	case e.Deprecated:
		return model.StateDeprecated
	}
	return model.StateActive
}

// quotedGo are the Go files that reports quote.
type quotedGo struct{ gosource.Files }

// position returns the position of a text of some bytes on one line.
func (q quotedGo) position(from token.Position, width int) diag.Position {
	to := from
	to.Column += width
	return q.Position(from, to)
}

// stateWords say whether an error is raised.
var stateWords = map[usage.State]string{
	usage.Raised:      "raised",
	usage.MaybeRaised: "may be raised",
	usage.NeverRaised: "never raised",
}

// writeUsage writes a report for people.
func writeUsage(b *strings.Builder, packages []usedPackage) {
	for i, p := range packages {
		if i > 0 {
			b.WriteByte('\n')
		}
		counts := make(map[usage.State]int)
		for _, e := range p.Errors {
			counts[p.State(e)]++
		}
		fmt.Fprintf(b, "%s: %d raised, %d may be raised, %d never raised\n", diag.Line(p.Path), counts[usage.Raised], counts[usage.MaybeRaised], counts[usage.NeverRaised])
		if p.from != "" {
			fmt.Fprintf(b, "The package is one of another program: %s\n", diag.Line(p.from))
		} else if !p.IsOwn {
			b.WriteString("The package is one of another module: other programs may raise the rest.\n")
		}
		writePlaces(b, "any code may be raised", p.Dynamic)
		for _, e := range p.Errors {
			fmt.Fprintf(b, "\n%s %s: %s", diag.Line(e.Code), diag.Line(e.Const), stateWords[p.State(e)])
			switch {
			case p.State(e) == usage.NeverRaised && isRaisedElsewhere(packages, p, e):
				b.WriteString(", except by another program")
			case e.Retired || e.Deprecated:
				b.WriteString(", " + lifecycleOf(e))
			case e.Fallback && len(e.Raised) == 0:
				b.WriteString(", as the fallback")
			}
			b.WriteByte('\n')
			writePlaces(b, "raised", e.Raised)
			writePlaces(b, "handled", e.Handled)
			writePlaces(b, "may be raised", e.MaybeRaised)
		}
	}
}

// writePlaces writes places on a line each.
func writePlaces(b *strings.Builder, what string, places []usage.Place) {
	for _, at := range places {
		fmt.Fprintf(b, "  %s: %s:%d:%d", what, diag.Line(gosource.ShortName(at.Filename)), at.Line, at.Column)
		if at.Func != "" {
			b.WriteString(" in " + diag.Line(at.Func))
		}
		if at.Excluded {
			b.WriteString(" (not built)")
		}
		b.WriteByte('\n')
	}
}

// places returns places in the report in JSON. Files have paths in the repository, so
// that the report is the same on every machine.
func (p usedPackage) places(places []usage.Place) []catalog.UsagePlace {
	path := pathInRepository(nil)
	list := make([]catalog.UsagePlace, len(places))
	for i, at := range places {
		file := at.Filename
		if p.from == "" {
			file = cmp.Or(path(file), filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file))
		}
		list[i] = catalog.UsagePlace{File: file, Line: at.Line, Column: at.Column, Function: at.Func, IsExcluded: at.Excluded}
	}
	return list
}

// writeUsageJSON writes a report for programs.
func writeUsageJSON(w io.Writer, packages []usedPackage) error {
	report := catalog.Usage{Version: catalog.UsageVersion, Packages: []catalog.UsagePackage{}}
	for _, p := range packages {
		of := catalog.UsagePackage{Path: p.Path, Catalog: p.Catalog, IsOwn: p.IsOwn, Dynamic: p.places(p.Dynamic), Errors: make([]catalog.UsageError, len(p.Errors))}
		for i, e := range p.Errors {
			of.Errors[i] = catalog.UsageError{
				Code: e.Code, Constant: e.Const, Lifecycle: lifecycleOf(e), State: catalog.UsageState(p.State(e)),
				Raised: p.places(e.Raised), Handled: p.places(e.Handled), MaybeRaised: p.places(e.MaybeRaised),
			}
		}
		report.Packages = append(report.Packages, of)
	}
	return terminal.WriteJSON(w, report)
}

// writeUsageCSV writes a report for spreadsheets: one row for each place, and one for
// each error without any.
func writeUsageCSV(w io.Writer, packages []usedPackage) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"package", "code", "constant", "lifecycle", "state", "use", "file", "line", "column", "function"}}
	for _, p := range packages {
		for _, e := range p.Errors {
			row := []string{p.Path, e.Code, e.Const, lifecycleOf(e), string(p.State(e))}
			n := len(rows)
			for _, uses := range []struct {
				name   string
				places []usage.Place
			}{{"raised", e.Raised}, {"handled", e.Handled}, {"maybe-raised", slices.Concat(e.MaybeRaised, p.Dynamic)}} {
				for _, at := range p.places(uses.places) {
					rows = append(rows, append(slices.Clone(row), uses.name, at.File, strconv.Itoa(at.Line), strconv.Itoa(at.Column), at.Function))
				}
			}
			if len(rows) == n {
				rows = append(rows, append(row, "", "", "", "", ""))
			}
		}
	}
	for i, row := range rows {
		for j, cell := range row {
			if isNumber := rows[0][j] == "code" && negativeCode.MatchString(cell); i > 0 && !isNumber {
				row[j] = terminal.CSVCell(cell)
			}
		}
	}
	return out.WriteAll(rows)
}
