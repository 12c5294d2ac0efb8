package shop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"example.com/shop/billing"
	"example.com/shop/billing/billingconnect"
	"example.com/shop/billing/billinggrpc"
	"example.com/shop/db"
	"example.com/shop/db/dbconnect"
	"example.com/shop/db/dbgrpc"
	"example.com/shop/newer"
	"example.com/shop/newer/newergrpc"
	"example.com/shop/plain"
	"example.com/shop/plain/plainconnect"
	"example.com/shop/plain/plaingrpc"
	"example.com/shop/shop"
	"example.com/shop/shop/shopconnect"
	"example.com/shop/shop/shopgrpc"
	"example.com/shop/smileid"
	"example.com/shop/smileid/smileidconnect"
	"example.com/shop/smileid/smileidgrpc"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // TestLog reads the log
	os.Exit(m.Run())
}

// at has nanoseconds and an offset.
var at = time.Date(2026, 2, 28, 23, 59, 59, 123456789, time.FixedZone("", 5*3600+30*60))

func everyType() *shop.EveryTypeError {
	return shop.NewEveryType("Ünïcode “quotes”, 100% \"\\", -1<<63, 1e-7, true, at, 90*time.Minute+time.Nanosecond, []string{"a,b", "", "c"}, []int64{1, -2, 1 << 60})
}

// shopCalls returns all calls from all clients to all servers with the errors of shop.
func shopCalls(t *testing.T) map[string]call {
	t.Helper()
	all := make(map[string]call)
	grpcAddress := serveGRPC(t, newServer())
	connectAddress := serveConnect(t, connect.WithInterceptors(shopconnect.NewInterceptor()))
	for server, address := range map[string]string{"grpc-go": grpcAddress, "connect-go": connectAddress} {
		conn, err := newClient(address)
		if err != nil {
			t.Fatal(err)
		}
		add(all, server, grpcCalls(t, conn))
		protocols := allProtocols
		if server == "grpc-go" {
			protocols = []string{"gRPC"}
		}
		add(all, server, connectCalls(t, address, protocols, connect.WithInterceptors(shopconnect.NewInterceptor())))
	}
	if len(all) != 12 {
		t.Fatalf("%d calls", len(all))
	}
	return all
}

// each runs a test for each call.
func each(t *testing.T, calls map[string]call, test func(t *testing.T, c call)) {
	for name, c := range calls {
		t.Run(name, func(t *testing.T) { test(t, c) })
	}
}

// body returns the problem of an error as JSON.
func body(t *testing.T, err error) string {
	t.Helper()
	p := shop.ProblemOf(err)
	raw, e := json.Marshal(p)
	if e != nil {
		t.Fatal(e)
	}
	return fmt.Sprintf("%s, retry after %s", sortedJSON(t, raw), p.RetryAfter)
}

// sortedJSON returns JSON in one form, to compare values and not how they are written.
func sortedJSON(t *testing.T, raw []byte) string {
	t.Helper()
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		t.Fatal(err)
	}
	raw, _ = json.Marshal(value)
	return string(raw)
}

// What a handler returns is what the client gets.
func TestRoundTrip(t *testing.T) {
	calls := shopCalls(t)
	sent := map[string]error{
		"a code":        shop.OrderClosed,
		"deprecated":    shop.OrderLate,
		"params":        shop.NewOutOfStock("P-17", 2),
		"every type":    everyType(),
		"zero values":   &shop.EveryTypeError{At: time.Unix(0, 0).UTC()},
		"wrapped":       fmt.Errorf("order: %w", shop.NewOutOfStock("P-17", 2)),
		"a cause":       shop.WithCause(shop.NewOutOfStock("P-17", 2), errors.New("password: hunter2")),
		"joined":        errors.Join(io.EOF, shop.OrderClosed),
		"sensitive":     &shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide("4242424242424242")},
		"the fallback":  shop.Internal,
		"retry":         shop.TooMany,
		"another retry": shop.WithRetryAfter(shop.TooMany, 5*time.Second),
		"field errors": shop.WithErrors(shop.InvalidOrder,
			shop.At(shop.Pointer("").Key("items").Index(3).Key("name"), shop.OrderClosed),
			shop.FieldError{Pointer: "/a~1b/c d", Detail: "is odd"},
			shop.FieldError{Pointer: "/0/é", Detail: "is not ASCII"},
			shop.FieldError{Pointer: "", Detail: "the whole"},
			shop.AtParameter("page", shop.OrderClosed),
			shop.AtHeader("X-Request-Id", shop.OrderClosed)),
		"controls":  shop.NewOutOfStock("a\r\nb\x00\x1b[31m\u202e\u2028 grpc-status: 0", -1),
		"emoji":     shop.NewOutOfStock("🛒", 1),
		"not UTF-8": shop.NewOutOfStock("a\xffb", 1),
		"spaces":    shop.NewOutOfStock("  ", 1),
	}
	for name, err := range sent {
		t.Run(name, func(t *testing.T) {
			each(t, calls, func(t *testing.T, c call) {
				got := c(fail(t, err))
				code, ok := shop.CodeOf(got)
				if want, _ := shop.CodeOf(err); !ok || code != want {
					t.Fatalf("got %v", got)
				}
				if got, want := body(t, got), body(t, err); got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
				if !errors.Is(got, code) || shop.HTTPStatus(got) != shop.HTTPStatus(err) {
					t.Errorf("%v, %d", got, shop.HTTPStatus(got))
				}
				if text := fmt.Sprintf("%v %+v", got, got); strings.Contains(text, "4242424242") || strings.Contains(text, "hunter2") {
					t.Errorf("it shows secrets: %s", text)
				}
				var p *shop.Problem
				if errors.As(got, &p) && len(p.Errors) > 0 && !errors.Is(p.Errors[0].Err, shop.OrderClosed) {
					t.Errorf("the field errors are %v", p.Errors)
				}
			})
		})
	}
}

// errors.As makes the struct that went in.
func TestStructs(t *testing.T) {
	each(t, shopCalls(t), func(t *testing.T, c call) {
		want := everyType()
		got := c(fail(t, want))
		var e *shop.EveryTypeError
		if !errors.As(got, &e) {
			t.Fatalf("got %v", got)
		}
		if !e.At.Equal(want.At) {
			t.Errorf("at is %v", e.At)
		}
		e.At = want.At
		if !reflect.DeepEqual(e, want) {
			t.Errorf("got  %+v\nwant %+v", e, want)
		}
		var other *shop.OutOfStockError
		if errors.As(got, &other) || errors.Is(got, shop.OrderClosed) {
			t.Error("it is also another error")
		}
	})
}

