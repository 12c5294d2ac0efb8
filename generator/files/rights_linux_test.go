package files_test

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// withoutRights calls a function with the rights of a user, not of root, who may do
// anything. The function must not start goroutines that use files.
func withoutRights(t *testing.T, call func()) {
	t.Helper()
	if os.Getuid() != 0 {
		call()
		return
	}
	// Unlike setuid, setfsuid is for one thread.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	set := func(id uintptr) {
		if id != 0 {
			syscall.RawSyscall(syscall.SYS_SETFSGID, id, 0, 0)
			syscall.RawSyscall(syscall.SYS_SETFSUID, id, 0, 0)
			return
		}
		syscall.RawSyscall(syscall.SYS_SETFSUID, id, 0, 0)
		syscall.RawSyscall(syscall.SYS_SETFSGID, id, 0, 0)
	}
	set(65534)
	defer set(0)
	call()
}
