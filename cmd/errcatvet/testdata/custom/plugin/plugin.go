// Package plugin makes the analyzers of errcat a linter of golangci-lint.
package plugin

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/errcat/errcat/cmd/errcatvet/analyzers"
)

func init() {
	register.Plugin("errcat", func(settings any) (register.LinterPlugin, error) {
		return register.DecodeSettings[linter](settings)
	})
}

// A linter has the settings of the linter errcat.
type linter struct {
	// All also runs the optional analyzers.
	All bool `json:"all"`
	// Disable has the names of analyzers that do not run.
	Disable []string `json:"disable"`
}

// BuildAnalyzers returns the analyzers.
func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	chosen := analyzers.Default()
	if l.All {
		chosen = analyzers.All()
	}
	return analyzers.Without(chosen, l.Disable...)
}

// GetLoadMode returns what the analyzers need to know.
func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
