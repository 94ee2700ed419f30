package paper

import (
	"errors"
	"slices"
	"strconv"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
)

// Enter turns a drill typed in from paper into the log it would have left,
// closed by EndEx: the engine runs over the steps in their order of
// occurrence. An inject is released by plan unless a step says that it was
// given out at another time. What the engine does not take is found, all of
// it, with its place in the draft.
func Enter(c *engine.Compiled, d *scenarios.Draft, start engine.Start) ([]engine.Event, scenarios.Findings) {
	start.Led, start.Speed, start.Paper = true, engine.Whole, true
	e := &entry{c: c, draft: d, start: start, steps: d.InOrder(), played: d.Played(c.Scenario()), held: map[string]bool{}, hands: (&pack{Options: Options{Seed: d.Seed}, s: c.Scenario(), fresh: engine.NewDrill(c).Snapshot()}).asked}
	for {
		e.run()
		if e.early == "" {
			return e.d.Log(), e.findings()
		}
		e.held[e.early] = true
	}
}

// entry is one run over a draft.
type entry struct {
	c      *engine.Compiled
	draft  *scenarios.Draft
	start  engine.Start
	steps  []*scenarios.Step
	played *engine.Scenario // with what was written on the spot
	held   map[string]bool  // injects that time alone would give out before a step does
	hands  func(in *engine.Inject, role string) *live.Question

	d       *engine.Drill
	wall    engine.Millis // now, on the clock on the wall since StartEx
	lost    engine.Millis // of it, in pauses
	resumes engine.Millis // when the present pause ends, on the wall
	number  int           // of commands so far
	early   string        // the inject that time alone gave out first of those a step gave out later
	earlyAt engine.Millis // when that was: up to then the run is right
	refused []refused
}

// refused is a step that the engine does not take.
type refused struct {
	step *scenarios.Step
	*engine.Refusal
}

func (e *entry) run() {
	e.d = engine.NewDrill(e.c)
	e.d.KeepLog()
	e.wall, e.lost, e.resumes, e.number, e.early, e.refused = 0, 0, 0, 0, "", nil
	for i := range e.c.Scenario().Injects {
		if id := e.c.Scenario().Injects[i].ID; e.held[id] {
			_ = e.do(&engine.Command{Do: engine.Hold, Body: engine.Body{ID: id}}, 0)
		}
	}
	_ = e.do(&engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &e.start}}, 0)
	rest := e.steps
	for len(rest) > 0 && !afterwards(rest[0], e.draft.End) {
		e.play(rest[0])
		rest = rest[1:]
	}
	e.goOn()
	e.until(e.draft.End, true)
	_ = e.do(&engine.Command{Do: engine.End}, e.draft.End)
	for _, step := range rest {
		e.play(step)
	}
}

// afterwards reports what may be said once the drill is over.
func afterwards(s *scenarios.Step, end engine.Millis) bool {
	return s.At == end && (s.Command.Do == engine.Mark || s.Command.Do == engine.Rate)
}

// until lets time alone do what is due before a moment, or also at it.
func (e *entry) until(at engine.Millis, inclusive bool) {
	due, ok := e.d.NextDue()
	for ok && (due < at || due == at && inclusive) {
		e.d.Advance(due, e.clock(due+e.lost))
		due, ok = e.d.NextDue()
	}
}

func (e *entry) play(step *scenarios.Step) {
	if e.d.Paused() && (step.At > e.d.Now() || step.Wall >= e.resumes || step.Command.Do == engine.Respond || step.Command.Do == engine.Pause) {
		e.goOn()
	}
	e.until(step.At, false)
	cmd := step.Command
	if cmd.Do == engine.Respond {
		cmd.Choices = e.choices(&cmd)
	}
	err := e.do(&cmd, step.At)
	if cmd.Do == engine.Pause && err == nil {
		e.resumes = e.wall + step.Pause
	}
	if err != nil {
		e.refuse(step, err)
	} else if e.d.Fault() != "" {
		e.refused = append(e.refused, refused{step, &engine.Refusal{Why: engine.Both("máy trạng thái chuyển quá mười lần liền", "the machine makes more than ten moves at once"),
			Try: engine.Both("xem lại kịch bản bằng saban check", "look at the scenario with saban check")}})
	}
}

// goOn ends a pause.
func (e *entry) goOn() {
	if !e.d.Paused() {
		return
	}
	if e.resumes > e.wall {
		e.lost += e.resumes - e.wall
	}
	_ = e.do(&engine.Command{Do: engine.Resume}, e.d.Now())
}

// do has the engine take a command; its key is its place in the order of
// occurrence, so that the order of the draft leaves no trace.
func (e *entry) do(cmd *engine.Command, at engine.Millis) error {
	e.number++
	e.wall = at + e.lost
	cmd.At, cmd.Wall, cmd.Actor, cmd.Key = at, e.clock(e.wall), e.draft.By, "p"+strconv.Itoa(e.number)
	_, err := e.d.Decide(*cmd)
	return err
}

func (e *entry) clock(wall engine.Millis) int64 { return e.draft.Began + int64(wall) }

// choices gives the numbers on a slip the ids they stood for.
func (e *entry) choices(cmd *engine.Command) []string {
	out := slices.Clone(cmd.Choices)
	in := e.played.FindInject(cmd.ID)
	if in == nil {
		return out
	}
	q := e.hands(in, cmd.Role)
	for i, choice := range out {
		if n, err := strconv.Atoi(choice); err == nil && q != nil && n <= len(q.Choices) {
			out[i] = q.Choices[n-1].ID
		}
	}
	return out
}

// refuse notes what the engine does not take. An inject that had gone out by
// plan before somebody gave it out, or left it out, is held in the next run:
// one at a time, because after the first the run went another way.
func (e *entry) refuse(step *scenarios.Step, err error) {
	var why *engine.Refusal
	if !errors.As(err, &why) {
		return
	}
	id := step.Command.ID
	if why.Code == engine.AlreadySkipped && step.Command.Do == engine.Skip {
		return // it did not go out, which is all that was to be said
	}
	if why.Code == engine.AlreadyReleased && (step.Command.Do == engine.Release || step.Command.Do == engine.Skip) && !e.held[id] {
		if at, _ := e.releasedAt(id); e.early == "" || at < e.earlyAt {
			e.early, e.earlyAt = id, at
		}
	}
	e.refused = append(e.refused, refused{step, why})
}

func (e *entry) releasedAt(id string) (engine.Millis, bool) {
	for _, x := range e.d.Log() {
		if x.Type == engine.Released && x.ID == id {
			return x.At, true
		}
	}
	return 0, false
}

// findings say what was refused where it stands in the draft.
func (e *entry) findings() scenarios.Findings {
	var found scenarios.Findings
	for _, r := range e.refused {
		hint := r.Try
		if at, out := e.releasedAt(r.step.Command.ID); out && (r.Code == engine.NotReleased || r.Code == engine.AlreadyReleased) {
			hint = engine.Both("nó phát lúc %s, tức %s sau khi bắt đầu; nếu phát lúc khác thì ghi thêm một bước release", "it went out at %s, %s after the start; if it was given out at another time add a step release",
				e.draft.TimeOfDay(at), at)
		}
		found = append(found, e.draft.Refused(r.step, r.Why, hint))
	}
	return found.Sorted()
}
