package catalog

import (
	"slices"

	"github.com/errcat/errcat/generator/diag"
)

// The ids of the rules. They are stable: tools and people refer to them.
const (
	// The file as a whole.
	RuleFileTooLarge      = "file-too-large"
	RuleNotUTF8           = "not-utf8"
	RuleControlCharacter  = "control-character"
	RuleYAMLSyntax        = "yaml-syntax"
	RuleMultipleDocuments = "multiple-documents"
	RuleRecursiveAlias    = "recursive-alias"
	RuleAliasLimit        = "alias-limit"
	RuleUnsupportedTag    = "unsupported-tag"
	RuleTooManyProblems   = "too-many-problems"

	// Keys and values.
	RuleDuplicateKey       = "duplicate-key"
	RuleUnknownKey         = "unknown-key"
	RuleMissingKey         = "missing-key"
	RuleWrongType          = "wrong-type"
	RuleEmptyValue         = "empty-value"
	RuleUnquotedString     = "unquoted-string"
	RuleUnknownValue       = "unknown-value"
	RuleDuplicateTag       = "duplicate-tag"
	RuleUnsupportedVersion = "unsupported-version"

	// The catalog and its categories.
	RuleInvalidCatalogName = "invalid-catalog-name"
	RuleInvalidDomain      = "invalid-domain"
	RuleInvalidTypeURI     = "invalid-type-uri"
	RuleInvalidFallback    = "invalid-fallback"
	RuleInvalidCategory    = "invalid-category-name"
	RuleUnknownCategory    = "unknown-category"
	RuleUnusedCategory     = "unused-category"
	RuleInvalidRange       = "invalid-range"
	RuleOverlappingRanges  = "overlapping-ranges"
	RuleCodeOutsideRange   = "code-outside-range"

	// Codes and names.
	RuleInvalidName       = "invalid-name"
	RuleInvalidCode       = "invalid-code"
	RuleDuplicateName     = "duplicate-name"
	RuleDuplicateCode     = "duplicate-code"
	RuleAmbiguousCode     = "ambiguous-code"
	RuleReservedName      = "reserved-name"
	RuleReservedCode      = "reserved-code"
	RuleMixedNameStyles   = "mixed-name-styles"
	RuleInvalidIdentifier = "invalid-identifier"
	RuleMissingIdentifier = "missing-identifier"
	RuleIdentifierClash   = "identifier-clash"
	RuleAnchorClash       = "anchor-clash"

	// An entry.
	RuleMissingHTTPStatus    = "missing-http-status"
	RuleInvalidHTTPStatus    = "invalid-http-status"
	RuleUnusualHTTPStatus    = "unusual-http-status"
	RuleTitlePlaceholder     = "title-placeholder"
	RuleInvalidPlaceholder   = "invalid-placeholder"
	RuleUndeclaredParam      = "undeclared-param"
	RuleSensitivePlaceholder = "sensitive-placeholder"
	RuleInvalidParamName     = "invalid-param-name"
	RuleReservedParamName    = "reserved-param-name"
	RuleInvalidExample       = "invalid-example"
	RuleInvalidDuration      = "invalid-duration"
	RuleRetryAfterUnused     = "retry-after-unused"
	RuleInvalidURL           = "invalid-url"
	RuleUnknownReplacement   = "unknown-replacement"
	RuleInvalidReplacement   = "invalid-replacement"
	RuleInvalidReservation   = "invalid-reservation"
	RuleUnknownTarget        = "unknown-target"
	RuleInvalidOutputPath    = "invalid-output-path"
	RuleInvalidOutputOption  = "invalid-output-option"
	RuleDuplicateOutput      = "duplicate-output"
)

// Rule describes a rule of the format.
type Rule struct {
	ID       string
	Severity diag.Severity
	// Summary says what the rule asks for.
	Summary string
}

// Rules returns every rule of the format, in the order of the reference.
func Rules() []Rule { return slices.Clone(rules[:]) }

