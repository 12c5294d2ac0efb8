package git

import (
	"bytes"
	"iter"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/diag"
)

// Version is a file as a commit left it.
type Version struct {
	Commit ID
	Time   time.Time
	// Path is where the file was, "" if the commit has removed it.
	Path string
	// Blob identifies the content. It is that of the Version before if the commit has
	// only moved the file, or merged what another one has changed.
	Blob ID
	// Data is the content, byte for byte. It does not change.
	Data []byte
	// IsMainline means that the commit is one of those that the revision was, one
	// after the other, if each merge was made into it: the first parents. Other
	// commits are of branches that were merged.
	IsMainline bool
}

// History returns every version of a file, from the oldest to that of a revision:
// all commits that have changed, moved or removed it, also those of merged
// branches. Moves are followed, as far as git finds that a file was moved and not
// rewritten at the same time. Of a large file there are only so many bytes. The
// sequence ends with the first error; so it does if the history is cut off in a
// shallow clone.
func (r *Repository) History(rev Revision, path string, most int64) iter.Seq2[Version, error] {
	return func(yield func(Version, error) bool) {
		if r.isShallow {
			yield(Version{}, r.newProblem(nil, "the history of %s is cut off, because the clone is shallow%s", diag.Quote(path), r.unshallow()))
			return
		}
		versions, err := r.versions(rev, path)
		if err != nil {
			yield(Version{}, err)
			return
		}
		// Contents that follow each other are read once.
		var specs []string
		for i, v := range versions {
			if v.Blob != "" && (i == 0 || v.Blob != versions[i-1].Blob) {
				specs = append(specs, string(v.Blob))
			}
		}
		next, stop := iter.Pull2(r.batch(specs, true, most))
		defer stop()
		for i, v := range versions {
			switch {
			case v.Blob == "":
			case i > 0 && v.Blob == versions[i-1].Blob:
				v.Data = versions[i-1].Data
			default:
				a, err, ok := next()
				if err == nil && (!ok || a.kind != "blob") {
					err = r.partial("the content of " + diag.Quote(v.Path) + " at " + v.Commit.Short() + " is missing")
				}
				if err != nil {
					yield(Version{}, err)
					return
				}
				if isPointer(a.data) {
					yield(Version{}, r.newProblem(nil, "the history of %s cannot be read: at %s it is in Git LFS", diag.Quote(path), v.Commit.Short()))
					return
				}
				v.Data = a.data
			}
			if i > 0 {
				versions[i-1].Data = nil
			}
			versions[i].Data = v.Data
			if !yield(v, nil) {
				return
			}
		}
		if _, err, ok := next(); ok && err != nil {
			yield(Version{}, err)
		}
	}
}

// versions returns the versions of a file, without their contents.
func (r *Repository) versions(rev Revision, name string) ([]Version, error) {
	paths, moves, err := r.moves(rev, name)
	if err != nil {
		return nil, err
	}
	targets, err := r.linkTargets(rev, name)
	if err != nil {
		return nil, err
	}
	paths = append(paths, targets...)
	for _, p := range paths {
		if strings.Contains(p, "\n") {
			return nil, r.newProblem(nil, "the history of %s cannot be read: there is a line break in its name", diag.Quote(p))
		}
	}
	out, err := r.run(append([]string{"rev-list", "--timestamp", "--topo-order", "--reverse", "--full-history", string(rev.Commit), "--"}, paths...)...)
	if err != nil {
		return nil, err
	}
	var versions []Version
	index := make(map[ID]int)
	for line := range bytes.Lines(out) {
		seconds, id, _ := bytes.Cut(bytes.TrimSpace(line), []byte(" "))
		unix, err := strconv.ParseInt(string(seconds), 10, 64)
		if err != nil {
			return nil, err
		}
		index[ID(id)] = len(versions)
		versions = append(versions, Version{Commit: ID(id), Time: time.Unix(unix, 0).UTC()})
	}
	out, err = r.run(append([]string{"rev-list", "--first-parent", string(rev.Commit), "--"}, paths...)...)
	if err != nil {
		return nil, err
	}
	for _, id := range ids(out) {
		if i, ok := index[id]; ok {
			versions[i].IsMainline = true
		}
	}
	return r.locate(versions, places(name, moves, index))
}

// maxLinks is how many symbolic links are followed, one after the other.
const maxLinks = 8

