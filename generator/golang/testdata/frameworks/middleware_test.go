package recipes

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gingzip "github.com/gin-contrib/gzip"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/gorilla/handlers"
	"github.com/labstack/echo/v4"
	echo4middleware "github.com/labstack/echo/v4/middleware"
	echo5 "github.com/labstack/echo/v5"
	echo5middleware "github.com/labstack/echo/v5/middleware"

	"example.com/shop/shop"
)

// withChi, withEcho, withEcho5 and withGin put a handler of net/http behind
// middlewares of a router.
func withChi(h http.HandlerFunc, use ...func(http.Handler) http.Handler) http.Handler {
	r := chi.NewRouter()
	r.Use(use...)
	r.HandleFunc("/", h)
	return r
}

func withEcho(h http.HandlerFunc, use ...echo.MiddlewareFunc) http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = handleEchoError
	e.Use(use...)
	e.Any("/", echo.WrapHandler(h))
	e.Any("/own", func(c echo.Context) error { return placeOrder("P-17") })
	return e
}

func withEcho5(h http.HandlerFunc, use ...echo5.MiddlewareFunc) http.Handler {
	e := echo5.New()
	e.HTTPErrorHandler = handleEcho5Error
	e.Use(use...)
	e.Any("/", echo5.WrapHandler(h))
	e.Any("/own", func(c *echo5.Context) error { return placeOrder("P-17") })
	return e
}

func withGin(h http.HandlerFunc, use ...gin.HandlerFunc) http.Handler {
	r := gin.New()
	r.Use(use...)
	r.Any("/", gin.WrapF(h))
	r.Any("/own", ginHandler(func(*gin.Context) error { return placeOrder("P-17") }))
	return r
}

// ask sends a request that accepts an encoding of the body.
func ask(t *testing.T, client *http.Client, method, url, encoding string) *http.Response {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", encoding)
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

// A problem can be read behind each middleware that compresses.
func TestCompression(t *testing.T) {
	failing := shop.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Length", "7")
		w.Header().Set("Content-Type", "text/csv")
		return placeOrder("P-17")
	})
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}} // does not decode
	for _, test := range []struct {
		name, path, encoding string
		h                    http.Handler
		want                 string // the Content-Encoding
	}{
		{"gorilla", "/", "gzip", handlers.CompressHandler(failing), "gzip"},
		{"gorilla", "/", "deflate", handlers.CompressHandler(failing), "deflate"},
		{"gorilla", "/", "identity", handlers.CompressHandler(failing), ""},
		{"chi", "/", "gzip", withChi(failing, middleware.Compress(5)), ""},
		{"chi, all types", "/", "gzip", withChi(failing, middleware.Compress(5, "application/problem+json")), "gzip"},
		{"chi, all types", "/", "deflate", withChi(failing, middleware.Compress(5, "application/problem+json")), "deflate"},
		{"echo v4", "/", "gzip", withEcho(failing, echo4middleware.Gzip()), "gzip"},
		{"echo v4", "/own", "gzip", withEcho(failing, echo4middleware.Gzip()), ""},
		{"echo v5", "/", "gzip", withEcho5(failing, echo5middleware.Gzip()), "gzip"},
		{"echo v5", "/own", "gzip", withEcho5(failing, echo5middleware.Gzip()), ""},
		{"gin", "/", "gzip", withGin(failing, gingzip.Gzip(gingzip.DefaultCompression)), ""},
		{"gin", "/own", "gzip", withGin(failing, gingzip.Gzip(gingzip.DefaultCompression)), ""},
	} {
		t.Run(test.name+test.path+" "+test.encoding, func(t *testing.T) {
			url := serve(t, test.h) + test.path
			for range 2 { // the second time on the same connection
				resp := ask(t, client, "GET", url, test.encoding)
				if got := resp.Header.Get("Content-Encoding"); got != test.want {
					t.Errorf("the encoding is %q, want %q", got, test.want)
				}
				resp.Body = decoded(t, resp)
				err := shop.ReadProblem(resp)
				var outOfStock *shop.OutOfStockError
				if !errors.As(err, &outOfStock) || outOfStock.Left != 2 || resp.StatusCode != http.StatusConflict {
					t.Errorf("got %s, %v", resp.Status, err)
				}
				if resp.Header.Get("Content-Type") != "application/problem+json" {
					t.Errorf("the headers are %v", resp.Header)
				}
			}
			resp := ask(t, client, "HEAD", url, test.encoding)
			if body, err := io.ReadAll(resp.Body); len(body) > 0 || err != nil || resp.StatusCode != http.StatusConflict {
				t.Errorf("HEAD: got %s %q, %v", resp.Status, body, err)
			}
		})
	}
}

