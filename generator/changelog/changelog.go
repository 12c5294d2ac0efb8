// Package changelog writes what changed between two versions of catalogs, for people
// and for programs.
package changelog

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/compat"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/prose"
)

// Entry is what changed in one catalog.
type Entry struct {
	// Catalog is the new version. If the catalog is gone, it is the old one.
	Catalog *catalog.Catalog
	Changes []compat.Change
	// Docs is the URL of a page of the documentation on which each error has its
	// anchor; it is empty if there is none.
	Docs string
}

// Section is a part of a changelog.
type Section string

// The sections, in their order.
const (
	Added      Section = "Added"
	Changed    Section = "Changed"
	Deprecated Section = "Deprecated"
	Retired    Section = "Retired"
	Removed    Section = "Removed"
)

var order = []Section{Added, Changed, Deprecated, Retired, Removed}

// sections are those of the rules; others belong to Changed.
var sections = map[diag.Rule]Section{
	diag.RuleErrorAdded:             Added,
	diag.RuleErrorRestored:          Added,
	diag.RuleErrorMadePublic:        Added,
	diag.RuleAliasAdded:             Added,
	diag.RuleNameAdded:              Added,
	diag.RuleParamAdded:             Added,
	diag.RuleParamValueAdded:        Added,
	diag.RuleCategoryAdded:          Added,
	diag.RuleMetadataAdded:          Added,
	diag.RuleTypeURIAccepted:        Added,
	diag.RuleFallbackAdded:          Added,
	diag.RuleHTTPAdded:              Added,
	diag.RuleCatalogAdded:           Added,
	diag.RuleErrorDeprecated:        Deprecated,
	diag.RuleErrorRetired:           Retired,
	diag.RuleRetiredUndeprecated:    Retired,
	diag.RuleErrorRemoved:           Removed,
	diag.RuleErrorMadeInternal:      Removed,
	diag.RuleAliasRemoved:           Removed,
	diag.RuleParamRemoved:           Removed,
	diag.RuleParamValueRemoved:      Removed,
	diag.RuleCategoryRemoved:        Removed,
	diag.RuleMetadataRemoved:        Removed,
	diag.RuleAcceptedTypeURIRemoved: Removed,
	diag.RuleHTTPRemoved:            Removed,
	diag.RuleCatalogRemoved:         Removed,
}

// sectionOf returns the section of a change, and false if a changelog does not have
// it.
func sectionOf(c compat.Change) (Section, bool) {
	if c.Rule == diag.RuleUnusedAcceptance {
		return "", false
	}
	if s, ok := sections[c.Rule]; ok {
		return s, true
	}
	return Changed, true
}

// ForAudience returns the changes that an audience can see. For everybody, they lack
// those of internal errors, categories and metadata, except that one became public or internal: what else
// changed in it then may quote texts that nobody else was meant to read.
func ForAudience(changes []compat.Change, a catalog.Audience) []compat.Change {
	if a == catalog.Internal {
		return changes
	}
	isInternal := func(e *catalog.Error) bool { return e != nil && e.Audience == catalog.Internal }
	return slices.DeleteFunc(slices.Clone(changes), func(c compat.Change) bool {
		switch c.Rule {
		case diag.RuleErrorMadePublic, diag.RuleErrorMadeInternal:
			return false
		case diag.RuleDocumentationChanged:
			return c.To == "owner" || c.IsInternal || isInternal(c.Error) || isInternal(c.Old)
		}
		return c.IsInternal || isInternal(c.Error) || isInternal(c.Old)
	})
}

// WriteMarkdown writes a section of a changelog as Markdown, with a title such as a
// version. It returns the error of w.
func WriteMarkdown(w io.Writer, title string, entries []Entry) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "## %s\n", prose.GFM.EscapeHeading(title))
	level := "###"
	if len(entries) > 1 {
		level = "####"
	}
	wrote := false
	for _, e := range entries {
		groups := make(map[Section][]compat.Change)
		for _, c := range e.Changes {
			if s, ok := sectionOf(c); ok {
				groups[s] = append(groups[s], c)
			}
		}
		if len(groups) == 0 {
			continue
		}
		wrote = true
		if len(entries) > 1 {
			fmt.Fprintf(out, "\n### %s\n", prose.GFM.EscapeHeading(e.Catalog.Title))
		}
		for _, s := range order {
			if len(groups[s]) == 0 {
				continue
			}
			fmt.Fprintf(out, "\n%s %s\n\n", level, s)
			for _, c := range groups[s] {
				e.write(out, c)
			}
		}
	}
	if !wrote {
		fmt.Fprint(out, "\nThe errors did not change.\n")
	}
	return out.Flush()
}

