package server_test

import (
	"encoding/json"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// over is a drill that was played for a while and ended, its switchboard held
// by somebody with a name.
func (st *stage) over() created {
	st.t.Helper()
	d := st.drill()
	phone := st.browser()
	call[any](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": "Lò Văn Thảo", "roles": []string{"switchboard"}})
	st.act(d.ID, "start", "start-key-1", nil)
	st.pass(d.ID, 10*time.Second)
	answerCard(st, phone)
	st.pass(d.ID, time.Minute)
	answerCard(st, phone)
	st.act(d.ID, "end", "end-key-1", nil)
	return d
}

var reports = map[string]struct{ kind, begins string }{
	"html": {"text/html", "<!DOCTYPE html>"}, "md": {"text/markdown", ""}, "json": {"application/json", "{"}, "pdf": {"application/pdf", "%PDF-"},
	"docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK"}, "xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"},
}

// safeName is what a file may be called on every machine.
var safeName = regexp.MustCompile(`^[0-9A-Za-z_-]{10,80}\.report\.[a-z]+$`)

// handedOut asks for each report of a drill and reads the score in one.
func handedOut(t *testing.T, c *client, drill string) {
	t.Helper()
	want := call[scoring.Scorecard](c, "GET", "/api/v1/drills/"+drill+"/scorecard", nil)
	for ending, f := range reports {
		res, body := c.do("GET", "/drills/"+drill+"/report."+ending, "", "")
		kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
		if res.StatusCode != http.StatusOK || err != nil || kind != f.kind || !strings.HasPrefix(body, f.begins) || len(body) < 5000 {
			t.Errorf("%s: %s %s, %d bytes: %.80q", ending, res.Status, kind, len(body), body)
			continue
		}
		how, with, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
		if err != nil || (how == "inline") != (ending == "html") || !safeName.MatchString(with["filename"]) || !strings.HasSuffix(with["filename"], ".report."+ending) {
			t.Errorf("%s is handed out as %s %v (%v)", ending, how, with, err)
		}
		if strings.Contains(body, "Lò Văn Thảo") {
			t.Errorf("%s names somebody who played", ending)
		}
		if ending != "json" {
			continue
		}
		var got report.Report
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		if got.Card.Total == nil || want.Total == nil || *got.Card.Total != *want.Total || len(got.Timeline) == 0 {
			t.Errorf("the report says %v, the scorecard %v", got.Card.Total, want.Total)
		}
	}
}

func TestADrillThatIsOverHasAReport(t *testing.T) {
	st := newStage(t)
	d := st.over()
	t.Run("while it is still marked", func(t *testing.T) { handedOut(t, st.in(t).lead, d.ID) })
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	t.Run("when its file is closed", func(t *testing.T) { handedOut(t, st.in(t).lead, d.ID) })
	t.Run("where it was brought from elsewhere", func(t *testing.T) {
		_, file := st.lead.do("GET", "/drills/"+d.ID+"/file", "", "")
		other := newStage(t)
		res, body := other.lead.do("POST", "/api/v1/drills/import", "application/jsonl", file)
		var kept created
		if err := json.Unmarshal([]byte(body), &kept); err != nil {
			t.Fatalf("%s %s", res.Status, body)
		}
		handedOut(t, other.lead, kept.ID)
	})
	t.Run("in both languages", func(t *testing.T) {
		for lang, want := range map[string]string{"vi": "<td>người điều khiển</td>", "en": "<td>the facilitator</td>"} {
			res, page := st.lead.do("GET", "/drills/"+d.ID+"/report.html?lang="+lang, "", "")
			if res.Header.Get("Content-Language") != lang || !strings.Contains(page, `<html lang="`+lang+`"`) || !strings.Contains(page, want) {
				t.Errorf("in %s: %s %.200s", lang, res.Header.Get("Content-Language"), page)
			}
		}
	})
	t.Run("from the page of its result", func(t *testing.T) {
		_, page := st.lead.do("GET", "/drills/"+d.ID+"/result", "", "")
		for ending := range reports {
			if !strings.Contains(page, `href="/drills/`+d.ID+`/report.`+ending+`"`) {
				t.Errorf("nothing leads to the report as %s", ending)
			}
		}
	})
}