// What is not for clients does not leave.
func TestSecrets(t *testing.T) {
	const secret = "10.0.0.7"
	calls := shopCalls(t)
	for name, err := range map[string]error{
		"internal":             shop.NewDBDown(secret),
		"internal, wrapped":    fmt.Errorf("%s: %w", secret, shop.NewDBDown(secret)),
		"another error":        errors.New(secret),
		"end of file":          io.EOF,
		"unknown code":         shop.Code(secret),
		"another catalog":      billing.NewCardExpired(2020),
		"with a status inside": shop.WithCause(shop.NewDBDown(secret), status.Error(codes.NotFound, secret)),
		"a nil pointer":        fmt.Errorf("%s: %w", secret, (*connect.Error)(nil)),
		"with members":         shop.WithErrors(errors.New(secret), shop.At("/a", errors.New(secret))),
	} {
		t.Run(name, func(t *testing.T) {
			each(t, calls, func(t *testing.T, c call) {
				got := c(fail(t, err))
				if code, _ := shop.CodeOf(got); code != shop.Internal {
					t.Errorf("got %v", got)
				}
				if text := everything(got); strings.Contains(text, secret) || strings.Contains(text, "2020") {
					t.Errorf("the client sees %s", text)
				}
			})
		})
	}
	for _, err := range []error{shop.WithErrors(shop.InvalidOrder, shop.At("/a", shop.NewDBDown(secret)), shop.At("/b", errors.New(secret)))} {
		each(t, calls, func(t *testing.T, c call) {
			got := c(fail(t, err))
			if text := everything(got); strings.Contains(text, secret) || !strings.Contains(text, "Something went wrong") {
				t.Errorf("the client sees %s", text)
			}
		})
	}
}

// everything returns all that an error shows.
func everything(err error) string {
	text := fmt.Sprintf("%v|%+v|%#v", err, err, err)
	if st, ok := status.FromError(err); ok {
		text += prototext(st.Proto())
	}
	var c *connect.Error
	if errors.As(err, &c) {
		text += c.Message()
		for _, d := range c.Details() {
			m, _ := d.Value()
			text += prototext(m)
		}
	}
	return text
}

func prototext(m proto.Message) string { return fmt.Sprint(m) }

// Statuses and errors of a context pass. Other errors of a status do not become those
// of the catalog.
func TestStatuses(t *testing.T) {
	info := &errdetails.ErrorInfo{Reason: "OUT_OF_STOCK", Domain: "other.example.com", Metadata: map[string]string{"code": "1001"}}
	foreign, err := status.New(codes.AlreadyExists, "from elsewhere").WithDetails(info)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := newClient(serveGRPC(t, newServer()))
	if err != nil {
		t.Fatal(err)
	}
	calls := grpcCalls(t, conn)
	for name, test := range map[string]struct {
		err  error
		code codes.Code
		text string
	}{
		"status":          {status.Error(codes.DataLoss, "gone"), codes.DataLoss, "gone"},
		"wrapped status":  {fmt.Errorf("10.0.0.7: %w", status.Error(codes.DataLoss, "gone")), codes.DataLoss, "gone"},
		"of another":      {foreign.Err(), codes.AlreadyExists, "from elsewhere"},
		"OK as an error":  {okError{}, codes.Internal, "Something went wrong"},
		"canceled":        {fmt.Errorf("10.0.0.7: %w", context.Canceled), codes.Canceled, "context canceled"},
		"deadline":        {context.DeadlineExceeded, codes.DeadlineExceeded, "context deadline exceeded"},
		"code over":       {fmt.Errorf("%w: %w", shop.OrderClosed, status.Error(codes.DataLoss, "gone")), codes.Aborted, "The order is closed"},
		"its own code":    {shop.TooMany, codes.ResourceExhausted, "Too many"},
		"derived":         {shop.InvalidOrder, codes.InvalidArgument, "Invalid order"},
		"derived of 409":  {shop.NewOutOfStock("a", 1), codes.FailedPrecondition, "a is out of stock, 1 left"},
		"derived, retry":  {shop.OrderClosed, codes.Aborted, "The order is closed"},
		"of the fallback": {io.EOF, codes.Internal, "Something went wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, calls, func(t *testing.T, c call) {
				got := c(fail(t, test.err))
				st, ok := status.FromError(got)
				if !ok || st.Code() != test.code || st.Message() != test.text {
					t.Errorf("got %v", got)
				}
				if _, ok := shop.CodeOf(got); ok && strings.Contains(name, "status") {
					t.Errorf("%v is an error of the catalog", got)
				}
				if n := statuses(got); n != 1 {
					t.Errorf("%d errors in the tree have a status", n)
				}
				// The package of connect-go sends the same.
				var sent *connect.Error
				if name == "status" || name == "wrapped status" || name == "of another" {
					sent = shopconnect.NewError(connect.NewError(connect.Code(test.code), errors.New(test.text)))
				} else {
					sent = shopconnect.NewError(test.err)
				}
				if sent.Code() != connect.Code(test.code) || sent.Message() != test.text {
					t.Errorf("connect-go sends %v", sent)
				}
			})
		})
	}
	if shopgrpc.Status(nil) != nil || shopconnect.NewError(nil) != nil || shopgrpc.FromError(nil) != nil || shopconnect.FromError(nil) != nil {
		t.Error("nil is not nil")
	}
	if err := error((*connect.Error)(nil)); shopconnect.FromError(err) != err || shopconnect.NewError(err).Code() != connect.CodeInternal {
		t.Error("a nil pointer is an error")
	}
	if st := shopgrpc.Status(fs.ErrNotExist); st.Code() != codes.Internal {
		t.Errorf("got %v", st)
	}
}

// okError is an error whose status is none.
type okError struct{}

func (okError) Error() string              { return "10.0.0.7" }
func (okError) GRPCStatus() *status.Status { return nil }

// statuses returns how many errors in a tree have a status.
func statuses(err error) (n int) {
	if _, ok := err.(interface{ GRPCStatus() *status.Status }); ok {
		n++
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		n += statuses(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, err := range e.Unwrap() {
			n += statuses(err)
		}
	}
	return n
}

// The details are those of google.rpc.
func TestDetails(t *testing.T) {
	err := shop.WithErrors(shop.WithRetryAfter(shop.NewOutOfStock("P-17", 2), 1500*time.Millisecond),
		shop.At("/items/3/name", shop.NewTooShort(8)))
	details := shopgrpc.Status(err).Details()
	want := []proto.Message{
		&errdetails.ErrorInfo{Reason: "OUT_OF_STOCK", Domain: "shop.example.com", Metadata: map[string]string{"code": "1001", "left": "2", "product": "P-17", "field-errors": `[{"code":"1007","params":{"least":8}}]`}},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(2 * time.Second)},
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "items[3].name", Description: "Must have 8 characters or more", Reason: "TOO_SHORT"}}},
		&errdetails.Help{Links: []*errdetails.Help_Link{{Description: `Stock <&> "orders"`, Url: "https://example.com/stock?a=1&b=2"}}},
	}
	if len(details) != len(want) {
		t.Fatalf("got %v", details)
	}
	for i := range want {
		if !proto.Equal(details[i].(proto.Message), want[i]) {
			t.Errorf("got %v, want %v", details[i], want[i])
		}
	}
	first, _ := proto.Marshal(shopgrpc.Status(err).Proto())
	for range 20 {
		if next, _ := proto.Marshal(shopgrpc.Status(err).Proto()); !slices.Equal(first, next) {
			t.Fatal("the bytes change")
		}
	}
}

