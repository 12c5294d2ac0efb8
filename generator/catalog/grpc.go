package catalog

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/errcat/errcat/generator/diag"
	"github.com/errcat/errcat/generator/yamldoc"
)

// GRPCCode is the code of an error on gRPC and Connect, by its name in
// google/rpc/code.proto.
type GRPCCode string

// The codes of gRPC, in the order of their numbers, which begin at 1.
const (
	GRPCCancelled          GRPCCode = "CANCELLED"
	GRPCUnknown            GRPCCode = "UNKNOWN"
	GRPCInvalidArgument    GRPCCode = "INVALID_ARGUMENT"
	GRPCDeadlineExceeded   GRPCCode = "DEADLINE_EXCEEDED"
	GRPCNotFound           GRPCCode = "NOT_FOUND"
	GRPCAlreadyExists      GRPCCode = "ALREADY_EXISTS"
	GRPCPermissionDenied   GRPCCode = "PERMISSION_DENIED"
	GRPCResourceExhausted  GRPCCode = "RESOURCE_EXHAUSTED"
	GRPCFailedPrecondition GRPCCode = "FAILED_PRECONDITION"
	GRPCAborted            GRPCCode = "ABORTED"
	GRPCOutOfRange         GRPCCode = "OUT_OF_RANGE"
	GRPCUnimplemented      GRPCCode = "UNIMPLEMENTED"
	GRPCInternal           GRPCCode = "INTERNAL"
	GRPCUnavailable        GRPCCode = "UNAVAILABLE"
	GRPCDataLoss           GRPCCode = "DATA_LOSS"
	GRPCUnauthenticated    GRPCCode = "UNAUTHENTICATED"
)

var grpcCodes = [...]GRPCCode{
	GRPCCancelled, GRPCUnknown, GRPCInvalidArgument, GRPCDeadlineExceeded, GRPCNotFound, GRPCAlreadyExists, GRPCPermissionDenied,
	GRPCResourceExhausted, GRPCFailedPrecondition, GRPCAborted, GRPCOutOfRange, GRPCUnimplemented, GRPCInternal, GRPCUnavailable,
	GRPCDataLoss, GRPCUnauthenticated,
}

// GRPCCodes returns every code that an error can have on gRPC, in the order of
// their numbers.
func GRPCCodes() []GRPCCode { return slices.Clone(grpcCodes[:]) }

// grpcTargets are the targets whose outputs send the errors over gRPC and Connect.
var grpcTargets = []string{"go-grpc", "go-connect"}

// grpcCode reads the code of gRPC of an error or a category.
func (l *loader) grpcCode(n *yamldoc.Node) (GRPCCode, bool) {
	l.cat.GRPC = true
	return yamldoc.Choice(l.Document, n, "grpc_code", grpcCodes[:]...)
}

// grpcCodeOf returns the code of an error that names none: what code.proto says of
// its HTTP status or, if that is ambiguous, what clients do about the code.
func grpcCodeOf(status int, retry Retry) GRPCCode {
	switch status {
	case 400, 406, 415, 422:
		return GRPCInvalidArgument
	case 401:
		return GRPCUnauthenticated
	case 403, 451:
		return GRPCPermissionDenied
	case 404, 410:
		return GRPCNotFound
	case 405, 501:
		return GRPCUnimplemented
	case 408, 504:
		return GRPCDeadlineExceeded
	case 409:
		if retry != RetryNever {
			return GRPCAborted
		}
		return GRPCFailedPrecondition
	case 413, 429, 507:
		return GRPCResourceExhausted
	case 416:
		return GRPCOutOfRange
	case 499:
		return GRPCCancelled
	case 502, 503:
		return GRPCUnavailable
	}
	if status >= 400 && status < 500 {
		return GRPCFailedPrecondition
	}
	return GRPCInternal
}

// resolveGRPC gives every error its code of gRPC, and reports what cannot be sent
// over it.
func (l *loader) resolveGRPC() {
	output := slices.IndexFunc(l.cat.Outputs, Output.isGRPC)
	l.cat.GRPC = l.cat.GRPC || output >= 0
	for _, d := range l.drafts {
		l.enter(d)
		if d.GRPCCode == "" && d.Category != nil {
			d.GRPCCode = l.defaults[d.Category].grpcCode
		}
		if d.GRPCCode != "" {
			continue
		}
		if !l.cat.NoHTTP || d.Audience == Internal {
			d.GRPCCode = grpcCodeOf(d.HTTPStatus, d.Retry)
			continue
		}
		isKnown := !d.unknown && !d.grpcUnknown && (d.Category == nil || !l.defaults[d.Category].grpcUnknown)
		if p, ok := d.missingGRPCCode(); ok && l.cat.GRPC && isKnown {
			l.Report(p.Rule, p.Pos, p.Help, "%s", p.Text)
		}
	}
	l.EndSection()
	if output < 0 || l.errorsUnknown {
		return
	}
	report := func(p GRPCProblem) { l.Report(p.Rule, p.Pos, p.Help, "%s", p.Text) }
	if p, ok := l.cat.missingDomain(); ok {
		p.Pos = l.cat.Outputs[output].Pos
		report(p)
	}
	for _, d := range l.drafts {
		l.enter(d)
		for _, p := range d.grpcProblems() {
			report(p)
		}
	}
	l.EndSection()
}

