package scoring

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"saban/engine"
)

// Rescoring sets two scores of the same log, under two rubrics, side by side.
type Rescoring struct {
	Was       Result         `json:"was"`
	Is        Result         `json:"is"`
	Rules     []RuleChange   `json:"rules"`
	Items     []RescoredItem `json:"items"` // all that are triggered
	Order     Rescored       `json:"order"`
	Penalties []RescoredPart `json:"penalties"`
	Gates     []RescoredPart `json:"gates"`
}

// Result is a total and its grade.
type Result struct {
	Total *Points `json:"total"`
	Grade Grade   `json:"grade"`
}

// RuleChange is a key of the rubric with other values, as a file writes them.
type RuleChange struct {
	Key   string      `json:"key"`
	Title engine.Text `json:"title"`
	Was   string      `json:"was"`
	Is    string      `json:"is"`
}

// Rescored are points before and after.
type Rescored struct {
	Was Points `json:"was"`
	Is  Points `json:"is"`
}

// RescoredItem is a response before and after, and which rules made the
// difference.
type RescoredItem struct {
	ID     string        `json:"id"`
	Do     engine.Text   `json:"do"`
	Points Rescored      `json:"points"`
	Was    ItemScore     `json:"was"`
	Is     ItemScore     `json:"is"`
	Why    []engine.Text `json:"why"`
}

// ItemScore is what a rubric makes of a response.
type ItemScore struct {
	Correctness engine.Ratio `json:"correctness"`
	Value       engine.Ratio `json:"value"`
	Rating      Rating       `json:"rating"`
}

// RescoredPart is a penalty or a gate before and after; Why is empty where
// nothing about it is new.
type RescoredPart struct {
	ID     string        `json:"id"`
	Points Rescored      `json:"points"`
	Why    []engine.Text `json:"why"`
}

// Rescore compares two explanations of one log.
func Rescore(was, is *Explanation) Rescoring {
	r := &rescorer{was: was, is: is, before: was.Card(), after: is.Card()}
	r.out = Rescoring{Was: Result{was.Total, was.Grade}, Is: Result{is.Total, is.Grade}, Order: Rescored{was.Order.Points, is.Order.Points},
		Rules: changedRules(r.before.Rubric, r.after.Rubric), Items: []RescoredItem{}, Penalties: []RescoredPart{}, Gates: []RescoredPart{}}
	r.items()
	r.penalties()
	r.gates()
	return r.out
}

type rescorer struct {
	was, is       *Explanation
	before, after Scorecard
	out           Rescoring
}

func (r *rescorer) items() {
	for i := range r.after.Items {
		b, a := &r.before.Items[i], &r.after.Items[i]
		if !a.Triggered || !b.Triggered {
			continue
		}
		points := Rescored{r.was.Items[i].Points, r.is.Items[i].Points}
		item := RescoredItem{ID: a.ID, Do: doing(a), Points: points,
			Was: ItemScore{*b.Correctness, *b.Value, b.Suggested}, Is: ItemScore{*a.Correctness, *a.Value, a.Suggested}, Why: []engine.Text{}}
		if points.Was != points.Is || item.Was != item.Is {
			item.Why = r.rules(r.itemKeys(b, a, &item))
		}
		r.out.Items = append(r.out.Items, item)
	}
}

// Text says a change of a rule in words.
func (c *RuleChange) Text() engine.Text {
	return engine.Fill("%s: %s → %s", "%s: %s → %s", c.Title, written(c.Was), written(c.Is))
}

// written is a value as people write it.
func written(value string) engine.Text {
	if value == "" {
		return engine.Both("không có", "none")
	}
	if r, ok := engine.ParseRatio(value); ok {
		return r.Decimal(9)
	}
	if ms, ok := engine.ParseDuration(value); ok {
		return ms.Words()
	}
	return engine.Same(value)
}

func (r *rescorer) penalties() {
	for i := range r.after.Penalties {
		p := &r.after.Penalties[i]
		part := RescoredPart{ID: p.ID, Points: Rescored{r.was.Penalties[i].Points, r.is.Penalties[i].Points}, Why: []engine.Text{}}
		if part.Points.Was != part.Points.Is {
			part.Why = r.rules(r.penaltyKeys(i))
		}
		r.out.Penalties = append(r.out.Penalties, part)
	}
}

// gates may come and go: a rating band decides whether a response failed.
func (r *rescorer) gates() {
	for _, id := range []string{CriticalMissed, CriticalsMissed, LifeAction, FailedState} {
		was, is := r.was.applies(id), r.is.applies(id)
		if !was && !is {
			continue
		}
		part := RescoredPart{ID: id, Points: Rescored{r.was.gate(id), r.is.gate(id)}, Why: []engine.Text{}}
		if part.Points.Was != part.Points.Is || was != is {
			part.Why = r.rules(r.gateKeys(id))
		}
		r.out.Gates = append(r.out.Gates, part)
	}
}

