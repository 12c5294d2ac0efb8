// Package sendtest sends requests to the servers of tests.
package sendtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

// Send sends the body of a request and returns the status and the body.
func Send(t *testing.T, url, body string) (int, string) {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

// Shown returns the response that docs/recipes.md shows, without spaces.
func Shown(t *testing.T) string {
	t.Helper()
	shown, err := os.ReadFile("response.json")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, shown); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
