package scoring_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/scoring"
)

func TestTriggers(t *testing.T) {
	t.Run("a role nobody holds leaves its responses out", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s, func(st *engine.Start) { st.Seats = st.Seats[1:] })
		l.receive(0, "I")
		l.see(seconds(30), "R", "medic", engine.Whole)
		c := score(s, l.end(seconds(900)))
		it := item(t, c, "R")
		if it.Triggered || it.Timeliness != nil || it.Value != nil || it.Rating != "" || item(t, c, "Q").Triggered == false {
			t.Errorf("%+v", it)
		}
		if f := finding(c, "vacant"); f == nil || !strings.Contains(f.Text.VI, "Bảo vệ") {
			t.Errorf("findings %+v", c.Findings)
		}
	})
	t.Run("a covering role owns what nobody holds", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s, func(st *engine.Start) {
			st.Seats = st.Seats[1:]
			st.Covers = []engine.Cover{{Role: "guard", By: "chief"}}
		})
		l.receive(0, "I")
		l.see(seconds(30), "R", "chief", engine.Whole)
		if it := item(t, score(s, l.end(seconds(900))), "R"); !it.Triggered || *it.Owner != engine.Whole {
			t.Errorf("%+v", it)
		}
	})
	t.Run("it is somebody else once the role is held", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s, func(st *engine.Start) { st.Covers = []engine.Cover{{Role: "guard", By: "chief"}} })
		l.receive(0, "I")
		l.see(seconds(30), "R", "chief", engine.Whole)
		if it := item(t, score(s, l.end(seconds(900))), "R"); *it.Owner != engine.Whole/2 || it.DoneBy != "chief" {
			t.Errorf("%+v", it)
		}
	})
	t.Run("a role that was left and taken again", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.add(seconds(1), engine.Assigned, engine.Body{Role: "guard"})
		l.receive(seconds(2), "I")
		l.add(seconds(3), engine.Recalled, engine.Body{ID: "I"})
		l.add(seconds(4), engine.Assigned, engine.Body{Role: "guard", Person: "p7"})
		if item(t, score(s, l.events), "R").Triggered {
			t.Error("triggered after the recall")
		}
		l.receive(seconds(5), "I")
		if !item(t, score(s, l.events), "R").Triggered {
			t.Error("not triggered although the role is held again")
		}
	})
	t.Run("done before its trigger is proactive and immediate", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.see(seconds(30), "R", "", engine.Whole)
		l.receive(seconds(100), "I")
		c := score(s, l.end(seconds(900)))
		if it := item(t, c, "R"); !it.Proactive || *it.Actual != 0 || it.Rating != scoring.Performed || it.DoneBy != "guard" {
			t.Errorf("%+v", it)
		}
		if finding(c, "proactive") == nil {
			t.Error("no finding praises it")
		}
	})
	t.Run("a time factor stretches target and limit", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s, func(st *engine.Start) { st.Seats[0].Factor = engine.Whole * 3 / 2 })
		l.receive(0, "I")
		l.see(seconds(90), "R", "guard", engine.Whole)
		it := item(t, score(s, l.end(seconds(900))), "R")
		if it.Target != scoring.Seconds(seconds(90)) || it.Limit != scoring.Seconds(seconds(270)) || *it.Timeliness != engine.Whole || it.Factor != engine.Whole*3/2 {
			t.Errorf("%+v", it)
		}
	})
	t.Run("done at the instant of its trigger is not proactive", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(seconds(100), "I")
		l.see(seconds(100), "R", "guard", engine.Whole)
		if it := item(t, score(s, l.end(seconds(900))), "R"); it.Proactive || *it.Timeliness != engine.Whole {
			t.Errorf("%+v", it)
		}
	})
	t.Run("the first receipt starts the clock", func(t *testing.T) {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(seconds(100), "I")
		l.add(seconds(120), engine.Received, engine.Body{ID: "I", Mode: "read"})
		if it := item(t, score(s, l.end(seconds(900))), "R"); *it.Received != scoring.Seconds(seconds(100)) {
			t.Errorf("%+v", it)
		}
	})
	t.Run("a simulated role is never held", func(t *testing.T) {
		s := tiny()
		s.Injects[0].Expects[0].By = "caller"
		l := new(logbook).begin(s, func(st *engine.Start) {
			st.Seats = append(st.Seats, engine.Seat{Role: "caller", Persons: []string{"p9"}})
		})
		l.receive(0, "I")
		if item(t, score(s, l.end(seconds(900))), "R").Triggered {
			t.Error("triggered")
		}
	})
	t.Run("target and limit alike leave no room", func(t *testing.T) {
		for at, want := range map[int]engine.Ratio{60: engine.Whole, 61: 0} {
			s := tiny()
			s.Injects[0].Expects[0].Limit = seconds(60)
			l := new(logbook).begin(s)
			l.receive(0, "I")
			l.see(seconds(at), "R", "guard", engine.Whole)
			if it := item(t, score(s, l.end(seconds(900))), "R"); *it.Timeliness != want {
				t.Errorf("at %d s: %v", at, it.Timeliness)
			}
		}
	})
	t.Run("exactly at the limit is in time", func(t *testing.T) {
		for at, late := range map[engine.Millis]bool{seconds(180): false, seconds(180) + 1: true} {
			s := tiny()
			l := new(logbook).begin(s)
			l.receive(0, "I")
			l.see(at, "R", "guard", engine.Whole)
			if it := item(t, score(s, l.end(seconds(900))), "R"); it.Late != late || *it.Timeliness != 0 {
				t.Errorf("at %s: %+v", at, it)
			}
		}
	})
}

