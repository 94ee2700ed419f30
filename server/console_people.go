package server

import (
	"slices"
	"time"

	"saban/engine"
	"saban/live"
)

// Devices is how the phones of the room fare.
type Devices struct {
	Online, All int
	Delay       int64 // median round trip, milliseconds
	Away        []AwayDevice
}

// AwayDevice is a phone that is not heard from.
type AwayDevice struct {
	Person string
	Roles  string
	Since  int64 // by the wall clock, milliseconds since 1970
}

// devices counts who is online.
func (c *Console) devices(v *live.View, names map[string]string, lang engine.Lang) {
	var late []time.Duration
	for _, d := range v.Devices {
		c.Devices.All++
		if d.Online {
			c.Devices.Online++
			if d.Late > 0 {
				late = append(late, d.Late)
			}
			continue
		}
		c.Devices.Away = append(c.Devices.Away, AwayDevice{called(names, d.Person), rolesOf(v.Scenario, d.Roles, lang), v.Wall.Add(d.Since - v.Mono).UnixMilli()})
	}
	if len(late) > 0 {
		slices.Sort(late)
		c.Devices.Delay = late[len(late)/2].Milliseconds()
	}
}

func called(names map[string]string, person string) string {
	if name := names[person]; name != "" {
		return name
	}
	return person
}

// Team is how a role does so far.
type Team struct {
	Title                           string
	Answered, Of, OnTime, Slow, Out int
	Mean                            string
}

// results sums up what has been scored so far.
func (c *Console) results(v *live.View, lang engine.Lang) {
	if v.Card.Total != nil {
		c.Total = v.Card.Total.In(lang)
	}
	for _, role := range v.Card.Roles {
		t := v.Scenario.Role(role.Role)
		if t == nil || role.Responses == 0 {
			continue
		}
		team := Team{Title: t.Title.In(lang), Answered: role.Done, Of: role.Responses, OnTime: role.OnTime, Slow: role.Done - role.OnTime, Out: role.Missed}
		team.Mean = role.Mean.Percent()
		c.Teams = append(c.Teams, team)
	}
}

// Arrival is somebody who has come in and may be turned away.
type Arrival struct {
	Person, Name, Roles string
	Came                int64 // by the wall clock, milliseconds since 1970
}

// mostArrivals is how many of the last to come in are named.
const mostArrivals = 4

// arrivals lists who came in last, the newest first.
func (c *Console) arrivals(v *live.View, guests []Guest, lang engine.Lang) {
	for i := len(guests) - 1; i >= 0 && len(c.Arrivals) < mostArrivals; i-- {
		g := &guests[i]
		name := g.Name
		if name == "" {
			name = g.Person
		}
		c.Arrivals = append(c.Arrivals, Arrival{g.Person, name, rolesOf(v.Scenario, g.Roles, lang), g.Came})
	}
}
