package server

import (
	"context"
	"slices"

	"saban/engine"
	"saban/live"
	"saban/scoring"
)

// Review is the hot wash as whoever leads it sees it.
type Review struct {
	Drill    string       `json:"drill"`
	Title    string       `json:"title"`
	Phase    string       `json:"phase" enum:"waiting,running,paused,stopped,over"`
	At       HotWash      `json:"position"`
	Steps    []ReviewStep `json:"steps" doc:"Every inject that was released, in order of time"`
	Now      *StepDetail  `json:"step,omitempty" doc:"The one it stands at"`
	Words    []WashWords  `json:"words"`
	Last     int64        `json:"last_word" doc:"The event of the last word said, 0 for none"`
	Rated    int          `json:"rated" doc:"Tasks evaluators have rated"`
	Tasks    int          `json:"tasks" doc:"Tasks that were asked"`
	Debrief  []string     `json:"debrief" doc:"What the scenario has for this talk"`
	Result   *WashResult  `json:"result,omitempty" doc:"Once it was revealed"`
	Roles    []PhoneRole  `json:"roles"`
	Pages    int          `json:"pages" doc:"How many pages the room's screen has of this"`
	PageSeen int          `json:"page" doc:"The one it shows, from 0"`
}

// ReviewStep is an inject in the list of them.
type ReviewStep struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	At       engine.Millis `json:"at_ms"`
	Now      bool          `json:"now,omitempty"`
	Revealed bool          `json:"revealed,omitempty"`
}

// StepDetail is an inject with what came of it.
type StepDetail struct {
	ReviewStep
	No         int         `json:"number" doc:"From 1"`
	Channel    string      `json:"channel,omitempty"`
	From       string      `json:"from,omitempty"`
	To         string      `json:"to"`
	Text       string      `json:"text"`
	Moves      []StepMove  `json:"moves" doc:"Where the situation went before the next inject"`
	Outcomes   []Outcome   `json:"outcomes" doc:"What was expected and how it came out"`
	Prohibited []StepWrong `json:"prohibited" doc:"Prohibited actions seen before the next inject"`
}

// StepMove is a change of state.
type StepMove struct {
	At     engine.Millis `json:"at_ms"`
	To     string        `json:"to"`
	Forced bool          `json:"forced,omitempty"`
}

// StepWrong is a prohibited action.
type StepWrong struct {
	At       engine.Millis   `json:"at_ms"`
	Text     string          `json:"text"`
	Role     string          `json:"role,omitempty"`
	Severity engine.Severity `json:"severity" enum:"minor,major,life"`
}

// Outcome is how an expected response came out, by role and never by person.
type Outcome struct {
	ID        string         `json:"id"`
	Do        string         `json:"do"`
	Role      string         `json:"role" doc:"Who was to do it"`
	Other     string         `json:"other,omitempty" doc:"Who did it, where that was another role"`
	Critical  bool           `json:"critical,omitempty"`
	How       string         `json:"how" doc:"slow: after the target, within the limit; late: past the limit; unasked: its time never came" enum:"on_time,slow,late,missed,unasked"`
	Proactive bool           `json:"proactive,omitempty" doc:"Done before it was called for"`
	Target    engine.Millis  `json:"target_ms"`
	Limit     engine.Millis  `json:"limit_ms"`
	After     *engine.Millis `json:"after_ms,omitempty" doc:"From the receipt of the inject"`
	At        *engine.Millis `json:"at_ms,omitempty" doc:"Exercise time it was done at"`
	Content   *engine.Ratio  `json:"content,omitempty" doc:"How much of its content was there, 0 to 1"`
	Boxes     []Tick         `json:"boxes,omitempty" doc:"Its contents; ticked where a team said so"`
	Rating    scoring.Rating `json:"rating" nullable:"true"`
	Rated     bool           `json:"rated,omitempty" doc:"By an evaluator, not suggested"`
}

