package main

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var updateReadme = flag.Bool("update-readme", false, "rewrite the output of the commands in README.md")

// TestReadme executes README.md from top to bottom, as a new user would who
// types along in an empty folder:
//
//   - A block that begins with a comment that names a file is written to that
//     file or, where an earlier step has made it, must stand in it.
//   - In a console block the lines that begin with $ are run, and the others
//     are what they print.
//   - The sh block is the two commands for a clone of errcat itself.
func TestReadme(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	readme := filepath.Join(root, "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	r := reader{t: t, root: root, dir: t.TempDir(), env: append(os.Environ(), publish(t, root)...)}
	// What `npm install typescript` would have brought.
	r.run(r.dir, "mkdir -p node_modules/.bin && ln -s '"+root+"/node_modules/typescript' node_modules/ && ln -s ../typescript/bin/tsc node_modules/.bin/")
	t.Cleanup(r.stop)
	fence := regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	updated := fence.ReplaceAllFunc(text, func(block []byte) []byte {
		m := fence.FindSubmatch(block)
		language, content := string(m[1]), string(m[2])
		switch language {
		case "console":
			return []byte("```console\n" + r.console(content) + "```")
		case "sh":
			r.clone(content)
		case "yaml", "go", "ts", "json", "md", "text":
			r.file(content)
		default:
			t.Errorf("a block of the language %q is executed by nothing:\n%s", language, content)
		}
		return block
	})
	if *updateReadme {
		if err := os.WriteFile(readme, updated, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// reader is somebody who does what the README says.
type reader struct {
	t         *testing.T
	root, dir string
	env       []string
}

var fileComment = regexp.MustCompile(`^(?:#|//|<!--) ([\w./-]+)(?: -->)?\n`)

// file writes a file, or looks for the text in one that is there.
func (r *reader) file(content string) {
	m := fileComment.FindStringSubmatch(content)
	if m == nil {
		r.t.Errorf("the block names no file:\n%s", content)
		return
	}
	name, text := filepath.Join(r.dir, m[1]), content[len(m[0]):]
	old, err := os.ReadFile(name)
	if err == nil {
		if !strings.Contains(string(old), text) {
			r.t.Errorf("%s does not have the lines:\n%s", m[1], text)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// console runs the commands of a block, and returns it with what they print.
func (r *reader) console(block string) string {
	var now strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		now.WriteString(line)
		now.WriteString(r.run(r.dir, strings.TrimSpace(command)))
	}
	if now.String() != block && !*updateReadme {
		r.t.Errorf("the README says:\n%s\nthe commands print:\n%s", block, now.String())
	}
	return now.String()
}

// run runs a shell command and returns what it prints.
func (r *reader) run(dir, command string) string {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = r.env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	isFinding := strings.HasPrefix(command, "errcat ") && cmd.ProcessState.ExitCode() == statusFindings
	if err != nil && !isFinding {
		r.t.Errorf("%s: %v\n%s%s", command, err, out, stderr.Bytes())
	}
	return string(out)
}

// stop ends the servers that a failed test has left, whose ids the commands
// have written down.
func (r *reader) stop() {
	if !r.t.Failed() {
		return
	}
	ids, err := filepath.Glob(filepath.Join(r.dir, "*.pid"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, id := range ids {
		exec.Command("sh", "-c", "kill $(cat '"+id+"')").Run() // it may have ended
	}
}

// clone checks the commands for a clone: the first is run in a copy of what it
// needs; the second runs this very test, and is what CI runs.
func (r *reader) clone(content string) {
	commands := regexp.MustCompile(`(?m)^([^#\n]*?) *(#.*)?$`).FindAllStringSubmatch(content, -1)
	if len(commands) < 2 || commands[0][1] != "go run ./cmd/errcat generate" || commands[1][1] != "npm test" {
		r.t.Errorf("the commands for a clone are other ones:\n%s", content)
		return
	}
	dir := r.t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "generated"), os.DirFS(filepath.Join(r.root, "generated"))); err != nil {
		r.t.Fatal(err)
	}
	r.run(r.root, "cp catalog.yaml README.md "+dir)
	if out := r.run(dir, "errcat generate"); strings.Contains(out, "wrote") || !strings.Contains(out, "unchanged") {
		r.t.Errorf("%s in this repository:\n%s", commands[0][1], out)
	}
	ci, err := os.ReadFile(filepath.Join(r.root, ".ci", "run"))
	if err != nil {
		r.t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^npm test$`).Match(ci) {
		r.t.Error(".ci/run does not run npm test")
	}
}
