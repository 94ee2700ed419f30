package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/scenarios"
)

// typing types lines at the questions of enter, in a folder that may hold a
// draft already, and returns what was said.
func typing(t *testing.T, lang engine.Lang, dir string, lines ...string) (said string, code int) {
	t.Helper()
	a := testApp(lang)
	a.in = strings.NewReader(strings.Join(lines, "\n") + "\n")
	e := &entering{app: a, options: runOptions{out: filepath.Join(dir, "x.drill.jsonl")}}
	var err error
	if e.file, e.rubric, e.header, err = e.prepare(commonFolder+"/gate.yaml", &e.options); err != nil {
		t.Fatal(err)
	}
	code = a.report(e.typeIn(e.draftPath()))
	return a.out.(*bytes.Buffer).String() + a.err.(*bytes.Buffer).String(), code
}

func draftIn(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "x.paper.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var headLines = []string{"2026-03-14", "08:30", "08:50", "7"}

func TestTypingIn(t *testing.T) {
	dir := t.TempDir()
	// The typing ends half-way: the rows so far are kept.
	said, code := typing(t, engine.EN, dir, append(headLines, "08:31:30", "refuse", "head", "08:30:40", "r01", "guard", "1 2")...)
	if code != exitFailed || !strings.Contains(said, "entries: 2;") {
		t.Fatalf("exit code %d:\n%s", code, said)
	}
	// It goes on, a row is put right, another taken out, and the file is made.
	said, code = typing(t, engine.EN, dir,
		"3m", "pause", "2m",
		"4m", "P01", "1",
		"delete 4",
		"edit 2", "", "R01", "", "0",
		"-", "R01", "s", "no reporter",
		"5m", "note", "the loudspeaker: \"silent\" #2",
		"list", "done")
	if code != exitGood || !strings.Contains(said, "Typed in from paper afterwards") {
		t.Fatalf("exit code %d:\n%s", code, said)
	}
	want := `# yaml-language-server: $schema=schema/paper.schema.json
paper: 1
scenario: gate
day: "2026-03-14"
start: "08:30"
end: "08:50"
seed: 7
steps:
  - {at: "08:31:30", done: refuse, by: head}
  - {at: "08:30:40", done: R01, by: guard, boxes: []}
  - {at: 3m, pause: 2m}
  - {rate: R01, rating: "S", reason: "no reporter"}
  - {at: 5m, note: "the loudspeaker: \"silent\" #2"}
`
	if got := draftIn(t, dir); got != want {
		t.Errorf("the draft is\n%s", got)
	}
	if code, out, errors := saban("verify", filepath.Join(dir, "x.drill.jsonl")); code != exitGood {
		t.Errorf("%s%s", out, errors)
	}
}

// A slip is answered by the numbers on it; what comes in otherwise than
// planned, and what the players were told, is asked for.
func TestTypingInInjects(t *testing.T) {
	dir := t.TempDir()
	said, code := typing(t, engine.VI, dir, append(headLines,
		"08:31", "I01", "1", "1", "2", "", // the slip of the guard
		"08:30:30", "i01", "2", // read out later
		"08:32", "I01", "3", "head",
		"08:40", "I02", "4", "không cần",
		"08:45", "mới", "", "Có người gõ cổng phụ", "1",
		"08:46", "X1", "3", "2",
		"08:47", "crowd", "tập phục hồi",
		"ds", "xong")...)
	if code != exitGood {
		t.Fatalf("exit code %d:\n%s", code, said)
	}
	for _, row := range []string{`{at: "08:31", respond: {inject: I01, role: guard, choices: [2]}}`, `{at: "08:30:30", release: I01}`, `{at: "08:32", relay: {inject: I01, to: head}}`,
		`{at: "08:40", skip: I02, reason: "không cần"}`, `{at: "08:45", inject: {id: "X1", to: [guard], text: "Có người gõ cổng phụ"}}`, `{at: "08:46", relay: {inject: X1, to: head}}`, `{at: "08:47", force: crowd, reason: "tập phục hồi"}`} {
		if !strings.Contains(draftIn(t, dir), row) {
			t.Errorf("there is no %s in\n%s", row, draftIn(t, dir))
		}
	}
}

// What is wrong is said at once and not kept; what cannot have happened so is
// said in the end, with the number of its entry.
func TestTypingInWrongly(t *testing.T) {
	dir := t.TempDir()
	said, code := typing(t, engine.EN, dir, "2026-02-30", "2026-03-14", "25:00", "08:30", "08:50", "x", "7",
		"09:30", "8.30", "08:40", "R99", "08:40", "R01", "nobody", "guard", "9", "1",
		"delete 7", "08:30:10", "I02", "1", "head", "1", "",
		"done", "quit")
	if code != exitFailed {
		t.Fatalf("exit code %d:\n%s", code, said)
	}
	for _, want := range []string{"a day there is, as year-month-day", `"25:00" is no time of day`, "outside the drill, which ran from 08:30:00 to 08:50:00", `"8.30" is no time`, `there is no "R99" in the scenario`,
		"give the number or the id of a role above", "give numbers from 1 to 4", "there is no entry 7", "entry 2: inject I02 has not arrived", "it went out at 08:33:00", "entries: 2;", "no drill file was written"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q:\n%s", want, said)
		}
	}
	gate, _ := gateFile(t)
	if _, found := scenarios.ReadDraft(scenarios.Source{Bytes: []byte(draftIn(t, dir))}, gate.Scenario); found.Failed() {
		t.Error(found.Format(engine.EN))
	}
}

