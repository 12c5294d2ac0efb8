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

// buildVersion returns the version of errcat.
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
