package main

import (
	"strings"
	"testing"
)

// TestKnowsLinks tells terminals that show hyperlinks from others.
func TestKnowsLinks(t *testing.T) {
	for variables, want := range map[string]bool{
		"":                                    false,
		"TERM=xterm-256color":                 false,
		"WT_SESSION=x":                        true,
		"KITTY_WINDOW_ID=1":                   true,
		"TERM=xterm-kitty":                    true,
		"TERM=screen STY=1.x":                 false,
		"TERM_PROGRAM=WezTerm":                true,
		"TERM_PROGRAM=Apple_Terminal":         false,
		"VTE_VERSION=4900":                    false,
		"VTE_VERSION=5000":                    false,
		"VTE_VERSION=5001":                    true,
		"VTE_VERSION=7200":                    true,
		"VTE_VERSION=7200 TMUX=/tmp/tmux,1,0": false,
		"KONSOLE_VERSION=220401 STY=1.x":      false,
	} {
		set := make(map[string]string)
		for _, v := range strings.Fields(variables) {
			name, value, _ := strings.Cut(v, "=")
			set[name] = value
		}
		if got := knowsLinks(func(name string) string { return set[name] }); got != want {
			t.Errorf("%s: %v, want %v", variables, got, want)
		}
	}
}
