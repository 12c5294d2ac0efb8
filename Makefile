# Every target works in a fresh clone.

.PHONY: all generate docs check lint test short race fuzz bench bench-report microbench clean

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

# Run the tests that need only Go, which takes about a minute.
short:
	go test -short ./...

# The same under the race detector, which needs a C compiler.
race:
	go test -race -short -timeout 30m ./...

# Run each fuzz target for a short time, by default a thousand inputs.
FUZZTIME ?= 1000x
fuzz:
	@set -e; for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$pkg; \
		done; \
	done

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

clean:
	rm -rf bin node_modules
