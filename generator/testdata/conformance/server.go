// The program serves the errors of generated packages, for clients that are
// written in another language. It prints its address and runs until its
// standard input ends.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"conformance/errs"
	"conformance/newer"
)

// A bridge is what the program knows of a generated package; bridges.go has one
// for each.
type bridge struct {
	write  func(w http.ResponseWriter, r *http.Request, err error)
	parse  func(body []byte) (problem, error)
	errors map[string]entry
}

// An entry makes the error of a code, and reads the params of one that has
// arrived, and the names of those that have not: nil where the error is another
// one.
type entry struct {
	make func(v values) error
	read func(err error) (params map[string]any, missing []string)
}

// A vector is a line of a file of vectors.
type vector struct {
	Code   string
	Params values
}

// problem is what ParseProblem has made of a body.
type problem struct {
	Type     string  `json:"type"`
	Title    string  `json:"title"`
	Status   int     `json:"status"`
	Detail   string  `json:"detail"`
	Instance string  `json:"instance"`
	Code     string  `json:"code"`
	Errors   []field `json:"errors"`
	Text     string  `json:"text"`
	// Sent is the body that passes the problem on.
	Sent string `json:"sent"`
	arrived
}

// arrived are the params of an error that has arrived.
type arrived struct {
	Params  map[string]any `json:"params"`
	Missing []string       `json:"missing"`
}

// field is an element of the errors of a problem.
type field struct {
	Pointer   string `json:"pointer"`
	Parameter string `json:"parameter"`
	Header    string `json:"header"`
	Detail    string `json:"detail"`
	Code      string `json:"code"`
	IsForeign bool   `json:"isForeign"`
	arrived

	err error
}

