package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator"
)

// catalogFlag names the catalog of a command that needs a single one.
type catalogFlag struct {
	Catalog string `short:"c" placeholder:"FILE" help:"The catalog: a file, - for standard input, or mod:MODULE[@VERSION]/PATH for a file of a Go module. Default: that of errcat.yaml, or catalog.yaml."`
}

// list returns the catalog that the flag names, if any.
func (f catalogFlag) list() catalogsFlag {
	if f.Catalog == "" {
		return catalogsFlag{}
	}
	return catalogsFlag{Catalog: []string{f.Catalog}}
}

// outputFlag names the outputs of a command.
type outputFlag struct {
	Output []string `short:"o" sep:"none" complete:"outputs" placeholder:"TARGET=PATH" help:"An output in place of those in the catalog, as target=path[,option=value...]. Repeatable. The path is relative to the working directory; - is standard output, for a target that writes one file."`
}

// printed returns the index of the output that goes to standard output, -1 if
// none does. It fails if several do.
func (f outputFlag) printed() (int, error) {
	at := -1
	for i, s := range f.Output {
		_, rest, _ := strings.Cut(s, "=")
		if path, _, _ := strings.Cut(rest, ","); path != "-" {
			continue
		}
		if at >= 0 {
			return 0, errors.New("only one output can go to standard output")
		}
		at = i
	}
	return at, nil
}

// splitOptions splits what follows a target at its commas, but not within braces.
func splitOptions(s string) []string {
	var words []string
	depth, start := 0, 0
	for i, c := range []byte(s) {
		switch {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == ',' && depth <= 0:
			words = append(words, s[start:i])
			start = i + 1
		}
	}
	return append(words, s[start:])
}

// parse returns the outputs of the command line.
func (f outputFlag) parse() ([]generator.Output, error) {
	var outputs []generator.Output
	for _, s := range f.Output {
		target, rest, _ := strings.Cut(s, "=")
		words := splitOptions(rest)
		o := generator.Output{Target: target, Path: words[0], Options: make(map[string]string)}
		if target == "" || o.Path == "" {
			return nil, fmt.Errorf("-o %s: write target=path[,option=value...]", s)
		}
		for _, word := range words[1:] {
			key, value, ok := strings.Cut(word, "=")
			if !ok || key == "" {
				return nil, fmt.Errorf("-o %s: %s is not option=value", s, cmp.Or(word, "the empty option"))
			}
			if _, ok := o.Options[key]; ok {
				return nil, fmt.Errorf("-o %s: duplicate option %s", s, key)
			}
			o.Options[key] = value
		}
		if err := o.Check(); err != nil {
			return nil, fmt.Errorf("-o %s: %w", s, err)
		}
		outputs = append(outputs, o)
	}
	return outputs, nil
}
