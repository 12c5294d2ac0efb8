package codecause

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"example.com/test/shop"
)

func save() error { return nil }

func load() (int, error) { return 0, nil }

func direct() error {
	return shop.WithCause(shop.Internal, save()) // want `the cause of shop.WithCause can be nil: compare save\(\) with nil first`
}

func method(f *os.File) error {
	return shop.WithCause(shop.Internal, f.Close()) // want `can be nil: compare f.Close\(\) with nil first`
}

func scanned(s *bufio.Scanner) (int, error) {
	return 0, shop.WithCause(shop.Internal, s.Err()) // want `can be nil`
}

func variable(n int) error {
	err := save()
	if n > 1 {
		return shop.WithCause(shop.Internal, err) // want `can be nil: compare err with nil first`
	}
	if err != nil {
		return shop.WithCause(shop.Internal, err)
	}
	return nil
}

func inverted() error {
	if err := save(); err == nil {
		return shop.WithCause(shop.Internal, err) // want `the cause of shop.WithCause is always nil here`
	}
	return nil
}

func declared() error {
	var err error
	return shop.WithCause(shop.Internal, err) // want `is always nil here`
}

func none() error {
	return shop.WithCause(shop.Internal, nil) // want `is always nil here`
}

func deferred() (err error) {
	defer func() {
		err = shop.WithCause(shop.Internal, err) // want `can be nil`
	}()
	return save()
}

func again() error {
	_, err := load()
	if err != nil {
		return shop.WithCause(shop.Internal, err)
	}
	err = save()
	return shop.WithCause(shop.Internal, err) // want `can be nil`
}

func loop(files []string) error {
	var err error
	for _, name := range files {
		err = os.Remove(name)
	}
	return shop.WithCause(shop.Internal, err) // want `can be nil`
}

func function(f func() error) error {
	return shop.WithCause(shop.Internal, f()) // want `can be nil`
}

func rightDeferred() (err error) {
	defer func() {
		if err != nil {
			err = shop.WithCause(shop.Internal, err)
		}
	}()
	return save()
}

func wrap(err error) error { return fmt.Errorf("wrapped: %w", err) }

func failure() error { return errors.New("failure") }

func right(ctx context.Context, given error, failed chan error, s *struct{ err error }) error {
	if err := save(); err != nil {
		return shop.WithCause(shop.Internal, err)
	}
	err := save()
	if err == nil {
		return nil
	}
	if len(failed) == 0 {
		return shop.WithCause(shop.Internal, err)
	}
	n, err := load()
	if n == 0 {
		return shop.WithCause(shop.Internal, err) // the other result tells
	}
	if err != nil || n == 7 {
		return shop.WithCause(shop.Internal, err) // it was compared
	}
	switch err := save(); {
	case err != nil && n > 3:
		return shop.WithCause(shop.Internal, err)
	case err == nil:
		return nil
	default:
		return shop.WithCause(shop.Internal, err)
	}
}

func alsoRight(ctx context.Context, given error, failed chan error, s *struct{ err error }) error {
	select {
	case <-ctx.Done():
		return shop.WithCause(shop.Internal, ctx.Err())
	case err := <-failed:
		_ = shop.WithCause(shop.Internal, err)
	default:
	}
	_ = shop.WithCause(shop.Internal, context.Cause(ctx))
	_ = shop.WithCause(shop.Internal, given)
	_ = shop.WithCause(shop.Internal, s.err)
	_ = shop.WithCause(shop.Internal, errors.New("x"))
	_ = shop.WithCause(shop.Internal, wrap(given))
	_ = shop.WithCause(shop.Internal, failure())
	_ = shop.WithCause(shop.Internal, shop.NotFound)
	_ = shop.WithCause(shop.Internal, shop.NewOutOfStock("chair", 1))
	_ = shop.WithCause(shop.Internal, errors.Join(given, given))
	err := save()
	switch err {
	case nil:
		return nil
	case shop.NotFound:
		return shop.WithCause(shop.Internal, err)
	}
	_ = shop.WithCause(shop.Internal, err)
	err = save()
	if !errors.Is(err, os.ErrExist) {
		return nil
	}
	_ = shop.WithCause(shop.Internal, err)
	err = save()
	if ok(err) {
		return nil
	}
	_ = shop.WithCause(shop.Internal, err)
	if err = save(); err == nil {
		log.Fatal("no failure")
	}
	return shop.WithCause(shop.Internal, err)
}

func lookedAt(require func(error)) error {
	err := save()
	isDone := err == nil
	if isDone {
		return nil
	}
	_ = shop.WithCause(shop.Internal, err)
	err = save()
	var failed = !ok(err)
	if !failed {
		return nil
	}
	_ = shop.WithCause(shop.Internal, err)
	err = save()
	other := err
	if other == nil {
		return nil
	}
	_ = shop.WithCause(shop.Internal, err)
	err = save()
	require(err)
	return shop.WithCause(shop.Internal, err)
}

