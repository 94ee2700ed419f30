package scoring_test

import (
	"testing"

	"saban/engine"
	"saban/scoring"
)

// logbook writes a log by hand, one fact after the other.
type logbook struct {
	events []engine.Event
}

func (l *logbook) add(at engine.Millis, t engine.EventType, b engine.Body) int64 {
	seq := int64(len(l.events) + 1)
	l.events = append(l.events, engine.Event{Seq: seq, Type: t, At: at, Body: b})
	return seq
}

// begin writes `started` with every player role filled.
func (l *logbook) begin(s *engine.Scenario, change ...func(*engine.Start)) *logbook {
	start := &engine.Start{Seats: engine.FullSeats(s), Speed: engine.Whole}
	for _, c := range change {
		c(start)
	}
	l.add(0, engine.Started, engine.Body{Start: start})
	return l
}

func (l *logbook) receive(at engine.Millis, inject string) int64 {
	l.add(at, engine.Released, engine.Body{ID: inject, Mode: "planned"})
	return l.add(at, engine.Received, engine.Body{ID: inject, Mode: "device"})
}

// see writes that act was seen done by role at that time, with content.
func (l *logbook) see(at engine.Millis, act, role string, content engine.Ratio) int64 {
	return l.add(at, engine.Observed, engine.Body{ID: act, Role: role, Observed: at, Content: content})
}

// seeLate is see, entered at another time.
func (l *logbook) seeLate(at, observed engine.Millis, act, role string, content engine.Ratio) int64 {
	return l.add(at, engine.Observed, engine.Body{ID: act, Role: role, Observed: observed, Content: content})
}

func (l *logbook) harm(at engine.Millis, act, role string) int64 {
	return l.add(at, engine.ProhibitedAct, engine.Body{ID: act, Role: role, Observed: at})
}

func (l *logbook) answer(at engine.Millis, inject, role string, choices []string, ticks ...engine.Ticks) int64 {
	return l.add(at, engine.Responded, engine.Body{ID: inject, Role: role, Observed: at, Choices: choices, Boxes: ticks})
}

func (l *logbook) end(at engine.Millis) []engine.Event {
	l.add(at, engine.Ended, engine.Body{})
	return l.events
}

func seconds(n int) engine.Millis { return engine.Millis(n) * engine.Second }

func ptr[T any](v T) *T { return &v }

// tiny is a scenario of one inject and one critical response, R, of weight 2
// with target 60 s and limit 180 s, boxes ethane; a second, Q, after R; and
// two prohibited actions and a distractor.
func tiny() *engine.Scenario {
	return &engine.Scenario{
		ID:   "tiny",
		Lang: engine.VI,
		Roles: []engine.Role{
			{ID: "guard", Title: engine.Text{VI: "Bảo vệ", EN: "Guard"}},
			{ID: "medic", Title: engine.Text{VI: "Y tế", EN: "Medic"}},
			{ID: "chief", Title: engine.Text{VI: "Chỉ huy", EN: "Chief"}},
			{ID: "caller", Title: engine.Text{VI: "Người gọi", EN: "Caller"}, Simulated: true},
		},
		States: []engine.State{
			{ID: "calm", Kind: engine.Initial, Title: engine.Text{VI: "Bình thường", EN: "Calm"}},
			{ID: "panic", Kind: engine.Escalated, Title: engine.Text{VI: "Hoảng loạn", EN: "Panic"}},
			{ID: "lost", Kind: engine.Failed, Title: engine.Text{VI: "Mất kiểm soát", EN: "Out of control"}},
			{ID: "safe", Kind: engine.Contained, Title: engine.Text{VI: "Đã kiểm soát", EN: "Under control"}},
		},
		Injects: []engine.Inject{{ID: "I", Expects: []engine.Response{
			{ID: "R", By: "guard", Target: seconds(60), Limit: seconds(180), Weight: 2, Critical: true, Capability: engine.NB, Boxes: "ethane",
				Do: engine.Text{VI: "Báo 113", EN: "Call 113"}},
			{ID: "Q", By: "medic", Or: []string{"chief"}, Target: seconds(120), Limit: seconds(300), Weight: 3, Capability: engine.BV, After: []string{"R"},
				Do: engine.Text{VI: "Sơ cứu", EN: "Give first aid"},
				Ways: []engine.Way{
					{ID: "here", Content: engine.Whole},
					{ID: "later", Content: engine.Whole * 3 / 10},
				}},
		}}},
		Prohibited: []engine.Prohibited{
			{ID: "P1", Severity: engine.Major, Capability: engine.BV, Text: engine.Text{VI: "Di chuyển người bị nạn", EN: "Move the casualty"}},
			{ID: "P2", Severity: engine.Life, Text: engine.Text{VI: "Quay lại lấy đồ", EN: "Go back for belongings"}},
		},
		Distractors: []engine.Distractor{{ID: "D1"}},
	}
}

func item(t *testing.T, c scoring.Scorecard, id string) scoring.Item {
	t.Helper()
	for _, it := range c.Items {
		if it.ID == id {
			return it
		}
	}
	t.Fatalf("no item %s", id)
	return scoring.Item{}
}

func finding(c scoring.Scorecard, code string) *scoring.Finding {
	for i := range c.Findings {
		if c.Findings[i].Code == code {
			return &c.Findings[i]
		}
	}
	return nil
}

func limit(c scoring.Scorecard, code string) *scoring.Finding {
	for i := range c.Limits {
		if c.Limits[i].Code == code {
			return &c.Limits[i]
		}
	}
	return nil
}

func score(s *engine.Scenario, log []engine.Event) scoring.Scorecard {
	return scoring.Score(s, scoring.Default(), log)
}
