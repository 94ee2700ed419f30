package engine

import (
	"context"

	"github.com/expr-lang/expr/vm"
	"github.com/looplab/fsm"
)

// Drill is one conduct of one scenario. Decide turns a command into events
// or refuses it, Advance lets time alone do its part, Apply takes an event of
// an earlier run. A Drill is not safe for use by several goroutines; a shell
// around it holds the lock, the clock and the log.
type Drill struct {
	c       *Compiled
	machine *fsm.FSM
	ctx     context.Context
	vm      vm.VM
	env     map[string]any
	asking  *Guard // what the vm is computing

	// What the log determines.
	seq      int64
	now      Millis
	wall     int64
	phase    phase
	fault    string
	start    Start
	state    int
	entered  Millis
	enterSeq int64
	forcedIn bool // the present state was entered by force
	injects  []injectState
	pending  []int    // injects pending or waiting, in file order
	look     []Millis // by inject: when one of those has to be looked at again
	unread   []int    // injects out and not received, in file order
	acts     []actState
	clocks   []int // responses whose clock runs, in file order
	flags    []flagState
	roles    []roleState
	byID     map[string]ref // ids of ad hoc injects and responses
	facts    []factRef      // events that can be retracted, by seq
	keys     map[string]int64

	// What deciding needs besides.
	values    []guardValue
	agenda    agenda
	unsettled bool // the last instant was not played out here
	out       []Event
	from      int  // where in out the present command begins
	kept      bool // out keeps what came before
	by        author
	lastID    found
	lastRole  found
}

// author is who acts in the command being decided; time alone is nobody.
type author struct {
	acting     bool
	actor, key string
	first      int64 // the act's event, cause of all that follows
}

type phase uint8

const (
	waiting phase = iota
	running
	paused
	stopped
	over
)

// injectState is where one inject stands.
type injectState struct {
	def        *Inject
	status     InjectStatus
	held       bool
	at         Millis
	releasedAt Millis
	received   bool
	receivedAt Millis
	receipt    string
	adhoc      bool
	words      *Text
	told       []int // roles the news was relayed to
	responses  []int // acts
	answered   []int // roles whose choices stand
}

// InjectStatus says where an inject stands.
type InjectStatus string

// The statuses of an inject.
const (
	Pending     InjectStatus = "pending"
	Waiting     InjectStatus = "due" // due, but held or waiting for its state
	Out         InjectStatus = "released"
	SkippedOver InjectStatus = "skipped"
	Gone        InjectStatus = "withdrawn"
)

// actState is what is known of one act.
type actState struct {
	*act
	records   []record
	triggered bool
	missed    bool
	target    Millis // with the seat's time factor
	limit     Millis
	limitAt   Millis // when that is, once triggered
}

// clockRuns reports whether the act is asked for and neither done nor missed.
func (a *actState) clockRuns() bool { return a.triggered && !a.missed && len(a.records) == 0 }

// record is one time an act was done and not retracted.
type record struct {
	seq int64
	of  int64 // event that marks of it name: its own, or the answer a text mark read
	at  Millis
	way int // of a response: the act of the way; else -1
}

type flagState struct{ records []record }

type roleState struct {
	def     *Role
	persons []string
	devices []string
	coverBy int // role that covers this one, or -1
	factor  Ratio
}

// factRef remembers what kind of fact an event was.
type factRef struct {
	seq     int64
	kind    EventType
	subject int // inject, act or flag
	role    int // of an answer; else -1
	gone    bool
}

// guardValue is the last value of a guard and until when it stands.
type guardValue struct {
	known bool
	value bool
	wake  Millis // when time alone may change it
}

// NewDrill returns a drill of c before StartEx.
func NewDrill(c *Compiled) *Drill {
	d := &Drill{c: c, machine: c.NewMachine(), ctx: context.Background()}
	d.env = map[string]any{"fact": func(i int) bool {
		a := &d.asking.atoms[i]
		return a.holds(d, a.index)
	}}
	d.Reset()
	return d
}

