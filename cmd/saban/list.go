package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
)

// listed is a shipped scenario in one line.
type listed struct {
	ID         string        `json:"id"`
	Title      engine.Text   `json:"title"`
	Threat     string        `json:"threat"`
	Facility   engine.Text   `json:"facility"`
	DurationMS engine.Millis `json:"duration_ms"`
	States     int           `json:"states"`
	Injects    int           `json:"injects"`
	Responses  int           `json:"responses"`
	Rehearsals int           `json:"rehearsals"`
}

// listing is what list prints as JSON.
type listing struct {
	Scenarios []listed `json:"scenarios"`
}

func (a *app) listCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   a.say("các kịch bản có sẵn", "the scenarios that come with saban"),
		Example: "  saban list\n  saban list --json",
		Args:    a.wantsNothing,
		RunE:    func(*cobra.Command, []string) error { return a.list() },
	}
}

func (a *app) list() error {
	all := []listed{}
	for _, id := range scenarios.Shipped() {
		file, err := a.scenario(id, "")
		if err != nil {
			return err
		}
		s := file.Scenario
		one := listed{ID: s.ID, Title: s.Title, Threat: s.Threat, Facility: s.Site.About, DurationMS: s.Duration,
			States: len(s.Situations()), Injects: len(s.Injects), Rehearsals: len(scenarios.Rehearsals(id))}
		for i := range s.Injects {
			one.Responses += len(s.Injects[i].Expects)
		}
		all = append(all, one)
	}
	if a.json {
		return a.printJSON(listing{all})
	}
	rows := make([][]string, len(all))
	for i, s := range all {
		rows[i] = []string{s.ID, s.Title.In(a.lang), a.span(s.DurationMS), fmt.Sprint(s.Injects), fmt.Sprint(s.Responses), fmt.Sprint(s.Rehearsals)}
	}
	a.table([]column{{a.say("mã", "id"), 0, false}, {a.say("kịch bản", "scenario"), 44, false}, {a.say("dài", "length"), 0, true},
		{a.say("tình huống", "injects"), 0, true}, {a.say("hành động", "responses"), 0, true}, {a.say("chạy thử", "rehearsals"), 0, true}}, rows)
	return nil
}
