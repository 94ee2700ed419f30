package live

import (
	"slices"
	"strings"
	"time"

	"saban/engine"
)

// Device is a phone or tablet of the room, as far as the server sees it.
type Device struct {
	ID     string
	Person string
	Roles  []string
	Online bool
	Since  time.Duration // by the clock nobody sets: online or offline since
	Late   time.Duration // how long its last round trip took
}

// device is online while at least one stream of it is open.
type device struct {
	Device
	streams int
	joined  []string // roles it is logged as online for
	left    bool     // the log says so
	outage  time.Duration
	back    time.Duration // when its last outage ended
}

// A phone that loses the network for a moment has not left; one that was away
// and comes back sends what it kept at once.
const (
	leftAfter    = 6 * time.Second
	tapAllowance = 5 * time.Second
	flushedAfter = 30 * time.Second
)

// Here says that a stream of a device has opened. It is logged before StartEx
// and after, once for each role.
func (r *Room) Here(id, person string, roles []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	d := r.devices[id]
	if d == nil {
		d = &device{Device: Device{ID: id}, outage: r.opened, back: r.c.Mono()}
		r.devices[id] = d
	}
	if !d.Online && d.Since > 0 {
		d.outage, d.back = d.Since, r.c.Mono()
	}
	d.streams++
	d.Person, d.Online, d.Since, d.left = person, true, r.c.Mono(), false
	r.seat(d, roles)
	r.come()
}

// seat has the log say which roles a device is online for.
func (r *Room) seat(d *device, roles []string) {
	for _, role := range d.joined {
		if !slices.Contains(roles, role) {
			_, _ = r.c.Do(engine.Command{Do: engine.Leave, Body: engine.Body{Role: role, Device: d.ID}})
		}
	}
	for _, role := range roles {
		if !slices.Contains(d.joined, role) && !r.online(role, d.ID) {
			_, _ = r.c.Do(engine.Command{Do: engine.Join, Body: engine.Body{Role: role, Device: d.ID, Person: d.Person}})
		}
	}
	d.Roles, d.joined = slices.Clone(roles), slices.Clone(roles)
}

// online reports whether the log says so of a device already.
func (r *Room) online(role, device string) bool {
	s := r.c.Drill.Snapshot()
	view := RoleOf(&s, role)
	return view != nil && slices.Contains(view.Devices, device)
}

// Gone says that a stream of a device has closed.
func (r *Room) Gone(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := r.devices[id]
	if d == nil || r.closed {
		return
	}
	if d.streams = max(d.streams-1, 0); d.streams == 0 {
		d.Online, d.Since = false, r.c.Mono()
		r.come()
	}
}

// Heard notes how long a device's last round trip took.
func (r *Room) Heard(id string, late time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d := r.devices[id]; d != nil {
		d.Late = late
	}
}

// sweep logs who has been away for longer than a moment, and forgets devices
// the log names that have not come back since this room was opened.
func (r *Room) sweep() {
	now := r.c.Mono()
	if now-r.swept < beatEvery {
		return
	}
	r.swept = now
	for _, d := range r.devices {
		if d.Online || d.left || now-d.Since < leftAfter {
			continue
		}
		d.left = true
		r.leave(d.ID, d.joined)
		d.joined = nil
	}
	if r.opened >= 0 && now-r.opened > leftAfter {
		r.opened = -1
		s := r.c.Drill.Snapshot()
		for _, role := range s.Roles {
			for _, id := range role.Devices {
				if r.devices[id] == nil {
					r.leave(id, []string{role.Role.ID})
				}
			}
		}
	}
}

func (r *Room) leave(device string, roles []string) {
	for _, role := range roles {
		_, _ = r.c.Do(engine.Command{Do: engine.Leave, Body: engine.Body{Role: role, Device: device}})
	}
}

func (r *Room) listDevices() []Device {
	out := make([]Device, 0, len(r.devices))
	for _, d := range r.devices {
		one := d.Device
		one.Roles = slices.Clone(d.Roles)
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Device) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Answer is what a device sends: an answer, or a box or a text added to it.
type Answer struct {
	Device string
	Age    time.Duration // between the tap and the sending, by the device
	engine.Command
}

// Respond takes an answer. It counts at its tap when the age fits an outage
// the server saw for that device, give or take five seconds, pauses set aside,
// and never earlier than the inject was there; otherwise at its receipt, and
// the log keeps the tap for the facilitator to accept.
func (r *Room) Respond(a Answer) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, ErrClosed
	}
	if err := r.c.Tick(); err != nil {
		return 0, err
	}
	cmd := a.Command
	cmd.Do = engine.Respond
	now := r.c.watch.Now()
	said := r.c.watch.Ago(a.Age)
	if tapped := max(said, r.receivedAt(cmd.ID)); tapped < now {
		if said >= r.believed(a.Device) {
			cmd.Late, cmd.Observed = true, tapped
		} else {
			cmd.Tap = tapped
		}
	}
	events, err := r.c.decide(cmd, now)
	return r.outcome(cmd.Key, events, err)
}

// believed is since when an answer of a device may have been tapped and count
// from then. It is exercise time: in a pause nobody could send.
func (r *Room) believed(id string) engine.Millis {
	d, w := r.devices[id], &r.c.watch
	now, from := r.c.Mono(), w.Now()
	at := func(then time.Duration) engine.Millis { return w.Ago(now - then) }
	switch {
	case d == nil:
	case !d.Online:
		from = at(d.Since)
	case d.back > 0 && from-at(d.back) <= w.ran(flushedAfter):
		from = at(d.outage)
	}
	return from - w.ran(tapAllowance)
}

func (r *Room) receivedAt(inject string) engine.Millis {
	for i := len(r.c.Log) - 1; i >= 0; i-- {
		if e := &r.c.Log[i]; e.Type == engine.Received && e.ID == inject {
			return e.At
		}
	}
	return 0
}
