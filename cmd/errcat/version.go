package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand is errcat version.
type versionCommand struct{}

// Help returns the text of errcat version --help.
func (versionCommand) Help() string { return "errcat --version prints it, too." }

// Run prints the version of errcat and of the Go release that built it.
func (versionCommand) Run(env *environment) error {
	_, err := fmt.Fprintf(env.stdout, "errcat %s %s %s/%s\n", buildVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// linkedVersion is the version of a released binary, such as v1.2.3, which the
// linker sets: -X main.linkedVersion=v1.2.3. In others it is empty, and the version
// is the one that the go command has recorded.
var linkedVersion string

// buildVersion returns the version of errcat.
func buildVersion() string {
	if linkedVersion != "" {
		return linkedVersion
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
