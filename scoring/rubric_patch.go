package scoring

import "saban/engine"

// RubricPatch is what differs from another rubric; nil means the same. Its
// groups and keys are those of Rubric.
type RubricPatch struct {
	Parts struct {
		Timeliness, Correctness, Order *engine.Ratio
	}
	Item struct {
		Timeliness, Correctness *engine.Ratio
	}
	Factors struct {
		Late, OtherOwner *engine.Ratio
	}
	Penalties struct {
		Minor, Major, Life, Cap *engine.Ratio
		AgainAfter              *engine.Millis
	}
	Gates struct {
		CriticalMissed, CriticalsMissed, LifeAction, Failed *engine.Ratio
	}
	Grades struct {
		Excellent, Good, Pass *engine.Ratio
	}
	Ratings struct {
		UnableBelow, MajorBelow, PerformedFrom        *engine.Ratio
		CapabilityMajorBelow, CapabilityPerformedFrom *engine.Ratio
	}
	OwnShare *engine.Ratio
	Total    *string
}

// With returns r changed by p, key by key.
func (r Rubric) With(p RubricPatch) Rubric {
	set(&r.Parts.Timeliness, p.Parts.Timeliness)
	set(&r.Parts.Correctness, p.Parts.Correctness)
	set(&r.Parts.Order, p.Parts.Order)
	set(&r.Item.Timeliness, p.Item.Timeliness)
	set(&r.Item.Correctness, p.Item.Correctness)
	set(&r.Factors.Late, p.Factors.Late)
	set(&r.Factors.OtherOwner, p.Factors.OtherOwner)
	set(&r.Penalties.Minor, p.Penalties.Minor)
	set(&r.Penalties.Major, p.Penalties.Major)
	set(&r.Penalties.Life, p.Penalties.Life)
	set(&r.Penalties.Cap, p.Penalties.Cap)
	set(&r.Penalties.AgainAfter, p.Penalties.AgainAfter)
	set(&r.Gates.CriticalMissed, p.Gates.CriticalMissed)
	set(&r.Gates.CriticalsMissed, p.Gates.CriticalsMissed)
	set(&r.Gates.LifeAction, p.Gates.LifeAction)
	set(&r.Gates.Failed, p.Gates.Failed)
	set(&r.Grades.Excellent, p.Grades.Excellent)
	set(&r.Grades.Good, p.Grades.Good)
	set(&r.Grades.Pass, p.Grades.Pass)
	set(&r.Ratings.UnableBelow, p.Ratings.UnableBelow)
	set(&r.Ratings.MajorBelow, p.Ratings.MajorBelow)
	set(&r.Ratings.PerformedFrom, p.Ratings.PerformedFrom)
	set(&r.Ratings.CapabilityMajorBelow, p.Ratings.CapabilityMajorBelow)
	set(&r.Ratings.CapabilityPerformedFrom, p.Ratings.CapabilityPerformedFrom)
	set(&r.OwnShare, p.OwnShare)
	set(&r.Total, p.Total)
	return r
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
