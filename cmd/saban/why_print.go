package main

import (
	"slices"
	"strconv"

	"saban/engine"
	"saban/scoring"
)

// whyPrinter writes explanations for the screen.
type whyPrinter struct {
	*app
	p     *played
	x     *scoring.Explanation
	names map[string]string
}

func (w *whyPrinter) print(id string) {
	card := w.x.Card()
	shown := false
	for i := range w.x.Items {
		if it := &card.Items[i]; it.ID == id || it.Inject == id || it.ID == wayOf(w.p, id) {
			if shown {
				w.println("")
			}
			w.item(it, &w.x.Items[i])
			shown = true
		}
	}
	switch {
	case shown:
	case id == aboutTotal:
		w.total(&card)
	case id == aboutOrder:
		w.order()
	case slices.Contains(engine.Capabilities, engine.Capability(id)):
		w.capability(engine.Capability(id))
	case w.p.scenario.Scenario.FindProhibited(id) != nil:
		w.prohibited(id)
	default:
		w.println(w.bold(id) + " · " + w.say("tình huống này không đòi hỏi việc gì", "this inject expects nothing"))
	}
}

func (w *whyPrinter) item(it *scoring.Item, x *scoring.ItemAccount) {
	id := it.ID
	if it.Critical {
		id += "*"
	}
	w.paragraph("", w.bold(id)+" · "+w.did(it, w.p.scenario.Scenario))
	if x.WeightShare > 0 {
		w.println("  " + w.bold(w.say("%s trên %s điểm · mức %s", "%s of %s points · rated %s", x.Points.In(w.lang), x.Of.In(w.lang), string(it.Rating))))
	}
	w.println("")
	w.reasons(x.Reasons)
	if x.Full != nil {
		w.println("")
		w.paragraph("  ", x.Full.Text.In(w.lang))
	}
	w.evidence(x.Evidence)
}

func (w *whyPrinter) reasons(list []scoring.Reason) {
	for _, r := range list {
		w.app.item("·", r.Text.In(w.lang)+w.events(r.Events))
	}
}

// evidence lists the events: number, time, who entered it, what it says.
func (w *whyPrinter) evidence(list []scoring.Evidence) {
	if len(list) == 0 {
		return
	}
	w.heading("Sự kiện", "Events")
	rows := make([][]string, len(list))
	for i, e := range list {
		at := e.AtMS.Clock()
		if e.Observed != e.AtMS {
			at += w.say(" (xảy ra %s)", " (happened %s)", e.Observed.Clock())
		}
		who, entered := w.whoActed(e)
		rows[i] = []string{"#" + strconv.FormatInt(e.Event, 10), at, who, e.What.In(w.lang) + entered}
	}
	w.table([]column{{"", 0, false}, {w.say("lúc", "at"), 0, false}, {w.say("ai", "who"), 40, false}, {w.say("điều ghi lại", "what was recorded"), 0, false}}, rows)
}

// whoActed is the role an event is about, else the person who entered it, else
// the system; entered adds that person where the role stands.
func (w *whyPrinter) whoActed(e scoring.Evidence) (who, entered string) {
	by := e.Actor
	if name := w.names[by]; name != "" {
		by = name
	}
	switch {
	case e.Role != "" && by != "":
		return w.roleTitle(w.p.scenario.Scenario, e.Role), w.say(" (người ghi: %s)", " (entered by %s)", by)
	case e.Role != "":
		return w.roleTitle(w.p.scenario.Scenario, e.Role), ""
	case by != "":
		return by, ""
	}
	return w.say("hệ thống", "the system"), ""
}

