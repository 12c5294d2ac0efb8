package main

import (
	"flag"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/errcat/errcat/cmd/errcatvet/analyzers"
)

// shared are the flags that every analyzer has. As a flag of the command, each sets
// those of all analyzers.
var shared = []struct{ name, usage string }{
	{"tests", "check test files with every analyzer, or with none (default: with those that fit)"},
	{"generated", "also check generated files"},
	{"vendor", "also check files in vendor folders"},
}

// addShared adds the flags that all analyzers have to a flag set.
func addShared(flags *flag.FlagSet, all []*analysis.Analyzer) {
	for _, s := range shared {
		flags.BoolFunc(s.name, s.usage, func(value string) error {
			if _, err := strconv.ParseBool(value); err != nil {
				return err
			}
			for _, a := range all {
				if err := a.Flags.Set(s.name, value); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// registerOptions adds the flags of the command that the drivers of x/tools do not
// know.
func registerOptions() { addShared(flag.CommandLine, analyzers.All()) }

// suite returns the analyzers for a driver of x/tools. Such a driver runs all
// analyzers unless flags name some, so those that are optional look for their flags
// themselves: -NAME or -all, which the drivers define, but do not use.
func suite() []*analysis.Analyzer {
	all := analyzers.Default()
	for _, a := range analyzers.Optional() {
		wrapped := *a
		wrapped.Run = func(p *analysis.Pass) (any, error) {
			if !isSet(a.Name) && !isSet("all") {
				return nil, nil
			}
			return a.Run(p)
		}
		all = append(all, &wrapped)
	}
	return all
}

// isSet reports whether a flag of the command line is true.
func isSet(name string) bool {
	f := flag.Lookup(name)
	if f == nil {
		return false
	}
	value, ok := f.Value.(flag.Getter)
	return ok && value.Get() == true
}
