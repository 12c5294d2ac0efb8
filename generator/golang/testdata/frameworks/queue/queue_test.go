package queue

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"example.com/shop/shop"
	"example.com/shop/wallet"
)

// secret is in errors, causes and params that must not leave a consumer.
const secret = "10.0.0.7"

var errSecret = errors.New("dial tcp " + secret)

// hostile is a param that must stay a param.
const hostile = "\r\nNats-Msg-Id: 1\r\n\r\n\"}\x00\x7f\u00e9\u202e\u2028\U0001F4A9\xff"

// Text stays text: a header is printable ASCII in one line, of limited size.
func TestHostile(t *testing.T) {
	for name, err := range map[string]error{
		"text":   shop.NewOutOfStock(hostile, 2),
		"long":   shop.NewOutOfStock(strings.Repeat("\u00e9", maxProblem/6), 2), // fits if it is not escaped
		"longer": shop.NewOutOfStock(strings.Repeat("x", 1<<20), 2),
		"fields": shop.WithErrors(shop.OutOfStock, slices.Repeat([]shop.FieldError{{Pointer: "/a", Detail: hostile}}, 1000)...),
		"deep": shop.WithErrors(shop.OutOfStock, shop.At("/a", shop.ParseProblem([]byte(`{"code": "1001", "note": `+
			strings.Repeat("[", 9999)+strings.Repeat("]", 9999)+`}`)))),
		"received": shop.ParseProblem([]byte("{\"code\": \"1001\", \"note\": [\r\n1], \"\\u00e9\\r\\n\": \"\u00e9\\u0000\"}")),
	} {
		header := problemHeader(err)
		if strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) || len(header) > maxProblem || !json.Valid([]byte(header)) {
			t.Errorf("%s: the header of %d bytes is %.300q", name, len(header), header)
		}
		read := shop.ParseProblem([]byte(header))
		var outOfStock *shop.OutOfStockError
		var p *shop.Problem
		if !errors.As(read, &outOfStock) || !errors.As(read, &p) {
			t.Errorf("%s: got %v back", name, read)
			continue
		}
		isShort := strings.HasPrefix(name, "long") || name == "fields" || name == "deep"
		if missing := p.Missing(outOfStock); isShort != (p.Detail == "") || isShort != (len(missing) == 2) && name != "received" {
			t.Errorf("%s: %v lacks %v", name, read, missing)
		}
		if name == "text" && outOfStock.Product != strings.ToValidUTF8(hostile, "\ufffd") {
			t.Errorf("got %q back", outOfStock.Product)
		}
	}
	large := &wallet.LowBalanceError{Amount: 1, Balance: 2}
	header := problemHeader(shop.WithErrors(large, slices.Repeat([]shop.FieldError{{Pointer: "/a"}}, 1000)...))
	if err := shop.ParseProblem([]byte(header)); !errors.Is(err, wallet.LowBalance) || len(header) > maxProblem {
		t.Errorf("of another catalog, got %s", header)
	}
}
