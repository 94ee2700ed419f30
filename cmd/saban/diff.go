package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// compared is what diff prints as JSON.
type compared struct {
	Was        version            `json:"was"`
	Is         version            `json:"is"`
	Changes    []scenarios.Change `json:"changes"`
	Rehearsals []outcomes         `json:"rehearsals"` // those whose outcome changes
	Played     int                `json:"played"`
}

// version names one of the two files.
type version struct {
	File   string `json:"file"`
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
}

// outcomes are what becomes of one play in each version.
type outcomes struct {
	File string  `json:"file"`
	Was  outcome `json:"was"`
	Is   outcome `json:"is"`
}

// outcome is what became of a play. Fault says why it cannot be played.
type outcome struct {
	Total *scoring.Points `json:"total"`
	Grade scoring.Grade   `json:"grade"`
	Path  []string        `json:"path"`
	Fault engine.Text     `json:"fault"`
}

func (a *app) diffCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "diff " + a.say("CŨ MỚI", "OLD NEW"),
		Short: a.say("hai bản của một kịch bản khác nhau những gì, tệp chạy thử nào đổi kết quả", "what differs between two versions of a scenario, and which rehearsals come out another way"),
		Long: a.say("CŨ và MỚI là mã kịch bản có sẵn hoặc tệp. Các tệp chạy thử là của bản MỚI (rehearsals/MÃ bên cạnh tệp), không có thì của bản CŨ.",
			"OLD and NEW are shipped scenarios or files. The rehearsals are those of NEW (rehearsals/ID beside the file), else those of OLD."),
		Example:           "  saban diff bomb-threat my-bomb-threat.yaml\n  saban diff old.yaml new.yaml --json",
		Args:              a.wants(2, 2, engine.Both("hai kịch bản", "two scenarios")),
		ValidArgsFunction: shippedIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return a.diff(args[0], args[1]) },
	}
}

func (a *app) diff(before, after string) error {
	was, err := a.scenario(before, "")
	if err != nil {
		return err
	}
	is, err := a.scenario(after, "")
	if err != nil {
		return err
	}
	out := compared{Was: versionOf(was), Is: versionOf(is), Changes: scenarios.Diff(was, is), Rehearsals: []outcomes{}}
	if out.Changes == nil {
		out.Changes = []scenarios.Change{}
	}
	if was.Scenario.ID == is.Scenario.ID {
		plays, err := a.playsBeside(after, before, is.Scenario.ID)
		if err != nil {
			return err
		}
		out.Played = len(plays)
		for _, src := range plays {
			one := outcomes{src.Name, a.outcome(was, src), a.outcome(is, src)}
			if !one.Was.same(&one.Is) {
				out.Rehearsals = append(out.Rehearsals, one)
			}
		}
	}
	if a.json {
		return a.printJSON(out)
	}
	a.printDiff(&out)
	return nil
}

func versionOf(f *scenarios.File) version {
	return version{File: f.Source.Name, ID: f.Scenario.ID, SHA256: store.Pin("", f.Source.Bytes).SHA256}
}

// playsBeside finds the rehearsals that lie beside the first of some
// scenarios that has any.
func (a *app) playsBeside(first, second, id string) ([]scenarios.Source, error) {
	for _, name := range []string{first, second} {
		if !isPath(name) {
			return scenarios.Rehearsals(id), nil
		}
		folder := filepath.Join(filepath.Dir(name), "rehearsals", id)
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return a.playFiles(folder)
		}
	}
	return scenarios.Rehearsals(id), nil
}

// outcome plays a rehearsal in one version.
func (a *app) outcome(of *scenarios.File, src scenarios.Source) outcome {
	play, found := scenarios.ReadPlay(src, of.Scenario)
	if found.Failed() {
		return outcome{Path: []string{}, Fault: found.Only(scenarios.Error)[0].Text}
	}
	of.Seat(play)
	conduct, err := scenarios.Rehearse(of.Compiled, play)
	if err != nil {
		text := engine.Both("%v", "%v", err)
		if worded, ok := err.(interface{ Text() engine.Text }); ok {
			text = worded.Text()
		}
		return outcome{Path: []string{}, Fault: text}
	}
	card := scoring.Score(of.Scenario, scoring.Default().With(of.Rubric), conduct.Log)
	out := outcome{Total: card.Total, Grade: card.Grade, Path: []string{}}
	for _, step := range card.Path {
		out.Path = append(out.Path, step.State)
	}
	return out
}

func (o *outcome) same(p *outcome) bool {
	if (o.Total == nil) != (p.Total == nil) || o.Total != nil && *o.Total != *p.Total {
		return false
	}
	return o.Fault == p.Fault && o.Grade == p.Grade && slices.Equal(o.Path, p.Path)
}

// score is the total, or why there is none.
func (o *outcome) score(a *app) string {
	switch {
	case !o.Fault.Empty():
		return a.say("không chạy được: %s", "cannot be played: %s", o.Fault.In(a.lang))
	case o.Total == nil:
		return a.say("không có gì để chấm", "nothing to score")
	}
	return fmt.Sprintf("%s %s", o.Total.In(a.lang), o.Grade.Title().In(a.lang))
}
