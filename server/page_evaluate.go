package server

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/live"
	"saban/report/figure"
	"saban/scoring"
)

// registerEvaluator: the page of those who watch a drill and rate it, a
// tablet's.
func (s *Server) registerEvaluator() {
	s.page(Evaluator|Facilitator, "GET /drills/{drill}/evaluate", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showEvaluate(w, r, who, r.URL.Query().Get("task"), nil)
	})
	s.page(Evaluator|Facilitator, "POST /drills/{drill}/evaluate", s.postJudgement)
	s.page(Evaluator|Facilitator, "GET /drills/{drill}/evaluate/live", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), draw: func(_ context.Context, v *live.View) ([]region, error) {
			return evaluateRegions(evaluationOf(room, v, s.readerOf(room, who, lang), who.Access.Leads()), lang)
		}})
	})
}

// onTablet is the page with what is in view.
type onTablet struct {
	*Evaluation
	Who     string
	Current string // a task, or one of the two panes beside them
	Task    *Task  // of the part that is drawn
	Group   *TaskGroup
	Key     string
	Wrong   *Problem
}

// The panes beside those of tasks.
const (
	paneProhibited = "prohibited"
	paneAgreement  = "agreement"
)

func (s *Server) showEvaluate(w http.ResponseWriter, r *http.Request, who session, task string, wrong *Problem) error {
	room, err := s.room(r.PathValue("drill"))
	if errors.Is(err, errNoDrill) {
		return s.showEnded(w, r, who, r.PathValue("drill"))
	}
	if err != nil {
		return err
	}
	as := s.readerOf(room, who, s.langOf(r))
	o := &onTablet{Evaluation: evaluationOf(room, room.Look(), as, who.Access.Leads()), Who: as.name(who.Person), Key: random(16), Wrong: wrong}
	o.Current = o.First
	if o.has(task) {
		o.Current = task
	}
	status := http.StatusOK
	if wrong != nil {
		status = wrong.Status
	}
	return s.show(w, r, who, status, "evaluate", s.say(r, "Đánh giá", "Evaluation"), o)
}

func (o *onTablet) has(task string) bool {
	return o.task(task) != nil || task == paneProhibited || task == paneAgreement || slices.ContainsFunc(o.Capabilities, func(t Task) bool { return t.ID == task })
}

// Pane is the page about one task.
func (o *onTablet) Pane(g *TaskGroup, t *Task) *onTablet {
	one := *o
	one.Group, one.Task = g, t
	return &one
}

// evaluateRegions draws what changes by itself.
func evaluateRegions(e *Evaluation, lang engine.Lang) (out []region, err error) {
	o := &onTablet{Evaluation: e}
	p := page{Lang: lang, Data: o}
	draw := func(name, template string, data any) {
		html, failed := part(template, p.With(data))
		if failed != nil {
			err = failed
			return
		}
		out = append(out, newRegion(name, html))
	}
	draw("phase", "evaluate-phase", o)
	draw("list", "evaluate-list", o)
	draw("pane."+paneProhibited, "evaluate-prohibited", o)
	draw("pane."+paneAgreement, "evaluate-agreement", o)
	for i := range o.Objectives {
		g := &o.Objectives[i]
		for k := range g.Tasks {
			draw("pane."+g.Tasks[k].ID, "evaluate-task", o.Pane(g, &g.Tasks[k]))
		}
	}
	for i := range o.Capabilities {
		draw("pane."+o.Capabilities[i].ID, "evaluate-capability", o.Pane(nil, &o.Capabilities[i]))
	}
	return out, err
}

// postJudgement takes what an evaluator says as a plain form.
func (s *Server) postJudgement(w http.ResponseWriter, r *http.Request, who session) error {
	in := Judgement{Do: engine.Verb(r.FormValue("do")), Task: r.FormValue("task"), Role: r.FormValue("role"), Rating: r.FormValue("rating"),
		Text: r.FormValue("text"), Boxes: r.Form["box"]}
	view := r.FormValue("view")
	var err error
	if in.Key, err = keyOn(r); err == nil {
		err = in.fill(r)
	}
	if err == nil {
		_, err = s.judge(who, r.PathValue("drill"), in, s.langOf(r))
	}
	if err != nil {
		p := tell(err, s.langOf(r))
		if p.Status >= http.StatusInternalServerError {
			return err
		}
		return s.showEvaluate(w, r, who, view, p)
	}
	if next := r.FormValue("next"); in.Do == engine.Rate && next != "" {
		view = next
	}
	http.Redirect(w, r, "/drills/"+url.PathEscape(r.PathValue("drill"))+"/evaluate?task="+url.QueryEscape(view), http.StatusSeeOther)
	return nil
}

