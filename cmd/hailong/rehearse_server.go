package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// server is this very program serving as a process of its own.
type server struct {
	cmd   *exec.Cmd
	at    loopback
	log   bytes.Buffer
	ended chan error
}

// stopWithin is how long a server may take to stop.
const stopWithin = 20 * time.Second

// startServer starts this program's service on a free port of this machine.
func startServer(ctx context.Context, dir string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return startProcess(exec.CommandContext(ctx, self, "serve", "--addr", "127.0.0.1:0", "--quiet", "--data", dir))
}

// startProcess starts a service that prints its address first.
func startProcess(cmd *exec.Cmd, environment ...string) (*server, error) {
	s := &server{cmd: cmd, ended: make(chan error, 1)}
	cmd.Env = append(os.Environ(), environment...)
	cmd.Stderr = &s.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the service: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the service: %w", err)
	}
	address, err := servedAddress(out)
	if err == nil {
		s.at, err = newLoopback(address)
	}
	go func() {
		io.Copy(io.Discard, out)
		s.ended <- s.cmd.Wait()
	}()
	if err != nil {
		s.kill()
		return nil, fmt.Errorf("start the service: %w\n%s", err, s.log.String())
	}
	return s, nil
}

// servedAddress reads the address out of the first line that names one.
func servedAddress(out io.Reader) (string, error) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, found := strings.Cut(lines.Text(), "http://localhost:"); found {
			port, _, _ := strings.Cut(rest, " ")
			return "127.0.0.1:" + port, nil
		}
	}
	return "", fmt.Errorf("it named no address: %w", io.ErrUnexpectedEOF)
}

// stop asks the server to stop and waits for it.
func (s *server) stop() error {
	if err := interrupt(s.cmd.Process); err != nil {
		return fmt.Errorf("stop the service: %w", err)
	}
	select {
	case err := <-s.ended:
		s.ended <- err
		if err != nil {
			return fmt.Errorf("the service ended badly: %w\n%s", err, s.log.String())
		}
		return nil
	case <-time.After(stopWithin):
		return fmt.Errorf("stop the service: not within %s", stopWithin)
	}
}

// kill ends the server if it still runs.
func (s *server) kill() {
	s.cmd.Process.Kill()
	s.ended <- <-s.ended
}

// peakMemory is the most memory that the server has used, in bytes; 0 where
// the system does not tell.
func (s *server) peakMemory() int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	line, _, _ := strings.Cut(rest, "kB")
	kilobytes, _ := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
	return kilobytes * 1024
}
