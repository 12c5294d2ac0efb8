package diag

import (
	_ "embed"
	"slices"
)

// The catalog of the rules: what each requires, with examples and the fix.
//
//go:embed rules.yaml
var rulesCatalog []byte

// Catalog returns the source of an errcat catalog in which every rule is an
// error, with the id as its code. It describes the rules for people.
func Catalog() []byte { return slices.Clone(rulesCatalog) }

// Rule is a rule that a finding is about. The only rules are those of this
// file, so that nothing can be reported under an id that is not documented.
type Rule struct {
	id       string
	severity Severity
}

// ID returns the stable id of the rule, which people and tools refer to. It
// panics for the zero Rule, which is none.
func (r Rule) ID() string {
	if r.id == "" {
		panic("diag: a finding without a rule")
	}
	return r.id
}

// String returns the id of the rule.
func (r Rule) String() string { return r.ID() }

// MarshalText returns the id of the rule, for JSON.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.ID()), nil }

// Severity returns the severity of the findings about the rule. Like ID, it
// panics for the zero Rule.
func (r Rule) Severity() Severity {
	if r.severity == 0 {
		panic("diag: a finding without a rule")
	}
	return r.severity
}

// Rules returns every rule, in the order of the catalog of the rules.
func Rules() []Rule { return slices.Clone(rules) }

// rules are filled by the declarations below.
var rules []Rule

func errorRule(id string) Rule   { return register(Rule{id, Error}) }
func warningRule(id string) Rule { return register(Rule{id, Warning}) }

func register(r Rule) Rule {
	rules = append(rules, r)
	return r
}

// The rules about a YAML file as a whole.
var (
	RuleFileTooLarge      = errorRule("file-too-large")
	RuleNotUTF8           = errorRule("not-utf8")
	RuleControlCharacter  = errorRule("control-character")
	RuleYAMLSyntax        = errorRule("yaml-syntax")
	RuleMultipleDocuments = errorRule("multiple-documents")
	RuleRecursiveAlias    = errorRule("recursive-alias")
	RuleAliasLimit        = errorRule("alias-limit")
	RuleUnsupportedTag    = errorRule("unsupported-tag")
	RuleTooManyProblems   = errorRule("too-many-problems")
)

// The rules about keys and values.
var (
	RuleDuplicateKey       = errorRule("duplicate-key")
	RuleUnknownKey         = errorRule("unknown-key")
	RuleMissingKey         = errorRule("missing-key")
	RuleWrongType          = errorRule("wrong-type")
	RuleEmptyValue         = errorRule("empty-value")
	RuleUnquotedString     = errorRule("unquoted-string")
	RuleUnknownValue       = errorRule("unknown-value")
	RuleDuplicateValue     = errorRule("duplicate-value")
	RuleDuplicateTag       = errorRule("duplicate-tag")
	RuleUnsupportedVersion = errorRule("unsupported-version")
)

// The rules about the catalog and its categories.
var (
	RuleInvalidCatalogName = errorRule("invalid-catalog-name")
	RuleInvalidDomain      = errorRule("invalid-domain")
	RuleInvalidTypeURI     = errorRule("invalid-type-uri")
	RuleInvalidFallback    = errorRule("invalid-fallback")
	RuleInvalidCategory    = errorRule("invalid-category-name")
	RuleUnknownCategory    = errorRule("unknown-category")
	RuleUnusedCategory     = warningRule("unused-category")
	RuleInvalidRange       = errorRule("invalid-range")
	RuleOverlappingRanges  = warningRule("overlapping-ranges")
	RuleCodeOutsideRange   = warningRule("code-outside-range")
)

// The rules about codes and names.
var (
	RuleInvalidName       = errorRule("invalid-name")
	RuleInvalidCode       = errorRule("invalid-code")
	RuleDuplicateName     = errorRule("duplicate-name")
	RuleDuplicateCode     = errorRule("duplicate-code")
	RuleAmbiguousCode     = errorRule("ambiguous-code")
	RuleReservedName      = errorRule("reserved-name")
	RuleReservedCode      = errorRule("reserved-code")
	RuleMixedNameStyles   = warningRule("mixed-name-styles")
	RuleInvalidIdentifier = errorRule("invalid-identifier")
	RuleMissingIdentifier = errorRule("missing-identifier")
	RuleIdentifierClash   = errorRule("identifier-clash")
	RuleAnchorClash       = errorRule("anchor-clash")
)

