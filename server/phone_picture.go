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

// ownRole stands in a picture where the id of a phone's one role belongs: to
// most roles the same is shown, and is drawn once. The page puts it in.
const ownRole = "~role~"

// phoneRegions renders what an audience sees, once for all of it.
func phoneRegions(r *room, v *live.Brief, audience string, who reader) ([]region, error) {
	d := v.Once(audience+lookupOf(v).firstBy[who.Person], func() any {
		o := (&onPhone{Phone: phoneOf(r, v, who), Script: true}).fill()
		var out drawn
		// draw draws a region with data, of which it shows what is in of.
		draw := func(name, template string, data, of any) {
			one, err := r.pictures.hang(v.Version, who.Lang, template, of, func() (region, error) {
				html, err := part(template, page{Lang: who.Lang, Data: data})
				return newRegion(name, html), err
			})
			one.name = name
			out.regions, out.err = append(out.regions, one), errors.Join(out.err, err)
		}
		var keys []string
		for _, c := range o.Live {
			keys = append(keys, c.Key)
		}
		if len(who.Roles) == 1 {
			out.regions = append(out.regions, newRegion("role", who.Roles[0]))
			for _, c := range o.Live {
				c.Role, c.Key = ownRole, c.Inject+"."+ownRole
			}
		}
		if o.Phase == "over" {
			o.Wash = washOf(o.Roles, who.Lang)
			draw("wash", "phone-wash", o, o.Wash)
		}
		draw("tabs", "phone-tabs", o, o.Live)
		draw("idle", "phone-idle", o, o.Phase)
		for i, key := range keys {
			o.Card = o.Live[i]
			arrived := o.Arrived()
			draw("text."+key, "phone-inject", arrived, arrived)
			draw("card."+key, "phone-card", o, o.Card)
		}
		return out
	}).(drawn)
	return d.regions, d.err
}

// gallery keeps what was drawn for the last two versions of a drill, by what
// it was drawn of: of a new picture most is as it was, and what arrived at
// several roles reads the same for each.
type gallery struct {
	mu          sync.Mutex
	version     int64
	now, before map[string]func() (region, error)
}

// hang finds what was drawn of the same, or draws it.
func (g *gallery) hang(version int64, lang engine.Lang, template string, of any, draw func() (region, error)) (region, error) {
	what, err := json.Marshal(of)
	if err != nil {
		return region{}, err
	}
	key := template + " " + string(lang) + " " + string(what)
	g.mu.Lock()
	if version > g.version || g.now == nil {
		g.version, g.before, g.now = version, g.now, map[string]func() (region, error){}
	}
	one := g.now[key]
	if one == nil {
		if one = g.before[key]; one == nil {
			one = sync.OnceValues(draw)
		}
		g.now[key] = one
	}
	g.mu.Unlock()
	return one()
}
