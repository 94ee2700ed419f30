package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"time"
)

// client is one browser, at an address of its own.
type client struct {
	base string
	http *http.Client
}

func newClient(base string, n int) *client {
	jar, _ := cookiejar.New(nil) // never fails without options
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, byte(1+n>>16), byte(n>>8), byte(n))}}
	return &client{base, &http.Client{Jar: jar, Transport: &http.Transport{DialContext: dialer.DialContext, DisableCompression: true, MaxIdleConnsPerHost: 1}}}
}

// call sends JSON and reads JSON.
func (c *client) call(ctx context.Context, method, path string, in, into any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("%s %s: %s %s", method, path, res.Status, answer)
	}
	if err == nil && into != nil {
		err = json.Unmarshal(answer, into)
	}
	return err
}

// phone notes when each inject reaches it.
type phone struct {
	*client
	person string

	mu    sync.Mutex
	got   map[string]time.Time
	acked []string
}

func newPhone(base string, n int) *phone {
	return &phone{client: newClient(base, n), got: map[string]time.Time{}}
}

// open joins a drill and opens the stream, which ends with ctx.
func (p *phone) open(ctx context.Context, code, role string) error {
	var who struct{ Person string }
	if err := p.call(ctx, "POST", "/api/v1/join", map[string]any{"code": code, "roles": []string{role}}, &who); err != nil {
		return err
	}
	p.person = who.Person
	req, err := http.NewRequestWithContext(ctx, "GET", p.base+"/p/live", nil)
	if err != nil {
		return err
	}
	opened := make(chan error, 1)
	go p.listen(req, opened)
	return <-opened
}

// listen reads a stream to its end, and says when it is open.
func (p *phone) listen(req *http.Request, opened chan<- error) {
	res, err := p.http.Do(req)
	if err != nil {
		opened <- err
		return
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		opened <- errors.New("stream: " + res.Status)
		return
	}
	opened <- nil
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(make([]byte, 0, 4<<10), 4<<20)
	for lines.Scan() {
		p.read(lines.Text())
	}
}

// mark stands before the number of an inject in its text: phones are told no
// ids.
const mark = "Tin số "

// read looks for the injects a line of the stream brings.
func (p *phone) read(line string) {
	now := time.Now()
	for {
		_, rest, found := strings.Cut(line, mark)
		if !found {
			return
		}
		id, after, _ := strings.Cut(rest, ":")
		line = after
		p.mu.Lock()
		if _, seen := p.got[id]; !seen {
			p.got[id] = now
		}
		p.mu.Unlock()
	}
}

func (p *phone) when(inject string) (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t, ok := p.got[inject]
	return t, ok
}

// say sends words and returns how long they took to be acknowledged.
func (p *phone) say(ctx context.Context, key string) (time.Duration, error) {
	began := time.Now()
	err := p.call(ctx, "POST", "/api/v1/phone/notes", map[string]any{"key": key, "text": "đã rõ"}, nil)
	if err == nil {
		p.acked = append(p.acked, p.person+"."+key)
	}
	return time.Since(began), err
}
