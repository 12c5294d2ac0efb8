// Package catalog reads a catalog of error codes and checks it against every rule of
// the format. The result, a Catalog, has all defaults resolved, all derived names
// computed, and the position of every entry.
package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/naming"
	"github.com/errcat/errcat/generator/prose"
)

// Catalog is a valid catalog. It does not change after Load has returned it, so
// targets can read it concurrently.
type Catalog struct {
	// Name identifies the catalog. GoPackage is the Go package derived from it.
	Name      string
	GoPackage string
	Title     string
	// DefaultTitle means that the author wrote no title.
	DefaultTitle bool
	Description  prose.Text
	Domain       string
	// Version is the version in which the catalog is published, as Semantic
	// Versioning has it; it is empty if the catalog does not say.
	Version string
	// NoHTTP means that the errors do not travel over HTTP: they have no
	// HTTPStatus, and the catalog has no TypeURI and no AcceptedTypeURIs.
	NoHTTP bool
	// NoSamples means that documents do not show code that raises and handles the
	// errors.
	NoSamples bool
	// GRPC means that the errors travel over gRPC or Connect: the catalog says so by
	// an output or by the key grpc_code.
	GRPC bool
	// TypeURI is the template of the "type" of RFC 9457, with the placeholders {code}
	// and {name}; it is empty if the catalog has none.
	TypeURI string
	// AcceptedTypeURIs are further templates, by which readers recognise the errors of
	// the catalog: those that servers sent before, or will send. None is twice, or
	// the TypeURI.
	AcceptedTypeURIs []string
	// IntegerCodes means that codes are integers, and numbers in JSON. A code is
	// then the decimal text of an integer from -(2^53-1) to 2^53-1.
	IntegerCodes bool
	// Fallback is what clients see instead of errors that are internal or not in the
	// catalog; it is nil if the catalog names none.
	Fallback *Error
	// Metadata are the declared metadata keys, in their order; nil if the catalog has
	// no section for them, so that any key is allowed.
	Metadata []*MetadataField
	// Categories in the order of the catalog. One that was not declared has errors.
	Categories []*Category
	// Errors in the order of the catalog.
	Errors   []*Error
	Reserved []Reserved
	Outputs  []Output
	// Levels has the levels of warnings that the catalog sets, by the id of the rule.
	Levels map[string]diag.Level
	// Compatibility says what published versions the catalog has to be compatible
	// with.
	Compatibility Compatibility
}

// IsTypedByName reports whether readers recognize the type of a problem by the name of
// the error.
func (c *Catalog) IsTypedByName() bool {
	return strings.Contains(c.TypeURI, "{name}") && !strings.Contains(c.TypeURI, "{code}")
}

// Category is a group of errors.
type Category struct {
	Name  string
	Title string
	// DefaultTitle means that the author wrote no title.
	DefaultTitle bool
	Description  prose.Text
	// Codes are the ranges for the codes of the category.
	Codes []Range
	// Errors of the category, in the order of the catalog.
	Errors []*Error
	// GoName is the name of the Go constant.
	GoName string
	// Implied means that the catalog declares no categories. This one has all errors,
	// and says nothing about them.
	Implied bool
	// Anchor is the id of the section in the documentation.
	Anchor string
	Pos    diag.Position
}

// HasCategories reports whether the catalog declares categories.
func (c *Catalog) HasCategories() bool {
	return len(c.Categories) > 0 && !c.Categories[0].Implied
}

// Error is one entry of the catalog.
type Error struct {
	Name string
	// Code is the code on the wire, Aliases are further codes for the same error.
	Code    string
	Aliases []Alias
	// Synonyms are further current names.
	Synonyms []Synonym
	// FormerNames are earlier names, which remain usable in code.
	FormerNames []FormerName
	Category    *Category
	// HTTPStatus is 0 in a catalog without HTTP.
	HTTPStatus int
	// GRPCCode is the code on gRPC and Connect, derived from the HTTPStatus if the
	// catalog has none. It has no meaning in a catalog without GRPC.
	GRPCCode GRPCCode
	// Title is a summary without params. It is never empty, and may contain any
	// character.
	Title string
	// Message describes an occurrence. It is never empty.
	Message Message
	// DefaultTitle and DefaultMessage mean that the author wrote no title or no
	// message: the title is the message if that is one short line, else the name in
	// words; the message is the title.
	DefaultTitle, DefaultMessage bool
	Description                  prose.Text
	Resolution                   prose.Text
	Links                        []Link
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
	// Accept are the breaking changes of the error that its authors accept.
	Accept []Acceptance
	// Metadata in the order of the declarations, else of the entry. The values that
	// the category gives are included.
	Metadata []Metadatum
	// History is what changed in each release, the last one first. Only WithHistory
	// sets it.
	History []Event
	// Usage is where programs use the error, nil if that is not known. Only WithUsage
	// sets it.
	Usage *ErrorUsage

	// GoName is the name of the Go constant, TypeScriptName that of the
	// TypeScript constant. Anchor is the id of the entry in the documentation.
	GoName         string
	TypeScriptName string
	Anchor         string

	Pos     diag.Position
	CodePos diag.Position
}

