// Package queue has the errors of a catalog in the headers of dead letters.
package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"example.com/shop/shop"
)

const (
	maxAttempts = 5
	minDelay    = 100 * time.Millisecond // before the next attempt
	maxProblem  = 4 << 10                // bytes of a header
)

// settle ends the delivery of a message by the error of its handler. If another
// attempt can help, the message comes again; otherwise it becomes a dead letter.
func settle(ctx context.Context, js jetstream.JetStream, msg jetstream.Msg, err error) error {
	if err == nil {
		return msg.Ack()
	}
	code, _ := shop.CodeOf(err)
	slog.Log(ctx, code.Level(), "message failed", "subject", msg.Subject(), shop.LogAttr(err))
	meta, badMessage := msg.Metadata()
	if badMessage != nil {
		return badMessage
	}
	if canHelp(err) && meta.NumDelivered < maxAttempts {
		return msg.NakWithDelay(max(minDelay, shop.RetryAfterOf(err)))
	}
	dead := nats.NewMsg("dead." + msg.Subject())
	dead.Data = msg.Data()
	for name, values := range msg.Headers() {
		if !strings.HasPrefix(name, "Nats-") { // these are for the server
			dead.Header[name] = values
		}
	}
	dead.Header.Set("Problem", problemHeader(err))
	dead.Header.Set("Problem-Content-Type", "application/problem+json")
	once := jetstream.WithMsgID(fmt.Sprintf("%s-%d", meta.Stream, meta.Sequence.Stream))
	if _, err := js.PublishMsg(ctx, dead, once); err != nil {
		return errors.Join(err, msg.NakWithDelay(minDelay)) // so that it is not lost
	}
	return msg.Term()
}

// canHelp reports whether another attempt can help, as far as the catalog knows.
func canHelp(err error) bool {
	code, ok := shop.CodeOf(err)
	return !ok || code.Retry() != shop.RetryNever
}

// problemHeader returns what colleagues may see of an error, in printable ASCII:
// its problem, or the code and the title of an internal error.
func problemHeader(err error) string {
	p := shop.ProblemOf(err)
	if code, _ := shop.CodeOf(err); code.Internal() {
		p = &shop.Problem{Type: code.TypeURI(), Title: code.Title(), Code: code}
	}
	header := ascii(p)
	if len(header) == 0 || len(header) > maxProblem { // leaves out all params and texts
		code := map[string]json.RawMessage{"code": p.Extensions["code"]} // of another catalog
		header = ascii(&shop.Problem{Type: p.Type, Title: p.Title, Status: p.Status, Code: p.Code, Extensions: code})
	}
	return header
}

// ascii returns a problem as JSON in printable ASCII, or "" if a member is nested
// too deeply.
func ascii(p *shop.Problem) string {
	body, _ := json.Marshal(p) // compact, without line breaks
	var b strings.Builder
	for _, r := range string(body) {
		if r < '\x7f' {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// readProblem returns the error in the header of a dead letter.
func readProblem(dead jetstream.Msg) error {
	return shop.ParseProblem([]byte(dead.Headers().Get("Problem")))
}
