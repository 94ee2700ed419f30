package scoring

import (
	"math/big"
	"slices"

	"saban/engine"
)

// split reckons what each item, the order, each penalty, the bounds and the
// gates brought, and rounds it so that it adds up to the printed total.
func (x *explainer) split() {
	x.out.Items = make([]ItemAccount, len(x.card.Items))
	x.out.Penalties = make([]PenaltyAccount, len(x.card.Penalties))
	x.out.Gates = make([]GateAccount, len(x.card.Gates))
	s := x.sums()
	x.weight = s.weight
	if x.card.Total == nil {
		return
	}
	x.per = x.rates(&s)
	var parts []part
	sum := new(big.Rat)
	add := func(into *Points, exact *big.Rat) {
		parts = append(parts, part{into, exact})
		sum.Add(sum, exact)
	}
	add(&x.out.Base, x.per[0])
	for i := range x.card.Items {
		it, into := &x.card.Items[i], &x.out.Items[i]
		if it.counts() {
			into.WeightShare = engine.Over(int64(it.Weight), x.weight)
			into.Of = rounded(x.itemPoints(it, engine.Whole, engine.Whole))
			add(&into.Points, x.itemPoints(it, *it.Timeliness, *it.Correctness))
		}
	}
	if o := &x.card.Order; o.Applicable > 0 {
		x.out.Order.Of = rounded(x.per[3])
		add(&x.out.Order.Points, new(big.Rat).Mul(x.per[3], big.NewRat(int64(o.Kept), int64(o.Applicable))))
	}
	for i, taken := range x.taken() {
		add(&x.out.Penalties[i].Points, new(big.Rat).Mul(x.per[4], rat(taken)))
	}
	clamped := clamp(sum)
	add(&x.out.Clamped, new(big.Rat).Sub(clamped, sum))
	if g := x.lowest(); g >= 0 {
		add(&x.out.Gates[g].Points, new(big.Rat).Sub(rat(x.capOf(x.card.Gates[g].ID)), clamped))
	}
	apportion(parts, *x.card.Total)
	for i := range x.card.Items {
		if it := &x.card.Items[i]; it.counts() && *it.Timeliness == engine.Whole && *it.Correctness == engine.Whole {
			x.out.Items[i].Of = x.out.Items[i].Points // full marks are all of them, however they were rounded
		}
	}
}

// itemPoints are what an item brings with these shares: w·(T·t + C·c) / W.
func (x *explainer) itemPoints(it *Item, timeliness, correctness engine.Ratio) *big.Rat {
	out := new(big.Rat).Mul(x.per[1], rat(timeliness))
	out.Add(out, new(big.Rat).Mul(x.per[2], rat(correctness)))
	return out.Mul(out, big.NewRat(int64(it.Weight), x.weight))
}

// rates returns what a constant and each of T, C, O and the penalty bring a
// unit. Without an applicable pair O is made of T and C, and so are its points.
func (x *explainer) rates(s *sums) [5]*big.Rat {
	a, b, both, shared := x.parts()
	tOf, cOf := new(big.Rat).Quo(rat(a), rat(both)), new(big.Rat).Quo(rat(b), rat(both))
	paired := x.card.Order.Applicable > 0
	if x.formula == nil {
		per := [5]*big.Rat{new(big.Rat), tOf.Mul(tOf, rat(shared)), cOf.Mul(cOf, rat(shared)), new(big.Rat), big.NewRat(-1, 1)}
		if paired {
			per[3] = rat(x.rubric.Parts.Order)
		}
		return per
	}
	T, C, O := s.mean(s.timeliness), s.mean(s.correctness), new(big.Rat)
	if paired {
		O.SetFrac64(int64(x.card.Order.Kept), int64(x.card.Order.Applicable))
	} else {
		O.Add(new(big.Rat).Mul(tOf, T), new(big.Rat).Mul(cOf, C))
	}
	per := zeros()
	if x.formulaFail {
		return per
	}
	per, _ = x.formula.rates([]*big.Rat{T, C, O, rat(x.penalty)})
	if !paired {
		per[1].Add(per[1], tOf.Mul(tOf, per[3]))
		per[2].Add(per[2], cOf.Mul(cOf, per[3]))
		per[3] = new(big.Rat)
	}
	return per
}

func zeros() (per [5]*big.Rat) {
	for i := range per {
		per[i] = new(big.Rat)
	}
	return per
}

