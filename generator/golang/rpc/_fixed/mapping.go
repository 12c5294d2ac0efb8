package fixed

import (
	"errors"
	"reflect"

	catalog "github.com/errcat/errcat/generator/golang/fixed"
)

// An Option changes what happens to the errors of handlers.
type Option func(*options)

// options are those of an interceptor.
type options struct{ mappings []mapping }

// mapping says which error a client sees for one that is in no catalog.
type mapping struct {
	target error
	code   catalog.Code
}

// MapError gives errors that are in no catalog a code: if a handler returns target or
// an error that wraps it, as errors.Is finds it, clients get the code. A nil pointer
// stands for all errors of its type, as errors.As finds them. Of several that fit, the
// first counts. It comes before the status that an error may have itself.
//
//	MapError(context.DeadlineExceeded, shop.TimedOut),
//	MapError((*fs.PathError)(nil), shop.StorageFailed),
func MapError(target error, code catalog.Code) Option {
	return func(o *options) { o.mappings = append(o.mappings, mapping{target, code}) }
}

func newOptions(opts []Option) (o options) {
	for _, opt := range opts {
		opt(&o)
	}
	return o
}

// mapped returns what counts instead of an error: the error itself if it is in a
// catalog or there is no mapping for it.
func (o options) mapped(err error) error {
	if len(o.mappings) == 0 || isInCatalog(err) {
		return err
	}
	for _, m := range o.mappings {
		if m.fits(err) {
			return catalog.WithCause(m.code, err)
		}
	}
	return err
}

// isInCatalog reports whether an error is in this or in another catalog.
func isInCatalog(err error) bool {
	var code interface {
		CatalogCode() (code, category string)
	}
	var read interface{ CatalogError(of any) (string, bool) }
	return isOwn(err) || errors.As(err, &code) || errors.As(err, &read)
}

// fits reports whether the mapping is for an error.
func (m mapping) fits(err error) bool {
	if v := reflect.ValueOf(m.target); v.Kind() == reflect.Pointer && v.IsNil() {
		return errors.As(err, reflect.New(v.Type()).Interface())
	}
	return errors.Is(err, m.target)
}
