package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand is errcat version.
type versionCommand struct{}

// Run prints the version of errcat and of the Go release that built it.
func (versionCommand) Run(env *environment) error {
	version := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	_, err := fmt.Fprintf(env.stdout, "errcat %s %s %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
