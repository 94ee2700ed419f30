package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestPaperSheets types some of the papers in, sheet after sheet.
func TestPaperSheets(t *testing.T) {
	st := newStage(t)
	p := st.typedIn("title", "Sáng thứ bảy")
	p.sheet("I01", "done.R02.at", "832", "slip.switchboard.at", "8h31", "slip.switchboard.respond/choices", "3, 1", "slip.switchboard.respond/text", "ghi âm: \"có\" #2")
	p.sheet("I02", "out.at", "4m")
	p.sheet("I04", "out.at", "40m", "out.left_out", "yes", "out.reason", "hết giờ")
	p.sheet("I01", "done.R02.at", "", "done.R03.at", "8:33:30", "done.R03.by", "switchboard")
	if got, want := steps(p.file()), `- {at: "8:31", respond: {inject: I01, role: switchboard, choices: [3, 1], text: "ghi âm: \"có\" #2"}}
  - {at: 4m, release: I02}
  - {at: 40m, skip: I04, reason: "hết giờ"}
  - {at: "8:33:30", done: R03, by: switchboard}`; got != want {
		t.Errorf("the draft is\n%s", got)
	}
	if page := p.page("?sheet=I01"); !strings.Contains(page, "R02") || !strings.Contains(page, "missing") {
		t.Error("nothing says that R02 is missing")
	}
	p.sheet("I01", "done.R02.undone", "yes")
	if form := fields(p.page("?sheet=I01")); form.Get("done.R02.undone") != "yes" || form.Get("done.R03.at") != "8:33:30" || form.Get("slip.switchboard.respond/choices") != "3 1" {
		t.Errorf("%v", form)
	}
}

// What stands wrong on a sheet is told beside its field and stays there as it
// was typed; the rest is kept.
func TestWhatIsWrongOnASheetIsToldBesideIt(t *testing.T) {
	st := newStage(t)
	p := st.typedIn()
	res, page := p.sheet("I01", "done.R02.at", "8.32", "done.R03.at", "9:45", "slip.switchboard.respond/choices", "99", "slip.guard_chief.at", "8:35", "slip.guard_chief.respond/choices", "1", "out.left_out", "yes", "out.reason", "<b>vì</b>")
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatal(res.Status)
	}
	for _, want := range []string{`id="done.R02.at-w">&#34;8.32&#34; is no time`, `id="done.R03.at-w">outside the drill`, `id="slip.switchboard.at-w">no time is given`, `id="out.at-w">no time is given`, `value="&lt;b&gt;vì&lt;/b&gt;"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	form := fields(page)
	for name, want := range map[string]string{"done.R02.at": "8.32", "done.R03.at": "9:45", "slip.switchboard.respond/choices": "99", "out.left_out": "yes", "slip.guard_chief.at": "8:35"} {
		if form.Get(name) != want {
			t.Errorf("%s is %q", name, form.Get(name))
		}
	}
	if got, want := steps(p.file()), `- {at: "8:35", respond: {inject: I01, role: guard_chief, choices: [1]}}`; got != want {
		t.Errorf("kept: %s", got)
	}
	res, _ = p.fill(form, "/sheet", "done.R02.at", "8:32", "done.R03.at", "8:45", "slip.switchboard.at", "8:33", "slip.switchboard.respond/choices", "1", "out.left_out", "", "out.reason", "")
	if res.StatusCode != http.StatusOK || strings.Count(p.file(), "\n  - ") != 4 {
		t.Errorf("%s\n%s", res.Status, p.file())
	}
}

// Every sort of row there is, in no order at all.
func TestRowsOfEverySort(t *testing.T) {
	st := newStage(t)
	p := st.typedIn("times", "elapsed")
	for _, row := range [][]string{
		{"note", "note", "loa ở sân: \"không nghe\" #2"},
		{"rate", "rate", "R03", "rating", "M", "reason", "chậm"},
		{"mark", "mark", "R03", "content", "1/2"},
		{"force", "at", "45:00", "force", "panic", "reason", "tập phục hồi"},
		{"pause", "at", "2000", "pause", "1:30", "reason", ""},
		{"inject", "at", "12:00", "inject/id", "X1", "inject/to", "guard", "inject/channel", "radio", "inject/text", "Có người gõ cổng phụ"},
		{"relay", "at", "13:00", "relay/inject", "X1", "relay/to", "director"},
		{"hold", "at", "0:30", "hold", "I02"},
		{"unhold", "at", "7:30", "unhold", "I02", "reason", "đủ người", "order", "2"},
		{"skip", "at", "30m", "skip", "I05", "reason", "hết giờ"},
		{"release", "at", "11m", "release", "I04"},
		{"respond", "at", "1:30", "respond/inject", "I01", "respond/role", "switchboard", "respond/choices", "1", "respond/text", ""},
		{"prohibited", "at", "5:00", "prohibited", "P02", "by", "guard"},
		{"done", "at", "2:30", "done", "R03", "by", "", "content", "0.5"},
	} {
		if res, page := p.add(row[0], row[1:]...); res.StatusCode != http.StatusOK || !strings.Contains(page, "Kept: ") {
			t.Errorf("%v: %s\n%s", row, res.Status, page)
		}
	}
	if got, want := steps(p.file()), `- {note: "loa ở sân: \"không nghe\" #2"}
  - {rate: R03, rating: M, reason: "chậm"}
  - {mark: R03, content: 1/2}
  - {at: 45m, force: panic, reason: "tập phục hồi"}
  - {at: 20m, pause: 1m30s}
  - {at: 12m, inject: {id: "X1", to: [guard], channel: radio, text: "Có người gõ cổng phụ"}}
  - {at: 13m, relay: {inject: X1, to: director}}
  - {at: 30s, hold: I02}
  - {at: 7m30s, unhold: I02, reason: "đủ người", order: 2}
  - {at: 30m, skip: I05, reason: "hết giờ"}
  - {at: 11m, release: I04}
  - {at: 1m30s, respond: {inject: I01, role: switchboard, choices: [1]}}
  - {at: 5m, prohibited: P02, by: guard}
  - {at: 2m30s, done: R03, content: 0.5}`; got != want {
		t.Errorf("the draft is\n%s", got)
	}
	page := p.page("")
	if first, last := strings.Index(page, "I02 held"), strings.Index(page, "forced into panic"); first < 0 || last < first {
		t.Error("the rows are not in order of time")
	}
	res, _ := p.fill(fields(p.page("?row=13")), "/row", "row.at", "6:00")
	if res.StatusCode != http.StatusOK || !strings.Contains(p.file(), "- {at: 6m, prohibited: P02, by: guard}") {
		t.Errorf("%s\n%s", res.Status, p.file())
	}
	p.fill(fields(p.page("?row=1")), "/row", "drop", "yes")
	if strings.Contains(p.file(), "loa ở sân") {
		t.Error("the note is still there")
	}
}

func TestWhatIsWrongInARowIsToldBesideIt(t *testing.T) {
	st := newStage(t)
	p := st.typedIn()
	for _, c := range []struct {
		row  []string
		want string
	}{
		{[]string{"done", "at", "", "done", "R03"}, `id="row.at-w">not filled in`},
		{[]string{"done", "at", "25:00", "done", "R03"}, `id="row.at-w">&#34;25:00&#34; is no time of day`},
		{[]string{"done", "at", "8:40", "done", "R99"}, `id="row.done-w">`},
		{[]string{"done", "at", "8:40", "done", "]}\nsteps: [{at: 1m"}, `id="row.done-w">`},
		{[]string{"done", "at", "8:40", "done", "R03", "by", "nobody"}, `id="row.by-w">`},
		{[]string{"done", "at", "8:40", "done", "R03", "content", "3"}, `id="row.content-w">`},
		{[]string{"skip", "at", "8:40", "skip", "I05"}, `id="row.reason-w">not filled in`},
		{[]string{"pause", "at", "8:40", "pause", "lâu"}, `id="row.pause-w">`},
		{[]string{"respond", "at", "8:40", "respond/inject", "I01", "respond/role", "switchboard", "respond/choices", "1 99"}, `id="row.respond/choices-w">`},
		{[]string{"done", "at", "8:40", "done", "R03", "order", "x"}, `id="row.order-w">`},
	} {
		res, page := p.add(c.row[0], c.row[1:]...)
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, c.want) {
			t.Errorf("%q: %s does not say %s\n%s", c.row, res.Status, c.want, page)
		}
		if got := fields(page).Get("row.at"); got != c.row[2] {
			t.Errorf("%q: the time typed is %q now", c.row, got)
		}
	}
	if got := steps(p.file()); got != "" && got != "[]" {
		t.Errorf("kept: %s", got)
	}
}

