package server

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/live"
)

// Screen is all that the room's screen shows of a drill: what everybody may
// know. It names no state, no score, nothing that is right or wrong, nothing
// that went to some roles alone and nothing that is to come.
type Screen struct {
	Drill    string
	Title    string
	Site     string
	Code     string // in two groups, to be read out
	Address  string
	Phase    string
	Clock    Clock
	Duration engine.Millis
	Shut     bool // nobody else is let in
	Stages   []ScreenStage
	Teams    []ScreenTeam
	Word     *ScreenWord
	Joined   int         // people who have come in
	Wash     *ScreenWash // once the facilitator has begun it
}

// ScreenStage is a phase of the drill, which is no state of the situation.
type ScreenStage struct {
	Title string
	At    engine.Millis
	Done  bool
	Now   bool
	Known bool // it was entered at At
}

// ScreenTeam says whether a role has something before it, not how it does.
type ScreenTeam struct {
	ID    string // of the role
	Title string
	Held  bool
	Open  int
	Said  bool
}

// ScreenWord is the last thing that went to everybody.
type ScreenWord struct {
	Channel, Text string
	At            engine.Millis
}

// stages of a drill in their order; the hot wash comes after EndEx.
var stages = []struct {
	phase string
	title engine.Text
}{
	{"information", engine.Text{VI: "Nắm thông tin", EN: "Information"}},
	{"response", engine.Text{VI: "Ứng phó", EN: "Response"}},
	{"recovery", engine.Text{VI: "Khắc phục, phục hồi", EN: "Recovery"}},
	{"hot_wash", engine.Text{VI: "Rút kinh nghiệm", EN: "Hot wash"}},
}

// screenOf decides what the room's screen shows.
func screenOf(r *room, v *live.Brief, plan Plan, address string, who reader) *Screen {
	sc := v.Scenario
	s := &Screen{Drill: r.id, Title: plan.Title, Site: sc.Site.Name.In(who.Lang), Code: plan.Code, Address: address, Phase: v.Phase, Clock: clockOf(v, who.Wall), Duration: sc.Duration, Shut: plan.Shut}
	if s.Title == "" {
		s.Title = sc.Title.In(who.Lang)
	}
	if len(s.Code) == 6 {
		s.Code = s.Code[:3] + " " + s.Code[3:]
	}
	s.Stages = stagesOf(v, who.Lang)
	people := map[string]bool{}
	for i := range sc.Roles {
		if !sc.Roles[i].Simulated {
			s.Teams = append(s.Teams, teamOf(v, &sc.Roles[i], who))
		}
	}
	for i := range v.Roles {
		for _, p := range v.Roles[i].Persons {
			people[p] = true
		}
	}
	s.Joined, s.Word = len(people), wordOf(v, who.Lang)
	return s
}

// stagesOf is how far the drill is, by the phases its states belong to.
func stagesOf(v *live.Brief, lang engine.Lang) (out []ScreenStage) {
	phaseOf, used := map[string]string{}, map[string]bool{}
	for i := range v.Scenario.States {
		st := &v.Scenario.States[i]
		phaseOf[st.ID] = st.Phase
		used[st.Phase] = true
	}
	if !used["response"] && !used["recovery"] {
		return nil
	}
	entered := map[string]engine.Millis{}
	enter := func(phase string, at engine.Millis) {
		if _, before := entered[phase]; !before && phase != "" {
			entered[phase] = at
		}
	}
	for i := range v.Log {
		switch e := &v.Log[i]; e.Type {
		case engine.Started:
			enter(phaseOf[v.Game.Initial()], e.At)
		case engine.Moved, engine.Forced:
			enter(phaseOf[e.To], e.At)
		case engine.Ended:
			enter("hot_wash", e.At)
		}
	}
	now := phaseOf[v.State]
	if v.Phase == "over" {
		now = "hot_wash"
	}
	last := slices.IndexFunc(stages, func(s struct {
		phase string
		title engine.Text
	}) bool {
		return s.phase == now
	})
	for i, st := range stages {
		at, known := entered[st.phase]
		out = append(out, ScreenStage{Title: st.title.In(lang), At: at, Known: known, Done: known && i < last, Now: i == last && v.Phase != "waiting"})
	}
	return out
}

// teamOf looks at a role as its phones do.
func teamOf(v *live.Brief, role *engine.Role, who reader) ScreenTeam {
	t := ScreenTeam{ID: role.ID, Title: role.Title.In(who.Lang)}
	for i := range v.Roles {
		if v.Roles[i].Role.ID == role.ID {
			t.Held = v.Roles[i].Filled
		}
	}
	for i := range v.Injects {
		in := &v.Injects[i]
		if in.Status != engine.Out {
			continue
		}
		if c, ok := lookupOf(v).card(in, role.ID, who); ok {
			switch c.Stage {
			case stageAsk:
				if v.Phase != "over" {
					t.Open++
				}
			case stageDone:
				t.Said = true
			}
		}
	}
	return t
}

// wordOf finds the last inject that every player has been given.
func wordOf(v *live.Brief, lang engine.Lang) (last *ScreenWord) {
	for i := range v.Injects {
		in := &v.Injects[i]
		all := in.Status == engine.Out && !slices.ContainsFunc(v.Scenario.Roles, func(r engine.Role) bool { return !r.Simulated && !in.Inject.Reads(r.ID) })
		if all && (last == nil || in.ReleasedAt >= last.At) {
			last = &ScreenWord{channelName(lang, in.Inject.Channel), strings.TrimSpace(in.Text.In(lang)), in.ReleasedAt}
		}
	}
	return last
}
