package golang

import (
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
)

// packageComment documents the package and teaches its use, with errors of this
// catalog as examples.
func (p *pkg) packageComment() *comment {
	c := newComment(strings.TrimSuffix(fmt.Sprintf("Package %s defines the errors of the catalog %s: %s", p.name, p.Name, p.Title), ": "))
	c.prose("", "", p.Description)

	plain, filled := p.examples()
	var raise, test strings.Builder
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
	fmt.Fprintf(&test, "if errors.Is(err, %s.%s) {\n\t...\n}\n", p.name, example.GoName)
	if filled != nil {
		fmt.Fprintf(&test, "var e *%s.%s\nif errors.As(err, &e) {\n\tfmt.Println(e.%s)\n}\n", p.name, filled.GoStruct(), filled.Params[0].GoField)
	}

	switch {
	case filled == nil:
		c.paragraph("Each error is a constant. Return it as it is:")
	case plain == nil:
		c.paragraph("Each error is a constant, and has a constructor that takes its params:")
	default:
		c.paragraph("Each error is a constant. Return it as it is, or call its constructor if it has params:")
	}
	c.code(raise.String())
	if filled == nil {
		c.paragraph("Test for an error with errors.Is:")
	} else {
		c.paragraph("Test for an error with errors.Is, and get its params with errors.As:")
	}
	c.code(test.String())
	c.paragraph("[WithCause] attaches a cause, which only logs show:")
	c.code(fmt.Sprintf("return %s.WithCause(%s.%s, err)\n", p.name, p.name, example.GoName))
	found := "[HTTPStatus] and [CodeOf] return the status and the code of any error. "
	if p.NoHTTP {
		found = "[CodeOf] returns the code of any error. "
	}
	if len(p.Metadata) > 0 {
		found += "[Code.Metadata] returns its metadata. "
	}
	c.paragraph(found + "The methods of [Code] return everything else that the catalog says about it. [ParseCode] reads a code from the " +
		"wire. log/slog shows the code, the category, the message and the params of an error.")
	if p.IntegerCodes {
		c.paragraph("Codes are numbers in JSON. [Code.Int] returns the number of a code.")
	}
	switch {
	case p.NoHTTP:
	case p.noNetHTTP:
		c.paragraph("[ProblemOf] converts an error to the problem details of RFC 9457. [ParseProblem] converts them back to the " +
			"same error, for errors.Is and errors.As. " + p.fallbackNote())
	default:
		c.paragraph("[Handler] and [WriteProblem] answer an HTTP request with an error, as the problem details of RFC 9457. On the " +
			"client, [ReadProblem] converts the response back to the same error, for errors.Is and errors.As. " + p.fallbackNote())
	}
	return c
}

// fallbackNote returns what a client sees instead of errors that are hidden from
// it.
func (p *pkg) fallbackNote() string {
	if p.Fallback == nil {
		return "Clients see only the status 500 of an error that is internal or not in the catalog."
	}
	return fmt.Sprintf("Clients see [%s] instead of an error that is internal or not in the catalog.", p.Fallback.GoName)
}

// examples returns the first error without a struct and the first error with
// one, as examples for the documentation. Errors that new code may use come
// first. Either may be nil.
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

// isFading reports whether new code must not use the error.
func isFading(e *catalog.Error) bool { return e.Deprecated != nil || e.Retired != nil }

// argumentNames returns the names of a constructor's arguments.
func argumentNames(e *catalog.Error) []string {
	names := make([]string, len(e.Params))
	for i, param := range e.Params {
		names[i] = param.GoArg
	}
	return names
}
