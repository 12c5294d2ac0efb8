package recipes

import (
	"log/slog"

	"github.com/rs/zerolog"

	"example.com/shop/shop"
)

// useZerolog changes what log.Err(err) writes.
func useZerolog() {
	zerolog.ErrorMarshalFunc = func(err error) any {
		if v := shop.LogAttr(err).Value; v.Kind() == slog.KindGroup {
			return zerologAttrs(v.Group())
		}
		return err
	}
}

// zerologAttrs writes attributes of log/slog.
type zerologAttrs []slog.Attr

func (attrs zerologAttrs) MarshalZerologObject(e *zerolog.Event) {
	for _, a := range attrs {
		if v := a.Value.Resolve(); v.Kind() == slog.KindGroup {
			e.Object(a.Key, zerologAttrs(v.Group()))
		} else if err, ok := v.Any().(error); ok {
			e.AnErr(a.Key, err)
		} else {
			e.Any(a.Key, v.Any())
		}
	}
}
