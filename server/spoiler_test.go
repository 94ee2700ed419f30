package server_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"saban/scenarios"
	"saban/server"
)

// token is a text or id of the fixture that says by its first word whom it is
// for: secret to nobody, guard and head to these roles, later and box to
// whoever gets so far, inj to nobody, open to everybody.
var token = regexp.MustCompile(`\b(secret|guard|head|later|box|inj)[-_][a-z0-9_-]+`)

// leaks lists the tokens in what was received that a role must not have seen.
func leaks(received, role string, allowed ...string) (out []string) {
	for _, t := range token.FindAllString(received, -1) {
		kind, _, _ := strings.Cut(strings.ReplaceAll(t, "_", "-"), "-")
		if kind != role && !slices.Contains(allowed, kind) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// tap keeps every byte that reaches one phone.
type tap struct {
	mu  sync.Mutex
	all strings.Builder
}

func (t *tap) keep(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all.WriteString(text + "\n")
}

func (t *tap) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all.String()
}

// RoundTrip notes headers and bodies as they come.
func (t *tap) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		t.keep(fmt.Sprint(res.Header))
	}
	return res, err
}

// listen reads a phone's stream until the test is over.
func (c *client) listen(t *testing.T, to *tap) { c.listenAt(t, "/p/live", to) }

// listenAt reads any stream.
func (c *client) listenAt(t *testing.T, path string, to *tap) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	t.Cleanup(func() { cancel(); <-done })
	req, err := http.NewRequestWithContext(ctx, "GET", c.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity") // unpacked, a line may be read late
	go func() {
		defer close(done)
		res, err := c.http.Do(req)
		if err != nil {
			return
		}
		defer func() { _ = res.Body.Close() }()
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			to.keep(lines.Text())
		}
	}()
}

func spoilerStage(t *testing.T) *stage {
	t.Helper()
	text, err := os.ReadFile("testdata/spoilers.yaml")
	if err != nil {
		t.Fatal(err)
	}
	st := newStageOf(t, scenarios.Source{Name: "spoilers.yaml", Bytes: text})
	return st
}

func TestAPhoneReceivesNothingThatIsNotForIt(t *testing.T) {
	st := spoilerStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "spoilers"})
	taps, phones := map[string]*tap{}, map[string]*client{}
	for _, role := range []string{"guard", "head"} {
		taps[role] = &tap{}
		phones[role] = st.browser()
		phones[role].http.Transport = taps[role]
		_, lobby := phones[role].do("GET", "/j/"+d.Code, "", "")
		taps[role].keep(lobby)
		call[map[string]any](phones[role], "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{role}})
		phones[role].listen(t, taps[role])
	}
	look := func(note string, allowed ...string) {
		t.Helper()
		for role, c := range phones {
			for _, path := range []string{"/api/v1/phone", "/p", "/p?lang=en", "/p/nhat-ky", "/api/v1/openapi.json", "/drills/" + d.ID, "/api/v1/drills/" + d.ID, "/nothing"} {
				_, body := c.do("GET", path, "", "")
				taps[role].keep(body)
			}
			if found := leaks(taps[role].text(), role, allowed...); found != nil {
				t.Errorf("%s: the %s's phone received %q", note, role, found)
			}
		}
	}
	look("before StartEx")
	st.act(d.ID, "start", "start-key-1", nil)
	look("the first inject is out")
	for _, wrong := range []map[string]any{
		{"key": "wrong-key-1", "inject": "inj_first", "role": "guard", "choices": []string{"99"}}, {"key": "wrong-key-2", "inject": "inj_first", "role": "guard", "choices": []string{"1", "2", "3"}},
		{"key": "wrong-key-3", "inject": "inj_second", "role": "guard", "text": "x"}, {"key": "wrong-key-4", "inject": "inj_third", "role": "head", "text": "x"},
		{"key": "wrong-key-5", "inject": "inj_first", "role": "guard", "choices": []string{"1"}, "boxes": []map[string]any{{"choice": "1", "boxes": []string{"nope"}}}},
	} {
		for role, c := range phones {
			_, body := c.do("POST", "/api/v1/phone/answers", "application/json", jsonOf(t, wrong))
			taps[role].keep(body)
		}
	}
	look("after answers that were refused")
	guard := call[server.Phone](phones["guard"], "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phones["guard"], "POST", "/api/v1/phone/relays", map[string]any{"key": "relay-key-1", "inject": guard.Inject, "to": "head"})
	look("the news was passed on")
	guard = call[server.Phone](phones["guard"], "GET", "/api/v1/phone", nil).Cards[0]
	for i, c := range guard.Choices {
		if c.Text == "guard-prohibited" {
			call[any](phones["guard"], "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": guard.Inject, "role": "guard", "choices": []string{guard.Choices[i].ID}})
		}
	}
	st.act(d.ID, "note", "note-key-1", map[string]any{"text": "secret-note-of-the-facilitator"})
	st.act(d.ID, "force", "force-key-1", map[string]any{"to": "secret_safe", "reason": "secret-force"})
	st.pass(d.ID, 18*time.Minute)
	look("the situation got worse, and the last inject came", "later")
	st.act(d.ID, "pause", "pause-key-1", nil)
	st.act(d.ID, "stop_real", "stop-key-1", map[string]any{"reason": "secret-incident"})
	look("stopped for a real incident", "later")
}

