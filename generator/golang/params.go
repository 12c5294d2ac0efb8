package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/errcat/errcat/generator/catalog"
)

// A paramType is how Go represents params of a type.
type paramType struct {
	// goType is the type of a field.
	goType jen.Code
	// text returns the expression for a field in a message.
	text func(field jen.Code) jen.Code
	// isFormatted means that text calls a function of fixed/format.go.
	isFormatted bool
}

// paramTypes has every type that a param may have.
var paramTypes = map[catalog.ParamType]paramType{
	catalog.String: {
		goType: jen.String(),
		text:   func(field jen.Code) jen.Code { return field },
	},
	catalog.Integer: {
		goType: jen.Int64(),
		text:   func(field jen.Code) jen.Code { return call(jen.Qual("strconv", "FormatInt"), field, jen.Lit(10)) },
	},
	catalog.Number: {
		goType:      jen.Float64(),
		text:        func(field jen.Code) jen.Code { return call(jen.Id("formatNumber"), field) },
		isFormatted: true,
	},
	catalog.Boolean: {
		goType: jen.Bool(),
		text:   func(field jen.Code) jen.Code { return call(jen.Qual("strconv", "FormatBool"), field) },
	},
	catalog.Datetime: {
		goType:      jen.Qual("time", "Time"),
		text:        func(field jen.Code) jen.Code { return call(jen.Id("formatTime"), field) },
		isFormatted: true,
	},
	catalog.Duration: {
		goType: jen.Qual("time", "Duration"),
		text:   func(field jen.Code) jen.Code { return jen.Custom(tight, field, jen.Id(".String()")) },
	},
	catalog.StringList: {
		goType: jen.Id("[]string"),
		text:   func(field jen.Code) jen.Code { return call(jen.Qual("strings", "Join"), field, jen.Lit(", ")) },
	},
	catalog.IntegerList: {
		goType:      jen.Id("[]int64"),
		text:        func(field jen.Code) jen.Code { return call(jen.Id("joinIntegers"), field) },
		isFormatted: true,
	},
}

// checkParams returns an error if a param has a type that Go does not represent.
func (p *pkg) checkParams() error {
	for _, e := range p.Errors {
		for _, param := range e.Params {
			if _, ok := paramTypes[param.Type]; !ok {
				return fmt.Errorf("the go target does not support the type %q of the param %s of %s", param.Type, param.Name, e.Name)
			}
		}
	}
	return nil
}

// formatsParams reports whether a message needs fixed/format.go.
func (p *pkg) formatsParams() bool {
	for _, e := range p.structs() {
		for _, s := range e.Message.Segments {
			if s.Param != nil && paramTypes[s.Param.Type].isFormatted {
				return true
			}
		}
	}
	return false
}
