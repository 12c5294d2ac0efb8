//go:build never

package codeliteral

import "example.com/test/cli"

func tagged(code cli.Code) bool {
	return code == "E1"
}
