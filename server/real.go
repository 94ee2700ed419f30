package server

import (
	"net/http"

	"saban/engine"
	"saban/live"
	"saban/report"
)

// RealReport is a participant's word that something real has happened. The
// facilitator decides whether the drill stops.
type RealReport struct {
	Key  string `json:"key" doc:"Unique for this act; sent again with every retry" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Text string `json:"text,omitempty" doc:"What happened, and where" maxLength:"200"`
}

// RealAlarm is such a report as the facilitator sees it, until the drill stops
// or it is said to be none.
type RealAlarm struct {
	Seq  int64
	At   engine.Millis
	Wall int64
	Who  string // name and role
	Role string // without the name, which is not for the log
	Text string
	More int // others that came in since the last decision
}

// openReports lists the reports nobody has decided on yet, newest first.
func openReports(log []engine.Event) (open []*engine.Event) {
	for i := len(log) - 1; i >= 0; i-- {
		e := &log[i]
		report := e.Type == engine.Noted && e.Mode == engine.ReportsReal
		switch {
		case e.Type == engine.StoppedReal || e.Type == engine.Ended || report && e.Of != 0:
			return open
		case report:
			open = append(open, e)
		}
	}
	return open
}

// alarmOf is what asks the facilitator to stop.
func alarmOf(v *live.View, names map[string]string, lang engine.Lang) *RealAlarm {
	open := openReports(v.Log)
	if len(open) == 0 {
		return nil
	}
	e := open[0]
	a := &RealAlarm{Seq: e.Seq, At: e.At, Wall: e.Recorded, Role: rolesOf(v.Scenario, []string{e.Role}, lang), Text: e.Text, More: len(open) - 1}
	a.Who = a.Role
	if name := names[e.Actor]; name != "" {
		a.Who = name + " · " + a.Role
	}
	return a
}

// noteText is a note as the console lists it.
func noteText(e *engine.Event, lang engine.Lang) string {
	switch {
	case e.Mode == engine.ReportsReal && e.Of == 0:
		return engine.Both("BÁO SỰ CỐ THẬT: %s", "REAL INCIDENT REPORTED: %s", e.Text).In(lang)
	case e.Mode == engine.ReportsReal:
		return engine.Both("Báo #%d không phải sự cố thật", "Report #%d is no real incident", e.Of).In(lang)
	}
	if engine.HotWash(e.Mode) {
		return report.QuestionTitle(e.Mode).In(lang) + ": " + e.Text
	}
	return e.Said().In(lang)
}

// reportReal puts a participant's report before the facilitator. Who has one
// there already adds nothing by another.
func (s *Server) reportReal(who session, in RealReport) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	if err := shortEnough(in.Text, 200); err != nil {
		return nil, err
	}
	text := cleanText(in.Text)
	if text == "" {
		text = engine.Both("sự cố thật", "a real incident").In(s.Lang)
	}
	v := r.Peek()
	if v.Phase == "over" {
		return nil, &engine.Refusal{Code: engine.IsOver, Why: engine.Both("buổi diễn tập đã kết thúc", "the drill is over"), Try: engine.Both("gọi 112–115 và báo chỉ huy tại chỗ", "call 112–115 and tell the commander on site")}
	}
	for _, e := range openReports(v.Log) {
		if e.Actor == who.Person {
			return acknowledged(r, e.Seq), nil
		}
	}
	body := engine.Body{Text: text, Mode: engine.ReportsReal}
	if len(who.Roles) > 0 {
		body.Role = who.Roles[0]
	}
	seq, err := r.Do(engine.Command{Do: engine.Note, Actor: who.Person, Key: keyOf(who, in.Key), Body: body})
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}

// alarmForm is the page on which a phone without script reports, and who
// cannot hold a button down.
type alarmForm struct {
	Phase string
	Key   string
	Text  string
	Sent  bool
	Wrong *Problem
}

func (s *Server) showAlarm(w http.ResponseWriter, r *http.Request, who session, f alarmForm) error {
	room, err := s.room(who.Drill)
	if err != nil {
		return err
	}
	f.Phase, f.Key, f.Sent = room.Peek().Phase, random(16), r.URL.Query().Has("sent")
	status := http.StatusOK
	if f.Wrong != nil {
		status = f.Wrong.Status
	}
	return s.show(w, r, who, status, "alarm", s.say(r, "Báo sự cố thật", "Report a real incident"), &f)
}

func (s *Server) postAlarm(w http.ResponseWriter, r *http.Request, who session) error {
	in := RealReport{Text: r.FormValue("text")}
	var err error
	if in.Key, err = keyOn(r); err == nil && r.FormValue("sure") == "" {
		err = &engine.Refusal{Code: engine.BadValue, Why: engine.Both("chưa xác nhận", "it is not confirmed"), Try: engine.Both("đánh dấu ô xác nhận rồi báo", "tick the box, then report")}
	}
	if err == nil {
		_, err = s.reportReal(who, in)
	}
	if err != nil {
		p := tell(err, s.langOf(r))
		s.grave("alarm failed", p, who.Drill, err)
		return s.showAlarm(w, r, who, alarmForm{Text: in.Text, Wrong: p})
	}
	http.Redirect(w, r, "/p/su-co-that?sent=1", http.StatusSeeOther)
	return nil
}
