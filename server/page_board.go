package server

import (
	"context"
	"net/http"
	"strings"

	"saban/engine"
	"saban/live"
)

// registerBoard: all drills that are conducted, on one page.
func (s *Server) registerBoard() {
	s.page(Facilitator, "GET /board", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showBoard(w, r, who, http.StatusOK, boardPage{})
	})
	s.page(Facilitator, "GET /board/live", s.boardLive)
	s.page(Administrator, "POST /board/drills", func(w http.ResponseWriter, r *http.Request, who session) error {
		form := NewTeams{Scenario: r.FormValue("scenario"), Site: r.FormValue("site"), Teams: strings.Split(r.FormValue("teams"), "\n")}
		var ok bool
		if form.Speed, ok = engine.ParseRatio(r.FormValue("speed")); !ok {
			form.Speed = engine.Whole
		}
		return s.answerBoard(w, r, who, form, func() error {
			_, err := s.createTeams(r.Context(), form)
			return err
		})
	})
	s.page(Facilitator, "POST /board/start", func(w http.ResponseWriter, r *http.Request, who session) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		return s.answerBoard(w, r, who, NewTeams{}, func() error {
			if len(r.Form["drill"]) == 0 {
				return &engine.Refusal{Code: engine.BadValue, Why: engine.Both("chưa chọn buổi nào", "no drill is chosen"), Try: engine.Both("đánh dấu các buổi chưa bắt đầu", "tick drills that have not begun")}
			}
			for _, one := range s.startTogether(r.Context(), who, r.Form["drill"], s.langOf(r)) {
				if one.Problem != nil {
					return one.Problem
				}
			}
			return nil
		})
	})
}

// boardPage is the board with what makes new drills of it.
type boardPage struct {
	Drills []Standing
	All    []Offered // scenarios; empty for who makes no drills
	Form   NewTeams  // as it was sent and refused
	Wrong  string
}

// Waiting counts the drills that have not begun.
func (b boardPage) Waiting() (n int) {
	for i := range b.Drills {
		if b.Drills[i].Phase == "waiting" {
			n++
		}
	}
	return n
}

// Teams are the names as they were sent, one a line.
func (b boardPage) Teams() string { return strings.TrimSpace(strings.Join(b.Form.Teams, "\n")) }

func (s *Server) showBoard(w http.ResponseWriter, r *http.Request, who session, status int, b boardPage) error {
	lang := s.langOf(r)
	var err error
	if b.Drills, err = s.board(r.Context(), who, lang); err != nil {
		return err
	}
	s.freshClocks(b.Drills)
	if who.Access == Administrator {
		b.All = s.offered(lang)
	}
	return s.show(w, r, who, status, "board", s.say(r, "Bảng theo dõi", "Board"), b)
}

// freshClocks has drills tell the time of now, not of their last change.
func (s *Server) freshClocks(list []Standing) {
	wall := s.Time.Wall()
	for i := range list {
		if room, err := s.room(list[i].ID); err == nil {
			list[i].Clock = clockOf(room.Peek(), wall)
		}
	}
}

// answerBoard does something and shows the board again: with what went wrong
// and what was sent, or as it is now.
func (s *Server) answerBoard(w http.ResponseWriter, r *http.Request, who session, sent NewTeams, do func() error) error {
	err := do()
	if p := tellOr(err, s.langOf(r)); p != nil {
		s.grave("board failed", p, "", err)
		return s.showBoard(w, r, who, p.Status, boardPage{Form: sent, Wrong: strings.Trim(p.Detail+": "+p.Try, ": ")})
	}
	http.Redirect(w, r, "/board", http.StatusSeeOther)
	return nil
}

// boardLive tells the page of all drills at once.
func (s *Server) boardLive(w http.ResponseWriter, r *http.Request, who session) error {
	lang := s.langOf(r)
	return s.stream(w, r, feed{room: s.crowd, changed: s.crowd.Changed, still: s.still(r), draw: func(ctx context.Context, _ *live.View) ([]region, error) {
		drills, err := s.board(ctx, who, lang)
		if err != nil {
			return nil, err
		}
		html, err := part("board-drills", page{Lang: lang, Who: who, Data: boardPage{Drills: drills}})
		return []region{newRegion("drills", html)}, err
	}})
}
