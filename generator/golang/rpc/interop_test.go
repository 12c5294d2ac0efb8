//go:build interop

package rpc_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/errcat/errcat/generator"
	"github.com/errcat/errcat/generator/files"
	"github.com/errcat/errcat/generator/interoptest"
	"github.com/errcat/errcat/generator/npmtest"
)

// TestOtherClients calls a server with those clients in JavaScript that TestTypeScript
// only has the form of the errors of.
func TestOtherClients(t *testing.T) {
	module := makeModule(t)
	if err := os.Symlink(filepath.Join(npmtest.Install(t, "../../../.ci/wires"), "node_modules"), filepath.Join(module, "node_modules")); err != nil {
		t.Fatal(err)
	}
	write(t, readCatalog(t, wires+"/shop.yaml"), []generator.Output{
		{Target: "typescript", Path: filepath.Join(module, "errors"), Options: map[string]string{"package": "shop"}},
	})
	if out := run(t, module, "node", "others.mjs", serve(t, module)); out != "ok\n" {
		t.Fatal(out)
	}
	interoptest.Report(t, "connect-es 1, grpc-web and grpc-js bring the problems of HTTP")
}

// TestOldModules compiles the packages with the oldest modules that docs/grpc.md and
// docs/connect.md name.
func TestOldModules(t *testing.T) {
	module := t.TempDir()
	writeFiles(t, module, files.Files{{Path: "go.mod", Data: []byte("module example.com/shop\n\ngo 1.21\n")}})
	for _, name := range []string{"shop", "db"} {
		writePackages(t, module, name, wires+"/"+name+".yaml")
	}
	run(t, module, "go", "get",
		"connectrpc.com/connect@v1.11.0",
		"google.golang.org/grpc@v1.58.0",
		"google.golang.org/genproto/googleapis/rpc@v0.0.0-20250106144421-5f5ef82da422")
	run(t, module, "go", "vet", "./...")
	interoptest.Report(t, "the packages compile with connect 1.11, grpc 1.58 and genproto of January 2025")
}
