package scoring

import "saban/engine"

// Scorecard is the result of a drill. In JSON, what cannot be said is null:
// the total when nothing was triggered, the figures of an untriggered item.
type Scorecard struct {
	Scenario    ScenarioRef      `json:"scenario"`
	At          Seconds          `json:"at_s"`        // exercise time of the last event
	Provisional bool             `json:"provisional"` // the drill is not over
	Total       *Points          `json:"total"`
	BeforeGates *Points          `json:"before_gates"`
	Grade       Grade            `json:"grade"`
	Verdict     engine.Text      `json:"verdict"` // one sentence
	State       string           `json:"state"`
	StateKind   engine.StateKind `json:"state_kind"`
	Path        []Step           `json:"path"`

	Capabilities      map[engine.Capability]Rating `json:"capabilities"` // final ratings
	CapabilityDetails []CapabilityResult           `json:"capability_details"`

	Timeliness  *engine.Ratio `json:"timeliness"`  // weighted mean over what was triggered
	Correctness *engine.Ratio `json:"correctness"` // the same
	Order       Order         `json:"order"`
	Points      *PartPoints   `json:"points"`    // what each part brought; null under a formula
	PointsOf    *PartPoints   `json:"points_of"` // what each part could have brought

	Items        []Item       `json:"items"`
	Penalties    []Penalty    `json:"penalties"`
	PenaltyTotal Points       `json:"penalty_total"`
	Gates        []Gate       `json:"gates"`
	Findings     []Finding    `json:"findings"`
	Distractors  []Distracted `json:"distractors"`
	Roles        []RoleResult `json:"roles"`
	Limits       []Finding    `json:"limits"` // what the result cannot say
	Rubric       Rubric       `json:"rubric"`
}

// ScenarioRef names the scenario that was played. SHA256 is of the bytes of
// its file; the caller fills it in.
type ScenarioRef struct {
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
}

// Step is a state the situation was in, from AtMS on.
type Step struct {
	State  string           `json:"state"`
	Kind   engine.StateKind `json:"kind"`
	AtMS   engine.Millis    `json:"at_ms"`
	Forced bool             `json:"forced,omitempty"` // put there by the facilitator
	Event  int64            `json:"event,omitempty"`  // 0: the state at StartEx
}

// Item is one expected response and what became of it. Timeliness,
// Correctness, Content, Owner and Value are shares; Content is before owner
// and lateness, Correctness after them.
type Item struct {
	ID         string            `json:"id"`
	Inject     string            `json:"inject"`
	Do         engine.Text       `json:"do"`
	By         string            `json:"by"`
	Capability engine.Capability `json:"capability,omitempty"`
	Objective  string            `json:"objective,omitempty"`
	Weight     int               `json:"weight"`
	Critical   bool              `json:"critical"`
	AdHoc      bool              `json:"ad_hoc,omitempty"`

	Triggered bool         `json:"triggered"`
	Received  *Seconds     `json:"received_s"` // exercise time of the trigger
	Target    Seconds      `json:"target_s"`
	Limit     Seconds      `json:"limit_s"`
	Factor    engine.Ratio `json:"factor"` // time factor of the seat, already in target and limit

	Done     bool     `json:"done"`
	DoneBy   string   `json:"done_by,omitempty"`
	Way      string   `json:"way,omitempty"`
	Observed *Seconds `json:"observed_s"` // exercise time of the scored record
	Actual   *Seconds `json:"actual_s"`   // from trigger to record; 0 when proactive

	Timeliness  *engine.Ratio `json:"timeliness"`
	Content     *engine.Ratio `json:"content"`
	Owner       *engine.Ratio `json:"owner"`
	Correctness *engine.Ratio `json:"correctness"`
	Value       *engine.Ratio `json:"value"`

	Late      bool `json:"late"`
	Proactive bool `json:"proactive,omitempty"` // done before its trigger
	Pending   bool `json:"pending,omitempty"`   // not done, its limit not yet passed
	Unchecked bool `json:"unchecked,omitempty"` // rests on boxes nobody checked
	Records   int  `json:"records"`             // how many there are; the best is scored

	Suggested Rating `json:"suggested"`
	Rating    Rating `json:"rating"` // the evaluator's, or else the suggested one
	Rated     *Hand  `json:"rated,omitempty"`
	Disputed  bool   `json:"disputed,omitempty"` // evaluators differ and nobody has settled it

	Computed  *Facts       `json:"computed,omitempty"` // what the log said, where facts were overridden
	Overrides []Overriding `json:"overrides,omitempty"`

	Why    engine.Text `json:"why"`
	Events []int64     `json:"events"`
}

