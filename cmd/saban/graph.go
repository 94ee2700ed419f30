package main

import (
	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios/graph"
)

func (a *app) graphCmd() *cobra.Command {
	var format, site string
	cmd := &cobra.Command{
		Use:     "graph SCENARIO | FILE",
		Short:   a.say("vẽ sơ đồ trạng thái của kịch bản", "draw the state machine of a scenario"),
		Example: "  saban graph bomb-threat\n  saban graph bomb-threat --format dot | dot -Tsvg > bomb-threat.svg",
		Args:    a.wants(1, 1, engine.Both("một kịch bản", "one scenario")),
		RunE: func(_ *cobra.Command, args []string) error {
			file, err := a.scenario(args[0], site)
			if err != nil {
				return err
			}
			c := file.Compiled
			switch {
			case a.json:
				return a.printJSON(map[string]any{"id": file.Scenario.ID, "initial": c.Initial(), "states": file.Scenario.Situations(), "transitions": graph.Edges(c)})
			case format == "mermaid":
				a.println(graph.Mermaid(c, a.lang))
			case format == "dot":
				a.println(graph.DOT(c, a.lang))
			default:
				return cannot(nil, engine.Both("không có dạng %q", "there is no format %q", format), engine.Both("dùng mermaid hoặc dot", "use mermaid or dot"))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "mermaid", a.say("dạng: mermaid hoặc dot", "format: mermaid or dot"))
	cmd.Flags().StringVar(&site, "site", "", a.say("tệp cơ sở đặt lên kịch bản", "site file to lay over the scenario"))
	return cmd
}
