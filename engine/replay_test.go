package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"saban/engine"
)

// market is a small scenario that uses every kind of fact and inject.
func market() *engine.Scenario {
	text := func(s string) engine.Text { return engine.Text{VI: s, EN: s} }
	return &engine.Scenario{
		ID: "market", Lang: engine.VI, Title: text("market"), Duration: 30 * engine.Minute,
		Parameters: []engine.Parameter{{ID: "eta", Value: "8m", Duration: 8 * engine.Minute, Timed: true}},
		Objectives: []engine.Objective{{ID: "O1", Capability: engine.NB, Text: text("o")}},
		Flags:      []engine.Flag{{ID: "empty", Text: text("empty")}},
		Roles: []engine.Role{{ID: "guard", Title: text("guard")}, {ID: "head", Title: text("head")},
			{ID: "medic", Title: text("medic")}, {ID: "caller", Title: text("caller"), Simulated: true}},
		States: []engine.State{{ID: "calm", Kind: engine.Initial}, {ID: "smoke", Kind: engine.Normal},
			{ID: "panic", Kind: engine.Escalated, AtLeast: engine.DefaultDwell}, {ID: "safe", Kind: engine.Contained}, {ID: "lost", Kind: engine.Failed}},
		Transitions: []engine.Transition{
			{From: "calm", To: "smoke", When: "inject(I1)"},
			{From: "smoke", To: "panic", When: "missed(R1) or prohibited(P1)"},
			{From: "smoke", To: "safe", When: "done(R1) and done(R2) and (since(R2) >= 60 or flag(empty))"},
			{From: "panic", To: "smoke", When: "done(R3) and not late(R3)"},
			{From: "panic", To: "lost", When: "elapsed >= eta and not done(R3)"},
		},
		Injects: []engine.Inject{
			{ID: "I1", At: 0, To: []string{"guard"}, Text: text("i1"), Expects: []engine.Response{
				{ID: "R1", By: "guard", Or: []string{"head"}, Target: engine.Minute, Limit: 3 * engine.Minute, Weight: 5, Critical: true, Objective: "O1"},
				{ID: "R2", By: "head", Target: 2 * engine.Minute, Limit: 5 * engine.Minute, Weight: 3, After: []string{"R1"}, Objective: "O1",
					Ways: []engine.Way{{ID: "all_out", Content: engine.Whole}, {ID: "wait", Content: engine.Whole / 3}}},
			}, Also: []engine.Choices{{Role: "guard", IDs: []string{"P1", "D1"}}}},
			{ID: "I2", When: "state(panic)", Text: text("i2"), Expects: []engine.Response{
				{ID: "R3", By: "head", Target: engine.Minute, Limit: 4 * engine.Minute, Weight: 4, Objective: "O1"}}},
			{ID: "I3", At: 4 * engine.Minute, OnlyIn: []string{"panic"}, Text: text("i3")},
			{ID: "I4", Hand: true, Text: text("i4"), Expects: []engine.Response{
				{ID: "R4", By: "medic", Target: engine.Minute, Limit: 2 * engine.Minute, Weight: 2, Objective: "O1"}}},
			{ID: "I5", When: "done(P1) and clock >= 120", Until: 20 * engine.Minute, OnlyIn: []string{"smoke"}, Text: text("i5")},
		},
		Prohibited:  []engine.Prohibited{{ID: "P1", Severity: engine.Life, Capability: engine.BV}},
		Distractors: []engine.Distractor{{ID: "D1"}},
	}
}

