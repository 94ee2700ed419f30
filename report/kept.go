package report

import (
	"slices"

	"saban/engine"
	"saban/scoring"
)

// Outcome says what a drill shows of an action planned after the one before.
type Outcome string

// The outcomes. An action that names nothing to look at is Untold.
const (
	Met          Outcome = "met"           // what it was for went well
	Better       Outcome = "better"        // not yet well, but better than before
	NotMet       Outcome = "not_met"       // no better than before
	NotExercised Outcome = "not_exercised" // this drill never came to it
	Untold       Outcome = "untold"
)

// Title is an outcome in words.
func (o Outcome) Title() engine.Text {
	switch o {
	case Met:
		return engine.Text{VI: "đã đạt", EN: "met"}
	case Better:
		return engine.Text{VI: "khá hơn, chưa đạt", EN: "better, not yet met"}
	case NotMet:
		return engine.Text{VI: "chưa đạt", EN: "not met"}
	case NotExercised:
		return engine.Text{VI: "lần này không phát sinh", EN: "not exercised this time"}
	}
	return engine.Text{VI: "không nêu việc nào để đối chiếu", EN: "names nothing to look at"}
}

// Kept is an action of the drill before and what this drill shows of it.
type Kept struct {
	IDs         []string    `json:"ids"`
	Issue       engine.Text `json:"issue"`
	Measure     engine.Text `json:"measure"`     // decided, or else proposed
	Responsible string      `json:"responsible"` // role, or whoever was named
	Due         string      `json:"due"`
	Done        string      `json:"done"` // the day it was done; empty: nobody noted one
	Outcome     Outcome     `json:"outcome"`
	Text        engine.Text `json:"text"` // before and now
	Events      []int64     `json:"events"`
}

// WhatWasKept looks at each action planned after a drill in the light of a
// later one of the same scenario: were the responses it is about made well now,
// or at least better, was the order kept, the prohibited action left undone?
func WhatWasKept(plan []Action, was, is *scoring.Scorecard) []Kept {
	out := []Kept{}
	for _, a := range plan {
		k := Kept{IDs: full(a.IDs), Issue: a.Issue, Measure: a.Measure, Responsible: a.Responsible, Due: a.Due, Done: a.Done, Outcome: Untold, Events: []int64{}}
		if k.Measure.Empty() {
			k.Measure = a.Proposed
		}
		each := ordered(a.IDs, was, is)
		if len(each) == 0 {
			each = append(responses(a.IDs, was, is), acts(a.IDs, was, is)...)
		}
		if was.Scenario.ID != is.Scenario.ID {
			k.Outcome, each = NotExercised, nil
		}
		k.judge(each)
		out = append(out, k)
	}
	return out
}

// seen is what a drill shows of one thing that an action is about.
type seen struct {
	outcome Outcome
	text    engine.Text
	events  []int64
}

// judge sums up: met is met in all that came up, and better is more than
// nothing.
func (k *Kept) judge(each []seen) {
	var texts []engine.Text
	count := map[Outcome]int{}
	for _, one := range each {
		texts = append(texts, one.text)
		count[one.outcome]++
		k.Events = append(k.Events, one.events...)
	}
	slices.Sort(k.Events)
	k.Events, k.Text = slices.Compact(k.Events), join(texts, "; ")
	switch up := len(each) - count[NotExercised]; {
	case len(each) == 0:
	case up == 0:
		k.Outcome = NotExercised
	case count[Met] == up:
		k.Outcome = Met
	case count[NotMet] == up:
		k.Outcome = NotMet
	default:
		k.Outcome = Better
	}
}

