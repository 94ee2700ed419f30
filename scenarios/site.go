package scenarios

import (
	"slices"

	"saban/engine"
)

// Site is what a facility sets over a scenario: values under the scenario's
// own ids, and who sits where.
type Site struct {
	Scenario   string
	Name       engine.Text
	About      engine.Text
	Parameters []engine.Parameter // id, value
	Titles     []engine.Role      // id, title
	Covers     []engine.Cover
	Holders    []engine.Seat // role, persons by id
	Factors    []engine.Seat // role, factor
	Injects    []engine.Inject
	Responses  []engine.Response
	States     []engine.State
	Source     Source

	r *reader
}

var siteFormat = format{"site", aGroup("site", siteKeys, rules{}).shape, dialect{LeastWeight: 1}}

var siteKeys = []key[Site]{
	version[Site]("site"),
	keyOf("scenario", must, aSlug, func(s *Site) *string { return &s.Scenario }),
	keyOf("lang", may, aLang, func(*Site) *engine.Lang { return new(engine.Lang) }), // language has read it
	keyOf("name", must, aText, func(s *Site) *engine.Text { return &s.Name }),
	keyOf("about", may, aText, func(s *Site) *engine.Text { return &s.About }),
	keyOf("parameters", may, aMapping(form[engine.Parameter]{aPlain.shape, value.parameter}, func(p *engine.Parameter) *string { return &p.ID }),
		func(s *Site) *[]engine.Parameter { return &s.Parameters }),
	keyOf("roles", may, aMapping(aGroup("site-role", siteRoleKeys, rules{}), func(x *engine.Role) *string { return &x.ID }),
		func(s *Site) *[]engine.Role { return &s.Titles }),
	keyOf("covers", may, someCovers, func(s *Site) *[]engine.Cover { return &s.Covers }),
	keyOf("holders", may, someHolders, func(s *Site) *[]engine.Seat { return &s.Holders }),
	keyOf("factors", may, someFactors, func(s *Site) *[]engine.Seat { return &s.Factors }),
	keyOf("injects", may, aMapping(aGroup("site-inject", siteInjectKeys, rules{}), func(x *engine.Inject) *string { return &x.ID }),
		func(s *Site) *[]engine.Inject { return &s.Injects }),
	keyOf("responses", may, aMapping(aGroup("site-response", siteResponseKeys, rules{}), func(x *engine.Response) *string { return &x.ID }),
		func(s *Site) *[]engine.Response { return &s.Responses }),
	keyOf("states", may, aMapping(aGroup("site-state", siteStateKeys, rules{}), func(x *engine.State) *string { return &x.ID }),
		func(s *Site) *[]engine.State { return &s.States }),
}

var (
	siteRoleKeys = []key[engine.Role]{
		keyOf("title", must, aText, func(x *engine.Role) *engine.Text { return &x.Title }),
	}
	siteInjectKeys = []key[engine.Inject]{
		keyOf("at", must, aDuration, func(x *engine.Inject) *engine.Millis { return &x.At }),
	}
	siteResponseKeys = []key[engine.Response]{
		keyOf("target", may, aDuration, func(x *engine.Response) *engine.Millis { return &x.Target }),
		keyOf("limit", may, aDuration, func(x *engine.Response) *engine.Millis { return &x.Limit }),
	}
	siteStateKeys = []key[engine.State]{
		keyOf("at_least", must, aDuration, func(x *engine.State) *engine.Millis { return &x.AtLeast }),
	}
)

func roleOfSeat(x *engine.Seat) *string { return &x.Role }

var someCovers = aMapping(part(aStandIn, func(c *engine.Cover) *string { return &c.By }), func(c *engine.Cover) *string { return &c.Role })

var (
	someHolders = aMapping(part(somePersons, func(x *engine.Seat) *[]string { return &x.Persons }), roleOfSeat)
	someFactors = aMapping(part(aTimeFactor, func(x *engine.Seat) *engine.Ratio { return &x.Factor }), roleOfSeat)
)

const mostFactor = 10 * engine.Whole

var aTimeFactor = form[engine.Ratio]{numbers(engine.Whole, mostFactor), func(v value, into *engine.Ratio) {
	v.number(into, mostFactor, engine.Both("viết 1.5 hoặc 2", "write 1.5 or 2"))
	if *into < engine.Whole && !v.r.bad[v.path] {
		v.fault(BadNumber, engine.Both("hệ số thời gian từ 1 đến 10", "a time factor is from 1 to 10"), engine.Text{})
	}
}}

var somePersons = form[[]string]{&shape{Kind: shapeList, Of: &shape{Kind: shapePerson}, Unique: true}, value.persons}

