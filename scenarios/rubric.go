package scenarios

import (
	"saban/engine"
	"saban/scoring"
)

var rubricFormat = format{"rubric", aGroup("rubric", rubricKeys, rules{}).shape, dialect{LeastWeight: 1}}

type patch = scoring.RubricPatch

type rubricKey = key[patch]

const mostPoints = 1_000_000 * engine.Whole

// points reads a number of a rubric. Whether it is in its bounds and adds up
// is for scoring to say.
func points(name string, of func(*patch) **engine.Ratio) rubricKey {
	return keyOf(name, may, form[*engine.Ratio]{numbers(0, mostPoints), func(v value, into **engine.Ratio) {
		n, before := engine.Ratio(0), len(v.r.found)
		v.number(&n, mostPoints, engine.Both("viết một số như 40 hoặc 0.5", "write a number such as 40 or 0.5"))
		if len(v.r.found) == before {
			*into = &n
		}
	}}, of)
}

// section is a group of such numbers.
func section(name string, keys ...rubricKey) rubricKey {
	return keyOf(name, may, aGroup("rubric-"+name, keys, rules{}), func(p *patch) *patch { return p })
}

var rubricGroups = []rubricKey{
	section("parts",
		points("timeliness", func(p *patch) **engine.Ratio { return &p.Parts.Timeliness }),
		points("correctness", func(p *patch) **engine.Ratio { return &p.Parts.Correctness }),
		points("order", func(p *patch) **engine.Ratio { return &p.Parts.Order })),
	section("item",
		points("timeliness", func(p *patch) **engine.Ratio { return &p.Item.Timeliness }),
		points("correctness", func(p *patch) **engine.Ratio { return &p.Item.Correctness })),
	section("factors",
		points("late", func(p *patch) **engine.Ratio { return &p.Factors.Late }),
		points("other_owner", func(p *patch) **engine.Ratio { return &p.Factors.OtherOwner })),
	section("penalties",
		points("minor", func(p *patch) **engine.Ratio { return &p.Penalties.Minor }),
		points("major", func(p *patch) **engine.Ratio { return &p.Penalties.Major }),
		points("life", func(p *patch) **engine.Ratio { return &p.Penalties.Life }),
		points("cap", func(p *patch) **engine.Ratio { return &p.Penalties.Cap }),
		keyOf("again_after", may, aRest, func(p *patch) **engine.Millis { return &p.Penalties.AgainAfter })),
	section("gates",
		points("critical_missed", func(p *patch) **engine.Ratio { return &p.Gates.CriticalMissed }),
		points("criticals_missed", func(p *patch) **engine.Ratio { return &p.Gates.CriticalsMissed }),
		points("life_action", func(p *patch) **engine.Ratio { return &p.Gates.LifeAction }),
		points("failed", func(p *patch) **engine.Ratio { return &p.Gates.Failed })),
	section("grades",
		points("excellent", func(p *patch) **engine.Ratio { return &p.Grades.Excellent }),
		points("good", func(p *patch) **engine.Ratio { return &p.Grades.Good }),
		points("pass", func(p *patch) **engine.Ratio { return &p.Grades.Pass })),
	section("ratings",
		points("unable_below", func(p *patch) **engine.Ratio { return &p.Ratings.UnableBelow }),
		points("major_below", func(p *patch) **engine.Ratio { return &p.Ratings.MajorBelow }),
		points("performed_from", func(p *patch) **engine.Ratio { return &p.Ratings.PerformedFrom }),
		points("capability_major_below", func(p *patch) **engine.Ratio { return &p.Ratings.CapabilityMajorBelow }),
		points("capability_performed_from", func(p *patch) **engine.Ratio { return &p.Ratings.CapabilityPerformedFrom })),
	points("own_share", func(p *patch) **engine.Ratio { return &p.OwnShare }),
	keyOf("total", may, plainly(shapeFormula, value.formula), func(p *patch) **string { return &p.Total }),
}

var aRest = form[*engine.Millis]{aDuration.shape, func(v value, into **engine.Millis) {
	after, before := engine.Millis(0), len(v.r.found)
	if v.span(&after); len(v.r.found) == before {
		*into = &after
	}
}}

// formula reads the optional formula of the total; it may be empty.
func (v value) formula(into **string) {
	if v.empty() {
		v.wrong(engine.Both("một công thức", "a formula"), engine.Both("viết \"\" khi không dùng", "write \"\" for none"))
		return
	}
	if w, ok := v.word(); ok {
		*into = &w
	}
}

var rubricKeys = append([]rubricKey{version[patch]("rubric")}, rubricGroups...)

// ReadRubric reads a rubric file: what differs from the default, or from what
// the scenario made of it.
func ReadRubric(src Source) (scoring.RubricPatch, Findings) {
	var out scoring.RubricPatch
	p, root, found := parse(src)
	if root == nil {
		return out, found
	}
	r := newReader(p, rubricFormat.dialect)
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