// Reset puts the drill back before StartEx, keeping its memory for another
// run.
func (d *Drill) Reset() {
	c, s := d.c, d.c.scenario
	d.seq, d.now, d.wall, d.phase, d.fault, d.start = 0, 0, 0, waiting, "", Start{}
	d.state, d.entered, d.enterSeq, d.forcedIn = c.initial, 0, 0, false
	d.machine.SetState(c.Initial())
	d.injects = resize(d.injects, len(s.Injects))
	d.pending, d.look, d.unread = d.pending[:0], d.look[:0], d.unread[:0]
	for i := range d.injects {
		old := &d.injects[i]
		*old = injectState{def: &s.Injects[i], status: Pending, at: s.Injects[i].At,
			responses: c.responses[i], told: old.told[:0], answered: old.answered[:0]}
		d.pending, d.look = append(d.pending, i), append(d.look, stale)
	}
	d.acts = resize(d.acts, len(c.acts))
	for i := range d.acts {
		d.acts[i] = actState{act: &c.acts[i], records: d.acts[i].records[:0]}
	}
	d.clocks = d.clocks[:0]
	d.flags = resize(d.flags, c.flags)
	for i := range d.flags {
		d.flags[i].records = d.flags[i].records[:0]
	}
	d.roles = resize(d.roles, len(s.Roles))
	for i := range d.roles {
		d.roles[i] = roleState{def: &s.Roles[i], persons: d.roles[i].persons[:0], devices: d.roles[i].devices[:0], coverBy: -1, factor: Whole}
	}
	d.values = resize(d.values, len(c.guards))
	clear(d.values)
	d.unsettled = true
	d.lookAtAll()
	d.facts, d.out, d.from = d.facts[:0], d.out[:0], 0
	d.byID, d.keys = nil, nil
	d.lastID, d.lastRole = found{}, found{}
}

func resize[T any](s []T, n int) []T {
	if cap(s) >= n {
		return s[:n]
	}
	return make([]T, n)
}

// KeepLog has the drill keep what it decides, for Log: then events stay valid
// until Reset, and need not be copied.
func (d *Drill) KeepLog() { d.kept = true }

// Log returns all that was decided since Reset, after KeepLog.
func (d *Drill) Log() []Event { return d.out }

// begin makes ready to decide something.
func (d *Drill) begin(wall int64) {
	if !d.kept {
		d.out = d.out[:0]
	}
	d.from, d.by, d.wall = len(d.out), author{}, wall
}

// Compiled returns what the drill plays.
func (d *Drill) Compiled() *Compiled { return d.c }

// Now returns the exercise time last reached.
func (d *Drill) Now() Millis { return d.now }

// Seq returns the number of the last event.
func (d *Drill) Seq() int64 { return d.seq }

// State returns the id of the present state.
func (d *Drill) State() string { return d.c.states[d.state].ID }

// StateKind returns the kind of the present state.
func (d *Drill) StateKind() StateKind { return d.c.states[d.state].Kind }

// Entered returns when the present state was entered.
func (d *Drill) Entered() Millis { return d.entered }

// Started reports whether StartEx was given.
func (d *Drill) Started() bool { return d.phase != waiting }

// Paused reports whether the exercise clock stands, by a pause or a real
// incident.
func (d *Drill) Paused() bool { return d.phase == paused || d.phase == stopped }

// StoppedReal reports whether a real incident has stopped the drill.
func (d *Drill) StoppedReal() bool { return d.phase == stopped }

// Over reports whether EndEx was given.
func (d *Drill) Over() bool { return d.phase == over }

// Fault returns why the engine paused itself, or "".
func (d *Drill) Fault() string { return d.fault }

// Start returns what was fixed before StartEx.
func (d *Drill) Start() Start { return d.start }

// Outcome returns the number of the first event a command with this key
// brought, and whether there was one.
func (d *Drill) Outcome(key string) (int64, bool) {
	seq, ok := d.keys[key]
	return seq, ok
}

// lookup finds an id of the scenario or of an ad hoc inject.
func (d *Drill) lookup(id string) (ref, bool) {
	if m := &d.lastID; m.id == id {
		return m.ref, m.ok
	}
	r, ok := d.c.names.find(id)
	if !ok {
		r, ok = d.byID[id]
	}
	d.lastID = found{id, r, ok}
	return r, ok
}

func (d *Drill) role(id string) (int, bool) {
	if m := &d.lastRole; m.id == id {
		return m.ref.index, m.ok
	}
	r, ok := d.c.names.find(id)
	d.lastRole = found{id, r, ok && r.kind == kindRole}
	return r.index, d.lastRole.ok
}

// found is the last id looked up: deciding and applying the same act ask for
// the same ids several times over.
type found struct {
	id  string
	ref ref
	ok  bool
}
