//go:build interop

package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"example.com/shop/logtest"
	"example.com/shop/shop"
	"example.com/shop/wallet"
)

// connect returns a connection to a broker in this process.
func connect(t *testing.T) jetstream.JetStream {
	t.Helper()
	broker, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	broker.Start()
	t.Cleanup(func() {
		broker.Shutdown()
		broker.WaitForShutdown()
	})
	if !broker.ReadyForConnections(10 * time.Second) {
		t.Fatal("the broker does not start")
	}
	conn, err := nats.Connect(broker.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// makeStream makes a stream in memory and a consumer of it.
func makeStream(t *testing.T, js jetstream.JetStream, name, subject string) jetstream.Consumer {
	t.Helper()
	ctx := context.Background()
	stream, err := js.CreateStream(ctx, jetstream.StreamConfig{Name: name, Subjects: []string{subject}, Storage: jetstream.MemoryStorage})
	if err != nil {
		t.Fatal(err)
	}
	consumer, err := stream.CreateConsumer(ctx, jetstream.ConsumerConfig{Durable: name, AckPolicy: jetstream.AckExplicitPolicy})
	if err != nil {
		t.Fatal(err)
	}
	return consumer
}

// next returns the next message, or nil if there is none.
func next(t *testing.T, consumer jetstream.Consumer) jetstream.Msg {
	t.Helper()
	msg, err := consumer.Next(jetstream.FetchMaxWait(2 * time.Second))
	if errors.Is(err, nats.ErrTimeout) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return msg
}

// handle settles so many deliveries of a message with an error, and checks that no
// other one follows.
func handle(t *testing.T, js jetstream.JetStream, orders jetstream.Consumer, err error, attempts int) {
	t.Helper()
	ctx := context.Background()
	if _, err := js.Publish(ctx, "orders.new", []byte("order")); err != nil {
		t.Fatal(err)
	}
	for range attempts {
		msg := next(t, orders)
		if msg == nil {
			t.Fatalf("%v: the message does not come again", err)
		}
		if err := settle(ctx, js, msg, err); err != nil {
			t.Fatal(err)
		}
	}
	for range 2000 { // the broker reads the end of the delivery at some time
		info, err := orders.Info(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if info.NumPending == 0 && info.NumAckPending == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%v: the message comes more than %d times", err, attempts)
}

// A message comes again if another attempt can help, and otherwise becomes a dead
// letter, whose reader gets the error back.
func TestDeadLetters(t *testing.T) {
	logged := logtest.Record(t)
	js := connect(t)
	orders, dead := makeStream(t, js, "ORDERS", "orders.>"), makeStream(t, js, "DEAD", "dead.orders.>")
	received := shop.ParseProblem([]byte("{\"code\": \"1001\",\r\n \"product\": \"P-17\", \"left\": 2, \"note\": [1,\r\n2], \"instance\": \"a\\u0000\\r\\nb\"}"))
	const sold = `{"type":"https://example.com/errors#1001","title":"Out of stock","status":409,"detail":"P-17 is out of stock, 2 left","code":"1001","left":2,"product":"P-17"}`
	for _, test := range []struct {
		err      error
		attempts int
		header   string // of the dead letter
		is       error
		again    bool // another attempt can help
	}{
		{nil, 1, "", nil, false},
		{shop.OrderClosed, 1, `{"type":"https://example.com/errors#1002","title":"The order is closed","status":409,"detail":"The order is closed","code":"1002"}`, shop.OrderClosed, false},
		{shop.NewOutOfStock("P-17", 2), 1, sold, shop.OutOfStock, false},
		{fmt.Errorf("%s: %w", secret, errors.Join(errSecret, shop.NewOutOfStock("P-17", 2))), 1, sold, shop.OutOfStock, false},
		{shop.WithRetryAfter(shop.Busy, time.Millisecond), maxAttempts, `{"type":"https://example.com/errors#1004","title":"Too many orders","status":503,"detail":"Too many orders","code":"1004"}`, shop.Busy, true},
		{errSecret, maxAttempts, `{"type":"https://example.com/errors#1500","title":"Internal error","status":500,"detail":"Something went wrong","code":"1500"}`, shop.Internal, false},
		{shop.WithCause(&shop.CardRefusedError{Bank: "ACME", CardNumber: shop.Hide(secret)}, errSecret), 1,
			`{"type":"https://example.com/errors#1003","title":"Card refused","status":409,"detail":"The card was refused by ACME","code":"1003","bank":"ACME"}`, shop.CardRefused, false},
		{shop.WithInstance(shop.WithCause(shop.DatabaseDown, errSecret), secret), 1, `{"type":"https://example.com/errors#1501","title":"The database is down","code":"1501"}`, shop.DatabaseDown, false},
		{received, 1, `{"type":"https://example.com/errors#1001","title":"Out of stock","status":409,"detail":"Out of stock","instance":"a\u0000\r\nb","code":"1001","left":2,"note":[1,2],"product":"P-17"}`, shop.OutOfStock, false},
		{wallet.WalletLocked, maxAttempts, `{"type":"https://example.com/wallet/errors#2","title":"The wallet is locked","status":409,"detail":"The wallet is locked","code":2}`, wallet.WalletLocked, true},
	} {
		handle(t, js, orders, test.err, test.attempts)
		log := logged()
		if test.header == "" {
			if log != "" {
				t.Errorf("logged %s", log)
			}
			continue
		}
		if hasSecret := test.err != nil && strings.Contains(fmt.Sprintf("%+v", test.err), secret); hasSecret && !strings.Contains(log, secret) {
			t.Errorf("%v: logged\n%s", test.err, log)
		}
		msg := next(t, dead)
		if msg == nil {
			t.Fatalf("%v: there is no dead letter", test.err)
		}
		if got := msg.Headers().Get("Problem"); got != test.header || msg.Subject() != "dead.orders.new" || string(msg.Data()) != "order" {
			t.Errorf("%v: got %s: %s\n%s\nwant\n%s", test.err, msg.Subject(), msg.Data(), got, test.header)
		}
		err := readProblem(msg)
		if !errors.Is(err, test.is) || canHelp(err) != test.again {
			t.Errorf("%v: got %v back, another attempt can help: %t", test.err, err, canHelp(err))
		}
		var outOfStock *shop.OutOfStockError
		if errors.As(err, &outOfStock) && *outOfStock != *shop.NewOutOfStock("P-17", 2) {
			t.Errorf("got the params %v", outOfStock)
		}
		if err := msg.Ack(); err != nil {
			t.Error(err)
		}
	}
}

// A message that succeeds at last is no dead letter.
func TestRetry(t *testing.T) {
	logtest.Record(t)
	js := connect(t)
	orders, dead := makeStream(t, js, "ORDERS", "orders.>"), makeStream(t, js, "DEAD", "dead.orders.>")
	ctx := context.Background()
	if _, err := js.Publish(ctx, "orders.new", nil); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	for _, err := range []error{shop.WithRetryAfter(shop.Busy, 3*minDelay), nil} {
		if err := settle(ctx, js, next(t, orders), err); err != nil {
			t.Fatal(err)
		}
	}
	if waited := time.Since(begin); waited < 3*minDelay {
		t.Errorf("the message came again after %s", waited)
	}
	if info, err := dead.Info(ctx); err != nil || info.NumPending != 0 {
		t.Errorf("there is a dead letter: %v", err)
	}
}

// A dead letter has the headers of the message but those for the server, and a message
// that cannot become a dead letter is not lost.
func TestHeaders(t *testing.T) {
	logtest.Record(t)
	js := connect(t)
	orders := makeStream(t, js, "ORDERS", "orders.>")
	ctx := context.Background()
	msg := nats.NewMsg("orders.new")
	msg.Data = []byte("\x00\xff")
	msg.Header.Set("Content-Type", "application/octet-stream")
	msg.Header.Set("Traceparent", "00-1-2-01")
	msg.Header.Set("Problem", "{}") // from an attempt before
	msg.Header.Set("Nats-Expected-Stream", "ORDERS")
	if _, err := js.PublishMsg(ctx, msg); err != nil {
		t.Fatal(err)
	}
	if err := settle(ctx, js, next(t, orders), shop.OrderClosed); err == nil {
		t.Fatal("there is no stream of dead letters, and no error")
	}
	dead := makeStream(t, js, "DEAD", "dead.orders.>")
	again := next(t, orders)
	if err := settle(ctx, js, again, shop.OrderClosed); err != nil {
		t.Fatal(err)
	}
	if err := settle(ctx, js, again, shop.OrderClosed); !errors.Is(err, jetstream.ErrMsgAlreadyAckd) { // as if Term had failed
		t.Errorf("settled twice: %v", err)
	}
	letter := next(t, dead)
	want := map[string]string{
		"Content-Type": "application/octet-stream", "Traceparent": "00-1-2-01", "Nats-Msg-Id": "ORDERS-1",
		"Problem-Content-Type": "application/problem+json", "Problem": problemHeader(shop.OrderClosed),
	}
	for name, values := range letter.Headers() {
		if len(values) != 1 || values[0] != want[name] {
			t.Errorf("the header %s is %q", name, values)
		}
	}
	if len(letter.Headers()) != len(want) || string(letter.Data()) != "\x00\xff" {
		t.Errorf("got %v: %q", letter.Headers(), letter.Data())
	}
	if info, err := dead.Info(ctx); err != nil || info.NumPending != 0 {
		t.Errorf("there is another dead letter: %v", err)
	}
}

// A reader keeps codes of newer consumers, and survives letters that have no problem.
func TestOtherLetters(t *testing.T) {
	js := connect(t)
	dead := makeStream(t, js, "DEAD", "dead.orders.>")
	for _, test := range []struct {
		header string
		code   shop.Code
		text   string
	}{
		{`{"type": "https://example.com/errors#1999", "title": "New", "code": "1999", "x": 1}`, "1999", "1999: New"},
		{`{"code": "1999"}`, "1999", "1999"},
		{`{"type": "https://example.org/1", "code": "1001", "title": "Foreign"}`, "", "1001: Foreign"},
		{`{"code": "10`, "", "unknown problem"},
		{``, "", "unknown problem"},
	} {
		msg := nats.NewMsg("dead.orders.new")
		msg.Header.Set("Problem", test.header)
		if _, err := js.PublishMsg(context.Background(), msg); err != nil {
			t.Fatal(err)
		}
		err := readProblem(next(t, dead))
		if code, _ := shop.CodeOf(err); code != test.code || err.Error() != test.text {
			t.Errorf("%s: got the code %q of %v", test.header, code, err)
		}
	}
}
