//go:build interop

package interoptest

// All reports whether tests run everything.
const All = true
