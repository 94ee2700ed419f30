package server

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"saban/engine"
)

// registerInvited: the way in with an invitation, and where it leads.
func (s *Server) registerInvited() {
	s.page(Anybody, "GET /i", func(w http.ResponseWriter, r *http.Request, who session) error {
		if code := r.URL.Query().Get("code"); code != "" {
			return s.showInvited(w, r, who, http.StatusOK, invitedForm{Code: code})
		}
		return s.show(w, r, who, http.StatusOK, "invited", s.say(r, "Vào bằng lời mời", "Come in by invitation"), invitedForm{})
	})
	s.page(Anybody, "GET /i/{code}", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showInvited(w, r, who, http.StatusOK, invitedForm{Code: r.PathValue("code")})
	})
	s.page(Anybody, "POST /i", func(w http.ResponseWriter, r *http.Request, who session) error {
		form := invitedForm{Code: r.FormValue("code"), Name: r.FormValue("name")}
		token, one, err := s.accept(r.Context(), who, Accept{form.Code, form.Name}, s.mayLead(r))
		if p := tellOr(err, s.langOf(r)); p != nil {
			if p.Status >= http.StatusInternalServerError {
				return err
			}
			form.Wrong = p.Detail
			return s.showInvited(w, r, who, p.Status, form)
		}
		http.SetCookie(w, s.cookie(token, staffStay))
		http.Redirect(w, r, s.seatOf(one), http.StatusSeeOther)
		return nil
	})
	s.page(invitedRoles, "GET /in", func(w http.ResponseWriter, r *http.Request, who session) error {
		seat := seatPage{Drill: who.Drill, Access: who.Access, Until: who.Expires}
		if at := s.seatOf(who); at != "/in" {
			seat.At = at
		}
		names, err := s.names(r.Context(), who.Drill)
		if err != nil {
			return err
		}
		seat.Name, seat.Title = names[who.Person], s.titleOf(r, who.Drill)
		return s.show(w, r, who, http.StatusOK, "seat", s.say(r, "Bạn đang ở đây", "You are here"), seat)
	})
}

// invitedForm is the page on which somebody comes in with an invitation.
type invitedForm struct {
	Code, Name, Title string
	Access            Access
	Until             int64
	Wrong             string
	Swaps             bool // this browser has another way in, which ends here
	Barred            bool // what it opens answers on the server's own machine only
}

// Named reports whether a name is asked for.
func (f invitedForm) Named() bool { return f.Access != Projector }

// seatPage tells somebody who was invited what they are here.
type seatPage struct {
	Drill, Title, Name, At string
	Access                 Access
	Until                  int64
}

func (s *Server) showInvited(w http.ResponseWriter, r *http.Request, who session, status int, form invitedForm) error {
	room, i, err := s.byInvite(r.Context(), form.Code)
	switch p := tellOr(err, s.langOf(r)); {
	case err == nil, errors.Is(err, errUsed) && who.Invite == i.ID:
		form.Access, form.Until, form.Title = i.Access, i.Expires, s.titleOf(r, room.id)
		form.Swaps = who.Access != 0 && who.Invite != i.ID
		form.Barred = i.Access.Leads() && !s.mayLead(r)
	case p.Status >= http.StatusInternalServerError:
		return err
	default:
		status, form.Wrong = p.Status, p.Detail+": "+p.Try
	}
	return s.show(w, r, who, status, "invited", s.say(r, "Vào bằng lời mời", "Come in by invitation"), form)
}

// seatOf is the page somebody who was invited works on.
func (s *Server) seatOf(who session) string {
	page, ok := map[Access]string{Evaluator: "/evaluate", Observer: "/watch", Projector: "/screen", Facilitator: ""}[who.Access]
	if ok && slices.ContainsFunc(s.routes, func(r route) bool {
		return r.Method == http.MethodGet && r.Pattern == "/drills/{drill}"+page && r.Access.lets(who.Access)
	}) {
		return "/drills/" + url.PathEscape(who.Drill) + page
	}
	return "/in"
}

// titleOf is what a drill is called, its id when it cannot be read.
func (s *Server) titleOf(r *http.Request, drill string) string {
	if plan, err := s.plan(r.Context(), drill); err == nil && plan.Title != "" {
		return plan.Title
	}
	if room, _, err := s.lookBack(drill); err == nil {
		return room.file.Scenario.Title.In(s.langOf(r))
	}
	return drill
}

// accessTitle is what somebody of an access is called.
func accessTitle(lang engine.Lang, a Access) string {
	return map[Access]engine.Text{
		Anybody: {VI: "bất kỳ ai", EN: "anybody"}, Participant: {VI: "người tham gia", EN: "participant"}, Projector: {VI: "màn chiếu", EN: "projector"},
		Observer: {VI: "quan sát viên", EN: "observer"}, Evaluator: {VI: "đánh giá viên", EN: "evaluator"},
		Facilitator: {VI: "người điều khiển", EN: "facilitator"}, Administrator: {VI: "quản trị viên", EN: "administrator"},
	}[a].In(lang)
}

// accessMay says in a line what somebody of an access may do.
func accessMay(lang engine.Lang, a Access) string {
	return map[Access]engine.Text{
		Projector:   {VI: "chiếu trang chung cho cả phòng; không thấy điểm, không thấy tình huống sắp tới", EN: "shows the room's page; no scores, nothing that is to come"},
		Observer:    {VI: "xem diễn biến, không ghi và không chấm", EN: "watches, writes and rates nothing"},
		Evaluator:   {VI: "quan sát, ghi nhận, chấm nội dung và mức", EN: "observes, writes, marks and rates"},
		Facilitator: {VI: "điều khiển buổi này: phát, giữ, dừng, chuyển tay, chấm lại", EN: "leads this drill: releases, holds, stops, forces, overrides"},
	}[a].In(lang)
}
