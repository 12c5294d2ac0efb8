// Package model is a catalog as plain data, for outputs that other tools read
// and for templates that users write: with defaults resolved, references by
// code, and lists in catalog order. It also has the wording that documents
// share.
package model

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errcat/errcat/generator/catalog"
)

// SchemaVersion is the version of the JSON form of a Catalog. It changes when readers
// of the previous form would misread the new one; docs/schema.md has its changelog.
const SchemaVersion = 1

// Catalog is a catalog of errors. Its JSON always has the lists, and omits
// empty strings.
type Catalog struct {
	SchemaVersion int    `json:"schemaVersion"`
	Name          string `json:"name"`
	Title         string `json:"title"`
	// Defaults is "title" if the catalog has none, as in categories and metadata.
	Defaults []string `json:"defaults,omitempty"`
	// Description is Markdown.
	Description string `json:"description,omitempty"`
	// Release is the version in which the catalog is published.
	Release string `json:"catalogVersion,omitempty"`
	Domain  string `json:"domain,omitempty"`
	// HTTP is whether the errors travel over HTTP. If they do not, errors have no
	// HTTPStatus, HTTPReason, Type and Example.
	HTTP bool `json:"http"`
	// GRPC is whether the errors travel over gRPC or Connect. If they do not, errors
	// have no GRPCCode.
	GRPC bool `json:"grpc,omitempty"`
	// TypeURI is the template of problem types, with {code} or {name}.
	TypeURI string `json:"typeUri,omitempty"`
	// AcceptedTypeURIs are further templates, by which readers recognise the errors.
	AcceptedTypeURIs []string `json:"acceptedTypeUris"`
	// CodeType is "string" or "integer": what codes are in JSON. As fields here,
	// they are text.
	CodeType string `json:"codeType"`
	// Fallback is the code that clients see for an error that is internal or
	// not in the catalog.
	Fallback string `json:"-"`
	jsonFallback
	// Metadata are the metadata keys that the catalog declares.
	Metadata   []MetadataField `json:"metadata"`
	Categories []*Category     `json:"categories"`
	// Errors are in catalog order.
	Errors   []*Error   `json:"errors"`
	Reserved []Reserved `json:"reserved"`
}

// Category is a group of errors.
type Category struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Defaults    []string `json:"defaults,omitempty"`
	Description string   `json:"description,omitempty"` // Markdown
	// Codes are the ranges for its codes.
	Codes []Range `json:"codes"`
	// Anchor is the id of its section in the documentation.
	Anchor string `json:"anchor"`
	// Errors are the errors of the category. The JSON form omits them: each
	// error names its category.
	Errors []*Error `json:"-"`
}

// String returns the name, so that a template which prints a category does not print
// where it is in memory.
func (c *Category) String() string { return c.Name }

// Range is a range of codes, including both ends.
type Range struct {
	First string `json:"-"`
	Last  string `json:"-"`
	jsonRange
	text string
}

// String returns the range as a catalog has it: "2200-2299", or "-9..-1" of
// integers.
func (r Range) String() string { return r.text }

