package scenarios

import (
	"errors"
	"fmt"
	"sort"

	"saban/engine"
)

// virtualStart is the wall clock of a play at StartEx: 2000-01-01 UTC, so
// that the same play is the same bytes.
const virtualStart int64 = 946_684_800_000

// scriptActor signs the acts of a play.
const scriptActor = "script"

// Conduct is what became of a play.
type Conduct struct {
	Log   []engine.Event
	Drill *engine.Drill
	Steps int // times the engine was asked: acts, and moments of time alone
}

// StepError is a step, or a response of the pace, that the engine refused.
type StepError struct {
	File    string
	Line    int    // 0 for a response of the pace
	Step    int    // number in the file, from 1; 0 likewise
	Act     string // the id or the key it is about
	At      engine.Millis
	Refusal *engine.Refusal
}

// Text says it in both languages.
func (e *StepError) Text() engine.Text {
	say := func(lang engine.Lang, step, pace string) string {
		why := e.Refusal.Why.In(lang)
		if try := e.Refusal.Try.In(lang); try != "" {
			why += "; " + try
		}
		if e.Step == 0 {
			return fmt.Sprintf("%s: "+pace+": %s", e.File, e.Act, e.At.Clock(), why)
		}
		return fmt.Sprintf("%s:%d: "+step+": %s", e.File, e.Line, e.Step, e.Act, e.At.Clock(), why)
	}
	return engine.Text{
		VI: say(engine.VI, "bước %d (%s) lúc %s bị từ chối", "%s lúc %s theo nhịp bị từ chối"),
		EN: say(engine.EN, "step %d (%s) at %s is refused", "%s at %s by the pace is refused"),
	}
}

func (e *StepError) Error() string { return e.Text().EN }

// Unwrap gives the refusal.
func (e *StepError) Unwrap() error { return e.Refusal }

// CascadeError says that the engine stopped the drill because the machine
// made more than ten moves at once.
type CascadeError struct {
	File  string
	At    engine.Millis
	Fault string // the engine's code
	State string
	Via   string // the transition that would have been next
}

// Text says it in both languages.
func (e *CascadeError) Text() engine.Text {
	return engine.Both("%s: lúc %s máy trạng thái chuyển quá mười lần liền, dừng ở %s (trước đường chuyển %s)", "%s: at %s the machine makes more than ten moves at once, stopped in %s (before transition %s)",
		e.File, e.At.Clock(), e.State, e.Via)
}

func (e *CascadeError) Error() string { return e.Text().EN }

// Rehearse conducts a play with virtual clocks: the same play is the same
// log, to the byte. A refused step is a *StepError, a machine that goes in
// circles a *CascadeError; the Conduct then holds what happened before it.
func Rehearse(c *engine.Compiled, p *Play) (*Conduct, error) { return new(Stage).Rehearse(c, p) }

// Stage conducts play after play in the same memory, for those who conduct
// thousands. The zero value is ready. It is not safe for use by several
// goroutines at once.
type Stage struct{ run rehearsal }

// Rehearse is the function Rehearse; what it returns lasts until the next
// play on this stage. The play must not change while the stage is in use.
func (s *Stage) Rehearse(c *engine.Compiled, p *Play) (*Conduct, error) {
	run := &s.run
	if run.c != c || run.p != p {
		run.prepare(c, p)
	}
	run.reset()
	err := run.conduct()
	run.outcome = Conduct{Log: run.d.Log(), Drill: run.d, Steps: run.asked}
	return &run.outcome, err
}

// rehearsal is one conduct of a play.
type rehearsal struct {
	c      *engine.Compiled
	p      *Play
	d      *engine.Drill
	end    engine.Millis
	seats  []engine.Seat // everybody there
	script []*Step       // in order of time
	start  engine.Start

	shift   int64 // wall clock lost in pauses so far
	asked   int
	steps   []*Step // to come
	pacing  pacing
	first   map[int]int64 // event of the act of each step played, by its number
	outcome Conduct
}

// prepare works out what is the same each time the play is conducted.
func (r *rehearsal) prepare(c *engine.Compiled, p *Play) {
	if r.c != c {
		r.d, r.seats = engine.NewDrill(c), engine.FullSeats(c.Scenario())
		r.d.KeepLog()
	}
	r.c, r.p, r.end, r.first = c, p, p.End, map[int]int64{}
	if r.end == 0 {
		r.end = c.Scenario().Duration
	}
	r.order()
}

// order sorts what is to come: steps by time, and the responses left to the
// pace in file order.
func (r *rehearsal) order() {
	scripted := map[string]bool{}
	s := r.c.Scenario()
	name := func(id string) {
		scripted[id] = true
		if parent, _ := s.FindWay(id); parent != nil {
			scripted[parent.ID] = true
		}
	}
	for _, id := range r.p.Omit {
		name(id)
	}
	r.script = nil
	for i := range r.p.Steps {
		step := &r.p.Steps[i]
		name(step.Command.ID)
		for _, id := range step.Command.Choices {
			name(id)
		}
		if step.At <= r.end {
			r.script = append(r.script, step)
		}
	}
	sort.SliceStable(r.script, func(i, j int) bool { return r.script[i].At < r.script[j].At })
	r.pacing = newPacing(r.c, r.p.Pace, scripted)
}

