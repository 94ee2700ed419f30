package scoring

import (
	"cmp"

	"saban/engine"
)

// capabilities rates what was trained: unable when a critical response was,
// and never better than its best response (domain.md §5.2).
//
// It starts from the final ratings of responses, the evaluator's included:
// who says that a critical response failed has said so of its capability.
func (t *tally) capabilities() {
	for i, code := range t.codes {
		r, ok := t.capability(i)
		if !ok {
			continue
		}
		r.Final = r.Suggested
		var all verdict
		for j := range t.hands {
			h := &t.hands[j]
			if h.kind == engine.Rated && h.ref.kind != isResponse && h.id == string(code) && h.rating.valid() && !t.gone(h.seq) {
				all.add(h)
				r.Events = append(r.Events, h.seq)
			}
		}
		if h := all.stands(); h != nil {
			r.Final, r.Rated = h.rating, &Hand{h.actor, h.reason, h.seq}
		}
		r.Disputed = all.open()
		r.Events = t.keep(r.Events)
		t.card.CapabilityDetails = append(t.card.CapabilityDetails, r)
		t.card.Capabilities[code] = r.Final
	}
}

func (t *tally) capability(n int) (CapabilityResult, bool) {
	code := t.codes[n]
	r := CapabilityResult{Code: code, Title: code.Title(), Events: t.scratch[:0]}
	from := len(t.itemIDs)
	var values int64
	var best Rating
	var unable, major string
	for i := range t.expected {
		it := &t.card.Items[i]
		if t.expected[i].code != n || !it.counts() {
			continue
		}
		t.itemIDs = append(t.itemIDs, it.ID)
		r.Weight += it.Weight
		r.Events = append(r.Events, it.Events...)
		values += int64(it.Weight) * int64(*it.Value)
		if it.Rating.rank() > best.rank() {
			best = it.Rating
		}
		switch {
		case it.Critical && it.Rating == Unable:
			unable = cmp.Or(unable, it.ID)
		case it.Critical && it.Rating == Major:
			major = cmp.Or(major, it.ID)
		}
	}
	if r.Weight == 0 {
		return r, false
	}
	r.Items = t.itemIDs[from:len(t.itemIDs):len(t.itemIDs)]
	r.Mean = engine.Ratio(engine.MulDiv(values, 1, int64(r.Weight)))
	why := because{mean: r.Mean, bands: t.rubric.Ratings}
	switch act := t.harm(&r); {
	case unable != "":
		r.Suggested, why.item = Unable, unable
	case major != "":
		r.Suggested, why.item = Major, major
	case act != "":
		r.Suggested, why.act = Major, act
	default:
		r.Suggested = t.rubric.Ratings.capability(r.Mean)
	}
	if r.Suggested.rank() > best.rank() {
		r.Suggested, why.best = best, true
	}
	if t.words {
		r.Why = why.text(r.Suggested)
	}
	return r, true
}

func (b RatingBands) capability(mean engine.Ratio) Rating {
	switch {
	case mean < b.CapabilityMajorBelow:
		return Major
	case mean >= b.CapabilityPerformedFrom:
		return Performed
	}
	return Some
}

// harm returns the first major or life action that belongs to the capability
// and was counted.
func (t *tally) harm(r *CapabilityResult) string {
	act := ""
	for i := range t.card.Penalties {
		p := &t.card.Penalties[i]
		if p.Capability == r.Code && p.Counted && (p.Severity == engine.Major || p.Severity == engine.Life) {
			r.Events = append(r.Events, p.Events...)
			if act == "" {
				act = p.ID
			}
		}
	}
	return act
}
