package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"

	"saban/scenarios"
	"saban/server"
	"saban/store"
)

// stage is a server with a facilitator signed in.
type stage struct {
	t    *testing.T
	at   *httptest.Server
	lead *client
}

// client is one browser.
type client struct {
	t    *testing.T
	base string
	http *http.Client
}

func newStage(t *testing.T) *stage {
	t.Helper()
	var shipped []scenarios.Source
	for _, id := range scenarios.Shipped() {
		src, err := scenarios.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		shipped = append(shipped, src)
	}
	s, err := server.New(server.Config{Store: store.NewMemory(), Scenarios: shipped, Sites: scenarios.Sites(), Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	at := httptest.NewServer(s.Handler())
	t.Cleanup(func() { s.Close(); at.Close() })
	st := &stage{t: t, at: at}
	st.lead = st.browser()
	path := s.SetupPath()
	res, _ := st.lead.form(path, "passphrase", "ba bốn từ", "again", "ba bốn từ")
	if res.StatusCode != http.StatusOK || s.SetupPath() != "" {
		t.Fatalf("setup answered %s", res.Status)
	}
	return st
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
