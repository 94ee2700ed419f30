// Package paper draws up what a drill needs where there is no device at all:
// the controller's master scenario events list, inject cards, role cards,
// answer slips and evaluation sheets, as one document from a scenario.
//
// What players get in hand says no more than a phone would: no right answer,
// no note for the facilitator, no name of a state, nothing of what is still
// to come. Choices stand in the order of the drill's seed and under the
// numbers a phone shows, so that a slip can be typed in afterwards.
package paper

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/live"
	"saban/report/document"
)

// Part is a part of the pack.
type Part string

// The parts, in the order they are printed in.
const (
	MSEL       Part = "msel"
	Injects    Part = "injects"
	Roles      Part = "roles"
	Answers    Part = "answers"
	Evaluation Part = "evaluation"
)

// Parts lists them all.
var Parts = []Part{MSEL, Injects, Roles, Answers, Evaluation}

// Title names a part.
func (p Part) Title() engine.Text {
	return map[Part]engine.Text{
		MSEL: engine.Both("Danh mục tình huống", "Master scenario events list"), Injects: engine.Both("Thẻ tình huống", "Inject cards"),
		Roles: engine.Both("Thẻ vai", "Role cards"), Answers: engine.Both("Phiếu trả lời", "Answer slips"), Evaluation: engine.Both("Phiếu đánh giá", "Evaluation sheets"),
	}[p]
}

// Options say how a pack is drawn up.
type Options struct {
	Lang   engine.Lang
	Covers []engine.Cover // who does the work of a role nobody holds
	Seed   uint64         // of the order of choices
	Parts  []Part         // none = all
}

// Build draws up the pack of a scenario, its site merged in.
func Build(c *engine.Compiled, o Options) *document.Document {
	p := &pack{Options: o, c: c, s: c.Scenario(), fresh: engine.NewDrill(c).Snapshot(), order: Order(c)}
	d := &document.Document{
		Lang: o.Lang, Title: p.say("Bộ giấy diễn tập", "Exercise pack") + ": " + p.text(p.s.Title), Subject: p.s.ID,
		Mark:    p.say("DIỄN TẬP – KHÔNG PHẢI SỰ VIỆC THẬT", "EXERCISE / DIỄN TẬP – NOT A REAL EVENT"),
		Running: strings.TrimPrefix(p.text(p.s.Site.Name)+" · "+p.say("Bộ giấy diễn tập", "Exercise pack"), " · "), Date: p.s.Review.Date,
		Seal: p.say("Thứ tự lựa chọn: %s", "Order of choices: %s", engine.Same(number(o.Seed))),
	}
	for _, part := range []struct {
		name Part
		draw func() []document.Part
	}{{MSEL, p.msel}, {Injects, p.injects}, {Roles, p.roles}, {Answers, p.answers}, {Evaluation, p.evaluation}} {
		if len(o.Parts) == 0 || slices.Contains(o.Parts, part.name) {
			d.Parts = append(d.Parts, part.draw()...)
		}
	}
	return d
}

// pack is what is being drawn up.
type pack struct {
	Options
	c     *engine.Compiled
	s     *engine.Scenario
	fresh engine.Snapshot // before the start
	order []int           // of injects
}

func (p *pack) say(vi, en string, args ...engine.Text) string {
	return engine.Fill(vi, en, args...).In(p.Lang)
}

func (p *pack) text(t engine.Text) string { return t.In(p.Lang) }

func (p *pack) role(id string) string {
	if r := p.s.Role(id); r != nil {
		return p.text(r.Title)
	}
	return id
}

func (p *pack) roleList(ids []string) string {
	if len(ids) == 0 {
		return p.say("mọi vai", "everybody")
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = p.role(id)
	}
	return strings.Join(names, ", ")
}

// holder names a role with whoever does its work.
func (p *pack) holder(id string) string {
	for _, c := range p.Covers {
		if c.Role == id {
			return p.say("%s (%s kiêm)", "%s (covered by %s)", engine.Same(p.role(id)), engine.Same(p.role(c.By)))
		}
	}
	return p.role(id)
}

// players are the roles in the room.
func (p *pack) players() []*engine.Role {
	var out []*engine.Role
	for i := range p.s.Roles {
		if !p.s.Roles[i].Simulated {
			out = append(out, &p.s.Roles[i])
		}
	}
	return out
}

// Slip is the question an inject puts to a role as the papers print it, or
// nil.
func Slip(c *engine.Compiled, in *engine.Inject, role string, seed uint64) *live.Question {
	return (&pack{Options: Options{Seed: seed}, s: c.Scenario(), fresh: engine.NewDrill(c).Snapshot()}).asked(in, role)
}

// asked is the question an inject puts to a role, its choices as the drill
// shuffles them, or nil.
func (p *pack) asked(in *engine.Inject, role string) *live.Question {
	for _, ask := range in.AskList() {
		if ask.Role != role {
			continue
		}
		q := &live.Question{Inject: engine.InjectView{Inject: in}, Ask: ask}
		for _, id := range ask.Choices {
			q.Choices = append(q.Choices, live.FindOffer(p.s, &p.fresh, id))
		}
		q.Shuffle(p.Seed)
		return q
	}
	return nil
}

// cardMark and cardFoot stand on every card that leaves the facilitator's
// hands: a message of an exercise begins and ends with the word.
func (p *pack) cardMark() string { return p.say("DIỄN TẬP", "EXERCISE / DIỄN TẬP") }

func (p *pack) cardFoot() string {
	return p.say("DIỄN TẬP – DIỄN TẬP – DIỄN TẬP", "EXERCISE – EXERCISE – EXERCISE")
}

func (p *pack) sheet(id, title, about string, blocks ...document.Block) document.Part {
	return document.Part{Kind: document.Sheet, ID: id, Title: title, About: about, Blocks: blocks}
}
