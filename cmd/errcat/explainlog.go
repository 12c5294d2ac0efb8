package main

import (
	"bufio"
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

// explainLog reads a log from standard input, and prints what its lines mention.
func (cmd *explainCommand) explainLog(env *environment) error {
	if cmd.Annotate && cmd.Format == "json" {
		return errors.New("--annotate prints lines of the log, and has no JSON")
	}
	p, ds, err := cmd.find(env)
	if err != nil {
		return err
	}
	if !ds.HasErrors() {
		ds = append(ds, p.Load()...)
	}
	finder, err := cmd.finder(env, p, ds)
	if err != nil {
		return err
	}
	if cmd.Annotate {
		// A log that is followed has no other end.
		env.endQuietly()
	}
	mentions, err := cmd.readLog(env, finder)
	if err != nil {
		return err
	}
	list := mentions.List()
	switch {
	case cmd.Format == "json":
		err = terminal.WriteJSON(env.stdout, mentioned(list, len(p.Members) > 1))
	case !cmd.Annotate && len(list) > 0:
		err = cmd.print(env, func(style terminal.Style) (string, error) { return mentionText(list, len(p.Members) > 1, style) })
	case !cmd.Annotate:
		_, err = fmt.Fprintln(env.stdout, "No line mentions an error of the catalog.")
	}
	if err == nil && len(list) == 0 {
		return errFindings
	}
	return err
}

// readLog reads a log up to its end, and with --annotate prints it.
func (cmd *explainCommand) readLog(env *environment, finder *terminal.Finder) (*terminal.Mentions, error) {
	mentions := new(terminal.Mentions)
	// A line that is longer is read in parts.
	in := bufio.NewReaderSize(env.stdin, 1<<18)
	style := styleFor(env.stdout)
	isTerminal := isTerminal(env.stdout)
	var found []terminal.Entry // in the line so far
	rest := ""                 // what of it is not searched
	for number := 1; ; {
		part, isPart, err := in.ReadLine()
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("reading the log from standard input: %w", err)
		}
		line := string(part)
		var more []terminal.Entry
		more, rest = finder.InLine(rest+line, isPart)
		for _, e := range more {
			if !slices.Contains(found, e) {
				found = append(found, e)
			}
		}
		if !isPart {
			mentions.Add(number, found)
		}
		if err == io.EOF {
			return mentions, nil
		}
		if cmd.Annotate {
			if err := annotate(env.stdout, line, isPart, isTerminal, found, style); err != nil {
				return nil, err
			}
		}
		if !isPart {
			found = nil
			number++
		}
	}
}

// annotate prints a line or a part of it, and after the line what it mentions.
func annotate(w io.Writer, line string, isPart, isTerminal bool, found []terminal.Entry, style terminal.Style) error {
	var b strings.Builder
	if isTerminal {
		line = terminal.LogLine(line)
	}
	b.WriteString(line)
	if !isPart {
		b.WriteByte('\n')
		for _, e := range found {
			b.WriteString(terminal.Note(e, style))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mentionText returns a table of what a log mentions, and the page of an error that is
// the only one.
func mentionText(list []terminal.Mention, several bool, style terminal.Style) (string, error) {
	var out strings.Builder
	if err := terminal.WriteMentions(&out, list, several, style); err != nil {
		return "", err
	}
	if len(list) == 1 {
		e := list[0].Entry
		page, err := answerText([]terminal.Answer{{Query: e.Code, Catalog: e.Catalog, Error: e.Error}}, style)
		return diag.Lines(out.String()) + "\n" + page, err
	}
	return diag.Lines(out.String()), nil
}

// mentioned returns the errors that a log mentions as plain data.
func mentioned(list []terminal.Mention, several bool) []any {
	models := make(map[*catalog.Error]*model.Error)
	read := make(map[*catalog.Catalog]bool)
	found := make([]any, 0, len(list))
	for _, m := range list {
		if !read[m.Catalog] {
			read[m.Catalog] = true
			for i, e := range model.New(m.Catalog).Errors {
				models[m.Catalog.Errors[i]] = e
			}
		}
		one := listed{Error: models[m.Error], Usage: m.Error.Usage, Times: m.Times, Line: m.Line}
		if several {
			one.Catalog = m.Catalog.Name
		}
		found = append(found, one)
	}
	return found
}
