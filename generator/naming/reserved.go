package naming

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// reservedWords are those that a language does not allow as the name of a constant,
// a member or a variable. Templates of users make identifiers for these languages.
var reservedWords = map[string]map[string]bool{
	"c": setOf(strings.Fields(`_Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local
		alignas alignof auto bool break case char const constexpr continue default do double else enum extern false float for goto if
		inline int long nullptr register restrict return short signed sizeof static static_assert struct switch thread_local true typedef
		typeof typeof_unqual union unsigned void volatile while EOF NULL errno`)),
	"csharp": setOf(strings.Fields(`abstract as base bool break byte case catch char checked class const continue decimal default delegate do
		double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock
		long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short
		sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using value var
		virtual void volatile while await`)),
	"dart": setOf(strings.Fields(`abstract as assert async await break case catch class const continue covariant default deferred do dynamic else
		enum export extends extension external factory false final finally for Function get hide if implements import in index interface
		is late library mixin new null on operator part required rethrow return set show static super switch sync this throw true
		try typedef values var void while with yield`)),
	"go": setOf(GoShadowed),
	"java": setOf(strings.Fields(`_ abstract assert boolean break byte case catch char class const continue default do double else enum extends
		false final finally float for goto if implements import instanceof int interface long native new null package private protected
		public record return sealed short static strictfp super switch synchronized this throw throws transient true try var void
		volatile while yield`)),
	"javascript": setOf(tsWords),
	"kotlin": setOf(strings.Fields(`as break class continue do else entries false for fun if in interface is name null object ordinal package return
		super this throw true try typealias typeof val valueOf values var when while`)),
	"php": setOf(strings.Fields(`__halt_compiler abstract and array as break callable case catch class clone const continue declare default die do
		echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum eval exit extends false final finally fn for
		foreach function global goto if implements include include_once instanceof insteadof interface isset list match mixed namespace new
		null or parent print private protected public readonly require require_once return self static switch this throw trait true try
		unset use var void while xor yield`)),
	"python": setOf(strings.Fields(`False None True and as assert async await break case class continue def del elif else except finally for from
		global if import in is lambda match mro name nonlocal not or pass raise return self try type value while with yield`)),
	"ruby": setOf(strings.Fields(`BEGIN END __ENCODING__ __FILE__ __LINE__ __method__ alias and begin break case class def defined do else elsif end
		ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield`)),
	"rust": setOf(strings.Fields(`Self _ abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen
		if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type typeof
		union unsafe unsized use virtual where while yield`)),
	"swift": setOf(strings.Fields(`Any Protocol Self Type _ actor allCases as associatedtype async await break case catch class continue default defer
		deinit do else enum extension fallthrough false fileprivate for func guard hashValue if import in init inout internal is let nil
		open operator precedencegroup private protocol public rawValue repeat rethrows return self static struct subscript super
		switch throw throws true try typealias var where while`)),
	"typescript": setOf(tsWords),
}

// ReservedLanguages returns the languages that Identifier knows.
func ReservedLanguages() []string { return slices.Sorted(maps.Keys(reservedWords)) }

// Identifier returns a name as an identifier of a language: characters other than
// ASCII letters, digits and _ become _, one that begins with a digit or is empty
// begins with _, and a reserved word ends with _.
func Identifier(language, name string) (string, error) {
	reserved := reservedWords[language]
	if reserved == nil {
		return "", fmt.Errorf("no language %q; the languages are %s", language, strings.Join(ReservedLanguages(), ", "))
	}
	id := strings.Map(func(r rune) rune {
		if r == '_' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			return r
		}
		return '_'
	}, name)
	if id == "" || isDigit(id[0]) {
		id = "_" + id
	}
	// PHP does not distinguish the case of its words.
	if reserved[id] || language == "php" && reserved[strings.ToLower(id)] || strings.Trim(id, "_") == "" {
		id += "_"
	}
	return id, nil
}