// WashResult is the result of the whole drill.
type WashResult struct {
	Total        *scoring.Points  `json:"total"`
	Grade        string           `json:"grade,omitempty"`
	Verdict      string           `json:"verdict"`
	Capabilities []WashCapability `json:"capabilities"`
}

// WashCapability is how one capability came out.
type WashCapability struct {
	Title  string         `json:"title"`
	Rating scoring.Rating `json:"rating" nullable:"true"`
}

// review gathers what whoever leads the hot wash sees.
func (s *Server) review(ctx context.Context, r *room, v *live.View, lang engine.Lang) (*Review, error) {
	at, err := s.washAt(ctx, r.id)
	if err != nil {
		return nil, err
	}
	plan, err := s.plan(ctx, r.id)
	if err != nil {
		return nil, err
	}
	out := &Review{Drill: r.id, Title: plan.Title, Phase: v.Phase, At: at, Steps: []ReviewStep{}, Debrief: []string{}, Roles: []PhoneRole{}}
	if out.Title == "" {
		out.Title = v.Scenario.Title.In(lang)
	}
	steps := released(v.Brief)
	for i, in := range steps {
		step := ReviewStep{in.Inject.ID, calledIn(in, lang), in.ReleasedAt, in.Inject.ID == at.Step || at.Step == "" && i == 0, has(at.Revealed, in.Inject.ID)}
		if step.Now {
			out.Now = detailOf(v, steps, in, step, lang)
			out.Now.No = i + 1
		}
		out.Steps = append(out.Steps, step)
	}
	out.Words = washWords(v.Brief, &at, lang)
	out.Last = lastWord(v.Brief)
	for i := range v.Scenario.Debrief {
		out.Debrief = append(out.Debrief, v.Scenario.Debrief[i].In(lang))
	}
	for i := range v.Scenario.Roles {
		if role := &v.Scenario.Roles[i]; !role.Simulated {
			out.Roles = append(out.Roles, PhoneRole{role.ID, role.Title.In(lang)})
		}
	}
	out.Rated, out.Tasks = rated(&v.Card)
	if at.Result {
		out.Result = resultOf(&v.Card, lang)
	}
	if shown := screenWashOf(v.Brief, at, func() *live.View { return v }, lang); shown != nil {
		out.Pages, out.PageSeen = shown.Pages, shown.Page
	}
	return out, nil
}

// rated counts the tasks that were asked, and those an evaluator has rated.
func rated(card *scoring.Scorecard) (done, of int) {
	for i := range card.Items {
		if it := &card.Items[i]; it.Triggered {
			of++
			if it.Rated != nil || it.Disputed {
				done++
			}
		}
	}
	return done, of
}

// Waiting counts the words that were said while words are on the room's
// screen, and are not on it yet.
func (r *Review) Waiting() (n int) {
	for _, q := range r.Words {
		for _, role := range q.Roles {
			for _, w := range role.Words {
				if r.At.Show == showWords && w.Waits && !w.Hidden {
					n++
				}
			}
		}
	}
	return n
}

// Unrated is how many tasks no evaluator has rated.
func (r *Review) Unrated() int { return r.Tasks - r.Rated }

func detailOf(v *live.View, steps []*engine.InjectView, in *engine.InjectView, step ReviewStep, lang engine.Lang) *StepDetail {
	d := &StepDetail{ReviewStep: step, Channel: in.Inject.Channel, From: speaker(v.Brief, in.Inject.From, lang), To: addressees(v.Brief, in, lang), Text: in.Text.In(lang),
		Moves: []StepMove{}, Prohibited: []StepWrong{}, Outcomes: outcomesOf(v, step.ID, lang)}
	for i := range v.Log {
		if e := &v.Log[i]; (e.Type == engine.Moved || e.Type == engine.Forced) && lastAt(steps, e.At) == step.ID {
			d.Moves = append(d.Moves, StepMove{e.At, stateTitle(v.Scenario, e.To, lang), e.Type == engine.Forced})
		}
	}
	for i := range v.Card.Penalties {
		p := &v.Card.Penalties[i]
		if lastAt(steps, p.AtMS) != step.ID {
			continue
		}
		wrong := StepWrong{At: p.AtMS, Text: p.ID, Role: speaker(v.Brief, p.Role, lang), Severity: p.Severity}
		if k := slices.IndexFunc(v.Scenario.Prohibited, func(def engine.Prohibited) bool { return def.ID == p.ID }); k >= 0 {
			wrong.Text = v.Scenario.Prohibited[k].Text.In(lang)
		}
		d.Prohibited = append(d.Prohibited, wrong)
	}
	return d
}

