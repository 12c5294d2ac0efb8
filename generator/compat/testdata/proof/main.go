// The program sends the errors of pairs of catalogs from servers of one version to
// clients of the other, and prints what they misunderstand.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
)

// A version is a generated package.
type version struct {
	domain string
	write  func(http.ResponseWriter, *http.Request, error)
	// read is nil in a catalog without HTTP.
	read    func(*http.Response) error
	missing func(problem, err error) []string
	status  func(error) int
	samples []sample
}

// A sample is an error of a package.
type sample struct {
	name   string
	code   error
	err    error      // the struct with its params, or the code
	target func() any // for errors.As; nil if there is no struct
	hidden bool
	// In the new version: the index of the error of the old version that it continues,
	// or -1.
	continues int
	retired   bool
}

// get returns the response of a server that fails with an error.
func get(server *version, err error) *http.Response {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { server.write(w, r, err) }))
	defer s.Close()
	response, failure := http.Get(s.URL)
	if failure != nil {
		panic(failure)
	}
	return response
}

// values returns the params of an error in JSON, by name.
func values(err any) map[string]any {
	data, failure := json.Marshal(err)
	if failure != nil {
		panic(failure)
	}
	var all map[string]any
	_ = json.Unmarshal(data, &all) // a Code is not an object
	return all
}

// understand reads an error of a server. want is what it must be for the client.
// Params that the server does not have are missing only if mustHaveAll.
func understand(complain func(string, ...any), server *version, sent sample, client *version, want sample, mustHaveAll bool) {
	response := get(server, sent.err)
	defer response.Body.Close()
	if client.read == nil {
		return // nobody sends to this client
	}
	received := client.read(response)
	if !errors.Is(received, want.code) {
		complain("%s (%s) is %v", want.name, text(sent.code), received)
		return
	}
	if status := client.status(want.code); status != response.StatusCode {
		complain("%s has the status %d, not %d", want.name, response.StatusCode, status)
	}
	if want.target == nil {
		return
	}
	target := want.target()
	if !errors.As(received, target) {
		complain("%s has no struct", want.name)
		return
	}
	err := reflect.ValueOf(target).Elem().Interface().(error)
	missing := client.missing(received, err)
	all := values(sent.err)
	for name, value := range values(err) {
		was, isSent := all[name]
		switch {
		case !isSent && !mustHaveAll:
		case !isSent || slices.Contains(missing, name):
			complain("the param %s of %s is missing", name, want.name)
		case !reflect.DeepEqual(value, was):
			complain("the param %s of %s is %v, not %v", name, want.name, value, was)
		}
	}
}

// text returns a code.
func text(code error) string { return reflect.ValueOf(code).String() }

func main() {
	for i, p := range pairs {
		before, after := &p[0], &p[1]
		seen := make(map[string]bool)
		complain := func(format string, args ...any) {
			line := fmt.Sprintf(format, args...)
			if !seen[line] {
				data, _ := json.Marshal(line)
				fmt.Printf("%d %s\n", i, data)
			}
			seen[line] = true
		}
		from := func(direction string) func(string, ...any) {
			return func(format string, args ...any) { complain(direction+": "+format, args...) }
		}
		for j, old := range before.samples {
			if old.hidden {
				continue
			}
			for _, now := range after.samples {
				if now.continues != j {
					continue
				}
				understand(from("old server, new client"), before, old, after, now, false)
				if !now.retired {
					understand(from("new server, old client"), after, now, before, old, true)
				}
			}
		}
		if before.domain != "" && before.read != nil {
			// As in google.rpc.ErrorInfo.
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprintf(w, `{"domain": %q, "reason": %q}`, after.domain, after.samples[0].name)
			}))
			response, failure := http.Get(s.URL)
			if failure != nil {
				panic(failure)
			}
			var info struct{ Domain string }
			if failure := json.NewDecoder(response.Body).Decode(&info); failure != nil {
				panic(failure)
			}
			s.Close()
			if info.Domain != before.domain {
				complain("new server, old client: the errors are of %q, not of %q", info.Domain, before.domain)
			}
		}
	}
}
