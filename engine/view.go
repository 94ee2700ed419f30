package engine

import "slices"

// Snapshot is what a facilitator may see of a drill at one moment. Two drills
// that went through the same log have equal snapshots.
type Snapshot struct {
	Seq       int64          `json:"seq"`
	Now       Millis         `json:"now_ms"`
	Phase     string         `json:"phase"` // waiting running paused stopped over
	Fault     string         `json:"fault,omitempty"`
	State     string         `json:"state"`
	Entered   Millis         `json:"entered_ms"`
	Forced    bool           `json:"forced,omitempty"` // the state was entered by force
	Injects   []InjectView   `json:"injects"`
	Responses []ResponseView `json:"responses"`
	Acts      []ActView      `json:"acts,omitempty"` // prohibited actions and distractors seen, flags stated
	Roles     []RoleView     `json:"roles"`
}

// InjectView is where one inject stands.
type InjectView struct {
	Inject     *Inject      `json:"inject"`
	Status     InjectStatus `json:"status"`
	Held       bool         `json:"held,omitempty"`
	At         Millis       `json:"at_ms"` // planned, after any postponing
	ReleasedAt Millis       `json:"released_ms,omitempty"`
	Received   bool         `json:"received,omitempty"`
	ReceivedAt Millis       `json:"received_ms,omitempty"`
	Receipt    string       `json:"receipt,omitempty"`
	AdHoc      bool         `json:"adhoc,omitempty"`
	Text       Text         `json:"text"` // after any editing
	Relayed    []string     `json:"relayed,omitempty"`
	Answered   []string     `json:"answered,omitempty"` // roles whose choices stand
}

// ResponseView is where one response stands.
type ResponseView struct {
	Response  *Response `json:"response"`
	Inject    string    `json:"inject"`
	Triggered bool      `json:"triggered,omitempty"`
	From      Millis    `json:"from_ms"`   // receipt of its inject
	Target    Millis    `json:"target_ms"` // with the seat's time factor
	Limit     Millis    `json:"limit_ms"`
	Done      bool      `json:"done,omitempty"`
	DoneAt    Millis    `json:"done_ms,omitempty"`
	Way       string    `json:"way,omitempty"`
	Missed    bool      `json:"missed,omitempty"`
	Late      bool      `json:"late,omitempty"`
}

// ActView counts how often something else was recorded.
type ActView struct {
	ID    string `json:"id"`
	Times int    `json:"times"`
}

// RoleView is who holds a role.
type RoleView struct {
	Role    *Role    `json:"role"`
	Persons []string `json:"persons,omitempty"`
	Devices []string `json:"devices,omitempty"`
	Cover   string   `json:"cover,omitempty"`
	Filled  bool     `json:"filled,omitempty"`
	Factor  Ratio    `json:"factor"`
}

// Snapshot returns the drill as it stands.
func (d *Drill) Snapshot() Snapshot {
	s := Snapshot{Seq: d.seq, Now: d.now, Fault: d.fault, State: d.State(), Entered: d.entered, Forced: d.forcedIn,
		Phase: [...]string{"waiting", "running", "paused", "stopped", "over"}[d.phase]}
	s.Injects = make([]InjectView, 0, len(d.injects))
	for i := range d.injects {
		s.Injects = append(s.Injects, d.injectView(i))
	}
	for a := range d.acts {
		switch act := &d.acts[a]; {
		case act.kind == kindResponse:
			s.Responses = append(s.Responses, d.responseView(a))
		case len(act.records) > 0:
			s.Acts = append(s.Acts, ActView{act.id, len(act.records)})
		}
	}
	for f := range d.flags {
		if n := len(d.flags[f].records); n > 0 {
			s.Acts = append(s.Acts, ActView{d.c.scenario.Flags[f].ID, n})
		}
	}
	for i := range d.roles {
		s.Roles = append(s.Roles, d.roleView(i))
	}
	return s
}

// ResponsePlace returns the number of a response of the file, for ResponseAt,
// or -1.
func (c *Compiled) ResponsePlace(id string) int {
	if r, ok := c.names.find(id); ok && r.kind == kindResponse {
		return r.index
	}
	return -1
}

// ResponseAt returns where the response of this number stands, without looking
// it up and without allocating: for those who ask at every step.
func (d *Drill) ResponseAt(place int) ResponseView { return d.responseView(place) }

// Filled reports whether somebody holds the role, or a held role covers it.
func (d *Drill) Filled(role string) bool {
	i, ok := d.role(role)
	return ok && d.filled(i)
}

func (d *Drill) injectView(i int) InjectView {
	in := &d.injects[i]
	v := InjectView{Inject: in.def, Status: in.status, Held: in.held, At: in.at, ReleasedAt: in.releasedAt,
		Received: in.received, Receipt: in.receipt, AdHoc: in.adhoc, Text: in.def.Text}
	if in.received {
		v.ReceivedAt = in.receivedAt
	}
	if in.words != nil {
		v.Text = *in.words
	}
	for _, r := range in.told {
		v.Relayed = append(v.Relayed, d.roles[r].def.ID)
	}
	for _, r := range in.answered {
		v.Answered = append(v.Answered, d.roles[r].def.ID)
	}
	return v
}

func (d *Drill) responseView(a int) ResponseView {
	act := &d.acts[a]
	v := ResponseView{Response: act.response, Inject: d.injects[act.inject].def.ID, Triggered: act.triggered,
		From: d.injects[act.inject].receivedAt, Target: act.target, Limit: act.limit,
		Done: d.done(a), Missed: act.missed && !d.done(a), Late: d.late(a)}
	if v.Done {
		v.DoneAt = d.doneAt(a)
		if way := act.records[0].way; way >= 0 {
			v.Way = d.acts[way].id
		}
	}
	return v
}

func (d *Drill) roleView(i int) RoleView {
	r := &d.roles[i]
	v := RoleView{Role: r.def, Persons: slices.Clone(r.persons), Devices: slices.Clone(r.devices), Filled: d.filled(i), Factor: r.factor}
	if r.coverBy >= 0 {
		v.Cover = d.roles[r.coverBy].def.ID
	}
	return v
}
