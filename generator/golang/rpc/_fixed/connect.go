package fixed

import (
	"context"
	"errors"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// NewError returns what a client may see of an error, or nil for nil:
//
//   - of an error of the catalog, its code, its message and its details. The reason of
//     its ErrorInfo is the name of the error, and the metadata have its code and its
//     params;
//   - of an error that is a *connect.Error, that one;
//   - of context.Canceled and context.DeadlineExceeded, the codes of the same names;
//   - of every other error, and of one that is internal, the fallback of the catalog
//     or, if it has none, the code internal. Such an error shows nothing of itself.
//
// errors.Is and errors.As find err in it. If a *connect.Error is around an error of the
// catalog, its metadata are sent, and its code is not.
//
// What would exceed the size of headers that clients accept is left out whole: a
// message, for which the title is sent, params, field violations and others. The
// metadata of the ErrorInfo say so, under omitted-message, omitted-params,
// omitted-fields and others.
//
// An error that [FromError] has read is sent on. If only another version of the
// catalog has it, it is sent as it came.
func NewError(err error) *connect.Error {
	if err == nil {
		return nil
	}
	around := errorsAround(err)
	for _, e := range around {
		if s, ok := e.Unwrap().(interface{ CatalogServed() bool }); ok && s.CatalogServed() {
			return e
		}
	}
	st, isShown := sentOn(err)
	if !isShown {
		var s shown
		if s, isShown = visible(err); !isShown && !isOwn(err) {
			if e := withoutCatalog(err); e != nil {
				return e
			}
		}
		st = s.status()
	}
	if !isShown {
		around = nil
	}
	var details []*connect.ErrorDetail
	for _, packed := range st.GetDetails() {
		if detail, err := connect.NewErrorDetail(packed); err == nil {
			details = append(details, detail)
		}
	}
	return newError(connect.Code(st.GetCode()), &served{st.GetMessage(), err, isShown}, details, around...)
}

// errorsAround returns each *connect.Error around what an error is, from the outside in.
func errorsAround(err error) (around []*connect.Error) {
	for ; err != nil; err = inner(err) {
		if e, ok := err.(*connect.Error); ok && e != nil {
			around = append(around, e)
		}
	}
	return around
}

// withoutCatalog returns what a client sees of an error that is in no catalog, or nil
// if that is the fallback.
func withoutCatalog(err error) *connect.Error {
	var own *connect.Error
	switch {
	case errors.As(err, &own) && own != nil:
		_, isServed := own.Unwrap().(interface{ CatalogServed() bool })
		if isServed && own.Code() == connect.CodeInternal && own.Message() == nothing().Message {
			return nil
		}
		if err == error(own) {
			return own
		}
		return newError(own.Code(), &served{own.Message(), err, false}, own.Details(), own)
	case errors.Is(err, context.Canceled):
		return newError(connect.CodeCanceled, &served{context.Canceled.Error(), err, false}, nil)
	case errors.Is(err, context.DeadlineExceeded):
		return newError(connect.CodeDeadlineExceeded, &served{context.DeadlineExceeded.Error(), err, false}, nil)
	}
	return nil
}

// newError returns an error with details, and with the metadata of the errors around
// it. Those that a server has sent are not sent again.
func newError(code connect.Code, err *served, details []*connect.ErrorDetail, around ...*connect.Error) *connect.Error {
	made := connect.NewError(code, err)
	for _, detail := range details {
		made.AddDetail(detail)
	}
	for _, e := range around {
		if connect.IsWireError(e) {
			continue
		}
		for name, values := range e.Meta() {
			if _, isSet := made.Meta()[name]; !isSet {
				made.Meta()[name] = values
			}
		}
	}
	return made
}

// served is an error of a handler with the message that a client gets.
type served struct {
	message string
	err     error
	isShown bool
}

// Error returns the message.
func (e *served) Error() string { return e.message }

// Unwrap returns the error of the handler.
func (e *served) Unwrap() error { return e.err }

// CatalogServed reports whether a client gets an error of a catalog, so that
// interceptors of other generated packages keep it.
func (e *served) CatalogServed() bool { return e.isShown }

// FromError returns the error of the catalog that a *connect.Error has brought, for
// errors.Is and errors.As, with its params. The *connect.Error is still in its tree.
// Errors that are in the catalog already, and those of another catalog or of none, stay
// as they are.
func FromError(err error) error {
	var own *connect.Error
	if isOwn(err) || !errors.As(err, &own) || own == nil {
		return err
	}
	var details []proto.Message
	for _, detail := range own.Details() {
		if m, err := detail.Value(); err == nil {
			details = append(details, m)
		}
	}
	made, ok := readDetails(own.Message(), details)
	if !ok {
		return err
	}
	return &received{made, own}
}

// received is an error of the catalog that a *connect.Error has brought.
type received struct {
	err  error
	from *connect.Error
}

// Error returns the code and the message.
func (e *received) Error() string { return e.err.Error() }

// Unwrap returns the error of the catalog, and the *connect.Error.
func (e *received) Unwrap() []error { return []error{e.err, e.from} }

// CatalogStatus returns the status that the *connect.Error is. Packages of other wires
// send it on.
func (e *received) CatalogStatus() *status.Status {
	st := &status.Status{Code: int32(e.from.Code()), Message: e.from.Message()}
	for _, detail := range e.from.Details() {
		st.Details = append(st.Details, &anypb.Any{TypeUrl: "type.googleapis.com/" + detail.Type(), Value: detail.Bytes()})
	}
	return st
}

// NewInterceptor returns an interceptor for handlers and clients. It sends the errors
// of handlers as [NewError] returns them, and returns the errors of calls as
// [FromError] does. Interceptors of several catalogs can be combined, in any order.
// All others come after it: what one before it returns is sent with its whole text. One
// that logs sees the errors of the handlers.
func NewInterceptor(opts ...Option) connect.Interceptor { return interceptor{newOptions(opts)} }

type interceptor struct{ options }

// WrapUnary wraps a call or a handler.
func (i interceptor) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
		resp, err := next(ctx, req)
		switch {
		case err == nil:
			return resp, nil
		case req.Spec().IsClient:
			return resp, FromError(err)
		}
		return nil, NewError(i.mapped(err))
	}
}

// WrapStreamingHandler wraps a handler of a stream.
func (i interceptor) WrapStreamingHandler(next connect.StreamingHandlerFunc) connect.StreamingHandlerFunc {
	return func(ctx context.Context, conn connect.StreamingHandlerConn) error {
		if err := next(ctx, conn); err != nil {
			return NewError(i.mapped(err))
		}
		return nil
	}
}

// WrapStreamingClient wraps a call of a stream.
func (interceptor) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return func(ctx context.Context, spec connect.Spec) connect.StreamingClientConn {
		return &clientConn{next(ctx, spec)}
	}
}

// clientConn is a stream whose errors are those of the catalog.
type clientConn struct{ connect.StreamingClientConn }

// Receive receives a message.
func (c *clientConn) Receive(m any) error { return FromError(c.StreamingClientConn.Receive(m)) }

// Send sends a message.
func (c *clientConn) Send(m any) error { return FromError(c.StreamingClientConn.Send(m)) }

// CloseRequest ends the sending of messages.
func (c *clientConn) CloseRequest() error { return FromError(c.StreamingClientConn.CloseRequest()) }

// CloseResponse ends the receiving of messages.
func (c *clientConn) CloseResponse() error { return FromError(c.StreamingClientConn.CloseResponse()) }
