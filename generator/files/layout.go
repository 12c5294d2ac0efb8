package files

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"
)

// layout says where the outputs of a run belong on disk.
type layout struct {
	files []planned
	// byKey finds a planned file by its key in lowercase.
	byKey map[string]*planned
	// dirs are the folders of the outputs, sorted by real path.
	dirs []outputDir
}

// planned is a file of an Output, with its place on disk.
type planned struct {
	output *Output
	path   string
	// key is the real path of the file, however the path is spelled.
	key string
	content
	// inject is a chain of functions that make the content of a file that somebody
	// maintains.
	inject []func(name string, old []byte) ([]byte, error)
}

// outputDir is the folder of one or more outputs.
type outputDir struct {
	path, real string
	// used means that files belong into it.
	used bool
	// owners are the outputs that the folder belongs to. isDeep means that one of
	// them has files in folders of the folder.
	owners []*Output
	isDeep bool
}

// owns reports whether the header is that of a page of one of the outputs, under
// this path in the folder.
func (d *outputDir) owns(header, path string) bool {
	return header != "" && slices.ContainsFunc(d.owners, func(o *Output) bool {
		return mark{o.Catalog, o.Target, filepath.ToSlash(path), true}.header() == header
	})
}

// content is the content of a file. It is in two parts, so that the name of the
// file comes into the header without a copy of the rest.
type content struct{ head, rest []byte }

// newContent returns data with another header.
func newContent(data []byte, old, header string) content {
	i := bytes.Index(data, []byte(old))
	return content{slices.Concat(data[:i], []byte(header)), data[i+len(old):]}
}

// size returns the number of bytes.
func (c content) size() int64 { return int64(len(c.head) + len(c.rest)) }

// bytes returns the content as one.
func (c content) bytes() []byte { return slices.Concat(c.head, c.rest) }

// newLayout finds the places of the files. It fails if a file has a path or
// content that no target may make, if two files conflict, and if an output leaves
// its Root.
func newLayout(outputs []Output) (*layout, error) {
	resolve, err := newResolver()
	if err != nil {
		return nil, err
	}
	l := &layout{byKey: map[string]*planned{}}
	byReal := map[string]*outputDir{}
	var errs []error
	for i := range outputs {
		o := &outputs[i]
		real, err := resolve.output(o)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		d := byReal[real]
		if d == nil {
			d = &outputDir{path: filepath.Clean(o.Dir), real: real}
			byReal[real] = d
		}
		d.used = d.used || len(o.Files) > 0 && !o.IsKept
		if o.IsFolder && !o.IsKept {
			if d.owns(mark{o.Catalog, o.Target, "x", true}.header(), "x") {
				errs = append(errs, fmt.Errorf("duplicate output: %s; a folder can have one output of a catalog and target", o.name()))
			}
			d.owners = append(d.owners, o)
			d.isDeep = d.isDeep || slices.ContainsFunc(o.Files, func(f File) bool { return strings.Contains(f.Path, "/") })
		}
		for _, f := range o.Files {
			p, err := resolve.file(o, f)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			l.files = append(l.files, p)
		}
	}
	slices.SortStableFunc(l.files, func(a, b planned) int { return cmp.Compare(a.path, b.path) })
	errs = append(errs, l.index()...)
	// Files of one folder have the same errors about it.
	errs = slices.CompactFunc(errs, func(a, b error) bool { return a.Error() == b.Error() })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, d := range byReal {
		l.dirs = append(l.dirs, *d)
	}
	slices.SortFunc(l.dirs, func(a, b outputDir) int { return cmp.Compare(a.real, b.real) })
	return l, nil
}

// maxFolders limits how many folders a run locks besides those of its outputs. A
// run keeps each of them open.
const maxFolders = 256