// Names returns the name of the error, its synonyms and its former names.
func (e *Error) Names() []string {
	names := []string{e.Name}
	for _, s := range e.Synonyms {
		names = append(names, s.Name)
	}
	for _, f := range e.FormerNames {
		names = append(names, f.Name)
	}
	return names
}

// Codes returns the code of the error and its aliases.
func (e *Error) Codes() []string {
	codes := []string{e.Code}
	for _, a := range e.Aliases {
		codes = append(codes, a.Code)
	}
	return codes
}

// GoStruct returns the name of the Go struct that carries the params.
func (e *Error) GoStruct() string { return naming.GoStruct(e.GoName) }

// GoConstructor returns the name of the Go function that makes a GoStruct.
func (e *Error) GoConstructor() string { return naming.GoConstructor(e.GoName) }

// HasStruct reports whether the error has a Go struct: it does if it has params,
// also if it is retired, because older servers still send it.
func (e *Error) HasStruct() bool { return len(e.Params) > 0 }

// HasConstructor reports whether the struct has a Go constructor. That of a retired
// error has none, and neither has one with two fields of the same type: arguments
// in the wrong order would compile, at once or when the catalog reorders the
// params. A literal of the struct names them.
func (e *Error) HasConstructor() bool {
	for i, p := range e.Params {
		if slices.ContainsFunc(e.Params[:i], func(q *Param) bool { return q.Type == p.Type }) {
			return false
		}
	}
	return e.HasStruct() && e.Retired == nil
}

// Alias is a further wire code of an error.
type Alias struct {
	Code string
	Pos  diag.Position
}

// Synonym is a further current name of an error, with the names derived from it,
// like a FormerName.
type Synonym FormerName

// GoStruct returns the Go struct of the error, by this name.
func (s Synonym) GoStruct() string { return naming.GoStruct(s.GoName) }

// GoConstructor returns the Go constructor of the error, by this name.
func (s Synonym) GoConstructor() string { return naming.GoConstructor(s.GoName) }

// FormerName is an earlier name of an error, with the names derived from it. A
// derived name is empty if the error itself has the same one.
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

// Link is a reference for readers of the documentation.
type Link struct {
	Title string
	URL   string
}

// Lifecycle says when and why an error was deprecated or retired.
type Lifecycle struct {
	Since  string
	Reason prose.Text
	// ReplacedBy is the error to use instead, nil if there is none.
	ReplacedBy *Error
}

// MetadataField is a metadata key that the catalog declares.
type MetadataField struct {
	Name  string
	Type  MetadataType
	Title string
	// DefaultTitle means that the author wrote no title.
	DefaultTitle bool
	Description  prose.Text
	// Pattern is a regular expression (RE2) for the whole of each value, of type
	// string or url; empty if there is none.
	Pattern string
	// Values are the values of an enum, and nil for other types.
	Values []string
	// Required means that every error has a value.
	Required bool
	Audience Audience
	// GoField is the name of the field in Go.
	GoField string
	Pos     diag.Position
}

// HasOwnTitle reports whether the title says more than the name in words.
func (f *MetadataField) HasOwnTitle() bool { return f.Title != naming.Sentence(f.Name) }

// MetadataType is the type of a MetadataField, by its name in the catalog.
type MetadataType string

// The types of metadata.
const (
	MetadataString     MetadataType = "string"
	MetadataInteger    MetadataType = "integer"
	MetadataBoolean    MetadataType = "boolean"
	MetadataURL        MetadataType = "url"
	MetadataEnum       MetadataType = "enum"
	MetadataStringList MetadataType = "string[]"
)

var metadataTypes = [...]MetadataType{MetadataString, MetadataInteger, MetadataBoolean, MetadataURL, MetadataEnum, MetadataStringList}

