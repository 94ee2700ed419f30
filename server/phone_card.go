package server

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"saban/engine"
	"saban/live"
)

// lookup is what phones ask of a view again and again, worked out once for
// all of them.
type lookup struct {
	tokens    map[string]string // what phones call an inject
	released  map[string]int64  // wall clock, by inject
	relayed   map[cardID]*engine.Event
	answers   map[cardID][]*engine.Event // retracted ones left out
	responses map[string][]*engine.ResponseView
	byID      map[string]*engine.ResponseView
	firstBy   map[string]string // the cards whose first answer came from a person
}

// cardID is an inject as one role meets it.
type cardID struct{ inject, role string }

func lookupOf(v *live.View) *lookup {
	return v.Once("lookup", func() any {
		l := &lookup{tokens: map[string]string{}, released: map[string]int64{}, relayed: map[cardID]*engine.Event{}, answers: map[cardID][]*engine.Event{},
			responses: map[string][]*engine.ResponseView{}, byID: map[string]*engine.ResponseView{}, firstBy: map[string]string{}}
		for i := range v.Injects {
			id := v.Injects[i].Inject.ID
			l.tokens[id] = token(v.Seed, id)
		}
		for i := range v.Responses {
			r := &v.Responses[i]
			l.responses[r.Inject] = append(l.responses[r.Inject], r)
			l.byID[r.Response.ID] = r
		}
		l.read(v.Log)
		return l
	}).(*lookup)
}

// read goes over the log once.
func (l *lookup) read(log []engine.Event) {
	undone := map[int64]bool{}
	for i := range log {
		if log[i].Type == engine.Retracted {
			undone[log[i].Of] = true
		}
	}
	for i := range log {
		switch e := &log[i]; e.Type {
		case engine.Released:
			l.released[e.ID] = e.Recorded
		case engine.Relayed:
			if card := (cardID{e.ID, e.Role}); l.relayed[card] == nil {
				l.relayed[card] = e
			}
		case engine.Responded:
			if card := (cardID{e.ID, e.Role}); !undone[e.Seq] {
				if len(l.answers[card]) == 0 {
					l.firstBy[e.Person] += card.inject + " " + card.role + " "
				}
				l.answers[card] = append(l.answers[card], e)
			}
		}
	}
}

// token is what phones call an inject: its own id may say what it is about.
func token(seed uint64, inject string) string {
	sum := sha256.Sum256([]byte(strconv.FormatUint(seed, 36) + " " + inject))
	return hex.EncodeToString(sum[:5])
}

// injectCalled finds a released inject by what phones call it.
func injectCalled(v *live.View, name string) *engine.InjectView {
	look := lookupOf(v)
	for i := range v.Injects {
		if in := &v.Injects[i]; in.Status == engine.Out && look.tokens[in.Inject.ID] == name {
			return in
		}
	}
	return nil
}

// choiceID names the i-th choice as it stands on the card.
func choiceID(i int) string { return strconv.Itoa(i + 1) }

// speaker is who an inject came from, as players know them.
func speaker(v *live.View, id string, lang engine.Lang) string {
	if role := v.Scenario.Role(id); role != nil {
		return role.Title.In(lang)
	}
	return ""
}

func askOf(in *engine.InjectView, role string) *engine.Ask {
	for _, ask := range in.Inject.AskList() {
		if ask.Role == role {
			return &ask
		}
	}
	return nil
}

// offersOf are the choices of a question in the order every screen shows.
func offersOf(v *live.View, in *engine.InjectView, ask *engine.Ask) []live.Offer {
	q := live.Question{Inject: *in, Ask: *ask}
	for _, id := range ask.Choices {
		q.Choices = append(q.Choices, live.FindOffer(v.Scenario, &v.Snapshot, id))
	}
	q.Shuffle(v.Seed)
	return q.Choices
}

// inWords reports whether a question is answered in words alone: what the
// facilitator has written on the spot may expect one thing, and a list of that
// thing would give it away.
func inWords(in *engine.InjectView, offers []live.Offer) bool { return in.AdHoc && len(offers) == 1 }

