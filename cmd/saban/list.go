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

func (a *app) listCmd() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   a.say("các kịch bản có sẵn", "the scenarios that come with saban"),
		Example: "  saban list\n  saban list --json",
		Args:    a.wants(0, 0, engine.Both("không tham số nào", "no arguments")),
		RunE:    func(*cobra.Command, []string) error { return a.list() },
	}
}

func (a *app) list() error {
	var all []listed
	for _, id := range scenarios.Shipped() {
		file, err := a.scenario(id, "")
		if err != nil {
			return err
		}
		s := file.Scenario
		one := listed{ID: s.ID, Title: s.Title, Threat: s.Threat, Facility: s.Site.About, DurationMS: s.Duration,
			States: len(s.States), Injects: len(s.Injects), Rehearsals: len(scenarios.Rehearsals(id))}
		for i := range s.Injects {
			one.Responses += len(s.Injects[i].Expects)
		}
		all = append(all, one)
	}
	if a.json {
		return a.printJSON(map[string]any{"scenarios": all})
	}
	rows := make([][]string, len(all))
	for i, s := range all {
		rows[i] = []string{s.ID, s.Title.In(a.lang), s.DurationMS.String(), fmt.Sprint(s.Injects), fmt.Sprint(s.Responses), fmt.Sprint(s.Rehearsals)}
	}
	a.table([]string{a.say("mã", "id"), a.say("kịch bản", "scenario"), a.say("dài", "length"), a.say("tình huống", "injects"),
		a.say("hành động", "responses"), a.say("chạy thử", "rehearsals")}, []int{0, 60, -9, -10, -9, -10}, rows)
	return nil
}
