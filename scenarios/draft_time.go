package scenarios

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// moment is a time as a draft gives it: since StartEx, or a time of day.
type moment struct {
	at    engine.Millis
	clock bool // at is since midnight
}

// Given is the time of a step as its author gave it, or nothing.
func (s *Step) Given() string { return s.given }

var (
	aClock  = plainly(shapeClock, value.clock)
	aMoment = form[moment]{either(aDuration.shape, aClock.shape), value.moment}
	aPerson = plainly(shapePerson, func(v value, into *string) {
		if v.id(into); *into != "" && !personID(*into) {
			v.fault(BadID, engine.Both("mã người %q viết sai", "person id %q is ill-formed", head(*into, 40)),
				engine.Both("dùng mã ngắn như g1; họ tên để ở danh sách riêng", "use a short id such as g1; names belong in the roster"))
		}
	})
)

// moment reads how long after StartEx, or a time of day.
func (v value) moment(into *moment) {
	n := v.node
	if _, ok := engine.ParseDuration(n.Value); ok || n.Kind != yaml.ScalarNode || n.Value == "" || bareWord(n) || n.Tag == "!!bool" || n.Tag == "!!null" {
		v.span(&into.at)
		return
	}
	if n.Tag == "!!str" && strings.Contains(n.Value, ":") {
		v.clock(into)
		return
	}
	v.fault(BadTimeOfDay, engine.Both("%q không phải giờ", "%q is no time", head(n.Value, 40)),
		engine.Both("viết giờ trong ngày như 08:32, hoặc bao lâu sau khi bắt đầu như 2m30s", "write a time of day as 08:32, or how long after the start as 2m30s"))
}

var clockHint = engine.Both("viết giờ trong ngày như 08:30 hoặc 08:30:15", "write a time of day as 08:30 or 08:30:15")

func (v value) clock(into *moment) {
	text, ok := v.word()
	if !ok {
		return
	}
	at, ok := parseClock(text)
	if !ok {
		v.fault(BadTimeOfDay, engine.Both("%q không phải giờ trong ngày", "%q is no time of day", head(text, 40)), clockHint)
		return
	}
	*into = moment{at, true}
}

func parseClock(text string) (engine.Millis, bool) {
	for _, layout := range []string{"15:04", time.TimeOnly} {
		if t, err := time.Parse(layout, text); err == nil && len(text) <= len(time.TimeOnly) {
			return engine.Millis(t.Hour())*engine.Hour + engine.Millis(t.Minute())*engine.Minute + engine.Millis(t.Second())*engine.Second, true
		}
	}
	return 0, false
}

const day = 24 * engine.Hour

// since is how long after StartEx a moment was on the clock on the wall; a
// drill may run past midnight.
func (d *Draft) since(m moment) engine.Millis {
	return (m.at - d.start.at + day) % day
}

// stop is a pause: when it began in exercise time and on the wall, and how
// long it was.
type stop struct{ at, wall, long engine.Millis }

// setClock gives every step its exercise time and its time on the wall.
// Exercise time stands in a pause, so the pauses come first.
func (d *Draft) setClock(s *engine.Scenario) {
	if began, err := time.ParseInLocation(time.DateOnly, d.day, Zone); err == nil {
		d.Began = began.UnixMilli() + int64(d.start.at)
	}
	var pauses []*Step
	for i := range d.Steps {
		if step := &d.Steps[i]; step.Command.Do == engine.Pause && d.timed(i) {
			pauses = append(pauses, step)
		}
	}
	// Those by exercise time and those by the clock fall into one order only
	// once the pauses before them are known.
	for len(pauses) > 0 {
		next := slices.MinFunc(pauses, func(a, b *Step) int { return cmp.Compare(d.wall(a.moment), d.wall(b.moment)) })
		pauses = slices.DeleteFunc(pauses, func(s *Step) bool { return s == next })
		d.place(next)
		d.stops = append(d.stops, stop{next.At, next.Wall, next.Pause})
	}
	for i := range d.Steps {
		if step := &d.Steps[i]; step.Command.Do != engine.Pause && d.timed(i) {
			d.place(step)
		}
	}
	d.End = s.Duration
	if d.r.has("end") {
		d.End = d.exercise(d.finish)
	}
	d.ended = d.End + d.lost(d.End+1)
	for i := range d.Steps {
		if step := &d.Steps[i]; step.timeless() && !d.r.has(index("steps", i)+"/at") {
			step.At, step.Wall = d.End, d.ended
		}
	}
}

// timed reports whether a step says when it was, readably.
func (d *Draft) timed(i int) bool {
	path := index("steps", i) + "/at"
	return d.r.has(path) && !d.r.bad[path]
}

func (d *Draft) place(s *Step) { s.At, s.Wall = d.exercise(s.moment), d.wall(s.moment) }

// lost is how much of the time on the wall went by in pauses that began
// before an exercise time.
func (d *Draft) lost(before engine.Millis) (sum engine.Millis) {
	for _, p := range d.stops {
		if p.at < before {
			sum += p.long
		}
	}
	return sum
}

// wall is a moment on the wall clock, since StartEx.
func (d *Draft) wall(m moment) engine.Millis {
	if m.clock {
		return d.since(m)
	}
	return m.at + d.lost(m.at)
}

// exercise is a moment in exercise time.
func (d *Draft) exercise(m moment) engine.Millis {
	if !m.clock {
		return m.at
	}
	at := d.since(m)
	for _, p := range slices.Backward(d.stops) {
		if at > p.wall {
			return p.at + max(0, at-p.wall-p.long)
		}
	}
	return at
}

// checkMoment reports a step without a time, or outside the drill.
func (d *Draft) checkMoment(i int) {
	step, path := &d.Steps[i], index("steps", i)
	switch {
	case !d.r.has(path+"/at") && !step.timeless():
		d.r.fault(path, BadTimeOfDay, engine.Both("thiếu khóa at: việc này lúc nào", "key at is missing: when this was"), engine.Both("thêm at: 2m30s, hoặc giờ trong ngày: at: \"08:32\"", "add at: 2m30s, or a time of day: at: \"08:32\""))
	case d.timed(i) && step.At > d.End && !d.r.bad["start"] && !d.r.bad["end"]:
		d.r.fault(path+"/at", OutsideDrill, engine.Both("ngoài buổi diễn tập: từ %s đến %s, dài %s", "outside the drill, which ran from %s to %s for %s",
			d.timeOfDay(0), d.timeOfDay(d.ended), d.End), engine.Both("xem lại giờ của bước này, hoặc start và end ở đầu tệp", "look at the time of this step, or at start and end at the head of the file"))
	}
}

// TimeOfDay is what the clock on the wall showed at an exercise time.
func (d *Draft) TimeOfDay(at engine.Millis) string { return d.timeOfDay(at + d.lost(at)) }

func (d *Draft) timeOfDay(wall engine.Millis) string {
	at := (d.start.at + wall) % day
	return time.Time{}.Add(time.Duration(at) * time.Millisecond).Format(time.TimeOnly)
}
