package fixed

import (
	"bufio"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"time"
)

// WriteProblem answers a request with the problem that [ProblemOf] makes from
// err. For nil it does nothing. The response has the status of the problem and
// must not be stored by caches. Headers that describe another body are removed.
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
	for _, stale := range [...]string{"Content-Length", "Content-Encoding", "Content-Range", "Content-Type", "Etag", "Last-Modified"} {
		header.Del(stale)
	}
	header.Set("Cache-Control", "no-store")
	if p.RetryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(seconds(p.RetryAfter)))
	}
	switch p.Status {
	case http.StatusNoContent, http.StatusResetContent, http.StatusNotModified:
		w.WriteHeader(p.Status)
		return
	}
	body, _ := p.MarshalJSON()
	header.Set("Content-Type", "application/problem+json")
	if r != nil && r.Method == http.MethodHead {
		header.Set("Content-Length", strconv.Itoa(len(body)))
		body = nil
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

// Handler returns an HTTP handler that calls f. If f returns an error, the
// handler passes it to the observers, which are meant for logs, and answers
// with [WriteProblem]. If f has already begun to answer, the handler leaves the
// response as it is.
func Handler(f func(http.ResponseWriter, *http.Request) error, observers ...func(*http.Request, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		res := &response{ResponseWriter: w}
		err := f(res.writer(), r)
		if err == nil {
			return
		}
		for _, observe := range observers {
			observe(r, err)
		}
		if !res.begun {
			WriteProblem(w, r, err)
		}
	}
}

// response is an http.ResponseWriter that records whether the response has
// begun.
type response struct {
	http.ResponseWriter
	begun bool
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
		w.begun = true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write begins the response.
func (w *response) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
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
	return int64(n) + rest, err
}

// FlushError begins the response, for http.ResponseController.
func (w *response) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		w.begun = true
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
		w.begun = true
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
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, until.Sub(now))
}