func (x *Explanation) applies(gate string) bool {
	return slices.ContainsFunc(x.Gates, func(g GateAccount) bool { return g.ID == gate })
}

func (x *Explanation) gate(id string) Points {
	for i := range x.Gates {
		if x.Gates[i].ID == id {
			return x.Gates[i].Points
		}
	}
	return 0
}

// changedRules compares two rubrics key by key, in the order of a file.
func changedRules(was, is Rubric) []RuleChange {
	before, after := flat(was), flat(is)
	out := []RuleChange{}
	for _, key := range ruleKeys {
		if before[key.name] != after[key.name] {
			out = append(out, RuleChange{key.name, key.title, before[key.name], after[key.name]})
		}
	}
	return out
}

// flat is a rubric as keys and values: parts.timeliness, 40.
func flat(r Rubric) map[string]string {
	out := map[string]string{}
	raw, err := json.Marshal(r)
	if err != nil {
		return out
	}
	var tree map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&tree); err != nil {
		return out
	}
	var walk func(prefix string, v any)
	walk = func(prefix string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, child := range v {
				walk(strings.TrimPrefix(prefix+"."+key, "."), child)
			}
		case json.Number:
			out[prefix] = v.String()
		case string:
			out[prefix] = v
		}
	}
	walk("", tree)
	return out
}

// ruleKeys are the keys of a rubric in the order of a file, in words.
var ruleKeys = []struct {
	name  string
	title engine.Text
}{
	{"parts.timeliness", engine.Text{VI: "phần thời gian trên 100", EN: "part of timeliness, of 100"}},
	{"parts.correctness", engine.Text{VI: "phần nội dung trên 100", EN: "part of correctness, of 100"}},
	{"parts.order", engine.Text{VI: "phần thứ tự trên 100", EN: "part of order, of 100"}},
	{"item.timeliness", engine.Text{VI: "thời gian trong giá trị một việc", EN: "timeliness in the value of a response"}},
	{"item.correctness", engine.Text{VI: "nội dung trong giá trị một việc", EN: "correctness in the value of a response"}},
	{"factors.late", engine.Text{VI: "hệ số quá giới hạn", EN: "factor past the limit"}},
	{"factors.other_owner", engine.Text{VI: "hệ số người khác làm thay", EN: "factor for another owner"}},
	{"penalties.minor", engine.Text{VI: "phạt mức nhẹ", EN: "penalty, minor"}},
	{"penalties.major", engine.Text{VI: "phạt mức nặng", EN: "penalty, major"}},
	{"penalties.life", engine.Text{VI: "phạt mức nguy hiểm tính mạng", EN: "penalty, danger to life"}},
	{"penalties.cap", engine.Text{VI: "tổng phạt nhiều nhất", EN: "most of all penalties"}},
	{"penalties.again_after", engine.Text{VI: "phạt lại sau", EN: "penalty again after"}},
	{"gates.critical_missed", engine.Text{VI: "trần khi hỏng một việc then chốt", EN: "ceiling with one critical response failed"}},
	{"gates.criticals_missed", engine.Text{VI: "trần khi hỏng từ hai việc then chốt", EN: "ceiling with two or more failed"}},
	{"gates.life_action", engine.Text{VI: "trần khi có hành động nguy hiểm tính mạng", EN: "ceiling with an act that endangers life"}},
	{"gates.failed", engine.Text{VI: "trần khi mất kiểm soát", EN: "ceiling when the situation got out of control"}},
	{"grades.excellent", engine.Text{VI: "Giỏi từ", EN: "Excellent from"}},
	{"grades.good", engine.Text{VI: "Khá từ", EN: "Good from"}},
	{"grades.pass", engine.Text{VI: "Đạt từ", EN: "Pass from"}},
	{"ratings.unable_below", engine.Text{VI: "mức U khi nội dung dưới", EN: "rated U with correctness below"}},
	{"ratings.major_below", engine.Text{VI: "mức M khi nội dung dưới", EN: "rated M with correctness below"}},
	{"ratings.performed_from", engine.Text{VI: "mức P khi nội dung từ", EN: "rated P with correctness from"}},
	{"ratings.capability_major_below", engine.Text{VI: "năng lực mức M khi dưới", EN: "a capability rated M below"}},
	{"ratings.capability_performed_from", engine.Text{VI: "năng lực mức P từ", EN: "a capability rated P from"}},
	{"own_share", engine.Text{VI: "khối lượng đúng người làm cần có", EN: "share done by owners that is wanted"}},
	{"total", engine.Text{VI: "công thức tổng điểm", EN: "formula of the total"}},
}
