package scoring

import (
	"cmp"
	"slices"

	"saban/engine"
)

// record is one time a response was made.
type record struct {
	response  int
	seq       int64
	observed  engine.Millis
	role      string
	epoch     int
	way       int // -1: none
	content   engine.Ratio
	unchecked bool    // claimed boxes that no human looked at
	events    []int64 // marks and supplements
}

// gather takes from the acts that still stand what was done: records of
// responses in order of response and event, sightings of prohibited actions,
// and useless choices.
func (t *tally) gather() {
	t.findDead()
	t.sortHands()
	t.linkSupplements()
	for i := range t.acts {
		a := &t.acts[i]
		if t.gone(a.seq) {
			continue
		}
		if !a.answer {
			t.sight(a, a.ref, a.content)
			continue
		}
		for _, c := range t.choices[a.choices[0]:a.choices[1]] {
			t.choose(i, c)
		}
	}
	t.arrange()
	t.applyMarks()
	slices.SortFunc(t.sightings, func(a, b sighting) int {
		if a.observed != b.observed {
			return int(a.observed - b.observed)
		}
		return int(a.seq - b.seq)
	})
}

// arrange puts the records, found in order of event, in order of response.
func (t *tally) arrange() {
	n := len(t.expected)
	t.ends = blank(t.ends, n+1)
	for i := range t.found {
		t.ends[t.found[i].response+1]++
	}
	for i := range n {
		t.ends[i+1] += t.ends[i]
	}
	t.records = room(t.records, len(t.found))[:len(t.found)]
	for i := range t.found {
		place := &t.ends[t.found[i].response]
		t.records[*place] = t.found[i]
		*place++
	}
}

func byResponse(a, b record) int {
	if a.response != b.response {
		return a.response - b.response
	}
	return int(a.seq - b.seq)
}

// findDead notes which events were retracted. A retraction may itself be
// retracted, so the last is looked at first.
func (t *tally) findDead() {
	if len(t.retracts) == 0 {
		return
	}
	t.dead = make(map[int64]bool, len(t.retracts))
	for i := len(t.retracts) - 1; i >= 0; i-- {
		if r := t.retracts[i]; !t.dead[r.seq] {
			t.dead[r.of] = true
		}
	}
}

func (t *tally) sortHands() {
	for j := range t.hands {
		if r := t.hands[j].ref; r.kind == isResponse {
			if t.handsOf == nil {
				t.handsOf = make([][]int, len(t.expected))
			}
			t.handsOf[r.index] = append(t.handsOf[r.index], j)
		}
	}
}

func (t *tally) gone(seq int64) bool { return t.dead[seq] }

type answerer struct {
	inject int
	role   string
}

// linkSupplements finds the answers that only add boxes: later ones of the
// same role to the same inject without choices. They belong to the first
// submission.
func (t *tally) linkSupplements() {
	var first map[answerer]int
	for i := range t.acts {
		a := &t.acts[i]
		if !a.answer || t.gone(a.seq) {
			continue
		}
		key := answerer{a.inject, a.role}
		owner, answered := first[key]
		switch chose := a.choices[0] < a.choices[1]; {
		case chose && !answered:
			if first == nil {
				first = map[answerer]int{}
			}
			first[key] = i
		case !chose && answered && a.ticks[0] < a.ticks[1]:
			if t.supplements == nil {
				t.supplements = map[int][]int{}
			}
			t.supplements[owner] = append(t.supplements[owner], i)
		}
	}
}

// sight takes one act that was seen done.
func (t *tally) sight(a *act, r ref, content engine.Ratio) {
	switch r.kind {
	case isResponse:
		e := &t.expected[r.index]
		way := wayOf(e.def, r.way)
		if way >= 0 {
			content = content.Times(share(e.def.Ways[way].Content))
		}
		t.found = append(t.found, record{
			response: r.index, seq: a.seq, observed: a.observed, role: a.role, epoch: a.epoch, way: way, content: content,
		})
	case isProhibited:
		t.sightings = append(t.sightings, sighting{r.index, a.seq, a.observed, a.role})
	case isDistractor:
		t.distract(r.index, a.seq)
	}
}

