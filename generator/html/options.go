package html

import "github.com/errcat/errcat/generator/option"

// Describe returns the options of an output, bound to o.
func (o *Options) Describe() option.Set { return option.Set{option.Audience(&o.Audience)} }
