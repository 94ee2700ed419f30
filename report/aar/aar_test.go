package aar_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/report"
	"saban/report/aar"
	"saban/report/markdown"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

const said = "Không ai điểm danh: \"cổng\" #3 \\ 'phụ'\n- {ra}"

// washed is the report of a rehearsed drill after which three things were
// said, one of them twice.
func washed(t *testing.T) report.Report {
	t.Helper()
	file := scenariotest.Read(t, "bomb-threat")
	log := slices.Clone(scenariotest.Rehearse(t, file, scenarios.Rehearsals("bomb-threat")[1]))
	last := log[len(log)-1]
	for i, w := range []engine.Body{{Mode: engine.WentBadly, Role: "guard", Text: said}, {Mode: engine.WentWell, Text: "bình tĩnh"}, {Mode: engine.ToChange, Text: "thêm bộ đàm"}, {Mode: engine.WentBadly, Text: said}} {
		log = append(log, engine.Event{Seq: last.Seq + int64(i) + 1, Type: engine.Noted, At: last.At, Recorded: last.Recorded, Body: w})
	}
	return report.Build(file.Scenario, scoring.Score(file.Scenario, scoring.Default(), log), log, report.Meta{Drill: "D-1", Head: strings.Repeat("0f", 32), Closed: true})
}

// read is what the reader of files makes of a file.
func read(t *testing.T, text []byte) *scenarios.AAR {
	t.Helper()
	f, found := scenarios.ReadAAR(scenarios.Source{Name: "x.aar.yaml", Bytes: text})
	if len(found) > 0 {
		t.Fatalf("%s\n%s", found.Format(engine.EN), text)
	}
	return f
}

func TestADraftIsReadAsItWasWritten(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		r := washed(t)
		before := r.Plan
		f := read(t, aar.Write(aar.Draft(&r, lang), r.Said, lang))
		if unknown := r.Apply(aar.Review(f)); len(unknown) > 0 {
			t.Errorf("unknown in its own draft: %q", unknown)
		}
		for i := range before {
			before[i].Measure = before[i].Proposed
		}
		if diff := cmp.Diff(before, r.Plan); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAWordBecomesARowOfThePlan(t *testing.T) {
	r := washed(t)
	word := &r.Said[slices.IndexFunc(r.Said, func(s report.Said) bool { return s.Text == said })]
	f := aar.Draft(&r, engine.VI)
	row := aar.FromWord(word)
	row.Measure, row.Capability, row.Element, row.Owner, row.Due, row.Priority = engine.Same("Lập danh sách ca"), engine.BV, "organization", "Đội trưởng bảo vệ", "2026-12-01", 1
	f.Plan = append(f.Plan, row)
	text := aar.Write(f, r.Said, engine.VI)
	if strings.Count(string(text), "Không ai điểm danh: ") != 1 || !strings.Contains(string(text), "#  - issue: \"thêm bộ đàm\"\n#    events: [") || strings.Contains(string(text), "bình tĩnh") {
		t.Errorf("the words beside it:\n%s", text[len(text)-600:])
	}
	back := read(t, text)
	drafted := len(r.Plan)
	if unknown := r.Apply(aar.Review(back)); len(unknown) > 0 {
		t.Errorf("unknown: %q", unknown)
	}
	want := report.Action{IDs: []string{}, Issue: engine.Text{VI: said}, Measure: engine.Text{VI: "Lập danh sách ca"}, Capability: engine.BV, Element: report.Organization, Responsible: "guard_chief", Due: "2026-12-01", Priority: 1, Events: word.Events}
	if diff := cmp.Diff(want, r.Plan[drafted]); diff != "" {
		t.Error(diff)
	}
	var page bytes.Buffer
	if err := markdown.Write(&page, report.Document(r, engine.VI)); err != nil {
		t.Fatal(err)
	}
	_, plan, _ := strings.Cut(page.String(), "KẾ HOẠCH KHẮC PHỤC")
	if _, row, found := strings.Cut(plan, `- \{ra\} (`); !found || !strings.HasPrefix(row, fmt.Sprintf("#%d, #%d) | BV | Lập danh sách ca |", word.Events[0], word.Events[1])) {
		t.Errorf("the row lost its events: %.200s", row)
	}
}

func TestEventsAndCapabilityAreApprovedToo(t *testing.T) {
	row := func(events []int64, c engine.Capability) *report.Review {
		return &report.Review{Plan: []report.Action{{Issue: engine.Same("x"), Events: events, Capability: c}}}
	}
	seen := map[string]bool{}
	for _, x := range []*report.Review{row(nil, ""), row([]int64{1}, ""), row([]int64{1, 2}, ""), row([]int64{12}, ""), row(nil, engine.BV), row([]int64{1}, engine.BV)} {
		seen[x.Hash("head")] = true
	}
	if len(seen) != 6 {
		t.Errorf("6 reviews have %d hashes", len(seen))
	}
}

func TestEventsTheLogDoesNotHave(t *testing.T) {
	r := washed(t)
	n := int64(r.Proof.Events)
	unknown := r.Apply(&report.Review{Plan: []report.Action{{Issue: engine.Same("x"), Events: []int64{1, n, n + 1}}}})
	if len(unknown) != 1 || !cmp.Equal(r.Plan[0].Events, []int64{1, n}) {
		t.Errorf("%q, %v", unknown, r.Plan[0].Events)
	}
}

func TestWhatIsLeftOutStaysLeftOut(t *testing.T) {
	r := washed(t)
	f := aar.Draft(&r, engine.EN)
	f.Findings[0].Drop = true
	back := read(t, aar.Write(f, nil, engine.EN))
	if !back.Findings[0].Drop || back.Findings[1].Drop {
		t.Errorf("%+v", back.Findings[:2])
	}
}
