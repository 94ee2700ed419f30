package scenarios

import "saban/engine"

// Merge sets a site's values over a scenario and checks the whole again. It
// returns a new File, whose findings point into the site file wherever the
// site has the last word; what the scenario alone is to be warned of is left
// out.
func Merge(base *File, site *Site) (*File, Findings) {
	f, found := decodeScenario(base.Source)
	if f == nil {
		return nil, found
	}
	f.Site = site
	site.apply(f)
	f.check()
	known := map[Finding]bool{}
	for _, one := range base.r.found {
		known[one] = true
	}
	var fresh Findings
	for _, one := range f.r.findings() {
		if !known[one] || one.Severity == Error {
			fresh = append(fresh, one)
		}
	}
	return f, fresh
}

// apply sets the site's values and notes that they stand in the site file.
func (s *Site) apply(f *File) {
	x := f.Scenario
	s.setText(f, &x.Site.Name, s.Name, "name", "site/name")
	s.setText(f, &x.Site.About, s.About, "about", "site/about")
	for i, p := range s.Parameters {
		for j := range x.Parameters {
			if old := &x.Parameters[j]; old.ID == p.ID {
				old.Value, old.Duration, old.Timed, old.Source = p.Value, p.Duration, p.Timed, engine.Text{}
				s.moved(f, index("parameters", i), index("parameters", j)+"/value")
			}
		}
	}
	for i, t := range s.Titles {
		for j := range x.Roles {
			if x.Roles[j].ID == t.ID {
				s.setText(f, &x.Roles[j].Title, t.Title, index("roles", i)+"/title", index("roles", j)+"/title")
			}
		}
	}
	for i, t := range s.States {
		for j := range x.States {
			if x.States[j].ID == t.ID {
				x.States[j].AtLeast = t.AtLeast
				s.moved(f, index("states", i)+"/at_least", index("states", j)+"/at_least")
			}
		}
	}
	for j := range x.Injects {
		s.applyInject(f, &x.Injects[j], index("injects", j))
	}
}

func (s *Site) applyInject(f *File, in *engine.Inject, path string) {
	for i, t := range s.Injects {
		if t.ID == in.ID && !in.Hand {
			in.At = t.At
			s.moved(f, index("injects", i)+"/at", path+"/at")
		}
	}
	for j := range in.Expects {
		r, at := &in.Expects[j], index(path+"/expects", j)
		for i, t := range s.Responses {
			if t.ID != r.ID {
				continue
			}
			own := index("responses", i)
			if s.r.has(own + "/target") {
				r.Target = t.Target
				s.moved(f, own+"/target", at+"/target")
				s.moved(f, own+"/target", at+"/limit") // a limit it has overtaken
			}
			if s.r.has(own + "/limit") {
				r.Limit = t.Limit
				s.moved(f, own+"/limit", at+"/limit")
			}
		}
	}
}

func (s *Site) setText(f *File, to *engine.Text, from engine.Text, own, path string) {
	if !from.Empty() {
		*to = from
		s.moved(f, own, path)
		s.moved(f, own+"/vi", path+"/vi")
		s.moved(f, own+"/en", path+"/en")
	}
}

// moved makes a path of the scenario lead to the site file.
func (s *Site) moved(f *File, own, path string) {
	if at, ok := s.r.places[own]; ok {
		f.r.places[path] = at
	}
}

// Seats returns who sits where for engine.Start: a seat for every player role
// in the scenario's order, and the covers. A site that names no holders fills
// every seat as engine.FullSeats does. Roles that end up with nobody are
// listed in empty.
func (s *Site) Seats(scenario *engine.Scenario) (seats []engine.Seat, covers []engine.Cover, empty []string) {
	seats = engine.FullSeats(scenario)
	covered := map[string]bool{}
	for _, c := range s.Covers {
		covered[c.Role] = true
	}
	for i := range seats {
		seat := &seats[i]
		if len(s.Holders) > 0 || covered[seat.Role] {
			seat.Persons = nil
		}
		for _, h := range s.Holders {
			if h.Role == seat.Role {
				seat.Persons = h.Persons
			}
		}
		for _, x := range s.Factors {
			if x.Role == seat.Role {
				seat.Factor = x.Factor
			}
		}
		if len(seat.Persons) == 0 && !covered[seat.Role] {
			empty = append(empty, seat.Role)
		}
	}
	return seats, s.Covers, empty
}

// Seat has a play played under the time factors of the file's site and with
// its people where it names them. As in every play each role is filled, so
// that an outcome does not hang on who happened to be free, but for roles
// that the play itself leaves empty.
func (f *File) Seat(p *Play) {
	if f.Site == nil {
		return
	}
	own, _, _ := f.Site.Seats(f.Scenario)
	if p.Seats == nil {
		p.Seats = engine.FullSeats(f.Scenario)
		for i := range p.Seats {
			if len(own[i].Persons) > 0 {
				p.Seats[i].Persons = own[i].Persons
			}
		}
	}
	for i := range p.Seats { // of the same roles, in the same order
		p.Seats[i].Factor = own[i].Factor
	}
}
