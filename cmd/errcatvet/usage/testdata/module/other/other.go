// Package other computes codes of other catalogs.
package other

import (
	alias "example.com/test/cli"
	. "example.com/test/upstream"
)

type code = alias.Code

func parsed(text string) error {
	if c, ok := alias.ParseCode(text); ok { // any cli
		return c
	}
	if alias.Code(text) == alias.Usage { // handled Usage
		return alias.Code("unknown")
	}
	return code(text) // any cli
}

func listed() (n int) {
	for _, c := range alias.Codes() {
		n += len(c.Title())
	}
	return n
}

func dot() error {
	if len(Codes()) > 0 {
		return Busy // raised Busy
	}
	return Code("ABSENT") // raised Missing
}