// The rules about an entry.
var (
	RuleMissingHTTPStatus    = errorRule("missing-http-status")
	RuleInvalidHTTPStatus    = errorRule("invalid-http-status")
	RuleHTTPNotUsed          = errorRule("http-not-used")
	RuleUnusualHTTPStatus    = warningRule("unusual-http-status")
	RuleTitlePlaceholder     = errorRule("title-placeholder")
	RuleInvalidPlaceholder   = errorRule("invalid-placeholder")
	RuleEscapedPlaceholder   = warningRule("escaped-placeholder")
	RuleDollarPlaceholder    = warningRule("dollar-placeholder")
	RulePrintfVerb           = warningRule("printf-verb")
	RuleUndeclaredParam      = errorRule("undeclared-param")
	RuleSensitivePlaceholder = errorRule("sensitive-placeholder")
	RuleSensitiveExample     = errorRule("sensitive-example")
	RuleInvalidParamName     = errorRule("invalid-param-name")
	RuleReservedParamName    = errorRule("reserved-param-name")
	RuleInvalidExample       = errorRule("invalid-example")
	RuleInvalidDuration      = errorRule("invalid-duration")
	RuleRetryAfterUnused     = errorRule("retry-after-unused")
	RuleInvalidURL           = errorRule("invalid-url")
	RuleRelativeLink         = warningRule("relative-link")
	RuleUnsupportedMarkdown  = warningRule("unsupported-markdown")
	RuleUnknownReplacement   = errorRule("unknown-replacement")
	RuleInvalidReplacement   = errorRule("invalid-replacement")
)

// The rules about metadata.
var (
	RuleInvalidMetadataName = errorRule("invalid-metadata-name")
	RuleInvalidMetadata     = errorRule("invalid-metadata")
	RuleInvalidPattern      = errorRule("invalid-pattern")
	RuleTooManyMetadata     = errorRule("too-many-metadata")
	RuleUndeclaredMetadata  = errorRule("undeclared-metadata")
	RuleMissingMetadata     = errorRule("missing-metadata")
	RuleMetadataPattern     = errorRule("metadata-pattern")
	RuleUnusedMetadata      = warningRule("unused-metadata")
)

// The rules about reservations and outputs.
var (
	RuleInvalidReservation  = errorRule("invalid-reservation")
	RuleUnknownTarget       = errorRule("unknown-target")
	RuleInvalidOutputPath   = errorRule("invalid-output-path")
	RuleInvalidOutputOption = errorRule("invalid-output-option")
	RuleDuplicateOutput     = errorRule("duplicate-output")
)

// The rules about the catalogs of a workspace.
var (
	RuleInvalidCatalogPath = errorRule("invalid-catalog-path")
	RuleDuplicateCatalog   = errorRule("duplicate-catalog")
	RuleUnknownSelection   = errorRule("unknown-selection")
	RuleSharedCatalogName  = errorRule("shared-catalog-name")
	RuleSharedTypeURI      = errorRule("shared-type-uri")
)

// The rule about templates of the target template.
var RuleTemplate = errorRule("template")

// The rules about the markers in a Markdown file that errcat writes into.
var (
	RuleMarkerMissing     = errorRule("marker-missing")
	RuleMarkerInvalid     = errorRule("marker-invalid")
	RuleMarkerUnknown     = errorRule("marker-unknown")
	RuleMarkerUnknownPart = errorRule("marker-unknown-part")
	RuleMarkerUnknownCode = errorRule("marker-unknown-code")
	RuleMarkerUnopened    = errorRule("marker-unopened")
	RuleMarkerUnclosed    = errorRule("marker-unclosed")
	RuleMarkerNested      = errorRule("marker-nested")
	RuleMarkerDoubled     = errorRule("marker-doubled")
)

// The rules about generated files.
var (
	RuleMissingFile = errorRule("missing-file")
	RuleChangedFile = errorRule("changed-file")
	RuleStaleFile   = errorRule("stale-file")
	RuleOrphanFile  = errorRule("orphan-file")
)
