package recipes

import (
	"context"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	fiber2 "github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/adaptor"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"

	"example.com/shop/shop"
)

func init() { gin.SetMode(gin.ReleaseMode) }

// accept answers as order does, without errors of a catalog.
func accept(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }

func serveMux(h http.HandlerFunc) http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("POST /orders", h)
	return m
}

func chiRouter(h http.HandlerFunc) http.Handler {
	r := chi.NewRouter()
	r.Post("/orders", h)
	return r
}

func gorillaRouter(h http.HandlerFunc) http.Handler {
	r := mux.NewRouter()
	r.HandleFunc("/orders", h).Methods("POST")
	return r
}

// recipes returns the routers of register.
func recipes() (std, chiHandler, gorilla http.Handler) {
	m, r, g := http.NewServeMux(), chi.NewRouter(), mux.NewRouter()
	register(m, r, g)
	return m, r, g
}

// echoServer has handlers of echo, one of which is a handler of net/http.
func echoServer(handle echo.HTTPErrorHandler) http.Handler {
	e := echo.New()
	if handle != nil {
		e.HTTPErrorHandler = handle
	}
	e.POST("/orders", func(c echo.Context) error {
		if err := placeOrder(c.FormValue("product")); err != nil {
			return err
		}
		return c.NoContent(http.StatusCreated)
	})
	e.POST("/later", func(c echo.Context) error {
		c.Response().Header().Set("Retry-After", "7")
		return shop.Busy
	})
	e.POST("/wrapped", echo.WrapHandler(shop.Handler(order)))
	e.POST("/begun", func(c echo.Context) error {
		_ = c.NoContent(http.StatusAccepted)
		return shop.OrderClosed
	})
	e.POST("/bind", func(echo.Context) error { return echo.NewHTTPError(http.StatusBadRequest, "no order") })
	e.POST("/closed", func(echo.Context) error {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(shop.OrderClosed)
	})
	return e
}

func echo5Server(handle echo5.HTTPErrorHandler) http.Handler {
	e := echo5.New()
	if handle != nil {
		e.HTTPErrorHandler = handle
	}
	e.POST("/orders", func(c *echo5.Context) error {
		if err := placeOrder(c.FormValue("product")); err != nil {
			return err
		}
		return c.NoContent(http.StatusCreated)
	})
	e.POST("/later", func(c *echo5.Context) error {
		c.Response().Header().Set("Retry-After", "7")
		return shop.Busy
	})
	e.POST("/wrapped", echo5.WrapHandler(shop.Handler(order)))
	e.POST("/begun", func(c *echo5.Context) error {
		_ = c.NoContent(http.StatusAccepted)
		return shop.OrderClosed
	})
	e.POST("/bind", func(*echo5.Context) error { return echo5.NewHTTPError(http.StatusBadRequest, "no order") })
	e.POST("/closed", func(*echo5.Context) error { return echo5.ErrBadRequest.Wrap(shop.OrderClosed) })
	return e
}

func ginServer(wrap func(func(*gin.Context) error) gin.HandlerFunc) http.Handler {
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.POST("/orders", wrap(func(c *gin.Context) error {
		if err := placeOrder(c.PostForm("product")); err != nil {
			return err
		}
		c.Status(http.StatusCreated)
		return nil
	}))
	r.POST("/later", wrap(func(c *gin.Context) error {
		c.Header("Retry-After", "7")
		return shop.Busy
	}))
	r.POST("/wrapped", gin.WrapF(shop.Handler(order)))
	r.POST("/begun", wrap(func(c *gin.Context) error {
		c.String(http.StatusAccepted, "")
		c.Writer.WriteHeaderNow()
		return shop.OrderClosed
	}))
	return r
}

// bareGin is a handler of gin that does nothing with its error.
func bareGin(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) { _ = f(c) }
}