// fill reads the numbers of a form, and refuses what the API's schema would.
func (in *Judgement) fill(r *http.Request) error {
	switch in.Do {
	case engine.Observe, notSeen, engine.Prohibit, engine.Mark, engine.Rate, settle, engine.Note:
	default:
		return errForm
	}
	if at := strings.TrimSpace(r.FormValue("at")); at != "" {
		minutes, seconds, ok := strings.Cut(at, ":")
		m, err := strconv.Atoi(minutes)
		s, err2 := strconv.Atoi(seconds)
		if !ok || err != nil || err2 != nil || m < 0 || s < 0 || s > 59 || m > 1440 {
			return &engine.Refusal{Code: engine.BadTime, Why: engine.Both("không đọc được giờ “%s”", "the time “%s” cannot be read", at), Try: engine.Both("ghi phút:giây, như 12:30", "write minutes:seconds, such as 12:30")}
		}
		when := engine.Millis(m)*engine.Minute + engine.Millis(s)*engine.Second
		in.Observed = &when
	}
	if share := r.FormValue("content"); share != "" {
		part, ok := engine.ParseRatio(share)
		if !ok || part > engine.Whole {
			return errForm
		}
		in.Content = &part
	}
	return nil
}

// bars draws a rating as four bars, of which the best fills all.
func bars(rating scoring.Rating) template.HTML {
	filled := map[scoring.Rating]int{scoring.Performed: 4, scoring.Some: 3, scoring.Major: 2, scoring.Unable: 1}[rating]
	var b strings.Builder
	b.WriteString(`<svg class="brs" viewBox="0 0 18 18" aria-hidden="true">`)
	for i := range 4 {
		tall, fill := 4+3.6*float64(i), "none"
		if i < filled {
			fill = "currentColor"
		}
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="3.2" height="%.1f" rx="1" fill="%s" stroke="currentColor"/>`, 1+4.3*float64(i), 17-tall, tall, fill)
	}
	return template.HTML(b.String() + `</svg>`)
}

// trackWidth is how wide a track is, in its own units, and where its limit is.
const (
	trackWidth = 680
	trackLimit = 600
)

// track draws how a task stands against its target and limit. Its script
// draws the line on while the clock runs.
func track(t *Task) template.HTML {
	span := float64(max(t.Timed.Limit-t.Timed.From, 1))
	at := func(m engine.Millis) float64 {
		return min(max(float64(m-t.Timed.From)/span*trackLimit, 0), trackWidth-10)
	}
	target := at(t.Timed.Target)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="trk" viewBox="0 0 %d 26" aria-hidden="true"><rect class="g" x="0" y="7" width="%.1f" height="12"/><rect class="h" x="%.1f" y="7" width="%.1f" height="12"/><path class="z" d="M1 1V25"/>`,
		trackWidth, target, target, trackLimit-target)
	switch {
	case t.Done != nil:
		mark, x := figure.Glyph("on-time"), at(*t.Done)
		if t.Late {
			mark = "slow"
		}
		fmt.Fprintf(&b, `<rect class="n" x="0" y="12" width="%.1f" height="2.4"/><svg x="%.1f" y="5" width="16" height="16" viewBox="0 0 14 14">%s</svg>`, x, max(x-8, 0), figure.Glyphs()[mark])
	case t.Missed:
		fmt.Fprintf(&b, `<rect class="n" x="0" y="12" width="%d" height="2.4"/><svg x="%d" y="5" width="16" height="16" viewBox="0 0 14 14">%s</svg>`, trackLimit, trackLimit-8, figure.Glyphs()["missed"])
	case t.Triggered:
		fmt.Fprintf(&b, `<rect class="n" data-from="%d" data-limit="%d" x="0" y="12" width="0" height="2.4"/>`, t.Timed.From, t.Timed.Limit)
	}
	return template.HTML(b.String() + `</svg>`)
}

// shares are the marks of content where it has no boxes.
func shares() []string { return []string{"0", "0.5", "0.8", "1"} }

// share writes a part of one as people do.
func share(lang engine.Lang, r engine.Ratio) string {
	text := strconv.FormatFloat(float64(r)/float64(engine.Whole), 'f', -1, 64)
	if whole, part, ok := strings.Cut(text, "."); ok {
		text = whole + "." + part[:min(len(part), 3)]
	}
	if lang == engine.VI {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
