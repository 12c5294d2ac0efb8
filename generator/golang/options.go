package golang

import (
	"errors"

	"github.com/errcat/errcat/generator/option"
)

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Enum(&o.HTTP, "http", "Generates the functions that need net/http: WriteProblem, Handler and ReadProblem. A program that is neither a server nor a client is smaller without them. A catalog with http: false never has them.", On, Off),
		option.String(&o.Package, "package", "The name of the package. By default it is derived from the name of the catalog.", "apierrors", CheckPackageName),
	}
}

// NeedsHTTP returns the name of an option that asks for HTTP, and an error that
// says so. It returns no error if no option does.
func (o *Options) NeedsHTTP() (name string, err error) {
	if o.HTTP == On {
		return "http", errors.New("the catalog has http: false")
	}
	return "", nil
}
