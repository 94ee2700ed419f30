package server

import (
	"context"
	"encoding/base64"
	"errors"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	qrcode "github.com/skip2/go-qrcode"
)

// registerPeople: who is in a drill, who may come, and what was done about it.
func (s *Server) registerPeople() {
	s.page(Facilitator, "GET /drills/{drill}/people", func(w http.ResponseWriter, r *http.Request, who session) error {
		p, err := s.people(r, r.PathValue("drill"))
		if err != nil {
			return err
		}
		return s.show(w, r, who, http.StatusOK, "people", s.say(r, "Người và quyền", "People and access"), p)
	})
	s.page(Facilitator, "POST /drills/{drill}/invitations", func(w http.ResponseWriter, r *http.Request, who session) error {
		in := Invite{Once: r.FormValue("once") != "", For: r.FormValue("for")}
		hours, err := strconv.Atoi(r.FormValue("hours"))
		if err != nil || in.Access.UnmarshalText([]byte(r.FormValue("access"))) != nil {
			return errForm
		}
		in.Hours = hours
		made, err := s.invite(r.Context(), who, r.PathValue("drill"), in)
		if err != nil {
			return err
		}
		return to(w, r, "people#"+made.ID)
	})
	s.page(Facilitator, "POST /drills/{drill}/revoke", func(w http.ResponseWriter, r *http.Request, who session) error {
		if err := s.revoke(r.Context(), who, r.PathValue("drill"), r.FormValue("invitation")); err != nil {
			return err
		}
		return to(w, r, "people")
	})
	s.page(Facilitator, "GET /drills/{drill}/forget", func(w http.ResponseWriter, r *http.Request, who session) error {
		found, names, err := seek(r.Context(), s.Store, r.URL.Query().Get("person"), r.PathValue("drill"))
		if err == nil && len(found.People) == 0 {
			err = ErrNobody
		}
		if err != nil {
			return err
		}
		return s.showForget(w, r, who, forgetPage{Found: found, Person: found.People[0].Person, Name: strings.Join(names, ", ")})
	})
	s.page(Facilitator, "POST /drills/{drill}/forget", func(w http.ResponseWriter, r *http.Request, who session) error {
		done, err := s.forget(r.Context(), who, r.PathValue("drill"), r.FormValue("person"))
		if err != nil {
			return err
		}
		return s.showForget(w, r, who, forgetPage{Found: done, Done: true})
	})
	s.page(Facilitator, "GET /drills/{drill}/audit", s.audit)
}

// forgetPage is what removing a name will do, or has done.
type forgetPage struct {
	Drill, Title, Person, Name string
	Found                      Forgotten
	Done                       bool
}

func (s *Server) showForget(w http.ResponseWriter, r *http.Request, who session, p forgetPage) error {
	p.Drill = r.PathValue("drill")
	p.Title = s.titleOf(r, p.Drill)
	title := s.say(r, "Xóa tên", "Remove a name")
	if p.Done {
		title = s.say(r, "Đã xóa tên", "The name is removed")
	}
	return s.show(w, r, who, http.StatusOK, "forget", title, p)
}

// peoplePage is who is in a drill and who may come.
type peoplePage struct {
	Drill, Title string
	Conducted    bool // not closed: people may come in
	Guests       []personRow
	Invitations  []invitationRow
	Accesses     []Access
	Barred       bool // those who lead come in on the server's own machine only
	Loopback     bool // other machines cannot reach the address
}

// personRow is somebody in a drill.
type personRow struct {
	Person, Name, Roles string
	Came                int64
}

// invitationRow is an invitation with what is known beside its record.
type invitationRow struct {
	Invitation
	For, Code, Link, State string // State: open, used, expired or revoked
	QR                     template.URL
	People                 []personRow
}

func (s *Server) people(r *http.Request, drill string) (*peoplePage, error) {
	ctx, lang := r.Context(), s.langOf(r)
	if _, err := s.Store.Header(ctx, drill); err != nil {
		return nil, err
	}
	guests, err := s.guests(ctx, drill)
	if err != nil {
		return nil, err
	}
	_, err = s.room(drill)
	p := &peoplePage{Drill: drill, Title: s.titleOf(r, drill), Conducted: err == nil, Accesses: []Access{Evaluator, Observer, Projector, Facilitator},
		Barred: !s.OnLAN, Loopback: loopback(s.Phones)}
	_, v, err := s.lookBack(drill)
	for _, g := range guests {
		row := personRow{Person: g.Person, Name: g.Name, Came: g.Came}
		if err == nil {
			row.Roles = rolesOf(v.Scenario, g.Roles, lang)
		}
		p.Guests = append(p.Guests, row)
	}
	p.Invitations, err = s.invitationRows(ctx, drill)
	return p, err
}

func (s *Server) invitationRows(ctx context.Context, drill string) ([]invitationRow, error) {
	list, err := s.invitations(ctx, drill)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, drill)
	if err != nil {
		return nil, err
	}
	rows := make([]invitationRow, len(list))
	for i, one := range list {
		row := invitationRow{Invitation: one, For: names[one.ID], State: "open"}
		switch err := s.holds(one); {
		case errors.Is(err, errRevoked):
			row.State = "revoked"
		case errors.Is(err, errExpired):
			row.State = "expired"
		case errors.Is(err, errUsed):
			row.State = "used"
		}
		for _, e := range one.Used {
			row.People = append(row.People, personRow{Person: e.Person, Name: names[e.Person], Came: e.At})
		}
		if code := s.shows(one.ID); code != "" && row.State == "open" {
			row.Code, row.Link = code, s.Phones+"/i/"+code
			png, err := qrcode.Encode(row.Link, qrcode.Medium, 220)
			if err != nil {
				return nil, err
			}
			row.QR = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
		}
		rows[i] = row
	}
	return rows, nil
}
