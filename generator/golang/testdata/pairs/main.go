// The program sends the errors of many catalogs through each other's servers and
// clients, and reports every error that a package takes for one of its own, or
// does not recognise.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
)

// A pkg is a generated package.
type pkg struct {
	name      string
	templates []string // of type_uri, which may be empty, and of accepted_type_uris
	fallback  error    // a Code, or nil
	samples   []sample

	knows  func(code string) bool
	codeOf func(error) (code error, isKnown, ok bool)
	wrap   func(err, cause error) error

	// Of a package with HTTP:
	handler    func(func(http.ResponseWriter, *http.Request) error) http.Handler
	read       func(*http.Response) error
	parse      func([]byte) error
	problemOf  func(error) error
	status     func(error) int
	withErrors func(err, atPointer, atParameter error) error
	elements   func(error) []error // of what read has returned
}

// A sample is an error of a package.
type sample struct {
	code   error
	text   string   // of the code
	codes  []string // the code and its aliases, in JSON
	names  []string // the name and the former names
	err    error    // the struct with its params, or the code
	target func() any
	hidden bool // a client sees the fallback
	status int
}

// isTyped reports whether the errors of a package have types.
func (p *pkg) isTyped() bool { return p.handler != nil && p.templates[0] != "" }

const secret = "hunter2"

var (
	failures, checks int
	counts           = make(map[string]int)
)

// check reports a failure.
func check(ok bool, format string, args ...any) {
	if checks++; ok {
		return
	}
	if failures++; failures <= 20 {
		fmt.Printf(format+"\n", args...)
	}
}

func main() {
	r := rand.New(rand.NewSource(1))
	for _, owner := range packages {
		for i := range owner.samples {
			s := &owner.samples[i]
			inProcess(owner, s)
			overHTTP(r, owner, s)
			byTypeOnly(owner, s)
		}
	}
	trees(r)
	fmt.Println(checks, "checks,", failures, "failures:", counts)
	if failures > 0 {
		os.Exit(1)
	}
}

// checkIs checks that an error is that of a sample for its package, and of no
// other package. reader is a package that takes an error without a type for its
// own, or nil.
func checkIs(how string, err error, owner *pkg, s *sample, reader *pkg) {
	for _, p := range packages {
		code, isKnown, ok := p.codeOf(err)
		switch {
		case p == owner:
			check(ok && code == s.code, "%s: %s has the code %v, not %v", how, p.name, code, s.code)
		case p == reader:
		default:
			check(!ok, "%s: %s takes an error of %s for its %v (known: %t)", how, p.name, nameOf(owner), code, isKnown)
		}
		for i := range p.samples {
			other := &p.samples[i]
			want := p == owner && other.code == s.code
			if p == reader && p != owner {
				continue
			}
			check(errors.Is(err, other.code) == want, "%s: errors.Is(%v, %s %v) is %t", how, err, p.name, other.code, !want)
			if other.target == nil {
				continue
			}
			target := other.target()
			check(errors.As(err, target) == want, "%s: errors.As(%v, %T) is %t", how, err, target, !want)
			if want && s.target != nil {
				got := reflect.ValueOf(target).Elem().Interface()
				check(inJSON(got) == inJSON(s.err), "%s: the params of %v are %s, not %s", how, err, inJSON(got), inJSON(s.err))
			}
		}
	}
}

func nameOf(p *pkg) string {
	if p == nil {
		return "no package"
	}
	return p.name
}

// inJSON returns the params of a struct, without the sensitive ones.
func inJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// shown returns whose error a client sees if a server answers with that of a
// sample: of the owner, or of the server.
func shown(owner *pkg, s *sample, server *pkg) (*pkg, *sample) {
	if owner.handler != nil && !s.hidden {
		return owner, s
	}
	for i := range server.samples {
		if server.samples[i].code == server.fallback {
			return server, &server.samples[i]
		}
	}
	return nil, nil
}

// inProcess checks the functions of all packages on an error.
func inProcess(owner *pkg, s *sample) {
	for _, p := range packages {
		for how, err := range map[string]error{
			"plain": s.err, "wrapped": fmt.Errorf("a: %w", s.err), "joined": errors.Join(io.EOF, s.err), "with a cause": p.wrap(s.err, io.EOF),
		} {
			counts["in process"]++
			checkIs(how, err, owner, s, nil)
			if p.handler == nil {
				continue
			}
			seenOf, seen := shown(owner, s, p)
			status := 500
			if seen != nil {
				status = seen.status
			}
			check(p.status(err) == status, "%s: the status of %v in %s is %d, not %d", how, err, p.name, p.status(err), status)
			if problem := p.problemOf(err); seen != nil && seenOf.isTyped() {
				checkIs("ProblemOf", problem, seenOf, seen, nil)
			}
		}
	}
}

