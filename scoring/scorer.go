package scoring

import (
	"slices"

	"saban/engine"
)

// Scorer reads a log event by event; Card may be asked for at any time. Ids
// are looked up once, when an event comes in, and a correction may undo what
// came before: so facts are kept as they came and settled in Card.
//
// A Scorer is not safe for use by several goroutines at once.
type Scorer struct {
	scenario *engine.Scenario
	rubric   Rubric
	formula  *formula

	ids      map[string]ref
	roles    map[string]int
	triggers []trigger
	expected []expected
	codes    []engine.Capability
	seats    []seat
	epochs   [][]bool // who held which role, oldest first

	acts     []act
	choices  []ref
	ticks    []tick
	hands    []hand
	retracts []retract
	path     []Step

	lastAt     engine.Millis
	ended      bool
	start      engine.Start
	breaks     []int64 // gaps and restarts
	realStops  []int64
	startedSeq int64

	own     int    // triggers that are the scenario's own
	figures *tally // memory of Figures
}

// idKind is what an id of a scored thing stands for.
type idKind uint8

const (
	isInject idKind = iota
	isResponse
	isProhibited
	isDistractor
)

// ref leads to the thing an id names; way is the place of a way in its
// response, or -1.
type ref struct {
	kind  idKind
	index int
	way   int
}

// trigger is an inject as far as scoring sees it.
type trigger struct {
	id       string
	title    engine.Text
	received bool
	assumed  bool
	at       engine.Millis
	seq      int64
	lo, hi   int // its responses
}

// expected is a response and whether its clock runs.
type expected struct {
	def        *engine.Response
	inject     int
	adHoc      bool
	capability engine.Capability
	code       int // of the capability in Scorer.codes, or -1
	boxes      *engine.BoxSet
	factor     engine.Ratio
	target     engine.Millis // with the factor of the seat
	limit      engine.Millis
	triggered  bool
	vacant     bool  // received while nobody held an owner role
	missed     int64 // the event that said so
}

// act is something somebody did: an answer to an inject, or a sighting of
// one act.
type act struct {
	seq      int64
	at       engine.Millis // when the machine was told
	observed engine.Millis
	role     string
	epoch    int
	answer   bool
	inject   int // of an answer
	text     bool
	ref      ref // of a sighting
	content  engine.Ratio
	choices  [2]int // range in Scorer.choices
	ticks    [2]int // range in Scorer.ticks
}

// tick is one box claimed for one response.
type tick struct{ response, box int }

// hand is a mark, a rating or an override.
type hand struct {
	kind     engine.EventType
	seq      int64
	at       engine.Millis
	ref      ref
	id       string
	of       int64
	text     bool // a mark that says what a free text amounts to
	settled  bool // a rating that stands for all evaluators
	content  engine.Ratio
	rating   Rating
	override *engine.FactsOverride
	actor    string
	reason   string
}

type retract struct{ seq, of int64 }

// NewScorer prepares to score a log of a drill of s under r. Neither may
// change afterwards.
func NewScorer(s *engine.Scenario, r Rubric) *Scorer {
	sc := &Scorer{scenario: s, rubric: r, ids: make(map[string]ref, 64), roles: make(map[string]int, len(s.Roles))}
	sc.codes = slices.Clone(engine.Capabilities)
	sc.seats = make([]seat, 0, len(s.Roles))
	sc.triggers = make([]trigger, 0, len(s.Injects))
	sc.formula, _ = readFormula(r.Total)
	for i := range s.Roles {
		sc.roles[s.Roles[i].ID] = i
		sc.seats = append(sc.seats, seat{id: s.Roles[i].ID, simulated: s.Roles[i].Simulated, factor: engine.Whole, cover: -1})
	}
	for i := range s.Prohibited {
		sc.ids[s.Prohibited[i].ID] = ref{isProhibited, i, -1}
	}
	for i := range s.Distractors {
		sc.ids[s.Distractors[i].ID] = ref{isDistractor, i, -1}
	}
	for i := range s.Injects {
		sc.addInject(&s.Injects[i], false)
	}
	sc.own = len(sc.triggers)
	sc.epochs = [][]bool{make([]bool, len(s.Roles))}
	sc.path = append(make([]Step, 0, 16), sc.initialStep())
	sc.acts = make([]act, 0, 64)
	return sc
}

