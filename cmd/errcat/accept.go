package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/baseline"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/edit"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/workspace"
)

// This file is errcat breaking --accept.

// checkAccept returns what is wrong with the flags.
func (cmd *breakingCommand) checkAccept() error {
	switch {
	case cmd.Accept == nil && cmd.DryRun:
		return errors.New("--dry-run belongs to --accept; without that, nothing is written")
	case cmd.Accept == nil:
		return nil
	case strings.TrimSpace(*cmd.Accept) == "":
		return errors.New("--accept: the reason is empty; say why the changes are meant, for those who review them and those whom they break")
	case cmd.Bump:
		return errors.New("--accept writes, and --bump prints the part of the version; leave one of them out")
	case cmd.Format != "text":
		return errors.New("--accept prints the difference; leave --format out")
	}
	return nil
}

// accept writes into the catalogs that what is reported is meant. It looks again after
// each edit: what is left then needs more than one acceptance, or cannot be accepted.
func (cmd *breakingCommand) accept(env *environment, p *workspace.Set, b *baseline.Finder) error {
	for _, m := range p.Members {
		switch {
		case m.Name == workspace.Stdin:
			return errors.New("--accept: a catalog from standard input cannot be written; name its file with -c")
		case m.Local != "":
			return fmt.Errorf("--accept: %s is a file of a module that is here; name it by its path: %s", m.Name, m.Local)
		case m.IsForeign && len(p.Members) == 1:
			return fmt.Errorf("--accept: %s belongs to another module, and only that can accept its changes", m.Name)
		}
	}
	texts := newTexts(p)
	rest := -1
	var r *breakingReport
	for {
		var err error
		if r, err = cmd.find(p, b); err != nil {
			return err
		}
		edits, left := cmd.edits(r)
		if len(edits) == 0 || left == rest {
			break // What is left cannot be accepted, or the last edits did not help.
		}
		rest = left
		for _, e := range edits {
			if err := texts.apply(env, e, *cmd.Accept); err != nil {
				return err
			}
		}
		if found := append(p.Load(), p.Check()...); found.HasErrors() {
			if err := cmd.report(env.stdout, p, found); err != nil {
				return err
			}
			return errFindings
		}
	}
	if err := texts.write(env, cmd.DryRun); err != nil {
		return err
	}
	return cmd.finishAccept(env, r, texts)
}

// finishAccept says what could not be accepted.
func (cmd *breakingCommand) finishAccept(env *environment, r *breakingReport, texts *texts) error {
	var left []compat.Change
	for _, c := range r.changes {
		if cmd.counts(c) {
			left = append(left, c)
		}
	}
	switch {
	case len(left) > 0:
		fmt.Fprintf(env.stderr, "errcat: %s cannot be accepted:\n", counted(len(left), "finding"))
		if err := cmd.report(env.stderr, r.set, compat.Findings(left)); err != nil {
			return err
		}
		return errFindings
	case len(texts.names) == 0:
		fmt.Fprintln(env.stderr, "errcat: nothing to accept: no change breaks anybody who has not been told why")
	}
	return nil
}

// acceptance is what to write into a file.
type acceptance struct {
	member  *workspace.Member // nil for errcat.yaml
	accept  edit.Accept
	removed []string
}

// edits returns what to write for the changes of a report that can be accepted, each
// rule and value once, and the number of all changes that count.
func (cmd *breakingCommand) edits(r *breakingReport) ([]*acceptance, int) {
	var edits []*acceptance
	of := func(m *workspace.Member) *acceptance {
		i := slices.IndexFunc(edits, func(e *acceptance) bool { return e.member == m })
		if i < 0 {
			i = len(edits)
			edits = append(edits, &acceptance{member: m})
		}
		return edits[i]
	}
	left := 0
	for i, c := range r.changes {
		if !cmd.counts(c) {
			continue
		}
		left++
		m := r.of[i]
		switch {
		case c.Rule == diag.RuleVersionTooLow, c.Rule == diag.RuleUnusedAcceptance, m != nil && m.IsForeign:
		case c.Rule == diag.RuleCatalogRemoved:
			if r.set.IsWorkspace && !slices.Contains(of(nil).removed, c.To) {
				of(nil).removed = append(of(nil).removed, c.To)
			}
		default:
			of(m).add(c)
		}
	}
	return slices.DeleteFunc(edits, func(e *acceptance) bool {
		return len(e.accept.Changes)+len(e.accept.Removed)+len(e.accept.Codes)+len(e.removed) == 0
	}), left
}

