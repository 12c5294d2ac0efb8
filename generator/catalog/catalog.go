// Package catalog reads a catalog of error codes, checks it against every rule
// of the format, and gives it to the targets as a Catalog: all defaults
// resolved, all derived names computed, every entry with its position.
package catalog

import (
	"slices"
	"time"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/prose"
)

// Catalog is a valid catalog. It is not changed after Load has returned it, so
// that targets may read it concurrently.
type Catalog struct {
	// Name is the prefix of derived names; GoPackage is the package made of it.
	Name        string
	GoPackage   string
	Title       string
	Description prose.Text
	Domain      string
	// TypeURI is the template of the "type" of RFC 9457, with {code} or {name}
	// to be replaced; empty where the catalog has none.
	TypeURI string
	// Fallback is what a client sees for an error that is not in the catalog,
	// or is internal; nil where the catalog names none.
	Fallback *Error
	// Categories in the order of their sections. Each has at least one error,
	// or was declared.
	Categories []*Category
	// Errors in the order of the catalog.
	Errors   []*Error
	Reserved []Reserved
	Outputs  []Output
}

// Category is a group of errors.
type Category struct {
	Name        string
	Title       string
	Description prose.Text
	// Codes are the ranges that the codes of the category are taken from.
	Codes []Range
	// Errors of the category, in the order of the catalog.
	Errors []*Error
	// GoName is the name of the Go constant.
	GoName string
	// Anchor is the id of the section in the documentation.
	Anchor string
	Pos    diag.Position
}

// Error is one entry of the catalog.
type Error struct {
	Name string
	// Code is the wire code; Aliases are further codes that mean this error.
	Code    string
	Aliases []Alias
	// FormerNames are earlier names, which stay usable in code.
	FormerNames []FormerName
	Category    *Category
	HTTPStatus  int
	// Title is a static summary; it is never empty and may have any character.
	Title string
	// Message says what happened this time. It is never empty.
	Message     Message
	Description prose.Text
	Resolution  prose.Text
	Links       []Link
	// Params in the order of the catalog.
	Params     []*Param
	Retry      Retry
	RetryAfter time.Duration
	Severity   Severity
	Audience   Audience
	Tags       []string
	Owner      string
	Since      string
	Deprecated *Lifecycle
	Retired    *Lifecycle
	Metadata   []Pair

	// GoName is the name of the Go constant, TypeScriptName that of the
	// TypeScript constant. Anchor is the id of the entry in the documentation.
	GoName         string
	TypeScriptName string
	Anchor         string

	Pos     diag.Position
	CodePos diag.Position
}

// GoStruct returns the name of the Go struct that carries the params.
func (e *Error) GoStruct() string { return naming.GoStruct(e.GoName) }

// GoConstructor returns the name of the Go function that makes a GoStruct.
func (e *Error) GoConstructor() string { return naming.GoConstructor(e.GoName) }

// HasStruct reports whether the error has a Go struct: it does where it has
// params and can still be raised.
func (e *Error) HasStruct() bool { return len(e.Params) > 0 && e.Retired == nil }

// Alias is a further wire code of an error.
type Alias struct {
	Code string
	Pos  diag.Position
}

// FormerName is an earlier name of an error, with the names derived from it;
// one that the error has itself is empty here.
type FormerName struct {
	Name           string
	GoName         string
	TypeScriptName string
	Pos            diag.Position
}

// GoStruct returns the former name of the error's Go struct.
func (f FormerName) GoStruct() string { return naming.GoStruct(f.GoName) }

// GoConstructor returns the former name of the error's Go constructor.
func (f FormerName) GoConstructor() string { return naming.GoConstructor(f.GoName) }

// Link is a reference for the reader of the documentation.
type Link struct {
	Title string
	URL   string
}

// Lifecycle says when and why an error was deprecated or retired.
type Lifecycle struct {
	Since  string
	Reason prose.Text
	// ReplacedBy is the error to use instead; nil where there is none.
	ReplacedBy *Error
}

// Pair is an entry of a string map that keeps its order.
type Pair struct{ Key, Value string }

// Param is a value that an error carries.
type Param struct {
	// Name is the name on the wire and in message templates.
	Name        string
	Type        ParamType
	Description prose.Text
	// Example is nil or, by Type, a string, int64, float64, bool, time.Time,
	// time.Duration, []string or []int64.
	Example any
	// Sensitive means that the value never reaches a body or a log.
	Sensitive bool
	// GoField is the name of the field, GoArg that of the constructor's argument.
	GoField, GoArg string
	Pos            diag.Position
}

// ParamType is the type of a Param, by its name in the catalog.
type ParamType string

// The types of params.
const (
	String      ParamType = "string"
	Integer     ParamType = "integer"
	Number      ParamType = "number"
	Boolean     ParamType = "boolean"
	Datetime    ParamType = "datetime"
	Duration    ParamType = "duration"
	StringList  ParamType = "string[]"
	IntegerList ParamType = "integer[]"
)

var paramTypes = [...]ParamType{String, Integer, Number, Boolean, Datetime, Duration, StringList, IntegerList}

// ParamTypes returns every type that a param can have, in the order of the
// documentation.
func ParamTypes() []ParamType { return slices.Clone(paramTypes[:]) }

// Retry says whether a client may send the same request again.
type Retry string

// The kinds of retry advice.
const (
	RetryNever Retry = "never"
	RetrySafe  Retry = "safe"
	RetryAfter Retry = "after"
)

// Severity is the level at which an error is logged.
type Severity string

// The severities, from mild to bad.
const (
	SeverityDebug    Severity = "debug"
	SeverityInfo     Severity = "info"
	SeverityWarning  Severity = "warning"
	SeverityError    Severity = "error"
	SeverityCritical Severity = "critical"
)

// Audience says who may see an error.
type Audience string

// The audiences.
const (
	Public   Audience = "public"
	Internal Audience = "internal"
)

// Reserved is a name, a code or a range of codes that is never to be used.
// One of Name, Code and Codes is set.
type Reserved struct {
	Name   string
	Code   string
	Codes  []Range
	Reason prose.Text
	Pos    diag.Position
}

// Output is one row of the catalog's outputs.
type Output struct {
	Target string
	// Path is relative to the folder of the catalog.
	Path    string
	Options []Option
	// Pos is the place of the target, RowPos that of the row.
	Pos, RowPos diag.Position
}

// Option is an option of an output, as it was written.
type Option struct {
	Key, Value string
	// Unreadable means that the value is no string, which has been reported.
	Unreadable bool
	// Pos is the place of the value.
	KeyPos, Pos diag.Position
}
