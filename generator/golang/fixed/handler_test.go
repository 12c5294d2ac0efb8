package fixed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestMapError(t *testing.T) {
	options := []HandlerOption{
		MapError(context.Canceled, OrderClosed),
		MapError((*http.MaxBytesError)(nil), OtherHash),
		MapError(context.Canceled, SameHash),
		MapError(io.ErrUnexpectedEOF, DatabaseDown),
	}
	for _, test := range []struct {
		name     string
		err      error
		code     Code
		observed Code
		instance string
	}{
		{"target", context.Canceled, OrderClosed, OrderClosed, ""},
		{"wrapped", fmt.Errorf("a: %w", context.Canceled), OrderClosed, OrderClosed, ""},
		{"type", fmt.Errorf("a: %w", &http.MaxBytesError{Limit: 1}), OtherHash, OtherHash, ""},
		{"with an instance", WithInstance(fmt.Errorf("a: %w", context.Canceled), "/1"), OrderClosed, OrderClosed, "/1"},
		{"an internal code", io.ErrUnexpectedEOF, ServerFailed, DatabaseDown, ""},
		{"not mapped", io.EOF, ServerFailed, "", ""},
		{"in the catalog", fmt.Errorf("%w: %w", context.Canceled, SameHash), SameHash, SameHash, ""},
		{"internal", WithCause(DatabaseDown, context.Canceled), ServerFailed, DatabaseDown, ""},
		{"of another package", fmt.Errorf("%w: %w", context.Canceled, otherCode("1")), "", "", ""},
	} {
		var seen error
		w := httptest.NewRecorder()
		observer := Observe(func(_ *http.Request, err error) { seen = err })
		Handler(func(http.ResponseWriter, *http.Request) error { return test.err }, append(options, observer)...)(w, httptest.NewRequest("GET", "/", nil))
		var p *Problem
		if !errors.As(ReadProblem(w.Result()), &p) || p.Code != test.code || p.Instance != test.instance || strings.Contains(w.Body.String(), "context") {
			t.Errorf("%s: got %s", test.name, w.Body)
		}
		if code, _ := CodeOf(seen); !errors.Is(seen, test.err) || code != test.observed {
			t.Errorf("%s: the observer gets %+v", test.name, seen)
		}
	}
}

// An encoding that a handler set for its own body is not that of the problem; one
// that a middleware set is.
func TestContentEncoding(t *testing.T) {
	for _, before := range [][]string{nil, {"gzip"}, {"gzip", "br"}} {
		w := httptest.NewRecorder()
		if before != nil {
			w.Header()["Content-Encoding"] = before
		}
		Handler(func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Content-Encoding", "zstd")
			return OrderClosed
		})(w, httptest.NewRequest("HEAD", "/", nil))
		if got := w.Header()["Content-Encoding"]; !reflect.DeepEqual(got, before) {
			t.Errorf("after %q, the encoding is %q", before, got)
		}
		if _, has := w.Header()["Content-Encoding"]; has != (before != nil) {
			t.Errorf("after %q, there is an encoding: %t", before, has)
		}
		if hasLength := w.Header().Get("Content-Length") != ""; hasLength != (before == nil) {
			t.Errorf("with the encoding %q, the length is %q", before, w.Header().Get("Content-Length"))
		}
	}
}

