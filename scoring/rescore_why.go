package scoring

import (
	"slices"
	"strings"

	"saban/engine"
)

// rules are those of the keys that were changed, in words. Points that none of
// them explains follow from the others: by rounding, or a formula of the total.
func (r *rescorer) rules(keys []string) []engine.Text {
	out := []engine.Text{}
	for i := range r.out.Rules {
		if rule := &r.out.Rules[i]; slices.Contains(keys, rule.Key) {
			out = append(out, rule.Text())
		}
	}
	if len(out) == 0 {
		out = append(out, engine.Both("điều khác trong tổng điểm đã đổi, phần này đổi theo", "something else in the total is another, and this with it"))
	}
	return out
}

// itemKeys are the rules that touch a response.
func (r *rescorer) itemKeys(b, a *Item, x *RescoredItem) (keys []string) {
	keys = r.correctnessKeys(b, a)
	if x.Was.Value != x.Is.Value {
		keys = append(keys, "item.timeliness", "item.correctness")
	}
	if x.Was.Rating != x.Is.Rating {
		keys = append(keys, r.bandKeys(b, a)...)
	}
	if x.Points.Was != x.Points.Is {
		keys = append(keys, r.partKeys(b, a)...)
	}
	return keys
}

// correctnessKeys are the factors that a response was multiplied by.
func (r *rescorer) correctnessKeys(b, a *Item) (keys []string) {
	if *b.Correctness == *a.Correctness {
		return nil
	}
	if b.Late || a.Late {
		keys = append(keys, "factors.late")
	}
	if *b.Owner < engine.Whole || *a.Owner < engine.Whole {
		keys = append(keys, "factors.other_owner")
	}
	return keys
}

// bandKeys are the bands on whose other side a response now stands.
func (r *rescorer) bandKeys(b, a *Item) (keys []string) {
	was, is := r.before.Rubric.Ratings, r.after.Rubric.Ratings
	for _, band := range []struct {
		key     string
		was, is engine.Ratio
	}{
		{"ratings.unable_below", was.UnableBelow, is.UnableBelow},
		{"ratings.major_below", was.MajorBelow, is.MajorBelow},
		{"ratings.performed_from", was.PerformedFrom, is.PerformedFrom},
	} {
		for _, c := range []engine.Ratio{*b.Correctness, *a.Correctness} {
			if (c < band.was) != (c < band.is) {
				keys = append(keys, band.key)
			}
		}
	}
	return keys
}

// partKeys are the parts of the total that a response brings points to. Without
// a pair to go by, all of them go to timeliness and correctness.
func (r *rescorer) partKeys(b, a *Item) []string {
	keys := []string{"total"}
	paired := r.after.Order.Applicable > 0
	if paired && r.before.Rubric.Total+r.after.Rubric.Total != "" {
		return keys
	}
	if !paired {
		return append(keys, "parts.timeliness", "parts.correctness", "parts.order")
	}
	was, is := r.before.Rubric.Parts, r.after.Rubric.Parts
	timely, right := *a.Timeliness, *a.Correctness
	if weigh(was.Timeliness, timely, was.Correctness, right) == weigh(is.Timeliness, timely, is.Correctness, right) {
		return keys // what one part takes the other gives: only the rounding is another
	}
	if timely > 0 {
		keys = append(keys, "parts.timeliness")
	}
	if right > 0 {
		keys = append(keys, "parts.correctness")
	}
	return keys
}

// penaltyKeys are the rules that touch a penalty: under the cap all share what
// is taken off.
func (r *rescorer) penaltyKeys(i int) []string {
	b, a := &r.before.Penalties[i], &r.after.Penalties[i]
	keys := []string{"total"}
	if b.Points != a.Points {
		keys = append(keys, "penalties."+string(a.Severity))
	}
	again := b.Counted != a.Counted
	if capped(&r.before) || capped(&r.after) {
		keys = append(keys, "penalties.cap", "penalties.minor", "penalties.major", "penalties.life")
		for n := range r.after.Penalties {
			again = again || r.before.Penalties[n].Counted != r.after.Penalties[n].Counted
		}
	}
	if again {
		keys = append(keys, "penalties.again_after")
	}
	return keys
}

func capped(card *Scorecard) bool {
	var sum Points
	for i := range card.Penalties {
		sum += card.Penalties[i].Points
	}
	return sum > card.PenaltyTotal
}

// gateKeys are the rules that touch a ceiling: its own, those of the others,
// for the lowest takes all, and what makes a critical response fail.
func (r *rescorer) gateKeys(id string) []string {
	keys := []string{"gates." + id}
	if r.was.applies(id) == r.is.applies(id) && r.was.gate(id) != 0 && r.is.gate(id) != 0 {
		return keys
	}
	for _, g := range slices.Concat(r.was.Gates, r.is.Gates) {
		keys = append(keys, "gates."+g.ID)
	}
	for i := range r.after.Items {
		b, a := &r.before.Items[i], &r.after.Items[i]
		if a.counts() && a.Critical && strings.HasPrefix(id, "critical") && (b.Suggested == Unable) != (a.Suggested == Unable) {
			keys = append(append(keys, r.correctnessKeys(b, a)...), r.bandKeys(b, a)...)
		}
	}
	return slices.DeleteFunc(keys, func(key string) bool {
		return key == "ratings.major_below" || key == "ratings.performed_from"
	})
}
