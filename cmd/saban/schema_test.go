package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

const (
	shippedFolder = "../../scenarios"
	commonFolder  = scripts + "/common"
	faultsFolder  = "../../testdata/faults"
	checkFolder   = "../../testdata/check"
)

// saban runs one command line in this process.
func saban(args ...string) (code int, out, err string) {
	var stdout, stderr bytes.Buffer
	a := newApp()
	a.in, a.out, a.err = strings.NewReader(""), &stdout, &stderr
	a.env = func(string) string { return "" }
	code = a.main(args)
	return code, stdout.String(), stderr.String()
}

// conforming runs a command line with --json and holds what it prints against
// a schema.
func conforming(t *testing.T, schema string, want int, args ...string) string {
	t.Helper()
	code, out, errors := saban(append(args, "--json")...)
	if code != want {
		t.Fatalf("saban %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, errors)
	}
	conforms(t, schema, strings.Join(args, " "), out)
	return out
}

// conforms holds one JSON document to its schema.
func conforms(t *testing.T, schema, of, text string) {
	t.Helper()
	compiled, err := jsonschema.NewCompiler().Compile(filepath.Join("schema", schema+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatalf("saban %s: %v", of, err)
	}
	if err := compiled.Validate(doc); err != nil {
		t.Errorf("saban %s --json: %v", of, err)
	}
	remember(schema, doc)
}

// printed holds the keys seen in the outputs of each schema.
var printed = map[string]map[string]bool{}

func remember(schema string, doc any) {
	if printed[schema] == nil {
		printed[schema] = map[string]bool{}
	}
	switch doc := doc.(type) {
	case map[string]any:
		for key, v := range doc {
			printed[schema][key] = true
			remember(schema, v)
		}
	case []any:
		for _, v := range doc {
			remember(schema, v)
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files, %v", pattern, err)
	}
	return files
}

func TestOutputsConform(t *testing.T) {
	verbsConform(t)
	t.Run("drills", drillsConform)
	t.Run("data", dataVerbsConform)
	if strings.Contains(flag.Lookup("test.run").Value.String(), "/") {
		return // only some of it ran
	}
	for schema, keys := range printed {
		walkSchema(readSchema(t, "schema/"+schema+".schema.json"), func(path string, s map[string]any) {
			properties, _ := s["properties"].(map[string]any)
			for key := range properties {
				if !keys[key] {
					t.Errorf("%s: no output has %s at %s, so nothing is known of it", schema, key, path)
				}
			}
		})
	}
}

func verbsConform(t *testing.T) {
	gate, site := commonFolder+"/gate.yaml", commonFolder+"/site.yaml"
	shippedSite := shippedFolder + "/sites/hydropower-a.yaml"
	t.Run("list", func(t *testing.T) { conforming(t, "list", 0, "list") })
	t.Run("version", func(t *testing.T) { conforming(t, "version", 0, "version") })
	t.Run("show and graph", func(t *testing.T) {
		quiet, rare := written(t, "quiet.yaml", quietScenario), written(t, "rare.yaml", rareScenario)
		for _, id := range append(scenarios.Shipped(), gate, quiet, rare, faultsFolder+"/valid.yaml") {
			conforming(t, "show", 0, "show", id)
			conforming(t, "graph", 0, "graph", id)
		}
		conforming(t, "show", 0, "show", gate, "--site", site)
		conforming(t, "graph", 0, "graph", "bomb-threat", "--site", shippedSite)
	})
	t.Run("check", func(t *testing.T) {
		conforming(t, "check", 0, "check", "--quick")
		conforming(t, "check", 0, "check", gate, site, commonFolder+"/mixed.yaml", commonFolder+"/strict.yaml")
		conforming(t, "check", 2, "check", commonFolder+"/mixed.yaml")
		text, err := os.ReadFile(gate)
		if err != nil {
			t.Fatal(err)
		}
		conforming(t, "check", 0, "check", written(t, "weighed.yaml", string(text)+"silence:\n  - {code: SB812, about: guard, reason: {vi: \"Thử\", en: \"Trial\"}}\n"))
		for _, file := range glob(t, faultsFolder+"/*.yaml") {
			code, _, _ := saban("check", file)
			conforming(t, "check", code, "check", file)
		}
	})
	t.Run("check silenced", func(t *testing.T) {
		conforming(t, "check", 0, "check", "--quick", checkFolder+"/silenced-taken.yaml", checkFolder+"/silenced-everywhere.yaml")
	})
	t.Run("check with a witness", func(t *testing.T) { conforming(t, "check", 0, "check", checkFolder+"/old-fact.yaml") })
	t.Run("explain", func(t *testing.T) {
		conforming(t, "explain", 0, "explain")
		conforming(t, "explain", 0, "explain", "sb012", "SB807")
		conforming(t, "explain", 0, append([]string{"explain"}, scenarios.KeyNames()...)...)
	})
	t.Run("handbook", func(t *testing.T) { conforming(t, "handbook", 0, "handbook") })
	t.Run("enter", func(t *testing.T) {
		draft := written(t, "day.paper.yaml", "paper: 1\nscenario: gate\nday: \"2026-03-14\"\nstart: \"08:30\"\nsteps:\n  - {at: 40s, done: R01}\n")
		conforming(t, "scorecard", 0, "enter", gate, "--from", draft, "-o", filepath.Join(t.TempDir(), "day.drill.jsonl"))
	})
	t.Run("new", func(t *testing.T) { conforming(t, "new", 0, "new", "market-fire", "--dir", t.TempDir()) })
	t.Run("schema", func(t *testing.T) { conforming(t, "schema", 0, "schema", "--out", t.TempDir()) })
	t.Run("diff", func(t *testing.T) {
		text, err := os.ReadFile(shippedFolder + "/bomb-threat.yaml")
		if err != nil {
			t.Fatal(err)
		}
		slower := strings.Replace(string(text), "limit: 3m\n        weight: 4", "limit: 9m\n        weight: 4", 1)
		conforming(t, "diff", 0, "diff", "bomb-threat", written(t, "slower.yaml", slower))
		conforming(t, "diff", 0, "diff", "bomb-threat", written(t, "no-way.yaml", strings.ReplaceAll(string(text), "second_call", "third_call")))
		conforming(t, "diff", 0, "diff", "bomb-threat", gate)
	})
	t.Run("fmt", func(t *testing.T) {
		file := written(t, "untidy.yaml", "id: x\nsaban: 1\n")
		conforming(t, "fmt", 2, "fmt", "--check", file)
		conforming(t, "fmt", 0, "fmt", file)
		conforming(t, "fmt", 2, "fmt", written(t, "broken.yaml", "a: [\n"))
	})
	t.Run("test", func(t *testing.T) {
		conforming(t, "test", 0, "test", "--cover")
		conforming(t, "test", 0, "test", "--scenario", gate, commonFolder+"/mixed.yaml", commonFolder+"/nobody.yaml")
		conforming(t, "test", 2, "test", "--scenario", faultsFolder+"/valid.yaml", written(t, "hopeful.yaml", "play: 1\nscenario: test\nexpect: {state: safe, grade: good}\n"), faultsFolder+"/play-no-act.yaml")
		refused := written(t, "refused.yaml", "play: 1\nscenario: gate\nsteps:\n  - {at: 1m, release: I01}\n")
		conforming(t, "test", 1, "test", "--scenario", gate, refused)
	})
}

const quietScenario = `saban: 1
id: quiet
lang: vi
title: "Ngày yên ả"
duration: 10m
flags: {knock: "Có người gõ cổng"}
roles: {guard: {title: "Bảo vệ"}}
injects:
  - id: I01
    when: flag(knock)
    to: [guard]
    text: "Có người lạ"
    expects: [{id: R01, by: guard, target: 1m, limit: 3m, do: "Báo"}]
`

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// rareScenario has the keys of an inject that no shipped scenario needs.
const rareScenario = `saban: 1
id: rare
lang: en
title: "Rare keys"
duration: 10m
roles: {guard: {title: "Guard"}}
states:
  calm: {kind: initial, title: "Calm"}
  safe: {kind: contained, title: "Safe"}
transitions: [{from: calm, to: safe, when: done(R01)}]
injects:
  - {id: I01, at: hand, to: all, text: "By hand", expects: [{id: R01, by: guard, target: 1m, limit: 3m, do: "Report"}]}
  - {id: I02, at: 2m, to: all, text: "In one state only", only_in: [calm], otherwise: skip}
  - {id: I03, when: done(R01), until: 5m, to: all, text: "For a while"}
`

// drillsConform holds scorecards, reports and verifications of all that a
// drill may come to against their schemas.
func drillsConform(t *testing.T) {
	dir, n := t.TempDir(), 0
	play := func(scenario, play string, more ...string) {
		t.Helper()
		n++
		file := filepath.Join(dir, fmt.Sprint(n, "-", filepath.Base(play), ".drill.jsonl"))
		card := conforming(t, "scorecard", 0, append([]string{"run", scenario, "--play", play, "--out", file}, more...)...)
		if again := conforming(t, "scorecard", 0, "score", file); again != card {
			t.Errorf("%s: scored again it is another card", play)
		}
		conforming(t, "why", 0, "why", file)
		conforming(t, "report", 0, "report", file)
		conforming(t, "verify", 0, "verify", file)
		conforming(t, "graph", 0, "graph", "--drill", file)
	}
	const every = 6 // of 446, in turn: the rest is played in package scenarios
	for i, file := range glob(t, shippedFolder+"/rehearsals/*/*.yaml") {
		if i%every == 0 {
			play(filepath.Base(filepath.Dir(file)), file)
		}
	}
	gate := commonFolder + "/gate.yaml"
	for _, name := range []string{"on-time", "mixed", "nobody"} {
		play(gate, commonFolder+"/"+name+".yaml")
	}
	play(gate, commonFolder+"/mixed.yaml", "--site", commonFolder+"/site.yaml", "--rubric", commonFolder+"/strict.yaml")
	play(gate, commonFolder+"/mixed.yaml", "--rubric", written(t, "formula.yaml", "rubric: 1\ntotal: 100 * (T + C) / 2 - penalty\n"))
	play(written(t, "quiet.yaml", quietScenario), written(t, "quiet-play.yaml", "play: 1\nscenario: quiet\n"))
	play(gate, written(t, "hands.yaml", handsPlay))
	play(gate, written(t, "early.yaml", "play: 1\nscenario: gate\nsteps:\n  - {at: 1m, done: R03, by: head}\n"))
	t.Run("corrected", func(t *testing.T) {
		file := correctedDrill(t, dir)
		conforming(t, "scorecard", 0, "score", file)
		conforming(t, "why", 0, "why", file, "R01", "P01", "NB")
		conforming(t, "whatif", 0, "whatif", file, "--set", "R01=10s", "--set", "R02=not-done")
		conforming(t, "report", 0, "report", file)
		conforming(t, "verify", 0, "verify", file)
	})
	t.Run("supposed", func(t *testing.T) { supposedConform(t, dir) })
	t.Run("reviewed", func(t *testing.T) {
		late := filepath.Join(t.TempDir(), "late.drill.jsonl")
		conforming(t, "scorecard", 0, "run", gate, "--play", commonFolder+"/nobody.yaml", "--out", late)
		reviewConforms(t, late)
		reviewConforms(t, correctedDrill(t, t.TempDir()))
	})
	t.Run("sealed", func(t *testing.T) { sealConform(t, correctedDrill(t, t.TempDir())) })
	t.Run("damaged", func(t *testing.T) { damagedConform(t, correctedDrill(t, t.TempDir())) })
}

// handsPlay has what a facilitator may do.
const handsPlay = `play: 1
scenario: gate
steps:
  - {at: 10s, respond: {inject: I01, role: guard, choices: [D01]}}
  - {at: 20s, note: "113"}
  - {at: 30s, pause: 90s}
  - {at: 40s, inject: {id: X1, channel: radio, to: [guard], text: {vi: "Túi động đậy", en: "The bag moves"}, expects: [{id: X1R, by: guard, target: 1m, limit: 2m, weight: 1, capability: KV, do: {vi: "Lùi ra", en: "Stand back"}}]}}
  - {at: 1m, done: X1R, by: guard}
  - {at: 80s, prohibited: P01, by: guard}
  - {at: 90s, prohibited: P01, by: guard}
  - {at: 2m, retract: 6, reason: "113"}
  - {at: 5m, done: R01, by: guard, observed: 2m}
  - {at: 6m, force: safe, reason: "113"}
`

// gateFile reads the small scenario of the scripts.
func gateFile(t *testing.T) (*scenarios.File, []byte) {
	t.Helper()
	text, err := os.ReadFile(commonFolder + "/gate.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file, found := scenarios.ReadScenario(scenarios.Source{Name: "gate.yaml", Bytes: text})
	if found.Failed() {
		t.Fatal(found)
	}
	return file, text
}

// correctedDrill is a real drill, at double speed, with all that is put right
// by hand afterwards.
func correctedDrill(t *testing.T, dir string) string {
	t.Helper()
	file, text := gateFile(t)
	rubric, err := json.Marshal(scoring.Default())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "corrected.drill.jsonl")
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w, err := store.NewWriter(out, store.Header{Engine: engine.Version, Drill: "corrected", Seed: 3, Scenario: store.Pin("gate.yaml", text), Rubric: store.Pin("rubric.json", rubric)})
	if err != nil {
		t.Fatal(err)
	}
	d := engine.NewDrill(file.Compiled)
	for _, cmd := range correctingCommands(file) {
		cmd.Wall, cmd.Actor = 1_790_000_000_000+int64(cmd.At)/2, cmp.Or(cmd.Actor, "f1")
		events, err := d.Decide(cmd)
		if err != nil {
			t.Fatalf("%s at %s: %v", cmd.Do, cmd.At.Clock(), err)
		}
		if err := w.Append(events); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func correctingCommands(file *scenarios.File) []engine.Command {
	yes, early, all := true, 30*engine.Second, engine.Whole
	start := engine.Start{Seats: engine.FullSeats(file.Scenario), Speed: 2 * engine.Whole, Led: true}
	start.Seats[0].Factor = 3 * engine.Whole / 2
	at := func(s engine.Millis, do engine.Verb, body engine.Body) engine.Command {
		return engine.Command{Do: do, At: s * engine.Second, Body: body}
	}
	by := func(who string, cmd engine.Command) engine.Command {
		cmd.Actor = who
		return cmd
	}
	late := func(cmd engine.Command) engine.Command {
		cmd.Late = true
		return cmd
	}
	return []engine.Command{
		at(0, engine.StartEx, engine.Body{Start: &start}),
		at(5, engine.Join, engine.Body{Role: "guard", Device: "d1", Person: "p1"}),
		at(10, engine.Relay, engine.Body{ID: "I01", Role: "head"}),
		at(20, engine.Respond, engine.Body{ID: "I01", Role: "guard", Choices: []string{"R01"}, Boxes: []engine.Ticks{{Response: "R01", Boxes: []string{"where"}}}, Text: "113"}),
		at(30, engine.Edit, engine.Body{ID: "I02", Words: &engine.Text{VI: "Sáu mươi người.", EN: "Sixty people."}}),
		at(40, engine.Hold, engine.Body{ID: "I02", Reason: "113"}),
		at(50, engine.Unhold, engine.Body{ID: "I02"}),
		at(55, engine.StopReal, engine.Body{Reason: "114"}),
		at(56, engine.ResumeReal, engine.Body{}),
		at(57, engine.Resume, engine.Body{}),
		at(60, engine.Recover, engine.Body{}),
		at(61, engine.Resume, engine.Body{}),
		at(80, engine.Observe, engine.Body{ID: "wait", Role: "guard", Content: all}),
		at(85, engine.Prohibit, engine.Body{ID: "P01", Role: "guard"}),
		by("e1", at(86, engine.Observe, engine.Body{ID: "R01", Role: "guard", Content: all})),
		at(90, engine.Mark, engine.Body{ID: "R01", Content: 3 * all / 4}),
		at(95, engine.Rate, engine.Body{ID: "R01", Rating: "S", Reason: "113"}),
		at(96, engine.Rate, engine.Body{ID: "NB", Rating: "M", Reason: "113"}),
		by("e1", at(96, engine.Rate, engine.Body{ID: "R01", Rating: "S", Reason: "113"})),
		by("lead", at(96, engine.Rate, engine.Body{ID: "R01", Rating: "S", Reason: "114", Mode: engine.Settled})),
		by("e1", at(96, engine.Rate, engine.Body{ID: "R03", Rating: "S"})),
		by("e2", at(96, engine.Rate, engine.Body{ID: "R03", Rating: "U"})),
		by("e1", at(96, engine.Rate, engine.Body{ID: "BV", Rating: "P"})),
		by("e2", at(96, engine.Rate, engine.Body{ID: "BV", Rating: "S"})),
		at(97, engine.Override, engine.Body{ID: "R02", Reason: "113", Override: &engine.FactsOverride{Done: &yes, Observed: &early, Owner: &all, Content: &all}}),
		late(by("e2", at(98, engine.Observe, engine.Body{ID: "R01", Role: "guard", Content: all, Observed: 50 * engine.Second}))),
		at(98, engine.Leave, engine.Body{Role: "guard", Device: "d1"}),
		at(300, engine.Force, engine.Body{To: "lost", Reason: "113"}),
		at(400, engine.End, engine.Body{}),
		at(400, engine.Note, engine.Body{Mode: engine.WentWell, Role: "guard", Text: "113"}),
		at(400, engine.Note, engine.Body{Mode: engine.WentBadly, Role: "guard", Text: "114"}),
		at(400, engine.Note, engine.Body{Mode: engine.ToChange, Text: "115"}),
	}
}

func damagedConform(t *testing.T, file string) {
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	for name, text := range map[string][]byte{
		"changed": bytes.Replace(whole, []byte(`"role":"guard"`), []byte(`"role":"gaurd"`), 1),
		"torn":    whole[:len(whole)-30],
		"no file": []byte("hello\n"),
		"empty":   nil,
		"windows": bytes.ReplaceAll(whole, []byte("\n"), []byte("\r\n")),
		"swapped": slices.Concat(lines[0], lines[2], lines[1], bytes.Join(lines[3:], nil)),
	} {
		conforming(t, "verify", 2, "verify", written(t, name, string(text)))
	}
	conforming(t, "verify", 2, "verify", file, "--head", strings.Repeat("0", 64))
	open := written(t, "open", string(bytes.Join(lines[:9], nil)))
	conforming(t, "verify", 0, "verify", open)
	conforming(t, "scorecard", 0, "score", open)
	conforming(t, "report", 0, "report", open)
}

// Every schema is valid, closed, and says what each value is.
func TestSchemasAreSound(t *testing.T) {
	for _, file := range glob(t, "schema/*.schema.json") {
		doc := readSchema(t, file)
		meta, err := jsonschema.NewCompiler().Compile("https://json-schema.org/draft/2020-12/schema")
		if err != nil {
			t.Fatal(err)
		}
		if err := meta.Validate(doc); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if doc["$schema"] != "https://json-schema.org/draft/2020-12/schema" || doc["title"] == nil || doc["description"] == nil {
			t.Errorf("%s lacks its draft, title or description", file)
		}
		if _, err := jsonschema.NewCompiler().Compile(file); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		walkSchema(doc, func(path string, s map[string]any) {
			open := s["additionalProperties"] == nil && s["unevaluatedProperties"] == nil && path != "/$defs/card"
			if s["properties"] != nil && open {
				t.Errorf("%s%s lets unknown values in", file, path)
			}
		})
	}
}

func readSchema(t *testing.T, file string) map[string]any {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return doc.(map[string]any)
}

// walkSchema visits every object of a schema.
func walkSchema(doc map[string]any, visit func(path string, s map[string]any)) {
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			visit(path, v)
			for key, child := range v {
				walk(path+"/"+key, child)
			}
		case []any:
			for _, child := range v {
				walk(path, child)
			}
		}
	}
	walk("", doc)
}
