package codelifecycle

import (
	"errors"
	"testing"

	"example.com/test/shop"
)

func TestOld(t *testing.T) {
	for _, test := range []struct{ err, want error }{
		{deprecated(nil), shop.TooLate},
		{retired(0), shop.NewSoldOut("chair", 1)},
	} {
		if !errors.Is(test.err, test.want) {
			t.Error(test.err)
		}
	}
}
