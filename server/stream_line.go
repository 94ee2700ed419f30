package server

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"runtime/debug"
	"time"
)

// line is the way to one reader.
type line struct {
	send func(frame []byte) error
	gone <-chan struct{} // closed when the reader has left
}

// How long a reader may take to take a frame, and the last one.
const (
	writeTimeout = 10 * time.Second
	partTimeout  = time.Second
)

// carry runs a stream over a request's connection. It takes the connection
// over from net/http where it can: the buffers and the stacks kept for a
// request would be most of what a silent phone costs. A stream of HTTP/2
// shares its connection and stays.
func (s *Server) carry(w http.ResponseWriter, r *http.Request, t *teller) error {
	out := http.NewResponseController(w)
	conn, _, err := out.Hijack()
	if errors.Is(err, http.ErrNotSupported) {
		defer t.done()
		w.WriteHeader(http.StatusOK)
		send := func(frame []byte) error {
			if err := out.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
				return err
			}
			if _, err := w.Write(frame); err != nil {
				return err
			}
			return out.Flush()
		}
		if t.packed && send([]byte(gzipHeader)) != nil {
			return nil
		}
		return t.tell(&line{send, r.Context().Done()})
	}
	if err != nil {
		t.done()
		return err
	}
	head := headOf(w.Header(), t.packed)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil { // nobody would wait for it any more
		t.done()
		return conn.Close()
	}
	if tcp, ok := conn.(*net.TCPConn); ok && t.hall != nil {
		return t.hall.enter(t, tcp, head)
	}
	s.running.Go(func() { s.converse(conn, t, head) })
	return nil
}

// headOf begins an answer that ends with its connection.
func headOf(h http.Header, packed bool) []byte {
	h.Set("Connection", "close")
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var out bytes.Buffer
	out.WriteString("HTTP/1.1 200 OK\r\n")
	_ = h.Write(&out) // memory takes everything
	out.WriteString("\r\n")
	if packed {
		out.WriteString(gzipHeader)
	}
	return out.Bytes()
}

// watch closes gone when a reader has left: one who reads events has no more
// to say.
func watch(conn net.Conn, gone chan<- struct{}) {
	defer close(gone)
	var nothing [1]byte
	_, _ = conn.Read(nothing[:])
}

// converse runs a stream from a goroutine of its own, beginning with what is
// still to be sent.
func (s *Server) converse(conn net.Conn, t *teller, first []byte) {
	defer t.done()
	defer func() { _ = conn.Close() }()
	defer func() {
		if what := recover(); what != nil {
			s.Log.Error("stream failed", "error", what, "stack", string(debug.Stack()))
		}
	}()
	defer context.AfterFunc(s.ctx, func() { _ = conn.SetWriteDeadline(time.Now().Add(partTimeout)) })()
	send := func(frame []byte) error {
		patience := writeTimeout
		if s.ctx.Err() != nil {
			patience = partTimeout
		}
		if err := conn.SetWriteDeadline(time.Now().Add(patience)); err != nil {
			return err
		}
		_, err := conn.Write(frame)
		return err
	}
	gone := make(chan struct{})
	go watch(conn, gone)
	if send(first) != nil {
		return
	}
	if err := t.tell(&line{send, gone}); err != nil {
		s.Log.Error("stream failed", "error", err)
	}
}
