package naming

import "strings"

// TypeScript is the language of the target typescript.
var TypeScript = Language{
	Key:      "typescript",
	Title:    "TypeScript",
	Form:     "a TypeScript identifier",
	Help:     "must start with a letter, _ or $ and contain only letters, digits, _ and $ (max 300)",
	Constant: tsConstant,
	Valid:    func(id string) bool { return isWord(id, "_$") },
	Words:    tsWords,
	Declared: tsDeclared,
	Reserved: func(id string) bool { return tsReserved[id] },
}

var tsWords = strings.Fields(`arguments await break case catch class const continue debugger default delete do else enum eval export
	extends false finally for function if implements import in instanceof interface let new null package private
	protected public return static super switch this throw true try typeof undefined var void while with yield
	Array BigInt Boolean Date Error Function JSON Map Math Number Object String Symbol`)

// tsDeclared has the declarations that are private to a module, too: with
// single_file, they are in one module with the constants.
var tsDeclared = strings.Fields(`AllParams CategoryInfo CodedProblem ErrorCategory ErrorCode ErrorInfo ErrorLifecycle ErrorParams ErrorRetry ErrorSeverity
	FieldError Members MessageParams ParamType Params ParamsOf PlainProblem Problem ProblemBase ProblemError ProblemOf ResponseLike
	UnknownProblem aliases assertNever brand catalog categories category codes datetime define describe duration endOfNumber
	endOfString errorCodes errorInfo formatMessage formatParam hasBase hasMembers httpStatus infos isDatetime isErrorCode
	isFieldErrors isInteger isLarge isObject isOptional isParam isProblem isString matches messages params paramsOf parseProblem
	quoteDigits readBody readCode readDigits readErrors readInteger readList readParam readProblem readStatus readString resolveCode retry
	title toProblem zeroOf`)

// tsRestricted are globals that the language allows to declare again, and that
// linters report.
var tsRestricted = strings.Fields(`Infinity NaN globalThis undefined`)

var tsReserved = setOf(tsWords, tsDeclared, tsRestricted)

// IsInherited reports whether every JavaScript object has a property of that name,
// so that one without a value of its own would still have a value.
func IsInherited(property string) bool { return inherited[property] }

var inherited = setOf(strings.Fields(`__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ constructor
	hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf`))

// tsConstant returns the TypeScript constant of an error: the words of its name
// in capitals, joined by "_". It is empty if the name has no words. A reserved one
// gets the suffix "_CODE": JSON becomes JSON_CODE.
func tsConstant(name string) string {
	id := strings.ToUpper(strings.Join(Words(name), "_"))
	switch {
	case id != "" && isDigit(id[0]):
		return "_" + id
	case tsReserved[id]:
		return id + "_CODE"
	}
	return id
}
