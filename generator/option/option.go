// Package option describes the options of an output. A target lists its options
// once, in the style of package flag: each has a name, a summary and the field
// that takes its value. Checks, documentation and schemas all use that list.
package option

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Option is one option of the outputs of a target, bound to the field that
// takes its value.
type Option struct {
	Name string
	// Summary says what the option does, in sentences.
	Summary string
	// Default is the value that applies if the option is not given; it is empty
	// if the Summary has to say what happens then.
	Default string
	// Values are all values that the option takes, nil if they cannot be listed.
	// Then there is an Example.
	Values  []string
	Example string
	// Required means that every output must have the option.
	Required bool
	// IsMapping means that the value is a mapping, which is given as JSON.
	IsMapping bool
	// IsInput means that the value is the path of a file whose content the target
	// needs; see Load. In a catalog the path is relative to the catalog's folder.
	IsInput bool
	// IsHistory means that the value is a git revision, and that the target needs
	// what changed in the catalog up to it, as catalog.ParseHistory reads it; see Load.
	IsHistory bool

	set  func(value string) error
	load func(content []byte)
}

// Set stores a value in the field. It returns an error if the option cannot have
// that value; a field that can hold it is set even so, so that checks of
// combinations see that the option was given.
func (o Option) Set(value string) error { return o.set(value) }

// Load stores the content of the file that the value of an input names, or the
// history.
func (o Option) Load(content []byte) { o.load(content) }

// Bool returns an option that is false by default.
func Bool(field *bool, name, summary string) Option {
	return boolean(field, true, name, summary, "false", "true")
}

// Disable returns an option that is true by default; false sets the field, which
// is one that turns something off.
func Disable(field *bool, name, summary string) Option {
	return boolean(field, false, name, summary, "true", "false")
}

func boolean(field *bool, on bool, name, summary string, values ...string) Option {
	return Option{Name: name, Summary: summary, Default: values[0], Values: values, set: func(value string) error {
		if value != "true" && value != "false" {
			return errors.New("must be true or false")
		}
		*field = value == "true" == on
		return nil
	}}
}

// Enum returns an option that takes one of some values. The first is the
// default, which the target has to assume if the field is empty.
func Enum[T ~string](field *T, name, summary string, values ...T) Option {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = string(v)
	}
	return Option{Name: name, Summary: summary, Default: names[0], Values: names, set: func(value string) error {
		*field = T(value)
		if !slices.Contains(names, value) {
			return fmt.Errorf("must be %s", oneOf(names))
		}
		return nil
	}}
}

// Keyword returns an option that takes a single value, and sets the field if it
// is given.
func Keyword(field *bool, name, value, summary string) Option {
	return Option{Name: name, Summary: summary, Values: []string{value}, set: func(given string) error {
		*field = true
		if given != value {
			return fmt.Errorf("must be %s", value)
		}
		return nil
	}}
}

// String returns an option that takes any value for which check returns nil.
func String(field *string, name, summary, example string, check func(value string) error) Option {
	return Option{Name: name, Summary: summary, Example: example, set: func(value string) error {
		*field = value
		return check(value)
	}}
}

// Mapping returns an option that takes a mapping, as a JSON object for which check
// returns nil.
func Mapping(field *string, name, summary, example string, check func(object string) error) Option {
	o := String(field, name, summary, example, check)
	o.IsMapping = true
	return o
}

// Input returns a required option that takes the path of a file whose content
// the target needs.
func Input(path *string, content *[]byte, name, summary, example string, check func(path string) error) Option {
	o := String(path, name, summary, example, check)
	o.Required, o.IsInput = true, true
	o.load = func(data []byte) { *content = data }
	return o
}

// History returns the option of all documents that can show what changed in each
// release.
func History(revision *string, content *[]byte) Option {
	o := String(revision, "history", "Shows what changed in each error, by release, up to a git revision such as v1.4.0, or up to HEAD with git: then the next release changes the output. The releases are the tags that compatibility.released of the catalog matches. By default, no history is shown.", "git", func(value string) error {
		if value == "" || strings.HasPrefix(value, "-") || strings.ContainsFunc(value, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			return errors.New("must be git or a git revision")
		}
		return nil
	})
	o.IsHistory = true
	o.load = func(data []byte) { *content = data }
	return o
}