// Error is one error.
type Error struct {
	Name string `json:"name"`
	Code string `json:"-"`
	// CodeInt is the value of a code that is an integer, else 0.
	CodeInt int64 `json:"-"`
	// Aliases are further codes that mean this error. They are read, but not
	// sent.
	Aliases []string `json:"-"`
	jsonCodes
	// Synonyms are its further current names.
	Synonyms []string `json:"synonyms"`
	// FormerNames are its earlier names.
	FormerNames []string `json:"formerNames"`
	// Category is the name of its category.
	Category string `json:"category"`
	// HTTPStatus is 0 in a catalog without HTTP.
	HTTPStatus int `json:"httpStatus,omitempty"`
	// HTTPReason is the reason phrase of the status, such as "Not Found", or
	// empty for an unregistered status.
	HTTPReason string `json:"httpReason,omitempty"`
	// GRPCCode is the code on gRPC and Connect, such as NOT_FOUND. It is empty in a
	// catalog without GRPC.
	GRPCCode string `json:"grpcCode,omitempty"`
	// Type is the URI of the problem type, "about:blank" if the catalog has no
	// type_uri. It is empty in a catalog without HTTP.
	Type  string `json:"type,omitempty"`
	Title string `json:"title"`
	// Message is the template of the message: {param} stands for a param, {{
	// and }} for braces.
	Message string `json:"message"`
	// Defaults are those of "title" and "message" that the catalog does not have.
	Defaults    []string `json:"defaults,omitempty"`
	Description string   `json:"description,omitempty"` // Markdown
	Resolution  string   `json:"resolution,omitempty"`  // Markdown
	Links       []Link   `json:"links"`
	Params      []Param  `json:"params"`
	// Retry is never, safe or after; RetryAfter is the time to wait in seconds,
	// or 0 if it is not known.
	Retry      string  `json:"retry"`
	RetryAfter float64 `json:"retryAfter,omitempty"`
	// Severity is debug, info, warning, error or critical.
	Severity string `json:"severity"`
	// Audience is public or internal.
	Audience   string     `json:"audience"`
	Tags       []string   `json:"tags"`
	Owner      string     `json:"owner,omitempty"`
	Since      string     `json:"since,omitempty"`
	Deprecated *Lifecycle `json:"deprecated,omitempty"`
	Retired    *Lifecycle `json:"retired,omitempty"`
	Metadata   Metadata   `json:"metadata"`
	// Identifiers are the names of its constants in the generated packages.
	Identifiers Identifiers `json:"identifiers"`
	// Anchor is its id in the documentation.
	Anchor string `json:"anchor"`
	// Example is what Example returns for it. It is empty in a catalog without
	// HTTP.
	Example JSON `json:"example,omitempty"`
}

// Link is a reference for readers of the documentation.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Param is a value that an error carries.
type Param struct {
	Name string `json:"name"`
	// Type is string, integer, number, boolean, datetime, duration, string[] or
	// integer[].
	Type        string `json:"type"`
	Description string `json:"description,omitempty"` // Markdown
	// Values are those that a string, or each element of a string[], can have. It is
	// empty if there is no such set.
	Values []string `json:"values,omitempty"`
	// Example is nil or a string, int64, float64, bool, []string or []int64.
	// The example of a datetime or duration is a string, as on the wire.
	Example any `json:"example,omitempty"`
	// Sensitive means that the value must never reach a body or a log.
	Sensitive bool `json:"sensitive"`
}

// Lifecycle says since when and why an error is deprecated or retired.
type Lifecycle struct {
	Since  string `json:"since,omitempty"`
	Reason string `json:"reason,omitempty"` // Markdown
	// ReplacedBy is the code of the error to use instead.
	ReplacedBy string `json:"-"`
	jsonReplacement
}

// Identifiers are the names of an error in code.
type Identifiers struct {
	Go         string `json:"go"`
	TypeScript string `json:"typescript"`
}

// Reserved is a list of code ranges that must not be used, or the code and the name
// of an error that was removed.
type Reserved struct {
	Name string `json:"name,omitempty"`
	// FormerNames are further names that the error had, Aliases further codes.
	FormerNames []string `json:"formerNames,omitempty"`
	Code        string   `json:"-"`
	jsonCode
	Aliases []string `json:"-"`
	jsonReservedAliases
	Codes  []Range `json:"codes,omitempty"`
	Reason string  `json:"reason,omitempty"` // Markdown
}

