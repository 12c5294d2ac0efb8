package catalog

import (
	"strings"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// lint reads the levels of warnings.
func (l *loader) lint(n *yamldoc.Node) {
	var ids []string
	rules := make(map[string]diag.Rule)
	for _, r := range diag.Rules() {
		if r.Severity() != diag.Error && !r.HasLevel() {
			continue
		}
		rules[r.ID()] = r
		if r.HasLevel() {
			ids = append(ids, r.ID())
		}
	}
	pairs, _ := l.Mapping(n, "lint", "write a mapping from the ids of warnings to off, warning or error")
	for _, p := range pairs {
		rule, ok := rules[p.Name]
		switch {
		case !ok:
			help := "the warnings are " + strings.Join(ids, ", ")
			if near := diag.Nearest(p.Name, ids); near != "" {
				help = "did you mean " + near + "?"
			}
			l.Report(diag.RuleUnknownKey, l.At(p.Key), help, "unknown key %s in lint", diag.Quote(p.Name))
			continue
		case rule.Severity() != diag.Warning:
			l.Report(diag.RuleUnknownKey, l.At(p.Key), "remove it; the warnings are "+strings.Join(ids, ", "), "the rule %s is always an error", p.Name)
			continue
		}
		if level, ok := yamldoc.Choice(l.Document, p.Value, "the level of a warning", diag.LevelOff, diag.LevelWarning, diag.LevelError); ok {
			l.report.SetLevel(rule, level)
			if l.cat.Levels == nil {
				l.cat.Levels = make(map[string]diag.Level)
			}
			l.cat.Levels[p.Name] = level
		}
	}
}
