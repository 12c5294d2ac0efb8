package golang

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
)

// packageComment documents the package and teaches its use, with errors of this
// catalog as examples.
func (p *pkg) packageComment() *comment {
	c := newComment(strings.TrimSuffix(fmt.Sprintf("Package %s defines the errors of the catalog %s: %s", p.name, p.Name, p.Title), ": "))
	c.prose("", "", p.Description)

	ex := p.examples()
	var raise, test strings.Builder
	if ex.plain != nil {
		fmt.Fprintf(&raise, "return %s.%s\n", p.name, ex.plain.GoName)
	}
	if ex.made != nil {
		fmt.Fprintf(&raise, "return %s.%s(%s)\n", p.name, ex.made.GoConstructor(), strings.Join(argumentNames(ex.made), ", "))
	}
	if ex.literal != nil {
		raise.WriteString("return " + p.exampleLiteral(ex.literal) + "\n")
	}
	example, filled := cmp.Or(ex.plain, ex.made, ex.literal), cmp.Or(ex.made, ex.literal)
	fmt.Fprintf(&test, "if errors.Is(err, %s.%s) {\n\t...\n}\n", p.name, example.GoName)
	if filled != nil {
		fmt.Fprintf(&test, "var e *%s.%s\nif errors.As(err, &e) {\n\tfmt.Println(e.%s)\n}\n", p.name, filled.GoStruct(), filled.Params[0].GoField)
	}

	var ways []string
	if ex.plain != nil {
		ways = append(ways, "return it as it is")
	}
	if ex.made != nil {
		ways = append(ways, "call its constructor if it has params")
	}
	if ex.literal != nil {
		ways = append(ways, "create its struct if two of its params have the same type")
	}
	last := len(ways) - 1
	how := ways[last]
	if last > 0 {
		how = strings.Join(ways[:last], ", ") + ", or " + how
	}
	c.paragraph("Each error is a constant. " + strings.ToUpper(how[:1]) + how[1:] + ":")
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

// examples are errors that show how errors are created. Each may be nil.
type examples struct {
	plain   *catalog.Error // without params
	made    *catalog.Error // with a constructor
	literal *catalog.Error // with a struct that has none
}

// examples returns the first error of each kind, as examples for the
// documentation. Errors that new code may use come first.
func (p *pkg) examples() examples {
	var ex examples
	for _, e := range p.Errors {
		first := &ex.plain
		switch {
		case e.HasConstructor():
			first = &ex.made
		case e.HasStruct() && e.Retired == nil:
			first = &ex.literal
		}
		if *first == nil || isFading(*first) && !isFading(e) {
			*first = e
		}
	}
	if ex.plain != nil && isFading(ex.plain) && (ex.made != nil || ex.literal != nil) {
		ex.plain = nil
	}
	return ex
}

// exampleLiteral returns the literal of an error's struct, for the documentation.
func (p *pkg) exampleLiteral(e *catalog.Error) string {
	fields := make([]string, len(e.Params))
	for i, param := range e.Params {
		value := param.GoArg
		if param.Sensitive {
			value = fmt.Sprintf("%s.Hide(%s)", p.name, value)
		}
		fields[i] = param.GoField + ": " + value
	}
	name := "&" + p.name + "." + e.GoStruct()
	if len(fields) > 3 {
		return name + "{\n\t" + strings.Join(fields, ",\n\t") + ",\n}"
	}
	return name + "{" + strings.Join(fields, ", ") + "}"
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