func main() {
	mux := http.NewServeMux()
	for name, b := range bridges {
		if err := b.register(mux, name); err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
	for name, special := range specials {
		mux.HandleFunc("/special/"+name, special)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("http://" + listener.Addr().String())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	log.Fatal(http.Serve(listener, mux))
}

// register serves the messages of all vectors, the problem of each, and what
// the package reads of bodies that are sent to it.
func (b bridge) register(mux *http.ServeMux, name string) error {
	data, err := os.ReadFile(name + ".json")
	if err != nil {
		return err
	}
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	var vectors []vector
	if err := d.Decode(&vectors); err != nil {
		return err
	}
	messages := make([]string, len(vectors))
	for i, v := range vectors {
		err := b.errors[v.Code].make(v.Params)
		messages[i] = strings.TrimPrefix(err.Error(), v.Code+": ")
		mux.HandleFunc(fmt.Sprintf("/%s/%d", name, i), func(w http.ResponseWriter, r *http.Request) {
			b.write(w, r, fmt.Errorf("doing: %w", err))
		})
	}
	mux.HandleFunc("/"+name+"/messages", func(w http.ResponseWriter, r *http.Request) { respond(w, messages) })
	mux.HandleFunc("/"+name+"/parse", func(w http.ResponseWriter, r *http.Request) {
		var bodies []string
		if err := json.NewDecoder(r.Body).Decode(&bodies); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		problems := make([]problem, len(bodies))
		for i, body := range bodies {
			p, err := b.parse([]byte(body))
			p.Text = err.Error()
			sent, err2 := json.Marshal(err)
			if err2 != nil {
				panic(err2)
			}
			p.Sent = string(sent)
			p.arrived = b.arrived(p.Code, err)
			for i, e := range p.Errors {
				p.Errors[i].arrived = b.arrived(e.Code, e.err)
			}
			problems[i] = p
		}
		respond(w, problems)
	})
	return nil
}

// arrived returns the params of the error with a code.
func (b bridge) arrived(code string, err error) (a arrived) {
	if e, ok := b.errors[code]; ok {
		a.Params, a.Missing = e.read(err)
		plain(a.Params)
	}
	return a
}

func respond(w http.ResponseWriter, value any) {
	if err := json.NewEncoder(w).Encode(value); err != nil {
		panic(err)
	}
}

// plain returns params as any client can compare them: what JSON has no exact
// form for is a text.
func plain(params map[string]any) {
	for name, value := range params {
		switch v := value.(type) {
		case int64:
			params[name] = strconv.FormatInt(v, 10)
		case []int64:
			texts := make([]string, len(v))
			for i, n := range v {
				texts[i] = strconv.FormatInt(n, 10)
			}
			params[name] = texts
		case []string:
			params[name] = append([]string{}, v...)
		case time.Time:
			params[name] = v.Format(time.RFC3339Nano)
		case time.Duration:
			params[name] = v.String()
		}
	}
}

// values are the params of a vector, in the notation of README.md. A param that
// is sensitive has none.
type values map[string]any

// special returns the text of what JSON has no number for: {"number": "NaN"}.
func special(value any) (string, bool) {
	for _, text := range asMap(value) {
		return text.(string), true
	}
	return "", false
}

func asMap(value any) map[string]any {
	m, _ := value.(map[string]any)
	return m
}

func (v values) string(name string) string {
	if value, ok := v[name]; ok {
		return value.(string)
	}
	return "classified"
}

func (v values) integer(name string) int64 {
	if value, ok := v[name]; ok {
		return integer(value)
	}
	return 4711
}

func integer(value any) int64 {
	text, ok := special(value)
	if !ok {
		text = value.(json.Number).String()
	}
	return must(strconv.ParseInt(text, 10, 64))
}

func (v values) number(name string) float64 {
	text, ok := special(v[name])
	if !ok {
		text = v[name].(json.Number).String()
	}
	return must(strconv.ParseFloat(text, 64))
}

func (v values) boolean(name string) bool { return v[name].(bool) }

func (v values) datetime(name string) time.Time {
	return must(time.Parse(time.RFC3339Nano, v[name].(string)))
}

func (v values) duration(name string) time.Duration {
	return must(time.ParseDuration(v[name].(string)))
}

func (v values) strings(name string) []string {
	list := []string{}
	for _, element := range v[name].([]any) {
		list = append(list, element.(string))
	}
	return list
}

func (v values) integers(name string) []int64 {
	list := []int64{}
	for _, element := range v[name].([]any) {
		list = append(list, integer(element))
	}
	return list
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// specials are answers that no vector gives.
var specials = map[string]http.HandlerFunc{
	"members": answer(errs.WithErrors(
		errs.WithInstance(errs.NewText("a"), "/requests/7?a=b#<c>"),
		errs.FieldError{Pointer: errs.Pointer("").Key("a/b~c").Index(3), Detail: "is \"wrong\" \u2028"},
		errs.FieldError{Detail: "the whole body"},
		errs.At("/a", errs.NewBusy(7)),
		errs.AtParameter("page", errs.Static),
		errs.AtHeader("X-A", errs.NewSecret("db-7")),
		errs.At("/b", newer.NewAddedLater("a", 1, nil)),
	)),
	"cause":      answer(errs.WithCause(errs.NewText("a"), errors.New("the host db-7 is down"))),
	"joined":     answer(errors.Join(errors.New("first"), errs.NewInteger(7))),
	"code":       answer(errs.Text),
	"alias":      answer(errs.Code("1010")),
	"internal":   answer(errs.NewSecret("db-7")),
	"unknown":    answer(errors.New("the host db-7 is down")),
	"nil-lists":  answer(&errs.EverythingError{}),
	"no-number":  answer(&errs.EverythingError{Text: "a", Count: 1, Ratio: math.NaN(), Flag: true, At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), Wait: 1, Data: "b"}),
	"not-utf8":   answer(errs.NewText("a\xffb")),
	"odd-offset": answer(errs.NewDatetime(time.Date(1899, 12, 31, 23, 59, 59, 0, time.FixedZone("LMT", 1172)))),
	"busy":       answer(errs.NewBusy(3)),
	"retired":    answer(errs.Gone),
	"newer": func(w http.ResponseWriter, r *http.Request) {
		newer.WriteProblem(w, r, newer.WithInstance(newer.NewAddedLater("a", 1<<53-1, []string{"b"}), "/1"))
	},
	"empty": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
	"html": func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<html>Bad Gateway</html>", http.StatusBadGateway)
	},
	"bom": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusConflict)
		fmt.Fprint(w, "\ufeff"+`{"code": "2002"}`)
	},
	"other-status": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusConflict)
		fmt.Fprint(w, `{"code": "2002", "status": 404}`)
	},
	"breaks-off": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, `{"code": "2002"`)
	},
}

// answer is a handler that fails with the error.
func answer(err error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { errs.WriteProblem(w, r, err) }
}
