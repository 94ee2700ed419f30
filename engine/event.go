package engine

// EventType names what happened.
type EventType string

// The events. A log holds nothing else; each is appended once and never
// changed.
const (
	Started       EventType = "started"      // StartEx: Start holds all that was fixed before
	Paused        EventType = "paused"       //
	Resumed       EventType = "resumed"      //
	Ended         EventType = "ended"        // EndEx
	Due           EventType = "due"          // inject ID is due, but waits (Mode: hold, only_in)
	Released      EventType = "released"     // inject ID was given out (Mode: planned, when, hand, by, adhoc)
	Received      EventType = "received"     // inject ID reached its readers (Mode: no_device, device, read, assumed)
	Held          EventType = "held"         // inject ID is kept back
	Unheld        EventType = "unheld"       //
	Postponed     EventType = "postponed"    // inject ID is planned at To_at (Moment)
	Skipped       EventType = "skipped"      // inject ID will not be given out
	Withdrawn     EventType = "withdrawn"    // inject ID can no longer happen (Mode: until, final, retracted)
	Edited        EventType = "edited"       // inject ID has a new text (Words)
	Recalled      EventType = "recalled"     // the release of inject ID is taken back
	Relayed       EventType = "relayed"      // the news of inject ID was passed on to Role
	Written       EventType = "written"      // an ad hoc inject (Inject) was written
	Responded     EventType = "responded"    // Role answered inject ID (Choices, Boxes, Text)
	Observed      EventType = "observed"     // act ID was seen done by Role, at Observed, with Content
	ProhibitedAct EventType = "prohibited"   // prohibited action ID was seen done by Role, at Observed
	Missed        EventType = "missed"       // the limit of response ID passed and it was not done
	Marked        EventType = "marked"       // content of response ID in event Of
	Rated         EventType = "rated"        // evaluator's rating of response or capability ID (Mode: settled, by the lead)
	Overridden    EventType = "overridden"   // facts of response ID were set by hand (Override)
	Retracted     EventType = "retracted"    // event Of is undone as a fact
	Flagged       EventType = "flagged"      // flag ID was stated
	Moved         EventType = "moved"        // the machine went From To, by transition Via
	Forced        EventType = "forced"       // the facilitator put the machine From To
	Noted         EventType = "noted"        // Text, Photo or both (Mode: real = a real incident is reported, or with Of said to be none; unseen = response ID was not seen done; went_well, went_badly, to_change = said at the hot wash)
	Assigned      EventType = "assigned"     // Person holds Role; an empty Person leaves it
	Joined        EventType = "joined"       // a Device of Role is online
	Left          EventType = "left"         // it is not
	StoppedReal   EventType = "stopped_real" // a real incident stops the drill
	ResumedReal   EventType = "resumed_real" //
	Gap           EventType = "gap"          // the wall clock skipped; paused at At
	Recovered     EventType = "recovered"    // the process was restarted; paused at At
	Faulted       EventType = "fault"        // the engine stopped itself (Mode says why)
)

// Settled is the Mode of a rating that stands for all evaluators: their lead
// has talked it over.
const Settled = "settled"

// ReportsReal is the Mode of a note by which somebody asks for a stop because
// of a real incident, and of the note that says there is none.
const ReportsReal = "real"

// Unseen is the Mode of a note saying that an evaluator, who looked for
// response ID, did not see it done.
const Unseen = "unseen"

// The modes of a note that is somebody's word at the hot wash: what worked,
// what did not, and the one thing to change.
const (
	WentWell  = "went_well"
	WentBadly = "went_badly"
	ToChange  = "to_change"
)

// HotWash reports whether a note of this mode was said at the hot wash.
func HotWash(mode string) bool { return mode == WentWell || mode == WentBadly || mode == ToChange }

// wellFormed reports whether t could be an event type of some version: small
// letters and underscores, which are written as they are.
func (t EventType) wellFormed() bool {
	for i := range len(t) {
		if c := t[i]; (c < 'a' || c > 'z') && c != '_' {
			return false
		}
	}
	return t != ""
}

