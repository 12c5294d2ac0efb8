package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"example.com/shop/logtest"
	"example.com/shop/sendtest"
	"example.com/shop/shop"
	"example.com/shop/wallet"
)

// secret is in errors, causes and params that no client must see.
const secret = "10.0.0.7"

var errSecret = errors.New("dial tcp " + secret)

// hostile is a param that must stay a param.
const hostile = "</script>\r\n\"}],\"data\":{}}\x00\u202e\u2028{{.}}\xff"

// fail returns the error that a test has chosen by its product.
func fail(ctx context.Context, product string) error {
	switch product {
	case "P-1":
		return nil
	case "wrapped":
		return fmt.Errorf("%s: %w", secret, shop.NewOutOfStock("P-17", 2))
	case "joined":
		return errors.Join(errSecret, shop.NewOutOfStock("P-17", 2), shop.OrderClosed)
	case "several":
		graphql.AddError(ctx, shop.OrderClosed)
		return shop.NewOutOfStock("P-17", 2)
	case "list":
		return gqlerror.List{gqlerror.Wrap(shop.OrderClosed), gqlerror.Wrap(errSecret), gqlerror.Errorf("for clients")}
	case "fields":
		return shop.WithErrors(shop.OrderClosed,
			shop.At(shop.Pointer("").Key("items").Index(3), shop.NewOutOfStock("P-17", 2)),
			shop.At("/card", shop.WithCause(shop.DatabaseDown, errSecret)))
	case "cause":
		return shop.WithCause(shop.OrderClosed, errSecret)
	case "sensitive":
		return shop.WithCause(&shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide(secret)}, errSecret)
	case "internal":
		return shop.WithCause(shop.DatabaseDown, errSecret)
	case "unknown":
		return errSecret
	case "panic":
		panic(shop.NewOutOfStock(secret, 2))
	case "busy":
		return shop.Busy
	case "large":
		return shop.NewOutOfStock("P-17", 1<<62+1)
	case "hostile":
		return shop.NewOutOfStock(hostile, 2)
	case "for clients":
		return fmt.Errorf("%s: %w", secret, gqlerror.Errorf("for clients"))
	case "with a code":
		return &gqlerror.Error{Err: errSecret, Message: "for clients", Extensions: map[string]any{"code": "OWN"}}
	case "other catalog":
		return &wallet.LowBalanceError{Amount: 200, Balance: 30}
	case "newer":
		return shop.ParseProblem([]byte(`{"code": "1999", "detail": "` + secret + `"}`))
	case "received":
		return shop.ParseProblem([]byte(`{"code": "1001", "product": "P-17", "left": 2, "detail": "2 left", "note": [1.50, {"a": null}]}`))
	}
	return shop.NewOutOfStock(product, 2)
}

// serve starts a server and returns it with its address.
func serve(t *testing.T) (*handler.Server, string) {
	t.Helper()
	s := NewServer(fail)
	s.Use(extension.FixedComplexityLimit(1000))
	s.Use(extension.AutomaticPersistedQuery{Cache: lru.New[string](10)})
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// ask sends a query with variables and returns the status and the body.
func ask(t *testing.T, url, query string, variables map[string]any) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return sendtest.Send(t, url, string(body))
}

const (
	placeOrder = "mutation($p: Product!) { placeOrder(product: $p) { product } }"
	outOfStock = `{"code":"1001","detail":"P-17 is out of stock, 2 left","left":2,"product":"P-17","status":409,"title":"Out of stock","type":"https://example.com/errors#1001"}`
	closed     = `{"code":"1002","detail":"The order is closed","status":409,"title":"The order is closed","type":"https://example.com/errors#1002"}`
	fallback   = `{"code":"1500","detail":"Something went wrong","status":500,"title":"Internal error","type":"https://example.com/errors#1500"}`
)

