package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/gomod"
	"github.com/errcat/errcat/generator/workspace"
)

// initCommand is errcat init.
type initCommand struct{}

// Help returns the text of errcat init --help.
func (initCommand) Help() string {
	return `Writes a commented catalog.yaml with examples, for the Go module or the package
of npm that the folder belongs to. In a Go module, it also writes the file with
the line for go generate. It writes a workflow that runs errcat lint, errcat check
and, for pull requests, errcat breaking on GitHub, unless the repository uses
GitLab.

It asks nothing, runs nothing, and never changes a file that exists. At the end
it prints what is left to do.

Examples:

  errcat init`
}

//go:embed skeleton
var skeleton embed.FS

// project is the folder in which errcat init runs.
type project struct {
	// Name is the name of the catalog, Title the name in words.
	Name, Title string
	// Command runs errcat.
	Command string
	// Outputs are the outputs of the catalog.
	Outputs []projectOutput
	// Folder is the folder relative to the root of the repository, GoMod the go.mod;
	// each is empty if there is none.
	Folder, GoMod string

	root    string // of the repository
	hasTool bool   // go.mod has errcat as a tool
	gitlab  bool   // the repository has a pipeline of GitLab, and no workflow of GitHub
}

// projectOutput is an output of a new catalog.
type projectOutput struct{ Target, Path string }

// generateFile is the file with the line for go generate.
const generateFile = "generate.go"

// Run writes the files, and prints what it did with each.
func (cmd *initCommand) Run(env *environment) error {
	p, err := findProject()
	if err != nil {
		return err
	}
	catalogText, err := p.render("catalog.yaml")
	if err != nil {
		return err
	}
	c, ds := generator.Load("catalog.yaml", catalogText)
	if old, err := workspace.ReadFile("catalog.yaml"); err == nil {
		if c, ds = generator.Load("catalog.yaml", old); c == nil {
			src := workspace.NewSource("catalog.yaml", old)
			if err := (formatFlag{Format: "text"}).report(env.stdout, src, ds); err != nil {
				return err
			}
			return errFindings
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if c == nil {
		return fmt.Errorf("the new catalog is invalid: %v", ds)
	}
	workflow, err := p.render("workflow.yml")
	if err != nil {
		return err
	}

	files := []newFile{{"catalog.yaml", catalogText}}
	if p.GoMod != "" {
		files = append(files, generateFiles(c, p.Command)...)
	}
	workflowPath := filepath.Join(p.root, ".github", "workflows", "errcat.yml")
	if dir, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(dir, workflowPath); err == nil {
			workflowPath = rel
		}
	}
	if !p.gitlab {
		files = append(files, newFile{workflowPath, workflow})
	}
	old, err := os.ReadFile(workflowPath)
	hasWorkflow := err == nil && bytes.Equal(old, workflow)
	created := make(map[string]bool)
	failure := env.write(func() error {
		for _, f := range files {
			wrote, err := f.create()
			if err != nil {
				return err
			}
			created[f.path] = wrote
		}
		return nil
	})
	hasWorkflow = hasWorkflow || created[workflowPath]
	for _, f := range files {
		wrote, ok := created[f.path]
		if !ok { // the one that failed
			return failure
		}
		state := "exists"
		if wrote {
			state = "wrote"
		}
		if _, err := fmt.Fprintf(env.stdout, "%-9s %s\n", state, diag.Printable(f.path)); err != nil {
			return err
		}
	}
	return p.next(env, slices.ContainsFunc(files, func(f newFile) bool { return filepath.Base(f.path) == generateFile }), hasWorkflow)
}

// next prints what is left to do.
func (p *project) next(env *environment, hasLine, hasWorkflow bool) error {
	var b strings.Builder
	file, row, err := unnamed("catalog.yaml")
	if err != nil {
		return err
	}
	if row == "" {
		b.WriteString("\nReplace the examples in catalog.yaml. Then run:\n\n")
	} else {
		fmt.Fprintf(&b, "\nReplace the examples in catalog.yaml, and add it to the catalogs of %s:\n\n    - catalog: %s\n\nThen run:\n\n", diag.Printable(file), diag.Printable(row))
	}
	if p.GoMod != "" && !p.hasTool {
		fmt.Fprintf(&b, "    go get -tool %s@%s\n", gomod.ErrcatCommand, releasedVersion())
	}
	if hasLine {
		b.WriteString("    go generate ./...\n")
	} else {
		fmt.Fprintf(&b, "    %s generate\n", p.Command)
	}
	if !hasWorkflow {
		fmt.Fprintf(&b, "\nAnd let the pipeline of the repository run:\n\n    %s lint\n    %s check\n\nand, for a change that is to be merged into main:\n\n    %s breaking --against origin/main\n", p.Command, p.Command, p.Command)
	}
	_, err = fmt.Fprint(env.stdout, b.String())
	return err
}

// unnamed returns the errcat.yaml that a catalog of the working directory belongs to
// and that does not name it, and what to write there; empty strings if there is none.
func unnamed(catalogFile string) (file, row string, err error) {
	found, err := workspace.Find(".")
	if err != nil {
		return "", "", err
	}
	file = found.Above
	if found.IsWorkspace {
		file = found.Path
	}
	if file == "" {
		return "", "", nil
	}
	if is, err := workspace.IsNamed(file, catalogFile); is || err != nil {
		return "", "", err
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return "", "", err
	}
	path, err := filepath.Abs(catalogFile)
	if err != nil {
		return "", "", err
	}
	path, err = filepath.Rel(dir, path)
	return file, filepath.ToSlash(path), err
}

// releasedVersion returns the version of errcat if it is a release, else latest.
func releasedVersion() string {
	if v := buildVersion(); regexp.MustCompile(`^v\d+\.\d+\.\d+$`).MatchString(v) {
		return v
	}
	return "latest"
}

// newFile is a file to be written if it does not exist.
type newFile struct {
	path string
	text []byte
}

// create writes the file with its folders. It returns false if it exists.
func (f newFile) create() (bool, error) {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o755); err != nil {
		return false, err
	}
	file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = file.Write(f.text)
	if err = errors.Join(err, file.Close()); err != nil {
		return false, errors.Join(err, os.Remove(f.path)) // not half of it
	}
	return true, nil
}

