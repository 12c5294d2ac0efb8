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
	summary  string
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

// Summary returns a sentence that says what the rule requires.
func (r Rule) Summary() string { return r.summary }

// Rules returns every rule, in the order of the catalog of the rules.
func Rules() []Rule { return slices.Clone(rules) }

// rules are filled by the declarations below.
var rules []Rule

func errorRule(id, summary string) Rule   { return register(Rule{id, Error, summary}) }
func warningRule(id, summary string) Rule { return register(Rule{id, Warning, summary}) }

func register(r Rule) Rule {
	rules = append(rules, r)
	return r
}

// The rules about a YAML file as a whole.
var (
	RuleFileTooLarge      = errorRule("file-too-large", "A catalog has at most 64 MiB, and at most four million lines, commas and brackets.")
	RuleNotUTF8           = errorRule("not-utf8", "A catalog is UTF-8 text. A byte order mark is allowed.")
	RuleControlCharacter  = errorRule("control-character", "A catalog contains no control characters except tab, line feed and carriage return, no other line breaks, and no string contains NUL.")
	RuleYAMLSyntax        = errorRule("yaml-syntax", "A catalog is valid YAML.")
	RuleMultipleDocuments = errorRule("multiple-documents", "A catalog is a single YAML document.")
	RuleRecursiveAlias    = errorRule("recursive-alias", "No YAML anchor contains itself.")
	RuleAliasLimit        = errorRule("alias-limit", "YAML aliases repeat at most a million values.")
	RuleUnsupportedTag    = errorRule("unsupported-tag", "The only YAML tags are those of YAML's own types.")
	RuleTooManyProblems   = errorRule("too-many-problems", "At most 100,000 problems of a catalog are reported.")
)

// The rules about keys and values.
var (
	RuleDuplicateKey       = errorRule("duplicate-key", "The keys of a mapping are unique.")
	RuleUnknownKey         = errorRule("unknown-key", "Every key is defined by the format.")
	RuleMissingKey         = errorRule("missing-key", "Required keys are present.")
	RuleWrongType          = errorRule("wrong-type", "A value has the type that its key requires.")
	RuleEmptyValue         = errorRule("empty-value", "A key that is present has a value.")
	RuleUnquotedString     = errorRule("unquoted-string", "A string that YAML would read as a number, boolean, null or date is quoted.")
	RuleUnknownValue       = errorRule("unknown-value", "A value is one of those that its key allows.")
	RuleDuplicateValue     = errorRule("duplicate-value", "The allowed values of a key are unique.")
	RuleDuplicateTag       = errorRule("duplicate-tag", "The tags of an error are unique.")
	RuleUnsupportedVersion = errorRule("unsupported-version", "The version of the format is 1.")
)

// The rules about the catalog and its categories.
var (
	RuleInvalidCatalogName = errorRule("invalid-catalog-name", "The name of a catalog starts with a lowercase letter and contains only lowercase letters, digits and \"_\" (max 64).")
	RuleInvalidDomain      = errorRule("invalid-domain", "The domain is a host name.")
	RuleInvalidTypeURI     = errorRule("invalid-type-uri", "type_uri is a URI whose only placeholders are {code} and {name}.")
	RuleInvalidFallback    = errorRule("invalid-fallback", "The fallback is a public error of the catalog that has no params and is not retired.")
	RuleInvalidCategory    = errorRule("invalid-category-name", "The name of a category starts with a letter and contains only letters, digits, \"_\" and \"-\" (max 64).")
	RuleUnknownCategory    = errorRule("unknown-category", "The category of an error is declared.")
	RuleUnusedCategory     = warningRule("unused-category", "A category has errors.")
	RuleInvalidRange       = errorRule("invalid-range", "A range of codes is written FIRST-LAST, with the same prefix on both ends; one of integers is written FIRST..LAST.")
	RuleOverlappingRanges  = warningRule("overlapping-ranges", "The ranges of two categories do not overlap.")
	RuleCodeOutsideRange   = warningRule("code-outside-range", "A code is in one of the ranges of its category.")
)

// The rules about codes and names.
var (
	RuleInvalidName       = errorRule("invalid-name", "A name starts with a letter or \"_\" and contains only letters, digits, \"_\", \".\" and \"-\" (max 300).")
	RuleInvalidCode       = errorRule("invalid-code", "A code starts with a letter, a digit or \"_\" and contains only letters, digits, \"_\", \".\", \":\", \"/\" and \"-\" (max 300). With code_type: integer, it is an integer in decimal notation from -(2^53-1) to 2^53-1.")
	RuleDuplicateName     = errorRule("duplicate-name", "The names of a catalog are unique, including former names.")
	RuleDuplicateCode     = errorRule("duplicate-code", "The codes of a catalog are unique, including aliases.")
	RuleAmbiguousCode     = errorRule("ambiguous-code", "No code is the name of another error.")
	RuleReservedName      = errorRule("reserved-name", "A reserved name is not used.")
	RuleReservedCode      = errorRule("reserved-code", "A reserved code is not used.")
	RuleMixedNameStyles   = warningRule("mixed-name-styles", "All names of a catalog are written in the same style.")
	RuleInvalidIdentifier = errorRule("invalid-identifier", "A chosen identifier is valid in its language, and not reserved.")
	RuleMissingIdentifier = errorRule("missing-identifier", "An error whose name has no letters or digits chooses its identifiers.")
	RuleIdentifierClash   = errorRule("identifier-clash", "Each identifier of the generated code is declared once.")
	RuleAnchorClash       = errorRule("anchor-clash", "Each anchor of the documentation is defined once.")
)

