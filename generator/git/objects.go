package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// objects is a git cat-file that answers one question after the other.
type objects struct {
	mu     sync.Mutex
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr bytes.Buffer
}

// answer is what git cat-file says about an object.
type answer struct {
	// id and kind are empty if there is no such object; then what says why.
	id   ID
	kind string
	size int64
	what string
	// data is the content, at most so long as was asked for. For a link that leads
	// out of the revision, it is where that leads.
	data []byte
}

// object returns an object by its id, or as COMMIT:PATH with symbolic links
// followed, with so much of its content. The spec has no line break.
func (r *Repository) object(spec string, most int64) (answer, error) {
	o := &r.objects
	o.mu.Lock()
	defer o.mu.Unlock()
	if r.ctx.Err() != nil {
		// The command may still answer before it ends.
		return answer{}, context.Cause(r.ctx)
	}
	if o.cmd == nil {
		if err := o.start(r.command("cat-file", "--batch", "--follow-symlinks")); err != nil {
			return answer{}, r.failure("cat-file", err, "")
		}
	}
	_, err := io.WriteString(o.in, spec+"\n")
	var a answer
	if err == nil {
		a, err = readAnswer(o.out, true, most)
	}
	if err != nil {
		// It has ended, and says why.
		waited := o.stop()
		return answer{}, r.failure("cat-file", errors.Join(waited, err), o.stderr.String())
	}
	return a, nil
}

func (o *objects) start(cmd *exec.Cmd) error {
	o.stderr.Reset()
	cmd.Stderr = &o.stderr
	var err error
	if o.in, err = cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	o.cmd, o.out = cmd, bufio.NewReaderSize(out, 1<<16)
	return nil
}

// stop ends the command.
func (o *objects) stop() error {
	o.in.Close()
	_, _ = io.Copy(io.Discard, o.out)
	err := o.cmd.Wait()
	o.cmd = nil
	return err
}

func (o *objects) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cmd == nil {
		return nil
	}
	return o.stop()
}

// readAnswer reads one answer of git cat-file, with or without the content.
func readAnswer(out *bufio.Reader, withContent bool, most int64) (answer, error) {
	line, err := out.ReadString('\n')
	if err != nil {
		return answer{}, noEOF(err)
	}
	line = strings.TrimSuffix(line, "\n")
	var a answer
	words := strings.Split(line, " ")
	switch last := words[len(words)-1]; {
	case last == "missing", last == "ambiguous":
		a.what = last
		return a, nil
	case len(words) == 3:
		a.id, a.kind = ID(words[0]), words[1]
	case len(words) == 2: // dangling, loop, notdir, symlink
		a.what = words[0]
		withContent = true
	}
	a.size, err = strconv.ParseInt(words[len(words)-1], 10, 64)
	if err != nil || a.size < 0 {
		return answer{}, fmt.Errorf("unexpected output %q", line)
	}
	if !withContent {
		return a, nil
	}
	a.data = make([]byte, min(a.size, most))
	if _, err := io.ReadFull(out, a.data); err != nil {
		return answer{}, noEOF(err)
	}
	// The rest, and a line break.
	if _, err := io.CopyN(io.Discard, out, a.size-int64(len(a.data))+1); err != nil {
		return answer{}, noEOF(err)
	}
	return a, nil
}

// noEOF returns the error about an output that ends too early.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// check looks many objects up, without their contents. The specs have no line
// breaks.
func (r *Repository) check(specs []string) ([]answer, error) {
	answers := make([]answer, 0, len(specs))
	for a, err := range r.batch(specs, false, 0) {
		if err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// batch returns the answers about many objects, in their order, as git reads them.
func (r *Repository) batch(specs []string, withContent bool, most int64) iter.Seq2[answer, error] {
	return func(yield func(answer, error) bool) {
		if len(specs) == 0 {
			return
		}
		option := "--batch-check"
		if withContent {
			option = "--batch"
		}
		cmd := r.command("cat-file", option, "--buffer", "--follow-symlinks")
		cmd.Stdin = strings.NewReader(strings.Join(specs, "\n") + "\n")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		pipe, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			yield(answer{}, r.failure("cat-file", err, ""))
			return
		}
		out := bufio.NewReaderSize(pipe, 1<<18)
		for range specs {
			a, err := readAnswer(out, withContent, most)
			if err != nil {
				yield(answer{}, r.failure("cat-file", errors.Join(cmd.Wait(), err), stderr.String()))
				return
			}
			if !yield(a, nil) {
				pipe.Close() // ends git, too
				_ = cmd.Wait()
				return
			}
		}
		if err := cmd.Wait(); err != nil {
			yield(answer{}, r.failure("cat-file", err, stderr.String()))
		}
	}
}
