package main

import (
	"encoding/json"
	"strings"

	"saban/engine"
	"saban/scoring"
	"saban/store"
)

// rescored is what score --diff prints as JSON.
type rescored struct {
	Drill     string `json:"drill"`
	Head      string `json:"head"`
	Played    string `json:"engine_played"` // version that played the drill
	Scored    string `json:"engine"`        // version that scores it now
	RubricWas rules  `json:"rubric_was"`
	RubricIs  rules  `json:"rubric_is"`
	scoring.Rescoring
}

// rules name a rubric; SHA256 is of all of it, as a drill file pins it.
type rules struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// rescore compares the score under the pinned rubric with that under other
// rules: those of a file, or those that this version would score by.
func (a *app) rescore(p *played, is scoring.Rubric, name string) error {
	raw, err := json.Marshal(is)
	if err != nil {
		return err
	}
	if name == "" {
		name = byDefault
	}
	h := &p.file.Header
	out := rescored{Drill: h.Drill, Head: p.file.Head, Played: h.Engine, Scored: engine.Version,
		RubricWas: rules{h.Rubric.Name, h.Rubric.SHA256}, RubricIs: rules{name, store.Pin(name, raw).SHA256}}
	before, after := scoring.Explain(p.scenario.Scenario, p.rubric, p.file.Events), scoring.Explain(p.scenario.Scenario, is, p.file.Events)
	out.Rescoring = scoring.Rescore(&before, &after)
	if a.json {
		return a.printJSON(out)
	}
	a.printRescored(&out, p.scenario.Scenario)
	return nil
}

func (a *app) printRescored(r *rescored, s *engine.Scenario) {
	a.println(a.bold(a.say("CHẤM LẠI", "SCORED AGAIN")) + " · " + s.Title.In(a.lang))
	a.println("  " + a.say("cũ   thang điểm %s %s, engine %s", "old  rubric %s %s, engine %s", r.RubricWas.Name, short(r.RubricWas.SHA256), r.Played))
	a.println("  " + a.say("mới  thang điểm %s %s, engine %s", "new  rubric %s %s, engine %s", a.rubricName(r.RubricIs.Name), short(r.RubricIs.SHA256), r.Scored))
	a.println("")
	a.println("  " + a.bold(a.say("tổng điểm %s → %s", "total %s → %s", a.result(r.Was), a.result(r.Is))))
	if len(r.Rules) == 0 {
		a.println("")
		a.paragraph("  ", a.say("hai thang điểm nói cùng một điều", "both rubrics say the same"))
		return
	}
	a.heading("Quy tắc khác nhau", "Rules that differ")
	for i := range r.Rules {
		a.item("~", r.Rules[i].Text().In(a.lang))
	}
	a.heading("Từng hành động", "Responses")
	a.table([]column{{a.say("mã", "id"), 0, false}, {a.say("điểm", "points"), 0, false}, {a.say("mức", "rating"), 0, false}, {a.say("vì sao", "why"), 0, false}}, a.rescoredRows(r))
}

// byDefault names the rubric that no file was given for.
const byDefault = "default"

func (a *app) rubricName(name string) string {
	if name == byDefault {
		return a.say("mặc định", "default")
	}
	return name
}

func short(sha string) string { return sha[:min(12, len(sha))] }

func (a *app) result(r scoring.Result) string {
	if r.Total == nil {
		return a.say("không có gì để chấm", "nothing to score")
	}
	return r.Total.In(a.lang) + " (" + r.Grade.Title().In(a.lang) + ")"
}

func (a *app) rescoredRows(r *rescored) [][]string {
	var rows [][]string
	add := func(id string, points scoring.Rescored, rating string, why []engine.Text) {
		shown := signedPoints(points.Is, a.lang)
		if points.Was != points.Is {
			shown = signedPoints(points.Was, a.lang) + " → " + signedPoints(points.Is, a.lang)
		}
		words := make([]string, len(why))
		for i, text := range why {
			words[i] = text.In(a.lang)
		}
		rows = append(rows, []string{id, shown, rating, strings.Join(words, "; ")})
	}
	for i := range r.Items {
		it := &r.Items[i]
		rating := string(it.Is.Rating)
		if it.Was.Rating != it.Is.Rating {
			rating = string(it.Was.Rating) + " → " + rating
		}
		add(it.ID, it.Points, rating, it.Why)
	}
	add(a.say("thứ tự", "order"), r.Order, "", nil)
	for _, p := range r.Penalties {
		add(p.ID, p.Points, "", p.Why)
	}
	for _, g := range r.Gates {
		add(a.say("trần", "ceiling"), g.Points, "", g.Why)
	}
	return rows
}
