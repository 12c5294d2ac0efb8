package fixed

import (
	"bufio"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"reflect"
	"strconv"
	"time"
)

// WriteProblem answers a request with the problem that [ProblemOf] makes from
// err. For nil it does nothing. The response has the status of the problem and
// must not be stored by caches. Headers that describe another body are removed,
// except for Content-Encoding, which a middleware sets that encodes what is
// written. A header Retry-After that is already set stays.
//
// A response to HEAD has headers only, and so has one with status 204, 205 or
// 304. A status below 200 would not end the response, so it becomes 500. r may
// be nil if there is no request at hand.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	if err == nil {
		return
	}
	p := ProblemOf(err)
	header := w.Header()
	for _, name := range staleHeaders {
		delete(header, name)
	}
	values := [...]string{"no-store", "nosniff", "application/problem+json"} // one allocation for all
	header["Cache-Control"] = values[0:1:1]
	header["X-Content-Type-Options"] = values[1:2:2]
	if _, isSet := header["Retry-After"]; !isSet && p.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(seconds(p.RetryAfter)))
	}
	switch p.Status {
	case http.StatusNoContent, http.StatusResetContent, http.StatusNotModified:
		w.WriteHeader(p.Status)
		return
	}
	body, _ := p.MarshalJSON()
	header["Content-Type"] = values[2:3:3]
	if r != nil && r.Method == http.MethodHead {
		if header.Get("Content-Encoding") == "" {
			header.Set("Content-Length", strconv.Itoa(len(body)))
		}
		body = nil
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

// staleHeaders describe the body that a handler wanted to write, in the form in
// which http.Header has them.
var staleHeaders = [...]string{
	"Accept-Ranges", "Content-Digest", "Content-Disposition", "Content-Language", "Content-Length", "Content-Location", "Content-Md5",
	"Content-Range", "Content-Type", "Digest", "Etag", "Expires", "Last-Modified", "Pragma", "Repr-Digest",
}

// Handler returns an HTTP handler that calls f. If f returns an error, the
// handler answers with [WriteProblem].
//
// If f has already begun to answer, the handler leaves the response as it is,
// with one exception: a client must not take the first part of a body for the
// whole. If the response has a status of 2xx and a body that is shorter than its
// Content-Length or has none, the handler sends what there is and panics with
// http.ErrAbortHandler, with which net/http breaks the connection (HTTP/1.1) or
// the stream (HTTP/2). It does so only in a server of net/http and if what was
// written can be flushed. [KeepTruncated] turns that off. A middleware that
// recovers from all panics must pass on http.ErrAbortHandler.
//
// Handler does not recover from panics of f.
func Handler(f func(http.ResponseWriter, *http.Request) error, options ...HandlerOption) http.HandlerFunc {
	var h handler
	for _, option := range options {
		option(&h)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		encoding := w.Header()["Content-Encoding"]
		res := &response{ResponseWriter: w}
		err := f(res.writer(), r)
		if err == nil {
			return
		}
		err = h.mapped(err)
		for _, observe := range h.observers {
			observe(r, err)
		}
		if res.begun {
			if !h.keepTruncated && res.isTruncated(r) && res.FlushError() == nil {
				panic(http.ErrAbortHandler)
			}
			return
		}
		// An encoding that f set is that of its own body.
		if w.Header()["Content-Encoding"] = encoding; encoding == nil {
			delete(w.Header(), "Content-Encoding")
		}
		WriteProblem(w, r, err)
	}
}

// A HandlerOption changes what [Handler] does.
type HandlerOption func(*handler)

// handler has the options of a [Handler].
type handler struct {
	observers     []func(*http.Request, error)
	mappings      []mapping
	keepTruncated bool
}

// mapping says which code a client sees for an error that is in no catalog.
type mapping struct {
	target error
	code   Code
}

// Observe makes [Handler] call f with every error that a handler returns, as
// [MapError] changes it, also if the response has begun. It is meant for logs
// and metrics.
func Observe(f func(*http.Request, error)) HandlerOption {
	return func(h *handler) { h.observers = append(h.observers, f) }
}

// MapError gives errors that are in no catalog a code: if a handler returns target
// or an error that wraps it, as errors.Is finds it, [Handler] does what it does
// for WithCause(code, err). A nil pointer stands for all errors of its type, as
// errors.As finds them. Of several that fit, the first counts.
//
//	MapError(context.DeadlineExceeded, TimedOut),
//	MapError((*http.MaxBytesError)(nil), TooLarge),
func MapError(target error, code Code) HandlerOption {
	return func(h *handler) { h.mappings = append(h.mappings, mapping{target, code}) }
}

// KeepTruncated makes [Handler] leave every response that has begun as it is.
func KeepTruncated() HandlerOption {
	return func(h *handler) { h.keepTruncated = true }
}

// mapped returns what counts instead of an error: the error itself if it is in a
// catalog or there is no mapping for it.
func (h *handler) mapped(err error) error {
	if len(h.mappings) == 0 || !serve(err, nil).isNone {
		return err
	}
	for _, m := range h.mappings {
		if m.fits(err) {
			return &withMembers{[1]error{WithCause(m.code, err)}, readMembers(lonelyMembers(err))}
		}
	}
	return err
}

// fits reports whether the mapping is for an error.
func (m mapping) fits(err error) bool {
	if v := reflect.ValueOf(m.target); v.Kind() == reflect.Pointer && v.IsNil() {
		return errors.As(err, reflect.New(v.Type()).Interface())
	}
	return errors.Is(err, m.target)
}

// response is an http.ResponseWriter that records how far the response is.
type response struct {
	http.ResponseWriter
	begun    bool  // nothing more can be said by status and headers
	takesAll bool  // the status is 2xx: a client takes what it gets for the whole
	length   int64 // of the body, by the header Content-Length, or -1
	written  int64
}

// begin records the status with which the response begins.
func (w *response) begin(status int) {
	if !w.begun {
		w.begun = true
		w.takesAll = status/100 == 2
		w.length = -1
		if n, err := strconv.ParseInt(w.Header().Get("Content-Length"), 10, 64); err == nil {
			w.length = n
		}
	}
}

// isTruncated reports whether a client would take what was written for the whole
// body of the response. A Content-Length does not always warn it: a middleware
// that compresses removes it.
func (w *response) isTruncated(r *http.Request) bool {
	isPart := w.written < w.length || w.length < 0 && w.written > 0
	return w.takesAll && isPart && r != nil && r.Method != http.MethodHead && r.Context().Value(http.ServerContextKey) != nil
}

// writer returns the response with those optional methods that the underlying
// writer has.
func (w *response) writer() http.ResponseWriter {
	_, flushes := w.ResponseWriter.(http.Flusher)
	_, hijacks := w.ResponseWriter.(http.Hijacker)
	switch {
	case flushes && hijacks:
		return struct {
			*response
			http.Flusher
			http.Hijacker
		}{w, flusher{w}, hijacker{w}}
	case flushes:
		return struct {
			*response
			http.Flusher
		}{w, flusher{w}}
	case hijacks:
		return struct {
			*response
			http.Hijacker
		}{w, hijacker{w}}
	}
	return w
}

// Unwrap returns the underlying writer, for http.ResponseController.
func (w *response) Unwrap() http.ResponseWriter {
	return w.ResponseWriter
}

// WriteHeader begins the response, unless the status is informational.
func (w *response) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		w.begin(status)
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write begins the response.
func (w *response) Write(b []byte) (int, error) {
	w.begin(http.StatusOK)
	n, err := w.ResponseWriter.Write(b)
	w.written += int64(n)
	return n, err
}

// ReadFrom begins the response as soon as src has data. The rest is left to the
// underlying writer, which may have a fast way to copy.
func (w *response) ReadFrom(src io.Reader) (int64, error) {
	first := make([]byte, 512)
	n, err := io.ReadAtLeast(src, first, 1)
	if err == io.EOF {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err = w.Write(first[:n])
	if err != nil {
		return int64(n), err
	}
	rest, err := io.Copy(w.ResponseWriter, src)
	w.written += rest
	return int64(n) + rest, err
}

// FlushError begins the response, for http.ResponseController.
func (w *response) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		w.begin(http.StatusOK)
	}
	return err
}