// write writes one change as an element of a list.
func (e Entry) write(out *bufio.Writer, c compat.Change) {
	out.WriteString("- ")
	if c.Severity == diag.Error {
		out.WriteString("**Breaking:** ")
	}
	if c.Name() != "" {
		out.WriteString(e.code(c))
	}
	if c.Rule == diag.RuleErrorAdded {
		out.WriteString(" " + prose.GFM.CodeSpan(c.Name()) + ": " + prose.GFM.Escape(c.Error.Title) + "\n")
		return
	}
	if c.Name() != "" {
		out.WriteString(": ")
	}
	out.WriteString(prose.GFM.Escape(c.Message))
	if reason := because(c); !reason.IsEmpty() {
		out.WriteString(". " + reason.InlineMarkdown(prose.GFM))
	}
	out.WriteString("\n")
}

// code returns the code of the error that a change is about, with a link to its
// documentation.
func (e Entry) code(c compat.Change) string {
	code := prose.GFM.CodeSpan(c.Code())
	if e.Docs == "" || c.Error == nil {
		return code
	}
	if target, ok := prose.LinkTarget(e.Docs + "#" + c.Error.Anchor); ok {
		return "[" + code + "](" + target + ")"
	}
	return code
}

// because returns the reason that the authors of a change gave.
func because(c compat.Change) prose.Text {
	switch {
	case c.Accepted != nil:
		return c.Accepted.Reason
	case c.Error == nil:
	case c.Rule == diag.RuleErrorDeprecated && c.To == "deprecated" && c.Error.Deprecated != nil: // else one of its names is
		return c.Error.Deprecated.Reason
	case (c.Rule == diag.RuleErrorRetired || c.Rule == diag.RuleRetiredUndeprecated) && c.Error.Retired != nil:
		return c.Error.Retired.Reason
	}
	return prose.Text{}
}

// jsonEntry is what changed in one catalog.
type jsonEntry struct {
	Catalog string       `json:"catalog"`
	Bump    string       `json:"bump"`
	Changes []jsonChange `json:"changes"`
}

type jsonChange struct {
	Rule     diag.Rule     `json:"rule"`
	Severity diag.Severity `json:"severity"`
	Section  Section       `json:"section"`
	Breaks   []string      `json:"breaks"`
	Code     string        `json:"code,omitempty"`
	Name     string        `json:"name,omitempty"`
	From     string        `json:"from,omitempty"`
	To       string        `json:"to,omitempty"`
	Message  string        `json:"message"`
	Reason   string        `json:"reason,omitempty"`
	Accepted bool          `json:"accepted,omitempty"`
}

// WriteJSON writes the changes as a JSON array with one object per catalog. Codes are
// strings, also those of a catalog with integers. It returns the error of w.
func WriteJSON(w io.Writer, entries []Entry) error {
	all := make([]jsonEntry, len(entries))
	for i, e := range entries {
		all[i] = jsonEntry{Catalog: e.Catalog.Name, Bump: compat.BumpOf(e.Changes).String(), Changes: []jsonChange{}}
		for _, c := range e.Changes {
			s, ok := sectionOf(c)
			if !ok {
				continue
			}
			all[i].Changes = append(all[i].Changes, jsonChange{
				Rule: c.Rule, Severity: c.Severity, Section: s, Breaks: c.Breaks.Names(),
				Code: c.Code(), Name: c.Name(), From: c.From, To: c.To, Message: c.Message,
				Reason: strings.TrimSpace(because(c).Source()), Accepted: c.Accepted != nil,
			})
		}
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(all)
}
