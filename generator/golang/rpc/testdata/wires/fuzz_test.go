package shop

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"example.com/shop/billing"
	"example.com/shop/shop"
	"example.com/shop/shop/shopconnect"
	"example.com/shop/shop/shopgrpc"
)

// FuzzStatus reads statuses from servers that nobody trusts, and sends them on.
func FuzzStatus(f *testing.F) {
	for _, err := range []error{everyType(), shop.WithInstance(shop.WithErrors(shop.InvalidOrder, shop.At("/a/b~1", everyType()), shop.AtParameter("p", billing.NewCardExpired(2020))), "/calls/7"), shop.WithErrors(shop.TooMany, shop.At("/a/0", shop.OrderClosed)), shop.WithErrors(shop.TooMany, shop.AtHeader("X", shop.OrderClosed))} {
		raw, err := proto.Marshal(shopgrpc.Status(err).Proto())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var st spb.Status
		if (proto.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(raw, &st) != nil || st.Code == int32(codes.OK) {
			return
		}
		sent := status.FromProto(&st).Err()
		got := shopgrpc.FromError(sent)
		if got == nil {
			t.Fatal("no error")
		}
		code, ok := shop.CodeOf(got)
		if !ok {
			return
		}
		_ = got.Error()
		var e *shop.EveryTypeError
		_ = errors.As(got, &e)
		if body, err := json.Marshal(shop.ProblemOf(got)); err != nil || !json.Valid(body) {
			t.Fatalf("%v: %s", err, body)
		}
		again := shopgrpc.Status(got)
		if !fits(again) {
			t.Fatalf("%d bytes", proto.Size(again.Proto()))
		}
		received := shopgrpc.FromError(again.Err())
		if now, _ := shop.CodeOf(received); now != code && now != shop.Internal {
			t.Fatalf("%s became %s", code, now)
		}
		// Who sends it on changes nothing.
		if next := shopgrpc.Status(received); !proto.Equal(next.Proto(), again.Proto()) {
			t.Fatalf("%v became %v", again.Proto(), next.Proto())
		}
		// Connect sends the same, up to the host in the type of a detail.
		sentOver := shopconnect.FromError(arrive(shopconnect.NewError(got)))
		if now, _ := shop.CodeOf(sentOver); now != code && now != shop.Internal {
			t.Fatalf("%s became %s", code, now)
		}
		if next := shopgrpc.Status(sentOver); code.Name() != "" && !proto.Equal(next.Proto(), again.Proto()) {
			t.Fatalf("%v became %v", again.Proto(), next.Proto())
		}
	})
}

// fits reports whether clients that accept 8 KiB of headers can read a status.
func fits(st *status.Status) bool {
	size := base64.StdEncoding.EncodedLen(proto.Size(st.Proto()))
	for _, b := range []byte(st.Message()) {
		if b < ' ' || b > '~' || b == '%' {
			size += 2
		}
		size++
	}
	return size <= 7<<10
}

// FuzzPointer sends places in a body.
func FuzzPointer(f *testing.F) {
	for _, p := range []string{"", "/", "/a", "/a/0", "/0", "/00", "/-1", "/a~0~1", "/a.b/c", "/a[0]", "/é", "//", "/a/", "/_/4294967296", "/?", "/:"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, pointer string) {
		if !utf8.ValidString(pointer) || pointer != "" && !strings.HasPrefix(pointer, "/") || len(pointer) > 1000 {
			return
		}
		st := shopgrpc.Status(shop.WithErrors(shop.InvalidOrder, shop.FieldError{Pointer: shop.Pointer(pointer), Detail: "x"}))
		var p *shop.Problem
		if !errors.As(shopgrpc.FromError(st.Err()), &p) || len(p.Errors) != 1 || string(p.Errors[0].Pointer) != pointer {
			t.Errorf("%q became %+v", pointer, p)
		}
	})
}

// Field violations of other servers are read as far as they are understood.
func TestForeignFields(t *testing.T) {
	for field, want := range map[string]string{
		"items[3].name": `{"pointer":"/items/3/name"`,
		"[0]":           `{"pointer":"/0"`,
		"a.b_c.D1":      `{"pointer":"/a/b_c/D1"`,
		"?page":         `{"parameter":"page"`,
		"X-Id:":         `{"header":"X-Id"`,
		"/a~1b":         `{"pointer":"/a~1b"`,
		"":              `{"detail"`,
		"a..b":          `"field":"a..b"`,
		"a[01]":         `"field":"a[01]"`,
		"a[x]":          `"field":"a[x]"`,
		"a[":            `"field":"a["`,
		"a.":            `"field":"a."`,
		"map[\"key\"]":  `"field":"map[\"key\"]"`,
		"é":             `"field":"é"`,
	} {
		st, err := status.New(codes.InvalidArgument, "x").WithDetails(
			&errdetails.ErrorInfo{Reason: "INVALID_ORDER", Domain: shop.Domain},
			&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: field, Description: "is wrong"}}})
		if err != nil {
			t.Fatal(err)
		}
		var p *shop.Problem
		if !errors.As(shopgrpc.FromError(st.Err()), &p) || len(p.Errors) != 1 || !strings.Contains(p.Errors[0].String(), want) {
			t.Errorf("%q: got %v, want %s", field, p.Errors, want)
		}
	}
}
