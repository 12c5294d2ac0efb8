package fixed

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
)

// LogAttr returns an attribute for log/slog with the key "err": a group of the
// code, the category, the message, the params and the cause of the error that
// [CodeOf] finds in the tree of err, or else of that of another generated
// package. The message is that of err. An error that is in no catalog is logged
// as it is.
func LogAttr(err error) slog.Attr {
	a := slog.Any("err", err)
	if group, ok := logGroup(err); ok {
		a.Value = group
	}
	return a
}

// ReplaceAttr is a function for slog.HandlerOptions. An attribute that is an
// error becomes the group of [LogAttr], under its own key, also within groups. It
// does not look into structs, maps and lists.
func ReplaceAttr(groups []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() != slog.KindAny {
		return a
	}
	if err, ok := a.Value.Any().(error); ok {
		if group, ok := logGroup(err); ok {
			a.Value = group
		}
	}
	return a
}

// logValue returns what is logged for an error of this package.
func logValue(err error) slog.Value {
	group, ok := logGroup(err)
	if !ok {
		group = groupValue(nil, err.Error(), nil, logMembers(err), outerCauses(err))
	}
	return group
}

// logGroup returns the group that is logged for an error, and reports whether
// there is an error of a catalog in its tree.
//
// There is none in a tree whose methods panic, such as those of a nil pointer:
// log/slog recovers from that when it writes the error, but not in ReplaceAttr.
func logGroup(err error) (group slog.Value, ok bool) {
	defer func() {
		if recover() != nil {
			group, ok = slog.Value{}, false
		}
	}()
	var members []slog.Attr
	var causes []error // from the inside out
	note := func(err error) {
		if m := logMembers(err); m != nil {
			members = m // with those of the errors inside
		}
		if e, ok := as[causeError](err); ok {
			_, cause := e.WithoutCause()
			causes = append(causes, cause)
		}
	}
	f, ok := search(err, own, note)
	if !ok {
		f, ok = search(err, other, note)
	}
	if !ok {
		return slog.Value{}, false
	}
	slices.Reverse(causes)
	code := f.catalogCode()
	return groupValue(code, err.Error(), params(f.around), members, causes), true
}

// logMembers returns what is logged for the members of an error.
func logMembers(err error) []slog.Attr {
	if m, ok := as[interface{ LogMembers() []slog.Attr }](err); ok {
		return m.LogMembers()
	}
	return nil
}

// outerCauses returns the causes of an error that was given several.
func outerCauses(err error) (causes []error) {
	for e, ok := err.(causeError); ok; e, ok = err.(causeError) {
		var cause error
		err, cause = e.WithoutCause()
		causes = append(causes, cause)
	}
	return causes
}

// groupValue returns the group that is logged for an error with a Code, which
// may be nil. The message does not repeat the code.
func groupValue(c catalogCode, text string, params []any, members []slog.Attr, causes []error) slog.Value {
	var attrs []slog.Attr
	if c != nil {
		code, category := c.CatalogCode()
		attrs = append(attrs, slog.String("code", code))
		if category != "" {
			attrs = append(attrs, slog.String("category", category))
		}
		text = strings.TrimPrefix(text, code+": ")
	}
	attrs = append(attrs, slog.String("message", text))
	if len(params) > 0 {
		attrs = append(attrs, slog.Group("params", params...))
	}
	attrs = append(attrs, members...)
	if len(causes) > 0 {
		a := LogAttr(join(causes))
		a.Key = "cause"
		attrs = append(attrs, a)
	}
	return slog.GroupValue(attrs...)
}

// join returns the errors as one.
func join(errs []error) error {
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}
