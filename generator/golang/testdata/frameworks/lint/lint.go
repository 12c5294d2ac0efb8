// Package lint returns errors of other packages, for a linter that wants them to
// be wrapped.
package lint

import (
	"io"
	"os"

	"example.com/shop/shop"
)

func order() error { return shop.NewOutOfStock("P-17", 2) }

func refuse() error { return shop.WithCause(shop.OrderClosed, io.EOF) }

func remove() error { return os.Remove("orders") } // is reported