func TestTheScreenOfTheRoomSpoilsNothing(t *testing.T) {
	st := spoilerStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "spoilers"})
	guard, all := st.phone(d, "guard"), &tap{}
	screen := st.of(server.Projector, d)
	screen.http.Transport = all
	at := "/drills/" + d.ID + "/screen"
	screen.listenAt(t, at+"/live?lang=en", all)
	look := func(note string, allowed ...string) {
		t.Helper()
		for _, path := range []string{at, at + "?lang=en", "/drills/" + d.ID, "/drills/" + d.ID + "/live", "/api/v1/drills/" + d.ID, "/p", "/api/v1/phone"} {
			_, body := screen.do("GET", path, "", "")
			all.keep(body)
		}
		if found := leaks(all.text(), "nobody", allowed...); found != nil {
			t.Errorf("%s: the screen received %q", note, found)
		}
	}
	look("before StartEx")
	st.act(d.ID, "start", "start-key-1", nil)
	card := call[server.Phone](guard, "GET", "/api/v1/phone", nil).Cards[0]
	for _, c := range card.Choices {
		if c.Text == "guard-prohibited" {
			call[any](guard, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": card.Inject, "role": "guard", "choices": []string{c.ID}})
		}
	}
	st.act(d.ID, "note", "note-key-1", map[string]any{"text": "secret-note"})
	look("a team has done what is prohibited")
	st.pass(d.ID, 17*time.Minute)
	look("the situation got worse")
	st.pass(d.ID, time.Minute)
	st.waits("what went to everybody", func() bool { return strings.Contains(all.text(), "later-text-3") })
	st.act(d.ID, "pause", "pause-key-1", nil)
	st.act(d.ID, "stop_real", "stop-key-1", map[string]any{"reason": "secret-incident"})
	look("stopped for a real incident", "later")
	st.act(d.ID, "end", "end-key-1", nil)
	look("over, and nothing revealed", "later")
}

// TestTheSearchForSpoilersFindsThem shows that the filter is what keeps them
// away: the facilitator's own view is full of them.
func TestTheSearchForSpoilersFindsThem(t *testing.T) {
	st := spoilerStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "spoilers"})
	st.act(d.ID, "start", "start-key-1", nil)
	_, status := st.lead.do("GET", "/api/v1/drills/"+d.ID, "", "")
	_, console := st.lead.do("GET", "/drills/"+d.ID, "", "")
	if n := len(leaks(status+console, "guard")); n < 15 {
		t.Errorf("only %d found in what the facilitator sees", n)
	}
}

func TestBoxesComeAfterTheAnswer(t *testing.T) {
	st := spoilerStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "spoilers"})
	phone := st.phone(d, "guard")
	st.act(d.ID, "start", "start-key-1", nil)
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	i := slices.IndexFunc(card.Choices, func(c server.Choice) bool { return c.Text == "guard-do-1" })
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": card.Inject, "role": "guard", "choices": []string{card.Choices[i].ID}})
	card = call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	if card.Answer == nil || len(card.Answer.Boxes) != 1 || len(card.Answer.Boxes[0].Boxes) != 2 {
		t.Fatalf("%+v", card.Answer)
	}
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-2", "inject": card.Inject, "role": "guard",
		"boxes": []map[string]any{{"choice": card.Answer.Boxes[0].Choice, "boxes": []string{"what"}}}})
	card = call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	if b := card.Answer.Boxes[0].Boxes; b[0].Ticked || !b[1].Ticked {
		t.Errorf("%+v", b)
	}
}
