package codeliteral

import (
	"testing"

	"example.com/test/shop"
)

func TestCode(t *testing.T) {
	if shop.Code("1002") != shop.OrderClosed { // want `use shop.OrderClosed instead of "1002"`
		t.Error()
	}
}
