//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package files

import (
	"errors"
	"os"
	"slices"
	"syscall"
)

// tryLock locks the folder until the returned file is closed. It returns false
// if another run holds the lock, or has removed the folder in the meantime. If
// the folder cannot be locked, or one of the held files locks it already, it
// returns true without a file: locking is best effort.
func tryLock(dir string, held []*os.File) (*os.File, bool) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, !errors.Is(err, os.ErrNotExist)
	}
	if slices.ContainsFunc(held, func(h *os.File) bool { return sameFile(h, f) }) {
		f.Close()
		return nil, true
	}
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err {
	case nil:
		if now, err := os.Open(dir); err == nil {
			defer now.Close()
			if sameFile(now, f) {
				return f, true
			}
		}
		f.Close()
		return nil, false
	case syscall.EWOULDBLOCK, syscall.EINTR:
		f.Close()
		return nil, false
	default:
		f.Close()
		return nil, true
	}
}

func sameFile(a, b *os.File) bool {
	x, errX := a.Stat()
	y, errY := b.Stat()
	return errX == nil && errY == nil && os.SameFile(x, y)
}