// reset puts the stage back before StartEx.
func (r *rehearsal) reset() {
	r.d.Reset()
	r.pacing.reset()
	r.steps, r.shift, r.asked = r.script, 0, 0
	clear(r.first)
}

func (r *rehearsal) conduct() error {
	r.start = engine.Start{Seats: r.p.Seats, Covers: r.p.Covers, Speed: engine.Whole, Until: r.end, Virtual: true}
	if r.p.Seats == nil {
		r.start.Seats = r.seats
	}
	err := r.act(&engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &r.start}}, 0)
	if err == nil {
		err = r.stopped()
	}
	for err == nil && !r.d.Over() {
		err = r.next()
	}
	return err
}

// next plays the one thing that comes next: at one instant steps, then the
// pace, then what time alone brings.
func (r *rehearsal) next() error {
	due, ok := r.d.NextDue()
	if !ok {
		return errors.New("the drill stands still") // the engine ends it at Until
	}
	moment := due
	if len(r.steps) > 0 {
		moment = min(moment, max(r.steps[0].At, r.d.Now()))
	}
	paced, at := r.pacing.soonest(r.d.Now())
	if at <= r.end {
		moment = min(moment, at)
	}
	switch {
	case len(r.steps) > 0 && max(r.steps[0].At, r.d.Now()) == moment:
		step := r.steps[0]
		r.steps = r.steps[1:]
		return r.play(step)
	case paced != nil && at == moment:
		return r.respond(paced, moment)
	}
	r.asked++
	r.follow(r.d.Advance(moment, r.wall(moment)))
	return r.stopped()
}

// respond makes a response of the pace: by its first owner who is there, its
// first way, with full content.
func (r *rehearsal) respond(one *paced, at engine.Millis) error {
	one.made = true
	cmd := engine.Command{Do: engine.Observe}
	cmd.ID, cmd.Role, cmd.Content = one.response.ID, r.owner(one.response), engine.Whole
	if err := r.act(&cmd, at); err != nil {
		return r.refused(err, &StepError{Act: cmd.ID, At: at})
	}
	return r.stopped()
}

func (r *rehearsal) owner(x *engine.Response) string {
	if !r.d.Filled(x.By) {
		for _, role := range x.Or {
			if r.d.Filled(role) {
				return role
			}
		}
	}
	return x.By
}

// play carries out one step.
func (r *rehearsal) play(step *Step) error {
	cmd := step.Command
	if cmd.Do == engine.Retract {
		cmd.Of = r.first[step.Retracts]
	}
	before := len(r.d.Log())
	err := r.act(&cmd, step.At)
	for _, e := range r.d.Log()[before:] {
		if e.Actor == scriptActor && r.first[step.Number] == 0 {
			r.first[step.Number] = e.Seq
		}
	}
	if err != nil {
		return r.refused(err, &StepError{Line: step.Line, Step: step.Number, Act: step.act(), At: step.At})
	}
	if err := r.stopped(); err != nil || cmd.Do != engine.Pause {
		return err
	}
	r.shift += int64(step.Pause)
	return r.act(&engine.Command{Do: engine.Resume}, step.At)
}

// act is what a step is about, for messages.
func (s *Step) act() string {
	for _, name := range []string{s.Command.ID, s.Command.To} {
		if name != "" {
			return name
		}
	}
	if s.Command.Inject != nil {
		return s.Command.Inject.ID
	}
	return string(s.Command.Do)
}

func (r *rehearsal) act(cmd *engine.Command, at engine.Millis) error {
	cmd.At, cmd.Wall, cmd.Actor = at, r.wall(at), scriptActor
	r.asked++
	events, err := r.d.Decide(*cmd)
	r.follow(events)
	return err
}

func (r *rehearsal) refused(err error, as *StepError) error {
	if errors.As(err, &as.Refusal) {
		as.File = r.p.Source.Name
		return as
	}
	return err
}

func (r *rehearsal) follow(events []engine.Event) {
	for i := range events {
		r.pacing.follow(r.d, &events[i])
	}
}

func (r *rehearsal) wall(at engine.Millis) int64 { return virtualStart + int64(at) + r.shift }

// stopped reports that the engine paused itself.
func (r *rehearsal) stopped() error {
	if r.d.Fault() == "" {
		return nil
	}
	out := &CascadeError{File: r.p.Source.Name, At: r.d.Now(), Fault: r.d.Fault(), State: r.d.State()}
	log := r.d.Log()
	for i := len(log) - 1; i >= 0; i-- {
		if log[i].Type == engine.Faulted {
			out.Via = log[i].Via
			break
		}
	}
	return out
}
