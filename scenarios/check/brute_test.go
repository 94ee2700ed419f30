package check_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

// What the exploration says never happens, no random play does; and what one
// does that is wrong, the exploration says.
func TestExplorationAgainstRandomPlays(t *testing.T) {
	machines := 30
	if testing.Short() || slow {
		machines = 15
	}
	seed := uint64(1)
	if n, err := strconv.Atoi(os.Getenv("SABAN_MACHINES")); err == nil {
		machines = n // for a long search: from a seed of its own
		if from, err := strconv.ParseUint(os.Getenv("SABAN_SEED"), 10, 64); err == nil {
			seed = from
		}
	}
	claims := 0
	for checked := 0; checked < machines; seed++ {
		r := rand.New(rand.NewPCG(seed, 7))
		text := machineOf(r)
		f, _ := scenarios.ReadScenario(scenarios.Source{Name: "random.yaml", Bytes: []byte(text)})
		if f == nil || f.Compiled == nil {
			continue
		}
		checked++
		found := inTime(check.Scenario(f, check.Options{}).Findings)
		for _, one := range found {
			replays(t, f, one)
			if refuted[one.Code] != nil {
				claims++
			}
		}
		saysStuck := slices.ContainsFunc(found, of(scenarios.Stuck)) || slices.ContainsFunc(found, of(scenarios.GoesRound))
		for n := range 150 {
			play := playOf(r, f)
			c, err := scenarios.Rehearse(f.Compiled, play)
			if err != nil || !inOrder(f, c.Log) {
				continue
			}
			p := &proof{f: f, s: f.Scenario, play: play, log: c.Log, visits: visitsIn(f.Scenario, c.Log)}
			against(t, p, found)
			if n < 3 && !saysStuck && p.neverEnds() {
				t.Error("it comes to no end, and nothing says so")
			}
			if t.Failed() {
				t.Fatalf("seed %d:\n%s\n%s", seed, text, trace(p.log))
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
	t.Logf("%d machines, %d claims", machines, claims)
}

// against holds a random play against what was found in its scenario.
func against(t *testing.T, p *proof, found scenarios.Findings) {
	t.Helper()
	for _, one := range found {
		p.one, p.about = one, p.f.About(one)
		if refutes := refuted[one.Code]; refutes != nil && refutes(p) {
			t.Errorf("it is not so: %s (about %s)", one.Text.EN, p.about)
		}
	}
	for code, shows := range overlooked {
		for _, id := range shows(p) {
			if !slices.ContainsFunc(found, func(one scenarios.Finding) bool {
				return one.Code == code && (p.f.About(one) == id || strings.Contains(one.Text.EN, "nobody does "+id+","))
			}) {
				t.Errorf("nothing says %s of %s", code, id)
			}
		}
	}
}

// neverEnds reports whether a play comes to no end, nor any way of playing on.
func (p *proof) neverEnds() bool {
	long := *p.play
	long.End = 4 * p.s.Duration
	c, err := scenarios.Rehearse(p.f.Compiled, &long)
	return err == nil && !c.Drill.StateKind().Final() && p.staysStuck()
}

// within reports whether something happened, and before the end.
func (p *proof) within(at engine.Millis) bool { return at >= 0 && at <= p.s.Duration }

// refuted tells by a play that a finding is wrong.
var refuted = map[scenarios.Code]func(p *proof) bool{
	scenarios.TooFar:        func(p *proof) bool { return p.within(p.at(p.about)) },
	scenarios.EndTooLate:    func(p *proof) bool { return p.within(p.at(p.about)) },
	scenarios.NeverReleased: func(p *proof) bool { return p.within(p.out(p.about)) },
	scenarios.OnlyWhenOver:  func(p *proof) bool { return p.within(p.out(p.about)) },
	scenarios.NeverTrue:     func(p *proof) bool { return p.fires(p.about) },
	scenarios.Shadowed:      func(p *proof) bool { return p.fires(p.about) },
	scenarios.LimitTooLate: func(p *proof) bool {
		in, r := p.s.FindResponse(p.about)
		return p.out(in.ID) >= 0 && p.within(p.out(in.ID)+r.Limit)
	},
	scenarios.TargetTooLate: func(p *proof) bool {
		in, r := p.s.FindResponse(p.about)
		return p.out(in.ID) >= 0 && p.within(p.out(in.ID)+r.Target)
	},
	scenarios.NoRecovery: func(p *proof) bool {
		i := slices.IndexFunc(p.visits, func(v visited) bool { return v.state == p.about })
		return i >= 0 && slices.ContainsFunc(p.visits[i:], func(v visited) bool { return v.kind != engine.Escalated && v.kind != engine.Failed })
	},
	scenarios.NeverFalse: func(p *proof) bool {
		if in := p.s.FindInject(p.about); in != nil {
			return p.out(in.ID) >= 0 && p.out(in.ID) != in.At
		}
		x, _ := p.transition()
		for i, v := range p.visits {
			stays := p.s.Duration - v.at
			if i+1 < len(p.visits) {
				stays = p.visits[i+1].at - v.at
			}
			if v.state == x.From && stays > p.state(x.From).AtLeast {
				return true
			}
		}
		return false
	},
	scenarios.IdleProhibited: func(p *proof) bool {
		without := *p.play
		without.Steps = slices.DeleteFunc(slices.Clone(p.play.Steps), func(s scenarios.Step) bool { return s.Command.ID == p.about })
		conduct, err := scenarios.Rehearse(p.f.Compiled, &without)
		_, _, differ := parting(p.visits, visitsIn(p.s, conduct.Log))
		return err == nil && differ
	},
}

// overlooked tells by a play what should have been found, and of what.
var overlooked = map[scenarios.Code]func(p *proof) []string{
	scenarios.ContainedWithout: func(p *proof) (ids []string) {
		for _, in := range p.s.Injects {
			for _, x := range in.Expects {
				if x.Critical && p.last().kind == engine.Contained && p.out(in.ID) >= 0 && p.out(in.ID) < p.last().at && !p.did(x.ID) {
					ids = append(ids, x.ID)
				}
			}
		}
		return ids
	},
	scenarios.Rounds: func(p *proof) (ids []string) {
		for _, state := range p.s.States {
			if p.about = state.ID; rounds(p) {
				ids = append(ids, state.ID)
			}
		}
		return ids
	},
	scenarios.FreeRecovery: func(p *proof) (ids []string) {
		for _, i := range p.leftAtOnce() {
			from, to := p.visits[i-1], p.visits[i]
			p.about = to.via
			_, t := p.transition()
			if from.kind == engine.Escalated && to.kind != engine.Escalated && to.kind != engine.Failed && p.byActsAlone(t) &&
				!p.acted(from.seq, to.seq, func(k int) bool { return k == t }) {
				ids = append(ids, to.via)
			}
		}
		return ids
	},
}

// byActsAlone reports whether a guard reads nothing but what people do.
func (p *proof) byActsAlone(transition int) bool {
	alone := true
	p.f.Compiled.TransitionGuard(transition).Tree.Atoms(func(n *engine.GuardNode) {
		alone = alone && (n.Fact == engine.FactDone || n.Fact == engine.FactFlag)
	})
	return alone
}
