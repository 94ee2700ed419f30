package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

const logs = "../../testdata/logs"

// figures are what has to stay the same for ever; sentences may be worded
// better.
type figures struct {
	Total        string                               `json:"total"`
	Grade        scoring.Grade                        `json:"grade"`
	State        string                               `json:"state"`
	Capabilities map[engine.Capability]scoring.Rating `json:"capabilities"`
	Values       map[string]string                    `json:"values"`
}

func figuresOf(card scoring.Scorecard) figures {
	f := figures{Grade: card.Grade, State: card.State, Capabilities: card.Capabilities, Values: map[string]string{}}
	if card.Total != nil {
		f.Total = card.Total.String()
	}
	for _, it := range card.Items {
		if it.Value != nil {
			f.Values[it.ID] = it.Value.String() + " " + string(it.Rating)
		}
	}
	return f
}

// TestFrozenLogsReplayForEver scores drill files of earlier versions. Beside
// each lies what it came to when it was played.
func TestFrozenLogsReplayForEver(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(logs, "*.drill.jsonl"))
	if len(files) == 0 {
		t.Fatal("there are no frozen logs")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a := newApp()
			a.err = os.Stderr
			p, err := a.openDrill(file)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if v, err := store.Verify(bytes.NewReader(raw), p.file.Head); err != nil || !v.OK() || !v.Closed {
				t.Fatalf("not whole: %v %v", v.Text().EN, err)
			}
			card := p.score(p.rubric)
			got := figuresOf(card)
			beside := strings.TrimSuffix(file, ".drill.jsonl") + ".figures.json"
			if *update {
				out, _ := json.MarshalIndent(got, "", "  ")
				if err := os.WriteFile(beside, append(out, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			var want figures
			if raw, err = os.ReadFile(beside); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("figures differ (-frozen +now):\n%s", diff)
			}
			sameBytes(t, strings.TrimSuffix(file, ".drill.jsonl")+".card.json", p)
			d := engine.Replay(p.scenario.Compiled, p.file.Events)
			if d.State() != card.State || !d.Over() {
				t.Errorf("the replay ends in %s, the scorecard in %s", d.State(), card.State)
			}
		})
	}
}

// sameBytes scores a frozen log under the rubric of the house, as `saban score`
// prints it: whole, sentences too, the card is what it was.
func sameBytes(t *testing.T, beside string, p *played) {
	t.Helper()
	var got bytes.Buffer
	if err := writeJSON(&got, scored{p.score(scoring.Default()), p.file.Head}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(beside, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(beside)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got.Bytes()) {
		t.Errorf("the scorecard is another (-frozen +now):\n%s", cmp.Diff(string(want), got.String()))
	}
}

// TestSamePlaySameBytes plays every rehearsal twice, writes it, reads it back
// and scores it again.
func TestSamePlaySameBytes(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		for _, src := range scenarios.Rehearsals(id) {
			t.Run(strings.TrimSuffix(filepath.Base(src.Name), ".yaml"), func(t *testing.T) {
				dir := t.TempDir()
				play := filepath.Join(dir, "play.yaml")
				if err := os.WriteFile(play, src.Bytes, 0o644); err != nil {
					t.Fatal(err)
				}
				one, two := filepath.Join(dir, "1.drill.jsonl"), filepath.Join(dir, "2.drill.jsonl")
				first := output(t, "run", id, "--play", play, "--out", one, "--json")
				second := output(t, "run", id, "--play", play, "--out", two, "--json")
				again := output(t, "score", one, "--json")
				a, _ := os.ReadFile(one)
				b, _ := os.ReadFile(two)
				if !bytes.Equal(a, b) || len(a) == 0 {
					t.Error("the drill files differ")
				}
				if first != second {
					t.Error("the scorecards differ")
				}
				if diff := cmp.Diff(first, again); diff != "" {
					t.Errorf("the saved log scores otherwise (-live +saved):\n%s", diff)
				}
			})
		}
	}
}

// output runs a verb in this process and returns what it prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	a := newApp()
	a.in, a.out, a.err = strings.NewReader(""), &out, &errs
	if code := a.main(args); code != exitGood {
		t.Fatalf("saban %s: exit %d\n%s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

// emulated is how a 32-bit program is run here: as it is, or on a kernel that
// runs none by an emulator.
func emulated(t *testing.T, program string) []string {
	t.Helper()
	if exec.Command(program, "version").Run() == nil {
		return []string{program}
	}
	if _, err := exec.LookPath("qemu-i386"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("this kernel runs no 32-bit programs, and there is no qemu-i386")
		}
		t.Skip("this kernel runs no 32-bit programs; with qemu-user installed the test runs")
	}
	return []string{"env", "GODEBUG=asyncpreemptoff=1", "qemu-i386", program}
}

// TestSecondArchitecture plays the four rows on a 32-bit build of the program
// and compares bytes with this one.
func TestSecondArchitecture(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("only linux/amd64 runs a 32-bit build as it is")
	}
	if testing.Short() {
		t.Skip("builds a second binary")
	}
	dir := t.TempDir()
	other := filepath.Join(dir, "saban386")
	build := exec.Command("go", "build", "-o", other, ".")
	build.Env = append(os.Environ(), "GOARCH=386", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := emulated(t, other)
	for _, name := range []string{"on-time", "late", "slow", "silent", "p01-open-the-bag"} {
		play := filepath.Join("../../scenarios/rehearsals/bomb-threat", name+".yaml")
		here, there := filepath.Join(dir, name+".drill.jsonl"), filepath.Join(dir, name+"-386.drill.jsonl")
		card := output(t, "run", "bomb-threat", "--play", play, "--out", here, "--json")
		card386, err := exec.Command(run[0], append(run[1:], "run", "bomb-threat", "--play", play, "--out", there, "--json")...).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		a, _ := os.ReadFile(here)
		b, _ := os.ReadFile(there)
		if !bytes.Equal(a, b) || card != string(card386) {
			t.Errorf("%s differs on a 32-bit build", name)
		}
	}
}
