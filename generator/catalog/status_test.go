package catalog_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

func TestStatusText(t *testing.T) {
	for status := range 1000 {
		want := strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
		if got := catalog.StatusText(status); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
