package scoring_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/scoring"
)

func TestCompare(t *testing.T) {
	s := tiny()
	play := func(at int, harm bool) scoring.Scorecard {
		l := new(logbook).begin(s)
		l.receive(0, "I")
		l.see(seconds(at), "R", "guard", engine.Whole)
		if harm {
			l.harm(seconds(200), "P1", "guard")
		} else {
			l.see(seconds(100), "Q", "medic", engine.Whole)
		}
		card := score(s, l.end(seconds(600)))
		card.Scenario.SHA256 = "a"
		return card
	}
	texts := func(list []scoring.Shift) string {
		out := make([]string, len(list))
		for i := range list {
			out[i] = list[i].Text.EN
		}
		return strings.Join(out, "\n")
	}
	c := scoring.Compare(play(150, true), play(90, false))
	if got, want := texts(c.Better), "prohibited action P1, times seen: 1 → 0\nQ “Give first aid”: not done → 1 min 40 s\nR “Call 113”: 2 min 30 s → 1 min 30 s"; got != want {
		t.Errorf("better:\n%s", got)
	}
	if len(c.Worse) > 0 || !c.Same || !strings.HasPrefix(c.Trend.EN, "total rising: ") {
		t.Errorf("%+v", c)
	}
	if got := c.Items[0].Marks[0].Pace.String() + " " + c.Items[0].Marks[1].Pace.String(); got != "2.5 1.5" {
		t.Errorf("pace %s", got)
	}
	back := scoring.Compare(play(90, false), play(150, true), play(150, true))
	if len(back.Better)+len(back.Worse) > 0 || !strings.HasPrefix(back.Trend.EN, "total falling") || back.Drills[0].Prohibited != 0 || back.Drills[1].Undone != 1 {
		t.Errorf("%+v", back)
	}
	if got := strings.Join(c.Mended, " ") + " | " + strings.Join(back.Repeated, " "); got != "Q | Q" {
		t.Errorf("mended and repeated: %s", got)
	}
	foreign := play(90, false)
	foreign.Scenario.ID = "another"
	if c := scoring.Compare(play(150, true), foreign); len(c.Items)+len(c.Better) > 0 || c.Same || len(c.Capabilities) == 0 {
		t.Errorf("responses of two scenarios are compared: %+v", c)
	}
	other := play(90, false)
	other.Scenario.SHA256 = "b"
	if scoring.Compare(play(90, false), other).Same {
		t.Error("two versions of a scenario are taken for one")
	}
	if got := scoring.Compare(play(90, false), play(90, false)).Trend.EN; !strings.HasPrefix(got, "total unchanged") {
		t.Error(got)
	}
}

// A comparison of a drill with itself shifts nothing, and one turned round
// turns better and worse round.
func TestCompareIsSymmetric(t *testing.T) {
	for seed := range uint64(200) {
		s, log := randomDrill(rng(seed))
		a := score(s, log)
		b := score(s, log[:1+len(log)/2])
		there, back, self := scoring.Compare(a, b), scoring.Compare(b, a), scoring.Compare(a, a)
		if len(there.Better) != len(back.Worse) || len(there.Worse) != len(back.Better) || len(self.Better)+len(self.Worse) > 0 {
			t.Fatalf("seed %d: %+v\n%+v", seed, there, back)
		}
	}
}

// While a drill runs, what there is still time for is neither not done nor
// worse than before.
func TestWhatIsStillOpenIsNotUndone(t *testing.T) {
	s := tiny()
	over := new(logbook).begin(s)
	over.receive(0, "I")
	over.see(seconds(100), "Q", "medic", engine.Whole)
	over.see(seconds(110), "R", "guard", engine.Whole)
	before := score(s, over.end(seconds(600)))
	runs := new(logbook).begin(s)
	runs.receive(0, "I")
	runs.see(seconds(30), "R", "guard", engine.Whole)
	now := score(s, runs.events)
	c := scoring.Compare(before, now)
	if d := c.Drills[1]; d.Triggered != 2 || d.Open != 1 || d.Undone != 0 {
		t.Errorf("triggered %d, open %d, not done %d", d.Triggered, d.Open, d.Undone)
	}
	for _, shift := range c.Worse {
		t.Errorf("worse: %s", shift.Text.EN)
	}
	if len(c.Repeated)+len(c.Mended) > 0 {
		t.Errorf("repeated %v, mended %v", c.Repeated, c.Mended)
	}
	for _, it := range c.Items {
		if it.ID == "Q" && (!it.Marks[1].Open || it.Marks[1].Done) {
			t.Errorf("%+v", it.Marks[1])
		}
	}
}
