package codeliteral

import (
	"testing"

	"example.com/test/rpc"
	"example.com/test/shop"
)

func TestCode(t *testing.T) {
	code, _ := shop.ParseCode("1902")
	if code != "1002" { // want `use shop.OrderClosed instead of "1002"`
		t.Error()
	}
	// The test is that the codes stay.
	if shop.OrderClosed != "1002" || string(shop.OrderClosed) != "1002" || "-32700" != rpc.ParseError || rpc.ParseError.Int() != -32700 {
		t.Error()
	}
}
