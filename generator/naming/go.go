package naming

import (
	"go/token"
	"slices"
	"strings"
)

// Go is the language of the target go, GoWithoutHTTP the one for catalogs without
// HTTP. Constants are exported.
var (
	Go            = goLanguage(goDeclared, goDeclaredForHTTP)
	GoWithoutHTTP = goLanguage(goDeclared)
)

var (
	goDeclared = strings.Fields(`Category Code CodeOf Codes LogAttr ParseCode ParseName ReplaceAttr Retry RetryAfter RetryNever
	RetrySafe WithCause`)
	goDeclaredForHTTP = strings.Fields(`At AtHeader AtParameter FieldError HTTPStatus Handler HandlerOption KeepTruncated
	MapError Observe ParseProblem Pointer Problem ProblemOf ReadProblem RetryAfterOf WithErrors WithInstance WithRetryAfter WriteProblem`)
)

// goLanguage returns Go with the identifiers that the package declares. A name that
// the package declares itself gets the suffix "Code": CODES becomes CodesCode.
func goLanguage(declared ...[]string) Language {
	reserved := setOf(declared...)
	return Language{
		Key:   "go",
		Title: "Go",
		Form:  "an exported Go identifier",
		Help:  "must start with an uppercase letter and contain only letters, digits and _ (max 300)",
		Constant: func(name string) string {
			id := goExported(name)
			if reserved[id] {
				return id + "Code"
			}
			return id
		},
		Valid:    func(id string) bool { return isWord(id, "_") && token.IsExported(id) },
		Declared: slices.Concat(declared...),
		Reserved: func(id string) bool { return reserved[id] },
	}
}

var (
	goStructReserved = setOf(GoMethods)
	goArgReserved    = setOf(GoShadowed)
)

// GoMethods are the methods that the struct of an error can have, which none of
// its fields can be called.
var GoMethods = strings.Fields(`Error LogValue Unwrap`)

// GoShadowed are the identifiers that an argument of a constructor does not have,
// as Go does not allow it or linters report it: keywords, predeclared identifiers,
// and the packages that the file of the constructors imports.
var GoShadowed = strings.Fields(`break case chan const continue default defer else fallthrough for func go goto if import
	interface map package range return select struct switch type var
	any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32 float64
	imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune string true
	uint uint8 uint16 uint32 uint64 uintptr
	slog strconv strings time`)

// GoStruct returns the Go struct that carries the params of an error, by the
// error's constant.
func GoStruct(constant string) string { return constant + "Error" }

// GoConstructor returns the Go function that makes a GoStruct.
func GoConstructor(constant string) string { return "New" + constant }

// GoCategory returns the Go constant of a category.
func GoCategory(category string) string { return "Category" + goExported(category) }

// GoField returns the struct field of a param.
func GoField(param string) string {
	id := goExported(param)
	if goStructReserved[id] {
		return id + "Value"
	}
	return id
}

// GoMetadataField returns the struct field of a metadata key; it is empty if the key
// has no letters or digits.
func GoMetadataField(key string) string { return goExported(key) }

// GoArg returns the constructor argument of a param, whose name has at least
// one word.
func GoArg(param string) string {
	words := split(param)
	id := strings.ToLower(words[0].text)
	if isDigit(id[0]) {
		id = "e" + id
	}
	for _, w := range words[1:] {
		id += goWord(w)
	}
	if goArgReserved[id] {
		return id + "Value"
	}
	return id
}

// GoPackage returns the Go package of a catalog: the catalog's name, with a
// suffix if a package of that name cannot be imported.
func GoPackage(catalog string) string {
	if token.IsKeyword(catalog) || catalog == "main" || catalog == "init" || strings.HasSuffix(catalog, "_test") {
		return catalog + "errors"
	}
	return catalog
}

// goExported returns the exported Go identifier of a name: its words with their
// first letters raised, and initialisms in full capitals unless the author chose
// others. It is empty if the name has no words.
func goExported(name string) string {
	var b strings.Builder
	for _, w := range split(name) {
		b.WriteString(goWord(w))
	}
	id := b.String()
	if id != "" && isDigit(id[0]) {
		return "E" + id
	}
	return id
}

func goWord(w word) string {
	if w.cased {
		return capitalize(w.text)
	}
	return capitalize(spelled(strings.ToLower(w.text)))
}
