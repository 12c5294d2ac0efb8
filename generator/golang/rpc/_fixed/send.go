package fixed

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"

	catalog "github.com/errcat/errcat/generator/golang/fixed"
)

// The keys of the metadata of an ErrorInfo that are not params. Those with a hyphen
// cannot be the name of a param. Who receives them finds what is left out among the
// params, so that it is still named when the error is sent on.
const (
	codeKey            = "code"
	fieldErrorsKey     = "field-errors"
	omittedParamsKey   = "omitted-params"
	omittedFieldsKey   = "omitted-fields"
	omittedMessageKey  = "omitted-message"
	omittedInstanceKey = "omitted-instance"
	omittedLinksKey    = "omitted-links"
)

// maxSize is the size in bytes up to which a status is sent. Many clients accept
// 8 KiB of headers and trailers; the rest is for those of others.
const maxSize = 7 << 10

// maxNames is the size of the list of the params that are left out. If there are more,
// it ends with more.
const (
	maxNames = 1 << 10
	more     = "..."
)

// entry is what this package knows of an error that clients see.
type entry struct {
	code   catalog.Code
	grpc   code.Code
	asJSON string // the names of the params whose text is their JSON: numbers, booleans and lists
}

// lookup returns the entry of an error.
func lookup(c catalog.Code) entry {
	i, ok := slices.BinarySearchFunc(entries[:], c, func(e entry, c catalog.Code) int { return strings.Compare(string(e.code), string(c)) })
	if !ok {
		return entry{code: c, grpc: code.Code_INTERNAL}
	}
	return entries[i]
}

// isJSON reports whether the text of a param is its JSON. All others are strings.
func (e entry) isJSON(param string) bool {
	return slices.Contains(strings.Fields(e.asJSON), param)
}

// link is a link to the documentation of an error.
type link struct {
	code       catalog.Code
	title, url string
}

// helpFor returns the links of an error, or nil if it has none.
func helpFor(c catalog.Code) *errdetails.Help {
	first, ok := slices.BinarySearchFunc(links[:], c, func(l link, c catalog.Code) int { return strings.Compare(string(l.code), string(c)) })
	if !ok {
		return nil
	}
	help := new(errdetails.Help)
	for _, l := range links[first:] {
		if l.code != c {
			break
		}
		help.Links = append(help.Links, &errdetails.Help_Link{Description: l.title, Url: l.url})
	}
	return help
}

// shown is what a client may see of an error of the catalog.
type shown struct {
	code       catalog.Code // empty if the catalog has no fallback
	detail     string
	instance   string
	params     map[string]json.RawMessage
	retryAfter time.Duration
	fields     []field
}

// field is an element of the errors of a problem: a field violation, and the members
// of the element that a violation does not have, such as its params.
type field struct {
	violation *errdetails.BadRequest_FieldViolation
	rest      json.RawMessage
}

// visible returns what a client may see of an error, and reports whether that is an
// error of the catalog in its tree. Otherwise it is the fallback.
func visible(err error) (s shown, isShown bool) {
	c, ok := catalog.CodeOf(err)
	s = show(err)
	return s, ok && s.code == c
}

// isOwn reports whether an error of the catalog is in the tree of an error.
func isOwn(err error) bool {
	_, ok := catalog.CodeOf(err)
	return ok
}

// sentOn returns the status with which an error came that only another version of the
// catalog has, if it can be sent as it is.
func sentOn(err error) (*status.Status, bool) {
	c, ok := catalog.CodeOf(err)
	if !ok || c.Name() != "" {
		return nil, false
	}
	var received interface {
		error
		CatalogStatus() *status.Status
	}
	if !errors.As(err, &received) {
		return nil, false
	}
	if of, _ := catalog.CodeOf(received); of != c {
		return nil, false
	}
	st := received.CatalogStatus()
	room := room(maxSize)
	return st, room.takeRaw(encodedLen(st.GetMessage())) && room.take(proto.Size(st))
}

// inner returns the error inside an error, or nil if there is none or several. A cause
// is not inside.
func inner(err error) error {
	switch e := err.(type) {
	case interface{ WithoutCause() (err, cause error) }:
		err, _ := e.WithoutCause()
		return err
	case interface{ Unwrap() error }:
		return e.Unwrap()
	case interface{ Unwrap() []error }:
		if errs := e.Unwrap(); len(errs) == 1 {
			return errs[0]
		}
	}
	return nil
}

// status returns the status that is sent.
func (s shown) status() *status.Status {
	if s.code == "" {
		return nothing()
	}
	info := &errdetails.ErrorInfo{Reason: s.code.Name(), Domain: catalog.Domain, Metadata: map[string]string{codeKey: string(s.code)}}
	st := &status.Status{Code: int32(lookup(s.code).grpc)}
	var details []proto.Message
	if s.retryAfter > 0 {
		details = append(details, &errdetails.RetryInfo{RetryDelay: durationpb.New(s.retryAfter)})
	}
	// The largest possible size of what is always sent.
	room := room(maxSize)
	room.take(320 + len(info.Reason) + len(info.Domain) + len(s.code))

	st.Message = strings.ToValidUTF8(s.detail, "\ufffd")
	if !room.takeMessage(st.Message) {
		info.Metadata[omittedMessageKey] = "true"
		st.Message = s.code.Title()
		if !room.takeMessage(st.Message) {
			st.Message = ""
		}
	}
	if s.instance != "" {
		request := &errdetails.RequestInfo{RequestId: strings.ToValidUTF8(s.instance, "\ufffd")}
		if room.take(proto.Size(request) + anySize) {
			details = append(details, request)
		} else {
			info.Metadata[omittedInstanceKey] = "true"
		}
	}
	s.addParams(info, &room)
	if fields := s.fittingFields(info, &room); len(fields) > 0 {
		details = append(details, &errdetails.BadRequest{FieldViolations: fields})
	}
	if help := helpFor(s.code); help != nil {
		if room.take(proto.Size(help) + anySize) {
			details = append(details, help)
		} else {
			info.Metadata[omittedLinksKey] = "true"
		}
	}
	for _, detail := range append([]proto.Message{info}, details...) {
		packed := new(anypb.Any)
		// It does not fail: all strings are valid UTF-8.
		_ = anypb.MarshalFrom(packed, detail, proto.MarshalOptions{Deterministic: true})
		st.Details = append(st.Details, packed)
	}
	return st
}

