package fixed

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const secret = "hunter2"

func newCardRefused(bank, cardNumber string) *CardRefusedError {
	return &CardRefusedError{Bank: bank, CardNumber: Hide(cardNumber)}
}

// secretForms are the ways in which the verbs of fmt write the secret.
var secretForms = []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret), strings.Trim(fmt.Sprint([]byte(secret)), "[]"), fmt.Sprintf("% x", secret)}

// secretHolder has errors with a sensitive param in fields of every kind.
type secretHolder struct {
	Err     error
	Pointer *CardRefusedError
	Value   CardRefusedError
	Param   Sensitive[string]
	Params  []Sensitive[[]string]
	Any     any
	err     error
	pointer *CardRefusedError
	value   CardRefusedError
	param   Sensitive[string]
	params  map[string]Sensitive[string]
	inside  struct{ any any }
}

// secretHolders returns everything that holds the secret.
func secretHolders() map[string]any {
	err := newCardRefused("Bank", secret)
	h := secretHolder{
		err, err, *err, err.CardNumber, []Sensitive[[]string]{Hide([]string{secret})}, *err,
		err, err, *err, err.CardNumber, map[string]Sensitive[string]{"p": err.CardNumber}, struct{ any any }{*err},
	}
	return map[string]any{
		"the error":              err,
		"a copy of the error":    *err,
		"the wrapped error":      fmt.Errorf("a: %w", err),
		"the error with a cause": WithCause(ServerFailed, err),
		"the param":              err.CardNumber,
		"a pointer to the param": &err.CardNumber,
		"a struct":               h,
		"a pointer to a struct":  &h,
		"a list":                 []any{err, *err, h, &h},
		"a map":                  map[string]any{"err": err, "value": *err, "struct": h},
	}
}

// redacts reports what shows the secret.
func redacts(t *testing.T, what string, shown any) {
	t.Helper()
	for _, form := range secretForms {
		if text := fmt.Sprint(shown); strings.Contains(text, form) {
			t.Errorf("%s shows the secret: %s", what, text)
		}
	}
}

func TestSensitiveFmt(t *testing.T) {
	for name, v := range secretHolders() {
		for _, verb := range "vsqxXdobOeEfFgGtcUTp" {
			for _, flags := range []string{"", "+", "#", "-", " ", "0", "100", "-100", "100.50", ".3", "+#", "# "} {
				format := "%" + flags + string(verb)
				redacts(t, name+" with "+format, fmt.Sprintf(format, v))
			}
		}
		redacts(t, name, fmt.Sprint(v, v)+fmt.Sprintln(v))
	}
	number := Hide(int64(4242424242))
	for _, text := range []string{
		fmt.Sprint(number), fmt.Sprintf("%d", number), fmt.Sprintf("%5.1f", number), fmt.Sprintf("%+v", number), fmt.Sprintf("%#v", number), fmt.Sprintf("%-30s", number), number.String(),
	} {
		if text != "[redacted]" {
			t.Errorf("a number is %q", text)
		}
	}
	if got, want := fmt.Sprintf("%v", *newCardRefused("Bank", secret)), "{Bank [redacted]}"; got != want {
		t.Errorf("a copy of the error is %s, want %s", got, want)
	}
}

func TestSensitiveLog(t *testing.T) {
	for name, v := range secretHolders() {
		var b bytes.Buffer
		for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
			slog.New(h).With("with", v).WithGroup("g").Error("m", "attr", v, slog.Group("group", "in", v), "value", slog.AnyValue(v))
		}
		redacts(t, name+" in a log", b.String())
	}
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Error("m", "pin", Hide(secret))
	if !strings.HasSuffix(b.String(), `"pin":"[redacted]"}`+"\n") {
		t.Errorf("a param is logged as %s", b.String())
	}
}

