package main

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/errcat/errcat/generator/gittest"
	"github.com/errcat/errcat/generator/gomod"
	"github.com/errcat/errcat/generator/interoptest"
)

// action is action.yml.
type action struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Name, Shell, Run, Uses string
			WorkingDirectory       string `yaml:"working-directory"`
			Env                    map[string]string
		}
	}
}

// readAction reads action.yml.
func readAction(t *testing.T) action {
	t.Helper()
	var a action
	if err := yaml.Unmarshal(read(t, "../../action.yml"), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

var expression = regexp.MustCompile(`\$\{\{ *([\w.-]+) *\}\}`)

// run executes the steps of the action in a folder as a runner of GitHub does. It
// returns the exit status, what the steps print, and what they print as errors.
func (a action) run(t *testing.T, dir string, inputs map[string]string, env ...string) (status int, stdout, stderr string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"github.action_path": root, "github.action_ref": "", "github.base_ref": ""}
	for name, input := range a.Inputs {
		values["inputs."+name] = input.Default
	}
	for name, value := range inputs {
		if _, ok := a.Inputs[name]; ok {
			values["inputs."+name] = value
		} else if _, ok := values[name]; ok {
			values[name] = value
		} else {
			t.Fatalf("the action has no input %s", name)
		}
	}
	evaluate := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(e string) string {
			name := expression.FindStringSubmatch(e)[1]
			value, ok := values[name]
			if !ok {
				t.Errorf("action.yml uses %s, which is not known", name)
			}
			return value
		})
	}
	var out, errs bytes.Buffer
	for _, step := range a.Runs.Steps {
		script := filepath.Join(t.TempDir(), "step.sh")
		if err := os.WriteFile(script, []byte(step.Run), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
		cmd.Dir = filepath.Join(dir, evaluate(step.WorkingDirectory))
		cmd.Env = append(os.Environ(), "LC_ALL=C", "RUNNER_TEMP="+t.TempDir())
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+evaluate(value))
		}
		cmd.Env = append(cmd.Env, env...)
		cmd.Stdout, cmd.Stderr = &out, &errs
		err := cmd.Run()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if status = cmd.ProcessState.ExitCode(); status != 0 {
			break
		}
	}
	return status, out.String(), errs.String()
}

