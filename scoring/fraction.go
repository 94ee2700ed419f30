package scoring

import (
	"math/big"

	"saban/engine"
)

// fraction is an exact number, rounded once when all is reckoned. Unlike a
// big.Rat it is never brought to lowest terms, which would cost more than the
// rest of a total, and it is reckoned again and again in the same memory.
type fraction struct {
	num, den big.Int // den > 0
	factor   big.Int // these three are to work with
	left     big.Int
	right    big.Int
}

func (f *fraction) times(into *big.Int, n int64) { into.Mul(into, f.factor.SetInt64(n)) }

func (f *fraction) set(r engine.Ratio) {
	f.num.SetInt64(int64(r))
	f.den.SetInt64(int64(engine.Whole))
}

func (f *fraction) setRat(r *big.Rat) {
	f.num.Set(r.Num())
	f.den.Set(r.Denom())
}

// above reports whether f is more than r.
func (f *fraction) above(r engine.Ratio) bool {
	f.times(f.left.Set(&f.num), int64(engine.Whole))
	f.times(f.right.Set(&f.den), int64(r))
	return f.left.Cmp(&f.right) > 0
}

// clamp keeps points within 0…100.
func (f *fraction) clamp() {
	const most = 100 * engine.Whole
	if f.num.Sign() < 0 {
		f.set(0)
	} else if f.above(most) {
		f.set(most)
	}
}

// hundredths rounds points, which are not negative, half up.
func (f *fraction) hundredths() Points {
	f.times(f.left.Set(&f.num), 200)
	f.left.Add(&f.left, &f.den)
	f.times(f.right.Set(&f.den), 2)
	f.factor.QuoRem(&f.left, &f.right, &f.left)
	return Points(f.factor.Int64())
}
