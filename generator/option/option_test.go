package option_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errcat/errcat/generator/option"
)

type language string

// options are those of a target.
type options struct {
	audience string
	plain    bool // off by default
	noHTTP   bool
	language language
	perCode  bool
	name     string
	path     string
	content  []byte
}

func (o *options) describe() option.Set {
	return option.Set{
		option.Audience(&o.audience),
		option.Bool(&o.plain, "plain", "Plain."),
		option.Disable(&o.noHTTP, "http", "HTTP."),
		option.Enum(&o.language, "language", "Language.", "go", "c", "d"),
		option.Keyword(&o.perCode, "per", "code", "Per."),
		option.String(&o.name, "name", "Name.", "shop", func(value string) error {
			if value == "bad" {
				return errors.New("must be good")
			}
			return nil
		}),
		option.Input(&o.path, &o.content, "template", "Template.", "a.tmpl", func(string) error { return nil }),
	}
}

func TestDescription(t *testing.T) {
	want := option.Set{
		{Name: "audience", Summary: "Who the output is for: public leaves out owners, internal errors and internal metadata; internal includes everything.", Default: "public", Values: []string{"public", "internal"}},
		{Name: "plain", Summary: "Plain.", Default: "false", Values: []string{"false", "true"}},
		{Name: "http", Summary: "HTTP.", Default: "true", Values: []string{"true", "false"}},
		{Name: "language", Summary: "Language.", Default: "go", Values: []string{"go", "c", "d"}},
		{Name: "per", Summary: "Per.", Values: []string{"code"}},
		{Name: "name", Summary: "Name.", Example: "shop"},
		{Name: "template", Summary: "Template.", Example: "a.tmpl", Required: true, IsInput: true},
	}
	got := new(options).describe()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(option.Option{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"audience", "plain", "http", "language", "per", "name", "template"}, got.Names()); diff != "" {
		t.Error(diff)
	}
	if o, ok := got.Lookup("name"); !ok || o.Name != "name" {
		t.Errorf("name is %+v", o)
	}
	if o, ok := got.Lookup("nme"); ok {
		t.Errorf("nme is %+v", o)
	}
}

// TestSet checks what each kind of option stores and refuses.
func TestSet(t *testing.T) {
	for _, test := range []struct {
		name, value string
		want        options
		err         string
	}{
		{"plain", "true", options{plain: true}, ""},
		{"plain", "false", options{}, ""},
		{"plain", "True", options{}, "must be true or false"},
		{"plain", "", options{}, "must be true or false"},
		{"http", "true", options{}, ""},
		{"http", "false", options{noHTTP: true}, ""},
		{"http", "no", options{}, "must be true or false"},
		{"language", "c", options{language: "c"}, ""},
		{"language", "C", options{language: "C"}, "must be go, c or d"},
		{"language", "", options{}, "must be go, c or d"},
		{"audience", "internal", options{audience: "internal"}, ""},
		{"audience", "all", options{audience: "all"}, "must be public or internal"},
		{"per", "code", options{perCode: true}, ""},
		{"per", "name", options{perCode: true}, "must be code"},
		{"name", "shop", options{name: "shop"}, ""},
		{"name", "", options{}, ""},
		{"name", "bad", options{name: "bad"}, "must be good"},
		{"template", "b.tmpl", options{path: "b.tmpl"}, ""},
	} {
		var got options
		o, _ := got.describe().Lookup(test.name)
		err := o.Set(test.value)
		if message := text(err); message != test.err {
			t.Errorf("%s=%s: error %q, want %q", test.name, test.value, message, test.err)
		}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(options{})); diff != "" {
			t.Errorf("%s=%s: %s", test.name, test.value, diff)
		}
	}
}

func TestLoad(t *testing.T) {
	var got options
	o, _ := got.describe().Lookup("template")
	o.Load([]byte("x"))
	if string(got.content) != "x" {
		t.Errorf("the content is %q", got.content)
	}
}

// TestBind checks that all problems are found at once, and that the values that
// are right are stored.
func TestBind(t *testing.T) {
	var got options
	conflict := func() (string, error) {
		if got.name == "bad" && got.plain {
			return "plain", errors.New("does not go with bad")
		}
		return "", nil
	}
	problems := got.describe().Bind([]option.Value{
		{Name: "plain", Value: "true"},
		{Name: "nme", Value: "x"},
		{Name: "http", Value: "maybe"},
		{Name: "name", Value: "bad"},
	}, conflict)
	type problem struct {
		Kind      option.Kind
		Name, Err string
	}
	want := []problem{
		{option.Unknown, "nme", ""},
		{option.Invalid, "http", "must be true or false"},
		{option.Invalid, "name", "must be good"},
		{option.Missing, "template", ""},
		{option.Invalid, "plain", "does not go with bad"},
	}
	var have []problem
	for _, p := range problems {
		have = append(have, problem{p.Kind, p.Name, text(p.Err)})
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(options{plain: true, name: "bad"}, got, cmp.AllowUnexported(options{})); diff != "" {
		t.Error(diff)
	}

	// What is reported already, or cannot be known, is not reported again.
	for _, values := range [][]option.Value{
		{{Name: "plain", Value: "maybe"}, {Name: "template"}},
		{{Name: "name", Unreadable: true}, {Name: "plain", Value: "maybe"}, {Name: "template"}},
	} {
		problems := new(options).describe().Bind(values, func() (string, error) { return "plain", errors.New("does not go with bad") })
		if len(problems) != 1 || problems[0].Name != "plain" || text(problems[0].Err) != "must be true or false" {
			t.Errorf("%v: problems %v", values, problems)
		}
	}
	if problems := new(options).describe().Bind([]option.Value{{Name: "name", Unreadable: true}, {Name: "template"}}, func() (string, error) {
		return "name", errors.New("does not go with others")
	}); len(problems) > 0 {
		t.Errorf("problems %v of an unreadable option", problems)
	}

	got = options{}
	if problems := got.describe().Bind([]option.Value{{Name: "template", Unreadable: true}}, nil); len(problems) > 0 {
		t.Errorf("an option that is there is reported: %v", problems)
	}
	if problems := got.describe().Bind([]option.Value{{Name: "template", Value: "x"}}, conflict); len(problems) > 0 || got.path != "x" {
		t.Errorf("problems %v, path %q", problems, got.path)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