// flusher is a response that can be flushed.
type flusher struct {
	*response
}

// Flush begins the response.
func (w flusher) Flush() {
	_ = w.FlushError()
}

// hijacker is a response whose connection can be taken over.
type hijacker struct {
	*response
}

// Hijack hands over the connection. After that, nothing more is written to the
// response.
func (w hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffer, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.begin(http.StatusSwitchingProtocols)
	}
	return conn, buffer, err
}

// maxBody is the number of bytes of a body that are read.
const maxBody = 1 << 20

// ReadProblem returns the *[Problem] that a server answered with, as an error
// to compare with errors.Is and errors.As. It returns nil if the status is
// below 400, unless the Content-Type is application/problem+json.
//
// Whatever the body is (empty, truncated, or the error page of a proxy), the
// error has the status of the response, its Retry-After, and all members that
// could be read. ReadProblem reads at most 1 MiB, and leaves it to the caller
// to close the body.
func ReadProblem(resp *http.Response) error {
	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.StatusCode < 400 && mediaType != "application/problem+json" {
		return nil
	}
	p := new(Problem)
	if resp.Body != nil {
		body, _ := io.ReadAll(io.LimitReader(resp.Body, maxBody))
		_ = p.UnmarshalJSON(body)
	}
	p.Status = resp.StatusCode
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	p.RetryAfter = readRetryAfter(resp.Header)
	return p
}

// readRetryAfter returns the value of Retry-After, which is a number of seconds
// or a date.
func readRetryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	until, _ := http.ParseTime(value) // the zero time, which has passed, if it is no date
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, until.Sub(now))
}
