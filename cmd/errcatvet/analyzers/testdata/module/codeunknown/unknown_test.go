package codeunknown

import "example.com/test/shop"

// Codes of newer servers are tested on purpose.
var newer = shop.Problem{Code: "9999"}
