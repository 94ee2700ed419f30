package main

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"saban/engine"
)

// question is what an inject still asks of a role.
type question struct {
	inject  engine.InjectView
	role    engine.RoleView
	ask     engine.Ask
	choices []offer // in the order of the drill's seed
	timed   bool
	from    engine.Millis // its clock started then
	target  engine.Millis
	limit   engine.Millis
	after   []string // responses that should be done first and are not
}

// offer is one choice of a question.
type offer struct {
	id       string
	text     engine.Text
	response *engine.Response // nil: a prohibited action or a distractor
}

// urgency says where a question stands against its times.
type urgency int

const (
	untimed urgency = iota
	inTime
	pastTarget
	pastLimit
)

func (q *question) urgency(now engine.Millis) urgency {
	switch spent := now - q.from; {
	case !q.timed:
		return untimed
	case spent <= q.target:
		return inTime
	case spent <= q.limit:
		return pastTarget
	}
	return pastLimit
}

// questions lists what is open, the latest inject first. A question whose
// own responses were all seen done needs no answer any more.
func (s *session) questions(v *engine.Snapshot) []question {
	var out []question
	responses := map[string]*engine.ResponseView{}
	for i := range v.Responses {
		responses[v.Responses[i].Response.ID] = &v.Responses[i]
	}
	released := []int{}
	for i := range v.Injects {
		if v.Injects[i].Received && v.Injects[i].Status == engine.Out {
			released = append(released, i)
		}
	}
	slices.SortStableFunc(released, func(a, b int) int { return int(v.Injects[b].ReleasedAt - v.Injects[a].ReleasedAt) })
	for _, i := range released {
		in := &v.Injects[i]
		for _, ask := range in.Inject.AskList() {
			role := roleOf(v, ask.Role)
			if role == nil || !role.Filled || slices.Contains(in.Answered, ask.Role) {
				continue
			}
			q := question{inject: *in, role: *role, ask: ask}
			for _, id := range ask.Choices {
				q.choices = append(q.choices, s.offer(v, id))
			}
			if q.wind(responses) {
				s.shuffle(&q)
				out = append(out, q)
			}
		}
	}
	return out
}

func roleOf(v *engine.Snapshot, id string) *engine.RoleView {
	for i := range v.Roles {
		if v.Roles[i].Role.ID == id {
			return &v.Roles[i]
		}
	}
	return nil
}

// offer puts a choice into words.
func (s *session) offer(v *engine.Snapshot, id string) offer {
	sc := s.live.file.Scenario
	if r, w := sc.FindWay(id); w != nil {
		return offer{id, w.Do, r}
	}
	if p := sc.FindProhibited(id); p != nil {
		return offer{id, p.Text, nil}
	}
	if d := sc.FindDistractor(id); d != nil {
		return offer{id, d.Text, nil}
	}
	for i := range v.Responses {
		r := v.Responses[i].Response
		if r.ID == id {
			return offer{id, r.Do, r}
		}
		for w := range r.Ways { // of an ad hoc inject
			if r.Ways[w].ID == id {
				return offer{id, r.Ways[w].Do, r}
			}
		}
	}
	return offer{id: id, text: engine.Text{VI: id, EN: id}}
}

// wind finds the times of a question: those of its first own response that
// is not done. It reports whether an answer is still wanted.
func (q *question) wind(responses map[string]*engine.ResponseView) bool {
	own, open := 0, 0
	for i := range q.choices {
		r := q.choices[i].response
		if r == nil || responses[r.ID] == nil || !r.Owns(q.ask.Role) {
			continue
		}
		own++
		v := responses[r.ID]
		if v.Done {
			continue
		}
		open++
		if v.Triggered && (!q.timed || v.From+v.Target < q.from+q.target) {
			q.timed, q.from, q.target, q.limit = true, v.From, v.Target, v.Limit
		}
		for _, id := range r.After {
			if before := responses[id]; before != nil && !before.Done && !slices.Contains(q.after, id) {
				q.after = append(q.after, id)
			}
		}
	}
	return own == 0 || open > 0
}

// shuffle orders the choices by the drill's seed: the same in every run of
// the file, and no hint at what is right.
func (s *session) shuffle(q *question) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(q.inject.Inject.ID + " " + q.ask.Role))
	r := rand.New(rand.NewPCG(s.live.header.Seed, h.Sum64()))
	r.Shuffle(len(q.choices), func(i, j int) { q.choices[i], q.choices[j] = q.choices[j], q.choices[i] })
}

// upcoming is an inject that is not out yet.
type upcoming struct {
	engine.InjectView
	hand, contingent bool
	elsewhere        bool // written for another state than the present one
}

// upcoming lists what is to come: what is due already, then by time, then
// what waits for a hand or a condition.
func (s *session) upcoming(v *engine.Snapshot) []upcoming {
	var out []upcoming
	for _, in := range v.Injects {
		if in.Status != engine.Pending && in.Status != engine.Waiting {
			continue
		}
		out = append(out, upcoming{in, in.Inject.Hand, in.Inject.When != "" && in.Status == engine.Pending,
			in.Inject.ExpectedIn != "" && in.Inject.ExpectedIn != v.State})
	}
	rank := func(u *upcoming) int {
		switch {
		case u.Status == engine.Waiting:
			return 0
		case u.contingent:
			return 3
		case u.hand:
			return 2
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b upcoming) int {
		if d := rank(&a) - rank(&b); d != 0 || rank(&a) >= 2 {
			return d
		}
		return int(a.At - b.At)
	})
	return out
}

// next is the inject that Enter, hold and skip are about: the first that is
// to come by itself or by hand.
func next(list []upcoming) *upcoming {
	if len(list) == 0 || list[0].contingent {
		return nil
	}
	return &list[0]
}
