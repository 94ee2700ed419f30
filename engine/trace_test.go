package engine_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"saban/engine"
	"saban/scenarios"
)

var update = flag.Bool("update", false, "rewrite the traces")

// TestTraces plays the scripts of testdata/traces. Each is a scenario and a
// list of commands ("> time verb id key=value …") with what they brought
// below them; `go test ./engine -run Traces -update` writes that anew.
func TestTraces(t *testing.T) {
	files, err := filepath.Glob("testdata/traces/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no traces", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			script := archive.Files[1].Data
			got := playTrace(t, archive.Files[0].Data, string(script))
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(script), got); diff != "" {
				t.Errorf("the trace differs (-want +got):\n%s", diff)
			}
		})
	}
}

func playTrace(t *testing.T, yaml []byte, script string) string {
	t.Helper()
	file, found := scenarios.ReadScenario(scenarios.Source{Name: "scenario.yaml", Bytes: yaml})
	if file == nil {
		t.Fatal(found.Format(engine.EN))
	}
	// The reader would refuse a scenario that goes in circles; the engine has
	// to live with it.
	c := compiled(t, file.Scenario)
	d := engine.NewDrill(c)
	var out strings.Builder
	var log []engine.Event
	for _, line := range strings.Split(strings.TrimRight(script, "\n"), "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			fmt.Fprintln(&out, line)
			continue
		}
		if !strings.HasPrefix(line, "> ") {
			continue // an old result
		}
		fmt.Fprintln(&out, line)
		events, err := act(t, d, strings.TrimPrefix(line, "> "), file.Scenario)
		for i := range events {
			fmt.Fprintln(&out, "  "+told(&events[i]))
		}
		log = append(log, events...)
		var refusal *engine.Refusal
		var repeated *engine.Repeated
		switch {
		case errors.As(err, &refusal):
			fmt.Fprintf(&out, "  refused (%s): %s\n", refusal.Code, refusal.Error())
		case errors.As(err, &repeated):
			fmt.Fprintf(&out, "  already done in #%d\n", repeated.Seq)
		}
	}
	want, got := d.Snapshot(), engine.Replay(c, log).Snapshot()
	got.Now = want.Now
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("replay differs (-live +replay):\n%s", diff)
	}
	return out.String()
}

// act carries out one line of a script.
func act(t *testing.T, d *engine.Drill, line string, s *engine.Scenario) ([]engine.Event, error) {
	t.Helper()
	words := strings.Fields(line)
	at, ok := engine.ParseDuration(words[0])
	if !ok {
		t.Fatalf("%q begins with no time", line)
	}
	if words[1] == "wait" {
		return append([]engine.Event(nil), d.Advance(at, int64(at))...), nil
	}
	cmd := engine.Command{Do: engine.Verb(words[1]), At: at, Wall: int64(at), Actor: "p1", Body: engine.Body{Content: engine.Whole}}
	for _, word := range words[2:] {
		key, value, set := strings.Cut(word, "=")
		if !set {
			cmd.ID = word
			continue
		}
		option(t, &cmd, key, value)
	}
	if cmd.Do == engine.StartEx {
		start := engine.Start{Seats: engine.FullSeats(s), Led: cmd.Mode == "led", Until: cmd.Moment}
		for i := range start.Seats {
			if start.Seats[i].Role == cmd.Role {
				start.Seats[i].Persons = nil
			}
			if start.Seats[i].Role == cmd.Person {
				start.Seats[i].Factor = cmd.Content
			}
		}
		if cmd.To != "" {
			start.Covers = []engine.Cover{{Role: cmd.Role, By: cmd.To}}
		}
		cmd.Start = &start
	}
	events, err := d.Decide(cmd)
	return append([]engine.Event(nil), events...), err
}

func option(t *testing.T, cmd *engine.Command, key, value string) {
	t.Helper()
	moment, _ := engine.ParseDuration(value)
	switch key {
	case "by", "role", "empty":
		cmd.Role = value
	case "cover", "to":
		cmd.To = value
	case "person", "slow":
		cmd.Person = value
	case "device":
		cmd.Device = value
	case "mode":
		cmd.Mode = value
	case "reason":
		cmd.Reason = strings.ReplaceAll(value, "_", " ")
	case "text":
		cmd.Text = strings.ReplaceAll(value, "_", " ")
		cmd.Words = &engine.Text{VI: cmd.Text}
	case "photo":
		cmd.Photo = value
	case "key":
		cmd.Key = value
	case "rating":
		cmd.Rating = value
	case "pick":
		cmd.Choices = strings.Split(value, ",")
	case "observed":
		cmd.Late, cmd.Observed = true, moment
	case "moment", "until":
		cmd.Moment = moment
	case "content", "factor":
		cmd.Content, _ = engine.ParseRatio(value)
	case "of":
		cmd.Of, _ = strconv.ParseInt(value, 10, 64)
	case "done":
		done := value == "true"
		cmd.Override = &engine.FactsOverride{Done: &done}
	case "asks":
		cmd.Inject = &engine.Inject{ID: cmd.ID, Text: engine.Text{VI: "đột xuất"}, Expects: []engine.Response{{ID: "R" + cmd.ID, By: value}}}
	default:
		t.Fatalf("unknown option %q", key)
	}
}

// told writes an event for a person.
func told(e *engine.Event) string {
	words := []string{fmt.Sprintf("#%d %s %s", e.Seq, e.At.Clock(), e.Type)}
	add := func(format string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "0" && s != "[]" {
			words = append(words, fmt.Sprintf(format, s))
		}
	}
	add("%s", e.ID)
	if e.From != "" {
		words = append(words, e.From+" → "+e.To)
	}
	add("by %s", e.Role)
	add("person %s", e.Person)
	add("device %s", e.Device)
	add("(%s)", e.Mode)
	add("picks %s", e.Choices)
	add("of #%s", e.Of)
	if e.Moment > 0 {
		add("to %s", e.Moment.Clock())
	}
	if e.Subject() && e.Observed != e.At {
		words = append(words, "seen at "+e.Observed.Clock())
	}
	add("rated %s", e.Rating)
	add("because of #%s", e.Cause)
	add("“%s”", e.Reason)
	return strings.Join(words, " ")
}
