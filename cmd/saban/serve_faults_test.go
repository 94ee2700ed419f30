package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/store"
)

// playing is a server with a drill that runs and somebody in it.
type playing struct {
	*served
	t     *testing.T
	lead  *caller
	drill string
	code  string
	acked int // notes that were acknowledged
}

func newPlaying(t *testing.T, data string) *playing {
	t.Helper()
	return newPlayingWith(t, data, 6)
}

// newPlayingWith has room for so many guards.
func newPlayingWith(t *testing.T, data string, guards int) *playing {
	t.Helper()
	s := newServed(t, data)
	p := &playing{served: s, t: t, lead: s.lead()}
	var d struct{ ID, Code string }
	p.lead.must(t, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "places": map[string]any{"guard": guards}}, &d)
	p.drill, p.code = d.ID, d.Code
	p.act("start", "start-key")
	return p
}

func (p *playing) act(do, key string) {
	p.t.Helper()
	p.lead.must(p.t, "POST", "/api/v1/drills/"+p.drill+"/acts", map[string]any{"do": do, "key": key}, nil)
}

// note has the facilitator write a note, and returns what was answered.
func (p *playing) note() (status int, answer string) {
	p.t.Helper()
	key := fmt.Sprintf("note-key-%06d", p.acked+1)
	status, body, err := p.lead.try(p.t.Context(), "POST", "/api/v1/drills/"+p.drill+"/acts", map[string]any{"do": "note", "key": key, "text": strings.Repeat("ghi chú ", 200)})
	if err != nil {
		p.t.Fatal(err)
	}
	if status == http.StatusOK {
		p.acked++
	}
	return status, string(body)
}

// phase is where the drill stands, and whether its log cannot be written.
func (p *playing) phase() (phase string, trouble bool) {
	p.t.Helper()
	var status struct {
		Drill   struct{ Phase string }
		Trouble bool
	}
	p.lead.must(p.t, "GET", "/api/v1/drills/"+p.drill, nil, &status)
	return status.Drill.Phase, status.Trouble
}

// until waits for something that has to come by itself.
func (p *playing) until(what string, holds func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("%s: it does not come", what)
		}
	}
}

// kept checks that every note acknowledged is in the log once, and returns it.
func (p *playing) kept() []engine.Event {
	p.t.Helper()
	_, text := p.lead.send(p.t.Context(), "GET", "/drills/"+p.drill+"/file", nil)
	read, err := store.Read(bytes.NewReader(text), store.Limits{})
	if err != nil {
		p.t.Fatal(err)
	}
	notes := map[string]int{}
	for _, e := range read.Events {
		if e.Type == engine.Noted {
			notes[e.Key]++
		}
	}
	for n := 1; n <= p.acked; n++ {
		if key := fmt.Sprintf("facilitator.note-key-%06d", n); notes[key] != 1 {
			p.t.Errorf("%s is in the log %d times", key, notes[key])
		}
	}
	return read.Events
}

// refusedToStart is what a server says that cannot start.
func (s *served) refusedToStart() (code int, said string) {
	s.t.Helper()
	cmd := s.command()
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if lines := bufio.NewScanner(out); lines.Scan() {
		_ = cmd.Process.Kill()
		s.t.Errorf("it runs: %s", lines.Text())
	}
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode(), s.talk.String()
}

func TestASecondServerOnTheSameDataIsRefused(t *testing.T) {
	p := newPlaying(t, t.TempDir())
	p.note()
	code, said := newServed(t, p.data).refusedToStart()
	if code != 1 || !strings.Contains(said, "saban:") || !strings.Contains(said, "another") {
		t.Errorf("exit %d: %s", code, said)
	}
	if status, body := p.note(); status != http.StatusOK {
		t.Errorf("the first was harmed: %d %s", status, body)
	}
	p.kept()
}

func TestAnAnswerOfAMegabyteIsRefused(t *testing.T) {
	p := newPlaying(t, t.TempDir())
	phone := p.caller()
	phone.must(t, "POST", "/api/v1/join", map[string]any{"code": p.code, "roles": []string{"switchboard"}}, nil)
	for _, size := range []int{1 << 20, 8 << 20} {
		text := strings.Repeat("ă", size/2)
		status, body, err := phone.try(t.Context(), "POST", "/api/v1/phone/answers", map[string]any{"key": "large-key-1", "inject": "I01", "role": "switchboard", "text": text})
		if err != nil || status != http.StatusUnprocessableEntity && status != http.StatusRequestEntityTooLarge || len(body) > 2000 {
			t.Errorf("%d bytes by the API: %d %.300s %v", size, status, body, err)
		}
		res, err := phone.http.PostForm(p.base()+"/p/answer", url.Values{"key": {"large-key-2"}, "inject": {"I01"}, "role": {"switchboard"}, "text": {text}})
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%d bytes by a form: %s", size, res.Status)
		}
	}
	p.note()
	for _, e := range p.kept() {
		if len(e.Text) > 10_000 {
			t.Errorf("event %d has %d bytes of text", e.Seq, len(e.Text))
		}
	}
}

func TestASlowReaderHoldsNobodyUp(t *testing.T) {
	p := newPlaying(t, t.TempDir())
	for range 3 {
		p.neverReads("/drills/" + p.drill + "/live")
	}
	heard := p.listen(p.lead, "/drills/"+p.drill+"/live")
	for range 150 {
		if status, body := p.note(); status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
	}
	last := time.After(90 * time.Second)
	for seen := ""; !strings.Contains(seen, `"notes"`); {
		select {
		case line := <-heard:
			seen = line
		case <-last:
			t.Fatal("who reads hears nothing")
		}
	}
	p.kept()
}

// neverReads opens a stream and leaves it.
func (p *playing) neverReads(path string) {
	p.t.Helper()
	conn, err := net.Dial("tcp", "127.0.0.1:"+p.port)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = conn.Close() })
	_ = conn.(*net.TCPConn).SetReadBuffer(1 << 10)
	u, _ := url.Parse(p.base())
	var cookies []string
	for _, c := range p.lead.http.Jar.Cookies(u) {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n", path, strings.Join(cookies, "; "))
}

// listen reads a stream's data lines.
func (p *playing) listen(c *caller, path string) <-chan string {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), "GET", p.base()+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity") // Go unpacks a stream only as far as it has to
	res, err := (&http.Client{Jar: c.http.Jar}).Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	out := make(chan string, 1000)
	go func() {
		defer close(out)
		defer func() { _ = res.Body.Close() }()
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- data
			}
		}
	}()
	return out
}

func TestADamagedPageIsNamedAtTheStart(t *testing.T) {
	p := newPlaying(t, t.TempDir())
	for range 60 {
		p.note()
	}
	p.stop() // everything is in the database then
	files, err := filepath.Glob(filepath.Join(p.data, "*.db"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q %v", files, err)
	}
	f, err := os.OpenFile(files[0], os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for at := int64(4096); at < info.Size(); at += 4096 { // all but the first page
		if _, err := f.WriteAt(bytes.Repeat([]byte{0xa5}, 512), at); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if code, said := p.refusedToStart(); code == 0 || !strings.Contains(said, "damage") && !strings.Contains(said, "restore") {
		t.Errorf("exit %d: %s", code, said)
	}
}
