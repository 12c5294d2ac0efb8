package git

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errcat/errcat/generator/diag"
)

// Tags returns the tags whose names match a pattern, as path.Match does, the
// newest first: sorted by the versions in their names and, if no name has one, by
// date. It returns those of all branches. It fails if the remote may have tags that
// this clone has not fetched: what git fetches by default are those of the commits
// that it fetches.
func (r *Repository) Tags(pattern string) ([]Revision, error) {
	if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
		return nil, r.newProblem(nil, "%s is no pattern of tags; write one such as v*", diag.Quote(pattern))
	}
	if why := r.lacksTags(); why != "" {
		return nil, r.newProblem(nil, "the tags that match %s are not known for certain: %s", diag.Quote(pattern), why)
	}
	return r.tags(pattern, "")
}

// TagsOf returns those of the Tags that a revision contains.
func (r *Repository) TagsOf(pattern string, rev Revision) ([]Revision, error) {
	// It also says what is wrong with the pattern, or if tags may be missing.
	if all, err := r.Tags(pattern); err != nil || len(all) == 0 {
		return nil, err
	}
	return r.tags(pattern, rev.Commit)
}

// Releases returns the newest of the Tags, and the newest of those that a base of
// HEAD contains, if that is another one, as on a branch of an older release. Tags
// between the base and HEAD are no releases: they have what has changed since the
// base. Versions such as v2.0.0-rc.1 count only if there are no others. It returns
// none if no tag matches.
func (r *Repository) Releases(pattern string, base ID) ([]Revision, error) {
	all, err := r.Tags(pattern)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	head, err := r.Head()
	if err != nil {
		return nil, err
	}
	since, err := r.tags(pattern, head)
	if err != nil {
		return nil, err
	}
	merged, err := r.tags(pattern, base)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(tag Revision) bool { return slices.Contains(since, tag) && !slices.Contains(merged, tag) })
	if len(all) == 0 {
		return nil, nil
	}
	releases := []Revision{newest(pattern, all)}
	if len(merged) > 0 {
		if tag := newest(pattern, merged); tag.Commit != releases[0].Commit {
			releases = append(releases, tag)
		}
	}
	return releases, nil
}

// newest returns the first of sorted tags that is no pre-release, else the first.
func newest(pattern string, tags []Revision) Revision {
	for _, tag := range tags {
		if v, ok := versionOf(pattern, tag.Name); ok && v.pre == "" {
			return tag
		}
	}
	return tags[0]
}

// tags returns the tags that match a pattern, of the history of a commit if one is
// given, sorted.
func (r *Repository) tags(pattern string, head ID) ([]Revision, error) {
	args := []string{"for-each-ref", "--format=%(refname)%00%(creatordate:unix)"}
	if head != "" {
		args = append(args, "--merged="+string(head))
	}
	out, err := r.run(append(args, "refs/tags/")...)
	if err != nil {
		return nil, err
	}
	type dated struct {
		Revision
		version   version
		isVersion bool
		date      int64
	}
	var found []dated
	var specs []string
	for line := range strings.Lines(string(out)) {
		ref, date, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\x00")
		name := strings.TrimPrefix(ref, "refs/tags/")
		if ok, _ := path.Match(pattern, name); !ok {
			continue
		}
		tag := dated{Revision: Revision{Name: name, Kind: Tag}}
		tag.date, _ = strconv.ParseInt(date, 10, 64)
		tag.version, tag.isVersion = versionOf(pattern, name)
		found = append(found, tag)
		specs = append(specs, ref+"^{commit}")
	}
	commits, err := r.check(specs)
	if err != nil {
		return nil, err
	}
	for i := range found {
		found[i].Commit = commits[i].id
	}
	// A tag of a single file or folder is no revision.
	found = slices.DeleteFunc(found, func(tag dated) bool { return tag.Commit == "" })
	slices.SortFunc(found, func(a, b dated) int {
		switch {
		case a.isVersion != b.isVersion:
			return map[bool]int{true: -1, false: 1}[a.isVersion]
		case a.isVersion:
			return cmp.Or(b.version.compare(a.version), cmp.Compare(b.date, a.date), cmp.Compare(a.Name, b.Name))
		}
		return cmp.Or(cmp.Compare(b.date, a.date), cmp.Compare(a.Name, b.Name))
	})
	tags := make([]Revision, len(found))
	for i, tag := range found {
		tags[i] = tag.Revision
	}
	return tags, nil
}

