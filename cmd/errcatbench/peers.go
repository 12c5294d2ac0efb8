package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// peer is a generator that other people use for error codes.
type peer struct {
	name    string
	install string // for go install; empty for errcat itself
	version string
	program string   // the archive with its input
	args    []string // of its command
	output  string   // the file or folder that it makes
	build   string   // the packages of it, for go build
	emits   []string // what that is, in lines of the report
	setup   []string // a command that its module needs, before it runs
}

// peers returns errcat's Go target and what it is compared to.
func peers() []peer {
	return []peer{
		{
			name:    "errcat",
			program: "module",
			args:    []string{"errcat", "generate", "-c", "catalog.yaml", "-o", "go=platform"},
			output:  "platform",
			build:   "./platform",
			emits: []string{
				"string constants that are errors, with documentation; structs with",
				"params; titles, messages, statuses and retry advice; parsing; problem+json",
				"on server and client; log/slog",
			},
		},
		{
			name:    "stringer",
			install: "golang.org/x/tools/cmd/stringer",
			version: "v0.52.0",
			program: "constants",
			args:    []string{"stringer", "-type", "Code", "-linecomment"},
			output:  "code_string.go",
			build:   ".",
			emits:   []string{"a String method for numbered constants"},
		},
		{
			name:    "enumer",
			install: "github.com/dmarkham/enumer",
			version: "v1.7.2",
			program: "constants",
			args:    []string{"enumer", "-type", "Code", "-linecomment", "-json", "-text"},
			output:  "code_enumer.go",
			build:   ".",
			emits:   []string{"String, parsing, lists, JSON and text forms for numbered constants"},
		},
		{
			name:    "go-enum",
			install: "github.com/abice/go-enum",
			version: "v0.9.5",
			program: "enum",
			args:    []string{"go-enum", "-f", "codes.go", "--noprefix", "--marshal", "--names"},
			output:  "codes_enum.go",
			build:   ".",
			emits:   []string{"string constants with comments, String, parsing, lists, text form"},
		},
		{
			name:    "goa",
			install: "goa.design/goa/v3/cmd/goa",
			version: "v3.25.3",
			program: "goa",
			args:    []string{"goa", "gen", "example.com/peer/design"},
			output:  "gen",
			build:   "./gen/...",
			emits: []string{
				"a service with HTTP server and client that encode and decode each",
				"error; OpenAPI 2 and 3",
			},
			setup: []string{"go", "mod", "tidy"},
		},
	}
}

// peerName is the name of a benchmark of a peer: it generates, or its output is
// built.
func peerName(codes int, tool, step string) string {
	return fmt.Sprintf("Peer/codes=%d/tool=%s/step=%s", codes, tool, step)
}

// The units of what a peer makes.
const (
	sourceLines  = "source-lines"
	sourceBytes  = "source-bytes"
	archiveBytes = "archive-bytes"
)

// measurePeers measures the peers that can be installed, each on a catalog of
// the same codes, and how long it takes to compile what they make.
func (l *lab) measurePeers(sizes []int) error {
	var installed []peer
	for _, p := range peers() {
		if p.install != "" {
			l.progress("install %s", p.install)
			install := command{dir: l.dir, args: []string{"go", "install", p.install + "@" + p.version}}
			if !l.available(p, install) {
				continue
			}
		}
		installed = append(installed, p)
	}
	for _, codes := range sizes {
		if codes > manyCodes {
			continue
		}
		if err := l.measurePeersAt(codes, installed); err != nil {
			return err
		}
	}
	return nil
}

// available runs a command that a peer needs before it can be measured, and
// records for the report where it fails, as it does without a network.
func (l *lab) available(p peer, c command) bool {
	_, err := l.output(c)
	if err != nil {
		l.progress("%v", err)
		l.results.notes["missing "+p.name] = strings.Join(c.args[:2], " ") + " failed"
	}
	return err == nil
}

func (l *lab) measurePeersAt(codes int, installed []peer) error {
	catalog, err := l.catalog(codes)
	if err != nil {
		return err
	}
	var ready []peer
	var generate, build []command
	for _, p := range installed {
		dir := l.path("peers", strconv.Itoa(codes), p.name)
		if err := l.unpack(p.program, dir, codes, "internal"); err != nil {
			return err
		}
		if p.install == "" {
			if err := os.Link(catalog, filepath.Join(dir, "catalog.yaml")); err != nil {
				return err
			}
		}
		if p.setup != nil && !l.available(p, command{dir: dir, args: p.setup}) {
			continue
		}
		ready = append(ready, p)
		output := filepath.Join(dir, p.output)
		sources := filepath.Join(dir, strings.TrimSuffix(p.build, "/..."))
		generate = append(generate, command{
			name: peerName(codes, p.name, "generate"), dir: dir, args: append([]string{l.path("bin", p.args[0])}, p.args[1:]...),
			prepare: func() error { return os.RemoveAll(output) },
		})
		build = append(build, command{
			name: peerName(codes, p.name, "build"), dir: dir, args: []string{"go", "build", p.build},
			prepare: func() error { return l.freshen(sources) },
		})
	}
	// A few runs are enough for what differs by more than the noise.
	rounds := min(l.runs, 3)
	if err := l.compare(rounds, generate...); err != nil {
		return err
	}
	var finished []peer
	var builds []command
	for i, p := range ready {
		if l.results.gaveUp(generate[i].name) {
			continue
		}
		size, err := sourceSize(filepath.Join(generate[i].dir, p.output))
		if err != nil {
			return err
		}
		l.results.add(peerName(codes, p.name, "output"), 1, value{float64(size.lines), sourceLines}, value{float64(size.bytes), sourceBytes})
		finished, builds = append(finished, p), append(builds, build[i])
	}
	if err := l.compare(rounds, builds...); err != nil {
		return err
	}
	for i, p := range finished {
		if l.results.gaveUp(builds[i].name) {
			continue
		}
		size, err := l.archiveSize(builds[i].dir, p.build)
		if err != nil {
			return err
		}
		l.results.add(peerName(codes, p.name, "archive"), 1, value{size, archiveBytes})
	}
	return nil
}

// archiveSize returns the bytes of the compiled packages that a pattern
// matches.
func (l *lab) archiveSize(dir, pattern string) (float64, error) {
	out, err := l.output(command{dir: dir, args: []string{"go", "list", "-export", "-f", "{{.Export}}", pattern}})
	if err != nil {
		return 0, err
	}
	total := 0.0
	for _, file := range strings.Fields(string(out)) {
		size, err := fileSize(file)
		if err != nil {
			return 0, err
		}
		total += size
	}
	return total, nil
}
