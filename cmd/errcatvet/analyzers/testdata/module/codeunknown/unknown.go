package codeunknown

import (
	"errors"

	"example.com/other/facade"
	"example.com/test/rpc"
	"example.com/test/shop"
)

const nothing = "nothing"

func unknown(err error, code shop.Code, number rpc.Code) bool {
	if errors.Is(err, shop.Code("9999")) { // want `"9999" is not a code of the catalog of package shop`
		return true
	}
	if code == nothing { // want `nothing is not a code of the catalog of package shop`
		return true
	}
	if string(code) == "ORDER_CLOSED" { // want `"ORDER_CLOSED" is not a code of the catalog of package shop`
		return true
	}
	if number.Int() == 7 { // want `7 is not a code of the catalog of package rpc`
		return true
	}
	r, _ := facade.Do()
	return r.Code == "UNBUSY" // want `"UNBUSY" is not a code of the catalog of package upstream`
}

func aliased(err error, code shop.Code, number rpc.Code) bool {
	if errors.Is(err, shop.Code("1902")) { // want `"1902" is an alias of shop.OrderClosed, which is another Code: use the constant`
		return true
	}
	if string(code) == "1902" { // want `"1902" is an alias of shop.OrderClosed, which is another Code: use the constant`
		return true
	}
	if number.Int() == -32001 { // want `-32001 is an alias of rpc.NoMethod, which is another Code: use the constant`
		return true
	}
	r, _ := facade.Do()
	switch r.Code {
	case "ABSENT": // want `"ABSENT" is an alias of upstream.Missing, which is another Code: use the constant`
		return true
	}
	return false
}

func internal() bool {
	return facade.Inner() == "L0" // want `"L0" is an alias of facade.Locked, which is another Code: use the constant`
}

func both(code shop.Code) map[shop.Code]int {
	switch string(code) {
	case "1902": // want `"1902" is an alias of shop.OrderClosed`
	case "1903": // want `"1903" is an alias of shop.OrderClosed`
	}
	return map[shop.Code]int{"1902": 1, "1903": 2} // want `"1902" is an alias of shop.OrderClosed` `"1903" is an alias of shop.OrderClosed`
}

func twice(code shop.Code) map[shop.Code]int {
	switch code {
	case shop.OrderClosed:
	case "1902": // want `"1902" is an alias of shop.OrderClosed`
	}
	return map[shop.Code]int{shop.OrderClosed: 1, "1902": 2} // want `"1902" is an alias of shop.OrderClosed`
}

func right(code shop.Code, text string) bool {
	fromWire, _ := shop.ParseCode("1902")
	if code >= "1000" && code < "2000" || max(code, "3") == "" || "10"+code == code {
		return true // ranges, and a part of a code
	}
	return code == "" || code == "1002" || code == shop.Code(text) || fromWire == code
}
