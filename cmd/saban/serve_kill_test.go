package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// player answers each question as it comes, and says something to the
// facilitator between, until ctx ends. It chooses what is right, which does
// not hang on the order of the choices: that is another in every drill.
type player struct {
	*caller
	person string
	right  map[string]bool
	acked  []string
}

func (p *player) play(ctx context.Context, done chan<- struct{}) {
	defer func() { done <- struct{}{} }()
	for n := 0; ctx.Err() == nil; n++ {
		var phone struct {
			Cards []struct {
				Inject, Role string
				Pick         int
				Choices      []struct{ ID, Text string }
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
			slices.SortFunc(card.Choices, func(a, b struct{ ID, Text string }) int {
				if p.right[a.Text] != p.right[b.Text] {
					return strings.Compare(fmt.Sprint(p.right[b.Text]), fmt.Sprint(p.right[a.Text]))
				}
				return strings.Compare(a.Text, b.Text)
			})
			var ids []string
			for _, c := range card.Choices[:card.Pick] {
				ids = append(ids, c.ID)
			}
			p.act(ctx, "/api/v1/phone/answers", map[string]any{"key": fmt.Sprintf("answer-%s-%s", card.Inject, card.Role),
				"inject": card.Inject, "role": card.Role, "choices": ids})
		}
		p.act(ctx, "/api/v1/phone/notes", map[string]any{"key": fmt.Sprintf("note-%06d", n), "text": "here"})
		time.Sleep(120 * time.Millisecond)
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

// run is a whole run: the log, the score and what everybody was told.
type run struct {
	events  []engine.Event
	card    scoring.Scorecard
	players []*player
	lead    []string // keys of the facilitator that were acknowledged
}

// conductServed plays a drill until an exercise time, killing the server so
// many times in between.
func conductServed(t *testing.T, clients, kills int, length time.Duration) *run {
	t.Helper()
	s := newServed(t, t.TempDir())
	lead := s.lead()
	var d struct{ ID, Code string }
	lead.must(t, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "speed": killSpeed}, &d)
	out := &run{players: s.players(d.Code, clients)}
	act := func(do, key string) {
		if status, body := lead.send(t.Context(), "POST", "/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": do, "key": key}); status != http.StatusOK {
			t.Fatalf("%s: %d %s", do, status, body)
		}
		out.lead = append(out.lead, key)
	}
	act("start", "start-key")
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{}, clients)
	for _, p := range out.players {
		go p.play(ctx, done)
	}
	reach := func(at time.Duration) {
		for lead.clock(t, d.ID) < at {
			time.Sleep(40 * time.Millisecond)
		}
	}
	for n, at := range killTimes(kills, length) {
		reach(at)
		s.kill()
		s.start()
		act("resume", fmt.Sprintf("resume-key-%d", n))
	}
	reach(length)
	act("end", "end-key-end")
	stop()
	for range clients {
		<-done
	}
	_, text := lead.send(t.Context(), "GET", "/drills/"+d.ID+"/file", nil)
	read, err := store.Read(bytes.NewReader(text), store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	out.events = read.Events
	lead.must(t, "GET", "/api/v1/drills/"+d.ID+"/scorecard", nil, &out.card)
	return out
}

// killSpeed is exercise time a second of real time.
const killSpeed = 20

// killTimes are random moments of an exercise.
func killTimes(kills int, length time.Duration) []time.Duration {
	out := make([]time.Duration, kills)
	for i := range out {
		out[i] = rand.N(length)
	}
	slices.Sort(out)
	return out
}

// players are clients who joined, so that each role has about as many.
func (s *served) players(code string, clients int) (out []*player) {
	s.t.Helper()
	var lobby struct{ Roles []struct{ ID string } }
	s.caller().must(s.t, "GET", "/api/v1/join/"+code, nil, &lobby)
	right := rightAnswers(s.t)
	for i := range clients {
		p := &player{caller: s.caller(), right: right}
		var who struct{ Person string }
		p.must(s.t, "POST", "/api/v1/join", map[string]any{"code": code, "roles": []string{lobby.Roles[i%len(lobby.Roles)].ID}}, &who)
		p.person = who.Person
		out = append(out, p)
	}
	return out
}

// rightAnswers are the words of every expected response.
func rightAnswers(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, in := range bombThreat(t).Injects {
		for _, r := range in.Expects {
			out[r.Do.EN] = true
		}
	}
	return out
}

// bombThreat is what is played.
func bombThreat(t *testing.T) *engine.Scenario {
	t.Helper()
	src, err := scenarios.Open("bomb-threat")
	if err != nil {
		t.Fatal(err)
	}
	file, found := scenarios.ReadScenario(src)
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return file.Scenario
}

// clock is the exercise time.
func (c *caller) clock(t *testing.T, drill string) time.Duration {
	t.Helper()
	var status struct {
		Clock struct {
			Now int64 `json:"now_ms"`
		}
	}
	c.must(t, "GET", "/api/v1/drills/"+drill, nil, &status)
	return time.Duration(status.Clock.Now) * time.Millisecond
}

// checkAcknowledged holds a run to its promise: what was acknowledged is in
// the log, once, and nothing else of that player.
func checkAcknowledged(t *testing.T, r *run) {
	t.Helper()
	byPerson := map[string][]string{}
	for i, e := range r.events {
		if e.Seq != int64(i+1) {
			t.Fatalf("event %d stands at place %d", e.Seq, i+1)
		}
		if person, key, ok := strings.Cut(e.Key, "."); ok {
			byPerson[person] = append(byPerson[person], key)
		}
	}
	told := 0
	everybody := append([]*player{{person: "facilitator", acked: r.lead}}, r.players...)
	for _, p := range everybody {
		kept := byPerson[p.person]
		slices.Sort(kept)
		slices.Sort(p.acked)
		if diff := cmp.Diff(p.acked, kept); diff != "" {
			t.Errorf("%s: acknowledged and kept are not the same (-acknowledged +kept):\n%s", p.person, diff)
		}
		told += len(p.acked)
	}
	if told < 3*len(everybody) {
		t.Errorf("only %d acts were acknowledged", told)
	}
	t.Logf("%d events, %d acts acknowledged", len(r.events), told)
}

func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	kills, length := 6, 4*time.Minute
	if os.Getenv("SABAN_LONG") != "" {
		kills, length = 100, 40*time.Minute
	}
	var r, whole *run
	t.Run("both", func(t *testing.T) {
		t.Run("killed", func(t *testing.T) { t.Parallel(); r = conductServed(t, 20, kills, length) })
		t.Run("never killed", func(t *testing.T) { t.Parallel(); whole = conductServed(t, 20, 0, length) })
	})
	if t.Failed() {
		return
	}
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
	compareWithoutKills(t, r, whole)
}
