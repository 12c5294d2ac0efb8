// Package facade shows types of a generated package to others.
package facade

import "example.com/other/upstream"

type Code = upstream.Code

const Busy = upstream.Busy

type Response struct{ Code upstream.Code }

func Do() (Response, error) { return Response{}, Busy }
