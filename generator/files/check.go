package files

import "context"

// Check compares the files with the disk and returns what Write would change,
// sorted by path: Missing, Changed and Stale files, with their contents. It
// returns nothing if everything is up to date, and never writes.
//
// It fails if the disk cannot be read, and for everything that Write refuses even
// if forced: outputs that conflict or leave their Root, and a folder, pipe or
// device in the place of a file.
func Check(outputs []Output) ([]Change, error) {
	l, err := newLayout(outputs)
	if err != nil {
		return nil, err
	}
	diffs, err := compare(context.Background(), l, true)
	if err != nil {
		return nil, err
	}
	var drift []Change
	for _, d := range diffs {
		if d.Kind != Unchanged {
			drift = append(drift, d.Change)
		}
	}
	return drift, nil
}