// Facts are the scored facts of an item and what they would have been worth.
type Facts struct {
	Done        bool         `json:"done"`
	Observed    *Seconds     `json:"observed_s"`
	Timeliness  engine.Ratio `json:"timeliness"`
	Content     engine.Ratio `json:"content"`
	Owner       engine.Ratio `json:"owner"`
	Correctness engine.Ratio `json:"correctness"`
	Value       engine.Ratio `json:"value"`
	Rating      Rating       `json:"rating"`
}

// Hand says who set something by hand, why, and in which event.
type Hand struct {
	By     string `json:"by"`
	Reason string `json:"reason,omitempty"`
	Event  int64  `json:"event"`
}

// Overriding is one override of facts.
type Overriding struct {
	Hand
	Facts engine.FactsOverride `json:"facts"`
}

// Order holds the named precedences. Share is kept of applicable, or without
// an applicable pair the mean of timeliness and correctness.
type Order struct {
	Kept       int           `json:"kept"`
	Applicable int           `json:"applicable"`
	Share      *engine.Ratio `json:"share"`
	Pairs      []Pair        `json:"pairs"`
}

// Pair says that First had to come before Second.
type Pair struct {
	First      string  `json:"first"`
	Second     string  `json:"second"`
	Applicable bool    `json:"applicable"`
	Kept       bool    `json:"kept"`
	Events     []int64 `json:"events"`
}

// PartPoints are points by part.
type PartPoints struct {
	Timeliness  Points `json:"timeliness"`
	Correctness Points `json:"correctness"`
	Order       Points `json:"order"`
}

// Penalty is one occurrence of a prohibited action. One that came too soon
// after the last counted one of its kind is listed, but not counted.
type Penalty struct {
	ID         string            `json:"id"`
	Severity   engine.Severity   `json:"severity"`
	Capability engine.Capability `json:"capability"`
	Points     Points            `json:"points"`
	AtMS       engine.Millis     `json:"at_ms"`
	Role       string            `json:"role,omitempty"`
	Counted    bool              `json:"counted"`
	Why        engine.Text       `json:"why"`
	Events     []int64           `json:"events"`
}

// Names of the gates.
const (
	CriticalMissed  = "critical_missed"
	CriticalsMissed = "criticals_missed"
	LifeAction      = "life_action"
	FailedState     = "failed"
)

// Gate is a ceiling on the total that applies. It bites when the points
// before gates are above its cap.
type Gate struct {
	ID     string      `json:"id"`
	Cap    Points      `json:"cap"`
	Bites  bool        `json:"bites"`
	Why    engine.Text `json:"why"`
	Events []int64     `json:"events"`
}

// CapabilityResult is how one capability came out.
type CapabilityResult struct {
	Code      engine.Capability `json:"code"`
	Title     engine.Text       `json:"title"`
	Suggested Rating            `json:"suggested"`
	Final     Rating            `json:"final"`
	Rated     *Hand             `json:"rated,omitempty"`
	Disputed  bool              `json:"disputed,omitempty"`
	Mean      engine.Ratio      `json:"mean"` // weighted mean value
	Weight    int               `json:"weight"`
	Items     []string          `json:"items"`
	Why       engine.Text       `json:"why"`
	Events    []int64           `json:"events"`
}

// FindingKind tells good news from bad.
type FindingKind string

// The kinds of a finding.
const (
	Strength FindingKind = "strength"
	Weakness FindingKind = "weakness"
	Note     FindingKind = "note"
)

// Finding is one sentence about the drill, with the events that bear it out.
type Finding struct {
	Code   string      `json:"code"`
	Kind   FindingKind `json:"kind"`
	IDs    []string    `json:"ids,omitempty"` // responses, acts, roles or states it is about
	Text   engine.Text `json:"text"`
	Events []int64     `json:"events"`
}

// Distracted counts how often a useless choice was taken.
type Distracted struct {
	ID     string  `json:"id"`
	Count  int     `json:"count"`
	Events []int64 `json:"events"`
}

// RoleResult sums up the triggered responses a role was the first owner of.
type RoleResult struct {
	Role       string       `json:"role"`
	Responses  int          `json:"responses"`
	OnTime     int          `json:"on_time"` // within target
	Done       int          `json:"done"`
	Late       int          `json:"late"` // after limit
	Missed     int          `json:"missed"`
	ByOthers   int          `json:"by_others"` // done by somebody who does not own it
	Weight     int          `json:"weight"`
	Mean       engine.Ratio `json:"mean"` // weighted mean value
	Prohibited int          `json:"prohibited"`
}
