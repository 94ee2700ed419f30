package live

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"saban/engine"
	"saban/scoring"
)

// Room conducts one drill for many at once. Every method may be called by
// several goroutines.
type Room struct {
	mu      sync.Mutex
	c       *Conductor
	seed    uint64
	changed chan struct{} // closed when there is something new to read
	acted   chan struct{} // closed when it is more than coming, going and notes
	version int64
	told    int64  // the last event readers were woken for
	trouble bool   // and whether the log could not be written then
	brief   *Brief // of version, or nil: worked out when somebody looks
	view    *View
	doings  []int // places in the log, up to read, of what is not aside
	read    int
	coming  atomic.Pointer[Brief] // what will be seen once it is kept, or nil
	soon    chan struct{}         // there is one
	devices map[string]*device
	opened  time.Duration
	swept   time.Duration
	wake    chan struct{} // the next due time may have come nearer
	done    chan struct{}
	closed  bool
}

// ErrClosed says that the room has been left: the server is going down.
var ErrClosed = errors.New("the room is closed")

// Open conducts a drill in a room. Time passes once Run is called.
func Open(c Config, seed uint64) (*Room, error) {
	conductor, err := Conduct(c)
	if err != nil {
		return nil, err
	}
	r := &Room{c: conductor, seed: seed, changed: make(chan struct{}), acted: make(chan struct{}), soon: make(chan struct{}, 1), devices: map[string]*device{},
		opened: conductor.Mono(), wake: make(chan struct{}, 1), done: make(chan struct{})}
	conductor.ahead = r.announce
	return r, nil
}

// Do decides a command now, keeps what it brings and wakes the readers. The
// first event's number is returned, of the first outcome when the key was used
// before. A *engine.Refusal says why not; after any other error nothing
// was acknowledged.
func (r *Room) Do(cmd engine.Command) (int64, error) {
	defer runtime.Gosched() // many wait to be told, one for the answer
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, ErrClosed
	}
	events, err := r.c.Do(cmd)
	return r.outcome(cmd.Key, events, err)
}

// StartEx begins the drill.
func (r *Room) StartEx(start engine.Start, actor, key string) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, ErrClosed
	}
	events, err := r.c.StartEx(start, actor, key)
	return r.outcome(key, events, err)
}

func (r *Room) outcome(key string, events []engine.Event, err error) (int64, error) {
	r.publish()
	if repeated, ok := errors.AsType[*engine.Repeated](err); ok {
		return repeated.Seq, nil
	}
	if err != nil {
		return 0, err
	}
	for i := range events {
		if events[i].Key == key {
			return events[i].Seq, nil
		}
	}
	return r.c.Drill.Seq(), nil
}

// publish wakes the readers when something is new. The lock is held.
func (r *Room) publish() {
	if r.told != r.c.Drill.Seq() || r.trouble != (r.c.broken != nil) {
		r.come()
	}
}

// come wakes those who look at devices and people, and all others only if
// more has happened: a room of a thousand that comes in is a thousand times
// nothing to each phone.
func (r *Room) come() {
	fresh := r.c.Log[min(r.told, int64(len(r.c.Log))):]
	if r.trouble != (r.c.broken != nil) || slices.ContainsFunc(fresh, func(e engine.Event) bool { return !aside(e.Type) }) {
		r.stir()
		return
	}
	r.glance()
}

// aside reports whether an event leaves what players see as it was.
func aside(t engine.EventType) bool {
	switch t {
	case engine.Joined, engine.Left, engine.Assigned, engine.Noted:
		return true
	}
	return false
}

// Stir wakes the readers for a change that is not in the log.
func (r *Room) Stir() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.stir()
	}
}

// Glance wakes those alone who look at devices and people.
func (r *Room) Glance() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.come()
	}
}

// stir wakes the readers whatever has changed; who is woken last runs first.
func (r *Room) stir() {
	r.glance()
	close(r.acted)
	r.acted = make(chan struct{})
}

func (r *Room) glance() {
	r.version++
	r.told, r.trouble = r.c.Drill.Seq(), r.c.broken != nil
	r.brief, r.view = r.asAnnounced(), nil
	close(r.changed)
	r.changed = make(chan struct{})
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run lets time pass until ctx ends: it sleeps until something is due, at most
// a second, for the heartbeat.
func (r *Room) Run(ctx context.Context) {
	defer close(r.done)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-r.wake:
		}
		timer.Reset(r.tick())
	}
}

// tick lets time do its part and says how long nothing will happen.
func (r *Room) tick() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return beatEvery
	}
	err := r.c.Tick()
	r.sweep()
	r.publish()
	due, ok := r.c.Drill.NextDue()
	if !ok || err != nil {
		return beatEvery
	}
	return min(max(r.c.watch.RealUntil(due), time.Millisecond), beatEvery)
}

// Close lets the drill stand where it is: a last heartbeat, and nothing more
// is taken. A drill that runs comes back paused.
func (r *Room) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	if r.c.broken == nil {
		r.c.Beat(true)
	}
	r.closed = true
	close(r.changed)
	close(r.acted)
}

