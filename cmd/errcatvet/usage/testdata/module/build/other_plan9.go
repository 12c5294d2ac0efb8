package build

import "example.com/test/upstream"

func init() { panic(upstream.Faded) } // maybe Faded
