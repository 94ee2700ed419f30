package server_test

import (
	"fmt"
	"time"

	"saban/engine"
	"saban/server"
)

func minutes(m, s engine.Millis) engine.Millis { return m*engine.Minute + s*engine.Second }

// until puts the clock of the server forward to an exercise time.
func (c *conduct) until(at engine.Millis) {
	c.t.Helper()
	now := call[server.Status](c.stage.lead, "GET", "/api/v1/drills/"+c.d.ID, nil).Clock.Now
	if at > now {
		c.pass(c.d.ID, time.Duration(at-now)*time.Millisecond)
	}
}

// follows waits until a phone shows all that the server has for it.
func (c *conduct) follows(p *tab) {
	c.t.Helper()
	c.waits("the phone following the server", func() bool {
		return ask[bool](p, `fetch("/api/v1/phone").then(r => r.json()).then(at => {
			const shown = [...document.querySelectorAll(".tabs a")].map(a => a.dataset.key + " " + a.dataset.stage), card = document.querySelector("article");
			return !card.hasAttribute("data-unseen") && (card.dataset.key === "" || shown.includes(card.dataset.key + " " + card.dataset.stage)) &&
				at.cards.every((c, i) => c.stage !== "ask" && i > 0 || shown.includes(c.key + " " + c.stage)) })`)
	})
}

// turns has a phone turn to what its holder has to do next, which may be what
// is in view, and reports in which stage that is: "" for nothing.
func (c *conduct) turns(p *tab) string {
	c.t.Helper()
	for {
		c.follows(p)
		next := ask[[]string](p, `(() => {
			const all = [...document.querySelectorAll(".tabs li:not([hidden]) a")].filter(a => a.dataset.stage !== "done").sort((a, b) => b.hasAttribute("aria-current") - a.hasAttribute("aria-current"));
			return all.length ? [all[0].dataset.key, all[0].dataset.stage, document.querySelector("article").dataset.key] : ["", "", ""] })()`)
		if next[0] == next[2] || next[0] == "" {
			if next[1] == "ask" {
				p.settled()
			}
			return next[1]
		}
		p.tap(fmt.Sprintf(".tabs a[data-key=%q]", next[0]))
		p.wait(fmt.Sprintf(`document.querySelector("article").dataset.key === %q`, next[0]), "turning to another card")
	}
}

// answersAll has the holder of a phone do all that waits there.
func (c *conduct) answersAll(p *tab) {
	c.t.Helper()
	for {
		switch c.turns(p) {
		case "":
			return
		case "ask":
			c.answers(p)
		default:
			c.passesOn(p)
			p.tap("[data-do=dismiss]")
		}
	}
}

// everybodyAnswers goes round until nobody has anything to do: what one does
// may bring a question to another.
func (c *conduct) everybodyAnswers() {
	c.t.Helper()
	for range 2 {
		for _, p := range []*tab{c.desk, c.field, c.command, c.field} {
			c.answersAll(p)
		}
	}
}

// answers passes on what is in view and answers it well.
func (c *conduct) answers(p *tab) {
	c.t.Helper()
	c.passesOn(p)
	c.picks(p)
	c.sends(p)
	if ask[bool](p, `document.querySelectorAll("fieldset.bx").length > 0`) {
		c.ticksAll(p)
	}
}

func (c *conduct) sends(p *tab) {
	c.t.Helper()
	p.tap("button[form=answer]")
	p.see(".got .done")
}

// picks chooses what a good team does.
func (c *conduct) picks(p *tab) {
	c.t.Helper()
	texts := ask[[]string](p, `[...document.querySelectorAll("fieldset label.op")].map(l => l.innerText.trim())`)
	left := ask[int](p, `Number(document.querySelector("article").dataset.pick)`)
	for i, text := range texts {
		if left > 0 && c.good[text] {
			p.tap(fmt.Sprintf("fieldset label.op:nth-of-type(%d)", i+1))
			left--
		}
	}
	if left > 0 {
		c.t.Fatalf("%d choices too few are known among %q", left, texts)
	}
}

// passesOn tells everybody who can be told.
func (c *conduct) passesOn(p *tab) {
	c.t.Helper()
	const open = `document.querySelectorAll("form.relay button").length`
	for n := ask[int](p, open); n > 0; n-- {
		p.tap("form.relay button")
		p.wait(fmt.Sprintf(open+" < %d", n), "passing it on")
	}
}

// ticksAll ticks and sends every content of a report that was chosen.
func (c *conduct) ticksAll(p *tab) {
	c.t.Helper()
	p.wait(`!document.querySelector("article.just")`, "the card taking touches")
	n := ask[int](p, `document.querySelectorAll("fieldset.bx label").length`)
	for i := range n {
		p.tap(fmt.Sprintf("fieldset.bx label:nth-of-type(%d)", i+1))
	}
	p.tap("button.extra")
	p.wait(fmt.Sprintf(`document.querySelectorAll(".op.kept").length === %d`, n), "the boxes being kept")
}

// writes puts words of one's own beside the choices.
func (c *conduct) writes(p *tab, text string) {
	c.t.Helper()
	if !ask[bool](p, `document.querySelector("details.other").open`) {
		p.tap("[data-do=write]")
	}
	p.fill("#text", text)
}
