package scoring

import (
	"cmp"
	"iter"
	"slices"

	"saban/engine"
)

// facts are what became of one response, and what that is worth.
type facts struct {
	done     bool
	seq      int64
	observed engine.Millis
	role     string
	way      int
	content  engine.Ratio
	owner    engine.Ratio

	actual      engine.Millis
	late        bool
	proactive   bool
	timeliness  engine.Ratio
	correctness engine.Ratio
	value       engine.Ratio
	rating      Rating
}

// judge reckons the worth of facts (domain.md §5.2).
func (t *tally) judge(e *expected, f *facts) {
	f.actual, f.late, f.proactive = 0, false, false
	f.timeliness, f.correctness, f.value, f.rating = 0, 0, 0, Unable
	if !f.done {
		return
	}
	received := t.triggers[e.inject].at
	f.proactive = f.observed < received
	f.actual = max(0, f.observed-received)
	f.late = f.actual > e.limit
	f.timeliness = timeliness(f.actual, e.target, e.limit)
	f.correctness = f.owner.Times(f.content)
	if f.late {
		f.correctness = f.correctness.Times(t.rubric.Factors.Late)
	}
	item := t.rubric.Item
	f.value = weigh(item.Timeliness, f.timeliness, item.Correctness, f.correctness)
	f.rating = t.rubric.Ratings.suggest(f, e.target)
}

// timeliness is 1 up to the target, falls in a line to 0 at the limit, and
// stays there.
func timeliness(actual, target, limit engine.Millis) engine.Ratio {
	switch {
	case actual <= target:
		return engine.Whole
	case actual >= limit:
		return 0
	}
	return engine.Over(int64(limit-actual), int64(limit-target))
}

// weigh returns (a·x + b·y) / 100 for parts a, b of 100 and shares x, y.
func weigh(a, x, b, y engine.Ratio) engine.Ratio {
	return (a.Times(x) + b.Times(y) + 50) / 100
}

func (b RatingBands) suggest(f *facts, target engine.Millis) Rating {
	switch {
	case f.correctness < b.UnableBelow:
		return Unable
	case f.late || f.correctness < b.MajorBelow:
		return Major
	case f.actual <= target && f.correctness >= b.PerformedFrom:
		return Performed
	}
	return Some
}

// owner says how much a role counts as the owner of a response: whole when
// it is one, when it covers one that nobody holds, or when the log names none.
func (t *tally) owner(e *expected, role string, epoch int) engine.Ratio {
	if role == "" || e.def.Owns(role) {
		return engine.Whole
	}
	by, known := t.roles[role]
	if !known {
		return t.rubric.Factors.OtherOwner
	}
	for i := range t.seats {
		s := &t.seats[i]
		if s.cover == by && !t.epochs[epoch][i] && e.def.Owns(s.id) {
			return engine.Whole
		}
	}
	return t.rubric.Factors.OtherOwner
}

// best returns the facts of the record worth most; of equals the one
// observed first, then the one noted first.
func (t *tally) best(e *expected, records []record) (facts, *record) {
	var out facts
	var from *record
	if len(records) == 0 {
		t.judge(e, &out)
	}
	for i := range records {
		r := &records[i]
		f := facts{
			done: true, seq: r.seq, observed: r.observed, role: r.role, way: r.way,
			content: r.content, owner: t.owner(e, r.role, r.epoch),
		}
		t.judge(e, &f)
		if from == nil || better(&f, &out) {
			out, from = f, r
		}
	}
	return out, from
}

func better(a, b *facts) bool {
	return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.observed, b.observed), cmp.Compare(a.seq, b.seq)) < 0
}

// maxWeight is the most a response counts; it keeps every weighted sum within
// 64 bits, whatever a log holds.
const maxWeight = 1000

// item scores response i, made as the records say.
func (t *tally) item(i int, records []record) {
	e := &t.expected[i]
	in := &t.triggers[e.inject]
	it := &t.card.Items[i]
	*it = Item{
		ID: e.def.ID, Inject: in.id, Do: e.def.Do, By: e.def.By, Capability: e.capability, Objective: e.def.Objective,
		Weight: min(max(0, e.def.Weight), maxWeight), Critical: e.def.Critical, AdHoc: e.adHoc, Triggered: e.triggered,
		Target: Seconds(e.target), Limit: Seconds(e.limit), Factor: e.factor, Events: t.scratch[:0],
	}
	it.Records = len(records)
	if !e.triggered {
		for j := range records {
			it.Events = append(it.Events, records[j].seq)
		}
		if e.vacant {
			it.Events = append(it.Events, in.seq)
		}
		it.Events = t.keep(it.Events)
		t.explain(i, it)
		return
	}
	f, from := t.best(e, records)
	it.Received = t.seconds(in.at)
	it.Events = append(it.Events, in.seq)
	if from != nil {
		it.Unchecked = from.unchecked
		it.Events = append(append(it.Events, from.seq), from.events...)
		t.firstDone[i] = first(records).observed
		t.done[i] = true
	}
	t.override(i, it, &f)
	t.fill(i, it, &f)
	t.rate(i, it)
	it.Events = t.keep(it.Events)
	t.explain(i, it)
}

