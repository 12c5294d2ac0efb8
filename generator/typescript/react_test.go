package typescript

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/errcat/errcat/generator/browsertest"
	"github.com/errcat/errcat/generator/catalogtest/load"
)

// A React application shows the errors of smileid-demo: in a toast, at the fields
// of a form, and after it has waited for a gateway that is busy at first.
func TestReactApplication(t *testing.T) {
	t.Parallel()
	browser, project := browsertest.Path(t), t.TempDir()
	app, err := os.ReadFile("testdata/react/main.tsx")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/typescript.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(page, slices.Concat([]byte("// react/main.tsx\n"), app, []byte("```\n"))) {
		t.Error("docs/typescript.md does not show the application in testdata/react/main.tsx")
	}
	if err := os.CopyFS(project, os.DirFS("testdata/react")); err != nil {
		t.Fatal(err)
	}
	for _, f := range generate(t, testCase{catalog: load.File(t, "../../catalog.yaml")}) {
		writeFile(t, filepath.Join(project, "smileid", f.Path), f.Data)
	}
	if err := os.Symlink(nodeModules(t), filepath.Join(project, "node_modules")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(project, "package.json"), []byte(`{"type": "module"}`))
	tsc := filepath.Join(nodeModules(t), "typescript-7", "bin", "tsc")
	run(t, project, "node", tsc, "--strict", "--noEmit", "--jsx", "react-jsx", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--skipLibCheck", "main.tsx")
	script(t, "vite.mjs", project)

	gateway := http.NewServeMux()
	gateway.Handle("/", http.FileServer(http.Dir(filepath.Join(project, "dist"))))
	demo := httputil.NewSingleHostReverseProxy(startDemo(t))
	var requests atomic.Int32
	gateway.HandleFunc("/enroll", func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) == 1 {
			w.Header().Set("Retry-After", "1")
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		demo.ServeHTTP(w, r)
	})
	server := httptest.NewServer(gateway)
	defer server.Close()
	const want = `A required parameter is missing; is required; is required; is required; is required
Wrong user id. This user is already enrolled with user-42
Enrolled
`
	if got := string(script(t, "react.mjs", browser, server.URL)); got != want {
		t.Errorf("the application shows\n%swant\n%s", got, want)
	}
	if n := requests.Load(); n != 4 {
		t.Errorf("%d requests, want 4", n)
	}
}

// startDemo starts smileid-demo, and returns its address.
func startDemo(t *testing.T) *url.URL {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "smileid-demo")
	run(t, ".", "go", "build", "-o", exe, "../../cmd/smileid-demo")
	demo := exec.Command(exe, "-addr", "127.0.0.1:0")
	log, err := demo.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = demo.Process.Kill()
		_ = demo.Wait()
	})
	return addressIn(t, log)
}

var logged = regexp.MustCompile(`url=(\S+)`)

// addressIn returns the address in the first line of a log, and reads on.
func addressIn(t *testing.T, log io.Reader) *url.URL {
	t.Helper()
	lines := bufio.NewReader(log)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	m := logged.FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("no address in %s", line)
	}
	address, err := url.Parse(m[1])
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	return address
}
