package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scoring"
)

var allBoxes = []string{"major", "location", "kind", "hazards", "access", "casualties", "services"}

func TestAnswers(t *testing.T) {
	t.Run("boxes are claimed, shared out and supplemented", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		first := l.answer(seconds(30), "I", "guard", []string{"R"}, engine.Ticks{Response: "R", Boxes: allBoxes[:3]})
		more := l.answer(seconds(500), "I", "guard", nil, engine.Ticks{Response: "R", Boxes: allBoxes[2:5]})
		l.answer(seconds(600), "I", "medic", nil, engine.Ticks{Response: "R", Boxes: allBoxes})
		c := score(s, l.end(seconds(900)))
		it := item(t, c, "R")
		if *it.Content != engine.Over(5, 7) || *it.Actual != scoring.Seconds(seconds(30)) || !it.Unchecked {
			t.Errorf("content %v, actual %v, unchecked %v", it.Content, *it.Actual, it.Unchecked)
		}
		if diff := cmp.Diff([]int64{3, first, more}, it.Events); diff != "" {
			t.Error(diff)
		}
		if f := limit(c, "unchecked_boxes"); f == nil || f.IDs[0] != "R" {
			t.Errorf("limits %+v", c.Limits)
		}
	})
	t.Run("a supplement belongs to the first submission", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		l.answer(seconds(30), "I", "guard", []string{"R"}, engine.Ticks{Response: "R", Boxes: allBoxes[:6]})
		l.answer(seconds(31), "I", "guard", []string{"R"})
		l.answer(seconds(40), "I", "guard", nil, engine.Ticks{Response: "R", Boxes: allBoxes[6:]})
		if it := item(t, score(s, l.end(seconds(900))), "R"); *it.Content != engine.Whole || *it.Actual != scoring.Seconds(seconds(30)) {
			t.Errorf("%+v", it)
		}
	})
	t.Run("a way multiplies, an id with ways means its first", func(t *testing.T) {
		for choice, want := range map[string]engine.Ratio{"Q": engine.Whole, "here": engine.Whole, "later": engine.Whole * 3 / 10} {
			s := tiny()
			l := new(logbook).begin(s)
			l.receive(0, "I")
			l.answer(seconds(30), "I", "medic", []string{choice})
			it := item(t, score(s, l.end(seconds(900))), "Q")
			if *it.Content != want || it.Way == "" {
				t.Errorf("%s: content %v by way %q", choice, it.Content, it.Way)
			}
		}
	})
	t.Run("prohibited acts count and distractors are only listed", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		seq := l.answer(seconds(30), "I", "medic", []string{"here", "P2", "D1"})
		c := score(s, l.end(seconds(900)))
		if len(c.Penalties) != 1 || c.Penalties[0].Role != "medic" || c.Penalties[0].Capability != engine.BV || c.Penalties[0].Points != 1000 {
			t.Errorf("penalties %+v", c.Penalties)
		}
		if diff := cmp.Diff([]scoring.Distracted{{ID: "D1", Count: 1, Events: []int64{seq}}}, c.Distractors); diff != "" {
			t.Error(diff)
		}
		if finding(c, "distractors") == nil {
			t.Error("no finding names the distractor")
		}
	})
}

