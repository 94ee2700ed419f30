package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"saban/engine"
	"saban/scoring"
	"saban/store"
)

// served is a real server in a process of its own, which can be killed.
type served struct {
	t      *testing.T
	binary string
	data   string
	port   string
	mu     sync.Mutex
	cmd    *exec.Cmd
}

func newServed(t *testing.T) *served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	s := &served{t: t, binary: filepath.Join(t.TempDir(), "saban"), data: t.TempDir(), port: port}
	if out, err := exec.Command("go", "build", "-o", s.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Cleanup(s.kill)
	return s
}

func (s *served) base() string { return "http://127.0.0.1:" + s.port }

// start runs the server until it answers, and returns the one-time link it
// printed, if any.
func (s *served) start() (setup string) {
	s.t.Helper()
	cmd := exec.Command(s.binary, "serve", "--host", "127.0.0.1", "--port", s.port, "--data", s.data, "--lang", "en")
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	var talk bytes.Buffer
	cmd.Stderr = &talk
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
	s.t.Fatalf("the server did not start: %s", talk.String())
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

// caller is a client that tries again for as long as nobody answers.
type caller struct {
	base string
	http *http.Client
}

func (s *served) caller() *caller {
	jar, _ := cookiejar.New(nil)
	return &caller{s.base(), &http.Client{Jar: jar, Timeout: 5 * time.Second}}
}

// send returns the status and body of an answer that the server gave.
func (c *caller) send(ctx context.Context, method, path string, body any) (int, []byte) {
	text, _ := json.Marshal(body)
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(text))
		if err != nil {
			return 0, nil
		}
		req.Header.Set("Content-Type", "application/json")
		if res, err := c.http.Do(req); err == nil {
			answer, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err == nil && res.StatusCode < 500 {
				return res.StatusCode, answer
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return 0, nil
}

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

// player answers each question as it comes, the first choices offered, and
// says something to the facilitator between, until ctx ends.
type player struct {
	*caller
	person string
	acked  []string
}

func (p *player) play(ctx context.Context, done chan<- struct{}) {
	defer func() { done <- struct{}{} }()
	for n := 0; ctx.Err() == nil; n++ {
		var phone struct {
			Cards []struct {
				Inject, Role string
				Pick         int
				Choices      []struct{ ID string }
				Answer       *struct{}
			}
		}
		if _, body := p.send(ctx, "GET", "/api/v1/phone", nil); json.Unmarshal(body, &phone) != nil {
			continue
		}
		for _, card := range phone.Cards {
			if card.Answer != nil || card.Pick == 0 || len(card.Choices) < card.Pick {
				continue
			}
			answer := map[string]any{"key": fmt.Sprintf("answer-%s-%s", card.Inject, card.Role), "inject": card.Inject, "role": card.Role}
			var ids []string
			for _, c := range card.Choices[:card.Pick] {
				ids = append(ids, c.ID)
			}
			answer["choices"] = ids
			p.act(ctx, "/api/v1/phone/answers", answer)
		}
		p.act(ctx, "/api/v1/phone/notes", map[string]any{"key": fmt.Sprintf("note-%06d", n), "text": "here"})
		time.Sleep(40 * time.Millisecond)
	}
}

// act sends one act until it is acknowledged or refused for good.
func (p *player) act(ctx context.Context, path string, body map[string]any) {
	for ctx.Err() == nil {
		status, answer := p.send(context.WithoutCancel(ctx), "POST", path, body)
		if status == http.StatusOK {
			p.acked = append(p.acked, body["key"].(string))
			return
		}
		if !bytes.Contains(answer, []byte(`"paused"`)) {
			return // somebody of the role was first, or the card is gone
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// run is a whole run: the log, the score and what each player was told.
type run struct {
	events  []engine.Event
	card    scoring.Scorecard
	players []*player
}

// conductServed plays so much real time of a drill, killing the server so many
// times in between.
func conductServed(t *testing.T, clients, kills int, length time.Duration) run {
	t.Helper()
	s := newServed(t)
	lead := s.caller()
	setup := s.start()
	form := strings.NewReader("passphrase=three+or+four+words&again=three+or+four+words")
	res, err := lead.http.Post(s.base()+setup, "application/x-www-form-urlencoded", form)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	var d struct{ ID, Code string }
	lead.must(t, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "speed": 10}, &d)
	var lobby struct{ Roles []struct{ ID string } }
	lead.must(t, "GET", "/api/v1/join/"+d.Code, nil, &lobby)
	out := run{}
	for i := range clients {
		p := &player{caller: s.caller()}
		var who struct{ Person string }
		p.must(t, "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{lobby.Roles[i%len(lobby.Roles)].ID}}, &who)
		p.person = who.Person
		out.players = append(out.players, p)
	}
	act := func(do, key string) {
		if status, body := lead.send(t.Context(), "POST", "/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": do, "key": key}); status >= 300 && status != http.StatusConflict {
			t.Fatalf("%s: %d %s", do, status, body)
		}
	}
	act("start", "start-key")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{}, clients)
	for _, p := range out.players {
		go p.play(ctx, done)
	}
	for n := range kills {
		time.Sleep(length/time.Duration(kills)/2 + rand.N(length/time.Duration(kills)))
		s.kill()
		s.start()
		act("resume", fmt.Sprintf("resume-key-%d", n))
	}
	if kills == 0 {
		time.Sleep(length)
	}
	stop()
	for range clients {
		<-done
	}
	act("end", "end-key-end")
	var file bytes.Buffer
	_, text := lead.send(t.Context(), "GET", "/drills/"+d.ID+"/file", nil)
	file.Write(text)
	read, err := store.Read(&file, store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	out.events = read.Events
	lead.must(t, "GET", "/api/v1/drills/"+d.ID+"/scorecard", nil, &out.card)
	return out
}

// checkAcknowledged holds a run to its promise: what was acknowledged is in
// the log, once, and nothing else of that player.
func checkAcknowledged(t *testing.T, r run) {
	t.Helper()
	byPerson := map[string][]string{}
	for i, e := range r.events {
		if e.Seq != int64(i+1) {
			t.Fatalf("event %d stands at place %d", e.Seq, i+1)
		}
		if person, key, ok := strings.Cut(e.Key, "."); ok && person != "facilitator" {
			byPerson[person] = append(byPerson[person], key)
		}
	}
	told := 0
	for _, p := range r.players {
		kept := byPerson[p.person]
		slices.Sort(kept)
		slices.Sort(p.acked)
		if !slices.Equal(slices.Compact(slices.Clone(kept)), kept) {
			t.Errorf("%s: a key is in the log twice", p.person)
		}
		for _, key := range p.acked {
			if !slices.Contains(kept, key) {
				t.Errorf("%s was told that %s is kept, and it is not", p.person, key)
			}
		}
		for _, key := range kept {
			if !slices.Contains(p.acked, key) {
				t.Errorf("%s: %s is kept and was never acknowledged", p.person, key)
			}
		}
		told += len(p.acked)
	}
	if told < len(r.players) {
		t.Errorf("only %d acts were acknowledged", told)
	}
}

func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	kills, length := 6, 6*time.Second
	if os.Getenv("SABAN_LONG") != "" {
		kills, length = 100, 60*time.Second
	}
	r := conductServed(t, 20, kills, length)
	checkAcknowledged(t, r)
	recovered := 0
	for _, e := range r.events {
		if e.Type == engine.Recovered {
			recovered++
		}
	}
	if recovered != kills {
		t.Errorf("%d restarts in the log, %d kills", recovered, kills)
	}
	if os.Getenv("SABAN_LONG") != "" {
		compareWithoutKills(t, r, conductServed(t, 20, 0, length))
	}
}

// compareWithoutKills holds the items of a run that was never down against
// those of one that was, but for items whose time falls into an outage.
func compareWithoutKills(t *testing.T, killed, whole run) {
	t.Helper()
	compared := 0
	for i := range whole.card.Items {
		a, b := &whole.card.Items[i], &killed.card.Items[i]
		if !a.Triggered || !b.Triggered || a.Pending || b.Pending || down(killed.events, b) {
			continue
		}
		compared++
		if a.Done != b.Done || a.Rating != b.Rating {
			t.Errorf("%s: done %v, rated %s without kills; done %v, rated %s with them", a.ID, a.Done, a.Rating, b.Done, b.Rating)
		}
	}
	t.Logf("%d items compared", compared)
}

// down reports whether a restart falls between an item's trigger and when it
// was done.
func down(events []engine.Event, it *scoring.Item) bool {
	from := engine.Millis(*it.Received)
	to := from + engine.Millis(it.Limit)
	if it.Actual != nil {
		to = from + engine.Millis(*it.Actual)
	}
	return slices.ContainsFunc(events, func(e engine.Event) bool { return e.Type == engine.Recovered && e.At >= from && e.At <= to })
}
