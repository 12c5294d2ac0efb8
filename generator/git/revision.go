package git

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

// ID is the id of an object, in hexadecimal digits.
type ID string

// Short returns the beginning of the id, for people.
func (id ID) Short() string { return string(id[:min(len(id), 10)]) }

// Kind is what a revision was named by.
type Kind int

// The kinds of revisions.
const (
	// Commit is everything but a branch or a tag: an id, HEAD, an ancestor.
	Commit Kind = iota
	Branch
	Tag
)

// Revision is a commit by the name that somebody has given.
type Revision struct {
	Name   string
	Kind   Kind
	Commit ID
}

// Head returns the commit that is checked out. It fails if there is none yet.
func (r *Repository) Head() (ID, error) { return r.head() }

func (r *Repository) readHead() (ID, error) {
	out, err := r.run("rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}")
	if err != nil {
		if r.ctx.Err() != nil {
			return "", err
		}
		return "", r.newProblem(ErrNoRevision, "the repository has no commit yet")
	}
	return ID(bytes.TrimSpace(out)), nil
}

// Resolve returns the revision with a name that git knows: a branch, a remote
// branch, a tag, a commit by its id or the beginning of it, or one relative to
// these, such as HEAD~2. It fails with ErrNoRevision if there is none here.
func (r *Repository) Resolve(name string) (Revision, error) {
	if err := r.checkName(name); err != nil {
		return Revision{}, err
	}
	// rev-parse prints nothing for a commit that no ref names, and for an ambiguous
	// name.
	full, err := r.run("rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", name)
	if err != nil && r.ctx.Err() != nil {
		return Revision{}, err
	}
	ref := strings.TrimSpace(string(full))
	if ref == "" {
		if refs := r.refsCalled(name); len(refs) > 1 {
			return Revision{}, r.newProblem(nil, "%s is ambiguous; write one of %s", diag.Quote(name), strings.Join(refs, ", "))
		}
	}
	out, err := r.run("rev-parse", "--verify", "--end-of-options", name+"^{commit}")
	if err != nil {
		return Revision{}, r.unresolved(name, err)
	}
	rev := Revision{Name: name, Commit: ID(bytes.TrimSpace(out))}
	switch {
	case name == "HEAD" || name == "@":
	case strings.HasPrefix(ref, "refs/heads/"), strings.HasPrefix(ref, "refs/remotes/"):
		rev.Kind = Branch
	case strings.HasPrefix(ref, "refs/tags/"):
		rev.Kind = Tag
	}
	return rev, nil
}

// checkName returns what is wrong with the name of a revision, before git sees it.
func (r *Repository) checkName(name string) error {
	switch {
	case name == "":
		return errors.New("the name of the revision is empty")
	case strings.Contains(name, ".."):
		return r.newProblem(ErrNoRevision, "%s is not one revision", diag.Quote(name))
	case strings.HasPrefix(name, "-"), strings.HasPrefix(name, ":"), strings.HasPrefix(name, "^"), strings.ContainsFunc(name, func(c rune) bool { return c < ' ' || c == 0x7f }):
		return r.newProblem(ErrNoRevision, "%s is not the name of a revision", diag.Quote(name))
	}
	return nil
}

// refsCalled returns the full names of the branches and tags that a name can mean.
func (r *Repository) refsCalled(name string) []string {
	wanted := []string{"refs/tags/" + name, "refs/heads/" + name, "refs/remotes/" + name}
	out, err := r.run(append([]string{"for-each-ref", "--format=%(refname)", "--"}, wanted...)...)
	if err != nil {
		return nil
	}
	refs := strings.Fields(string(out))
	return slices.DeleteFunc(refs, func(ref string) bool { return !slices.Contains(wanted, ref) })
}

// unresolved explains why a name is no revision.
func (r *Repository) unresolved(name string, err error) error {
	message := err.Error()
	switch {
	case r.ctx.Err() != nil:
		return err
	case strings.Contains(message, "is ambiguous"):
		return r.newProblem(nil, "%s is ambiguous: several objects begin with it; write more digits of the id", diag.Quote(name))
	case strings.Contains(message, "expected commit type"):
		return r.newProblem(nil, "%s is not a commit", diag.Quote(name))
	case strings.Contains(message, "partial clone"):
		return err
	}
	if _, err := r.Head(); err != nil {
		return r.newProblem(ErrNoRevision, "there is no revision %s: %v", diag.Quote(name), err)
	}
	if strings.Contains(name, "@{") {
		return r.newProblem(ErrNoRevision, "there is no revision %s: %s", diag.Quote(name), strings.TrimPrefix(message, "git rev-parse: "))
	}
	if at := strings.IndexAny(name, "~^"); at > 0 {
		return r.noAncestor(name, name[:at])
	}
	return r.newProblem(ErrNoRevision, "there is no revision %s here%s", diag.Quote(name), r.fetchHelp(name))
}

