package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

// console is what the facilitator's page of a drill shows now.
func (st *stage) console(drill string) *server.Console {
	st.t.Helper()
	c, err := server.ConsoleOf(st.server, drill, engine.EN)
	if err != nil {
		st.t.Fatal(err)
	}
	return c
}

// acts sends a facilitator's act and returns the number of its event.
func (st *stage) acts(drill, key string, body map[string]any) int64 {
	st.t.Helper()
	body["key"] = key
	return call[struct{ Seq int64 }](st.lead, "POST", "/api/v1/drills/"+drill+"/acts", body).Seq
}

// refused sends an act that is not taken, and returns how it is answered.
func (st *stage) refused(drill, body string) int {
	st.t.Helper()
	res, text := st.lead.do(http.MethodPost, "/api/v1/drills/"+drill+"/acts", "application/json", body)
	if res.StatusCode < 400 {
		st.t.Errorf("%s was taken: %s", body, text)
	}
	return res.StatusCode
}

// logged is what a test asks of an event.
type logged struct {
	Seq  int64
	Type engine.EventType
	ID   string

	Actor, Text, Photo string
}

func (st *stage) log(drill string) []logged {
	st.t.Helper()
	return call[[]logged](st.lead, "GET", "/api/v1/drills/"+drill+"/log", nil)
}

func count(log []logged, what engine.EventType, id string) (n int) {
	for i := range log {
		if log[i].Type == what && log[i].ID == id {
			n++
		}
	}
	return n
}

// running is a drill whose phones have been in for all roles since StartEx.
func (st *stage) running() (created, map[string]*client) {
	st.t.Helper()
	d, phones := st.drill(), map[string]*client{}
	for _, role := range st.console(d.ID).Roles {
		phones[role.ID] = st.browser()
		call[map[string]any](phones[role.ID], "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": "Người " + role.ID, "roles": []string{role.ID}})
	}
	st.act(d.ID, "start", "start-key-1", nil)
	return d, phones
}

func TestConsoleQueue(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	c := st.console(d.ID)
	if c.Next == nil || !c.Next.Timed || c.Next.At < c.Since || c.Next.To == "" || c.Next.Text == "" {
		t.Fatalf("next is %+v", c.Next)
	}
	first := c.Next.ID
	if !slices.IsSortedFunc(c.Queue, func(a, b server.Coming) int {
		if a.When != "" || b.When != "" {
			return 0
		}
		return int(a.At - b.At)
	}) {
		t.Error("the queue is out of order")
	}
	t.Run("what is held waits apart and comes back", func(t *testing.T) {
		st.act(d.ID, "hold", "hold-key-1", map[string]any{"id": first})
		if c := st.console(d.ID); c.Next.ID == first || len(c.Held) != 1 || c.Held[0].ID != first {
			t.Errorf("next %s, held %+v", c.Next.ID, c.Held)
		}
		st.act(d.ID, "unhold", "unhold-key-1", map[string]any{"id": first})
		if c := st.console(d.ID); c.Next.ID != first || len(c.Held) != 0 {
			t.Errorf("next %s, held %+v", c.Next.ID, c.Held)
		}
	})
	t.Run("what is skipped is there again once the skip is retracted", func(t *testing.T) {
		seq := st.acts(d.ID, "skip-key-1", map[string]any{"do": "skip", "id": first, "reason": "does not fit"})
		if c := st.console(d.ID); c.Next.ID == first {
			t.Error("it is still to come")
		}
		st.acts(d.ID, "retract-key-1", map[string]any{"do": "retract", "of": seq, "reason": "undo"})
		c := st.console(d.ID)
		if c.Next.ID != first {
			t.Errorf("next is %s", c.Next.ID)
		}
		if !slices.ContainsFunc(c.Feed, func(l server.FeedLine) bool { return l.Seq == seq && l.Gone && !l.Undo }) {
			t.Error("the feed does not say that the skip is undone")
		}
	})
	t.Run("what is put off comes later", func(t *testing.T) {
		st.acts(d.ID, "later-key-1", map[string]any{"do": "postpone", "id": first, "moment_ms": c.Next.At + 7*engine.Minute})
		after := st.console(d.ID)
		i := slices.IndexFunc(after.Queue, func(q server.Coming) bool { return q.ID == first })
		if i < 0 || after.Queue[i].At != c.Next.At+7*engine.Minute {
			t.Errorf("%+v", after.Queue)
		}
	})
	t.Run("an edited one reads as it will be said", func(t *testing.T) {
		next := st.console(d.ID).Next.ID
		st.acts(d.ID, "edit-key-1", map[string]any{"do": "edit", "id": next, "words": map[string]string{"en": "A plain word.", "vi": "Một lời."}})
		if got := st.console(d.ID).Next.Text; got != "A plain word." {
			t.Errorf("%q", got)
		}
	})
}

