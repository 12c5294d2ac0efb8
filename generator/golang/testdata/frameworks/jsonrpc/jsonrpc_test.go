package jsonrpc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/creachadair/jrpc2"
	"github.com/creachadair/jrpc2/channel"
	"github.com/creachadair/jrpc2/handler"
	"github.com/creachadair/jrpc2/jhttp"

	"example.com/shop/logtest"
	"example.com/shop/sendtest"
	"example.com/shop/shop"
	"example.com/shop/wallet"
)

// secret is in errors, causes and params that no client must see.
const secret = "10.0.0.7"

var errSecret = errors.New("dial tcp " + secret)

// hostile is a param that must stay a param.
const hostile = "</script>\r\n\"}}\x00\u202e\u2028%s\xff"

// slow ends the slow payment.
var slow = make(chan struct{})

// pay fails as a test has chosen by the PIN.
func pay(_ context.Context, p payment) error {
	switch p.PIN {
	case "low":
		return &wallet.LowBalanceError{Amount: p.Amount, Balance: 30}
	case "wrapped":
		return fmt.Errorf("%s: %w", secret, errors.Join(errSecret, wallet.WalletLocked))
	case "sensitive":
		return wallet.WithCause(wallet.NewWrongPIN(2, secret), errSecret)
	case "internal":
		return wallet.WithCause(wallet.LedgerDown, errSecret)
	case "unknown":
		return errSecret
	case "deadline":
		return fmt.Errorf("%s: %w", secret, context.DeadlineExceeded)
	case "fields":
		return wallet.WithErrors(wallet.WalletLocked, wallet.At("/amount", &wallet.LowBalanceError{Amount: p.Amount, Balance: 30}))
	case "hostile":
		return wallet.NewUnknownWallet(hostile)
	case "other catalog":
		return shop.NewOutOfStock("P-17", 2)
	case "method":
		return wallet.MethodNotFound
	case "invalid request":
		return wallet.InvalidRequest
	case "of jrpc2":
		return fmt.Errorf("%s: %w", secret, jrpc2.Errorf(-32050, "for clients"))
	case "slow":
		<-slow
	case "code":
		return fmt.Errorf("%s: %w", secret, jrpc2.InvalidParams.Err())
	}
	return nil
}

