// Package engine runs a drill: a threat scenario played against the clock.
//
// It is pure. Time, people, ids and the seed come in with each Command; the
// engine has no clock, no randomness and no goroutine of its own, so that the
// same log always leads to the same state.
//
// Start with Compile, which turns a Scenario into numbers and programs, and
// with Drill:
//
//	Decide(command)  events, or a *Refusal that says why
//	Advance(time)    what time alone brings: planned injects, limits, moves
//	NextDue()        when that will be; there is no ticker
//	Apply(event)     replay of an event that has happened
//
// Times are exercise times in milliseconds since StartEx, pauses excluded.
// At one instant acts come first, then injects in file order, then limits,
// then one move of the state machine, again until nothing changes; at most
// ten moves follow from one act. looplab/fsm is the authority on where the
// machine may go, expr on whether a guard is true.
package engine
