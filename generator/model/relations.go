package model

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/prose"
)

// Relations says which errors of a catalog are related, and which one follows
// another in documents.
type Relations struct {
	links map[*catalog.Error][]*catalog.Error // in both directions
	order func() order
}

// order is the errors by category, and the place of each.
type order struct {
	errors []*catalog.Error
	places map[*catalog.Error]int
}

// maxRelated is the number of related errors that the nearest of a category fill up,
// maxLinked the number of linked ones that documents name.
const (
	maxRelated = 5
	maxLinked  = 20
)

// NewRelations returns the relations of a catalog.
func NewRelations(c *catalog.Catalog) *Relations {
	r := &Relations{
		links: make(map[*catalog.Error][]*catalog.Error),
		order: sync.OnceValue(func() order { return orderOf(c) }),
	}
	ids := sync.OnceValue(func() map[string]*catalog.Error { return errorsByID(c) })
	linked := make(map[[2]*catalog.Error]bool)
	link := func(from, to *catalog.Error) {
		if pair := [2]*catalog.Error{from, to}; !linked[pair] {
			linked[pair] = true
			r.links[from] = append(r.links[from], to)
		}
	}
	for _, cat := range c.Categories {
		for _, e := range cat.Errors {
			for _, id := range linkedIDs(e) {
				if other := ids()[id]; other != nil && other != e {
					link(e, other)
					link(other, e)
				}
			}
		}
	}
	return r
}

func orderOf(c *catalog.Catalog) order {
	o := order{places: make(map[*catalog.Error]int, len(c.Errors))}
	for _, cat := range c.Categories {
		for _, e := range cat.Errors {
			o.places[e] = len(o.errors)
			o.errors = append(o.errors, e)
		}
	}
	return o
}

// errorsByID returns the errors by their codes and aliases.
func errorsByID(c *catalog.Catalog) map[string]*catalog.Error {
	ids := make(map[string]*catalog.Error, len(c.Errors))
	for _, e := range c.Errors {
		ids[e.Anchor] = e
		for _, a := range e.Aliases {
			ids[a.Code] = e
		}
	}
	return ids
}

// linkedIDs returns the ids within a document that the texts of an error link to.
func linkedIDs(e *catalog.Error) []string {
	var ids []string
	collect := func(target string) (string, bool) {
		if id, ok := strings.CutPrefix(target, "#"); ok {
			ids = append(ids, id)
		}
		return target, true
	}
	for _, t := range []prose.Text{e.Description, e.Resolution} {
		if strings.ContainsAny(t.Source(), "#&") {
			t.MapLinks(collect).IsEmpty() // reads it
		}
	}
	for _, l := range e.Links {
		collect(strings.TrimSpace(l.URL))
	}
	return ids
}

// Linked returns references to the errors that the texts of an error link to, and to
// those whose texts link to it. There may be too many to name all of them.
func (r *Relations) Linked(e *catalog.Error) []Piece { return references(r.links[e]) }

// Of returns the same as Linked and, if these are few, the nearest errors of the
// category.
func (r *Relations) Of(e *catalog.Error) []Piece {
	related := slices.Clone(r.links[e])
	o := r.order()
	place, ok := o.places[e]
	for distance := 1; ok && distance <= maxRelated && len(related) < maxRelated; distance++ {
		for _, at := range []int{place + distance, place - distance} {
			if at < 0 || at >= len(o.errors) || len(related) >= maxRelated {
				continue
			}
			if near := o.errors[at]; near.Category == e.Category && !slices.Contains(related, near) {
				related = append(related, near)
			}
		}
	}
	return references(related)
}

// references returns references to errors, and how many more there are.
func references(errors []*catalog.Error) []Piece {
	var pieces []Piece
	for _, e := range errors[:min(len(errors), maxLinked)] {
		pieces = append(pieces, Piece{Kind: Reference, Of: e})
	}
	if more := len(errors) - maxLinked; more > 0 {
		pieces = append(pieces, Piece{Text: fmt.Sprintf("and %d more", more)})
	}
	return pieces
}

// Around returns the errors before and after an error in documents, nil at the ends.
func (r *Relations) Around(e *catalog.Error) (previous, next *catalog.Error) {
	o := r.order()
	place, ok := o.places[e]
	if ok && place > 0 {
		previous = o.errors[place-1]
	}
	if ok && place+1 < len(o.errors) {
		next = o.errors[place+1]
	}
	return previous, next
}
