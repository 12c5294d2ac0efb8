package naming

import (
	"slices"
	"strings"
)

// TypeScript is the language of the target typescript, TypeScriptWithoutHTTP the
// one for catalogs without HTTP.
var (
	TypeScript            = tsLanguage(tsDeclared, tsDeclaredForTranslations, tsDeclaredForHTTP)
	TypeScriptWithoutHTTP = tsLanguage(tsDeclared, tsDeclaredForTranslations)
)

// tsLanguage returns TypeScript with the identifiers that the package declares.
func tsLanguage(declared ...[]string) Language {
	reserved := setOf(append(slices.Clone(declared), tsWords, tsRestricted)...)
	return Language{
		Key:      "typescript",
		Title:    "TypeScript",
		Form:     "a TypeScript identifier",
		Help:     "must start with a letter, _ or $ and contain only letters, digits, _ and $ (max 300)",
		Constant: func(name string) string { return tsConstant(name, reserved) },
		Valid:    func(id string) bool { return isWord(id, "_$") },
		Words:    tsWords,
		Declared: slices.Concat(declared...),
		Reserved: func(id string) bool { return reserved[id] },
	}
}

var tsWords = strings.Fields(`arguments await break case catch class const continue debugger default delete do else enum eval export
	extends false finally for function if implements import in instanceof interface let new null package private
	protected public return static super switch this throw true try typeof undefined var void while with yield
	Array ArrayBuffer BigInt Boolean Date Error JSON Map Math Number Object RangeError Reflect RegExp Response String Symbol
	Uint8Array`)

// These have the declarations that are private to a module, too: with single_file,
// they are in one module with the constants.
var (
	tsDeclared = strings.Fields(`CategoryInfo Column ErrorCategory ErrorCode ErrorInfo ErrorLifecycle ErrorLink ErrorParams
	ErrorRetry ErrorSeverity ParamValue ParamsFor PlainCode aliases categories category categoryNames
	codeOfAlias codes column deprecations errorCodes errorInfo fallback format formatMessage formatParam
	ifKnown isErrorCode lazy linkLists links message messages metadata metadataSets names parse
	resolution resolutions resolveCode retirements retries retry retryAfter retryDelays severities
	severity tagLists title titles versions wordsOf`)
	tsDeclaredForTranslations = strings.Fields(`Placeholders TextWith TextWithAll Translations formatParams isText`)
	tsDeclaredForHTTP         = strings.Fields(`CodedFieldError CodedProblem Facts FieldError FieldErrorBase FieldErrorOf FieldErrorPlace FieldParamsOf
	Identity Members ParamType ParamsOf PlainFieldError PlainProblem PlatformResponse Problem ProblemBase
	ProblemError ProblemHandlers ProblemOf ProblemResponse RPCDetail RPCField RPCStatus ResponseConstructor
	ResponseFacts ResponseLike UnknownFieldError UnknownProblem assertNever attempt blank bodyKey bodyOf
	brand bytesIn bytesOf catalogDomain codeIn codeOf codeOfName codeOfReason codesByName codesByReason
	datetime decode define describe duration elementIn elementOf elementsIn endOfNumber endOfString endOfValue expand
	fieldErrorOf fieldsOf formPath fromConnectError groups handle hasBase hasMembers hasParams httpStatus
	httpStatuses identify isDatetime isDuration isFieldError isFieldErrors isInteger isJSONText isLarge
	isObject isOptional isParam isProblem isSent isString isTypeError matches membersOf messageOf messagesIn
	missingKey missingOf missingParams nameOf nameOfCode notParams numberIn paramTypeOf paramTypes paramsIn paramsOf
	parseProblem placeIn pointerKeys pointerOfPath problemIn problemOf propertiesOf quoteDigits readBody readCode
	readDigits readElement readFacts readHeader readInteger readKey readMembers readParam readProblem
	readRetryAfter readSeconds readStatus readString readText readTruncated responseOf secondsIn sentMembers
	setCode setErrors setParams shapes skip split statusIn statusTexts textIn textOf toObject toProblem
	toResponse toText typeURI typeURIs valuesOf within zeroOf`)
)

// tsRestricted are globals that the language allows to declare again, and that
// linters report.
var tsRestricted = strings.Fields(`Infinity NaN globalThis undefined`)

// IsInherited reports whether every JavaScript object has a property of that name,
// so that one without a value of its own would still have a value.
func IsInherited(property string) bool { return inherited[property] }

var inherited = setOf(strings.Fields(`__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ constructor
	hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf`))

// tsConstant returns the TypeScript constant of an error: the words of its name
// in capitals, joined by "_". It is empty if the name has no words. A reserved one
// gets the suffix "_CODE": JSON becomes JSON_CODE.
func tsConstant(name string, reserved map[string]bool) string {
	id := strings.ToUpper(strings.Join(Words(name), "_"))
	switch {
	case id != "" && isDigit(id[0]):
		return "_" + id
	case reserved[id]:
		return id + "_CODE"
	}
	return id
}
