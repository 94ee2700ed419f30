package engine_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
)

func TestEventIsWrittenOneWayOnly(t *testing.T) {
	full := engine.Whole
	done := true
	for _, c := range []struct {
		name  string
		event engine.Event
		want  string
	}{
		{"a move", engine.Event{Seq: 4, Type: engine.Moved, At: 1000, Recorded: 946684801000, Cause: 3, Body: engine.Body{From: "a", To: "b", Via: "a-b-1"}},
			`{"seq":4,"type":"moved","at":1000,"recorded":"2000-01-01T00:00:01.000Z","cause":3,"from":"a","to":"b","via":"a-b-1"}`},
		{"an observation in time", engine.Event{Seq: 1, Type: engine.Observed, At: 5, Body: engine.Body{ID: "R1", Observed: 5, Content: engine.Over(6, 7)}},
			`{"seq":1,"type":"observed","at":5,"recorded":"1970-01-01T00:00:00.000Z","id":"R1","content":0.857142857}`},
		{"a late entry", engine.Event{Seq: 1, Type: engine.ProhibitedAct, At: 5, Body: engine.Body{ID: "P1"}},
			`{"seq":1,"type":"prohibited","at":5,"recorded":"1970-01-01T00:00:00.000Z","id":"P1","observed":0}`},
		{"Vietnamese and signs", engine.Event{Seq: 1, Type: engine.Noted, At: 0, Body: engine.Body{Text: "“Đã gọi” <114>\n\"xong\"\\ \x7f"}},
			`{"seq":1,"type":"noted","at":0,"recorded":"1970-01-01T00:00:00.000Z","text":"“Đã gọi” <114>\u000a\"xong\"\\ \u007f"}`},
		{"a note with a photo", engine.Event{Seq: 1, Type: engine.Noted, At: 0, Body: engine.Body{ID: "R1", Text: "cửa", Photo: strings.Repeat("a1", 32)}},
			`{"seq":1,"type":"noted","at":0,"recorded":"1970-01-01T00:00:00.000Z","id":"R1","text":"cửa","photo":"` + strings.Repeat("a1", 32) + `"}`},
		{"an override", engine.Event{Seq: 1, Type: engine.Overridden, At: 0, Body: engine.Body{ID: "R1", Override: &engine.FactsOverride{Done: &done, Owner: &full}}},
			`{"seq":1,"type":"overridden","at":0,"recorded":"1970-01-01T00:00:00.000Z","id":"R1","override":{"done":true,"owner":1}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(c.event.AppendJSON(nil)); got != c.want {
				t.Errorf("written\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestEventThatCannotBeReadIsRefused(t *testing.T) {
	good := `{"seq":1,"type":"noted","at":0,"recorded":"1970-01-01T00:00:00.000Z","text":"x"}`
	for name, bad := range map[string]string{
		"nothing":           "",
		"half":              good[:40],
		"something after":   good + "x",
		"an unknown key":    strings.Replace(good, "text", "tex", 1),
		"a key twice":       strings.Replace(good, `"text":"x"`, `"text":"x","text":"y"`, 1),
		"no number":         strings.Replace(good, `"seq":1`, `"seq":"1"`, 1),
		"a huge number":     strings.Replace(good, `"seq":1`, `"seq":99999999999999999999`, 1),
		"seq 0":             strings.Replace(good, `"seq":1`, `"seq":0`, 1),
		"negative time":     strings.Replace(good, `"at":0`, `"at":-1`, 1),
		"no type":           strings.Replace(good, `"type":"noted",`, "", 1),
		"a bad time":        strings.Replace(good, "1970-01-01T", "1970-13-01T", 1),
		"invalid UTF-8":     strings.Replace(good, `"x"`, "\"\xff\"", 1),
		"a control byte":    strings.Replace(good, `"x"`, "\"\x01\"", 1),
		"a bad escape":      strings.Replace(good, `"x"`, `"\q"`, 1),
		"an open string":    strings.Replace(good, `"x"}`, `"x`, 1),
		"a share of ten":    strings.Replace(good, `"text":"x"`, `"content":1.2345678901`, 1),
		"an array":          "[" + good + "]",
		"a nested mistake":  strings.Replace(good, `"text":"x"`, `"choices":{"a":1}`, 1),
		"an unended nested": strings.Replace(good, `"text":"x"}`, `"choices":["a"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			var e engine.Event
			if err := e.UnmarshalJSON([]byte(bad)); err == nil {
				t.Errorf("%s is read as %+v", bad, e)
			}
		})
	}
}

func FuzzEvent(f *testing.F) {
	f.Add([]byte(`{"seq":1,"type":"noted","at":0,"recorded":"1970-01-01T00:00:00.000Z","text":"x\"y"}`))
	f.Add([]byte(`{"seq":2,"type":"responded","at":10,"recorded":"2000-01-01T00:00:00.010Z","id":"I1","role":"guard","observed":3,"choices":["R1"],"boxes":[{"response":"R1","boxes":["a"]}]}`))
	f.Add([]byte(`{"seq":3,"type":"started","at":0,"recorded":"2000-01-01T00:00:00.000Z","start":{"seats":null,"speed":1,"led":true}}`))
	f.Add([]byte(`{"seq":4,"type":"noted","at":0,"recorded":"2000-01-01T00:00:00.000Z","text":"x","photo":"00ff"}`))
	f.Add([]byte(`{"seq":3,"type":"`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e, again engine.Event
		if e.UnmarshalJSON(raw) != nil {
			return
		}
		written := e.AppendJSON(nil)
		if err := again.UnmarshalJSON(written); err != nil {
			t.Fatalf("%s\nis written as\n%s\nwhich is refused: %v", raw, written, err)
		}
		if second := again.AppendJSON(nil); string(second) != string(written) {
			t.Fatalf("not settled:\n%s\n%s", written, second)
		}
		engine.Replay(compiled(t, market()), []engine.Event{e}).Advance(engine.Hour, 0)
	})
}

func FuzzLog(f *testing.F) {
	f.Add([]byte("started 0\nresponded 10\nretracted 20\nended 30"), int64(1))
	f.Fuzz(func(t *testing.T, script []byte, of int64) {
		c := compiled(t, market())
		d := engine.NewDrill(c)
		ids := []string{"I1", "R1", "wait", "P1", "empty", "guard", "calm", "X1", "", "nobody"}
		at := engine.Millis(0)
		for i, b := range script[:min(len(script), 200)] {
			types := []engine.EventType{engine.Started, engine.Released, engine.Received, engine.Responded, engine.Observed, engine.ProhibitedAct,
				engine.Missed, engine.Marked, engine.Retracted, engine.Flagged, engine.Moved, engine.Forced, engine.Recalled, engine.Skipped,
				engine.Postponed, engine.Written, engine.Assigned, engine.Joined, engine.Left, engine.Relayed, engine.Ended, engine.EventType("strange")}
			id := ids[int(b)%len(ids)]
			at += engine.Millis(b)
			d.Apply(&engine.Event{Seq: int64(i + 1), Type: types[int(b)%len(types)], At: at, Body: engine.Body{ID: id, Role: id, To: id, Of: of % 50,
				Choices: []string{id}, Mode: "text", Inject: &engine.Inject{ID: id, Expects: []engine.Response{{ID: "RX"}}}}})
		}
		d.Snapshot()
		d.Decide(engine.Command{Do: engine.Resume, At: at})
		d.Advance(at+engine.Hour, 0)
	})
}

func TestDecoderReadsAsASingleEventDoes(t *testing.T) {
	decoder := engine.NewDecoder()
	for i := range 2000 { // more words than it keeps
		want := engine.Event{Seq: int64(i + 1), Type: engine.Observed, At: 5, Actor: "p" + strconv.Itoa(i%7),
			Body: engine.Body{ID: "R" + strconv.Itoa(i), Role: strings.Repeat("lâu", i%20), Observed: 5}}
		var got engine.Event
		if err := decoder.Decode(want.AppendJSON(nil), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("event %d differs (-want +got):\n%s", i+1, diff)
		}
	}
}
