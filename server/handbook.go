package server

import (
	"net/http"
	"net/url"

	"saban/handbook"
)

// registerHandbooks: what people need to know, to read and to print. What
// says how others are led and judged is not for players.
func (s *Server) registerHandbooks() {
	const staff = Facilitator | Evaluator | Observer
	s.page(Anybody, "GET /handbook", func(w http.ResponseWriter, r *http.Request, who session) error {
		first := handbook.Participant
		switch {
		case who.Access.Leads():
			first = handbook.Facilitator
		case staff.lets(who.Access):
			first = handbook.Evaluator
		}
		to := url.URL{Path: "/handbook/" + string(first), RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusSeeOther)
		return nil
	})
	for reader, access := range map[handbook.Reader]Access{handbook.Participant: Anybody, handbook.Evaluator: staff, handbook.Facilitator: staff} {
		s.page(access, "GET /handbook/"+string(reader), func(w http.ResponseWriter, r *http.Request, who session) error {
			book, err := handbook.Of(reader, s.langOf(r))
			if err != nil {
				return err
			}
			return s.show(w, r, who, http.StatusOK, "handbook", book.Title, handbookPage{book, reader, staff.lets(who.Access)})
		})
	}
}

// handbookPage is a handbook, and whether its reader may see the others.
type handbookPage struct {
	*handbook.Handbook
	Reader handbook.Reader
	Staff  bool
}

// Others are the handbooks to go on to.
func (p handbookPage) Others() []handbook.Reader {
	if p.Staff {
		return handbook.Readers
	}
	return nil
}
