package scenarios

import (
	"saban/engine"
	"saban/scoring"
)

type rubricKey = key[scoring.RubricPatch]

// points reads a number of a rubric. Whether it is in its bounds and adds up
// is for scoring to say.
func points(name string, of func(*scoring.RubricPatch) **engine.Ratio) rubricKey {
	return rubricKey{name, may, func(v value, p *scoring.RubricPatch) {
		n, before := engine.Ratio(0), len(v.r.found)
		v.number(&n, 1_000_000*engine.Whole, engine.Both("viết một số như 40 hoặc 0.5", "write a number such as 40 or 0.5"))
		if len(v.r.found) == before {
			*of(p) = &n
		}
	}}
}

// group reads a mapping of such numbers.
func group(name string, keys ...rubricKey) rubricKey {
	return rubricKey{name, may, func(v value, p *scoring.RubricPatch) { read(v, keys, p) }}
}

type patch = scoring.RubricPatch

var rubricGroups = []rubricKey{
	group("parts",
		points("timeliness", func(p *patch) **engine.Ratio { return &p.Parts.Timeliness }),
		points("correctness", func(p *patch) **engine.Ratio { return &p.Parts.Correctness }),
		points("order", func(p *patch) **engine.Ratio { return &p.Parts.Order })),
	group("item",
		points("timeliness", func(p *patch) **engine.Ratio { return &p.Item.Timeliness }),
		points("correctness", func(p *patch) **engine.Ratio { return &p.Item.Correctness })),
	group("factors",
		points("late", func(p *patch) **engine.Ratio { return &p.Factors.Late }),
		points("other_owner", func(p *patch) **engine.Ratio { return &p.Factors.OtherOwner })),
	group("penalties",
		points("minor", func(p *patch) **engine.Ratio { return &p.Penalties.Minor }),
		points("major", func(p *patch) **engine.Ratio { return &p.Penalties.Major }),
		points("life", func(p *patch) **engine.Ratio { return &p.Penalties.Life }),
		points("cap", func(p *patch) **engine.Ratio { return &p.Penalties.Cap }),
		rubricKey{"again_after", may, func(v value, p *patch) {
			after, before := engine.Millis(0), len(v.r.found)
			if v.span(&after); len(v.r.found) == before {
				p.Penalties.AgainAfter = &after
			}
		}}),
	group("gates",
		points("critical_missed", func(p *patch) **engine.Ratio { return &p.Gates.CriticalMissed }),
		points("criticals_missed", func(p *patch) **engine.Ratio { return &p.Gates.CriticalsMissed }),
		points("life_action", func(p *patch) **engine.Ratio { return &p.Gates.LifeAction }),
		points("failed", func(p *patch) **engine.Ratio { return &p.Gates.Failed })),
	group("grades",
		points("excellent", func(p *patch) **engine.Ratio { return &p.Grades.Excellent }),
		points("good", func(p *patch) **engine.Ratio { return &p.Grades.Good }),
		points("pass", func(p *patch) **engine.Ratio { return &p.Grades.Pass })),
	group("ratings",
		points("unable_below", func(p *patch) **engine.Ratio { return &p.Ratings.UnableBelow }),
		points("major_below", func(p *patch) **engine.Ratio { return &p.Ratings.MajorBelow }),
		points("performed_from", func(p *patch) **engine.Ratio { return &p.Ratings.PerformedFrom }),
		points("capability_major_below", func(p *patch) **engine.Ratio { return &p.Ratings.CapabilityMajorBelow }),
		points("capability_performed_from", func(p *patch) **engine.Ratio { return &p.Ratings.CapabilityPerformedFrom })),
	points("own_share", func(p *patch) **engine.Ratio { return &p.OwnShare }),
	{"total", may, func(v value, p *patch) { v.formula(p) }},
}

// formula reads the optional formula of the total; it may be empty.
func (v value) formula(p *patch) {
	if v.empty() {
		v.wrong(engine.Both("một công thức", "a formula"), engine.Both("viết \"\" khi không dùng", "write \"\" for none"))
		return
	}
	if w, ok := v.word(); ok {
		p.Total = &w
	}
}

var rubricKeys = append([]rubricKey{{"rubric", must, func(v value, _ *patch) { v.version() }}}, rubricGroups...)

// ReadRubric reads a rubric file: what differs from the default, or from what
// the scenario made of it.
func ReadRubric(src Source) (scoring.RubricPatch, Findings) {
	var out scoring.RubricPatch
	p, root, found := parse(src)
	if root == nil {
		return out, found
	}
	r := newReader(p)
	r.found = found
	if r.kindOfFile(root, "rubric") {
		read(r.value(root, ""), rubricKeys, &out)
		r.checkRubric(out, "")
	}
	return out, r.findings()
}

// checkRubric reports what scoring has against a rubric that stands under
// prefix.
func (r *reader) checkRubric(p scoring.RubricPatch, prefix string) {
	for _, fault := range scoring.Default().With(p).Faults() {
		path := prefix + fault.Path
		if r.bad[path] {
			continue
		}
		r.report(r.placeWithin(path, fault.Offset), Error, BadRubric, fault.Text, fault.Hint)
	}
}
