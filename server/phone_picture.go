package server

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"saban/engine"
	"saban/live"
)

// phoneAudience says whose phones show the same: who holds the same roles sees
// the same, but for what each was the first to answer.
func phoneAudience(lang engine.Lang, who session) string {
	return "phone " + string(lang) + " " + strings.Join(who.Roles, " ") + " |"
}

// phoneRegions renders what an audience sees, once for all of it.
func phoneRegions(r *room, v *live.Brief, audience string, who reader) ([]region, error) {
	d := v.Once(audience+lookupOf(v).firstBy[who.Person], func() any {
		o := (&onPhone{Phone: phoneOf(r, v, who), Script: true}).fill()
		p := page{Lang: who.Lang, Data: o}
		var out drawn
		draw := func(of any, names, templates []string) {
			same, err := json.Marshal(of)
			var some []region
			if err == nil {
				some, err = r.pictures.hang(v.Version, audience+string(same), func() ([]region, error) { return drawEach(p.With(o), names, templates) })
			}
			out.regions, out.err = append(out.regions, some...), errors.Join(out.err, err)
		}
		if o.Phase == "over" {
			o.Wash = washOf(o.Roles, who.Lang)
			draw("hot wash", []string{"wash"}, []string{"phone-wash"})
		}
		draw(o.Live, []string{"tabs"}, []string{"phone-tabs"})
		draw(o.Phase, []string{"idle"}, []string{"phone-idle"})
		for _, o.Card = range o.Live {
			draw(o.Card, []string{"text." + o.Card.Key, "card." + o.Card.Key}, []string{"phone-inject", "phone-card"})
		}
		return out
	}).(drawn)
	return d.regions, d.err
}

// drawEach draws regions from templates.
func drawEach(p page, names, templates []string) (out []region, err error) {
	for i, name := range names {
		html, wrong := part(templates[i], p)
		out, err = append(out, newRegion(name, html)), errors.Join(err, wrong)
	}
	return out, err
}

// gallery keeps what was drawn for the last two versions of a drill, by what
// it was drawn of: of a new picture most is as it was.
type gallery struct {
	mu          sync.Mutex
	version     int64
	now, before map[string][]region
}

// hang finds what was drawn of the same, or draws it.
func (g *gallery) hang(version int64, of string, draw func() ([]region, error)) ([]region, error) {
	g.mu.Lock()
	if version > g.version || g.now == nil {
		g.version, g.before, g.now = version, g.now, map[string][]region{}
	}
	some, there := g.now[of]
	if !there {
		some, there = g.before[of]
	}
	g.mu.Unlock()
	var err error
	if !there {
		some, err = draw()
	}
	if err == nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.now[of] = some
	}
	return some, err
}
