// Package integer has the source of integer.go, the file that errcat adds to the
// fixed files of a package whose codes are integers. It has a package of its own
// because the codes of package fixed are strings.
package integer

// Code completes the package: in a generated package, code.go declares it.
type Code string