// folders returns the folders of the outputs and of their files, sorted by real
// path; used says that files belong into a folder itself. If the files have too
// many folders, it returns those of the outputs.
func (l *layout) folders() []outputDir {
	seen := map[string]bool{}
	for _, d := range l.dirs {
		seen[d.real] = true
	}
	folders := slices.Clone(l.dirs)
	for _, p := range l.files {
		if real := filepath.Dir(p.key); !seen[real] && !p.output.IsKept {
			seen[real] = true
			folders = append(folders, outputDir{path: filepath.Dir(p.path), real: real, used: true})
		}
	}
	if len(folders)-len(l.dirs) > maxFolders {
		return l.dirs
	}
	slices.SortFunc(folders, func(a, b outputDir) int { return cmp.Compare(a.real, b.real) })
	return folders
}

// index fills byKey, and returns an error for each pair of files that are the same,
// and for each file in the place of a folder of an output. It ignores letter case, as some of the machines do that check the files
// out.
func (l *layout) index() []error {
	var errs []error
	l.mergeInjected()
	// What is kept conflicts with nothing.
	slices.SortStableFunc(l.files, func(a, b planned) int { return cmp.Compare(isKept(a), isKept(b)) })
	for i := range l.files {
		p := &l.files[i]
		key := strings.ToLower(p.key)
		if q := l.byKey[key]; q != nil && p.output.IsKept {
			continue
		} else if q != nil {
			errs = append(errs, fmt.Errorf("%s of %s and %s of %s are the same file", q.path, q.output.name(), p.path, p.output.name()))
			continue
		}
		l.byKey[key] = p
	}
	type pair struct {
		file   *planned
		folder *Output
	}
	seen := make(map[pair]bool)
	for i := range l.files {
		p := &l.files[i]
		if p.output.IsKept {
			break
		}
		for dir, up := parent(strings.ToLower(p.key)); up; dir, up = parent(dir) {
			if q := l.byKey[dir]; q != nil && !q.output.IsKept && !seen[pair{q, p.output}] {
				seen[pair{q, p.output}] = true
				errs = append(errs, fmt.Errorf("%s of %s cannot be both a file and the folder of %s of %s", q.path, q.output.name(), p.path, p.output.name()))
			}
		}
	}
	return errs
}

// isKept returns 1 for a file that is kept, and 0 for one that is made.
func isKept(p planned) int {
	if p.output.IsKept {
		return 1
	}
	return 0
}

// mergeInjected merges the files that are injected into the same place.
func (l *layout) mergeInjected() {
	first := map[string]int{}
	merged := l.files[:0]
	for _, p := range l.files {
		i, ok := first[p.key]
		switch {
		case p.inject == nil || p.output.IsKept:
		case ok:
			merged[i].inject = append(merged[i].inject, p.inject...)
			continue
		default:
			first[p.key] = len(merged)
		}
		merged = append(merged, p)
	}
	l.files = merged
}

// name returns what messages call the output.
func (o *Output) name() string {
	return fmt.Sprintf("the output %s in %s", o.Target, filepath.Clean(o.Dir))
}

// parent returns the folder that the path is in; false if the path is a root.
func parent(path string) (string, bool) {
	dir := filepath.Dir(path)
	return dir, dir != path
}

// resolver finds real paths.
type resolver struct {
	wd    string // the real path of the working directory
	known map[string]string
}

func newResolver() (*resolver, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if wd, err = filepath.EvalSymlinks(wd); err != nil {
		return nil, err
	}
	return &resolver{wd: wd, known: map[string]string{}}, nil
}

// output returns the real path of the output's folder.
func (r *resolver) output(o *Output) (string, error) {
	if err := r.inRoot(o, o.Dir); err != nil {
		return "", err
	}
	return r.folder(o.Dir)
}

