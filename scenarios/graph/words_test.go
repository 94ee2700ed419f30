package graph_test

import (
	"testing"

	"saban/engine"
	"saban/scenarios/graph"
)

func guard(t *testing.T, when string) *engine.Guard {
	t.Helper()
	s := scenario()
	s.Parameters = []engine.Parameter{{ID: "police_eta", Value: "12m", Duration: 12 * engine.Minute, Timed: true}}
	s.Injects[0].Expects = append(s.Injects[0].Expects, engine.Response{ID: "R02", By: "guard"}, engine.Response{ID: "R03", By: "medic"})
	s.Prohibited = append(s.Prohibited, engine.Prohibited{ID: "P02"}, engine.Prohibited{ID: "P03"})
	s.Flags = append(s.Flags, engine.Flag{ID: "gate_open"})
	s.Transitions = []engine.Transition{{From: "normal", To: "end", When: when}}
	return compiled(t, s).TransitionGuard(0)
}

func TestWords(t *testing.T) {
	for when, want := range map[string]engine.Text{
		"inject(I01)":                                  {VI: "đã phát I01", EN: "I01 released"},
		"not inject(I01)":                              {VI: "chưa phát I01", EN: "I01 not released"},
		"done(R01) and elapsed >= 10m":                 {VI: "xong R01 và đã 10 phút ở trạng thái này", EN: "R01 done and 10 min in this state"},
		"not (done(R01) and elapsed >= 90)":            {VI: "chưa xong R01 hoặc chưa đủ 1 phút 30 giây ở trạng thái này", EN: "R01 not done or not yet 1 min 30 s in this state"},
		"late(R01)":                                    {VI: "R01 xong sau hạn", EN: "R01 done late"},
		"missed(R01) or not late(R01)":                 {VI: "để lỡ hạn R01 hoặc R01 không xong sau hạn", EN: "R01 missed or R01 not done late"},
		"clock >= 1h":                                  {VI: "đã 1 giờ từ khi bắt đầu", EN: "1 h into the drill"},
		"clock >= 0":                                   {VI: "đã 0 giây từ khi bắt đầu", EN: "0 s into the drill"},
		"since(I01) >= police_eta":                     {VI: "đã 12 phút (police_eta) từ I01", EN: "12 min (police_eta) since I01"},
		"not (since(R01) >= limit(R01))":               {VI: "chưa đủ 5 phút (thời gian giới hạn của R01) từ R01", EN: "not yet 5 min (the limit of R01) since R01"},
		"elapsed >= target(R01)":                       {VI: "đã 1 phút (thời gian chuẩn của R01) ở trạng thái này", EN: "1 min (the target of R01) in this state"},
		"flag(crowd_gone) and filled(medic)":           {VI: "đã nêu crowd_gone và có người giữ vai medic", EN: "crowd_gone stated and somebody holds medic"},
		"not flag(crowd_gone) and not filled(medic)":   {VI: "chưa nêu crowd_gone và không ai giữ vai medic", EN: "crowd_gone not stated and nobody holds medic"},
		"prohibited(P01)":                              {VI: "phạm P01 ở trạng thái này", EN: "P01 seen in this state"},
		"not prohibited(P01)":                          {VI: "không phạm P01 ở trạng thái này", EN: "P01 not seen in this state"},
		"done(R01) and (inject(I01) or missed(R01))":   {VI: "xong R01 và (đã phát I01 hoặc để lỡ hạn R01)", EN: "R01 done and (I01 released or R01 missed)"},
		"done(R01) or inject(I01) and missed(R01)":     {VI: "xong R01 hoặc (đã phát I01 và để lỡ hạn R01)", EN: "R01 done or (I01 released and R01 missed)"},
		"done(R01) and not (inject(I01) or late(R01))": {VI: "xong R01 và chưa phát I01 và R01 không xong sau hạn", EN: "R01 done and I01 not released and R01 not done late"},
		"done(R01) and done(R02) and done(R03)":        {VI: "xong R01, R02 và R03", EN: "R01, R02 and R03 done"},
		"(done(R01) and done(R02)) and inject(I01)":    {VI: "xong R01 và R02 và đã phát I01", EN: "R01 and R02 done and I01 released"},
		"(prohibited(P01) or prohibited(P02) or prohibited(P03)) and done(R01)": {
			VI: "(phạm P01, P02 hoặc P03 ở trạng thái này) và xong R01", EN: "(P01, P02 or P03 seen in this state) and R01 done"},
		"missed(R01) or missed(R02)": {VI: "để lỡ hạn R01 hoặc R02", EN: "R01 or R02 missed"},
		"not (missed(R01) or missed(R02)) and not missed(R03)": {
			VI: "không để lỡ hạn việc nào trong R01, R02, R03", EN: "none of R01, R02, R03 missed"},
		"not (done(R01) and done(R02))":               {VI: "chưa xong R01 hoặc chưa xong R02", EN: "R01 not done or R02 not done"},
		"not prohibited(P01) and not prohibited(P02)": {VI: "không phạm P01 ở trạng thái này và không phạm P02 ở trạng thái này", EN: "P01 not seen in this state and P02 not seen in this state"},
		"filled(guard) and filled(medic)":             {VI: "có người giữ vai guard và có người giữ vai medic", EN: "somebody holds guard and somebody holds medic"},
		"flag(crowd_gone) and flag(gate_open)":        {VI: "đã nêu crowd_gone và gate_open", EN: "crowd_gone and gate_open stated"},
		"done(R01) or not (inject(I01) or late(R01))": {VI: "xong R01 hoặc (chưa phát I01 và R01 không xong sau hạn)", EN: "R01 done or (I01 not released and R01 not done late)"},
	} {
		t.Run(when, func(t *testing.T) {
			g := guard(t, when)
			if got := (engine.Text{VI: graph.Words(g, engine.VI), EN: graph.Words(g, engine.EN)}); got != want {
				t.Errorf("%q\n%q", got.VI, got.EN)
			}
		})
	}
}

func TestWordsOfAnInject(t *testing.T) {
	s := scenario()
	s.Injects = append(s.Injects, engine.Inject{ID: "I02", When: "state(panic) and not state(end)", Text: engine.Text{VI: "b", EN: "b"}})
	c := compiled(t, s)
	if got := graph.Words(c.InjectGuard(1), engine.VI); got != "đang ở panic và không ở end" {
		t.Errorf("%q", got)
	}
	if got := graph.Words(c.InjectGuard(0), engine.VI); got != "" {
		t.Errorf("no guard gives %q", got)
	}
}
