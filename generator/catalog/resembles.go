package catalog

import (
	"bufio"
	"io"
	"regexp"
)

// topKey matches a line, or the beginning of a flow mapping, with a key that only
// catalogs of errcat have.
var topKey = regexp.MustCompile(`^(?:\x{feff})?(?:\{\s*)?["']?(?:version|catalog|errors)["']?\s*:`)

// Resembles reports whether a file called catalog.yaml is meant to be a catalog of
// errcat, even if it is wrong or still empty: other tools have files of that name.
// It fails if the file cannot be read.
func Resembles(file io.Reader) (bool, error) {
	isEmpty := true
	lines := bufio.NewReader(file)
	for {
		line, isPrefix, err := lines.ReadLine()
		if err == io.EOF {
			return isEmpty, nil
		}
		if err != nil {
			return false, err
		}
		if topKey.Match(line) {
			return true, nil
		}
		if len(line) > 0 && line[0] != '#' && line[0] != '-' && line[0] != ' ' {
			isEmpty = false
		}
		for isPrefix && err == nil { // the rest of a long line
			_, isPrefix, err = lines.ReadLine()
		}
	}
}
