// Package report writes the after-action report of a drill: the báo cáo rút
// kinh nghiệm diễn tập that Vietnamese custom asks for, with the overview and
// improvement table of HSEEP inside it.
//
// Start with Build, which draws everything a reader needs from scenario,
// scorecard and log, in both languages; Markdown renders it, and the Report
// itself is the JSON. Findings come before figures, every sentence names the
// events it rests on (#12 is the event with seq 12), and what only people can
// know is a marked blank, never invented. Scores belong to roles and teams:
// persons appear only as those who led, rated or corrected the drill.
//
// No secrecy mark is ever printed; the marking is that of a training document.
package report

import (
	"sync"

	"saban/engine"
	"saban/scoring"
)

// Meta is what a report needs beside scenario, scorecard and log. Every field
// may be empty; what people must fill in is then left blank.
type Meta struct {
	Drill    string // id of the drill
	Head     string // head hash of its file
	Closed   bool   // the file is closed: nothing can be added
	SealKey  string // fingerprint of the key it is sealed with
	Engine   string // version that played it
	Scenario Pin    // its SHA256 falls back to the scorecard's
	Site     Pin
	Rubric   Pin

	Parent        string            // body above the issuing one
	Body          string            // issuing body
	Number        string            // 05/BC-…
	Place         string            // where the report is signed
	Date          int64             // of the report, milliseconds since 1970; 0 = the day of EndEx
	To            []string          // whom it is sent to: Kính gửi
	Office        string            // in whose name it is signed: TM. BAN CHỈ ĐẠO
	Signer        string            // who signs, by office
	Signed        string            // and by name
	Copies        []string          // nơi nhận; the last line is the archive's
	Sponsor       string            // who ordered the drill
	Organizations []string          // who took part
	Contact       string            // point of contact
	Previous      *Previous         // the drill before, to compare with
	Names         map[string]string // person id → name or office; ids without one are printed as they are
}

