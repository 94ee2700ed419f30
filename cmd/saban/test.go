package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	Cover      []covered   `json:"cover,omitempty"`
}

// testOptions is what the user asks of test.
type testOptions struct {
	scenario, site, fill string
	cover, strict        bool
}

func (a *app) testCmd() *cobra.Command {
	var o testOptions
	cmd := &cobra.Command{
		Use:   "test " + a.say("[KỊCH_BẢN | TỆP_CHẠY_THỬ | THƯ_MỤC …]", "[SCENARIO | PLAY_FILE | FOLDER …]"),
		Short: a.say("chạy thử các tệp chạy thử và so với điều mong đợi", "run rehearsals and compare with what they expect"),
		Long: a.say("Không nêu gì thì chạy mọi tệp của mọi kịch bản có sẵn. Mã thoát 2 khi có tệp không như mong đợi. --cover in ra mọi thứ trong kịch bản mà chưa tệp nào chạm tới, --fill viết tệp chạy thử tới đó.",
			"Without an argument every rehearsal of every shipped scenario runs. Exit code 2 when one is not as expected. --cover prints what of the scenario no rehearsal exercises, --fill writes plays that do."),
		Example:           "  saban test\n  saban test bomb-threat --cover\n  saban test my-plays/ --scenario my-market.yaml",
		ValidArgsFunction: shippedIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return a.test(args, o) },
	}
	cmd.Flags().BoolVar(&o.cover, "cover", false, a.say("in bảng: trạng thái, đường chuyển, tình huống, hành động nào đã được thử", "print which states, transitions, injects and actions are exercised"))
	cmd.Flags().BoolVar(&o.strict, "strict", false, a.say("cùng --cover: còn chỗ chưa thử thì mã thoát 2", "with --cover: exit code 2 while something is not exercised"))
	cmd.Flags().StringVar(&o.fill, "fill", "", a.say("`thư_mục` để ghi tệp chạy thử tới các trạng thái, đường chuyển, tình huống chưa tệp nào chạm tới", "`folder` for plays to the states, transitions and injects that no rehearsal exercises"))
	cmd.Flags().StringVar(&o.scenario, "scenario", "", a.say("`tệp` kịch bản của các tệp chạy thử, khi không phải kịch bản có sẵn", "scenario `file` of the plays, when it is not a shipped one"))
	cmd.Flags().StringVar(&o.site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	return cmd
}

func (a *app) test(args []string, o testOptions) error {
	if len(args) == 0 {
		args = scenarios.Shipped()
	}
	all := []rehearsed{}
	codes := map[int]int{}
	var cover covers
	for _, arg := range args {
		plays, of, err := a.plays(arg, o.scenario, o.site)
		if err != nil {
			return err
		}
		for _, src := range plays {
			one, log, err := a.rehearse(of, src)
			if err != nil {
				return err
			}
			cover.add(of, log)
			codes[one.code]++
			all = append(all, one)
			if !a.json {
				a.printRehearsed(&one)
			}
		}
	}
	gaps := cover.finish()
	if o.fill != "" && gaps > 0 {
		if err := a.fill(&cover, o.fill); err != nil {
			return err
		}
	}
	if !o.cover {
		cover.all = nil
	}
	if err := a.printTest(all, codes[exitGood], &cover); err != nil {
		return err
	}
	switch {
	case codes[exitFailed] > 0:
		return &failure{code: exitFailed}
	case codes[exitFaults] > 0, o.cover && o.strict && gaps > 0:
		return faulty(engine.Text{})
	}
	return nil
}

func (a *app) printTest(all []rehearsed, passed int, cover *covers) error {
	if a.json {
		return a.printJSON(tested{all, passed, len(all) - passed, cover.all})
	}
	a.printCovers(cover)
	if len(cover.all) > 0 {
		a.println("")
	}
	a.println(a.say("%d đạt, %d không đạt", "%d passed, %d failed", passed, len(all)-passed))
	return nil
}

// plays finds the rehearsals an argument stands for, and their scenario. A
// scenario's own file stands for the folder rehearsals/ID beside it.
func (a *app) plays(arg, scenario, site string) ([]scenarios.Source, *scenarios.File, error) {
	if info, err := os.Stat(arg); !isPath(arg) && (err != nil || !info.IsDir()) {
		of, err := a.scenario(arg, site)
		return scenarios.Rehearsals(arg), of, err
	}
	if src, err := a.readFile(arg); err == nil && kindOfFile(src.Bytes) == "saban" {
		of, err := a.scenario(arg, site)
		if err != nil {
			return nil, nil, err
		}
		plays, err := a.playFiles(filepath.Join(filepath.Dir(arg), "rehearsals", of.Scenario.ID))
		return plays, of, err
	}
	plays, err := a.playFiles(arg)
	if err != nil {
		return nil, nil, err
	}
	if scenario == "" {
		if scenario, _, _ = topLevel(plays[0].Bytes, "scenario"); scenario == "" {
			return nil, nil, cannot(nil, engine.Both("%s: không nêu kịch bản nào", "%s: it names no scenario", arg), engine.Both("xem saban check %s", "see saban check %s", arg))
		}
	}
	of, err := a.scenario(scenario, site)
	var f *failure
	if errors.As(err, &f) && !f.hint.Empty() && !isPath(scenario) {
		f.hint = engine.Both("nêu tệp kịch bản: saban test %s --scenario KỊCH_BẢN.yaml", "name the scenario's file: saban test %s --scenario SCENARIO.yaml", arg)
	}
	return plays, of, err
}

// playFiles reads one play, or all those of a folder, by name.
func (a *app) playFiles(path string) ([]scenarios.Source, error) {
	files := []string{path}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if files, _ = filepath.Glob(filepath.Join(path, "*.yaml")); len(files) == 0 {
			return nil, cannot(nil, engine.Both("%s: trong thư mục không có tệp .yaml nào", "%s: there is no .yaml file in this folder", path), engine.Text{})
		}
	}
	plays := make([]scenarios.Source, len(files))
	for i, file := range files {
		src, err := a.readFile(file)
		if err != nil {
			return nil, err
		}
		plays[i] = src
	}
	return plays, nil
}

// rehearse plays one file. What is wrong with it is part of the outcome.
func (a *app) rehearse(of *scenarios.File, src scenarios.Source) (rehearsed, []engine.Event, error) {
	one := rehearsed{File: src.Name, Scenario: of.Scenario.ID, Mismatches: scenarios.Findings{}, code: exitFaults}
	play, found := scenarios.ReadPlay(src, of.Scenario)
	if play != nil {
		one.Name = play.Name
	}
	if found.Failed() {
		one.Mismatches = found.Only(scenarios.Error)
		return one, nil, nil
	}
	of.Seat(play)
	conduct, err := scenarios.Rehearse(of.Compiled, play)
	var stopped *failure
	if err = playError(err); errors.As(err, &stopped) {
		one.Stopped, one.code = &stopped.text, stopped.code
		return one, nil, nil
	}
	if err != nil {
		return one, nil, err
	}
	card := scoring.Score(of.Scenario, scoring.Default().With(of.Rubric), conduct.Log)
	one.State, one.Total, one.Grade = &card.State, card.Total, card.Grade
	one.Mismatches = append(one.Mismatches, play.Judge(card, conduct.Log)...)
	if one.OK = len(one.Mismatches) == 0; one.OK {
		one.code = exitGood
	}
	return one, conduct.Log, nil
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
