package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/errcat/errcat/generated/smileid"
)

// buffer is a log that can be read while it is written to.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// The client recognizes every error that the demo returns.
func TestErrors(t *testing.T) {
	const (
		good   = `{"user_id":"user-1","job_id":"job-7","job_type":5,"country":"NG","id_type":"PASSPORT"}`
		bearer = "Bearer " + token
	)
	replace := func(old, to string) string { return strings.Replace(good, old, to, 1) }
	tests := []struct {
		request, authorization, body string
		want                         error // nil for success
		status                       int
	}{
		{"POST /enroll", "", good, smileid.NotAuthorized, 401},
		{"POST /enroll", "Basic x", good, smileid.NotAuthorized, 401},
		{"POST /enroll", "Bearer x", good, smileid.InvalidToken, 401},
		{"POST /enroll", bearer, `{"user_id":`, smileid.InvalidJSON, 400},
		{"POST /enroll", bearer, ``, smileid.InvalidJSON, 400},
		{"POST /enroll", bearer, `[]`, smileid.WrongDataType, 422},
		{"POST /enroll", bearer, replace(`5`, `"5"`), smileid.WrongDataType, 422},
		{"POST /enroll", bearer, `{}`, smileid.NewRequiredParameterMissing("user_id"), 422},
		{"POST /enroll", bearer, replace(`job-7`, ``), smileid.NewRequiredParameterMissing("job_id"), 422},
		{"POST /enroll", bearer, replace(`5`, `6`), smileid.NewInvalidJobType("6"), 422},
		{"POST /enroll", bearer, replace(`NG`, `XX`), &smileid.InvalidIDTypeError{Country: "XX", IDType: "PASSPORT"}, 422},
		{"POST /enroll", bearer, replace(`user-1`, `user-42`), smileid.NewWrongUserID("user-42"), 409},
		{"GET /users/user-1", bearer, "", smileid.NoEnrolledUserFound, 404},
		{"POST /enroll", bearer, good, nil, 201},
		{"GET /users/user-1", bearer, "", nil, 200},
		{"POST /enroll", bearer, replace(`user-1`, `user-2`), smileid.NewJobAlreadyExists("job-7"), 409},
		{"GET /users/user-1/photo", bearer, "", smileid.NewNoPhotoOnFile("user-1"), 409},
		{"POST /users/user-1/disable", bearer, "", nil, 204},
		{"GET /users/user-1", bearer, "", smileid.NewEnrolledUserDisabled("user-1"), 403},
		{"DELETE /users/user-42", bearer, "", nil, 204},
		{"GET /users/user-42/photo", bearer, "", smileid.NewEnrolledUserDeleted("user-42"), 410},
	}
	var log buffer
	server := httptest.NewServer(newService(slog.New(slog.NewTextHandler(&log, nil))).routes())
	defer server.Close()
	failures := 0
	for _, test := range tests {
		method, path, _ := strings.Cut(test.request, " ")
		resp, got := call(t, method, server.URL+path, test.authorization, test.body)
		if resp.StatusCode != test.status {
			t.Errorf("%s %s: status %d, want %d", test.request, test.body, resp.StatusCode, test.status)
		}
		if test.want == nil {
			if got != nil {
				t.Errorf("%s: %v", test.request, got)
			}
			continue
		}
		failures++
		code, _ := smileid.CodeOf(test.want)
		if got == nil || got.Error() != test.want.Error() || !errors.Is(got, code) {
			t.Errorf("%s %s: got %v, want %v", test.request, test.body, got, test.want)
		}
	}
	if got := strings.Count(log.String(), "request failed"); got != failures {
		t.Errorf("%d of %d errors are in the log", got, failures)
	}
	if !strings.Contains(log.String(), "err.code=2203") || !strings.Contains(log.String(), `err.cause="unexpected EOF"`) || !strings.Contains(log.String(), "err.params.job_id=job-7") {
		t.Errorf("the log is\n%s", log.String())
	}
}

// call sends a request, and returns the response and its error.
func call(t *testing.T, method, url, authorization, body string) (*http.Response, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}()
	return resp, smileid.ReadProblem(resp)
}

// All missing fields are reported at once.
func TestFieldErrors(t *testing.T) {
	server := httptest.NewServer(newService(slog.New(slog.NewTextHandler(io.Discard, nil))).routes())
	defer server.Close()
	_, err := call(t, "POST", server.URL+"/enroll", "Bearer "+token, `{"user_id":"user-1","job_type":5,"country":"NG"}`)
	var p *smileid.Problem
	if !errors.As(err, &p) || len(p.Errors) != 2 || p.Errors[0].Pointer != "/job_id" || p.Errors[1].Pointer != "/id_type" {
		t.Errorf("got %+v", p)
	}
}

func TestRun(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var log buffer
	done := make(chan error, 1)
	go func() { done <- run(ctx, "127.0.0.1:0", slog.New(slog.NewTextHandler(&log, nil))) }()
	address := regexp.MustCompile(`url=(http://\S+)`)
	var url string
	for url == "" {
		if m := address.FindStringSubmatch(log.String()); m != nil {
			url = m[1]
			break
		}
		select {
		case err := <-done:
			t.Fatalf("the service ended: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	if _, err := call(t, "GET", url+"/users/user-7", "Bearer "+token, ""); !errors.Is(err, smileid.NoEnrolledUserFound) {
		t.Errorf("got %v", err)
	}
	if err := run(context.Background(), strings.TrimPrefix(url, "http://"), slog.New(slog.NewTextHandler(io.Discard, nil))); err == nil {
		t.Error("an address that is in use is not an error")
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopping: %v", err)
	}
}