// isGRPC reports whether an output sends the errors over gRPC or Connect.
func (o Output) isGRPC() bool { return slices.Contains(grpcTargets, o.Target) }

// AddOutputs says which outputs the catalog has that are not its own, and returns why
// they cannot send its errors.
func (c *Catalog) AddOutputs(outputs []Output) diag.Diagnostics {
	output := slices.IndexFunc(outputs, Output.isGRPC)
	if output < 0 {
		return nil
	}
	c.GRPC = true
	var found diag.Diagnostics
	for _, p := range c.GRPCProblems() {
		if p.Rule == diag.RuleMissingDomain {
			p.Pos = outputs[output].Pos
		}
		found = append(found, diag.New(p.Rule, p.Pos, p.Help, "%s", p.Text))
	}
	return found
}

// GRPCProblem is a reason why errors cannot be sent over gRPC.
type GRPCProblem struct {
	Rule diag.Rule
	// Pos is the place of the name; it is not set if the catalog has no domain.
	Pos        diag.Position
	Help, Text string
}

// What google.rpc.ErrorInfo allows. A param has a name of at most 64 characters, as
// ErrorInfo requires.
const maxReason = 63

var (
	reasons      = regexp.MustCompile(`^[A-Z][A-Z0-9_]+[A-Z0-9]$`)
	metadataKeys = regexp.MustCompile(`^[a-z][a-zA-Z0-9_-]+$`)
)

// GRPCCodeKey is the key of the metadata of google.rpc.ErrorInfo that has the code.
const GRPCCodeKey = "code"

// GRPCProblems returns why errors of the catalog cannot be sent over gRPC and
// Connect, as google.rpc.ErrorInfo has them.
func (c *Catalog) GRPCProblems() []GRPCProblem {
	var problems []GRPCProblem
	if p, ok := c.missingDomain(); ok {
		problems = append(problems, p)
	}
	for _, e := range c.Errors {
		problems = append(problems, e.grpcProblems()...)
		if p, ok := e.missingGRPCCode(); ok {
			problems = append(problems, p)
		}
	}
	return problems
}

// missingDomain returns the problem of a catalog without a domain.
func (c *Catalog) missingDomain() (GRPCProblem, bool) {
	return GRPCProblem{
		Rule: diag.RuleMissingDomain,
		Help: "add domain: with a host name, such as example.com, to the catalog",
		Text: "on gRPC, an error is identified by the domain of its catalog, and the catalog has none",
	}, c.Domain == ""
}

// missingGRPCCode returns the problem of an error that has no code, because there is
// no HTTP status to derive it from.
func (e *Error) missingGRPCCode() (GRPCProblem, bool) {
	return GRPCProblem{
		Rule: diag.RuleMissingGRPCCode,
		Pos:  e.Pos,
		Help: "add grpc_code: to the error or to its category",
		Text: fmt.Sprintf("the error %s has no code of gRPC, and no HTTP status to derive it from", diag.Quote(e.Name)),
	}, e.GRPCCode == ""
}

// grpcProblems returns why the error cannot be sent. Internal errors and sensitive
// params never are.
func (e *Error) grpcProblems() (problems []GRPCProblem) {
	if e.Audience == Internal {
		return nil
	}
	report := func(rule diag.Rule, pos diag.Position, help, format string, args ...any) {
		problems = append(problems, GRPCProblem{rule, pos, help, fmt.Sprintf(format, args...)})
	}
	if len(e.Name) > maxReason || !reasons.MatchString(e.Name) {
		report(diag.RuleInvalidGRPCReason, e.Pos, "rename it with errcat rename, which keeps the old name for code that uses it: 3 to 63 characters in UPPER_SNAKE_CASE", "the name %s cannot be the reason of an error on gRPC", diag.Quote(e.Name))
	}
	for _, p := range e.Params {
		switch {
		case p.Sensitive:
		case p.Name == GRPCCodeKey:
			report(diag.RuleInvalidGRPCParam, p.Pos, "choose a name such as request_code", "the param code cannot be sent over gRPC: the metadata of an error has its code under that key")
		case !metadataKeys.MatchString(p.Name):
			report(diag.RuleInvalidGRPCParam, p.Pos, "start with a lowercase letter and use 2 to 64 characters", "the param %s cannot be a key of the metadata of an error on gRPC", p.Name)
		}
	}
	return problems
}