// linkTargets returns the paths to which a file leads that is a symbolic link, and so
// on, as far as they are in the revision.
func (r *Repository) linkTargets(rev Revision, name string) ([]string, error) {
	var targets []string
	for range maxLinks {
		// MODE TYPE ID, a tab, and the path.
		entry, err := r.run("ls-tree", "-z", "--full-tree", string(rev.Commit), "--", name)
		words := bytes.Fields(entry)
		if err != nil || len(words) < 3 || string(words[0]) != "120000" {
			return targets, err
		}
		target, err := r.run("cat-file", "blob", string(words[2]))
		if err != nil {
			return nil, err
		}
		if name = path.Join(path.Dir(name), string(target)); path.IsAbs(string(target)) || !filepath.IsLocal(filepath.FromSlash(name)) {
			return targets, nil
		}
		targets = append(targets, name)
	}
	return targets, nil
}

// place is a path at which a file has been, from the version with an index on:
// before, there may have been another file.
type place struct {
	path string
	from int
}

// places returns where a file has been, the last place first. The moves are those
// to each path, the index that of each version.
func places(path string, moves map[string][]move, index map[ID]int) []place {
	type step struct {
		path   string
		before int
	}
	var list []place
	steps := []step{{path, len(index)}}
	for i := 0; i < len(steps); i++ {
		from := 0
		for _, m := range moves[steps[i].path] {
			at, ok := index[m.commit]
			if !ok || at >= steps[i].before {
				continue
			}
			// It may have been moved here in several branches, or several times.
			if from == 0 || at < from {
				from = at
			}
			if next := (step{m.source, at}); !slices.Contains(steps, next) {
				steps = append(steps, next)
			}
		}
		list = append(list, place{steps[i].path, from})
	}
	return list
}

// locate finds in each version the first place at which the file is. Between the
// moves of several branches it can be at an earlier one.
func (r *Repository) locate(versions []Version, places []place) ([]Version, error) {
	var specs []string
	for i, v := range versions {
		for _, p := range places {
			if i >= p.from {
				specs = append(specs, string(v.Commit)+":"+p.path)
			}
		}
	}
	answers, err := r.check(specs)
	if err != nil {
		return nil, err
	}
	found := versions[:0]
	for i, v := range versions {
		for _, p := range places {
			if i < p.from {
				continue
			}
			if answers[0].kind == "blob" && v.Path == "" {
				v.Path, v.Blob = p.path, answers[0].id
			}
			answers = answers[1:]
		}
		if v.Path != "" || len(found) > 0 {
			found = append(found, v)
		}
	}
	return found, nil
}

// move is a commit that has moved a file from a path to another one.
type move struct {
	commit ID
	source string
}

// moves returns the paths that a file may have had, and what was moved to each.
func (r *Repository) moves(rev Revision, path string) ([]string, map[string][]move, error) {
	paths, moves := []string{path}, make(map[string][]move)
	for i := 0; i < len(paths); i++ {
		// Only the whole difference of a commit shows what it has moved. So first those
		// commits are found that have added the path.
		out, err := r.run("log", "-s", "--format=%H", "--full-history", "-m", "--no-renames", "--diff-filter=A", string(rev.Commit), "--", paths[i])
		if err != nil {
			return nil, nil, err
		}
		out, err = r.runWith(bytes.NewReader(out), "diff-tree", "--stdin", "-r", "-m", "-z", "--find-renames", "--diff-filter=R", "--name-status", "--no-ext-diff")
		if err != nil {
			return nil, nil, err
		}
		for commit, names := range renames(out) {
			if names[1] != paths[i] {
				continue
			}
			moves[paths[i]] = append(moves[paths[i]], move{commit, names[0]})
			if !slices.Contains(paths, names[0]) {
				paths = append(paths, names[0])
			}
		}
	}
	return paths, moves, nil
}

// renames returns the renames in the output of git diff-tree: the commit, the old
// and the new path.
func renames(out []byte) iter.Seq2[ID, [2]string] {
	return func(yield func(ID, [2]string) bool) {
		var commit ID
		words := bytes.Split(out, []byte{0})
		for len(words) > 1 {
			if words[0][0] != 'R' || len(words[0]) >= 40 {
				commit = ID(words[0])
				words = words[1:]
				continue
			}
			if len(words) < 3 || !yield(commit, [2]string{string(words[1]), string(words[2])}) {
				return
			}
			words = words[3:]
		}
	}
}