// Reset puts the scorer back before the first event, to score another log of
// the same scenario in the same memory.
func (sc *Scorer) Reset() {
	if len(sc.triggers) > sc.own { // injects written during the drill brought ids of their own
		figures := sc.figures
		*sc = *NewScorer(sc.scenario, sc.rubric)
		sc.figures = figures
		return
	}
	for i := range sc.triggers {
		t := &sc.triggers[i]
		*t = trigger{id: t.id, title: t.title, lo: t.lo, hi: t.hi}
	}
	for i := range sc.expected {
		e := &sc.expected[i]
		e.factor, e.triggered, e.vacant, e.missed = engine.Whole, false, false, 0
		e.target, e.limit = sc.times(e.def, false)
	}
	for i := range sc.seats {
		sc.seats[i].factor, sc.seats[i].cover = engine.Whole, -1
	}
	sc.epochs, sc.path = sc.epochs[:1], sc.path[:1]
	sc.acts, sc.choices, sc.ticks = sc.acts[:0], sc.choices[:0], sc.ticks[:0]
	sc.hands, sc.retracts, sc.breaks, sc.realStops = sc.hands[:0], sc.retracts[:0], sc.breaks[:0], sc.realStops[:0]
	sc.lastAt, sc.ended, sc.start, sc.startedSeq = 0, false, engine.Start{}, 0
}

func (sc *Scorer) initialStep() Step {
	states := sc.scenario.Situations()
	for _, st := range states {
		if st.Kind == engine.Initial {
			return Step{State: st.ID, Kind: st.Kind}
		}
	}
	return Step{State: states[0].ID, Kind: states[0].Kind}
}

func (sc *Scorer) addInject(in *engine.Inject, adHoc bool) {
	if _, twice := sc.ids[in.ID]; twice && adHoc {
		return
	}
	index := len(sc.triggers)
	sc.ids[in.ID] = ref{isInject, index, -1}
	lo := len(sc.expected)
	for i := range in.Expects {
		r := &in.Expects[i]
		place := len(sc.expected)
		sc.ids[r.ID] = ref{isResponse, place, -1}
		for w := range r.Ways {
			sc.ids[r.Ways[w].ID] = ref{isResponse, place, w}
		}
		e := expected{
			def: r, inject: index, adHoc: adHoc, factor: engine.Whole,
			capability: sc.scenario.CapabilityOf(r), boxes: sc.scenario.BoxSet(r.Boxes),
		}
		e.code = sc.codeOf(e.capability)
		e.target, e.limit = sc.times(r, adHoc)
		sc.expected = append(sc.expected, e)
	}
	sc.triggers = append(sc.triggers, trigger{id: in.ID, title: in.Title, lo: lo, hi: len(sc.expected)})
}

// codeOf numbers a capability: the known ones in report order, others as they
// come.
func (sc *Scorer) codeOf(c engine.Capability) int {
	if c == "" {
		return -1
	}
	for i, code := range sc.codes {
		if code == c {
			return i
		}
	}
	sc.codes = append(sc.codes, c)
	return len(sc.codes) - 1
}

// times returns target and limit; what an ad hoc response leaves out falls
// back to the scenario's defaults, then to 5 and 10 minutes.
func (sc *Scorer) times(r *engine.Response, adHoc bool) (target, limit engine.Millis) {
	target, limit = r.Target, r.Limit
	if !adHoc {
		return target, limit
	}
	def := sc.scenario.Defaults
	if target == 0 {
		target = orElse(def.Target, 5*engine.Minute)
	}
	if limit == 0 {
		limit = max(target, orElse(def.Limit, 10*engine.Minute))
	}
	return min(target, limit), limit
}

func orElse(m, other engine.Millis) engine.Millis {
	if m == 0 {
		return other
	}
	return m
}

