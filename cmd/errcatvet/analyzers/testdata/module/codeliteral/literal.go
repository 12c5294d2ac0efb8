package codeliteral

import (
	"errors"

	"example.com/other/facade"
	"example.com/test/bank"
	"example.com/test/consts"
	"example.com/test/rpc"
	"example.com/test/shop"
)

const closed = "1002"

type orderCode = shop.Code

var byHand shop.Code = "1002" // want `use shop.OrderClosed instead of "1002"`

const typed shop.Code = "1002" // want `use shop.OrderClosed instead of "1002"`

var table = map[shop.Code]string{
	"1001":        "stock", // want `use shop.OutOfStock instead of "1001"`
	shop.NotFound: "not found",
}

var list = []shop.Code{shop.NotFound, "100" + "2"} // want `use shop.OrderClosed instead of "100" \+ "2"`

func conversions(err error) bool {
	_ = shop.Code(`1003`)                    // want "use shop.NotFound instead of `1003`"
	_ = shop.Code(closed)                    // want `use shop.OrderClosed instead of closed`
	_ = shop.Code(consts.OrderClosed)        // want `use shop.OrderClosed instead of consts.OrderClosed`
	_ = shop.Code(consts.Typed)              // want `use shop.OrderClosed instead of consts.Typed`
	_ = shop.Code(bank.WrongPIN)             // want `use shop.OutOfStock instead of bank.WrongPIN`
	_ = orderCode("1002")                    // want `use shop.OrderClosed instead of "1002"`
	_ = shop.Code(shop.NotFound)             // the constant, once more
	return errors.Is(err, shop.Code("1003")) // want `use shop.NotFound instead of "1003"`
}

func comparisons(code shop.Code, p shop.Problem, number rpc.Code) int {
	if code == "1002" { // want `use shop.OrderClosed instead of "1002"`
		return 1
	}
	if ("1002") != code { // want `use shop.OrderClosed instead of "1002"`
		return 2
	}
	if p.Code == consts.OrderClosed { // want `use shop.OrderClosed instead of consts.OrderClosed`
		return 3
	}
	if string(code) == "1002" || "1003" == string(p.Code) { // want `use shop.OrderClosed instead of "1002"` `use shop.NotFound instead of "1003"`
		return 4
	}
	switch code {
	case "1001", shop.NotFound: // want `use shop.OutOfStock instead of "1001"`
		return 5
	case typed:
		return 6
	}
	switch string(code) {
	case "1002": // want `use shop.OrderClosed instead of "1002"`
		return 7
	case string(shop.NotFound):
		return 8
	}
	if number.Int() == -32700 { // want `use rpc.ParseError instead of -32700`
		return 9
	}
	switch number.Int() {
	case consts.Number: // want `use rpc.ParseError instead of consts.Number`
		return 10
	case 0: // want `use rpc.Nothing instead of 0`
		return 11
	}
	if number == "-32601" { // want `use rpc.NoMethod instead of "-32601"`
		return 12
	}
	return 0
}

func take(shop.Code, string) {}

func passed() shop.Code {
	take("1002", "1002")       // want `use shop.OrderClosed instead of "1002"`
	generic[shop.Code]("1003") // want `use shop.NotFound instead of "1003"`
	return "1003"              // want `use shop.NotFound instead of "1003"`
}

func generic[T ~string](x T) bool { return x == "1002" }

// The package is not imported, so the fix imports it.
func facades() bool {
	r, _ := facade.Do()
	return r.Code == "BUSY" || r.Code == facade.Busy // want `use upstream.Busy instead of "BUSY"`
}

// The catalog's package is internal to the other module: the fix uses the name that
// the facade gives the constant. There is none for the other code.
func internal() bool {
	return facade.Inner() == "L1" || facade.Inner() == "L2" // want `use facade.Locked instead of "L1"`
}

func ranges(code shop.Code) bool {
	return code >= "1001" && code < "2000" || max(code, "1001") == min("1002", code) || "10"+code == code
}

func right(code shop.Code, number rpc.Code, text string) bool {
	parsed, ok := shop.ParseCode("1002")
	return parsed == code || ok || code == "" || text == "1002" || number.Int() == 12 || string(code) == text ||
		code.Name() == "ORDER_CLOSED" || len(code) == 4
}
