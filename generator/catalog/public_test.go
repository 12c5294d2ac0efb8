package catalog_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errcat/errcat/generator/catalog"
	"github.com/errcat/errcat/generator/diag"
)

// foreign is an entry of a published error catalog.
type foreign struct{ class, code, name, message, params string }

// TestPublishedCatalogs loads what large projects publish, and checks that
// nothing is lost on the way.
func TestPublishedCatalogs(t *testing.T) {
	for _, test := range []struct {
		project string
		entries []foreign
	}{
		{"postgresql", []foreign{
			{"class_00", "00000", "SUCCESSFUL_COMPLETION", "successful_completion", ""},
			{"class_01", "01000", "WARNING", "warning", ""},
			{"class_01", "0100C", "WARNING_DYNAMIC_RESULT_SETS_RETURNED", "dynamic_result_sets_returned", ""},
			{"class_0E", "0E000", "INVALID_ESCAPE_OCTET", "", ""},
			{"class_22", "22P06", "NONSTANDARD_USE_OF_ESCAPE_CHARACTER", "nonstandard use of \\\\ in a string literal", ""},
			{"class_42", "42601", "SYNTAX_ERROR", "syntax error at or near \"{token}\"", "token"},
			{"class_XX", "XX001", "DATA_CORRUPTED", "data corrupted", ""},
		}},
		{"mongodb", []foreign{
			{"errors", "1", "InternalError", "", ""},
			{"errors", "6", "HostUnreachable", "", ""},
			{"errors", "13436", "NotPrimaryOrSecondary", "", ""},
			{"errors", "11000", "DuplicateKey", "E11000 duplicate key error collection: {ns} index: {index} dup key: {{ {key}: {value} }}", "ns index key value"},
			{"errors", "9001", "SocketException", "", ""},
		}},
		{"spark", []foreign{
			{"class_22", "", "ARITHMETIC_OVERFLOW", "{msg}.{alternative} If necessary set {config} to \"false\" to bypass this error.", "msg alternative config"},
			{"class_42", "", "AMBIGUOUS_COLUMN_OR_FIELD", "Column or field {name} is ambiguous and has {n_} matches.", "name n_"},
			{"class_42", "", "AVRO_INCOMPATIBLE_READ_TYPE", "Cannot convert Avro {avroPath} to SQL {sqlPath}.\nTo allow it, set: \"{key}\".", "avroPath sqlPath key"},
			{"class_42", "", "CANNOT_UPDATE_FIELD.ARRAY_TYPE", "Update the element by updating {fieldName}.element.", "fieldName"},
			{"class_42", "", "CANNOT_UPDATE_FIELD.MAP_TYPE", "Update a map by updating {fieldName}.key or {fieldName}.value.", "fieldName"},
			{"legacy", "", "_LEGACY_ERROR_TEMP_0001", "Invalid InsertIntoContext.", ""},
			{"legacy", "", "_LEGACY_ERROR_TEMP_1338", "Sinks cannot request distribution and ordering in continuous execution mode.", ""},
		}},
		{"istio", []foreign{
			{"analysis", "IST0001", "InternalError", "Internal error: %v", ""},
			{"analysis", "IST0101", "ReferencedResourceNotFound", "Referenced {reftype} not found: %q", "reftype"},
			{"analysis", "IST0118", "PortNameIsNotUnderNamingConvention", "Port name %s (port: %d, targetPort: %s) doesn't follow the naming convention of Istio port.", ""},
		}},
		{"typescript", []foreign{
			{"category_error", "1002", "Unterminated_string_literal_1002", "Unterminated string literal.", ""},
			{"category_error", "1005", "_0_expected_1005", "'{a0}' expected.", "a0"},
			{"category_error", "2322", "Type_0_is_not_assignable_to_type_1_2322", "Type '{a0}' is not assignable to type '{a1}'.", "a0 a1"},
			{"category_message", "6194", "Found_" + strings.Repeat("and_", 66) + "6194", "Found {a0} errors. Watching for file changes.", "a0"},
			{"category_error", "1136", "Property_assignment_expected_1136", "Property assignment expected.", ""},
		}},
		{"tidb", []foreign{
			{"autoid", "autoid:1075", "WRONG_AUTO_KEY", "Incorrect table definition; there can be only one auto column and it must be defined as a key", ""},
			{"executor", "executor:8110", "QUERY_EXCEEDED", "Out Of Memory Quota![conn_id={conn}]", "conn"},
			{"ddl", "ddl:8200", "UNSUPPORTED_DDL", "Unsupported shard_row_id_bits for table with primary key as row id", ""},
		}},
		{"mariadb", []foreign{
			{"hy000", "1004", "ER_CANT_CREATE_FILE", "Can't create file '%-.200s' (errno: %M)", ""},
			{"hy000", "1064", "ER_PARSE_ERROR", "%s near '%-.80T' at line %d", ""},
			{"hy000", "1919", "ER_TRUNCATED_WRONG_VALUE", "Truncated incorrect %-.32T value: '%-.128T'; 100%% \u00abгрешка\u00bb, エラー", ""},
		}},
		{"google", []foreign{
			{"codes", "API_KEY_INVALID", "API_KEY_INVALID", "The request is denied because the provided [API key](https://cloud.google.com/docs/authentication/api-keys) is invalid.\n\nExample of an ErrorInfo:\n\n    {{ \"reason\": \"API_KEY_INVALID\",\n      \"domain\": \"googleapis.com\" }}", ""},
			{"codes", "", "SERVICE_DISABLED", "The request is calling a disabled service for a consumer.", ""},
			{"quota", "", "RATE_LIMIT_EXCEEDED", "Quota limit {{{quota}}} of <x|y> `b` */ // # $%% \\ \t exceeded\r\n", "quota"},
		}},
	} {
		t.Run(test.project, func(t *testing.T) {
			c, ds := catalog.Load("catalog.yaml", []byte(toYAML(test.project, test.entries)))
			for _, d := range ds {
				if d.Rule != diag.RuleUnusualHTTPStatus {
					t.Errorf("%s: %s: %s", d.Pos, d.Rule, d.Message)
				}
			}
			if c == nil {
				return
			}
			for i, want := range test.entries {
				got := c.Errors[i]
				var params []string
				for _, p := range got.Params {
					params = append(params, p.Name)
				}
				message := strings.NewReplacer("{{", "{", "}}", "}").Replace(want.message)
				if want.message == "" {
					message = got.Title
				}
				if want.code == "" {
					want.code = want.name
				}
				if got.Code != want.code || got.Name != want.name || got.Category.Name != want.class || got.Message.Text() != message || strings.Join(params, " ") != want.params {
					t.Errorf("got %s %q in %s, message %q with %v, want %+v", got.Code, got.Name, got.Category.Name, got.Message.Text(), params, want)
				}
			}
		})
	}
}

