package yamldoc

import (
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

func TestAmbiguousText(t *testing.T) {
	for _, text := range strings.Fields("A code 2205A 0E00X a1 _ - . 1.2.3 12:60 1:2:x 2024-01-01x T Nope yes_ 0x 0b2 1e e5 .e5 +a infinity nan 08x 2200-2299 tRUEx") {
		if kind := ambiguousWithout(text); kind != "" {
			t.Errorf("%s is taken for %s", text, kind)
		}
	}
	for _, text := range strings.Fields("y Y n N yes Yes NO on OFF 12:30 1:20:30 1:20:30.5 0o7 2001-1-1 .5 1. 1e5 1_0 0x_1 +1 -1 .inf -.INF .nan") {
		if ambiguousWithout(text) == "" {
			t.Errorf("%s is not considered ambiguous", text)
		}
	}
}

func ambiguousWithout(text string) string {
	return ambiguous(&yaml.Node{Kind: yaml.ScalarNode, Value: text})
}
