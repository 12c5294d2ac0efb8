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
		{"aB", "a B", "AB", "A_B", "A B"},
		{"ABc", "A Bc", "ABc", "A_BC", "A bc"},
		{"WRONG_USER_ID", "WRONG USER ID", "WrongUserID", "WRONG_USER_ID", "Wrong user ID"},
		{"userIDs", "user IDs", "UserIDs", "USER_IDS", "User IDs"},
		{"USER_IDS", "USER IDS", "UserIDs", "USER_IDS", "User IDs"},
		{"ID_TYPE", "ID TYPE", "IDType", "ID_TYPE", "ID type"},
		{"HTTPStatus", "HTTP Status", "HTTPStatusCode", "HTTP_STATUS", "HTTP status"},
		{"MyHTTPServer", "My HTTP Server", "MyHTTPServer", "MY_HTTP_SERVER", "My HTTP server"},
		{"INVALID_JSON", "INVALID JSON", "InvalidJSON", "INVALID_JSON", "Invalid JSON"},
		{"OAUTH_TOKEN", "OAUTH TOKEN", "OAuthToken", "OAUTH_TOKEN", "OAuth token"},
		{"IOS_APP", "IOS APP", "IOSApp", "IOS_APP", "iOS app"},
		{"DNS_FAILED", "DNS FAILED", "DNSFailed", "DNS_FAILED", "DNS failed"},
		{"IST0101", "IST0101", "Ist0101", "IST0101", "Ist0101"},
		{"v2Api", "v2 Api", "V2Api", "V2_API", "V2 api"},
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
		{"CODES", "CODES", "CodesCode", "CODES", "Codes"},
		{"HTTP_STATUS", "HTTP STATUS", "HTTPStatusCode", "HTTP_STATUS", "HTTP status"},
		{"UNKNOWN_ERROR", "UNKNOWN ERROR", "UnknownError", "UNKNOWN_ERROR", "Unknown error"},
		{"JSON", "JSON", "JSON", "JSON_CODE", "JSON"},
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

