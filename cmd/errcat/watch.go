package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/diag"
)

// watchInterval is how often the files are looked at. Polling works on every file
// system, with every editor, and costs a few microseconds.
const watchInterval = 300 * time.Millisecond

// watch writes the outputs, and again whenever a file that they are made from has
// changed, until the command is interrupted. What is wrong is printed.
func (cmd *generateCommand) watch(env *environment) error {
	printed, err := cmd.printed()
	switch {
	case err != nil:
		return err
	case printed >= 0 || slices.Contains(cmd.Catalog, "-"):
		return errors.New("--watch does not go with standard input and output")
	}
	env.endQuietly()
	files := newWatched(cmd.reads(env))
	if err := cmd.once(env); err != nil && !errors.Is(err, errFindings) {
		return err
	}
	if _, err := fmt.Fprintf(env.stdout, "watching  %s\n", files); err != nil {
		return err
	}
	for {
		select {
		case <-env.ctx.Done():
			return nil
		case <-time.After(watchInterval):
		}
		changed := files.changed()
		if len(changed) == 0 {
			continue
		}
		for _, name := range changed {
			if _, err := fmt.Fprintf(env.stdout, "changed   %s\n", diag.Line(name)); err != nil {
				return err
			}
		}
		if err := cmd.once(env); err != nil && !errors.Is(err, errFindings) {
			// The file may be there again in a moment.
			fmt.Fprintf(env.stderr, "errcat: %s\n", printable(err))
		}
		files.add(cmd.reads(env))
	}
}

// reads returns the files that the outputs are made from, as far as they are known:
// those of a catalog that is invalid are not.
func (cmd *generateCommand) reads(env *environment) []string {
	quiet := &environment{ctx: env.ctx, stdin: env.stdin, stdout: io.Discard, stderr: io.Discard}
	p, _, err := cmd.find(quiet)
	if err != nil {
		return cmd.Catalog
	}
	var names []string
	if p.IsWorkspace {
		names = append(names, p.Name)
	}
	for _, m := range p.Members {
		if !strings.HasPrefix(m.Name, "mod:") {
			names = append(names, m.Name)
		}
	}
	if p.Load().HasErrors() {
		return names
	}
	lists, err := outputsOf(p, cmd.outputFlag)
	if err != nil {
		return names
	}
	for _, list := range lists {
		for i := range list {
			_ = list[i].ReadInputs(func(path string) ([]byte, error) {
				names = append(names, path)
				return nil, nil
			}, func(string) ([]byte, error) { return nil, nil })
		}
	}
	return names
}

// watched are files, as they were when they were last looked at.
type watched struct {
	names []string
	last  map[string]fileState
}

// fileState changes whenever a file is written. It is zero if there is none.
type fileState struct {
	modified time.Time
	size     int64
}

func newWatched(names []string) *watched {
	w := &watched{last: make(map[string]fileState)}
	w.add(names)
	return w
}

// add adds files, unless they are watched already.
func (w *watched) add(names []string) {
	for _, name := range names {
		if _, ok := w.last[name]; !ok {
			w.names = append(w.names, name)
			w.last[name] = stateOf(name)
		}
	}
}

// changed returns the files that have changed since the last call.
func (w *watched) changed() []string {
	var changed []string
	for _, name := range w.names {
		if now := stateOf(name); now != w.last[name] {
			w.last[name] = now
			changed = append(changed, name)
		}
	}
	return changed
}

// String returns the names.
func (w *watched) String() string { return diag.Line(strings.Join(w.names, ", ")) }

func stateOf(name string) fileState {
	info, err := os.Stat(name)
	if err != nil {
		return fileState{}
	}
	return fileState{info.ModTime(), info.Size()}
}