// Comments of a draft that was begun by hand stay, whatever is changed.
func TestTypingKeepsComments(t *testing.T) {
	dir := t.TempDir()
	text := "# by the clerk\npaper: 1\nscenario: gate\nday: \"2026-03-14\"\nstart: \"08:30\"\nsteps: [{at: 1m, done: R01}, {at: 2m, note: x}] # sheet 1\n"
	if err := os.WriteFile(filepath.Join(dir, "x.paper.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, code := typing(t, engine.EN, dir, "edit 1", "50s", "R01", "", "", "3m", "note", "y", "quit"); code != exitFailed {
		t.Fatal(said)
	}
	for _, want := range []string{"# by the clerk\n", "# sheet 1\n", "  - {at: 50s, done: R01, by: guard}\n  - {at: 2m, note: x}\n  - {at: 3m, note: \"y\"}\n"} {
		if got := draftIn(t, dir); !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
}

// sayPapers has enter speak: of drafts, rightly and wrongly, and at a terminal.
func sayPapers(t *testing.T, say func(args ...string), said map[string]string, lang string) {
	t.Helper()
	gate, head := commonFolder+"/gate.yaml", "paper: 1\nscenario: gate\nday: \"2026-03-14\"\nstart: \"08:30\"\nsteps:\n"
	out := filepath.Join(t.TempDir(), "x.drill.jsonl")
	say("enter", gate)
	say("enter", gate, "-o", out)
	say("enter", gate, "-o", out, "--from", written(t, "early.paper.yaml", head+"  - {at: 10s, respond: {inject: I02, role: head, choices: [1]}}\n  - {at: 9m, force: calm, reason: \"113\"}\n"))
	say("enter", gate, "-o", out, "--from", written(t, "whole.paper.yaml", head+"  - {at: 50s, done: R01}\n  - {rate: R01, rating: S, reason: \"113\"}\n"))
	say("enter", gate, "-o", out)
	say("report", out)
	lines := append(headLines[:3:3], "x", "7", "9", "?", "08:31", "?", "08:32", "I01", "1", "1", "2", "113", "08:33", "I01", "2", "08:34", "R01", "9", "1", "7", "1 2", "08:35", "P01", "",
		"08:36", "D01", "1", "08:37", "pause", "1m", "08:38", "new", "", "113", "", "08:39", "crowd", "113", "-", "R01", "S", "113", "08:40", "I02", "3", "1", "08:41", "I02", "4", "113", "08:42", "R99",
		"list", "edit 1", "", "note", "113", "delete 3", "edit 99", "08:31", "I02", "1", "1", "1", "", "done", "quit")
	text, _ := typing(t, engine.Lang(lang), t.TempDir(), lines...)
	said["enter, typed"] = norm.NFC.String(text)
}
