# Every target works in a fresh clone.

.PHONY: all generate docs check lint test interop short race fuzz bench bench-report microbench release release-check clean

all: generate test

# Write every output that the catalogs of this repository name.
generate:
	go generate ./...

# Write only the documentation.
docs:
	go run ./cmd/errcat generate \
		-o markdown=generated/docs/errors.md \
		-o markdown=README.md,inject=true,docs=generated/docs/errors.md \
		-o html=generated/docs/errors.html

# Fail if generated files are out of date.
check:
	go run ./cmd/errcat check
	go run ./cmd/errcat check -c generator/diag/rules.yaml

# Report problems in catalog.yaml and in the Go code.
lint:
	go run ./cmd/errcat lint
	go vet ./...
	go tool -modfile=.ci/tools/go.mod staticcheck ./...

# Install the tools that the tests run, and run all tests.
test:
	npm test

# Run in full the tests that npm test runs only in part, and write their results
# into docs/interop.md, which names them.
interop: node_modules
	sh .ci/setup
	go test -tags interop -count 1 -p 1 -timeout 90m \
		-run "^($$(sed -n 's/^## \(Test\)/\1/p' docs/interop.md | paste -sd '|' -))$$" \
		$$(go list -tags interop -f '{{.ImportPath}} {{.TestImports}} {{.XTestImports}}' ./... | sed -n 's/ .*interoptest.*//p')

# Run the tests that need only Go, which takes about a minute.
short:
	go test -short ./...

# The same under the race detector, which needs a C compiler: in packages that do
# things at the same time, and without large inputs and what runs one thing after
# another. The tests of package generator run all targets at the same time.
CONCURRENT = errgroup|\bgo func|\.Go\(|\bsync\.(Mutex|RWMutex|Map|Pool|Once\b|WaitGroup)|\batomic\.
race:
	go test -race -short -vet=off -timeout 10m ./cmd/errcat \
		-run '^Test(Interrupted|TwoAtOnce|Signal|Watch)|^TestScripts$$/^(check|generate|module-lists|template|usage|workspace)$$'
	go test -race -short -vet=off -timeout 10m -skip '^(TestHostileFiles|TestLargeTexts|TestSyntaxPlaces|TestFormatKeepsOutputs|Fuzz)' \
		./cmd/errcatvet/usage $$(grep -rlE --include='*.go' '$(CONCURRENT)' cmd generated generator | \
		grep -v -e /testdata/ -e '^cmd/errcat/' | xargs -n 1 dirname | sort -u | sed 's|^|./|')

# Run each fuzz target on some inputs, or for a time such as 10s. With GUIDED=1, inputs
# are chosen by what code they reach, for which everything is compiled again.
FUZZTIME ?= 1000x
GUIDED ?=
fuzz:
	FUZZTIME=$(FUZZTIME) GUIDED=$(GUIDED) .ci/fuzz

# Weave a catalog into public modules and print what errcatvet reports: each
# finding must be about the code. See CONTRIBUTING.md.
MODULES ?= github.com/gorilla/websocket@v1.5.3 github.com/golang-jwt/jwt/v5@v5.3.0 \
	go.etcd.io/bbolt@v1.4.3 github.com/hashicorp/raft@v1.7.3 \
	github.com/minio/minio-go/v7@v7.0.95 github.com/go-git/go-git/v5@v5.16.3 \
	github.com/Shopify/toxiproxy/v2@v2.5.0 github.com/mccutchen/go-httpbin/v2@v2.26.0 \
	github.com/gorilla/csrf@v1.7.3 github.com/go-oauth2/oauth2/v4@v4.5.4 \
	github.com/elazarl/goproxy@v1.9.4 golang.org/x/pkgsite@v0.6.0 \
	github.com/nats-io/nats-server/v2@v2.15.3
weave:
	go run ./cmd/errcatvet/internal/weave $(MODULES)

# Run all benchmarks and write docs/benchmarks.md. See CONTRIBUTING.md for
# shorter runs with BENCHFLAGS.
BENCH ?= docs/benchmarks.txt
REPORT ?= docs/benchmarks.md
bench: node_modules
	go run ./cmd/errcatbench --bench $(BENCH) --report $(REPORT) $(BENCHFLAGS)

# Write docs/benchmarks.md again from docs/benchmarks.txt.
bench-report:
	go run ./cmd/errcatbench report $(BENCH) --report $(REPORT)

# Run the benchmarks of the packages; compare two runs with benchstat.
microbench:
	go test -run '^$$' -bench . -benchmem ./...

# The tools that the tests run on the output, at the versions of the lock file.
node_modules: package-lock.json
	npm ci
	touch node_modules

# Build the archives of the tag that is checked out and upload them as a draft of
# a release; see .goreleaser.yaml.
GORELEASER = go run github.com/goreleaser/goreleaser/v2@v2.15.1
release:
	$(GORELEASER) release --clean

# Check the configuration, and build the archives in dist without publishing.
release-check:
	$(GORELEASER) check
	$(GORELEASER) release --snapshot --clean

clean:
	rm -rf bin dist node_modules
