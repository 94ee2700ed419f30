package engine

// Scenario is a threat scenario as its author wrote it, with the values of a
// site already merged in: a state machine with injects and the responses
// expected to them. Compile turns it into what a Drill runs on.
//
// Ids are [A-Za-z][A-Za-z0-9_]{0,31} and unique across states, injects,
// responses, ways, prohibited actions, distractors, flags, roles, objectives
// and parameters. Box sets, boxes and transitions have name spaces of their
// own.
type Scenario struct {
	ID          string       `json:"id"`
	Lang        Lang         `json:"lang"`
	Title       Text         `json:"title"`
	Threat      string       `json:"threat,omitempty"`
	Site        Facility     `json:"site"`
	Duration    Millis       `json:"duration_ms"`
	Review      Review       `json:"review"`
	Parameters  []Parameter  `json:"parameters,omitempty"`
	Defaults    Defaults     `json:"defaults"`
	Objectives  []Objective  `json:"objectives,omitempty"`
	Flags       []Flag       `json:"flags,omitempty"`
	Boxes       []BoxSet     `json:"boxes,omitempty"`
	Roles       []Role       `json:"roles"`
	States      []State      `json:"states,omitempty"`
	Transitions []Transition `json:"transitions,omitempty"`
	Injects     []Inject     `json:"injects"`
	Prohibited  []Prohibited `json:"prohibited,omitempty"`
	Distractors []Distractor `json:"distractors,omitempty"`
	Debrief     []Text       `json:"debrief,omitempty"`
}

// Facility describes where a scenario plays. Seed names the place in the
// province's programme that it stands for; the facility itself is fictional.
type Facility struct {
	Kind  string `json:"kind,omitempty"`
	Seed  string `json:"seed,omitempty"`
	Name  Text   `json:"name"`
	About Text   `json:"about"`
}

// Review says who vouched, and when, that a scenario is fictional and
// defensive.
type Review struct {
	By   string `json:"by"`
	Date string `json:"date"`
}

// Parameter is a value a site may set: a number, a word or a duration. Texts
// show it as ${id}; a duration may stand in a guard.
type Parameter struct {
	ID       string `json:"id"`
	Value    string `json:"value"`
	Duration Millis `json:"duration_ms,omitempty"`
	Timed    bool   `json:"timed,omitempty"` // Value is a duration
	Source   Text   `json:"source"`
}

// Defaults stand in where a response gives no time or weight of its own.
type Defaults struct {
	Target Millis `json:"target_ms"`
	Limit  Millis `json:"limit_ms"`
	Weight int    `json:"weight"`
}

// Objective is what the drill trains, under one capability.
type Objective struct {
	ID         string     `json:"id"`
	Capability Capability `json:"capability"`
	Text       Text       `json:"text"`
}

// Capability groups responses in the report.
type Capability string

// The capabilities of the province's reports, by the codes used there.
const (
	NB Capability = "NB" // nhận biết và báo tin: recognise and report
	BV Capability = "BV" // bảo vệ con người: protect people
	CH Capability = "CH" // chỉ huy, phối hợp: command and coordinate
	KV Capability = "KV" // khoanh vùng, kiểm soát: cordon, keep the scene, technical control
	TT Capability = "TT" // thông tin, cảnh báo: inform and warn the public
	KP Capability = "KP" // khôi phục: restore operation
)

// Capabilities lists them in report order.
var Capabilities = []Capability{NB, BV, CH, KV, TT, KP}

// Flag is a fact the facilitator states.
type Flag struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
}

// BoxSet is a list of contents a good report holds, each ticked or not.
type BoxSet struct {
	ID    string `json:"id"`
	Boxes []Box  `json:"boxes"`
}

// Box is one content of a BoxSet.
type Box struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
}

// Role is a seat in the room, or with Simulated a voice from outside that
// exercise control plays.
type Role struct {
	ID        string `json:"id"`
	Title     Text   `json:"title"`
	Simulated bool   `json:"simulated,omitempty"`
}

// StateKind says what a state means for the drill.
type StateKind string

// The kinds of a state. Contained and Failed are final for the machine.
const (
	Initial   StateKind = "initial"
	Normal    StateKind = "normal"
	Escalated StateKind = "escalated"
	Contained StateKind = "contained"
	Failed    StateKind = "failed"
)

