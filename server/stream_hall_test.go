package server_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
	"saban/store"
)

// rawStream asks for a phone's stream over a connection that holds little, and
// reads nothing yet.
func (c *client) rawStream(t *testing.T) *net.TCPConn {
	t.Helper()
	u, err := url.Parse(c.base)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	tcp := conn.(*net.TCPConn)
	_ = tcp.SetReadBuffer(1 << 10)
	var cookies []string
	for _, one := range c.http.Jar.Cookies(u) {
		cookies = append(cookies, one.Name+"="+one.Value)
	}
	fmt.Fprintf(tcp, "GET /p/live HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", u.Host, strings.Join(cookies, "; "))
	return tcp
}

func (st *stage) online(d created, role string) bool {
	st.t.Helper()
	state := call[struct {
		Devices []struct {
			Roles  []string
			Online bool
		}
	}](st.lead, "GET", "/api/v1/drills/"+d.ID, nil)
	for _, one := range state.Devices {
		if one.Online && len(one.Roles) == 1 && one.Roles[0] == role {
			return true
		}
	}
	return false
}

// TestAPhoneThatReadsSlowlyHoldsNobodyUp fills the line of one phone until it
// takes no more: the others hear everything meanwhile, and it hears the last
// of it once it reads again.
func TestAPhoneThatReadsSlowlyHoldsNobodyUp(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	slow, quick := st.phone(d, "guard"), st.phone(d, "director")
	st.does(d, "start", nil)
	line := slow.rawStream(t)
	heard := quick.opened(t)
	st.waits("the slow phone coming in", func() bool { return st.online(d, "guard") })
	const injects = 100
	for n := range injects {
		st.does(d, "adhoc", map[string]any{"inject": map[string]any{"id": fmt.Sprintf("X%d", n), "channel": "radio", "at_ms": 0, "title": map[string]any{"vi": "Tin"}, "note": map[string]any{},
			"text": map[string]any{"vi": fmt.Sprintf("Tin %d. %s", n, strings.Repeat("Bảo vệ nghe rõ. ", 120))}}})
	}
	last := fmt.Sprintf("Tin %d.", injects-1)
	st.waits("the last inject on the phone that reads", func() bool { return strings.Contains(heard.String(), last) })
	var all strings.Builder
	for found := false; !found; line = slow.rawStream(t) { // who takes nothing for ten seconds is cut off, and comes again
		lines := bufio.NewScanner(line)
		lines.Buffer(nil, 4<<20)
		for !found && lines.Scan() {
			all.WriteString(lines.Text())
			found = strings.Contains(lines.Text(), last)
		}
	}
	skipped := 0
	for n := range injects {
		if !strings.Contains(all.String(), fmt.Sprintf("Tin %d.", n)) {
			skipped++
		}
	}
	t.Logf("%d of %d passed it by", skipped, injects)
	if skipped < injects/10 {
		t.Errorf("its line was never full: %d of %d injects passed it by", skipped, injects)
	}
}

func TestAPhoneThatHangsUpIsNoticed(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	line := st.phone(d, "guard").rawStream(t)
	st.waits("the phone coming in", func() bool { return st.online(d, "guard") })
	_ = line.Close()
	st.waits("the phone being missed", func() bool { return !st.online(d, "guard") })
}

func TestAPhoneTurnedAwayHearsSo(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	line := st.phone(d, "guard").rawStream(t)
	st.waits("the phone coming in", func() bool { return st.online(d, "guard") })
	for _, g := range call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil) {
		call[any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/guests/"+g.Person, nil)
	}
	text, err := io.ReadAll(line)
	if err != nil || !strings.HasSuffix(string(text), "event: bye\ndata: {\"why\":\"gone\"}\n\n") {
		t.Errorf("its last word is %.200q, %v", text[max(0, len(text)-200):], err)
	}
}

// stuckDisk takes its time with what is kept, while a test wants it to.
type stuckDisk struct {
	store.Store
	mu sync.Mutex
}

func (s *stuckDisk) Append(ctx context.Context, drill string, events []engine.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Store.Append(ctx, drill, events)
}

// TestNothingIsToldBeforeItIsKept has pictures drawn while the disk works:
// none leaves before it is done.
func TestNothingIsToldBeforeItIsKept(t *testing.T) {
	st := newStage(t)
	disk := &stuckDisk{Store: st.config.Store}
	st.stop()
	st.config.Store = disk
	st.restart()
	d := st.drill()
	heard := st.phone(d, "guard").opened(t)
	st.does(d, "start", nil)
	for n := range 3 {
		told := fmt.Sprintf("Tin %d.", n)
		disk.mu.Lock()
		acted := make(chan struct{})
		go func() {
			defer close(acted)
			st.does(d, "adhoc", map[string]any{"inject": map[string]any{"id": fmt.Sprintf("X%d", n), "channel": "radio", "at_ms": 0, "title": map[string]any{"vi": "Tin"}, "note": map[string]any{}, "text": map[string]any{"vi": told}}})
		}()
		time.Sleep(200 * time.Millisecond)
		early := heard.String()
		disk.mu.Unlock()
		if strings.Contains(early, told) {
			t.Errorf("%q was told before it was kept", told)
		}
		<-acted
		st.waits("the inject on the phone", func() bool { return strings.Contains(heard.String(), told) })
	}
}