func fiberServer(handle fiber.ErrorHandler) *fiber.App {
	app := fiber.New(fiber.Config{ErrorHandler: handle})
	app.Post("/orders", func(c fiber.Ctx) error {
		if err := placeOrder(c.FormValue("product")); err != nil {
			return err
		}
		return c.SendStatus(http.StatusCreated)
	})
	app.Post("/later", func(c fiber.Ctx) error {
		c.Set("Retry-After", "7")
		return shop.Busy
	})
	app.Post("/wrapped", adaptor.HTTPHandlerFunc(shop.Handler(order)))
	app.Post("/bind", func(fiber.Ctx) error { return fiber.NewError(http.StatusBadRequest, "no order") })
	return app
}

func fiber2Server(handle fiber2.ErrorHandler) *fiber2.App {
	app := fiber2.New(fiber2.Config{ErrorHandler: handle, DisableStartupMessage: true})
	app.Post("/orders", func(c *fiber2.Ctx) error {
		if err := placeOrder(c.FormValue("product")); err != nil {
			return err
		}
		return c.SendStatus(http.StatusCreated)
	})
	app.Post("/later", func(c *fiber2.Ctx) error {
		c.Set("Retry-After", "7")
		return shop.Busy
	})
	app.Post("/bind", func(*fiber2.Ctx) error { return fiber2.NewError(http.StatusBadRequest, "no order") })
	return app
}

type humaInput struct {
	RawBody []byte `contentType:"application/x-www-form-urlencoded"`
}

func humaServer(wrap func(func(context.Context, *humaInput) (*struct{}, error)) func(context.Context, *humaInput) (*struct{}, error)) http.Handler {
	m := http.NewServeMux()
	api := humago.New(m, huma.DefaultConfig("Shop", "1.0.0"))
	post := func(path string, f func(product string) error) {
		huma.Register(api, huma.Operation{Method: http.MethodPost, Path: path, DefaultStatus: http.StatusCreated},
			wrap(func(_ context.Context, in *humaInput) (*struct{}, error) {
				product, _ := strings.CutPrefix(string(in.RawBody), "product=")
				return nil, f(product)
			}))
	}
	post("/orders", placeOrder)
	post("/bind", func(string) error { return huma.Error400BadRequest("no order") })
	return m
}

// bareHuma is a handler of huma without the recipe.
func bareHuma(f func(context.Context, *humaInput) (*struct{}, error)) func(context.Context, *humaInput) (*struct{}, error) {
	return f
}

// serve starts a server for an http.Handler or an app of fiber, and returns its
// address.
func serve(t *testing.T, h any) string {
	t.Helper()
	if h, ok := h.(http.Handler); ok {
		server := httptest.NewServer(h)
		t.Cleanup(server.Close)
		return server.URL
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stopped := make(chan error)
	go func() {
		if app, ok := h.(*fiber2.App); ok {
			stopped <- app.Listener(listener)
		} else {
			stopped <- h.(*fiber.App).Listener(listener, fiber.ListenConfig{DisableStartupMessage: true})
		}
	}()
	t.Cleanup(func() {
		if err := errors.Join(h.(interface{ Shutdown() error }).Shutdown(), <-stopped); err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String()
}

// post orders a product.
func post(t *testing.T, url, product string) *http.Response {
	t.Helper()
	resp, err := http.Post(url, "application/x-www-form-urlencoded", strings.NewReader("product="+product))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

// Errors of the catalog are problems in each router, and what the router answers
// by itself stays what it is.
func TestRouters(t *testing.T) {
	std, chiHandler, gorilla := recipes()
	for _, test := range []struct {
		name       string
		with, bare any
		paths      []string // further ones
	}{
		{"net/http", std, serveMux(accept), nil},
		{"chi", chiHandler, chiRouter(accept), nil},
		{"gorilla", gorilla, gorillaRouter(accept), nil},
		{"echo v4", echoServer(handleEchoError), echoServer(nil), []string{"/wrapped", "/begun", "/bind", "/closed", "/later"}},
		{"echo v5", echo5Server(handleEcho5Error), echo5Server(nil), []string{"/wrapped", "/begun", "/bind", "/closed", "/later"}},
		{"gin", ginServer(ginHandler), ginServer(bareGin), []string{"/wrapped", "/begun", "/later"}},
		{"fiber v3", fiberServer(handleFiberError), fiberServer(nil), []string{"/wrapped", "/bind", "/later"}},
		{"fiber v2", fiber2Server(handleFiber2Error), fiber2Server(fiber2.DefaultErrorHandler), []string{"/bind", "/later"}},
		{"huma", humaServer(humaHandler), humaServer(bareHuma), []string{"/bind"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			url, bare := serve(t, test.with), serve(t, test.bare)
			checkProblems(t, url+"/orders")
			for _, path := range test.paths {
				switch path {
				case "/wrapped":
					checkProblems(t, url+path)
				case "/closed":
					if err := shop.ReadProblem(post(t, url+path, "")); !errors.Is(err, shop.OrderClosed) {
						t.Errorf("an error of the router that wraps one of the catalog: %v", err)
					}
				case "/later": // the handler set Retry-After
					resp := post(t, url+path, "")
					if got := resp.Header.Values("Retry-After"); len(got) != 1 || got[0] != "7" || resp.StatusCode != http.StatusServiceUnavailable {
						t.Errorf("%s: Retry-After is %q", resp.Status, got)
					}
				default:
					checkSame(t, "POST", url+path, bare+path)
				}
			}
			for _, method := range []string{"GET", "HEAD", "POST", "DELETE"} {
				checkSame(t, method, url+"/nowhere", bare+"/nowhere")
			}
			checkSame(t, "GET", url+"/orders", bare+"/orders")
			checkSame(t, "PUT", url+"/orders", bare+"/orders")
			if resp, err := http.Get(url + "/orders"); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("a method that is not allowed: %v, %v", resp, err)
			}
		})
	}
}

// checkProblems checks what a client sees of the errors of an order.
func checkProblems(t *testing.T, url string) {
	t.Helper()
	if resp := post(t, url, "P-1"); resp.StatusCode != http.StatusCreated || shop.ReadProblem(resp) != nil {
		t.Errorf("%s: success is %s", url, resp.Status)
	}
	for product, want := range map[string]struct {
		code       shop.Code
		text       string
		retryAfter time.Duration
		params     []string
	}{
		"P-17": {shop.OutOfStock, "1001: P-17 is out of stock, 2 left", 0, []string{"left", "product"}},
		"card": {shop.CardRefused, "1003: The card was refused by ACME", 0, []string{"bank"}},
		"busy": {shop.Busy, "1004: Too many orders", 2 * time.Second, nil},
		"down": {shop.Internal, "1500: Something went wrong", 0, nil},
	} {
		resp := post(t, url, product)
		err := shop.ReadProblem(resp)
		var p *shop.Problem
		if !errors.As(err, &p) || p.Code != want.code || err.Error() != want.text || p.RetryAfter != want.retryAfter ||
			p.Type != want.code.TypeURI() || resp.StatusCode != want.code.HTTPStatus() {
			t.Errorf("%s %s: got %s, %v", url, product, resp.Status, err)
		}
		var outOfStock *shop.OutOfStockError
		if errors.As(err, &outOfStock) != (product == "P-17") || outOfStock != nil && *outOfStock != *shop.NewOutOfStock("P-17", 2) {
			t.Errorf("%s %s: got the params %v", url, product, outOfStock)
		}
		if p != nil && !slices.Equal(slices.Sorted(maps.Keys(p.Extensions)), want.params) {
			t.Errorf("%s %s: got the members %s", url, product, p.Extensions)
		}
		if h := resp.Header; h.Get("Content-Type") != "application/problem+json" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: the headers are %v", url, product, h)
		}
	}
}

// checkSame checks that two servers answer a request equally, apart from the
// date.
func checkSame(t *testing.T, method, url, wantURL string) {
	t.Helper()
	ask := func(url string) (string, string) {
		req, err := http.NewRequest(method, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		resp.Header.Del("Date")
		var header strings.Builder
		_ = resp.Header.Write(&header)
		return resp.Status + "\n" + header.String() + "\n" + string(body), resp.Status
	}
	got, status := ask(url)
	host, wantHost := strings.Split(url, "/")[2], strings.Split(wantURL, "/")[2]
	want, _ := ask(wantURL)
	if got = strings.ReplaceAll(got, host, wantHost); got != want || status == "200 OK" {
		t.Errorf("%s %s: got\n%s\nand without the recipe\n%s", method, url, got, want)
	}
}
