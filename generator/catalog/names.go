package catalog

import (
	"go/token"
	"strings"
)

// This file derives every name that an output needs from a name of the
// catalog. Nothing else in errcat makes up an identifier.

// splitWords cuts a name into its words: at "_", "." and "-", and where the
// case changes, as in "userID" and "HTTPStatus". Digits stay with the word
// before them.
func splitWords(name string) []string {
	var words []string
	start := 0
	cut := func(end int) {
		if start < end {
			words = append(words, name[start:end])
		}
	}
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '_' || c == '.' || c == '-':
			cut(i)
			start = i + 1
		case i > start && isUpper(c):
			before, after := name[i-1], byte(0)
			if i+1 < len(name) {
				after = name[i+1]
			}
			// aB and 1Bc begin a word; so does the last capital of ABc.
			if isLower(before) || isLower(after) && (isUpper(before) || isDigit(before)) {
				cut(i)
				start = i
			}
		}
	}
	cut(len(name))
	return words
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// initialisms are written in capitals in Go: the list of Go's own style
// checkers, and those that error catalogs are full of.
var initialisms = wordSet(`acl api ascii aws cpu css csv db dns eof gcp gid grpc guid html http https id io ios ip iso
	json jwk jwt kyc mfa otp pdf pin qps ram rfc rpc saml sdk sla smtp sql sqs ssh sso tcp tls tsv ttl tty udp ui uid
	uri url utc utf8 uuid vm vpn xml xmpp xsrf xss yaml`)

// goReserved are the names that the Go package declares itself, now or in a
// version to come: an error called CODE must not take them.
var goReserved = wordSet(`As Catalog Cause Code CodeOf Codes Category Domain Errors FieldError FieldErrors Handle Handler HandlerFunc
	HTTPStatus Is New Param Params ParseCode ParseProblem Pointer Problem ProblemError ProblemOf ReadProblem Retry RetryNever RetrySafe RetryAfter
	StatusOf UnknownError Unwrap Wrap WithCause WithErrors WithInstance WriteProblem`)

// goStructReserved are the methods of the error structs; a field cannot share
// their names.
var goStructReserved = wordSet(`As Code Cause Error Errors Format GoString HTTPStatus Is LogValue MarshalJSON Params Problem String UnmarshalJSON Unwrap`)

// goArgReserved are the names that an argument of a constructor cannot have,
// or that it would hide from the reader: keywords, predeclared identifiers and
// the packages that generated code imports.
var goArgReserved = wordSet(`break case chan const continue default defer else fallthrough for func go goto if import
	interface map package range return select struct switch type var
	any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32 float64
	imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune string true
	uint uint8 uint16 uint32 uint64 uintptr
	bytes cmp context errors fmt http io json math reflect slices slog strconv strings time url utf8`)

// tsReserved are the words that cannot name a TypeScript constant in a module,
// and the names that the TypeScript package exports itself.
var tsReserved = wordSet(`arguments await break case catch class const continue debugger default delete do else enum eval export
	extends false finally for function if implements import in instanceof interface let new null package private
	protected public return static super switch this throw true try typeof undefined var void while with yield
	NaN Infinity any boolean never number object string symbol unknown bigint
	ErrorCode ErrorCategory CategoryInfo ErrorParams ErrorInfo ErrorLifecycle ErrorRetry ErrorSeverity FieldError MessageParams ParamsOf AllParams CodedProblem PlainProblem
	Problem ProblemBase ProblemOf ResponseLike UnknownProblem Members Params ParamType Retry
	ProblemError CatalogError Category HTTPStatus catalog categories aliases codes infos
	assertNever brand datetime define describe duration errorCodes errorInfo formatMessage formatParam hasBase hasMembers hasOwn httpStatus isErrorCode
	isDatetime isFieldErrors isInteger isLarge isObject isOptional isParam isProblem isString matches messages params paramsOf parseCode parseProblem
	endOfNumber endOfString quoteDigits readBody readDigits readErrors readInteger readList readParam readProblem readStatus readString resolveCode retry
	category title toProblem zeroOf
	Array BigInt Date Error Function JSON Map Math Number Object Promise RegExp String Symbol`)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// goExported returns the exported Go identifier of a name: its words in
// capitals, initialisms in full capitals. It is empty where the name has no
// words.
func goExported(name string) string {
	var b strings.Builder
	for _, w := range splitWords(name) {
		b.WriteString(goWord(w))
	}
	id := b.String()
	if id != "" && isDigit(id[0]) {
		return "E" + id
	}
	return id
}

func goWord(word string) string {
	lower := strings.ToLower(word)
	if fixed, ok := fixedWord(lower); ok {
		return fixed
	}
	return strings.ToUpper(lower[:1]) + lower[1:]
}

// fixedWord returns a word in the one way in which it is written, wherever it
// stands: an initialism, alone or with the s of its plural.
func fixedWord(lower string) (string, bool) {
	if initialisms[lower] {
		return strings.ToUpper(lower), true
	}
	if stem, ok := strings.CutSuffix(lower, "s"); ok && initialisms[stem] {
		return strings.ToUpper(stem) + "s", true
	}
	if lower == "oauth" {
		return "OAuth", true
	}
	return "", false
}

// goErrorName returns the Go constant of an error. A name that the package
// declares itself gets the ending "Code": WRAP becomes WrapCode.
func goErrorName(name string) string {
	id := goExported(name)
	if goReserved[id] {
		return id + "Code"
	}
	return id
}

// goFieldName returns the struct field of a param.
func goFieldName(param string) string {
	id := goExported(param)
	if goStructReserved[id] {
		return id + "Value"
	}
	return id
}

// goArgName returns the constructor argument of a param.
func goArgName(param string) string {
	words := splitWords(param)
	id := strings.ToLower(words[0])
	for _, w := range words[1:] {
		id += goWord(w)
	}
	if goArgReserved[id] {
		return id + "Value"
	}
	return id
}

// tsConstant returns the TypeScript constant of a name: its words in capitals,
// joined by "_". It is empty where the name has no words.
func tsConstant(name string) string {
	id := strings.ToUpper(strings.Join(splitWords(name), "_"))
	if id != "" && isDigit(id[0]) {
		return "_" + id
	}
	return id
}

// inWords returns a name as the beginning of a sentence: WRONG_USER_ID becomes
// "Wrong user ID".
func inWords(name string) string {
	words := splitWords(name)
	if len(words) == 0 {
		return name
	}
	for i, w := range words {
		lower := strings.ToLower(w)
		if fixed, ok := fixedWord(lower); ok {
			words[i] = fixed
		} else if i == 0 {
			words[i] = goWord(w)
		} else {
			words[i] = lower
		}
	}
	return strings.Join(words, " ")
}

// goPackage returns the Go package of a catalog: its name, but where that
// cannot be imported.
func goPackage(catalog string) string {
	if token.IsKeyword(catalog) || catalog == "main" || catalog == "init" || strings.HasSuffix(catalog, "_test") {
		return catalog + "errors"
	}
	return catalog
}