// Add takes the next event. What it cannot place it leaves alone.
func (sc *Scorer) Add(e *engine.Event) {
	sc.lastAt = max(sc.lastAt, e.At)
	switch e.Type {
	case engine.Started:
		sc.addStart(e)
	case engine.Assigned:
		if i, ok := sc.roles[e.Role]; ok {
			sc.hold(i, e.Person != "")
		}
	case engine.Ended:
		sc.ended = true
	case engine.Written:
		if e.Inject != nil {
			sc.addInject(e.Inject, true)
		}
	case engine.Received, engine.Recalled, engine.Missed:
		sc.addClock(e)
	case engine.Responded:
		sc.addAnswer(e)
	case engine.Observed, engine.ProhibitedAct:
		if r, ok := sc.ids[e.ID]; ok && r.kind != isInject {
			sc.acts = append(sc.acts, act{
				seq: e.Seq, at: e.At, observed: e.Observed, role: e.Role, epoch: len(sc.epochs) - 1, ref: r, content: share(e.Content),
			})
		}
	case engine.Marked, engine.Rated, engine.Overridden:
		sc.hands = append(sc.hands, hand{
			kind: e.Type, seq: e.Seq, at: e.At, ref: sc.subject(e.ID), id: e.ID, of: e.Of, text: e.Mode == "text", settled: e.Mode == engine.Settled, content: share(e.Content),
			rating: Rating(e.Rating), override: e.Override, actor: e.Actor, reason: e.Reason,
		})
	case engine.Retracted:
		sc.retracts = append(sc.retracts, retract{e.Seq, e.Of})
	case engine.Moved, engine.Forced:
		sc.addStep(e)
	case engine.Gap, engine.Recovered:
		sc.breaks = append(sc.breaks, e.Seq)
	case engine.StoppedReal:
		sc.realStops = append(sc.realStops, e.Seq)
	}
}

// share keeps a content within 0…1.
func share(r engine.Ratio) engine.Ratio { return min(max(r, 0), engine.Whole) }

// subject returns the response an id names, or a ref of kind isInject.
func (sc *Scorer) subject(id string) ref {
	if r, ok := sc.ids[id]; ok && r.kind == isResponse {
		return r
	}
	return ref{isInject, -1, -1}
}

func (sc *Scorer) addClock(e *engine.Event) {
	r, ok := sc.ids[e.ID]
	if !ok {
		return
	}
	if r.kind == isResponse {
		if e.Type == engine.Missed {
			sc.expected[r.index].missed = e.Seq
		}
		return
	}
	if r.kind != isInject || e.Type == engine.Missed {
		return
	}
	t := &sc.triggers[r.index]
	if e.Type == engine.Received && t.received {
		return
	}
	t.received, t.at, t.seq, t.assumed = e.Type == engine.Received, e.At, e.Seq, e.Mode == "assumed"
	for i := t.lo; i < t.hi; i++ {
		sc.wind(&sc.expected[i], t.received)
	}
}

// wind starts the clock of a response, if somebody can make it, or takes
// it back.
func (sc *Scorer) wind(e *expected, received bool) {
	e.missed, e.triggered, e.vacant = 0, false, false
	if !received {
		return
	}
	e.triggered = sc.owned(e.def, len(sc.epochs)-1)
	e.vacant = !e.triggered
	if by, ok := sc.roles[e.def.By]; ok {
		e.factor = sc.seats[by].factor
	}
	target, limit := sc.times(e.def, e.adHoc)
	e.target, e.limit = stretch(target, e.factor), stretch(limit, e.factor)
}

func (sc *Scorer) addStep(e *engine.Event) {
	step := Step{State: e.To, AtMS: e.At, Forced: e.Type == engine.Forced, Event: e.Seq}
	if st := sc.scenario.State(e.To); st != nil {
		step.State, step.Kind = st.ID, st.Kind
	}
	sc.path = append(sc.path, step)
}

func stretch(m engine.Millis, factor engine.Ratio) engine.Millis {
	return engine.Millis(engine.MulDiv(int64(m), int64(factor), int64(engine.Whole)))
}
