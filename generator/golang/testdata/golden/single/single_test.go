package single_test

import (
	"io"
	"testing"

	"golden/single"
)

func TestSingle(t *testing.T) {
	if got := single.Teapot.Error(); got != "TEAPOT: Teapot" {
		t.Errorf("got %q", got)
	}
	if got := single.Teapot.Metadata(); got != (single.Metadata{}) {
		t.Errorf("the metadata are %+v", got)
	}
	for s, known := range map[string]bool{"TEAPOT": true, "TEA": false, "TEAPOTS": false, "": false} {
		if code, ok := single.ParseCode(s); ok != known || string(code) != s {
			t.Errorf("ParseCode(%q) = %q, %t", s, string(code), ok)
		}
	}
	if got := single.HTTPStatus(single.Teapot); got != 499 {
		t.Errorf("the status is %d", got)
	}
	if got := single.HTTPStatus(io.EOF); got != 500 {
		t.Errorf("without a fallback the status is %d", got)
	}
}
