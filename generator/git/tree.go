package git

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

// ReadFile returns the content of a file at a revision, byte for byte as git
// stores it: without filters and conversions of line ends. The path is one in the
// repository, with slashes. Symbolic links are followed within the revision, also
// into submodules. Of a large file, it returns only so many bytes. It fails with
// ErrNoFile if the revision has no such file.
func (r *Repository) ReadFile(rev Revision, name string, most int64) ([]byte, error) {
	if clean := path.Clean(name); clean != name || !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsRune(name, 0) {
		return nil, fmt.Errorf("%s is no path in a repository", diag.Quote(name))
	}
	spec := string(rev.Commit) + ":" + name
	if strings.Contains(name, "\n") {
		entry, err := r.entry(rev, name)
		if err != nil {
			return nil, err
		}
		spec = string(entry.ID)
	}
	a, err := r.object(spec, most)
	if err != nil {
		return nil, err
	}
	where := diag.Quote(name) + " at " + rev.Name
	switch {
	case a.kind == "blob":
		if isPointer(a.data) {
			return nil, r.newProblem(nil, "%s is in Git LFS, and git has only a pointer to it; run: %s | git lfs smudge > FILE, and name that file", where, r.shellCommand("show", string(rev.Commit)+":"+name))
		}
		return a.data, nil
	case a.kind != "":
		return nil, r.newProblem(nil, "%s is not a file", where)
	case a.what == "symlink":
		return nil, r.newProblem(nil, "%s is a symbolic link that leads out of the repository, to %s", where, diag.Quote(string(a.data)))
	case a.what == "loop":
		return nil, r.newProblem(nil, "%s is a symbolic link that leads to itself", where)
	case a.what == "dangling":
		return nil, r.newProblem(ErrNoFile, "%s is a symbolic link that leads to no file", where)
	case a.what == "notdir":
		return nil, r.newProblem(ErrNoFile, "there is no file %s", where)
	}
	return r.missing(rev, name, most)
}

// missing reads a file that git does not find: it is in a submodule, or absent, or
// its object is.
func (r *Repository) missing(rev Revision, name string, most int64) ([]byte, error) {
	for i, c := range name {
		if c != '/' {
			continue
		}
		entry, err := r.entry(rev, name[:i])
		if err != nil {
			return nil, r.absent(err, rev, name)
		}
		if entry.kind == "commit" {
			return r.readSubmodule(rev, entry, name[i+1:], most)
		}
	}
	entry, err := r.entry(rev, name)
	if err != nil {
		return nil, r.absent(err, rev, name)
	}
	if entry.kind == "commit" {
		return nil, r.newProblem(nil, "%s at %s is a submodule", diag.Quote(name), rev.Name)
	}
	if r.isPartial() {
		if rev.Kind == Tag { // others will follow
			return nil, r.partial(fmt.Sprintf("the content of %s at %s is missing: this is a partial clone", diag.Quote(name), rev.Name))
		}
		return nil, r.newProblem(nil, "the content of %s at %s is missing: this is a partial clone%s", diag.Quote(name), rev.Name, r.runHelp([]string{"cat-file", "-e", string(rev.Commit) + ":" + name}))
	}
	return nil, r.newProblem(nil, "the object %s of %s at %s is missing%s", entry.ID.Short(), diag.Quote(name), rev.Name, r.runHelp([]string{"fsck"}))
}

// absent returns err, with the name of the file if that is absent.
func (r *Repository) absent(err error, rev Revision, name string) error {
	if p, ok := err.(*problem); ok && p.kind == ErrNoFile {
		return r.newProblem(ErrNoFile, "there is no file %s at %s", diag.Quote(name), rev.Name)
	}
	return err
}

// readSubmodule reads a file of the commit of a submodule that a revision names.
func (r *Repository) readSubmodule(rev Revision, module Entry, name string, most int64) ([]byte, error) {
	lacks := func() error {
		return r.newProblem(nil, "the submodule %s lacks its commit %s, which %s names%s", diag.Quote(module.Path), module.ID.Short(), rev.Name,
			r.runHelp([]string{"submodule", "update", "--init", "--", module.Path}, []string{"-C", module.Path, "fetch", "origin", string(module.ID)}))
	}
	if r.root == "" {
		return nil, lacks()
	}
	sub, err := Open(r.ctx, filepath.Join(r.root, filepath.FromSlash(module.Path)))
	if err != nil {
		return nil, lacks()
	}
	defer sub.Close()
	if sub.root == r.root {
		return nil, lacks() // an empty folder
	}
	a, err := sub.object(string(module.ID), 0)
	if err != nil {
		return nil, err
	}
	if a.kind != "commit" {
		return nil, lacks()
	}
	return sub.ReadFile(Revision{Name: rev.Name + " in " + module.Path, Commit: module.ID}, name, most)
}

// pointerLine begins the file that Git LFS commits in place of a large one.
const pointerLine = "version https://git-lfs.github.com/spec/"

func isPointer(data []byte) bool { return bytes.HasPrefix(data, []byte(pointerLine)) }

// Entry is a file at a revision.
type Entry struct {
	Path string
	ID   ID
	// kind is that of the object: blob, tree or commit, which is a submodule.
	kind string
}

// entry returns a file, folder or submodule at a revision. It fails with ErrNoFile
// if there is none.
func (r *Repository) entry(rev Revision, name string) (Entry, error) {
	entries, err := r.list("ls-tree", "-z", "--full-tree", string(rev.Commit), "--", name)
	if err != nil {
		return Entry{}, err
	}
	for _, e := range entries {
		if e.Path == name {
			return e, nil
		}
	}
	return Entry{}, r.newProblem(ErrNoFile, "there is no file %s at %s", diag.Quote(name), rev.Name)
}

// Files returns the regular files of a revision for whose paths keep returns true.
func (r *Repository) Files(rev Revision, keep func(path string) bool) ([]Entry, error) {
	entries, err := r.list("ls-tree", "-r", "-z", "--full-tree", string(rev.Commit))
	if err != nil {
		return nil, err
	}
	var kept []Entry
	for _, e := range entries {
		if e.kind == "blob" && keep(e.Path) {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

// list runs git ls-tree. Symbolic links are not among the entries.
func (r *Repository) list(args ...string) ([]Entry, error) {
	out, err := r.run(args...)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for line := range bytes.SplitSeq(out, []byte{0}) {
		about, name, ok := bytes.Cut(line, []byte{'\t'})
		words := bytes.Fields(about)
		if !ok || len(words) != 3 || string(words[0]) == "120000" {
			continue
		}
		entries = append(entries, Entry{string(name), ID(words[2]), string(words[1])})
	}
	return entries, nil
}

// Contents calls a function with the contents of files at a revision, up to so
// many bytes of each, in their order and until it returns false.
func (r *Repository) Contents(files []Entry, most int64, use func(file Entry, data []byte) bool) error {
	specs := make([]string, len(files))
	for i, f := range files {
		specs[i] = string(f.ID)
	}
	i := 0
	for a, err := range r.batch(specs, true, most) {
		if err != nil {
			return err
		}
		if a.kind == "" {
			return r.partial("the content of " + diag.Quote(files[i].Path) + " is missing")
		}
		if !use(files[i], a.data) {
			return nil
		}
		i++
	}
	return nil
}
