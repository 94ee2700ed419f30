package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"saban/server"
)

func (st *stage) invite(d created, more map[string]any) server.Invited {
	st.t.Helper()
	in := map[string]any{"access": "evaluator", "hours": 12}
	for k, v := range more {
		in[k] = v
	}
	return call[server.Invited](st.lead, "POST", "/api/v1/drills/"+d.ID+"/invitations", in)
}

// enter comes in with an invitation, as a browser does.
func (st *stage) enter(code, name string) (*client, int) {
	st.t.Helper()
	c := st.browser()
	return c, c.send("/api/v1/invited", map[string]any{"code": code, "name": name})
}

// in reports whether a browser is still let in.
func (c *client) in() bool {
	c.t.Helper()
	return c.status(c.t, "GET", "/in") == http.StatusOK
}

func (c *client) token() string {
	u, err := url.Parse(c.base)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, cookie := range c.http.Jar.Cookies(u) {
		if cookie.Name == "saban" {
			return cookie.Value
		}
	}
	return ""
}

func TestAnInvitationLetsIn(t *testing.T) {
	st := newStage(t)
	d, other := st.drill(), st.drill()
	for _, access := range []string{"evaluator", "observer", "projector", "facilitator"} {
		t.Run(access, func(t *testing.T) {
			st := st.in(t)
			made := st.invite(d, map[string]any{"access": access})
			c, status := st.enter(strings.ToLower(strings.ReplaceAll(made.Code, "-", " ")), "Lường Thị Mai")
			if status != http.StatusOK || !c.in() {
				t.Fatalf("%d", status)
			}
			for _, path := range []string{"/drills/" + other.ID, "/drills/" + other.ID + "/people", "/api/v1/drills/" + other.ID} {
				if got := c.status(t, "GET", path); got != http.StatusForbidden {
					t.Errorf("another drill's %s: %d", path, got)
				}
			}
			if _, list := c.do("GET", "/drills", "", ""); access == "facilitator" && (!strings.Contains(list, d.ID) || strings.Contains(list, other.ID) || strings.Contains(list, "/drills/new")) {
				t.Errorf("a facilitator of one drill is shown\n%s", list)
			}
		})
	}
	if _, status := st.enter("K7Q2-M9XW-PD4T", "Lường Thị Mai"); status != http.StatusNotFound {
		t.Errorf("a made-up code: %d", status)
	}
	if _, status := st.enter(st.invite(d, nil).Code, "  "); status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", status)
	}
}

func TestNoCodeOfAnInvitationIsOnDisk(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	made := st.invite(d, map[string]any{"for": "Cà Văn Sơn"})
	c, _ := st.enter(made.Code, "Cà Văn Sơn")
	for _, kind := range []string{"invitation " + d.ID, "session", "deed " + d.ID, "deed "} {
		records, err := st.config.Store.Records(t.Context(), kind)
		if err != nil || len(records) == 0 {
			t.Fatalf("%s: %d records, %v", kind, len(records), err)
		}
		for _, r := range records {
			for _, secret := range []string{made.Code, strings.ReplaceAll(made.Code, "-", ""), c.token(), "Sơn"} {
				if strings.Contains(string(r.Value)+r.ID, secret) {
					t.Errorf("%s %s holds %q", kind, r.ID, secret)
				}
			}
		}
	}
	if list := call[[]server.Invitation](st.lead, "GET", "/api/v1/drills/"+d.ID+"/invitations", nil); list[0].Hash != "" || len(list[0].Used) != 1 {
		t.Errorf("%+v", list)
	}
}

