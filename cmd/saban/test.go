package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// rehearsed is the outcome of one rehearsal. State is null when it could not
// be played; Stopped then says why, or Mismatches what is wrong in the file.
type rehearsed struct {
	File       string             `json:"file"`
	Scenario   string             `json:"scenario"`
	Name       engine.Text        `json:"name"`
	OK         bool               `json:"ok"`
	State      *string            `json:"state"`
	Total      *scoring.Points    `json:"total"`
	Grade      scoring.Grade      `json:"grade"`
	Mismatches scenarios.Findings `json:"mismatches"`
	Stopped    *engine.Text       `json:"stopped"`

	code int
}

// tested is what test prints as JSON.
type tested struct {
	Rehearsals []rehearsed `json:"rehearsals"`
	Passed     int         `json:"passed"`
	Failed     int         `json:"failed"`
}

func (a *app) testCmd() *cobra.Command {
	var scenario, site string
	cmd := &cobra.Command{
		Use:   "test " + a.say("[KỊCH_BẢN | TỆP_CHẠY_THỬ …]", "[SCENARIO | PLAY_FILE …]"),
		Short: a.say("chạy thử các tệp chạy thử và so với điều mong đợi", "run rehearsals and compare with what they expect"),
		Long: a.say("Không nêu gì thì chạy mọi tệp của mọi kịch bản có sẵn. Mã thoát 2 khi có tệp không như mong đợi.",
			"Without an argument every rehearsal of every shipped scenario runs. Exit code 2 when one is not as expected."),
		Example:           "  saban test\n  saban test bomb-threat\n  saban test my-play.yaml --scenario my-market.yaml",
		ValidArgsFunction: shippedIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return a.test(args, scenario, site) },
	}
	cmd.Flags().StringVar(&scenario, "scenario", "", a.say("`tệp` kịch bản của các tệp chạy thử, khi không phải kịch bản có sẵn", "scenario `file` of the plays, when it is not a shipped one"))
	cmd.Flags().StringVar(&site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	return cmd
}

func (a *app) test(args []string, scenario, site string) error {
	if len(args) == 0 {
		args = scenarios.Shipped()
	}
	all := []rehearsed{}
	codes := map[int]int{}
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
			codes[one.code]++
			all = append(all, one)
			if !a.json {
				a.printRehearsed(&one)
			}
		}
	}
	if err := a.printTest(all, codes[exitGood]); err != nil {
		return err
	}
	switch {
	case codes[exitFailed] > 0:
		return &failure{code: exitFailed}
	case codes[exitFaults] > 0:
		return faulty(engine.Text{})
	}
	return nil
}

func (a *app) printTest(all []rehearsed, passed int) error {
	if a.json {
		return a.printJSON(tested{all, passed, len(all) - passed})
	}
	a.println(a.say("%d đạt, %d không đạt", "%d passed, %d failed", passed, len(all)-passed))
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
		if scenario, _, _ = topLevel(src.Bytes, "scenario"); scenario == "" {
			return nil, nil, cannot(nil, engine.Both("%s: không nêu kịch bản nào", "%s: it names no scenario", arg), engine.Both("xem saban check %s", "see saban check %s", arg))
		}
	}
	of, err := a.scenario(scenario, site)
	var f *failure
	if errors.As(err, &f) && !f.hint.Empty() && !isPath(scenario) {
		f.hint = engine.Both("nêu tệp kịch bản: saban test %s --scenario KỊCH_BẢN.yaml", "name the scenario's file: saban test %s --scenario SCENARIO.yaml", arg)
	}
	return []scenarios.Source{src}, of, err
}

// rehearse plays one file. What is wrong with it is part of the outcome.
func (a *app) rehearse(of *scenarios.File, src scenarios.Source) (rehearsed, error) {
	one := rehearsed{File: src.Name, Scenario: of.Scenario.ID, Mismatches: scenarios.Findings{}, code: exitFaults}
	play, found := scenarios.ReadPlay(src, of.Scenario)
	if play != nil {
		one.Name = play.Name
	}
	if found.Failed() {
		one.Mismatches = found.Only(scenarios.Error)
		return one, nil
	}
	seat(play, of)
	conduct, err := scenarios.Rehearse(of.Compiled, play)
	var stopped *failure
	if err = playError(err); errors.As(err, &stopped) {
		one.Stopped, one.code = &stopped.text, stopped.code
		return one, nil
	}
	if err != nil {
		return one, err
	}
	card := scoring.Score(of.Scenario, scoring.Default().With(of.Rubric), conduct.Log)
	one.State, one.Total, one.Grade = &card.State, card.Total, card.Grade
	one.Mismatches = append(one.Mismatches, play.Judge(card, conduct.Log)...)
	if one.OK = len(one.Mismatches) == 0; one.OK {
		one.code = exitGood
	}
	return one, nil
}

func (a *app) printRehearsed(one *rehearsed) {
	mark, total, state := a.say("đạt ", "ok  "), "–", "–"
	if !one.OK {
		mark = a.say("HỎNG", "FAIL")
	}
	if one.Total != nil {
		total = one.Total.In(a.lang)
	}
	if one.State != nil {
		state = *one.State
	}
	a.println(fmt.Sprintf("%s  %s  %s  %s", mark, pad(total, -6), pad(state, 14), one.File))
	for _, m := range one.Mismatches {
		for _, line := range strings.Split(m.Format(a.lang), "\n") {
			a.println("      " + line)
		}
	}
	if one.Stopped != nil {
		a.paragraph("      ", one.Stopped.In(a.lang))
	}
}
