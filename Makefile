# Every target works in a fresh clone.

.PHONY: all generate docs check lint test race fuzz bench bench-report microbench clean

all: generate test

# Make everything that catalog.yaml asks for.
generate:
	go generate ./...

# Make the documentation alone.
docs:
	go run ./cmd/errcat generate \
		-o markdown=generated/docs/errors.md \
		-o markdown=README.md,inject=true,docs=generated/docs/errors.md \
		-o html=generated/docs/errors.html

# Fail where generated files are out of date.
check:
	go run ./cmd/errcat check

# Report what is wrong with catalog.yaml, and with the Go code.
lint:
	go run ./cmd/errcat lint
	go vet ./...
	go tool -modfile=.ci/tools/go.mod staticcheck ./...

# Install the test tools, and run all tests.
test:
	npm test

# Run all tests under the race detector, which needs a C compiler.
race: node_modules
	go test -race ./...

# Give each fuzz target a short run, by default of a thousand inputs.
FUZZTIME ?= 1000x
fuzz:
	@set -e; for pkg in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$pkg; \
		done; \
	done

# Measure everything again, which takes long, and write docs/benchmarks.md.
# BENCHFLAGS='--only generate' and the like make it shorter; see --help.
BENCH ?= docs/benchmarks.txt
REPORT ?= docs/benchmarks.md
bench: node_modules
	go run ./cmd/errcatbench --bench $(BENCH) --report $(REPORT) $(BENCHFLAGS)

# Write docs/benchmarks.md of what was measured before.
bench-report:
	go run ./cmd/errcatbench report $(BENCH) --report $(REPORT)

# Run the benchmarks of the packages; compare two runs with benchstat.
microbench:
	go test -run '^$$' -bench . -benchmem ./...

# What the tests run on the output, at the versions of the lock file.
node_modules: package-lock.json
	npm ci --no-audit --no-fund
	touch node_modules

clean:
	rm -rf bin node_modules
