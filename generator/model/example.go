package model

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/catalog"
)

// Example returns the application/problem+json body that the generated Go
// package writes for an error of the catalog, with the examples of its params
// or, for params without one, a plain value. It is compact, and its members are
// in the order in which Go writes them. The catalog must have HTTP.
//
// It is what a client sees: sensitive params are left out, and an internal error is
// the fallback of the catalog.
func Example(c *catalog.Catalog, e *catalog.Error) []byte {
	o := newObject()
	if e.Audience == catalog.Internal {
		if e = c.Fallback; e == nil {
			return o.addString("type", "about:blank").addString("title", "Internal Server Error").add("status", 500).close()
		}
	}
	status := e.HTTPStatus
	if status < 200 {
		status = 500 // an informational status does not end a response
	}
	o = o.addString("type", TypeURI(c, e)).addString("title", e.Title).add("status", status).
		addString("detail", exampleMessage(e)).addCode(c, e)
	params := slices.Clone(e.Params)
	slices.SortFunc(params, func(a, b *catalog.Param) int { return cmp.Compare(a.Name, b.Name) })
	for _, p := range params {
		if !p.Sensitive {
			o = o.add(p.Name, exampleOnTheWire(p))
		}
	}
	return o.close()
}

// exampleMessage returns the message with the examples of its params.
func exampleMessage(e *catalog.Error) string {
	if e.Message.IsStatic() {
		return e.Message.Text()
	}
	var b strings.Builder
	for _, s := range e.Message.Segments {
		if s.Param != nil {
			b.WriteString(ValueText(exampleOf(s.Param)))
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// exampleOnTheWire returns the example of a param in its JSON form.
func exampleOnTheWire(p *catalog.Param) any {
	v := exampleOf(p)
	if _, ok := v.(time.Time); ok {
		return v // encoding/json rejects times without an RFC 3339 form
	}
	return onTheWire(v)
}

// exampleOf returns the example of a param, or a plain value of its type.
func exampleOf(p *catalog.Param) any {
	if p.Example != nil {
		return p.Example
	}
	switch {
	case len(p.Values) == 0:
	case p.Type == catalog.StringList:
		return p.Values[:1]
	default:
		return p.Values[0]
	}
	switch p.Type {
	case catalog.String:
		return "string"
	case catalog.Integer:
		return int64(42)
	case catalog.Number:
		return 0.5
	case catalog.Boolean:
		return true
	case catalog.Datetime:
		return time.Date(2026, time.January, 31, 12, 0, 0, 0, time.UTC)
	case catalog.Duration:
		return 90 * time.Second
	case catalog.StringList:
		return []string{"string"}
	case catalog.IntegerList:
		return []int64{42}
	}
	panic("model: no example for params of type " + string(p.Type))
}

// ValueText returns the value of a param as a message shows it, in every
// language. The value is nil, which shows nothing, or of a type that the example
// of a catalog.Param can have; ValueText panics for other types.
func ValueText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return numberText(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case time.Duration:
		return v.String()
	case []string:
		return strings.Join(v, ", ")
	case []int64:
		return strings.Join(list(v, func(n int64) string { return strconv.FormatInt(n, 10) }), ", ")
	}
	panic(fmt.Sprintf("model: no text for values of type %T", v))
}

// numberText returns a number as ECMAScript's String does.
func numberText(f float64) string {
	switch size := math.Abs(f); {
	case f == 0:
		return "0"
	case math.IsInf(f, 0):
		return strings.TrimPrefix(strconv.FormatFloat(f, 'f', -1, 64), "+") + "inity"
	case size < 1e-6 || size >= 1e21:
		text := strconv.FormatFloat(f, 'e', -1, 64)
		// Go writes at least two digits of the exponent.
		return strings.Replace(text, "e-0", "e-", 1)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
