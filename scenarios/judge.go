package scenarios

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// Mismatch is an expectation that was not met: a Finding at its place in the
// play.
type Mismatch = Finding

// Judge holds what a play expects against what came of it. A play without
// expectations is content with anything.
func (p *Play) Judge(card scoring.Scorecard, log []engine.Event) []Mismatch {
	if p.Expect == nil {
		return nil
	}
	j := &judge{p: p}
	j.machine(card)
	j.injects(log)
	j.score(card)
	j.gates(card)
	return j.found.Sorted()
}

type judge struct {
	p     *Play
	found Findings
}

func (j *judge) missed(path, vi, en string, args ...any) {
	found := j.p.r.place(path).finding(Error, NotMet)
	found.Text = engine.Text{VI: spoken(vi, engine.VI, args), EN: spoken(en, engine.EN, args)}
	j.found = append(j.found, found)
}

// spoken fills a sentence; a Text among the values goes in by language.
func spoken(form string, lang engine.Lang, args []any) string {
	own := slices.Clone(args)
	for i, arg := range own {
		if t, ok := arg.(engine.Text); ok {
			own[i] = t.In(lang)
		}
	}
	return fmt.Sprintf(form, own...)
}

func (j *judge) machine(card scoring.Scorecard) {
	e := j.p.Expect
	if e.State != "" && e.State != card.State {
		j.missed("expect/state", "kết thúc ở %s, mong đợi %s", "it ends in %s, expected %s", card.State, e.State)
	}
	var path []string
	for _, step := range card.Path {
		path = append(path, step.State)
	}
	if len(e.Path) > 0 && strings.Join(path, " ") != strings.Join(e.Path, " ") {
		j.missed("expect/path", "đường đi là %s, mong đợi %s", "the path is %s, expected %s", strings.Join(path, " → "), strings.Join(e.Path, " → "))
	}
	for i, id := range e.Never {
		for _, step := range card.Path {
			if step.State == id {
				j.missed(index("expect/never", i), "vào %s lúc %s, mong đợi không bao giờ", "it enters %s at %s, expected never", id, step.AtMS.Clock())
				break
			}
		}
	}
}

func (j *judge) injects(log []engine.Event) {
	out := map[string]engine.Millis{}
	for i := range log {
		if log[i].Type == engine.Released {
			out[log[i].ID] = log[i].At
		}
	}
	for i, id := range j.p.Expect.Released {
		if _, ok := out[id]; !ok {
			j.missed(index("expect/released", i), "%s không phát, mong đợi có", "%s is not released, expected to be", id)
		}
	}
	for i, id := range j.p.Expect.Withheld {
		if at, ok := out[id]; ok {
			j.missed(index("expect/withheld", i), "%s phát lúc %s, mong đợi không", "%s is released at %s, expected not to be", id, at.Clock())
		}
	}
}

func (j *judge) score(card scoring.Scorecard) {
	e := j.p.Expect
	total := nothing
	if card.Total != nil {
		total = engine.Text{VI: card.Total.In(engine.VI), EN: card.Total.In(engine.EN)}
	}
	if e.Score != nil && !e.Score.holds(card.Total) {
		j.missed("expect/score", "điểm là %s, mong đợi %s", "the score is %s, expected %s", total, e.Score.words())
	}
	if e.Grade != nil && *e.Grade != card.Grade {
		j.missed("expect/grade", "xếp loại %s, mong đợi %s", "the grade is %s, expected %s", orNone(string(card.Grade)), orNone(string(*e.Grade)))
	}
	for _, code := range engine.Capabilities {
		want, asked := e.Capabilities[code]
		if got := card.Capabilities[code]; asked && got != want {
			j.missed("expect/capabilities/"+j.nth(code), "%s được %s, mong đợi %s", "%s is rated %s, expected %s", code, orNone(string(got)), orNone(string(want)))
		}
	}
}

// nth finds the entry of a capability in the file.
func (j *judge) nth(code engine.Capability) string {
	for i := 0; ; i++ {
		at, ok := j.p.r.places[index("expect/capabilities", i)]
		if !ok || at.node != nil && at.node.Value == string(code) {
			return strconv.Itoa(i)
		}
	}
}

func (j *judge) gates(card scoring.Scorecard) {
	if j.p.Expect.Gates == nil {
		return
	}
	var got []string
	for _, g := range card.Gates {
		got = append(got, g.ID)
	}
	want := append([]string(nil), j.p.Expect.Gates...)
	sort.Strings(got)
	sort.Strings(want)
	if strings.Join(got, " ") != strings.Join(want, " ") {
		j.missed("expect/gates", "mức trần áp dụng là [%s], mong đợi [%s]", "the gates that apply are [%s], expected [%s]", strings.Join(got, ", "), strings.Join(want, ", "))
	}
}

var nothing = engine.Text{VI: "không có", EN: "none"}

func orNone(word string) engine.Text {
	if word == "" {
		return nothing
	}
	return engine.Same(word)
}

// holds reports whether a total lies in the band.
func (s *Score) holds(total *scoring.Points) bool {
	if total == nil || s.None {
		return total == nil && s.None
	}
	got := engine.Ratio(*total) * (engine.Whole / 100)
	return s.Min <= got && got <= s.Max
}

// words writes the band as a person would: 60–70, or one number.
func (s *Score) words() engine.Text {
	switch {
	case s.None:
		return nothing
	case s.Min == s.Max:
		return s.Min.Decimal(2)
	}
	return engine.Fill("%s–%s", "%s–%s", s.Min.Decimal(2), s.Max.Decimal(2))
}
