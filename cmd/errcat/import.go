package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/importer"
	"github.com/errcat/errcat/generator/workspace"
)

// importCommand is errcat import.
type importCommand struct {
	File   string `arg:"" name:"file" help:"The file with the error codes, - for standard input."`
	From   string `enum:"auto,markdown,html,csv,tsv,json,go,proto,properties,postgres" default:"auto" placeholder:"FORMAT" help:"The format of the file: markdown, html, csv, tsv, json, go, proto, properties or postgres. Default: by the name of the file."`
	To     string `default:"catalog.yaml" placeholder:"FILE" help:"The new catalog, - for standard output. Default: catalog.yaml."`
	Name   string `placeholder:"NAME" help:"The name of the catalog. Default: made from the name of the file."`
	NoHTTP bool   `name:"no-http" help:"The errors have no HTTP statuses."`
}

// Help returns the text of errcat import --help.
func (importCommand) Help() string {
	return `Reads the tables of a Markdown or HTML document, CSV, TSV, JSON, the constants and
sentinel errors of a Go file, the enums of a proto file, Java properties, or
PostgreSQL's errcodes.txt. Writes a catalog, and never overwrites a file.

Every code is kept, and none is invented. Names, HTTP statuses and categories
that the source does not have are proposed, and marked as guesses in comments.
The report says what was guessed and what a person has to decide; then the exit
status is 1.

Examples:

  errcat import docs/errors.md
  errcat import errors.csv --to errors.yaml --name billing
  errcat import internal/codes/codes.go
  curl -s https://example.com/errors | errcat import - --from html`
}

var catalogNameForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// Run writes the catalog, and prints the report.
func (cmd *importCommand) Run(env *environment) error {
	if cmd.Name != "" && !catalogNameForm.MatchString(cmd.Name) {
		return fmt.Errorf("--name %s: write lowercase letters, digits and _, first a letter", cmd.Name)
	}
	format := importer.Format(cmd.From)
	if cmd.From == "auto" {
		if format = importer.FormatOf(cmd.File); format == "" {
			return fmt.Errorf("the name of %s does not tell its format; name it with --from", cmd.File)
		}
	}
	name := cmd.File
	var data []byte
	var err error
	if cmd.File == "-" {
		name = workspace.Stdin
		data, err = io.ReadAll(io.LimitReader(env.stdin, workspace.MaxFile))
	} else {
		data, err = workspace.ReadFile(cmd.File)
	}
	if err != nil {
		return err
	}
	result, err := importer.Import(name, data, format, importer.Options{Name: cmd.Name, NoHTTP: cmd.NoHTTP})
	if err != nil {
		return err
	}
	report := env.stdout
	if cmd.To == "-" {
		report = env.stderr
		if _, err := env.stdout.Write(result.Catalog); err != nil {
			return err
		}
	} else {
		wrote := false
		err := env.write(func() (err error) {
			wrote, err = newFile{cmd.To, result.Catalog}.create()
			return err
		})
		if err != nil {
			return err
		}
		if !wrote {
			return fmt.Errorf("%s exists; name another file with --to", cmd.To)
		}
	}
	if err := cmd.report(report, name, result); err != nil {
		return err
	}
	if len(result.Decisions) > 0 {
		return errFindings
	}
	return nil
}

// report prints what was imported, guessed, and has to be decided.
func (cmd *importCommand) report(w io.Writer, name string, result *importer.Result) error {
	var b bytes.Buffer
	if cmd.To != "-" {
		fmt.Fprintf(&b, "wrote     %s\n\n", diag.Printable(cmd.To))
	}
	fmt.Fprintf(&b, "imported  errors: %d, codes and aliases: %d\n", result.Errors, result.Codes)
	for _, g := range result.Guesses {
		fmt.Fprintf(&b, "guessed   %s: %d\n", g.What, g.Count)
	}
	if len(result.Decisions) > 0 {
		fmt.Fprintf(&b, "\nTo be decided:\n\n")
	}
	for _, d := range result.Decisions {
		place := diag.Printable(name)
		if d.Line > 0 {
			place += fmt.Sprintf(":%d", d.Line)
		}
		fmt.Fprintf(&b, "%s: %s\n", place, diag.Printable(d.Text))
	}
	_, err := w.Write(b.Bytes())
	return err
}
