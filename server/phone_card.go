package server

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strconv"

	"saban/engine"
	"saban/live"
)

// lookup is a view with what phones ask of it again and again, worked out once
// for all of them.
type lookup struct {
	*live.Brief
	tokens    map[string]string // what phones call an inject
	released  map[string]int64  // wall clock, by inject
	relayed   map[cardID]*engine.Event
	answers   map[cardID][]*engine.Event // retracted ones left out
	responses map[string][]*engine.ResponseView
	byID      map[string]*engine.ResponseView
	asks      map[string][]engine.Ask // what an inject asks, and whom
	firstBy   map[string]string       // the cards whose first answer came from a person
	speed     engine.Ratio
}

// cardID is an inject as one role meets it.
type cardID struct{ inject, role string }

func lookupOf(v *live.Brief) *lookup {
	return v.Once("lookup", func() any {
		l := &lookup{Brief: v, speed: engine.Whole, tokens: map[string]string{}, released: map[string]int64{}, relayed: map[cardID]*engine.Event{}, answers: map[cardID][]*engine.Event{},
			responses: map[string][]*engine.ResponseView{}, byID: map[string]*engine.ResponseView{}, asks: map[string][]engine.Ask{}, firstBy: map[string]string{}}
		for i := range v.Injects {
			id := v.Injects[i].Inject.ID
			l.tokens[id] = token(v.Seed, id)
			l.asks[id] = v.Injects[i].Inject.AskList()
		}
		for i := range v.Responses {
			r := &v.Responses[i]
			l.responses[r.Inject] = append(l.responses[r.Inject], r)
			l.byID[r.Response.ID] = r
		}
		l.read()
		return l
	}).(*lookup)
}

// read goes over what was done.
func (l *lookup) read() {
	undone := map[int64]bool{}
	for e := range l.Doings() {
		if e.Type == engine.Retracted {
			undone[e.Of] = true
		}
	}
	for e := range l.Doings() {
		switch e.Type {
		case engine.Started:
			if e.Start != nil && e.Start.Speed > 0 {
				l.speed = e.Start.Speed
			}
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

// wallAt is what time of day it was at an exercise time, the first time of
// several while the clock stood.
func (l *lookup) wallAt(at engine.Millis) int64 {
	i := sort.Search(len(l.Log), func(i int) bool { return l.Log[i].At >= at })
	if i < len(l.Log) && l.Log[i].At == at {
		return l.Log[i].Recorded
	}
	if i == 0 {
		return 0
	}
	before := &l.Log[i-1]
	return before.Recorded + engine.MulDiv(int64(at-before.At), int64(engine.Whole), int64(l.speed))
}

// token is what phones call an inject: its own id may say what it is about.
func token(seed uint64, inject string) string {
	sum := sha256.Sum256([]byte(strconv.FormatUint(seed, 36) + " " + inject))
	return hex.EncodeToString(sum[:5])
}

// injectCalled finds a released inject by what phones call it.
func injectCalled(v *live.Brief, name string) *engine.InjectView {
	for i := range v.Injects {
		if in := &v.Injects[i]; name != "" && in.Status == engine.Out && token(v.Seed, in.Inject.ID) == name {
			return in
		}
	}
	return nil
}

// choiceID names the i-th choice as it stands on the card.
func choiceID(i int) string { return strconv.Itoa(i + 1) }

// speaker is who an inject came from, as players know them.
func speaker(v *live.Brief, id string, lang engine.Lang) string {
	if role := v.Scenario.Role(id); role != nil {
		return role.Title.In(lang)
	}
	return ""
}

func (l *lookup) ask(in *engine.InjectView, role string) *engine.Ask {
	asks := l.asks[in.Inject.ID]
	for i := range asks {
		if asks[i].Role == role {
			return &asks[i]
		}
	}
	return nil
}

// offersOf are the choices of a question in the order every screen shows.
func offersOf(v *live.Brief, in *engine.InjectView, ask *engine.Ask) []live.Offer {
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
func (l *lookup) itsTurn(ask *engine.Ask, in *engine.InjectView, role string) bool {
	if !in.Received {
		return false
	}
	if slices.Contains(in.Answered, role) {
		return true
	}
	own, waits := 0, 0
	for _, r := range l.responses[in.Inject.ID] {
		if !r.Response.Owns(role) || !offered(ask, r.Response) {
			continue
		}
		own++
		if !r.Missed && slices.ContainsFunc(r.Response.After, l.open) {
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

// times is the most urgent clock among what a role is asked and nobody has
// done yet; once all is done, or the role has answered, among all of it.
func (l *lookup) times(in *engine.InjectView, ask *engine.Ask, role string) *Times {
	var open, all *Times
	answered := slices.Contains(in.Answered, role)
	for _, r := range l.responses[in.Inject.ID] {
		if !r.Triggered || !r.Response.Owns(role) || !offered(ask, r.Response) {
			continue
		}
		t := &Times{r.From, r.From + r.Target, r.From + r.Limit}
		all = t.sooner(all)
		if !r.Done {
			open = t.sooner(open)
		}
	}
	if open == nil || answered {
		return all
	}
	return open
}

func (t *Times) sooner(than *Times) *Times {
	if than == nil || t.Target < than.Target {
		return t
	}
	return than
}

// relays lists who else is asked by an inject: those who have not heard of
// it and can be told, and those somebody has told.
func (l *lookup) relays(in *engine.InjectView, role string, lang engine.Lang) (open, passed []PhoneRole) {
	for _, ask := range l.asks[in.Inject.ID] {
		if ask.Role == role || in.Inject.Reads(ask.Role) {
			continue
		}
		other := l.Scenario.Role(ask.Role)
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

// answer is what a role has sent for an inject, later words included.
func (l *lookup) answer(inject, role string, offers []live.Offer, who reader) *Answered {
	sent := l.answers[cardID{inject, role}]
	if len(sent) == 0 {
		return nil
	}
	first := sent[0]
	a := &Answered{Mine: first.Person == who.Person, By: who.Called(first.Person), At: first.At, Counts: first.Observed, Tapped: first.Tap, Wall: first.Recorded}
	if tap := cmp.Or(first.Tap, first.Observed); tap < first.At {
		a.TappedWall = l.wallAt(tap)
	}
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
		for _, b := range l.Scenario.BoxSet(o.Response.Boxes).Boxes {
			list.Boxes = append(list.Boxes, Tick{b.ID, b.Text.In(who.Lang), slices.Contains(ticked[o.Response.ID], b.ID)})
		}
		a.Boxes = append(a.Boxes, list)
	}
	return a
}
