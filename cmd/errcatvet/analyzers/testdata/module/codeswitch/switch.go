package codeswitch

import (
	"example.com/test/cli"
	"example.com/test/rpc"
	"example.com/test/shop"
)

func missing(code cli.Code, number rpc.Code, many shop.Code) {
	switch code { // want `the switch has no default and lacks cli.NoFile, cli.OldFlag`
	case cli.Usage:
	}
	switch number { // want `the switch has no default and lacks rpc.Nothing`
	case rpc.ParseError, rpc.NoMethod:
	}
	switch many { // want `the switch has no default and lacks shop.Database, shop.Internal, shop.NotFound, shop.OrderClosed, shop.Refused, and 5 more`
	case shop.OutOfStock:
	}
}

func right(code cli.Code, many shop.Code, other cli.Code) {
	switch code {
	case cli.Usage:
	default:
	}
	switch code {
	case cli.Usage, cli.NoFile, "E3":
	}
	switch code {
	case other:
	}
	switch many { // without the retired ones
	case shop.OutOfStock, shop.OrderFinished, shop.NotFound, shop.TransferRefused, shop.TooLate, shop.SoldOut, shop.Sold, shop.Slow, shop.Refused, shop.Database, shop.Internal:
	}
}