// TestActionText checks what cannot be seen by running the action: no input is a
// part of a script, nothing else is downloaded, and docs/ci.md has its inputs.
func TestActionText(t *testing.T) {
	a := readAction(t)
	if a.Runs.Using != "composite" || len(a.Runs.Steps) == 0 {
		t.Fatal("the action has no steps")
	}
	for _, step := range a.Runs.Steps {
		if step.Shell != "bash" || step.Uses != "" || strings.Contains(step.Run, "${{") {
			t.Errorf("the step %s has to run bash, without expressions:\n%s", step.Name, step.Run)
		}
		if m := regexp.MustCompile(`\b(curl|wget|npm|npx|pip|apt-get|brew|docker|gh|git|eval)\b`).FindString(step.Run); m != "" {
			t.Errorf("the step %s runs %s", step.Name, m)
		}
	}
	var documented []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([\\w-]+)` +\\| [^|]+\\| [^|]+\\|$").FindAllStringSubmatch(readPage(t, "../..", "docs/ci.md"), -1) {
		if _, ok := a.Inputs[m[1]]; ok {
			documented = append(documented, m[1])
		}
	}
	slices.Sort(documented)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(a.Inputs)), documented); diff != "" {
		t.Errorf("docs/ci.md has a row for each input (-action.yml +docs/ci.md):\n%s", diff)
	}
}

// fakeGo is a go command that lists errcat as a tool of the module. As errcat, it
// records its arguments, prints a finding, and has the exit status of a file.
const fakeGo = `#!/bin/bash
[[ $1 == tool ]] || exit 9
if (($# == 1)); then
	printf '%s\n' compile github.com/errcat/errcat/cmd/errcat
	exit
fi
shift 2
printf '[%s]' "$@" >>"$RECORD"
echo >>"$RECORD"
echo "::error::found by all"
echo "::error::found by $1"
exit "$(cat "$RECORD.$1" 2>/dev/null || echo 0)"
`

// writeProgram writes a program. Meanwhile no test can start a process, which would have
// the file open for writing until it runs its own program: then nobody could run this one.
func writeProgram(t *testing.T, path, text string) {
	t.Helper()
	syscall.ForkLock.RLock()
	err := os.WriteFile(path, []byte(text), 0o755)
	syscall.ForkLock.RUnlock()
	mustDo(t, err)
}

// TestActionArguments checks the arguments that errcat gets for hostile and other
// inputs, and the exit status of the action.
func TestActionArguments(t *testing.T) {
	a := readAction(t)
	const evil = "$(touch pwned) `touch pwned`; touch pwned & \"' * ~ \\"
	for name, test := range map[string]struct {
		inputs   map[string]string
		statuses map[string]string // of the commands of errcat
		want     int
		record   string
		stdout   string // if it matters
	}{
		"defaults": {
			record: "[lint][--format=github]\n[check][--format=github]\n",
			stdout: "::error::found by all\n::error::found by lint\nerrcat lint: exit status 0\n::error::found by check\nerrcat check: exit status 0\n",
		},
		"all": {
			inputs: map[string]string{"commands": "lint  check\nfmt breaking\n", "strict": "true", "catalogs": "a.yaml\n\nb c.yaml\r\n", "against": "v1.0.0"},
			record: "[lint][--format=github][--catalog=a.yaml][--catalog=b c.yaml][--strict]\n" +
				"[check][--format=github][--catalog=a.yaml][--catalog=b c.yaml][--strict]\n" +
				"[fmt][--format=github][--catalog=a.yaml][--catalog=b c.yaml][--check]\n" +
				"[breaking][--format=github][--catalog=a.yaml][--catalog=b c.yaml][--strict][--against=v1.0.0]\n",
		},
		"all run if one has findings": {
			statuses: map[string]string{"lint": "1"},
			want:     1,
			record:   "[lint][--format=github]\n[check][--format=github]\n",
		},
		"the worst status counts": {
			inputs:   map[string]string{"commands": "lint check fmt"},
			statuses: map[string]string{"lint": "2", "check": "1"},
			want:     2,
			record:   "[lint][--format=github]\n[check][--format=github]\n[fmt][--format=github][--check]\n",
		},
		"pull request": {
			inputs: map[string]string{"commands": "breaking", "github.base_ref": "release/1.x"},
			record: "[breaking][--format=github][--against=origin/release/1.x]\n",
		},
		"hostile branch": {
			inputs: map[string]string{"commands": "breaking", "github.base_ref": evil},
			record: "[breaking][--format=github][--against=origin/" + evil + "]\n",
		},
		"hostile against": {
			inputs: map[string]string{"commands": "breaking", "against": "--format=json " + evil},
			record: "[breaking][--format=github][--against=--format=json " + evil + "]\n",
		},
		"hostile catalogs": {
			inputs: map[string]string{"commands": "lint fmt", "catalogs": "--help\n" + evil + "\n*"},
			record: "[lint][--format=github][--catalog=--help][--catalog=" + evil + "][--catalog=*]\n[fmt][--format=github][--catalog=--help][--catalog=" + evil + "][--catalog=*][--check]\n",
		},
		"push": {
			inputs: map[string]string{"commands": "breaking lint"},
			record: "[lint][--format=github]\n",
			stdout: "errcat breaking: not run, since this is no pull request and the input against is empty\n::error::found by all\n::error::found by lint\nerrcat lint: exit status 0\n",
		},
		"no command": {
			inputs: map[string]string{"commands": " \n"},
			want:   2,
			stdout: "::error title=errcat::the input commands is empty\n",
		},
		"other command": {
			inputs: map[string]string{"commands": "lint generate"},
			want:   2,
			stdout: "::error title=errcat::the input commands has generate, and must be of lint, check, fmt and breaking\n",
		},
		"hostile command": {
			inputs: map[string]string{"commands": "lint;touch${IFS}pwned *"},
			want:   2,
			stdout: "::error title=errcat::the input commands has lint;touch${IFS}pwned, and must be of lint, check, fmt and breaking\n",
		},
		"flag as a command": {
			inputs: map[string]string{"commands": "--version"},
			want:   2,
		},
		"hostile strict": {
			inputs: map[string]string{"strict": "true\n::set-env name=PATH::" + evil},
			want:   2,
			stdout: "::error title=errcat::the input strict is true ::set-env name=PATH::" + evil + ", and must be true or false\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, bin := t.TempDir(), t.TempDir()
			record := filepath.Join(bin, "record")
			writeProgram(t, filepath.Join(bin, "go"), fakeGo)
			if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
			for command, status := range test.statuses {
				if err := os.WriteFile(record+"."+command, []byte(status), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			status, stdout, stderr := a.run(t, dir, test.inputs, "RECORD="+record, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			if status != test.want || stderr != "" {
				t.Errorf("exit status %d, want %d\n%s%s", status, test.want, stdout, stderr)
			}
			got, err := os.ReadFile(record)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.record, string(got)); diff != "" {
				t.Errorf("errcat runs (-want +got):\n%s", diff)
			}
			if test.stdout != "" && stdout != test.stdout {
				t.Errorf("stdout:\n%s\nwant:\n%s", stdout, test.stdout)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil || len(files) != 1 {
				t.Errorf("the action leaves %q (%v)", files, err)
			}
		})
	}
}

// TestAction runs the action with errcat itself: built from the source of the
// action, as a tool of the module of the user, and in a version of its own.
func TestAction(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds errcat")
	}
	t.Parallel()
	a := readAction(t)
	path := "PATH=" + onlyPrograms(t, "go", "bash", "grep")
	env := append(publish(t), path)
	const mistakes = "version: 1\ncatalog: { name: shop }\nerrors:\n  OUT_OF_STOCK: { code: 1001, http_status: 409 }\n"
	const finding = "::error title=errcat%3A unquoted-string,file=shop/catalog.yaml,line=4,endLine=4,col=25,endColumn=29::"
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("shop/catalog.yaml", mistakes)
	temp := ""
	inputs := func(pairs ...string) map[string]string {
		m := map[string]string{"working-directory": "shop"}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	check := func(name string, inputs map[string]string, want int, wantOutput string, env ...string) {
		t.Helper()
		temp = t.TempDir()
		status, stdout, stderr := a.run(t, dir, inputs, append(env, "RUNNER_TEMP="+temp)...)
		if status != want || strings.Count(stdout, wantOutput) != 1 {
			t.Errorf("%s: exit status %d, want %d and once %q\n%s%s", name, status, want, wantOutput, stdout, stderr)
		}
	}
	checkVersion := func(want string) {
		t.Helper()
		if out, err := exec.Command(filepath.Join(temp, "errcat-bin/errcat"), "--version").Output(); err != nil || !strings.HasPrefix(string(out), "errcat "+want+" ") {
			t.Errorf("errcat --version: %q, %v; want %s", out, err, want)
		}
	}
	// The user's workspace is not that of the action.
	write("go.work", "go 1.26\n\nuse ./other\n")
	write("other/go.mod", "module example.com/other\n\ngo 1.26\n")
	check("source of the action", inputs("github.action_ref", "v1.2.3"), 1, finding, path, "GOWORK="+filepath.Join(dir, "go.work"))
	checkVersion("v1.2.3")
	check("version", inputs("version", published), 1, finding, env...)
	checkVersion(published)
	check("missing version", inputs("version", "v9.9.9"), 2, "::error title=errcat::errcat was not installed\n", env...)
	check("hostile version", inputs("version", "latest; touch pwned"), 2, "::error title=errcat::errcat was not installed\n", env...)
	check("no Go", inputs(), 2, "::error title=errcat::errcat needs Go; add a step with actions/setup-go\n", "PATH="+onlyPrograms(t, "bash", "grep"))

	// As a tool of the user's module.
	bin := t.TempDir()
	writeProgram(t, filepath.Join(bin, "go"), goToolErrcat)
	env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH")}
	check("tool", inputs(), 1, finding, env...)
	write("shop/catalog.yaml", "version: 1\ncatalog: { name: shop }\nerrors:\n  OUT_OF_STOCK: {code: \"1001\", http_status: 409}\noutputs:\n  - { target: json, path: errors.json }\n")
	check("missing file", inputs("commands", "lint check fmt"), 1, "::error title=errcat%3A missing-file,file=shop/", env...)
	check("format", inputs("commands", "fmt"), 1, "::error title=errcat%3A not-formatted,file=shop/catalog.yaml,line=4,endLine=4::", env...)
	for _, name := range []string{"pwned", "shop/pwned"} {
		if exists(filepath.Join(dir, name)) {
			t.Errorf("%s was made", name)
		}
	}
}

// onlyPrograms returns a folder for PATH that has a few programs and no others.
func onlyPrograms(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err == nil {
			err = os.Symlink(path, filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestActionSchema checks action.yml by the schema that GitHub publishes.
func TestActionSchema(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs npm packages")
	}
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "action.cjs")
	// The package imports JSON in a way of bundlers.
	cmd := exec.Command(filepath.Join(root, "node_modules/.bin/esbuild"), "cmd/errcat/testdata/ci/action.mjs",
		"--bundle", "--platform=node", "--outfile="+script, "--log-level=error")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v (npm ci installs the tools)\n%s", err, out)
	}
	validate := func(name string) string {
		out, err := exec.Command("node", script, name).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	name := filepath.Join(root, "action.yml")
	if out := validate(name); out != "" {
		t.Errorf("action.yml is not valid:\n%s", out)
	}
	invalid := filepath.Join(t.TempDir(), "action.yml")
	if err := os.WriteFile(invalid, bytes.Replace(read(t, name), []byte("shell: bash"), nil, 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := validate(invalid); !strings.Contains(out, "shell") {
		t.Errorf("an action without a shell: %q", out)
	}
}

// TestWorkflows checks the workflows of this repository, those of docs/ci.md and
// the one of errcat init. They use the action with inputs that it has.
func TestWorkflows(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds actionlint")
	}
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	workflows := filepath.Join(dir, ".github/workflows")
	err = errors.Join(
		os.Mkdir(filepath.Join(dir, ".git"), 0o755),
		os.CopyFS(workflows, os.DirFS(filepath.Join(root, ".github/workflows"))),
		os.WriteFile(filepath.Join(dir, "action.yml"), read(t, filepath.Join(root, "action.yml")), 0o644),
	)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range blocks(t, "docs/ci.md", ".github/workflows/errors.yml") {
		text = regexp.MustCompile(`errcat/errcat@\S+`).ReplaceAllString(text, "./")
		if err := os.WriteFile(filepath.Join(workflows, string(rune('a'+i))+".yml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	skeleton := exec.Command("errcat", "init")
	skeleton.Dir = dir
	if out, err := skeleton.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(workflows, "*.yml"))
	if err != nil || len(files) != 6 {
		t.Fatalf("the workflows are %q (%v)", files, err)
	}
	cmd := exec.Command("go", append([]string{"tool", "-modfile=.ci/tools/go.mod", "actionlint", "-no-color", "-shellcheck=", "-pyflakes="}, files...)...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestPins checks that each action that runs here is named by a commit, with its
// version, and always by the same one.
func TestPins(t *testing.T) {
	files, err := filepath.Glob("../../.github/*/*.yml")
	if err != nil || len(files) < 2 {
		t.Fatalf("the workflows are %q (%v)", files, err)
	}
	pins := make(map[string]string)
	pinned := regexp.MustCompile(`^([\w-]+/[\w./-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$`)
	for _, file := range append(files, "../../action.yml") {
		for _, m := range regexp.MustCompile(`(?m)\buses: *(.*)$`).FindAllStringSubmatch(string(read(t, file)), -1) {
			if m[1] == "./" {
				continue
			}
			pin := pinned.FindStringSubmatch(m[1])
			if pin == nil {
				t.Errorf("%s: %s has to be ACTION@COMMIT # VERSION", file, m[0])
				continue
			}
			if other, ok := pins[pin[1]]; ok && other != pin[2] {
				t.Errorf("%s: %s is %s and %s", file, pin[1], pin[2], other)
			}
			pins[pin[1]] = pin[2]
		}
	}
	if len(pins) < 3 {
		t.Errorf("the workflows use only %v", pins)
	}
}

// blocks returns the examples of a page for a file.
func blocks(t *testing.T, page, file string) []string {
	t.Helper()
	var found []string
	for _, m := range fence.FindAllStringSubmatch(readPage(t, "../..", page), -1) {
		if c := fileComment.FindStringSubmatch(m[2]); c != nil && c[1] == file {
			found = append(found, m[2][len(c[0]):])
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s does not show %s", page, file)
	}
	return found
}

// goToolErrcat is a go command of a module that has the errcat of the tests as a
// tool.
const goToolErrcat = `#!/bin/sh
case "$*" in
tool) echo ` + gomod.ErrcatCommand + ` ;;
"tool errcat "*) shift 2 && exec errcat "$@" ;;
*) exit 9 ;;
esac
`

// smallCatalog is a catalog in its canonical form.
const smallCatalog = `version: 1
catalog: { name: shop }
errors:
  OUT_OF_STOCK: { code: "1001", http_status: 409, message: "{product} is out of stock", params: { product: string } }
outputs:
  - { target: json, path: errors.json }
  - { target: markdown, path: docs/errors.md }
`

// TestGitLab checks the pipeline of docs/ci.md by the schema that GitLab
// publishes, and runs its job.
func TestGitLab(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs npm packages")
	}
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	text := blocks(t, "docs/ci.md", ".gitlab-ci.yml")[0]
	var pipeline struct {
		Errcat struct {
			Script    []string
			Artifacts struct{ Reports struct{ Codequality string } }
		}
		Breaking struct{ Script []string } `yaml:"errcat-breaking"`
	}
	if err := yaml.Unmarshal([]byte(text), &pipeline); err != nil {
		t.Fatal(err)
	}
	validate := func(text string) (string, error) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".gitlab-ci.yml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("sh", "-c", "git init -q && '"+root+"/node_modules/.bin/gitlab-ci-local' --list --no-color")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := validate(text); err != nil || !strings.Contains(out, "json schema validated") {
		t.Errorf("the pipeline is not valid: %v\n%s", err, out)
	}
	if out, err := validate(strings.Replace(text, "when: always", "when: sometimes", 1)); err == nil {
		t.Errorf("a pipeline with a mistake is valid:\n%s", out)
	}

	dir, bin := t.TempDir(), t.TempDir()
	mustWrite(t, filepath.Join(dir, "catalog.yaml"), smallCatalog)
	writeProgram(t, filepath.Join(bin, "go"), goToolErrcat)
	run := func(script ...string) ([]byte, error) {
		cmd := exec.Command("sh", "-ec", strings.Join(script, "\n"))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), gittest.Env()...)
		cmd.Env = append(cmd.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD")
		return cmd.CombinedOutput()
	}
	if out, err := run("git init -q", "errcat generate -q", "git add -A", "git commit -q -m first"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	report := filepath.Join(dir, pipeline.Errcat.Artifacts.Reports.Codequality)
	if out, err := run(pipeline.Errcat.Script...); err != nil || strings.TrimSpace(string(read(t, report))) != "[]" {
		t.Errorf("without findings: %v\n%s%s", err, out, read(t, report))
	}
	if err := os.Remove(filepath.Join(dir, "errors.json")); err != nil {
		t.Fatal(err)
	}
	if out, err := run(pipeline.Errcat.Script...); err == nil || !strings.Contains(string(read(t, report)), `"missing-file"`) {
		t.Errorf("with a missing file: %v\n%s%s", err, out, read(t, report))
	}
	for text, rule := range map[string]string{
		strings.Replace(smallCatalog, "1001", "1002", 1):                                                        "[code-changed]",
		strings.Replace(smallCatalog, "errors:\n", "errors:\n  NEW: { code: \"1002\", http_status: 409 }\n", 1): "",
	} {
		if err := os.WriteFile(filepath.Join(dir, "catalog.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := run(pipeline.Breaking.Script...); (err == nil) != (rule == "") || !strings.Contains(string(out), rule) {
			t.Errorf("breaking: %v, want %q\n%s", err, rule, out)
		}
	}
}

// goInstallErrcat is a go command that installs the errcat of the tests.
const goInstallErrcat = `#!/bin/sh
[ "$*" = "install ./..." ] && [ -f cmd/errcat/main.go ] || exit 9
mkdir -p "$GOPATH/bin" && ln -s "$(command -v errcat)" "$GOPATH/bin/errcat"
`

// TestPreCommit runs the hooks by the configuration of docs/ci.md. In full, the go
// command builds errcat for them.
func TestPreCommit(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds errcat")
	}
	t.Parallel()
	home, hooks, dir := t.TempDir(), filepath.Join(t.TempDir(), "errcat"), t.TempDir()
	env := append(os.Environ(), publish(t)...)
	env = append(env, "PRE_COMMIT_HOME="+home, "PRE_COMMIT_COLOR=never", "NO_COLOR=1",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	interoptest.Report(t, "the hooks pass and fail as they should, with errcat as go install builds it")
	run := func(dir, command string) (string, error) {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir, cmd.Env = dir, env
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	must := func(dir, command string) {
		t.Helper()
		if out, err := run(dir, command); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}

	// The repository of the hooks is what users get of this one.
	must(dir, "go mod download "+gomod.Errcat+"@"+published+` && cp -r "$GOMODCACHE/`+gomod.Errcat+"@"+published+`" `+hooks)
	// The other commands would also be built, and take their time.
	for _, other := range []string{"errcatbench", "smileid-demo"} {
		if err := os.RemoveAll(filepath.Join(hooks, "cmd", other)); err != nil {
			t.Fatal(err)
		}
	}
	if !interoptest.All {
		bin := t.TempDir()
		writeProgram(t, filepath.Join(bin, "go"), goInstallErrcat)
		env = append(env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	}
	// Debian's pre-commit can be older than the name of the stage.
	stage := "pre-push"
	if help, err := run(dir, "pre-commit run --help"); err != nil {
		t.Fatalf("%v\n%s", err, help)
	} else if !regexp.MustCompile(`[{,]pre-push[,}]`).MatchString(help) {
		stage = "push"
		must(hooks, `sed -i -e 's/\[pre-push\]/[push]/' -e /minimum_pre_commit_version/d .pre-commit-hooks.yaml`)
	}
	must(hooks, "git init -q && git add -A && git commit -q -m hooks && git tag "+published+" && pre-commit validate-manifest")
	must(dir, "git init -q")
	configs := blocks(t, "docs/ci.md", ".pre-commit-config.yaml")
	for _, config := range configs {
		write(".pre-commit-config.yaml", config)
		must(dir, "pre-commit validate-config")
	}
	config := strings.Replace(configs[0], "https://"+gomod.Errcat, hooks, 1)
	write(".pre-commit-config.yaml", config)
	for _, id := range regexp.MustCompile(`(?m)^- id: (\S+)$`).FindAllStringSubmatch(string(read(t, "../../.pre-commit-hooks.yaml")), -1) {
		if !strings.Contains(config, "id: "+id[1]+"\n") {
			t.Errorf("docs/ci.md does not show the hook %s", id[1])
		}
	}

	write("catalog.yaml", smallCatalog)
	must(dir, "errcat generate -q && git add -A")
	if out, err := run(dir, "pre-commit run"); err != nil || strings.Count(out, "Passed") != 3 {
		t.Errorf("without findings: %v\n%s", err, out)
	}
	write("catalog.yaml", strings.Replace(smallCatalog, "{ name: shop }", "{name: shop}", 1))
	write("errors.json", "{}\n")
	must(dir, "git add -A")
	out, err := run(dir, "pre-commit run")
	if err == nil || !strings.Contains(out, "files were modified by this hook") || !strings.Contains(out, "errcat generate") || strings.Count(out, "Passed") != 1 {
		t.Errorf("with findings: %v\n%s", err, out)
	}
	if got := string(read(t, filepath.Join(dir, "catalog.yaml"))); got != smallCatalog {
		t.Errorf("the hook errcat-fmt has written\n%s", got)
	}

	// The hook before a push compares with what was pushed before.
	must(dir, "errcat generate -q --force && git add -A && git commit -q -m first && git update-ref refs/remotes/origin/main HEAD")
	write("catalog.yaml", strings.Replace(smallCatalog, `"1001"`, `"1002"`, 1))
	must(dir, "errcat generate -q && git add -A && git commit -q -m second")
	out, err = run(dir, "pre-commit run --all-files --hook-stage "+stage)
	if err == nil || !strings.Contains(out, "error[code-changed]") {
		t.Errorf("with a breaking change: %v\n%s", err, out)
	}
	write("catalog.yaml", smallCatalog)
	must(dir, "errcat generate -q && git add -A && git commit -q -m third")
	if out, err := run(dir, "pre-commit run --all-files --hook-stage "+stage); err != nil || strings.Count(out, "Passed") != 4 {
		t.Errorf("without a breaking change: %v\n%s", err, out)
	}
}

// TestRelease checks the configuration of GoReleaser by its own schema, and builds
// errcat as that says. The schema is what goreleaser jsonschema prints, of the
// version in the Makefile.
func TestRelease(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/ci/goreleaser.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, "../../.goreleaser.yaml")
	var config any
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(config); err != nil {
		t.Error(err)
	}
	var release struct {
		Builds []struct {
			Main                string
			Flags, Ldflags, Env []string
		}
		Archives []struct{ Files []struct{ Src string } }
	}
	if err := yaml.Unmarshal(text, &release); err != nil {
		t.Fatal(err)
	}
	for _, archive := range release.Archives {
		for _, file := range archive.Files {
			if !exists(filepath.Join("../..", file.Src)) {
				t.Errorf("the file %s of the archives does not exist", file.Src)
			}
		}
	}
	if testing.Short() {
		return
	}
	interoptest.Report(t, "errcat is built with all flags, and prints its version")
	for _, build := range release.Builds {
		binary := filepath.Join(t.TempDir(), "errcat")
		args := []string{"build", "-o", binary, "-ldflags", strings.ReplaceAll(strings.Join(build.Ldflags, " "), "{{ .Version }}", "1.2.3")}
		if interoptest.All {
			args = append(args, build.Flags...)
		} else {
			build.Env = nil
		}
		cmd := exec.Command("go", append(args, build.Main)...)
		cmd.Dir, cmd.Env = "../..", append(os.Environ(), build.Env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if out, err := exec.Command(binary, "--version").Output(); err != nil || !strings.HasPrefix(string(out), "errcat v1.2.3 go") {
			t.Errorf("errcat --version: %q, %v", out, err)
		}
	}
}