func TestAnInvitationEnds(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	t.Run("for a second person when it is for one", func(t *testing.T) {
		st := st.in(t)
		made := st.invite(d, map[string]any{"once": true})
		var mu sync.Mutex
		var all sync.WaitGroup
		var got []int
		for range 8 {
			all.Go(func() {
				_, status := st.enter(made.Code, "Vì Văn Nam")
				mu.Lock()
				defer mu.Unlock()
				got = append(got, status)
			})
		}
		all.Wait()
		slices.Sort(got)
		if got[0] != http.StatusOK || got[1] != http.StatusGone {
			t.Errorf("eight at once: %v", got)
		}
	})
	t.Run("when it is taken back, with whom it let in", func(t *testing.T) {
		st := st.in(t)
		made := st.invite(d, nil)
		stays, _ := st.enter(st.invite(d, nil).Code, "Hà Văn Toàn")
		c, _ := st.enter(made.Code, "Vì Văn Nam")
		call[any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/invitations/"+made.ID, nil)
		if _, status := st.enter(made.Code, "Vì Văn Nam"); status != http.StatusGone || c.in() || !stays.in() {
			t.Errorf("%d; who came with it is in: %v, with another: %v", status, c.in(), stays.in())
		}
	})
	t.Run("when its time is over, with whom it let in", func(t *testing.T) {
		st := st.in(t)
		made := st.invite(d, map[string]any{"hours": 1})
		c, _ := st.enter(made.Code, "Vì Văn Nam")
		st.ahead.Add(int64(61 * time.Minute))
		if _, status := st.enter(made.Code, "Vì Văn Nam"); status != http.StatusGone || c.in() {
			t.Errorf("%d; who came with it is in: %v", status, c.in())
		}
	})
	t.Run("not when the server is restarted", func(t *testing.T) {
		st := st.in(t)
		made := st.invite(d, nil)
		c, _ := st.enter(made.Code, "Vì Văn Nam")
		st.stop()
		st.restart()
		if _, status := st.enter(made.Code, "Hà Văn Toàn"); status != http.StatusOK || !c.in() {
			t.Errorf("%d; who came with it is in: %v", status, c.in())
		}
	})
}

func TestASessionCannotBeFixed(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	made := st.invite(d, nil)
	for name, come := range map[string]func(*client){
		"by an invitation": func(c *client) { c.form("/i", "code", made.Code, "name", "Vì Văn Nam") },
		"by joining":       func(c *client) { c.form("/j", "code", d.Code, "name", "Nam", "role", "guard") },
		"by passphrase":    func(c *client) { c.form("/sign-in", "passphrase", "ba bốn từ") },
	} {
		t.Run(name, func(t *testing.T) {
			st := st.in(t)
			const planted = "cGxhbnRlZCBieSBzb21lYm9keSBlbHNlLCAzMiBieXRlcyE"
			victim := st.browserWith("saban", planted)
			come(victim)
			if victim.token() == planted || victim.token() == "" {
				t.Errorf("the cookie is %q", victim.token())
			}
			attacker := st.browserWith("saban", planted)
			if attacker.in() || attacker.status(t, "GET", "/p") == http.StatusOK || attacker.status(t, "GET", "/drills") == http.StatusOK {
				t.Error("a planted cookie is let in")
			}
		})
	}
	t.Run("coming in again ends the session before", func(t *testing.T) {
		st := st.in(t)
		c, _ := st.enter(made.Code, "Vì Văn Nam")
		before := c.token()
		c.form("/i", "code", made.Code, "name", "Vì Văn Nam")
		if c.token() == before || st.browserWith("saban", before).in() || !c.in() {
			t.Error("the old cookie is still good")
		}
	})
}

func TestAnObserverWatchesAndCannotAct(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	c, _ := st.enter(st.invite(d, map[string]any{"access": "observer"}).Code, "Cà Thị Lan")
	res, page := c.do("GET", "/", "", "")
	if res.Request.URL.Path != "/drills/"+d.ID+"/watch" || strings.Contains(page, `action="/drills/`) {
		t.Errorf("%s\n%s", res.Request.URL.Path, page)
	}
	_, title := st.lead.do("GET", "/drills/"+d.ID+"?lang=en", "", "")
	for _, coming := range []string{"Unclaimed backpack"} {
		if !strings.Contains(title, coming) || strings.Contains(page, coming) {
			t.Errorf("%q is to come: the console says so: %v, the observer is told: %v", coming, strings.Contains(title, coming), strings.Contains(page, coming))
		}
	}
	if !strings.Contains(page, `class="real"`) {
		t.Error("a real incident would not take this screen")
	}
	if got := c.send("/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": "note", "key": "note-key-1", "text": "x"}); got != http.StatusForbidden {
		t.Errorf("a note: %d", got)
	}
}