// decoded returns the body without its encoding, after a check that all of it
// arrived.
func decoded(t *testing.T, resp *http.Response) io.ReadCloser {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var r io.Reader = bytes.NewReader(body)
	switch encoding := resp.Header.Get("Content-Encoding"); encoding {
	case "gzip":
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	case "deflate":
		r = flate.NewReader(r)
	}
	if body, err = io.ReadAll(r); err != nil {
		t.Fatalf("the body cannot be decoded: %v", err)
	}
	return io.NopCloser(bytes.NewReader(body))
}

// Which middlewares pass on the panic with http.ErrAbortHandler, by which Handler
// breaks off a truncated answer: docs/recipes.md names them.
func TestRecovery(t *testing.T) {
	stderr := log.Writer()
	log.SetOutput(io.Discard) // a superfluous WriteHeader of the middlewares that recover
	t.Cleanup(func() { log.SetOutput(stderr) })
	var runs atomic.Int64
	half := shop.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		runs.Add(1)
		_, _ = io.WriteString(w, "half")
		return shop.OrderClosed
	})
	short := shop.Handler(func(w http.ResponseWriter, _ *http.Request) error {
		runs.Add(1)
		w.Header().Set("Content-Length", "5")
		_, _ = io.WriteString(w, "half")
		return shop.OrderClosed
	})
	quiet := handlers.RecoveryLogger(log.New(io.Discard, "", 0))
	quietLog := middleware.RequestLogger(&middleware.DefaultLogFormatter{Logger: log.New(io.Discard, "", 0)})
	for _, test := range []struct {
		name   string
		h      http.Handler
		passes bool
	}{
		{"no middleware", half, true},
		{"chi: Recoverer", withChi(half, middleware.Recoverer), true},
		{"chi: Logger, Recoverer, Compress", withChi(half, quietLog, middleware.Recoverer, middleware.Compress(5, "text/plain")), true},
		{"echo v4: Recover", withEcho(half, echo4middleware.Recover()), true},
		{"echo v5: Recover", withEcho5(half, echo5middleware.Recover()), true},
		{"gin: Recovery", withGin(half, gin.RecoveryWithWriter(io.Discard)), false},
		{"gin: Recovery after passOnAbort", withGin(half, passOnAbort, gin.RecoveryWithWriter(io.Discard)), true},
		{"gorilla: RecoveryHandler", handlers.RecoveryHandler(quiet)(half), false},
		{"gorilla: RecoveryHandler around chi's", handlers.RecoveryHandler(quiet)(withChi(half, middleware.Recoverer)), false},
		{"net/http: TimeoutHandler", http.TimeoutHandler(half, time.Minute, ""), false},
		{"gorilla: CompressHandler", handlers.CompressHandler(half), true},
		{"gorilla: CompressHandler, with a length", handlers.CompressHandler(short), true},
		{"chi: Compress", withChi(half, middleware.Compress(5, "text/plain")), true},
		{"chi: Compress, with a length", withChi(short, middleware.Compress(5, "text/plain")), true},
		{"echo v4: Gzip", withEcho(half, echo4middleware.Gzip()), true},
		{"echo v4: Gzip, with a length", withEcho(short, echo4middleware.Gzip()), true},
		{"echo v5: Gzip", withEcho5(half, echo5middleware.Gzip()), true},
		{"echo v5: Gzip, with a length", withEcho5(short, echo5middleware.Gzip()), true},
		{"gin: Gzip", withGin(half, gingzip.Gzip(gingzip.DefaultCompression)), true},
		{"gin: Gzip, with a length", withGin(short, gingzip.Gzip(gingzip.DefaultCompression)), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			mux := http.NewServeMux()
			mux.Handle("/", test.h)
			mux.HandleFunc("/warm", func(http.ResponseWriter, *http.Request) {})
			for _, version := range []string{"HTTP/1.1", "HTTP/2.0"} {
				server := httptest.NewUnstartedServer(mux)
				server.Config.ErrorLog = log.New(io.Discard, "", 0)
				server.EnableHTTP2 = version == "HTTP/2.0"
				server.StartTLS()
				t.Cleanup(server.Close)
				client := server.Client()
				client.Transport.(*http.Transport).DisableCompression = true
				for _, method := range []string{"GET", "POST"} {
					_, _ = io.Copy(io.Discard, ask(t, client, "GET", server.URL+"/warm", "gzip").Body) // the connection is kept alive
					runs.Store(0)
					resp := ask(t, client, method, server.URL+"/", "gzip")
					body, err := io.ReadAll(resp.Body)
					if (err != nil) != test.passes || resp.StatusCode != http.StatusOK || runs.Load() != 1 || resp.Proto != version {
						t.Errorf("%s %s: got %s %q, %v after %d runs", version, method, resp.Status, body, err, runs.Load())
					}
				}
			}

			// Outside of a server there is no panic.
			w := httptest.NewRecorder()
			test.h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "half") {
				t.Errorf("a recorder has %d %q", w.Code, w.Body)
			}
		})
	}
}
