package server

import (
	"context"
	"net/http"
	"slices"
	"time"

	"saban/engine"
	"saban/live"
)

// preflight is what is looked at before StartEx: people, phones, disk, clock.
type preflight struct {
	Drill, Title, Code, Address string
	Phase                       string
	Roles                       []roleCheck
	Empty                       int // roles nobody holds and nobody covers
	Others                      []PhoneRole
	Free                        string // of the disk, in words
	Tight                       bool
	Wall                        string
	Loopback                    bool // phones cannot reach the address
}

// roleCheck is a role and who holds it.
type roleCheck struct {
	ID, Title string
	People    []personCheck
	Cover     string
	Factor    string
	Free      int
}

// personCheck is somebody who has come in.
type personCheck struct {
	Person, Name string
	Online       bool
}

// scarce is how little free disk is worth a warning: a drill takes a few
// megabytes at most.
const scarce = 200 << 20

func (s *Server) preflight(ctx context.Context, r *room, v *live.View, lang engine.Lang) (*preflight, error) {
	plan, err := s.plan(ctx, r.id)
	if err != nil {
		return nil, err
	}
	guests, err := s.guests(ctx, r.id)
	if err != nil {
		return nil, err
	}
	p := &preflight{Drill: r.id, Title: plan.Title, Code: plan.Code, Address: s.Phones + "/j/" + plan.Code, Phase: v.Phase,
		Wall: v.Wall.Format("15:04 02/01/2006"), Loopback: loopback(s.Phones)}
	if p.Title == "" {
		p.Title = r.file.Scenario.Title.In(lang)
	}
	for i := range r.file.Scenario.Roles {
		role := &r.file.Scenario.Roles[i]
		if role.Simulated {
			continue
		}
		p.Others = append(p.Others, PhoneRole{role.ID, role.Title.In(lang)})
		p.Roles = append(p.Roles, checkRole(v, role, &plan, guests, lang))
		if last := &p.Roles[len(p.Roles)-1]; len(last.People) == 0 && last.Cover == "" {
			p.Empty++
		}
	}
	if s.Free != nil {
		if free, ok := s.Free(); ok {
			p.Tight, p.Free = free < scarce, sizeOf(free).In(lang)
		}
	}
	return p, nil
}

func checkRole(v *live.View, role *engine.Role, plan *Plan, guests []Guest, lang engine.Lang) roleCheck {
	c := roleCheck{ID: role.ID, Title: role.Title.In(lang), Factor: "1", Free: plan.places(role.ID)}
	for _, g := range guests {
		if !has(g.Roles, role.ID) {
			continue
		}
		online := slices.ContainsFunc(v.Devices, func(d live.Device) bool { return d.ID == g.Device && d.Online })
		c.People = append(c.People, personCheck{g.Person, g.Name, online})
		c.Free--
	}
	for _, cover := range plan.Covers {
		if cover.Role == role.ID {
			c.Cover = cover.By
		}
	}
	for _, f := range plan.Factors {
		if f.Role == role.ID {
			c.Factor = f.Factor.String()
		}
	}
	return c
}

func sizeOf(bytes uint64) engine.Text {
	if gib := bytes >> 30; gib > 0 {
		return engine.Both("còn trống %d GB", "%d GB free", gib)
	}
	return engine.Both("còn trống %d MB", "%d MB free", bytes>>20)
}

func (s *Server) check(w http.ResponseWriter, r *http.Request, who session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	p, err := s.preflight(r.Context(), room, room.Look(), s.langOf(r))
	if err != nil {
		return err
	}
	return s.show(w, r, who, http.StatusOK, "check", s.say(r, "Kiểm tra trước khi bắt đầu", "Pre-flight"), p)
}

// checkLive tells the page who comes and goes.
func (s *Server) checkLive(w http.ResponseWriter, r *http.Request, _ session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	lang := s.langOf(r)
	return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), draw: func(ctx context.Context, v *live.View) ([]region, error) {
		p, err := s.preflight(ctx, room, v, lang)
		if err != nil {
			return nil, err
		}
		html, err := part("check-state", page{Lang: lang, Data: p})
		return []region{newRegion("state", html)}, err
	}})
}

// postCheck keeps who covers whom and time factors, then begins if told to.
func (s *Server) postCheck(w http.ResponseWriter, r *http.Request, who session) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	id := r.PathValue("drill")
	plan, err := s.plan(r.Context(), id)
	if err != nil {
		return err
	}
	plan.Covers, plan.Factors = coversOf(r.Form), factorsOf(r.Form)
	if _, err := s.changePlan(r.Context(), id, plan); err != nil {
		return err
	}
	if r.FormValue("then") != "start" {
		return to(w, r, "check")
	}
	if _, err := s.act(r.Context(), who, id, Act{Do: engine.StartEx, Key: "start-" + id}); err != nil {
		return err
	}
	return to(w, r, "")
}

// sheet is the join sheet to print and hang up.
func (s *Server) sheet(w http.ResponseWriter, r *http.Request, who session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	p, err := s.preflight(r.Context(), room, room.Look(), s.langOf(r))
	if err != nil {
		return err
	}
	return s.show(w, r, who, http.StatusOK, "sheet", p.Title, p)
}

// logPage is every event of a drill, to read, filter and take along.
func (s *Server) logPage(w http.ResponseWriter, r *http.Request, who session) error {
	id := r.PathValue("drill")
	events, err := s.Store.Events(r.Context(), id, 0)
	if err != nil {
		return err
	}
	names, err := s.names(r.Context(), id)
	if err != nil {
		return err
	}
	view := logView{Drill: id, Find: r.URL.Query().Get("find"), All: len(events)}
	for i := range events {
		line := logLine{Seq: events[i].Seq, At: events[i].At.Clock(), Wall: time.UnixMilli(events[i].Recorded).Format("15:04:05"), Type: string(events[i].Type),
			Who: called(names, events[i].Actor), Role: events[i].Role, ID: events[i].ID, Text: wordsOfEvent(&events[i])}
		if line.matches(view.Find) {
			view.Lines = append(view.Lines, line)
		}
	}
	if r.URL.Query().Get("as") == "csv" {
		return writeCSV(w, id, view.Lines)
	}
	return s.show(w, r, who, http.StatusOK, "log", s.say(r, "Nhật ký", "Log"), view)
}
