package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// Set is the catalogs that somebody works on: one or several.
type Set struct {
	// Name is what messages call it: the file of the catalog or the workspace.
	Name    string
	Members []*Member
	// IsWorkspace means that an errcat.yaml names the catalogs, and accepts the
	// removal of others.
	IsWorkspace bool
	Accept      []catalog.Acceptance
	// Texts are the contents of files that reports quote, by name.
	Texts map[string][]byte
	// earlier are the names among them that are not those of files of the work tree.
	earlier map[string]bool
}

// Member is a catalog of a set.
type Member struct {
	*Source
	// Row is what errcat.yaml says about the catalog; it is zero without one.
	Row Catalog
	// Catalog is nil before Load, or if there are errors.
	Catalog *catalog.Catalog
}

// ErrNoCatalog means that there is no catalog, and that none was named.
var ErrNoCatalog = errors.New("no catalog.yaml or errcat.yaml in this folder or above it in the repository; name a catalog with -c FILE")

// Open returns the catalogs with some names or, without any, those of the working
// directory. Their texts are read, but not loaded. It returns the findings in
// errcat.yaml, and fails if a file cannot be read or if there is no catalog.
func Open(ctx context.Context, r Reader, names []string) (*Set, diag.Diagnostics, error) {
	s := &Set{Texts: make(map[string][]byte), earlier: make(map[string]bool)}
	if len(names) > 0 {
		return s, nil, s.readNamed(ctx, r, names)
	}
	found, err := Find(".")
	switch {
	case err != nil:
		return nil, nil, err
	case found.Path == "":
		return nil, nil, ErrNoCatalog
	}
	s.Name = found.Path
	if note := noteFound(found); note != "" {
		r.Note(note)
	}
	if found.IsWorkspace {
		ds, err := s.readWorkspace(ctx, r)
		return s, ds, err
	}
	src, err := r.Read(ctx, found.Path, ".")
	if err != nil {
		return nil, nil, err
	}
	s.add(src, Catalog{})
	return s, nil, nil
}

// readNamed reads the catalogs with some names, each of which may be there once.
func (s *Set) readNamed(ctx context.Context, r Reader, names []string) error {
	var read []string
	var errs []error
	for _, name := range names {
		src, err := r.Read(ctx, name, ".")
		if err != nil {
			errs = append(errs, err)
			continue
		}
		s.add(src, Catalog{})
		read = append(read, src.Name)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	s.Name = strings.Join(read, " and ")
	seen := make(map[string]bool)
	for _, name := range names {
		if clean := filepath.Clean(name); seen[clean] {
			return fmt.Errorf("duplicate catalog: -c %s", name)
		}
		seen[filepath.Clean(name)] = true
	}
	return nil
}

// noteFound says which file counts if it is not in the working directory, or if a
// workspace above it names more, or does not name it. It is empty otherwise.
func noteFound(found Found) string {
	using := ""
	if filepath.Dir(found.Path) != "." {
		using = "using " + found.Path
	}
	if found.Above == "" {
		return using
	}
	switch is, err := IsNamed(found.Above, found.Path); {
	case err != nil:
		return err.Error()
	case !is:
		return fmt.Sprintf("using %s; %s does not name it", found.Path, found.Above)
	}
	return fmt.Sprintf("using only %s; %s names it with others", found.Path, found.Above)
}

// IsNamed reports whether an errcat.yaml names a catalog of the repository. It fails if
// the errcat.yaml cannot be read.
func IsNamed(file, catalogFile string) (bool, error) {
	data, err := ReadFile(file)
	if err != nil {
		return false, err
	}
	w, _ := Load(file, data)
	return w != nil && slices.ContainsFunc(w.Catalogs, func(c Catalog) bool {
		return !c.IsForeign() && SameFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(c.Source)), catalogFile)
	}), nil
}

