package main

import (
	"context"
	"fmt"
	"time"

	"github.com/looplab/fsm"

	"saban/engine"
)

// steps measures row 1: one engine step beside one bare looplab Event of a
// machine of the same size.
func steps(t *table) error {
	const moving, still = 2, 0.6
	for _, one := range []struct {
		goal, name, fact string
		stuck            bool
		limit            float64
	}{
		{"1a", "a response that moves the machine", "done", false, moving},
		{"1b", "an inject that moves the machine", "inject", false, moving},
		{"1c", "a deadline that moves the machine", "missed", false, moving},
		{"1d", "a response that moves nothing", "done", true, still},
	} {
		if !t.wants(one.goal) {
			continue
		}
		c, err := engine.Compile(ladder(one.fact, one.stuck))
		if err != nil {
			return err
		}
		climb := &climber{drill: engine.NewDrill(c), fact: one.fact, moves: !one.stuck}
		res, err := race(rounds, span, climb.run, timed(bareMachine()))
		if err != nil {
			return err
		}
		perStep, err := climb.allocs()
		if err != nil {
			return err
		}
		t.add(res.row(row{Goal: one.goal, Work: one.name, Yardstick: "looplab Event()", Limit: one.limit, Allocs: perStep}))
	}
	return nil
}

// bareMachine is the yardstick: nothing but the library, going round.
func bareMachine() func(n int) error {
	var events fsm.Events
	names := make([]string, rungs)
	for k := range names {
		names[k] = fmt.Sprintf("e%d", k)
		events = append(events, fsm.EventDesc{Name: names[k], Src: []string{fmt.Sprintf("s%d", k%states)}, Dst: fmt.Sprintf("s%d", (k+1)%states)})
	}
	machine, ctx, next := fsm.NewFSM("s0", events, nil), context.Background(), 0
	return func(n int) error {
		for range n {
			if err := machine.Event(ctx, names[next]); err != nil {
				return err
			}
			next = (next + 1) % rungs
		}
		return nil
	}
}

// climber climbs the ladder again and again in one drill.
type climber struct {
	drill *engine.Drill
	fact  string
	moves bool
}

// run climbs at least n rungs; only the rungs are timed, not the start of
// each drill.
func (c *climber) run(n int) (float64, error) {
	var took time.Duration
	laps := (n + rungs - 1) / rungs
	for range laps {
		if err := c.start(); err != nil {
			return 0, err
		}
		began := time.Now()
		err := c.climb()
		took += time.Since(began)
		if err != nil {
			return 0, err
		}
	}
	return float64(took) / float64(laps*rungs), nil
}

func (c *climber) start() error {
	c.drill.Reset()
	seats := []engine.Seat{{Role: "guard", Persons: []string{"p1"}}, {Role: "head", Persons: []string{"p2"}}}
	_, err := c.drill.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: seats}}})
	return err
}

func (c *climber) climb() error {
	for k := range rungs {
		events, err := c.step(k)
		if err != nil {
			return err
		}
		if moved := events[len(events)-1].Type == engine.Moved; moved != c.moves {
			return fmt.Errorf("rung %d: moved is %t", k, moved)
		}
	}
	return nil
}

var rungNames = func() (names [rungs]string) {
	for k := range names {
		names[k] = fmt.Sprintf("R%d", k)
	}
	return names
}()

func (c *climber) step(k int) ([]engine.Event, error) {
	at := moment(k)
	if c.fact != "done" {
		return c.drill.Advance(at, int64(at)), nil
	}
	return c.drill.Decide(engine.Command{Do: engine.Observe, At: at, Wall: int64(at), Actor: "p9",
		Body: engine.Body{ID: rungNames[k], Role: "guard", Content: engine.Whole}})
}

// allocs counts what the rungs of a lap allocate, an op.
func (c *climber) allocs() (*float64, error) {
	with, err := allocs(100, func(n int) error {
		for range n {
			if err := c.start(); err != nil {
				return err
			}
			if err := c.climb(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	without, err := allocs(100, func(n int) error {
		for range n {
			if err := c.start(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	per := (*with - *without) / rungs
	return &per, nil
}