// Of two windows the later one is told, and neither loses anything.
func TestTwoWindowsTypeIn(t *testing.T) {
	st := newStage(t)
	p := st.typedIn()
	p.add("done", "at", "8:40", "done", "R05", "by", "director")
	one, other := fields(p.page("?sheet=I01")), fields(p.page("?sheet=I01"))
	rowOne, rowOther := fields(p.page("?row=1")), fields(p.page("?row=1"))
	p.fill(one, "/sheet", "done.R02.at", "8:31", "done.R03.at", "8:33")
	res, page := p.fill(other, "/sheet", "done.R03.at", "8:35", "slip.switchboard.at", "8:36")
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "another window has changed this row, it now says: 8:33 · R03 done") {
		t.Fatalf("%s\n%s", res.Status, page)
	}
	file := p.file()
	for _, want := range []string{`{at: "8:31", done: R02, by: switchboard}`, `{at: "8:33", done: R03`, `{at: "8:36", respond`} {
		if !strings.Contains(file, want) {
			t.Errorf("lost: %s\n%s", want, file)
		}
	}
	if got := fields(page); got.Get("done.R03.at") != "8:35" || got.Get("done.R02.at") != "8:31" {
		t.Errorf("the sheet says %v", got)
	}
	if res, _ := p.fill(fields(page), "/sheet"); res.StatusCode != http.StatusOK || !strings.Contains(p.file(), `{at: "8:35", done: R03`) {
		t.Errorf("saved once more: %s\n%s", res.Status, p.file())
	}
	p.fill(rowOne, "/row", "row.at", "8:41")
	res, page = p.fill(rowOther, "/row", "row.at", "8:42")
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "it now says: 8:41 · R05 done") || fields(page).Get("row.at") != "8:42" {
		t.Errorf("%s\n%s", res.Status, page)
	}
	p.fill(fields(p.page("?row=1")), "/row", "drop", "yes")
	if _, page = p.fill(fields(page), "/row"); !strings.Contains(page, "another window has taken this row out") {
		t.Errorf("%s", page)
	}
	if p.fill(fields(page), "/row"); !strings.Contains(p.file(), `{at: "8:42", done: R05, by: director}`) {
		t.Errorf("lost: %s", p.file())
	}
}