// A server and a client of two catalogs, whose codes are equal.
func TestMixed(t *testing.T) {
	all := make(map[string]call)
	grpcAddress, connectAddress := serveGRPC(t, newMixedServer()), serveConnect(t, mixed())
	clients := []grpc.DialOption{
		grpc.WithChainUnaryInterceptor(billinggrpc.UnaryClientInterceptor(), shopgrpc.UnaryClientInterceptor()),
		grpc.WithChainStreamInterceptor(billinggrpc.StreamClientInterceptor(), shopgrpc.StreamClientInterceptor()),
	}
	add(all, "grpc-go", grpcCalls(t, dial(t, grpcAddress, clients...)))
	add(all, "connect-go", grpcCalls(t, dial(t, connectAddress, clients...)))
	add(all, "connect-go", connectCalls(t, connectAddress, allProtocols, mixed()))
	each(t, all, func(t *testing.T, c call) {
		got := c(fail(t, shop.NewOutOfStock("P-17", 2)))
		if !errors.Is(got, shop.OutOfStock) || errors.Is(got, billing.CardExpired) {
			t.Errorf("got %v", got)
		}
		got = c(fail(t, fmt.Errorf("pay: %w", billing.NewCardExpired(2020))))
		var expired *billing.CardExpiredError
		if !errors.As(got, &expired) || expired.Year != 2020 || errors.Is(got, shop.OutOfStock) {
			t.Errorf("got %v", got)
		}
		if got := body(t, got); !strings.Contains(got, `"type":"https://example.com/billing#1001"`) || !strings.Contains(got, `"year":2020`) {
			t.Errorf("the problem is %s", got)
		}
		// The cause of an error that is shown is not shown.
		got = c(fail(t, billing.WithCause(billing.NewCardExpired(2020), shop.NewDBDown("10.0.0.7"))))
		if !errors.Is(got, billing.CardExpired) || strings.Contains(everything(got), "10.0.0.7") {
			t.Errorf("got %v", got)
		}
		got = c(fail(t, errors.New("10.0.0.7")))
		_, isShop := shop.CodeOf(got)
		_, isBilling := billing.CodeOf(got)
		if isShop == isBilling || strings.Contains(everything(got), "10.0.0.7") {
			t.Errorf("got %v", got)
		}
	})
}

// The fallback of one catalog is also that of a server's catalogs without one.
func TestWithoutFallback(t *testing.T) {
	interceptors := map[string]struct {
		grpc    []grpc.UnaryServerInterceptor
		connect []connect.Interceptor
		want    shop.Code // or of another catalog, "" for none
	}{
		"alone":     {[]grpc.UnaryServerInterceptor{plaingrpc.UnaryServerInterceptor()}, []connect.Interceptor{plainconnect.NewInterceptor()}, ""},
		"first":     {[]grpc.UnaryServerInterceptor{plaingrpc.UnaryServerInterceptor(), billinggrpc.UnaryServerInterceptor()}, []connect.Interceptor{plainconnect.NewInterceptor(), billingconnect.NewInterceptor()}, "1500"},
		"last":      {[]grpc.UnaryServerInterceptor{billinggrpc.UnaryServerInterceptor(), plaingrpc.UnaryServerInterceptor()}, []connect.Interceptor{billingconnect.NewInterceptor(), plainconnect.NewInterceptor()}, "1500"},
		"of three":  {[]grpc.UnaryServerInterceptor{billinggrpc.UnaryServerInterceptor(), shopgrpc.UnaryServerInterceptor(), plaingrpc.UnaryServerInterceptor()}, []connect.Interceptor{billingconnect.NewInterceptor(), shopconnect.NewInterceptor(), plainconnect.NewInterceptor()}, shop.Internal},
		"only ones": {[]grpc.UnaryServerInterceptor{plaingrpc.UnaryServerInterceptor(), plaingrpc.UnaryServerInterceptor()}, []connect.Interceptor{plainconnect.NewInterceptor(), plainconnect.NewInterceptor()}, ""},
	}
	for name, test := range interceptors {
		t.Run(name, func(t *testing.T) {
			clients := []grpc.UnaryClientInterceptor{plaingrpc.UnaryClientInterceptor(), billinggrpc.UnaryClientInterceptor(), shopgrpc.UnaryClientInterceptor()}
			conn := dial(t, serveGRPC(t, grpc.NewServer(grpc.ChainUnaryInterceptor(test.grpc...))), grpc.WithChainUnaryInterceptor(clients...))
			calls := map[string]call{"grpc-go unary to grpc-go": grpcCalls(t, conn)["grpc-go unary"]}
			address := serveConnect(t, connect.WithInterceptors(test.connect...))
			add(calls, "connect-go", connectCalls(t, address, allProtocols, connect.WithInterceptors(plainconnect.NewInterceptor(), billingconnect.NewInterceptor(), shopconnect.NewInterceptor())))
			each(t, calls, func(t *testing.T, c call) {
				got := c(fail(t, errors.New("10.0.0.7")))
				code := "" // of whichever catalog
				var e interface {
					CatalogCode() (code, category string)
				}
				if errors.As(got, &e) {
					code, _ = e.CatalogCode()
				}
				if code != string(test.want) || strings.Contains(everything(got), "10.0.0.7") {
					t.Errorf("got %v", got)
				}
				if code == "" && !strings.Contains(got.Error(), "internal error") {
					t.Errorf("got %v", got)
				}
				if got := c(fail(t, plain.PageMissing)); !errors.Is(got, plain.PageMissing) {
					t.Errorf("got %v", got)
				}
				own, isKept := status.Error(codes.NotFound, "internal error"), func(err error) bool { return status.Code(err) == codes.NotFound }
				if strings.HasSuffix(t.Name(), "connect-go") {
					own, isKept = connect.NewError(connect.CodeNotFound, errors.New("internal error")), func(err error) bool { return connect.CodeOf(err) == connect.CodeNotFound }
				}
				if got := c(fail(t, own)); !isKept(got) {
					t.Errorf("got %v", got)
				}
			})
		})
	}
}

// Each error of the catalog smileid arrives, with the params of its example.
func TestSmileID(t *testing.T) {
	raw, err := os.ReadFile("smileid/catalog.json")
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Errors []struct {
			Name, Audience string
			Example        json.RawMessage
		}
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Errors) != len(smileid.Codes()) || len(c.Errors) == 0 {
		t.Fatalf("%d errors", len(c.Errors))
	}
	all := make(map[string]call)
	interceptor := connect.WithInterceptors(smileidconnect.NewInterceptor())
	connectAddress := serveConnect(t, interceptor)
	grpcAddress := serveGRPC(t, grpc.NewServer(grpc.ChainUnaryInterceptor(smileidgrpc.UnaryServerInterceptor()), grpc.ChainStreamInterceptor(smileidgrpc.StreamServerInterceptor())))
	for server, address := range map[string]string{"connect-go": connectAddress, "grpc-go": grpcAddress} {
		add(all, server, grpcCalls(t, dial(t, address, grpc.WithChainUnaryInterceptor(smileidgrpc.UnaryClientInterceptor()), grpc.WithChainStreamInterceptor(smileidgrpc.StreamClientInterceptor()))))
	}
	add(all, "connect-go", connectCalls(t, connectAddress, allProtocols, interceptor))
	each(t, all, func(t *testing.T, call call) {
		for _, e := range c.Errors {
			sent := smileid.ParseProblem(e.Example)
			got := call(fail(t, sent))
			want, _ := json.Marshal(smileid.ProblemOf(sent))
			have, _ := json.Marshal(smileid.ProblemOf(got))
			if code, ok := smileid.CodeOf(got); !ok || code.Name() != e.Name || string(have) != string(want) {
				t.Errorf("%s arrives as %s, want %s", e.Name, have, want)
			}
		}
	})
}

