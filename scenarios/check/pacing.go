package check

import (
	"slices"
	"sort"
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// The bounds of pacing. No published exercise doctrine gives figures for a
// tabletop of an hour: these are this program's own choice, made by looking
// at what one person with a phone can read, weigh and answer.
const (
	asksWindow     = 10 * engine.Minute // in which a role is asked by at most
	mostAsks       = 4                  // injects: one in two and a half minutes
	mostOpen       = 3                  // injects of a role between receipt and limit: what people keep in mind
	longestIdle    = 12 * engine.Minute // without an inject for anybody
	leastPairs     = 4                  // of responses in order, so that one slip is not a third of the score for order
	pairsFrom      = 8                  // responses in a scenario that is asked for pairs at all
	rolesFrom      = 3                  // player roles in a scenario whose weight can be bothSay
	perfectPace    = 8 * engine.Whole / 10
	halfOfAll      = 2 // a role's weight times this is more than all
	shownAtOnce    = 6 // ids named in one finding
	noTime         = engine.Millis(-1)
	listSeparation = ", "
)

// timed is an inject of a play: when it came, and the states the drill was in
// at that moment.
type timed struct {
	inject   *engine.Inject
	path     string
	released engine.Millis
	received engine.Millis
	states   []string
}

// pacing reports what wears players out or lets them wait, measured on the
// perfect play: everything done by its owner at 0.8 of its target.
func pacing(f *scenarios.File) scenarios.Findings {
	found := weights(f)
	run, err := paced(f, perfectPace)
	if err != nil {
		return found // a machine in circles: exploration says so
	}
	if onTarget, err := paced(f, engine.Whole); err == nil {
		found = append(found, elsewhere(f, run, onTarget)...)
	}
	for i := range f.Scenario.Roles {
		role := &f.Scenario.Roles[i]
		if role.Simulated {
			continue
		}
		found = append(found, crowded(f, i, run)...)
		found = append(found, tooManyOpen(f, i, run)...)
	}
	return append(found, idle(f, run)...)
}

// paced plays the scenario with everything done at a part of its target, and
// returns the injects released, in order of time.
func paced(f *scenarios.File, factor engine.Ratio) ([]timed, error) {
	play := &scenarios.Play{Pace: &scenarios.Pace{Factor: factor}, End: f.Scenario.Duration}
	f.Seat(play)
	conduct, err := scenarios.Rehearse(f.Compiled, play)
	if err != nil {
		return nil, err
	}
	var run []timed
	state := f.Compiled.Initial()
	for i := range conduct.Log {
		e := &conduct.Log[i]
		k := slices.IndexFunc(f.Scenario.Injects, func(in engine.Inject) bool { return in.ID == e.ID })
		switch {
		case e.Type == engine.Moved:
			state = e.To
			for j := range run {
				if run[j].released == e.At {
					run[j].states = append(run[j].states, state)
				}
			}
		case k < 0:
		case e.Type == engine.Released:
			run = append(run, timed{&f.Scenario.Injects[k], index("injects", k), e.At, noTime, []string{state}})
		case e.Type == engine.Received:
			for j := range run {
				if run[j].inject.ID == e.ID {
					run[j].received = e.At
				}
			}
		}
	}
	sort.SliceStable(run, func(i, j int) bool { return run[i].released < run[j].released })
	return run, nil
}

// crowded reports a role asked by too many injects within ten minutes.
func crowded(f *scenarios.File, role int, run []timed) scenarios.Findings {
	r := &f.Scenario.Roles[role]
	var asked, worst []timed
	for _, x := range run {
		if x.received == noTime || !asksRole(x.inject, r.ID) {
			continue
		}
		asked = append(asked, x)
		for asked[0].received+asksWindow <= x.received {
			asked = asked[1:]
		}
		if len(asked) > len(worst) {
			worst = slices.Clone(asked)
		}
	}
	if len(worst) <= mostAsks {
		return nil
	}
	return scenarios.Findings{f.Finding(index("roles", role), 0, scenarios.Warning, scenarios.CrowdedRole,
		engine.Both("vai %s bị hỏi %d lần trong mười phút, từ %s: %s", "role %s is asked %d times within ten minutes, from %s on: %s",
			r.ID, len(worst), worst[0].received.Clock(), idsOf(worst)),
		engine.Both("nhiều nhất %d: giãn giờ phát hoặc giao bớt cho vai khác", "at most %d: spread the injects or give some to another role", mostAsks))}
}

func asksRole(in *engine.Inject, role string) bool {
	return slices.ContainsFunc(in.AskList(), func(a engine.Ask) bool { return a.Role == role })
}

// open reports a role with too many injects between receipt and limit at one
// time.
func tooManyOpen(f *scenarios.File, role int, run []timed) scenarios.Findings {
	r := &f.Scenario.Roles[role]
	var worst []timed
	for _, x := range run {
		if x.received == noTime {
			continue
		}
		var now []timed
		for _, y := range run {
			if y.received != noTime && y.received <= x.received && x.received < y.received+limitFor(y.inject, r.ID) {
				now = append(now, y)
			}
		}
		if len(now) > len(worst) {
			worst = now
		}
	}
	if len(worst) <= mostOpen {
		return nil
	}
	return scenarios.Findings{f.Finding(index("roles", role), 0, scenarios.Warning, scenarios.TooManyOpen,
		engine.Both("lúc %[2]s vai %[1]s có %[3]d tình huống còn trong giới hạn: %[4]s", "at %[2]s role %[1]s has %[3]d injects whose limits still run: %[4]s",
			r.ID, latest(worst).Clock(), len(worst), idsOf(worst)),
		engine.Both("nhiều nhất %d: rút ngắn giới hạn, giãn giờ phát hoặc chuyển việc", "at most %d: shorten limits, spread the injects or move work", mostOpen))}
}

// limitFor is the longest limit of what an inject wants of a role, or 0.
func limitFor(in *engine.Inject, role string) (longest engine.Millis) {
	for i := range in.Expects {
		if in.Expects[i].By == role {
			longest = max(longest, in.Expects[i].Limit)
		}
	}
	return longest
}

func latest(run []timed) (at engine.Millis) {
	for _, x := range run {
		at = max(at, x.received)
	}
	return at
}

func idsOf(run []timed) string {
	var ids []string
	for _, x := range run {
		ids = append(ids, x.inject.ID)
	}
	if len(ids) > shownAtOnce {
		ids = append(ids[:shownAtOnce], "…")
	}
	return strings.Join(ids, listSeparation)
}

// idle reports long times in which nobody receives an inject, up to the last
// one.
func idle(f *scenarios.File, run []timed) scenarios.Findings {
	var found scenarios.Findings
	last := engine.Millis(0)
	for _, x := range run {
		if gap := x.released - last; gap > longestIdle {
			found = append(found, f.Finding(x.path, 0, scenarios.Warning, scenarios.IdleGap,
				engine.Both("trước %s, từ %s đến %s không ai nhận tình huống nào", "before %s nobody receives an inject from %s to %s", x.inject.ID, last.Clock(), x.released.Clock()),
				both("mọi việc làm ở 0,8 thời gian chuẩn mà vẫn chờ: nhiều nhất %s; thêm một tình huống hoặc phát sớm hơn", "all is done at 0.8 of its target, and they wait: at most %s; add an inject or release this one earlier", longestIdle.Words())))
		}
		last = x.released
	}
	return found
}

// weights reports who carries too much of the score, and too few pairs in
// order.
func weights(f *scenarios.File) scenarios.Findings {
	s := f.Scenario
	var found scenarios.Findings
	own, all, pairs, responses := map[string]int{}, 0, 0, 0
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			x := &s.Injects[i].Expects[j]
			own[x.By] += x.Weight
			all += x.Weight
			pairs += len(x.After)
			responses++
		}
	}
	players := 0
	for i := range s.Roles {
		if !s.Roles[i].Simulated {
			players++
		}
	}
	for i := range s.Roles {
		if id := s.Roles[i].ID; players >= rolesFrom && own[id]*halfOfAll > all {
			found = append(found, f.Finding(index("roles", i), 0, scenarios.Warning, scenarios.HeavyRole,
				engine.Both("vai %s gánh %d trên %d trọng số", "role %s carries %d of %d in weight", id, own[id], all),
				engine.Both("giao bớt việc cho vai khác", "give some of the work to another role")))
		}
	}
	if responses >= pairsFrom && pairs < leastPairs {
		found = append(found, f.Finding("injects", 0, scenarios.Warning, scenarios.FewPairs,
			engine.Both("%d hành động mà chỉ có %d cặp trước sau", "responses: %d, pairs in order among them: only %d", responses, pairs),
			engine.Both("ghi after: ở những việc chỉ an toàn sau việc khác, ít nhất %d cặp", "write after: where an act is safe only after another, at least %d pairs", leastPairs)))
	}
	return found
}
