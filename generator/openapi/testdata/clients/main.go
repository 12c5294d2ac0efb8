// Command client reads every example of a description, and codes that it does not
// know, with the clients that ogen and oapi-codegen have generated.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"reflect"
	"strings"

	"example.com/openapi/oapi"
	"example.com/openapi/ogenapi"
)

func main() {
	log.SetFlags(0)
	var bodies map[string][]map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&bodies); err != nil {
		log.Fatal(err)
	}
	count := 0
	for operation, list := range bodies {
		for _, want := range list {
			http.DefaultClient.Transport = answer(want)
			count++
			for client, read := range clients[operation] {
				problem, err := read()
				if isLost(client, want) {
					if err == nil {
						log.Fatalf("%s reads %v as %v", client, want["code"], problem)
					}
					continue
				}
				if err != nil {
					log.Fatalf("%s, %v: %v", client, want["code"], err)
				}
				data, _ := json.Marshal(problem)
				var got map[string]any
				if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
					log.Fatalf("%s: got %v (%v), want %v", client, got, err, want)
				}
				if err := look(problem, want); err != nil {
					log.Fatalf("%s, %v: %v", client, want["code"], err)
				}
			}
		}
	}
	fmt.Println(count, "problems")
}

// answer answers every request with a problem.
type answer map[string]any

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	data, err := json.Marshal(a)
	return &http.Response{
		StatusCode: int(a["status"].(float64)),
		Header:     http.Header{"Content-Type": {"application/problem+json"}},
		Body:       io.NopCloser(bytes.NewReader(data)),
		Request:    r,
	}, err
}

// clients read a problem, by operation and generator.
var clients = map[string]map[string]func() (any, error){
	"createJob": {
		"ogen": func() (any, error) {
			client, err := ogenapi.NewClient("http://localhost", ogenapi.WithClient(http.DefaultClient))
			if err != nil {
				return nil, err
			}
			response, err := client.CreateJob(context.Background())
			if other, ok := response.(*ogenapi.AnyErrorStatusCode); ok {
				return &other.Response, err
			}
			return response, err
		},
		"oapi-codegen": func() (any, error) {
			client, err := oapi.NewClientWithResponses("http://localhost", oapi.WithHTTPClient(http.DefaultClient))
			if err != nil {
				return nil, err
			}
			response, err := client.CreateJobWithResponse(context.Background())
			return problemOf(response), err
		},
	},
	"makeCall": {
		"ogen": func() (any, error) {
			client, err := ogenapi.NewClient("http://localhost", ogenapi.WithClient(http.DefaultClient))
			if err != nil {
				return nil, err
			}
			response, err := client.MakeCall(context.Background())
			if other, ok := response.(*ogenapi.RpcAnyErrorStatusCode); ok {
				return &other.Response, err
			}
			return response, err
		},
		"oapi-codegen": func() (any, error) {
			client, err := oapi.NewClientWithResponses("http://localhost", oapi.WithHTTPClient(http.DefaultClient))
			if err != nil {
				return nil, err
			}
			response, err := client.MakeCallWithResponse(context.Background())
			return problemOf(response), err
		},
	},
}

// problemOf returns the problem in a response of oapi-codegen, which has a field for
// each status.
func problemOf(response any) any {
	v := reflect.ValueOf(response).Elem()
	for i := range v.NumField() {
		if strings.HasPrefix(v.Type().Field(i).Name, "Applicationproblem") && !v.Field(i).IsNil() {
			return v.Field(i).Interface()
		}
	}
	return nil
}
