// Package files holds generated files in memory, and has their two consumers:
// Write brings the disk up to date, Check reports what is out of date. Both use
// the same comparison with the disk, so they never disagree about what to do.
package files

import "fmt"

// File is one generated file.
type File struct {
	// Path is slash-separated and relative to the folder of its Output.
	Path string
	// Data begins with the Header of its Output, as a comment. On disk, the header
	// also says the name of the file.
	Data []byte
	// Inject, if it is not nil, replaces Data: the file is one that somebody
	// maintains, and has to exist. Inject takes the name of the file for messages
	// and its content, and returns the new content. It is idempotent. Several
	// outputs may inject into one file. The file is compared byte for byte, and
	// needs no header.
	Inject func(name string, old []byte) ([]byte, error)
}

// Files are what one target makes, sorted by path.
type Files []File

// Output is what one target made, and where it belongs on disk.
type Output struct {
	// Catalog and Target say what the files were made from. Both are in the Header,
	// by which a generated file is recognized.
	Catalog, Target string
	// Dir is the folder that the paths of Files are relative to.
	Dir   string
	Files Files
	// IsFolder means that Dir belongs to the output, not only the Files: a file in it
	// whose header says that it is a page of this output, under exactly its path, is
	// stale if no Output plans it. Folders in Dir are searched only if a path of Files
	// has folders, and never hidden ones, node_modules, vendor, testdata, nested
	// repositories and the targets of symbolic links.
	IsFolder bool
	// Workspace has the names of all catalogs of the workspace. It is nil if there is
	// none; then a file of any other catalog is in the way.
	Workspace []string
	// IsKept means that the files are those of another run: they are not compared,
	// and not stale.
	IsKept bool
	// Root, if it is not empty, is the folder that the output must stay in after
	// all symbolic links are resolved.
	Root string
}

// Change is what was done, or has to be done, about one file.
type Change struct {
	// Path is the Dir of the Output as it was given, joined with the path of
	// the file.
	Path string
	Kind Kind
	// Old and New are the contents that differ; only Check sets them. Old has LF
	// line endings, so that a diff shows only real changes. It is nil if the file
	// is missing or Blocked; New is nil if the file is stale.
	Old, New []byte
	// Blocked says why Write does not touch the file unless it is forced to. It is
	// empty for other files.
	Blocked string
}

// Kind is the kind of a Change.
type Kind int

// Write reports Wrote, Unchanged and Removed; Check reports Missing, Changed and
// Stale, and Orphans Orphan.
const (
	Wrote Kind = iota + 1
	Unchanged
	Removed
	Missing
	Changed
	Stale
	Orphan
)

// String returns the kind as one word: "wrote", "unchanged", "removed",
// "missing", "changed", "stale" or "orphan".
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
	case Orphan:
		return "orphan"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// MarshalText renders the kind as String does, for JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }
