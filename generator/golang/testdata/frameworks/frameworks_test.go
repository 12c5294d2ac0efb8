// Package frameworks_test returns the errors of a generated package from the
// handlers of routers and frameworks.
package frameworks_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/labstack/echo/v4"

	"github.com/errcat/errcat/generated/smileid"
)

var errDatabase = errors.New("dial tcp 10.0.0.7: connection refused")

// enroll is the business logic, which does not depend on HTTP.
func enroll(userID string) error {
	switch userID {
	case "new":
		return nil
	case "down":
		return errDatabase
	}
	return smileid.NewWrongUserID(userID)
}

// handle is a handler for net/http that returns its error.
func handle(w http.ResponseWriter, r *http.Request) error {
	if err := enroll(r.URL.Query().Get("user_id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusCreated)
	return nil
}

func serveMux() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /enroll", smileid.Handler(handle))
	return mux
}

func chiRouter() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Logger, middleware.Recoverer, middleware.Compress(5))
	r.Post("/enroll", smileid.Handler(handle))
	return r
}

// echoHandler has handlers of echo that return errors of the catalog.
func echoHandler() http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if !c.Response().Committed {
			smileid.WriteProblem(c.Response(), c.Request(), err)
		}
	}
	e.POST("/enroll", func(c echo.Context) error {
		if err := enroll(c.QueryParam("user_id")); err != nil {
			return err
		}
		return c.NoContent(http.StatusCreated)
	})
	return e
}

// echoWrapped has a handler of net/http in echo.
func echoWrapped() http.Handler {
	e := echo.New()
	e.POST("/enroll", echo.WrapHandler(smileid.Handler(handle)))
	return e
}

// problem is a problem that huma writes unchanged.
type problem struct{ *smileid.Problem }

func (p problem) GetStatus() int            { return p.Status }
func (p problem) ContentType(string) string { return "application/problem+json" }

func humaAPI() http.Handler {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Enrollment", "1.0.0"))
	type input struct {
		UserID string `query:"user_id"`
	}
	huma.Register(api, huma.Operation{Method: http.MethodPost, Path: "/enroll", DefaultStatus: http.StatusCreated},
		func(_ context.Context, in *input) (*struct{}, error) {
			if err := enroll(in.UserID); err != nil {
				return nil, problem{smileid.ProblemOf(err)}
			}
			return nil, nil
		})
	return mux
}

func TestFrameworks(t *testing.T) {
	for name, h := range map[string]http.Handler{
		"net/http": serveMux(), "chi": chiRouter(), "echo": echoHandler(), "echo, wrapped": echoWrapped(), "huma": humaAPI(),
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(h)
			defer server.Close()
			call := func(userID string) (*http.Response, error) {
				resp, err := server.Client().Post(server.URL+"/enroll?user_id="+userID, "", nil)
				if err != nil {
					t.Fatal(err)
				}
				defer resp.Body.Close()
				return resp, smileid.ReadProblem(resp)
			}

			if resp, err := call("new"); err != nil || resp.StatusCode != http.StatusCreated {
				t.Errorf("success is %d, %v", resp.StatusCode, err)
			}

			resp, err := call("user-42")
			var wrong *smileid.WrongUserIDError
			if !errors.Is(err, smileid.WrongUserID) || !errors.As(err, &wrong) || wrong.UserID != "user-42" {
				t.Errorf("got %v", err)
			}
			if resp.StatusCode != http.StatusConflict || resp.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %d %v", resp.StatusCode, resp.Header)
			}

			resp, err = call("down")
			if !errors.Is(err, smileid.SystemError) || err.Error() != "2201: System Error" || resp.StatusCode != http.StatusInternalServerError {
				t.Errorf("got %d %v", resp.StatusCode, err)
			}
		})
	}
}
