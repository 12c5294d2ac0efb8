package codelifecycle

import . "example.com/test/shop"

func dot() error {
	return TooLate // want `shop.TooLate is deprecated since 2.0: use shop.OrderClosed`
}