// MetadataTypes returns every type that metadata can have, in the order of the
// documentation.
func MetadataTypes() []MetadataType { return slices.Clone(metadataTypes[:]) }

// Metadatum is a metadata value of an error.
type Metadatum struct {
	Key string
	// Field is nil if the catalog declares no metadata.
	Field *MetadataField
	// Value is a string or, by the type of the Field, an int64, bool or []string. A
	// declared one is never an empty string or list.
	Value any
}

// Texts returns the value as strings: one, or the elements of a list.
func (m Metadatum) Texts() []string {
	switch v := m.Value.(type) {
	case string:
		return []string{v}
	case int64:
		return []string{strconv.FormatInt(v, 10)}
	case bool:
		return []string{strconv.FormatBool(v)}
	case []string:
		return v
	}
	panic(fmt.Sprintf("catalog: metadata cannot be of type %T", m.Value))
}

// isPublic reports whether everybody may see the value.
func (m Metadatum) isPublic() bool { return m.Field != nil && m.Field.Audience != Internal }

// Param is a value that an error carries.
type Param struct {
	// Name is the name on the wire and in message templates.
	Name        string
	Type        ParamType
	Description prose.Text
	// Example is nil or, by Type, a string, int64, float64, bool, time.Time,
	// time.Duration, []string or []int64. A sensitive param has none.
	Example any
	// Values are those that a String, or each element of a StringList, can have.
	// It is empty if there is no such set. Newer servers may send others.
	Values []string
	// Sensitive means that the value must not reach a body or a log.
	Sensitive bool
	// GoField is the name of the field, GoArg that of the constructor's argument.
	GoField, GoArg string
	Pos            diag.Position
}

// ParamType is the type of a Param, as it is called in the catalog.
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

// Retry says whether a client can send the same request again.
type Retry string

// The kinds of retry advice.
const (
	RetryNever Retry = "never"
	RetrySafe  Retry = "safe"
	RetryAfter Retry = "after"
)

// Severity is the level at which an error is logged.
type Severity string

// The severities, from the lowest to the highest.
const (
	SeverityDebug    Severity = "debug"
	SeverityInfo     Severity = "info"
	SeverityWarning  Severity = "warning"
	SeverityError    Severity = "error"
	SeverityCritical Severity = "critical"
)

// Audience says who can see an error.
type Audience string

// The audiences.
const (
	Public   Audience = "public"
	Internal Audience = "internal"
)

// Reserved is what must not be used: ranges of codes, or the code and the name of
// an error that was removed. Either Codes is set, or Code or Name, or both.
type Reserved struct {
	Name string
	// FormerNames are further names of the error.
	FormerNames []Word
	Code        string
	// Aliases are further codes of the error.
	Aliases []Alias
	Codes   []Range
	Reason  prose.Text
	Pos     diag.Position
}

// Word is a code or a name, with its place.
type Word struct {
	Text string
	Pos  diag.Position
}

// Words returns the codes and names that are reserved one by one.
func (r Reserved) Words() []string {
	var words []string
	if r.Code != "" {
		words = append(words, r.Code)
	}
	for _, a := range r.Aliases {
		words = append(words, a.Code)
	}
	if r.Name != "" {
		words = append(words, r.Name)
	}
	for _, n := range r.FormerNames {
		words = append(words, n.Text)
	}
	return words
}

// Compatibility is what a catalog says about its published versions.
type Compatibility struct {
	// Released is a pattern for the git tags of releases, such as v*.
	Released string
	// Against is the git revision to compare with, such as origin/main.
	Against string
	// Accept are the breaking changes that have no entry of their own.
	Accept []Acceptance
}

// Acceptance says that a breaking change is meant.
type Acceptance struct {
	// Rule is the rule that reports the change.
	Rule diag.Rule
	// To is the new value that the report names; it may be empty.
	To     string
	Reason prose.Text
	Pos    diag.Position
}

// Output is one element of the catalog's outputs.
type Output struct {
	Target string
	// Path is relative to the folder of the catalog.
	Path    string
	Options []Option
	// Pos is the place of the target, PathPos that of the path, and RowPos that of
	// the element.
	Pos, PathPos, RowPos diag.Position
}

// Option is an option of an output, as it was written.
type Option struct {
	Key, Value string
	// IsMapping means that the value is a mapping, of which Value is the JSON.
	IsMapping bool
	// Unreadable means that the value is none of these, which has been reported.
	Unreadable bool
	// Pos is the place of the value.
	KeyPos, Pos diag.Position
}