var rules = [...]Rule{
	{RuleFileTooLarge, diag.Error, "A catalog has at most 64 MiB, and four million lines, commas and brackets."},
	{RuleNotUTF8, diag.Error, "A catalog is UTF-8 text; a byte order mark is allowed."},
	{RuleControlCharacter, diag.Error, "No control character stands in the file but tab, line feed and carriage return, and no text has a NUL."},
	{RuleYAMLSyntax, diag.Error, "The file is YAML."},
	{RuleMultipleDocuments, diag.Error, "The file is one YAML document."},
	{RuleRecursiveAlias, diag.Error, "No YAML anchor contains itself."},
	{RuleAliasLimit, diag.Error, "YAML aliases repeat at most a million values."},
	{RuleUnsupportedTag, diag.Error, "No YAML tag stands in the file but those of YAML's own types."},
	{RuleTooManyProblems, diag.Error, "At most 100,000 problems of a catalog are reported."},

	{RuleDuplicateKey, diag.Error, "A key stands once in its mapping."},
	{RuleUnknownKey, diag.Error, "Every key is one of the format."},
	{RuleMissingKey, diag.Error, "The required keys are there."},
	{RuleWrongType, diag.Error, "A value has the type that its key asks for."},
	{RuleEmptyValue, diag.Error, "A key that is there has a value."},
	{RuleUnquotedString, diag.Error, "A text that YAML would read as a number, boolean, null or date is in quotes."},
	{RuleUnknownValue, diag.Error, "A value is one of those that its key allows."},
	{RuleDuplicateTag, diag.Error, "A tag stands once in the tags of an error."},
	{RuleUnsupportedVersion, diag.Error, "The version of the format is 1."},

	{RuleInvalidCatalogName, diag.Error, "The name of the catalog is a lower-case word."},
	{RuleInvalidDomain, diag.Error, "The domain is a host name."},
	{RuleInvalidTypeURI, diag.Error, "type_uri is a URI with no placeholders but {code} and {name}."},
	{RuleInvalidFallback, diag.Error, "The fallback is a public error of the catalog that has no params and is not retired."},
	{RuleInvalidCategory, diag.Error, "The name of a category begins with a letter and has letters, digits, \"_\" and \"-\"."},
	{RuleUnknownCategory, diag.Error, "A category is declared before it is used."},
	{RuleUnusedCategory, diag.Warning, "A category has errors."},
	{RuleInvalidRange, diag.Error, "A range of codes is written FIRST-LAST, both ends with the same prefix."},
	{RuleOverlappingRanges, diag.Warning, "The ranges of two categories have no code in common."},
	{RuleCodeOutsideRange, diag.Warning, "A code comes from the ranges of its category."},

	{RuleInvalidName, diag.Error, "A name has at most 300 letters, digits, \"_\", \".\" and \"-\", and begins with a letter or \"_\"."},
	{RuleInvalidCode, diag.Error, "A code has at most 300 letters, digits, \"_\", \".\", \":\", \"/\" and \"-\", and begins with a letter, a digit or \"_\"."},
	{RuleDuplicateName, diag.Error, "A name stands once in the catalog, former names included."},
	{RuleDuplicateCode, diag.Error, "A code stands once in the catalog, aliases included."},
	{RuleAmbiguousCode, diag.Error, "No code is the name of another error."},
	{RuleReservedName, diag.Error, "A reserved name is not used."},
	{RuleReservedCode, diag.Error, "A reserved code is not used."},
	{RuleMixedNameStyles, diag.Warning, "The names of a catalog have one style."},
	{RuleInvalidIdentifier, diag.Error, "A chosen identifier is one of its language, and is free."},
	{RuleMissingIdentifier, diag.Error, "A name without letters and digits has chosen identifiers."},
	{RuleIdentifierClash, diag.Error, "Every identifier of the generated code is made once."},
	{RuleAnchorClash, diag.Error, "Every anchor of the documentation is made once."},

	{RuleMissingHTTPStatus, diag.Error, "An error has an HTTP status, its own or its category's."},
	{RuleInvalidHTTPStatus, diag.Error, "An HTTP status is a decimal number from 100 to 599."},
	{RuleUnusualHTTPStatus, diag.Warning, "An HTTP status of an error is 400 or more."},
	{RuleTitlePlaceholder, diag.Error, "A title has no params."},
	{RuleInvalidPlaceholder, diag.Error, "A brace in a message is part of {param}, or is doubled."},
	{RuleUndeclaredParam, diag.Error, "A param of a message is declared."},
	{RuleSensitivePlaceholder, diag.Error, "A sensitive param stands in no message and no title."},
	{RuleInvalidParamName, diag.Error, "A param's name has at most 64 letters, digits and \"_\", and begins with a lower-case letter."},
	{RuleReservedParamName, diag.Error, "No param has the name of a member of the problem body."},
	{RuleInvalidExample, diag.Error, "An example has the type of its param."},
	{RuleInvalidDuration, diag.Error, "A duration is a positive number with a unit, such as 30s."},
	{RuleRetryAfterUnused, diag.Error, "retry_after stands only where retry is after."},
	{RuleInvalidURL, diag.Error, "A link goes to http, https, mailto or a relative target."},
	{RuleUnknownReplacement, diag.Error, "replaced_by names an error of the catalog."},
	{RuleInvalidReplacement, diag.Error, "replaced_by names another error, one that is not retired."},
	{RuleInvalidReservation, diag.Error, "A reservation has one of name, code and codes."},
	{RuleUnknownTarget, diag.Error, "An output names a target of errcat."},
	{RuleInvalidOutputPath, diag.Error, "The path of an output is relative and uses \"/\"."},
	{RuleInvalidOutputOption, diag.Error, "An option of an output is one of its target, with a value that the target takes."},
	{RuleDuplicateOutput, diag.Error, "Two outputs of a target do not write to the same path."},
}

// severityOf returns the severity of a rule.
func severityOf(id string) diag.Severity {
	for _, r := range rules {
		if r.ID == id {
			return r.Severity
		}
	}
	panic("catalog: no rule " + id)
}