// Errors of the catalog have their problem as extensions, wherever they are wrapped.
// Everything else is the fallback, and the log has what clients do not see.
func TestErrors(t *testing.T) {
	logged := logtest.Record(t)
	_, url := serve(t)
	at := func(message, extensions string) string {
		return fmt.Sprintf(`{"message":%q,"path":["placeOrder"],"locations":[{"line":1,"column":26}],"extensions":%s}`, message, extensions)
	}
	// What graphql.AddError and a panic add has no location.
	added := func(message, extensions string) string {
		return fmt.Sprintf(`{"message":%q,"path":["placeOrder"],"extensions":%s}`, message, extensions)
	}
	const sold, isClosed, wrong = "P-17 is out of stock, 2 left", "The order is closed", "Something went wrong"
	for product, test := range map[string]struct{ want, log string }{
		"P-17":      {at(sold, outOfStock), "err.params.product=P-17"},
		"wrapped":   {at(sold, outOfStock), secret},
		"joined":    {at(sold, outOfStock), secret},
		"several":   {added(isClosed, closed) + "," + at(sold, outOfStock), "err.code=1002"},
		"cause":     {at(isClosed, closed), secret},
		"internal":  {at(wrong, fallback), secret},
		"unknown":   {at(wrong, fallback), secret},
		"panic":     {added(wrong, fallback), "graph.fail("},
		"newer":     {at(wrong, fallback), "1999"},
		"busy":      {at("Too many orders", `{"code":"1004","detail":"Too many orders","status":503,"title":"Too many orders","type":"https://example.com/errors#1004"}`), "1004"},
		"sensitive": {at("The card was refused by ACME", `{"bank":"ACME","code":"1003","detail":"The card was refused by ACME","status":409,"title":"Card refused","type":"https://example.com/errors#1003"}`), secret},
		"list":      {at(isClosed, closed) + "," + added(wrong, fallback) + `,{"message":"for clients","path":["placeOrder"]}`, secret},
		"fields": {at(isClosed, strings.Replace(closed, `"status"`,
			`"errors":[{"code":"1001","detail":"P-17 is out of stock, 2 left","params":{"left":2,"product":"P-17"},"pointer":"/items/3"},`+
				`{"code":"1500","detail":"Something went wrong","pointer":"/card"}],"status"`, 1)), "err.code=1002"},
		"large":         {at("P-17 is out of stock, 4611686018427387905 left", strings.NewReplacer("2 left", "4611686018427387905 left", ":2,", ":4611686018427387905,").Replace(outOfStock)), "1001"},
		"other catalog": {at("200 is more than the balance of 30", `{"amount":200,"balance":30,"code":1,"detail":"200 is more than the balance of 30","status":409,"title":"Low balance","type":"https://example.com/wallet/errors#1"}`), "err.code=1"},
		"received":      {at("2 left", strings.Replace(strings.Replace(outOfStock, sold, "2 left", 1), `"product"`, `"note":[1.50,{"a":null}],"product"`, 1)), "err.params.product=P-17"},
	} {
		status, got := ask(t, url, placeOrder, map[string]any{"p": product})
		if want := `{"errors":[` + test.want + `],"data":null}`; got != want || status != 200 {
			t.Errorf("%s: %d\n%s\nwant\n%s", product, status, got, want)
		}
		if log := logged(); !strings.Contains(log, test.log) || strings.Contains(got, secret) {
			t.Errorf("%s: the log is\n%sand the answer\n%s", product, log, got)
		}
	}
}