// wayOf says which way an id means: a response with ways means its first.
func wayOf(r *engine.Response, way int) int {
	if way < 0 && len(r.Ways) > 0 {
		return 0
	}
	return way
}

// choose takes one choice of answer i.
func (t *tally) choose(i int, r ref) {
	a := &t.acts[i]
	if r.kind != isResponse || t.expected[r.index].boxes == nil {
		t.sight(a, r, engine.Whole)
		return
	}
	set := t.expected[r.index].boxes
	seen := make([]bool, len(set.Boxes))
	t.tickOff(seen, a, r.index)
	var events []int64
	for _, s := range t.supplements[i] {
		if t.tickOff(seen, &t.acts[s], r.index) {
			events = append(events, t.acts[s].seq)
		}
	}
	ticked := 0
	for _, s := range seen {
		if s {
			ticked++
		}
	}
	content := engine.Whole
	if len(seen) > 0 {
		content = engine.Over(int64(ticked), int64(len(seen)))
	}
	t.sight(a, r, content)
	last := &t.found[len(t.found)-1]
	last.unchecked, last.events = true, events
}

func (t *tally) tickOff(seen []bool, a *act, response int) bool {
	any := false
	for _, k := range t.ticks[a.ticks[0]:a.ticks[1]] {
		if k.response == response {
			seen[k.box] = true
			any = true
		}
	}
	return any
}

// applyMarks sets the content of records a human looked at. A mark of an
// answer's free text, in which the response was not chosen, makes a record.
func (t *tally) applyMarks() {
	for i := range t.hands {
		h := &t.hands[i]
		if h.kind != engine.Marked || h.ref.kind != isResponse || t.gone(h.seq) {
			continue
		}
		own := t.recordsOf(h.ref.index)
		if h.of == 0 {
			if len(own) > 0 {
				mark(first(own), h)
			}
			continue
		}
		at, found := slices.BinarySearchFunc(own, h.of, func(r record, seq int64) int { return cmp.Compare(r.seq, seq) })
		if !found {
			t.recordText(h)
		}
		for ; at < len(own) && own[at].seq == h.of; at++ {
			mark(&own[at], h)
		}
	}
}

func mark(r *record, h *hand) {
	r.content, r.unchecked = h.content, false
	r.events = append(r.events, h.seq)
}

// first returns the record observed first.
func first(records []record) *record {
	best := &records[0]
	for i := range records {
		if records[i].observed < best.observed {
			best = &records[i]
		}
	}
	return best
}

func (t *tally) recordText(h *hand) {
	at, ok := slices.BinarySearchFunc(t.acts, h.of, func(a act, seq int64) int { return int(a.seq - seq) })
	if !ok || t.gone(h.of) || !t.acts[at].answer || !t.acts[at].text && !h.text {
		return
	}
	a := &t.acts[at]
	r := record{
		response: h.ref.index, seq: a.seq, observed: a.observed, role: a.role, epoch: a.epoch,
		way: wayOf(t.expected[h.ref.index].def, h.ref.way), content: h.content, events: []int64{h.seq},
	}
	place, _ := slices.BinarySearchFunc(t.records, r, byResponse)
	t.records = slices.Insert(t.records, place, r)
}

// recordsOf returns the records of one response.
func (t *tally) recordsOf(response int) []record {
	lo, _ := slices.BinarySearchFunc(t.records, response, func(r record, i int) int { return r.response - i })
	hi := lo
	for hi < len(t.records) && t.records[hi].response == response {
		hi++
	}
	return t.records[lo:hi]
}

// sighting is one time a prohibited action was seen.
type sighting struct {
	action   int
	seq      int64
	observed engine.Millis
	role     string
}

func (t *tally) distract(index int, seq int64) {
	id := t.scenario.Distractors[index].ID
	for i := range t.card.Distractors {
		if d := &t.card.Distractors[i]; d.ID == id {
			d.Count++
			d.Events = append(d.Events, seq)
			return
		}
	}
	t.card.Distractors = append(t.card.Distractors, Distracted{ID: id, Count: 1, Events: []int64{seq}})
}
