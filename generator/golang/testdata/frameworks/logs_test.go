package recipes

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"example.com/shop/shop"
)

// logged are errors, and what is logged for them as JSON.
var logged = []struct {
	name string
	err  error
	want string
}{
	{"params", placeOrder("P-17"),
		`{"code":"1001","category":"order","message":"place order: 1001: P-17 is out of stock, 2 left","params":{"product":"P-17","left":2}}`},
	{"cause, sensitive param", placeOrder("card"),
		`{"code":"1003","category":"order","message":"place order: 1003: The card was refused by ACME","params":{"bank":"ACME"},"cause":"dial tcp 10.0.0.7: connection refused"}`},
	{"cause of a catalog", shop.WithCause(shop.Internal, fmt.Errorf("save: %w", shop.OrderClosed)),
		`{"code":"1500","category":"system","message":"Something went wrong","cause":{"code":"1002","category":"order","message":"save: 1002: The order is closed"}}`},
	{"elements", shop.WithErrors(shop.OrderClosed, shop.AtParameter("card", refused())),
		`{"code":"1002","category":"order","message":"The order is closed","errors":[{"parameter":"card","detail":"The card was refused by ACME",` +
			`"type":"https://example.com/errors#1003","code":"1003","params":{"bank":"ACME"}}]}`},
	{"received", shop.ParseProblem([]byte(`{"code":"1001","product":"P-17","detail":"none left"}`)),
		`{"code":"1001","category":"order","message":"none left","params":{"product":"P-17"}}`},
	{"of no catalog", io.EOF, `"EOF"`},
}

// zap shows the code, the params and the cause of a wrapped error.
func TestZap(t *testing.T) {
	for _, test := range logged {
		var out bytes.Buffer
		encoder := zapcore.NewJSONEncoder(zapcore.EncoderConfig{})
		log := zap.New(zapcore.NewCore(encoder, zapcore.AddSync(&out), zap.ErrorLevel))
		log.Error("no order", zapError(test.err), zap.Int("attempt", 3))
		if want := `{"err":` + test.want + `,"attempt":3}` + "\n"; out.String() != want {
			t.Errorf("%s: got\n%swant\n%s", test.name, out.String(), want)
		}
	}
}

// zerolog shows the code, the params and the cause of a wrapped error.
func TestZerolog(t *testing.T) {
	before := zerolog.ErrorMarshalFunc
	t.Cleanup(func() { zerolog.ErrorMarshalFunc = before })
	useZerolog()
	for _, test := range logged {
		var out bytes.Buffer
		log := zerolog.New(&out)
		log.Log().Err(test.err).Int("attempt", 3).Send()
		if want := `{"error":` + test.want + `,"attempt":3}` + "\n"; out.String() != want {
			t.Errorf("%s: got\n%swant\n%s", test.name, out.String(), want)
		}
	}
}

// telemetryHandler answers with an error, which the recipes observe.
func telemetryHandler(err error) http.HandlerFunc {
	return shop.Handler(func(http.ResponseWriter, *http.Request) error { return err }, shop.Observe(traceError), shop.Observe(countError))
}

// A span has the code as error.type, and the params that are not sensitive.
func TestOpenTelemetry(t *testing.T) {
	for _, test := range []struct {
		err    error
		status codes.Code
		want   string
	}{
		{placeOrder("card"), codes.Unset, "error.type=1003 err.code=1003 err.category=order err.message=place order: 1003: The card was refused by ACME" +
			" err.params.bank=ACME err.cause=dial tcp 10.0.0.7: connection refused"},
		{placeOrder("P-17"), codes.Unset, "error.type=1001 err.code=1001 err.category=order err.message=place order: 1001: P-17 is out of stock, 2 left" +
			" err.params.product=P-17 err.params.left=2"},
		{shop.DatabaseDown, codes.Error, "error.type=1501 err.code=1501 err.category=system err.message=The database is down"},
		{placeOrder("down"), codes.Error, "error.type=_OTHER err=place order: dial tcp 10.0.0.7: connection refused"},
		{shop.Code("9999"), codes.Error, "error.type=_OTHER err.code=9999 err.message=9999"},
	} {
		recorder := tracetest.NewSpanRecorder()
		ctx, span := trace.NewTracerProvider(trace.WithSpanProcessor(recorder)).Tracer("").Start(context.Background(), "POST /orders")
		telemetryHandler(test.err)(httptest.NewRecorder(), httptest.NewRequest("POST", "/orders", nil).WithContext(ctx))
		span.End()
		ended := recorder.Ended()[0]
		var attrs []string
		for _, a := range ended.Attributes() {
			attrs = append(attrs, string(a.Key)+"="+a.Value.String())
		}
		if got := strings.Join(attrs, " "); got != test.want || ended.Status().Code != test.status {
			t.Errorf("%v: the span has status %v and\n%s\nwant %v and\n%s", test.err, ended.Status(), got, test.status, test.want)
		}
	}
}

// Errors are counted by code. What is not in the catalog adds no code.
func TestPrometheus(t *testing.T) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(requestErrors)
	requestErrors.Reset()
	for _, err := range []error{placeOrder("P-17"), placeOrder("P-18"), placeOrder("down"), shop.Code("9998"), shop.Code("9999")} {
		telemetryHandler(err)(httptest.NewRecorder(), httptest.NewRequest("POST", "/orders", nil))
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]float64)
	for _, m := range families[0].GetMetric() {
		got[m.GetLabel()[0].GetValue()] = m.GetCounter().GetValue()
	}
	if fmt.Sprint(got) != "map[1001:2 _OTHER:3]" {
		t.Errorf("got %v", got)
	}
}
