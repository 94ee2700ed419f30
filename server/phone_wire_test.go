package server_test

import (
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"saban/server"
)

// wire counts what comes over a client's connections, headers and all.
type wire struct {
	net.Conn
	read *atomic.Int64
}

func (w wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	w.read.Add(int64(n))
	return n, err
}

// streamed is what a stream has said so far.
type streamed struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *streamed) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *streamed) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// opened reads a client's stream as a browser does, packed, until the test
// ends. What has no region in it may be read late.
func (c *client) opened(t *testing.T) *streamed { return c.reads(t, "gzip") }

// reads reads it as it is asked for.
func (c *client) reads(t *testing.T, encoding string) *streamed {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", c.base+"/p/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", encoding)
	res, err := c.http.Do(req)
	if err != nil || (res.Header.Get("Content-Encoding") == "gzip") != (encoding == "gzip") {
		t.Fatalf("%v, %v", res, err)
	}
	out, done := &streamed{}, make(chan struct{})
	go func() {
		defer close(done)
		text := io.Reader(res.Body)
		if encoding == "gzip" {
			if text, err = gzip.NewReader(res.Body); err != nil {
				return
			}
		}
		_, _ = io.Copy(out, text) // until it is cut
	}()
	t.Cleanup(func() { cancel(); <-done; _ = res.Body.Close() })
	return out
}

func TestAnInjectIsLightOnTheNetwork(t *testing.T) {
	st := phoneStage(t)
	d := st.phoneDrill()
	phone := st.phone(d, "control")
	var read atomic.Int64
	var dial net.Dialer
	phone.http.Transport = &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial.DialContext(ctx, network, address)
		return wire{conn, &read}, err
	}}
	st.does(d, "start", nil)
	stream := phone.opened(t)
	st.waits("the first state", func() bool { return strings.Contains(stream.String(), `"phase":"running"`) })
	before := read.Load()
	st.releases(d, "alarm")
	st.waits("the inject", func() bool { return strings.Contains(stream.String(), `data-unseen`) })
	card := call[server.Phone](st.phone(d, "control"), "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phone, "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": "control"})
	st.waits("the question", func() bool { return strings.Contains(stream.String(), `name=\"choice\"`) })
	if n := read.Load() - before; n < 500 || n >= 3000 {
		t.Errorf("an inject, its receipt and its question took %d bytes, of 3,000 at most", n)
	} else {
		t.Logf("%d bytes", n)
	}
}