// total writes the sum, line by line.
func (w *whyPrinter) total(card *scoring.Scorecard) {
	if card.Total == nil {
		w.println(w.say("Không có gì để chấm", "Nothing to score"))
		return
	}
	w.println(w.bold(w.say("%s điểm · %s", "%s points · %s", card.Total.In(w.lang), card.Grade.Title().In(w.lang))))
	w.println("")
	var rows [][]string
	add := func(id string, points, of scoring.Points, text string) {
		most := ""
		if of != 0 {
			most = of.In(w.lang)
		}
		rows = append(rows, []string{id, signedPoints(points, w.lang), most, text})
	}
	if w.x.Base != 0 {
		add(w.say("gốc", "base"), w.x.Base, 0, w.say("công thức %s", "the formula %s", card.Rubric.Total))
	}
	for i := range w.x.Items {
		if x, it := &w.x.Items[i], &card.Items[i]; x.WeightShare > 0 {
			add(x.ID, x.Points, x.Of, clip(it.Why.In(w.lang)+" · "+w.did(it, w.p.scenario.Scenario), 70))
		}
	}
	if len(w.x.Order.Reasons) > 0 && w.x.Order.Of != 0 {
		add(w.say("thứ tự", "order"), w.x.Order.Points, w.x.Order.Of, w.x.Order.Reasons[0].Text.In(w.lang))
	}
	for i := range w.x.Penalties {
		p := &w.x.Penalties[i]
		add(p.ID, p.Points, 0, w.choice(w.p.scenario.Scenario, p.ID)+": "+p.Reasons[0].Text.In(w.lang)+"; "+p.Reasons[1].Text.In(w.lang))
	}
	if w.x.Clamped != 0 {
		add(w.say("giới hạn", "bounds"), w.x.Clamped, 0, w.say("điểm không dưới 0 và không quá 100", "points stay within 0 and 100"))
	}
	for i := range w.x.Gates {
		add(w.say("trần", "ceiling"), w.x.Gates[i].Points, 0, w.x.Gates[i].Text.In(w.lang))
	}
	add("=", *card.Total, 100_00, card.Grade.Title().In(w.lang))
	w.table([]column{{"", 0, false}, {w.say("điểm", "points"), 0, true}, {w.say("nhiều nhất", "at most"), 0, true}, {w.say("vì sao", "why"), 0, false}}, rows)
	w.println("")
	w.paragraph("  ", w.say("các dòng cộng lại đúng bằng tổng; xem một dòng: saban why TỆP MÃ", "the lines add up to the total; to look at one: saban why FILE ID"))
}

func signedPoints(p scoring.Points, lang engine.Lang) string {
	if p < 0 {
		return "−" + (-p).In(lang)
	}
	return p.In(lang)
}

func (w *whyPrinter) order() {
	o := &w.x.Order
	w.println(w.bold(w.say("thứ tự", "order")) + " · " + w.say("%s trên %s điểm", "%s of %s points", o.Points.In(w.lang), o.Of.In(w.lang)))
	w.println("")
	w.reasons(o.Reasons)
}

func (w *whyPrinter) prohibited(id string) {
	w.paragraph("", w.bold(id)+" · "+w.choice(w.p.scenario.Scenario, id))
	seen := false
	for i := range w.x.Penalties {
		p := &w.x.Penalties[i]
		if p.ID != id {
			continue
		}
		w.println("")
		w.println("  " + w.bold(w.say("%s điểm", "%s points", signedPoints(p.Points, w.lang))))
		w.reasons(p.Reasons)
		w.evidence(p.Evidence)
		seen = true
	}
	if !seen {
		w.println("  " + w.say("không ghi nhận lần nào: không trừ điểm", "never seen: it takes no points"))
		return
	}
	for i := range w.x.Gates {
		g := &w.x.Gates[i]
		if g.ID == scoring.LifeAction && slices.ContainsFunc(g.Evidence, func(e scoring.Evidence) bool { return w.isAbout(e.Event, id) }) {
			w.println("")
			w.paragraph("  ", g.Text.In(w.lang))
		}
	}
}

// isAbout reports whether a penalty of this action rests on the event.
func (w *whyPrinter) isAbout(event int64, id string) bool {
	return slices.ContainsFunc(w.x.Penalties, func(p scoring.PenaltyAccount) bool {
		return p.ID == id && slices.ContainsFunc(p.Evidence, func(e scoring.Evidence) bool { return e.Event == event })
	})
}

func (w *whyPrinter) capability(code engine.Capability) {
	for i := range w.x.Capabilities {
		if c := &w.x.Capabilities[i]; c.Code == code {
			w.paragraph("", w.bold(string(code))+" · "+c.Title.In(w.lang)+" · "+w.say("mức %s", "rated %s", string(c.Rating)))
			w.println("")
			w.reasons(c.Reasons)
			return
		}
	}
	w.println(w.bold(string(code)) + " · " + code.Title().In(w.lang))
	w.println("  " + w.say("không có việc nào của năng lực này được tính, nên không có mức", "nothing of this capability counts, so it has no rating"))
}
