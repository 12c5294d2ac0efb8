package fixed

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

const problemJSON = "application/problem+json"

func TestWriteProblem(t *testing.T) {
	closed := body(t, OrderClosed)
	tests := []struct {
		name, method string
		err          error
		status       int
		header       http.Header
		body         string
	}{
		{"nil", "GET", nil, 200, http.Header{}, ""},
		{"no request", "", OrderClosed, 409, http.Header{"Content-Type": {problemJSON}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}, closed},
		{"GET", "GET", OrderClosed, 409, http.Header{"Content-Type": {problemJSON}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}, closed},
		{"HEAD", "HEAD", OrderClosed, 409, http.Header{"Content-Type": {problemJSON}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}, "Content-Length": {strconv.Itoa(len(closed))}}, ""},
		{"Retry-After", "GET", ServerFailed, 500, http.Header{"Content-Type": {problemJSON}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}, "Retry-After": {"90"}}, body(t, ServerFailed)},
		{"Retry-After is rounded up", "HEAD", &Problem{Code: NoContent, RetryAfter: 1}, 204, http.Header{"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}, "Retry-After": {"1"}}, ""},
		{"204", "GET", NoContent, 204, http.Header{"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}, ""},
		{"205", "GET", ResetContent, 205, http.Header{"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}, ""},
		{"304", "GET", NotModified, 304, http.Header{"Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}, ""},
		{"below 200", "GET", EarlyHints, 500, http.Header{"Content-Type": {problemJSON}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"}}, body(t, EarlyHints)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			var r *http.Request
			if test.method != "" {
				r = httptest.NewRequest(test.method, "/", nil)
			}
			WriteProblem(w, r, test.err)
			if w.Code != test.status || w.Body.String() != test.body || !reflect.DeepEqual(w.Header(), test.header) {
				t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
			}
		})
	}
}

// Headers that a handler set for another body do not describe the problem.
func TestStaleHeaders(t *testing.T) {
	w := httptest.NewRecorder()
	for _, name := range []string{
		"Accept-Ranges", "Cache-Control", "Content-Digest", "Content-Disposition", "Content-Language", "Content-Length", "Content-Location", "Content-MD5",
		"Content-Range", "Content-Type", "Digest", "ETag", "Expires", "Last-Modified", "Pragma", "Repr-Digest",
	} {
		w.Header().Set(name, "stale")
	}
	for _, name := range []string{"Content-Encoding", "Retry-After", "Set-Cookie", "Vary", "X-Request-Id"} {
		w.Header().Set(name, "kept")
	}
	WriteProblem(w, nil, ServerFailed)
	want := http.Header{
		"Content-Type": {problemJSON}, "Cache-Control": {"no-store"}, "X-Content-Type-Options": {"nosniff"},
		"Content-Encoding": {"kept"}, "Retry-After": {"kept"}, "Set-Cookie": {"kept"}, "Vary": {"kept"}, "X-Request-Id": {"kept"},
	}
	if !reflect.DeepEqual(w.Header(), want) {
		t.Errorf("got %v, want %v", w.Header(), want)
	}
}

// failing is a source that cannot be read.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Handler does not change a response that has begun.
func TestHandler(t *testing.T) {
	problem := body(t, OrderClosed)
	long := strings.Repeat("x", 2000)
	tests := []struct {
		name   string
		handle func(w http.ResponseWriter)
		status int
		body   string
	}{
		{"nothing", func(http.ResponseWriter) {}, 409, problem},
		{"a header", func(w http.ResponseWriter) { w.Header().Set("X-A", "b") }, 409, problem},
		{"early hints", func(w http.ResponseWriter) { w.WriteHeader(103) }, 409, problem},
		{"199", func(w http.ResponseWriter) { w.WriteHeader(199) }, 409, problem},
		{"status 200", func(w http.ResponseWriter) { w.WriteHeader(200) }, 200, ""},
		{"status 202", func(w http.ResponseWriter) { w.WriteHeader(202) }, 202, ""},
		{"status 101", func(w http.ResponseWriter) { w.WriteHeader(101) }, 101, ""},
		{"a body", func(w http.ResponseWriter) { _, _ = io.WriteString(w, "half") }, 200, "half"},
		{"an empty body", func(w http.ResponseWriter) { _, _ = w.Write(nil) }, 200, ""},
		{"flush", func(w http.ResponseWriter) { w.(http.Flusher).Flush() }, 200, ""},
		{"flush by the controller", func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }, 200, ""},
		{"copy", func(w http.ResponseWriter) {
			if n, err := io.Copy(w, strings.NewReader(long)); n != 2000 || err != nil {
				t.Errorf("copied %d, %v", n, err)
			}
		}, 200, long},
		{"copy nothing", func(w http.ResponseWriter) {
			if n, err := w.(io.ReaderFrom).ReadFrom(strings.NewReader("")); n != 0 || err != nil {
				t.Errorf("copied %d, %v", n, err)
			}
		}, 409, problem},
		{"copy fails", func(w http.ResponseWriter) {
			if n, err := w.(io.ReaderFrom).ReadFrom(failing{}); n != 0 || err != io.ErrUnexpectedEOF {
				t.Errorf("copied %d, %v", n, err)
			}
		}, 409, problem},
		{"copy fails later", func(w http.ResponseWriter) {
			if n, err := w.(io.ReaderFrom).ReadFrom(io.MultiReader(strings.NewReader("half"), failing{})); n != 4 || err != io.ErrUnexpectedEOF {
				t.Errorf("copied %d, %v", n, err)
			}
		}, 200, "half"},
		{"a problem", func(w http.ResponseWriter) { WriteProblem(w, nil, OtherHash) }, 410, body(t, OtherHash)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := &recorder{header: make(http.Header)}
			r := httptest.NewRequest("GET", "/", nil)
			var seen []error
			observer := func(got *http.Request, err error) {
				if got != r {
					t.Error("the observer gets another request")
				}
				seen = append(seen, err)
			}
			Handler(func(w http.ResponseWriter, _ *http.Request) error { test.handle(w); return OrderClosed }, Observe(observer), Observe(observer))(w, r)
			if w.status != test.status || string(w.body) != test.body {
				t.Errorf("got %d %s, want %d %s", w.status, w.body, test.status, test.body)
			}
			if !reflect.DeepEqual(seen, []error{OrderClosed, OrderClosed}) {
				t.Errorf("the observers get %v", seen)
			}
		})
	}
}

// A copy whose first bytes cannot be written reports that, and reads no more.
func TestReadFromWriteError(t *testing.T) {
	src := strings.NewReader(strings.Repeat("x", 2000))
	w := &response{ResponseWriter: broken{}}
	if n, err := w.ReadFrom(src); n != 3 || err != io.ErrClosedPipe || !w.begun || src.Len() != 2000-512 {
		t.Errorf("copied %d, %v, begun %t, %d bytes left", n, err, w.begun, src.Len())
	}
}

// broken is a writer that fails after 3 bytes.
type broken struct{ http.ResponseWriter }

func (broken) Header() http.Header       { return nil }
func (broken) Write([]byte) (int, error) { return 3, io.ErrClosedPipe }

// recorder is a response as a client gets it: informational statuses do not
// begin it, and only the first other status counts.
type recorder struct {
	header http.Header
	status int
	body   []byte
}

func (w *recorder) Header() http.Header { return w.header }
func (w *recorder) Flush()              { w.WriteHeader(200) }
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && (status >= 200 || status == 101) {
		w.status = status
	}
}
func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(200)
	w.body = append(w.body, b...)
	return len(b), nil
}

func TestHandlerSuccess(t *testing.T) {
	w := httptest.NewRecorder()
	Handler(func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "fine")
		return err
	}, Observe(func(_ *http.Request, err error) { t.Errorf("the observer gets %v", err) }))(w, nil)
	if w.Code != 200 || w.Body.String() != "fine" || len(w.Header()) != 1 {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
}

// hijackable is a writer whose connection can be taken over, or not.
type hijackable struct {
	http.ResponseWriter
	err error
}

func (w hijackable) Hijack() (net.Conn, *bufio.ReadWriter, error) { return nil, nil, w.err }

func TestHandlerHijack(t *testing.T) {
	for _, test := range []struct {
		err    error
		status int
	}{{nil, 200}, {io.EOF, 409}} {
		w := httptest.NewRecorder()
		Handler(func(w http.ResponseWriter, _ *http.Request) error {
			if _, _, err := w.(http.Hijacker).Hijack(); err != test.err {
				t.Errorf("Hijack gives %v, want %v", err, test.err)
			}
			return OrderClosed
		})(hijackable{w, test.err}, nil)
		if w.Code != test.status {
			t.Errorf("if Hijack gives %v, the status is %d, want %d", test.err, w.Code, test.status)
		}
	}
}

// The writer that a handler gets has the optional methods of the underlying
// writer.
func TestHandlerMethods(t *testing.T) {
	type plain struct{ http.ResponseWriter }
	below := httptest.NewRecorder()
	tests := []struct {
		w                http.ResponseWriter
		flushes, hijacks bool
	}{
		{plain{below}, false, false},
		{below, true, false},
		{hijackable{ResponseWriter: below}, false, true},
		{struct {
			hijackable
			http.Flusher
		}{hijackable{ResponseWriter: below}, below}, true, true},
	}
	for _, test := range tests {
		Handler(func(w http.ResponseWriter, _ *http.Request) error {
			_, flushes := w.(http.Flusher)
			_, hijacks := w.(http.Hijacker)
			_, copies := w.(io.ReaderFrom)
			if flushes != test.flushes || hijacks != test.hijacks || !copies {
				t.Errorf("%T: Flusher %t, Hijacker %t, ReaderFrom %t", test.w, flushes, hijacks, copies)
			}
			if got := w.(interface{ Unwrap() http.ResponseWriter }).Unwrap(); got != test.w {
				t.Errorf("%T: Unwrap gives a %T", test.w, got)
			}
			return nil
		})(test.w, nil)
	}
	w := httptest.NewRecorder()
	Handler(func(w http.ResponseWriter, _ *http.Request) error {
		if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("Flush gives %v", err)
		}
		return OrderClosed
	})(plain{w}, nil)
	if w.Code != 409 {
		t.Errorf("a flush that is not supported begins the response: %d", w.Code)
	}
}

