package report_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// Two evaluators saw and rated R01 and R02; on R02 they differ.
func twoEvaluators(settle bool) report.Report {
	s, log := scenario(), logbook(drill())
	at := log[len(log)-1].At
	for _, one := range []struct {
		who, id, rating, reason string
		seen                    engine.Millis
	}{{"a", "R01", "P", "", engine.Minute}, {"b", "R01", "P", "", 2 * engine.Minute}, {"a", "R02", "S", "", engine.Minute}, {"b", "R02", "M", "gọi chậm", engine.Minute}} {
		log.add(at, engine.Observed, one.who, engine.Body{ID: one.id, Role: "guard", Observed: one.seen, Content: engine.Whole})
		log.add(at, engine.Rated, one.who, engine.Body{ID: one.id, Rating: one.rating, Reason: one.reason})
	}
	if settle {
		log.add(at, engine.Rated, "lead", engine.Body{ID: "R02", Rating: "S", Mode: engine.Settled, Reason: "đã nghe hai bên"})
	}
	return report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{Names: map[string]string{"a": "Tòng Văn Hải", "b": "Lường Thị Mai", "lead": "Quàng Văn Panh"}})
}

func TestEvaluatorsStandSideBySide(t *testing.T) {
	t.Run("who differ are a limit until it is settled", func(t *testing.T) {
		r := twoEvaluators(false)
		text := rendered(t, r, engine.VI)
		for _, want := range []string{"Tòng Văn Hải: **S**; Lường Thị Mai: **M** (gọi chậm)", "chưa thống nhất: tạm giữ mức máy đề xuất", "các đánh giá viên chưa thống nhất mức của 1 việc"} {
			if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
				t.Errorf("%q is not in the report", want)
			}
		}
	})
	t.Run("what the lead settled on, and why", func(t *testing.T) {
		text := rendered(t, twoEvaluators(true), engine.VI)
		if !strings.Contains(text, "Quàng Văn Panh: **S** (đã nghe hai bên)") || strings.Contains(text, "chưa thống nhất") {
			t.Error("the settlement is not in the report, or it is still said to be open")
		}
	})
	t.Run("how far they agree", func(t *testing.T) {
		r := twoEvaluators(false)
		if len(r.Agreement) == 0 || len(r.Agreement[0].Figures.Tasks) != 2 || r.Agreement[0].Reliable || len(r.Agreement[0].Figures.Gaps) != 1 {
			t.Fatalf("%+v", r.Agreement)
		}
		for lang, want := range map[engine.Lang][]string{
			engine.VI: {"| Tòng Văn Hải – Lường Thị Mai | 2 | 0,5 |", "chưa đủ tin cậy, cần thống nhất", "lệch quá 30 giây: 01:00, 02:00"},
			engine.EN: {"| Tòng Văn Hải – Lường Thị Mai | 2 | 0.5 |", "not reliable enough, to be talked over", "more than 30 s apart: 01:00, 02:00"},
		} {
			text := rendered(t, r, lang)
			for _, one := range want {
				if !strings.Contains(text, one) {
					t.Errorf("%s: %q is not in the report", lang, one)
				}
			}
		}
	})
	t.Run("a report without them says nothing of them", func(t *testing.T) {
		s, log := scenario(), drill()
		text := rendered(t, report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{}), engine.EN)
		if strings.Contains(text, "How far evaluators agree") {
			t.Error("it has a table of agreement")
		}
	})
}