// A report is a page of its own: it runs nothing and loads nothing, and what
// it is drawn with is what it came with.
func TestAReportShowsUnderItsOwnPolicy(t *testing.T) {
	st := newStage(t)
	d := st.over()
	res, page := st.lead.do("GET", "/drills/"+d.ID+"/report.html", "", "")
	policy := res.Header.Get("Content-Security-Policy")
	_, inside, _ := strings.Cut(page, `http-equiv="Content-Security-Policy" content="`)
	inside, _, _ = strings.Cut(inside, `"`)
	if policy != inside+"; frame-ancestors 'none'" || !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") {
		t.Errorf("sent under %q, written under %q", policy, inside)
	}
}

func TestADrillThatRunsHasNoReport(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	for lang, want := range map[string]string{"vi": "buổi diễn tập chưa kết thúc", "en": "the drill is not over"} {
		for ending := range reports {
			res, page := st.lead.do("GET", "/drills/"+d.ID+"/report."+ending+"?lang="+lang, "", "")
			if res.StatusCode != http.StatusConflict || !strings.Contains(page, want) {
				t.Errorf("%s in %s: %s", ending, lang, res.Status)
			}
		}
	}
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"/result", "", ""); strings.Contains(page, "report.") {
		t.Error("the page of its result leads to one")
	}
	if res, _ := st.lead.do("GET", "/drills/"+d.ID+"/report.exe", "", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("report.exe: %s", res.Status)
	}
	if res, _ := st.lead.do("GET", "/drills/nothing/report.pdf", "", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("the report of no drill: %s", res.Status)
	}
}

// A log that would keep the machine from the drills that run is left to the
// command line.
func TestALogOfWeeksIsLeftToTheCommandLine(t *testing.T) {
	st := newStage(t)
	header, err := st.config.Store.Header(t.Context(), st.over().ID)
	if err != nil {
		t.Fatal(err)
	}
	header.Drill = "weeks"
	if err := st.config.Store.Create(t.Context(), header); err != nil {
		t.Fatal(err)
	}
	events := make([]engine.Event, 20_001)
	for i := range events {
		events[i] = engine.Event{Seq: int64(i + 1), Type: engine.Noted, Recorded: 1_700_000_000_000, Body: engine.Body{Text: "x"}}
	}
	if err := st.config.Store.Append(t.Context(), "weeks", events); err != nil {
		t.Fatal(err)
	}
	res, page := st.lead.do("GET", "/drills/weeks/report.pdf?lang=en", "", "")
	if res.StatusCode != http.StatusConflict || !strings.Contains(page, "saban report") {
		t.Errorf("%s %s", res.Status, page)
	}
}

// Several who ask at once are all answered.
func TestReportsTakeTurns(t *testing.T) {
	st := newStage(t)
	d := st.over()
	answers := make(chan int)
	for range 4 {
		go func() {
			req, _ := http.NewRequest("GET", st.at.URL+"/drills/"+d.ID+"/report.md", nil)
			res, err := st.lead.http.Do(req)
			if err != nil {
				answers <- 0
				return
			}
			_ = res.Body.Close()
			answers <- res.StatusCode
		}()
	}
	for range 4 {
		if got := <-answers; got != http.StatusOK {
			t.Errorf("answered %d", got)
		}
	}
}

// The page that offers reports and the report itself, as a browser shows them.
func TestReportsInABrowser(t *testing.T) {
	st := newStage(t)
	d := st.over()
	b := newBrowser(t, st)
	lead := b.lead(t, 1440, 900)
	for _, lang := range []string{"vi", "en"} {
		lead.goTo("/drills/" + d.ID + "/result?lang=" + lang)
		lead.accessible("result " + lang)
		lead.goTo("/drills/" + d.ID + "/result?lang=" + lang + "#report")
		lead.shot("result-report-" + lang)
		lead.goTo("/drills/" + d.ID + "/result?lang=" + lang)
		lead.tap(`#report ~ .go a.p`)
		lead.see("article.official")
		if font := ask[bool](lead, `document.fonts.ready.then(() => [...document.fonts].some(f => f.family.includes("Inter") && f.status === "loaded"))`); !font {
			t.Error("the report has not its own font")
		}
		lead.tap(`tr[id^="item-"] a`)
		lead.see(".why details[open] .points")
		lead.look("report-" + lang)
	}
}
