package scenarios_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// head begins every small scenario of these tests.
const head = `saban: 1
id: small
title: {vi: Nhỏ, en: Small}
duration: 20m
review: {by: Ban biên soạn, date: "2026-01-05"}
roles:
  guard: {title: {vi: Bảo vệ, en: Guard}}
  chief: {title: {vi: Chỉ huy, en: Chief}}
`

const machine = `states:
  calm: {kind: initial, title: {vi: Yên, en: Calm}}
  alert: {kind: normal, title: {vi: Báo động, en: Alert}}
  safe: {kind: contained, title: {vi: An toàn, en: Safe}}
transitions:
  - {from: calm, to: alert, when: inject(I01) and done(R01)}
  - {from: alert, to: safe, when: done(R02)}
`

// inject writes an inject with one response each for guard and chief.
func inject(id, when, responses string) string {
	return fmt.Sprintf("  - {id: %s, %s, to: all, text: {vi: Tin, en: News}, expects: [%s]}\n", id, when, responses)
}

func response(id, by, rest string) string {
	return fmt.Sprintf("{id: %s, by: %s, capability: NB, %s, do: {vi: Làm, en: Act}}", id, by, rest)
}

func scenario(t testing.TB, text string) *scenarios.File {
	t.Helper()
	f, found := scenarios.ReadScenario(scenarios.Source{Name: "small.yaml", Bytes: []byte(text)})
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	return f
}

func play(t testing.TB, f *scenarios.File, text string) *scenarios.Play {
	t.Helper()
	p, found := scenarios.ReadPlay(scenarios.Source{Name: "play.yaml", Bytes: []byte("play: 1\nscenario: small\n" + text)}, f.Scenario)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	return p
}

// trace writes a log as lines of time, event, what and who.
func trace(log []engine.Event) string {
	var b strings.Builder
	for _, e := range log {
		if e.Type == engine.Started || e.Type == engine.Received {
			continue
		}
		what := e.ID
		if e.Type == engine.Moved || e.Type == engine.Forced {
			what = e.From + ">" + e.To
		}
		fmt.Fprintf(&b, "%s\n", strings.Join(strings.Fields(fmt.Sprint(e.At, " ", e.Type, " ", what, " ", e.Role, " ", e.Mode)), " "))
	}
	return b.String()
}

