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
	isChange bool
	isUsage  bool
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

// HasLevel reports whether a catalog can choose the level of the findings about the
// rule: those that are warnings about the catalog itself.
func (r Rule) HasLevel() bool { return r.severity == Warning && !r.isChange && !r.isUsage }

// ChangeRules returns the rules about what changed between two versions of a
// catalog, in the order of the catalog of the rules.
func ChangeRules() []Rule {
	return slices.DeleteFunc(Rules(), func(r Rule) bool { return !r.isChange })
}

// rules are filled by the declarations below.
var rules []Rule

func errorRule(id string) Rule   { return register(Rule{id: id, severity: Error}) }
func warningRule(id string) Rule { return register(Rule{id: id, severity: Warning}) }

// A breaking change is an error, a change that surprises somebody a warning, and
// any other change an info.
func breakingRule(id string) Rule {
	return register(Rule{id: id, severity: Error, isChange: true})
}
func surprisingRule(id string) Rule {
	return register(Rule{id: id, severity: Warning, isChange: true})
}
func compatibleRule(id string) Rule {
	return register(Rule{id: id, severity: Info, isChange: true})
}
func usageRule(id string) Rule { return register(Rule{id: id, severity: Warning, isUsage: true}) }

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
	RuleMissingDomain      = errorRule("missing-domain")
	RuleInvalidVersion     = errorRule("invalid-version")
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
	RuleMissingGRPCCode      = errorRule("missing-grpc-code")
	RuleInvalidGRPCReason    = errorRule("invalid-grpc-reason")
	RuleInvalidGRPCParam     = errorRule("invalid-grpc-param")
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
	RuleInvalidRevision     = errorRule("invalid-revision")
)