// lacksTags returns why the clone may lack tags that its remote has, and what helps, ""
// if the clone fetches all.
func (r *Repository) lacksTags() string {
	remote := r.remote()
	// Exit status 1 means that there is no such key.
	config := func(key string) []string {
		out, _ := r.run("config", "--get-all", "remote."+remote+"."+key)
		return strings.Fields(string(out))
	}
	if remote == "" {
		if r.isShallow {
			return "the clone is shallow, and has no remote that could have the others"
		}
		return ""
	}
	fetch := []string{"fetch", "--tags", remote}
	if r.isShallow {
		fetch = []string{"fetch", "--unshallow", "--tags", remote}
	}
	var why string
	var first [][]string
	specs := config("fetch")
	isWide := slices.ContainsFunc(specs, func(spec string) bool {
		from, _, _ := strings.Cut(strings.TrimPrefix(spec, "+"), ":")
		return slices.Contains([]string{"refs/*", "refs/heads/*", "refs/tags/*"}, from)
	})
	options := config("tagOpt")
	isAll := len(options) > 0 && options[len(options)-1] == "--tags"
	if len(specs) > 0 && !isWide && !isAll {
		why = "the clone has only some branches"
		first = append(first, []string{"remote", "set-branches", remote, "*"})
	}
	if len(options) > 0 && options[len(options)-1] == "--no-tags" {
		why = "the clone was made with --no-tags"
		first = append(first, []string{"config", "--unset-all", "remote." + remote + ".tagOpt"})
	}
	if r.isShallow {
		why = "the clone is shallow"
	}
	if why == "" {
		return ""
	}
	return why + r.runHelp(append(first, fetch)...) + inCI()
}

// version is a version of any number of parts: 1, 1.2, 2026.11.29, 1.2.3-rc.1.
type version struct {
	numbers []string // without leading zeros
	pre     string
}

// versionForm matches a version at the end of the name of a tag.
var versionForm = regexp.MustCompile(`(?:^|[^0-9A-Za-z.+-])[vV]?([0-9]+(?:\.[0-9]+)*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$`)

// looksLikeVersion reports whether a name is usual for a tag.
func looksLikeVersion(name string) bool {
	return versionForm.MatchString(name) && strings.Contains(name, ".")
}

// versionOf returns the version in the name of a tag: what the pattern leaves open
// or, if that is none, the end of the name.
func versionOf(pattern, name string) (version, bool) {
	literal := pattern
	if at := strings.IndexAny(pattern, `*?[\`); at >= 0 {
		literal = pattern[:at]
	}
	for _, text := range []string{strings.TrimPrefix(name, literal), strings.ReplaceAll(name, "-", "/"), name} {
		if m := versionForm.FindStringSubmatch(text); m != nil {
			v := version{strings.Split(m[1], "."), m[2]}
			for i, n := range v.numbers {
				v.numbers[i] = strings.TrimLeft(n, "0")
			}
			return v, true
		}
	}
	return version{}, false
}

// compare orders versions as semver.org says.
func (v version) compare(w version) int {
	for i := range max(len(v.numbers), len(w.numbers)) {
		if c := compareNumbers(at(v.numbers, i), at(w.numbers, i)); c != 0 {
			return c
		}
	}
	switch {
	case v.pre == w.pre:
		return 0
	case v.pre == "":
		return 1
	case w.pre == "":
		return -1
	}
	a, b := strings.Split(v.pre, "."), strings.Split(w.pre, ".")
	for i := range min(len(a), len(b)) {
		numA, numB := isNumber(a[i]), isNumber(b[i])
		c := 0
		switch {
		case numA && numB:
			c = compareNumbers(strings.TrimLeft(a[i], "0"), strings.TrimLeft(b[i], "0"))
		case numA:
			c = -1
		case numB:
			c = 1
		default:
			c = cmp.Compare(a[i], b[i])
		}
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

// at returns an element, "" beyond the end: a part that is missing is 0.
func at(numbers []string, i int) string {
	if i < len(numbers) {
		return numbers[i]
	}
	return ""
}

// compareNumbers orders numbers of any length without leading zeros.
func compareNumbers(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
