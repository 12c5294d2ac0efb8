package naming

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for _, test := range []struct{ name, words, goName, tsName, inWords string }{
		{"NOT_FOUND", "NOT FOUND", "NotFound", "NOT_FOUND", "Not found"},
		{"not_found", "not found", "NotFound", "NOT_FOUND", "Not found"},
		{"not-found", "not found", "NotFound", "NOT_FOUND", "Not found"},
		{"notFound", "not Found", "NotFound", "NOT_FOUND", "Not found"},
		{"NotFound", "Not Found", "NotFound", "NOT_FOUND", "Not found"},
		{"NOTFOUND", "NOTFOUND", "Notfound", "NOTFOUND", "Notfound"},
		{"STORE.NOT_FOUND", "STORE NOT FOUND", "StoreNotFound", "STORE_NOT_FOUND", "Store not found"},
		{"a", "a", "A", "A", "A"},
		{"A", "A", "A", "A", "A"},
		{"IS_A_TEST", "IS A TEST", "IsATest", "IS_A_TEST", "Is a test"},
		{"aB", "a B", "AB", "A_B", "A b"},
		{"ABc", "A Bc", "ABc", "A_BC", "A bc"},
		{"WRONG_USER_ID", "WRONG USER ID", "WrongUserID", "WRONG_USER_ID", "Wrong user ID"},
		{"userIDs", "user I Ds", "UserIDs", "USER_I_DS", "User i ds"},
		{"USER_IDS", "USER IDS", "UserIDs", "USER_IDS", "User IDs"},
		{"ID_TYPE", "ID TYPE", "IDType", "ID_TYPE", "ID type"},
		{"HTTPStatus", "HTTP Status", "HTTPStatusCode", "HTTP_STATUS", "HTTP status"},
		{"MyHTTPServer", "My HTTP Server", "MyHTTPServer", "MY_HTTP_SERVER", "My HTTP server"},
		{"INVALID_JSON", "INVALID JSON", "InvalidJSON", "INVALID_JSON", "Invalid JSON"},
		{"OAUTH_TOKEN", "OAUTH TOKEN", "OAuthToken", "OAUTH_TOKEN", "OAuth token"},
		{"IOS_APP", "IOS APP", "IOSApp", "IOS_APP", "IOS app"},
		{"DNS_FAILED", "DNS FAILED", "DNSFailed", "DNS_FAILED", "DNS failed"},
		{"IST0101", "IST0101", "Ist0101", "IST0101", "Ist0101"},
		{"v2Api", "v2 Api", "V2API", "V2_API", "V2 API"},
		{"X509Cert", "X509 Cert", "X509Cert", "X509_CERT", "X509 cert"},
		{"UTF8", "UTF8", "UTF8", "UTF8", "UTF8"},
		{"ERROR_404", "ERROR 404", "Error404", "ERROR_404", "Error 404"},
		{"_404", "404", "E404", "_404", "404"},
		{"_0_expected_1005", "0 expected 1005", "E0Expected1005", "_0_EXPECTED_1005", "0 expected 1005"},
		{"_LEGACY_1", "LEGACY 1", "Legacy1", "LEGACY_1", "Legacy 1"},
		{"A__B..C--D_", "A B C D", "ABCD", "A_B_C_D", "A b c d"},
		{"_", "", "", "", "_"},
		{"__.-", "", "", "", "__.-"},
		{"CODE", "CODE", "CodeCode", "CODE", "Code"},
		{"WRAP", "WRAP", "WrapCode", "WRAP", "Wrap"},
		{"HTTP_STATUS", "HTTP STATUS", "HTTPStatusCode", "HTTP_STATUS", "HTTP status"},
		{"ERROR", "ERROR", "Error", "ERROR", "Error"},
		{"class", "class", "Class", "CLASS", "Class"},
		{"constructor", "constructor", "Constructor", "CONSTRUCTOR", "Constructor"},
		{"__proto__", "proto", "Proto", "PROTO", "Proto"},
		{"init", "init", "Init", "INIT", "Init"},
		{strings.Repeat("AB_", 90), strings.TrimSpace(strings.Repeat("AB ", 90)), strings.Repeat("Ab", 90), strings.TrimSuffix(strings.Repeat("AB_", 90), "_"), "Ab" + strings.Repeat(" ab", 89)},
	} {
		if got := strings.Join(Words(test.name), " "); got != test.words {
			t.Errorf("Words(%q) = %q, want %q", test.name, got, test.words)
		}
		if got := Go.Constant(test.name); got != test.goName {
			t.Errorf("Go.Constant(%q) = %q, want %q", test.name, got, test.goName)
		}
		if got := TypeScript.Constant(test.name); got != test.tsName {
			t.Errorf("TypeScript.Constant(%q) = %q, want %q", test.name, got, test.tsName)
		}
		if got := Sentence(test.name); got != test.inWords {
			t.Errorf("Sentence(%q) = %q, want %q", test.name, got, test.inWords)
		}
	}
}

func TestParamNames(t *testing.T) {
	for _, test := range []struct{ name, field, arg string }{
		{"user_id", "UserID", "userID"},
		{"userId", "UserID", "userID"},
		{"id", "ID", "id"},
		{"id_type", "IDType", "idType"},
		{"url", "URL", "urlValue"},
		{"x", "X", "x"},
		{"e", "E", "e"},
		{"err", "Err", "err"},
		{"a_", "A", "a"},
		{"a__b", "AB", "aB"},
		{"a1", "A1", "a1"},
		{"a_1", "A1", "a1"},
		{"type_", "Type", "typeValue"},
		{"func", "Func", "funcValue"},
		{"string", "StringValue", "stringValue"},
		{"error", "ErrorValue", "errorValue"},
		{"len", "Len", "lenValue"},
		{"nil", "Nil", "nilValue"},
		{"fmt", "Fmt", "fmtValue"},
		{"cause", "CauseValue", "cause"},
		{"http_status", "HTTPStatusValue", "httpStatus"},
		{"class", "Class", "class"},
		{"proto", "Proto", "proto"},
	} {
		if got := GoField(test.name); got != test.field {
			t.Errorf("GoField(%q) = %q, want %q", test.name, got, test.field)
		}
		if got := GoArg(test.name); got != test.arg {
			t.Errorf("GoArg(%q) = %q, want %q", test.name, got, test.arg)
		}
	}
}

func TestGoPackage(t *testing.T) {
	for name, want := range map[string]string{
		"shop": "shop", "my_shop": "my_shop", "main": "mainerrors", "init": "initerrors", "type": "typeerrors", "func": "funcerrors", "shop_test": "shop_testerrors", "string": "string",
	} {
		if got := GoPackage(name); got != want {
			t.Errorf("GoPackage(%q) = %q, want %q", name, got, want)
		}
	}
}
