package golang

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// codesFile builds codes.go: the documentation of the package, and the types
// that have constants only.
func (p *pkg) codesFile() *source {
	s := &source{path: "codes.go", doc: p.packageComment()}
	s.add(codeType)
	for _, category := range p.Categories {
		addBlock(s, category.Errors, "\n", codeConstants)
	}
	s.add(p.categoryType, retryType)
	return s
}

// codeType adds the type of the constants.
func codeType(g *jen.Group) {
	// type Code string
	docf(g, "A Code is an error of the catalog, by its code on the wire. It is itself an error: "+
		"return it, and compare with errors.Is. A Code that is none of the constants, from a newer server for example, "+
		"is kept as it is; it has no name, no title and no category, and its status is 500.")
	g.Type().Id("Code").String()
}

// codeConstants adds the constants of errors of a category.
func codeConstants(g *jen.Group, errors []*catalog.Error, isFirst bool) {
	// const (
	// 	NotAuthorized Code = "2205"
	//
	// 	Unauthorised = NotAuthorized
	// )
	if isFirst {
		docf(g, "The errors of the category %s.", errors[0].Category.Name)
	}
	g.Const().DefsFunc(func(g *jen.Group) {
		for i, e := range errors {
			if i > 0 {
				g.Line()
			}
			doc(g, codeComment(e))
			g.Id(e.GoName + " Code = " + strconv.Quote(e.Code))
			for _, former := range e.FormerNames {
				if former.GoName == "" {
					continue
				}
				g.Line()
				doc(g, formerComment(former.GoName, e.GoName))
				g.Id(former.GoName).Op("=").Id(e.GoName)
			}
		}
	})
}

// codeComment documents an error.
func codeComment(e *catalog.Error) *comment {
	c := newComment(fmt.Sprintf("%s is code %s, HTTP %s: %s", e.GoName, e.Code, catalog.StatusText(e.HTTPStatus), e.Message.Text()))
	c.prose("", "", e.Description)
	if !e.Resolution.IsEmpty() {
		c.prose("", "What to do:", e.Resolution)
	}
	for _, l := range e.Links {
		c.paragraph(fmt.Sprintf("See %s (%s)", l.URL, l.Title))
	}
	c.paragraph(codeNotes(e))
	c.deprecation(e)
	return c
}

// codeNotes returns what else there is to know of an error, in a few sentences.
func codeNotes(e *catalog.Error) string {
	var notes []string
	if e.HasStruct() {
		notes = append(notes, fmt.Sprintf("Make it with [%s].", e.GoConstructor()))
	}
	if len(e.Aliases) > 0 {
		codes := make([]string, len(e.Aliases))
		for i, a := range e.Aliases {
			codes[i] = a.Code
		}
		notes = append(notes, fmt.Sprintf("Aliases: %s.", strings.Join(codes, ", ")))
	}
	if e.Audience == catalog.Internal {
		notes = append(notes, "It is internal, clients do not see it.")
	}
	if e.Since != "" {
		notes = append(notes, fmt.Sprintf("Since %s.", e.Since))
	}
	return strings.Join(notes, " ")
}

// deprecation adds that an error is deprecated or retired, where it is.
func (c *comment) deprecation(e *catalog.Error) {
	var text string
	end := e.Deprecated
	switch {
	case e.Retired != nil:
		end, text = e.Retired, "Retired, it is not raised any more. "
		if end.Since != "" {
			text = fmt.Sprintf("Retired since %s, it is not raised any more. ", end.Since)
		}
		if end.ReplacedBy != nil {
			text += fmt.Sprintf("Use [%s] instead. ", end.ReplacedBy.GoName)
		}
	case end == nil:
		return
	case end.Since != "" && end.ReplacedBy != nil:
		text = fmt.Sprintf("Since %s, use [%s] instead. ", end.Since, end.ReplacedBy.GoName)
	case end.Since != "":
		text = fmt.Sprintf("Since %s. ", end.Since)
	case end.ReplacedBy != nil:
		text = fmt.Sprintf("Use [%s] instead. ", end.ReplacedBy.GoName)
	}
	c.prose("Deprecated:", text, end.Reason)
}

// formerComment documents an identifier that came from a former name.
func formerComment(former, now string) *comment {
	c := newComment(fmt.Sprintf("%s is the former name of [%s].", former, now))
	c.keyword("Deprecated:", fmt.Sprintf("Use [%s] instead.", now))
	return c
}

// categoryType adds the type of the categories with its constants.
func (p *pkg) categoryType(g *jen.Group) {
	// type Category string
	docf(g, "A Category is a group of errors.")
	g.Type().Id("Category").String()

	if len(p.Categories) == 0 {
		return
	}
	// const (
	// 	CategoryAuthorization Category = "authorization"
	// )
	docf(g, "The categories.")
	g.Const().DefsFunc(func(g *jen.Group) {
		for i, category := range p.Categories {
			if i > 0 {
				g.Line()
			}
			c := newComment(fmt.Sprintf("%s is the category %s: %s", category.GoName, category.Name, category.Title))
			c.prose("", "", category.Description)
			doc(g, c)
			g.Id(category.GoName).Id("Category").Op("=").Lit(category.Name)
		}
	})
}

// retryType adds the type of the retry advice with its constants.
func retryType(g *jen.Group) {
	// type Retry string
	docf(g, "A Retry says whether the same request may be sent again.")
	g.Type().Id("Retry").String()

	// const (
	// 	RetryNever Retry = "never"
	// 	RetrySafe  Retry = "safe"
	// 	RetryAfter Retry = "after"
	// )
	docf(g, "The kinds of advice.")
	g.Const().DefsFunc(func(g *jen.Group) {
		docf(g, "RetryNever means that the same request fails again.")
		g.Id("RetryNever").Id("Retry").Op("=").Lit(string(catalog.RetryNever))
		g.Line()
		docf(g, "RetrySafe means that the same request may be sent again.")
		g.Id("RetrySafe").Id("Retry").Op("=").Lit(string(catalog.RetrySafe))
		g.Line()
		docf(g, "RetryAfter means that the same request may be sent again after the time that [Code.RetryAfter] returns.")
		g.Id("RetryAfter").Id("Retry").Op("=").Lit(string(catalog.RetryAfter))
	})
}