// A catalog without HTTP works with gRPC alone.
func TestWithoutHTTP(t *testing.T) {
	all := make(map[string]call)
	interceptor := connect.WithInterceptors(dbconnect.NewInterceptor())
	connectAddress := serveConnect(t, interceptor)
	grpcAddress := serveGRPC(t, grpc.NewServer(grpc.ChainUnaryInterceptor(dbgrpc.UnaryServerInterceptor()), grpc.ChainStreamInterceptor(dbgrpc.StreamServerInterceptor())))
	add(all, "grpc-go", grpcCalls(t, dial(t, grpcAddress, grpc.WithChainUnaryInterceptor(dbgrpc.UnaryClientInterceptor()), grpc.WithChainStreamInterceptor(dbgrpc.StreamClientInterceptor()))))
	add(all, "connect-go", connectCalls(t, connectAddress, allProtocols, interceptor))
	made := &db.TableLockedError{Table: "users", Status: 7, Wait: time.Second, At: at, IDs: []int64{1}, Secret: db.Hide("hunter2")}
	each(t, all, func(t *testing.T, c call) {
		got := c(fail(t, errors.Join(io.EOF, fmt.Errorf("write: %w", db.WithCause(made, errors.New("hunter2"))))))
		var e *db.TableLockedError
		if !errors.Is(got, db.TableLocked) || !errors.As(got, &e) {
			t.Fatalf("got %v", got)
		}
		if e.Table != "users" || e.Status != 7 || e.Wait != time.Second || !e.At.Equal(at) || !slices.Equal(e.IDs, []int64{1}) || e.Secret.Reveal() != "" {
			t.Errorf("got %+v", e)
		}
		if got.Error() != "5: users is locked: 7" || strings.Contains(everything(got), "hunter2") {
			t.Errorf("got %v", got)
		}
		var b strings.Builder
		slog.New(slog.NewTextHandler(&b, nil)).Error("failed", db.LogAttr(got))
		if !strings.Contains(b.String(), "err.code=5 err.category=all") || !strings.Contains(b.String(), "table=users") {
			t.Errorf("the log has %s", b.String())
		}
		if again := c(fail(t, got)); again.Error() != got.Error() || !errors.As(again, &e) || e.Status != 7 {
			t.Errorf("sent again, it is %v", again)
		}
		got = c(fail(t, db.RowMissing))
		if code, ok := db.CodeOf(got); !ok || code != db.RowMissing || got.Error() != "ROW_MISSING: Row missing" {
			t.Errorf("got %v", got)
		}
		for _, err := range []error{db.NewDiskFull("/secret"), io.EOF, errors.New("/secret")} {
			if got := c(fail(t, err)); !errors.Is(got, db.Broken) || strings.Contains(everything(got), "/secret") {
				t.Errorf("got %v", got)
			}
		}
	})
	// A service sends on with connect-go what it has received with grpc-go, and the other
	// way round.
	received := dbconnect.FromError(arrive(dbconnect.NewError(fmt.Errorf("read: %w", dbgrpc.FromError(dbgrpc.Status(made).Err())))))
	received = dbgrpc.FromError(dbgrpc.Status(errors.Join(io.EOF, received)).Err())
	var e *db.TableLockedError
	if !errors.As(received, &e) || e.Table != "users" || e.Wait != time.Second || received.Error() != "5: users is locked: 7" {
		t.Errorf("got %v", received)
	}
	// The params are those of the error that counts.
	other := &db.TableLockedError{Table: "10.0.0.7"}
	for _, err := range []error{
		db.WithCause(db.TableLocked, other),
		db.WithCause(db.TableLocked, dbgrpc.FromError(dbgrpc.Status(other).Err())),
		errors.Join(db.TableLocked, other),
		fmt.Errorf("%w, %w", db.TableLocked, other),
		(*db.TableLockedError)(nil),
	} {
		for _, sent := range []string{fmt.Sprint(dbgrpc.Status(err).Proto()), everything(arrive(dbconnect.NewError(err)))} {
			if strings.Contains(sent, "10.0.0.7") || !strings.Contains(sent, "Table locked") {
				t.Errorf("sent %s", sent)
			}
		}
	}
	if sent := fmt.Sprint(dbgrpc.Status(hidden{other}).Proto()); !strings.Contains(sent, "10.0.0.7 is locked") {
		t.Errorf("sent %s", sent)
	}
	if got := dbgrpc.Status(made).Code(); got != codes.Aborted {
		t.Errorf("got %v", got)
	}
	if got := dbgrpc.Status(db.RowMissing).Code(); got != codes.NotFound {
		t.Errorf("got %v", got)
	}
}

// hidden has an error that only its method As finds.
type hidden struct{ err error }

func (h hidden) Error() string      { return "hidden" }
func (h hidden) As(target any) bool { return errors.As(h.err, target) }

// A client understands servers of another version.
func TestVersions(t *testing.T) {
	server := grpc.NewServer(grpc.ChainUnaryInterceptor(newergrpc.UnaryServerInterceptor()), grpc.ChainStreamInterceptor(newergrpc.StreamServerInterceptor()))
	conn, err := newClient(serveGRPC(t, server))
	if err != nil {
		t.Fatal(err)
	}
	each(t, grpcCalls(t, conn), func(t *testing.T, c call) {
		// Its name is one that the client does not know.
		got := c(fail(t, &newer.StockIsEmptyError{Product: "P-17", Shelf: "B"}))
		var e *shop.OutOfStockError
		if !errors.As(got, &e) || e.Product != "P-17" || !errors.Is(got, shop.OutOfStock) {
			t.Errorf("got %v", got)
		}
		var p *shop.Problem
		if !errors.As(got, &p) || string(p.Extensions["shelf"]) != `"B"` {
			t.Errorf("the unknown param is lost: %v", p)
		}
		// The error is one that the client does not know.
		got = c(fail(t, newer.NewOrderLost(5)))
		if code, ok := shop.CodeOf(got); !ok || code != "1099" || got.Error() != "1099: Order 5 was lost" {
			t.Errorf("got %v", got)
		}
		// What changed of the known error, on which other clients rely: the code of gRPC
		// and the reason.
		st := status.Convert(c(fail(t, &newer.StockIsEmptyError{Product: "P-17", Shelf: "B"})))
		if info, ok := st.Details()[0].(*errdetails.ErrorInfo); !ok || info.Reason != "STOCK_IS_EMPTY" || st.Code() != codes.NotFound {
			t.Errorf("got %v", st)
		}
	})
	for name, info := range map[string]*errdetails.ErrorInfo{
		"a former name":          {Reason: "SOLD_OUT", Domain: shop.Domain},
		"an alias":               {Reason: "NEVER_HEARD", Domain: shop.Domain, Metadata: map[string]string{"code": "1901"}},
		"a reason over its code": {Reason: "OUT_OF_STOCK", Domain: shop.Domain, Metadata: map[string]string{"code": "1500"}},
	} {
		st, _ := status.New(codes.Unknown, "x").WithDetails(info)
		if got := shopgrpc.FromError(st.Err()); !errors.Is(got, shop.OutOfStock) {
			t.Errorf("%s: got %v", name, got)
		}
	}
	for name, info := range map[string]*errdetails.ErrorInfo{
		"no reason":      {Domain: shop.Domain},
		"no domain":      {Reason: "OUT_OF_STOCK", Metadata: map[string]string{"code": "1001"}},
		"another domain": {Reason: "OUT_OF_STOCK", Domain: "SHOP.example.com"},
	} {
		st, _ := status.New(codes.Unknown, "x").WithDetails(info)
		if got := shopgrpc.FromError(st.Err()); errors.Is(got, shop.OutOfStock) || got.Error() != st.Err().Error() {
			t.Errorf("%s: got %v", name, got)
		}
	}
	st, _ := status.New(codes.Unknown, "x").WithDetails(&errdetails.ErrorInfo{Reason: "BRAND_NEW", Domain: shop.Domain, Metadata: map[string]string{"left": "two"}})
	got := shopgrpc.FromError(fmt.Errorf("call: %w", st.Err()))
	if code, ok := shop.CodeOf(got); !ok || code != "BRAND_NEW" {
		t.Errorf("got %v", got)
	}
	if again := shopgrpc.FromError(got); again != got {
		t.Errorf("got %v", again)
	}
	// A param of another type is kept, and is not one of the struct.
	st, _ = status.New(codes.Unknown, "x").WithDetails(&errdetails.ErrorInfo{Reason: "OUT_OF_STOCK", Domain: shop.Domain, Metadata: map[string]string{"left": "two"}})
	var p *shop.Problem
	var e *shop.OutOfStockError
	if got := shopgrpc.FromError(st.Err()); !errors.As(got, &p) || !errors.As(got, &e) || !slices.Equal(p.Missing(e), []string{"product", "left"}) {
		t.Errorf("got %v", got)
	}
}

