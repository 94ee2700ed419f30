package check_test

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
	"saban/scoring"
)

// TestEveryWitnessShowsItsFinding rehearses each witness of each fixture and
// holds what came of it against what the finding says.
func TestEveryWitnessShowsItsFinding(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil || len(files) < 50 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, path := range files {
		name := filepath.Base(path)
		t.Run(strings.TrimSuffix(name, ".yaml"), func(t *testing.T) {
			f, found := scenarios.ReadScenario(file(t, name))
			if found.Failed() {
				return // the reader says it, without a play
			}
			for _, one := range inTime(check.Scenario(f, check.Options{}).Findings) {
				replays(t, f, one)
			}
		})
	}
}

// replays proves that a witness does what the finding says.
func replays(t *testing.T, f *scenarios.File, one scenarios.Finding) {
	t.Helper()
	p := judged(t, f, one)
	if shows := shown[one.Code]; shows == nil {
		t.Errorf("nothing proves %s", one.Code)
	} else if !shows(p) {
		t.Errorf("the witness does not show it: %s (about %s)\n%s\n%s%s", one.Text.EN, p.about, one.Witness, trace(p.log), p.more)
	}
}

// judged reads a witness back as any play file, rehearses it and holds it
// against what it expects.
func judged(t *testing.T, f *scenarios.File, one scenarios.Finding) *proof {
	t.Helper()
	if one.Witness == "" {
		t.Fatalf("%s has no witness", one.Code)
	}
	play, found := scenarios.ReadPlay(scenarios.Source{Name: "witness.yaml", Bytes: []byte(one.Witness)}, f.Scenario)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	f.Seat(play)
	conduct, err := scenarios.Rehearse(f.Compiled, play)
	if err != nil && one.Code != scenarios.GoesRound {
		t.Fatal(err)
	}
	p := &proof{f: f, s: f.Scenario, one: one, play: play, log: conduct.Log, err: err}
	p.card = scoring.Score(f.Scenario, scoring.Default().With(f.Rubric), conduct.Log)
	if missed := play.Judge(p.card, conduct.Log); len(missed) > 0 {
		t.Errorf("%s: %s\n%s", one.Code, missed[0].Format(engine.EN), one.Witness)
	}
	if one.Code != "" {
		p.about = f.About(one)
	}
	p.visits = visitsIn(f.Scenario, conduct.Log)
	return p
}

// proof is a finding, and what came of its witness.
type proof struct {
	f      *scenarios.File
	s      *engine.Scenario
	one    scenarios.Finding
	about  string // the id of what the finding is about
	play   *scenarios.Play
	card   scoring.Scorecard
	log    []engine.Event
	visits []visited
	err    error
	more   string // why it does not hold
}

// visited is a state and how the drill came there.
type visited struct {
	state string
	kind  engine.StateKind
	at    engine.Millis
	via   string
	seq   int64
}

func visitsIn(s *engine.Scenario, log []engine.Event) []visited {
	kinds := map[string]engine.StateKind{}
	var visits []visited
	for _, state := range s.States {
		if kinds[state.ID] = state.Kind; state.Kind == engine.Initial {
			visits = append(visits, visited{state: state.ID, kind: state.Kind})
		}
	}
	for i := range log {
		if e := &log[i]; e.Type == engine.Moved {
			visits = append(visits, visited{e.To, kinds[e.To], e.At, e.Via, e.Seq})
		}
	}
	return visits
}

func (p *proof) last() visited { return p.visits[len(p.visits)-1] }

// at is when a state was first entered, or -1.
func (p *proof) at(state string) engine.Millis {
	for _, v := range p.visits {
		if v.state == state {
			return v.at
		}
	}
	return -1
}

// out is when an inject was released, or -1.
func (p *proof) out(inject string) engine.Millis {
	for i := range p.log {
		if e := &p.log[i]; e.Type == engine.Released && e.ID == inject {
			return e.At
		}
	}
	return -1
}

func (p *proof) fires(via string) bool {
	return slices.ContainsFunc(p.visits, func(v visited) bool { return v.via == via })
}

