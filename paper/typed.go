package paper

import (
	"path"
	"strings"
	"time"

	"saban/engine"
	"saban/scenarios"
)

// Log is what a draft comes to, the events of the drill; or all that the
// engine does not take, beside the events of the rest.
func Log(f *scenarios.File, d *scenarios.Draft) ([]engine.Event, scenarios.Findings) {
	start := engine.Start{}
	start.Seats, start.Covers = d.Seating(f)
	if f.Site != nil {
		start.Site = path.Base(f.Site.Source.Name)
	}
	return Enter(f.Compiled, d, start)
}

// DrillID is the id of the drill a draft becomes.
func DrillID(f *scenarios.File, d *scenarios.Draft) string {
	return f.Scenario.ID + "-" + time.UnixMilli(d.Began).In(scenarios.Zone).Format("20060102-150405")
}

// Thing is an id that may be said to have happened, and what it stands for.
type Thing struct {
	ID   string
	Text engine.Text
}

// Things are all of a scenario, the injects each with what it expects first.
func Things(s *engine.Scenario) (all []Thing) {
	for i := range s.Injects {
		in := &s.Injects[i]
		all = append(all, Thing{in.ID, in.Title})
		for j := range in.Expects {
			r := &in.Expects[j]
			all = append(all, Thing{r.ID, r.Do})
			for _, w := range r.Ways {
				all = append(all, Thing{w.ID, w.Do})
			}
		}
	}
	for _, x := range s.Prohibited {
		all = append(all, Thing{x.ID, x.Text})
	}
	for _, x := range s.Distractors {
		all = append(all, Thing{x.ID, x.Text})
	}
	for _, x := range s.Situations() {
		all = append(all, Thing{x.ID, x.Title})
	}
	for _, x := range s.Flags {
		all = append(all, Thing{x.ID, x.Text})
	}
	return all
}

// Happened says in words what a step of a draft says: what, which role, and
// what the id stands for in the scenario as it was played.
func Happened(s *engine.Scenario, step *scenarios.Step, lang engine.Lang) string {
	said := []string{deed(step).In(lang)}
	c := &step.Command
	if c.Do == engine.Observe && c.Content < engine.Whole {
		said = append(said, engine.Both("đủ %s", "%s of it", c.Content.Decimal(3).In(lang)).In(lang))
	}
	if c.Do == engine.Respond {
		said = append(said, engine.Both("chọn %s", "chose %s", strings.Join(c.Choices, " ")).In(lang))
	}
	if c.Inject != nil {
		said = append(said, c.Inject.Text.In(lang))
	}
	if c.Role != "" {
		said = append(said, roleTitle(s, c.Role).In(lang))
	}
	for _, text := range []string{c.Text, c.Reason, meaning(s, c.ID).In(lang)} {
		if text != "" {
			said = append(said, text)
		}
	}
	return strings.Join(said, " · ")
}

// deed names the sort of act and what it is about.
func deed(step *scenarios.Step) engine.Text {
	c := &step.Command
	switch c.Do {
	case engine.Observe:
		return engine.Both("đã làm %s", "%s done", c.ID)
	case engine.Prohibit:
		return engine.Both("điều cấm %s", "prohibited %s", c.ID)
	case engine.Respond:
		return engine.Both("phiếu %s", "slip %s", c.ID)
	case engine.Relay:
		return engine.Both("báo lại %s", "%s passed on", c.ID)
	case engine.Release:
		return engine.Both("phát %s", "%s given out", c.ID)
	case engine.Hold:
		return engine.Both("giữ %s", "%s held", c.ID)
	case engine.Unhold:
		return engine.Both("thôi giữ %s", "%s no longer held", c.ID)
	case engine.Skip:
		return engine.Both("không phát %s", "%s not given out", c.ID)
	case engine.AdHoc:
		return engine.Both("tình huống mới %s", "new inject %s", c.Inject.ID)
	case engine.Force:
		return engine.Both("chuyển tay sang %s", "forced into %s", c.To)
	case engine.RaiseFlag:
		return engine.Both("cờ %s", "flag %s", c.ID)
	case engine.Pause:
		return engine.Fill("tạm dừng %s", "pause of %s", step.Pause.Words())
	case engine.Mark:
		return engine.Fill("chấm %s: %s", "%s marked %s", engine.Same(c.ID), c.Content.Decimal(3))
	case engine.Rate:
		return engine.Both("mức %s: %s", "%s rated %s", c.ID, c.Rating)
	}
	return engine.Both("ghi chú", "note")
}

func roleTitle(s *engine.Scenario, id string) engine.Text {
	if r := s.Role(id); r != nil {
		return r.Title
	}
	return engine.Same(id)
}

// meaning is what an id stands for.
func meaning(s *engine.Scenario, id string) engine.Text {
	for _, x := range Things(s) {
		if x.ID == id {
			return x.Text
		}
	}
	return engine.Text{}
}
