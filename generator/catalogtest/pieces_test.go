package catalogtest_test

import (
	"testing"

	"github.com/errcat/errcat/generator/catalogtest"
)

func TestPieces(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"plain, é \n":        "plain, é \n",
		"a\x80b\x81\xff":     "a\nb\n\n\xff",
		"\xc3\xa4\xc3\x8e":   "äÎ",
		"one\x8etwo\xe2\x82": "one\n- two" + catalogtest.Pieces("\xe2") + catalogtest.Pieces("\x82"),
	} {
		if got := catalogtest.Pieces(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	seen := make(map[string]bool)
	for c := 0x80; c < 0xFF; c++ {
		piece := catalogtest.Pieces(string([]byte{byte(c)}))
		if piece == "" || seen[piece] {
			t.Errorf("the piece %#x is empty or occurs twice: %q", c, piece)
		}
		seen[piece] = true
	}
}