func (p *proof) state(id string) engine.State {
	i := slices.IndexFunc(p.s.States, func(s engine.State) bool { return s.ID == id })
	return p.s.States[i]
}

// transition is the one the finding is about.
func (p *proof) transition() (engine.Transition, int) {
	for i := range p.s.Transitions {
		if engine.TransitionID(&p.s.Transitions[i], i) == p.about {
			return p.s.Transitions[i], i
		}
	}
	return engine.Transition{}, -1
}

func (p *proof) says(words string) bool { return strings.Contains(p.one.Text.EN, words) }

// act is what somebody did.
func act(e *engine.Event) bool {
	return e.Type == engine.Observed || e.Type == engine.ProhibitedAct || e.Type == engine.Flagged
}

// read reports whether a guard asks for an act, by its id or by that of its
// response or of a way of it.
func (p *proof) read(transition int, id string) (yes bool) {
	p.f.Compiled.TransitionGuard(transition).Tree.Atoms(func(n *engine.GuardNode) {
		yes = yes || n.ID != "" && p.response(n.ID) == p.response(id)
	})
	return yes
}

// response is the id of the response a way belongs to, or the id itself.
func (p *proof) response(id string) string {
	if r, _ := p.s.FindWay(id); r != nil {
		return r.ID
	}
	return id
}

// acted reports whether anybody did, between two events, what a transition
// that ok accepts asks for.
func (p *proof) acted(from, to int64, ok func(i int) bool) bool {
	for k := range p.log {
		e := &p.log[k]
		if !act(e) || e.Seq <= from || e.Seq >= to {
			continue
		}
		for i := range p.s.Transitions {
			if ok(i) && p.read(i, e.ID) {
				return true
			}
		}
	}
	return false
}

// inFront conducts the witness with the transition it is about tried first.
func (p *proof) inFront() ([]visited, error) {
	s := *p.s
	s.Transitions = slices.Clone(s.Transitions)
	for i := range s.Transitions {
		s.Transitions[i].ID = engine.TransitionID(&p.s.Transitions[i], i)
	}
	_, i := p.transition()
	one := s.Transitions[i]
	s.Transitions = slices.Insert(slices.Delete(s.Transitions, i, i+1), 0, one)
	c, err := engine.Compile(&s)
	if err != nil {
		return nil, err
	}
	conduct, err := scenarios.Rehearse(c, p.play)
	p.more = "in front:\n" + trace(conduct.Log)
	return visitsIn(&s, conduct.Log), err
}

// parting is the first move in which two courses differ.
func parting(a, b []visited) (x, y visited, differ bool) {
	for i := range min(len(a), len(b)) {
		if a[i].via != b[i].via {
			return a[i], b[i], true
		}
	}
	return x, y, false
}

