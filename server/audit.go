package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"saban/engine"
	"saban/live"
	"saban/store"
)

// Deed is something done about a drill that its log does not tell: who was
// let in, by whom, and what was taken back. It names nobody but by id.
type Deed struct {
	At     int64  `json:"at" doc:"Wall clock, milliseconds since 1970 UTC"`
	What   string `json:"what" enum:"invited,revoked,came,turned_away,forgotten,closed,reviewed,signed_in,signed_out"`
	By     string `json:"by,omitempty" doc:"Person who did it"`
	About  string `json:"about,omitempty" doc:"Person or invitation it is about"`
	Access Access `json:"access,omitempty" enum:"participant,projector,observer,evaluator,facilitator,administrator"`
}

// deedKind keeps what was done about a drill; about none: about the server.
func deedKind(drill string) string { return "deed " + drill }

// note keeps a deed, in the order of time.
func (s *Server) note(ctx context.Context, drill string, d Deed) error {
	return noteIn(ctx, s.Store, s.Time.Wall(), drill, d)
}

func noteIn(ctx context.Context, keep store.Store, now time.Time, drill string, d Deed) error {
	d.At = now.UnixMilli()
	value, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return keep.Put(ctx, deedKind(drill), fmt.Sprintf("%019d %s", now.UnixNano(), random(6)), value)
}