// generateFiles returns the file with the line for go generate, if the catalog has
// an output for Go. It is in the generated package, out of the way.
func generateFiles(c *catalog.Catalog, command string) []newFile {
	for _, o := range c.Outputs {
		if o.Target != "go" {
			continue
		}
		dir := filepath.FromSlash(o.Path)
		up, err := filepath.Rel(dir, ".")
		if err != nil {
			return nil
		}
		name := c.GoPackage
		for _, option := range o.Options {
			if option.Key == "package" {
				name = option.Value
			}
		}
		text := fmt.Sprintf("package %s\n\n//go:generate %s generate -c %s\n", name, command, filepath.ToSlash(filepath.Join(up, "catalog.yaml")))
		return []newFile{{filepath.Join(dir, generateFile), []byte(text)}}
	}
	return nil
}

// render returns a file of the skeleton.
func (p *project) render(name string) ([]byte, error) {
	t, err := template.ParseFS(skeleton, "skeleton/"+name+".tmpl")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, p)
	return b.Bytes(), err
}

// findProject looks at the working directory.
func findProject() (*project, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	p := &project{Command: "go run " + gomod.ErrcatCommand + "@" + releasedVersion()}
	if p.root, err = diag.Repository(); err != nil {
		return nil, err
	}
	p.gitlab = exists(filepath.Join(p.root, ".gitlab-ci.yml")) && !exists(filepath.Join(p.root, ".github"))
	if rel, err := filepath.Rel(p.root, dir); err == nil && rel != "." {
		p.Folder = yamlWord(filepath.ToSlash(rel))
	}
	word, err := p.inModule(dir)
	if err != nil {
		return nil, err
	}
	p.Name = catalogName(word)
	p.Title = strings.ToUpper(p.Name[:1]) + strings.ReplaceAll(p.Name[1:], "_", " ")
	if p.GoMod != "" {
		path := freePath(p.Name, p.Name+"errors", "errcat"+p.Name)
		p.Outputs = append(p.Outputs, projectOutput{"go", path})
	}
	if exists("package.json") {
		p.Outputs = append(p.Outputs, projectOutput{"typescript", freePath("src/errors", "src/"+p.Name+"-errors", "errcat/"+p.Name)})
	}
	p.Outputs = append(p.Outputs, projectOutput{"markdown", freePath("docs/errors.md", "docs/"+p.Name+"-errors.md", "errcat-"+p.Name+".md")})
	return p, nil
}

// inModule looks for the go.mod of a folder, within the repository. It returns the
// last word of the module path if the folder is that of the module, else that of
// the folder.
func (p *project) inModule(dir string) (word string, err error) {
	for up := dir; ; up = filepath.Dir(up) {
		file, err := gomod.ReadModFile(filepath.Join(up, "go.mod"))
		switch {
		case errors.Is(err, fs.ErrNotExist) && up != p.root && up != filepath.Dir(up):
			continue
		case errors.Is(err, fs.ErrNotExist):
			return filepath.Base(dir), nil
		case err != nil:
			return "", err
		}
		rel, err := filepath.Rel(p.root, filepath.Join(up, "go.mod"))
		if err != nil {
			return "", err
		}
		p.GoMod, p.Command = yamlWord(filepath.ToSlash(rel)), "go tool errcat"
		p.hasTool = file.HasTool
		if file.Module != "" && up == dir {
			return path.Base(majorVersion.ReplaceAllString(file.Module, "")), nil
		}
		return filepath.Base(dir), nil
	}
}

var (
	majorVersion = regexp.MustCompile(`[./]v\d+$`)
	notInName    = regexp.MustCompile(`[^a-z0-9]+`)
)

// catalogName returns the name of a catalog that is made from a word.
func catalogName(word string) string {
	name := notInName.ReplaceAllString(strings.ToLower(word), "_")
	name = strings.TrimLeft(name, "_0123456789")
	name = strings.TrimRight(name[:min(len(name), 40)], "_")
	if name == "" {
		return "app"
	}
	return name
}

// freePath returns the first path that does not exist, the last one if all do.
func freePath(paths ...string) string {
	for _, p := range paths {
		if !exists(p) && !slices.Contains([]string{"docs", "internal", "src", "testdata", "vendor"}, p) {
			return p
		}
	}
	return paths[len(paths)-1]
}

// yamlWord returns a path as it is written in YAML.
func yamlWord(s string) string {
	if regexp.MustCompile(`^[A-Za-z][\w./-]*$`).MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

// exists reports whether there is a file or folder.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
