package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"saban/engine"
	"saban/live"
	"saban/report"
	"saban/store"
)

// HotWash is how far the facilitator has led the hot wash: what the room's
// screen shows, and what it may. It is kept beside the log.
type HotWash struct {
	Show     string   `json:"show" doc:"What the room's screen shows: over until the hot wash begins, then an inject, what phones said, or the result" enum:"over,step,words,result"`
	Step     string   `json:"step,omitempty" doc:"The inject it stands at"`
	Page     int      `json:"page,omitempty" doc:"Which page of it, where it does not fit on one, from 0"`
	Revealed []string `json:"revealed" doc:"The injects whose expected responses may be shown"`
	Result   bool     `json:"result,omitempty" doc:"The result may be shown"`
	Hidden   []int64  `json:"hidden" doc:"Words that stay off the room's screen, by their event"`
	Until    int64    `json:"until,omitempty" doc:"Words said after this event are not on the room's screen yet"`
}

// What the room's screen shows of a hot wash.
const (
	showOver   = "over"
	showStep   = "step"
	showWords  = "words"
	showResult = "result"
)

// WashMove leads the hot wash on. Made twice it changes nothing more.
type WashMove struct {
	Show   string  `json:"show,omitempty" doc:"As it was, unless said" enum:"over,step,words,result"`
	Step   string  `json:"step,omitempty" doc:"An inject that was released; the one it stands at, or else the first, unless said" maxLength:"64"`
	Page   int     `json:"page,omitempty" doc:"The first, unless said" minimum:"0" maximum:"10000"`
	Reveal *bool   `json:"reveal,omitempty" doc:"Show what was expected at this inject, or hide it again"`
	Result *bool   `json:"result,omitempty" doc:"Show the result, or hide it again"`
	Hide   []int64 `json:"hide,omitempty" doc:"Words to keep off the room's screen, by their event" maxItems:"1000"`
	Unhide []int64 `json:"unhide,omitempty" doc:"Words to let on it again" maxItems:"1000"`
	Until  int64   `json:"until,omitempty" doc:"Let words on it up to this event; when its words are shown anew, all said so far, unless said" minimum:"0"`
}

const washKind = "hot wash"

func (a *apiOf) registerWash() {
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/hotwash", "get-hot-wash", "How far the hot wash is, the inject it stands at, and what was said", func(ctx context.Context, in *OfDrill) (*struct{ Body *Review }, error) {
		r, err := a.room(in.Drill)
		if err != nil {
			return nil, err
		}
		review, err := a.review(ctx, r, r.Look(), langOf(ctx))
		return &struct{ Body *Review }{review}, err
	})
	op(a, Facilitator, http.MethodPut, "/drills/{drill}/hotwash", "lead-hot-wash", "Lead the hot wash: what the room's screen shows and may show", func(ctx context.Context, in *struct {
		OfDrill
		Body WashMove
	}) (*struct{ Body HotWash }, error) {
		r, err := a.room(in.Drill)
		if err != nil {
			return nil, err
		}
		at, err := a.leadWash(ctx, r, in.Body)
		return &struct{ Body HotWash }{at}, err
	})
}

// washAt reads how far the hot wash of a drill is.
func (s *Server) washAt(ctx context.Context, drill string) (HotWash, error) {
	at := HotWash{Show: showOver, Revealed: []string{}, Hidden: []int64{}}
	value, err := s.Store.Get(ctx, washKind, drill)
	if errors.Is(err, store.ErrNotFound) {
		return at, nil
	}
	if err == nil {
		err = json.Unmarshal(value, &at)
	}
	return at, err
}

// leadWash carries a move out and has the screens follow.
func (s *Server) leadWash(ctx context.Context, r *room, move WashMove) (HotWash, error) {
	r.washing.Lock()
	defer r.washing.Unlock()
	at, err := s.washAt(ctx, r.id)
	if err != nil {
		return at, err
	}
	v := r.Peek()
	if v.Phase != "over" {
		return at, &engine.Refusal{Code: engine.NotOver, Why: engine.Both("chưa đến lúc rút kinh nghiệm", "it is too early for the hot wash"), Try: engine.Both("kết thúc buổi diễn tập trước", "end the drill first")}
	}
	if move.Show == showWords && move.Until == 0 {
		move.Until = lastWord(v)
	}
	if err := at.move(released(v), move); err != nil {
		return at, err
	}
	value, err := json.Marshal(at)
	if err == nil {
		err = s.Store.Put(ctx, washKind, r.id, value)
	}
	if err != nil {
		return at, err
	}
	r.Glance()
	return at, nil
}