// itsTurn reports whether a role is asked now: it is received, and unless each
// of its own responses waits for something, or until one of their limits is
// past. What it has answered stays in view.
func itsTurn(v *live.View, ask *engine.Ask, in *engine.InjectView, role string) bool {
	if !in.Received {
		return false
	}
	if slices.Contains(in.Answered, role) {
		return true
	}
	look := lookupOf(v)
	own, waits := 0, 0
	for _, r := range look.responses[in.Inject.ID] {
		if !r.Response.Owns(role) || !offered(ask, r.Response) {
			continue
		}
		own++
		if !r.Missed && slices.ContainsFunc(r.Response.After, look.open) {
			waits++
		}
	}
	return own == 0 || waits < own
}

// open reports whether a response is neither done nor past its limit.
func (l *lookup) open(response string) bool {
	r := l.byID[response]
	return r != nil && !r.Done && !r.Missed
}

func offered(ask *engine.Ask, r *engine.Response) bool {
	if slices.Contains(ask.Choices, r.ID) {
		return true
	}
	return slices.ContainsFunc(r.Ways, func(w engine.Way) bool { return slices.Contains(ask.Choices, w.ID) })
}

// timesOf is the most urgent clock among what a role is asked.
func timesOf(v *live.View, in *engine.InjectView, ask *engine.Ask, role string) *Times {
	var t *Times
	for _, r := range lookupOf(v).responses[in.Inject.ID] {
		if !r.Triggered || !r.Response.Owns(role) || !offered(ask, r.Response) {
			continue
		}
		if t == nil || r.From+r.Target < t.Target {
			t = &Times{r.From, r.From + r.Target, r.From + r.Limit}
		}
	}
	return t
}

// relaysOf lists who else is asked by an inject: those who have not heard of
// it and can be told, and those somebody has told.
func relaysOf(v *live.View, in *engine.InjectView, role string, lang engine.Lang) (open, passed []PhoneRole) {
	for _, ask := range in.Inject.AskList() {
		if ask.Role == role || in.Inject.Reads(ask.Role) {
			continue
		}
		other := v.Scenario.Role(ask.Role)
		if other == nil {
			continue
		}
		if slices.Contains(in.Relayed, ask.Role) {
			passed = append(passed, PhoneRole{other.ID, other.Title.In(lang)})
		} else {
			open = append(open, PhoneRole{other.ID, other.Title.In(lang)})
		}
	}
	return open, passed
}

// answerOf is what a role has sent for an inject, later words included.
func answerOf(v *live.View, inject, role string, offers []live.Offer, who reader) *Answered {
	sent := lookupOf(v).answers[cardID{inject, role}]
	if len(sent) == 0 {
		return nil
	}
	first := sent[0]
	a := &Answered{Mine: first.Person == who.Person, By: who.Names[first.Person], At: first.At, Counts: first.Observed, Tapped: first.Tap, Wall: first.Recorded}
	ticked := map[string][]string{}
	var chosen []string
	for _, e := range sent {
		chosen = append(chosen, e.Choices...)
		if e.Text != "" {
			a.Texts = append(a.Texts, e.Text)
		}
		for _, t := range e.Boxes {
			ticked[t.Response] = append(ticked[t.Response], t.Boxes...)
		}
	}
	for i, o := range offers {
		if !slices.Contains(chosen, o.ID) {
			continue
		}
		a.Choices = append(a.Choices, o.Text.In(who.Lang))
		if o.Response == nil || o.Response.Boxes == "" {
			continue
		}
		list := BoxList{Choice: choiceID(i), Of: o.Text.In(who.Lang)}
		for _, b := range v.Scenario.BoxSet(o.Response.Boxes).Boxes {
			list.Boxes = append(list.Boxes, Tick{b.ID, b.Text.In(who.Lang), slices.Contains(ticked[o.Response.ID], b.ID)})
		}
		a.Boxes = append(a.Boxes, list)
	}
	return a
}