// The rules about an entry.
var (
	RuleMissingHTTPStatus    = errorRule("missing-http-status", "An error has an HTTP status, its own or that of its category.")
	RuleInvalidHTTPStatus    = errorRule("invalid-http-status", "An HTTP status is a decimal number from 100 to 599.")
	RuleHTTPNotUsed          = errorRule("http-not-used", "A catalog with http: false has no HTTP statuses and no type_uri.")
	RuleUnusualHTTPStatus    = warningRule("unusual-http-status", "The HTTP status of an error is 400 or higher.")
	RuleTitlePlaceholder     = errorRule("title-placeholder", "A title contains no params.")
	RuleInvalidPlaceholder   = errorRule("invalid-placeholder", "A brace in a message is part of a {param}, or doubled.")
	RuleEscapedPlaceholder   = warningRule("escaped-placeholder", "No message has the name of a param in doubled braces.")
	RuleDollarPlaceholder    = warningRule("dollar-placeholder", "No placeholder of a message is written ${param}.")
	RulePrintfVerb           = warningRule("printf-verb", "No message has a printf verb such as %s, unless many do.")
	RuleUndeclaredParam      = errorRule("undeclared-param", "A param in a message is declared.")
	RuleSensitivePlaceholder = errorRule("sensitive-placeholder", "No message contains a sensitive param.")
	RuleSensitiveExample     = errorRule("sensitive-example", "No sensitive param has an example.")
	RuleInvalidParamName     = errorRule("invalid-param-name", "The name of a param starts with a letter or \"_\" and contains only letters, digits and \"_\" (max 64).")
	RuleReservedParamName    = errorRule("reserved-param-name", "No param has the name of a member of the problem body.")
	RuleInvalidExample       = errorRule("invalid-example", "An example has the type of its param.")
	RuleInvalidDuration      = errorRule("invalid-duration", "A duration is a positive number with a unit, such as 30s.")
	RuleRetryAfterUnused     = errorRule("retry-after-unused", "retry_after is only used together with retry: after.")
	RuleInvalidURL           = errorRule("invalid-url", "The URL of a link is http, https, mailto or relative.")
	RuleRelativeLink         = warningRule("relative-link", "A link leads to the same place from every output.")
	RuleUnsupportedMarkdown  = warningRule("unsupported-markdown", "Markdown texts have only what every output can show.")
	RuleUnknownReplacement   = errorRule("unknown-replacement", "replaced_by names an error of the catalog.")
	RuleInvalidReplacement   = errorRule("invalid-replacement", "replaced_by names a different error, which is not retired.")
)

// The rules about metadata.
var (
	RuleInvalidMetadataName = errorRule("invalid-metadata-name", "A declared metadata key starts with a letter or \"_\" and contains only letters, digits and \"_\" (max 64), and is not a property of every JavaScript object.")
	RuleInvalidMetadata     = errorRule("invalid-metadata", "A metadata key has values if it is an enum, and a pattern only if it is a string or url.")
	RuleInvalidPattern      = errorRule("invalid-pattern", "A pattern is a simple regular expression in RE2 syntax (max 300 characters).")
	RuleTooManyMetadata     = errorRule("too-many-metadata", "A catalog declares, and a category has, at most 100 metadata keys.")
	RuleUndeclaredMetadata  = errorRule("undeclared-metadata", "If the catalog declares metadata, errors and categories have only declared keys.")
	RuleMissingMetadata     = errorRule("missing-metadata", "Every error has a value for each required metadata key, its own or that of its category.")
	RuleMetadataPattern     = errorRule("metadata-pattern", "A metadata value matches the pattern of its key.")
	RuleUnusedMetadata      = warningRule("unused-metadata", "A declared metadata key is used.")
)

// The rules about reservations and outputs.
var (
	RuleInvalidReservation  = errorRule("invalid-reservation", "A reservation has exactly one of name, code and codes.")
	RuleUnknownTarget       = errorRule("unknown-target", "The target of an output exists.")
	RuleInvalidOutputPath   = errorRule("invalid-output-path", "The path of an output is relative and uses \"/\".")
	RuleInvalidOutputOption = errorRule("invalid-output-option", "The options of an output have values that its target accepts.")
	RuleDuplicateOutput     = errorRule("duplicate-output", "No two outputs of a target have the same path.")
)

// The rule about templates of the target template.
var RuleTemplate = errorRule("template", "A template can be parsed and executed, and its files have unique, valid names.")

// The rules about the markers in a Markdown file that errcat writes into.
var (
	RuleMarkerMissing     = errorRule("marker-missing", "A file to write into has a marker for the catalog.")
	RuleMarkerInvalid     = errorRule("marker-invalid", "A marker has the words that it needs, and no others.")
	RuleMarkerUnknown     = errorRule("marker-unknown", "A marker is errcat:begin or errcat:end.")
	RuleMarkerUnknownPart = errorRule("marker-unknown-part", "A marker names a part that exists: table, sections or code:NAME.")
	RuleMarkerUnknownCode = errorRule("marker-unknown-code", "A marker with code:NAME names an error of the catalog.")
	RuleMarkerUnopened    = errorRule("marker-unopened", "Every errcat:end has an errcat:begin.")
	RuleMarkerUnclosed    = errorRule("marker-unclosed", "Every errcat:begin has an errcat:end.")
	RuleMarkerNested      = errorRule("marker-nested", "No marked region is inside another one.")
	RuleMarkerDoubled     = errorRule("marker-doubled", "Each part appears in one marked region.")
)

// The rules about generated files.
var (
	RuleMissingFile = errorRule("missing-file", "Every generated file exists.")
	RuleChangedFile = errorRule("changed-file", "Every generated file is up to date with the catalog.")
	RuleStaleFile   = errorRule("stale-file", "Files that the catalog no longer generates are removed.")
)