// Two tabs may want the same thing: it happens once, and both are told it did.
func TestWantedTwiceIsDoneOnce(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	next := st.console(d.ID).Next.ID
	for what, act := range map[engine.EventType]map[string]any{
		engine.Released: {"do": "release", "id": next},
		engine.Paused:   {"do": "pause"},
	} {
		id, _ := act["id"].(string)
		before := count(st.log(d.ID), what, id)
		one, two := st.acts(d.ID, "first-"+string(what), act), st.acts(d.ID, "second-"+string(what), act)
		if n := count(st.log(d.ID), what, id) - before; n != 1 || one != two {
			t.Errorf("%s: %d events, answered %d and %d", what, n, one, two)
		}
	}
	if status := st.refused(d.ID, `{"do":"release","key":"unknown-one","id":"I999"}`); status != http.StatusConflict {
		t.Errorf("an unknown inject is answered %d", status)
	}
}

func TestConsoleHearsTheRoom(t *testing.T) {
	st := newStage(t)
	d, phones := st.running()
	t.Run("an inject nobody has received can be read aloud", func(t *testing.T) {
		c := st.console(d.ID)
		next := c.Next.ID
		st.act(d.ID, "release", "release-1", map[string]any{"id": next})
		c = st.console(d.ID)
		i := slices.IndexFunc(c.Unread, func(u server.Unread) bool { return u.ID == next })
		if i < 0 && !slices.ContainsFunc(call[server.Status](st.lead, "GET", "/api/v1/drills/"+d.ID, nil).Snapshot.Injects, func(in engine.InjectView) bool { return in.Inject.ID == next && in.Received }) {
			t.Fatalf("%s is neither received nor unread", next)
		}
		if i >= 0 {
			st.acts(d.ID, "read-key-1", map[string]any{"do": "receive", "mode": "read", "id": next})
		}
		c = st.console(d.ID)
		if slices.ContainsFunc(c.Unread, func(u server.Unread) bool { return u.ID == next }) || i >= 0 && !slices.Contains(c.Shown, next) {
			t.Errorf("unread %+v, shown %v", c.Unread, c.Shown)
		}
	})
	t.Run("who has not been told can be told", func(t *testing.T) {
		c := st.console(d.ID)
		if len(c.Relays) == 0 {
			t.Fatal("everybody knows everything")
		}
		r := c.Relays[0]
		st.acts(d.ID, "relay-key-1", map[string]any{"do": "relay", "id": r.Inject, "role": r.Role})
		if after := st.console(d.ID).Relays; slices.ContainsFunc(after, func(o server.PendingRelay) bool { return o.Inject == r.Inject && o.Role == r.Role }) {
			t.Errorf("%+v", after)
		}
	})
	t.Run("words wait to be marked, and what they hold of a report is found", func(t *testing.T) {
		card := call[server.Phone](phones["switchboard"], "GET", "/api/v1/phone", nil).Cards[0]
		call[map[string]any](phones["switchboard"], "POST", "/api/v1/phone/answers", map[string]any{"key": "words-key-1", "inject": card.Inject, "role": "switchboard", "text": "Đã ghi nguyên văn lời người gọi"})
		c := st.console(d.ID)
		if len(c.Marks) != 1 || len(c.Marks[0].Choices) == 0 {
			t.Fatalf("%+v", c.Marks)
		}
		m := c.Marks[0]
		seq := st.acts(d.ID, "mark-key-1", map[string]any{"do": "mark", "id": m.Choices[0].ID, "of": m.Seq, "mode": "text", "content": 0.5})
		if got := st.console(d.ID).Marks; len(got) != 0 {
			t.Errorf("still to mark: %+v", got)
		}
		st.acts(d.ID, "unmark-key-1", map[string]any{"do": "retract", "of": seq, "reason": "undo"})
		if got := st.console(d.ID).Marks; len(got) != 1 {
			t.Errorf("undone, and still marked: %+v", got)
		}
		st.acts(d.ID, "none-key-1", map[string]any{"do": "note", "of": m.Seq, "text": "none of the responses listed"})
		if got := st.console(d.ID).Marks; len(got) != 0 {
			t.Errorf("nothing of the list, and still to mark: %+v", got)
		}
	})
	t.Run("what is seen in the room counts", func(t *testing.T) {
		c := st.console(d.ID)
		good, bad := slices.IndexFunc(c.Seen, func(s server.SeenChoice) bool { return !s.Bad && !s.Done }), slices.IndexFunc(c.Seen, func(s server.SeenChoice) bool { return s.Bad })
		st.acts(d.ID, "seen-key-1", map[string]any{"do": "observe", "id": c.Seen[good].ID, "content": 1})
		st.acts(d.ID, "seen-key-2", map[string]any{"do": "observe", "id": c.Seen[bad].ID})
		after := st.console(d.ID)
		for _, id := range []string{c.Seen[good].ID, c.Seen[bad].ID} {
			if !slices.ContainsFunc(after.Seen, func(s server.SeenChoice) bool { return s.ID == id && s.Done }) {
				t.Errorf("%s is not recorded", id)
			}
		}
	})
	t.Run("arrivals are named and can be turned away", func(t *testing.T) {
		c := st.console(d.ID)
		if len(c.Arrivals) == 0 {
			t.Fatal("nobody has come")
		}
		who := c.Arrivals[0]
		call[map[string]any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/guests/"+who.Person, nil)
		if after := st.console(d.ID).Arrivals; slices.ContainsFunc(after, func(a server.Arrival) bool { return a.Person == who.Person }) {
			t.Errorf("%+v", after)
		}
	})
}

func TestRolesWithMuchBeforeThem(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.pass(d.ID, 13*time.Minute)
	busy := 0
	for _, b := range st.console(d.ID).Busy {
		busy = max(busy, b.Open)
	}
	if busy < 2 {
		t.Errorf("nobody has more than %d open after 13 minutes without an answer", busy)
	}
}

func TestARealIncidentIsReleasedWithThePassphrase(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.act(d.ID, "stop_real", "stop-key-1", map[string]any{"reason": "somebody is hurt"})
	if c := st.console(d.ID); c.Phase != "stopped" || c.Reason != "somebody is hurt" {
		t.Errorf("%s: %q", c.Phase, c.Reason)
	}
	for _, secret := range []string{"", "wrong"} {
		if status := st.refused(d.ID, fmt.Sprintf(`{"do":"resume_real","key":"resume-key","reason":"over","passphrase":%q}`, secret)); status != http.StatusUnauthorized {
			t.Errorf("with %q it is answered %d", secret, status)
		}
	}
	st.act(d.ID, "resume_real", "resume-key-2", map[string]any{"reason": "over", "passphrase": "ba bốn từ"})
	if c := st.console(d.ID); c.Phase != "paused" || c.Halted != "" {
		t.Errorf("%s: %q", c.Phase, c.Halted)
	}
}

func TestARestartIsSaidOnTheConsole(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.stop()
	st.restart()
	if c := st.console(d.ID); c.Phase != "paused" || c.Halted == "" {
		t.Errorf("%s: %q", c.Phase, c.Halted)
	}
	st.act(d.ID, "resume", "resume-key-1", nil)
	if c := st.console(d.ID); c.Phase != "running" || c.Halted != "" {
		t.Errorf("%s: %q", c.Phase, c.Halted)
	}
}
