package html_test

import (
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/html"
)

func TestOptions(t *testing.T) {
	var o html.Options
	audience, _ := o.Describe().Lookup("audience")
	if err := audience.Set("internal"); err != nil || o.Audience != catalog.Internal {
		t.Errorf("audience %q, error %v", o.Audience, err)
	}
	o.Usage = "usage.json"
	if name, err := o.Conflict(); err != nil {
		t.Errorf("%s: error %v", name, err)
	}
	o.Audience = catalog.Public
	if name, err := o.Conflict(); name != "usage" || err == nil {
		t.Errorf("%s: error %v of a page for everybody", name, err)
	}
}

// The addresses of pages are ones to which names of files can be appended, and
// those for editing have no placeholder without a value.
func TestAddresses(t *testing.T) {
	for _, test := range []struct {
		option, value string
		isValid       bool
	}{
		{"url", "https://docs.example.com/errors/", true},
		{"url", "http://localhost:8080", true},
		{"url", "HTTPS://docs.example.com", true},
		{"url", "docs.example.com", false},
		{"url", "https:docs.example.com", false},
		{"url", "https://:80/", false},
		{"url", "javascript:alert(1)", false},
		{"url", "https:///errors", false},
		{"url", "https://example.com/?page=errors", false},
		{"url", "https://example.com/?", false},
		{"url", "https://example.com/#errors", false},
		{"url", "https://example.com/\"><script>", false},
		{"url", "https://example.com/a b", false},
		{"url", "", false},
		{"edit", "https://github.com/example/shop/edit/main/catalog.yaml#L{line}", true},
		{"edit", "https://example.com/{code}?name={name}", true},
		{"edit", "https://example.com/{file}", false},
		{"edit", "https://example.com/{", false},
		{"edit", "{name}", false},
		{"edit", "javascript:{name}", false},
		{"edit", "", false},
	} {
		var o html.Options
		option, _ := o.Describe().Lookup(test.option)
		if err := option.Set(test.value); (err == nil) != test.isValid {
			t.Errorf("%s %q: error %v", test.option, test.value, err)
		}
	}
}
