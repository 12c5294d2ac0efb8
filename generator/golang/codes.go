package golang

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// codesFile builds codes.go: the documentation of the package, the constants of
// the errors, and those of the categories.
func (p *pkg) codesFile() *goFile {
	f := &goFile{path: "codes.go", doc: p.packageComment()}
	for _, category := range p.Categories {
		addBlock(f, category.Errors, "\n", codeConstants)
	}
	f.add(p.categoryConstants)
	if p.Domain != "" {
		f.add(p.domainConst)
	}
	return f
}

// codeConstants adds the constants of errors in one category.
func codeConstants(g *jen.Group, errors []*catalog.Error, isFirst bool) {
	// const (
	// 	NotAuthorized Code = "2205"
	//
	// 	Unauthorised = NotAuthorized
	// )
	if isFirst {
		docf(g, "Errors of the category %s.", errors[0].Category.Name)
	}
	g.Const().DefsFunc(func(g *jen.Group) {
		for i, e := range errors {
			if i > 0 {
				g.Line()
			}
			doc(g, codeComment(e))
			g.Id(e.GoName + " Code = " + strconv.Quote(e.Code))
			for _, s := range e.Synonyms {
				if s.GoName == "" {
					continue
				}
				g.Line()
				doc(g, synonymComment(s.GoName, e.GoName))
				g.Id(s.GoName).Op("=").Id(e.GoName)
			}
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
	lead := fmt.Sprintf("%s is code %s", e.GoName, e.Code)
	if e.HTTPStatus != 0 {
		lead += ", HTTP " + catalog.StatusText(e.HTTPStatus)
	}
	c := newComment(lead + ": " + e.Message.Text())
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

// codeNotes returns what else the reader of an error must know, in short
// sentences.
func codeNotes(e *catalog.Error) string {
	var notes []string
	switch {
	case e.HasConstructor():
		notes = append(notes, fmt.Sprintf("Use [%s] to create it with its params.", e.GoConstructor()))
	case e.HasStruct() && e.Retired == nil:
		notes = append(notes, fmt.Sprintf("Create it with its params: &%s{...}.", e.GoStruct()))
	}
	if len(e.Aliases) > 0 {
		codes := make([]string, len(e.Aliases))
		for i, a := range e.Aliases {
			codes[i] = a.Code
		}
		notes = append(notes, fmt.Sprintf("Aliases: %s.", strings.Join(codes, ", ")))
	}
	if e.Audience == catalog.Internal {
		notes = append(notes, "It is internal: clients do not see it.")
	}
	if e.Since != "" {
		notes = append(notes, fmt.Sprintf("Since %s.", e.Since))
	}
	return strings.Join(notes, " ")
}

// deprecation adds that an error is deprecated or retired, if it is.
func (c *comment) deprecation(e *catalog.Error) {
	var text string
	end := e.Deprecated
	switch {
	case e.Retired != nil:
		end, text = e.Retired, "Retired: no longer raised. "
		if end.Since != "" {
			text = fmt.Sprintf("Retired since %s: no longer raised. ", end.Since)
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

// synonymComment documents an identifier that is derived from a synonym.
func synonymComment(synonym, main string) *comment {
	return newComment(fmt.Sprintf("%s is a synonym of [%s].", synonym, main))
}

// formerComment documents an identifier that is derived from a former name.
func formerComment(former, now string) *comment {
	c := newComment(fmt.Sprintf("%s is the former name of [%s].", former, now))
	c.keyword("Deprecated:", fmt.Sprintf("Use [%s] instead.", now))
	return c
}

// domainConst adds the domain of the catalog.
func (p *pkg) domainConst(g *jen.Group) {
	// const Domain = "example.com"
	docf(g, "Domain is the domain of the errors, as in google.rpc.ErrorInfo.")
	g.Const().Id("Domain").Op("=").Lit(p.Domain)
}

// categoryConstants adds the constants of the categories.
func (p *pkg) categoryConstants(g *jen.Group) {
	// const (
	// 	CategoryAuthorization Category = "authorization"
	// )
	docf(g, "The categories of the catalog.")
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
