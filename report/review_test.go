package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/report"
)

// inVietnamese is a review as an author of one language leaves it.
func inVietnamese(x *report.Review) *report.Review {
	one := func(t *engine.Text) { t.EN = "" }
	for i := range x.Findings {
		one(&x.Findings[i].Text)
	}
	for i := range x.Plan {
		one(&x.Plan[i].Issue)
		one(&x.Plan[i].Measure)
	}
	for i := range x.Proposals {
		one(&x.Proposals[i])
	}
	return x
}

func TestADraftLeftAsItIsChangesNoWords(t *testing.T) {
	before, after := built(), built()
	if unknown := after.Apply(inVietnamese(before.DraftReview())); len(unknown) > 0 {
		t.Fatalf("its own draft has unknown names: %q", unknown)
	}
	for what, two := range map[string][2]any{
		"strengths": {before.Strengths, after.Strengths}, "weaknesses": {before.Weaknesses, after.Weaknesses}, "notes": {before.Notes, after.Notes}, "proposals": {before.Proposals, after.Proposals},
	} {
		if diff := cmp.Diff(two[0], two[1]); diff != "" {
			t.Errorf("%s:\n%s", what, diff)
		}
	}
	for i, a := range after.Plan {
		was := before.Plan[i]
		was.Measure = was.Proposed
		if diff := cmp.Diff(was, a); diff != "" {
			t.Errorf("row %d of the plan:\n%s", i+1, diff)
		}
	}
}

func TestAReviewWithoutProposalsLeavesRoomForThem(t *testing.T) {
	r := built()
	r.Proposals = nil
	r.Apply(&report.Review{})
	_, after, found := strings.Cut(rendered(t, r, engine.EN), "VI. RECOMMENDATIONS")
	if !found || !strings.Contains(after[:400], "To the facility: ") {
		t.Errorf("%.400s", after)
	}
}

func TestPeoplesWordsGoOverTheReport(t *testing.T) {
	r := built()
	weak, strong, scored := report.FindingName(&r.Weaknesses[0]), report.FindingName(&r.Strengths[0]), r.Card
	strengths := len(r.Strengths)
	mine := engine.Text{VI: "Lời của tổ", EN: "The team's words"}
	x := &report.Review{
		Findings: []report.Remark{{Of: weak, Text: mine}, {Of: strong, Drop: true}, {Of: "nothing Z9"}},
		Roots:    []report.Remark{{Of: r.Causes[0].ID, Text: mine}, {Of: "Z8", Text: mine}},
		Plan:     []report.Action{{Issue: mine, Measure: mine, Responsible: "Tổ 1", Due: "2026-05-04"}},
		Lessons:  []engine.Text{mine},
	}
	if diff := cmp.Diff([]string{"nothing Z9", "Z8"}, r.Apply(x)); diff != "" {
		t.Error(diff)
	}
	if r.Weaknesses[0].Text != mine || len(r.Strengths) != strengths-1 || r.Causes[0].Root != mine || len(r.Plan) != 1 || r.Plan[0].Responsible != "Tổ 1" || r.Agreed[0] != mine {
		t.Errorf("%+v", r.Plan)
	}
	if diff := cmp.Diff(scored.Total, r.Card.Total); diff != "" {
		t.Errorf("a score changed: %s", diff)
	}
	t.Run("an approval of today holds on every later version", func(t *testing.T) {
		frozen := report.Review{
			Findings: []report.Remark{{Of: "undone R12", Text: engine.Text{VI: "Chưa điểm danh", EN: "Nobody counted"}}, {Of: "slow R08", Drop: true}},
			Roots:    []report.Remark{{Of: "R12", Text: engine.Text{VI: "Chưa có danh sách"}}},
			Plan:     []report.Action{{IDs: []string{"R12"}, Issue: mine, Measure: mine, Element: report.Planning, Responsible: "Tổ 1", Start: "2026-03-10", Due: "2026-05-04", Done: "2026-04-20", Priority: 1}}, // rows of files named no events then
			Lessons:  []engine.Text{{VI: "Phân công trước"}}, Proposals: []engine.Text{{VI: "Bổ sung loa"}},
		}
		if got := frozen.Hash("3f9a"); got != "3bb68afdeabd42fea10ce5fca17a7f8a83811d2faca5aaa58c83762d4d95add3" {
			t.Errorf("it is %s", got)
		}
	})
	t.Run("the hash is of words and log", func(t *testing.T) {
		was := x.Hash("aa")
		x.Approval = &report.Approval{By: "N.V.A", SHA256: was}
		if x.Hash("aa") != was || x.Hash("ab") == was {
			t.Error("it goes by something else")
		}
		x.Lessons[0].EN += "."
		if x.Hash("aa") == was {
			t.Error("a changed word does not change it")
		}
	})
}

