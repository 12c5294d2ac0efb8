package recipes

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"example.com/shop/shop"
)

// errorType returns the code of an error. Codes that are not in the catalog do
// not get through: a client or a server could send any number of them.
func errorType(err error) string {
	if code, _ := shop.CodeOf(err); code.Name() != "" {
		return string(code)
	}
	return "_OTHER"
}

// traceError is an observer that adds the error to the span of the request.
func traceError(r *http.Request, err error) {
	span := trace.SpanFromContext(r.Context())
	span.SetAttributes(attribute.String("error.type", errorType(err)))
	span.SetAttributes(spanAttributes("", shop.LogAttr(err))...)
	if shop.HTTPStatus(err) >= 500 { // others are no failure of the server
		span.SetStatus(codes.Error, err.Error())
	}
}

// spanAttributes returns an attribute of log/slog as attributes of a span, such
// as err.code and err.params.product.
func spanAttributes(prefix string, a slog.Attr) (attrs []attribute.KeyValue) {
	if a.Value = a.Value.Resolve(); a.Value.Kind() != slog.KindGroup {
		return append(attrs, attribute.String(prefix+a.Key, a.Value.String()))
	}
	for _, member := range a.Value.Group() {
		attrs = append(attrs, spanAttributes(prefix+a.Key+".", member)...)
	}
	return attrs
}

var requestErrors = prometheus.NewCounterVec(prometheus.CounterOpts{
	Name: "request_errors_total",
	Help: "Errors that requests were answered with, by code.",
}, []string{"code"})

// countError is an observer that counts errors by code.
func countError(_ *http.Request, err error) {
	requestErrors.WithLabelValues(errorType(err)).Inc()
}