// overHTTP sends an error through all servers, reads it by several packages, and
// sends it through a second server.
func overHTTP(r *rand.Rand, owner *pkg, s *sample) {
	for _, server := range packages {
		if server.handler == nil {
			continue
		}
		seenOf, seen := shown(owner, s, server)
		if seen == nil {
			seenOf, seen = nil, &sample{}
		}
		other := packages[r.Intn(len(packages))]
		atPointer, atParameter := random(r, owner), random(r, other)
		first := send(server, server.withErrors(s.err, atPointer.err, atParameter.err))
		for _, reader := range []*pkg{owner, server, packages[r.Intn(len(packages))], packages[r.Intn(len(packages))]} {
			if reader.handler == nil {
				continue
			}
			counts["over HTTP"]++
			how := server.name + " sends, " + reader.name + " reads"
			resp := first()
			err := reader.read(resp)
			checkRead(how, err, seenOf, seen, server, reader)
			if elements := reader.elements(err); seen == s {
				check(len(elements) == 2, "%s: %v has %d elements", how, err, len(elements))
				checkElement(how+" /a", elements[0], owner, atPointer, server, reader, seenOf)
				checkElement(how+" b", elements[1], other, atParameter, server, reader, seenOf)
			}
			if seenOf != nil && seenOf == reader && seenOf.isTyped() { // so the next server gets one of its Codes
				again := send(server, fmt.Errorf("a: %w", err))
				checkRead(how+", "+server.name+" sends again", reader.read(again()), seenOf, seen, server, reader)
			}
			if seenOf != nil && seenOf.isTyped() {
				again := send(seenOf, fmt.Errorf("a: %w", err))
				checkRead(how+", "+seenOf.name+" sends again, "+server.name+" reads", server.read(again()), seenOf, seen, seenOf, server)
			}
		}
	}
}

// checkElement checks an element of errors.
func checkElement(how string, err error, owner *pkg, s *sample, server, reader, problem *pkg) {
	seenOf, seen := shown(owner, s, server)
	switch {
	case seen == nil || !seenOf.isTyped() && reader != seenOf:
		for _, p := range packages {
			_, isKnown, _ := p.codeOf(err)
			check(!isKnown || p == reader, "%s: %s takes an element of %s for its own", how, p.name, nameOf(seenOf))
		}
	case !seenOf.isTyped() && (problem != seenOf || server != seenOf): // nothing says of which catalog it is
		check(err == nil, "%s: an element without a type in a problem of %s has the error %v", how, problem.name, err)
	default:
		counts["elements"]++
		checkIs(how, err, seenOf, seen, nil)
	}
}

// checkRead checks an error that a package has read.
func checkRead(how string, err error, seenOf *pkg, seen *sample, server, reader *pkg) {
	if seenOf == nil || !seenOf.isTyped() {
		// By the rule for problems without a type, the reader decides by the code,
		// which a server sends if it is not one of its own.
		if seenOf != nil && seenOf == reader && (server == seenOf || !server.knows(seen.text)) {
			checkIs(how, err, seenOf, seen, nil)
		} else {
			checkIs(how, err, nil, nil, reader)
		}
		return
	}
	checkIs(how, err, seenOf, seen, nil)
	check(err.Error() == seen.err.Error(), "%s: %v reads %q", how, seen.err, err)
	for _, p := range packages {
		if p.handler != nil && p != reader && p != seenOf {
			status := 500
			if of, fallback := shown(p, &sample{hidden: true}, p); of != nil {
				status = fallback.status
			}
			if reader == seenOf {
				status = seen.status // in process, every package knows its Code
			}
			check(p.status(err) == status, "%s: the status of %v in %s is %d, not %d", how, err, p.name, p.status(err), status)
		}
	}
	check(seenOf.status(err) == seen.status, "%s: the status of %v is %d, not %d", how, err, seenOf.status(err), seen.status)
	checkIs(how+", ProblemOf", seenOf.problemOf(err), seenOf, seen, nil)
}