// persons reads ids of persons. They are not ids of the scenario, and never
// names: those stay in the roster beside the drill file.
func (v value) persons(into *[]string) {
	v.ids(into)
	for i, id := range *into {
		if path := index(v.path, i); !personID(id) && v.r.has(path) {
			v.r.fault(path, BadID, engine.Both("mã người %q viết sai", "person id %q is ill-formed", head(id, 40)),
				engine.Both("dùng mã ngắn như g1; họ tên để ở danh sách riêng", "use a short id such as g1; names belong in the roster"))
		}
	}
}

func personID(id string) bool {
	for i, c := range id {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && (i == 0 || c != '-' && c != '_' && c != '.') || i >= 32 {
			return false
		}
	}
	return id != ""
}

// ReadSite reads a site file and holds it against the scenario it is for.
func ReadSite(src Source, base *File) (*Site, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	s := &Site{Source: src, r: newReader(p, siteFormat.dialect)}
	s.r.found, s.r.lang = found, language(root)
	if s.r.kindOfFile(root, "site") {
		read(s.r.value(root, ""), siteKeys, s)
		s.check(base.Scenario)
	}
	return s, s.r.findings()
}

// check reports what the site names and the scenario has not.
func (s *Site) check(base *engine.Scenario) {
	if s.Scenario != "" && base.ID != "" && s.Scenario != base.ID {
		s.r.fault("scenario", WrongScenario, engine.Both("tệp này dành cho kịch bản %s, không phải %s", "this is made for the scenario %s, not %s", s.Scenario, base.ID), engine.Text{})
		return
	}
	names := namesOf(base)
	for i, p := range s.Parameters {
		path := index("parameters", i)
		if s.r.known(path, p.ID, names.parameters) {
			s.sameKind(path, p, base)
		}
	}
	for i, x := range s.Titles {
		s.r.known(index("roles", i), x.ID, names.roles)
	}
	for i, x := range s.Factors {
		s.r.known(index("factors", i), x.Role, names.players)
	}
	for i, x := range s.Injects {
		if path := index("injects", i); s.r.known(path, x.ID, names.injects) && base.FindInject(x.ID).Hand {
			s.r.fault(path, WrongKind, engine.Both("tình huống %s phát bằng tay, không có giờ", "inject %s is released by hand and has no time", x.ID), engine.Text{})
		}
	}
	for i, x := range s.Responses {
		s.r.known(index("responses", i), x.ID, names.responses)
	}
	for i, x := range s.States {
		s.r.known(index("states", i), x.ID, names.states)
	}
	s.checkSeats(names.players)
}

// sameKind wants a duration for a duration: a guard may wait for it.
func (s *Site) sameKind(path string, p engine.Parameter, base *engine.Scenario) {
	for _, old := range base.Parameters {
		if old.ID == p.ID && old.Timed != p.Timed && !s.r.bad[path] {
			want := engine.Both("giá trị của %s phải là thời lượng như %s", "the value of %s has to be a duration such as %s", p.ID, old.Value)
			if !old.Timed {
				want = engine.Both("giá trị của %s không phải là thời lượng: kịch bản viết %s", "the value of %s is no duration: the scenario has %s", p.ID, old.Value)
			}
			s.r.fault(path, WrongKind, want, engine.Text{})
		}
	}
}

func (s *Site) checkSeats(players ids) {
	held := map[string]bool{}
	for i, x := range s.Holders {
		if s.r.known(index("holders", i), x.Role, players) {
			held[x.Role] = len(x.Persons) > 0
		}
	}
	covered := map[string]bool{}
	for _, x := range s.Covers {
		covered[x.Role] = true
	}
	for i, x := range s.Covers {
		path := index("covers", i)
		if !s.r.known(path, x.Role, players) || x.By == "" || !s.r.known(path, x.By, players) {
			continue
		}
		switch {
		case held[x.Role]:
			s.r.fault(path, HeldAndCovered, engine.Both("vai %s vừa có người giữ vừa được kiêm", "role %s is both held and covered", x.Role), engine.Both("bỏ một trong hai", "keep one of the two"))
		case x.By == x.Role || covered[x.By]:
			s.r.fault(path, BadCover, engine.Both("vai %s không kiêm được: chính nó cũng trống", "%s cannot cover: it is empty itself", x.By), engine.Both("chọn một vai có người giữ", "choose a role somebody holds"))
		case len(s.Holders) > 0 && !held[x.By]:
			s.r.fault(path, BadCover, engine.Both("vai %s không kiêm được: chưa có ai giữ", "%s cannot cover: nobody holds it", x.By), engine.Both("thêm người vào holders:", "add somebody under holders:"))
		}
	}
}

// known reports an id that is none of those a scenario has.
func (r *reader) known(path, id string, of ids) bool {
	if slices.Contains(of.all, id) {
		return true
	}
	if r.bad[path] {
		return false
	}
	hint := engine.Nearest(id, of.all)
	id = head(id, 40)
	r.fault(path, NotInScenario, engine.Text{VI: "kịch bản không có " + of.noun.VI + " " + id, EN: "the scenario has no " + of.noun.EN + " " + id}, hint)
	return false
}
