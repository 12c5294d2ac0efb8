package edit

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/yamldoc"
)

// Lifecycle is what an error says about its end.
type Lifecycle struct {
	// Since is a version, Reason is Markdown; both may be empty.
	Since, Reason string
	// ReplacedBy is the error to use instead, by its NAME, its code or an alias, or
	// empty.
	ReplacedBy string
}

// Deprecate marks an error as one to be avoided.
type Deprecate struct {
	// Error is the NAME, the code or an alias.
	Error string
	Lifecycle
}

// Retire marks an error as one that is no longer used.
type Retire struct {
	// Error is the NAME, the code or an alias.
	Error string
	// Lifecycle has what the author said. The replacement and the reason are otherwise
	// those of the deprecation.
	Lifecycle
}

func (d Deprecate) plan(c *catalog.Catalog) (*plan, error) {
	e, err := Find(c, d.Error)
	switch {
	case err != nil:
		return nil, err
	case e.Retired != nil:
		return nil, fmt.Errorf("%s is retired%s (line %d)", e.Name, sinceOf(e.Retired), e.Pos.Line)
	case e.Deprecated != nil:
		return nil, fmt.Errorf("%s is already deprecated%s (line %d)", e.Name, sinceOf(e.Deprecated), e.Pos.Line)
	}
	return d.Lifecycle.plan(c, e, "deprecated")
}

func (r Retire) plan(c *catalog.Catalog) (*plan, error) {
	e, err := Find(c, r.Error)
	switch {
	case err != nil:
		return nil, err
	case e.Retired != nil:
		return nil, fmt.Errorf("%s is already retired%s (line %d)", e.Name, sinceOf(e.Retired), e.Pos.Line)
	}
	life := r.Lifecycle
	if before := e.Deprecated; before != nil {
		if life.Reason == "" {
			life.Reason = strings.TrimSpace(before.Reason.Source())
		}
		if life.ReplacedBy == "" && before.ReplacedBy != nil {
			life.ReplacedBy = before.ReplacedBy.Name
		}
	}
	p, err := life.plan(c, e, "retired")
	if err == nil && e.Deprecated == nil {
		p.notes = append(p.notes, fmt.Sprintf("%s was not deprecated before: code that uses it gets no warning in advance", e.Name))
	}
	if err == nil && e.HasConstructor() {
		p.notes = append(p.notes, fmt.Sprintf("the Go constructor %s goes: code that still makes the error does not compile", e.GoConstructor()))
	}
	return p, err
}

// plan adds the lifecycle to an error under a key.
func (l Lifecycle) plan(c *catalog.Catalog, e *catalog.Error, key string) (*plan, error) {
	value := yamldoc.NewMapping()
	add := func(key, s string) {
		if s = strings.TrimSpace(s); s != "" {
			value.Content = append(value.Content, yamldoc.NewText(key), yamldoc.NewText(s))
		}
	}
	add("since", l.Since)
	add("reason", l.Reason)
	if l.ReplacedBy != "" {
		by, err := Find(c, l.ReplacedBy)
		switch {
		case err != nil:
			return nil, fmt.Errorf("the replacement: %w", err)
		case by == e:
			return nil, fmt.Errorf("%s cannot replace itself", e.Name)
		}
		add("replaced_by", by.Name)
	}
	return &plan{
		steps: []step{func(s *site, elsewhere bool) error { return s.set(e.Name, key, value, elsewhere) }},
		isMeant: func(path []string) bool {
			return len(path) >= 3 && path[0] == "errors" && path[1] == e.Name && path[2] == key
		},
		where: fmt.Sprintf("add to %s (line %d)", e.Name, e.Pos.Line),
		text:  shown(yamldoc.NewText(key), value),
	}, nil
}

// shown returns a pair as somebody would write it.
func shown(key, value *yamldoc.Node) string {
	return yamldoc.New("", nil, nil).Edit().Show(key, value)
}

// sinceOf says since when something holds.
func sinceOf(l *catalog.Lifecycle) string {
	if l.Since == "" {
		return ""
	}
	return " since " + l.Since
}
