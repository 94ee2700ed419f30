package server

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"saban/engine"
)

// Access says who somebody is to this server. A route is for one or several
// of them, joined by |.
type Access uint8

// Who may call a route. An administrator may whatever a facilitator may, in
// every drill; everybody else is of one drill, and only that. What is for
// evaluators is not by itself for observers: a route names each.
const (
	Anybody       Access = 1 << iota // without signing in
	Participant                      // plays in a drill, in its roles
	Evaluator                        // watches a drill, observes, marks and rates in it
	Observer                         // watches a drill and cannot act
	Projector                        // a screen in the room: what everybody may see
	Facilitator                      // leads the drill it was invited to
	Administrator                    // has the passphrase: leads every drill, makes new ones
)

// accesses names each, the least trusted first.
var accesses = []struct {
	access Access
	name   string
}{{Anybody, "anybody"}, {Participant, "participant"}, {Projector, "projector"}, {Observer, "observer"}, {Evaluator, "evaluator"},
	{Facilitator, "facilitator"}, {Administrator, "administrator"}}

// String names an access, several with a comma between them.
func (a Access) String() string {
	var names []string
	for _, one := range accesses {
		if a&one.access != 0 {
			names = append(names, one.name)
		}
	}
	return strings.Join(names, ",")
}

// MarshalText writes the name.
func (a Access) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads names as String writes them.
func (a *Access) UnmarshalText(text []byte) error {
	*a = 0
	for name := range strings.SplitSeq(string(text), ",") {
		i := slices.IndexFunc(accesses, func(one struct {
			access Access
			name   string
		}) bool {
			return one.name == name
		})
		switch {
		case i >= 0:
			*a |= accesses[i].access
		case name != "":
			return fmt.Errorf("there is no access %q", name)
		}
	}
	return nil
}

// Leads reports whether somebody leads drills: these work on the server's own
// machine unless told otherwise.
func (a Access) Leads() bool { return a&(Facilitator|Administrator) != 0 }

// Plays reports whether somebody plays in a drill.
func (a Access) Plays() bool { return a == Participant }

// verbs are the acts through /acts that are not for those who lead alone.
var verbs = map[engine.Verb]Access{
	engine.Observe: Facilitator | Evaluator, engine.Prohibit: Facilitator | Evaluator, engine.Mark: Facilitator | Evaluator,
	engine.Rate: Facilitator | Evaluator, engine.Note: Facilitator | Evaluator, engine.Retract: Facilitator | Evaluator,
}

// mayDo reports whether somebody may act so. Settling what evaluators differ
// on is leading, and so is deciding on a real incident, or taking back what
// somebody else wrote.
func mayDo(r *room, who session, in *Act) bool {
	of := verbs[in.Do]
	if of == 0 {
		of = Facilitator
	}
	if who.Access.Leads() || !of.lets(who.Access) {
		return of.lets(who.Access)
	}
	switch in.Do {
	case engine.Rate, engine.Note:
		return in.Mode == ""
	case engine.Retract:
		log := r.Events(in.Of - 1)
		return len(log) > 0 && log[0].Seq == in.Of && log[0].Actor == who.Person
	}
	return true
}

// lets reports whether a route of this access is for somebody.
func (a Access) lets(who Access) bool {
	if a&Facilitator != 0 {
		a |= Administrator
	}
	return a&(who|Anybody) != 0
}

// admit says who a request comes from, if that is enough for a route. Whoever
// is of one drill is let into that one only. Leading is done on the server's
// own machine unless told otherwise; the rest comes from other machines.
func (s *Server) admit(r *http.Request, access Access) (session, error) {
	who := s.who(r)
	if access&Anybody != 0 {
		return who, nil
	}
	onlyLeads := access&^(Facilitator|Administrator) == 0
	if (onlyLeads || who.Access.Leads()) && !s.mayLead(r) {
		return who, errElsewhere
	}
	switch drill := r.PathValue("drill"); {
	case access.lets(who.Access):
		if drill != "" && who.Drill != drill && who.Access != Administrator {
			return who, errOtherDrill
		}
		return who, nil
	case who.Access == 0, access == Participant:
		return who, errSignIn
	}
	return who, errForbidden
}

// mayLead reports whether those who lead may work from where a request comes.
func (s *Server) mayLead(r *http.Request) bool { return s.OnLAN || local(r) }
