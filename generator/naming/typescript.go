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
	Reserved: func(id string) bool { return tsReserved[id] },
}

// tsReserved are the words that cannot name a constant of a TypeScript module,
// and the names that the TypeScript package declares itself.
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

// tsConstant returns the TypeScript constant of an error: the words of its name
// in capitals, joined by "_". It is empty if the name has no words.
func tsConstant(name string) string {
	id := strings.ToUpper(strings.Join(Words(name), "_"))
	if id != "" && isDigit(id[0]) {
		return "_" + id
	}
	return id
}