// In JSON, codes are strings or numbers. The following structs hold them as they
// are in JSON, under names that the text of the same code hides in Go.
type (
	jsonFallback struct {
		Fallback any `json:"fallback,omitempty"`
	}
	jsonReservedAliases struct {
		Aliases []any `json:"aliases,omitempty"`
	}
	jsonRange struct {
		First any `json:"first"`
		Last  any `json:"last"`
	}
	jsonCodes struct {
		Code    any `json:"code"`
		Aliases any `json:"aliases"`
	}
	jsonReplacement struct {
		ReplacedBy any `json:"replacedBy,omitempty"`
	}
	jsonCode struct {
		Code any `json:"code,omitempty"`
	}
)

// codes converts the codes of a catalog to their form in JSON.
type codes struct{ areIntegers bool }

// json returns a code as a string or an int64, and nil for no code.
func (c codes) json(code string) any {
	switch {
	case code == "":
		return nil
	case c.areIntegers:
		return integer(code)
	}
	return code
}

// list returns codes as a []string or a []int64.
func (c codes) list(texts []string) any {
	if c.areIntegers {
		return list(texts, integer)
	}
	return texts
}

// integer returns the value of an integer code.
func integer(code string) int64 {
	i, _ := strconv.ParseInt(code, 10, 64) // does not fail for codes of such a catalog
	return i
}

// MetadataField is a metadata key that the catalog declares.
type MetadataField struct {
	Name string `json:"name"`
	// Type is string, integer, boolean, url, enum or string[].
	Type        string   `json:"type"`
	Title       string   `json:"title"`
	Defaults    []string `json:"defaults,omitempty"`
	Description string   `json:"description,omitempty"` // Markdown
	// Pattern is a regular expression (RE2) for the whole of each value.
	Pattern string `json:"pattern,omitempty"`
	// Values are the values of an enum.
	Values []string `json:"values,omitempty"`
	// Required means that every error has a value.
	Required bool `json:"required"`
	// Audience is public or internal.
	Audience string `json:"audience"`
}

// Metadata is a map in the order of the catalog.
type Metadata []Metadatum

// Metadatum is an entry of a Metadata.
type Metadatum struct {
	Key string
	// Title is that of the key, which is the Key if it is not declared.
	Title string
	// Value is a string or, by the type of the key, an int64, bool or []string.
	Value any
}

// Get returns the value of a key, "" if there is none.
func (m Metadata) Get(key string) any {
	for _, d := range m {
		if d.Key == key {
			return d.Value
		}
	}
	return ""
}

// MarshalJSON returns the map as an object, in its order.
func (m Metadata) MarshalJSON() ([]byte, error) {
	o := newObject()
	for _, d := range m {
		o = o.add(d.Key, d.Value)
	}
	return o.close(), nil
}

// JSON is text that is JSON.
type JSON string

// MarshalJSON returns the text itself, null if there is none. It does not fail.
func (j JSON) MarshalJSON() ([]byte, error) {
	if j == "" {
		return []byte("null"), nil
	}
	return []byte(j), nil
}

// New returns a catalog as plain data. It includes every error: to leave out
// the errors that an audience must not see, call catalog.Catalog.ForAudience
// first.
func New(c *catalog.Catalog) *Catalog {
	m := &Catalog{
		SchemaVersion:    SchemaVersion,
		Name:             c.Name,
		Title:            c.Title,
		Defaults:         defaults(c.DefaultTitle),
		Description:      c.Description.Source(),
		Release:          c.Version,
		Domain:           c.Domain,
		HTTP:             !c.NoHTTP,
		GRPC:             c.GRPC,
		TypeURI:          c.TypeURI,
		AcceptedTypeURIs: list(c.AcceptedTypeURIs, func(uri string) string { return uri }),
		CodeType:         "string",
		Metadata:         list(c.Metadata, newMetadataField),
		Categories:       make([]*Category, 0, len(c.Categories)),
		Errors:           make([]*Error, 0, len(c.Errors)),
		Reserved:         make([]Reserved, 0, len(c.Reserved)),
	}
	codes := codes{c.IntegerCodes}
	if c.IntegerCodes {
		m.CodeType = "integer"
	}
	if c.Fallback != nil {
		m.Fallback = c.Fallback.Code
		m.jsonFallback.Fallback = codes.json(m.Fallback)
	}
	for _, r := range c.Reserved {
		m.Reserved = append(m.Reserved, codes.reserved(r))
	}
	errors := make(map[*catalog.Error]*Error, len(c.Errors))
	for _, e := range c.Errors {
		errors[e] = NewError(c, e)
		m.Errors = append(m.Errors, errors[e])
	}
	for _, category := range c.Categories {
		m.Categories = append(m.Categories, &Category{
			Name:        category.Name,
			Title:       category.Title,
			Defaults:    defaults(category.DefaultTitle),
			Description: category.Description.Source(),
			Codes:       list(category.Codes, codes.newRange),
			Anchor:      category.Anchor,
			Errors:      list(category.Errors, func(e *catalog.Error) *Error { return errors[e] }),
		})
	}
	return m
}

