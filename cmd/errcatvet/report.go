package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/errcat/errcat/cmd/errcatvet/analyzers"
	"github.com/errcat/errcat/cmd/errcatvet/gosource"
	"github.com/errcat/errcat/generator/diag"
)

// writeFindings prints the findings of an analysis in a format of errcat.
func writeFindings(w io.Writer, format string, graph *checker.Graph) error {
	files := make(gosource.Files)
	var found diag.Diagnostics
	if graph != nil {
		for act := range graph.All() {
			if !act.IsRoot {
				continue
			}
			for _, d := range act.Diagnostics {
				found = append(found, finding(files, act, d))
			}
		}
	}
	found.Sort()
	found = slices.CompactFunc(found, func(a, b diag.Diagnostic) bool {
		return a.Pos == b.Pos && a.Rule == b.Rule && a.Message == b.Message
	})
	file, _ := w.(*os.File)
	root, err := diag.Repository()
	if err != nil {
		return err
	}
	return diag.Write(w, format, found, diag.Options{
		Text: diag.TextOptions{
			Source: files.Text,
			Color:  file != nil && term.IsTerminal(int(file.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		},
		Version: buildVersion(),
		Path:    func(name string) string { return diag.PathIn(root, name) },
		About:   about,
	})
}

// about returns the title of the analyzer that a rule is, and what it reports.
func about(r diag.Rule) (title, markdown string) {
	for _, a := range analyzers.All() {
		if a.Name == r.ID() {
			title, markdown, _ = strings.Cut(a.Doc, "\n\n")
		}
	}
	return title, markdown
}

// finding returns what an analyzer has found as a finding of errcat.
func finding(files gosource.Files, act *checker.Action, d analysis.Diagnostic) diag.Diagnostic {
	rules := diag.Rules()
	rule := rules[slices.IndexFunc(rules, func(r diag.Rule) bool { return r.ID() == act.Analyzer.Name })]
	fset := act.Package.Fset
	pos := files.Position(fset.Position(d.Pos), fset.Position(d.End))
	help := ""
	if len(d.SuggestedFixes) > 0 {
		flags := "-fix"
		if slices.Contains(analyzers.Optional(), act.Analyzer) {
			flags = "-" + act.Analyzer.Name + " -fix"
		}
		help = fmt.Sprintf("%s; errcatvet %s does it", lower(d.SuggestedFixes[0].Message), flags)
	}
	return diag.New(rule, pos, help, "%s", d.Message)
}

// lower returns a text with a lowercase first letter.
func lower(text string) string {
	return strings.ToLower(text[:1]) + text[1:]
}
