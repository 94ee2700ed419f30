package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"saban/store"
)

// A flood is so many joins, at ten thousand a minute. Every second one comes
// from one address, the others from twenty, each of which may ask as often as
// it does: all of this machine.
const (
	floodPace      = time.Minute / 10_000
	floodAddresses = 20
	floodWorkers   = 64
	floodPatience  = 30 * time.Second // longer than this without an answer is a hang
)

// flood is what became of it.
type flood struct {
	mu           sync.Mutex
	in           []string // persons who were let in
	some         []*caller
	full, putOff int
	odd          []string
	slowest      time.Duration
	took         time.Duration
}

// callerAt is a client at some address of this machine, with a connection of
// its own each time.
func (s *served) callerAt(address string) *caller {
	jar, _ := cookiejar.New(nil)
	dial := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return &caller{s.base(), &http.Client{Jar: jar, Timeout: floodPatience, Transport: &http.Transport{DialContext: dial.DialContext, DisableKeepAlives: true}}}
}

func (p *playing) flood(ctx context.Context, joins int) *flood {
	f, began := &flood{}, time.Now()
	due := make(chan int)
	var workers sync.WaitGroup
	for range floodWorkers {
		workers.Go(func() {
			for n := range due {
				f.join(ctx, p, n)
			}
		})
	}
	for n := range joins {
		time.Sleep(time.Until(began.Add(time.Duration(n) * floodPace)))
		due <- n
	}
	close(due)
	workers.Wait()
	f.took = time.Since(began)
	return f
}

// join has the n-th of a flood ask to be let in.
func (f *flood) join(ctx context.Context, p *playing, n int) {
	address := "127.0.0.1"
	if n%2 == 1 {
		address = fmt.Sprintf("127.0.1.%d", 1+n/2%floodAddresses)
	}
	c, began := p.callerAt(address), time.Now()
	status, body, err := c.try(ctx, "POST", "/api/v1/join", map[string]any{"code": p.code, "name": fmt.Sprint("Người ", n), "roles": []string{"guard"}})
	f.mu.Lock()
	defer f.mu.Unlock()
	f.slowest = max(f.slowest, time.Since(began))
	var told struct{ Person, Code, Detail, Try string }
	if err == nil {
		err = json.Unmarshal(body, &told)
	}
	switch {
	case err == nil && status == http.StatusOK && told.Person != "":
		f.in = append(f.in, told.Person)
		if len(f.in)%20 == 1 {
			f.some = append(f.some, c)
		}
	case err == nil && status == http.StatusConflict && told.Code == "full" && told.Try != "":
		f.full++
	case err == nil && status == http.StatusTooManyRequests && told.Code == "too_many" && told.Try != "":
		f.putOff++
	default:
		f.odd = append(f.odd, fmt.Sprintf("%d %.200s %v", status, body, err))
	}
}

// check holds a flood to what it should have been answered.
func (f *flood) check(t *testing.T, joins, places int) {
	t.Helper()
	t.Logf("%d joins in %v: %d let in, %d told it is full, %d put off; the slowest answer took %v", joins, f.took.Round(time.Millisecond), len(f.in), f.full, f.putOff, f.slowest.Round(time.Millisecond))
	if len(f.odd) > 0 {
		t.Errorf("%d had another answer, as %s", len(f.odd), f.odd[0])
	}
	if len(f.in) != places {
		t.Errorf("%d were let in, there are %d places", len(f.in), places)
	}
	if one := joins/2 - 250 - 5*int(f.took/time.Second+1); f.full < joins/10 || f.putOff < one { // what one address may ask at once, and each second
		t.Errorf("only %d were told it is full, and %d put off, of %d at least", f.full, f.putOff, one)
	}
}

// guests are the persons who came in as guards.
func (p *playing) guests() (out []string) {
	p.t.Helper()
	var all []struct {
		Person string
		Roles  []string
	}
	p.lead.must(p.t, "GET", "/api/v1/drills/"+p.drill+"/guests", nil, &all)
	for _, g := range all {
		if slices.Contains(g.Roles, "guard") {
			out = append(out, g.Person)
		}
	}
	slices.Sort(out)
	return out
}

// heard is closed once somebody's stream says something.
func (p *playing) heard(c *caller, path, what string) <-chan struct{} {
	p.t.Helper()
	stream, out := p.listen(c, path), make(chan struct{})
	go func() {
		for line := range stream {
			if what != "" && strings.Contains(line, what) {
				close(out)
				what = ""
			}
		}
	}()
	return out
}

func TestAFloodOfJoinsHoldsNobodyUp(t *testing.T) {
	joins := 1000
	if os.Getenv("SABAN_LONG") != "" {
		joins = 10_000
	}
	places := joins / 5
	p := newPlayingWith(t, t.TempDir(), places)
	phones := p.players(p.code, 7)
	before := len(p.guests())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	done := make(chan struct{}, len(phones))
	for _, one := range phones {
		go one.play(ctx, done)
	}
	streams := map[string]<-chan struct{}{"the facilitator": p.heard(p.lead, "/drills/"+p.drill+"/live", "backpack"), "a phone": p.heard(phones[3].caller, "/p/live", "backpack")}
	over := make(chan *flood, 1)
	go func() { over <- p.flood(t.Context(), joins) }()
	f := p.notes(over)
	f.check(t, joins, places-before)
	p.lead.must(t, "POST", "/api/v1/drills/"+p.drill+"/acts", map[string]any{"do": "release", "id": "I04", "key": "release-key"}, nil)
	for who, stream := range streams {
		select {
		case <-stream:
		case <-time.After(floodPatience):
			t.Errorf("%s does not see the inject", who)
		}
	}
	stop()
	for range phones {
		<-done
	}
	p.act("end", "end-key-end")
	p.holds(f, phones)
	p.kill()
	p.start()
	p.holds(f, phones)
	for _, c := range f.some {
		c.must(t, "GET", "/api/v1/phone", nil, nil)
	}
}

// notes has the facilitator write notes until a flood is over.
func (p *playing) notes(over <-chan *flood) *flood {
	p.t.Helper()
	p.lead.http.Timeout = floodPatience
	for slowest := time.Duration(0); ; {
		began := time.Now()
		if status, body := p.note(); status != http.StatusOK {
			p.t.Fatalf("the facilitator is answered %d %s", status, body)
		}
		slowest = max(slowest, time.Since(began))
		select {
		case f := <-over:
			p.t.Logf("the facilitator acted %d times meanwhile; the slowest took %v", p.acked, slowest.Round(time.Millisecond))
			return f
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// holds checks that all that was acknowledged is kept.
func (p *playing) holds(f *flood, phones []*player) {
	p.t.Helper()
	_, text := p.lead.send(p.t.Context(), "GET", "/drills/"+p.drill+"/file", nil)
	read, err := store.Read(bytes.NewReader(text), store.Limits{})
	if err != nil {
		p.t.Fatal(err)
	}
	r := &run{events: read.Events, players: phones, lead: []string{"start-key", "release-key", "end-key-end"}}
	for n := range p.acked {
		r.lead = append(r.lead, fmt.Sprintf("note-key-%06d", n+1))
	}
	checkAcknowledged(p.t, r)
	slices.Sort(f.in)
	kept := p.guests()
	for _, person := range f.in {
		if _, ok := slices.BinarySearch(kept, person); !ok {
			p.t.Errorf("%s was let in and is not there", person)
		}
	}
}