func TestBestRecord(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(20), "Q", "guard", engine.Whole)
	l.see(seconds(50), "R", "guard", engine.Whole)
	best := l.see(seconds(60), "Q", "medic", engine.Whole)
	l.see(seconds(70), "Q", "chief", engine.Whole)
	c := score(s, l.end(seconds(900)))
	it := item(t, c, "Q")
	if it.DoneBy != "medic" || it.Records != 3 || it.Events[len(it.Events)-1] != best {
		t.Errorf("%+v", it)
	}
	if p := c.Order.Pairs[0]; !p.Applicable || p.Kept {
		t.Errorf("order goes by the first record, not the best: %+v", p)
	}
}

func TestPenalties(t *testing.T) {
	s := tiny()
	s.Prohibited[0].Severity = engine.Minor
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(10), "R", "guard", engine.Whole)
	l.see(seconds(10), "Q", "medic", engine.Whole)
	for _, at := range []int{310, 10, 309, 610, 20} { // noted in any order, counted by when they happened
		l.add(seconds(700), engine.ProhibitedAct, engine.Body{ID: "P1", Role: "guard", Observed: seconds(at)})
	}
	c := score(s, l.events)
	var counted []engine.Millis
	for _, p := range c.Penalties {
		if p.Counted {
			counted = append(counted, p.AtMS)
		}
	}
	if len(c.Penalties) != 5 || len(counted) != 3 || counted[1] != seconds(310) || counted[2] != seconds(610) || c.PenaltyTotal != 600 || *c.Total != 9400 {
		t.Errorf("counted %v, total %v of %+v", counted, c.Total, c.Penalties)
	}
	t.Run("cap", func(t *testing.T) {
		for i := range 4 {
			l.add(seconds(3000), engine.ProhibitedAct, engine.Body{ID: "P2", Observed: seconds(400 * i)})
		}
		c := score(s, l.events)
		if c.PenaltyTotal != 3000 || *c.BeforeGates != 7000 || *c.Total != 6900 || c.Gates[0].ID != scoring.LifeAction || !c.Gates[0].Bites {
			t.Errorf("penalty %v, before %v, total %v, gates %+v", c.PenaltyTotal, c.BeforeGates, c.Total, c.Gates)
		}
	})
}

func TestFinalState(t *testing.T) {
	run := func(steps ...engine.EventType) scoring.Scorecard {
		s := tiny()
		l := new(logbook).begin(s)
		l.receive(0, "I")
		l.see(seconds(10), "R", "guard", engine.Whole)
		l.see(seconds(20), "Q", "medic", engine.Whole)
		for i, kind := range steps {
			l.add(seconds(100+i), kind, engine.Body{From: "calm", To: "lost"})
		}
		return score(s, l.end(seconds(900)))
	}
	t.Run("failed by itself", func(t *testing.T) {
		c := run(engine.Moved)
		if *c.Total != 4900 || c.Grade != scoring.Fail || c.Gates[0].ID != scoring.FailedState || c.StateKind != engine.Failed || finding(c, "gate_failed") == nil {
			t.Errorf("%v %+v", c.Total, c.Gates)
		}
	})
	t.Run("forced there", func(t *testing.T) {
		c := run(engine.Forced)
		if *c.Total != 10000 || len(c.Gates) != 0 || finding(c, "forced_final") == nil || !c.Path[1].Forced {
			t.Errorf("%v %+v", c.Total, c.Gates)
		}
	})
	t.Run("a scenario without states", func(t *testing.T) {
		s := tiny()
		s.States = nil
		c := score(s, new(logbook).begin(s).end(seconds(10)))
		if c.State != engine.Running || c.StateKind != engine.Initial || len(c.Path) != 1 {
			t.Errorf("%+v", c.Path)
		}
	})
}