func tested(s *bufio.Scanner, done interface {
	context.Context
	Close() error
}) error {
	switch {
	case s.Err() != nil:
		return shop.WithCause(shop.Internal, s.Err())
	case done.Err() != nil:
		return shop.WithCause(shop.Internal, done.Err())
	}
	defer done.Close()
	return shop.WithCause(shop.Internal, done.Close()) // want `can be nil`
}

func awaited(done interface {
	context.Context
	Close() error
}) error {
	<-done.Done()
	return shop.WithCause(shop.Internal, done.Err())
}

func ok(err error) bool { return err == nil }

type pointer struct{}

func (*pointer) Error() string { return "" }

func typed() error {
	return shop.WithCause(shop.Internal, (*pointer)(nil)) // an error, if a strange one
}

// rollback finishes what it has begun when it returns.
func rollback(begin func() (transaction, error)) (err error) {
	tx, err := begin()
	if err != nil {
		return shop.WithCause(shop.Internal, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
			return
		}
		err = tx.Commit()
	}()
	_, err = tx.Exec("x")
	return shop.WithCause(shop.Database, err) // want `can be nil: compare err with nil first`
}

type transaction interface {
	Exec(string) (int, error)
	Commit() error
	Rollback() error
}

func annotated() (err error) {
	defer describe(&err)
	err = save()
	return shop.WithCause(shop.Internal, err) // want `can be nil: compare err with nil first`
}

func describe(*error) {}

func begun() (err error) {
	defer describes(&err)() // may do so now
	err = save()
	return shop.WithCause(shop.Internal, err)
}

func describes(err *error) func() { return func() {} }

func askedLater(tx transaction) error {
	if _, err := tx.Exec("x"); err != nil {
		return shop.WithCause(shop.Internal, tx.Rollback()) // want `can be nil: compare tx.Rollback\(\) with nil first`
	}
	return tx.Rollback()
}

func joined(errs, others []error) error {
	if len(errs) > 0 {
		return shop.WithCause(shop.Internal, errors.Join(errs...))
	}
	return shop.WithCause(shop.Internal, errors.Join(others...)) // want `can be nil`
}

func oneOfTwo() error {
	err, other := save(), save()
	if err == nil && other == nil {
		return nil
	}
	if err != nil {
		return shop.WithCause(shop.Internal, err)
	}
	return shop.WithCause(shop.Internal, other)
}

// Others change it, or the code looks at it in a way of its own.
func elsewhere(run func(func())) (err error) {
	run(func() { err = save() })
	return shop.WithCause(shop.Internal, err)
}

func byAddress(set func(*error)) error {
	var err error
	set(&err)
	return shop.WithCause(shop.Internal, err)
}

func inClosure(run func(func()) func()) (err error) {
	err = save()
	run(func() { _ = shop.WithCause(shop.Internal, err) })
	defer run(func() { _ = shop.WithCause(shop.Internal, err) })
	func() { _ = shop.WithCause(shop.Internal, err) }()
	return err
}

func byType() error {
	err := save()
	switch err.(type) {
	case nil:
		return nil
	}
	return shop.WithCause(shop.Internal, err)
}

func byTag(n int) error {
	err := save()
	switch n {
	case 1:
		return shop.WithCause(shop.Internal, err) // want `can be nil`
	}
	switch err {
	case nil:
		return shop.WithCause(shop.Internal, err) // want `always nil`
	}
	return nil
}

func oneKind(n int) error {
	err := save()
	if errors.Is(err, os.ErrExist) {
		return shop.WithCause(shop.Internal, err)
	}
	if n > 1 && err == nil {
		return nil
	}
	return shop.WithCause(shop.Internal, err) // want `can be nil`
}

func stopped(n int) error {
	err := save()
	switch {
	case n == 1 && err == nil:
		panic("no failure")
	case n > 1:
		var n, err = load()
		_ = n
		return shop.WithCause(shop.Internal, err) // want `can be nil`
	case err == nil:
		os.Exit(0)
	}
	return shop.WithCause(shop.Internal, err)
}

func made(inner interface {
	error
	Inner() error
}) error {
	_ = shop.WithCause(shop.Internal, inner.Inner())
	_, err := newFile()
	_ = shop.WithCause(shop.Internal, err) // want `can be nil`
	_ = shop.WithCause(shop.Internal, unsure(err))
	_ = shop.WithCause(shop.Internal, passed()) // want `can be nil`
	return shop.WithCause(mapped(err), save())  // want `can be nil`
}

func newFile() (int, error) { return 0, nil }

func unsure(err error) error { return err }

func passed() error { return save() }

func mapped(error) shop.Code { return shop.Internal }