// Pin names a file and its SHA-256.
type Pin struct {
	Name   string `json:"name,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

// Report is an after-action report. Its texts are as people wrote them; a
// renderer escapes them.
type Report struct {
	Format      int                    `json:"report"` // 1
	Marking     engine.Text            `json:"marking"`
	Letterhead  Letterhead             `json:"letterhead"`
	Subject     engine.Text            `json:"subject"`
	About       engine.Text            `json:"about"` // scenario, site, time and people in a line
	Verdict     engine.Text            `json:"verdict"`
	Grade       engine.Text            `json:"grade"`    // grade and total in a sentence
	Overview    []Row                  `json:"overview"` // I
	Timeline    []Line                 `json:"timeline"` // II
	Strengths   []scoring.Finding      `json:"strengths"`
	Weaknesses  []scoring.Finding      `json:"weaknesses"`
	Notes       []scoring.Finding      `json:"notes"`
	Said        []Said                 `json:"said,omitempty"` // at the hot wash
	Limits      []Fact                 `json:"limits"`         // of the result
	Objectives  []Objective            `json:"objectives"`     // how far each was reached
	Pace        []Pace                 `json:"pace"`           // how quick each role was
	Branches    []Fact                 `json:"branches"`       // turns for the worse, and forced moves
	Reading     []Fact                 `json:"reading"`        // what the pictures show
	Compared    *Comparison            `json:"compared"`       // with the drill before; null without one
	Causes      []Cause                `json:"causes"`
	Lessons     []engine.Text          `json:"lessons"`          // IV: questions to answer
	Agreed      []engine.Text          `json:"agreed,omitempty"` // and what was learned, once people said so
	Plan        []Action               `json:"plan"`             // V
	Proposals   []engine.Text          `json:"proposals"`
	Injects     []InjectLine           `json:"injects"`
	Conduct     []Fact                 `json:"conduct"` // how the drill itself was run
	Corrections []Correction           `json:"corrections"`
	Ratings     []EvaluatorRating      `json:"ratings,omitempty"`   // of every evaluator, side by side
	Agreement   []EvaluatorPair        `json:"agreement,omitempty"` // of every two of them
	Proof       Proof                  `json:"proof"`
	Reviewed    bool                   `json:"reviewed,omitempty"` // people have put their words over it
	Approval    *Approval              `json:"approval,omitempty"`
	Names       map[string]engine.Text `json:"names"` // what ids stand for
	Card        scoring.Scorecard      `json:"scorecard"`

	scenario *engine.Scenario // for the pictures
	log      []engine.Event
	before   *scoring.Scorecard           // of the drill before, or nil
	persons  map[string]string            // by id
	accounts func() []scoring.ItemAccount // worked out once, for every language
}

// Letterhead is the head of an official document. Empty fields are blanks.
type Letterhead struct {
	Parent string   `json:"parent"`
	Body   string   `json:"body"`
	Number string   `json:"number"`
	Place  string   `json:"place"`
	Date   string   `json:"date"` // 2026-03-05; empty when only virtual clocks ran
	To     []string `json:"to"`
	Office string   `json:"office"`
	Signer string   `json:"signer"`
	Name   string   `json:"name"`
	Copies []string `json:"copies"`
}

// Row is a line of the overview table. Blank asks people to fill it in.
type Row struct {
	Label engine.Text `json:"label"`
	Value engine.Text `json:"value"`
	Blank bool        `json:"blank,omitempty"`
}

// Line is one event of the timeline.
type Line struct {
	Event     int64            `json:"event"`
	Type      engine.EventType `json:"type"`
	AtMS      engine.Millis    `json:"at_ms"`
	Wall      string           `json:"wall"` // RFC 3339, +07:00; empty on a virtual clock
	Who       engine.Text      `json:"who"`
	What      engine.Text      `json:"what"`
	Retracted int64            `json:"retracted,omitempty"` // by this event
}

// Fact is a sentence with the events that bear it out.
type Fact struct {
	Text   engine.Text `json:"text"`
	Events []int64     `json:"events"`
}

// Cause is what the log shows of why a response failed. The root cause is
// for people to name.
type Cause struct {
	ID    string      `json:"id"`
	Text  engine.Text `json:"text"`
	Shown []Fact      `json:"shown"`
	Root  engine.Text `json:"root,omitzero"` // absent until somebody names it
}

// Action is a line of the improvement plan. Element and Responsible are
// suggestions, and so is Proposed, drafted from the finding; Measure is for
// people to fill in, and so is Due when empty.
type Action struct {
	IDs         []string          `json:"ids"`
	Issue       engine.Text       `json:"issue"`
	Capability  engine.Capability `json:"capability,omitempty"`
	Proposed    engine.Text       `json:"proposed,omitzero"`
	Measure     engine.Text       `json:"measure,omitzero"`
	Element     Element           `json:"element"`
	Priority    int               `json:"priority"`    // 1 first, 3 last
	Responsible string            `json:"responsible"` // role, or whoever was named
	Start       string            `json:"start,omitempty"`
	Due         string            `json:"due"`            // 2026-05-04
	Done        string            `json:"done,omitempty"` // the day it was done
	Events      []int64           `json:"events"`
}

// InjectLine is what became of one inject.
type InjectLine struct {
	ID       string         `json:"id"`
	To       engine.Text    `json:"to"`
	Planned  *engine.Millis `json:"planned_ms"`
	Released *engine.Millis `json:"released_ms"`
	Received *engine.Millis `json:"received_ms"`
	Outcome  engine.Text    `json:"outcome"`
	Events   []int64        `json:"events"`
}

// Correction is one thing that was set by hand, with both values.
type Correction struct {
	Event  int64         `json:"event"`
	AtMS   engine.Millis `json:"at_ms"`
	What   engine.Text   `json:"what"`
	Before engine.Text   `json:"before"`
	After  engine.Text   `json:"after"`
	By     engine.Text   `json:"by"`
	Reason string        `json:"reason"`
}

// Proof is what others need to check the report against its sources.
type Proof struct {
	Drill    string `json:"drill"`
	Engine   string `json:"engine"`
	Scenario Pin    `json:"scenario"`
	Site     Pin    `json:"site,omitzero"`
	Rubric   Pin    `json:"rubric,omitzero"`
	Events   int    `json:"events"`
	Head     string `json:"head"`
	Closed   bool   `json:"closed"`
	SealKey  string `json:"seal_key,omitempty"` // fingerprint of the key it is sealed with
}

// builder holds what Build reads.
type builder struct {
	s       *engine.Scenario
	card    *scoring.Scorecard
	log     []engine.Event
	meta    *Meta
	start   engine.Start
	started *engine.Event // first of its kind, or nil
	ended   *engine.Event
	gone    map[int64]int64 // retracted event → the event that retracts it
	injects []*engine.Inject
	names   map[string]engine.Text

	found   []scoring.Finding // what several parts speak of, drawn up once
	lines   []InjectLine
	reached []Objective
	paces   []Pace
	against *Comparison
}

// Build draws up the report of a drill. The card must be scored from the log.
func Build(s *engine.Scenario, card scoring.Scorecard, log []engine.Event, meta Meta) Report {
	b := &builder{s: s, card: &card, log: log, meta: &meta, gone: map[int64]int64{}, names: map[string]engine.Text{}}
	b.read()
	b.nameAll()
	b.found, b.lines, b.reached, b.paces, b.against = b.findings(), b.injectLines(), b.objectiveResults(), b.pace(), b.comparison()
	r := Report{
		Format:      1,
		Marking:     engine.Text{VI: "TÀI LIỆU DIỄN TẬP – LƯU HÀNH NỘI BỘ", EN: "EXERCISE DOCUMENT – FOR INTERNAL USE"},
		Letterhead:  b.letterhead(),
		Subject:     b.subject(),
		About:       b.about(),
		Verdict:     card.Verdict,
		Grade:       b.grade(),
		Overview:    full(b.overview()),
		Timeline:    full(b.timeline()),
		Said:        b.said(),
		Limits:      full(b.limits()),
		Objectives:  full(b.reached),
		Pace:        full(b.paces),
		Branches:    full(b.branches()),
		Reading:     full(b.reading()),
		Compared:    b.against,
		Causes:      full(b.causes()),
		Lessons:     full(s.Debrief),
		Plan:        full(b.plan()),
		Proposals:   full(b.proposals()),
		Injects:     full(b.lines),
		Conduct:     full(b.conduct()),
		Corrections: full(b.corrections()),
		Ratings:     b.ratings(),
		Agreement:   b.agreement(),
		Proof:       b.proof(),
		Names:       b.names,
		Card:        card,
		scenario:    s,
		log:         log,
		persons:     meta.Names,
		accounts:    sync.OnceValue(func() []scoring.ItemAccount { return scoring.Explain(s, card.Rubric, log).Items }),
	}
	if meta.Previous != nil && meta.Previous.Card.Scenario.ID == card.Scenario.ID { // the ids of one scenario mean nothing in another
		r.before = &meta.Previous.Card
	}
	for _, f := range b.found {
		switch f.Kind {
		case scoring.Strength:
			r.Strengths = append(r.Strengths, f)
		case scoring.Weakness:
			r.Weaknesses = append(r.Weaknesses, f)
		default:
			r.Notes = append(r.Notes, f)
		}
	}
	r.Strengths, r.Weaknesses, r.Notes = full(b.strengths(r.Strengths)), full(r.Weaknesses), full(r.Notes)
	return r
}

// full makes an absent list an empty one, which JSON writes as [].
func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (b *builder) read() {
	for i := range b.s.Injects {
		b.injects = append(b.injects, &b.s.Injects[i])
	}
	for i := range b.log {
		e := &b.log[i]
		switch e.Type {
		case engine.Started:
			if b.started == nil {
				b.started = e
				if e.Start != nil {
					b.start = *e.Start
				}
			}
		case engine.Ended:
			b.ended = e
		case engine.Retracted:
			b.gone[e.Of] = e.Seq
		case engine.Written:
			if e.Inject != nil {
				b.injects = append(b.injects, e.Inject)
			}
		}
	}
}

func (b *builder) proof() Proof {
	m := b.meta
	p := Proof{Drill: m.Drill, Engine: m.Engine, Scenario: m.Scenario, Site: m.Site, Rubric: m.Rubric, Events: len(b.log), Head: m.Head, Closed: m.Closed, SealKey: m.SealKey}
	if p.Scenario.SHA256 == "" {
		p.Scenario.SHA256 = b.card.Scenario.SHA256
	}
	if p.Scenario.Name == "" {
		p.Scenario.Name = b.s.ID
	}
	return p
}