// fill writes the facts of a triggered item.
func (t *tally) fill(i int, it *Item, f *facts) {
	e := &t.expected[i]
	it.Done, it.Late, it.Proactive = f.done, f.late, f.proactive
	it.Timeliness, it.Content, it.Owner = t.ratio(f.timeliness), t.ratio(f.content), t.ratio(f.owner)
	it.Correctness, it.Value, it.Suggested = t.ratio(f.correctness), t.ratio(f.value), f.rating
	if f.done {
		it.Observed, it.Actual = t.seconds(f.observed), t.seconds(f.actual)
		it.DoneBy = cmp.Or(f.role, e.def.By)
		if f.way >= 0 && f.way < len(e.def.Ways) {
			it.Way = e.def.Ways[f.way].ID
		}
		return
	}
	if e.missed != 0 {
		it.Events = append(it.Events, e.missed)
	}
	it.Pending = !t.ended && t.lastAt <= t.triggers[e.inject].at+e.limit
}

// override lets the facts set by hand stand in for those of the log, and
// keeps both.
func (t *tally) override(i int, it *Item, f *facts) {
	computed := *f
	for h := range t.handsOn(i, engine.Overridden) {
		if h.override == nil {
			continue
		}
		it.Overrides = append(it.Overrides, Overriding{Hand{h.actor, h.reason, h.seq}, *h.override})
		it.Events = append(it.Events, h.seq)
		t.overrideFacts(i, h, f)
	}
	if it.Overrides == nil {
		return
	}
	t.judge(&t.expected[i], f)
	it.Computed = &Facts{
		Done: computed.done, Timeliness: computed.timeliness, Content: computed.content, Owner: computed.owner,
		Correctness: computed.correctness, Value: computed.value, Rating: computed.rating,
	}
	if computed.done {
		it.Computed.Observed = t.seconds(computed.observed)
	}
}

func (t *tally) overrideFacts(i int, h *hand, f *facts) {
	o := h.override
	if o.Done != nil && *o.Done && !f.done {
		*f = facts{done: true, seq: h.seq, observed: h.at, way: h.ref.way, content: engine.Whole, owner: engine.Whole}
		if f.way >= 0 {
			f.content = share(t.expected[i].def.Ways[f.way].Content)
		}
		t.firstDone[i] = f.observed
	}
	if o.Done != nil && !*o.Done {
		*f = facts{way: -1}
	}
	t.done[i] = f.done
	if !f.done {
		return
	}
	if o.Observed != nil {
		f.observed, t.firstDone[i] = *o.Observed, *o.Observed
	}
	if o.Owner != nil {
		f.owner = share(*o.Owner)
	}
	if o.Content != nil {
		f.content = share(*o.Content)
	}
}

// rate lets the evaluator's rating stand beside the suggested one.
func (t *tally) rate(i int, it *Item) {
	it.Rating = it.Suggested
	var all verdict
	for h := range t.handsOn(i, engine.Rated) {
		if h.rating.valid() {
			all.add(h)
			it.Events = append(it.Events, h.seq)
		}
	}
	if h := all.stands(); h != nil {
		it.Rating, it.Rated = h.rating, &Hand{h.actor, h.reason, h.seq}
	}
	it.Disputed = all.open()
}

// verdict is what evaluators made of one task: the last word of each, and
// what their lead settled.
type verdict struct {
	last    []*hand
	settled *hand
}

func (v *verdict) add(h *hand) {
	if h.settled {
		v.settled = h
		return
	}
	v.last = append(slices.DeleteFunc(v.last, func(before *hand) bool { return before.actor == h.actor }), h)
}

// open reports whether evaluators differ and nobody has settled it.
func (v *verdict) open() bool {
	return v.settled == nil && slices.ContainsFunc(v.last, func(h *hand) bool { return h.rating != v.last[0].rating })
}

// stands is the rating to go by; while evaluators differ, none of theirs.
func (v *verdict) stands() *hand {
	if v.settled != nil || len(v.last) == 0 || v.open() {
		return v.settled
	}
	return v.last[len(v.last)-1]
}

// handsOn yields what stands of the marks, ratings or overrides of a response.
func (t *tally) handsOn(response int, kind engine.EventType) iter.Seq[*hand] {
	return func(yield func(*hand) bool) {
		if t.handsOf == nil {
			return
		}
		for _, j := range t.handsOf[response] {
			if h := &t.hands[j]; h.kind == kind && !t.gone(h.seq) && !yield(h) {
				return
			}
		}
	}
}

// keep returns events sorted and without doubles, in memory that all items
// of a card share.
func (t *tally) keep(events []int64) []int64 {
	events = tidy(events)
	at := len(t.kept)
	t.kept = append(t.kept, events...)
	return t.kept[at:len(t.kept):len(t.kept)]
}

// tidy sorts event numbers and drops doubles.
func tidy(events []int64) []int64 {
	slices.Sort(events)
	return slices.Compact(events)
}
