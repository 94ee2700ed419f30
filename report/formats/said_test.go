package formats_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/report"
	"saban/report/document/documenttest"
	"saban/report/formats"
	"saban/scoring"
)

// washed goes on with a log after EndEx: each word with the mode of its
// question and the role of whoever said it.
func washed(log []engine.Event, words ...engine.Body) []engine.Event {
	log = slices.Clone(log)
	last := log[len(log)-1]
	for i, w := range words {
		t := engine.Noted
		if w.Of != 0 {
			t = engine.Retracted
		}
		w.Observed = last.At
		log = append(log, engine.Event{Seq: last.Seq + int64(i) + 1, Type: t, At: last.At, Recorded: last.Recorded, Actor: "p-secret", Body: w})
	}
	return log
}

// heard plays a short drill and hears what was said after it.
func heard(t *testing.T, words ...engine.Body) report.Report {
	t.Helper()
	file, kept := conducted(t, drawnUp(3, 3), "play: 1\nscenario: grown\nname: x\npace: {target: 0.8}\n")
	log := washed(kept.Events, words...)
	meta := formats.Meta(&kept.Header)
	meta.Names = map[string]string{"p-secret": "Lò Văn Thảo"}
	return report.Build(file.Scenario, scoring.Score(file.Scenario, scoring.Default(), log), log, meta)
}

func noted(mode, role, text string) engine.Body {
	return engine.Body{Mode: mode, Role: role, Text: text}
}

// readIn gives what a format says to who reads it.
func readIn(t *testing.T, ending string, d *formats.Paper) string {
	t.Helper()
	i := slices.IndexFunc(formats.All, func(f formats.Format) bool { return f.Ending == ending })
	var b bytes.Buffer
	if err := formats.All[i].Write(&b, d); err != nil {
		t.Fatalf("%s: %v", ending, err)
	}
	return readers[ending](t, b.Bytes())
}

func TestWhatWasSaidIsGathered(t *testing.T) {
	r := heard(t, noted(engine.ToChange, "r001", "Thêm bộ đàm"), noted(engine.WentBadly, "r000", "gọi chậm"), noted(engine.WentWell, "r002", "bình tĩnh"),
		noted(engine.WentBadly, "r000", "Không ai điểm danh"), noted(engine.WentBadly, "r001", " không ai  điểm danh. "), noted(engine.WentBadly, "", "KHÔNG AI ĐIỂM DANH!"),
		noted(engine.WentBadly, "r001", "lời rút lại"), engine.Body{Of: 0}, noted("", "r000", "ghi chú thường"))
	first := r.Said[0].Events[0] - 2
	want := []report.Said{
		{Question: engine.WentWell, Text: "bình tĩnh", Times: 1, Roles: []string{"r002"}, Events: []int64{first + 2}},
		{Question: engine.WentBadly, Text: "Không ai điểm danh", Times: 3, Roles: []string{"r000", "r001"}, Events: []int64{first + 3, first + 4, first + 5}},
		{Question: engine.WentBadly, Text: "gọi chậm", Times: 1, Roles: []string{"r000"}, Events: []int64{first + 1}},
		{Question: engine.WentBadly, Text: "lời rút lại", Times: 1, Roles: []string{"r001"}, Events: []int64{first + 6}},
		{Question: engine.ToChange, Text: "Thêm bộ đàm", Times: 1, Roles: []string{"r001"}, Events: []int64{first}},
	}
	if diff := cmp.Diff(want, r.Said); diff != "" {
		t.Error(diff)
	}
	t.Run("but not what was taken back", func(t *testing.T) {
		r := heard(t, noted(engine.WentWell, "r002", "bình tĩnh"), noted(engine.WentBadly, "r001", "lời rút lại"))
		gone := r.Said[1].Events[0]
		r = heard(t, noted(engine.WentWell, "r002", "bình tĩnh"), noted(engine.WentBadly, "r001", "lời rút lại"), engine.Body{Of: gone, Reason: "nhầm"})
		if len(r.Said) != 1 {
			t.Errorf("%+v", r.Said)
		}
		for _, l := range r.Timeline {
			if strings.Contains(l.What.VI, "lời rút lại") || strings.Contains(l.What.VI, "bình tĩnh") {
				t.Errorf("the timeline repeats %q", l.What.VI)
			}
		}
	})
}

