package server

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"saban/engine"
)

// Standing is how a drill fares, as the board of all of them shows it.
type Standing struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Scenario string        `json:"scenario" doc:"Title of what is played"`
	Phase    string        `json:"phase" enum:"waiting,running,paused,stopped,over"`
	Practice bool          `json:"practice,omitempty"`
	Clock    Clock         `json:"clock"`
	Duration engine.Millis `json:"duration_ms"`
	State    string        `json:"state" doc:"Title of the state the situation is in"`
	Online   int           `json:"online" doc:"Devices that are heard from"`
	Devices  int           `json:"devices"`
	Alarms   []Alarm       `json:"alarms" doc:"What its facilitator should see to, the gravest first"`
}

// Alarm is something of a drill that wants a facilitator.
type Alarm struct {
	Kind  string `json:"kind" enum:"real,reported,trouble,fault,halted,unread,relays,marks,taps,offline"`
	Count int    `json:"count,omitempty"`
	Text  string `json:"text"`
}

// Grave reports whether an alarm stands in the way of the drill.
func (a Alarm) Grave() bool {
	return a.Kind == "real" || a.Kind == "reported" || a.Kind == "trouble" || a.Kind == "fault"
}

// board is every drill that is conducted and that somebody may lead: those
// that run first, those that are over last.
func (s *Server) board(ctx context.Context, who session, lang engine.Lang) ([]Standing, error) {
	out := []Standing{}
	for _, r := range s.conducted() {
		if who.Access != Administrator && r.id != who.Drill {
			continue
		}
		one, err := s.standing(ctx, r, lang)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	order := []string{"stopped", "running", "paused", "waiting", "over"}
	slices.SortFunc(out, func(a, b Standing) int {
		return cmp.Or(slices.Index(order, a.Phase)-slices.Index(order, b.Phase), strings.Compare(a.Title, b.Title), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

// standing is worked out once for all who look at the same moment of a drill.
func (s *Server) standing(ctx context.Context, r *room, lang engine.Lang) (Standing, error) {
	type made struct {
		Standing
		err error
	}
	v := r.Look()
	m := v.Once("board "+string(lang), func() any {
		plan, err := s.plan(context.WithoutCancel(ctx), r.id)
		if err != nil {
			return made{err: err}
		}
		one := standingOf(consoleOf(r, v, plan, nil, lang), lang)
		one.Clock = clockOf(v.Brief, s.Time.Wall())
		return made{one, nil}
	}).(made)
	return m.Standing, m.err
}

func standingOf(c *Console, lang engine.Lang) Standing {
	one := Standing{ID: c.Drill, Title: c.Title, Scenario: c.Subtitle, Phase: c.Phase, Practice: c.Practice, Duration: c.Duration,
		Online: c.Devices.Online, Devices: c.Devices.All}
	if len(c.Path) > 0 {
		one.State = c.Path[len(c.Path)-1]
	}
	one.Alarms = alarmsOf(c, lang)
	return one
}

// alarmsOf is what a facilitator's eye is drawn to, the gravest first.
func alarmsOf(c *Console, lang engine.Lang) []Alarm {
	out := []Alarm{}
	add := func(when bool, kind string, count int, text engine.Text) {
		if when {
			out = append(out, Alarm{kind, count, text.In(lang)})
		}
	}
	add(c.Phase == "stopped", "real", 0, engine.Both("sự cố thật: đã dừng", "real incident: stopped"))
	add(c.Alarm != nil, "reported", 0, engine.Both("có người báo sự cố thật", "a real incident is reported"))
	add(c.Trouble, "trouble", 0, engine.Both("không ghi được nhật ký", "the log cannot be written"))
	add(c.Fault != "", "fault", 0, engine.Both("máy trạng thái chạy vòng", "the state machine went in circles"))
	add(c.Halted != "", "halted", 0, engine.Both("dừng ngoài ý muốn, chờ chạy tiếp", "stands by itself, wants to be resumed"))
	if c.Phase == "waiting" || c.Phase == "over" {
		add(c.Phase == "over" && len(c.Marks) > 0, "marks", len(c.Marks), engine.Both("%d câu cần chấm", "%d to mark", len(c.Marks)))
		return out
	}
	away := len(c.Devices.Away)
	add(len(c.Unread) > 0, "unread", len(c.Unread), engine.Both("%d tin chưa ai nhận", "%d not received", len(c.Unread)))
	add(len(c.Relays) > 0, "relays", len(c.Relays), engine.Both("%d vai chưa được báo", "%d not told yet", len(c.Relays)))
	add(len(c.Marks) > 0, "marks", len(c.Marks), engine.Both("%d câu cần chấm", "%d to mark", len(c.Marks)))
	add(len(c.Taps) > 0, "taps", len(c.Taps), engine.Both("%d giờ bấm chờ xét", "%d taps to decide", len(c.Taps)))
	add(away > 0, "offline", away, engine.Both("%d máy mất kết nối", "%d devices lost", away))
	return out
}

// NewTeams is one scenario for several teams, each with a drill of its own.
type NewTeams struct {
	Scenario string       `json:"scenario" doc:"Id of a scenario of this server" maxLength:"64"`
	Site     string       `json:"site,omitempty" doc:"Name of a site file of this server" maxLength:"128"`
	Speed    engine.Ratio `json:"speed,omitempty" doc:"1 = real time; any other is practice" maximum:"100"`
	Teams    []string     `json:"teams" doc:"What each team is called; its drill is called the same" minItems:"1" maxItems:"30"`
}

// mostTeams is how many drills are made at once.
const mostTeams = 30

// createTeams makes a drill for each team, after a look at all the names.
func (s *Server) createTeams(ctx context.Context, n NewTeams) ([]Created, error) {
	names := make([]string, 0, len(n.Teams))
	for _, name := range n.Teams {
		name = cleanName(name)
		if name == "" {
			continue
		}
		if has(names, name) {
			return nil, &engine.Refusal{Code: engine.BadValue, Why: engine.Both("có hai đội cùng tên %q", "two teams are called %q", name), Try: engine.Both("đặt tên khác nhau", "give them different names")}
		}
		names = append(names, name)
	}
	if len(names) == 0 || len(names) > mostTeams {
		return nil, &engine.Refusal{Code: engine.BadValue, Why: engine.Both("có %d tên đội", "%d teams are named", len(names)), Try: engine.Both("nêu từ 1 đến %d đội, mỗi dòng một tên", "name 1 to %d teams, one a line", mostTeams)}
	}
	out := make([]Created, 0, len(names))
	for _, name := range names {
		made, err := s.create(ctx, NewDrill{Scenario: n.Scenario, Site: n.Site, Title: name, Speed: n.Speed})
		if err != nil {
			return out, err
		}
		out = append(out, made)
	}
	return out, nil
}

// StartTogether names the drills to begin at once.
type StartTogether struct {
	Drills []string `json:"drills" minItems:"1" maxItems:"60"`
}

// Begun is what came of starting one of several drills.
type Begun struct {
	Drill   string   `json:"drill"`
	Seq     int64    `json:"seq,omitempty" doc:"The event by which it began"`
	Problem *Problem `json:"problem,omitempty" doc:"Why it did not begin; the others did"`
}

// startTogether begins drills one right after the other. One that cannot
// begin holds up no other.
func (s *Server) startTogether(ctx context.Context, who session, drills []string, lang engine.Lang) []Begun {
	out := make([]Begun, 0, len(drills))
	for _, id := range drills {
		one := Begun{Drill: id}
		err := errOtherDrill
		var ack *Acknowledged
		if who.Access == Administrator || id == who.Drill {
			ack, err = s.act(ctx, who, id, Act{Do: engine.StartEx, Key: "start-" + id})
		}
		if err != nil {
			one.Problem = tell(err, lang)
			s.grave("start failed", one.Problem, id, err)
		} else {
			one.Seq = ack.Body.Seq
		}
		out = append(out, one)
	}
	return out
}