// Whatever the size of an error, clients that accept 8 KiB of headers can read it.
func TestSizes(t *testing.T) {
	all := make(map[string]call)
	address := serveGRPC(t, newServer())
	small := dial(t, address, grpc.WithMaxHeaderListSize(8<<10), grpc.WithChainUnaryInterceptor(shopgrpc.UnaryClientInterceptor()), grpc.WithChainStreamInterceptor(shopgrpc.StreamClientInterceptor()))
	add(all, "grpc-go", grpcCalls(t, small))
	huge := strings.Repeat("x", 100_000)
	manyFields := make([]shop.FieldError, 10_000)
	for i := range manyFields {
		manyFields[i] = shop.At(shop.Pointer("").Key("items").Index(i), shop.NewTooShort(int64(i)))
	}
	long := make([]int64, 10_000)
	for name, test := range map[string]struct {
		err           error
		missing, kept []string
		message       string
		fields        string
	}{
		"a huge param":      {err: shop.NewOutOfStock(huge, 7), missing: []string{"product"}, kept: []string{"left"}, message: "Out of stock"},
		"not ASCII":         {err: shop.NewOutOfStock(strings.Repeat("é", 2500), 7), missing: []string{"product"}, kept: []string{"left"}, message: "Out of stock"},
		"controls":          {err: shop.NewOutOfStock(strings.Repeat("\x00", 3000), 7), kept: []string{"left", "product"}, message: "Out of stock"},
		"it just fits":      {err: shop.NewOutOfStock(strings.Repeat("x", 1400), 7), kept: []string{"left", "product"}},
		"many field errors": {err: shop.WithErrors(shop.NewOutOfStock("P-17", 7), manyFields...), kept: []string{"left", "product"}, fields: "yes"},
		"all lists": {err: &shop.EveryTypeError{Text: huge, At: at, Names: []string{huge, huge}, IDs: long}, missing: []string{"ids", "names", "text"},
			kept: []string{"at", "count", "flag", "ratio", "wait"}, message: "Every type"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, all, func(t *testing.T, c call) {
				got := c(fail(t, test.err))
				want, _ := shop.CodeOf(test.err)
				var p *shop.Problem
				if !errors.Is(got, want) || !errors.As(got, &p) {
					t.Fatalf("got %.200v", got)
				}
				if test.message != "" && p.Detail != test.message {
					t.Errorf("the message is %.200s", p.Detail)
				}
				for _, name := range test.kept {
					if p.Extensions[name] == nil {
						t.Errorf("%s did not arrive", name)
					}
				}
				metadata := infoOf(t, got).GetMetadata()
				if metadata["omitted-params"] != strings.Join(test.missing, ",") || (metadata["omitted-message"] != "") != (test.message != "") {
					t.Errorf("omitted: %q, %q", metadata["omitted-params"], metadata["omitted-message"])
				}
				for _, name := range test.missing {
					if p.Extensions[name] != nil {
						t.Errorf("%s arrived in part", name)
					}
				}
				if test.fields != "" {
					if metadata["omitted-fields"] != fmt.Sprint(len(manyFields)-len(p.Errors)) || len(p.Errors) < 20 {
						t.Errorf("%d field errors arrived, %s are omitted", len(p.Errors), metadata["omitted-fields"])
					}
				}
			})
		})
	}
	// Connect sends the same details.
	sent := shopconnect.NewError(shop.NewOutOfStock(huge, 7))
	if code, _ := shop.CodeOf(shopconnect.FromError(arrive(sent))); code != shop.OutOfStock || sent.Message() != "Out of stock" {
		t.Errorf("connect-go sends %.200v", sent)
	}
}

// Each size in the neighbourhood of the limit is accepted.
func TestSizeLimit(t *testing.T) {
	address := serveGRPC(t, newServer())
	conn := dial(t, address, grpc.WithMaxHeaderListSize(8<<10), grpc.WithUnaryInterceptor(shopgrpc.UnaryClientInterceptor()))
	t.Cleanup(func() { conn.Close() })
	withoutLinks := 0
	for _, letter := range []string{"x", "é", "\n"} {
		for n := 400; n < 6000; n += 97 {
			err := conn.Invoke(t.Context(), unary, fail(t, shop.NewOutOfStock(strings.Repeat(letter, n), 7)), new(text))
			var e *shop.OutOfStockError
			if !errors.As(err, &e) || e.Left != 7 || e.Product != "" && e.Product != strings.Repeat(letter, n) {
				t.Fatalf("%d of %q: got %.200v", n, letter, err)
			}
			isHelp := func(detail any) bool { _, ok := detail.(*errdetails.Help); return ok }
			isOmitted := infoOf(t, err).GetMetadata()["omitted-links"] != ""
			if isOmitted == slices.ContainsFunc(status.Convert(err).Details(), isHelp) {
				t.Errorf("%d of %q: links are omitted: %v", n, letter, isOmitted)
			}
			if isOmitted {
				withoutLinks++
			}
		}
	}
	if withoutLinks == 0 {
		t.Error("links always fit")
	}
}

// The list of what is left out has a limit, also if the error is sent on.
func TestManyNames(t *testing.T) {
	many := map[string]string{"code": "1001", "left": "7"}
	for i := range 100 {
		many[fmt.Sprintf("name_%03d_%s", i, strings.Repeat("n", 30))] = strings.Repeat("x", 1000)
	}
	st, err := status.New(codes.Aborted, "many").WithDetails(&errdetails.ErrorInfo{Reason: "OUT_OF_STOCK", Domain: shop.Domain, Metadata: many})
	if err != nil {
		t.Fatal(err)
	}
	err = st.Err()
	for range 3 {
		err = shopgrpc.Status(shopgrpc.FromError(err)).Err()
		list := infoOf(t, err).GetMetadata()["omitted-params"]
		if len(list) < 900 || len(list) > 1024 || !strings.HasSuffix(list, "n,...") || strings.Count(list, "...") != 1 {
			t.Errorf("the list has %d bytes: %s", len(list), list)
		}
	}
}

