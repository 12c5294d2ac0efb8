// Package git reads a repository at its revisions, with the git command. It
// changes nothing, uses no network, and runs none of the programs that the
// configuration of a repository can name: hooks, pagers, filters, diff drivers.
// What somebody else has chosen, names of revisions, paths and the like, is data
// for git, never a flag.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator/diag"
)

// Repository is a git repository. It can be used concurrently.
type Repository struct {
	ctx context.Context
	// dir is the folder in which git runs: Root, or a folder of a repository
	// without a work tree.
	dir, root string
	// env is the environment of git.
	env []string
	// isShallow means that the history is cut off.
	isShallow bool
	objects   objects
	head      func() (ID, error)
}

// Open finds the repository that a folder belongs to: the nearest one, as git
// does, whatever repository the environment of a hook names. The commands of the
// repository end when ctx is done. It fails with ErrNoRepository if there is none,
// and also if git is not installed, or refuses to read a repository that belongs
// to somebody else. Close must be called.
func Open(ctx context.Context, dir string) (*Repository, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return nil, err
	}
	r := &Repository{ctx: ctx, dir: abs, env: environment(false)}
	r.head = sync.OnceValues(r.readHead)
	out, err := r.run("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-cdup")
	if errors.Is(err, ErrNoRepository) && os.Getenv("GIT_DIR") != "" {
		// A work tree whose repository is elsewhere.
		r.env = environment(true)
		out, err = r.run("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-cdup")
	}
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) < 2 {
		return nil, fmt.Errorf("git rev-parse: unexpected output %s", diag.Quote(string(out)))
	}
	r.isShallow = lines[1] == "true"
	if lines[0] == "true" {
		r.root = abs
		if len(lines) > 2 && lines[2] != "" {
			r.root = filepath.Join(abs, filepath.FromSlash(lines[2]))
		}
		r.dir = r.root
	}
	return r, nil
}

// Close ends what still runs.
func (r *Repository) Close() error { return r.objects.close() }

// Root returns the folder of the work tree, without symbolic links, "" if the
// repository has none.
func (r *Repository) Root() string { return r.root }

// Path returns the path of a file in the repository, with slashes, whether there
// is such a file or not. It fails if the file is outside of the repository.
func (r *Repository) Path(file string) (string, error) {
	if r.root == "" {
		return "", errors.New("the repository has no work tree")
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	// The file itself may be a symbolic link of the repository, and the folder may
	// be one that is no longer there.
	rest := filepath.Base(abs)
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		real, err := filepath.EvalSymlinks(dir)
		if err == nil {
			abs = filepath.Join(real, rest)
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
	path, err := filepath.Rel(r.root, abs)
	if err != nil || !filepath.IsLocal(path) {
		return "", fmt.Errorf("%s is outside of the repository %s", file, r.root)
	}
	return filepath.ToSlash(path), nil
}

// unwanted are the variables that make git read another repository than that of
// the folder in which it runs, interpret paths, or run programs.
var unwanted = []string{
	"GIT_ATTR_SOURCE", "GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
	"GIT_PAGER", "GIT_PREFIX",
}

// ofRepository are the variables that choose a repository. Git sets some of them
// for hooks.
var ofRepository = []string{
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
	"GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH",
	"GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
}

// environment returns the environment of git, with or without the variables that
// choose a repository. Its configuration remains, because the variables of git
// config are how a CI system says which folders are safe.
func environment(withRepository bool) []string {
	env := slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(unwanted, name) || !withRepository && slices.Contains(ofRepository, name)
	})
	return append(env,
		"LC_ALL=C", "LANGUAGE=C", // messages are read here
		"GIT_LITERAL_PATHSPECS=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
		// What a partial clone lacks is not fetched; the second one is for versions
		// of git that do not know the first.
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
	)
}

// command returns a command of git.
func (r *Repository) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(r.ctx, "git", append([]string{
		"--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "log.diffMerges=separate", "-c", "core.commitGraph=true",
	}, args...)...)
	cmd.Dir, cmd.Env = r.dir, r.env
	return cmd
}

// run runs git and returns its standard output.
func (r *Repository) run(args ...string) ([]byte, error) { return r.runWith(nil, args...) }

// runWith runs git with standard input.
func (r *Repository) runWith(stdin io.Reader, args ...string) ([]byte, error) {
	cmd := r.command(args...)
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = stdin, &stderr
	out, err := cmd.Output()
	if err != nil {
		return out, r.failure(args[0], err, stderr.String())
	}
	return out, nil
}
