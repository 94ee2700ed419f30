package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

// evaluator is a browser of an evaluator of a drill.
func (st *stage) evaluator(d created, person string) *client {
	st.t.Helper()
	token, err := st.server.Enter(server.Evaluator, d.ID, person)
	if err != nil {
		st.t.Fatal(err)
	}
	return st.browserWith("saban", token)
}

// judge sends what an evaluator says, and returns the status and the answer.
func (c *client) judge(d created, do, task string, more map[string]any) (int, string) {
	c.t.Helper()
	body := map[string]any{"do": do, "key": fmt.Sprintf("%s-%d", do, time.Now().UnixNano()), "task": task}
	for k, v := range more {
		body[k] = v
	}
	res, text := c.do("POST", "/api/v1/drills/"+d.ID+"/judgements", "application/json", jsonOf(c.t, body))
	return res.StatusCode, text
}

// judges is judge, of what has to be taken.
func (c *client) judges(d created, do, task string, more map[string]any) {
	c.t.Helper()
	if status, text := c.judge(d, do, task, more); status != http.StatusOK {
		c.t.Fatalf("%s %s: %d %s", do, task, status, text)
	}
}

// TestAnEvaluatorDecidesOnNoRealIncident has one try to have a report of one
// pass for none.
func TestAnEvaluatorDecidesOnNoRealIncident(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	phone, here := st.phone(d, "guard"), st.evaluator(d, "e1")
	st.does(d, "start", nil)
	seq := call[struct{ Seq int64 }](phone, "POST", "/api/v1/phone/alarm", map[string]any{"key": "alarm-key-1", "text": "có người ngã"}).Seq
	dismissal := fmt.Sprintf(`{"do":"note","mode":"real","of":%d,"key":"dismissal-1","text":"không có gì"}`, seq)
	if res, text := here.do("POST", "/api/v1/drills/"+d.ID+"/acts", "application/json", dismissal); res.StatusCode != http.StatusForbidden {
		t.Errorf("an evaluator dismisses it: %s %s", res.Status, text)
	}
	if res, text := st.lead.do("POST", "/api/v1/drills/"+d.ID+"/acts", "application/json", dismissal); res.StatusCode != http.StatusOK {
		t.Errorf("the facilitator cannot dismiss it: %s %s", res.Status, text)
	}
}

// TestAShareOfNoNumberIsRefused sends what no number is as a plain form does.
func TestAShareOfNoNumberIsRefused(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	here := st.evaluator(d, "e1")
	st.does(d, "start", nil)
	for _, share := range []string{"NaN", "Inf", "-1", "1.1", "x"} {
		res, _ := here.form("/drills/"+d.ID+"/evaluate", "do", "mark", "key", "share-"+share+"-key", "task", "R02", "content", share)
		if res.StatusCode < 400 {
			t.Errorf("%q: %s", share, res.Status)
		}
	}
}

func (c *client) evaluation(d created) server.Evaluation {
	c.t.Helper()
	return call[server.Evaluation](c, "GET", "/api/v1/drills/"+d.ID+"/evaluation", nil)
}

func (c *client) task(d created, id string) server.Task {
	c.t.Helper()
	for _, g := range c.evaluation(d).Objectives {
		for _, t := range g.Tasks {
			if t.ID == id {
				return t
			}
		}
	}
	c.t.Fatalf("there is no task %s", id)
	return server.Task{}
}