// Two rows may be about the same response: each keeps to the drafted one it
// came from. What people left empty stays empty.
func TestARowKeepsToTheOneItCameFrom(t *testing.T) {
	say := func(s string) engine.Text { return engine.Text{VI: s, EN: s + " in English"} }
	drafted := func() report.Report {
		r := built()
		r.Plan = []report.Action{
			{IDs: []string{"R02"}, Issue: say("muộn"), Proposed: say("chuẩn bị"), Capability: engine.BV, Events: []int64{4}},
			{IDs: []string{"R02"}, Issue: say("vai khác"), Proposed: say("phân vai"), Capability: engine.CH, Events: []int64{16}},
		}
		r.Proposals = []engine.Text{say("huấn luyện"), say("xác nhận")}
		return r
	}
	only := func(s string) engine.Text { return engine.Text{VI: s} }
	for name, c := range map[string]struct {
		row  report.Action
		want report.Action
	}{
		"the first":                   {report.Action{IDs: []string{"R02"}, Issue: only("muộn"), Measure: only("chuẩn bị")}, report.Action{Issue: say("muộn"), Measure: say("chuẩn bị"), Capability: engine.BV, Events: []int64{4}}},
		"the second":                  {report.Action{IDs: []string{"R02"}, Issue: only("vai khác"), Measure: only("phân vai")}, report.Action{Issue: say("vai khác"), Measure: say("phân vai"), Capability: engine.CH, Events: []int64{16}}},
		"the second, in other words":  {report.Action{IDs: []string{"R02"}, Issue: only("khác"), Measure: only("phân vai")}, report.Action{Issue: only("khác"), Measure: say("phân vai"), Capability: engine.CH, Events: []int64{16}}},
		"all in other words":          {report.Action{IDs: []string{"R02"}, Issue: only("khác"), Measure: only("khác nữa")}, report.Action{Issue: only("khác"), Measure: only("khác nữa"), Capability: engine.BV, Events: []int64{4}}},
		"no measure is agreed on yet": {report.Action{IDs: []string{"R02"}, Issue: only("muộn")}, report.Action{Issue: say("muộn"), Capability: engine.BV, Events: []int64{4}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := drafted()
			r.Apply(&report.Review{Plan: []report.Action{c.row}})
			got := r.Plan[0]
			if got.Issue != c.want.Issue || got.Measure != c.want.Measure || got.Capability != c.want.Capability || got.Events[0] != c.want.Events[0] {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
	t.Run("an empty proposal is none", func(t *testing.T) {
		r := drafted()
		r.Apply(&report.Review{Proposals: []engine.Text{{}, only("xác nhận"), only("mua loa")}})
		if diff := cmp.Diff([]engine.Text{say("xác nhận"), only("mua loa")}, r.Proposals); diff != "" {
			t.Error(diff)
		}
	})
}

// Who edits findings and leaves the plan as it is drafted gets a plan of those
// findings.
func TestThePlanFollowsTheFindings(t *testing.T) {
	r := built()
	mine := engine.Text{VI: "Lời của tổ", EN: "The team's words"}
	dropped, reworded, rows := r.Weaknesses[0], r.Weaknesses[1], len(r.Plan)
	r.Apply(&report.Review{Findings: []report.Remark{{Of: report.FindingName(&dropped), Drop: true}, {Of: report.FindingName(&reworded), Text: mine}}})
	said := 0
	for _, a := range r.Plan {
		if a.Issue == dropped.Text || a.Issue == reworded.Text {
			t.Errorf("the plan still has %q", a.Issue.EN)
		}
		if a.Issue == mine {
			said++
		}
	}
	if len(r.Plan) != rows-1 || said != 1 {
		t.Errorf("%d rows, %d in the team's words", len(r.Plan), said)
	}
	t.Run("rows of their own stay, with what was drafted", func(t *testing.T) {
		r := built()
		plan := r.DraftReview().Plan
		r.Apply(&report.Review{Plan: plan, Findings: []report.Remark{{Of: report.FindingName(&dropped), Drop: true}, {Of: report.FindingName(&reworded), Text: mine}}})
		if len(r.Plan) != rows || r.Plan[0].Issue != dropped.Text || len(r.Plan[0].Events) == 0 || r.Plan[1].Issue != mine || len(r.Plan[1].Events) == 0 {
			t.Errorf("%+v", r.Plan)
		}
	})
}
