// Package check looks for what is wrong with a scenario that reads well: it
// plays it out. Start with Scenario.
//
// The exploration asks the engine what comes of every play it tries and has
// no rules of its own. A play follows a pace, as a rehearsal does, and
// deviates from it: a response is made just before its limit, just after it,
// after the next threshold of the state the drill is in, or never; a
// prohibited action is seen, a flag stated. Plays are tried in order of how
// often they deviate, from a perfect play, a slow one and silence; plays that
// come to the same are followed once. Explored says how far it got.
//
// A finding comes with a witness: a play file, as short as was found, that a
// rehearsal replays to what the finding says. That nothing of a kind happens
// is said only after a second, closer search for it alone.
package check

import (
	"slices"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// DefaultBound is how many configs the exploration of a scenario looks at
// before it gives up on the rest. To look closer at what it has not seen by
// then, it looks at as many again at most.
const DefaultBound = 500_000

// Options say how hard to look. The zero value is the usual way.
type Options struct {
	Shallow bool // no exploration
	Bound   int  // as DefaultBound, which is meant by 0
}

// Report is what was found.
type Report struct {
	Findings scenarios.Findings `json:"findings"` // in file order, silenced ones taken out
	Silenced []Silenced         `json:"silenced"`
	Explored Explored           `json:"explored"`
}

// Silenced is an entry under silence: that took findings out.
type Silenced struct {
	Code   scenarios.Code `json:"code"`
	About  string         `json:"about,omitempty"`
	Reason engine.Text    `json:"reason"`
	Times  int            `json:"times"`
}

// Explored says how much of a scenario was played out.
type Explored struct {
	Configs    int      `json:"configs"`    // looked at
	Plays      int      `json:"plays"`      // brought to an end
	Exhausted  bool     `json:"exhausted"`  // nothing was left at the moments it looks at
	Deviations int      `json:"deviations"` // every play that deviates so often from a perfect one or from silence was covered; -1: none
	Unseen     []string `json:"unseen"`     // states, transitions and injects that no play came to, where too few were tried to call it a fault
	Longest    *Play    `json:"longest"`    // the latest way to an end, nil if there is none
	Shortest   *Play    `json:"shortest"`   // the earliest
}

// Play is a way through a scenario that was found.
type Play struct {
	At   engine.Millis `json:"at_ms"` // when its state was reached
	Path []string      `json:"path"`
	Told engine.Text   `json:"told"` // in a line
	File string        `json:"file"` // as a play file
}

// Scenario looks for everything wrong with a sound scenario, one whose file
// has no errors.
func Scenario(f *scenarios.File, o Options) Report {
	report := Report{Explored: Explored{Deviations: -1, Unseen: []string{}}}
	if f.Compiled == nil {
		return report
	}
	found := slices.Concat(f.Warnings(), pacing(f), content(f))
	if !o.Shallow {
		a := explore(f, o)
		found, report.Explored = append(found, a.findings()...), a.explored()
	}
	found, report.Silenced = silence(f, found, !o.Shallow)
	report.Findings = found.Sorted()
	return report
}

// analysis is the exploration of one scenario.
type analysis struct {
	f     *scenarios.File
	g     *game
	stage *stage
	seen  *sightings
	late  *sightings // in a drill that lasts longer
	stuck *stuckness

	main, near, early coverage
	configs           int
	plays             int
	purse             int // configs that may still be looked at

	found scenarios.Findings
}

func newAnalysis(f *scenarios.File, o Options) *analysis {
	bound := o.Bound
	if bound <= 0 {
		bound = DefaultBound
	}
	g := newGame(f)
	return &analysis{f: f, g: g, seen: newSightings(g), late: newSightings(g), stuck: newStuckness(g, bound/4), purse: bound,
		stage: &stage{g: g, rubric: scoring.Default().With(f.Rubric)}}
}

func explore(f *scenarios.File, o Options) *analysis {
	a := newAnalysis(f, o)
	x := newExplorer(a.g)
	x.seen, x.bound = a.seen, a.purse
	x.watch = func(p *config) bool { return a.stuck.look(x, p) }
	x.rest = func(p *config) { a.stuck.look(x, p) }
	a.main = x.everyRound(func() bool { return false })
	a.configs, a.plays = x.configs+a.stuck.configs, x.plays
	bound := a.purse
	a.purse -= a.stuck.configs
	a.lookCloser(bound)
	return a
}

// lookCloser searches for what was not seen: within the drill, and then in
// one that lasts longer; for releases that are early enough; and for ways to
// an end without what is critical.
func (a *analysis) lookCloser(bound int) {
	a.near, a.early = a.main, coverage{exhausted: true}
	want := a.g.unseen(a.seen)
	if !want.empty() {
		near := a.closely(want, a.seen, a.g.end, bound/4)
		if !want.reached(a.seen) {
			a.near = near
		}
		want = a.g.unseen(a.seen)
	}
	if len(want.injects) > 0 {
		a.closely(goals{injects: want.injects, over: true}, a.seen, a.g.end, bound/16)
		want = a.g.unseen(a.seen)
	}
	want.constant, want.prompt = nil, nil
	if !want.empty() {
		a.closely(want, a.late, 2*a.g.end, bound/8)
	}
	if want = a.g.overdue(a.seen); !want.empty() {
		a.early = a.closely(want, a.seen, a.g.end, bound/8)
	}
	unproved := a.unproved()
	for i, no := range unproved {
		a.without(no, min(bound/8, a.purse/(len(unproved)-i)))
	}
}

// believed reports whether enough was tried to say that something never
// happens.
func (a *analysis) believed() bool {
	return (a.main.exhausted || a.main.deviations >= 3) && (a.near.exhausted || a.near.deviations >= 2)
}

func (a *analysis) explored() Explored {
	return Explored{Configs: a.configs, Plays: a.plays, Exhausted: a.main.exhausted && !a.stuck.cut(), Deviations: a.main.deviations, Unseen: a.unseen(),
		Longest:  a.way(a.seen.longest, engine.Both("đường tới kết thúc muộn nhất", "the latest way to an end")),
		Shortest: a.way(a.seen.shortest, engine.Both("đường tới kết thúc sớm nhất", "the earliest way to an end"))}
}

// unseen lists what no play came to as long as that is no finding.
func (a *analysis) unseen() []string {
	ids := []string{}
	if a.believed() {
		return ids
	}
	left := a.g.unseen(a.seen)
	for _, s := range left.states {
		if a.late.states[s] == nil {
			ids = append(ids, a.g.states[s].ID)
		}
	}
	for _, t := range left.transitions {
		ids = append(ids, a.g.viaOf(t))
	}
	for _, i := range left.injects {
		if a.late.released[i] == nil && a.seen.over[i] == nil {
			ids = append(ids, a.g.s.Injects[i].ID)
		}
	}
	return ids
}