// nothing returns the status without an error of a catalog. It is the fallback of a
// catalog that has none; the fallback of another catalog replaces it.
func nothing() *status.Status {
	return &status.Status{Code: int32(code.Code_INTERNAL), Message: "internal error"}
}

// addParams adds the params that fit to the metadata, the smallest first, and the
// names of the others.
func (s shown) addParams(info *errdetails.ErrorInfo, room *room) {
	type param struct{ name, text string }
	var params []param
	var omitted []string // also by those who sent the error before
	isMore := false      // than the metadata name
	for name, raw := range s.params {
		text := strings.ToValidUTF8(paramText(raw), "\ufffd")
		switch name {
		case codeKey, fieldErrorsKey, omittedFieldsKey:
		case omittedParamsKey:
			for _, name := range strings.Split(text, ",") {
				if name == more {
					isMore = true
				} else if name != "" {
					omitted = append(omitted, name)
				}
			}
		case omittedMessageKey, omittedInstanceKey, omittedLinksKey:
			info.Metadata[name] = "true"
		default:
			params = append(params, param{strings.ToValidUTF8(name, "\ufffd"), text})
		}
	}
	slices.SortFunc(params, func(a, b param) int {
		if n := len(a.name) + len(a.text) - len(b.name) - len(b.text); n != 0 {
			return n
		}
		return strings.Compare(a.name, b.name)
	})
	names := len(strings.Join(omitted, ","))
	for _, p := range params {
		names += len(p.name) + len(",")
	}
	room.take(min(names, maxNames) + len(omittedParamsKey) + entrySize)
	for _, p := range params {
		if room.take(len(p.name) + len(p.text) + entrySize) {
			info.Metadata[p.name] = p.text
		} else {
			omitted = append(omitted, p.name)
		}
	}
	if len(omitted) == 0 && !isMore {
		return
	}
	slices.Sort(omitted)
	list := strings.Join(slices.Compact(omitted), ",")
	if limit := maxNames - len(","+more); len(list) > limit {
		list, isMore = list[:max(strings.LastIndexByte(list[:limit+1], ','), 0)], true
	}
	if isMore {
		list = strings.TrimPrefix(list+","+more, ",")
	}
	info.Metadata[omittedParamsKey] = list
}

// fittingFields returns the field violations that fit. The metadata have the other
// members of these field errors, and the number of the field errors that do not fit.
func (s shown) fittingFields(info *errdetails.ErrorInfo, room *room) []*errdetails.BadRequest_FieldViolation {
	omitted, _ := strconv.Atoi(paramText(s.params[omittedFieldsKey]))
	omitted = max(omitted, 0)
	room.take(anySize + len(omittedFieldsKey) + len(fieldErrorsKey) + 2*entrySize)
	var fitting []*errdetails.BadRequest_FieldViolation
	var rests []json.RawMessage
	some := 0 // rests, without the empty ones at the end
	for _, f := range s.fields {
		rest := f.rest
		if rest == nil {
			rest = json.RawMessage("{}")
		}
		if !room.take(proto.Size(f.violation) + len(rest) + len(",") + entrySize) {
			omitted++
			continue
		}
		fitting, rests = append(fitting, f.violation), append(rests, rest)
		if f.rest != nil {
			some = len(rests)
		}
	}
	if some > 0 {
		raw, _ := json.Marshal(rests[:some]) // they are valid JSON
		info.Metadata[fieldErrorsKey] = string(raw)
	}
	if omitted > 0 {
		info.Metadata[omittedFieldsKey] = strconv.Itoa(omitted)
	}
	return fitting
}

// room is how many bytes are left for a status.
type room int

// What an entry of a map or a list, and a detail, need besides their content.
const (
	entrySize = 12
	anySize   = 64
)

// take takes the room for bytes of a detail, which are sent as base64, and reports
// whether there was enough of it.
func (r *room) take(bytes int) bool {
	return r.takeRaw((bytes + 2) / 3 * 4)
}

// takeMessage takes the room for the message, which is sent twice: as it is, and in
// the details. It may take half of what is left.
func (r *room) takeMessage(s string) bool {
	n := (len(s)+2)/3*4 + encodedLen(s)
	return n <= int(*r)/2 && r.takeRaw(n)
}

// encodedLen returns the length of a message with percent-encoding.
func encodedLen(s string) int {
	n := len(s)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '%' {
			n += 2
		}
	}
	return n
}

func (r *room) takeRaw(n int) bool {
	if n > int(*r) {
		return false
	}
	*r -= room(n)
	return true
}

// paramText returns a param as text: a string as it is, and everything else as JSON.
func paramText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil && len(raw) > 0 && raw[0] == '"' {
		return s
	}
	return string(raw)
}
