package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// applications are the TypeScript files that are compiled, from an empty one to
// one that uses all of a package.
var applications = []string{"empty", "one", "problem", "all"}

// compilers are the versions of tsc, by their folder in node_modules.
var compilers = []string{"typescript", "typescript-7"}

func compileName(codes int, compiler, emit, application string) string {
	return fmt.Sprintf("TSC/codes=%d/compiler=%s/emit=%s/app=%s", codes, compiler, emit, application)
}

func bundleName(codes int, bundler, application string) string {
	return fmt.Sprintf("Bundle/codes=%d/bundler=%s/app=%s", codes, bundler, application)
}

// The units of a bundle, beyond the same application without the package.
const (
	minifiedBytes = "minified-bytes"
	gzippedBytes  = "gzipped-bytes"
)

// measureTypeScript measures what the compilers take for applications, and what
// bundlers make of them.
func (l *lab) measureTypeScript(sizes []int) error {
	for _, tool := range []string{"Node", "typescript", "typescript-7", "esbuild", "rollup"} {
		if l.results.notes["version "+tool] == "" {
			const reason = "It needs Node and what `npm ci` installs, which this machine does not have."
			l.results.notes["missing TSC"], l.results.notes["missing Bundle"] = reason, reason
			return nil
		}
	}
	for _, codes := range ends(sizes) {
		if err := l.measureTypeScriptAt(codes); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) measureTypeScriptAt(codes int) error {
	commands, err := l.compilations(codes)
	if err != nil {
		return err
	}
	if err := l.compare(min(l.runs, 3), commands...); err != nil {
		return err
	}
	return l.measureBundles(codes)
}

// compilations makes the applications, with the modules in TypeScript and in
// JavaScript, and returns the commands that compile them.
func (l *lab) compilations(codes int) ([]command, error) {
	var commands []command
	catalog, err := l.catalog(codes)
	if err != nil {
		return nil, err
	}
	for _, emit := range []string{"ts", "js"} {
		dir := l.path("typescript", strconv.Itoa(codes), emit)
		if err := l.unpack("typescript", dir, codes, "public"); err != nil {
			return nil, err
		}
		if _, err := l.output(command{dir: dir, args: []string{l.errcat(), "generate", "-q", "-c", catalog, "-o", "typescript=errors,emit=" + emit}}); err != nil {
			return nil, err
		}
		for _, application := range applications {
			config, err := json.Marshal(map[string]any{"files": []string{application + ".ts"}, "compilerOptions": map[string]any{
				"strict": true, "noUncheckedIndexedAccess": true, "skipLibCheck": true, "noEmit": true,
				"module": "nodenext", "target": "es2022", "types": []string{},
			}})
			if err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(dir, application+".json"), config, 0o666); err != nil {
				return nil, err
			}
			for _, compiler := range compilers {
				tsc := filepath.Join(l.root, "node_modules", compiler, "bin", "tsc")
				commands = append(commands, command{
					name: compileName(codes, compiler, emit, application), dir: dir, args: []string{"node", tsc, "-p", application + ".json"},
				})
			}
		}
	}
	return commands, nil
}

// measureBundles bundles applications with the modules in TypeScript, which
// compilations has made.
func (l *lab) measureBundles(codes int) error {
	l.progress("bundle applications of %d codes", codes)
	out, err := l.output(command{dir: l.root, args: []string{
		"node", "generator/typescript/testdata/bundle.mjs", l.path("typescript", strconv.Itoa(codes), "ts", "bundles.json"),
	}})
	if err != nil {
		return err
	}
	var costs []struct {
		Bundler, App      string
		Minified, Gzipped float64
	}
	if err := json.Unmarshal(out, &costs); err != nil {
		return err
	}
	for _, c := range costs {
		l.results.add(bundleName(codes, c.Bundler, c.App), 1, value{c.Minified, minifiedBytes}, value{c.Gzipped, gzippedBytes})
	}
	return nil
}
