package main

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/errcat/errcat/generated/smileid"
)

// token is the only bearer token that the demo accepts.
const token = "demo"

// idTypes has the types of identity documents that the demo accepts, by country.
var idTypes = map[string][]string{
	"NG": {"PASSPORT", "BVN"},
	"KE": {"PASSPORT", "ALIEN_CARD"},
}

// service enrolls users.
type service struct {
	log *slog.Logger

	mu    sync.Mutex
	users map[string]*user
	jobs  map[string]bool
}

// user is an enrolled user.
type user struct {
	ID       string `json:"user_id"`
	disabled bool
	deleted  bool
}

func newService(log *slog.Logger) *service {
	return &service{log: log, users: map[string]*user{"user-42": {ID: "user-42"}}, jobs: make(map[string]bool)}
}

// routes returns the handler of all requests.
func (s *service) routes() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, f func(http.ResponseWriter, *http.Request) error) {
		mux.Handle(pattern, smileid.Handler(authorized(f), smileid.Observe(s.logError)))
	}
	handle("POST /enroll", s.enroll)
	handle("GET /users/{id}", s.show)
	handle("GET /users/{id}/photo", s.photo)
	handle("POST /users/{id}/disable", s.disable)
	handle("DELETE /users/{id}", s.remove)
	return mux
}

// logError logs an error at its level, with its params and its cause.
func (s *service) logError(r *http.Request, err error) {
	level := slog.LevelError
	if code, ok := smileid.CodeOf(err); ok {
		level = code.Level()
	}
	s.log.Log(r.Context(), level, "request failed", "method", r.Method, "path", r.URL.Path, "status", smileid.HTTPStatus(err), "err", err)
}

// authorized calls f only for requests with the token.
func authorized(f func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch {
		case !ok:
			return smileid.NotAuthorized
		case given != token:
			return smileid.InvalidToken
		}
		return f(w, r)
	}
}

// enrollment is the body of a request to enroll a user.
type enrollment struct {
	UserID  string `json:"user_id"`
	JobID   string `json:"job_id"`
	JobType int    `json:"job_type"`
	Country string `json:"country"`
	IDType  string `json:"id_type"`
}

// enroll enrolls a user. It accepts each user and each job once.
func (s *service) enroll(w http.ResponseWriter, r *http.Request) error {
	e, err := readEnrollment(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.users[e.UserID] != nil:
		return smileid.NewWrongUserID(e.UserID)
	case s.jobs[e.JobID]:
		return smileid.NewJobAlreadyExists(e.JobID)
	}
	u := &user{ID: e.UserID}
	s.users[e.UserID], s.jobs[e.JobID] = u, true
	return respond(w, http.StatusCreated, u)
}

// readEnrollment reads and checks the body of a request.
func readEnrollment(body io.Reader) (enrollment, error) {
	var e enrollment
	err := json.NewDecoder(body).Decode(&e)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		field := smileid.FieldError{Pointer: smileid.Pointer("").Key(wrong.Field), Detail: "must not be a " + wrong.Value}
		return e, smileid.WithCause(smileid.WithErrors(smileid.WrongDataType, field), err)
	case err != nil:
		return e, smileid.WithCause(smileid.InvalidJSON, err)
	}
	return e, e.check()
}

// check returns an error if the request is incomplete or invalid.
func (e enrollment) check() error {
	var missing []smileid.FieldError
	var first string
	for _, field := range []struct {
		name  string
		empty bool
	}{
		{"user_id", e.UserID == ""}, {"job_id", e.JobID == ""}, {"job_type", e.JobType == 0}, {"country", e.Country == ""}, {"id_type", e.IDType == ""},
	} {
		if !field.empty {
			continue
		}
		if first == "" {
			first = field.name
		}
		missing = append(missing, smileid.FieldError{Pointer: smileid.Pointer("").Key(field.name), Detail: "is required"})
	}
	if missing != nil {
		return smileid.WithErrors(smileid.NewRequiredParameterMissing(first), missing...)
	}
	if e.JobType != 5 {
		return smileid.NewInvalidJobType(strconv.Itoa(e.JobType))
	}
	if !slices.Contains(idTypes[e.Country], e.IDType) {
		return &smileid.InvalidIDTypeError{Country: e.Country, IDType: e.IDType}
	}
	return nil
}

// find returns the user of the request. The caller holds the lock.
func (s *service) find(r *http.Request) (*user, error) {
	u := s.users[r.PathValue("id")]
	switch {
	case u == nil:
		return nil, smileid.NoEnrolledUserFound
	case u.deleted:
		return nil, smileid.NewEnrolledUserDeleted(u.ID)
	case u.disabled:
		return nil, smileid.NewEnrolledUserDisabled(u.ID)
	}
	return u, nil
}

// show responds with a user.
func (s *service) show(w http.ResponseWriter, r *http.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.find(r)
	if err != nil {
		return err
	}
	return respond(w, http.StatusOK, u)
}

// photo responds with an error: the demo has no photos.
func (s *service) photo(_ http.ResponseWriter, r *http.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.find(r)
	if err != nil {
		return err
	}
	return smileid.NewNoPhotoOnFile(u.ID)
}

// disable disables a user.
func (s *service) disable(w http.ResponseWriter, r *http.Request) error {
	return s.change(w, r, func(u *user) { u.disabled = true })
}

// remove deletes a user. The id cannot be used again.
func (s *service) remove(w http.ResponseWriter, r *http.Request) error {
	return s.change(w, r, func(u *user) { u.deleted = true })
}

// change applies a change to the user of the request.
func (s *service) change(w http.ResponseWriter, r *http.Request, change func(*user)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.find(r)
	if err != nil {
		return err
	}
	change(u)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// respond writes a JSON body.
func respond(w http.ResponseWriter, status int, body any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(body)
}