// No error is unreadable, whatever is in it and whoever reads it with 8 KiB.
func TestRandomSizes(t *testing.T) {
	address, connectAddress := serveGRPC(t, newServer()), serveConnect(t, connect.WithInterceptors(shopconnect.NewInterceptor()))
	calls := make(map[string]call)
	for server, address := range map[string]string{"grpc-go": address, "connect-go": connectAddress} {
		small := dial(t, address, grpc.WithMaxHeaderListSize(8<<10), grpc.WithChainUnaryInterceptor(shopgrpc.UnaryClientInterceptor()), grpc.WithChainStreamInterceptor(shopgrpc.StreamClientInterceptor()))
		add(calls, server, grpcCalls(t, small))
	}
	add(calls, "connect-go", connectCalls(t, connectAddress, allProtocols, connect.WithInterceptors(shopconnect.NewInterceptor())))
	valid := func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		letter := []string{"x", "é", "漢", "🛒", "\x00", "%", "\n", "\xff", `"`, "<", " "}[random.IntN(11)]
		return strings.Repeat(letter, []int{0, 1, 40, 700, 2100, 9000}[random.IntN(6)])
	}
	for i := range 12 {
		every := everyType()
		every.Text, every.Names = text(), []string{text(), text()}
		every.IDs = make([]int64, random.IntN(3)*900)
		var err error = every
		if i%2 == 0 {
			err = shop.NewOutOfStock(text(), 7)
		}
		var fields []shop.FieldError
		for range random.IntN(3) * random.IntN(25) {
			fields = append(fields, shop.At(shop.Pointer("").Key(text()).Index(3), []error{shop.NewTooShort(8), everyType(), shop.NewOutOfStock(text(), 1)}[random.IntN(3)]))
		}
		if len(fields) > 0 {
			err = shop.WithErrors(err, fields...)
		}
		if i%3 == 0 {
			err = shop.WithInstance(err, text())
		}
		want, _ := shop.CodeOf(err)
		each(t, calls, func(t *testing.T, c call) {
			got := c(fail(t, err))
			var p *shop.Problem
			if !errors.Is(got, want) || !errors.As(got, &p) {
				t.Fatalf("error %d became %.300v", i, got)
			}
			sent := shop.ProblemOf(err)
			fields, _ := strconv.Atoi(strings.Trim(string(p.Extensions["omitted-fields"]), `"`))
			names := strings.Split(strings.Trim(string(p.Extensions["omitted-params"]), `"`), ",")
			if len(p.Errors)+fields != len(sent.Errors) {
				t.Errorf("of %d field errors, %d arrive, and %d are said to be left out", len(sent.Errors), len(p.Errors), fields)
			}
			for name := range sent.Extensions {
				if (p.Extensions[name] == nil) != slices.Contains(names, name) {
					t.Errorf("%s is not in %q, and did not arrive", name, names)
				}
			}
			if valid(p.Instance) != valid(sent.Instance) && p.Extensions["omitted-instance"] == nil {
				t.Errorf("the instance did not arrive")
			}
			if valid(p.Detail) != valid(sent.Detail) && p.Extensions["omitted-message"] == nil {
				t.Errorf("the message is %.100q", p.Detail)
			}
		})
	}
}

func infoOf(t *testing.T, err error) *errdetails.ErrorInfo {
	t.Helper()
	for _, detail := range status.Convert(err).Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			return info
		}
	}
	t.Fatalf("%v has no ErrorInfo", err)
	return nil
}

// Field errors arrive with their params, whatever their catalog is.
func TestFieldErrors(t *testing.T) {
	sent := shop.WithErrors(shop.InvalidOrder,
		shop.At("/items/3/name", shop.NewTooShort(8)),
		shop.At("/every", everyType()),
		shop.FieldError{Pointer: "/text", Detail: "is odd"},
		shop.At("/card", billing.NewCardExpired(2020)),
		shop.At("/1/~0~1/a.b/c[0]//", shop.OrderClosed),
		shop.At("not a pointer", shop.OrderClosed),
		shop.AtParameter("", shop.OrderClosed),
		shop.AtHeader("/x", shop.OrderClosed),
		shop.FieldError{Pointer: "/rule", Detail: "is short", Extensions: map[string]json.RawMessage{"rule": json.RawMessage(`{"min":[8]}`)}},
		shop.FieldError{Foreign: json.RawMessage(`["text",1]`)},
		shop.FieldError{Foreign: json.RawMessage("null")},
		shop.At("/secret", &shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide("4242")}),
		shop.At("/own", shop.FieldError{}.Err),
	)
	asSent, _ := json.Marshal(shop.ProblemOf(sent))
	if strings.Contains(string(asSent), "4242") {
		t.Fatalf("the problem is %s", asSent)
	}
	want := body(t, shop.ParseProblem(asSent)) // as a client of HTTP sends it on
	each(t, shopCalls(t), func(t *testing.T, c call) {
		got := c(fail(t, sent))
		var p *shop.Problem
		if !errors.As(got, &p) || len(p.Errors) != 13 {
			t.Fatalf("got %v", got)
		}
		if asReceived, _ := json.Marshal(p); sortedJSON(t, asReceived) != sortedJSON(t, asSent) {
			t.Errorf("got  %s\nwant %s", asReceived, asSent)
		}
		for range 2 {
			got = c(fail(t, fmt.Errorf("upstream: %w", got)))
			if have := body(t, got); have != want {
				t.Errorf("got  %s\nwant %s", have, want)
			}
		}
		var short *shop.TooShortError
		if !errors.As(p.Errors[0].Err, &short) || short.Least != 8 {
			t.Errorf("got %v", p.Errors[0])
		}
		var every *shop.EveryTypeError
		if !errors.As(p.Errors[1].Err, &every) || every.Wait != everyType().Wait || !every.At.Equal(at) || every.IDs[2] != 1<<60 {
			t.Errorf("got %v", p.Errors[1])
		}
		var expired *billing.CardExpiredError
		if !errors.As(p.Errors[3].Err, &expired) || expired.Year != 2020 || errors.Is(p.Errors[3].Err, shop.OutOfStock) {
			t.Errorf("got %v", p.Errors[3])
		}
	})
	// A server of a newer version has another name for the error.
	renamed := newer.WithErrors(newer.NewOrderLost(5), newer.At("/a", &newer.StockIsEmptyError{Product: "P-17", Left: 2, Shelf: "B"}), newer.At("/b", newer.NewOrderLost(6)))
	var p *shop.Problem
	var outOfStock *shop.OutOfStockError
	if got := shopgrpc.FromError(newergrpc.Status(renamed).Err()); !errors.As(got, &p) || len(p.Errors) != 2 {
		t.Fatalf("got %v", got)
	}
	if !errors.As(p.Errors[0].Err, &outOfStock) || outOfStock.Product != "P-17" || outOfStock.Left != 2 {
		t.Errorf("got %v", p.Errors[0])
	}
	if code, ok := shop.CodeOf(p.Errors[1].Err); !ok || code != "1099" {
		t.Errorf("got %v", p.Errors[1])
	}
}