// shown proves each code by the log of a witness.
var shown = map[scenarios.Code]func(p *proof) bool{
	scenarios.TooFar: func(p *proof) bool {
		if p.says("no play reaches") {
			return p.at(p.about) < 0 && slices.ContainsFunc(p.s.Transitions, func(x engine.Transition) bool { return x.To == p.about && p.at(x.From) >= 0 })
		}
		return p.at(p.about) > p.s.Duration && p.says(p.at(p.about).Clock())
	},
	scenarios.EndTooLate: func(p *proof) bool { return p.at(p.about) > p.s.Duration && p.last().kind.Final() },
	scenarios.NeverReleased: func(p *proof) bool {
		return p.out(p.about) < 0 && p.says("no play") || p.out(p.about) > p.s.Duration && p.says("at the earliest")
	},
	scenarios.LimitTooLate: func(p *proof) bool {
		in, r := p.s.FindResponse(p.about)
		return p.out(in.ID)+p.scaled(r, r.Limit) > p.s.Duration && p.out(in.ID)+p.scaled(r, r.Target) <= p.s.Duration
	},
	scenarios.TargetTooLate: func(p *proof) bool {
		in, r := p.s.FindResponse(p.about)
		return p.out(in.ID) >= 0 && p.out(in.ID)+p.scaled(r, r.Target) > p.s.Duration
	},
	scenarios.Stuck: func(p *proof) bool {
		return p.last().state == p.about && !p.last().kind.Final() && p.staysStuck()
	},
	scenarios.GoesRound: goesRound,
	scenarios.Rounds:    rounds,
	scenarios.OldFactAgain: func(p *proof) bool {
		x, _ := p.transition()
		for i, v := range p.visits {
			if v.via == p.about && slices.ContainsFunc(p.visits[:i], func(v visited) bool { return v.state == x.To }) {
				return true
			}
		}
		return false
	},
	scenarios.NeverTrue: func(p *proof) bool {
		x, _ := p.transition()
		if p.says("after the end") {
			return p.fires(p.about) && p.last().at >= p.s.Duration
		}
		return p.at(x.From) >= 0 && !p.fires(p.about)
	},
	scenarios.NeverFalse: func(p *proof) bool {
		if in := p.s.FindInject(p.about); in != nil {
			return p.out(in.ID) == in.At
		}
		return slices.ContainsFunc(p.leftAtOnce(), func(i int) bool { return p.visits[i].via == p.about })
	},
	scenarios.Shadowed: func(p *proof) bool {
		front, err := p.inFront()
		was, is, differ := parting(p.visits, front)
		var circles *scenarios.CascadeError // in front it may send the machine round
		return (err == nil || errors.As(err, &circles)) && differ && !p.fires(p.about) && is.via == p.about && was.at == is.at
	},
	scenarios.NoRecovery: func(p *proof) bool {
		for i := len(p.visits) - 1; i >= 0; i-- {
			if k := p.visits[i].kind; k != engine.Escalated && k != engine.Failed {
				return false
			}
			if p.visits[i].state == p.about {
				return true
			}
		}
		return false
	},
	scenarios.FreeRecovery: func(p *proof) bool {
		_, t := p.transition()
		return slices.ContainsFunc(p.leftAtOnce(), func(i int) bool {
			from, to := p.visits[i-1], p.visits[i]
			return to.via == p.about && from.kind == engine.Escalated && !p.acted(from.seq, to.seq, func(k int) bool { return k == t })
		})
	},
	scenarios.OrderDecides: func(p *proof) bool {
		front, err := p.inFront()
		was, is, differ := parting(p.visits, front)
		bad := func(v visited) bool { return v.kind == engine.Escalated || v.kind == engine.Failed }
		return err == nil && differ && is.via == p.about && was.at == is.at && bad(was) != bad(is) && p.lateAt(was.at)
	},
	scenarios.ContainedWithout: func(p *proof) bool {
		id, _, _ := strings.Cut(p.one.Text.EN[strings.Index(p.one.Text.EN, "nobody does ")+len("nobody does "):], ",")
		in, r := p.s.FindResponse(id)
		return r.Critical && !p.did(id) && p.out(in.ID) >= 0 && p.last().kind == engine.Contained && p.out(in.ID) <= p.last().at && p.last().via == p.about
	},
	scenarios.PerfectUncontained: func(p *proof) bool { return p.perfect() && p.last().kind != engine.Contained },
	scenarios.PerfectEscalates: func(p *proof) bool {
		return p.perfect() && p.at(p.about) >= 0 && p.state(p.about).Kind == engine.Escalated
	},
	scenarios.PerfectBelowFull: func(p *proof) bool { return p.perfect() && p.card.Total != nil && *p.card.Total < 100_00 },
	scenarios.SilenceForgiven: func(p *proof) bool {
		return p.play.Pace == nil && len(p.play.Steps) == 0 && p.last().kind != engine.Failed
	},
	scenarios.IdleProhibited: func(p *proof) bool {
		without := *p.play
		without.Steps = slices.DeleteFunc(slices.Clone(p.play.Steps), func(s scenarios.Step) bool { return s.Command.ID == p.about })
		conduct, err := scenarios.Rehearse(p.f.Compiled, &without)
		_, _, differ := parting(p.visits, visitsIn(p.s, conduct.Log))
		return err == nil && p.did(p.about) && !differ && len(without.Steps) < len(p.play.Steps)
	},
	scenarios.OnlyWhenOver: func(p *proof) bool { return p.last().kind.Final() && p.out(p.about) < 0 },
}