// TestRealNames checks names of public catalogs: every language derives its
// identifier from the same words.
func TestRealNames(t *testing.T) {
	for _, test := range []struct{ name, goName, tsName, inWords string }{
		{"InvalidSSLConfiguration", "InvalidSSLConfiguration", "INVALID_SSL_CONFIGURATION", "Invalid SSL configuration"},
		{"NoSQLJSONItem", "NoSQLJSONItem", "NOSQL_JSON_ITEM", "NoSQL JSON item"},
		{"OnlyConsumableSKUsCanBeConsumed", "OnlyConsumableSKUsCanBeConsumed", "ONLY_CONSUMABLE_SKUS_CAN_BE_CONSUMED", "Only consumable SKUs can be consumed"},
		{"IPv6Required", "IPv6Required", "IPV6_REQUIRED", "IPv6 required"},
		{"OAuth2TokenExpired", "OAuth2TokenExpired", "OAUTH2_TOKEN_EXPIRED", "OAuth2 token expired"},
		{"IDsMissing", "IDsMissing", "IDS_MISSING", "IDs missing"},
		{"GraphQLParseFailed", "GraphQLParseFailed", "GRAPHQL_PARSE_FAILED", "GraphQL parse failed"},
		{"INVALID_JWKS_URI", "InvalidJWKSURI", "INVALID_JWKS_URI", "Invalid JWKS URI"},
		{"DropPinsNotAllowed", "DropPinsNotAllowed", "DROP_PINS_NOT_ALLOWED", "Drop pins not allowed"},
		{"NoSuchBucket", "NoSuchBucket", "NO_SUCH_BUCKET", "No such bucket"},
		{"InvalidAMIID.NotFound", "InvalidAMIIDNotFound", "INVALID_AMIID_NOT_FOUND", "Invalid AMIID not found"},
		{"MalformedXML", "MalformedXML", "MALFORMED_XML", "Malformed XML"},
		{"InvalidDBInstanceState", "InvalidDBInstanceState", "INVALID_DB_INSTANCE_STATE", "Invalid DB instance state"},
		{"VPCIdNotSpecified", "VPCIdNotSpecified", "VPC_ID_NOT_SPECIFIED", "VPC id not specified"},
		{"KMSKeyDisabled", "KMSKeyDisabled", "KMS_KEY_DISABLED", "KMS key disabled"},
		{"EC2InstanceNotFound", "EC2InstanceNotFound", "EC2_INSTANCE_NOT_FOUND", "EC2 instance not found"},
		{"S3AccessDenied", "S3AccessDenied", "S3_ACCESS_DENIED", "S3 access denied"},
		{"TLSv1NotSupported", "TLSv1NotSupported", "TLSV1_NOT_SUPPORTED", "TLSv1 not supported"},
		{"X509CertExpired", "X509CertExpired", "X509_CERT_EXPIRED", "X509 cert expired"},
		{"SHA256Mismatch", "SHA256Mismatch", "SHA256_MISMATCH", "SHA256 mismatch"},
		{"Invalid2FACode", "Invalid2FACode", "INVALID_2FA_CODE", "Invalid 2FA code"},
		{"SQLIsDown", "SQLIsDown", "SQL_IS_DOWN", "SQL is down"},
		{"CSSIsInvalid", "CSSIsInvalid", "CSS_IS_INVALID", "CSS is invalid"},
		{"APIAsService", "APIAsService", "API_AS_SERVICE", "API as service"},
		{"URLs", "URLs", "URLS", "URLs"},
		{"DVDsSold", "DVDsSold", "DVDS_SOLD", "DVDs sold"},
		{"K8sUnavailable", "K8sUnavailable", "K8S_UNAVAILABLE", "K8s unavailable"},
		{"E2ETestFailed", "E2ETestFailed", "E2E_TEST_FAILED", "E2E test failed"},
		{"B2BOnly", "B2BOnly", "B2B_ONLY", "B2B only"},
		{"UTF8string", "UTF8string", "UTF8STRING", "UTF8string"},
		{"UTF8String", "UTF8String", "UTF8_STRING", "UTF8 string"},
		{"HTTP2ServerError", "HTTP2ServerError", "HTTP2_SERVER_ERROR", "HTTP2 server error"},
		{"iOSUpdateRequired", "IOSUpdateRequired", "IOS_UPDATE_REQUIRED", "iOS update required"},
		{"gRPCUnavailable", "GRPCUnavailable", "GRPC_UNAVAILABLE", "gRPC unavailable"},
		{"mTLSRequired", "MTLSRequired", "MTLS_REQUIRED", "mTLS required"},
		{"GitHubTokenInvalid", "GitHubTokenInvalid", "GITHUB_TOKEN_INVALID", "GitHub token invalid"},
		{"OpenIDMismatch", "OpenIDMismatch", "OPENID_MISMATCH", "OpenID mismatch"},
		{"NotAFile", "NotAFile", "NOT_A_FILE", "Not a file"},
		{"PlanX", "PlanX", "PLAN_X", "Plan X"},
		{"ipAddressMissing", "IPAddressMissing", "IP_ADDRESS_MISSING", "IP address missing"},
		{"userIDs", "UserIDs", "USER_IDS", "User IDs"},
		{"jsonParseError", "JSONParseError", "JSON_PARSE_ERROR", "JSON parse error"},
		{"userId", "UserId", "USER_ID", "User id"},
		{"v2Api", "V2Api", "V2_API", "V2 api"},
		{"aB", "AB", "A_B", "A B"},
		{"ABc", "ABc", "A_BC", "A bc"},
		{"camelCaseName", "CamelCaseName", "CAMEL_CASE_NAME", "Camel case name"},
		{"relation_not_found", "RelationNotFound", "RELATION_NOT_FOUND", "Relation not found"},
		{"json_parse_error", "JSONParseError", "JSON_PARSE_ERROR", "JSON parse error"},
		{"invalid-api-key", "InvalidAPIKey", "INVALID_API_KEY", "Invalid API key"},
		{"store.not-found", "StoreNotFound", "STORE_NOT_FOUND", "Store not found"},
		{"ER_DUP_ENTRY", "ErDupEntry", "ER_DUP_ENTRY", "Er dup entry"},
		{"E_MISSING_TOKENS", "EMissingTokens", "E_MISSING_TOKENS", "E missing tokens"},
		{"INTERNAL", "Internal", "INTERNAL", "Internal"},
		{"UNAVAILABLE", "Unavailable", "UNAVAILABLE", "Unavailable"},
		{"OAUTH2_TOKEN_EXPIRED", "OAuth2TokenExpired", "OAUTH2_TOKEN_EXPIRED", "OAuth2 token expired"},
		{"IPV6_REQUIRED", "IPv6Required", "IPV6_REQUIRED", "IPv6 required"},
		{"GRAPHQL_PARSE_FAILED", "GraphQLParseFailed", "GRAPHQL_PARSE_FAILED", "GraphQL parse failed"},
		{"GITHUB_DOWN", "GitHubDown", "GITHUB_DOWN", "GitHub down"},
		{"GrantedQoS1", "GrantedQoS1", "GRANTED_QOS1", "Granted QoS1"},
		{"GRANTED_QOS1", "GrantedQoS1", "GRANTED_QOS1", "Granted QoS1"},
		{"IoTHubNotFound", "IoTHubNotFound", "IOT_HUB_NOT_FOUND", "IoT hub not found"},
		{"DoSomething", "DoSomething", "DO_SOMETHING", "Do something"},
		{"HTTP2_REQUIRED", "HTTP2Required", "HTTP2_REQUIRED", "HTTP2 required"},
		{"UTF16_INVALID", "UTF16Invalid", "UTF16_INVALID", "UTF16 invalid"},
		{"INVALID_2FA", "Invalid2FA", "INVALID_2FA", "Invalid 2FA"},
		{"USER_IDS", "UserIDs", "USER_IDS", "User IDs"},
		{"API_KEYS", "APIKeys", "API_KEYS", "API keys"},
		{"SSL_REQUIRED", "SSLRequired", "SSL_REQUIRED", "SSL required"},
		{"IOS_APP", "IOSApp", "IOS_APP", "iOS app"},
		{"GRPC_TIMEOUT", "GRPCTimeout", "GRPC_TIMEOUT", "gRPC timeout"},
		{"ORA_00942", "Ora00942", "ORA_00942", "Ora 00942"},
		{"SQLSTATE_42P01", "Sqlstate42p01", "SQLSTATE_42P01", "Sqlstate 42p01"},
		{"ERR-1045", "Err1045", "ERR_1045", "Err 1045"},
		{"Not_Found", "NotFound", "NOT_FOUND", "Not found"},
		{"Invalid_JSON", "InvalidJSON", "INVALID_JSON", "Invalid JSON"},
		{"STORE.NotFound", "StoreNotFound", "STORE_NOT_FOUND", "Store not found"},
		{"USER_IDs", "UserIDs", "USER_IDS", "User IDs"},
		{"Invalid_json_body", "InvalidJSONBody", "INVALID_JSON_BODY", "Invalid JSON body"},
		{"EWOULDBLOCK", "Ewouldblock", "EWOULDBLOCK", "Ewouldblock"},
		{"auth/invalid-email", "AuthInvalidEmail", "AUTH_INVALID_EMAIL", "Auth invalid email"},
		{"M_UNKNOWN_TOKEN", "MUnknownToken", "M_UNKNOWN_TOKEN", "M unknown token"},
		{"SMTP_ERROR", "SMTPError", "SMTP_ERROR", "SMTP error"},
		{"MQTT_QOS2_UNSUPPORTED", "MQTTQoS2Unsupported", "MQTT_QOS2_UNSUPPORTED", "MQTT QoS2 unsupported"},
		{"EADDRINUSE", "Eaddrinuse", "EADDRINUSE", "Eaddrinuse"},
		{"ThrottlingException", "ThrottlingException", "THROTTLING_EXCEPTION", "Throttling exception"},
		{"TPMLimit", "TPMLimit", "TPM_LIMIT", "TPM limit"},
		{"errSecItemNotFound", "ErrSecItemNotFound", "ERR_SEC_ITEM_NOT_FOUND", "Err sec item not found"},
		{"kErrNoMemory", "KErrNoMemory", "K_ERR_NO_MEMORY", "K err no memory"},
		{"NSURLErrorTimedOut", "NSURLErrorTimedOut", "NSURL_ERROR_TIMED_OUT", "NSURL error timed out"},
		{"MDMTooBig", "MDMTooBig", "MDM_TOO_BIG", "MDM too big"},
		{"D3DDeviceLost", "D3DDeviceLost", "D3D_DEVICE_LOST", "D3D device lost"},
	} {
		if got := Go.Constant(test.name); got != test.goName {
			t.Errorf("Go.Constant(%q) = %q, want %q", test.name, got, test.goName)
		}
		if got := TypeScript.Constant(test.name); got != test.tsName {
			t.Errorf("TypeScript.Constant(%q) = %q, want %q", test.name, got, test.tsName)
		}
		if got := Sentence(test.name); got != test.inWords {
			t.Errorf("Sentence(%q) = %q, want %q", test.name, got, test.inWords)
		}
		if got := TypeScript.Constant(strings.Join(Words(test.name), "-")); got != test.tsName {
			t.Errorf("the words of %q are %q", test.name, Words(test.name))
		}
	}
}

