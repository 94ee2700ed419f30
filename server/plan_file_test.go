package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"saban/engine"
	"saban/report/aar"
	"saban/scenarios"
	"saban/server"
)

func TestAPlanOfTooManyRowsLosesNone(t *testing.T) {
	st := newStage(t)
	d := st.over()
	v, _ := st.lead.plan(d)
	for n := rowsIn(v); n < 203; n++ {
		v.Set(fmt.Sprintf("row.%d.issue", n), fmt.Sprint("tồn tại số ", n))
	}
	status, page := st.lead.press(d, "save", v)
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, "Kế hoạch có nhiều nhất 200 dòng, ở đây có 203") || rowsIn(fieldsOf(page)) != 203 {
		t.Errorf("%d, %d rows come back", status, rowsIn(fieldsOf(page)))
	}
	t.Run("in a file neither", func(t *testing.T) {
		_, text := st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml?lang=vi", "", "")
		f, _ := scenarios.ReadAAR(scenarios.Source{Name: "x", Bytes: []byte(text)})
		for n := len(f.Plan); n < 203; n++ {
			f.Plan = append(f.Plan, scenarios.Improvement{Issue: engine.Text{VI: fmt.Sprint("tồn tại số ", n)}})
		}
		v, _ := st.in(t).lead.plan(d)
		status, page := st.lead.sent(d, v.Get("version"), string(aar.Write(f, nil, engine.VI)))
		if status != http.StatusUnprocessableEntity || !strings.Contains(page, "kế hoạch có nhiều nhất 200 dòng, ở đây có 203") {
			t.Errorf("%d\n%s", status, page)
		}
	})
}

func TestALessonOfSeveralLinesKeepsItsOtherLanguage(t *testing.T) {
	st := newStage(t)
	d := st.over()
	_, text := st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml?lang=vi", "", "")
	f, _ := scenarios.ReadAAR(scenarios.Source{Name: "x", Bytes: []byte(text)})
	f.Lessons, f.Proposals = nil, nil
	text = string(aar.Write(f, nil, engine.VI)) + `
lessons: [{vi: "Gọi lại\nđể xác nhận.", en: "Call back\nto make sure."}]
proposals: [{vi: "Mua thêm\nbộ đàm.", en: "Buy more\nradios."}]
`
	v, _ := st.lead.plan(d)
	if status, page := st.lead.sent(d, v.Get("version"), text); status != http.StatusOK {
		t.Fatalf("%d\n%s", status, page)
	}
	_, text = st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml?lang=en", "", "")
	back, _ := scenarios.ReadAAR(scenarios.Source{Name: "x", Bytes: []byte(text)})
	if len(back.Lessons) != 1 || back.Lessons[0].EN != "Call back\nto make sure." || len(back.Proposals) != 1 || back.Proposals[0].EN != "Buy more\nradios." {
		t.Errorf("%q %q", back.Lessons, back.Proposals)
	}
}

func TestANameInARemarkOfAnApprovedFileIsTold(t *testing.T) {
	st := newStage(t)
	d := st.over()
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	_, text := st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml?lang=vi", "", "")
	f, _ := scenarios.ReadAAR(scenarios.Source{Name: "x", Bytes: []byte(text)})
	text += string(scenarios.WriteApproval(&scenarios.Approval{By: "Tổ trưởng", On: "2026-03-12", SHA256: aar.Review(f).Hash(f.Head)}))
	text = strings.Replace(text, "\nplan:\n", "\nplan: # hỏi Lò Văn Thảo\n    # Lò Văn Thảo viết\n", 1)
	v, _ := st.lead.plan(d)
	if status, page := st.lead.sent(d, v.Get("version"), text); status != http.StatusOK {
		t.Fatalf("%d\n%s", status, page)
	}
	done := call[server.Forgotten](st.lead, "POST", "/api/v1/drills/"+d.ID+"/forget", map[string]any{"whom": "lò văn thảo"})
	told := map[string]bool{}
	for _, p := range done.Plans {
		told[p.Text] = true
	}
	if len(told) != 2 || !told["# Lò Văn Thảo viết"] || !told["plan: # hỏi Lò Văn Thảo"] {
		t.Errorf("%+v", done.Plans)
	}
}
