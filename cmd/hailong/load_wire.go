package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"time"

	"hailong/survey"
)

const (
	answerRoom = 16 << 10 // of most answers
	answerMost = 1 << 20
)

// loopback is an address on this machine. A load is played against nothing
// else: whoever has one of these has been checked.
type loopback struct{ at netip.AddrPort }

// newLoopback reads an address such as 127.0.0.1:8080. Names are refused too,
// because they may lead anywhere.
func newLoopback(addr string) (loopback, error) {
	at, err := netip.ParseAddrPort(addr)
	if err != nil || !at.Addr().Unmap().IsLoopback() || at.Port() == 0 {
		return loopback{}, survey.Refuse(survey.Invalid, "Chỉ diễn tập với dịch vụ trên chính máy này (127.0.0.1), không phải %s", "A load is played on this machine only (127.0.0.1), not on %s", addr)
	}
	return loopback{at}, nil
}

func (l loopback) dial() (net.Conn, error) {
	if !l.at.Addr().Unmap().IsLoopback() {
		return nil, fmt.Errorf("connect to %s: not this machine", l.at)
	}
	return net.DialTCP("tcp", nil, net.TCPAddrFromAddrPort(l.at))
}

// wire is one keep-alive connection, opened when it is needed, with the room
// for one answer.
type wire struct {
	to    loopback
	until time.Time // what is still under way then is given up
	conn  net.Conn
	room  []byte
}

func newWire(to loopback, until time.Time) *wire {
	return &wire{to: to, until: until, room: make([]byte, answerRoom)}
}

// answer is what came back; head and body hold until the next exchange.
type answer struct {
	status int
	head   []byte
	body   []byte
}

// exchange sends a request and reads the answer. After an error the next
// exchange opens a new connection.
func (w *wire) exchange(request []byte) (answer, error) {
	if err := w.send(request); err != nil {
		return answer{}, err
	}
	return w.receive()
}

func (w *wire) send(part []byte) error {
	if err := w.open(); err != nil {
		return err
	}
	if _, err := w.conn.Write(part); err != nil {
		w.hangUp()
		return fmt.Errorf("send a request: %w", err)
	}
	return nil
}

func (w *wire) open() error {
	if w.conn != nil {
		return nil
	}
	conn, err := w.to.dial()
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	w.conn = conn
	return conn.SetDeadline(w.until)
}

// hangUp closes the connection, whatever is under way on it.
func (w *wire) hangUp() {
	if w.conn != nil {
		w.conn.Close()
		w.conn = nil
	}
}

// errAnswer is an answer that cannot be read.
var errAnswer = errors.New("malformed answer")

func (w *wire) receive() (answer, error) {
	a, err := w.read()
	if err != nil || bytes.Contains(a.head, []byte("\r\nConnection: close")) {
		w.hangUp()
	}
	return a, err
}

func (w *wire) read() (answer, error) {
	filled, end, size := 0, -1, 0
	for end < 0 || filled < end+size {
		if err := w.makeRoom(filled); err != nil {
			return answer{}, err
		}
		n, err := w.conn.Read(w.room[filled:])
		if err != nil {
			return answer{}, fmt.Errorf("read an answer: %w", err)
		}
		filled += n
		if end >= 0 {
			continue
		}
		if end = headEnd(w.room[:filled]); end < 0 {
			continue
		}
		if size, err = contentLength(w.room[:end]); err != nil {
			return answer{}, err
		}
	}
	status, err := strconv.Atoi(string(w.room[9:12]))
	if err != nil {
		return answer{}, errAnswer
	}
	return answer{status, w.room[:end], w.room[end : end+size]}, nil
}

func (w *wire) makeRoom(filled int) error {
	if filled < len(w.room) {
		return nil
	}
	if len(w.room) >= answerMost {
		return fmt.Errorf("%w: longer than %d bytes", errAnswer, answerMost)
	}
	w.room = append(w.room, make([]byte, len(w.room))...)
	return nil
}

// headEnd gives where the body begins, or -1 while the head is not whole.
func headEnd(got []byte) int {
	if i := bytes.Index(got, []byte("\r\n\r\n")); i >= 12 {
		return i + 4
	}
	return -1
}

func contentLength(head []byte) (int, error) {
	_, rest, found := bytes.Cut(head, []byte("\r\nContent-Length: "))
	value, _, ended := bytes.Cut(rest, []byte("\r\n"))
	n, err := strconv.Atoi(string(value))
	if !found || !ended || err != nil || n < 0 {
		return 0, fmt.Errorf("%w: without its length", errAnswer)
	}
	return n, nil
}
