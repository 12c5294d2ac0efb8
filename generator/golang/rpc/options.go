package rpc

import (
	"errors"
	"strings"

	"github.com/errcat/errcat/generator/golang"
	"github.com/errcat/errcat/generator/option"
)

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	base := option.String(&o.Import, "import", "The import path of the package that the target go makes of the same catalog.", "example.com/shop/shop", checkImportPath)
	base.Required = true
	return option.Set{
		base,
		option.String(&o.Package, "package", "The name of the package. By default it is derived from the name of the catalog.", "apierrors"+string(o.Wire), golang.CheckPackageName),
	}
}

// checkImportPath returns an error unless a path can be imported.
func checkImportPath(path string) error {
	for element := range strings.SplitSeq(path, "/") {
		if element == "" || element[0] == '.' {
			return errors.New("must be an import path, such as example.com/shop/shop")
		}
		for _, c := range element {
			if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("-._~+", c) {
				return errors.New("must be an import path, with only letters, digits and -._~+ between the slashes")
			}
		}
	}
	return nil
}