// add adds a change.
func (a *acceptance) add(c compat.Change) {
	accept := &a.accept
	isGone := c.Error == nil && c.Old != nil
	switch {
	case isGone && c.Rule == diag.RuleErrorRemoved && !c.CannotReserve:
		if !slices.Contains(accept.Removed, c.Old) {
			accept.Removed = append(accept.Removed, c.Old)
		}
	case isGone && c.Rule == diag.RuleAliasRemoved:
		// The reservation of its error may have it.
		if !slices.Contains(accept.Removed, c.Old) && !slices.Contains(accept.Codes, c.From) {
			accept.Codes = append(accept.Codes, c.From)
		}
	default:
		change := edit.Accepted{Rule: c.Rule, To: c.To}
		if c.Error != nil {
			change.Error = c.Error.Name
		}
		if !slices.Contains(accept.Changes, change) {
			accept.Changes = append(accept.Changes, change)
		}
	}
}

// texts are the files of a set that are edited.
type texts struct {
	set *workspace.Set
	// names are those that have changed, in order.
	names    []string
	old, now map[string][]byte
	notes    []string
}

func newTexts(p *workspace.Set) *texts {
	t := &texts{set: p, old: make(map[string][]byte), now: make(map[string][]byte)}
	if p.IsWorkspace {
		t.old[p.Name] = p.Texts[p.Name]
	}
	for _, m := range p.Members {
		t.old[m.Name] = m.Data
	}
	return t
}

// apply edits a file in memory.
func (t *texts) apply(env *environment, a *acceptance, reason string) error {
	var result *edit.Result
	var err error
	p, name := t.set, t.set.Name
	if a.member == nil {
		result, err = edit.AcceptRemovals(name, p.Texts[name], a.removed, reason, func(file string, text []byte) diag.Diagnostics {
			_, ds := workspace.Load(file, text)
			return ds
		})
	} else {
		name, a.accept.Reason = a.member.Name, reason
		result, err = edit.Apply(name, a.member.Data, a.accept)
	}
	if err != nil {
		return notEdited(env, env.stdout, p, name, err)
	}
	if !slices.Contains(t.names, name) {
		t.names = append(t.names, name)
	}
	t.now[name] = result.Text
	t.notes = append(t.notes, result.Notes...)
	p.Texts[name] = result.Text
	if a.member == nil {
		w, _ := workspace.Load(name, result.Text)
		p.Accept = w.Accept
		return nil
	}
	a.member.Data, a.member.Inputs[name] = result.Text, result.Text
	return nil
}

// write writes the files, all or none, and prints how they differ.
func (t *texts) write(env *environment, isDryRun bool) error {
	var outputs []files.Output
	for _, name := range t.names {
		output := files.Output{Target: "edit", Files: files.Files{{Inject: func(_ string, data []byte) ([]byte, error) {
			if string(data) != string(t.old[name]) {
				return nil, fmt.Errorf("%s has changed since it was read; nothing was written", name)
			}
			return t.now[name], nil
		}}}}
		output.Dir, output.Files[0].Path = filepath.Split(realPath(name))
		outputs = append(outputs, output)
	}
	if err := env.writeEdited(outputs, isDryRun); err != nil {
		return err
	}
	for _, name := range t.names {
		if err := writeDifference(env.stdout, name, t.old[name], t.now[name]); err != nil {
			return err
		}
	}
	return nil
}
