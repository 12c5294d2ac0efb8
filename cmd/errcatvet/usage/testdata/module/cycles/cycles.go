// Package cycles has errors that go through functions and methods which call
// themselves.
package cycles

import "example.com/test/shop"

// A node is a leaf or has nodes.
type node interface {
	code() shop.Code
	pass(code shop.Code) shop.Code
	walk(err error) error
	left() node
}

type leaf struct{ failure shop.Code }

func (l leaf) code() shop.Code               { return shop.NotFound } // raised NotFound
func (l leaf) pass(code shop.Code) shop.Code { return code }
func (l leaf) walk(err error) error          { return err }
func (l leaf) left() node                    { return l }

type tree struct{ children []node }

func (t tree) code() shop.Code               { return t.children[0].code() }
func (t tree) pass(code shop.Code) shop.Code { return t.left().pass(code) }
func (t tree) walk(err error) error          { return t.left().walk(err) }
func (t tree) left() node                    { return t.children[0].left() }

func visit(n node) error { return n.code() }

func passed(n node) error { return n.pass(shop.Slow) } // raised Slow

func walked(n node) error { return n.walk(shop.Gone) } // raised Gone

func even(code shop.Code, n int) shop.Code {
	if n == 0 {
		return code
	}
	return odd(code, n-1)
}

func odd(code shop.Code, n int) shop.Code { return even(code, n-1) }

func parity() error { return even(shop.TooLate, 3) } // raised TooLate

// lost never returns.
func lost(code shop.Code) shop.Code { return lost(code) }

func lose() shop.Code { return lost(shop.OldPrice) }

var again func(code shop.Code) error

func init() {
	again = func(code shop.Code) error { return again(code) }
}

type list struct {
	next *list
	err  error
}

func (l *list) last() error {
	l.err = l.next.err
	if l.next == nil {
		return l.err
	}
	return l.next.last()
}

func listed() error { return (&list{err: shop.OrderClosed}).last() } // raised OrderClosed
