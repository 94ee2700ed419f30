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
			Plan:     []report.Action{{IDs: []string{"R12"}, Issue: mine, Measure: mine, Element: report.Planning, Responsible: "Tổ 1", Start: "2026-03-10", Due: "2026-05-04", Done: "2026-04-20", Priority: 1, Events: []int64{3}}},
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
