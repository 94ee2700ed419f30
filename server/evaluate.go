package server

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"saban/engine"
	"saban/live"
	"saban/scoring"
)

// Judgement is what an evaluator says of a task, or of a prohibited action.
type Judgement struct {
	Do       engine.Verb    `json:"do" doc:"unseen: it was looked for and not done; settle is for who leads" enum:"observe,unseen,prohibit,mark,rate,settle,note"`
	Key      string         `json:"key" doc:"Unique for this act; sent again with every retry" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Task     string         `json:"task,omitempty" doc:"A response; to rate, settle or note, a capability too; for prohibit the prohibited action; a note may be of none" maxLength:"64"`
	Role     string         `json:"role,omitempty" doc:"observe, prohibit: who did it, if not who was to" maxLength:"64"`
	Observed *engine.Millis `json:"observed_ms,omitempty" doc:"observe, prohibit: when it happened, exercise time, if not now. Saying it again corrects it; the log keeps both" minimum:"0" maximum:"86400000"`
	Content  *engine.Ratio  `json:"content,omitempty" doc:"mark: share of the content that was there, 0 to 1"`
	Boxes    []string       `json:"boxes,omitempty" doc:"mark: what of the content was there, in place of content" maxItems:"40"`
	Rating   string         `json:"rating,omitempty" enum:"P,S,M,U"`
	Text     string         `json:"text,omitempty" doc:"A note; settle: why; rate: what M or U rests on, unless there is a note of the task already" maxLength:"500"`
}

// The acts of an evaluator that are none of the engine's.
const (
	notSeen engine.Verb = "unseen"
	settle  engine.Verb = "settle"
)

func (a *apiOf) registerEvaluate() {
	op(a, Evaluator|Facilitator, http.MethodGet, "/drills/{drill}/evaluation", "get-evaluation", "What is to be watched for, and what was said of it", func(ctx context.Context, in *OfDrill) (*struct{ Body *Evaluation }, error) {
		who := whoOf(ctx)
		r, err := a.room(in.Drill)
		if err != nil {
			return nil, err
		}
		return &struct{ Body *Evaluation }{evaluationOf(r, r.Look(), a.readerOf(r, who, langOf(ctx)), who.Access.Leads())}, nil
	})
	op(a, Evaluator|Facilitator, http.MethodPost, "/drills/{drill}/judgements", "judge", "Observe, mark, rate or note as an evaluator", func(ctx context.Context, in *struct {
		OfDrill
		Body Judgement
	}) (*Acknowledged, error) {
		return a.judge(whoOf(ctx), in.Drill, in.Body, langOf(ctx))
	})
}

// judge carries out what an evaluator says.
func (s *Server) judge(who session, drill string, in Judgement, lang engine.Lang) (*Acknowledged, error) {
	r, v, before, err := s.heard(who, drill, in.Key, in.Text)
	if before != nil || err != nil {
		return before, err
	}
	key := keyOf(who, in.Key)
	cmd, err := commandOf(v, who, in, lang)
	if err != nil {
		return nil, err
	}
	cmd.Actor, cmd.Key = who.Person, key
	if in.Do == engine.Observe || in.Do == notSeen {
		if err := takeBack(r, v, who, in, lang); err != nil {
			return nil, err
		}
	}
	seq, err := r.Do(cmd)
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}

// heard finds the drill that an evaluator's act is for, or what came of the act
// when it was sent before.
func (s *Server) heard(who session, drill, key, text string) (r *room, v *live.View, before *Acknowledged, err error) {
	if r, err = s.room(drill); err != nil {
		return nil, nil, nil, err
	}
	if err := shortEnough(text, 500); err != nil {
		return nil, nil, nil, err
	}
	v, key = r.Look(), keyOf(who, key)
	if i := slices.IndexFunc(v.Log, func(e engine.Event) bool { return e.Key == key }); i >= 0 {
		before = acknowledged(r, v.Log[i].Seq)
	}
	return r, v, before, nil
}

// commandOf says an evaluator's act in the engine's terms.
func commandOf(v *live.View, who session, in Judgement, lang engine.Lang) (engine.Command, error) {
	cmd := engine.Command{Do: in.Do, Body: engine.Body{ID: in.Task, Role: in.Role, Text: cleanText(in.Text), Content: engine.Whole}}
	switch in.Do {
	case engine.Observe, engine.Prohibit:
		if in.Observed != nil {
			cmd.Late, cmd.Observed = true, min(*in.Observed, v.Now()) // a tablet's clock may be a little ahead
		}
	case notSeen:
		cmd.Do, cmd.Mode, cmd.Text = engine.Note, engine.Unseen, engine.Both("Không thấy làm", "Not seen done").In(lang)
	case engine.Mark:
		return markOf(v, who, in, cmd, lang)
	case engine.Rate:
		cmd.Rating, cmd.Reason, cmd.Text = in.Rating, cmd.Text, ""
		return cmd, grounded(v, who, in)
	case settle:
		if !who.Access.Leads() {
			return cmd, errForbidden
		}
		cmd.Do, cmd.Mode, cmd.Rating, cmd.Reason, cmd.Text = engine.Rate, engine.Settled, in.Rating, cmd.Text, ""
	}
	return cmd, nil
}

// grounded refuses a rating of M or U that nothing was written for.
func grounded(v *live.View, who session, in Judgement) error {
	low := scoring.Rating(in.Rating) == scoring.Major || scoring.Rating(in.Rating) == scoring.Unable
	if !low || strings.TrimSpace(in.Text) != "" ||
		slices.ContainsFunc(sayingsOf(v).notes[in.Task], func(e *engine.Event) bool { return e.Actor == who.Person && e.Text != "" }) {
		return nil
	}
	return &engine.Refusal{Code: engine.NeedsReason, Why: engine.Both("mức %s cần một ghi chú nói vì sao", "a rating of %s needs a note that says why", in.Rating),
		Try: engine.Both("ghi một câu, hoặc chọn sẵn một ý, rồi chấm lại", "write a sentence or pick a remark, then rate again")}
}

// markOf marks the content of what the evaluator saw, or else of what is there.
func markOf(v *live.View, who session, in Judgement, cmd engine.Command, lang engine.Lang) (engine.Command, error) {
	if in.Content != nil {
		cmd.Content = *in.Content
	}
	for _, e := range sayingsOf(v).seen[in.Task] {
		if e.Actor == who.Person {
			cmd.Of = e.Seq
		}
	}
	i := slices.IndexFunc(v.Responses, func(r engine.ResponseView) bool { return r.Response.ID == in.Task })
	if i >= 0 && !v.Responses[i].Done {
		return cmd, &engine.Refusal{Code: engine.BadValue, Why: engine.Both("việc này chưa ai làm nên chưa có nội dung để chấm", "nobody has done this, so there is no content to mark"),
			Try: engine.Both("ghi đã thấy làm trước", "record that it was seen done first")}
	}
	if in.Content != nil || i < 0 {
		return cmd, nil
	}
	var there []string
	set := v.Scenario.BoxSet(v.Responses[i].Response.Boxes)
	if set == nil || len(set.Boxes) == 0 {
		return cmd, nil
	}
	for _, b := range set.Boxes {
		if slices.Contains(in.Boxes, b.ID) {
			there = append(there, b.Text.In(lang))
		}
	}
	cmd.Content = engine.Over(int64(len(there)), int64(len(set.Boxes)))
	cmd.Reason = engine.Both("có %d/%d nội dung: %s", "%d of %d contents: %s", len(there), len(set.Boxes), strings.Join(there, "; ")).In(lang)
	return cmd, nil
}

// takeBack retracts what the evaluator saw before of the same task: what they
// say now stands in its place, and the log keeps both.
func takeBack(r *room, v *live.View, who session, in Judgement, lang engine.Lang) error {
	for _, e := range sayingsOf(v).seen[in.Task] {
		if e.Actor != who.Person {
			continue
		}
		why := engine.Both("đánh giá viên sửa điều mình ghi", "corrected by the evaluator").In(lang)
		if _, err := r.Do(engine.Command{Do: engine.Retract, Actor: who.Person, Key: keyOf(who, in.Key+"-back"), Body: engine.Body{Of: e.Seq, Reason: why}}); err != nil {
			return err
		}
	}
	return nil
}