// docs/recipes.md shows a response.
func TestResponse(t *testing.T) {
	logtest.Record(t)
	_, url := serve(t)
	want := sendtest.Shown(t)
	if _, got := ask(t, url, placeOrder, map[string]any{"p": "P-17"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A panic outside of resolvers is the fallback, too.
func TestPanic(t *testing.T) {
	logged := logtest.Record(t)
	s, url := serve(t)
	s.AroundOperations(func(context.Context, graphql.OperationHandler) graphql.ResponseHandler { panic(secret) })
	status, got := ask(t, url, "{ orders { product } }", nil)
	if want := `{"errors":[{"message":"Something went wrong","extensions":` + fallback + `}],"data":null}`; got != want || status != 500 {
		t.Errorf("%d\n%s\nwant\n%s", status, got, want)
	}
	if log := logged(); !strings.Contains(log, secret) {
		t.Errorf("logged %s", log)
	}
}

// An error at an element of a list has the path of the element, and the other fields
// have their values.
func TestPath(t *testing.T) {
	logtest.Record(t)
	_, url := serve(t)
	_, got := ask(t, url, "{ orders { product invoice } }", nil)
	want := `{"errors":[{"message":"P-17 is out of stock, 2 left","path":["orders",1,"invoice"],"locations":[{"line":1,"column":20}],"extensions":` + outOfStock +
		`}],"data":{"orders":[{"product":"P-1","invoice":null},{"product":"P-17","invoice":null}]}}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What gqlgen answers by itself stays what it is, and is not logged.
func TestOwnErrors(t *testing.T) {
	logged := logtest.Record(t)
	s, url := serve(t)
	manyOrders := "" // more than the limit
	for i := range 600 {
		manyOrders += fmt.Sprintf("a%d: orders { product } ", i)
	}
	for _, body := range []string{
		`{"query": "{ orders { }"}`,
		`{"query": "{ nothing }"}`,
		`{"query": "subscription { x }"}`,
		`{"query": ""}`,
		`{"query": "query a { orders { product } }", "operationName": "b"}`,
		`{"query": "mutation($p: Product!) { placeOrder(product: $p) { product } }"}`,
		`{"query": "query($n: Int) { orders(limit: $n) { product } }", "variables": {"n": "x"}}`,
		`{"query": "query($n: Int) { orders(limit: $n) { product } }", "variables": {"n": 99999999999999999999}}`,
		`{"query": "{ ` + manyOrders + `}"}`,
		`{"query": "", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "abc"}}}`,
		`{"query": "{ alias: __schema { types { name } } }"}`,
		`{"query": "{ __type(name: \"Order\") { name } }"}`,
		`{"query": "mutation { placeOrder(product: \"for clients\") { product } }"}`,
		`{"query": "mutation { placeOrder(product: \"with a code\") { product } }"}`,
		`no JSON`,
	} {
		s.SetErrorPresenter(presentError)
		status, got := sendtest.Send(t, url, body)
		s.SetErrorPresenter(graphql.DefaultErrorPresenter)
		wantStatus, want := sendtest.Send(t, url, body)
		if got != want || status != wantStatus || !strings.Contains(got, `"errors"`) || strings.Contains(got, secret) {
			t.Errorf("%.80s: %d\n%s\nwithout the recipe %d\n%s", body, status, got, wantStatus, want)
		}
	}
	if log := logged(); log != "" {
		t.Errorf("logged\n%s", log)
	}
}

// A value that a scalar refuses is a mistake of the client. What the scalar says
// about it is only logged, unless it is an error of the catalog.
func TestArguments(t *testing.T) {
	logged := logtest.Record(t)
	_, url := serve(t)
	const invalid = `{"errors":[{"message":"invalid value","path":["%s","%s"],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}`
	for _, test := range []struct {
		query     string
		variables map[string]any
		want, log string
	}{
		{placeOrder, map[string]any{"p": ""}, fmt.Sprintf(invalid, "placeOrder", "product"), "no number"},
		{"{ orders(since: \"yesterday\") { product } }", nil, fmt.Sprintf(invalid, "orders", "since"), "RFC3339"},
		{"query($n: Int) { orders(limit: $n) { product } }", map[string]any{"n": 3000000000}, fmt.Sprintf(invalid, "orders", "limit"), "overflows"},
		{placeOrder, map[string]any{"p": "P-0"}, `{"errors":[{"message":"P-0 is out of stock, 0 left","path":["placeOrder","product"],"extensions":` +
			strings.NewReplacer("P-17", "P-0", "2 left", "0 left", ":2,", ":0,").Replace(outOfStock) + `}],"data":null}`, "err.code=1001"},
	} {
		if _, got := ask(t, url, test.query, test.variables); got != test.want {
			t.Errorf("%s %v: got\n%s\nwant\n%s", test.query, test.variables, got, test.want)
		}
		if log := logged(); !strings.Contains(log, test.log) {
			t.Errorf("%s: logged %q", test.query, log)
		}
	}
}

// Text stays text, and a client in Go reads the error from the extensions.
func TestHostile(t *testing.T) {
	logtest.Record(t)
	_, url := serve(t)
	_, answer := ask(t, url, placeOrder, map[string]any{"p": "hostile"})
	var got struct {
		Errors []struct{ Extensions json.RawMessage }
		Data   any
	}
	if err := json.Unmarshal([]byte(answer), &got); err != nil || len(got.Errors) != 1 || got.Data != nil || strings.Contains(answer, "</script>") {
		t.Fatalf("%v\n%s", err, answer)
	}
	var sold *shop.OutOfStockError
	err := shop.ParseProblem(got.Errors[0].Extensions)
	if !errors.As(err, &sold) || sold.Product != strings.ToValidUTF8(hostile, "\ufffd") || sold.Left != 2 {
		t.Errorf("got %v of\n%s", err, answer)
	}
}

// A client in TypeScript reads the error from the extensions.
func TestTypeScript(t *testing.T) {
	logtest.Record(t)
	_, url := serve(t)
	out, err := exec.Command("node", "../web/graphql.mjs", url, "P-17", "several", "unknown", "", "for clients", "hostile").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := json.NewDecoder(bytes.NewReader(out))
	for _, want := range [][]string{
		{"only 2 of P-17 left"},
		{"The order is closed", "only 2 of P-17 left"},
		{"Something went wrong"},
		{"invalid value"},
		{"for clients"},
		{"only 2 of " + strings.ToValidUTF8(hostile, "\ufffd") + " left"},
	} {
		var got []string
		if err := lines.Decode(&got); err != nil || !slices.Equal(got, want) {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}
