package golang

import (
	"testing"

	"github.com/errcat/errcat/generator/catalog"
)

// Every type that a catalog may use has a Go type.
func TestParamTypes(t *testing.T) {
	for _, paramType := range catalog.ParamTypes() {
		if paramTypes[paramType].goType == nil || paramTypes[paramType].text == nil {
			t.Errorf("the type %s is not supported", paramType)
		}
	}
	if got, want := len(paramTypes), len(catalog.ParamTypes()); got != want {
		t.Errorf("%d types are supported, the format has %d", got, want)
	}
}

// A param of a type that Go does not represent is an error, also if no message
// shows it.
func TestUnknownParamType(t *testing.T) {
	c := large(6)
	c.Errors[5].Params[1].Type = "decimal"
	const want = `the go target does not support the type "decimal" of the param count of REQUEST_FAILED_00005`
	if fs, err := Generate(c, Options{}); err == nil || err.Error() != want || fs != nil {
		t.Errorf("Generate gives %v, want %s", err, want)
	}
	c.Errors[5].Message.Segments = c.Errors[5].Message.Segments[:1]
	if _, err := Generate(c, Options{}); err == nil || err.Error() != want {
		t.Errorf("without the param in the message, Generate gives %v, want %s", err, want)
	}
}
