package git

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

var (
	// ErrNoRepository means that a folder belongs to no repository.
	ErrNoRepository = errors.New("not a git repository")
	// ErrNoRevision means that the repository here has no such revision. Another
	// clone may have it.
	ErrNoRevision = errors.New("no such revision")
	// ErrNoFile means that a revision has no such file. It is certain: what could
	// not be read is another error.
	ErrNoFile = fs.ErrNotExist
)

// problem is an error with a text for people, which includes what helps.
type problem struct {
	text string
	kind error // nil, or one of the errors above
}

func (p *problem) Error() string { return p.text }

// Is makes errors.Is find the kind.
func (p *problem) Is(target error) bool { return p.kind != nil && p.kind == target }

// newProblem returns an error of a kind. If the commands have been ended, nothing is
// certain about the repository, and the error is the cause of that.
func (r *Repository) newProblem(kind error, format string, args ...any) error {
	if r.ctx.Err() != nil {
		return context.Cause(r.ctx)
	}
	return &problem{fmt.Sprintf(format, args...), kind}
}

// runHelp returns the end of a message: the commands of git that help, one after the
// other.
func (r *Repository) runHelp(commands ...[]string) string {
	lines := make([]string, len(commands))
	for i, words := range commands {
		lines[i] = r.shellCommand(words...)
	}
	return "; run: " + strings.Join(lines, " && ")
}

// shellCommand returns a command of git as a line for a shell in the working directory,
// which may belong to no repository, or to that around a submodule.
func (r *Repository) shellCommand(words ...string) string {
	line := []string{"git"}
	if dir := r.elsewhere(); dir != "" {
		line = append(line, "-C", dir)
	}
	return diag.ShellCommand(append(line, words...)...)
}

// elsewhere returns the folder of the repository, relative to the working directory if
// that is above it, "" if the working directory belongs to the repository.
func (r *Repository) elsewhere() string {
	here, err := os.Getwd()
	if err != nil {
		return r.dir
	}
	if repo, err := Open(r.ctx, here); err == nil && repo.dir == r.dir {
		return ""
	}
	if here, err = filepath.EvalSymlinks(here); err != nil {
		return r.dir
	}
	if dir, err := filepath.Rel(here, r.dir); err == nil && filepath.IsLocal(dir) {
		return filepath.ToSlash(dir)
	}
	return r.dir
}

// failure explains why git has failed.
func (r *Repository) failure(command string, err error, stderr string) error {
	if r.ctx.Err() != nil {
		return context.Cause(r.ctx)
	}
	message := complaint(stderr)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return r.newProblem(nil, "git is not installed, or not in PATH")
	case strings.Contains(message, "not a git repository"):
		return r.newProblem(ErrNoRepository, "%s belongs to no git repository", r.dir)
	case strings.Contains(message, "dubious ownership"), strings.Contains(message, "unsafe repository"):
		help := ""
		for line := range strings.Lines(stderr) {
			if words := strings.TrimSpace(line); strings.HasPrefix(words, "git config") {
				help = "; if you trust it, run: " + words
			}
		}
		return r.newProblem(nil, "git does not read the repository of %s: the folder belongs to another user%s", r.dir, help)
	case strings.Contains(message, "promisor remote"), strings.Contains(message, "lazy fetching"):
		return r.partial("an object of the repository is missing: this is a partial clone")
	case message == "":
		return fmt.Errorf("git %s: %w", command, err)
	}
	return fmt.Errorf("git %s: %s", command, message)
}

// complaint returns what git says about a failure: the lines after fatal or error,
// as one, without traces and warnings.
func complaint(stderr string) string {
	var lines []string
	for line := range strings.Lines(stderr) {
		for _, prefix := range []string{"fatal: ", "error: "} {
			if text, ok := strings.CutPrefix(line, prefix); ok {
				lines = append(lines, strings.TrimSpace(text))
			}
		}
	}
	if len(lines) == 0 {
		return strings.TrimSpace(stderr)
	}
	return strings.Join(lines, "; ")
}

// partial returns the error about a partial clone.
func (r *Repository) partial(text string) error {
	remote := r.remote()
	if remote == "" {
		return r.newProblem(nil, "%s", text)
	}
	return r.newProblem(nil, "%s%s", text, r.runHelp([]string{"fetch", "--refetch", "--no-filter", remote}))
}

// isPartial reports whether the clone lacks objects that its remote has.
func (r *Repository) isPartial() bool {
	out, _ := r.run("config", "--get-regexp", `^(remote\..*\.promisor|extensions\.partialclone)$`)
	return len(out) > 0
}

// remote returns the name of the remote from which revisions can be fetched: that
// of the branch, origin, or the only one. It returns "" if there is none.
func (r *Repository) remote() string {
	remotes := r.remotes()
	for _, name := range remotes {
		if name == "origin" {
			return name
		}
	}
	if len(remotes) > 0 {
		return remotes[0]
	}
	return ""
}

// remotes returns the names of the remotes.
func (r *Repository) remotes() []string {
	out, err := r.run("remote")
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}

// unshallow returns the help about a history that is cut off.
func (r *Repository) unshallow() string {
	remote := r.remote()
	if remote == "" {
		return ""
	}
	return r.runHelp([]string{"fetch", "--unshallow", remote}) + inCI()
}

// inCI returns what the configuration of a CI system needs for the whole history.
func inCI() string {
	switch {
	case os.Getenv("GITHUB_ACTIONS") != "":
		return ", or give actions/checkout fetch-depth: 0"
	case os.Getenv("GITLAB_CI") != "":
		return `, or set the variable GIT_DEPTH: "0"`
	}
	return ""
}
