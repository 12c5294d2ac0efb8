package recipes

import (
	"log/slog"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"example.com/shop/shop"
)

// zapError is the field of an error: zap.L().Error("no order", zapError(err)).
func zapError(err error) zap.Field {
	return zap.Inline(zapAttrs{shop.LogAttr(err)})
}

// zapAttrs writes attributes of log/slog.
type zapAttrs []slog.Attr

func (attrs zapAttrs) MarshalLogObject(e zapcore.ObjectEncoder) error {
	for _, a := range attrs {
		if v := a.Value.Resolve(); v.Kind() == slog.KindGroup {
			zap.Object(a.Key, zapAttrs(v.Group())).AddTo(e)
		} else {
			zap.Any(a.Key, v.Any()).AddTo(e)
		}
	}
	return nil
}
