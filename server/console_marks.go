package server

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/live"
)

// ToMark is an answer in words that only a person can judge.
type ToMark struct {
	Seq     int64 // the answer
	Role    string
	Inject  string
	Title   string
	Text    string
	At      engine.Millis
	After   engine.Millis // how long after the inject
	Choices []MarkChoice
}

// MarkChoice is a response the words may amount to.
type MarkChoice struct {
	ID    string
	Text  string
	Boxes []Tick // its contents; ticked where the team ticked them or the words name them
}

// Tapped is an answer whose tap was not counted.
type Tapped struct {
	Seq       int64
	Responses []string
	Who, Role string
	Tap, At   engine.Millis
}

// PendingRelay is a role that is asked and has not been told.
type PendingRelay struct {
	Inject string
	Title  string
	Role   string
	Name   string
	From   string // who could pass it on
}

// marks lists the written answers nobody has judged yet, oldest first.
func marks(v *live.View, lang engine.Lang) (out []ToMark) {
	x := indexOf(v)
	for i := range v.Log {
		e := &v.Log[i]
		if e.Type != engine.Responded || e.Text == "" || x.judged[e.Seq] || x.retracted[e.Seq] {
			continue
		}
		in := injectOf(v, e.ID)
		if in == nil {
			continue
		}
		m := ToMark{Seq: e.Seq, Role: rolesOf(v.Scenario, []string{e.Role}, lang), Inject: e.ID, Title: in.Inject.Title.In(lang), Text: e.Text, At: e.At, After: max(e.Observed-in.ReceivedAt, 0)}
		for _, ask := range in.Inject.AskList() {
			if ask.Role != e.Role {
				continue
			}
			for _, id := range ask.Choices {
				if o := live.FindOffer(v.Scenario, &v.Snapshot, id); o.Response != nil {
					m.Choices = append(m.Choices, MarkChoice{o.ID, o.Text.In(lang), boxesIn(v, e, o.Response, lang)})
				}
			}
		}
		out = append(out, m)
	}
	return out
}

func injectOf(v *live.View, id string) *engine.InjectView {
	for i := range v.Injects {
		if v.Injects[i].Inject.ID == id {
			return &v.Injects[i]
		}
	}
	return nil
}

// taps lists answers whose tap the facilitator may accept.
func taps(v *live.View, names map[string]string, lang engine.Lang) (out []Tapped) {
	x := indexOf(v)
	for i := range v.Log {
		e := &v.Log[i]
		if e.Type != engine.Responded || e.Tap == 0 || x.retracted[e.Seq] {
			continue
		}
		t := Tapped{Seq: e.Seq, Who: called(names, e.Person), Role: rolesOf(v.Scenario, []string{e.Role}, lang), Tap: e.Tap, At: e.At}
		for _, id := range e.Choices {
			if o := live.FindOffer(v.Scenario, &v.Snapshot, id); o.Response != nil && x.set[o.Response.ID] <= e.Seq {
				t.Responses = append(t.Responses, o.Response.ID)
			}
		}
		if len(t.Responses) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// relays lists who is asked and has not been told, so that the facilitator can
// tell them.
func relays(v *live.View, lang engine.Lang) (out []PendingRelay) {
	for i := range v.Injects {
		in := &v.Injects[i]
		if in.Status != engine.Out || !in.Received {
			continue
		}
		for _, ask := range in.Inject.AskList() {
			role := live.RoleOf(&v.Snapshot, ask.Role)
			if role == nil || !role.Filled || in.Inject.Reads(ask.Role) || slices.Contains(in.Relayed, ask.Role) {
				continue
			}
			out = append(out, PendingRelay{in.Inject.ID, in.Inject.Title.In(lang), ask.Role, role.Role.Title.In(lang), rolesOf(v.Scenario, in.Inject.To, lang)})
		}
	}
	return out
}

// boxesIn lists the contents a response should have, with what is found of
// them in an answer. It is a hint for the eye: the facilitator judges.
func boxesIn(v *live.View, e *engine.Event, r *engine.Response, lang engine.Lang) (out []Tick) {
	if r.Boxes == "" {
		return nil
	}
	said := wordSet(e.Text)
	for _, b := range v.Scenario.BoxSet(r.Boxes).Boxes {
		claimed := slices.ContainsFunc(e.Boxes, func(t engine.Ticks) bool { return t.Response == r.ID && slices.Contains(t.Boxes, b.ID) })
		out = append(out, Tick{b.ID, b.Text.In(lang), claimed || mentioned(said, b.Text)})
	}
	return out
}

// mentioned reports whether at least half of the longer words of a text were
// said, in either language.
func mentioned(said map[string]bool, text engine.Text) bool {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		found, all := 0, 0
		for word := range wordSet(text.In(lang)) {
			if len([]rune(word)) < 3 {
				continue
			}
			all++
			if said[word] {
				found++
			}
		}
		if all > 0 && 2*found >= all {
			return true
		}
	}
	return false
}

// wordSet is the words of a text without marks, so that hurried typing finds
// them too.
func wordSet(text string) map[string]bool {
	var plain strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		switch {
		case r == 'đ':
			plain.WriteRune('d')
		case !unicode.Is(unicode.Mn, r):
			plain.WriteRune(r)
		}
	}
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(plain.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		out[w] = true
	}
	return out
}