// String returns the code, so that a template which prints an error does not print
// where it is in memory.
func (e *Error) String() string { return e.Code }

// String returns the name, for the same reason.
func (c *Catalog) String() string { return c.Name }

// NewError returns an error of a catalog as plain data.
func NewError(c *catalog.Catalog, e *catalog.Error) *Error {
	codes := codes{c.IntegerCodes}
	aliases := list(e.Aliases, func(a catalog.Alias) string { return a.Code })
	m := &Error{
		Name:        e.Name,
		Code:        e.Code,
		Aliases:     aliases,
		jsonCodes:   jsonCodes{codes.json(e.Code), codes.list(aliases)},
		Synonyms:    list(e.Synonyms, func(s catalog.Synonym) string { return s.Name }),
		FormerNames: list(e.FormerNames, func(f catalog.FormerName) string { return f.Name }),
		Category:    e.Category.Name,
		Title:       e.Title,
		Message:     e.Message.Template(),
		Description: e.Description.Source(),
		Resolution:  e.Resolution.Source(),
		Links:       list(e.Links, func(l catalog.Link) Link { return Link(l) }),
		Params:      list(e.Params, newParam),
		Retry:       string(e.Retry),
		RetryAfter:  e.RetryAfter.Seconds(),
		Severity:    string(e.Severity),
		Audience:    string(e.Audience),
		Tags:        list(e.Tags, func(tag string) string { return tag }),
		Owner:       e.Owner,
		Since:       e.Since,
		Deprecated:  codes.lifecycle(e.Deprecated),
		Retired:     codes.lifecycle(e.Retired),
		Metadata:    list(e.Metadata, newMetadatum),
		Identifiers: Identifiers{Go: e.GoName, TypeScript: e.TypeScriptName},
		Anchor:      e.Anchor,
	}
	m.Defaults = defaults(e.DefaultTitle)
	if e.DefaultMessage {
		m.Defaults = append(m.Defaults, "message")
	}
	if c.IntegerCodes {
		m.CodeInt = integer(e.Code)
	}
	if c.GRPC {
		m.GRPCCode = string(e.GRPCCode)
	}
	if !c.NoHTTP {
		_, reason, _ := strings.Cut(catalog.StatusText(e.HTTPStatus), " ")
		m.HTTPStatus, m.HTTPReason, m.Type = e.HTTPStatus, reason, TypeURI(c, e)
		m.Example = JSON(Example(c, e))
	}
	return m
}

// defaults returns which texts are not in the catalog, if it is the title.
func defaults(title bool) []string {
	if title {
		return []string{"title"}
	}
	return nil
}

func newMetadataField(f *catalog.MetadataField) MetadataField {
	return MetadataField{
		Name:        f.Name,
		Type:        string(f.Type),
		Title:       f.Title,
		Defaults:    defaults(f.DefaultTitle),
		Description: f.Description.Source(),
		Pattern:     f.Pattern,
		Values:      slices.Clone(f.Values),
		Required:    f.Required,
		Audience:    string(f.Audience),
	}
}

