package scoring

import "saban/engine"

// Faults returns all that is wrong with r. Path leads to the key as a rubric
// file has it; of a formula Offset is the byte where it begins.
func (r Rubric) Faults() engine.Faults {
	c := rubricCheck{}
	c.hundred("parts", []bounded{{"timeliness", r.Parts.Timeliness}, {"correctness", r.Parts.Correctness}, {"order", r.Parts.Order}})
	c.hundred("item", []bounded{{"timeliness", r.Item.Timeliness}, {"correctness", r.Item.Correctness}})
	c.within("factors/", 1, []bounded{{"late", r.Factors.Late}, {"other_owner", r.Factors.OtherOwner}})
	c.within("penalties/", 100, []bounded{
		{"minor", r.Penalties.Minor}, {"major", r.Penalties.Major}, {"life", r.Penalties.Life}, {"cap", r.Penalties.Cap},
	})
	if again := r.Penalties.AgainAfter; again < 0 || again > engine.MaxDuration {
		c.add("penalties/again_after", engine.Both("thời gian phải từ 0s đến 100h", "the time must lie between 0s and 100h"))
	}
	c.within("gates/", 100, []bounded{
		{"critical_missed", r.Gates.CriticalMissed}, {"criticals_missed", r.Gates.CriticalsMissed},
		{"life_action", r.Gates.LifeAction}, {"failed", r.Gates.Failed},
	})
	grades := []bounded{{"excellent", r.Grades.Excellent}, {"good", r.Grades.Good}, {"pass", r.Grades.Pass}}
	c.within("grades/", 100, grades)
	c.descending("grades", grades, true)
	b := r.Ratings
	item := []bounded{{"performed_from", b.PerformedFrom}, {"major_below", b.MajorBelow}, {"unable_below", b.UnableBelow}}
	capability := []bounded{{"capability_performed_from", b.CapabilityPerformedFrom}, {"capability_major_below", b.CapabilityMajorBelow}}
	c.within("ratings/", 1, item)
	c.within("ratings/", 1, capability)
	c.descending("ratings", item, false)
	c.descending("ratings", capability, false)
	c.within("", 1, []bounded{{"own_share", r.OwnShare}})
	if r.Format != 1 {
		c.add("rubric", engine.Both("thang điểm phải theo mẫu 1, không phải %d", "a rubric has format 1, not %d", r.Format))
	}
	_, faults := readFormula(r.Total)
	return append(c.faults, faults...)
}

type bounded struct {
	key   string
	value engine.Ratio
}

type rubricCheck struct{ faults engine.Faults }

func (c *rubricCheck) add(path string, text engine.Text) {
	c.faults = append(c.faults, engine.Fault{Path: path, Text: text})
}

// within wants every value between 0 and top, and reports whether all are.
func (c *rubricCheck) within(prefix string, top int64, values []bounded) bool {
	all := true
	for _, v := range values {
		if v.value < 0 || v.value > engine.Ratio(top)*engine.Whole {
			all = false
			c.add(prefix+v.key, engine.Both("giá trị %s phải từ 0 đến %d", "%s must lie between 0 and %d", v.value, top))
		}
	}
	return all
}

// hundred wants the values of a group to sum to 100.
func (c *rubricCheck) hundred(group string, values []bounded) {
	if !c.within(group+"/", 100, values) {
		return
	}
	var sum engine.Ratio
	for _, v := range values {
		sum += v.value
	}
	if sum != 100*engine.Whole {
		c.add(group, engine.Both("các giá trị của %s phải cộng lại bằng 100, đang là %s", "the values of %s must sum to 100, they sum to %s", group, sum))
	}
}

// descending wants each value at least as large as the next, or with strict
// larger.
func (c *rubricCheck) descending(group string, values []bounded, strict bool) {
	for i := 1; i < len(values); i++ {
		above, below := values[i-1], values[i]
		if above.value < below.value || strict && above.value == below.value {
			text := engine.Both("%s (%s) không được thấp hơn %s (%s)", "%s (%s) must not be below %s (%s)",
				above.key, above.value, below.key, below.value)
			if strict {
				text = engine.Both("%s (%s) phải cao hơn %s (%s)", "%s (%s) must be above %s (%s)",
					above.key, above.value, below.key, below.value)
			}
			c.add(group+"/"+above.key, text)
		}
	}
}
