package scoring

import (
	"math/big"

	"saban/engine"
)

// sums are over all items that count. maxWeight keeps them within 64 bits.
type sums struct {
	weight, timeliness, correctness int64 // the last two in billionths
}

func (t *tally) sums() (s sums) {
	for i := range t.card.Items {
		if it := &t.card.Items[i]; it.counts() {
			w := int64(it.Weight)
			s.weight += w
			s.timeliness += w * int64(*it.Timeliness)
			s.correctness += w * int64(*it.Correctness)
		}
	}
	return s
}

// mean returns the exact mean of a sum.
func (s *sums) mean(sum int64) *big.Rat { return big.NewRat(sum, s.weight*int64(engine.Whole)) }

// total reckons points before gates, gates and grade. Without triggered
// weight there is no total.
func (t *tally) total() {
	s := t.sums()
	if s.weight == 0 {
		t.gates(false)
		return
	}
	t.showParts(&s)
	if t.formula == nil {
		t.byParts(&s)
	} else {
		t.exact.setRat(t.byFormula(&s))
		t.card.Points, t.card.PointsOf = nil, nil
	}
	t.exact.clamp()
	before := t.exact.hundredths()
	final := before
	if limit, bites := t.gates(true); bites {
		final = pointsOf(limit)
	}
	t.points = append(t.points, before, final)
	t.card.BeforeGates, t.card.Total = &t.points[0], &t.points[1]
	t.card.Grade = t.rubric.Grades.grade(t.points[1])
}

// parts returns the weights of timeliness and correctness beside each other,
// and what they share: without an applicable pair, order's part too.
func (t *tally) parts() (timeliness, correctness, both, shared engine.Ratio) {
	p := t.rubric.Parts
	timeliness, correctness = p.Timeliness, p.Correctness
	shared = timeliness + correctness
	if t.card.Order.Applicable == 0 {
		shared += p.Order
	}
	if both = timeliness + correctness; both == 0 { // order is all that counts: the others stand in for it
		timeliness, correctness, both = 1, 1, 2
	}
	return timeliness, correctness, both, shared
}

// showParts writes the means and what each part brought, rounded for the eye.
func (t *tally) showParts(s *sums) {
	T := engine.Ratio(engine.MulDiv(s.timeliness, 1, s.weight))
	C := engine.Ratio(engine.MulDiv(s.correctness, 1, s.weight))
	a, _, both, shared := t.parts()
	partT := engine.Ratio(engine.MulDiv(int64(a), int64(shared), int64(both)))
	partC := shared - partT
	o, partO := engine.Ratio(engine.MulDiv(int64(partT.Times(T)+partC.Times(C)), int64(engine.Whole), max(1, int64(shared)))), engine.Ratio(0)
	if n := t.card.Order.Applicable; n > 0 {
		o, partO = engine.Over(int64(t.card.Order.Kept), int64(n)), t.rubric.Parts.Order
	}
	t.card.Timeliness, t.card.Correctness, t.card.Order.Share = t.ratio(T), t.ratio(C), t.ratio(o)
	t.byPart = append(t.byPart,
		PartPoints{pointsOf(partT.Times(T)), pointsOf(partC.Times(C)), pointsOf(partO.Times(o))},
		PartPoints{pointsOf(partT), pointsOf(partC), pointsOf(partO)})
	t.card.Points, t.card.PointsOf = &t.byPart[0], &t.byPart[1]
}

// byParts reckons the exact points of the model of domain.md §5.2: the
// weighted parts less the penalty.
func (t *tally) byParts(s *sums) {
	f := &t.exact
	a, b, both, shared := t.parts()
	f.times(f.num.SetInt64(int64(a)), s.timeliness)
	f.times(f.left.SetInt64(int64(b)), s.correctness)
	f.num.Add(&f.num, &f.left)
	f.times(&f.num, int64(shared))
	f.times(f.den.SetInt64(s.weight*int64(engine.Whole)), int64(both))
	if n := int64(t.card.Order.Applicable); n > 0 {
		f.times(f.left.Set(&f.den), int64(t.card.Order.Kept)*int64(t.rubric.Parts.Order))
		f.times(&f.num, n)
		f.num.Add(&f.num, &f.left)
		f.times(&f.den, n)
	}
	f.times(f.left.Set(&f.den), int64(t.penalty))
	f.num.Sub(&f.num, &f.left)
	f.times(&f.den, int64(engine.Whole))
}

func (t *tally) byFormula(s *sums) *big.Rat {
	T, C := s.mean(s.timeliness), s.mean(s.correctness)
	o := new(big.Rat)
	if n := t.card.Order.Applicable; n > 0 {
		o.SetFrac64(int64(t.card.Order.Kept), int64(n))
	} else {
		a, b, both, _ := t.parts()
		o.Add(new(big.Rat).Mul(rat(a), T), new(big.Rat).Mul(rat(b), C))
		o.Quo(o, rat(both))
	}
	points, ok := t.formula.eval([]*big.Rat{T, C, o, rat(t.penalty)})
	if !ok {
		t.formulaFail = true
		return new(big.Rat)
	}
	return points
}

// gates lists the ceilings that apply and returns the lowest that bites, which
// none does without a total.
func (t *tally) gates(total bool) (lowest engine.Ratio, bites bool) {
	g := t.rubric.Gates
	var missed []string
	var missedEvents, lifeEvents []int64
	for i := range t.card.Items {
		if it := &t.card.Items[i]; it.counts() && it.Critical && it.Suggested == Unable {
			missed = append(missed, it.ID)
			missedEvents = append(missedEvents, it.Events...)
		}
	}
	for i := range t.card.Penalties {
		if p := &t.card.Penalties[i]; p.Severity == engine.Life {
			lifeEvents = append(lifeEvents, p.Events...)
		}
	}
	add := func(id string, limit engine.Ratio, events []int64) {
		gate := Gate{ID: id, Cap: pointsOf(limit), Events: tidy(events)}
		if total && t.exact.above(limit) {
			gate.Bites = true
			if !bites || limit < lowest {
				lowest, bites = limit, true
			}
		}
		t.explainGate(&gate, missed)
		t.card.Gates = append(t.card.Gates, gate)
	}
	switch {
	case len(missed) == 1:
		add(CriticalMissed, g.CriticalMissed, missedEvents)
	case len(missed) > 1:
		add(CriticalsMissed, g.CriticalsMissed, missedEvents)
	}
	if len(lifeEvents) > 0 {
		add(LifeAction, g.LifeAction, lifeEvents)
	}
	if last := t.path[len(t.path)-1]; last.Kind == engine.Failed && !last.Forced {
		add(FailedState, g.Failed, []int64{last.Event})
	}
	return lowest, bites
}

// rat turns billionths into a fraction.
func rat(r engine.Ratio) *big.Rat { return big.NewRat(int64(r), int64(engine.Whole)) }
