package live

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"saban/engine"
)

// Question is one inject put to one role, with the time it has.
type Question struct {
	Inject  engine.InjectView
	Role    engine.RoleView
	Ask     engine.Ask
	Choices []Offer // in the order of the drill's seed
	Timed   bool
	From    engine.Millis // its clock started then
	Target  engine.Millis
	Limit   engine.Millis
	After   []string // responses that should be done first and are not
}

// Key tells a question from every other of its drill.
func (q *Question) Key() string { return q.Inject.Inject.ID + " " + q.Ask.Role }

// Offer is one thing a role may choose.
type Offer struct {
	ID       string
	Text     engine.Text
	Response *engine.Response // nil: a prohibited action or a distractor
}

// Urgency says how the time of a question stands.
type Urgency int

// From no clock at all to too late.
const (
	Untimed Urgency = iota
	InTime
	PastTarget
	PastLimit
)

// Urgency at an exercise time; exactly at the target or limit is in time.
func (q *Question) Urgency(now engine.Millis) Urgency {
	switch spent := now - q.From; {
	case !q.Timed:
		return Untimed
	case spent <= q.Target:
		return InTime
	case spent <= q.Limit:
		return PastTarget
	}
	return PastLimit
}

// Questions lists what is open now: injects received and asked of a filled
// role that has not chosen yet, the newest first. What is asked too late stays
// open, since nothing closes at a limit.
func Questions(sc *engine.Scenario, v *engine.Snapshot, seed uint64) []Question {
	var out []Question
	responses := map[string]*engine.ResponseView{}
	for i := range v.Responses {
		responses[v.Responses[i].Response.ID] = &v.Responses[i]
	}
	for _, i := range newestFirst(v) {
		in := &v.Injects[i]
		for _, ask := range in.Inject.AskList() {
			role := RoleOf(v, ask.Role)
			if role == nil || !role.Filled || slices.Contains(in.Answered, ask.Role) {
				continue
			}
			q := Question{Inject: *in, Role: *role, Ask: ask}
			for _, id := range ask.Choices {
				q.Choices = append(q.Choices, FindOffer(sc, v, id))
			}
			if q.wind(responses) {
				q.Shuffle(seed)
				out = append(out, q)
			}
		}
	}
	return out
}

func newestFirst(v *engine.Snapshot) []int {
	released := []int{}
	for i := range v.Injects {
		if v.Injects[i].Received && v.Injects[i].Status == engine.Out {
			released = append(released, i)
		}
	}
	slices.SortStableFunc(released, func(a, b int) int { return int(v.Injects[b].ReleasedAt - v.Injects[a].ReleasedAt) })
	return released
}

// RoleOf finds a role, or nil.
func RoleOf(v *engine.Snapshot, id string) *engine.RoleView {
	for i := range v.Roles {
		if v.Roles[i].Role.ID == id {
			return &v.Roles[i]
		}
	}
	return nil
}

// FindOffer finds what an id of an act stands for, ad hoc ones included.
func FindOffer(sc *engine.Scenario, v *engine.Snapshot, id string) Offer {
	if r, w := sc.FindWay(id); w != nil {
		return Offer{id, w.Do, r}
	}
	if p := sc.FindProhibited(id); p != nil {
		return Offer{id, p.Text, nil}
	}
	if d := sc.FindDistractor(id); d != nil {
		return Offer{id, d.Text, nil}
	}
	for i := range v.Responses {
		r := v.Responses[i].Response
		if r.ID == id {
			return Offer{id, r.Do, r}
		}
		for w := range r.Ways { // of an ad hoc inject
			if r.Ways[w].ID == id {
				return Offer{id, r.Ways[w].Do, r}
			}
		}
	}
	return Offer{ID: id, Text: engine.Text{VI: id, EN: id}}
}

// wind sets the question's clock to its most urgent own response that is
// still open, and reports whether anything is left to ask.
func (q *Question) wind(responses map[string]*engine.ResponseView) bool {
	own, open := 0, 0
	for i := range q.Choices {
		r := q.Choices[i].Response
		if r == nil || responses[r.ID] == nil || !r.Owns(q.Ask.Role) {
			continue
		}
		own++
		v := responses[r.ID]
		if v.Done {
			continue
		}
		open++
		if v.Triggered && (!q.Timed || v.From+v.Target < q.From+q.Target) {
			q.Timed, q.From, q.Target, q.Limit = true, v.From, v.Target, v.Limit
		}
		for _, id := range r.After {
			if before := responses[id]; before != nil && !before.Done && !slices.Contains(q.After, id) {
				q.After = append(q.After, id)
			}
		}
	}
	return own == 0 || open > 0
}

// Shuffle orders the choices by the drill's seed, so that the right one is not
// always first and every screen of the drill shows the same order.
func (q *Question) Shuffle(seed uint64) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(q.Key()))
	r := rand.New(rand.NewPCG(seed, h.Sum64()))
	r.Shuffle(len(q.Choices), func(i, j int) { q.Choices[i], q.Choices[j] = q.Choices[j], q.Choices[i] })
}
