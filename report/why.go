package report

import (
	"cmp"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

func whyOf(id string) string { return "why-" + id }

// toWhy is the id of an item, which leads to what made its points.
func (d *draft) toWhy(id string) []document.Run {
	runs := code(id)
	if len(d.accounts) > 0 {
		runs[0].Link = whyOf(id)
	}
	return runs
}

// why says of every item what made its points, and what would have made full
// marks.
func (d *draft) why() []document.Block {
	if len(d.accounts) == 0 {
		return nil
	}
	all := &document.Details{Title: d.pick("Vì sao được bấy nhiêu điểm", "Where the points come from"), Seen: d.pick("Sự kiện", "Events")}
	for i := range d.accounts {
		all.Each = append(all.Each, d.account(&d.accounts[i]))
	}
	return []document.Block{all}
}

func (d *draft) account(x *scoring.ItemAccount) document.Detail {
	title := x.ID + " · " + cmp.Or(d.text(x.Do), d.name(x.ID))
	if x.WeightShare > 0 {
		title += " · " + d.text(engine.Fill("%s trên %s điểm", "%s of %s points", x.Points.Text(), x.Of.Text()))
	}
	one := document.Detail{ID: whyOf(x.ID), Title: title}
	for _, r := range x.Reasons {
		one.Points = append(one.Points, d.says(r.Text, r.Events))
	}
	if x.Full != nil {
		one.End = plain(d.text(x.Full.Text))
	}
	for i := range x.Evidence {
		one.Seen = append(one.Seen, d.evidence(&x.Evidence[i]))
	}
	return one
}

// evidence is an event in a line: number, time, who, what it says.
func (d *draft) evidence(e *scoring.Evidence) []document.Run {
	at := e.AtMS.Clock()
	if e.Observed != e.AtMS {
		at += d.text(engine.Fill(" (xảy ra %s)", " (happened %s)", engine.Same(e.Observed.Clock())))
	}
	return append(d.numbers([]int64{e.Event}), document.Run{Text: " " + at + " · " + d.acted(e) + " · " + d.text(e.What)})
}

// acted is the role an event is about. Persons are named only as those who led
// or corrected the drill.
func (d *draft) acted(e *scoring.Evidence) string {
	switch {
	case e.Role != "":
		return d.name(e.Role)
	case e.Actor == "":
		return d.pick("hệ thống", "the system")
	}
	return cmp.Or(d.r.persons[e.Actor], e.Actor)
}