// serve starts a server and returns its address.
func serve(t *testing.T) string {
	t.Helper()
	bridge := NewServer(pay)
	s := httptest.NewServer(bridge)
	t.Cleanup(func() {
		s.Close()
		if err := bridge.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.URL
}

const (
	low      = `{"code":1,"message":"200 is more than the balance of 30","data":{"type":"https://example.com/wallet/errors#1","title":"Low balance","status":409,"detail":"200 is more than the balance of 30","code":1,"amount":200,"balance":30}}`
	locked   = `{"code":2,"message":"The wallet is locked","data":{"type":"https://example.com/wallet/errors#2","title":"The wallet is locked","status":409,"detail":"The wallet is locked","code":2}}`
	fallback = `{"code":-32603,"message":"Something went wrong","data":{"type":"https://example.com/wallet/errors#-32603","title":"Something went wrong","status":500,"detail":"Something went wrong","code":-32603}}`
)

// Errors of the catalog are sent with their integer as the code and their problem as
// the data. Everything else is the fallback, and the log has what clients do not see.
func TestErrors(t *testing.T) {
	logged := logtest.Record(t)
	url := serve(t)
	for pin, test := range map[string]struct{ want, log string }{
		"low":           {low, "err.params.amount=200"},
		"wrapped":       {locked, secret},
		"sensitive":     {`{"code":3,"message":"Wrong PIN, 2 attempts left","data":{"type":"https://example.com/wallet/errors#3","title":"Wrong PIN","status":409,"detail":"Wrong PIN, 2 attempts left","code":3,"attempts":2}}`, secret},
		"internal":      {fallback, secret},
		"unknown":       {fallback, secret},
		"deadline":      {fallback, secret},
		"fields":        {strings.TrimSuffix(locked, "}}") + `,"errors":[{"pointer":"/amount","detail":"200 is more than the balance of 30","code":1,"params":{"amount":200,"balance":30}}]}}`, "err.code=2"},
		"method":        {`{"code":-32601,"message":"There is no such method","data":{"type":"https://example.com/wallet/errors#-32601","title":"There is no such method","status":400,"detail":"There is no such method","code":-32601}}`, "err.code=-32601"},
		"of jrpc2":      {`{"code":-32050,"message":"for clients"}`, ""},
		"code":          {`{"code":-32602,"message":"invalid parameters"}`, ""},
		"other catalog": {`{"code":-32603,"message":"P-17 is out of stock, 2 left","data":{"type":"https://example.com/errors#1001","title":"Out of stock","status":409,"detail":"P-17 is out of stock, 2 left","code":"1001","left":2,"product":"P-17"}}`, "err.code=1001"},
	} {
		status, got := sendtest.Send(t, url, fmt.Sprintf(`{"jsonrpc": "2.0", "id": "a", "method": "Pay", "params": {"amount": 200, "pin": %q}}`, pin))
		if want := `{"jsonrpc":"2.0","id":"a","error":` + test.want + `}`; got != want || status != 200 {
			t.Errorf("%s: %d\n%s\nwant\n%s", pin, status, got, want)
		}
		if log := logged(); !strings.Contains(log, test.log) || test.log == "" && log != "" || strings.Contains(got, secret) {
			t.Errorf("%s: the log is\n%sand the answer\n%s", pin, log, got)
		}
	}
}

// docs/recipes.md shows a response.
func TestResponse(t *testing.T) {
	logtest.Record(t)
	want := sendtest.Shown(t)
	if _, got := sendtest.Send(t, serve(t), `{"jsonrpc": "2.0", "id": 1, "method": "Pay", "params": {"amount": 200, "pin": "low"}}`); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Batches and notifications are answered as JSON-RPC demands, and what jrpc2 answers by
// itself stays what it is.
func TestProtocol(t *testing.T) {
	logged := logtest.Record(t)
	client, listener := channel.Direct()
	s := jrpc2.NewServer(methods(pay), nil).Start(listener)
	t.Cleanup(func() {
		if err := errors.Join(client.Close(), s.Wait()); err != nil {
			t.Error(err)
		}
	})
	const (
		callLow   = `{"jsonrpc": "2.0", "id": 1, "method": "Pay", "params": {"amount": 200, "pin": "low"}}`
		callOK    = `{"jsonrpc": "2.0", "id": 2, "method": "Pay", "params": {"amount": 1}}`
		noteLow   = `{"jsonrpc": "2.0", "method": "Pay", "params": {"amount": 200, "pin": "low"}}`
		noteWrong = `{"jsonrpc": "2.0", "method": "Pay", "params": {"pin": "invalid request"}}`
		isLow     = `{"jsonrpc":"2.0","id":1,"error":` + low + `}`
		isOK      = `{"jsonrpc":"2.0","id":2,"result":null}`
	)
	for i, test := range []struct {
		request, want string
		lines         int // of the log
	}{
		{callLow, isLow, 1},
		{"[" + callLow + "," + noteLow + "," + callOK + "]", "[" + isLow + "," + isOK + "]", 2},
		{"[" + noteLow + "," + noteWrong + "]", "", 2},
		{noteLow, "", 1},
		{noteWrong, "", 1},
		{`{"jsonrpc": "2.0", "id": 1, "method"`, `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"invalid request value"}}`, 0},
		{`[]`, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"empty request batch"}}`, 0},
		{`{"jsonrpc": "2.0", "id": 1, "method": ""}`, `{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"empty method name"}}`, 0},
		{`{"jsonrpc": "2.0", "id": 1, "method": "Steal"}`, `{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"method not found","data":"Steal"}}`, 0},
		{`{"jsonrpc": "2.0", "id": 1, "method": "Pay", "params": {"amount": "x"}}`, `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid parameters","data":"json: cannot unmarshal string into Go struct field payment.amount of type int64"}}`, 0},
	} {
		send := []string{test.request}
		if test.want == "" { // the next answer is that of another call
			send, test.want = append(send, callOK), isOK
		}
		// jrpc2 may not yet have forgotten the id of an answer.
		id := strings.NewReplacer(`"id": `, fmt.Sprintf(`"id": %d`, i+1), `"id":1`, fmt.Sprintf(`"id":%d1`, i+1), `"id":2`, fmt.Sprintf(`"id":%d2`, i+1))
		go func() {
			for _, message := range send {
				if err := client.Send([]byte(id.Replace(message))); err != nil {
					t.Error(err)
				}
			}
		}()
		if got, err := client.Recv(); string(got) != id.Replace(test.want) || err != nil {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.request, err, got, test.want)
		}
		if log := logged(); strings.Count(log, "\n") != test.lines {
			t.Errorf("%s: logged\n%s", test.request, log)
		}
	}
}

// dial returns a client of a server over HTTP.
func dial(t *testing.T, url string) *jrpc2.Client {
	t.Helper()
	client := jrpc2.NewClient(jhttp.NewChannel(url, nil), nil)
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	})
	return client
}

