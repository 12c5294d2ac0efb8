package golang

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// metadataFile builds metadata.go: the metadata that the catalog declares. It has no
// sections if there are none.
//
// The table is not a part of the entries, so that the linker drops it from programs
// that do not ask for metadata, and so that lookups stay as fast.
func (p *pkg) metadataFile() *goFile {
	f := &goFile{path: "metadata.go"}
	if len(p.Metadata) == 0 {
		return f
	}
	f.imports = []string{"slices", "strings"}
	f.add(p.metadataType, p.metadataMethod, metadataRowType)
	if errors := p.sortedMetadata(); len(errors) > 0 {
		addBlock(f, errors, "", metadataTable)
	} else {
		f.add(noMetadata)
	}
	return f
}

// metadataType adds the struct of the metadata of an error.
func (p *pkg) metadataType(g *jen.Group) {
	// type Metadata struct {
	// 	SQLState string
	// }
	docf(g, "Metadata is what the catalog says about an error in terms of its own. A field is the zero value if the error has no "+
		"value for it.")
	g.Type().Id("Metadata").StructFunc(func(g *jen.Group) {
		for i, f := range p.Metadata {
			if i > 0 {
				g.Line()
			}
			doc(g, metadataComment(f))
			g.Id(f.GoField).Add(metadataGoType(f.Type))
		}
	})
}

// metadataComment documents a field of Metadata.
func metadataComment(f *catalog.MetadataField) *comment {
	lead := fmt.Sprintf("%s is the metadata %s", f.GoField, f.Name)
	if f.HasOwnTitle() {
		lead += fmt.Sprintf(" (%s)", f.Title)
	}
	c := new(comment)
	if f.Description.IsEmpty() {
		c.paragraph(lead + ".")
	} else {
		c.prose("", lead+":", f.Description)
	}
	var notes []string
	if f.Type == catalog.MetadataEnum {
		values := make([]string, len(f.Values))
		for i, v := range f.Values {
			values[i] = strconv.Quote(v)
		}
		notes = append(notes, fmt.Sprintf("It is one of %s.", strings.Join(values, ", ")))
	}
	if f.Required {
		notes = append(notes, "Every error has one.")
	}
	if f.Audience == catalog.Internal {
		notes = append(notes, "It is internal: do not send it to clients.")
	}
	c.paragraph(strings.Join(notes, " "))
	return c
}

// metadataGoType returns the Go type of metadata. URLs and enums are strings, which
// is what their users need.
func metadataGoType(t catalog.MetadataType) jen.Code {
	switch t {
	case catalog.MetadataString, catalog.MetadataURL, catalog.MetadataEnum:
		return jen.String()
	case catalog.MetadataInteger:
		return jen.Int64()
	case catalog.MetadataBoolean:
		return jen.Bool()
	case catalog.MetadataStringList:
		return jen.Index().String()
	}
	panic(fmt.Sprintf("golang: metadata of the type %q", t))
}

// metadataMethod adds the method that returns the metadata of an error.
func (p *pkg) metadataMethod(g *jen.Group) {
	// func (c Code) Metadata() Metadata {
	// 	i, ok := slices.BinarySearchFunc(metadata[:], c, func(r metadataRow, c Code) int {
	// 		return strings.Compare(string(r.code), string(c))
	// 	})
	// 	if !ok {
	// 		return Metadata{}
	// 	}
	// 	m := metadata[i].Metadata
	// 	m.Packets = slices.Clone(m.Packets)
	// 	return m
	// }
	docf(g, "Metadata returns the metadata of the error. It is the zero Metadata for an unknown Code. The caller may change it.")
	g.Func().Params(jen.Id("c").Id("Code")).Id("Metadata").Params().Id("Metadata").BlockFunc(func(g *jen.Group) {
		g.List(jen.Id("i"), jen.Id("ok")).Op(":=").Qual("slices", "BinarySearchFunc").Call(
			jen.Id("metadata").Index(jen.Op(":")), jen.Id("c"),
			jen.Func().Params(jen.Id("r").Id("metadataRow"), jen.Id("c").Id("Code")).Int().Block(
				jen.Return(jen.Qual("strings", "Compare").Call(jen.String().Call(jen.Id("r").Dot("code")), jen.String().Call(jen.Id("c")))),
			),
		)
		g.If(jen.Op("!").Id("ok")).Block(jen.Return(jen.Id("Metadata").Values()))
		g.Id("m").Op(":=").Id("metadata").Index(jen.Id("i")).Dot("Metadata")
		for _, f := range p.Metadata {
			if f.Type == catalog.MetadataStringList {
				g.Id("m").Dot(f.GoField).Op("=").Qual("slices", "Clone").Call(jen.Id("m").Dot(f.GoField))
			}
		}
		g.Return(jen.Id("m"))
	})
}

// metadataRowType adds the type of a row of the table.
func metadataRowType(g *jen.Group) {
	// type metadataRow struct {
	// 	code Code
	// 	Metadata
	// }
	docf(g, "A metadataRow is the metadata of a Code.")
	g.Type().Id("metadataRow").Struct(jen.Id("code").Id("Code"), jen.Id("Metadata"))
}

// sortedMetadata returns the errors with metadata, sorted by code.
func (p *pkg) sortedMetadata() []*catalog.Error {
	errors := slices.DeleteFunc(slices.Clone(p.Errors), func(e *catalog.Error) bool { return len(e.Metadata) == 0 })
	slices.SortFunc(errors, func(a, b *catalog.Error) int { return cmp.Compare(a.Code, b.Code) })
	return errors
}

// metadataTable adds the rows of errors.
func metadataTable(g *jen.Group, errors []*catalog.Error, isFirst bool) {
	// var metadata = [...]metadataRow{
	// 	{NotAuthorized, Metadata{SQLState: "42501"}},
	// }
	if isFirst {
		docf(g, "metadata has the metadata of all errors that have any, sorted by code.")
	}
	g.Var().Id("metadata").Op("=").CustomFunc(table("metadataRow"), func(g *jen.Group) {
		for _, e := range errors {
			g.Id("{" + e.GoName + ", Metadata{" + strings.Join(metadataFields(e), ", ") + "}}")
		}
	})
}

// noMetadata adds the table of a catalog in which no error has metadata.
func noMetadata(g *jen.Group) {
	// var metadata [0]metadataRow
	docf(g, "metadata is empty: no error of the catalog has metadata.")
	g.Var().Id("metadata").Index(jen.Lit(0)).Id("metadataRow")
}

// metadataFields returns the fields of the metadata of an error.
func metadataFields(e *catalog.Error) []string {
	fields := make([]string, len(e.Metadata))
	for i, m := range e.Metadata {
		fields[i] = m.Field.GoField + ": " + metadataLiteral(m.Value)
	}
	return fields
}

// metadataLiteral returns the literal of a value.
func metadataLiteral(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case []string:
		elements := make([]string, len(v))
		for i, s := range v {
			elements[i] = strconv.Quote(s)
		}
		return "[]string{" + strings.Join(elements, ", ") + "}"
	}
	panic(fmt.Sprintf("golang: metadata cannot be of type %T", v))
}
