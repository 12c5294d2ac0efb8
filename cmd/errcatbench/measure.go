package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// command is a command to be measured as a whole process.
type command struct {
	name string // of its benchmark
	dir  string
	args []string
	env  []string // on top of the environment
	// prepare makes the state that each run begins with. It is not measured,
	// and may be nil.
	prepare func() error
}

// shortRuns is how many times as many runs count of what takes milliseconds: it
// is noisy, and soon done.
const shortRuns = 4

// errLimit is the error of a command that was ended since it took too long.
var errLimit = errors.New("it did not finish in time")

// compare measures commands side by side: one round that warms up, and then so
// many in which each command runs once, so that a machine that gets slower
// does so for all of them. A command that takes too long is left out from then
// on, and the results say so.
func (l *lab) compare(rounds int, commands ...command) error {
	for round := range rounds + 1 {
		l.progress("round %d of %d: %s", round, rounds, commands[0].name)
		for _, c := range commands {
			if l.results.gaveUp(c.name) {
				continue
			}
			values, err := l.measure(c)
			switch {
			case errors.Is(err, errLimit):
				l.results.giveUp(c.name)
			case err != nil:
				return err
			case round > 0:
				l.results.add(c.name, 1, values...)
			}
		}
	}
	return nil
}

// measure runs a command once, and returns the time that passed, the processor
// time and the memory of its largest process, with the commands that it ran
// itself.
func (l *lab) measure(c command) ([]value, error) {
	if c.prepare != nil {
		if err := c.prepare(); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeoutCause(l.ctx, l.limit, errLimit)
	defer cancel()
	cmd, stderr := l.command(ctx, c)
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		if errors.Is(context.Cause(ctx), errLimit) {
			return nil, errLimit
		}
		return nil, failure(cmd, err, stderr.Bytes())
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	values := []value{{float64(wall.Nanoseconds()), wallTime}, {float64(cpu.Nanoseconds()), cpuTime}}
	if peak := peakRSS(cmd.ProcessState); peak > 0 {
		values = append(values, value{float64(peak), peakMemory})
	}
	return values, nil
}

// output runs a command that is not measured, and returns what it prints to
// its standard output.
func (l *lab) output(c command) ([]byte, error) {
	cmd, stderr := l.command(l.ctx, c)
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	if err := cmd.Run(); err != nil {
		return nil, failure(cmd, err, stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes(), nil
}

// command returns a command that ends with the processes that it started, and
// what it will have printed to its standard error.
func (l *lab) command(ctx context.Context, c command) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), append([]string{"GOWORK=off", "GOBIN=" + l.path("bin")}, c.env...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	return cmd, &stderr
}

// failure describes a command that failed.
func failure(cmd *exec.Cmd, err error, printed ...[]byte) error {
	return fmt.Errorf("%s: %w\n%.4000s", strings.Join(cmd.Args, " "), err, bytes.Join(printed, nil))
}
