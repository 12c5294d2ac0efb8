package fixed

import (
	"encoding/json"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/protobuf/proto"

	catalog "github.com/errcat/errcat/generator/golang/fixed"
)

// readDetails returns the error of the catalog that a status with a message and
// details is, and reports whether it is one: its ErrorInfo has the domain of the
// catalog. The reason says which one or, if it is unknown, the code in the metadata:
// servers of other versions may have other names for the same error.
func readDetails(message string, details []proto.Message) (error, bool) {
	s := shown{detail: message}
	var info *errdetails.ErrorInfo
	for _, detail := range details {
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			if info == nil && d.GetDomain() == catalog.Domain {
				info = d
			}
		case *errdetails.RetryInfo:
			if d.GetRetryDelay() != nil {
				s.retryAfter = max(d.GetRetryDelay().AsDuration(), 0)
			}
		case *errdetails.RequestInfo:
			s.instance = d.GetRequestId()
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				s.fields = append(s.fields, field{violation: v})
			}
		}
	}
	if info == nil {
		return nil, false
	}
	text, reason := info.GetMetadata()[codeKey], info.GetReason()
	code, ok := catalog.ParseName(reason)
	switch {
	case ok:
	case text != "":
		code, _ = catalog.ParseCode(text)
	case reason != "":
		code = catalog.Code(reason)
	default:
		return nil, false
	}
	s.code = code
	entry := lookup(code)
	for name, text := range info.GetMetadata() {
		switch name {
		case codeKey:
			continue
		case fieldErrorsKey:
			var rests []json.RawMessage
			_ = json.Unmarshal([]byte(text), &rests) // what is no list has nothing to say
			for i := 0; i < min(len(rests), len(s.fields)); i++ {
				s.fields[i].rest = rests[i]
			}
			continue
		}
		if s.params == nil {
			s.params = make(map[string]json.RawMessage)
		}
		s.params[name] = paramJSON(text, entry.isJSON(name))
	}
	return s.error(), true
}

// paramJSON returns the text of a param as JSON.
func paramJSON(text string, isJSON bool) json.RawMessage {
	if isJSON && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	raw, _ := json.Marshal(text) // does not fail for strings
	return raw
}