func TestParamNames(t *testing.T) {
	for _, test := range []struct{ name, field, arg string }{
		{"user_id", "UserID", "userID"},
		{"userId", "UserId", "userId"},
		{"userID", "UserID", "userID"},
		{"UserID", "UserID", "userID"},
		{"IDs", "IDs", "ids"},
		{"IPv6Address", "IPv6Address", "ipv6Address"},
		{"OAuthToken", "OAuthToken", "oauthToken"},
		{"oauth_token", "OAuthToken", "oauthToken"},
		{"maxSKUs", "MaxSKUs", "maxSKUs"},
		{"Kind", "Kind", "kind"},
		{"SQL_STATE", "SQLState", "sqlState"},
		{"_links", "Links", "links"},
		{"_1st", "E1st", "e1st"},
		{"id", "ID", "id"},
		{"id_type", "IDType", "idType"},
		{"url", "URL", "url"},
		{"x", "X", "x"},
		{"e", "E", "e"},
		{"err", "Err", "err"},
		{"a_", "A", "a"},
		{"a__b", "AB", "aB"},
		{"a1", "A1", "a1"},
		{"a_1", "A1", "a1"},
		{"type_", "Type", "typeValue"},
		{"func", "Func", "funcValue"},
		{"string", "String", "stringValue"},
		{"error", "ErrorValue", "errorValue"},
		{"len", "Len", "lenValue"},
		{"nil", "Nil", "nilValue"},
		{"fmt", "Fmt", "fmt"},
		{"unwrap", "UnwrapValue", "unwrap"},
		{"log_value", "LogValueValue", "logValue"},
		{"cause", "Cause", "cause"},
		{"http_status", "HTTPStatus", "httpStatus"},
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
