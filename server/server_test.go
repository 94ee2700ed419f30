package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"saban/live"
	"saban/scenarios"
	"saban/server"
	"saban/store"
)

// stage is a server with a facilitator signed in. Its clock runs with the
// machine's and can be put forward.
type stage struct {
	t      testing.TB
	at     *httptest.Server
	lead   *client
	config server.Config
	server *server.Server
	taken  *sync.Map // connections of streams
	ahead  *atomic.Int64
	deeds  int // of the facilitator, so far
}

// client is one browser.
type client struct {
	t    testing.TB
	base string
	http *http.Client
}

func newStage(t testing.TB) *stage { return newStageOf(t) }

// newStageOf is a stage with scenarios of the test's own beside the shipped.
func newStageOf(t testing.TB, own ...scenarios.Source) *stage {
	t.Helper()
	var shipped []scenarios.Source
	for _, id := range scenarios.Shipped() {
		src, err := scenarios.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		shipped = append(shipped, src)
	}
	st := &stage{t: t, ahead: new(atomic.Int64)}
	begun := time.Now()
	ahead := func() time.Duration { return time.Duration(st.ahead.Load()) }
	st.config = server.Config{Store: store.NewMemory(), Scenarios: func() []scenarios.Source { return append(shipped[:len(shipped):len(shipped)], own...) }, Sites: scenarios.Sites(), Lang: "en", Time: &live.Timepiece{
		Wall: func() time.Time { return time.Now().Add(ahead()) },
		Mono: func() time.Duration { return time.Since(begun) + ahead() }}}
	st.start("127.0.0.1:0")
	t.Cleanup(st.stop)
	st.lead = st.browser()
	path := st.server.SetupPath()
	res, _ := st.lead.form(path, "passphrase", "ba bốn từ", "again", "ba bốn từ")
	if res.StatusCode != http.StatusOK || st.server.SetupPath() != "" {
		t.Fatalf("setup answered %s", res.Status)
	}
	return st
}

// start has a server answer at an address, with what is in the store.
func (st *stage) start(address string) {
	st.t.Helper()
	s, err := server.New(st.config)
	if err != nil {
		st.t.Fatal(err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		st.t.Fatal(err)
	}
	st.taken = new(sync.Map)
	taken := st.taken
	st.server, st.at = s, &httptest.Server{Listener: listener, Config: &http.Server{Handler: s.Handler(), ConnState: func(c net.Conn, state http.ConnState) {
		if state == http.StateHijacked {
			taken.Store(c, true)
		}
	}}}
	st.at.Start()
}

// cut ends every connection, those of streams too.
func (st *stage) cut() {
	st.at.CloseClientConnections()
	st.taken.Range(func(c, _ any) bool { _ = c.(net.Conn).Close(); return true })
}

// stop ends the server as a signal does; restart brings it back at the same
// address.
func (st *stage) stop() {
	st.server.Close()
	st.at.CloseClientConnections()
	st.at.Close()
}

func (st *stage) restart() {
	st.t.Helper()
	st.start(st.at.Listener.Addr().String())
}

// pass puts the clock of the server forward, in steps short enough to be no
// gap for a drill.
func (st *stage) pass(drill string, d time.Duration) {
	st.t.Helper()
	for d > 0 {
		step := min(d, 5*time.Second)
		d -= step
		st.ahead.Add(int64(step))
		// whatever an act is answered, time does its part before it
		st.lead.do(http.MethodPost, "/api/v1/drills/"+drill+"/acts", "application/json", `{"do":"unhold","key":"time-passes","id":"nothing"}`)
	}
}

// in is the same stage for a subtest.
func (st *stage) in(t *testing.T) *stage {
	here, lead := *st, *st.lead
	here.t, lead.t, here.lead = t, t, &lead
	return &here
}

func (st *stage) browser() *client {
	jar, _ := cookiejar.New(nil)
	return &client{st.t, st.at.URL, &http.Client{Jar: jar}}
}

func (c *client) do(method, path, contentType, body string) (*http.Response, string) {
	c.t.Helper()
	req, err := http.NewRequest(method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := c.http.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res, string(text)
}

func (c *client) form(path string, pairs ...string) (*http.Response, string) {
	c.t.Helper()
	values := make([]string, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		values = append(values, pairs[i]+"="+strings.ReplaceAll(pairs[i+1], " ", "+"))
	}
	return c.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.Join(values, "&"))
}

// call sends JSON and reads JSON; any other answer fails the test.
func call[T any](c *client, method, path string, in any) (out T) {
	c.t.Helper()
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			c.t.Fatal(err)
		}
	}
	res, text := c.do(method, path, "application/json", body.String())
	if res.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %s %s", method, path, res.Status, text)
	}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			c.t.Fatalf("%s %s: %v\n%s", method, path, err, text)
		}
	}
	return out
}

type created struct{ ID, Code string }

func (st *stage) drill() created {
	st.t.Helper()
	return call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat"})
}

func (st *stage) act(drill, do, key string, more map[string]any) {
	st.t.Helper()
	if more == nil {
		more = map[string]any{}
	}
	more["do"], more["key"] = do, key
	call[map[string]any](st.lead, "POST", "/api/v1/drills/"+drill+"/acts", more)
}

func TestADrillIsPlayedOverTheNetwork(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	phone := st.browser()
	call[map[string]any](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": "Lò Văn Thảo", "roles": []string{"switchboard"}})
	st.act(d.ID, "start", "start-key-1", nil)
	got := call[server.Phone](phone, "GET", "/api/v1/phone", nil)
	if got.Phase != "running" || len(got.Cards) != 1 || len(got.Cards[0].Choices) < 3 {
		t.Fatalf("%+v", got)
	}
	c := got.Cards[0]
	var picked []string
	for i := range c.Pick {
		picked = append(picked, c.Choices[i].ID)
	}
	answer := map[string]any{"key": "answer-key-1", "inject": c.Inject, "role": c.Role, "choices": picked}
	first := call[map[string]any](phone, "POST", "/api/v1/phone/answers", answer)
	again := call[map[string]any](phone, "POST", "/api/v1/phone/answers", answer)
	if first["seq"] != again["seq"] {
		t.Errorf("sent twice: %v, %v", first, again)
	}
	if got := call[server.Phone](phone, "GET", "/api/v1/phone", nil); got.Cards[0].Answer == nil || len(got.Cards[0].Answer.Choices) != c.Pick {
		t.Errorf("%+v", got.Cards[0])
	}
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
