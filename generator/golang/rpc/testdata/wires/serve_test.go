package shop

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"connectrpc.com/connect"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

type text = wrapperspb.StringValue

// failures are the errors that the handlers return, by the text of the request.
var failures sync.Map

// fail makes the handlers return an error for a request.
func fail(t *testing.T, err error) *text {
	failures.Store(t.Name(), err)
	return wrapperspb.String(t.Name())
}

// panics is an error with which handlers panic.
type panics struct{ error }

// handle is the handler of every server.
func handle(_ context.Context, req *text) (*text, error) {
	err, ok := failures.Load(req.GetValue())
	if !ok {
		return req, nil
	}
	if p, ok := err.(panics); ok {
		panic(p)
	}
	return nil, err.(error)
}

// The methods of the service, which need no generated code.
const (
	unary  = "/test.Errors/Unary"
	stream = "/test.Errors/Stream"
)

var service = grpc.ServiceDesc{
	ServiceName: "test.Errors",
	HandlerType: (*any)(nil),
	Methods: []grpc.MethodDesc{{MethodName: "Unary", Handler: func(srv any, ctx context.Context, decode func(any) error, interceptor grpc.UnaryServerInterceptor) (any, error) {
		req := new(text)
		if err := decode(req); err != nil {
			return nil, err
		}
		call := func(ctx context.Context, req any) (any, error) { return handle(ctx, req.(*text)) }
		if interceptor == nil {
			return call(ctx, req)
		}
		return interceptor(ctx, req, &grpc.UnaryServerInfo{Server: srv, FullMethod: unary}, call)
	}}},
	Streams: []grpc.StreamDesc{{StreamName: "Stream", ServerStreams: true, ClientStreams: true, Handler: func(_ any, s grpc.ServerStream) error {
		req := new(text)
		if err := s.RecvMsg(req); err != nil {
			return err
		}
		if err := s.SendMsg(req); err != nil { // the error comes after a message
			return err
		}
		_, err := handle(s.Context(), req)
		return err
	}}},
}

// serveGRPC serves with grpc-go, and returns the address.
func serveGRPC(t *testing.T, server *grpc.Server) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server.RegisterService(&service, nil)
	go server.Serve(listener)
	t.Cleanup(server.Stop)
	return listener.Addr().String()
}

// serveConnect serves with connect-go, and returns the address.
func serveConnect(t *testing.T, options ...connect.HandlerOption) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(unary, connect.NewUnaryHandlerSimple(unary, handle, options...))
	mux.Handle(stream, connect.NewBidiStreamHandler(stream, func(ctx context.Context, s *connect.BidiStream[text, text]) error {
		req, err := s.Receive()
		if err != nil {
			return err
		}
		if err := s.Send(req); err != nil {
			return err
		}
		_, err = handle(ctx, req)
		return err
	}, options...))
	server := httptest.NewUnstartedServer(mux)
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// A call sends a request and returns its error.
type call func(*text) error

// grpcCalls returns the calls of a client of grpc-go.
func grpcCalls(t *testing.T, conn *grpc.ClientConn) map[string]call {
	t.Cleanup(func() { conn.Close() })
	return map[string]call{
		"grpc-go unary": func(req *text) error { return conn.Invoke(t.Context(), unary, req, new(text)) },
		"grpc-go stream": func(req *text) error {
			s, err := conn.NewStream(t.Context(), &service.Streams[0], stream)
			if err != nil {
				return err
			}
			if err := s.SendMsg(req); err != nil {
				return err
			}
			if err := s.CloseSend(); err != nil {
				return err
			}
			for {
				if err := s.RecvMsg(new(text)); err != nil {
					return notEnd(err)
				}
			}
		},
	}
}

// connectCalls returns the calls of clients of connect-go, by protocol.
func connectCalls(t *testing.T, address string, protocols []string, options ...connect.ClientOption) map[string]call {
	transport := &http.Transport{Protocols: new(http.Protocols), TLSClientConfig: new(tls.Config), MaxResponseHeaderBytes: 8 << 10}
	transport.Protocols.SetUnencryptedHTTP2(true)
	t.Cleanup(transport.CloseIdleConnections)
	calls := make(map[string]call)
	for _, protocol := range protocols {
		own := options
		switch protocol {
		case "gRPC":
			own = append([]connect.ClientOption{connect.WithGRPC()}, own...)
		case "gRPC-Web":
			own = append([]connect.ClientOption{connect.WithGRPCWeb()}, own...)
		}
		client := connect.NewClient[text, text](&http.Client{Transport: transport}, "http://"+address+unary, own...)
		streams := connect.NewClient[text, text](&http.Client{Transport: transport}, "http://"+address+stream, own...)
		calls["connect-go unary, "+protocol] = func(req *text) error {
			_, err := client.CallUnary(t.Context(), connect.NewRequest(req))
			return err
		}
		calls["connect-go stream, "+protocol] = func(req *text) error {
			s := streams.CallBidiStream(t.Context())
			if err := s.Send(req); err != nil {
				return err
			}
			if err := s.CloseRequest(); err != nil {
				return err
			}
			for {
				if _, err := s.Receive(); err != nil {
					_ = s.CloseResponse()
					return notEnd(err)
				}
			}
		}
	}
	return calls
}

var allProtocols = []string{"Connect", "gRPC", "gRPC-Web"}

// notEnd returns nil for the end of a stream.
func notEnd(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// dial returns a connection of grpc-go.
func dial(t *testing.T, address string, options ...grpc.DialOption) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient(address, append([]grpc.DialOption{grpc.WithTransportCredentials(insecure.NewCredentials())}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// arrive returns an error as it arrives at a client.
func arrive(sent *connect.Error) error {
	made := connect.NewWireError(sent.Code(), errors.New(sent.Message()))
	for _, detail := range sent.Details() {
		made.AddDetail(detail)
	}
	return made
}

// add adds calls under names that begin with the server.
func add(all map[string]call, server string, calls map[string]call) {
	for name, c := range calls {
		all[name+" to "+server] = c
	}
}
