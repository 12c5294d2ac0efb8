package baseline

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/git"
	"github.com/errcat/errcat/generator/workspace"
)

// maxNamed is how many versions that cannot be read are named.
const maxNamed = 5

// Past reads all versions that a catalog had at HEAD, one after the other, and
// returns what messages call them. It notes which ones it could not read, and fails if
// that is all of them.
func (b *Finder) Past(m *workspace.Member) (*compat.History, string, error) {
	switch {
	case m.IsForeign:
		return nil, "", fmt.Errorf("%s belongs to another module, whose history is elsewhere", m.Name)
	case m.Name == workspace.Stdin:
		return nil, "", errors.New("a catalog from standard input has no history")
	}
	repo, err := b.repository(cmp.Or(m.Dir, "."))
	if err != nil {
		return nil, "", err
	}
	name, err := repo.Path(m.Name)
	if err != nil {
		return nil, "", err
	}
	head, err := repo.Resolve("HEAD")
	if err != nil {
		return nil, "", err
	}
	h := compat.NewHistory()
	var first string
	var blob git.ID
	var unreadable []string
	for v, err := range repo.History(head, name, workspace.MaxFile) {
		switch {
		case err != nil:
			return nil, "", err
		case !v.IsMainline, v.Blob == blob && v.Blob != "":
			continue
		}
		blob = v.Blob
		label := v.Commit.Short() + " (" + v.Time.Format(time.DateOnly) + ")"
		var data []byte
		if v.Path != "" {
			if data = v.Data; data == nil {
				data = []byte{}
			}
		}
		if h.Add(label, data) {
			first = cmp.Or(first, label)
		} else {
			unreadable = append(unreadable, label)
		}
	}
	switch n := len(unreadable); {
	case h.Versions()+n == 0:
		return nil, "", fmt.Errorf("no commit has %s; commit it first", diag.Quote(name))
	case h.Versions() == 0:
		return nil, "", fmt.Errorf("none of the %s of %s can be read", counted(n, "version"), diag.Quote(name))
	case n > 0:
		about := strings.Join(unreadable[:min(n, maxNamed)], ", ")
		if n > maxNamed {
			about += " and others"
		}
		b.reader.Note(fmt.Sprintf("%s: passed over %s that cannot be read: %s", m.Name, counted(n, "version"), about))
	}
	return h, counted(h.Versions(), "version") + " since " + first, nil
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
