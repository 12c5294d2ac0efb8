package typescript

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"sync"

	"github.com/errcat/errcat/generator/files"
)

// This file writes package.json.

// manifest is a package.json; npm ignores the comment.
type manifest struct {
	Comment     string `json:"$comment"`
	Name        string `json:"name"`
	Version     string `json:"version"`
	Description string `json:"description,omitempty"`
	Type        string `json:"type"`
	SideEffects bool   `json:"sideEffects"`
	// Exports are exports, and the path of the package.json itself.
	Exports map[string]any `json:"exports"`
	Main    string         `json:"main"`
	Types   string         `json:"types"`
	Files   []string       `json:"files"`
	Engines engines        `json:"engines"`
}

type engines struct {
	Node string `json:"node"`
}

// oldestNode is the first version of Node that knows ES2020.
const oldestNode = ">=14"

// exports says where a module and its declarations are. The order matters: the
// first condition that applies wins.
type exports struct {
	Types   string `json:"types"`
	Default string `json:"default"`
}

// conditions are the exports of a module for import and for require.
type conditions struct {
	Import  exports `json:"import"`
	Require exports `json:"require"`
}

// exportsOf returns the exports of a module. TypeScript is for workspaces whose
// tools compile it, and has one file for all.
func exportsOf(module string, opt Options) (all any, main exports) {
	path := "./" + module
	if opt.emit() == "ts" {
		main = exports{path + ".ts", path + ".ts"}
		return main, main
	}
	main = exports{path + ".d.cts", path + ".cjs"}
	return conditions{exports{path + ".d.ts", path + ".js"}, main}, main
}

// manifest returns the package.json. Every module can be imported by its name,
// and has no side effects, so that bundlers leave out what is not used. What does
// not look at the exports finds CommonJS.
func (p pack) manifest(opt Options) (files.File, error) {
	name, version, err := splitPackage(opt.Package)
	if err != nil {
		return files.File{}, err
	}
	index, main := exportsOf("index", opt)
	m := manifest{
		Comment:     p.header,
		Name:        name,
		Version:     version,
		Description: strings.Join(strings.Fields(p.Title), " "),
		Type:        "module",
		Exports:     map[string]any{".": index, "./package.json": "./package.json"},
		Main:        main.Default,
		Types:       main.Types,
		Engines:     engines{oldestNode},
	}
	for _, f := range opt.forms() {
		m.Files = append(m.Files, "*"+f.ext)
	}
	if p.library != "" {
		path := p.MessagesFile()
		m.Files = append(m.Files, path)
		m.Exports["./"+path] = "./" + path
	}
	if !opt.SingleFile {
		for _, module := range p.Reexported() {
			m.Exports["./"+module], _ = exportsOf(module, opt)
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return files.File{}, err
	}
	return files.File{Path: "package.json", Data: b.Bytes()}, nil
}

// The names and versions that npm accepts.
var (
	packageName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*$`)
	})
	packageVersion = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$`)
	})
)

// checkPackage returns an error if s cannot be an Options.Package.
func checkPackage(s string) error {
	_, _, err := splitPackage(s)
	return err
}

// splitPackage returns the name and the version of a package. The version is
// 0.0.0 if there is none; then whoever publishes the package sets it.
func splitPackage(s string) (name, version string, err error) {
	name = s
	if i := strings.LastIndexByte(s, '@'); i > 0 {
		name, version = s[:i], s[i+1:]
		if !packageVersion().MatchString(version) {
			return "", "", errors.New("must have a version such as 1.2.3 after the last @")
		}
	}
	if !packageName().MatchString(name) || len(name) > 214 || name == "node_modules" || name == "favicon.ico" {
		return "", "", errors.New("must be the name of an npm package, such as @acme/errors")
	}
	return name, cmp.Or(version, "0.0.0"), nil
}
