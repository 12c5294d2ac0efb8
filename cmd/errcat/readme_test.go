package main

import (
	"bytes"
	"cmp"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/gittest"
)

// notExecuted are the pages whose examples other tests check, or which have no
// examples for users.
var notExecuted = []string{"CONTRIBUTING.md", "docs/benchmarks.md", "docs/rules.md", "docs/schema.md"}

var (
	fence       = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	fileComment = regexp.MustCompile(`^(?:#|//|<!--) ([\w./-]+)( \(another way\))?(?: -->)?\n`)
	// continues is the sentence by which a page names the examples that its own
	// ones continue: those of README.md, up to the end of a section.
	continues = regexp.MustCompile(`The\s+examples\s+continue\s+those\s+of\s+\[([^\]]+)\]\(\.\./README\.md#[\w-]+\)`)
	// isExcerpt is the sentence by which a page names the folder that its
	// examples are parts of.
	isExcerpt     = regexp.MustCompile(`The\s+examples\s+are\s+parts\s+of\s+\[[^\]]+\]\(\.\./([\w/-]+)\)`)
	trailingSpace = regexp.MustCompile(`(?m) +$`)
	address       = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// TestReadme executes README.md and the pages of docs, each from top to bottom,
// as a new user would who types along in an empty folder:
//
//   - A block that begins with a comment that names a file is written to that
//     file. If the file exists, the block must be part of it, unless the comment
//     says that it is another way.
//   - In a console block the lines that begin with $ are run, and the other
//     lines are what they print. In place of npm install, the packages are linked
//     to those of this repository.
//   - The commands that a GitHub workflow runs are run.
//   - A block that begins with outputs: must be valid in a catalog.
//   - The sh block has the two commands for a clone of errcat itself.
//
// A page that says "The examples continue those of [Section](../README.md#section)"
// begins with the files that README.md has made at the end of that section.
//
// A page that says "The examples are parts of [the tests](../folder)" begins with
// the files of that folder, which other tests execute, and each block must be
// part of one of them.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs what README.md and docs show")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	env := slices.Concat(os.Environ(), publish(t), gittest.Env())
	for _, name := range []string{"NO_PROXY", "no_proxy"} {
		env = append(env, name+"="+cmp.Or(os.Getenv("NO_PROXY"), os.Getenv("no_proxy"))+","+ownHost)
	}
	_, readme, _ := strings.Cut(readPage(t, root, "README.md"), "\n## ")
	// The folders with the files that exist at the end of a section of README.md.
	starts := make(map[string]string)
	start := func(section string) string {
		if dir, ok := starts[section]; ok {
			return dir
		}
		before, rest, ok := strings.Cut("\n## "+readme, "\n## "+section+"\n")
		if !ok {
			t.Fatalf("README.md has no section %s", section)
		}
		content, _, _ := strings.Cut(rest, "\n## ")
		r := newReader(t, root, "README.md", env)
		r.page(before + "\n" + content)
		r.stop()
		starts[section] = r.dir
		return r.dir
	}

	servers := make(map[string]string) // the page that uses an address
	for _, name := range pages(t, root) {
		if slices.Contains(notExecuted, name) {
			continue
		}
		text := readPage(t, root, name)
		for _, a := range address.FindAllString(text, -1) {
			if other, ok := servers[a]; ok && other != name {
				t.Errorf("%s and %s use the address %s; the pages are executed at the same time", other, name, a)
			}
			servers[a] = name
		}
		dir := ""
		if m := continues.FindStringSubmatch(text); m != nil {
			dir = start(m[1])
		}
		excerpt := isExcerpt.FindStringSubmatch(text)
		if excerpt != nil {
			dir = filepath.Join(root, excerpt[1])
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReader(t, root, name, env)
			r.onlyExcerpts = excerpt != nil
			if dir != "" {
				if err := os.CopyFS(r.dir, os.DirFS(dir)); err != nil {
					t.Fatal(err)
				}
			}
			t.Cleanup(r.stop)
			updated := r.page(text)
			if *update && updated != text {
				if err := os.WriteFile(filepath.Join(root, name), []byte(updated), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// documentedHost is where the servers of the pages listen, and ownHost where they do in
// this process: on a host that no other process has, because the pages may be executed
// in several clones at the same time. Only Linux has more than one such host.
const documentedHost = "127.0.0.1"

var ownHost = func() string {
	if runtime.GOOS != "linux" {
		return documentedHost
	}
	id := os.Getpid()
	return fmt.Sprintf("127.%d.%d.%d", 128+id>>16&63, id>>8&255, id&255)
}()

// onOwnHost returns a text of a page with the addresses that servers have in this process.
func onOwnHost(text string) string { return strings.ReplaceAll(text, documentedHost+":", ownHost+":") }

// readPage returns the text of a page.
func readPage(t *testing.T, root, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// reader is somebody who does what a page says, in a folder.
type reader struct {
	t               *testing.T
	root, dir, name string
	env             []string
	onlyExcerpts    bool // the files exist
	text            string
}

// newReader returns a reader in an empty folder.
func newReader(t *testing.T, root, name string, env []string) *reader {
	return &reader{t: t, root: root, dir: t.TempDir(), name: name, env: env}
}

// page executes the blocks of a page, and returns it with what the commands
// print now.
func (r *reader) page(text string) string {
	r.text = text
	return fence.ReplaceAllStringFunc(text, func(block string) string {
		m := fence.FindStringSubmatch(block)
		language, content := m[1], m[2]
		switch language {
		case "console":
			return "```console\n" + r.console(content) + "```"
		case "sh":
			r.clone(content)
		case "yaml", "go", "js", "ts", "md", "make", "starlark":
			r.file(content, true)
		case "json", "text":
			r.file(content, false)
		case "tsx":
			r.application(content)
		default:
			r.t.Errorf("%s: a block of the language %q is executed by nothing:\n%s", r.name, language, content)
		}
		return block
	})
}

// application compares an application with the one that the tests of the
// TypeScript target run in a browser.
func (r *reader) application(content string) {
	m := fileComment.FindStringSubmatch(content)
	if m == nil {
		r.t.Errorf("%s: the application names no file:\n%s", r.name, content)
		return
	}
	if want := string(read(r.t, filepath.Join(r.root, "generator/typescript/testdata", m[1]))); content[len(m[0]):] != want {
		r.t.Errorf("%s does not show the application of the tests:\n%s", r.name, want)
	}
}

// file writes a file, or looks for the text in one that exists. The first line,
// which names the file, is a part of it in languages with comments: who copies the
// block keeps it.
func (r *reader) file(content string, hasComments bool) {
	if strings.HasPrefix(content, "outputs:\n") {
		const catalog = "version: 1\ncatalog: { name: shop }\nerrors: { OUT_OF_STOCK: { http_status: 409 } }\n"
		if out := r.runWith(r.dir, "errcat lint -c -", catalog+content); out != "" {
			r.t.Errorf("%s: the outputs\n%s\nare not valid:\n%s", r.name, content, out)
		}
		return
	}
	m := fileComment.FindStringSubmatch(content)
	if m == nil {
		r.t.Errorf("%s: the block names no file:\n%s", r.name, content)
		return
	}
	content = onOwnHost(content)
	name, text := filepath.Join(r.dir, m[1]), content[len(m[0]):]
	old, err := os.ReadFile(name)
	if err == nil && m[2] == "" {
		if !strings.Contains(string(old), text) {
			r.t.Errorf("%s: the file %s does not have the lines:\n%s", r.name, m[1], text)
		}
		return
	}
	if r.onlyExcerpts {
		r.t.Errorf("%s: the file %s does not exist", r.name, m[1])
		return
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if hasComments {
		text = content
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
	if strings.HasPrefix(m[1], ".github/workflows/") {
		// As for a pull request: HEAD is a merge commit.
		r.run(r.dir, "git init -q && git add -A && git commit -q -m base && git update-ref refs/remotes/origin/main HEAD && git commit -q --allow-empty -m merge")
		for _, step := range workflowStep.FindAllStringSubmatch(text, -1) {
			r.run(r.dir, "GITHUB_BASE_REF=main; "+step[1])
		}
	}
}

// workflowStep is a command of a GitHub workflow.
var workflowStep = regexp.MustCompile(`(?m)^ *- run: (.+)$`)

// console runs the commands of a block, and returns it with what they print.
func (r *reader) console(block string) string {
	var now strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		now.WriteString(line)
		if m := npmInstall.FindStringSubmatch(line); m != nil {
			r.install(strings.Fields(m[1]))
			continue
		}
		// Prettier removes spaces at the end of a line.
		printed := strings.ReplaceAll(r.run(r.dir, onOwnHost(strings.TrimSpace(command))), ownHost+":", documentedHost+":")
		now.WriteString(trailingSpace.ReplaceAllString(printed, ""))
	}
	if now.String() != block && !*update {
		r.t.Errorf("%s says:\n%s\nThe commands print:\n%s", r.name, block, now.String())
	}
	return now.String()
}

// npmInstall is the command that installs packages of npm.
var npmInstall = regexp.MustCompile(`^\$ npm install (?:-D )?([\w .@-]+)\n$`)

// installed are the packages of this repository that have another name than the one
// to install. The newest TypeScript is much the fastest.
var installed = map[string]string{"typescript": "typescript-7", "typescript@5": "typescript"}

// install does what npm install does for the next commands: with the packages of
// this repository, and without the network.
func (r *reader) install(packages []string) {
	r.run(r.dir, "mkdir -p node_modules/.bin")
	for _, spec := range packages {
		name, _, _ := strings.Cut(spec, "@")
		source := filepath.Join(r.root, "node_modules", cmp.Or(installed[spec], spec))
		if !exists(filepath.Join(source, "package.json")) {
			r.t.Errorf("%s: the package %s is not one of this repository", r.name, spec)
			continue
		}
		r.run(r.dir, "ln -sfn '"+source+"' node_modules/"+name)
		if name == "typescript" {
			r.run(r.dir, "ln -sf ../typescript/bin/tsc node_modules/.bin/")
		}
	}
}

// run runs a shell command and returns what it prints.
func (r *reader) run(dir, command string) string { return r.runWith(dir, command, "") }

// runWith runs a shell command with an input and returns what it prints.
func (r *reader) runWith(dir, command, stdin string) string {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = r.env
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	isFinding := strings.HasPrefix(command, "errcat ") && cmd.ProcessState.ExitCode() == statusFindings
	if err != nil && !isFinding {
		r.t.Errorf("%s: %s: %v\n%s%s", r.name, command, err, out, stderr.Bytes())
	}
	return string(out)
}

// server finds commands that start a server, with the file that has its process.
var server = regexp.MustCompile(`\$ .* & echo \$! > (\S+)\n`)

// stop fails if the page does not end a server that it has started, and waits until all
// have ended.
func (r *reader) stop() {
	for _, m := range server.FindAllStringSubmatch(r.text, -1) {
		end := "kill $(cat " + m[1] + ")"
		if !strings.Contains(r.text, "$ "+end+"\n") {
			r.t.Errorf("%s: the server of %s is not stopped", r.name, m[1])
		}
		if r.t.Failed() {
			cmd := exec.Command("sh", "-c", end)
			cmd.Dir = r.dir
			_ = cmd.Run() // it may have ended
		}
	}
	for _, a := range address.FindAllString(r.text, -1) {
		for conn, err := net.Dial("tcp", onOwnHost(a)); err == nil; conn, err = net.Dial("tcp", onOwnHost(a)) {
			conn.Close()
			time.Sleep(time.Millisecond)
		}
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
