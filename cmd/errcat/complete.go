package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/option"
	"github.com/errcat/errcat/generator/prose"
	"github.com/errcat/errcat/generator/terminal"
)

// completeCommand is errcat __complete, which the completion scripts ask.
type completeCommand struct {
	Words []string `arg:"" optional:"" passthrough:"all" help:"The words after errcat, up to the one at the cursor."`
}

// The kinds of completions, the first line of the answer.
const (
	// wholeWords are whole words. None means that there is nothing to complete with.
	wholeWords = "words"
	// wordParts are followed by something without a space between.
	wordParts = "part"
	// fileNames means that the shell completes names of files.
	fileNames = "files"
)

// completion is a word to complete with.
type completion = terminal.Completion

// Run prints what completes the last word: the kind, and one word per line, with a
// tab and a description after it if there is one. It prints no problems, which
// would be in the way of who types.
func (cmd *completeCommand) Run(env *environment, k *kong.Kong) error {
	words := cmd.Words
	if len(words) == 0 {
		words = []string{""}
	}
	c := &completer{env: env, app: k.Model.Node}
	kind, found := c.complete(words)
	var out bytes.Buffer
	fmt.Fprintln(&out, kind)
	current := words[len(words)-1]
	seen := make(map[string]bool)
	for _, f := range found {
		if !strings.HasPrefix(f.Word, current) || seen[f.Word] || !terminal.IsShellWord(f.Word) {
			continue
		}
		seen[f.Word] = true
		if about := prose.Clip(prose.Line(f.About), 60); about != "" {
			fmt.Fprintf(&out, "%s\t%s\n", f.Word, about)
		} else {
			fmt.Fprintln(&out, f.Word)
		}
	}
	_, err := env.stdout.Write(out.Bytes())
	return err
}

// startsNumber finds what may become a code that is a negative integer.
var startsNumber = regexp.MustCompile(`^-[0-9]`)

// completer completes a command line.
type completer struct {
	env *environment
	app *kong.Node
}

// complete returns what may complete the last of some words.
func (c *completer) complete(words []string) (kind string, found []completion) {
	current, before := words[len(words)-1], words[:len(words)-1]
	if len(before) == 0 {
		for _, command := range c.app.Children {
			if !command.Hidden {
				found = append(found, completion{Word: command.Name, About: command.Help})
			}
		}
		return wholeWords, append(found, completion{Word: "--help", About: "Show help."}, completion{Word: "--version", About: "Print the version of errcat."})
	}
	i := slices.IndexFunc(c.app.Children, func(n *kong.Node) bool { return n.Name == before[0] && !n.Hidden })
	if i < 0 {
		return wholeWords, nil
	}
	command := c.app.Children[i]
	isEnd := slices.Contains(before, "--")
	if !isEnd {
		if name, _, ok := strings.Cut(current, "="); ok && strings.HasPrefix(name, "--") {
			if flag := flagOf(command, name); flag != nil {
				return c.value(flag.Value, name+"=", current, before)
			}
			return wholeWords, nil
		}
		if flag := flagOf(command, before[len(before)-1]); flag != nil && !flag.IsBool() {
			return c.value(flag.Value, "", current, before)
		}
		if strings.HasPrefix(current, "-") && !startsNumber.MatchString(current) {
			return wholeWords, flagsOf(command)
		}
	}
	for _, p := range command.Positional {
		if p.Enum != "" || p.Tag.Get("complete") != "" {
			return c.value(p, "", current, before)
		}
	}
	return fileNames, nil
}

// flagOf returns the flag of a command that a word is, nil if it is none.
func flagOf(command *kong.Node, word string) *kong.Flag {
	for _, f := range command.Flags {
		if !f.Hidden && (word == "--"+f.Name || f.Short != 0 && word == "-"+string(f.Short)) {
			return f
		}
	}
	return nil
}

func flagsOf(command *kong.Node) []completion {
	found := []completion{{Word: "--help", About: "Show help."}}
	for _, f := range command.Flags {
		if f.Hidden || f.Name == "help" {
			continue
		}
		found = append(found, completion{Word: "--" + f.Name, About: f.Help})
		if f.Short != 0 {
			found = append(found, completion{Word: "-" + string(f.Short), About: f.Help})
		}
	}
	return found
}