// A header Retry-After that the handler set wins over that of the error.
func TestRetryAfterOfHandler(t *testing.T) {
	for name, test := range map[string]struct {
		header string
		err    error
		want   time.Duration
	}{
		"catalog":      {"", ServerFailed, 90 * time.Second},
		"error":        {"", WithRetryAfter(ServerFailed, 1500*time.Millisecond), 2 * time.Second},
		"handler":      {"5", WithRetryAfter(ServerFailed, time.Second), 5 * time.Second},
		"hidden error": {"", WithRetryAfter(DatabaseDown, time.Second), 90 * time.Second},
	} {
		w := httptest.NewRecorder()
		Handler(func(w http.ResponseWriter, _ *http.Request) error {
			if test.header != "" {
				w.Header().Set("Retry-After", test.header)
			}
			return test.err
		})(w, nil)
		if got := RetryAfterOf(ReadProblem(w.Result())); got != test.want {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

// A client never takes a part of a body for the whole, and the handler runs once
// whatever the connection is.
func TestTruncatedAnswer(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	write := func(body string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
	}
	for _, test := range []struct {
		name, method string
		handle       func(http.ResponseWriter, *http.Request)
		options      []HandlerOption
		status       int // 0 for a response that the client cannot read to its end
		body         string
	}{
		{"short", "GET", write("half"), nil, 0, ""},
		{"long", "GET", write(long), nil, 0, ""},
		{"POST", "POST", write("half"), nil, 0, ""},
		{"status 201", "GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(201); _, _ = w.Write([]byte("half")) }, nil, 0, ""},
		{"flushed", "GET", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			w.(http.Flusher).Flush()
		}, nil, 0, ""},
		{"copied", "GET", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.Copy(w, strings.NewReader("half")) }, nil, 0, ""},
		{"kept by the option", "GET", write("half"), []HandlerOption{KeepTruncated()}, 200, "half"},
		{"HEAD", "HEAD", write("half"), nil, 200, ""},
		{"no body", "GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }, nil, 200, ""},
		{"204", "GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, nil, 204, ""},
		{"204 with a body", "GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204); _, _ = w.Write([]byte("x")) }, nil, 204, ""},
		{"304 with a body", "GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304); _, _ = w.Write([]byte("x")) }, nil, 304, ""},
		{"early hints", "GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); _, _ = w.Write([]byte("half")) }, nil, 0, ""},
		{"a handler in it", "GET", func(w http.ResponseWriter, r *http.Request) {
			Handler(func(w http.ResponseWriter, _ *http.Request) error { write("half")(w, nil); return OrderClosed })(w, r)
		}, nil, 0, ""},
		{"a handler in it that answers", "GET", func(w http.ResponseWriter, r *http.Request) {
			Handler(func(http.ResponseWriter, *http.Request) error { return OtherHash })(w, r)
		}, nil, 410, body(t, OtherHash)},
		{"behind a time limit", "GET", func(w http.ResponseWriter, r *http.Request) {
			http.TimeoutHandler(Handler(func(http.ResponseWriter, *http.Request) error { return OtherHash }), time.Hour, "").ServeHTTP(w, r)
		}, nil, 410, body(t, OtherHash)},
		{"http.Error", "GET", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "bad", 400) }, nil, 400, "bad\n"},
		{"redirect", "GET", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/x", http.StatusSeeOther) }, nil, 303, "<a href=\"/x\">See Other</a>.\n\n"},
		{"finished body", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "4")
			_, _ = io.WriteString(w, "full")
		}, nil, 200, "full"},
		{"finished in two copies", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10000")
			_, _ = io.Copy(w, strings.NewReader(long))
		}, nil, 200, long},
		{"shorter than its length", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5")
			_, _ = io.WriteString(w, "half")
		}, nil, 0, ""},
		{"without the body of its length", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5")
			w.WriteHeader(200)
		}, nil, 0, ""},
		{"length that is none", "GET", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "four")
			_, _ = io.WriteString(w, "half")
		}, nil, 0, ""},
		{"length and HEAD", "HEAD", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5")
			w.WriteHeader(200)
		}, nil, 200, ""},
		{"a problem", "GET", func(w http.ResponseWriter, r *http.Request) { WriteProblem(w, r, OtherHash) }, nil, 410, body(t, OtherHash)},
	} {
		for _, version := range []string{"HTTP/1.1", "HTTP/2.0"} {
			t.Run(test.name+" "+version, func(t *testing.T) {
				var runs atomic.Int64
				mux := http.NewServeMux()
				mux.HandleFunc("/", Handler(func(w http.ResponseWriter, r *http.Request) error {
					runs.Add(1)
					test.handle(w, r)
					return OrderClosed
				}, test.options...))
				mux.HandleFunc("/warm", func(http.ResponseWriter, *http.Request) {})
				client, url := serveHTTP(t, mux, version)
				resp, err := client.Get(url + "/warm") // now the connection is kept alive
				if err != nil {
					t.Fatal(err)
				}
				_ = resp.Body.Close()

				req, err := http.NewRequest(test.method, url, nil)
				if err != nil {
					t.Fatal(err)
				}
				resp, err = client.Do(req)
				if err != nil {
					t.Fatalf("the client gets no response: %v", err)
				}
				defer resp.Body.Close()
				got, err := io.ReadAll(resp.Body)
				if isCut := err != nil; isCut != (test.status == 0) || !isCut && (resp.StatusCode != test.status || string(got) != test.body) {
					t.Errorf("got %s %q, %v", resp.Status, got, err)
				}
				if resp.Proto != version || runs.Load() != 1 {
					t.Errorf("%s: the handler ran %d times", resp.Proto, runs.Load())
				}
			})
		}
	}
}

// serveHTTP returns a client and the address of a server that speaks a version
// of HTTP.
func serveHTTP(t *testing.T, h http.Handler, version string) (*http.Client, string) {
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	if server.EnableHTTP2 = version == "HTTP/2.0"; server.EnableHTTP2 {
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client, server.URL
}

// Within http.TimeoutHandler, nothing can be flushed.
func TestTruncatedAnswerWithTimeLimit(t *testing.T) {
	handle := Handler(func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = io.WriteString(w, "half")
		return OrderClosed
	})
	client, url := serveHTTP(t, http.TimeoutHandler(handle, time.Hour, ""), "HTTP/1.1")
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != 200 || string(body) != "half" {
		t.Errorf("got %s %q, %v", resp.Status, body, err)
	}
}

// Outside of a server, and where nothing can be flushed, a response that has
// begun stays as it is. A panic of the handler is left to the server.
func TestHandlerDoesNotAbort(t *testing.T) {
	half := func(w http.ResponseWriter, _ *http.Request) error {
		_, _ = io.WriteString(w, "half")
		return OrderClosed
	}
	w := httptest.NewRecorder()
	Handler(half)(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != 200 || w.Body.String() != "half" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}

	inServer := httptest.NewRequest("GET", "/", nil)
	inServer = inServer.WithContext(context.WithValue(inServer.Context(), http.ServerContextKey, new(http.Server)))
	inServer.Method = "HEAD"
	Handler(half)(httptest.NewRecorder(), inServer)
	inServer.Method = "GET"
	w = httptest.NewRecorder()
	Handler(half)(struct{ http.ResponseWriter }{w}, inServer)
	if w.Code != 200 || w.Body.String() != "half" {
		t.Errorf("without Flush: got %d %s", w.Code, w.Body)
	}

	w = httptest.NewRecorder()
	Handler(half)(w, nil)
	if w.Code != 200 || w.Body.String() != "half" {
		t.Errorf("without a request: got %d %s", w.Code, w.Body)
	}

	defer func() {
		if got := recover(); got != "panic of the handler" {
			t.Errorf("the server gets %v", got)
		}
	}()
	Handler(func(http.ResponseWriter, *http.Request) error { panic("panic of the handler") })(w, inServer)
}
