// Command linter runs the analyzers of errcat together with others.
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/passes/shadow"

	"github.com/errcat/errcat/cmd/errcatvet/analyzers"
)

func main() {
	all := append(analyzers.Default(), analyzers.Switch, shadow.Analyzer)
	multichecker.Main(all...)
}
