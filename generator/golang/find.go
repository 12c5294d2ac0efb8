package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"
)

// inline is the layout of an interface on one line.
var inline = jen.Options{Open: "interface{", Close: "}", Separator: ";"}

// codeOfFunc adds the search for the Code in an error.
func codeOfFunc(g *jen.Group) {
	// func CodeOf(err error) (Code, bool) {
	// 	for err != nil {
	// 		switch e := err.(type) {
	// 		case Code:
	// 			return e, true
	// 		case interface{ Unwrap() error }:
	// 			err = e.Unwrap()
	// 		case interface{ Unwrap() []error }:
	// 			for _, err := range e.Unwrap() {
	// 				if code, ok := CodeOf(err); ok {
	// 					return code, true
	// 				}
	// 			}
	// 			return "", false
	// 		default:
	// 			return "", false
	// 		}
	// 	}
	// 	return "", false
	// }
	docf(g, "CodeOf returns the first Code among an error and all that it wraps, as errors.As would find it; it does not allocate.")
	g.Func().Id("CodeOf").Params(jen.Id("err").Error()).Params(jen.Id("Code"), jen.Bool()).Block(
		jen.For(jen.Id("err").Op("!=").Nil()).Block(
			jen.Switch(jen.Id("e").Op(":=").Id("err").Assert(jen.Type())).Block(
				jen.Case(jen.Id("Code")).Block(
					jen.Return(jen.Id("e"), jen.True()),
				),
				jen.Case(jen.Custom(inline, jen.Id("Unwrap").Params().Error())).Block(
					jen.Id("err").Op("=").Id("e").Dot("Unwrap").Call(),
				),
				jen.Case(jen.Custom(inline, jen.Id("Unwrap").Params().Index().Error())).Block(
					jen.For(jen.List(jen.Id("_"), jen.Id("err")).Op(":=").Range().Id("e").Dot("Unwrap").Call()).Block(
						jen.If(jen.List(jen.Id("code"), jen.Id("ok")).Op(":=").Id("CodeOf").Call(jen.Id("err")), jen.Id("ok")).Block(
							jen.Return(jen.Id("code"), jen.True()),
						),
					),
					jen.Return(jen.Lit(""), jen.False()),
				),
				jen.Default().Block(
					jen.Return(jen.Lit(""), jen.False()),
				),
			),
		),
		jen.Return(jen.Lit(""), jen.False()),
	)
}

// httpStatusFunc adds the status of any error.
func (p *pkg) httpStatusFunc(g *jen.Group) {
	// func HTTPStatus(err error) int {
	// 	if err == nil {
	// 		return 200
	// 	}
	// 	return served(err).status
	// }
	meaning := "500"
	if p.Fallback != nil {
		meaning = fmt.Sprintf("the status of [%s]", p.Fallback.GoName)
	}
	docf(g, "HTTPStatus returns the status of a response with the error: that of the outermost error of a catalog among err and what it wraps. "+
		"An error that is not in the catalog or is internal gets %s, nil gets 200. The causes that [Wrap] added do not count, "+
		"and errors of other packages that errcat made do.", meaning)
	g.Func().Id("HTTPStatus").Params(jen.Id("err").Error()).Int().Block(
		jen.If(jen.Id("err").Op("==").Nil()).Block(
			jen.Return(jen.Lit(200)),
		),
		jen.Return(jen.Id("served").Call(jen.Id("err")).Dot("status")),
	)
}

// fallbackConst adds the error for whatever a client must not see.
func (p *pkg) fallbackConst(g *jen.Group) {
	// const fallback = SystemError
	if p.Fallback == nil {
		docf(g, "fallback is what a client sees of an error that is not in the catalog or is internal: no code, and the status 500.")
		g.Const().Id("fallback").Id("Code").Op("=").Lit("")
		return
	}
	docf(g, "fallback is what a client sees of an error that is not in the catalog or is internal.")
	g.Const().Id("fallback").Op("=").Id(p.Fallback.GoName)
}

