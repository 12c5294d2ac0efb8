// The command smileid-demo is a small HTTP service that returns the errors of
// catalog.yaml. Try it with curl:
//
//	go run ./cmd/smileid-demo -addr 127.0.0.1:8080
//
//	curl -i http://127.0.0.1:8080/enroll -H 'Authorization: Bearer demo' \
//	  -d '{"user_id": "user-42", "job_id": "job-7", "job_type": 5, "country": "NG", "id_type": "PASSPORT"}'
//
// It keeps its users in memory. At first there is only user-42.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "the address to listen on")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *addr, slog.New(slog.NewTextHandler(os.Stderr, nil))); err != nil {
		fmt.Fprintln(os.Stderr, "smileid-demo:", err)
		os.Exit(1)
	}
}

// run serves until the context is done, and then waits for requests that have
// begun.
func run(ctx context.Context, addr string, log *slog.Logger) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           newService(log).routes(),
		ReadHeaderTimeout: 5 * time.Second,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	log.Info("listening", "url", "http://"+listener.Addr().String())

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(server.Shutdown(ctx), ignoreClosed(<-failed))
}

// ignoreClosed returns nil for the error of a server that was shut down.
func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