// move changes where the hot wash stands.
func (at *HotWash) move(steps []*engine.InjectView, move WashMove) error {
	if move.Show != "" {
		at.Show = move.Show
	}
	if move.Step != "" {
		at.Step = move.Step
	}
	if at.Step == "" && len(steps) > 0 {
		at.Step = steps[0].Inject.ID
	}
	if at.Show == showStep || move.Step != "" || move.Reveal != nil {
		if !slices.ContainsFunc(steps, func(in *engine.InjectView) bool { return in.Inject.ID == at.Step }) {
			return &engine.Refusal{Code: engine.NotReleased, Why: engine.Both("không có tình huống nào như thế đã phát", "no such inject was released"), Try: engine.Both("chọn trong danh sách", "choose one of the list")}
		}
	}
	at.Page = move.Page
	at.Until = max(at.Until, move.Until)
	if move.Reveal != nil {
		at.Revealed = without(at.Revealed, at.Step)
		if *move.Reveal {
			at.Revealed = append(at.Revealed, at.Step)
		}
	}
	if move.Result != nil {
		at.Result = *move.Result
	}
	at.Hidden = without(without(at.Hidden, move.Unhide...), move.Hide...)
	at.Hidden = append(at.Hidden, move.Hide...)
	if len(at.Hidden) > mostHidden {
		return &engine.Refusal{Code: engine.BadValue, Why: engine.Both("ẩn nhiều lời quá", "too many words are hidden"), Try: engine.Both("đừng chiếu phần lời", "do not show the words")}
	}
	return nil
}

// mostHidden keeps the record small.
const mostHidden = 10_000

// without is a list without some of it, each left once.
func without[T comparable](list []T, some ...T) []T {
	return slices.DeleteFunc(list, func(one T) bool { return slices.Contains(some, one) })
}

// released are the injects that went out, in the order they did.
func released(v *live.Brief) []*engine.InjectView {
	return v.Once("released", func() any {
		var out []*engine.InjectView
		for i := range v.Injects {
			if in := &v.Injects[i]; in.Status == engine.Out {
				out = append(out, in)
			}
		}
		slices.SortStableFunc(out, func(a, b *engine.InjectView) int { return int(a.ReleasedAt - b.ReleasedAt) })
		return out
	}).([]*engine.InjectView)
}

// lastAt is the inject in force at a time: the last one released by then.
func lastAt(steps []*engine.InjectView, at engine.Millis) string {
	found := ""
	for i, in := range steps {
		if i == 0 || in.ReleasedAt <= at {
			found = in.Inject.ID
		}
	}
	return found
}

// calledIn is what an inject is called: what was written on the spot, after its
// first words.
func calledIn(in *engine.InjectView, lang engine.Lang) string {
	if title := in.Inject.Title.In(lang); title != "" {
		return title
	}
	text := []rune(in.Text.In(lang))
	if len(text) <= longHead {
		return string(text)
	}
	return string(text[:longHead]) + "…"
}

const longHead = 60

// WashWords are what was said to one question, by role.
type WashWords struct {
	Question string      `json:"question" enum:"went_well,went_badly,to_change"`
	Ask      string      `json:"ask"`
	Head     string      `json:"head" doc:"What stands over the answers"`
	Count    int         `json:"count"`
	Roles    []RoleWords `json:"roles"`
}

// RoleWords are what one role said to a question.
type RoleWords struct {
	Role  string    `json:"role" doc:"In words; never a person"`
	Words []OneWord `json:"words"`
}

// OneWord is one thing that was said.
type OneWord struct {
	Event  int64  `json:"event"`
	Text   string `json:"text"`
	Hidden bool   `json:"hidden,omitempty" doc:"It stays off the room's screen"`
	Waits  bool   `json:"waits,omitempty" doc:"It was said since words were let on the room's screen"`
}

// washWords gathers what was said, by question and in the scenario's order of
// roles, what nobody's role said last.
func washWords(v *live.Brief, at *HotWash, lang engine.Lang) []WashWords {
	roles := append(slices.Clone(v.Scenario.Roles), engine.Role{Title: engine.Text{VI: "Cả phòng", EN: "The room"}})
	off := map[int64]bool{}
	for _, seq := range at.Hidden {
		off[seq] = true
	}
	said := map[[2]string][]OneWord{}
	for _, e := range wordsIn(v) {
		of := [2]string{e.Mode, e.Role}
		if v.Scenario.Role(e.Role) == nil {
			of[1] = ""
		}
		said[of] = append(said[of], OneWord{e.Seq, e.Text, off[e.Seq], e.Seq > at.Until})
	}
	var out []WashWords
	for _, q := range washQuestions {
		one := WashWords{Question: q.Mode, Ask: q.Ask.In(lang), Head: report.QuestionTitle(q.Mode).In(lang), Roles: []RoleWords{}}
		for i := range roles {
			if words := said[[2]string{q.Mode, roles[i].ID}]; len(words) > 0 {
				one.Roles = append(one.Roles, RoleWords{roles[i].Title.In(lang), words})
				one.Count += len(words)
			}
		}
		out = append(out, one)
	}
	return out
}