// SameFile reports whether two paths are those of one file.
func SameFile(a, b string) bool {
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// readWorkspace reads the catalogs that the errcat.yaml of the set names.
func (s *Set) readWorkspace(ctx context.Context, r Reader) (diag.Diagnostics, error) {
	data, err := ReadFile(s.Name)
	if err != nil {
		return nil, err
	}
	s.IsWorkspace, s.Texts[s.Name] = true, data
	w, ds := Load(s.Name, data)
	if w == nil {
		return ds, nil
	}
	s.Accept = w.Accept
	dir := filepath.Dir(s.Name)
	var errs []error
	for _, row := range w.Catalogs {
		name := row.Source
		if !row.IsForeign() {
			name = filepath.Join(dir, filepath.FromSlash(name))
		}
		src, err := r.Read(ctx, name, filepath.Join(dir, filepath.FromSlash(row.Module)))
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", row.Pos.File, row.Pos.Line, err))
			continue
		}
		s.add(src, row)
	}
	return ds, errors.Join(errs...)
}

// add adds a catalog whose text was read.
func (s *Set) add(src *Source, row Catalog) {
	src.Inputs[src.Name] = src.Data
	s.Members = append(s.Members, &Member{Source: src, Row: row})
}

// Text returns the content of a file that a report quotes, nil if the set does not
// know it.
func (s *Set) Text(file string) []byte {
	if data, ok := s.Texts[file]; ok {
		return data
	}
	for _, m := range s.Members {
		if data, ok := m.Inputs[file]; ok {
			return data
		}
	}
	return nil
}

// AddEarlier makes reports quote an earlier version of a catalog.
func (s *Set) AddEarlier(src *Source) {
	s.Texts[src.Name], s.earlier[src.Name] = src.Data, true
}

// IsEarlier reports whether a name is that of an earlier version, and of no file of the
// work tree.
func (s *Set) IsEarlier(name string) bool { return s.earlier[name] }

// Member returns the catalog with a name in reports, nil if there is none.
func (s *Set) Member(name string) *Member {
	for _, m := range s.Members {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Names returns the names of the loaded catalogs.
func (s *Set) Names() []string {
	names := make([]string, len(s.Members))
	for i, m := range s.Members {
		names[i] = m.Catalog.Name
	}
	return names
}

// Files returns the files of the catalogs, for a message.
func (s *Set) Files() string {
	names := make([]string, len(s.Members))
	for i, m := range s.Members {
		names[i] = m.Name
	}
	return strings.Join(names, ", ")
}

// IsOthers reports whether a folder has an errcat.yaml or a catalog that is not of the
// set. What is generated there is checked from there, also if the catalogs have the
// same name, such as those of examples.
func (s *Set) IsOthers(dir string) bool {
	name, err := inFolder(dir)
	if name == "" || err != nil {
		return err != nil
	}
	info, err := os.Stat(name)
	return err != nil || !slices.ContainsFunc(s.Members, func(m *Member) bool {
		own, err := os.Stat(m.Name)
		return err == nil && os.SameFile(own, info)
	})
}

// Load loads the catalogs concurrently, and returns what is wrong with them, in
// their order.
func (s *Set) Load() diag.Diagnostics {
	found := make([]diag.Diagnostics, len(s.Members))
	var wait sync.WaitGroup
	for i, m := range s.Members {
		wait.Go(func() {
			m.Catalog, found[i] = generator.Load(m.Name, m.Data)
			if m.Catalog != nil {
				_ = m.Catalog.AddOutputs(m.Row.Outputs) // Check reports what is wrong
			}
		})
	}
	wait.Wait()
	return slices.Concat(found...)
}

// Check returns what is wrong with the loaded catalogs together, and with what the
// workspace asks of each. It reduces them to what is selected.
func (s *Set) Check() diag.Diagnostics {
	var found diag.Diagnostics
	var all []Use
	for _, m := range s.Members {
		one := Use{Catalog: m.Catalog, Pos: cmp.Or(m.Row.Pos, diag.Position{File: m.Name, Line: 1, Col: 1})}
		switch {
		case m.Row.HasOutputs:
			one.Outputs, one.Dir = m.Row.Outputs, filepath.Dir(s.Name)
		case !m.IsForeign:
			one.Outputs, one.Dir = m.Catalog.Outputs, m.Dir
		}
		all = append(all, one)
		if !m.Row.Only.IsEmpty() {
			found = append(found, m.Row.CheckSelection(m.Catalog)...)
			m.Catalog = m.Catalog.Select(m.Row.Only.Accepts)
		}
		found = append(found, m.Catalog.AddOutputs(m.Row.Outputs)...)
	}
	return append(found, Check(all)...)
}
