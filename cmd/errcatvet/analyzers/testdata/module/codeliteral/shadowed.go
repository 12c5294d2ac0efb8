package codeliteral

import s "example.com/test/shop"

func renamed(code s.Code) bool {
	return code == "1002" // want `use shop.OrderClosed instead of "1002"`
}

func shadowed(code s.Code) bool {
	s := "hides the package"
	return code == "1002" && s != "" // want `use shop.OrderClosed instead of "1002"`
}
