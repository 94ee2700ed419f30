package check

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// script is a play being written: what a witness becomes.
type script struct {
	base  base
	empty []string
	omit  []int
	steps []step
	end   engine.Millis // 0: the drill's own
}

// script writes a sighting as a play: what the pace would do by itself is
// left to it.
func (s *sighting) script() script {
	out := script{base: s.base, empty: s.empty, omit: slices.Clone(s.omit)}
	declined := map[int]bool{}
	for _, one := range s.steps {
		if one.declined {
			declined[one.response] = true
			continue
		}
		out.steps = append(out.steps, one)
		if one.response >= 0 {
			delete(declined, one.response)
		}
	}
	for no := range declined {
		out.omit = append(out.omit, no)
	}
	for _, one := range out.steps {
		out.omit = slices.DeleteFunc(out.omit, func(no int) bool { return no == one.response })
	}
	sort.Ints(out.omit)
	out.omit = slices.Compact(out.omit)
	if out.base.pace == 0 {
		out.omit = nil
	}
	return out
}

// size is what a reader has to take in.
func (c *script) size() int {
	n := 2*len(c.steps) + len(c.omit) + len(c.empty)
	if c.base.pace > 0 {
		n++
	}
	if c.base.ofLimit {
		n++ // the other pace is the usual one
	}
	return n
}

// play is the script as scenarios conducts it.
func (c *script) play(g *game) *scenarios.Play {
	p := &scenarios.Play{Scenario: g.s.ID, End: c.end}
	if c.base.pace > 0 {
		p.Pace = &scenarios.Pace{OfLimit: c.base.ofLimit, Factor: c.base.pace}
	}
	for _, no := range c.omit {
		p.Omit = append(p.Omit, g.responses[no].ID)
	}
	for i, s := range c.steps {
		one := scenarios.Step{Number: i + 1, At: s.at, Command: engine.Command{Do: engine.Observe}}
		one.Command.ID, one.Command.Content = c.id(g, s), engine.Whole
		if s.response < 0 {
			one.Command.Do = g.free[s.free].verb
			if one.Command.Do == engine.Prohibit {
				one.Command.Content = 0
			}
		}
		p.Steps = append(p.Steps, one)
	}
	for _, seat := range g.seats {
		if slices.Contains(c.empty, seat.Role) {
			seat.Persons = nil
		}
		p.Seats = append(p.Seats, seat)
	}
	return p
}

// id is what a step does, by name.
func (c *script) id(g *game, s step) string {
	switch {
	case s.response < 0:
		return g.free[s.free].id
	case s.way > 0:
		return g.responses[s.response].Ways[s.way].ID
	}
	return g.responses[s.response].ID
}

// text writes the script as a play file.
func (c *script) text(g *game, name engine.Text, expect []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "play: 1\nscenario: %s\nname:\n  vi: %q\n  en: %q\n", g.s.ID, name.VI, name.EN)
	if c.base.pace > 0 {
		of := "target"
		if c.base.ofLimit {
			of = "limit"
		}
		fmt.Fprintf(&b, "pace: {%s: %s}\n", of, c.base.pace)
	}
	var omit []string
	for _, no := range c.omit {
		omit = append(omit, g.responses[no].ID)
	}
	list(&b, "omit", omit)
	list(&b, "empty", c.empty)
	if len(c.steps) > 0 {
		b.WriteString("steps:\n")
	}
	for _, s := range c.steps {
		verb := "done"
		if s.response < 0 {
			verb = map[engine.Verb]string{engine.Prohibit: "prohibited", engine.Observe: "done", engine.RaiseFlag: "flag"}[g.free[s.free].verb]
		}
		fmt.Fprintf(&b, "  - {at: %s, %s: %s}\n", s.at, verb, c.id(g, s))
	}
	if c.end > 0 {
		fmt.Fprintf(&b, "end: %s\n", c.end)
	}
	if len(expect) > 0 {
		b.WriteString("expect:\n  " + strings.Join(expect, "\n  ") + "\n")
	}
	return b.String()
}

func list(b *strings.Builder, key string, ids []string) {
	if len(ids) > 0 {
		fmt.Fprintf(b, "%s: [%s]\n", key, strings.Join(ids, ", "))
	}
}

// outcome is what a rehearsal of a script brought.
type outcome struct {
	err      error
	path     []visit
	released map[string]engine.Millis
	received map[string]engine.Millis // by response asked for
	made     map[string]engine.Millis
	log      []engine.Event
	script   script
}

// acts reports whether an event is something that people did.
func acts(e *engine.Event) bool {
	return e.Type == engine.Observed || e.Type == engine.ProhibitedAct || e.Type == engine.Flagged
}

// visit is a state and when it was entered, by which transition.
type visit struct {
	state string
	at    engine.Millis
	via   string
	seq   int64
}

// stage conducts scripts, the way everybody else does.
type stage struct {
	g      *game
	rubric scoring.Rubric
	stage  scenarios.Stage
}

func (s *stage) conduct(c *script) *outcome {
	conduct, err := s.stage.Rehearse(s.g.c, c.play(s.g))
	out := &outcome{err: err, released: map[string]engine.Millis{}, received: map[string]engine.Millis{}, made: map[string]engine.Millis{}, log: conduct.Log, script: *c}
	out.path = append(out.path, visit{state: s.g.states[s.g.start].ID})
	for i := range conduct.Log {
		switch e := &conduct.Log[i]; e.Type {
		case engine.Moved:
			out.path = append(out.path, visit{e.To, e.At, e.Via, e.Seq})
		case engine.Released:
			out.released[e.ID] = e.At
		case engine.Received:
			for _, no := range s.g.ofInject[s.g.injectNo[e.ID]] {
				out.received[s.g.responses[no].ID] = e.At
			}
		case engine.Observed, engine.ProhibitedAct, engine.Flagged:
			id := e.ID
			if no, ok := s.g.responseNo[id]; ok {
				id = s.g.responses[no].ID
			}
			if _, before := out.made[id]; !before {
				out.made[id] = e.At
			}
		}
	}
	return out
}

// score scores what was conducted last.
func (s *stage) score(o *outcome) scoring.Scorecard { return scoring.Score(s.g.s, s.rubric, o.log) }

// comes reports whether a state was entered, and when first.
func (o *outcome) comes(state string) (engine.Millis, bool) {
	for _, v := range o.path {
		if v.state == state {
			return v.at, true
		}
	}
	return 0, false
}

// fires reports whether a transition was taken.
func (o *outcome) fires(via string) bool {
	return slices.ContainsFunc(o.path, func(v visit) bool { return v.via == via })
}

// last is the state the play ends in.
func (o *outcome) last() string { return o.path[len(o.path)-1].state }

// longestPath is how many states a witness lists: nobody counts more of them.
const longestPath = 100

// expected writes the whole path as an expectation, or where a long one ends.
func (o *outcome) expected() string {
	if len(o.path) > longestPath {
		return "state: " + o.last()
	}
	var ids []string
	for _, v := range o.path {
		ids = append(ids, v.state)
	}
	return "path: [" + strings.Join(ids, ", ") + "]"
}