func TestSensitiveEncodings(t *testing.T) {
	for name, v := range secretHolders() {
		data, err := json.Marshal(v)
		redacts(t, name+" in JSON", fmt.Sprintf("%s %v", data, err))
		data, err = xml.Marshal(v)
		redacts(t, name+" in XML", fmt.Sprintf("%s %v", data, err))
		var b bytes.Buffer
		err = gob.NewEncoder(&b).Encode(v)
		redacts(t, name+" in gob", fmt.Sprintf("%s %v", b.Bytes(), err))
	}
	for encoding, test := range map[string]struct {
		marshal func(any) ([]byte, error)
		want    string
	}{
		"JSON": {json.Marshal, `"[redacted]"`},
		"XML":  {xml.Marshal, `<string>[redacted]</string>`},
	} {
		if data, err := test.marshal(Hide(secret)); err != nil || !strings.Contains(string(data), "[redacted]") {
			t.Errorf("%s: a param is %s, %v", encoding, data, err)
		}
	}
	if data, err := json.Marshal(newCardRefused("Bank", secret)); string(data) != `{"bank":"Bank"}` {
		t.Errorf("the error is %s in JSON, %v", data, err)
	}
}

// reach walks through a value by reflection, as packages that print values do,
// unexported fields too.
func reach(v reflect.Value, depth int) (found []string) {
	if depth > 20 {
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Interface, reflect.Pointer:
		return reach(v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			found = append(found, reach(v.Field(i), depth+1)...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, reach(v.Index(i), depth+1)...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			found = append(found, reach(v.MapIndex(key), depth+1)...)
		}
	}
	return found
}

func TestSensitiveReflection(t *testing.T) {
	for name, v := range secretHolders() {
		found := reach(reflect.ValueOf(v), 0)
		redacts(t, name+" by reflection", found)
	}
	if found := reach(reflect.ValueOf(struct{ s []any }{[]any{secret}}), 0); len(found) != 1 {
		t.Errorf("reflection does not find a string: %q", found)
	}
}

func TestSensitiveDiff(t *testing.T) {
	all := cmp.Exporter(func(reflect.Type) bool { return true })
	a, same, b := newCardRefused("Bank", secret), newCardRefused("Bank", secret), newCardRefused("Bank", "other")
	if diff := cmp.Diff(a, same); diff != "" {
		t.Errorf("the same param differs: %s", diff)
	}
	diff := cmp.Diff(a, b) + cmp.Diff(secretHolders()["a struct"], secretHolder{}, all) + cmp.Diff(secretHolder{param: Hide(secret)}, secretHolder{param: Hide("other")}, all)
	if !strings.Contains(diff, "CardNumber") || !strings.Contains(diff, "param:") {
		t.Errorf("the difference is not found: %s", diff)
	}
	redacts(t, "a difference", diff)
}

func TestSensitiveEqual(t *testing.T) {
	now := time.Now()
	for name, got := range map[string]bool{
		"the same string":            Hide("a").Equal(Hide("a")),
		"the same list":              Hide([]string{"a"}).Equal(Hide([]string{"a"})),
		"the same integers":          Hide([]int64{1}).Equal(Hide([]int64{1})),
		"two zero values":            Sensitive[string]{}.Equal(Sensitive[string]{}),
		"a zero value and a string":  Sensitive[string]{}.Equal(Hide("")),
		"a zero value and a pointer": Sensitive[*int]{}.Equal(Hide[*int](nil)),
		"a time in two zones":        Hide(now).Equal(Hide(now.UTC())),
		"an error":                   Hide[error](OrderClosed).Equal(Hide[error](OrderClosed)),
	} {
		if !got {
			t.Errorf("%s is not equal", name)
		}
	}
	for name, got := range map[string]bool{
		"another string":    Hide("a").Equal(Hide("b")),
		"a zero value":      Hide("a").Equal(Sensitive[string]{}),
		"another list":      Hide([]string{"a"}).Equal(Hide([]string{"a", "b"})),
		"another time":      Hide(now).Equal(Hide(now.Add(1))),
		"reflect.DeepEqual": reflect.DeepEqual(Hide("a"), Hide("a")), // as documented
	} {
		if got {
			t.Errorf("%s is equal", name)
		}
	}
}

func TestReveal(t *testing.T) {
	if got := newCardRefused("Bank", secret).CardNumber.Reveal(); got != secret {
		t.Errorf("the param is %q", got)
	}
	if got := (Sensitive[time.Duration]{}).Reveal(); got != 0 {
		t.Errorf("the zero value is %v", got)
	}
	if got := new(CardRefusedError).CardNumber.Reveal(); got != "" {
		t.Errorf("the param of a zero struct is %q", got)
	}
	if got := new(CardRefusedError).CardNumber.String(); got != "[redacted]" {
		t.Errorf("the param of a zero struct is %s", got)
	}
}
