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
}