// addressees is to whom an inject went.
func addressees(v *live.Brief, in *engine.InjectView, lang engine.Lang) string {
	var to []string
	all := true
	for i := range v.Scenario.Roles {
		role := &v.Scenario.Roles[i]
		switch {
		case role.Simulated:
		case in.Inject.Reads(role.ID):
			to = append(to, role.ID)
		default:
			all = false
		}
	}
	if all {
		to = nil
	}
	return rolesOf(v.Scenario, to, lang)
}

// outcomesOf are the responses expected at an inject.
func outcomesOf(v *live.View, inject string, lang engine.Lang) []Outcome {
	out := []Outcome{}
	items := map[string]*scoring.Item{}
	for i := range v.Card.Items {
		items[v.Card.Items[i].ID] = &v.Card.Items[i]
	}
	for _, r := range lookupOf(v.Brief).responses[inject] {
		if it := items[r.Response.ID]; it != nil {
			out = append(out, outcomeOf(v, r, it, lang))
		}
	}
	return out
}

func outcomeOf(v *live.View, r *engine.ResponseView, it *scoring.Item, lang engine.Lang) Outcome {
	o := Outcome{ID: it.ID, Do: it.Do.In(lang), Role: rolesOf(v.Scenario, []string{it.By}, lang), Critical: it.Critical, Proactive: it.Proactive,
		Target: engine.Millis(it.Target), Limit: engine.Millis(it.Limit), Rating: it.Rating, Rated: it.Rated != nil, How: "on_time"}
	switch {
	case !it.Triggered && !it.Done:
		o.How = "unasked"
	case !it.Done:
		o.How = "missed"
	case it.Late:
		o.How = "late"
	case it.Actual != nil && *it.Actual > it.Target:
		o.How = "slow"
	}
	if it.Done {
		if it.Actual != nil {
			o.After = new(engine.Millis(*it.Actual))
		}
		if it.Observed != nil {
			o.At = new(engine.Millis(*it.Observed))
		}
		o.Content = it.Content
		if it.DoneBy != "" && !r.Response.Owns(it.DoneBy) {
			o.Other = speaker(v.Brief, it.DoneBy, lang)
		}
	}
	if set := v.Scenario.BoxSet(r.Response.Boxes); set != nil && r.Response.Boxes != "" && it.Done {
		said := boxesSaid(v.Brief, it.ID)
		for _, b := range set.Boxes {
			o.Boxes = append(o.Boxes, Tick{b.ID, b.Text.In(lang), said[b.ID]})
		}
	}
	return o
}

// boxesSaid are the contents of a response that teams have ticked.
func boxesSaid(v *live.Brief, response string) map[string]bool {
	out := map[string]bool{}
	for _, sent := range lookupOf(v).answers {
		for _, e := range sent {
			for _, t := range e.Boxes {
				if t.Response != response {
					continue
				}
				for _, b := range t.Boxes {
					out[b] = true
				}
			}
		}
	}
	return out
}

func resultOf(card *scoring.Scorecard, lang engine.Lang) *WashResult {
	out := &WashResult{Total: card.Total, Verdict: card.Verdict.In(lang), Capabilities: []WashCapability{}}
	if card.Total != nil {
		out.Grade = card.Grade.Title().In(lang)
	}
	for i := range card.CapabilityDetails {
		c := &card.CapabilityDetails[i]
		out.Capabilities = append(out.Capabilities, WashCapability{capital(c.Title.In(lang)), c.Final})
	}
	return out
}