func TestWhatAnEvaluatorSees(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.pass(d.ID, 3*time.Minute)
	a := st.evaluator(d, "e1")
	begins := a.evaluation(d)
	if begins.Of < 8 || begins.Rated != 0 || len(begins.Objectives) < 2 || begins.Objectives[0].Tasks[0].No != "1.1" || len(begins.Prohibited) == 0 || begins.Leads {
		t.Fatalf("an evaluator begins with %+v", begins)
	}
	first := a.task(d, begins.First)
	if !first.Triggered || first.Mine != "" {
		t.Errorf("it begins with %+v", first)
	}
	a.judges(d, "rate", first.ID, map[string]any{"rating": "P"})
	next := a.evaluation(d)
	if next.Rated != 1 || next.First == first.ID {
		t.Errorf("after one rating: %d rated, next is %s", next.Rated, next.First)
	}
	t.Run("a low rating rests on a note", func(t *testing.T) {
		here := *a
		here.t = t
		if status, text := here.judge(d, "rate", first.ID, map[string]any{"rating": "U"}); status != http.StatusConflict || !strings.Contains(text, "needs_reason") {
			t.Errorf("U without a note: %d %s", status, text)
		}
		if res, text := here.do("POST", "/api/v1/drills/"+d.ID+"/acts", "application/json", `{"do":"rate","key":"rate-by-acts","id":"`+first.ID+`","rating":"U"}`); res.StatusCode != http.StatusConflict || !strings.Contains(text, "needs_reason") {
			t.Errorf("U without a note, as an act: %s %s", res.Status, text)
		}
		here.judges(d, "note", first.ID, map[string]any{"text": "không ai gọi lại"})
		here.judges(d, "rate", first.ID, map[string]any{"rating": "U"})
		here.judges(d, "rate", next.First, map[string]any{"rating": "M", "text": "thiếu danh sách"})
		if got := here.task(d, first.ID); got.Mine != "U" || got.Counted != "U" || len(got.Notes) != 1 {
			t.Errorf("rated %s, counted %s, notes %v", got.Mine, got.Counted, got.Notes)
		}
	})
	t.Run("a time is corrected and the log keeps both", func(t *testing.T) {
		here := *a
		here.t = t
		here.judges(d, "observe", "R02", nil)
		before := here.task(d, "R02")
		here.judges(d, "observe", "R02", map[string]any{"observed_ms": 61000})
		after := here.task(d, "R02")
		if len(before.Seen) != 1 || len(after.Seen) != 1 || after.Seen[0].Seen != 61000 || after.Seen[0].At <= 61000 {
			t.Errorf("seen %+v, then %+v", before.Seen, after.Seen)
		}
		if n := count(st.log(d.ID), engine.Observed, after.ID) + countWays(st, d, after.ID); n < 2 {
			t.Errorf("the log holds %d observations", n)
		}
		here.judges(d, "unseen", "R02", nil)
		if got := here.task(d, "R02"); len(got.Seen) != 0 || !got.Unseen {
			t.Errorf("after saying it was not seen: %+v", got)
		}
	})
	t.Run("the same act sent twice is done once", func(t *testing.T) {
		here := *a
		here.t = t
		for range 2 {
			here.judges(d, "observe", "R02", map[string]any{"key": "the-same-key", "observed_ms": 65000})
		}
		got := here.task(d, "R02")
		if len(got.Seen) != 1 || got.Unseen {
			t.Errorf("seen %+v", got.Seen)
		}
	})
}

// countWays counts the observations of the ways of a response.
func countWays(st *stage, d created, id string) (n int) {
	for _, e := range st.log(d.ID) {
		if e.Type == engine.Observed && e.ID != id && strings.HasPrefix(e.ID, id) {
			n++
		}
	}
	return n
}

func TestTwoEvaluatorsDifferUntilTheLeadSettles(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.pass(d.ID, 3*time.Minute)
	a, b, lead := st.evaluator(d, "e1"), st.evaluator(d, "e2"), st.of(server.Facilitator, d)
	task := a.evaluation(d).First
	a.judges(d, "observe", task, map[string]any{"observed_ms": 61000})
	a.judges(d, "rate", task, map[string]any{"rating": "P"})
	if got := b.task(d, task); len(got.Ratings)+len(got.Seen) != 0 {
		t.Errorf("who has not rated yet is told what another said: %+v", got)
	}
	b.judges(d, "observe", task, map[string]any{"observed_ms": 121000})
	b.judges(d, "rate", task, map[string]any{"rating": "S"})
	got := b.task(d, task)
	if len(got.Ratings) != 2 || !got.Disputed || got.Counted != got.Suggested {
		t.Errorf("two who differ: %+v", got)
	}
	pair := a.evaluation(d).Pairs
	if len(pair) != 1 || len(pair[0].Figures.Tasks) != 1 || pair[0].Reliable || len(pair[0].Figures.Gaps) != 1 {
		t.Fatalf("agreement: %+v", pair)
	}
	if status, text := a.judge(d, "settle", task, map[string]any{"rating": "S", "text": "tự chốt"}); status != http.StatusForbidden {
		t.Errorf("an evaluator settles: %d %s", status, text)
	}
	if status, text := lead.judge(d, "settle", task, map[string]any{"rating": "S"}); status != http.StatusConflict || !strings.Contains(text, "needs_reason") {
		t.Errorf("settled without a reason: %d %s", status, text)
	}
	lead.judges(d, "settle", task, map[string]any{"rating": "S", "text": "đã nghe hai bên"})
	got = a.task(d, task)
	if got.Disputed || got.Counted != "S" || got.Settled == nil || got.Settled.Reason != "đã nghe hai bên" || len(got.Ratings) != 2 {
		t.Errorf("settled: %+v", got)
	}
}