func TestMarks(t *testing.T) {
	answered := func() (*engine.Scenario, *logbook, int64) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		return s, l, l.answer(seconds(30), "I", "guard", []string{"R"}, engine.Ticks{Response: "R", Boxes: allBoxes})
	}
	t.Run("a mark replaces the content and checks the boxes", func(t *testing.T) {
		s, l, of := answered()
		l.add(seconds(100), engine.Marked, engine.Body{ID: "R", Of: of, Content: engine.Whole / 2})
		c := score(s, l.end(seconds(900)))
		if it := item(t, c, "R"); *it.Content != engine.Whole/2 || it.Unchecked || it.Rating != scoring.Major {
			t.Errorf("%+v", it)
		}
		if limit(c, "unchecked_boxes") != nil {
			t.Error("a marked response still counts as unchecked")
		}
	})
	t.Run("of 0 is the first record, and the last mark holds", func(t *testing.T) {
		s, l, _ := answered()
		l.add(seconds(100), engine.Marked, engine.Body{ID: "R", Content: engine.Whole / 2})
		l.add(seconds(101), engine.Marked, engine.Body{ID: "R", Content: engine.Whole * 8 / 10})
		if it := item(t, score(s, l.end(seconds(900))), "R"); *it.Content != engine.Whole*8/10 {
			t.Errorf("content %v", it.Content)
		}
	})
	t.Run("a free text becomes a record at its own time", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		of := l.add(seconds(45), engine.Responded, engine.Body{ID: "I", Role: "guard", Observed: seconds(45), Text: "gọi 113"})
		l.add(seconds(200), engine.Marked, engine.Body{ID: "R", Of: of, Content: engine.Whole * 9 / 10})
		it := item(t, score(s, l.end(seconds(900))), "R")
		if !it.Done || *it.Actual != scoring.Seconds(seconds(45)) || *it.Content != engine.Whole*9/10 || *it.Owner != engine.Whole || it.Rating != scoring.Performed {
			t.Errorf("%+v", it)
		}
	})
	t.Run("a mark of nothing changes nothing", func(t *testing.T) {
		s, l, _ := answered()
		before := score(s, l.events)
		l.add(seconds(30), engine.Marked, engine.Body{ID: "R", Of: 77, Content: 0})
		l.add(seconds(30), engine.Marked, engine.Body{ID: "Q", Content: engine.Whole})
		if diff := cmp.Diff(before, score(s, l.events)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRetractions(t *testing.T) {
	for name, act := range map[string]func(*logbook) int64{
		"an observation":     func(l *logbook) int64 { return l.see(seconds(10), "R", "guard", engine.Whole) },
		"an answer":          func(l *logbook) int64 { return l.answer(seconds(10), "I", "guard", []string{"R", "P1", "D1"}) },
		"a prohibited act":   func(l *logbook) int64 { return l.harm(seconds(10), "P2", "guard") },
		"a rating":           func(l *logbook) int64 { return l.add(seconds(10), engine.Rated, engine.Body{ID: "Q", Rating: "P"}) },
		"a capability rated": func(l *logbook) int64 { return l.add(seconds(10), engine.Rated, engine.Body{ID: "NB", Rating: "P"}) },
		"an override": func(l *logbook) int64 {
			return l.add(seconds(10), engine.Overridden, engine.Body{ID: "Q", Override: &engine.FactsOverride{Done: ptr(true)}})
		},
		"a mark": func(l *logbook) int64 {
			return l.add(seconds(10), engine.Marked, engine.Body{ID: "Q", Content: engine.Whole / 10})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := tiny()
			l := new(logbook).begin(s)
			l.receive(0, "I")
			l.see(seconds(5), "Q", "chief", engine.Whole*8/10)
			before := score(s, l.events)
			of := act(l)
			if cmp.Equal(before, score(s, l.events)) {
				t.Fatal("it changed nothing in the first place")
			}
			l.add(seconds(20), engine.Retracted, engine.Body{Of: of, Reason: "nhầm"})
			after := score(s, l.events)
			after.At = before.At
			if diff := cmp.Diff(before, after); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("a retraction can be retracted", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		of := l.see(seconds(10), "R", "guard", engine.Whole)
		undo := l.add(seconds(20), engine.Retracted, engine.Body{Of: of})
		l.add(seconds(30), engine.Retracted, engine.Body{Of: undo})
		if it := item(t, score(s, l.end(seconds(900))), "R"); !it.Done {
			t.Error("the observation stays gone")
		}
	})
	t.Run("a recall takes the trigger back until it comes anew", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		l.add(seconds(5), engine.Recalled, engine.Body{ID: "I", Reason: "nhầm"})
		c := score(s, l.events)
		if item(t, c, "R").Triggered || c.Total != nil || c.Grade != "" || finding(c, "no_total") == nil {
			t.Errorf("total %v", c.Total)
		}
		l.receive(seconds(100), "I")
		l.see(seconds(130), "R", "guard", engine.Whole)
		if it := item(t, score(s, l.end(seconds(900))), "R"); *it.Actual != scoring.Seconds(seconds(30)) {
			t.Errorf("%+v", it)
		}
	})
}

func TestOverrides(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(170), "R", "medic", engine.Whole)
	l.add(seconds(200), engine.Overridden, engine.Body{ID: "R", Reason: "camera", Override: &engine.FactsOverride{
		Observed: ptr(seconds(50)), Owner: ptr(engine.Whole)}})
	l.events[len(l.events)-1].Actor = "p9"
	c := score(s, l.end(seconds(900)))
	it := item(t, c, "R")
	t.Run("facts are replaced, what is nil stays", func(t *testing.T) {
		if *it.Actual != scoring.Seconds(seconds(50)) || *it.Owner != engine.Whole || *it.Content != engine.Whole || it.Rating != scoring.Performed {
			t.Errorf("%+v", it)
		}
	})
	t.Run("both values stand side by side", func(t *testing.T) {
		if it.Computed == nil || *it.Computed.Observed != scoring.Seconds(seconds(170)) || it.Computed.Owner != engine.Whole/2 || it.Computed.Rating != scoring.Major {
			t.Errorf("computed %+v", it.Computed)
		}
		want := scoring.Hand{By: "p9", Reason: "camera", Event: 5}
		if len(it.Overrides) != 1 || it.Overrides[0].Hand != want || finding(c, "overridden") == nil {
			t.Errorf("overrides %+v", it.Overrides)
		}
	})
	t.Run("done can be set and unset", func(t *testing.T) {
		l.add(seconds(900), engine.Overridden, engine.Body{ID: "R", Override: &engine.FactsOverride{Done: ptr(false)}})
		l.add(seconds(900), engine.Overridden, engine.Body{ID: "Q", Override: &engine.FactsOverride{Done: ptr(true), Observed: ptr(seconds(60))}})
		c := score(s, l.events)
		if r, q := item(t, c, "R"), item(t, c, "Q"); r.Done || r.Rating != scoring.Unable || !q.Done || q.Rating != scoring.Performed {
			t.Errorf("R %+v, Q %+v", r, q)
		}
		if p := c.Order.Pairs[0]; !p.Applicable || p.Kept {
			t.Errorf("the order should be broken: %+v", p)
		}
	})
}

func TestRatings(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(30), "R", "guard", engine.Whole)
	l.see(seconds(40), "Q", "medic", engine.Whole)
	plain := score(s, l.events)
	l.add(seconds(900), engine.Rated, engine.Body{ID: "R", Rating: "U", Reason: "sai địa chỉ"})
	l.add(seconds(900), engine.Rated, engine.Body{ID: "BV", Rating: "S", Reason: "chậm sơ cứu"})
	c := score(s, l.end(seconds(900)))
	t.Run("stand beside the suggested one", func(t *testing.T) {
		if it := item(t, c, "R"); it.Rating != scoring.Unable || it.Suggested != scoring.Performed || it.Rated.Reason != "sai địa chỉ" {
			t.Errorf("%+v", it)
		}
		for _, d := range c.CapabilityDetails {
			if d.Code == engine.BV && (d.Final != scoring.Some || d.Suggested != scoring.Performed || d.Rated == nil) {
				t.Errorf("%+v", d)
			}
		}
	})
	t.Run("a capability follows the evaluator's rating of a critical response", func(t *testing.T) {
		if c.Capabilities[engine.NB] != scoring.Unable {
			t.Errorf("%v", c.Capabilities)
		}
	})
	t.Run("no rating changes a point or a gate", func(t *testing.T) {
		if *c.Total != *plain.Total || len(c.Gates) != 0 || finding(c, "rating_gate") == nil {
			t.Errorf("%v instead of %v, gates %+v", c.Total, plain.Total, c.Gates)
		}
	})
}

func TestLateEntry(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s)
	l.receive(0, "I")
	missed := l.add(seconds(180), engine.Missed, engine.Body{ID: "R"})
	l.seeLate(seconds(400), seconds(50), "R", "guard", engine.Whole)
	c := score(s, l.end(seconds(900)))
	if it := item(t, c, "R"); *it.Timeliness != engine.Whole || it.Late || it.Rating != scoring.Performed {
		t.Errorf("%+v", it)
	}
	f := finding(c, "machine_disagrees")
	if f == nil || f.Events[1] != missed {
		t.Errorf("findings %+v", c.Findings)
	}
}