// problemInterfaces adds the interfaces by which generated packages know each
// other's errors.
func problemInterfaces(g *jen.Group) {
	// type problemCode interface {
	// 	error
	// 	ProblemStatus() int
	// 	ProblemFields() (code, uri, title string, retryAfter int)
	// }
	docf(g, "problemCode is a Code, of this package or of another generated one.")
	g.Type().Id("problemCode").Interface(
		jen.Error(),
		jen.Id("ProblemStatus").Params().Int(),
		jen.Id("ProblemFields").Params().Params(jen.Id("code"), jen.Id("uri"), jen.Id("title").String(), jen.Id("retryAfter").Int()),
	)

	// type problemMembers interface {
	// 	error
	// 	Unwrap() error
	// 	ProblemMembers() (instance string, retryAfter int, errs [][2]string)
	// }
	docf(g, "problemMembers is an error with what further stands in its problem, of this package or of another generated one.")
	g.Type().Id("problemMembers").Interface(
		jen.Error(),
		jen.Id("Unwrap").Params().Error(),
		jen.Id("ProblemMembers").Params().Params(jen.Id("instance").String(), jen.Id("retryAfter").Int(), jen.Id("errs").Index().Index(jen.Lit(2)).String()),
	)
}

// findFunc adds the search for what a client may see of an error.
func findFunc(g *jen.Group) {
	// type found struct {
	// 	code    problemCode
	// 	around  error // wraps the code directly: it may be the struct with the params
	// 	members problemMembers
	// 	status  int
	// 	hidden  bool // the code is the fallback, in the place of the error's own
	// }
	docf(g, "found is the error of a catalog in another error.")
	g.Type().Id("found").Struct(
		jen.Id("code").Id("problemCode"),
		jen.Id("around").Error().Comment("wraps the code directly: it may be the struct with the params"),
		jen.Id("members").Id("problemMembers"),
		jen.Id("status").Int(),
		jen.Id("hidden").Bool().Comment("the code is the fallback, in the place of the error's own"),
	)

	// func find(err error) (f found) {
	// 	for err != nil {
	// 		switch e := err.(type) {
	// 		case problemCode:
	// 			f.code = e
	// 			return f
	// 		case problemMembers:
	// 			if f.members == nil {
	// 				f.members = e
	// 			}
	// 			f.around, err = e, e.Unwrap()
	// 		case interface{ WithoutCause() error }:
	// 			f.around, err = nil, e.WithoutCause()
	// 		case interface{ Unwrap() error }:
	// 			f.around, err = err, e.Unwrap()
	// 		case interface{ Unwrap() []error }:
	// 			for _, err := range e.Unwrap() {
	// 				inner := find(err)
	// 				if inner.code == nil {
	// 					continue
	// 				}
	// 				if f.members != nil {
	// 					inner.members = f.members
	// 				}
	// 				return inner
	// 			}
	// 			return f
	// 		default:
	// 			return f
	// 		}
	// 	}
	// 	return f
	// }
	docf(g, "find returns the outermost error of a catalog among an error and what it wraps, without the causes that [Wrap] added; "+
		"it does not allocate. The code is nil where there is none.")
	g.Func().Id("find").Params(jen.Id("err").Error()).Params(jen.Id("f").Id("found")).Block(
		jen.For(jen.Id("err").Op("!=").Nil()).Block(
			jen.Switch(jen.Id("e").Op(":=").Id("err").Assert(jen.Type())).Block(
				jen.Case(jen.Id("problemCode")).Block(
					jen.Id("f").Dot("code").Op("=").Id("e"),
					jen.Return(jen.Id("f")),
				),
				jen.Case(jen.Id("problemMembers")).Block(
					jen.If(jen.Id("f").Dot("members").Op("==").Nil()).Block(
						jen.Id("f").Dot("members").Op("=").Id("e"),
					),
					jen.List(jen.Id("f").Dot("around"), jen.Id("err")).Op("=").List(jen.Id("e"), jen.Id("e").Dot("Unwrap").Call()),
				),
				jen.Case(jen.Custom(inline, jen.Id("WithoutCause").Params().Error())).Block(
					jen.List(jen.Id("f").Dot("around"), jen.Id("err")).Op("=").List(jen.Nil(), jen.Id("e").Dot("WithoutCause").Call()),
				),
				jen.Case(jen.Custom(inline, jen.Id("Unwrap").Params().Error())).Block(
					jen.List(jen.Id("f").Dot("around"), jen.Id("err")).Op("=").List(jen.Id("err"), jen.Id("e").Dot("Unwrap").Call()),
				),
				jen.Case(jen.Custom(inline, jen.Id("Unwrap").Params().Index().Error())).Block(
					jen.For(jen.List(jen.Id("_"), jen.Id("err")).Op(":=").Range().Id("e").Dot("Unwrap").Call()).Block(
						jen.Id("inner").Op(":=").Id("find").Call(jen.Id("err")),
						jen.If(jen.Id("inner").Dot("code").Op("==").Nil()).Block(
							jen.Continue(),
						),
						jen.If(jen.Id("f").Dot("members").Op("!=").Nil()).Block(
							jen.Id("inner").Dot("members").Op("=").Id("f").Dot("members"),
						),
						jen.Return(jen.Id("inner")),
					),
					jen.Return(jen.Id("f")),
				),
				jen.Default().Block(
					jen.Return(jen.Id("f")),
				),
			),
		),
		jen.Return(jen.Id("f")),
	)

	// func served(err error) found {
	// 	f := find(err)
	// 	if f.code != nil {
	// 		f.status = f.code.ProblemStatus()
	// 	}
	// 	if f.status == 0 {
	// 		return found{code: fallback, members: f.members, hidden: true, status: lookup(fallback).responseStatus()}
	// 	}
	// 	return f
	// }
	docf(g, "served returns what a client may see of an error: what [find] finds, or the fallback.")
	g.Func().Id("served").Params(jen.Id("err").Error()).Id("found").Block(
		jen.Id("f").Op(":=").Id("find").Call(jen.Id("err")),
		jen.If(jen.Id("f").Dot("code").Op("!=").Nil()).Block(
			jen.Id("f").Dot("status").Op("=").Id("f").Dot("code").Dot("ProblemStatus").Call(),
		),
		jen.If(jen.Id("f").Dot("status").Op("==").Lit(0)).Block(
			jen.Return(jen.Id("found").Values(
				jen.Id("code").Op(":").Id("fallback"),
				jen.Id("members").Op(":").Id("f").Dot("members"),
				jen.Id("hidden").Op(":").True(),
				jen.Id("status").Op(":").Id("lookup").Call(jen.Id("fallback")).Dot("responseStatus").Call(),
			)),
		),
		jen.Return(jen.Id("f")),
	)

	// func (f found) text() string {
	// 	if structOf(f.code, f.around).IsValid() {
	// 		return f.around.Error()
	// 	}
	// 	return f.code.Error()
	// }
	docf(g, "text returns the code and the message.")
	g.Func().Params(jen.Id("f").Id("found")).Id("text").Params().String().Block(
		jen.If(jen.Id("structOf").Call(jen.Id("f").Dot("code"), jen.Id("f").Dot("around")).Dot("IsValid").Call()).Block(
			jen.Return(jen.Id("f").Dot("around").Dot("Error").Call()),
		),
		jen.Return(jen.Id("f").Dot("code").Dot("Error").Call()),
	)

	// func seconds(d time.Duration) int {
	// 	n := int(d / time.Second)
	// 	if d%time.Second > 0 {
	// 		n++
	// 	}
	// 	return n
	// }
	docf(g, "seconds returns a duration in whole seconds, rounded up.")
	g.Func().Id("seconds").Params(jen.Id("d").Qual("time", "Duration")).Int().Block(
		jen.Id("n").Op(":=").Int().Call(jen.Id("d").Op("/").Qual("time", "Second")),
		jen.If(jen.Id("d").Op("%").Qual("time", "Second").Op(">").Lit(0)).Block(
			jen.Id("n").Op("++"),
		),
		jen.Return(jen.Id("n")),
	)
}

