package codeliteral

import "example.com/test/shop"

type code = shop.Code

type box[T any] struct{ value T }

func first[T any](list ...T) T { return list[0] }

func isFirst[C ~string](c C) bool { return c == "1001" }

func generics(c code) {
	_ = first[shop.Code]("1002")         // want `use shop.OrderClosed instead of "1002"`
	_ = first(shop.NotFound, "1002")     // want `use shop.OrderClosed instead of "1002"`
	_ = box[code]{"1003"}                // want `use shop.NotFound instead of "1003"`
	_ = c == "1003"                      // want `use shop.NotFound instead of "1003"`
	_ = map[code]int{"1003": 1}          // want `use shop.NotFound instead of "1003"`
	_ = isFirst("1001") || isFirst(c)    // the first is a string
	_ = box[string]{"1003"}.value == "1" // no code
}