// send answers a request with an error and returns the response any number of
// times.
func send(server *pkg, err error) func() *http.Response {
	current = server.handler(func(http.ResponseWriter, *http.Request) error { return err })
	resp, rerr := http.Get(loopback.URL)
	if rerr != nil {
		panic(rerr)
	}
	defer resp.Body.Close()
	body, rerr := io.ReadAll(resp.Body)
	if rerr != nil {
		panic(rerr)
	}
	check(!bytes.Contains(body, []byte(secret)), "%s shows a sensitive param: %s", server.name, body)
	return func() *http.Response {
		again := *resp
		again.Header = maps.Clone(resp.Header)
		again.Body = io.NopCloser(bytes.NewReader(body))
		return &again
	}
}

// loopback serves what current answers: one request after the other.
var (
	current  http.Handler
	loopback = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { current.ServeHTTP(w, r) }))
)

// byTypeOnly checks bodies that other programs could send: with all accepted
// types, aliases and former names, with and without a code.
func byTypeOnly(owner *pkg, s *sample) {
	for _, template := range owner.templates {
		if template == "" {
			continue
		}
		for i, code := range s.codes {
			text := strings.Trim(code, `"`)
			for _, name := range s.names {
				uri := strings.NewReplacer("{code}", text, "{name}", name).Replace(template)
				bodies := []string{fmt.Sprintf(`{"type":%q,"code":%s}`, uri, code), fmt.Sprintf(`{"code":%q,"type":%q}`, text, uri)}
				if uri != template {
					bodies = append(bodies, fmt.Sprintf(`{"type":%q}`, uri))
				}
				for _, body := range bodies {
					for _, reader := range packages {
						if reader.handler == nil {
							continue
						}
						counts["by type"]++
						err := reader.parse([]byte(body))
						code, _, ok := owner.codeOf(err)
						check(ok && code == s.code, "%s reads %s: for %s it is %v, not %v", reader.name, body, owner.name, code, s.code)
						for _, p := range packages {
							// A type alone can look like an unknown code of another catalog.
							_, isKnown, ok := p.codeOf(err)
							check(p == owner || !ok || len(bodies) == 3 && body == bodies[2] && !isKnown, "%s reads %s: %s takes it for its own (alias %d)", reader.name, body, p.name, i)
						}
					}
				}
			}
		}
	}
}

// trees checks that in a tree of errors of three packages, each finds its own.
func trees(r *rand.Rand) {
	for i := 0; i < 2000; i++ {
		a, b, c := packages[r.Intn(len(packages))], packages[r.Intn(len(packages))], packages[r.Intn(len(packages))]
		if a == b || b == c || a == c {
			continue
		}
		counts["trees"]++
		x, y, z := random(r, a), random(r, b), random(r, c)
		errs := []error{x.err, y.err, z.err}
		for i, s := range []*sample{x, y, z} { // some have travelled
			if of := []*pkg{a, b, c}[i]; of.isTyped() && !s.hidden && r.Intn(2) == 0 {
				reader := packages[r.Intn(len(packages))]
				for reader.handler == nil || reader == a || reader == b || reader == c {
					reader = packages[r.Intn(len(packages))]
				}
				errs[i] = reader.read(send(of, s.err)())
			}
		}
		err := b.wrap(fmt.Errorf("a: %w", errors.Join(io.EOF, a.wrap(errs[0], errs[1]))), errs[2])
		for i, p := range []*pkg{a, b, c} {
			s := []*sample{x, y, z}[i]
			code, _, ok := p.codeOf(err)
			check(ok && code == s.code && errors.Is(err, s.code), "in a tree, %s finds %v, not %v", p.name, code, s.code)
			if p.handler == nil {
				continue
			}
			seenOf, seen := shown(p, s, p)
			if seen != nil {
				check(p.status(err) == seen.status, "in a tree, the status of %v is %d in %s, not %d", s.code, p.status(err), p.name, seen.status)
				if seenOf.isTyped() {
					checkIs("in a tree", p.problemOf(err), seenOf, seen, nil)
				}
			}
		}
		for _, p := range packages {
			if p != a && p != b && p != c {
				code, _, ok := p.codeOf(err)
				check(!ok, "in a tree without its errors, %s finds %v", p.name, code)
			}
		}
	}
}

func random(r *rand.Rand, p *pkg) *sample { return &p.samples[r.Intn(len(p.samples))] }