// Changed returns a channel that is closed at the next change, and whether
// there will be one. Take it before looking, so that nothing is missed.
func (r *Room) Changed() (<-chan struct{}, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed, !r.closed
}

// Acted is Changed without what leaves all that players see as it was: who
// comes and goes, and what is noted.
func (r *Room) Acted() (<-chan struct{}, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.acted, !r.closed
}

// Brief is what players act on of a drill as it stood at one moment. It is
// shared and never changes.
type Brief struct {
	engine.Snapshot
	Version  int64 // grows with every change, of devices too
	Game     *engine.Compiled
	Scenario *engine.Scenario
	Seed     uint64
	Log      []engine.Event
	Watch    *Watch
	Wall     time.Time
	Mono     time.Duration
	Trouble  error // the log cannot be written; the clock stands

	doings []int    // places in the log of what is not aside; nil where nobody has looked
	once   sync.Map // what readers worked out of it, by audience
}

// View is a drill as whoever leads it sees it: with the score, what the next
// moves wait for, and who is there.
type View struct {
	*Brief
	Card    scoring.Scorecard
	Needs   []engine.Need
	Devices []Device
}

// Peek returns the drill as it stands for one act. In a room of a thousand it
// is a small part of what Look costs.
func (r *Room) Peek() *Brief {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.peek()
}

func (r *Room) peek() *Brief {
	if r.brief == nil {
		r.brief = r.briefOf(r.c.Log, r.version)
	}
	return r.brief
}

func (r *Room) briefOf(log []engine.Event, version int64) *Brief {
	c := r.c
	return &Brief{Snapshot: c.Drill.Snapshot(), Version: version, Game: c.config.Game, Scenario: c.Scenario(), Seed: r.seed, Log: slices.Clip(log), doings: r.doingsIn(log),
		Watch: c.Watch(), Wall: c.Wall(), Mono: c.Mono(), Trouble: c.broken}
}

// doingsIn finds what is not aside in a log that may go beyond what is kept.
func (r *Room) doingsIn(log []engine.Event) []int {
	kept := min(len(log), len(r.c.Log))
	r.doings, r.read = appendDoings(r.doings, log[:kept], r.read), max(r.read, kept)
	return appendDoings(slices.Clip(r.doings), log, kept)
}

func appendDoings(to []int, log []engine.Event, from int) []int {
	for i := from; i < len(log); i++ {
		if !aside(log[i].Type) {
			to = append(to, i)
		}
	}
	return to
}

// Doings are the events of a drill without those who come and go and without
// notes, which may be most of a log.
func (v *Brief) Doings() iter.Seq[*engine.Event] {
	places := v.doings
	if places == nil {
		places = appendDoings(nil, v.Log, 0)
	}
	return func(yield func(*engine.Event) bool) {
		for _, i := range places {
			if !yield(&v.Log[i]) {
				return
			}
		}
	}
}

// announce has those who tell many get ready while a log is being kept: until
// it is, nothing of it may be told.
func (r *Room) announce(log []engine.Event) {
	if !slices.ContainsFunc(log[len(r.c.Log):], func(e engine.Event) bool { return !aside(e.Type) }) {
		return
	}
	r.coming.Store(r.briefOf(log, r.version+1))
	select {
	case r.soon <- struct{}{}:
	default:
	}
}

// asAnnounced is what was announced if that is how it has come, or nil.
func (r *Room) asAnnounced() *Brief {
	b, log := r.coming.Swap(nil), r.c.Log
	if b == nil || b.Version != r.version || &b.Log[len(b.Log)-1] != &log[len(log)-1] || r.c.broken != nil || b.Watch.running != r.c.watch.running {
		return nil
	}
	return b
}

// Soon says that there is something Coming.
func (r *Room) Soon() <-chan struct{} { return r.soon }

// Coming is the drill as it will stand once it is kept, or nil: to get ready
// by, and not to be told to anybody.
func (r *Room) Coming() *Brief { return r.coming.Load() }

// Look returns the drill as it stands.
func (r *Room) Look() *View {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.view == nil {
		r.view = &View{r.peek(), r.c.Card(), r.c.Drill.Needs(), r.listDevices()}
	}
	return r.view
}

// Now is the exercise time, which goes on after the view was taken.
func (v *Brief) Now() engine.Millis { return max(v.Watch.Now(), v.Snapshot.Now) }

// Questions lists what is open now, newest first.
func (v *Brief) Questions() []Question { return Questions(v.Scenario, &v.Snapshot, v.Seed) }

// Once works something out of the view the first time an audience asks for
// it, and shares it with all others of that audience.
func (v *Brief) Once(audience string, work func() any) any {
	shared, there := v.once.Load(audience)
	if !there {
		shared, _ = v.once.LoadOrStore(audience, sync.OnceValue(work))
	}
	return shared.(func() any)()
}

// Events returns what was logged after an event.
func (r *Room) Events(after int64) []engine.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	log := r.c.Log
	return slices.Clip(log[min(max(after, 0), int64(len(log))):])
}