func TestAdHoc(t *testing.T) {
	s := tiny()
	s.Defaults.Target = seconds(60)
	written := func(weight int) scoring.Scorecard {
		l := new(logbook).begin(s)
		l.receive(0, "I")
		l.see(seconds(10), "R", "guard", engine.Whole)
		l.see(seconds(20), "Q", "medic", engine.Whole)
		l.add(seconds(30), engine.Written, engine.Body{ID: "X1", Inject: &engine.Inject{ID: "X1", Expects: []engine.Response{
			{ID: "X1R", By: "chief", Weight: weight, Critical: true, Capability: engine.CH, After: []string{"R"}},
		}}})
		l.receive(seconds(40), "X1")
		return score(s, l.end(seconds(900)))
	}
	t.Run("shown, and counted nowhere", func(t *testing.T) {
		c := written(0)
		it := item(t, c, "X1R")
		if !it.AdHoc || !it.Triggered || it.Rating != scoring.Unable || it.Target != scoring.Seconds(seconds(60)) || it.Limit != scoring.Seconds(seconds(600)) {
			t.Errorf("%+v", it)
		}
		if _, rated := c.Capabilities[engine.CH]; rated || *c.Total != 10000 || len(c.Gates) != 0 || c.Order.Applicable != 1 {
			t.Errorf("total %v, gates %+v, capabilities %v", c.Total, c.Gates, c.Capabilities)
		}
	})
	t.Run("a default target stays within a limit that was given", func(t *testing.T) {
		l := new(logbook).begin(s)
		l.add(0, engine.Written, engine.Body{ID: "X1", Inject: &engine.Inject{ID: "X1", Expects: []engine.Response{
			{ID: "X1R", By: "chief", Limit: seconds(30)}, {ID: "X2R", By: "chief", Target: seconds(1200)},
		}}})
		l.receive(seconds(40), "X1")
		c := score(s, l.end(seconds(900)))
		if a, b := item(t, c, "X1R"), item(t, c, "X2R"); a.Target != a.Limit || a.Limit != scoring.Seconds(seconds(30)) || b.Limit != scoring.Seconds(seconds(1200)) {
			t.Errorf("%v of %v, %v of %v", a.Target, a.Limit, b.Target, b.Limit)
		}
	})
	t.Run("unless the facilitator gives it weight", func(t *testing.T) {
		c := written(2)
		if *c.Total >= 7000 || c.Capabilities[engine.CH] != scoring.Unable || c.Gates[0].ID != scoring.CriticalMissed {
			t.Errorf("total %v, gates %+v", c.Total, c.Gates)
		}
	})
}

func TestProvisional(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(100), "Q", "medic", engine.Whole)
	l.add(seconds(180), engine.Noted, engine.Body{Text: "…"})
	c := score(s, l.events)
	if it := item(t, c, "R"); !c.Provisional || !it.Pending || *it.Value != 0 || finding(c, "critical_undone") != nil || limit(c, "provisional") == nil {
		t.Errorf("%+v", it)
	}
	l.add(seconds(181), engine.Noted, engine.Body{Text: "…"})
	if it := item(t, score(s, l.events), "R"); it.Pending {
		t.Error("pending past its limit")
	}
}

func TestOwnShare(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(20), "R", "guard", engine.Whole)
	l.see(seconds(30), "Q", "guard", engine.Whole)
	c := score(s, l.end(seconds(900)))
	if c.Findings[0].Code != "own_share" || !strings.Contains(c.Findings[0].Text.VI, "40%") || !strings.Contains(c.Findings[0].Text.EN, "40%") {
		t.Errorf("findings %+v", c.Findings)
	}
}

func TestLimits(t *testing.T) {
	s := tiny()
	l := new(logbook).begin(s, func(st *engine.Start) { st.Practice, st.Virtual = true, true })
	l.add(0, engine.Received, engine.Body{ID: "I", Mode: "assumed"})
	l.add(seconds(3), engine.Gap, engine.Body{})
	l.add(seconds(4), engine.StoppedReal, engine.Body{Reason: "cháy thật"})
	c := score(s, l.end(seconds(5)))
	for _, code := range []string{"assumed_receipt", "practice", "virtual", "interrupted", "stopped_real"} {
		if f := limit(c, code); f == nil || f.Text.VI == "" || f.Text.EN == "" || len(f.Events) == 0 {
			t.Errorf("%s: %+v", code, f)
		}
	}
}