// value returns what may complete a value, which begins after a prefix of the
// current word.
func (c *completer) value(v *kong.Value, prefix, current string, before []string) (kind string, found []completion) {
	kind = wholeWords
	switch what := v.Tag.Get("complete"); {
	case what == "outputs":
		kind, found = completeOutput(strings.TrimPrefix(current, prefix))
	case what != "":
		found = terminal.Completions(terminal.CompletionKind(what), c.catalogs(before)...)
		if what == "metadata" && !slices.ContainsFunc(found, func(f completion) bool { return !strings.HasSuffix(f.Word, "=") }) {
			kind = wordParts
		}
	case v.Enum != "":
		for _, word := range v.EnumSlice() {
			found = append(found, completion{Word: word})
		}
	default:
		return fileNames, nil
	}
	// The elements of a list are separated by commas.
	if at := strings.LastIndexByte(current, ','); v.IsSlice() && v.Tag.Sep == ',' && at >= len(prefix) {
		prefix = current[:at+1]
	}
	for i := range found {
		found[i].Word = prefix + found[i].Word
	}
	return kind, found
}

// catalogs returns the catalogs that a command line is about, none if there is a
// problem with them.
func (c *completer) catalogs(words []string) []*catalog.Catalog {
	var flag catalogsFlag
	for i, word := range words {
		if name, ok := strings.CutPrefix(word, "--catalog="); ok {
			flag.Catalog = append(flag.Catalog, name)
		} else if (word == "-c" || word == "--catalog") && i+1 < len(words) {
			flag.Catalog = append(flag.Catalog, words[i+1])
		}
	}
	if slices.Contains(flag.Catalog, "-") {
		return nil // the standard input is that of the shell
	}
	quiet := &environment{ctx: c.env.ctx, stdin: strings.NewReader(""), stdout: new(bytes.Buffer), stderr: new(bytes.Buffer)}
	p, _, err := loadAll(quiet, flag, formatFlag{Format: "text"})
	if err != nil {
		return nil
	}
	var catalogs []*catalog.Catalog
	for _, m := range p.Members {
		catalogs = append(catalogs, m.Catalog)
	}
	return catalogs
}

// completeOutput returns what may complete an output, such as
// markdown=docs/errors.md,inject=true.
func completeOutput(current string) (kind string, found []completion) {
	name, rest, hasPath := strings.Cut(current, "=")
	targets := generator.Targets()
	if !hasPath {
		for _, t := range targets {
			found = append(found, completion{Word: t.Name + "=", About: t.Summary})
		}
		return wordParts, found
	}
	i := slices.IndexFunc(targets, func(t generator.Target) bool { return t.Name == name })
	if i < 0 {
		return wholeWords, nil
	}
	at := strings.LastIndexByte(rest, ',')
	if at < 0 {
		return wordParts, completePath(name+"=", rest)
	}
	options := targets[i].Options()
	done, last := name+"="+rest[:at+1], rest[at+1:]
	key, _, hasValue := strings.Cut(last, "=")
	if !hasValue {
		for _, o := range options {
			if !slices.ContainsFunc(strings.Split(rest[:at], ","), func(s string) bool { return strings.HasPrefix(s, o.Name+"=") }) {
				found = append(found, completion{Word: done + o.Name + "=", About: o.Summary})
			}
		}
		return wordParts, found
	}
	o, ok := options.Lookup(key)
	if !ok {
		return wholeWords, nil
	}
	if o.IsInput {
		return wordParts, completePath(done+key+"=", strings.TrimPrefix(last, key+"="))
	}
	for _, value := range valuesOf(o) {
		found = append(found, completion{Word: done + key + "=" + value})
	}
	return wholeWords, found
}

// valuesOf returns the values of an option, or an example of one.
func valuesOf(o option.Option) []string {
	if o.Values == nil && o.Example != "" {
		return []string{o.Example}
	}
	return o.Values
}

// completePath returns the files and folders that begin with a path, after a prefix.
func completePath(prefix, path string) []completion {
	dir, name := filepath.Split(path)
	entries, err := os.ReadDir(filepath.Join(".", dir))
	if filepath.IsAbs(path) {
		entries, err = os.ReadDir(dir)
	}
	if err != nil {
		return nil
	}
	var found []completion
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), name) || strings.HasPrefix(e.Name(), ".") && name == "" {
			continue
		}
		word := prefix + dir + e.Name()
		if e.IsDir() {
			word += "/"
		}
		found = append(found, completion{Word: word})
	}
	return found
}
