// Package facade shows types of a generated package to others.
package facade

import (
	"example.com/other/internal/hidden"
	"example.com/other/upstream"
)

type Code = upstream.Code

const Busy = upstream.Busy

// Locked is what others can use of the internal package.
const Locked = hidden.Locked

func Inner() hidden.Code { return hidden.Locked }

type Response struct{ Code upstream.Code }

func Do() (Response, error) { return Response{}, Busy }