// Body is what an event and a command both carry. Which fields count is said
// beside each EventType and Verb.
type Body struct {
	ID       string         `json:"id,omitempty"`
	Role     string         `json:"role,omitempty"`
	Person   string         `json:"person,omitempty"`
	Device   string         `json:"device,omitempty"`
	From     string         `json:"from,omitempty"`
	To       string         `json:"to,omitempty"`
	Via      string         `json:"via,omitempty"`
	Mode     string         `json:"mode,omitempty"`
	Of       int64          `json:"of,omitempty"`
	Moment   Millis         `json:"moment,omitempty"` // postponed: the new time; gap, recovered: nothing
	Tap      Millis         `json:"tap,omitempty"`    // responded: when the device says it was tapped, where that was not counted
	Observed Millis         `json:"observed"`         // when it happened; written only where it differs from At
	Content  Ratio          `json:"content"`          // share of the content that was there; written for acts only
	Rating   string         `json:"rating,omitempty"` // P S M U
	Choices  []string       `json:"choices,omitempty"`
	Boxes    []Ticks        `json:"boxes,omitempty"`
	Text     string         `json:"text,omitempty"`
	Photo    string         `json:"photo,omitempty"` // noted: SHA-256 of the photo kept beside the log, in lower case hex
	Words    *Text          `json:"words,omitempty"`
	Reason   string         `json:"reason,omitempty"`
	Override *FactsOverride `json:"override,omitempty"`
	Start    *Start         `json:"start,omitempty"`
	Inject   *Inject        `json:"inject,omitempty"`
}

// Ticks are the boxes a person claims for one response.
type Ticks struct {
	Response string   `json:"response"`
	Boxes    []string `json:"boxes"`
}

// FactsOverride sets facts of a response by hand; what is nil stays.
type FactsOverride struct {
	Done     *bool   `json:"done,omitempty"`
	Observed *Millis `json:"observed,omitempty"`
	Owner    *Ratio  `json:"owner,omitempty"`
	Content  *Ratio  `json:"content,omitempty"`
}

// Start is everything fixed before StartEx.
type Start struct {
	Seats    []Seat  `json:"seats"`
	Covers   []Cover `json:"covers,omitempty"`
	Speed    Ratio   `json:"speed"`              // 1 = real time
	Site     string  `json:"site,omitempty"`     // file of the site laid over the scenario
	Led      bool    `json:"led"`                // a facilitator leads
	Until    Millis  `json:"until_ms,omitempty"` // unattended: EndEx comes by itself then
	Virtual  bool    `json:"virtual,omitempty"`  // played by a script on a virtual clock
	Practice bool    `json:"practice,omitempty"` // another speed than 1: not for the record
	Paper    bool    `json:"paper,omitempty"`    // held on paper and typed in afterwards
}

// Seat is a role with the persons who hold it, by id and never by name.
// Factor multiplies the role's target and limit times; 0 means 1.
type Seat struct {
	Role    string   `json:"role"`
	Persons []string `json:"persons,omitempty"`
	Factor  Ratio    `json:"factor,omitempty"`
}

// Cover says that By takes on the work of Role, which nobody holds.
type Cover struct {
	Role string `json:"role"`
	By   string `json:"by"`
}

// Event is one fact of a drill.
type Event struct {
	Seq      int64     // from 1, without gaps
	Type     EventType //
	At       Millis    // exercise time; never goes back
	Recorded int64     // wall clock, milliseconds since 1970 UTC
	Actor    string    // person id; empty = the engine
	Key      string    // idempotency key of the command it came from
	Cause    int64     // Seq of the act it followed from; 0 = an act itself
	Body
}

// Subject reports whether the event says that somebody did something that is
// scored: an answer or an observation.
func (e *Event) Subject() bool {
	return e.Type == Responded || e.Type == Observed || e.Type == ProhibitedAct
}