func TestReadProblem(t *testing.T) {
	const closed = `{"type":"about:blank","title":"T","status":418,"detail":"D","code":"200"}`
	header := func(pairs ...string) http.Header {
		h := make(http.Header)
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	blank := func(status int, retry time.Duration) *Problem {
		return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, RetryAfter: retry}
	}
	whole := func(status int) *Problem {
		return &Problem{Type: "about:blank", Title: "T", Status: status, Detail: "D", Code: OrderClosed}
	}
	tests := []struct {
		name   string
		status int
		header http.Header
		body   string
		want   *Problem // nil for no error
	}{
		{"success", 200, header("Content-Type", "application/json"), closed, nil},
		{"redirect", 399, nil, closed, nil},
		{"success with a problem", 200, header("Content-Type", "Application/Problem+JSON; charset=utf-8"), closed, whole(200)},
		{"problem", 409, nil, closed, whole(409)},
		{"400", 400, nil, "", blank(400, 0)},
		{"page of a proxy", 502, header("Content-Type", "text/html"), "<html>", blank(502, 0)},
		{"unknown status", 599, nil, "", blank(599, 0)},
		{"seconds", 503, header("Retry-After", "7"), "", blank(503, 7*time.Second)},
		{"negative seconds", 503, header("Retry-After", "-7"), "", blank(503, 0)},
		{"too many seconds", 503, header("Retry-After", "2147483648"), "", blank(503, 0)},
		{"most seconds", 503, header("Retry-After", "2147483647"), "", blank(503, 2147483647*time.Second)},
		{"date", 503, header("Retry-After", "Mon, 01 Jan 2024 00:01:30 GMT", "Date", "Mon, 01 Jan 2024 00:00:00 GMT"), "", blank(503, 90*time.Second)},
		{"date in the past", 503, header("Retry-After", "Mon, 01 Jan 2024 00:00:00 GMT"), "", blank(503, 0)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := ReadProblem(&http.Response{StatusCode: test.status, Header: test.header, Body: io.NopCloser(strings.NewReader(test.body))})
			got, _ := err.(*Problem)
			if !reflect.DeepEqual(got, test.want) || (err == nil) != (test.want == nil) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
	if err := ReadProblem(&http.Response{StatusCode: 500}); err == nil || err.Error() != "500: Internal Server Error" {
		t.Errorf("without a body: %v", err)
	}
}

// Without a Date, a date in Retry-After counts from now.
func TestReadRetryAfterWithoutDate(t *testing.T) {
	until := time.Now().Add(time.Hour).Truncate(time.Second)
	most := time.Until(until)
	got := readRetryAfter(http.Header{"Retry-After": {until.UTC().Format(http.TimeFormat)}})
	if least := time.Until(until); got < least || got > most {
		t.Errorf("got %v, want %v to %v", got, least, most)
	}
}

// At most 1 MiB of a body is read.
func TestReadProblemLimit(t *testing.T) {
	src := &endless{head: `{"code":"200","x":"`}
	if err := ReadProblem(&http.Response{StatusCode: 409, Body: io.NopCloser(src)}); !errors.Is(err, OrderClosed) {
		t.Errorf("got %v", err)
	}
	if src.read > 2<<20 {
		t.Errorf("%d bytes were read", src.read)
	}
}

// endless is a source that never ends.
type endless struct {
	head string
	read int
}

func (e *endless) Read(b []byte) (int, error) {
	n := copy(b, e.head)
	e.head = e.head[n:]
	for i := n; i < len(b); i++ {
		b[i] = 'x'
	}
	e.read += len(b)
	return len(b), nil
}
