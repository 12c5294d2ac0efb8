package baseline

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/workspace"
)

// History returns what changed in each release of a catalog up to a revision, as
// catalog.ParseHistory reads it. The revision git means HEAD. It fails if the catalog
// does not say what its releases are, or if one cannot be read.
func (b *Finder) History(m *workspace.Member, revision string) ([]byte, error) {
	pattern := m.Catalog.Compatibility.Released
	switch {
	case m.IsForeign:
		return nil, errors.New("the catalog belongs to another module, which has no history here")
	case pattern == "":
		return nil, errors.New("the catalog does not say which tags are releases; add compatibility: {released: v*}")
	}
	if revision == "git" {
		revision = "HEAD"
	}
	repo, err := b.repository(b.dir([]*workspace.Member{m}))
	if err != nil {
		return nil, err
	}
	last, err := repo.Resolve(revision)
	if err != nil {
		return nil, err
	}
	tags, err := repo.TagsOf(pattern, last)
	if err != nil {
		return nil, err
	}
	releases := []catalog.Release{}
	before := new(catalog.Catalog)
	for _, tag := range slices.Backward(tags) {
		found, err := b.at(repo, tag, m)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			continue
		}
		now := found[0].Catalog
		releases = append(releases, release(tag.Name, before, now, m.Catalog))
		before = now
	}
	return json.Marshal(releases)
}

// release returns what changed in one release, by the names that the errors have in
// the current catalog. Errors that this does not have are left out.
func release(name string, before, now, current *catalog.Catalog) catalog.Release {
	matches := compat.Match(now, current)
	r := catalog.Release{Name: name, Changes: []catalog.ReleaseChange{}}
	for _, c := range compat.Compare(before, now) {
		if c.Error == nil || matches[c.Error] == nil || c.Rule == diag.RuleDocumentationChanged {
			continue
		}
		text := c.Message
		if c.Rule == diag.RuleErrorAdded {
			text = "added"
		}
		wasInternal := c.Old != nil && c.Old.Audience == catalog.Internal
		r.Changes = append(r.Changes, catalog.ReleaseChange{
			Error: matches[c.Error].Name, Text: text,
			IsInternal: c.Error.Audience == catalog.Internal || wasInternal && c.Rule != diag.RuleErrorMadePublic,
		})
	}
	return r
}
