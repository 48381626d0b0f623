package web

import (
	"errors"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shortage is a listener that has errors to give before a connection.
type shortage struct {
	net.Listener
	errs []error
}

func (s *shortage) Accept() (net.Conn, error) {
	if len(s.errs) == 0 {
		conn, _ := net.Pipe()
		return conn, nil
	}
	err := s.errs[0]
	s.errs = s.errs[1:]
	return nil, err
}

func TestAShortageOfFilesPasses(t *testing.T) {
	var waits []time.Duration
	wait := func(d time.Duration) { waits = append(waits, d) }
	short := func(e syscall.Errno) error {
		return &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", e)}
	}
	l := patient{&shortage{errs: []error{short(syscall.EMFILE), short(syscall.ENFILE), short(syscall.ENOBUFS), short(syscall.ENOMEM), short(syscall.ECONNABORTED)}}, wait}
	if conn, err := l.Accept(); err != nil || conn == nil {
		t.Fatalf("gave up: %v", err)
	}
	want := []time.Duration{5e6, 10e6, 20e6, 40e6, 80e6}
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

func TestAClosedListenerEnds(t *testing.T) {
	l := patient{&shortage{errs: []error{net.ErrClosed}}, func(time.Duration) { t.Error("waits for a closed listener") }}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}
