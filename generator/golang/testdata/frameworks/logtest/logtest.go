// Package logtest records what tests log.
package logtest

import (
	"bytes"
	"log/slog"
	"sync"
	"testing"
)

// Record records the log until the end of a test. The function returns what was
// logged since its last call.
func Record(t *testing.T) func() string {
	log := new(buffer)
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	return log.take
}

// buffer is written and read at the same time.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.text.Reset()
	return b.text.String()
}
