package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	program "hailong/cmd/hailong"
)

// binary is the program as people run it, built once.
var binary string

func TestMain(m *testing.M) {
	if program.ServeDiscard() {
		return
	}
	dir, err := os.MkdirTemp("", "hailong-binary-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "hailong")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		panic("build the program: " + err.Error() + "\n" + string(out))
	}
	program.Built = binary
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// result is what a command printed and how it ended.
type result struct {
	out, errors string
	status      int
}

// office is a data folder with the program working on it.
type office struct {
	t    *testing.T
	data string
}

func newOffice(t *testing.T) office {
	return office{t, filepath.Join(t.TempDir(), "data")}
}

// run runs a command to its end.
func (o office) run(input string, args ...string) result {
	o.t.Helper()
	cmd := exec.Command(binary, append(args, "--data", o.data)...)
	cmd.Dir = filepath.Dir(o.data)
	var out, errors bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &errors
	err := cmd.Run()
	if _, ended := err.(*exec.ExitError); err != nil && !ended {
		o.t.Fatal(err)
	}
	return result{out.String(), errors.String(), cmd.ProcessState.ExitCode()}
}

// must runs a command that has to succeed and gives what it printed.
func (o office) must(args ...string) string {
	o.t.Helper()
	return o.mustWith("", args...)
}

// mustWith is must with something on standard input.
func (o office) mustWith(input string, args ...string) string {
	o.t.Helper()
	r := o.run(input, args...)
	if r.status != 0 {
		o.t.Fatalf("hailong %s: status %d\n%s%s", strings.Join(args, " "), r.status, r.out, r.errors)
	}
	return r.out
}

// schools gives the rows of `schools list --csv`, header first.
func (o office) schools() [][]string {
	o.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(o.must("schools", "list", "--csv"))).ReadAll()
	if err != nil {
		o.t.Fatal(err)
	}
	return rows
}

var servedAt = regexp.MustCompile(`http://localhost:\d+`)

// serve starts the service on a free port and gives its address; it is stopped
// at the end of the test and has to end well.
func (o office) serve(args ...string) string {
	o.t.Helper()
	cmd := exec.Command(binary, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", o.data}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { o.stop(cmd, &log) })
	return firstAddress(o.t, bufio.NewScanner(out))
}

func firstAddress(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	for lines.Scan() {
		if address := servedAt.FindString(lines.Text()); address != "" {
			return address
		}
	}
	t.Fatal("the program ended without naming its address")
	return ""
}

func (o office) stop(cmd *exec.Cmd, log *bytes.Buffer) {
	if runtime.GOOS == "windows" {
		cmd.Process.Kill()
		cmd.Wait()
		return
	}
	cmd.Process.Signal(syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			o.t.Errorf("serve ended badly: %v\n%s", err, log.String())
		}
	case <-ctx.Done():
		cmd.Process.Kill()
		o.t.Error("serve did not stop within 20 seconds")
	}
}

// openRound makes sure that a round is open today, and gives its ID.
func (o office) openRound() string {
	o.t.Helper()
	for range 2 {
		for _, line := range strings.Split(o.must("rounds"), "\n") {
			if id, rest, _ := strings.Cut(line, "\t"); strings.HasPrefix(rest, "đang mở") {
				return id
			}
		}
		today := time.Now().In(time.FixedZone("ICT", 7*3600))
		o.must("rounds", "add", "--from", today.Format("02/01/2006"), "--to", today.Format("02/01/2006"), "--reason", "thử")
	}
	o.t.Fatal("no round is open")
	return ""
}

// pause lets another process get on; the condition it waits for is checked
// again and again, so no result depends on how long it is.
func pause() { time.Sleep(10 * time.Millisecond) }
