package main

import (
	"bytes"
	"os"
	"testing"
)

// The null device is a character device, as terminals are, but not a terminal.
func TestIsTerminal(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if isTerminal(null) || isTerminal(new(bytes.Buffer)) {
		t.Error("the null device or a buffer is taken for a terminal")
	}
}
