package custom

import (
	"errors"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/option"
)

// Options are the choices of an output.
type Options struct {
	// Template is the text of the template, at most MaxTemplate bytes;
	// TemplateFile is its path, for the header and for reports.
	Template     []byte
	TemplateFile string
	// Audience is who the output is for: catalog.Public, the default, leaves
	// internal errors out; catalog.Internal includes all errors.
	Audience catalog.Audience
	// File is the name of the file that is made of the whole catalog.
	File string
	// PerCode makes a file per error instead, with a name made by FileTemplate,
	// such as "{{.Code}}.md".
	PerCode      bool
	FileTemplate string
}

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Audience(&o.Audience),
		option.String(&o.FileTemplate, "file", "With per: the name of each file, which is a template itself. Without it, the path names a single file.", "{{.Code}}.md", checkFileTemplate),
		option.Keyword(&o.PerCode, "per", "code", "Makes one file per code. Without it, there is a single file for the whole catalog."),
		option.Input(&o.TemplateFile, &o.Template, "template", "The path of the template.", "errors.py.tmpl", checkTemplateFile),
	}
}

// Conflict returns the name of an option that does not go with the others, and
// why.
func (o *Options) Conflict() (name string, err error) {
	switch {
	case o.PerCode && o.FileTemplate == "":
		return "per", errors.New("needs the option file, which names the files")
	case !o.PerCode && o.FileTemplate != "":
		return "file", errors.New("needs the option per")
	}
	return "", nil
}

// checkTemplateFile returns an error if the path of a template has a name that
// cannot be in the header of the output.
func checkTemplateFile(path string) error {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	isPlain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("_-.", r)
	}
	if name == "" || name[0] == '.' || strings.ContainsFunc(name, func(r rune) bool { return !isPlain(r) }) {
		return errors.New("the file name must contain only letters, digits, _, - and ., and must not start with a dot")
	}
	return nil
}

// checkFileTemplate returns an error if text is not a template of a file name.
func checkFileTemplate(text string) error {
	if _, err := new(renderer).parse(text); err != nil || text == "" {
		return errors.New("must be a template of a file name, such as {{.Code}}.md")
	}
	return nil
}
