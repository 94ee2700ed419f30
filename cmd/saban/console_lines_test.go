package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
)

// typed conducts a drill by lines, with time standing still.
func typed(t *testing.T, lang engine.Lang, input string) (l *staging, talk string, err error) {
	t.Helper()
	l = testLive(t, lang, smallFire, &fakeTime{})
	l.app.in = strings.NewReader(input)
	_, _, err = l.conduct()
	return l, l.app.err.(*bytes.Buffer).String(), err
}

// logged reads the events of a drill's file.
func logged(t *testing.T, l *staging) []engine.Event {
	t.Helper()
	p, err := l.app.openDrill(l.path)
	if err != nil {
		t.Fatal(err)
	}
	return p.file.Events
}

func TestLinesAnswer(t *testing.T) {
	l, talk, err := typed(t, engine.EN, "2\n1 3\n1\nend\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range logged(t, l) {
		if e.Type == engine.Responded {
			got = append(got, e.Role+" "+strings.Join(e.Choices, " "))
			for _, b := range e.Boxes {
				got[len(got)-1] += b.Response + ":" + strings.Join(b.Boxes, ",")
			}
		}
	}
	if diff := cmp.Diff([]string{"guard R1", "guard R1:place,people", "head by_back"}, got); diff != "" {
		t.Errorf("%s\n%s", diff, talk)
	}
	if vietnamese.MatchString(talk) {
		t.Errorf("Vietnamese in English talk:\n%s", talk)
	}
}

func TestEndOfInputIsNoAnswer(t *testing.T) {
	for name, input := range map[string]string{"nothing": "", "half": "2\n", "no newline": "2\n1 2\n1", "words only": "pause\nresume\n"} {
		t.Run(name, func(t *testing.T) {
			l, _, err := typed(t, engine.VI, input)
			var fail *failure
			if !errors.As(err, &fail) || fail.code != exitFailed || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Fatalf("%v", err)
			}
			if !strings.Contains(fail.hint.VI, "saban run --resume "+l.path) || !strings.Contains(fail.text.VI, "chưa chấm điểm") {
				t.Errorf("%q, %q", fail.text.VI, fail.hint.VI)
			}
			events := logged(t, l)
			if events[0].Type != engine.Started || events[len(events)-1].Type == engine.Ended {
				t.Error(types(events))
			}
			if l.app.out.(*bytes.Buffer).Len() > 0 {
				t.Error("something was printed as a result")
			}
		})
	}
}

func TestWrongLinesAreAskedAgain(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"a word":           {"xin chào", `không hiểu "xin chào"`},
		"an empty line":    {"", "dòng trống không phải là câu trả lời"},
		"no such choice":   {"7", "không có lựa chọn 7; từ 1 đến 3"},
		"zero":             {"0", "không có lựa chọn 0"},
		"too many choices": {"1 2", "chọn 1, không phải 2"},
		"a bad wait":       {"wait long", "wait 90s"},
	} {
		t.Run(name, func(t *testing.T) {
			l, talk, err := typed(t, engine.VI, c.line+"\n2\nall\nend\n")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(talk, c.want) {
				t.Errorf("%q is not in\n%s", c.want, talk)
			}
			for _, e := range logged(t, l) {
				if e.Type == engine.Responded && len(e.Boxes) > 0 {
					return
				}
			}
			t.Errorf("the answer that followed was lost:\n%s", talk)
		})
	}
}

func TestSkippedQuestionsAreLeft(t *testing.T) {
	l, _, err := typed(t, engine.VI, "skip\n2\nend\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range logged(t, l) {
		if e.Type == engine.Responded && e.Role != "head" {
			t.Errorf("%s answered", e.Role)
		}
	}
}

func TestLinesReleaseARealIncidentForAReason(t *testing.T) {
	s, _ := running(t)
	must(t, s, engine.Command{Do: engine.StopReal, Body: engine.Body{Reason: "smoke"}})
	m := newLines(s)
	m.read("resume")
	if !s.Drill.StoppedReal() {
		t.Fatal("released without a reason")
	}
	m.read("resume it was steam")
	log := s.Log
	if last := log[len(log)-2:]; last[0].Type != engine.ResumedReal || last[0].Reason != "it was steam" || last[1].Type != engine.Resumed {
		t.Errorf("%+v", last)
	}
}

func TestSignalInterruptsLines(t *testing.T) {
	l := testLive(t, engine.EN, smallFire, &fakeTime{})
	s, err := l.open()
	if err != nil {
		t.Fatal(err)
	}
	defer s.release()
	in, out := io.Pipe()
	defer out.Close()
	stop := make(chan os.Signal, 1)
	stop <- os.Interrupt
	if err := newLines(s).run(in, stop); !errors.Is(err, errInterrupted) {
		t.Errorf("%v", err)
	}
}

func TestResumedLinesGoOn(t *testing.T) {
	l, _, err := typed(t, engine.EN, "2\n")
	if err == nil {
		t.Fatal("it ended")
	}
	again := *l
	again.resume = true
	again.app = testApp(engine.EN)
	again.app.in = strings.NewReader("1\nend\n")
	card, head, err := again.conduct()
	if err != nil || head == "" || card.Provisional {
		t.Fatalf("%v", err)
	}
	for _, e := range logged(t, &again) {
		if e.Type == engine.Responded && e.Role == "head" {
			return
		}
	}
	t.Error("the question left open was not asked")
}

func TestNumbersWaitForAQuestion(t *testing.T) {
	clock := &fakeTime{}
	l := testLive(t, engine.EN, smallFire, clock)
	l.time = nil // real time
	l.start.Speed = 600 * engine.Whole
	l.app.in = strings.NewReader("2\nall\n1\n1 2\nend\n") // the last numbers for I2, which comes at 4:00
	start := time.Now()
	if _, _, err := l.conduct(); err != nil {
		t.Fatal(err)
	}
	if time.Since(start) > time.Minute {
		t.Error("it took too long")
	}
	var at engine.Millis
	for _, e := range logged(t, l) {
		if e.Type == engine.Responded && e.Role == "medic" {
			at = e.At
		}
	}
	if at < 4*engine.Minute {
		t.Errorf("the medic answered at %s", at)
	}
}