// scaled is a time of a response with the factor of its owner's seat.
func (p *proof) scaled(r *engine.Response, span engine.Millis) engine.Millis {
	for _, seat := range p.play.Seats {
		if seat.Role == r.By && seat.Factor > 0 {
			return span * engine.Millis(seat.Factor) / engine.Millis(engine.Whole)
		}
	}
	return span
}

// goesRound: after all acts a state comes again, or the machine runs away.
func goesRound(p *proof) bool {
	var circles *scenarios.CascadeError
	if errors.As(p.err, &circles) {
		return circles.State == p.about
	}
	var lastAct engine.Millis
	for i := range p.log {
		if act(&p.log[i]) {
			lastAct = p.log[i].At
		}
	}
	n := 0
	for _, v := range p.visits {
		if v.state == p.about && v.at >= lastAct {
			n++
		}
	}
	return p.err == nil && n >= 2 && !p.last().kind.Final()
}

// rounds: an escalated state comes three times, and in between nobody does
// what its ways in and out ask for.
func rounds(p *proof) bool {
	var entries []int64
	for _, v := range p.visits {
		if v.state == p.about && v.kind == engine.Escalated {
			entries = append(entries, v.seq)
		}
	}
	touches := func(i int) bool { return p.s.Transitions[i].From == p.about || p.s.Transitions[i].To == p.about }
	for i := 2; i < len(entries); i++ {
		if !p.acted(entries[i-2], entries[i], touches) {
			return true
		}
	}
	return false
}

// leftAtOnce are the visits that began as soon as the state before them let
// go.
func (p *proof) leftAtOnce() (visits []int) {
	for i := 1; i < len(p.visits); i++ {
		before := p.visits[i-1]
		if p.visits[i].at == before.at+p.state(before.state).AtLeast {
			visits = append(visits, i)
		}
	}
	return visits
}

// staysStuck plays on at random from where the witness says that nothing
// leads to an end any more.
func (p *proof) staysStuck() bool {
	r, end := rand.New(rand.NewPCG(1, 1)), p.s.Duration
	for n := range 40 {
		more := *p.play
		more.End, more.Expect, more.Steps = 3*end, nil, slices.Clone(p.play.Steps)
		add := func(do engine.Verb, id string) {
			if !p.did(id) && r.IntN(4) > 0 {
				more.Steps = append(more.Steps, scenarios.Step{Number: len(more.Steps) + 1, At: end + engine.Millis(1+r.IntN(5000))*engine.Second/2,
					Command: engine.Command{Do: do, Body: engine.Body{ID: id, Content: engine.Whole}}})
			}
		}
		for _, in := range p.s.Injects {
			for _, x := range in.Expects {
				if p.out(in.ID) >= 0 || n%2 == 0 {
					add(engine.Observe, x.ID)
				}
			}
		}
		for _, flag := range p.s.Flags {
			add(engine.RaiseFlag, flag.ID)
		}
		if c, err := scenarios.Rehearse(p.f.Compiled, &more); err == nil && c.Drill.StateKind().Final() && inOrder(p.f, c.Log) {
			p.more = "an end all the same:\n" + trace(c.Log)
			return false
		}
	}
	return true
}

// did reports whether an act was made, a response in any way.
func (p *proof) did(id string) bool {
	return slices.ContainsFunc(p.log, func(e engine.Event) bool { return act(&e) && p.response(e.ID) == id })
}

// lateAt reports whether a response was made at a time and after its limit.
func (p *proof) lateAt(at engine.Millis) bool {
	for i := range p.log {
		e := &p.log[i]
		if e.Type != engine.Observed || e.At != at {
			continue
		}
		if in, r := p.s.FindResponse(p.response(e.ID)); r != nil && p.out(in.ID) >= 0 && at > p.out(in.ID)+r.Limit {
			return true
		}
	}
	return false
}

// perfect reports that the witness is the play of one who does everything in
// time.
func (p *proof) perfect() bool {
	return p.play.Pace != nil && !p.play.Pace.OfLimit && p.play.Pace.Factor < engine.Whole && len(p.play.Steps)+len(p.play.Omit) == 0
}
