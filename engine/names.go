package engine

import (
	"strconv"
	"strings"
)

// kind is what an id stands for.
type kind uint8

const (
	kindState kind = iota
	kindInject
	kindResponse
	kindWay
	kindProhibited
	kindDistractor
	kindFlag
	kindRole
	kindObjective
	kindParameter
)

// act reports whether done() takes an id of this kind.
func (k kind) act() bool {
	return k == kindResponse || k == kindWay || k == kindProhibited || k == kindDistractor
}

func (k kind) text() Text {
	return [...]Text{
		{"một trạng thái", "a state"}, {"một tình huống", "an inject"}, {"một hành động cần đạt", "a response"},
		{"một cách làm", "a way"}, {"một hành động cấm", "a prohibited action"}, {"một phương án nhiễu", "a distractor"},
		{"một cờ", "a flag"}, {"một vai", "a role"}, {"một mục tiêu", "an objective"}, {"một tham số", "a parameter"},
	}[k]
}

// ref is where an id leads: its kind and its place within that kind. For the
// four kinds of act the place is in Compiled.acts.
type ref struct {
	kind  kind
	index int
}

// names finds ids of one scenario.
type names struct {
	s   *Scenario
	ids map[string]ref
}

func (n names) find(id string) (ref, bool) {
	r, ok := n.ids[id]
	return r, ok
}

func (n names) is(id string, kinds ...kind) bool {
	r, ok := n.ids[id]
	if !ok {
		return false
	}
	for _, k := range kinds {
		if r.kind == k {
			return true
		}
	}
	return false
}

// owners returns the roles a response names.
func (n names) owners(r *Response) []int {
	list := make([]int, 0, 1+len(r.Or))
	for _, id := range append([]string{r.By}, r.Or...) {
		if found, ok := n.ids[id]; ok && found.kind == kindRole {
			list = append(list, found.index)
		}
	}
	return list
}

// mostNamed ids are listed where none resembles the one given.
const mostNamed = 12

// near hints at the id of one of the kinds that was probably meant, or at
// those there are.
func (n names) near(id string, kinds []kind) Text {
	var of []string
	for _, k := range kinds {
		of = append(of, n.s.idsOf(k)...)
	}
	return Nearest(id, of)
}

// Nearest hints at the candidate that was probably meant, else at all of
// them when they are few.
func Nearest(word string, candidates []string) Text {
	if c := Closest(word, candidates); c != "" {
		return Both("có phải là %s?", "did you mean %s?", c)
	}
	if len(candidates) == 0 || len(candidates) > mostNamed {
		return Text{}
	}
	return Both("hiện có: %s", "there are: %s", strings.Join(candidates, ", "))
}

func (n names) parameter(id string) *Parameter {
	for i := range n.s.Parameters {
		if n.s.Parameters[i].ID == id {
			return &n.s.Parameters[i]
		}
	}
	return nil
}

func (n names) nearParameter(id string) Text { return n.near(id, []kind{kindParameter}) }

func (n names) response(id string) *Response {
	_, r := n.s.FindResponse(id)
	return r
}

// each calls visit for every id of the scenario in file order with its path;
// injects carry their responses and ways with them.
func (s *Scenario) each(visit func(k kind, id, path string)) {
	for i, x := range s.Parameters {
		visit(kindParameter, x.ID, at("parameters", i))
	}
	for i, x := range s.Objectives {
		visit(kindObjective, x.ID, at("objectives", i))
	}
	for i, x := range s.Flags {
		visit(kindFlag, x.ID, at("flags", i))
	}
	for i, x := range s.Roles {
		visit(kindRole, x.ID, at("roles", i))
	}
	for i, x := range s.States {
		visit(kindState, x.ID, at("states", i))
	}
	for i := range s.Injects {
		s.Injects[i].each(at("injects", i), visit)
	}
	for i, x := range s.Prohibited {
		visit(kindProhibited, x.ID, at("prohibited", i)+"/id")
	}
	for i, x := range s.Distractors {
		visit(kindDistractor, x.ID, at("distractors", i)+"/id")
	}
}

// each visits an inject, its responses and their ways, in file order.
func (in *Inject) each(path string, visit func(k kind, id, path string)) {
	visit(kindInject, in.ID, path+"/id")
	for i := range in.Expects {
		r := &in.Expects[i]
		own := path + at("/expects", i)
		visit(kindResponse, r.ID, own+"/id")
		for w := range r.Ways {
			visit(kindWay, r.Ways[w].ID, own+at("/ways", w))
		}
	}
}