func compiled(t testing.TB, s *engine.Scenario) *engine.Compiled {
	t.Helper()
	c, err := engine.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// randomCommand draws a wish, sensible or not.
func randomCommand(t *rapid.T, now engine.Millis, seq int64) engine.Command {
	ids := []string{"I1", "I2", "I3", "I4", "I5", "R1", "R2", "R3", "R4", "all_out", "wait", "P1", "D1", "empty", "X1", "RX", "nobody"}
	pick := func(from []string, label string) string { return rapid.SampledFrom(from).Draw(t, label) }
	verbs := []engine.Verb{engine.StartEx, engine.Pause, engine.Resume, engine.Release, engine.Hold, engine.Unhold, engine.Postpone,
		engine.Skip, engine.Edit, engine.Recall, engine.AdHoc, engine.Relay, engine.Receive, engine.Respond, engine.Observe, engine.Observe,
		engine.Prohibit, engine.Mark, engine.Rate, engine.Override, engine.Retract, engine.RaiseFlag, engine.Force, engine.Note,
		engine.Assign, engine.Join, engine.Leave, engine.StopReal, engine.ResumeReal, engine.MarkGap, engine.Recover}
	cmd := engine.Command{Do: rapid.SampledFrom(verbs).Draw(t, "verb"), At: now, Wall: 946684800000 + int64(now), Actor: "p1", Body: engine.Body{
		ID: pick(ids, "id"), Role: pick([]string{"guard", "head", "medic", "caller", ""}, "role"), To: pick([]string{"calm", "smoke", "panic", "safe", "lost"}, "to"),
		Person: pick([]string{"", "p1", "p2"}, "person"), Device: pick([]string{"d1", "d2"}, "device"), Mode: pick([]string{"device", "read"}, "mode"),
		Content: rapid.SampledFrom([]engine.Ratio{0, engine.Whole / 2, engine.Whole}).Draw(t, "content"), Rating: "S", Reason: pick([]string{"", "why"}, "reason"),
		Of: rapid.Int64Range(0, seq+1).Draw(t, "of"), Moment: engine.Millis(rapid.Int64Range(0, 1800000).Draw(t, "moment")), Text: pick([]string{"", "tiếng Việt \"đủ dấu\"\n"}, "text"),
		Words: &engine.Text{VI: "mới"}, Choices: rapid.SliceOfN(rapid.SampledFrom(ids), 0, 2).Draw(t, "choices"),
		Start:    &engine.Start{Seats: []engine.Seat{{Role: "guard", Persons: []string{"p1"}}, {Role: "head", Persons: []string{"p2"}, Factor: engine.Whole * 3 / 2}}, Led: rapid.Bool().Draw(t, "led")},
		Inject:   &engine.Inject{ID: pick([]string{"X1", "X2", "I1"}, "adhoc"), Text: engine.Text{VI: "đột xuất"}, Expects: []engine.Response{{ID: pick([]string{"RX", "RY"}, "rx"), By: "head"}}},
		Override: &engine.FactsOverride{Done: new(bool)},
	}}
	cmd.Late = rapid.Bool().Draw(t, "late")
	cmd.Observed = engine.Millis(rapid.Int64Range(0, int64(now)+1000).Draw(t, "observed"))
	return cmd
}

func TestReplayOfTheLogIsTheLiveState(t *testing.T) {
	c := compiled(t, market())
	rapid.Check(t, func(t *rapid.T) {
		live := engine.NewDrill(c)
		var log []engine.Event
		take := func(events []engine.Event) {
			for i := range events {
				if want := int64(len(log) + 1); events[i].Seq != want {
					t.Fatalf("event %d has number %d", want, events[i].Seq)
				}
				if n := len(log); n > 0 && events[i].At < log[n-1].At {
					t.Fatalf("time goes back at event %d", events[i].Seq)
				}
				log = append(log, events[i])
			}
		}
		now := engine.Millis(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now += engine.Millis(rapid.SampledFrom([]int64{0, 0, 1, 1000, 29999, 60000, 180000}).Draw(t, "wait"))
			if rapid.IntRange(0, 3).Draw(t, "act") == 0 {
				take(live.Advance(now, 946684800000+int64(now)))
				continue
			}
			events, _ := live.Decide(randomCommand(t, now, live.Seq()))
			take(events)
		}
		again := engine.Replay(c, throughJSON(t, log))
		want, got := live.Snapshot(), again.Snapshot()
		got.Now = want.Now // time that passed without an event is not in the log
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("replay differs (-live +replay):\n%s", diff)
		}
		end := now + 10*engine.Minute
		for i := range 20 {
			at := end + engine.Millis(i)*engine.Minute
			a, b := live.Advance(at, 0), again.Advance(at, 0)
			if diff := cmp.Diff(a, b, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("what follows differs (-live +replay):\n%s", diff)
			}
		}
	})
}

// throughJSON writes and reads every event.
func throughJSON(t *rapid.T, log []engine.Event) []engine.Event {
	out := make([]engine.Event, len(log))
	for i := range log {
		raw := log[i].AppendJSON(nil)
		if err := out[i].UnmarshalJSON(raw); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		if again := out[i].AppendJSON(nil); string(again) != string(raw) {
			t.Fatalf("not canonical:\n%s\n%s", raw, again)
		}
	}
	return out
}
