package main

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// shipped is a drill that comes with the program: a scenario and one of its
// rehearsals.
type shipped struct {
	source   scenarios.Source
	scenario *engine.Scenario
	compiled *engine.Compiled
	play     *scenarios.Play
	steps    int // Decide and Advance calls of one play
}

const (
	shippedID   = "bomb-threat"
	shippedPlay = "rehearsals/bomb-threat/on-time.yaml"
)

func openShipped() (*shipped, error) {
	source, err := scenarios.Open(shippedID)
	if err != nil {
		return nil, err
	}
	file, found := scenarios.ReadScenario(source)
	if file == nil || file.Compiled == nil {
		return nil, errors.New(found.Format(engine.EN))
	}
	plays := scenarios.Rehearsals(shippedID)
	i := slices.IndexFunc(plays, func(s scenarios.Source) bool { return s.Name == shippedPlay })
	if i < 0 {
		return nil, fmt.Errorf("no rehearsal %s", shippedPlay)
	}
	play, found := scenarios.ReadPlay(plays[i], file.Scenario)
	if found.Failed() {
		return nil, errors.New(found.Format(engine.EN))
	}
	s := &shipped{source: source, scenario: file.Scenario, compiled: file.Compiled, play: play}
	conduct, err := scenarios.Rehearse(s.compiled, s.play)
	if err != nil {
		return nil, err
	}
	s.steps = conduct.Steps
	return s, nil
}

// conduct plays and scores the drill n times, as `saban test` does: the
// driver, the engine, the log and the figures of the scorecard.
func (s *shipped) conduct(n int) error {
	var stage scenarios.Stage
	scorer := scoring.NewScorer(s.scenario, scoring.Default())
	for range n {
		conduct, err := stage.Rehearse(s.compiled, s.play)
		if err != nil {
			return err
		}
		scorer.Reset()
		for i := range conduct.Log {
			scorer.Add(&conduct.Log[i])
		}
		if card := scorer.Figures(); card.Grade != scoring.Excellent {
			return fmt.Errorf("%s is graded %q", shippedPlay, card.Grade)
		}
	}
	return nil
}

// drills measures row 2: a whole shipped drill.
func drills(t *table) error {
	s, err := openShipped()
	if err != nil {
		return err
	}
	if t.wants("2a") {
		if err := s.besideXState(t); err != nil {
			return err
		}
	}
	if t.wants("2b") {
		if err := s.onTwoCores(t); err != nil {
			return err
		}
	}
	if !t.wants("2c") {
		return nil
	}
	per, err := allocs(100, s.conduct)
	if err != nil {
		return err
	}
	*per /= float64(s.steps)
	t.add(row{Goal: "2c", Work: "allocations of that drill, a step", Ours: *per, Yardstick: "none", Unit: "allocs", Ratio: *per, Best: *per, Limit: 2, Allocs: per})
	return nil
}

func (s *shipped) besideXState(t *table) error {
	r := row{Goal: "2a", Work: fmt.Sprintf("a step of a shipped drill (%d), played and scored", s.steps), Yardstick: "XState actor.send", Limit: 0.25}
	x, err := startXState()
	if errors.Is(err, errSkipped) {
		r.Skipped = strings.TrimPrefix(err.Error(), errSkipped.Error()+": ")
		t.add(r)
		return nil
	}
	if err != nil {
		return err
	}
	defer x.stop()
	ours := func(n int) (float64, error) {
		ns, err := timed(s.conduct)((n + s.steps - 1) / s.steps)
		return ns / float64(s.steps), err
	}
	res, err := race(11, 100*time.Millisecond, ours, x.send)
	if err != nil {
		return err
	}
	t.add(res.row(r))
	return nil
}

// onTwoCores plays the same number of drills in each of two goroutines and
// compares the rate with that of one goroutine that has one core, for its
// garbage too. A round counts when plain arithmetic, just before and just
// after, did get two cores: else others are at work on the machine.
func (s *shipped) onTwoCores(t *table) error {
	const goal, tries, enough, least = 1.9, 60, 15, 5
	r := row{Goal: "2b", Work: "two goroutines, a drill each", Yardstick: "one goroutine", Limit: goal, AtLeast: true}
	var res result
	for n := 0; n < tries && len(res.ours) < enough; n++ {
		before, err := race(1, 5*time.Millisecond, together(2, spin), together(1, spin))
		if err != nil {
			return err
		}
		one, err := race(1, 40*time.Millisecond, together(2, s.conduct), together(1, s.conduct))
		if err != nil {
			return err
		}
		after, err := race(1, 5*time.Millisecond, together(2, spin), together(1, spin))
		if err != nil {
			return err
		}
		if min(twice(before, row{}).Ratio, twice(after, row{}).Ratio) >= goal {
			res.ours, res.theirs = append(res.ours, one.ours...), append(res.theirs, one.theirs...)
		}
	}
	if len(res.ours) < least {
		r.Skipped = fmt.Sprintf("busy machine: plain arithmetic got two cores in %d of %d rounds", len(res.ours), tries)
		t.add(r)
		return nil
	}
	t.add(twice(res, r))
	return nil
}

// together does the work of n in each of so many goroutines, on as many cores.
func together(workers int, do func(n int) error) work {
	return timed(func(n int) error {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
		errs := make([]error, workers)
		var all sync.WaitGroup
		for i := range workers {
			all.Go(func() { errs[i] = do(n) })
		}
		all.Wait()
		return errors.Join(errs...)
	})
}

// twice fills in rates: the first side did twice the work of the second.
func twice(res result, r row) row {
	r = res.row(r)
	r.Ours, r.Theirs, r.Unit = 2e9/r.Ours, 1e9/r.Theirs, "/s"
	r.Ratio, r.Best = 2/r.Ratio, 2/r.Best
	return r
}

// spin is arithmetic that needs nothing but a core.
func spin(n int) error {
	x := uint64(n) | 1
	for range n * 1000 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	if x == 0 { // never; so that the loop is not thrown away
		return errors.New("no arithmetic")
	}
	return nil
}