// An evaluator watches and rates; what bends the run is the facilitator's.
func TestAnEvaluatorOnlyEvaluates(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	a := st.evaluator(d, "e1")
	before := len(st.log(d.ID))
	for _, do := range []string{"start", "pause", "end", "release", "skip", "override", "retract", "force", "flag", "stop_real", "settled"} {
		if status, text := a.judge(d, do, "R01", map[string]any{"text": "x"}); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", do, status, text)
		}
	}
	if status := a.send("/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": "pause", "key": "pause-key-1"}); status != http.StatusForbidden {
		t.Errorf("the facilitator's acts: %d", status)
	}
	if status, _ := a.judge(d, "observe", "no such task", nil); status != http.StatusConflict {
		t.Errorf("a task that is not there: %d", status)
	}
	if after := len(st.log(d.ID)); after != before {
		t.Errorf("%d events came of it", after-before)
	}
	prohibited := a.evaluation(d).Prohibited[0]
	a.judges(d, "prohibit", prohibited.ID, nil)
	if got := a.evaluation(d).Prohibited; len(got[slices.IndexFunc(got, func(p server.ProhibitedAct) bool { return p.ID == prohibited.ID })].Times) != 1 {
		t.Errorf("a prohibited action seen: %+v", got)
	}
}

func (c *client) capability(d created, code string) server.Task {
	c.t.Helper()
	for _, t := range c.evaluation(d).Capabilities {
		if t.ID == code {
			return t
		}
	}
	c.t.Fatalf("there is no capability %s", code)
	return server.Task{}
}

// TestCapabilitiesAreRatedAsTasksAre: with a note where it is low, unseen by
// whoever has not rated, side by side, and settled by the lead.
func TestCapabilitiesAreRatedAsTasksAre(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.pass(d.ID, 3*time.Minute)
	a, b, lead := st.evaluator(d, "e1"), st.evaluator(d, "e2"), st.of(server.Facilitator, d)
	begins := a.evaluation(d)
	if len(begins.Capabilities) < 3 {
		t.Fatalf("capabilities: %+v", begins.Capabilities)
	}
	first := begins.Capabilities[0]
	if first.ID != "NB" || first.No != "C1" || first.Do != "Recognising and reporting" || len(first.RestsOn) < 2 || first.Suggested != "" {
		t.Errorf("the first is %+v", first)
	}
	groups := begins.Objectives
	tasks := groups[len(groups)-1].Tasks
	if last := tasks[len(tasks)-1]; last.Next != "NB" || last.NextNo != "C1" {
		t.Errorf("after the last task comes %q", last.Next)
	}
	if status, text := a.judge(d, "rate", "NB", map[string]any{"rating": "M"}); status != http.StatusConflict || !strings.Contains(text, "needs_reason") {
		t.Errorf("M without a note: %d %s", status, text)
	}
	a.judges(d, "note", "NB", map[string]any{"text": "báo đủ, nhưng chậm"})
	a.judges(d, "rate", "NB", map[string]any{"rating": "M"})
	if got := b.capability(d, "NB"); len(got.Ratings)+len(got.Notes) != 0 {
		t.Errorf("who has not rated is told %+v", got)
	}
	b.judges(d, "rate", "NB", map[string]any{"rating": "S"})
	got := b.capability(d, "NB")
	if len(got.Ratings) != 2 || len(got.Notes) != 1 || !got.Disputed || got.Mine != "S" {
		t.Errorf("two who differ: %+v", got)
	}
	if rated := b.evaluation(d).Rated; rated != 0 {
		t.Errorf("a capability counts as %d tasks", rated)
	}
	if pairs := a.evaluation(d).Pairs; len(pairs) != 1 || pairs[0].Figures.Tasks[0].Task != "NB" {
		t.Errorf("agreement: %+v", pairs)
	}
	lead.judges(d, "settle", "NB", map[string]any{"rating": "S", "text": "đã nghe hai bên"})
	if got := a.capability(d, "NB"); got.Disputed || got.Counted != "S" || got.Settled == nil {
		t.Errorf("settled: %+v", got)
	}
	st.does(d, "end", nil)
	if got := a.capability(d, "NB"); got.Suggested == "" || got.Counted != "S" {
		t.Errorf("after the end: %+v", got)
	}
	if status, _ := a.judge(d, "rate", "XX", map[string]any{"rating": "P"}); status != http.StatusConflict {
		t.Errorf("no capability: %d", status)
	}
}