// ordered looks at a precedence that was not kept.
func ordered(ids []string, was, is *scoring.Scorecard) []seen {
	if len(ids) != 2 {
		return nil
	}
	pair := func(card *scoring.Scorecard) *scoring.Pair {
		i := slices.IndexFunc(card.Order.Pairs, func(p scoring.Pair) bool { return p.First == ids[0] && p.Second == ids[1] })
		if i < 0 {
			return nil
		}
		return &card.Order.Pairs[i]
	}
	before, now := pair(was), pair(is)
	if before == nil || !before.Applicable || before.Kept {
		return nil
	}
	name := engine.Fill("%s trước %s", "%s before %s", engine.Same(ids[0]), engine.Same(ids[1]))
	switch {
	case now == nil || !now.Applicable:
		return []seen{{NotExercised, engine.Fill("%s: không phát sinh", "%s: did not come up", name), nil}}
	case now.Kept:
		return []seen{{Met, engine.Fill("%s: giữ đúng thứ tự", "%s: the order was kept", name), now.Events}}
	}
	return []seen{{NotMet, engine.Fill("%s: vẫn sai thứ tự", "%s: the order was broken again", name), now.Events}}
}

func responses(ids []string, was, is *scoring.Scorecard) (out []seen) {
	find := func(card *scoring.Scorecard, id string) *scoring.Item {
		i := slices.IndexFunc(card.Items, func(it scoring.Item) bool { return it.ID == id })
		if i < 0 {
			return nil
		}
		return &card.Items[i]
	}
	for _, id := range ids {
		before, now := find(was, id), find(is, id)
		if before == nil && now == nil {
			continue
		}
		if before == nil || now == nil || !now.Triggered || now.Pending {
			out = append(out, seen{NotExercised, engine.Fill("%s: không phát sinh", "%s: did not come up", engine.Same(id)), nil})
			continue
		}
		text := engine.Fill("%s: %s → %s", "%s: %s → %s", engine.Same(id), result(before), result(now))
		out = append(out, seen{better(before, now), text, now.Events})
	}
	return out
}

// better sets a response beside the drill before: well is without challenges,
// or with small ones where they were large.
func better(before, now *scoring.Item) Outcome {
	grave := before.Rating == scoring.Major || before.Rating == scoring.Unable
	switch {
	case now.Rating == scoring.Performed, grave && now.Rating == scoring.Some:
		return Met
	case before.Value != nil && now.Value != nil && *now.Value > *before.Value:
		return Better
	}
	return NotMet
}

// result is how long a response took, and its rating.
func result(it *scoring.Item) engine.Text {
	switch {
	case !it.Triggered:
		return engine.Text{VI: "không phát sinh", EN: "did not come up"}
	case !it.Done:
		return engine.Fill("chưa làm (%s)", "not done (%s)", engine.Same(string(it.Rating)))
	case it.Actual == nil:
		return engine.Fill("đã làm (%s)", "done (%s)", engine.Same(string(it.Rating)))
	}
	return engine.Fill("%s (%s)", "%s (%s)", engine.Millis(*it.Actual).Words(), engine.Same(string(it.Rating)))
}

// acts looks at prohibited actions: none now is well, fewer is better.
func acts(ids []string, was, is *scoring.Scorecard) (out []seen) {
	for _, id := range ids {
		before, _ := times(was, id)
		now, events := times(is, id)
		if before == 0 && now == 0 {
			continue
		}
		outcome := NotMet
		switch {
		case now == 0:
			outcome = Met
		case now < before:
			outcome = Better
		}
		if now == 0 && !came(is) {
			outcome = NotExercised
		}
		text := engine.Fill("%s, số lần: %s → %s", "%s, times seen: %s → %s", engine.Same(id), number(before), number(now))
		out = append(out, seen{outcome, text, events})
	}
	return out
}

func times(card *scoring.Scorecard, id string) (n int, events []int64) {
	for i := range card.Penalties {
		if card.Penalties[i].ID == id {
			n, events = n+1, append(events, card.Penalties[i].Events...)
		}
	}
	return n, events
}

// came reports whether anything came up in a drill.
func came(card *scoring.Scorecard) bool {
	return slices.ContainsFunc(card.Items, func(it scoring.Item) bool { return it.Triggered })
}
