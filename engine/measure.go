package engine

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Millis is exercise time in milliseconds since StartEx, pauses excluded, or
// a length of such time.
type Millis int64

// Lengths of exercise time.
const (
	Second Millis = 1000
	Minute        = 60 * Second
	Hour          = 60 * Minute
)

// MaxDuration is the longest time a file may name: 100 hours.
const MaxDuration = 100 * Hour

// ParseDuration reads a duration as files write it: 90s, 12m, 1h30m, and
// 250ms for what a machine recorded. Units come largest first, each at most
// once.
func ParseDuration(s string) (Millis, bool) {
	units := []struct {
		name string
		size Millis
	}{{"h", Hour}, {"m", Minute}, {"s", Second}, {"ms", 1}}
	var total Millis
	next := 0
	for rest := s; rest != ""; {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		if digits == 0 || digits > 9 {
			return 0, false
		}
		n, _ := strconv.ParseInt(rest[:digits], 10, 64)
		rest = rest[digits:]
		letters := len(rest) - len(strings.TrimLeft(rest, "hms"))
		unit := rest[:letters]
		rest = rest[letters:]
		for next < len(units) && units[next].name != unit {
			next++
		}
		if next == len(units) {
			return 0, false
		}
		total += Millis(n) * units[next].size
		next++
		if total > MaxDuration {
			return 0, false
		}
	}
	return total, s != ""
}

// times returns m × factor, rounded half up.
func (m Millis) times(factor Ratio) Millis {
	if factor == Whole {
		return m
	}
	return Millis(MulDiv(int64(m), int64(factor), int64(Whole)))
}

// String writes m as ParseDuration reads it: 1h30m, 95s becomes 1m35s.
func (m Millis) String() string {
	if m < 0 {
		return "-" + (-m).String()
	}
	if m == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, u := range []struct {
		name string
		size Millis
	}{{"h", Hour}, {"m", Minute}, {"s", Second}, {"ms", 1}} {
		if n := m / u.size; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.name)
			m -= n * u.size
		}
	}
	return b.String()
}

// Clock writes m as a clock shows it, whole seconds rounded down: 02:30, and
// 1:02:30 from an hour on.
func (m Millis) Clock() string {
	if m < 0 {
		return "-" + (-m).Clock()
	}
	h, mm, ss := m/Hour, m/Minute%60, m/Second%60
	if h > 0 {
		return fmt.Sprintf("%d:%02d:%02d", h, mm, ss)
	}
	return fmt.Sprintf("%02d:%02d", mm, ss)
}

// Ratio is a share in billionths, so that no figure depends on a processor's
// floating point.
type Ratio int64

// Whole is the ratio 1.
const Whole Ratio = 1_000_000_000

// Over returns a/b in billionths, rounded half up. It wants a ≥ 0 and b > 0.
func Over(a, b int64) Ratio { return Ratio(MulDiv(a, int64(Whole), b)) }

// Times returns r × s, rounded half up.
func (r Ratio) Times(s Ratio) Ratio {
	switch Whole { // what most shares are
	case r:
		return s
	case s:
		return r
	}
	return Ratio(MulDiv(int64(r), int64(s), int64(Whole)))
}

// MulDiv returns a × b / c without overflow of the product, rounded half up.
// It wants a, b ≥ 0 and c > 0 and a quotient that fits.
func MulDiv(a, b, c int64) int64 {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	lo, carry := bits.Add64(lo, uint64(c)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(c))
	return int64(q)
}

// ParseRatio reads a share from 0 to 1, or above for a time factor: 6/7,
// 0.8, 1, 1.25. At most nine decimals.
func ParseRatio(s string) (Ratio, bool) {
	if num, den, ok := strings.Cut(s, "/"); ok {
		a, err1 := strconv.ParseUint(num, 10, 31)
		b, err2 := strconv.ParseUint(den, 10, 31)
		if err1 != nil || err2 != nil || b == 0 {
			return 0, false
		}
		return Over(int64(a), int64(b)), true
	}
	whole, frac, dot := strings.Cut(s, ".")
	if whole == "" || len(whole) > 6 || len(frac) > 9 || dot && frac == "" {
		return 0, false
	}
	n, err := strconv.ParseUint(whole, 10, 31)
	if err != nil {
		return 0, false
	}
	r := Ratio(n) * Whole
	if dot {
		f, err := strconv.ParseUint(frac+strings.Repeat("0", 9-len(frac)), 10, 31)
		if err != nil {
			return 0, false
		}
		r += Ratio(f)
	}
	return r, true
}

// String writes r as a decimal without trailing zeros: 0.857142857, 1, 1.5.
func (r Ratio) String() string { return string(r.append(nil)) }

func (r Ratio) append(b []byte) []byte {
	if r < 0 {
		b, r = append(b, '-'), -r
	}
	b = strconv.AppendInt(b, int64(r/Whole), 10)
	if frac := r % Whole; frac > 0 {
		b = append(b, '.')
		for unit := Whole / 10; frac > 0; unit /= 10 {
			b = append(b, byte('0'+frac/unit))
			frac %= unit
		}
	}
	return b
}

// MarshalJSON writes r as a JSON number.
func (r Ratio) MarshalJSON() ([]byte, error) { return r.append(nil), nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (r *Ratio) UnmarshalJSON(b []byte) error {
	v, ok := ParseRatio(string(b))
	if !ok {
		return fmt.Errorf("%q is no share of at most nine decimals", b)
	}
	*r = v
	return nil
}
