package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/term"

	"github.com/errcat/errcat/generator/terminal"
)

// pagerFlag turns the pager off.
type pagerFlag struct {
	NoPager bool `help:"Print to the terminal without a pager."`
}

// print writes what a function renders to standard output. If that is a terminal
// with fewer lines, it starts a pager, as git and gh do.
func (f pagerFlag) print(env *environment, render func(style terminal.Style) (string, error)) error {
	style := styleFor(env.stdout)
	text, err := render(style)
	if err != nil {
		return err
	}
	if pager := f.pager(env, text); pager != "" {
		started, err := env.page(pager, text)
		if started {
			return err
		}
	}
	if hasLinks(env.stdout) {
		text = terminal.Linked(text)
	}
	_, err = io.WriteString(env.stdout, text)
	return err
}

// pager returns the command of the pager for a text, or "" if there is none.
func (f pagerFlag) pager(env *environment, text string) string {
	if f.NoPager || !isTerminal(env.stdout) || os.Getenv("TERM") == "dumb" {
		return ""
	}
	_, rows, err := term.GetSize(int(env.stdout.(*os.File).Fd()))
	if err != nil || rows <= 0 || strings.Count(text, "\n") < rows {
		return ""
	}
	for _, name := range []string{"ERRCAT_PAGER", "PAGER"} {
		if pager, ok := os.LookupEnv(name); ok {
			if pager = strings.TrimSpace(pager); pager == "cat" {
				return ""
			}
			return pager
		}
	}
	if _, err := exec.LookPath("less"); err != nil {
		return ""
	}
	return "less"
}

// page shows a text in a pager, and reports whether that has started. Who uses the
// pager can leave it before the end of the text.
func (env *environment) page(pager, text string) (started bool, err error) {
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/c"
	}
	cmd := exec.Command(shell, flag, pager)
	cmd.Stdout, cmd.Stderr = env.stdout, env.stderr
	// Colors, no pager for a short text, and the text stays on the screen.
	cmd.Env = os.Environ()
	for name, value := range map[string]string{"LESS": "FRX", "LV": "-c"} {
		if _, ok := os.LookupEnv(name); !ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return false, err
	}
	// Until the pager ends, no signal ends errcat: the terminal is the pager's.
	env.writing.Lock()
	defer env.writing.Unlock()
	if err := cmd.Start(); err != nil {
		return false, err
	}
	signal.Ignore(os.Interrupt)
	_, err = io.WriteString(in, text)
	err = errors.Join(err, in.Close())
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		err = nil
	}
	if waitErr := cmd.Wait(); err == nil && waitErr != nil {
		// A pager that fails, as one that is not there, has shown why.
		err = errors.New("the pager failed: " + waitErr.Error() + "; see ERRCAT_PAGER, PAGER and --no-pager")
	}
	return true, err
}

// hasLinks reports whether w is a terminal that is known to show hyperlinks.
func hasLinks(w io.Writer) bool {
	if !isTerminal(w) {
		return false
	}
	if force, ok := os.LookupEnv("FORCE_HYPERLINK"); ok {
		return force != "" && force != "0"
	}
	if os.Getenv("TERM") == "dumb" || os.Getenv("NO_COLOR") != "" {
		return false
	}
	return knowsLinks(os.Getenv)
}

// knowsLinks reports whether the variables of a terminal are those of one that shows
// hyperlinks. A multiplexer may not pass them on.
func knowsLinks(env func(name string) string) bool {
	if env("TMUX") != "" || env("STY") != "" {
		return false
	}
	for _, name := range []string{"WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "GHOSTTY_RESOURCES_DIR", "ALACRITTY_WINDOW_ID"} {
		if env(name) != "" {
			return true
		}
	}
	switch env("TERM_PROGRAM") {
	case "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "zed":
		return true
	}
	switch env("TERM") { // all that ssh passes on
	case "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm", "contour":
		return true
	}
	// Version 0.50.0 of VTE crashes.
	vte := env("VTE_VERSION")
	return len(vte) >= 4 && vte > "5000"
}
