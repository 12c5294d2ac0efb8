// Package files holds the generated files in memory, and the two consumers of
// them: Write brings the disk up to date, Check says where it is not. Both act
// on the same comparison of the files with the disk, so that they never
// disagree about what there is to do.
package files

import "fmt"

// File is one generated file.
type File struct {
	// Path is slash-separated and relative to the folder of its Output.
	Path string
	// Data begins with the Header of its Output, as a comment.
	Data []byte
	// Inject, where it is not nil, takes the place of Data: the file is one that
	// people write, and that has to be there. Inject returns what it is to
	// contain, given the name that messages have for it and what it contains;
	// applied to what it returned, it returns the same. Several outputs may
	// inject into one file. The file is compared byte for byte, and needs no
	// header.
	Inject func(name string, old []byte) ([]byte, error)
}

// Files are what one target makes, sorted by path.
type Files []File

// Output is what one target made, and the place on disk where it belongs.
type Output struct {
	// Catalog and Target name the maker; together they are the mark in the
	// header by which a generated file is known again.
	Catalog, Target string
	// Dir is the folder that the paths of Files are relative to.
	Dir   string
	Files Files
	// OwnsDir means that files in Dir and the folders below it which have the
	// mark of this Output, but are planned by no Output of the run, are stale.
	// Hidden folders, node_modules, vendor, testdata, repositories inside of
	// Dir and what symbolic links lead to are left alone.
	OwnsDir bool
	// Flat means that the target makes no folders: no stale file is searched
	// for below Dir, where the same target may have another output, and Dir
	// may be the top of a large tree.
	Flat bool
	// Root, where it is not empty, is the folder that the output must stay
	// in, with all symbolic links resolved.
	Root string
}

// Change is what there was, or is, to do about one file.
type Change struct {
	// Path is the Dir of the Output as it was given, joined with the path of
	// the file.
	Path string
	Kind Kind
	// Old and New are the contents that differ, for Check alone. Old has LF
	// line ends, so that a diff shows what matters. It is nil where the file
	// is missing or Blocked, New where the file is stale.
	Old, New []byte
	// Blocked says why Write does not touch the file unless it is forced to;
	// it is empty for the others.
	Blocked string
}

// Kind is the kind of a Change.
type Kind int

// Wrote, Unchanged and Removed are what Write did; Missing, Changed and Stale
// are what Check found.
const (
	Wrote Kind = iota + 1
	Unchanged
	Removed
	Missing
	Changed
	Stale
)

// String returns the kind as one word: "wrote", "unchanged", "removed",
// "missing", "changed" or "stale".
func (k Kind) String() string {
	switch k {
	case Wrote:
		return "wrote"
	case Unchanged:
		return "unchanged"
	case Removed:
		return "removed"
	case Missing:
		return "missing"
	case Changed:
		return "changed"
	case Stale:
		return "stale"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// MarshalText renders the kind as String does, for JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }
