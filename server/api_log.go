package server

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"saban/engine"
)

// Logged is one event, written as it stands in the drill file, without the
// hash of its line.
type Logged struct{ engine.Event }

func logged(events []engine.Event) []Logged {
	out := make([]Logged, len(events))
	for i := range events {
		out[i] = Logged{events[i]}
	}
	return out
}

// MarshalJSON writes the event's canonical bytes.
func (l Logged) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil), nil }

// Schema describes those bytes.
func (Logged) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[LoggedEvent](), true, "LoggedEvent")
}

// LoggedEvent is the form of an event in the drill file. Keys that say nothing
// are left out.
type LoggedEvent struct {
	Seq      int64                 `json:"seq" minimum:"1" doc:"Place in the log, from 1, without gaps"`
	Type     engine.EventType      `json:"type" doc:"What happened" example:"released"`
	At       engine.Millis         `json:"at" minimum:"0" doc:"Exercise time, milliseconds since StartEx; never goes back"`
	Recorded string                `json:"recorded" format:"date-time" doc:"The same by the wall clock, UTC"`
	Actor    string                `json:"actor,omitempty" doc:"Id of who did it; absent: the engine"`
	Key      string                `json:"key,omitempty" doc:"Idempotency key of the act it came from"`
	Cause    int64                 `json:"cause,omitempty" doc:"Place of the act it followed from"`
	ID       string                `json:"id,omitempty" doc:"The inject, response, prohibited action or flag it is about"`
	Role     string                `json:"role,omitempty"`
	Person   string                `json:"person,omitempty"`
	Device   string                `json:"device,omitempty"`
	From     string                `json:"from,omitempty" doc:"The state that was left"`
	To       string                `json:"to,omitempty" doc:"The state that was entered"`
	Via      string                `json:"via,omitempty" doc:"The transition it went by"`
	Mode     string                `json:"mode,omitempty" doc:"In which of several ways it happened"`
	Of       int64                 `json:"of,omitempty" doc:"The event it is about"`
	Moment   engine.Millis         `json:"moment,omitempty" doc:"Exercise time something was put off to"`
	Tap      engine.Millis         `json:"tap,omitempty" doc:"Exercise time the device says it was tapped, where that did not count"`
	Observed *engine.Millis        `json:"observed,omitempty" doc:"Exercise time it counts at, where that is not at"`
	Content  *engine.Ratio         `json:"content,omitempty" doc:"Share of the content that was there, of observed and marked"`
	Rating   string                `json:"rating,omitempty" enum:"P,S,M,U"`
	Choices  []string              `json:"choices,omitempty"`
	Boxes    []engine.Ticks        `json:"boxes,omitempty"`
	Text     string                `json:"text,omitempty"`
	Photo    string                `json:"photo,omitempty" doc:"noted: SHA-256 of the photo kept beside the log, lower case hex"`
	Words    *engine.Text          `json:"words,omitempty"`
	Reason   string                `json:"reason,omitempty"`
	Override *engine.FactsOverride `json:"override,omitempty"`
	Start    *engine.Start         `json:"start,omitempty"`
	Inject   *engine.Inject        `json:"inject,omitempty"`
}
