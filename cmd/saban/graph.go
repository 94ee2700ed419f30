package main

import (
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios/graph"
)

// drawn is what graph prints as JSON.
type drawn struct {
	ID          string         `json:"id"`
	Initial     string         `json:"initial"`
	States      []engine.State `json:"states"`
	Transitions []graph.Edge   `json:"transitions"`
}

var drawings = map[string]func(*engine.Compiled, engine.Lang) string{
	"mermaid": graph.Mermaid, "dot": graph.DOT, "scxml": graph.SCXML, "xstate": graph.XState,
	"svg": func(c *engine.Compiled, lang engine.Lang) string { return graph.SVG(c, graph.Picture{Lang: lang}) },
}

func (a *app) graphCmd() *cobra.Command {
	var format, site string
	cmd := &cobra.Command{
		Use:               "graph " + a.say("KỊCH_BẢN | TỆP", "SCENARIO | FILE"),
		Short:             a.say("vẽ sơ đồ trạng thái của kịch bản", "draw the state machine of a scenario"),
		Example:           "  saban graph bomb-threat\n  saban graph bomb-threat --format dot | dot -Tsvg > bomb-threat.svg",
		Args:              a.wants(1, 1, engine.Both("một kịch bản", "one scenario")),
		ValidArgsFunction: shippedIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			file, err := a.scenario(args[0], site)
			if err != nil {
				return err
			}
			c := file.Compiled
			draw := drawings[format]
			switch {
			case draw == nil:
				return cannot(nil, engine.Both("không có dạng %q", "there is no format %q", format), engine.Both("dùng mermaid, dot, svg, scxml hoặc xstate", "use mermaid, dot, svg, scxml or xstate"))
			case a.json:
				return a.printJSON(drawn{file.Scenario.ID, c.Initial(), file.Scenario.Situations(), graph.Edges(c)})
			}
			a.println(strings.TrimSpace(draw(c, a.lang)))
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "mermaid", a.say("`dạng`: mermaid (mặc định), dot, svg, scxml, xstate", "`format`: mermaid (the default), dot, svg, scxml, xstate"))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"mermaid", "dot", "svg", "scxml", "xstate"}, cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().StringVar(&site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	return cmd
}
