// Package build has a file that is not built.
package build

import _ "example.com/test/upstream"