// toYAML writes entries as a catalog.
func toYAML(name string, entries []foreign) string {
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\ncatalog: {name: %s}\ncategories:\n", name)
	var classes []string
	for _, e := range entries {
		if !slices.Contains(classes, e.class) {
			classes = append(classes, e.class)
			fmt.Fprintf(&b, "  %s: {http_status: 500}\n", e.class)
		}
	}
	b.WriteString("errors:\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "  %s:\n    category: %s\n", e.name, e.class)
		if e.code != "" {
			fmt.Fprintf(&b, "    code: %q\n", e.code)
		}
		if e.message != "" {
			fmt.Fprintf(&b, "    message: %s\n", strconv.Quote(e.message))
		}
		if e.params != "" {
			fmt.Fprintf(&b, "    params: {%s: string}\n", strings.ReplaceAll(e.params, " ", ": string, "))
		}
	}
	return b.String()
}

// TestAwkwardTexts checks that no character of a string is lost, in any YAML style
// that can represent it.
func TestAwkwardTexts(t *testing.T) {
	texts := []string{
		`"`, `'`, "`", `\`, `\n`, "*/", "/*", "//", "%s", "%!", "#", " # ", ": ", "- a", "? a", "| b", "> c", "& d", "* e", "! f", "@ g", "${x}", "|", "<script>",
		"<!-- -->", "](x)", "a\nb", "a\n\n  b\n", "a\r\nb", "a\rb", "a\tb", "\u2028", "\u2029", "\u0085", "\u200f", "\u202e", "\U0001F600", "\x1b[31m", "\x07", "\x7f",
		"\uFEFF", "//go:build ignore", "//go:embed x", "true", "null", "~", "12", "---", "...", " a ", "é", "e\u0301", "\U0010FFFF", "\uFFFD",
	}
	var b strings.Builder
	b.WriteString(head + "  A:\n    http_status: 409\n    metadata:\n")
	var want []string
	for i, text := range texts {
		fmt.Fprintf(&b, "      d%d: %s\n", i, strconv.Quote(text))
		want = append(want, text)
		if strings.ContainsAny(text, "\n\r\t\x1b\x07\x7f\uFEFF\u0085\u2028\u2029") {
			continue
		}
		fmt.Fprintf(&b, "      s%d: '%s'\n      l%d: |1-\n       %s\n", i, strings.ReplaceAll(text, "'", "''"), i, text)
		want = append(want, text, text)
	}
	c := load(t, b.String())
	for i, pair := range c.Errors[0].Metadata {
		if pair.Value != want[i] {
			t.Errorf("%s: %q, want %q", pair.Key, pair.Value, want[i])
		}
	}
	if len(c.Errors[0].Metadata) != len(want) {
		t.Errorf("%d texts, want %d", len(c.Errors[0].Metadata), len(want))
	}
}
