package codesecret

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"example.com/test/bank"
	"example.com/test/shop"
)

func leaks(w http.ResponseWriter, e *bank.WrongPINError, l *bank.LimitError, logger *slog.Logger) error {
	log.Printf("PIN %s", e.PIN.Reveal())                              // want `a sensitive value gets into a log`
	slog.Info("PIN", "pin", e.PIN.Reveal())                           // want `a sensitive value gets into a log`
	logger.Info("PIN", slog.String("p", e.PIN.Reveal()))              // want `a sensitive value gets into a log`
	_ = fmt.Sprint(e.PIN.Reveal(), l.Balance.Reveal())                // want `a sensitive value gets into a format` `a sensitive value gets into a format`
	fmt.Fprintf(w, "%d", (l.Balance.Reveal()))                        // want `a sensitive value gets into a format`
	http.Error(w, "PIN "+e.PIN.Reveal(), 400)                         // want `a sensitive value gets into what clients see`
	_ = errors.New("PIN " + e.PIN.Reveal())                           // want `a sensitive value gets into an error`
	_ = shop.NewOutOfStock(e.PIN.Reveal(), 1)                         // want `a sensitive value gets into the param Product of shop.NewOutOfStock, which is not sensitive`
	_ = &bank.LimitError{Account: e.PIN.Reveal(), Balance: l.Balance} // want `a sensitive value gets into the param Account of bank.LimitError, which is not sensitive`
	if w == nil {
		panic(e.PIN.Reveal()) // want `a sensitive value gets into a panic`
	}
	pin := strings.TrimSpace(e.PIN.Reveal())
	text := "PIN " + pin
	log.Print(text)                         // want `a sensitive value gets into a log`
	return fmt.Errorf("PIN %v", []any{pin}) // want `a sensitive value gets into an error`
}

func reassigned(e *bank.WrongPINError, isShown bool) {
	pin := e.PIN.Reveal()
	if isShown {
		pin = strings.TrimSpace(pin)
	}
	log.Print(pin) // want `a sensitive value gets into a log`
	pin = pin[:1] + "***"
	log.Print(pin)
	if pin = e.PIN.Reveal(); !isShown {
		pin = "***"
	}
	log.Print(pin) // want `a sensitive value gets into a log`
	for pin := e.PIN.Reveal(); pin != ""; pin = pin[1:] {
		log.Print(pin) // want `a sensitive value gets into a log`
	}
}

func closure(s bank.Sensitive[string]) func() {
	secret := s.Reveal()
	return func() {
		println(secret) // want `a sensitive value gets into the output`
	}
}

func tests(t *testing.T, s bank.Sensitive[[]byte]) {
	t.Logf("%x", s.Reveal()) // want `a sensitive value gets into a log`
}

type reveals struct{}

func (reveals) Reveal() string { return "" }

func right(e *bank.WrongPINError, s string) error {
	log.Printf("PIN %s, %d characters", e.PIN, len(e.PIN.Reveal()))
	log.Printf("%x", sha256.Sum256([]byte(e.PIN.Reveal())))
	log.Print(e.PIN.Reveal() == s, mask(e.PIN.Reveal()), reveals{}.Reveal())
	log.Print(e.PIN.Reveal()[:1])
	check(e.PIN.Reveal())
	pin := e.PIN.Reveal()
	_ = bank.NewWrongPIN(1, pin, true)
	_ = &bank.WrongPINError{PIN: bank.Hide(pin)}
	return fmt.Errorf("wrong: %w", e)
}

func mask(string) string { return "***" }

func check(string) {}
