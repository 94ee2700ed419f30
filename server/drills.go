package server

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// Offered is a scenario a drill can be made of.
type Offered struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	About    string        `json:"about"`
	Duration engine.Millis `json:"duration_ms"`
	Roles    []PhoneRole   `json:"roles"`
	Sites    []Offer       `json:"sites" doc:"Facilities whose values can be laid over it"`
}

// Offer is a site file by its name.
type Offer struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Listed is a drill as the list shows it.
type Listed struct {
	ID       string           `json:"id"`
	Title    string           `json:"title"`
	Created  int64            `json:"created" doc:"Wall clock, milliseconds since 1970 UTC"`
	Phase    string           `json:"phase" enum:"waiting,running,paused,stopped,over,closed,imported"`
	Code     string           `json:"code,omitempty"`
	Events   int64            `json:"events"`
	Last     engine.EventType `json:"last,omitempty"`
	Practice bool             `json:"practice,omitempty"`
}

// NewDrill is what a drill is made of.
type NewDrill struct {
	Scenario string         `json:"scenario" doc:"Id of a scenario of this server" maxLength:"64"`
	Site     string         `json:"site,omitempty" doc:"Name of a site file of this server" maxLength:"128"`
	Title    string         `json:"title,omitempty" maxLength:"120"`
	Speed    engine.Ratio   `json:"speed,omitempty" doc:"1 = real time; any other is practice" maximum:"100"`
	Covers   []engine.Cover `json:"covers,omitempty"`
	Factors  []engine.Seat  `json:"factors,omitempty"`
	Places   map[string]int `json:"places,omitempty"`
}

// Created names a drill that was made or kept.
type Created struct {
	ID   string `json:"id"`
	Code string `json:"code,omitempty"`
}

// offered lists the sound scenarios, each with the sites that fit it.
func (s *Server) offered(lang engine.Lang) []Offered {
	out := []Offered{}
	for _, src := range s.Scenarios() {
		file, found := scenarios.ReadScenario(src)
		if found.Failed() {
			continue
		}
		o := Offered{ID: file.Scenario.ID, Title: file.Scenario.Title.In(lang), About: file.Scenario.Site.About.In(lang), Duration: file.Scenario.Duration, Sites: []Offer{}}
		o.Roles = offeredRoles(file.Scenario, lang)
		for _, site := range s.Sites {
			if overlay, found := scenarios.ReadSite(site, file); !found.Failed() && overlay.Scenario == file.Scenario.ID {
				o.Sites = append(o.Sites, Offer{path.Base(site.Name), overlay.Name.In(lang)})
			}
		}
		out = append(out, o)
	}
	return out
}

// offeredRoles are those somebody plays.
func offeredRoles(s *engine.Scenario, lang engine.Lang) (out []PhoneRole) {
	for i := range s.Roles {
		if role := &s.Roles[i]; !role.Simulated {
			out = append(out, PhoneRole{role.ID, role.Title.In(lang)})
		}
	}
	return out
}

// mostSpeed is how fast a clock may run: beyond it nobody could answer.
const mostSpeed = 100 * engine.Whole

func sane(speed engine.Ratio) error {
	if speed <= mostSpeed {
		return nil
	}
	return &engine.Refusal{Code: engine.BadValue, Why: engine.Both("đồng hồ nhanh quá", "the clock is too fast"),
		Try: engine.Both("tốc độ nhiều nhất là 100", "a speed of 100 at most")}
}

