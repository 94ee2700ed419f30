package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"saban/engine"
	"saban/live"
)

// registerReview: the page by which the facilitator leads the hot wash.
func (s *Server) registerReview() {
	s.page(Facilitator, "GET /drills/{drill}/review", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showReview(w, r, who, http.StatusOK, nil)
	})
	s.page(Facilitator, "POST /drills/{drill}/review", s.postReview)
	s.page(Facilitator, "GET /drills/{drill}/review/live", func(w http.ResponseWriter, r *http.Request, _ session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), draw: func(ctx context.Context, v *live.View) ([]region, error) {
			return s.reviewRegions(ctx, room, v, lang)
		}})
	})
}

// onReview is the page with what a form needs beside it.
type onReview struct {
	*Review
	Key   string
	Wrong *Problem
	Draft map[string]string // words that were not taken
}

// place is that of the present inject among all, from 0, or -1.
func (r *Review) place() int {
	if r.Now == nil {
		return -1
	}
	return r.Now.No - 1
}

// Prev and Next are where the two buttons lead, as "step I04", "words",
// "result", or nowhere: injects, then what was said, then the result.
func (r *Review) Prev() string {
	switch {
	case r.At.Show == showResult:
		return showWords
	case r.At.Show == showWords && len(r.Steps) > 0:
		return showStep + " " + r.Steps[len(r.Steps)-1].ID
	case r.At.Show == showStep && r.place() > 0:
		return showStep + " " + r.Steps[r.place()-1].ID
	}
	return ""
}

// Next is where the way goes on; from the beginning, to where it stood.
func (r *Review) Next() string {
	switch {
	case r.At.Show == showResult:
		return ""
	case r.At.Show == showWords:
		return showResult
	case r.At.Show == showOver && r.Now != nil:
		return showStep + " " + r.Now.ID
	case r.At.Show == showStep && r.place()+1 < len(r.Steps):
		return showStep + " " + r.Steps[r.place()+1].ID
	}
	return showWords
}

// Begun reports whether anything of it was on the room's screen.
func (r *Review) Begun() bool { return r.At.Show != showOver }

func (s *Server) showReview(w http.ResponseWriter, r *http.Request, who session, status int, o *onReview) error {
	room, err := s.room(r.PathValue("drill"))
	if errors.Is(err, errNoDrill) {
		return to(w, r, "result") // closed, or played elsewhere
	}
	if err != nil {
		return err
	}
	v := room.Look()
	if v.Phase != "over" && o == nil {
		return to(w, r, "") // to the console: it is too early
	}
	if o == nil {
		o = &onReview{}
	}
	if o.Review, err = s.review(r.Context(), room, v, s.langOf(r)); err != nil {
		return err
	}
	o.Key = random(16)
	return s.show(w, r, who, status, "review", s.say(r, "Rút kinh nghiệm", "Hot wash"), o)
}

// The parts of the page that change by themselves.
var reviewParts = []string{"bar", "steps", "main", "words"}

func (s *Server) reviewRegions(ctx context.Context, r *room, v *live.View, lang engine.Lang) ([]region, error) {
	d := v.Once("review "+string(lang), func() any {
		data, err := s.review(context.WithoutCancel(ctx), r, v, lang)
		if err != nil {
			return drawn{err: err}
		}
		var out drawn
		for _, name := range reviewParts {
			html, err := part("review-"+name, page{Lang: lang, Data: &onReview{Review: data}})
			out.regions, out.err = append(out.regions, newRegion(name, html)), errors.Join(out.err, err)
		}
		return out
	}).(drawn)
	return d.regions, d.err
}

// postReview leads the hot wash on, or takes down what was said aloud.
func (s *Server) postReview(w http.ResponseWriter, r *http.Request, who session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	said := r.Form.Has("question")
	if said {
		err = s.saidAloud(r, room, who)
	} else {
		var move WashMove
		if move, err = moveOn(r); err == nil {
			_, err = s.leadWash(r.Context(), room, move)
		}
	}
	if err == nil {
		return to(w, r, "review")
	}
	p := tell(err, s.langOf(r))
	s.grave("hot wash failed", p, room.id, err)
	o := &onReview{Wrong: p}
	if said {
		o.Draft = map[string]string{r.FormValue("question"): r.FormValue("text"), "role": r.FormValue("role")}
	}
	return s.showReview(w, r, who, p.Status, o)
}

// moveOn reads a move from a form: where to, or what to reveal.
func moveOn(r *http.Request) (move WashMove, err error) {
	move.Show, move.Step, _ = strings.Cut(r.FormValue("to"), " ")
	switch move.Show {
	case "", showOver, showStep, showWords, showResult:
	default:
		return move, errForm
	}
	flag := func(name string) *bool {
		if !r.Form.Has(name) {
			return nil
		}
		return new(r.FormValue(name) == "1")
	}
	move.Reveal, move.Result = flag("reveal"), flag("result")
	if text := r.FormValue("page"); text != "" {
		if move.Page, err = strconv.Atoi(text); err != nil || move.Page < 0 || move.Page > 10000 {
			return move, errForm
		}
	}
	if text := r.FormValue("until"); text != "" {
		if move.Until, err = strconv.ParseInt(text, 10, 64); err != nil || move.Until < 0 {
			return move, errForm
		}
		page, _ := strconv.Atoi(r.FormValue("at"))
		move.Page = max(page, 0)
	}
	for name, list := range map[string]*[]int64{"hide": &move.Hide, "unhide": &move.Unhide} {
		if text := r.FormValue(name); text != "" {
			seq, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return move, errForm
			}
			*list = []int64{seq}
			page, _ := strconv.Atoi(r.FormValue("at"))
			move.Page = max(page, 0)
		}
	}
	return move, nil
}

// saidAloud puts into the log what somebody in the room has said, by role.
func (s *Server) saidAloud(r *http.Request, room *room, who session) error {
	key, err := keyOn(r)
	if err != nil {
		return err
	}
	mode, role := r.FormValue("question"), r.FormValue("role")
	if !engine.HotWash(mode) {
		return errForm
	}
	if err := shortEnough(r.FormValue("text"), mostWord); err != nil {
		return err
	}
	if room.file.Scenario.Role(role) == nil {
		role = ""
	}
	_, err = room.Do(engine.Command{Do: engine.Note, Actor: who.Person, Key: keyOf(who, key), Body: engine.Body{Mode: mode, Role: role, Text: cleanText(r.FormValue("text"))}})
	return err
}
