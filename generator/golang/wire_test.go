package golang

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/errcat/errcat/generated/smileid"
	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// withParams returns an empty target for errors.As, and the error with text as
// the value of each param. For an error without params it returns nil.
func withParams(code smileid.Code, text string) (target any, err error) {
	switch code {
	case smileid.EnrolledUserDisabled:
		return new(*smileid.EnrolledUserDisabledError), smileid.NewEnrolledUserDisabled(text)
	case smileid.EnrolledUserDeleted:
		return new(*smileid.EnrolledUserDeletedError), smileid.NewEnrolledUserDeleted(text)
	case smileid.WrongUserID:
		return new(*smileid.WrongUserIDError), smileid.NewWrongUserID(text)
	case smileid.InvalidJobType:
		return new(*smileid.InvalidJobTypeError), smileid.NewInvalidJobType(text)
	case smileid.RequiredParameterMissing:
		return new(*smileid.RequiredParameterMissingError), smileid.NewRequiredParameterMissing(text)
	case smileid.JobAlreadyExists:
		return new(*smileid.JobAlreadyExistsError), smileid.NewJobAlreadyExists(text)
	case smileid.NoPhotoOnFile:
		return new(*smileid.NoPhotoOnFileError), smileid.NewNoPhotoOnFile(text)
	case smileid.InvalidIDType:
		return new(*smileid.InvalidIDTypeError), &smileid.InvalidIDTypeError{Country: text, IDType: text}
	}
	return nil, nil
}

// Every error of this repository's catalog is the same error on the client as on
// the server.
func TestEveryErrorOverHTTP(t *testing.T) {
	source, err := os.ReadFile("../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	for i, e := range load.Source(t, source).Errors {
		sent := map[string]error{"code": smileid.Code(e.Code)}
		for name, text := range map[string]string{"example": "user-42", "empty": "", "hostile": "</script>\r\nX: \x1b\u202e\"\\"} {
			if _, err := withParams(smileid.Code(e.Code), text); err != nil {
				sent[name] = err
			}
		}
		if e.HasStruct() != (len(sent) > 1) {
			t.Errorf("%s is sent in %d forms", e.Name, len(sent))
		}
		for name, want := range sent {
			path := fmt.Sprintf("/%d/%s", i, name)
			mux.HandleFunc(path, smileid.Handler(func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("doing: %w", want) }))
			resp, err := server.Client().Get(server.URL + path)
			if err != nil {
				t.Fatal(err)
			}
			got := smileid.ReadProblem(resp)
			if err := resp.Body.Close(); err != nil {
				t.Error(err)
			}
			checkArrived(t, e, got, want)
		}
	}
}

// checkArrived compares the error on the client with that on the server.
func checkArrived(t *testing.T, e *catalog.Error, got, want error) {
	t.Helper()
	var p *smileid.Problem
	if !errors.As(got, &p) || p.Code != smileid.Code(e.Code) || p.Status != e.HTTPStatus || p.Title != e.Title ||
		p.Type != "https://docs.usesmileid.com/further-reading/result-codes/error-codes#"+e.Code {
		t.Errorf("%s arrives as %+v", e.Name, p)
	}
	if !errors.Is(got, smileid.Code(e.Code)) || got.Error() != want.Error() || smileid.HTTPStatus(got) != e.HTTPStatus {
		t.Errorf("%v arrives as %v", want, got)
	}
	if target, _ := withParams(p.Code, ""); reflect.TypeOf(want).Kind() == reflect.Pointer {
		if !errors.As(got, target) || !reflect.DeepEqual(reflect.ValueOf(target).Elem().Interface(), any(want)) {
			t.Errorf("%#v arrives as %#v", want, reflect.ValueOf(target).Elem().Interface())
		}
	}
}

// Any body becomes an error with working methods, which a gateway can pass on.
func FuzzParseProblem(f *testing.F) {
	body, err := json.Marshal(smileid.ProblemOf(smileid.WithErrors(smileid.NewWrongUserID("user-42"), smileid.FieldError{Pointer: "/user_id", Detail: "is taken"})))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	for _, seed := range []string{
		"", "null", "[]", "{", `{"code":"2405"}`, `{"code":2209}`, `{"code":2.209e3,"user_id":"a"}`, `{"code":-32700}`, `{"code":9007199254740992}`, `{"code":1.5}`, `{"code":-0}`, `{"code":"2209","user_id":7}`, `{"code":"2209","user_id":"a","user_id":"b"}`, "<html>", "\xff", "\ufeff{}",
		`{"code":"2414","country":null,"id_type":"\ud800"}`, `{"status":1e3,"errors":[{"pointer":"/a"},7]}`, `{"code":"2209","x":1e999,"y":{"a":[]}}`,
		`{"code":"` + strings.Repeat("9", 400) + `"}`, strings.Repeat(`{"a":`, 20_000), strings.Repeat("[", 20_000), `{"code":"2209"} trailing`, `{"code":"2209","-":"x","":"y"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		err := smileid.ParseProblem(body)
		var p *smileid.Problem
		if !errors.As(err, &p) || err.Error() == "" || p.Type == "" {
			t.Fatalf("%q gives %#v", body, err)
		}
		code, ok := smileid.CodeOf(err)
		if ok != (p.Code != "") || code != p.Code || ok != errors.Is(err, p.Code) {
			t.Errorf("%q has the code %q, CodeOf gives %q, %t", body, string(p.Code), string(code), ok)
		}
		target, _ := withParams(p.Code, "")
		if target != nil && !errors.As(err, target) {
			t.Errorf("%q does not become a %T", body, target)
		}
		if len(p.LogValue().Group()) == 0 {
			t.Errorf("%q is logged as nothing", body)
		}

		sent, merr := json.Marshal(p)
		if merr != nil {
			t.Fatalf("%q cannot be sent: %v", body, merr)
		}
		var again *smileid.Problem
		if !errors.As(smileid.ParseProblem(sent), &again) || again.Code != p.Code || again.Detail != p.Detail || len(again.Extensions) != len(p.Extensions) || len(again.Errors) != len(p.Errors) {
			t.Errorf("%q becomes %+v, sent as %s it becomes %+v", body, p, sent, again)
		}

		w := httptest.NewRecorder()
		smileid.WriteProblem(w, nil, err)
		known := code.Name() != ""
		if passed := smileid.ReadProblem(w.Result()); w.Code != smileid.HTTPStatus(err) || known != errors.Is(passed, p.Code) && p.Code != smileid.SystemError {
			t.Errorf("%q is passed on as %d %s", body, w.Code, w.Body)
		}
		if resp := smileid.ReadProblem(&http.Response{StatusCode: 500, Body: io.NopCloser(w.Body)}); resp == nil {
			t.Error("ReadProblem gives no error")
		}
	})
}
