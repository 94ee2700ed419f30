package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// rehearsed is the outcome of one rehearsal.
type rehearsed struct {
	File       string               `json:"file"`
	Scenario   string               `json:"scenario"`
	Name       engine.Text          `json:"name"`
	OK         bool                 `json:"ok"`
	State      string               `json:"state"`
	Total      *scoring.Points      `json:"total"`
	Grade      scoring.Grade        `json:"grade"`
	Mismatches []scenarios.Mismatch `json:"mismatches"`
}

func (a *app) testCmd() *cobra.Command {
	var scenario, site string
	cmd := &cobra.Command{
		Use:   "test [SCENARIO | PLAY …]",
		Short: a.say("chạy thử các tệp chạy thử và so với điều mong đợi", "run rehearsals and compare with what they expect"),
		Long: a.say("Không nêu gì thì chạy mọi tệp của mọi kịch bản có sẵn. Mã thoát 2 khi có tệp không như mong đợi.",
			"Without an argument every rehearsal of every shipped scenario runs. Exit code 2 when one is not as expected."),
		Example: "  saban test\n  saban test bomb-threat\n  saban test my-play.yaml --scenario my-market.yaml",
		RunE:    func(_ *cobra.Command, args []string) error { return a.test(args, scenario, site) },
	}
	cmd.Flags().StringVar(&scenario, "scenario", "", a.say("tệp kịch bản cho các tệp chạy thử, khi không có sẵn", "scenario file of the plays, when it is not a shipped one"))
	cmd.Flags().StringVar(&site, "site", "", a.say("tệp cơ sở đặt lên kịch bản", "site file to lay over the scenario"))
	return cmd
}

func (a *app) test(args []string, scenario, site string) error {
	if len(args) == 0 {
		args = scenarios.Shipped()
	}
	var all []rehearsed
	failed := 0
	for _, arg := range args {
		plays, of, err := a.plays(arg, scenario, site)
		if err != nil {
			return err
		}
		for _, src := range plays {
			one, err := a.rehearse(of, src)
			if err != nil {
				return err
			}
			if !one.OK {
				failed++
			}
			all = append(all, one)
			if !a.json {
				a.printRehearsed(&one)
			}
		}
	}
	if a.json {
		if err := a.printJSON(map[string]any{"rehearsals": all, "passed": len(all) - failed, "failed": failed}); err != nil {
			return err
		}
	} else {
		a.println(a.say("%d đạt, %d không đạt", "%d passed, %d failed", len(all)-failed, failed))
	}
	if failed > 0 {
		return faulty(engine.Text{})
	}
	return nil
}

// plays finds the rehearsals an argument stands for, and their scenario.
func (a *app) plays(arg, scenario, site string) ([]scenarios.Source, *scenarios.File, error) {
	if !isPath(arg) {
		of, err := a.scenario(arg, site)
		return scenarios.Rehearsals(arg), of, err
	}
	src, err := a.readFile(arg)
	if err != nil {
		return nil, nil, err
	}
	if scenario == "" {
		scenario = topLevel(src.Bytes, "scenario")
	}
	of, err := a.scenario(scenario, site)
	return []scenarios.Source{src}, of, err
}

func (a *app) rehearse(of *scenarios.File, src scenarios.Source) (rehearsed, error) {
	one := rehearsed{File: src.Name, Scenario: of.Scenario.ID, Mismatches: []scenarios.Mismatch{}}
	play, found := scenarios.ReadPlay(src, of.Scenario)
	if err := a.refuse(found); err != nil {
		return one, err
	}
	one.Name = play.Name
	conduct, err := scenarios.Rehearse(of.Compiled, play)
	if err != nil {
		return one, playError(err)
	}
	card := scoring.Score(of.Scenario, scoring.Default().With(of.Rubric), conduct.Log)
	one.State, one.Total, one.Grade = card.State, card.Total, card.Grade
	one.Mismatches = append(one.Mismatches, play.Judge(card, conduct.Log)...)
	one.OK = len(one.Mismatches) == 0
	return one, nil
}

func (a *app) printRehearsed(one *rehearsed) {
	mark, total := a.say("đạt ", "ok  "), "–"
	if !one.OK {
		mark = a.say("HỎNG", "FAIL")
	}
	if one.Total != nil {
		total = one.Total.In(a.lang)
	}
	a.println(fmt.Sprintf("%s  %s  %s  %s", mark, pad(total, -6), pad(one.State, 14), one.File))
	for _, m := range one.Mismatches {
		a.println("      " + m.Format(a.lang))
	}
}