// The rules about the catalogs of a workspace.
var (
	RuleInvalidCatalogPath = errorRule("invalid-catalog-path")
	RuleDuplicateCatalog   = errorRule("duplicate-catalog")
	RuleUnknownSelection   = errorRule("unknown-selection")
	RuleSharedCatalogName  = errorRule("shared-catalog-name")
	RuleSharedTypeURI      = errorRule("shared-type-uri")
	RuleSharedOutputPath   = errorRule("shared-output-path")
	RuleSharedPackage      = warningRule("shared-package")
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

// RuleNotFormatted is the rule about the form of a catalog.
var RuleNotFormatted = errorRule("not-formatted")

// The rules about generated files.
var (
	RuleMissingFile = errorRule("missing-file")
	RuleChangedFile = errorRule("changed-file")
	RuleStaleFile   = errorRule("stale-file")
	RuleOrphanFile  = errorRule("orphan-file")
)

// The rules about breaking changes between two versions of a catalog.
var (
	RuleErrorRemoved           = breakingRule("error-removed")
	RuleCodeReused             = breakingRule("code-reused")
	RuleCodeChanged            = breakingRule("code-changed")
	RuleAliasRemoved           = breakingRule("alias-removed")
	RuleNameRemoved            = breakingRule("name-removed")
	RuleNameReused             = breakingRule("name-reused")
	RuleReservationRemoved     = breakingRule("reservation-removed")
	RuleHTTPStatusChanged      = breakingRule("http-status-changed")
	RuleGRPCCodeChanged        = breakingRule("grpc-code-changed")
	RuleGRPCReasonChanged      = breakingRule("grpc-reason-changed")
	RuleErrorMadeInternal      = breakingRule("error-made-internal")
	RuleParamRemoved           = breakingRule("param-removed")
	RuleParamRenamed           = breakingRule("param-renamed")
	RuleParamTypeChanged       = breakingRule("param-type-changed")
	RuleParamMadeSensitive     = breakingRule("param-made-sensitive")
	RuleParamMadePublic        = breakingRule("param-made-public")
	RuleConstructorChanged     = breakingRule("constructor-changed")
	RuleIdentifierChanged      = breakingRule("identifier-changed")
	RuleTypeURIChanged         = breakingRule("type-uri-changed")
	RuleAcceptedTypeURIRemoved = breakingRule("accepted-type-uri-removed")
	RuleDomainChanged          = breakingRule("domain-changed")
	RuleCodeTypeChanged        = breakingRule("code-type-changed")
	RuleFallbackChanged        = breakingRule("fallback-changed")
	RuleHTTPRemoved            = breakingRule("http-removed")
	RuleCategoryRemoved        = breakingRule("category-removed")
	RuleMetadataRemoved        = breakingRule("metadata-removed")
	RuleMetadataTypeChanged    = breakingRule("metadata-type-changed")
	RuleMetadataMadeInternal   = breakingRule("metadata-made-internal")
	RulePackageChanged         = breakingRule("package-changed")
	RuleCatalogRemoved         = breakingRule("catalog-removed")
	RuleVersionTooLow          = breakingRule("version-too-low")
)

// The rules about changes that break nothing and may still surprise somebody.
var (
	RuleCodeReplaced        = surprisingRule("code-replaced")
	RuleErrorMadePublic     = surprisingRule("error-made-public")
	RuleMetadataMadePublic  = surprisingRule("metadata-made-public")
	RuleParamAdded          = surprisingRule("param-added")
	RuleParamValueRemoved   = surprisingRule("param-value-removed")
	RuleRetryChanged        = surprisingRule("retry-changed")
	RuleSeverityChanged     = surprisingRule("severity-changed")
	RuleCategoryChanged     = surprisingRule("category-changed")
	RuleFallbackAdded       = surprisingRule("fallback-added")
	RuleRetiredUndeprecated = surprisingRule("retired-undeprecated")
	RuleTitleChanged        = surprisingRule("title-changed")
	RuleMessageChanged      = surprisingRule("message-changed")
	RuleDocumentMoved       = surprisingRule("document-moved")
	RuleUnusedAcceptance    = surprisingRule("unused-acceptance")
)

// The rules about compatible changes.
var (
	RuleErrorAdded           = compatibleRule("error-added")
	RuleErrorDeprecated      = compatibleRule("error-deprecated")
	RuleErrorRetired         = compatibleRule("error-retired")
	RuleErrorRestored        = compatibleRule("error-restored")
	RuleAliasAdded           = compatibleRule("alias-added")
	RuleNameAdded            = compatibleRule("name-added")
	RuleParamValueAdded      = compatibleRule("param-value-added")
	RuleReservationAdded     = compatibleRule("reservation-added")
	RuleCategoryAdded        = compatibleRule("category-added")
	RuleMetadataAdded        = compatibleRule("metadata-added")
	RuleTypeURIAccepted      = compatibleRule("type-uri-accepted")
	RuleHTTPAdded            = compatibleRule("http-added")
	RuleDocumentationChanged = compatibleRule("documentation-changed")
	RuleCatalogAdded         = compatibleRule("catalog-added")
)

// The rules about Go code that uses a catalog. The analyzers of errcatvet have their
// names.
var (
	RuleCodeLiteral   = errorRule("codeliteral")
	RuleCodeUnknown   = errorRule("codeunknown")
	RuleCodeParams    = errorRule("codeparams")
	RuleCodeLifecycle = errorRule("codelifecycle")
	RuleCodeResult    = errorRule("coderesult")
	RuleCodeCause     = errorRule("codecause")
	RuleCodeStatus    = errorRule("codestatus")
	RuleCodeSecret    = errorRule("codesecret")
	RuleCodeCompare   = errorRule("codecompare")
	RuleCodeSwitch    = errorRule("codeswitch")
)

// The rules about what a whole Go program does with the errors of a catalog. errcat
// usage fails only for those that --fail-on names.
var (
	RuleNeverRaised        = usageRule("never-raised")
	RuleDeprecatedRaised   = usageRule("deprecated-raised")
	RuleHandledNeverRaised = usageRule("handled-never-raised")
	RuleStaleUsage         = usageRule("stale-usage")
)