func TestRehearse(t *testing.T) {
	two := "injects:\n" + inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m")+", "+response("R02", "chief", "target: 2m, limit: 4m, after: [R01]"))
	cases := []struct {
		name     string
		scenario string
		play     string
		want     string
	}{
		{"without states", head + two, "pace: {target: 1}\nend: 5m\n", `
1m released I01 planned
2m observed R01 guard
3m observed R02 chief
5m ended until`},

		{"nothing but time", head + machine + two, "end: 6m\n", `
1m released I01 planned
4m missed R01
5m missed R02
6m ended until`},

		{"a move follows at once", head + machine + two, "pace: {target: 0.5}\nend: 5m\n", `
1m released I01 planned
1m30s observed R01 guard
1m30s moved calm>alert
2m observed R02 chief
2m moved alert>safe
5m ended until`},

		{"pace of the limit", head + two, "pace: {limit: 1.25}\nend: 7m\n", `
1m released I01 planned
4m missed R01
4m45s observed R01 guard
5m missed R02
6m observed R02 chief
7m ended until`},

		{"pace rounds half up", head + "injects:\n" + inject("I01", "at: 0s", response("R01", "guard", "target: 3s, limit: 9s")), "pace: {target: 0.1115}\nend: 1m\n", `
0s released I01 planned
335ms observed R01 guard
1m ended until`},

		{"after waits a second", head + two, "pace: {target: 0.2}\nsteps: [{at: 3m, done: R01, by: chief}]\nend: 5m\n", `
1m released I01 planned
3m observed R01 chief
3m1s observed R02 chief
5m ended until`},

		{"after that never comes", head + two, "pace: {target: 1}\nomit: [R01]\nend: 6m\n", `
1m released I01 planned
4m missed R01
5m missed R02
6m ended until`},

		{"acts at the end count", head + two, "steps: [{at: 3m, done: R01}, {at: 3m, note: xong}, {at: 4m, done: R02}]\nend: 3m\n", `
1m released I01 planned
3m observed R01 guard
3m noted
3m ended until`},

		{"steps before the pace at one instant", head + two, "pace: {target: 1}\nsteps: [{at: 2m, note: cùng lúc}, {at: 2m, hold: I01, reason: x}]\nend: 3m\n", "refused"},

		{"out of order in the file", head + two, "steps: [{at: 3m, note: sau}, {at: 2m, done: R01}]\nend: 4m\n", `
1m released I01 planned
2m observed R01 guard
3m noted
4m ended until`},

		{"by hand, with nobody leading", head + "injects:\n" + inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m")) + inject("I02", "at: hand", response("R02", "chief", "target: 1m, limit: 3m")),
			"pace: {target: 1}\nend: 5m\n", `
1m released I01 planned
2m observed R01 guard
2m released I02 hand
3m observed R02 chief
5m ended until`},

		{"ways: the first, and a named one", head + "injects:\n" + inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m, ways: {stay: {vi: Ở lại, en: Stay}, go: {vi: Đi, en: Go}}")) +
			inject("I02", "at: 2m", response("R02", "chief", "target: 1m, limit: 3m, ways: {yes_now: {vi: Có, en: Do}, wait: {do: {vi: Chờ, en: Wait}, content: 0.3}}")),
			"pace: {target: 1}\nsteps: [{at: 4m, done: wait, content: 1/2}]\nend: 6m\n", `
1m released I01 planned
2m observed stay guard
2m released I02 planned
4m observed wait chief
6m ended until`},

		{"state and since in when", head + machine + two +
			inject("I02", "when: state(alert) and since(R01) >= 30s", response("R03", "guard", "target: 1m, limit: 3m")),
			"steps: [{at: 2m, done: R01}]\nend: 5m\n", `
1m released I01 planned
2m observed R01 guard
2m moved calm>alert
2m30s released I02 when
5m missed R02
5m ended until`},

		{"only_in holds", head + machine + two + inject("I02", "at: 90s, only_in: [alert]", response("R03", "guard", "target: 1m, limit: 3m")),
			"steps: [{at: 2m, done: R01}]\nend: 4m\n", `
1m released I01 planned
1m30s due I02 only_in
2m observed R01 guard
2m moved calm>alert
2m released I02 planned
4m ended until`},

		{"only_in skips", head + machine + two + inject("I02", "at: 90s, only_in: [alert], otherwise: skip", response("R03", "guard", "target: 1m, limit: 3m")),
			"steps: [{at: 2m, done: R01}]\nend: 3m\n", `
1m released I01 planned
1m30s skipped I02 only_in
2m observed R01 guard
2m moved calm>alert
3m ended until`},

		{"further commands", head + machine + "distractors: [{id: D01, text: {vi: Chờ, en: Wait}}]\nprohibited: [{id: P01, severity: life, text: {vi: Chạm, en: Touch}}]\nflags: {all_clear: {vi: Yên, en: Clear}}\n" +
			"injects:\n  - {id: I01, at: 1m, to: [guard], text: {vi: Tin, en: News}, also: {guard: [D01, P01]}, expects: [" +
			response("R01", "guard", "target: 1m, limit: 9m, boxes: ethane") + ", " + response("R02", "chief", "target: 2m, limit: 9m") + "]}\n" +
			inject("I02", "at: 3m", response("R03", "guard", "target: 1m, limit: 9m")), `steps:
  - {at: 70s, relay: {inject: I01, to: chief}}
  - {at: 80s, respond: {inject: I01, role: guard, choices: [R01], boxes: {R01: [location, kind]}}}
  - {at: 2m, hold: I02}
  - {at: 2m, prohibited: P01, by: guard}
  - {at: 2m, done: P01}
  - {at: 150s, retract: 5, reason: ghi nhầm}
  - {at: 4m, unhold: I02}
  - {at: 5m, inject: {id: X1, to: [guard], channel: radio, text: Thêm tin, expects: [{id: RX, by: guard, do: Thêm việc}]}}
  - {at: 6m, flag: all_clear}
  - {at: 6m, done: D01, by: guard}
  - {at: 6m, done: RX, observed: 330s}
  - {at: 7m, force: safe, reason: kết thúc sớm}
end: 8m
`, `
1m released I01 planned
1m10s relayed I01 chief
1m20s responded I01 guard
1m20s moved calm>alert
2m held I02
2m prohibited P01 guard
2m prohibited P01
2m30s retracted
3m due I02 hold
4m unheld I02
4m released I02 planned
5m written X1
5m released X1 adhoc
6m flagged all_clear
6m observed D01 guard
6m observed RX guard
7m forced alert>safe
8m ended until`},

		{"an empty role", head + two, "pace: {target: 1}\nempty: [guard]\ncovers: {guard: chief}\nend: 5m\n", `
1m released I01 planned
2m observed R01 guard
3m observed R02 chief
5m ended until`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := scenario(t, c.scenario)
			conduct, err := scenarios.Rehearse(f.Compiled, play(t, f, c.play))
			if c.want == "refused" {
				var refused *scenarios.StepError
				if !errors.As(err, &refused) || refused.Step != 2 || refused.Line != 4 {
					t.Fatalf("got %v, want step 2 refused", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := trace(conduct.Log); got != strings.TrimPrefix(c.want, "\n")+"\n" {
				t.Errorf("got\n%s\nwant%s", got, c.want)
			}
		})
	}
}

// A pause moves the wall clock and nothing else.
func TestPauseMovesTheWallClockOnly(t *testing.T) {
	f := scenario(t, head+machine+"injects:\n"+inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m")+", "+response("R02", "chief", "target: 2m, limit: 4m")))
	run := func(text string) []engine.Event {
		conduct, err := scenarios.Rehearse(f.Compiled, play(t, f, text))
		if err != nil {
			t.Fatal(err)
		}
		var out []engine.Event
		for _, e := range conduct.Log {
			if e.Type != engine.Paused && e.Type != engine.Resumed {
				out = append(out, e)
			}
		}
		return out
	}
	straight := run("pace: {target: 0.8}\n")
	paused := run("pace: {target: 0.8}\nsteps: [{at: 90s, pause: 12s345ms}]\n")
	if trace(straight) != trace(paused) {
		t.Errorf("exercise times differ:\n%s\n%s", trace(straight), trace(paused))
	}
	for i := range straight {
		want := straight[i].Recorded
		if straight[i].At > 90*engine.Second {
			want += 12_345
		}
		if paused[i].Recorded != want {
			t.Errorf("event %d at %s is recorded %d, want %d", i, straight[i].At, paused[i].Recorded, want)
		}
	}
	if got := straight[0].Recorded; got != 946_684_800_000 {
		t.Errorf("StartEx is recorded %d", got)
	}
}

func TestRehearseStops(t *testing.T) {
	two := "injects:\n" + inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m")+", "+response("R02", "chief", "target: 2m, limit: 4m"))
	t.Run("at a refused step", func(t *testing.T) {
		f := scenario(t, head+machine+two)
		_, err := scenarios.Rehearse(f.Compiled, play(t, f, "steps:\n  - {at: 5m, release: I01}\n"))
		var refused *scenarios.StepError
		if !errors.As(err, &refused) || !errors.Is(err, &engine.Refusal{Code: engine.AlreadyReleased}) {
			t.Fatalf("got %v", err)
		}
		for _, got := range []string{refused.Text().VI, refused.Text().EN} {
			if !strings.HasPrefix(got, "play.yaml:4: ") {
				t.Errorf("%q does not name the line", got)
			}
		}
	})
	for name, one := range map[string]struct {
		machine, injects, back string
		at                     engine.Millis
	}{
		"at a machine that goes in circles":            {machine, two, "done(R01)", 2 * engine.Minute},
		"at a machine that goes in circles at StartEx": {strings.Replace(machine, " and done(R01)", "", 1), strings.Replace(two, "at: 1m", "at: 0s", 1), "inject(I01)", 0},
	} {
		t.Run(name, func(t *testing.T) {
			circle := strings.Replace(one.machine, "  - {from: alert", "  - {from: alert, to: calm, when: "+one.back+"}\n  - {from: alert", 1)
			f, found := scenarios.ReadScenario(scenarios.Source{Name: "small.yaml", Bytes: []byte(head + circle + one.injects)})
			if len(found) == 0 || found[0].Code != scenarios.EndlessMoves {
				t.Fatalf("the circle is not found:\n%s", found.Format(engine.EN))
			}
			c, err := engine.Compile(f.Scenario)
			if err != nil {
				t.Fatal(err)
			}
			conduct, err := scenarios.Rehearse(c, play(t, f, "pace: {target: 1}\n"))
			var cascade *scenarios.CascadeError
			if !errors.As(err, &cascade) || cascade.At != one.at {
				t.Fatalf("got %v", err)
			}
			if last := conduct.Log[len(conduct.Log)-1]; last.Type != engine.Faulted {
				t.Errorf("the log ends with %s", last.Type)
			}
		})
	}
}

// The same play is the same bytes.
func TestRehearseTwice(t *testing.T) {
	f := scenario(t, head+machine+"injects:\n"+inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m")+", "+response("R02", "chief", "target: 2m, limit: 4m")))
	var logs [2]string
	for i := range logs {
		conduct, err := scenarios.Rehearse(f.Compiled, play(t, f, "pace: {target: 0.8}\nsteps: [{at: 90s, pause: 5s}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		for j := range conduct.Log {
			logs[i] += string(conduct.Log[j].AppendJSON(nil)) + "\n"
		}
	}
	if logs[0] != logs[1] {
		t.Errorf("got\n%s\nand\n%s", logs[0], logs[1])
	}
}

func TestJudge(t *testing.T) {
	f := scenario(t, head+machine+"injects:\n"+inject("I01", "at: 1m", response("R01", "guard", "target: 1m, limit: 3m")+", "+response("R02", "chief", "target: 2m, limit: 4m")))
	judge := func(expect string) string {
		p := play(t, f, "pace: {target: 0.8}\nexpect:\n"+expect)
		conduct, err := scenarios.Rehearse(f.Compiled, p)
		if err != nil {
			t.Fatal(err)
		}
		card := scoring.Score(f.Scenario, scoring.Default(), conduct.Log)
		var lines []string
		for _, m := range p.Judge(card, conduct.Log) {
			if m.Text.VI == "" || m.Text.EN == "" {
				t.Errorf("%+v lacks a language", m)
			}
			lines = append(lines, fmt.Sprintf("%d: %s", m.Line, m.Text.EN))
		}
		return strings.Join(lines, "\n")
	}
	good := "  state: safe\n  path: [calm, alert, safe]\n  released: [I01]\n  score: 100\n  grade: excellent\n  capabilities: {NB: P}\n  gates: []\n"
	if got := judge(good); got != "" {
		t.Errorf("a good play fails:\n%s", got)
	}
	bad := "  state: alert\n  path: [calm, alert]\n  never: [safe]\n  withheld: [I01]\n  score: {min: 10, max: 20.5}\n  grade: fail\n  capabilities: {NB: U, CH: P}\n  gates: [failed]\n"
	want := `5: it ends in safe, expected alert
6: the path is calm → alert → safe, expected calm → alert
7: it enters safe at 02:36, expected never
8: I01 is released at 01:00, expected not to be
9: the score is 100.00, expected 10–20.5
10: the grade is excellent, expected fail
11: NB is rated P, expected U
11: CH is rated none, expected P
12: the gates that apply are [], expected [failed]`
	if got := judge(bad); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
