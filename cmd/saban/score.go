package main

import (
	"github.com/spf13/cobra"

	"saban/engine"
)

func (a *app) scoreCmd() *cobra.Command {
	var rubric string
	var diff bool
	cmd := &cobra.Command{
		Use:   "score " + a.say("TỆP_DIỄN_TẬP", "DRILL_FILE"),
		Short: a.say("chấm lại một tệp diễn tập theo thang điểm kèm trong tệp, hoặc thang khác", "score a drill file again, under its own rubric or another"),
		Example: "  saban score bomb-threat.drill.jsonl\n" +
			"  saban score bomb-threat.drill.jsonl --rubric strict.yaml --diff\n" +
			"  saban score bomb-threat.drill.jsonl --rubric strict.yaml --json",
		Args: a.wants(1, 1, engine.Both("một tệp *.drill.jsonl", "one *.drill.jsonl file")),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.openDrill(args[0])
			if err != nil {
				return err
			}
			rules := p.rubric
			if rubric != "" || diff {
				// A re-score goes by default, scenario and this file, whatever the
				// drill was scored under before.
				if rules, err = a.rubric(p.scenario, rubric); err != nil {
					return err
				}
			}
			if diff {
				return a.rescore(p, rules, rubric)
			}
			return a.printCard(scored{p.score(rules), p.file.Head}, p.scenario.Scenario)
		},
	}
	cmd.Flags().StringVar(&rubric, "rubric", "", a.say("`tệp` thang điểm, chỉ cần ghi điều khác", "rubric `file`, only what differs"))
	cmd.Flags().BoolVar(&diff, "diff", false, a.say("từng việc điểm cũ và mới, vì quy tắc nào; không có --rubric thì so với thang điểm mặc định của bản này",
		"response by response the old and new points, and by which rules; without --rubric beside the default of this version"))
	return cmd
}