// paramsFunc adds what reads the params out of a struct.
func paramsFunc(g *jen.Group) {
	// func params(code, err error) []any {
	// 	v := structOf(code, err)
	// 	if !v.IsValid() {
	// 		return nil
	// 	}
	// 	if p, ok := err.(interface{ Params() []any }); ok {
	// 		return p.Params()
	// 	}
	// 	var params []any
	// 	for i := 0; i < v.NumField(); i++ {
	// 		if name := paramName(v.Type().Field(i)); name != "" {
	// 			params = append(params, name, v.Field(i).Interface())
	// 		}
	// 	}
	// 	return params
	// }
	docf(g, "params returns the names and values of an error's params in turn, without the sensitive ones.")
	g.Func().Id("params").Params(jen.Id("code"), jen.Id("err").Error()).Index().Any().Block(
		jen.Id("v").Op(":=").Id("structOf").Call(jen.Id("code"), jen.Id("err")),
		jen.If(jen.Op("!").Id("v").Dot("IsValid").Call()).Block(
			jen.Return(jen.Nil()),
		),
		jen.If(
			jen.List(jen.Id("p"), jen.Id("ok")).Op(":=").Id("err").Assert(jen.Custom(inline, jen.Id("Params").Params().Index().Any())),
			jen.Id("ok"),
		).Block(
			jen.Return(jen.Id("p").Dot("Params").Call()),
		),
		jen.Var().Id("params").Index().Any(),
		jen.For(jen.Id("i").Op(":=").Lit(0), jen.Id("i").Op("<").Id("v").Dot("NumField").Call(), jen.Id("i").Op("++")).Block(
			jen.If(
				jen.Id("name").Op(":=").Id("paramName").Call(jen.Id("v").Dot("Type").Call().Dot("Field").Call(jen.Id("i"))),
				jen.Id("name").Op("!=").Lit(""),
			).Block(
				jen.Id("params").Op("=").Append(jen.Id("params"), jen.Id("name"), jen.Id("v").Dot("Field").Call(jen.Id("i")).Dot("Interface").Call()),
			),
		),
		jen.Return(jen.Id("params")),
	)

	// func structOf(code, err error) reflect.Value {
	// 	v := reflect.ValueOf(err)
	// 	if code == nil || v.Kind() != reflect.Pointer || v.IsNil() {
	// 		return reflect.Value{}
	// 	}
	// 	v = v.Elem()
	// 	if v.Kind() != reflect.Struct || v.Type().PkgPath() != reflect.TypeOf(code).PkgPath() {
	// 		return reflect.Value{}
	// 	}
	// 	return v
	// }
	docf(g, "structOf returns the struct of an error, and the zero Value where the error is none of the package that has the code.")
	g.Func().Id("structOf").Params(jen.Id("code"), jen.Id("err").Error()).Qual("reflect", "Value").Block(
		jen.Id("v").Op(":=").Qual("reflect", "ValueOf").Call(jen.Id("err")),
		jen.If(jen.Id("code").Op("==").Nil().Op("||").Id("v").Dot("Kind").Call().Op("!=").Qual("reflect", "Pointer").Op("||").Id("v").Dot("IsNil").Call()).Block(
			jen.Return(jen.Qual("reflect", "Value").Values()),
		),
		jen.Id("v").Op("=").Id("v").Dot("Elem").Call(),
		jen.If(jen.Id("v").Dot("Kind").Call().Op("!=").Qual("reflect", "Struct").Op("||").Id("v").Dot("Type").Call().Dot("PkgPath").Call().Op("!=").Qual("reflect", "TypeOf").Call(jen.Id("code")).Dot("PkgPath").Call()).Block(
			jen.Return(jen.Qual("reflect", "Value").Values()),
		),
		jen.Return(jen.Id("v")),
	)

	// func paramName(field reflect.StructField) string {
	// 	name := field.Tag.Get("json")
	// 	if name == "-" {
	// 		return ""
	// 	}
	// 	return name
	// }
	docf(g, "paramName returns the name of the param in a field, and \"\" where it is sensitive.")
	g.Func().Id("paramName").Params(jen.Id("field").Qual("reflect", "StructField")).String().Block(
		jen.Id("name").Op(":=").Id("field").Dot("Tag").Dot("Get").Call(jen.Lit("json")),
		jen.If(jen.Id("name").Op("==").Lit("-")).Block(
			jen.Return(jen.Lit("")),
		),
		jen.Return(jen.Id("name")),
	)
}