// file returns the place of a file of the output.
func (r *resolver) file(o *Output, f File) (planned, error) {
	if err := CheckPath(f.Path); err != nil {
		return planned{}, fmt.Errorf("target %s made a file with the path %q: %w", o.Target, f.Path, err)
	}
	path := filepath.Join(o.Dir, filepath.FromSlash(f.Path))
	header := Header(o.Catalog, o.Target)
	if f.Inject == nil && headerOf(f.Data) != header {
		return planned{}, fmt.Errorf("target %s made %s without its header", o.Target, path)
	}
	if err := r.inRoot(o, filepath.Dir(path)); err != nil {
		return planned{}, err
	}
	real, err := r.folder(filepath.Dir(path))
	if err != nil {
		return planned{}, err
	}
	p := planned{output: o, path: path, key: filepath.Join(real, filepath.Base(path))}
	if f.Inject != nil {
		p.inject = append(p.inject, f.Inject)
	} else {
		p.content = newContent(f.Data, header, mark{o.Catalog, o.Target, f.Path, o.IsFolder}.header())
	}
	return p, nil
}

// inRoot fails if the folder is outside of the output's Root.
func (r *resolver) inRoot(o *Output, dir string) error {
	if o.Root == "" {
		return nil
	}
	root, err := r.folder(o.Root)
	if err != nil {
		return err
	}
	real, err := r.folder(dir)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(root, real); err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("%s leads through a symbolic link to %s, outside of %s: nothing is written there", filepath.Clean(dir), real, root)
	}
	return nil
}

// folder returns the real path of a folder that may not exist yet: the real path
// of the deepest folder that exists, followed by the rest.
func (r *resolver) folder(dir string) (string, error) {
	dir = filepath.Clean(dir)
	if real, ok := r.known[dir]; ok {
		return real, nil
	}
	real, err := r.resolve(dir)
	if err != nil {
		return "", err
	}
	r.known[dir] = real
	return real, nil
}

func (r *resolver) resolve(dir string) (string, error) {
	abs := dir
	if !filepath.IsAbs(dir) {
		abs = filepath.Join(r.wd, dir)
	}
	real, err := filepath.EvalSymlinks(abs)
	if err == nil {
		// Another run may just have removed the folder.
		var info fs.FileInfo
		switch info, err = os.Stat(real); {
		case err == nil && info.IsDir():
			return real, nil
		case err == nil:
			return "", fmt.Errorf("%s is a file, not a folder", dir)
		}
	}
	if info, err := os.Lstat(abs); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return "", fmt.Errorf("%s is a broken symbolic link", dir)
	}
	up, ok := parent(abs)
	if !ok || !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return "", err
	}
	if d, ok := parent(dir); ok {
		up = d // as the user spelled it, for messages
	}
	real, err = r.folder(up)
	if err != nil {
		return "", err
	}
	return filepath.Join(real, filepath.Base(abs)), nil
}

// maxName is the longest file name that file systems allow, in bytes.
const maxName = 255

// CheckPath returns an error unless a path can be that of a File: it stays in its
// folder, and every operating system allows it.
func CheckPath(path string) error {
	if path == "." || !fs.ValidPath(path) {
		return errors.New("must be a clean relative path")
	}
	return CheckNames(path)
}

// CheckNames returns an error unless every operating system allows the names of the
// folders and the file in a path with slashes.
func CheckNames(path string) error {
	for _, name := range strings.Split(path, "/") {
		switch {
		case name == "" || name == "." || name == "..":
		case strings.ContainsFunc(name, isReserved):
			return errors.New("contains a character that some systems do not allow in file names")
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return errors.New("contains a name that ends with a dot or a space")
		case isDevice(name):
			return errors.New("contains the name of a Windows device")
		case len(name) > maxName:
			return fmt.Errorf("contains a name of more than %d bytes", maxName)
		case strings.HasPrefix(name, tempPrefix):
			return errors.New("contains the name of a temporary file")
		}
	}
	return nil
}

func isReserved(r rune) bool {
	return r < ' ' || r == 0x7f || r == utf8.RuneError || strings.ContainsRune(`<>:"|?*\`, r)
}

// isDevice reports whether the name, with any extension, is that of a device on
// Windows.
func isDevice(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	name = strings.ToUpper(strings.TrimRight(name, " "))
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	number, isPort := strings.CutPrefix(name, "COM")
	if !isPort {
		number, isPort = strings.CutPrefix(name, "LPT")
	}
	return isPort && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}