// A client gets the error that the server has returned, with its params, from calls and
// from batches.
func TestClient(t *testing.T) {
	logtest.Record(t)
	client := dial(t, serve(t))
	call := func(pin string) error {
		_, err := client.Call(context.Background(), "Pay", payment{200, pin})
		return received(err)
	}
	checkLow := func(err error) {
		t.Helper()
		var low *wallet.LowBalanceError
		if !errors.As(err, &low) || *low != (wallet.LowBalanceError{Amount: 200, Balance: 30}) || !errors.Is(err, wallet.LowBalance) {
			t.Errorf("got %v", err)
		}
	}
	checkLow(call("low"))
	if err := call("none"); err != nil {
		t.Errorf("success is %v", err)
	}
	for pin, want := range map[string]error{
		"wrapped": wallet.WalletLocked, "unknown": wallet.InternalError, "internal": wallet.InternalError,
		"method": wallet.MethodNotFound, "other catalog": shop.OutOfStock,
	} {
		if err := call(pin); !errors.Is(err, want) {
			t.Errorf("%s: got %v", pin, err)
		}
	}
	var p *wallet.Problem
	if err := call("fields"); !errors.As(err, &p) || len(p.Errors) != 1 || p.Errors[0].Pointer != "/amount" {
		t.Errorf("got the field errors of %v", err)
	} else {
		checkLow(p.Errors[0].Err)
	}
	var unknown *wallet.UnknownWalletError
	if err := call("hostile"); !errors.As(err, &unknown) || unknown.Wallet != strings.ToValidUTF8(hostile, "\ufffd") {
		t.Errorf("got %v", err)
	}
	var own *jrpc2.Error
	if err := call("of jrpc2"); !errors.As(err, &own) || own.Code != -32050 {
		t.Errorf("got %v", err)
	}
	// jrpc2 itself says that there is no such method.
	_, err := client.Call(context.Background(), "Steal", nil)
	if err = received(err); !errors.Is(err, wallet.MethodNotFound) || !errors.As(err, &own) || string(own.Data) != `"Steal"` {
		t.Errorf("got %v", err)
	}
	// Nobody has sent these.
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := client.Call(ctx, "Pay", payment{1, "slow"}); !errors.Is(received(err), context.Canceled) {
		t.Errorf("got %v", err)
	}
	slow <- struct{}{}
	closed := jrpc2.NewClient(jhttp.NewChannel("http://127.0.0.1:1", nil), nil)
	if _, err := closed.Call(context.Background(), "Pay", nil); received(err) == nil || closed.Close() == nil {
		t.Error("there is no error without a server")
	}

	responses, err := client.Batch(context.Background(), []jrpc2.Spec{
		{Method: "Pay", Params: payment{200, "low"}},
		{Method: "Pay", Params: payment{200, "low"}, Notify: true},
		{Method: "Pay", Params: payment{1, "none"}},
	})
	if err != nil || len(responses) != 2 {
		t.Fatalf("got %d responses, %v", len(responses), err)
	}
	checkLow(received(responses[0].Error()))
	if err := received(responses[1].Error()); err != nil {
		t.Errorf("success is %v", err)
	}
}

// A client keeps what it does not know: codes of a newer server, errors of another
// catalog, and whatever others send as data.
func TestOtherServers(t *testing.T) {
	var answer *jrpc2.Error
	bridge := jhttp.NewBridge(handler.Map{"Pay": func(context.Context, *jrpc2.Request) (any, error) { return nil, answer }}, nil)
	s := httptest.NewServer(bridge)
	t.Cleanup(func() {
		s.Close()
		if err := bridge.Close(); err != nil {
			t.Error(err)
		}
	})
	client := dial(t, s.URL)
	for _, test := range []struct {
		code jrpc2.Code
		data string
		want wallet.Code
		text string
	}{
		{999, `{"type": "https://example.com/wallet/errors#999", "detail": "New", "code": 999, "x": [1]}`, "999", "999: New"},
		{999, `{"detail": "New", "code": 999}`, "999", "999: New"},
		{1, `{"type": "https://example.org/1", "detail": "Foreign", "code": 1}`, "", "1: Foreign"},
		{2, ``, wallet.WalletLocked, "2: The wallet is locked"},
		{2, `"text"`, wallet.WalletLocked, "2: The wallet is locked"},
		{2, `{"reason": "text"}`, wallet.WalletLocked, "2: The wallet is locked"},
		{2, `[]`, wallet.WalletLocked, "2: The wallet is locked"},
		{2, `{"code": 1.5, "type": 7}`, wallet.WalletLocked, "2: The wallet is locked"},
		{77, `{"reason": "text"}`, "", "[77] sent"},
		{-32000, ``, "", "[-32000] sent"},
	} {
		answer = &jrpc2.Error{Code: test.code, Message: "sent", Data: json.RawMessage(test.data)}
		_, err := client.Call(context.Background(), "Pay", nil)
		err = received(err)
		if code, _ := wallet.CodeOf(err); code != test.want || err == nil || err.Error() != test.text {
			t.Errorf("%d %s: got the code %q of %v", test.code, test.data, code, err)
		}
	}
}

// A client in TypeScript reads the error from the data.
func TestTypeScript(t *testing.T) {
	logtest.Record(t)
	out, err := exec.Command("node", "../web/jsonrpc.mjs", serve(t), "low", "wrapped", "unknown", "of jrpc2", "hostile").CombinedOutput()
	want := `1 "pay 30 at most"
2 "The wallet is locked"
-32603 "Something went wrong"
-32050 "for clients"
4 "There is no wallet </script>\r\n\"}}\u0000` + "\u202e\u2028" + `%s` + "\ufffd" + `"
`
	if err != nil || string(out) != want {
		t.Errorf("%v\n%q\nwant\n%q", err, out, want)
	}
}