// create pins a scenario and begins a drill of it that waits for StartEx.
func (s *Server) create(ctx context.Context, n NewDrill) (Created, error) {
	if err := sane(n.Speed); err != nil {
		return Created{}, err
	}
	file, h, err := s.pin(n.Scenario, n.Site)
	if err != nil {
		return Created{}, err
	}
	code, err := s.newCode(ctx)
	if err != nil {
		return Created{}, err
	}
	h.Seed, h.Drill = seed(), file.Scenario.ID+"-"+s.Time.Wall().Format("20060102-150405")+"-"+strings.ToLower(random(3))
	if err := s.Store.Create(ctx, h); err != nil {
		return Created{}, err
	}
	plan := Plan{Code: code, Title: cleanName(n.Title), Speed: n.Speed, Covers: n.Covers, Factors: n.Factors, Places: n.Places}
	if file.Site != nil && len(plan.Covers) == 0 {
		_, plan.Covers, _ = file.Site.Seats(file.Scenario)
	}
	if plan.Speed <= 0 {
		plan.Speed = engine.Whole
	}
	if err := s.setPlan(ctx, h.Drill, plan); err != nil {
		return Created{}, err
	}
	_, err = s.open(ctx, h.Drill, false)
	return Created{h.Drill, code}, err
}

// pin reads a scenario of this server, fitted to a site, and begins the header
// of a drill of it.
func (s *Server) pin(scenario, site string) (*scenarios.File, store.Header, error) {
	src := find(s.Scenarios(), scenario+".yaml")
	if src == nil {
		return nil, store.Header{}, unknownFile(scenario)
	}
	var over *scenarios.Source
	if site != "" {
		if over = find(s.Sites, site); over == nil {
			return nil, store.Header{}, unknownFile(site)
		}
	}
	file, found := scenarios.ReadWith(*src, over)
	if found.Failed() {
		bad := found.Only(scenarios.Error)[0]
		return nil, store.Header{}, &engine.Refusal{Code: engine.BadValue, Why: bad.Text, Try: bad.Hint}
	}
	rules, err := json.Marshal(scoring.Default().With(file.Rubric))
	if err != nil {
		return nil, store.Header{}, err
	}
	h := store.Header{Engine: engine.Version, Scenario: store.Pin(path.Base(src.Name), src.Bytes), Rubric: store.Pin("rubric.json", rules)}
	if over != nil {
		pin := store.Pin(path.Base(over.Name), over.Bytes)
		h.Site = &pin
	}
	return file, h, nil
}

func find(list []scenarios.Source, name string) *scenarios.Source {
	for i := range list {
		if path.Base(list[i].Name) == name {
			return &list[i]
		}
	}
	return nil
}

func unknownFile(name string) error {
	return &engine.Refusal{Code: engine.UnknownID, Why: engine.Both("máy chủ không có %q", "the server has no %q", name), Try: engine.Both("chọn trong danh sách", "choose from the list")}
}

// seed has at most nine digits: it stands on papers, to be typed in from there.
func seed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails, says its documentation
	return 1 + binary.LittleEndian.Uint64(b[:])%999_999_999
}

// listed is every drill somebody may lead with where it stands.
func (s *Server) listed(ctx context.Context, who session, lang engine.Lang) ([]Listed, error) {
	entries, err := s.Store.Drills(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Listed, 0, len(entries))
	for _, e := range entries {
		if who.Access != Administrator && e.Drill != who.Drill {
			continue
		}
		l := Listed{ID: e.Drill, Title: strings.TrimSuffix(e.Scenario, ".yaml"), Created: e.Created, Events: e.Events, Last: e.Last, Phase: "closed"}
		if e.Imported {
			l.Phase = "imported"
		}
		plan, err := s.plan(ctx, e.Drill)
		if err == nil {
			l.Title = plan.Title
		}
		if r, err := s.room(e.Drill); err == nil {
			v := r.Peek()
			l.Phase, l.Code, l.Practice = v.Phase, plan.Code, plan.Speed != engine.Whole
			if l.Title == "" {
				l.Title = r.file.Scenario.Title.In(lang)
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// cleanText makes free text fit to be kept: composed letters, no control
// characters but line ends.
func cleanText(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, ""))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f || turns(r) {
			return -1
		}
		return r
	}, text))
}

// turns reports whether a character turns the direction of what follows it, by
// which a text can read otherwise than it is written.
func turns(r rune) bool { return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 }

func has(list []string, one string) bool { return slices.Contains(list, one) }
