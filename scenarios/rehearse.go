package scenarios

import (
	"errors"
	"fmt"
	"slices"
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
// goes in circles.
type CascadeError struct {
	File  string
	At    engine.Millis
	Fault string // the engine's code
	State string
	Via   string // the transition that would have been next
}

// Text says it in both languages.
func (e *CascadeError) Text() engine.Text {
	return engine.Both("%s: lúc %s máy trạng thái chạy vòng không dừng ở %s (đường chuyển %s)", "%s: at %s the machine goes in circles at %s (transition %s)",
		e.File, e.At.Clock(), e.State, e.Via)
}

func (e *CascadeError) Error() string { return e.Text().EN }

// Rehearse conducts a play with virtual clocks: the same play is the same
// log, to the byte. A refused step is a *StepError, a machine that goes in
// circles a *CascadeError; the Conduct then holds what happened before it.
func Rehearse(c *engine.Compiled, p *Play) (*Conduct, error) {
	run := &rehearsal{c: c, p: p, d: engine.NewDrill(c), end: p.End, first: map[int]int64{}}
	if run.end == 0 {
		run.end = c.Scenario().Duration
	}
	run.order()
	err := run.conduct()
	return &Conduct{Log: run.log, Drill: run.d, Steps: run.asked}, err
}

// rehearsal is one conduct of a play.
type rehearsal struct {
	c     *engine.Compiled
	p     *Play
	d     *engine.Drill
	log   []engine.Event
	end   engine.Millis
	shift int64 // wall clock lost in pauses so far
	asked int

	steps []*Step // to come, in order of time
	paced []string
	first map[int]int64 // event of the act of each step played, by its number
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
	for i := range r.p.Steps {
		step := &r.p.Steps[i]
		name(step.Command.ID)
		for _, id := range step.Command.Choices {
			name(id)
		}
		if step.At <= r.end {
			r.steps = append(r.steps, step)
		}
	}
	sort.SliceStable(r.steps, func(i, j int) bool { return r.steps[i].At < r.steps[j].At })
	if r.p.Pace == nil {
		return
	}
	for i := range s.Injects {
		for _, x := range s.Injects[i].Expects {
			if !scripted[x.ID] {
				r.paced = append(r.paced, x.ID)
			}
		}
	}
}

func (r *rehearsal) conduct() error {
	start := engine.Command{Do: engine.StartEx}
	start.Start = &engine.Start{Seats: r.p.Seats, Covers: r.p.Covers, Speed: engine.Whole, Until: r.end, Virtual: true}
	if r.p.Seats == nil {
		start.Start.Seats = engine.FullSeats(r.c.Scenario())
	}
	err := r.act(start, 0)
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
	id, at, any := r.soonest()
	if any && at <= r.end {
		moment = min(moment, at)
	}
	switch {
	case len(r.steps) > 0 && max(r.steps[0].At, r.d.Now()) == moment:
		step := r.steps[0]
		r.steps = r.steps[1:]
		return r.play(step)
	case any && at == moment:
		return r.respond(id, moment)
	}
	r.asked++
	r.keep(r.d.Advance(moment, r.wall(moment)))
	return r.stopped()
}

// soonest returns the response of the pace that comes first, the earlier in
// the file at one instant.
func (r *rehearsal) soonest() (id string, at engine.Millis, ok bool) {
	if len(r.paced) == 0 {
		return "", 0, false
	}
	views := map[string]engine.ResponseView{}
	for _, v := range r.d.Snapshot().Responses {
		views[v.Response.ID] = v
	}
	for _, one := range r.paced {
		if moment, comes := r.moment(views, views[one]); comes && (!ok || moment < at) {
			id, at, ok = one, moment, true
		}
	}
	return id, at, ok
}

// moment is when the pace makes a response: its share of the target or limit
// after receipt, and a second after everything it waits for.
func (r *rehearsal) moment(views map[string]engine.ResponseView, v engine.ResponseView) (engine.Millis, bool) {
	if !v.Triggered {
		return 0, false
	}
	span := v.Target
	if r.p.Pace.OfLimit {
		span = v.Limit
	}
	at := v.From + engine.Millis(engine.MulDiv(int64(span), int64(r.p.Pace.Factor), int64(engine.Whole)))
	for _, before := range v.Response.After {
		if !views[before].Done {
			return 0, false
		}
		at = max(at, views[before].DoneAt+engine.Second)
	}
	return max(at, r.d.Now()), true
}

// respond makes a response of the pace: by its first owner who is there, its
// first way, with full content.
func (r *rehearsal) respond(id string, at engine.Millis) error {
	r.paced = slices.DeleteFunc(r.paced, func(one string) bool { return one == id })
	_, x := r.c.Scenario().FindResponse(id)
	cmd := engine.Command{Do: engine.Observe}
	cmd.ID, cmd.Role, cmd.Content = id, r.owner(x), engine.Whole
	if err := r.act(cmd, at); err != nil {
		return r.refused(err, &StepError{Act: id, At: at})
	}
	return r.stopped()
}

func (r *rehearsal) owner(x *engine.Response) string {
	there := map[string]bool{}
	for _, role := range r.d.Snapshot().Roles {
		there[role.Role.ID] = role.Filled
	}
	for _, role := range append([]string{x.By}, x.Or...) {
		if there[role] {
			return role
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
	before := len(r.log)
	err := r.act(cmd, step.At)
	for _, e := range r.log[before:] {
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
	return r.act(engine.Command{Do: engine.Resume}, step.At)
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

func (r *rehearsal) act(cmd engine.Command, at engine.Millis) error {
	cmd.At, cmd.Wall, cmd.Actor = at, r.wall(at), scriptActor
	r.asked++
	events, err := r.d.Decide(cmd)
	r.keep(events)
	return err
}

func (r *rehearsal) refused(err error, as *StepError) error {
	if errors.As(err, &as.Refusal) {
		as.File = r.p.Source.Name
		return as
	}
	return err
}

// keep copies events: the engine's slice lasts only until its next answer.
func (r *rehearsal) keep(events []engine.Event) { r.log = append(r.log, events...) }

func (r *rehearsal) wall(at engine.Millis) int64 { return virtualStart + int64(at) + r.shift }

// stopped reports that the engine paused itself.
func (r *rehearsal) stopped() error {
	if r.d.Fault() == "" {
		return nil
	}
	out := &CascadeError{File: r.p.Source.Name, At: r.d.Now(), Fault: r.d.Fault(), State: r.d.State()}
	for i := len(r.log) - 1; i >= 0; i-- {
		if r.log[i].Type == engine.Faulted {
			out.Via = r.log[i].Via
			break
		}
	}
	return out
}
