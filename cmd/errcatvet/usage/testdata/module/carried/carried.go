// Package carried has errors that a generated package carries over gRPC.
package carried

import (
	"errors"

	"example.com/test/shop"
	"example.com/test/transport"
)

func status() int { return transport.NewError(shop.NotFound).Code() } // raised NotFound

func mapped() transport.Option {
	return transport.MapError(shop.Gone, shop.TooLate) // handled Gone // raised TooLate
}

func received(err error) bool { return errors.Is(transport.FromError(err), shop.Slow) } // handled Slow

func passed() error { return transport.FromError(shop.Database) } // raised Database
