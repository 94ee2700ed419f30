package main

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
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

// phone notes when each inject reaches it. What arrives is unpacked and read
// only when somebody asks: on a real phone that is no work of this machine.
type phone struct {
	*client
	person string

	mu     sync.Mutex
	packed bool
	came   []arrival // not yet read
	part   []byte    // of an event that is not whole yet
	got    map[string]time.Time
	acked  []string
}

// arrival is what one read brought.
type arrival struct {
	at    time.Time
	bytes []byte
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
	req.Header.Set("Accept-Encoding", "gzip") // as a browser does
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
	if p.packed = res.Header.Get("Content-Encoding") == "gzip"; p.packed {
		var header [10]byte
		_, err = io.ReadFull(res.Body, header[:])
	}
	opened <- err
	for rest := make([]byte, roomy); err == nil; {
		var n int
		n, err = res.Body.Read(rest)
		p.mu.Lock()
		p.came = append(p.came, arrival{time.Now(), rest[:n]})
		p.mu.Unlock()
		if rest = rest[n:]; len(rest) < enough {
			rest = make([]byte, roomy)
		}
	}
}

// What arrives stays where it was read to: a copy of each frame would be the
// client's own work in what is measured. A buffer takes some frames, of which
// none is longer than enough.
const (
	roomy  = 32 << 10
	enough = 4 << 10
)

// mark stands before the number of an inject in its text: phones are told no
// ids.
const mark = "Tin số "

// read looks for the injects in what has come.
func (p *phone) read() {
	for _, a := range p.came {
		p.part = append(p.part, a.bytes...)
		text := p.part
		if p.packed {
			text, _ = io.ReadAll(flate.NewReader(bytes.NewReader(p.part))) // a stream has no end
		}
		if !bytes.HasSuffix(text, []byte("\n\n")) {
			continue
		}
		p.part = p.part[:0]
		for {
			_, rest, found := bytes.Cut(text, []byte(mark))
			if !found {
				break
			}
			id, after, _ := bytes.Cut(rest, []byte(":"))
			text = after
			if _, seen := p.got[string(id)]; !seen {
				p.got[string(id)] = a.at
			}
		}
	}
	p.came = p.came[:0]
}

func (p *phone) when(inject string) (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read()
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
