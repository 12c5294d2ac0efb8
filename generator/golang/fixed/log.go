package fixed

import (
	"log/slog"
	"slices"
	"strings"
)

// logValue returns what is logged for a Code, or for an error of this package
// that wraps one.
func logValue(err error) slog.Value {
	code, _ := CodeOf(err)
	return logGroup(code, err.Error(), params(code, err))
}

// logAttrs returns what is logged for any error, ready to be appended to.
func logAttrs(err error) []slog.Attr {
	v := slog.AnyValue(err).Resolve()
	if v.Kind() != slog.KindGroup {
		code, around := find(err)
		v = logGroup(code, err.Error(), params(code, around))
	}
	return slices.Clip(v.Group())
}

// logGroup returns the group under which an error is logged, whose Code may be
// nil. The message does not repeat the code.
func logGroup(c catalogCode, text string, params []any) slog.Value {
	var code, category string
	if c != nil {
		code, category = c.CatalogCode()
	}
	return slog.GroupValue(
		slog.String("code", code),
		slog.String("category", category),
		slog.String("message", strings.TrimPrefix(text, code+": ")),
		slog.Group("params", params...),
	)
}
