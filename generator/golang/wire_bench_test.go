package golang

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/errcat/errcat/generated/smileid"
)

// The benchmarks compare the generated package with code that is written by hand
// for a single error.

var errNotAuthorized = errors.New("2205: You are not authorized to do that")

// wrongUserIDError is what a careful developer writes for one error.
type wrongUserIDError struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Code   string `json:"code"`
	UserID string `json:"user_id"`
}

var errWrongUserID = errors.New("wrong user id")

func newWrongUserIDError(userID string) *wrongUserIDError { return &wrongUserIDError{UserID: userID} }

func (e *wrongUserIDError) Error() string {
	return "2209: Wrong user id. This user is already enrolled with " + e.UserID
}
func (e *wrongUserIDError) Unwrap() error { return errWrongUserID }

// handStatus returns the status of an error.
func handStatus(err error) int {
	var wrong *wrongUserIDError
	switch {
	case errors.As(err, &wrong):
		return 409
	case errors.Is(err, errNotAuthorized):
		return 401
	}
	return 500
}

// handWrite answers with an error.
func handWrite(w http.ResponseWriter, err error) {
	var wrong *wrongUserIDError
	if !errors.As(err, &wrong) {
		http.Error(w, "internal server error", http.StatusInternalServerError)
		return
	}
	body := *wrong
	body.Type = "https://docs.usesmileid.com/further-reading/result-codes/error-codes#2209"
	body.Title, body.Status, body.Detail, body.Code = "Wrong user id", 409, wrong.Error(), "2209"
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(409)
	_ = json.NewEncoder(w).Encode(body)
}

// handParse reads an error.
func handParse(body []byte) error {
	var e wrongUserIDError
	if err := json.Unmarshal(body, &e); err != nil {
		return err
	}
	if e.Code != "2209" {
		return errors.New(e.Detail)
	}
	return &e
}

// discard is a response writer that discards everything.
type discard struct{ header http.Header }

func (d discard) Header() http.Header       { return d.header }
func (discard) WriteHeader(int)             {}
func (discard) Write(b []byte) (int, error) { return len(b), nil }

// sink and errSink keep the compiler from removing what is measured.
var (
	sink    any
	errSink error
)

// A wireCase does the same with the generated package and with the code that is
// written by hand.
type wireCase struct {
	name            string
	generated, hand func()
}

// wireCases returns what is compared.
func wireCases(tb testing.TB) []wireCase {
	generated := fmt.Errorf("a: %w", fmt.Errorf("b: %w", error(smileid.NewWrongUserID("user-42"))))
	hand := fmt.Errorf("a: %w", fmt.Errorf("b: %w", error(newWrongUserIDError("user-42"))))
	body, err := json.Marshal(smileid.ProblemOf(generated))
	if err != nil {
		tb.Fatal(err)
	}
	w := discard{make(http.Header)}
	r := &http.Request{Method: http.MethodPost}
	code, other := error(smileid.NotAuthorized), errNotAuthorized
	return []wireCase{
		{"return", func() { errSink = smileid.NotAuthorized }, func() { errSink = errNotAuthorized }},
		{"make", func() { errSink = smileid.NewWrongUserID("user-42") }, func() { errSink = newWrongUserIDError("user-42") }},
		{"wrap", func() { errSink = smileid.WithCause(code, io.EOF) }, func() { errSink = errors.Join(other, io.EOF) }},
		{"is", func() { _ = errors.Is(code, smileid.NotAuthorized) }, func() { _ = errors.Is(other, errNotAuthorized) }},
		{"is wrapped", func() { _ = errors.Is(generated, smileid.WrongUserID) }, func() { _ = errors.Is(hand, errWrongUserID) }},
		{
			"as",
			func() { var e *smileid.WrongUserIDError; sink = errors.As(generated, &e) },
			func() { var e *wrongUserIDError; sink = errors.As(hand, &e) },
		},
		{"status", func() { _ = smileid.HTTPStatus(code) }, func() { _ = handStatus(other) }},
		{"status wrapped", func() { _ = smileid.HTTPStatus(generated) }, func() { _ = handStatus(hand) }},
		{"write", func() { smileid.WriteProblem(w, r, generated) }, func() { handWrite(w, hand) }},
		{"parse", func() { errSink = smileid.ParseProblem(body) }, func() { errSink = handParse(body) }},
		{
			"parse as",
			func() { var e *smileid.WrongUserIDError; sink = errors.As(smileid.ParseProblem(body), &e) },
			func() { var e *wrongUserIDError; sink = errors.As(handParse(body), &e) },
		},
	}
}

// Writing and reading a problem allocates little more than code that is written
// by hand for one error.
func TestWireAllocations(t *testing.T) {
	for _, c := range wireCases(t) {
		generated, hand := testing.AllocsPerRun(100, c.generated), testing.AllocsPerRun(100, c.hand)
		if limit := 1.6 * hand; generated > limit {
			t.Errorf("%s: %v allocations, %v by hand, want at most %v", c.name, generated, hand, limit)
		}
	}
}

func BenchmarkWire(b *testing.B) {
	for _, c := range wireCases(b) {
		b.Run(c.name+"/generated", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.generated()
			}
		})
		b.Run(c.name+"/hand", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.hand()
			}
		})
	}
}
