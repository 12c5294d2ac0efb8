package golang

import "github.com/errcat/errcat/generator/option"

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set {
	return option.Set{
		option.Disable(&o.NoHTTP, "http", "Generates the functions that need net/http: WriteProblem, Handler and ReadProblem. A program that is neither a server nor a client is smaller without them."),
		option.String(&o.Package, "package", "The name of the package. By default it is derived from the name of the catalog.", "apierrors", CheckPackageName),
	}
}