// Usage returns the option of all documents that can show where programs use the
// errors.
func Usage(path *string, content *[]byte) Option {
	o := Input(path, content, "usage", "A file that errcat usage --format json has written: shows the files in which each error is raised and handled. Without it, no files are shown. Only for the audience internal.", "usage.json", func(path string) error {
		if path == "" {
			return errors.New("must be the path of a file")
		}
		return nil
	})
	o.Required = false
	return o
}

// UsageConflict returns the name of the option of Usage, and why it cannot be used, if
// an output for an audience has one: paths of files are internal.
func UsageConflict[T ~string](path string, audience T) (name string, err error) {
	if path == "" || audience == "internal" {
		return "", nil
	}
	return "usage", errors.New("only an output with audience: internal shows the files of programs")
}

// Audience returns the option of all targets that can leave internal errors out.
func Audience[T ~string](field *T) Option {
	return Enum(field, "audience", "Who the output is for: public leaves out owners, internal errors and internal metadata; internal includes everything.", "public", "internal")
}

// oneOf lists words as alternatives: "a", "a or b", "a, b or c".
func oneOf(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Set is all the options of a target, sorted by name.
type Set []Option

// Lookup returns the option with a name; false if there is none.
func (s Set) Lookup(name string) (Option, bool) {
	i := slices.IndexFunc(s, func(o Option) bool { return o.Name == name })
	if i < 0 {
		return Option{}, false
	}
	return s[i], true
}

// Names returns the names of the options.
func (s Set) Names() []string {
	names := make([]string, len(s))
	for i, o := range s {
		names[i] = o.Name
	}
	return names
}

// Value is an option as somebody wrote it.
type Value struct {
	Name, Value string
	// IsMapping means that it is a mapping, of which Value is the JSON.
	IsMapping bool
	// Unreadable means that there is a value, but not such one: only the name is
	// checked.
	Unreadable bool
}

// Problem is what is wrong with one option of an output.
type Problem struct {
	Kind Kind
	// Name is the name of the option.
	Name string
	// Err says what is wrong with the value, if Kind is Invalid.
	Err error
}

// Kind is the kind of a Problem.
type Kind int

// The kinds of problems: an option that the set does not have, a value that the
// option cannot have, a required option that is not given.
const (
	Unknown Kind = iota + 1
	Invalid
	Missing
)

var errMapping = errors.New("must not be a mapping")

// Bind stores the values in the fields, and returns everything that is wrong
// with them, in their order; then the missing options. The function conflict,
// which may be nil, returns the name of an option that does not go with the
// others, and why; it is not asked if an option is unreadable.
func (s Set) Bind(values []Value, conflict func() (name string, err error)) []Problem {
	var problems []Problem
	given := make(map[string]bool, len(values))
	for _, v := range values {
		given[v.Name] = true
		o, ok := s.Lookup(v.Name)
		if !ok {
			problems = append(problems, Problem{Kind: Unknown, Name: v.Name})
			continue
		}
		if v.Unreadable {
			conflict = nil
			continue
		}
		if v.IsMapping && !o.IsMapping {
			problems = append(problems, Problem{Invalid, v.Name, errMapping})
			continue
		}
		if err := o.Set(v.Value); err != nil {
			problems = append(problems, Problem{Invalid, v.Name, err})
		}
	}
	for _, o := range s {
		if o.Required && !given[o.Name] {
			problems = append(problems, Problem{Kind: Missing, Name: o.Name})
		}
	}
	if conflict != nil {
		name, err := conflict()
		isReported := func(p Problem) bool { return p.Name == name }
		if err != nil && !slices.ContainsFunc(problems, isReported) {
			problems = append(problems, Problem{Invalid, name, err})
		}
	}
	return problems
}
