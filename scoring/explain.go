package scoring

import (
	"math/big"
	"slices"

	"saban/engine"
)

// Explanation takes a total apart: where every point comes from and which
// events say so. Base, the points of the items, of the order and of the
// penalties, Clamped and the gates add up to Total as it is printed: the parts
// are reckoned exactly and rounded to hundredths so that no hundredth is lost.
type Explanation struct {
	Total        *Points             `json:"total"` // null when nothing was triggered
	Grade        Grade               `json:"grade"`
	Base         Points              `json:"base"` // what a formula gives for nothing
	Items        []ItemAccount       `json:"items"`
	Order        OrderAccount        `json:"order"`
	Penalties    []PenaltyAccount    `json:"penalties"`
	Clamped      Points              `json:"clamped"` // to stay within 0…100
	Gates        []GateAccount       `json:"gates"`
	Capabilities []CapabilityAccount `json:"capabilities"`

	card Scorecard
}

// Card is the scorecard the explanation is about.
func (x *Explanation) Card() Scorecard { return x.card }

// Reason is one step on the way to a figure.
type Reason struct {
	Code   string      `json:"code"`
	Text   engine.Text `json:"text"`
	Events []int64     `json:"events"`
}

// ItemAccount explains what one response brought to the total.
type ItemAccount struct {
	ID          string       `json:"id"`
	Do          engine.Text  `json:"do"`
	Points      Points       `json:"points"`
	Of          Points       `json:"of"`           // with full marks, in an order as it was
	WeightShare engine.Ratio `json:"weight_share"` // of the weight that counts
	Reasons     []Reason     `json:"reasons"`
	Full        *Full        `json:"full"` // null where it has full marks, or does not count
	Evidence    []Evidence   `json:"evidence"`
}

// Full says what would have made full marks of a response, and the total that
// the drill would then have come to, all else being as it was.
type Full struct {
	Text  engine.Text `json:"text"`
	Total Points      `json:"total"`
}

// OrderAccount explains what the named precedences brought.
type OrderAccount struct {
	Points  Points   `json:"points"`
	Of      Points   `json:"of"`
	Reasons []Reason `json:"reasons"`
}

// PenaltyAccount explains one occurrence of a prohibited action. Points are
// what it took, so not above zero under the parts.
type PenaltyAccount struct {
	ID       string        `json:"id"`
	AtMS     engine.Millis `json:"at_ms"`
	Points   Points        `json:"points"`
	Reasons  []Reason      `json:"reasons"`
	Evidence []Evidence    `json:"evidence"`
}

// GateAccount explains one ceiling. Of several that bite, the lowest takes the
// points.
type GateAccount struct {
	ID       string      `json:"id"`
	Points   Points      `json:"points"`
	Text     engine.Text `json:"text"`
	Evidence []Evidence  `json:"evidence"`
}

// CapabilityAccount explains the rating of one capability.
type CapabilityAccount struct {
	Code     engine.Capability `json:"code"`
	Title    engine.Text       `json:"title"`
	Rating   Rating            `json:"rating"`
	Reasons  []Reason          `json:"reasons"`
	Evidence []Evidence        `json:"evidence"`
}

// Explain explains the score of a log under a rubric. It wants the events in
// order of Seq.
func Explain(s *engine.Scenario, r Rubric, log []engine.Event) Explanation {
	sc := NewScorer(s, r)
	for i := range log {
		sc.Add(&log[i])
	}
	x := &explainer{tally: tally{Scorer: sc, words: true}, log: log}
	x.out.card = x.reckon()
	x.out.Total, x.out.Grade = x.card.Total, x.card.Grade
	x.split()
	x.items()
	x.orderReasons()
	x.penaltyReasons()
	x.gateReasons()
	x.capabilityReasons()
	return x.out
}

// explainer is a tally that keeps its workings.
type explainer struct {
	tally
	log []engine.Event
	out Explanation

	weight int64       // all that counts
	per    [5]*big.Rat // what one of constant, T, C, O and penalty brings
}

// Item returns the account of a response, or nil.
func (x *Explanation) Item(id string) *ItemAccount {
	i := slices.IndexFunc(x.Items, func(a ItemAccount) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &x.Items[i]
}

func reason(code string, text engine.Text, events ...int64) Reason {
	return Reason{code, text, append([]int64{}, events...)}
}
