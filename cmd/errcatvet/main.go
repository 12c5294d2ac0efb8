// Command errcatvet reports Go code that uses the errors of errcat's catalogs
// wrongly:
//
//	errcatvet ./...
//	errcatvet -fix ./...
//	go vet -vettool=$(which errcatvet) ./...
//
// The exit status is 0 if there is nothing to report, 1 if there are findings, and 2
// if the command failed. As a tool of go vet, it has the statuses of go vet.
package main

import (
	"os"
	"strings"

	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// fixing is the environment variable by which errcatvet -fix starts the driver that
// applies fixes.
const fixing = "ERRCATVET_APPLY_FIXES"

func main() {
	args := os.Args[1:]
	switch {
	case os.Getenv(fixing) != "":
		registerOptions()
		multichecker.Main(suite()...)
	case isVet(args):
		registerOptions()
		unitchecker.Main(suite()...)
	}
	os.Exit(run(args, os.Stdout, os.Stderr))
}

// isVet reports whether the arguments are those of go vet, for a tool.
func isVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	return strings.HasSuffix(last, ".cfg") || strings.TrimLeft(last, "-") == "flags" || strings.HasPrefix(strings.TrimLeft(last, "-"), "V=")
}
