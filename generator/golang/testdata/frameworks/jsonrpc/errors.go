// Package jsonrpc has the errors of a catalog in servers and clients of JSON-RPC.
package jsonrpc

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"strconv"

	"github.com/creachadair/jrpc2"

	"example.com/shop/wallet"
)

// answer returns a handler that answers with the error of h. The data of an error
// of the catalog are its problem.
func answer(h jrpc2.Handler) jrpc2.Handler {
	return func(ctx context.Context, req *jrpc2.Request) (any, error) {
		result, err := h(ctx, req)
		if err == nil {
			return result, nil
		}
		code, ok := wallet.CodeOf(err)
		var own interface { // of jrpc2, such as for invalid parameters
			error
			jrpc2.ErrCoder
		}
		if !ok && errors.As(err, &own) {
			return nil, own
		}
		slog.Log(ctx, code.Level(), "call failed", "method", req.Method(), wallet.LogAttr(err))
		p := wallet.ProblemOf(err)
		sent := &jrpc2.Error{Code: jrpc2.InternalError, Message: cmp.Or(p.Detail, p.Title)}
		if p.Code != "" {
			sent.Code = jrpc2.Code(p.Code.Int())
		}
		return nil, sent.WithData(p)
	}
}

// received returns the error that a server has sent: that of the catalog, if it is
// one.
func received(err error) error {
	var sent *jrpc2.Error
	if !errors.As(err, &sent) {
		return err
	}
	if sent == nil { // a response of a batch
		return nil
	}
	p := new(wallet.Problem)
	if p.UnmarshalJSON(sent.Data) == nil && (p.Code != "" || p.Type != "about:blank") {
		return p
	}
	if code, ok := wallet.ParseCode(strconv.Itoa(int(sent.Code))); ok {
		return wallet.WithCause(code, err) // from a server without the catalog
	}
	return err
}