// noAncestor explains why a revision relative to another one does not exist.
func (r *Repository) noAncestor(name, base string) error {
	if _, err := r.Resolve(base); err != nil {
		return err
	}
	if r.isShallow {
		return r.newProblem(ErrNoRevision, "there is no revision %s here: the history is cut off, because the clone is shallow%s", diag.Quote(name), r.unshallow())
	}
	return r.newProblem(ErrNoRevision, "there is no revision %s: the history of %s is shorter", diag.Quote(name), diag.Quote(base))
}

// fetchHelp returns the command that fetches a revision, as far as its name says
// what it is.
func (r *Repository) fetchHelp(name string) string {
	remotes := r.remotes()
	if len(remotes) == 0 {
		return ", and the repository has no remote that could have it"
	}
	for _, remote := range remotes {
		if branch, ok := strings.CutPrefix(strings.TrimPrefix(name, "refs/remotes/"), remote+"/"); ok && branch != "" {
			return r.runHelp([]string{"fetch", remote, "+refs/heads/" + branch + ":refs/remotes/" + remote + "/" + branch}) + inCI()
		}
		if len(r.refsCalled(remote+"/"+name)) > 0 {
			return fmt.Sprintf("; write %s/%s", remote, name)
		}
	}
	remote := r.remote()
	tag, isTag := strings.CutPrefix(name, "refs/tags/")
	switch {
	case isTag || looksLikeVersion(name):
		return r.runHelp([]string{"fetch", remote, "tag", tag}) + inCI()
	case isHex(name) && (len(name) == 40 || len(name) == 64):
		return r.runHelp([]string{"fetch", remote, name}) + inCI()
	case isHex(name) && len(name) >= 4 && r.isShallow:
		return ": the clone is shallow" + r.unshallow()
	}
	branch, isBranch := strings.CutPrefix(name, "refs/heads/")
	fetch := fmt.Sprintf("run: %s, and write %s/%s", r.shellCommand("fetch", remote, "+refs/heads/"+branch+":refs/remotes/"+remote+"/"+branch), remote, branch)
	if isBranch {
		return "; " + fetch + inCI()
	}
	return "; if it is a branch, " + fetch + "; if it is a tag, run: " + r.shellCommand("fetch", remote, "tag", tag) + inCI()
}

func isHex(s string) bool { return s != "" && strings.Trim(s, "0123456789abcdefABCDEF") == "" }

// MergeBases returns the best common ancestors of a revision and HEAD: usually one,
// several if the two were merged into each other. It fails if there is none, and if
// the clone is shallow in such a way that the result is not certain.
func (r *Repository) MergeBases(rev Revision) ([]ID, error) {
	head, err := r.Head()
	if err != nil {
		return nil, err
	}
	out, err := r.run("merge-base", "--all", string(rev.Commit), string(head))
	bases := ids(out)
	switch {
	case r.ctx.Err() != nil:
		return nil, err
	case len(bases) > 0:
		return bases, r.checkComplete(rev, head, bases)
	case r.isShallow:
		return nil, r.newProblem(nil, "%s and HEAD have no common commit here: the history is cut off, because the clone is shallow%s", diag.Quote(rev.Name), r.unshallow())
	case err != nil && !strings.Contains(err.Error(), "exit status 1"):
		return nil, err
	}
	return nil, r.newProblem(nil, "%s and HEAD have no common commit: their histories are unrelated; name a commit or a tag that is to be compared as it is", diag.Quote(rev.Name))
}

// CommonAncestors returns the best common ancestors of several commits: none if their
// histories have no common commit here.
func (r *Repository) CommonAncestors(commits []ID) []ID {
	args := []string{"merge-base", "--octopus", "--all"}
	for _, id := range commits {
		args = append(args, string(id))
	}
	out, _ := r.run(args...)
	return ids(out)
}

// ids returns the lines of an output that is a list of ids.
func ids(out []byte) []ID {
	var list []ID
	for line := range bytes.Lines(out) {
		list = append(list, ID(bytes.TrimSpace(line)))
	}
	return list
}

// checkComplete returns an error if commits between the merge bases and the two
// revisions are missing: then a later merge base may be among the missing ones.
func (r *Repository) checkComplete(rev Revision, head ID, bases []ID) error {
	if !r.isShallow || slices.Equal(bases, []ID{rev.Commit}) || slices.Equal(bases, []ID{head}) {
		return nil
	}
	args := []string{"rev-list", "--parents", string(rev.Commit), string(head)}
	for _, base := range bases {
		args = append(args, "^"+string(base))
	}
	out, err := r.run(args...)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(out) {
		// A commit without parents is where the history is cut off, or its beginning.
		// In doubt the clone must be complete.
		if words := bytes.Fields(line); len(words) == 1 && !slices.Contains(bases, ID(words[0])) {
			return r.newProblem(nil, "the merge base of %s and HEAD is not certain: the history is cut off at %s, because the clone is shallow%s", diag.Quote(rev.Name), ID(words[0]).Short(), r.unshallow())
		}
	}
	return nil
}
