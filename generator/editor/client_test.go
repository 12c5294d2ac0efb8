package editor_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// server is the YAML language server, which the extensions of VS Code, Neovim,
// Zed, Helix and others run, as a process that speaks the Language Server
// Protocol over its standard input and output.
type server struct {
	t  *testing.T
	in io.Writer
	id int

	asked chan struct{} // the server has asked for the settings
	ended chan struct{} // closed when the server says nothing more, for the reason err
	err   error

	mu          sync.Mutex
	answers     map[int]chan json.RawMessage
	diagnostics map[string]chan []diagnostic // by URI
}

// position is a place in a document. Both count from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

type textRange struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

type diagnostic struct {
	Range   textRange `json:"range"`
	Message string    `json:"message"`
	Source  string    `json:"source"`
}

type markup struct {
	Value string `json:"value"`
}

// documentation is text, or Markdown.
type documentation string

func (d *documentation) UnmarshalJSON(data []byte) error {
	var m markup
	if json.Unmarshal(data, &m) == nil {
		*d = documentation(m.Value)
		return nil
	}
	return json.Unmarshal(data, (*string)(d))
}

type completionItem struct {
	Label         string        `json:"label"`
	Documentation documentation `json:"documentation"`
	TextEdit      struct {
		Range   textRange `json:"range"`
		NewText string    `json:"newText"`
	} `json:"textEdit"`
}

// settings are the settings of the server, which asks for them by section. With them,
// it looks for no schemas in the network.
var settings = map[string]any{
	"yaml": map[string]any{
		"schemaStore":        map[string]any{"enable": false},
		"kubernetesCRDStore": map[string]any{"enable": false},
		"validate":           true, "hover": true, "completion": true,
		"hoverSchemaSource": false,
	},
}

// startServer starts the server, which stops at the end of the test.
func startServer(t *testing.T) *server {
	t.Helper()
	bin, err := filepath.Abs("../../node_modules/yaml-language-server/bin/yaml-language-server")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", bin, "--stdio")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, in: in, asked: make(chan struct{}, 10), ended: make(chan struct{}), answers: make(map[int]chan json.RawMessage), diagnostics: make(map[string]chan []diagnostic)}
	go func() {
		s.err = s.read(bufio.NewReader(out))
		close(s.ended)
	}()
	t.Cleanup(func() {
		s.request("shutdown", nil, nil)
		s.notify("exit", nil)
		<-s.ended
		if s.err != nil {
			t.Errorf("reading from the server: %v", s.err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the server: %v", err)
		}
	})
	s.request("initialize", map[string]any{
		"processId": os.Getpid(),
		"rootUri":   nil,
		"capabilities": map[string]any{
			"textDocument": map[string]any{
				"completion": map[string]any{"completionItem": map[string]any{"snippetSupport": true, "documentationFormat": []string{"markdown", "plaintext"}}},
				"hover":      map[string]any{"contentFormat": []string{"markdown", "plaintext"}},
			},
		},
	}, nil)
	s.notify("initialized", map[string]any{})
	select {
	case <-s.asked:
	case <-s.ended:
		t.Fatalf("the server has ended: %v", s.err)
	}
	return s
}

// read hands out what the server sends, until it ends.
func (s *server) read(r *bufio.Reader) error {
	for {
		header, err := textproto.NewReader(r).ReadMIMEHeader()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			return err
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(r, body); err != nil {
			return err
		}
		var message struct {
			ID     *int            `json:"id"`
			Method string          `json:"method"`
			Params json.RawMessage `json:"params"`
			Result json.RawMessage `json:"result"`
			Error  json.RawMessage `json:"error"`
		}
		if err := json.Unmarshal(body, &message); err != nil {
			return fmt.Errorf("%w in %s", err, body)
		}
		switch {
		case message.Method == "textDocument/publishDiagnostics":
			var p struct {
				URI         string       `json:"uri"`
				Diagnostics []diagnostic `json:"diagnostics"`
			}
			if err := json.Unmarshal(message.Params, &p); err != nil {
				return err
			}
			s.of(p.URI) <- p.Diagnostics
		case message.Method == "workspace/configuration":
			var p struct {
				Items []struct {
					Section string `json:"section"`
				} `json:"items"`
			}
			if err := json.Unmarshal(message.Params, &p); err != nil {
				return err
			}
			var result []any
			for _, item := range p.Items {
				result = append(result, settings[item.Section])
			}
			s.send(map[string]any{"id": *message.ID, "result": result})
			s.asked <- struct{}{}
		case message.Method != "" && message.ID != nil:
			s.send(map[string]any{"id": *message.ID, "result": nil})
		case message.ID != nil:
			if message.Error != nil {
				s.t.Errorf("the server answers %s", message.Error)
			}
			s.mu.Lock()
			s.answers[*message.ID] <- message.Result
			s.mu.Unlock()
		}
	}
}

// of returns the channel of a document's diagnostics.
func (s *server) of(uri string) chan []diagnostic {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.diagnostics[uri] == nil {
		s.diagnostics[uri] = make(chan []diagnostic, 10)
	}
	return s.diagnostics[uri]
}

// request asks the server, and reads its answer into result, if that is not nil.
func (s *server) request(method string, params, result any) {
	s.t.Helper()
	s.mu.Lock()
	s.id++
	id := s.id
	answer := make(chan json.RawMessage, 1)
	s.answers[id] = answer
	s.mu.Unlock()
	s.send(map[string]any{"id": id, "method": method, "params": params})
	select {
	case data := <-answer:
		if result == nil {
			return
		}
		if err := json.Unmarshal(data, result); err != nil {
			s.t.Fatalf("%s: %v in %s", method, err, data)
		}
	case <-s.ended:
		s.t.Fatalf("%s: the server has ended: %v", method, s.err)
	}
}

// notify tells the server something that has no answer.
func (s *server) notify(method string, params any) {
	s.t.Helper()
	s.send(map[string]any{"method": method, "params": params})
}

func (s *server) send(message map[string]any) {
	message["jsonrpc"] = "2.0"
	body, err := json.Marshal(message)
	if err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

// document is a file that an editor has open.
type document struct {
	*server
	uri string
}

// open opens a file. It need not exist.
func (s *server) open(uri, text string) document {
	s.t.Helper()
	s.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
	return document{s, uri}
}

// at returns the params of a request about a place.
func (d document) at(p position) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": d.uri}, "position": p}
}

// complete returns what the server offers at a place.
func (d document) complete(p position) []completionItem {
	d.t.Helper()
	var list struct {
		Items []completionItem `json:"items"`
	}
	d.request("textDocument/completion", d.at(p), &list)
	return list.Items
}

// hover returns what the server says about a place.
func (d document) hover(p position) string {
	d.t.Helper()
	var hover *struct {
		Contents markup `json:"contents"`
	}
	d.request("textDocument/hover", d.at(p), &hover)
	if hover == nil {
		return ""
	}
	return hover.Contents.Value
}

// problems returns what the server reports about the document.
func (d document) problems() []diagnostic {
	d.t.Helper()
	select {
	case list := <-d.of(d.uri):
		return list
	case <-d.ended:
		d.t.Fatalf("no diagnostics: the server has ended: %v", d.err)
	}
	return nil
}
