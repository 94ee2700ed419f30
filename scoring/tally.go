package scoring

import (
	"cmp"

	"saban/engine"
)

// tally is one settling of a Scorer's facts into a card.
type tally struct {
	*Scorer
	words bool // write the sentences too
	card  Scorecard

	dead        map[int64]bool
	supplements map[int][]int
	found       []record // as they came
	records     []record // in order of response, then of event
	ends        []int    // by response, to sort them
	sightings   []sighting
	firstDone   []engine.Millis // by response: earliest observed time
	done        []bool
	formulaFail bool
	penalty     engine.Ratio // capped
	exact       fraction     // the points, before gates

	handsOf [][]int // by response, when there are any

	// Memory that the parts of the card share.
	ratios  []engine.Ratio
	times   []Seconds
	points  []Points
	byPart  []PartPoints
	kept    []int64
	itemIDs []string
	scratch []int64
}

// Card settles what was added so far. It may be asked for again and again.
func (sc *Scorer) Card() Scorecard { return (&tally{Scorer: sc, words: true}).reckon() }

// Figures is Card without sentences, for those who score thousands of drills:
// what it returns lasts until the next Figures.
func (sc *Scorer) Figures() Scorecard {
	if sc.figures == nil {
		sc.figures = &tally{Scorer: sc}
	}
	return sc.figures.reckon()
}

func (t *tally) reckon() Scorecard {
	t.open()
	t.gather()
	rest := t.records
	for i := range t.expected {
		n := 0
		for n < len(rest) && rest[n].response == i {
			n++
		}
		t.item(i, rest[:n])
		rest = rest[n:]
	}
	t.penalties()
	t.order()
	t.capabilities()
	t.total()
	t.roleResults()
	if t.words {
		t.findings()
		t.limits()
		t.verdict()
	}
	return t.card
}

// open makes an empty card, in the memory of the last one if there was one.
func (t *tally) open() {
	n, old := len(t.expected), &t.card
	t.dead, t.supplements, t.handsOf, t.formulaFail = nil, nil, nil, false
	t.found, t.sightings, t.scratch = room(t.found, len(t.acts)), t.sightings[:0], room(t.scratch, 16)
	t.firstDone, t.done = blank(t.firstDone, n), blank(t.done, n)
	t.ratios, t.times, t.kept, t.itemIDs = room(t.ratios, 5*n+3), room(t.times, 3*n), room(t.kept, 8*n+8), room(t.itemIDs, n)
	t.points, t.byPart = room(t.points, 2), room(t.byPart, 2)
	if old.Capabilities == nil {
		old.Capabilities = make(map[engine.Capability]Rating, len(engine.Capabilities))
	}
	clear(old.Capabilities)
	last := t.path[len(t.path)-1]
	t.card = Scorecard{
		Scenario: ScenarioRef{ID: t.scenario.ID}, At: Seconds(t.lastAt), Provisional: !t.ended,
		State: last.State, StateKind: last.Kind, Path: append(room(old.Path, len(t.path)), t.path...),
		Capabilities: old.Capabilities, CapabilityDetails: room(old.CapabilityDetails, len(engine.Capabilities)),
		Order: Order{Pairs: room(old.Order.Pairs, 0)}, Items: room(old.Items, n)[:n],
		Penalties: room(old.Penalties, 0), Gates: room(old.Gates, 0), Findings: []Finding{}, Distractors: room(old.Distractors, 0),
		Roles: room(old.Roles, len(t.scenario.Roles)), Limits: []Finding{}, Rubric: t.rubric,
	}
}

// room returns an empty list with room for n, in old memory if that is enough.
func room[T any](old []T, n int) []T {
	if old == nil || cap(old) < n {
		return make([]T, 0, n)
	}
	return old[:0]
}

// blank returns a list of n zeros, in old memory if that is enough.
func blank[T any](old []T, n int) []T {
	list := room(old, n)[:n]
	clear(list)
	return list
}

func (t *tally) ratio(r engine.Ratio) *engine.Ratio {
	t.ratios = append(t.ratios, r)
	return &t.ratios[len(t.ratios)-1]
}

func (t *tally) seconds(m engine.Millis) *Seconds {
	t.times = append(t.times, Seconds(m))
	return &t.times[len(t.times)-1]
}

// counts reports whether an item is part of the score.
func (it *Item) counts() bool { return it.Triggered && it.Weight > 0 }

// penalties lists the occurrences of prohibited actions and counts those
// that came late enough after the last counted one of their kind.
func (t *tally) penalties() {
	if len(t.sightings) == 0 {
		t.penalty = 0
		return
	}
	last := make([]engine.Millis, len(t.scenario.Prohibited))
	before := make([]bool, len(last))
	var sum engine.Ratio
	for _, s := range t.sightings {
		def := &t.scenario.Prohibited[s.action]
		p := Penalty{
			ID: def.ID, Severity: def.Severity, Capability: cmp.Or(def.Capability, engine.BV),
			AtMS: s.observed, Role: s.role, Events: []int64{s.seq},
		}
		p.Counted = !before[s.action] || s.observed-last[s.action] >= t.rubric.Penalties.AgainAfter
		if p.Counted {
			points := t.rubric.Penalties.of(def.Severity)
			before[s.action], last[s.action] = true, s.observed
			p.Points = pointsOf(points)
			sum += points
		}
		t.explainPenalty(def, &p, last[s.action])
		t.card.Penalties = append(t.card.Penalties, p)
	}
	t.penalty = min(sum, t.rubric.Penalties.Cap)
	t.card.PenaltyTotal = pointsOf(t.penalty)
}

// order looks at every named precedence.
func (t *tally) order() {
	o := &t.card.Order
	for i := range t.expected {
		for _, id := range t.expected[i].def.After {
			r, ok := t.ids[id]
			if !ok || r.kind != isResponse {
				continue
			}
			a, b := &t.card.Items[r.index], &t.card.Items[i]
			p := Pair{First: a.ID, Second: b.ID, Events: []int64{}}
			p.Applicable = a.counts() && b.counts() && t.done[i]
			if p.Applicable {
				p.Kept = t.done[r.index] && t.firstDone[r.index] <= t.firstDone[i]
				p.Events = t.keep(append(append(t.scratch[:0], a.Events...), b.Events...))
				o.Applicable++
			}
			if p.Kept {
				o.Kept++
			}
			o.Pairs = append(o.Pairs, p)
		}
	}
}

// roleResults sums up by first owner, in the order of the scenario's roles.
func (t *tally) roleResults() {
	for r := range t.scenario.Roles {
		out := RoleResult{Role: t.scenario.Roles[r].ID}
		var values int64
		for i := range t.card.Items {
			if it := &t.card.Items[i]; it.By == out.Role && it.Triggered {
				out.add(it)
				values += int64(it.Weight) * int64(*it.Value)
			}
		}
		for i := range t.card.Penalties {
			if p := &t.card.Penalties[i]; p.Role == out.Role && p.Counted {
				out.Prohibited++
			}
		}
		if out.Weight > 0 {
			out.Mean = engine.Ratio(engine.MulDiv(values, 1, int64(out.Weight)))
		}
		if out.Responses > 0 || out.Prohibited > 0 {
			t.card.Roles = append(t.card.Roles, out)
		}
	}
}

func (r *RoleResult) add(it *Item) {
	r.Responses++
	r.Weight += it.Weight
	switch {
	case !it.Done:
		r.Missed++
		return
	case it.Late:
		r.Late++
	case *it.Actual <= it.Target:
		r.OnTime++
	}
	r.Done++
	if *it.Owner < engine.Whole {
		r.ByOthers++
	}
}
