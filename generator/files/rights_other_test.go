//go:build !linux

package files_test

import "testing"

// withoutRights calls a function, with whatever rights the test has.
func withoutRights(_ *testing.T, call func()) { call() }
