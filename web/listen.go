package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/netutil"
)

const (
	maxConnections = 12000
	drain          = 10 * time.Second // for requests under way when the service stops
)

// Listen opens the address, on IPv4 and IPv6, for Serve. It accepts as many
// connections as one process can bear; the others wait.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return netutil.LimitListener(patient{l, time.Sleep}, maxConnections), nil
}

// Serve answers requests until ctx ends, then lets those under way finish.
func Serve(ctx context.Context, app *fiber.App, l net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- app.Listener(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	if err := app.ShutdownWithTimeout(drain); err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return <-done
}

// patient is a listener that outlives a shortage of files or memory. fasthttp
// ends its loop at the first such error, and with it the process.
type patient struct {
	net.Listener
	wait func(time.Duration)
}

// Accept waits for the next connection.
func (p patient) Accept() (net.Conn, error) {
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		conn, err := p.Listener.Accept()
		if err == nil || !passing(err) {
			return conn, err
		}
		p.wait(pause)
	}
}

func passing(err error) bool {
	for _, shortage := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, shortage) {
			return true
		}
	}
	return false
}
