// Package consts has codes that were written by hand.
package consts

const (
	OrderClosed      = "1002"
	Typed       text = "1002"
	Number           = -32700
)

type text string