// Final reports whether the machine never leaves a state of this kind by
// itself.
func (k StateKind) Final() bool { return k == Contained || k == Failed }

// DefaultDwell is how long an escalated state lasts at least where its author
// says nothing else, so that its consequences are played. Whoever builds a
// Scenario fills it in.
const DefaultDwell = 120 * Second

// Running is the one state of a scenario that names none.
const Running = "running"

// State is a state of the situation. AtLeast holds back every move out of it
// until that long after entry.
type State struct {
	ID      string    `json:"id"`
	Kind    StateKind `json:"kind"`
	Phase   string    `json:"phase,omitempty"`
	AtLeast Millis    `json:"at_least_ms,omitempty"`
	Title   Text      `json:"title"`
}

// Transition leads from one state to another once its guard is true.
type Transition struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
	When string `json:"when"`
	Why  Text   `json:"why"`
}

// Inject is information given to players, and the responses it should bring.
type Inject struct {
	ID         string     `json:"id"`
	Title      Text       `json:"title"`
	At         Millis     `json:"at_ms"`
	Hand       bool       `json:"hand,omitempty"`     // released by the facilitator only
	When       string     `json:"when,omitempty"`     // contingency: released once this is true
	Until      Millis     `json:"until_ms,omitempty"` // last instant of a contingency; 0 = none
	ExpectedIn string     `json:"expected_in,omitempty"`
	OnlyIn     []string   `json:"only_in,omitempty"`
	Otherwise  string     `json:"otherwise,omitempty"` // hold (default) or skip
	Channel    string     `json:"channel,omitempty"`
	From       string     `json:"from,omitempty"`
	To         []string   `json:"to,omitempty"` // player roles; empty = all
	Text       Text       `json:"text"`
	Told       []RoleText `json:"told,omitempty"`
	Note       Text       `json:"note"`
	Also       []Choices  `json:"also,omitempty"`
	Asks       []Ask      `json:"asks,omitempty"`
	Expects    []Response `json:"expects,omitempty"`
}

// Choices are further choices offered to a role beside its own responses.
type Choices struct {
	Role string   `json:"role"`
	IDs  []string `json:"ids"`
}

// Ask is the question an inject puts to a role. Written out by an author it
// replaces everything derived from Expects and Also.
type Ask struct {
	Role    string   `json:"role"`
	Choices []string `json:"choices"` // responses, ways, prohibited actions, distractors
	Pick    int      `json:"pick"`    // how many to choose, exactly
	Told    Text     `json:"told"`
}

// Response is an action expected of a role.
type Response struct {
	ID         string     `json:"id"`
	By         string     `json:"by"`
	Or         []string   `json:"or,omitempty"`
	Target     Millis     `json:"target_ms"`
	Limit      Millis     `json:"limit_ms"`
	Weight     int        `json:"weight"`
	Critical   bool       `json:"critical,omitempty"`
	After      []string   `json:"after,omitempty"`
	Objective  string     `json:"objective,omitempty"`
	Capability Capability `json:"capability,omitempty"`
	Boxes      string     `json:"boxes,omitempty"`
	Do         Text       `json:"do"`
	Ways       []Way      `json:"ways,omitempty"`
}

// Owns reports whether role is a correct owner: By or one of Or.
func (r *Response) Owns(role string) bool {
	if role == r.By {
		return true
	}
	for _, or := range r.Or {
		if role == or {
			return true
		}
	}
	return false
}

// Way is one of several ways to make a response; one is picked.
type Way struct {
	ID      string `json:"id"`
	Do      Text   `json:"do"`
	Content Ratio  `json:"content"` // multiplies the boxes
}

// Severity of a prohibited action.
type Severity string

// The severities, by what the act puts at risk.
const (
	Minor Severity = "minor"
	Major Severity = "major"
	Life  Severity = "life"
)

// Prohibited is an act that adds danger.
type Prohibited struct {
	ID         string     `json:"id"`
	Severity   Severity   `json:"severity"`
	Capability Capability `json:"capability"`
	Text       Text       `json:"text"`
	Why        Text       `json:"why"`
}

// Distractor is a plausible, harmless, useless choice.
type Distractor struct {
	ID   string `json:"id"`
	Text Text   `json:"text"`
}