func newMetadatum(m catalog.Metadatum) Metadatum {
	title := m.Key
	if m.Field != nil {
		title = m.Field.Title
	}
	return Metadatum{Key: m.Key, Title: title, Value: m.Value}
}

func newParam(p *catalog.Param) Param {
	return Param{
		Name:        p.Name,
		Type:        string(p.Type),
		Description: p.Description.Source(),
		Values:      p.Values,
		Example:     onTheWire(p.Example),
		Sensitive:   p.Sensitive,
	}
}

func (c codes) lifecycle(l *catalog.Lifecycle) *Lifecycle {
	if l == nil {
		return nil
	}
	m := &Lifecycle{Since: l.Since, Reason: l.Reason.Source()}
	if l.ReplacedBy != nil {
		m.ReplacedBy = l.ReplacedBy.Code
		m.jsonReplacement.ReplacedBy = c.json(m.ReplacedBy)
	}
	return m
}

func (c codes) reserved(r catalog.Reserved) Reserved {
	m := Reserved{Name: r.Name, Code: r.Code, jsonCode: jsonCode{c.json(r.Code)}, Reason: r.Reason.Source()}
	if len(r.Codes) > 0 {
		m.Codes = list(r.Codes, c.newRange)
	}
	for _, a := range r.Aliases {
		m.Aliases = append(m.Aliases, a.Code)
		m.jsonReservedAliases.Aliases = append(m.jsonReservedAliases.Aliases, c.json(a.Code))
	}
	for _, n := range r.FormerNames {
		m.FormerNames = append(m.FormerNames, n.Text)
	}
	return m
}

func (c codes) newRange(r catalog.Range) Range {
	return Range{First: r.First, Last: r.Last, jsonRange: jsonRange{c.json(r.First), c.json(r.Last)}, text: r.String()}
}

// list returns the results of f for each element. It is never nil, so its JSON
// is never null.
func list[From, To any](from []From, f func(From) To) []To {
	to := make([]To, len(from))
	for i, v := range from {
		to[i] = f(v)
	}
	return to
}

// TypeURI returns the URI of the problem type of an error, "about:blank" if the
// catalog has none.
func TypeURI(c *catalog.Catalog, e *catalog.Error) string {
	if c.TypeURI == "" {
		return "about:blank"
	}
	// Codes and names contain no braces.
	return strings.ReplaceAll(strings.ReplaceAll(c.TypeURI, "{code}", e.Code), "{name}", e.Name)
}

// onTheWire returns a value in its JSON form.
func onTheWire(v any) any {
	switch v := v.(type) {
	case time.Time, time.Duration:
		return ValueText(v)
	}
	return v
}

// object is a JSON object that is written member by member; it is not closed
// yet.
type object []byte

func newObject() object { return append(make(object, 0, 256), '{') }

// add returns the object with another member, or unchanged if the value has no
// JSON form.
func (o object) add(name string, value any) object {
	raw, err := json.Marshal(value)
	if err != nil {
		return o
	}
	return append(o.key(name), raw...)
}

// addString is add for a string.
func (o object) addString(name, value string) object { return appendString(o.key(name), value) }

// key returns the object with the name of its next member.
func (o object) key(name string) object {
	if len(o) > len("{") {
		o = append(o, ',')
	}
	return append(appendString(o, name), ':')
}

// appendString appends a string as json.Marshal writes it.
func appendString(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || strings.IndexByte(`"\<>&`, c) >= 0 {
			raw, _ := json.Marshal(s) // does not fail for strings
			return append(out, raw...)
		}
	}
	return append(append(append(out, '"'), s...), '"')
}

// addCode is add for the code of an error.
func (o object) addCode(c *catalog.Catalog, e *catalog.Error) object {
	if c.IntegerCodes {
		return append(o.key("code"), e.Code...) // the text of a code is its JSON
	}
	return o.addString("code", e.Code)
}

// close returns the complete object.
func (o object) close() []byte { return append(o, '}') }