// rates writes f as a sum over the constant and its variables that has f's
// value at these values of them, and returns that value too. A product is
// split evenly between its factors, a quotient is its dividend's, and of min
// and max the one that counts is taken.
func (f *formula) rates(values []*big.Rat) (per [5]*big.Rat, at *big.Rat) {
	switch f.op {
	case 'n':
		per = zeros()
		per[0].Set(f.value)
		return per, f.value
	case 'v':
		per = zeros()
		per[f.name+1].SetInt64(1)
		return per, values[f.name]
	}
	per, at = f.kids[0].rates(values)
	if f.op == '_' {
		return scaled(per, big.NewRat(-1, 1)), new(big.Rat).Neg(at)
	}
	constant := f.kids[0].constant()
	for _, k := range f.kids[1:] {
		other, v := k.rates(values)
		switch f.op {
		case '*':
			switch half := big.NewRat(1, 2); {
			case constant:
				per = scaled(other, at)
			case k.constant():
				per = scaled(per, v)
			default:
				per = sum(scaled(per, new(big.Rat).Mul(v, half)), scaled(other, new(big.Rat).Mul(at, half)))
			}
		case '/':
			per = scaled(per, new(big.Rat).Inv(v))
		case '+':
			per = sum(per, other)
		case '-':
			per = sum(per, scaled(other, big.NewRat(-1, 1)))
		default:
			if apply(f.op, at, v) != at {
				per = other
			}
		}
		at = apply(f.op, at, v)
	}
	return per, at
}

func scaled(per [5]*big.Rat, by *big.Rat) (out [5]*big.Rat) {
	for i := range per {
		out[i] = new(big.Rat).Mul(per[i], by)
	}
	return out
}

func sum(a, b [5]*big.Rat) (out [5]*big.Rat) {
	for i := range a {
		out[i] = new(big.Rat).Add(a[i], b[i])
	}
	return out
}

// taken are the penalty points of each occurrence, in order, until the cap of
// all together is reached.
func (x *explainer) taken() []engine.Ratio {
	out := make([]engine.Ratio, len(x.card.Penalties))
	left := x.rubric.Penalties.Cap
	for i := range out {
		if p := &x.card.Penalties[i]; p.Counted {
			out[i] = min(left, x.rubric.Penalties.of(p.Severity))
			left -= out[i]
		}
	}
	return out
}

// lowest is the place of the gate that takes points, or -1.
func (x *explainer) lowest() int {
	at := -1
	for i, g := range x.card.Gates {
		if g.Bites && (at < 0 || x.capOf(g.ID) < x.capOf(x.card.Gates[at].ID)) {
			at = i
		}
	}
	return at
}

func (x *explainer) capOf(gate string) engine.Ratio {
	g := x.rubric.Gates
	return map[string]engine.Ratio{CriticalMissed: g.CriticalMissed, CriticalsMissed: g.CriticalsMissed, LifeAction: g.LifeAction, FailedState: g.Failed}[gate]
}

func clamp(r *big.Rat) *big.Rat {
	if most := big.NewRat(100, 1); r.Cmp(most) > 0 {
		return most
	}
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}

// part is one share of a total, and where its hundredths go.
type part struct {
	into  *Points
	exact *big.Rat
}

// apportion rounds the parts so that they add up to total: each down, and the
// hundredths that are then missing to those that lost most.
func apportion(parts []part, total Points) {
	lost := make([]*big.Rat, len(parts))
	order := make([]int, len(parts))
	left := int64(total)
	for i, p := range parts {
		hundredths := new(big.Rat).Mul(p.exact, big.NewRat(100, 1))
		down := new(big.Int)
		down.DivMod(hundredths.Num(), hundredths.Denom(), new(big.Int)) // Euclid's, so down for negative parts, too
		*p.into = Points(down.Int64())
		lost[i], order[i] = hundredths.Sub(hundredths, new(big.Rat).SetInt(down)), i
		left -= down.Int64()
	}
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	for i := 0; left > 0 && i < len(order); i, left = i+1, left-1 {
		*parts[order[i]].into++
	}
}

// rounded gives points half up.
func rounded(r *big.Rat) Points {
	twice := new(big.Rat).Mul(r, big.NewRat(200, 1))
	num := new(big.Int).Add(twice.Num(), twice.Denom())
	return Points(num.Div(num, new(big.Int).Mul(twice.Denom(), big.NewInt(2))).Int64())
}
