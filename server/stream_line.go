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
func (s *Server) carry(w http.ResponseWriter, r *http.Request, run func(*line) error, done func()) error {
	out := http.NewResponseController(w)
	conn, _, err := out.Hijack()
	if errors.Is(err, http.ErrNotSupported) {
		defer done()
		w.WriteHeader(http.StatusOK)
		return run(&line{gone: r.Context().Done(), send: func(frame []byte) error {
			if err := out.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
				return err
			}
			if _, err := w.Write(frame); err != nil {
				return err
			}
			return out.Flush()
		}})
	}
	if err != nil {
		done()
		return err
	}
	head := headOf(w.Header())
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil { // nobody would wait for it any more
		done()
		return conn.Close()
	}
	s.running.Go(func() {
		defer done()
		defer func() { _ = conn.Close() }()
		s.converse(conn, head, run)
	})
	return nil
}

// headOf begins an answer that ends with its connection.
func headOf(h http.Header) []byte {
	h.Set("Connection", "close")
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var out bytes.Buffer
	out.WriteString("HTTP/1.1 200 OK\r\n")
	_ = h.Write(&out) // memory takes everything
	out.WriteString("\r\n")
	return out.Bytes()
}

// converse runs a stream on a connection of its own.
func (s *Server) converse(conn net.Conn, head []byte, run func(*line) error) {
	defer func() {
		if what := recover(); what != nil {
			s.Log.Error("stream failed", "error", what, "stack", string(debug.Stack()))
		}
	}()
	defer context.AfterFunc(s.ctx, func() { _ = conn.SetWriteDeadline(time.Now().Add(partTimeout)) })()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		var nothing [1]byte // a reader of events has no more to say
		_, _ = conn.Read(nothing[:])
	}()
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
	if send(head) != nil {
		return
	}
	if err := run(&line{send, gone}); err != nil {
		s.Log.Error("stream failed", "error", err)
	}
}