// deeds are those of a drill, in order of time.
func (s *Server) deeds(ctx context.Context, drill string) ([]Deed, error) {
	records, err := s.Store.Records(ctx, deedKind(drill))
	if err != nil {
		return nil, err
	}
	out := make([]Deed, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Value, &out[i]); err != nil {
			return nil, fmt.Errorf("deed %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// trace is a row of the audit page: an act that bent the run, or a deed.
type trace struct {
	Wall           int64
	At             string // exercise time; "" of what is not in the log
	Seq            int64
	Who, What, Why string
}

// bends are the events that change what the scenario, a player or the machine
// would have had.
var bends = map[engine.EventType]bool{engine.Overridden: true, engine.Forced: true, engine.Retracted: true, engine.Recalled: true, engine.Skipped: true,
	engine.Edited: true, engine.Postponed: true, engine.Held: true, engine.Written: true, engine.Marked: true, engine.Rated: true, engine.Assigned: true,
	engine.Started: true, engine.Paused: true, engine.Resumed: true, engine.Ended: true, engine.StoppedReal: true, engine.ResumedReal: true}

// auditPage is who did what about a drill.
type auditPage struct {
	Drill, Title string
	Rows         []trace
}

func (s *Server) audit(w http.ResponseWriter, r *http.Request, who session) error {
	drill, lang := r.PathValue("drill"), s.langOf(r)
	room, v, err := s.lookBack(drill)
	if err != nil {
		return err
	}
	names, err := s.names(r.Context(), drill)
	if err != nil {
		return err
	}
	if names[leader] == "" {
		names[leader] = accessTitle(lang, Administrator)
	}
	p := auditPage{Drill: drill, Title: s.titleOf(r, drill)}
	for i := range v.Log {
		if e := &v.Log[i]; bends[e.Type] && e.Actor != "" {
			p.Rows = append(p.Rows, trace{Wall: e.Recorded, At: e.At.Clock(), Seq: e.Seq, Who: called(names, e.Actor), What: bendWords(room, v, e, names, lang), Why: e.Reason})
		}
	}
	list, err := s.deeds(r.Context(), drill)
	if err == nil && who.Access == Administrator {
		list, err = s.withDoors(r.Context(), list, room)
	}
	if err != nil {
		return err
	}
	for _, d := range list {
		p.Rows = append(p.Rows, trace{Wall: d.At, Who: d.doer(names, lang), What: d.words(names, lang)})
	}
	slices.SortStableFunc(p.Rows, func(a, b trace) int { return cmp.Compare(a.Wall, b.Wall) })
	return s.show(w, r, who, http.StatusOK, "audit", s.say(r, "Ai đã làm gì", "Who did what"), p)
}

// withDoors adds who signed in to this server since a drill was made.
func (s *Server) withDoors(ctx context.Context, list []Deed, r *room) ([]Deed, error) {
	doors, err := s.deeds(ctx, "")
	if err != nil {
		return nil, err
	}
	e, _ := s.entry(ctx, r.id)
	for _, d := range doors {
		if d.At >= e.Created {
			list = append(list, d)
		}
	}
	return list, nil
}

// bendWords tells an event of the audit, its reason apart.
func bendWords(r *room, v *live.Brief, e *engine.Event, names map[string]string, lang engine.Lang) string {
	told := *e
	told.Reason = ""
	say := func(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(lang) }
	switch e.Type {
	case engine.Rated:
		return say("Chấm mức %s: %s", "%s rated %s", e.ID, e.Rating)
	case engine.Written:
		return say("Viết tình huống đột xuất %s", "Wrote the ad hoc inject %s", e.Inject.ID)
	case engine.Assigned:
		role := rolesOf(v.Scenario, []string{e.Role}, lang)
		if e.Person == "" {
			return say("Bỏ trống vai %s", "Left the role %s empty", role)
		}
		return say("Nhận vai %s: %s", "%s given to %s", role, called(names, e.Person))
	case engine.Forced:
		return say("Chuyển tay từ “%s” sang “%s”", "Forced from “%s” to “%s”", stateTitle(r.file.Scenario, e.From, lang), stateTitle(r.file.Scenario, e.To, lang))
	case engine.Overridden:
		return say("Chấm lại %s: %s", "%s set by hand: %s", e.ID, setWords(e.Override, lang))
	case engine.Retracted:
		return say("Rút lại sự kiện #%d", "Retracted event #%d", e.Of)
	case engine.StoppedReal:
		return say("Dừng vì sự cố thật", "Stopped for a real incident")
	}
	l, _ := feedLine(&live.View{Brief: v}, &told, names, lang)
	return l.Text
}

// doer is who did it; without a person, whoever had the data folder.
func (d *Deed) doer(names map[string]string, lang engine.Lang) string {
	if d.By == "" {
		return engine.Both("dòng lệnh", "command line").In(lang)
	}
	return called(names, d.By)
}

// words tells a deed.
func (d *Deed) words(names map[string]string, lang engine.Lang) string {
	say := func(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(lang) }
	as, about := accessTitle(lang, d.Access), called(names, d.About)
	switch d.What {
	case "invited":
		return say("Mời %s (lời mời %s)", "Invited: %s (invitation %s)", as, about)
	case "revoked":
		return say("Thu hồi lời mời %s (%s)", "Took the invitation %s back (%s)", about, as)
	case "came":
		return say("Vào làm %s bằng lời mời %s", "Came in as %s with the invitation %s", as, about)
	case "turned_away":
		return say("Mời %s ra", "Turned %s away", about)
	case "forgotten":
		return say("Xóa tên của %s", "Removed the name of %s", d.About)
	case "closed":
		return say("Khóa hồ sơ", "Closed the file")
	case "reviewed":
		return say("Sửa lời rút kinh nghiệm và kế hoạch khắc phục", "Changed the review and the improvement plan")
	case "signed_in":
		return say("Đăng nhập bằng mật khẩu", "Signed in with the passphrase")
	case "signed_out":
		return say("Đăng xuất", "Signed out")
	}
	return d.What
}

// setWords tells which facts of a response were set by hand.
func setWords(o *engine.FactsOverride, lang engine.Lang) string {
	say := func(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(lang) }
	var out []string
	if o.Done != nil {
		out = append(out, map[bool]string{true: say("đã làm", "done"), false: say("chưa làm", "not done")}[*o.Done])
	}
	if o.Observed != nil {
		out = append(out, say("lúc %s", "at %s", o.Observed.Clock()))
	}
	if o.Owner != nil {
		out = append(out, say("người làm tính %s", "owner counts %s", o.Owner.Percent()))
	}
	if o.Content != nil {
		out = append(out, say("nội dung %s", "content %s", o.Content.Percent()))
	}
	return strings.Join(out, ", ")
}
