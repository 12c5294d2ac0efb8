package golang

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
)

// packageComment documents the package and teaches its use, with errors of
// this catalog.
func (p *pkg) packageComment() *comment {
	c := newComment(strings.TrimSuffix(fmt.Sprintf("Package %s holds the errors of the catalog %s: %s", p.name, p.Name, p.Title), ": "))
	c.prose("", "", p.Description)

	plain, filled := p.examples()
	var raise, ask strings.Builder
	if plain != nil {
		fmt.Fprintf(&raise, "return %s.%s\n", p.name, plain.GoName)
	}
	if filled != nil {
		fmt.Fprintf(&raise, "return %s.%s(%s)\n", p.name, filled.GoConstructor(), strings.Join(argumentNames(filled), ", "))
	}
	example := plain
	if example == nil {
		example = filled
	}
	if example == nil {
		return c
	}
	fmt.Fprintf(&ask, "if errors.Is(err, %s.%s) {\n\t...\n}\n", p.name, example.GoName)
	if filled != nil {
		fmt.Fprintf(&ask, "var e *%s.%s\nif errors.As(err, &e) {\n\tfmt.Println(e.%s)\n}\n", p.name, filled.GoStruct(), filled.Params[0].GoField)
	}

	switch {
	case filled == nil:
		c.paragraph("Each error is a constant, to be returned as it is:")
	case plain == nil:
		c.paragraph("Each error is a constant, and has a constructor that takes its params:")
	default:
		c.paragraph("Each error is a constant, to be returned as it is; where it has params, a constructor takes them:")
	}
	c.code(raise.String())
	if filled == nil {
		c.paragraph("Those who get an error compare it with the constant:")
	} else {
		c.paragraph("Those who get an error compare it with the constant, or take the params out of it:")
	}
	c.code(ask.String())
	c.paragraph("[Wrap] adds a cause, for logs alone:")
	c.code(fmt.Sprintf("return %s.Wrap(%s.%s, err)\n", p.name, p.name, example.GoName))
	c.paragraph("[HTTPStatus] and [CodeOf] tell the status and the code of any error, and the methods of [Code] what else the catalog says of it. " +
		"[ParseCode] reads a code that came over the wire. log/slog shows the code, the category, the message and the params of each error.")
	if p.noHTTP {
		c.paragraph("[ProblemOf] makes the problem details of RFC 9457 of an error, and [ParseProblem] the same error of them, for " +
			"errors.Is and errors.As.")
	} else {
		c.paragraph("[Handler] and [WriteProblem] answer an HTTP request with an error, as the problem details of RFC 9457. " +
			"[ReadProblem] makes the same error of such a response, for errors.Is and errors.As.")
	}
	return c
}

// examples returns errors to show in the documentation: the first without and
// the first with a struct, and nil where there is none. Errors that are still
// to be used come before others.
func (p *pkg) examples() (plain, filled *catalog.Error) {
	for _, e := range p.Errors {
		first := &plain
		if e.HasStruct() {
			first = &filled
		}
		if *first == nil || isFading(*first) && !isFading(e) {
			*first = e
		}
	}
	if plain != nil && filled != nil && isFading(plain) {
		plain = nil
	}
	return plain, filled
}

// isFading reports whether new code should not use the error.
func isFading(e *catalog.Error) bool { return e.Deprecated != nil || e.Retired != nil }

// argumentNames returns the names of a constructor's arguments.
func argumentNames(e *catalog.Error) []string {
	names := make([]string, len(e.Params))
	for i, param := range e.Params {
		names[i] = param.GoArg
	}
	return names
}
