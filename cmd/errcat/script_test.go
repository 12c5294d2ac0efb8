package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/errcat/errcat/generator/gittest"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

// TestMain provides the errcat command of the scripts, and removes what the tests
// share.
func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"errcat": main})
}

type tests struct{ *testing.M }

func (m tests) Run() int {
	status := m.M.Run()
	if err := os.RemoveAll(publishedDir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return status
}

// TestScripts runs the scripts in testdata, which use the command as in a shell.
func TestScripts(t *testing.T) { runScripts(t, "testdata") }

// runScripts runs the scripts in a folder.
func runScripts(t *testing.T, dir string) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	// The go command of a script uses the modules in the cache, without the network.
	machine := []string{"GOMODCACHE", "GOCACHE", "GOPROXY", "GONOSUMDB", "GOFLAGS"}
	out, err := exec.Command("go", append([]string{"env"}, machine...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(string(out), "\n")
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"proxy": proxy,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", root)
			errcat, err := exec.LookPath("errcat")
			if err != nil {
				return err
			}
			env.Setenv("ERRCAT", errcat) // if PATH is changed
			for _, variable := range gittest.Env() {
				name, value, _ := strings.Cut(variable, "=")
				env.Setenv(name, value)
			}
			env.Setenv("GOVCS", "*:off")
			for i, name := range machine {
				env.Setenv(name, values[i])
			}
			return nil
		},
	})
}

// exits runs a command and checks its exit status: exits 1 errcat check.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
