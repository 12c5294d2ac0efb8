package fixed

import (
	"context"
	"errors"

	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// Status returns what a client may see of an error, or nil for nil:
//
//   - of an error of the catalog, its code, its message and its details. The reason of
//     its ErrorInfo is the name of the error, and the metadata have its code and its
//     params;
//   - of an error that has a status itself, that status;
//   - of context.Canceled and context.DeadlineExceeded, the codes of the same names;
//   - of every other error, and of one that is internal, the fallback of the catalog
//     or, if it has none, the code Internal. Such an error shows nothing of itself.
//
// What would exceed the size of headers that clients accept is left out whole: a
// message, for which the title is sent, params, field violations and others. The
// metadata say so, under omitted-message, omitted-params, omitted-fields and others.
//
// An error that [FromError] has read is sent on. If only another version of the
// catalog has it, its status is sent as it came.
func Status(err error) *status.Status {
	st, _ := statusOf(err)
	return st
}

// statusOf returns the status of an error, and reports whether no other package has
// to look at it: it is that of an error in a catalog.
func statusOf(err error) (st *status.Status, isShown bool) {
	if err == nil {
		return nil, false
	}
	for e := err; e != nil; e = inner(e) {
		if s, ok := e.(servedError); ok && s.CatalogServed() {
			return s.GRPCStatus(), true
		}
	}
	if st, ok := sentOn(err); ok {
		return status.FromProto(st), true
	}
	s, isShown := visible(err)
	if isShown {
		return status.FromProto(s.status()), true
	}
	if !isOwn(err) {
		var own interface{ GRPCStatus() *status.Status }
		if errors.As(err, &own) {
			_, isServed := own.(servedError)
			if st := own.GRPCStatus(); st.Code() != codes.OK && !(isServed && proto.Equal(st.Proto(), nothing())) {
				return st, false
			}
		}
		for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
			if errors.Is(err, cause) {
				return status.FromContextError(cause), false
			}
		}
	}
	return status.FromProto(s.status()), false
}

// FromError returns the error of the catalog that a status has brought, for errors.Is
// and errors.As, with its params. It still has the status, for status.FromError.
// Errors that are in the catalog already, without a status, and with that of another
// catalog or of none, stay as they are.
func FromError(err error) error {
	var own interface{ GRPCStatus() *status.Status }
	if isOwn(err) || !errors.As(err, &own) {
		return err
	}
	st := own.GRPCStatus()
	var details []proto.Message
	for _, detail := range st.Details() {
		if m, ok := detail.(proto.Message); ok {
			details = append(details, m)
		}
	}
	made, ok := readDetails(st.Message(), details)
	if !ok {
		return err
	}
	return &received{made, st}
}

// received is an error of the catalog that a status has brought.
type received struct {
	err    error
	status *status.Status
}

// Error returns the code and the message.
func (e *received) Error() string { return e.err.Error() }

// Unwrap returns the error of the catalog.
func (e *received) Unwrap() error { return e.err }

// GRPCStatus returns the status, for status.FromError.
func (e *received) GRPCStatus() *status.Status { return e.status }

// CatalogStatus returns the status. Packages of other wires send it on.
func (e *received) CatalogStatus() *spb.Status { return e.status.Proto() }

// served is an error of a handler with the status that a client gets.
type served struct {
	err     error
	status  *status.Status
	isShown bool
}

// servedError is an error that an interceptor of this or of another generated package
// has given its status.
type servedError interface {
	error
	GRPCStatus() *status.Status
	CatalogServed() bool
}

// serve returns the error of a handler with its status.
func (o options) serve(err error) error {
	if err == nil {
		return nil
	}
	err = o.mapped(err)
	st, isShown := statusOf(err)
	return &served{err, st, isShown}
}

// Error returns what a client sees.
func (e *served) Error() string { return e.status.Err().Error() }

// Unwrap returns the error of the handler.
func (e *served) Unwrap() error { return e.err }

// GRPCStatus returns the status.
func (e *served) GRPCStatus() *status.Status { return e.status }

// CatalogServed reports whether the status is that of an error in a catalog, so that
// interceptors of other generated packages keep it.
func (e *served) CatalogServed() bool { return e.isShown }

// UnaryServerInterceptor sends the errors of handlers as [Status] returns them.
// Interceptors of several catalogs can be chained, in any order. All others come after
// it: what one before it returns is sent with its whole text. One that logs sees the
// errors of the handlers.
func UnaryServerInterceptor(opts ...Option) grpc.UnaryServerInterceptor {
	o := newOptions(opts)
	return func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		resp, err := handler(ctx, req)
		return resp, o.serve(err)
	}
}

// StreamServerInterceptor is [UnaryServerInterceptor] for streams.
func StreamServerInterceptor(opts ...Option) grpc.StreamServerInterceptor {
	o := newOptions(opts)
	return func(srv any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
		return o.serve(handler(srv, stream))
	}
}

// UnaryClientInterceptor returns the errors of calls as [FromError] does.
// Interceptors of several catalogs can be chained.
func UnaryClientInterceptor() grpc.UnaryClientInterceptor {
	return func(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoker grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		return FromError(invoker(ctx, method, req, reply, cc, opts...))
	}
}

// StreamClientInterceptor is [UnaryClientInterceptor] for streams.
func StreamClientInterceptor() grpc.StreamClientInterceptor {
	return func(ctx context.Context, desc *grpc.StreamDesc, cc *grpc.ClientConn, method string, streamer grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
		stream, err := streamer(ctx, desc, cc, method, opts...)
		if err != nil {
			return nil, FromError(err)
		}
		return &clientStream{stream}, nil
	}
}

// clientStream is a stream whose errors are those of the catalog.
type clientStream struct{ grpc.ClientStream }

// Header returns the headers that the server has sent.
func (s *clientStream) Header() (metadata.MD, error) {
	md, err := s.ClientStream.Header()
	return md, FromError(err)
}

// RecvMsg receives a message.
func (s *clientStream) RecvMsg(m any) error { return FromError(s.ClientStream.RecvMsg(m)) }

// SendMsg sends a message.
func (s *clientStream) SendMsg(m any) error { return FromError(s.ClientStream.SendMsg(m)) }

// CloseSend ends the sending of messages.
func (s *clientStream) CloseSend() error { return FromError(s.ClientStream.CloseSend()) }
