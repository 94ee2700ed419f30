package server_test

import (
	"strings"
	"testing"
)

// joins opens a phone, brings it into a drill and waits until it is in.
func (b *browser) joins(t *testing.T, d created, lang, name string, roles ...string) *tab {
	t.Helper()
	p := b.phone(t)
	p.goTo("/j/" + d.Code + "?lang=" + lang)
	p.fill("input[name=name]", name)
	for _, role := range roles {
		p.tap("input[value=" + role + "]")
	}
	p.tap("form button")
	p.wait(`location.pathname === "/p"`, "being in")
	return p
}

func TestAPhoneJoinsInABrowser(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	b := newBrowser(t, st)
	p := b.joins(t, d, "en", "Lò Văn Thảo", "switchboard")
	p.read("You are ready")
	st.act(d.ID, "start", "start-key-1", nil)
	p.see("article")
	p.look("phone-inject-en")

	t.Run("and is the same person in another tab, after a reload and back", func(t *testing.T) {
		other := p.again()
		other.goTo("/p")
		other.see("article")
		other.goTo("/j")
		other.back()
		other.reload()
		other.see("article")
	})
	t.Run("and is not lost when the network and the server are gone", func(t *testing.T) {
		p.offline(true)
		p.see("article")
		p.offline(false)
		p.goTo("/j")
		st.stop()
		st.restart()
		p.goTo("/p")
		p.see("article")
	})
	t.Run("and needs no script", func(t *testing.T) {
		plain := b.phone(t)
		plain.withoutScript()
		received := plain.counted()
		plain.goTo("/j/" + d.Code + "?lang=en")
		plain.gone("article")
		plain.fill("input[name=name]", "Hà")
		if got := plain.value("input[name=name]"); got != "Hà" {
			t.Errorf("the field holds %q", got)
		}
		for address, bytes := range received() {
			if strings.HasSuffix(address, ".js") && bytes > 0 {
				t.Errorf("%s was loaded", address)
			}
		}
	})
	t.Run("while the facilitator's console is open to the facilitator", func(t *testing.T) {
		lead := b.lead(t, 1440, 900)
		lead.goTo("/drills/" + d.ID + "?lang=en")
		if got := lead.text("h1"); got != "Bomb threat and suspicious item" {
			t.Errorf("the console is headed %q", got)
		}
		if ask[int](lead, `document.querySelectorAll(".ql li").length`) == 0 {
			t.Error("nothing is to come")
		}
	})
}

func TestTimeIsPutForward(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	st.pass(d.ID, 90e9)
	if got := call[struct {
		Clock struct {
			Now int64 `json:"now_ms"`
		}
		Drill struct{ Phase string }
	}](st.lead, "GET", "/api/v1/drills/"+d.ID, nil); got.Clock.Now < 90_000 || got.Drill.Phase != "running" {
		t.Errorf("after 90 s: %+v", got)
	}
}