// Each format has the words, once, under the title of their question, with
// roles and events, and names nobody.
func TestWhatWasSaidIsInEveryFormat(t *testing.T) {
	words := []engine.Body{noted(engine.WentWell, "r002", "Giữ được bình tĩnh"), noted(engine.WentBadly, "r000", "Không ai điểm danh"), noted(engine.WentBadly, "", "không ai điểm danh"), noted(engine.ToChange, "r001", "Thêm hai bộ đàm")}
	r, silent := heard(t, words...), heard(t)
	for lang, want := range map[engine.Lang][]string{
		engine.VI: {"Ý kiến khi rút kinh nghiệm nhanh", "Điều làm tốt", "Điều chưa tốt: 2 ý kiến", "(2 lần)", "Điều cần thay đổi"},
		engine.EN: {"Said at the hot wash", "What went well", "What went badly: 2 words", "(2 times)", "What to change"},
	} {
		d, without := formats.Draw(r, lang), formats.Draw(silent, lang)
		for _, f := range formats.All {
			want := slices.Clone(want)
			switch f.Ending {
			case "json":
				want = []string{`"went_badly"`, `"times": 2`}
			case "xlsx":
				want = []string{map[engine.Lang]string{engine.VI: "Điều chưa tốt", engine.EN: "What went badly"}[lang], fmt.Sprintf("#%d", r.Said[1].Events[1])}
			}
			text := documenttest.Squeezed(readIn(t, f.Ending, d))
			for _, w := range append(want, "Vai001") {
				if !strings.Contains(text, documenttest.Squeezed(w)) {
					t.Errorf("%s, %s: %q is lost", f.Ending, lang, w)
				}
			}
			for _, w := range words {
				if w.Role != "" && strings.Count(text, documenttest.Squeezed(w.Text)) != 1 {
					t.Errorf("%s, %s: %q stands there %d times", f.Ending, lang, w.Text, strings.Count(text, documenttest.Squeezed(w.Text)))
				}
			}
			if strings.Contains(text, documenttest.Squeezed("Lò Văn Thảo")) || strings.Contains(text, "p-secret") {
				t.Errorf("%s, %s: names who said it", f.Ending, lang)
			}
			if nothing := documenttest.Squeezed(readIn(t, f.Ending, without)); strings.Contains(nothing, documenttest.Squeezed(want[0])) {
				t.Errorf("%s, %s: has the section though nothing was said", f.Ending, lang)
			}
		}
	}
}

// Three hundred words, of two thousand letters and of one word without a
// space, break no page and are all there.
func TestManyAndLongWordsBreakNoPage(t *testing.T) {
	words := make([]engine.Body, 300)
	for i := range words {
		text := fmt.Sprintf("Lời%03d %s", i, nasty)
		switch i % 50 {
		case 7:
			text = long(fmt.Sprintf("Lời%03d", i))
		case 8:
			text = strings.Repeat("liềnmạch", 60) + fmt.Sprintf("Lời%03d", i)
		}
		words[i] = noted([]string{engine.WentWell, engine.WentBadly, engine.ToChange}[i%3], fmt.Sprintf("r%03d", i%3), text)
	}
	d := formats.Draw(heard(t, words...), engine.VI)
	for _, f := range formats.All {
		text := documenttest.Squeezed(readIn(t, f.Ending, d))
		for i := range words {
			if n := strings.Count(text, fmt.Sprintf("Lời%03d", i)); n != 1 && (i > 2 || n < 1) { // the injects have words of the same name
				t.Errorf("%s: word %d stands there %d times", f.Ending, i, n)
			}
		}
	}
}
