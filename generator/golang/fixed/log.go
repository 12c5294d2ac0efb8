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
		f := find(err)
		code, _ := f.code.(Code)
		v = logGroup(code, err.Error(), params(f.code, f.around))
	}
	return slices.Clip(v.Group())
}

// logGroup returns the group under which an error is logged. The message does
// not repeat the code.
func logGroup(c Code, text string, params []any) slog.Value {
	return slog.GroupValue(
		slog.String("code", string(c)),
		slog.String("category", string(c.Category())),
		slog.String("message", strings.TrimPrefix(text, string(c)+": ")),
		slog.Group("params", params...),
	)
}
