package codeliteral

import . "example.com/test/bank"

func dot(code Code) bool {
	return code == "1020" || code == WrongPIN // want `use bank.Limit instead of "1020"`
}