// A service passes on the error of another service, with all that is in it.
func TestPassedOn(t *testing.T) {
	calls := shopCalls(t)
	var one call
	for _, one = range calls {
		break
	}
	received := one(fail(t, shop.WithInstance(shop.WithRetryAfter(everyType(), 3*time.Second), "/calls/7")))
	each(t, calls, func(t *testing.T, c call) {
		if got, want := body(t, c(fail(t, fmt.Errorf("upstream: %w", received)))), body(t, received); got != want || !strings.Contains(got, `"instance":"/calls/7"`) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
	// An error that came over HTTP goes on over gRPC.
	fromHTTP := shop.ParseProblem([]byte(`{"type":"https://example.com/errors#1001","code":"1001","product":"P-17","left":2,"detail":"none left","trace-id":7,"omitted-params":"shelf"}`))
	each(t, calls, func(t *testing.T, c call) {
		got := c(fail(t, fromHTTP))
		var e *shop.OutOfStockError
		if !errors.As(got, &e) || e.Left != 2 || got.Error() != "1001: none left" {
			t.Errorf("got %v", got)
		}
		size := func(err error) int { return proto.Size(shopgrpc.Status(err).Proto()) }
		if again := c(fail(t, c(fail(t, got)))); size(again) != size(got) {
			t.Errorf("%d bytes became %d", size(got), size(again))
		}
		if got := body(t, got); !strings.Contains(got, `"trace-id":"7"`) || !strings.Contains(got, `"omitted-params":"shelf"`) {
			t.Errorf("got %v", got)
		}
	})
	// What is left out once stays named.
	large := shop.WithErrors(shop.NewOutOfStock(strings.Repeat("x", 9000), 7), slices.Repeat([]shop.FieldError{shop.At("/items/0", shop.NewTooShort(8))}, 200)...)
	each(t, calls, func(t *testing.T, c call) {
		first := c(fail(t, large))
		second := c(fail(t, c(fail(t, first))))
		if got, want := body(t, second), body(t, first); got != want || !strings.Contains(got, `"omitted-params":"product"`) || !strings.Contains(got, `"omitted-fields":"1`) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

// An error of the catalog is not taken for its cause.
func TestCauses(t *testing.T) {
	upstream := shopgrpc.Status(shop.NewOutOfStock("P-17", 2)).Err()
	err := shop.WithCause(shop.OrderClosed, upstream)
	if got := shopgrpc.FromError(err); got != err {
		t.Errorf("got %v", got)
	}
	err = shop.WithCause(shop.OrderClosed, arrive(shopconnect.NewError(shop.NewOutOfStock("P-17", 2))))
	if got := shopconnect.FromError(err); got != err {
		t.Errorf("got %v", got)
	}
}

// A proxy sends on what only a newer server knows, as it came.
func TestUnknownPassedOn(t *testing.T) {
	help := &errdetails.Help{Links: []*errdetails.Help_Link{{Description: "More", Url: "https://example.com"}}}
	info := &errdetails.ErrorInfo{Reason: "BRAND_NEW", Domain: shop.Domain, Metadata: map[string]string{"code": "1098", "left": "2"}}
	st, err := status.New(codes.OutOfRange, "is brand-new: 100 %").WithDetails(info, help)
	if err != nil {
		t.Fatal(err)
	}
	fromConnect := connect.NewError(connect.CodeOutOfRange, errors.New(st.Message()))
	for _, m := range []proto.Message{info, help} {
		detail, err := connect.NewErrorDetail(m)
		if err != nil {
			t.Fatal(err)
		}
		fromConnect.AddDetail(detail)
	}
	sent := map[string]error{"grpc-go": st.Err(), "connect-go": fromConnect}
	calls := shopCalls(t)
	each(t, calls, func(t *testing.T, c call) {
		server := "connect-go"
		if strings.HasSuffix(t.Name(), "to_grpc-go") {
			server = "grpc-go"
		}
		got := sent[server]
		for range 3 {
			got = c(fail(t, fmt.Errorf("upstream: %w", got)))
			if code, ok := shop.CodeOf(got); !ok || code != "1098" || !strings.HasSuffix(got.Error(), "is brand-new: 100 %") {
				t.Fatalf("got %v", got)
			}
			var c *connect.Error
			if details := status.Convert(got).Details(); errors.As(got, &c) {
				if c.Code() != connect.CodeOutOfRange || len(c.Details()) != 2 {
					t.Errorf("got %v", got)
				}
			} else if status.Code(got) != codes.OutOfRange || len(details) != 2 || !proto.Equal(details[0].(proto.Message), info) {
				t.Errorf("got %v", details)
			}
		}
	})
	// It is not sent if clients could not read it.
	st, _ = status.New(codes.OutOfRange, "x").WithDetails(&errdetails.ErrorInfo{Reason: strings.Repeat("X", 8000), Domain: shop.Domain})
	if got := shopgrpc.Status(shopgrpc.FromError(st.Err())); got.Code() != codes.Internal || len(got.Details()) != 1 {
		t.Errorf("got %v", got)
	}
}

// Errors of other packages can have codes of the catalog.
func TestMapError(t *testing.T) {
	calls := make(map[string]call)
	connectOptions := []shopconnect.Option{shopconnect.MapError(context.DeadlineExceeded, shop.TooMany), shopconnect.MapError((*strconv.NumError)(nil), shop.InvalidOrder)}
	grpcAddress := serveGRPC(t, grpc.NewServer(
		grpc.ChainUnaryInterceptor(billinggrpc.UnaryServerInterceptor(), shopgrpc.UnaryServerInterceptor(mapErrors()...)),
		grpc.ChainStreamInterceptor(billinggrpc.StreamServerInterceptor(), shopgrpc.StreamServerInterceptor(mapErrors()...))))
	connectAddress := serveConnect(t, connect.WithInterceptors(billingconnect.NewInterceptor(), shopconnect.NewInterceptor(connectOptions...)))
	conn, err := newClient(grpcAddress)
	if err != nil {
		t.Fatal(err)
	}
	add(calls, "grpc-go", grpcCalls(t, conn))
	add(calls, "connect-go", connectCalls(t, connectAddress, allProtocols, connect.WithInterceptors(shopconnect.NewInterceptor())))
	each(t, calls, func(t *testing.T, c call) {
		for _, test := range []struct{ err, want error }{
			{fmt.Errorf("10.0.0.7: %w", context.DeadlineExceeded), shop.TooMany},
			{fmt.Errorf("10.0.0.7: %w", &strconv.NumError{Func: "ParseInt", Num: "10.0.0.7", Err: strconv.ErrSyntax}), shop.InvalidOrder},
			{shop.WithCause(shop.OrderClosed, context.DeadlineExceeded), shop.OrderClosed},
			{shop.WithCause(shop.NewDBDown("10.0.0.7"), context.DeadlineExceeded), nil},
			{fs.ErrNotExist, nil},
		} {
			got := c(fail(t, test.err))
			if code, _ := shop.CodeOf(got); test.want != nil && !errors.Is(got, test.want) || test.want == nil && code != "" && code != shop.Internal {
				t.Errorf("%v became %v", test.err, got)
			}
			if text := everything(got); strings.Contains(text, "10.0.0.7") {
				t.Errorf("the client sees %s", text)
			}
		}
		// An error of another catalog stays one.
		if got := c(fail(t, billing.WithCause(billing.NewCardExpired(2020), context.DeadlineExceeded))); errors.Is(got, shop.TooMany) || !strings.Contains(got.Error(), "The card expired in 2020") {
			t.Errorf("got %v", got)
		}
	})
}

// An interceptor between those of two catalogs can replace an error by one of its own.
func TestReplaced(t *testing.T) {
	replace := func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		resp, err := handler(ctx, req)
		return resp, shop.WithCause(shop.OrderClosed, err)
	}
	conn, err := newClient(serveGRPC(t, grpc.NewServer(grpc.ChainUnaryInterceptor(shopgrpc.UnaryServerInterceptor(), replace, billinggrpc.UnaryServerInterceptor()))))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Invoke(t.Context(), unary, fail(t, billing.NewCardExpired(2020)), new(text)); !errors.Is(err, shop.OrderClosed) || strings.Contains(everything(err), "2020") {
		t.Errorf("got %v", err)
	}
}

// An interceptor that recovers from panics comes after that of the package.
func TestRecovered(t *testing.T) {
	recovered := func(v any) error { return fmt.Errorf("10.0.0.7: %w", v.(panics).error) }
	unaries := func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (resp any, err error) {
		defer func() {
			if v := recover(); v != nil {
				err = recovered(v)
			}
		}()
		return handler(ctx, req)
	}
	streams := func(srv any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handler grpc.StreamHandler) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = recovered(v)
			}
		}()
		return handler(srv, stream)
	}
	calls := make(map[string]call)
	conn, err := newClient(serveGRPC(t, grpc.NewServer(
		grpc.ChainUnaryInterceptor(shopgrpc.UnaryServerInterceptor(), unaries),
		grpc.ChainStreamInterceptor(shopgrpc.StreamServerInterceptor(), streams))))
	if err != nil {
		t.Fatal(err)
	}
	add(calls, "grpc-go", grpcCalls(t, conn))
	address := serveConnect(t, connect.WithInterceptors(shopconnect.NewInterceptor()),
		connect.WithRecover(func(_ context.Context, _ connect.Spec, _ http.Header, v any) error { return recovered(v) }))
	add(calls, "connect-go", connectCalls(t, address, allProtocols, connect.WithInterceptors(shopconnect.NewInterceptor())))
	each(t, calls, func(t *testing.T, c call) {
		for want, err := range map[shop.Code]error{shop.Internal: io.ErrUnexpectedEOF, shop.OrderClosed: shop.OrderClosed} {
			if got := c(fail(t, panics{err})); !errors.Is(got, want) || strings.Contains(everything(got), "10.0.0.7") {
				t.Errorf("got %v", got)
			}
		}
	})
}

// The metadata of a *connect.Error around an error of the catalog are sent, unless they
// are those of a cause.
func TestMetadata(t *testing.T) {
	around := func(err error) error {
		e := connect.NewError(connect.CodeDataLoss, err)
		e.Meta().Set("Request-Cost", "7")
		return e
	}
	address := serveConnect(t, connect.WithInterceptors(billingconnect.NewInterceptor(), shopconnect.NewInterceptor()))
	each(t, connectCalls(t, address, allProtocols, connect.WithInterceptors(shopconnect.NewInterceptor())), func(t *testing.T, c call) {
		for _, test := range []struct {
			err  error
			want string
		}{
			{fmt.Errorf("order: %w", around(shop.WithRetryAfter(shop.OrderClosed, time.Second))), "7"},
			{shop.WithCause(shop.OrderClosed, around(io.EOF)), ""},
			{around(shop.NewDBDown("10.0.0.7")), ""},
		} {
			got := c(fail(t, test.err))
			var e *connect.Error
			if !errors.As(got, &e) || e.Meta().Get("Request-Cost") != test.want {
				t.Errorf("%v has %v", got, e.Meta())
			}
			if want, _ := shop.CodeOf(test.err); want != shop.DBDown && (!errors.Is(got, want) || e.Code() != connect.CodeAborted) {
				t.Errorf("got %v", got)
			}
			if text := everything(got); strings.Contains(text, "10.0.0.7") {
				t.Errorf("the client sees %s", text)
			}
		}
	})
}

// A gateway answers with problems.
func TestGateway(t *testing.T) {
	conn, err := newClient(serveGRPC(t, newServer()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	mux := newGateway()
	forward := func(w http.ResponseWriter, r *http.Request, _ map[string]string) {
		err := conn.Invoke(r.Context(), unary, wrapperspb.String(t.Name()), new(text))
		runtime.HTTPError(r.Context(), mux, new(runtime.JSONPb), w, r, err)
	}
	if err := mux.HandlePath("GET", "/order", forward); err != nil {
		t.Fatal(err)
	}
	for _, sent := range []error{everyType(), shop.TooMany, io.EOF, shop.NewDBDown("10.0.0.7"), shop.WithErrors(shop.InvalidOrder, shop.At("/a/0", shop.OrderClosed))} {
		fail(t, sent)
		got, want := httptest.NewRecorder(), httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/order", nil)
		mux.ServeHTTP(got, r)
		shop.WriteProblem(want, r, sent)
		if got.Code != want.Code || got.Body.String() != want.Body.String() || !reflect.DeepEqual(got.Header(), want.Header()) {
			t.Errorf("the gateway answers %d %v %s\nwant %d %v %s", got.Code, got.Header(), got.Body, want.Code, want.Header(), want.Body)
		}
	}
	for target, want := range map[string]int{"/none": http.StatusNotFound, "none": http.StatusBadRequest} {
		r, got := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
		r.URL.Path = target
		if mux.ServeHTTP(got, r); got.Code != want || got.Header().Get("Content-Type") != "application/json" {
			t.Errorf("the gateway answers %d %s for %s", got.Code, got.Body, target)
		}
	}
	for code, want := range map[codes.Code]int{
		codes.PermissionDenied: http.StatusForbidden, codes.Unauthenticated: http.StatusUnauthorized, codes.ResourceExhausted: http.StatusTooManyRequests,
		codes.Unknown: http.StatusInternalServerError, codes.DataLoss: http.StatusInternalServerError,
	} {
		fail(t, status.Error(code, "for clients"))
		got := httptest.NewRecorder()
		mux.ServeHTTP(got, httptest.NewRequest("GET", "/order", nil))
		if got.Code != want || strings.Contains(got.Body.String(), "for clients") != (code != codes.Unknown) {
			t.Errorf("the gateway answers %d %s for %s", got.Code, got.Body, code)
		}
	}
	// A server that does not answer is no reason to name it.
	gone, err := newClient("127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer gone.Close()
	got := httptest.NewRecorder()
	runtime.HTTPError(t.Context(), mux, new(runtime.JSONPb), got, httptest.NewRequest("GET", "/order", nil), gone.Invoke(t.Context(), unary, new(text), new(text)))
	if got.Code != http.StatusInternalServerError || strings.Contains(got.Body.String(), "127.0.0.1") {
		t.Errorf("the gateway answers %d %s", got.Code, got.Body)
	}
}

// The examples of the documentation work.
func TestExamples(t *testing.T) {
	server := httptest.NewServer(newHandler())
	t.Cleanup(server.Close)
	_, err := newOrderClient(server.Client(), server.URL).CallUnary(t.Context(), connect.NewRequest(wrapperspb.String("P-17")))
	if got := explain(err); got != "order another product than P-17" {
		t.Errorf("%v: %s", err, got)
	}
	if got := explain(shop.OrderClosed); got != "open a new order" {
		t.Error(got)
	}
	if got := explain(io.EOF); got != "try again later" {
		t.Error(got)
	}
}

// The log shows the errors of handlers, with their causes.
func TestLog(t *testing.T) {
	var b strings.Builder
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&b, nil)))
	defer slog.SetDefault(before)
	conn, err := newClient(serveGRPC(t, newServer()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	req := fail(t, fmt.Errorf("order: %w", shop.WithCause(shop.NewDBDown("10.0.0.7"), io.ErrUnexpectedEOF)))
	if err := conn.Invoke(t.Context(), unary, req, new(text)); !errors.Is(err, shop.Internal) {
		t.Errorf("got %v", err)
	}
	for _, want := range []string{"err.code=1501", "host=10.0.0.7", `err.cause="unexpected EOF"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the log lacks %s: %s", want, b.String())
		}
	}
}
