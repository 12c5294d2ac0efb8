package jsonrpc

import (
	"context"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/handler"
	"github.com/creachadair/jrpc2/jhttp"
)

// payment has the params of the method Pay.
type payment struct {
	Amount int64  `json:"amount"`
	PIN    string `json:"pin"`
}

// NewServer returns a server over HTTP whose method Pay fails with the errors of a
// function. The caller closes it.
func NewServer(pay func(context.Context, payment) error) jhttp.Bridge {
	return jhttp.NewBridge(methods(pay), nil)
}

func methods(pay func(context.Context, payment) error) jrpc2.Assigner {
	return handler.Map{
		"Pay": answer(handler.New(pay)),
	}
}
