package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// served is a real server in a process of its own, which can be killed.
type served struct {
	t    *testing.T
	data string
	port string
	talk *said // what it said on standard error, all its lives long

	mu  sync.Mutex
	cmd *exec.Cmd
}

// newServed prepares a server of a data folder; start runs it.
func newServed(t *testing.T, data string) *served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	s := &served{t: t, data: data, port: port, talk: &said{}}
	t.Cleanup(s.kill)
	return s
}

func (s *served) base() string { return "http://127.0.0.1:" + s.port }

func (s *served) command() *exec.Cmd {
	cmd := sabanCommand("serve", "--host", "127.0.0.1", "--port", s.port, "--data", s.data, "--lang", "en")
	cmd.Stderr = s.talk
	return cmd
}

// start runs the server until it answers, and returns the one-time link it
// printed, if any.
func (s *served) start() (setup string) {
	s.t.Helper()
	cmd := s.command()
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.mu.Lock()
	s.cmd = cmd
	s.mu.Unlock()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if i := strings.Index(lines.Text(), "/setup/"); i >= 0 {
			setup = lines.Text()[i:]
		}
		if strings.HasPrefix(lines.Text(), "data:") {
			return setup
		}
	}
	_ = cmd.Wait()
	s.t.Fatalf("the server did not start: %s", s.talk)
	return ""
}

// kill ends the server as a power cut would.
func (s *served) kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		s.cmd = nil
	}
}

// stop ends the server as Ctrl-C does.
func (s *served) stop() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("it did not end well: %v\n%s", err, s.talk)
	}
	s.cmd = nil
}

// lead starts the server for the first time and signs a facilitator in.
func (s *served) lead() *caller {
	s.t.Helper()
	lead := s.caller()
	form := strings.NewReader("passphrase=three+or+four+words&again=three+or+four+words")
	res, err := lead.http.Post(s.base()+s.start(), "application/x-www-form-urlencoded", form)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = res.Body.Close()
	return lead
}

// caller is a client that tries again for as long as nobody answers.
type caller struct {
	base string
	http *http.Client
}

func (s *served) caller() *caller {
	jar, _ := cookiejar.New(nil)
	return &caller{s.base(), &http.Client{Jar: jar, Timeout: 5 * time.Second}}
}

// send returns the status and body of an answer that the server gave. One that
// says to come again is none.
func (c *caller) send(ctx context.Context, method, path string, body any) (int, []byte) {
	for ctx.Err() == nil {
		if status, answer, err := c.try(ctx, method, path, body); err == nil && status < 500 && status != http.StatusTooManyRequests {
			return status, answer
		}
		time.Sleep(20 * time.Millisecond)
	}
	return 0, nil
}

// try asks once.
func (c *caller) try(ctx context.Context, method, path string, body any) (int, []byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(text))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// must is a call that has to be carried out.
func (c *caller) must(t *testing.T, method, path string, body, into any) {
	t.Helper()
	status, answer := c.send(t.Context(), method, path, body)
	if status >= 300 || status == 0 {
		t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			t.Fatal(err)
		}
	}
}

// said is what a process says, read while it speaks.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *said) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *said) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
