package model

import (
	"go/format"
	"slices"
	"strings"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/naming"
)

// Sample shows how code raises and handles an error, in a language for which the
// catalog has an output.
type Sample struct {
	// Title is the name of the language, Language its id in code blocks.
	Title, Language string
	// Name is the constant of the error.
	Name string
	// Raise and Handle are statements. Raise is empty if the error is no longer
	// raised, or if the package makes no errors.
	Raise, Handle string
}

// Lead begins what documents say before a sample: "In Go".
func (s Sample) Lead() string { return "In " + s.Title }

// Code is the whole sample.
func (s Sample) Code() string {
	if s.Raise == "" {
		return s.Handle
	}
	return s.Raise + "\n\n" + s.Handle
}

// Samples returns the samples of an error, none if the catalog does not want them.
// They have identifiers, and no text of the catalog.
func Samples(c *catalog.Catalog, e *catalog.Error) []Sample {
	if c.NoSamples {
		return nil
	}
	var samples []Sample
	if o, ok := outputOf(c, "go"); ok && e.GoName != "" {
		pkg := c.GoPackage
		if name := optionOf(o, "package"); name != "" {
			pkg = name
		}
		switch pkg {
		case "errors", "log", "e", "err":
			pkg = "api" + pkg // an import needs another name beside those of the sample
		}
		samples = append(samples, goSample(pkg, e))
	}
	if o, ok := outputOf(c, "typescript"); ok && e.TypeScriptName != "" && (e.Audience != catalog.Internal || optionOf(o, "audience") == string(catalog.Internal)) {
		samples = append(samples, typescriptSample(c, e))
	}
	return samples
}

// outputOf returns the first output of a target.
func outputOf(c *catalog.Catalog, target string) (catalog.Output, bool) {
	i := slices.IndexFunc(c.Outputs, func(o catalog.Output) bool { return o.Target == target })
	if i < 0 {
		return catalog.Output{}, false
	}
	return c.Outputs[i], true
}

// optionOf returns the value of an option of an output, "" if it is not given.
func optionOf(o catalog.Output, name string) string {
	for _, v := range o.Options {
		if v.Key == name {
			return v.Value
		}
	}
	return ""
}

func goSample(pkg string, e *catalog.Error) Sample {
	s := Sample{Title: "Go", Language: "go", Name: pkg + "." + e.GoName}
	s.Raise, s.Handle = "return "+s.Name, "if errors.Is(err, "+s.Name+") {\n\t// ...\n}"
	if !e.HasStruct() {
		if e.Retired != nil {
			s.Raise = ""
		}
		return s
	}
	var fields, values, shown []string
	for _, p := range e.Params {
		arg := naming.GoArg(p.Name)
		if arg == pkg {
			arg += "Value"
		}
		values = append(values, arg)
		if p.Sensitive {
			fields = append(fields, p.GoField+": "+pkg+".Hide("+arg+")")
		} else {
			fields = append(fields, p.GoField+": "+arg)
			shown = append(shown, "e."+p.GoField)
		}
	}
	switch {
	case e.Retired != nil:
		s.Raise = ""
	case e.HasConstructor():
		s.Raise = inlineList("return "+pkg+"."+e.GoConstructor()+"(", values, ")", "\t")
	default:
		s.Raise = formatted(inlineList("return &"+pkg+"."+e.GoStruct()+"{", fields, "}", "\t"))
	}
	if len(shown) > 0 {
		s.Handle = "var e *" + pkg + "." + e.GoStruct() + "\nif errors.As(err, &e) {\n" + indented(inlineList("log.Println(", shown, ")", "\t")) + "\n}"
	}
	return s
}

// formatted returns a statement as gofmt formats it: the values of a struct are
// aligned.
func formatted(statement string) string {
	if !strings.Contains(statement, "\n") {
		return statement
	}
	source, err := format.Source([]byte(statement))
	if err != nil {
		return statement // an identifier is none
	}
	return string(source)
}

func typescriptSample(c *catalog.Catalog, e *catalog.Error) Sample {
	s := Sample{Title: "TypeScript", Language: "ts", Name: e.TypeScriptName}
	if c.NoHTTP {
		s.Handle = "if (resolveCode(code) === " + s.Name + ") {\n  // ...\n}"
		return s
	}
	var params, shown []string
	for _, p := range e.Params {
		if p.Sensitive {
			continue // it is never sent
		}
		if value := typescriptVariable(p.Name, e.TypeScriptName); value != p.Name {
			params = append(params, p.Name+": "+value)
		} else {
			params = append(params, value)
		}
		shown = append(shown, "problem."+p.Name)
	}
	if e.Retired == nil {
		s.Raise = "return toResponse(problemOf(" + s.Name + "));"
		if len(params) > 0 {
			s.Raise = inlineList("return toResponse(problemOf("+s.Name+", { ", params, " }));", "  ")
		}
	}
	body := "// ..."
	if len(shown) > 0 {
		body = inlineList("console.log(", shown, ");", "  ")
	}
	s.Handle = "if (problem.code === " + s.Name + ") {\n" + strings.ReplaceAll(indented(body), "\t", "  ") + "\n}"
	return s
}

// typescriptVariable returns a name for a variable with the value of a param.
func typescriptVariable(param, constant string) string {
	if naming.TypeScript.Reserved(param) || param == constant || param == "problem" {
		return param + "Value"
	}
	return param
}

// maxSampleWidth is the width up to which a sample keeps a list on one line.
const maxSampleWidth = 80

// inlineList returns a list on one line if it fits, else with one element per line.
func inlineList(begin string, elements []string, end, indent string) string {
	if line := begin + strings.Join(elements, ", ") + end; len(line) <= maxSampleWidth {
		return line
	}
	return strings.TrimRight(begin, " ") + "\n" + indent + strings.Join(elements, ",\n"+indent) + ",\n" + strings.TrimLeft(end, " ")
}

// indented returns lines with a tab before each.
func indented(lines string) string { return "\t" + strings.ReplaceAll(lines, "\n", "\n\t") }