// ids lists those of an inject, its responses and their ways, in file order.
func (in *Inject) ids() (list []string) {
	in.each("", func(_ kind, id, _ string) { list = append(list, id) })
	return list
}

func (s *Scenario) idsOf(k kind) []string {
	var out []string
	s.each(func(kk kind, id, _ string) {
		if kk == k {
			out = append(out, id)
		}
	})
	return out
}

// FindResponse returns the response and the inject it belongs to, or nils.
func (s *Scenario) FindResponse(id string) (*Inject, *Response) {
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			if r := &s.Injects[i].Expects[j]; r.ID == id {
				return &s.Injects[i], r
			}
		}
	}
	return nil, nil
}

// FindWay returns the way and the response it is a way of, or nils.
func (s *Scenario) FindWay(id string) (*Response, *Way) {
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			r := &s.Injects[i].Expects[j]
			for w := range r.Ways {
				if r.Ways[w].ID == id {
					return r, &r.Ways[w]
				}
			}
		}
	}
	return nil, nil
}

// find returns the element of list whose id it is, or nil.
func find[T any](list []T, id string, of func(*T) string) *T {
	for i := range list {
		if of(&list[i]) == id {
			return &list[i]
		}
	}
	return nil
}

// Role returns the role, or nil.
func (s *Scenario) Role(id string) *Role {
	return find(s.Roles, id, func(r *Role) string { return r.ID })
}

// State returns the state, or nil; Running when the scenario names none.
func (s *Scenario) State(id string) *State {
	return find(s.Situations(), id, func(st *State) string { return st.ID })
}

// FindInject returns the inject, or nil.
func (s *Scenario) FindInject(id string) *Inject {
	return find(s.Injects, id, func(in *Inject) string { return in.ID })
}

// FindProhibited returns the prohibited action, or nil.
func (s *Scenario) FindProhibited(id string) *Prohibited {
	return find(s.Prohibited, id, func(p *Prohibited) string { return p.ID })
}

// FindDistractor returns the distractor, or nil.
func (s *Scenario) FindDistractor(id string) *Distractor {
	return find(s.Distractors, id, func(x *Distractor) string { return x.ID })
}

// Objective returns the objective, or nil.
func (s *Scenario) Objective(id string) *Objective {
	return find(s.Objectives, id, func(o *Objective) string { return o.ID })
}

// BoxSet returns the box set, the built-in ones too, or nil.
func (s *Scenario) BoxSet(id string) *BoxSet {
	if id == EthaneBoxes.ID {
		return &EthaneBoxes
	}
	return find(s.Boxes, id, func(b *BoxSet) string { return b.ID })
}

// Situations are the states of the machine: those the scenario names, or the
// one state Running.
func (s *Scenario) Situations() []State {
	if len(s.States) > 0 {
		return s.States
	}
	return implicit
}

var implicit = []State{{ID: Running, Kind: Initial, Title: Text{"Đang diễn ra", "Under way"}}}

// CapabilityOf returns the capability a response counts for: its own, else
// its objective's.
func (s *Scenario) CapabilityOf(r *Response) Capability {
	if r.Capability != "" {
		return r.Capability
	}
	if o := s.Objective(r.Objective); o != nil {
		return o.Capability
	}
	return ""
}

// FullSeats fills every player role with one person, p1, p2, …
func FullSeats(s *Scenario) []Seat {
	var seats []Seat
	for _, r := range s.Roles {
		if !r.Simulated {
			seats = append(seats, Seat{Role: r.ID, Persons: []string{"p" + strconv.Itoa(len(seats)+1)}})
		}
	}
	return seats
}

// EthaneBoxes is the built-in content of a report to the emergency services:
// exact location, type, hazards, access, number of casualties, emergency
// services needed, and whether a major incident is declared (M/ETHANE, JESIP
// doctrine).
var EthaneBoxes = BoxSet{ID: "ethane", Boxes: []Box{
	{"major", Text{"Có phải sự việc nghiêm trọng không", "Whether it is a major incident"}},
	{"location", Text{"Vị trí chính xác", "Exact location"}},
	{"kind", Text{"Loại sự việc", "Type of incident"}},
	{"hazards", Text{"Nguy hiểm còn lại", "Hazards present"}},
	{"access", Text{"Đường tiếp cận an toàn", "Safe access"}},
	{"casualties", Text{"Số người bị nạn, mức độ", "Number and severity of casualties"}},
	{"services", Text{"Lực lượng đã có, cần thêm", "Emergency services present and needed"}},
}}
