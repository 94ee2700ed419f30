package report

import (
	"saban/engine"
	"saban/scoring"
)

// Previous is the drill before, to compare with.
type Previous struct {
	Drill string
	Head  string
	Card  scoring.Scorecard
	Log   []engine.Event
}

// Comparison sets the result beside the drill before. Same says that both
// played the very same scenario; else the figures are only for orientation.
type Comparison struct {
	Drill     string          `json:"drill"`
	Head      string          `json:"head"`
	Date      string          `json:"date"` // 2026-03-05; empty when only a virtual clock ran
	Same      bool            `json:"same_scenario"`
	Total     *scoring.Points `json:"total"`
	Triggered int             `json:"triggered"`
	OnTime    int             `json:"on_time"`
	Undone    int             `json:"undone"`
}

func (b *builder) comparison() *Comparison {
	p := b.meta.Previous
	if p == nil {
		return nil
	}
	t := tempoOf(&p.Card)
	c := &Comparison{Drill: p.Drill, Head: p.Head, Total: p.Card.Total, Triggered: t.all, OnTime: t.onTime, Undone: t.undone,
		Same: p.Card.Scenario.ID == b.card.Scenario.ID && p.Card.Scenario.SHA256 == b.card.Scenario.SHA256}
	for i := range p.Log {
		e := &p.Log[i]
		if e.Type == engine.Started && e.Start != nil && !e.Start.Virtual {
			c.Date = at(e.Recorded).Format("2006-01-02")
			break
		}
	}
	return c
}

// than names the drill before in a sentence.
func (d *draft) than() string {
	c := d.r.Compared
	name := d.pick("đợt trước", "the drill before")
	if c.Date != "" {
		name += " (" + d.day(c.Date) + ")"
	}
	return name
}

// versus compares totals: ▲ 10,00 so với đợt trước.
func (d *draft) versus() string {
	c := d.r.Compared
	if c == nil || c.Total == nil || d.r.Card.Total == nil {
		return ""
	}
	sign, by := "=", *d.r.Card.Total-*c.Total
	switch {
	case by > 0:
		sign = "▲ " + by.In(d.lang)
	case by < 0:
		sign = "▼ " + (-by).In(d.lang)
	}
	return sign + d.pick(" so với ", " against ") + d.than()
}
