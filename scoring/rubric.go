package scoring

import "saban/engine"

// Rubric holds the rules of scoring as data. Numbers are engine.Ratio, whole
// ones too: forty points are 40 × engine.Whole.
type Rubric struct {
	Format    int          `json:"rubric"` // 1
	Parts     Parts        `json:"parts"`
	Item      ItemParts    `json:"item"`
	Factors   Factors      `json:"factors"`
	Penalties Penalties    `json:"penalties"`
	Gates     Gates        `json:"gates"`
	Grades    Grades       `json:"grades"`
	Ratings   RatingBands  `json:"ratings"`
	OwnShare  engine.Ratio `json:"own_share"` // below this share done by its owners the card leads with a finding
	Total     string       `json:"total"`     // optional formula over T, C, O, penalty
}

// Parts of 100 points.
type Parts struct {
	Timeliness  engine.Ratio `json:"timeliness"`
	Correctness engine.Ratio `json:"correctness"`
	Order       engine.Ratio `json:"order"`
}

// ItemParts of 100 make the value of a response.
type ItemParts struct {
	Timeliness  engine.Ratio `json:"timeliness"`
	Correctness engine.Ratio `json:"correctness"`
}

// Factors multiply correctness.
type Factors struct {
	Late       engine.Ratio `json:"late"`        // done after its limit
	OtherOwner engine.Ratio `json:"other_owner"` // done by somebody else
}

// Penalties in points.
type Penalties struct {
	Minor      engine.Ratio  `json:"minor"`
	Major      engine.Ratio  `json:"major"`
	Life       engine.Ratio  `json:"life"`
	Cap        engine.Ratio  `json:"cap"`
	AgainAfter engine.Millis `json:"again_after"` // from the last counted one of the same id
}

// Gates are ceilings on the total, in points.
type Gates struct {
	CriticalMissed  engine.Ratio `json:"critical_missed"`
	CriticalsMissed engine.Ratio `json:"criticals_missed"`
	LifeAction      engine.Ratio `json:"life_action"`
	Failed          engine.Ratio `json:"failed"`
}

// Grades are the least points of each band; below Pass is a fail.
type Grades struct {
	Excellent engine.Ratio `json:"excellent"`
	Good      engine.Ratio `json:"good"`
	Pass      engine.Ratio `json:"pass"`
}

// RatingBands are the thresholds of ratings: the first three of a response's
// correctness, the last two of a capability's mean value.
type RatingBands struct {
	UnableBelow             engine.Ratio `json:"unable_below"`
	MajorBelow              engine.Ratio `json:"major_below"`
	PerformedFrom           engine.Ratio `json:"performed_from"`
	CapabilityMajorBelow    engine.Ratio `json:"capability_major_below"`
	CapabilityPerformedFrom engine.Ratio `json:"capability_performed_from"`
}

// Default is the rubric of the house.
func Default() Rubric {
	const one, hundredth = engine.Whole, engine.Whole / 100
	return Rubric{
		Format:    1,
		Parts:     Parts{Timeliness: 40 * one, Correctness: 45 * one, Order: 15 * one},
		Item:      ItemParts{Timeliness: 50 * one, Correctness: 50 * one},
		Factors:   Factors{Late: 50 * hundredth, OtherOwner: 50 * hundredth},
		Penalties: Penalties{Minor: 2 * one, Major: 5 * one, Life: 10 * one, Cap: 30 * one, AgainAfter: 300 * engine.Second},
		Gates:     Gates{CriticalMissed: 69 * one, CriticalsMissed: 49 * one, LifeAction: 69 * one, Failed: 49 * one},
		Grades:    Grades{Excellent: 85 * one, Good: 70 * one, Pass: 50 * one},
		Ratings: RatingBands{
			UnableBelow: 25 * hundredth, MajorBelow: 60 * hundredth, PerformedFrom: 90 * hundredth,
			CapabilityMajorBelow: 70 * hundredth, CapabilityPerformedFrom: 90 * hundredth,
		},
		OwnShare: 50 * hundredth,
	}
}

// of returns the points of a severity; an unknown one counts as minor.
func (p Penalties) of(s engine.Severity) engine.Ratio {
	switch s {
	case engine.Life:
		return p.Life
	case engine.Major:
		return p.Major
	}
	return p.Minor
}

// grade reads the band of a printed total.
func (g Grades) grade(total Points) Grade {
	at := engine.Ratio(total) * (engine.Whole / 100)
	switch {
	case at >= g.Excellent:
		return Excellent
	case at >= g.Good:
		return Good
	case at >= g.Pass:
		return Pass
	}
	return Fail
}
