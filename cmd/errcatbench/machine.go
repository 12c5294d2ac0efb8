package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// describe records what the machine is, and the versions of the tools.
func (l *lab) describe() error {
	dir := l.path("machine")
	if err := l.unpack("machine", dir, 1, "internal"); err != nil {
		return err
	}
	out, err := l.output(command{dir: dir, args: []string{"go", "test", "-run", "^$", "-bench", ".", "-benchtime", "1x"}})
	if err != nil {
		return err
	}
	machine, err := readResults(strings.NewReader(string(out)))
	if err != nil {
		return err
	}
	l.results.config = machine.config
	notes := l.results.notes
	notes["date"] = time.Now().UTC().Format(time.DateOnly)
	notes["runs"] = strconv.Itoa(l.runs)
	notes["limit"] = formatLimit(l.limit)
	notes["cores"] = strconv.Itoa(runtime.NumCPU())
	if memory := machineMemory(); memory > 0 {
		notes["memory"] = formatBytes(memory)
	}
	if out, err := exec.CommandContext(l.ctx, "uname", "-sr").Output(); err == nil {
		// What is behind the version is the distribution's, or the machine's.
		notes["os"], _, _ = strings.Cut(strings.TrimSpace(string(out)), "-")
	}
	return l.describeTools()
}

// describeTools records the versions of what is used, as far as it is there.
func (l *lab) describeTools() error {
	notes := l.results.notes
	version, err := l.output(command{dir: l.root, args: []string{"go", "env", "GOVERSION"}})
	if err != nil {
		return err
	}
	notes["version Go"] = strings.TrimPrefix(strings.TrimSpace(string(version)), "go")
	version, err = l.output(command{dir: l.root, args: []string{"go", "list", "-m", "-f", "{{.Version}}", "gopkg.in/yaml.v3"}})
	if err != nil {
		return err
	}
	notes["version yaml.v3"] = strings.TrimSpace(string(version))
	if out, err := exec.CommandContext(l.ctx, "node", "--version").Output(); err == nil {
		notes["version Node"] = strings.TrimSpace(string(out))
	}
	for _, tool := range []string{"typescript", "typescript-7", "esbuild", "rollup"} {
		data, err := os.ReadFile(filepath.Join(l.root, "node_modules", tool, "package.json"))
		if err != nil {
			continue // the section that needs it says so
		}
		var manifest struct{ Version string }
		if err := json.Unmarshal(data, &manifest); err != nil {
			return err
		}
		notes["version "+tool] = manifest.Version
	}
	return nil
}

// machineMemory returns the bytes of memory that the machine has, 0 where they
// are not known.
func machineMemory() float64 {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	var kib float64
	if _, err := fmt.Sscanf(string(data), "MemTotal: %f kB", &kib); err != nil {
		return 0
	}
	return kib * 1024
}
