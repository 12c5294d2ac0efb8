//go:build linux || darwin

package files_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/errcat/errcat/generator/files"
)

// runChild is the test binary in another role: it writes into the working
// directory under the conditions that the role names.
func runChild(role string, args []string) error {
	ctx := context.Background()
	switch role {
	case "write with umask 027":
		syscall.Umask(0o027)
		_, err := files.Write(ctx, []files.Output{output("gen/shop", "a.go", text("a"), "old.go", text("a"))}, files.WriteOptions{})
		return err
	case "write to a full disk":
		// Beyond the limit a write fails as it does on a full disk, after a
		// part of the data.
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
			return err
		}
		_, err := files.Write(ctx, fullDiskOutputs(), files.WriteOptions{})
		return err
	case "write without rights":
		if err := becomeNobody(); err != nil {
			return err
		}
		_, err := files.Write(ctx, noRightsOutputs(), files.WriteOptions{})
		return err
	case "check without rights":
		if err := becomeNobody(); err != nil {
			return err
		}
		drift, err := files.Check(noRightsOutputs())
		fmt.Println(strings.Join(kinds(drift), "\n"))
		return err
	case "write what is in sync without rights":
		if err := becomeNobody(); err != nil {
			return err
		}
		changes, err := files.Write(ctx, []files.Output{output("closed", "3.go", text("new"))}, files.WriteOptions{})
		fmt.Println(strings.Join(kinds(changes), "\n"))
		return err
	case "write by turns":
		for i := range 25 {
			if _, err := files.Write(ctx, []files.Output{version(i + len(args))}, files.WriteOptions{}); err != nil {
				return err
			}
		}
		return nil
	case "write until killed":
		fmt.Println("ready")
		for i := 0; ; i++ {
			if _, err := files.Write(ctx, []files.Output{version(i)}, files.WriteOptions{}); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("unknown role %q", role)
}

// becomeNobody gives up the rights of root, who may do anything.
func becomeNobody() error {
	if os.Getuid() != 0 {
		return nil
	}
	return errors.Join(syscall.Setgid(65534), syscall.Setuid(65534))
}

func child(t testing.TB, role string, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	must(t, err)
	cmd := exec.Command(binary, args...)
	cmd.Env = append(os.Environ(), "FILES_TEST_CHILD="+role)
	return cmd
}

// version is one of two outputs. Some of their files differ, some are equal,
// and some exist in only one of them.
func version(i int) files.Output {
	o := output("gen/shop")
	o.Root = "."
	add := func(name, body string) {
		data := []byte(text(strings.Repeat(body+"\n", 2000)))
		o.Files = append(o.Files, files.File{Path: name, Data: data})
	}
	turn := i % 2
	for n := range 6 {
		add(fmt.Sprintf("file%d.go", n), fmt.Sprintf("// file %d of version %d", n, turn))
	}
	add("same.go", "// the same")
	for n := range 3 {
		add(fmt.Sprintf("only%d/sub/file%d.go", turn, n), fmt.Sprintf("// file %d only of version %d", n, turn))
	}
	return o
}

func versionTree(i int) map[string]string {
	content := map[string]string{}
	for _, f := range version(i).Files {
		content["gen/shop/"+f.Path] = string(f.Data)
	}
	return content
}

// wantOneVersion checks that the disk has exactly one of the versions.
func wantOneVersion(t testing.TB) {
	t.Helper()
	got := tree(t, ".")
	want := versionTree(0)
	if got["gen/shop/file0.go"] != want["gen/shop/file0.go"] {
		want = versionTree(1)
	}
	wantEqual(t, "disk", got, want)
}

// wantWholeFiles checks that each file is complete in one version, and returns
// the number of temporary files.
func wantWholeFiles(t testing.TB) (temporary int) {
	t.Helper()
	old, new := versionTree(0), versionTree(1)
	for path, data := range tree(t, ".") {
		switch isOld, isNew := old[path] == data, new[path] == data; {
		case strings.HasPrefix(filepath.Base(path), ".errcat-"):
			temporary++
		case strings.HasSuffix(path, "/"):
		case !isOld && !isNew:
			t.Errorf("%s has %d bytes that are neither old nor new", path, len(data))
		}
	}
	return temporary
}

func TestModes(t *testing.T) {
	inDir(t, map[string]string{"gen/shop/run.go": text("old"), "gen/shop/secret.go": text("old"), "gen/shop/readonly.go": text("old"), "gen/shop/all.go": text("old")})
	modes := map[string]fs.FileMode{"run.go": 0o755, "secret.go": 0o600, "readonly.go": 0o444, "all.go": 0o666}
	for name, mode := range modes {
		must(t, os.Chmod("gen/shop/"+name, mode))
	}
	write(t, output("gen/shop", "run.go", text("new"), "secret.go", text("new"), "readonly.go", text("new"), "all.go", text("new")))
	for name, mode := range modes {
		wantMode(t, "gen/shop/"+name, mode)
	}
}

func TestModesOfNewFiles(t *testing.T) {
	inDir(t, map[string]string{"gen/": ""})
	put(t, "gen/shop/old.go", text("old"))
	must(t, os.Chmod("gen/shop", 0o755))
	must(t, os.Chmod("gen/shop/old.go", 0o664))
	run(t, child(t, "write with umask 027"))
	wantMode(t, "gen/shop/a.go", 0o640)
	wantMode(t, "gen/shop/old.go", 0o664)

	must(t, os.RemoveAll("gen"))
	run(t, child(t, "write with umask 027"))
	wantMode(t, "gen", 0o750)
	wantMode(t, "gen/shop", 0o750)
	wantMode(t, "gen/shop/old.go", 0o640)
}

func wantMode(t testing.TB, path string, mode fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	if got := info.Mode().Perm(); got != mode {
		t.Errorf("%s has mode %o, want %o", path, got, mode)
	}
}

func run(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// fails runs a child that must fail, and returns what it prints.
func fails(t testing.TB, cmd *exec.Cmd) error {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("no failure:\n%s", out)
	}
	return fmt.Errorf("%s", out)
}

func fullDiskOutputs() []files.Output {
	return []files.Output{
		output("gen", "1.go", text("new"), "2.go", text(strings.Repeat("// large\n", 10_000)), "3.go", text("new")),
		output("new/gen", "1.go", text("new")),
	}
}

func TestFullDisk(t *testing.T) {
	disk := map[string]string{"gen/1.go": text("old"), "gen/2.go": text("old"), "gen/3.go": text("old"), "gen/stale.go": text("old")}
	inDir(t, disk)
	wantError(t, fails(t, child(t, "write to a full disk")), "cannot write gen/2.go: file too large; no file was changed")
	wantEqual(t, "disk", tree(t, "."), disk)
}

func noRightsOutputs() []files.Output {
	return []files.Output{
		output("open", "1.go", text("new"), "new/2.go", text("new")),
		output("closed", "3.go", text("new")),
	}
}

// inDirOfNobody is inDir for a child that has given its rights away.
func inDirOfNobody(t *testing.T, content map[string]string) {
	t.Helper()
	inDir(t, nil)
	dir, err := os.MkdirTemp("", "files-test-")
	must(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	t.Chdir(dir)
	must(t, os.Chmod(dir, 0o777))
	for path, data := range content {
		put(t, path, stamped(path, data))
		must(t, os.Chmod(path, 0o644))
		must(t, os.Chmod(filepath.Dir(path), 0o777))
	}
}

func TestFolderWithoutRights(t *testing.T) {
	old := text("old")
	disk := map[string]string{"open/1.go": old, "open/stale.go": old, "closed/3.go": old, "open/secret/x.go": old, "open/unreadable.go": "secret"}
	inDirOfNobody(t, disk)
	for path, mode := range map[string]fs.FileMode{"closed": 0o555, "open/secret": 0, "open/unreadable.go": 0} {
		must(t, os.Chmod(path, mode))
	}
	t.Cleanup(func() { os.Chmod("open/secret", 0o755); os.Chmod("closed", 0o755) })

	out, err := child(t, "check without rights").Output()
	must(t, err)
	wantEqual(t, "Check", string(out), "changed closed/3.go\nchanged open/1.go\nmissing open/new/2.go\nstale open/stale.go\n")
	wantError(t, fails(t, child(t, "write without rights")), "cannot write closed/3.go: permission denied; no file was changed")

	for path, mode := range map[string]fs.FileMode{"open/secret": 0o755, "open/unreadable.go": 0o644} {
		must(t, os.Chmod(path, mode))
	}
	wantEqual(t, "disk", tree(t, "."), disk)

	must(t, os.Chmod("closed", 0o777))
	must(t, os.Chmod("closed/3.go", 0))
	wantError(t, fails(t, child(t, "write without rights")), "closed/3.go: permission denied")
}

func TestInSyncNeedsNoRights(t *testing.T) {
	inDirOfNobody(t, map[string]string{"closed/3.go": text("new")})
	must(t, os.Chmod("closed", 0o555))
	out, err := child(t, "write what is in sync without rights").Output()
	must(t, err)
	wantEqual(t, "Write", string(out), "unchanged closed/3.go\n")
}

func TestNewFolderWithoutRights(t *testing.T) {
	inDirOfNobody(t, map[string]string{"x": ""})
	must(t, os.Chmod(".", 0o555))
	wantError(t, fails(t, child(t, "write without rights")), "cannot create the folder closed: permission denied")
	wantEqual(t, "disk", tree(t, "."), map[string]string{"x": ""})
}

// TestSpecialFiles has files that block or never end when read.
func TestSpecialFiles(t *testing.T) {
	inDir(t, map[string]string{"gen/a.go": text("a"), "gen/zero": "-> /dev/zero", "gen/tty": "-> /dev/tty"})
	must(t, syscall.Mkfifo("gen/fifo", 0o644))
	outputs := []files.Output{output("gen", "a.go", text("a"))}
	drift, err := files.Check(outputs) // does not open what is not planned
	must(t, err)
	wantEqual(t, "Check", kinds(drift), []string(nil))

	outputs[0].Files = append(outputs[0].Files, files.File{Path: "fifo", Data: []byte(text("a"))})
	_, err = files.Check(outputs)
	wantError(t, err, "gen/fifo is a named pipe")
	for _, force := range []bool{false, true} {
		_, err = files.Write(t.Context(), outputs, files.WriteOptions{Force: force})
		wantError(t, err, "gen/fifo is a named pipe")
	}

	outputs[0].Files[1].Path = "zero"
	drift, err = files.Check(outputs)
	must(t, err)
	wantEqual(t, "Check", kinds(drift), []string{"changed gen/zero"})

	socket, err := net.Listen("unix", "gen/socket")
	must(t, err)
	defer socket.Close()
	outputs[0].Files[1].Path = "socket"
	_, err = files.Write(t.Context(), outputs, files.WriteOptions{Force: true})
	wantError(t, err, "gen/socket is a socket")
}

func TestConcurrentRunsInOneProcess(t *testing.T) {
	inDir(t, nil)
	write(t, version(0))
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			for n := range 10 {
				if _, err := files.Write(t.Context(), []files.Output{version(i + n)}, files.WriteOptions{}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	wantOneVersion(t)
}

func TestConcurrentProcesses(t *testing.T) {
	inDir(t, nil)
	var wg sync.WaitGroup
	for i := range 5 {
		cmd := child(t, "write by turns", strings.Fields(strings.Repeat("x ", i))...)
		wg.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	wg.Wait()
	wantOneVersion(t)
}

// TestConcurrentRunsThatFail lets runs that create folders and then fail collide
// with runs that use these folders. Somebody removes the folders now and then, but
// never while a run uses them.
func TestConcurrentRunsThatFail(t *testing.T) {
	inDir(t, map[string]string{"mine/a.go": "package mine\n"})
	failing := []files.Output{version(0), output("mine", "a.go", text("a"))}
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 50 {
				var err error
				if i%2 == 0 {
					_, err = files.Write(t.Context(), []files.Output{version(0)}, files.WriteOptions{})
				} else if _, failure := files.Write(t.Context(), failing, files.WriteOptions{}); failure == nil {
					err = fmt.Errorf("a file that errcat did not generate was overwritten")
				}
				if err != nil {
					t.Error(err)
					return
				}
				if i == 0 {
					folder, err := lock("gen/shop")
					if err != nil {
						t.Error(err)
						return
					}
					os.RemoveAll("gen/shop")
					folder.Close()
				}
			}
		})
	}
	wg.Wait()
	write(t, version(0))
	want := versionTree(0)
	want["mine/a.go"] = "package mine\n"
	wantEqual(t, "disk", tree(t, "."), want)
}

// lock locks a folder as a run does, until it is closed.
func lock(dir string) (*os.File, error) {
	folder, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	return folder, syscall.Flock(int(folder.Fd()), syscall.LOCK_EX)
}

// TestAnotherRunThatDoesNotEnd holds the lock of a folder: a run that waits for
// it can be canceled.
func TestAnotherRunThatDoesNotEnd(t *testing.T) {
	inDir(t, nil)
	write(t, version(0))
	before := tree(t, ".")
	folder, err := lock("gen/shop")
	must(t, err)
	defer folder.Close()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err = files.Write(ctx, []files.Output{version(1)}, files.WriteOptions{})
	wantError(t, err, "canceled")
	wantEqual(t, "disk", tree(t, "."), before)
}

// TestTemporariesOfRuns has the temporary files of a run that was just killed, and
// of one that is in progress in a folder of stale files.
func TestTemporariesOfRuns(t *testing.T) {
	a := text("a")
	inDir(t, map[string]string{
		"gen/.errcat-0000000000old.tmp": a, "gen/sub/.errcat-0000000000old.tmp": a, "gen/a.go": a, "gen/sub/a.go": a,
		"gen/stale/x.go": a, "gen/stale/.errcat-0000000000old.tmp": a, "gen/live/x.go": a, "gen/live/.errcat-0000000000new.tmp": a,
	})
	folder, err := lock("gen/live")
	must(t, err)
	defer folder.Close()
	want := []string{"unchanged gen/a.go", "removed gen/live/x.go", "removed gen/stale/x.go", "unchanged gen/sub/a.go"}
	wantEqual(t, "Write", kinds(write(t, output("gen", "a.go", a, "sub/a.go", a))), want)
	wantEqual(t, "disk", tree(t, "."), map[string]string{"gen/a.go": a, "gen/sub/a.go": a, "gen/live/.errcat-0000000000new.tmp": a})
}

// TestTemporariesOfRefusedRuns removes the temporary files of a killed run although
// nothing can be written.
func TestTemporariesOfRefusedRuns(t *testing.T) {
	inDir(t, map[string]string{"gen/.errcat-0000000000old.tmp": text("a"), "gen/a.go": "package mine\n"})
	_, err := files.Write(t.Context(), []files.Output{output("gen", "a.go", text("a"))}, files.WriteOptions{})
	wantError(t, err, "gen/a.go: will not be overwritten")
	wantEqual(t, "disk", tree(t, "."), map[string]string{"gen/a.go": "package mine\n"})
}

// TestManyFolders writes into more folders than a run locks.
func TestManyFolders(t *testing.T) {
	inDir(t, nil)
	o := output("gen")
	want := map[string]string{}
	for i := range 1000 {
		path := fmt.Sprintf("%d/a.go", i)
		o.Files = append(o.Files, files.File{Path: path, Data: []byte(text("a"))})
		want["gen/"+path] = text("a")
	}
	write(t, o)
	wantEqual(t, "disk", tree(t, "."), want)
}

// TestKilledRuns kills runs sooner or later.
func TestKilledRuns(t *testing.T) {
	inDir(t, nil)
	temporary := 0
	for i := range 40 {
		cmd := child(t, "write until killed")
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		line, _ := bufio.NewReader(out).ReadString('\n')
		time.Sleep(time.Duration(i) * 200 * time.Microsecond)
		must(t, cmd.Process.Kill())
		if err := cmd.Wait(); line != "ready\n" || cmd.ProcessState.ExitCode() != -1 {
			t.Fatalf("the child was not killed: %v\n%s", err, line)
		}
		temporary = wantWholeFiles(t)
	}
	t.Logf("the killed runs left %d temporary files", temporary)

	write(t, version(0))
	wantWholeFiles(t)
	write(t, version(1))
	write(t, version(0))
	got := tree(t, ".")
	for path := range got {
		// Those in a folder that no run writes to anymore keep it from being removed.
		if strings.Contains(path, "only1/") {
			delete(got, path)
		}
	}
	wantEqual(t, "disk", got, versionTree(0))
}
