package main

import (
	"io"
	"slices"
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
	Path        *graph.Path    `json:"path,omitempty"`
}

// drawings are the formats, and whether a path can be drawn in them.
var drawings = map[string]struct {
	draw func(*engine.Compiled, graph.Options) string
	path bool
}{
	"mermaid": {graph.Mermaid, true},
	"dot":     {graph.DOT, true},
	"svg":     {func(c *engine.Compiled, o graph.Options) string { return graph.Lay(c, o).SVG() }, true},
	"scxml":   {func(c *engine.Compiled, o graph.Options) string { return graph.SCXML(c, o.Lang) }, false},
	"xstate":  {func(c *engine.Compiled, o graph.Options) string { return graph.XState(c, o.Lang) }, false},
}

var drawingFormats = []string{"mermaid", "dot", "svg", "scxml", "xstate"}

// graphing is what a user asks graph for.
type graphing struct{ format, page, site, drill, out string }

func (a *app) graphCmd() *cobra.Command {
	var g graphing
	cmd := &cobra.Command{
		Use:   "graph " + a.say("KỊCH_BẢN | TỆP | --drill TỆP_DIỄN_TẬP", "SCENARIO | FILE | --drill DRILL_FILE"),
		Short: a.say("vẽ sơ đồ trạng thái của kịch bản, hoặc đường đi của một buổi diễn tập", "draw the state machine of a scenario, or the path of a drill"),
		Example: "  saban graph bomb-threat\n" +
			"  saban graph bomb-threat --format svg --out bomb-threat.svg\n" +
			"  saban graph bomb-threat --format svg --page phone --lang en --out phone.svg\n" +
			"  saban graph --drill bomb-threat.drill.jsonl --format svg --page figure --out path.svg\n" +
			"  saban graph bomb-threat --format dot | dot -Tpdf > bomb-threat.pdf",
		Args:              func(cmd *cobra.Command, args []string) error { return a.graphArgs(cmd, args, g) },
		ValidArgsFunction: shippedIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return a.graph(args, g) },
	}
	f := cmd.Flags()
	f.StringVar(&g.format, "format", "mermaid", a.say("`dạng`: mermaid (mặc định), dot, svg, scxml, xstate", "`format`: mermaid (the default), dot, svg, scxml, xstate"))
	f.StringVar(&g.page, "page", "", a.say("`khổ` của hình svg: a4 (mặc định), phone (màn hình điện thoại), figure (chỉ sơ đồ, để chèn vào văn bản)",
		"`page` of an svg: a4 (the default), phone, figure (the machine alone, for a page of text)"))
	f.StringVar(&g.site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	f.StringVar(&g.drill, "drill", "", a.say("vẽ đường đi của buổi diễn tập trong `tệp` này, trên kịch bản kèm trong đó", "draw the path of the drill in this `file`, over the scenario pinned in it"))
	f.StringVar(&g.out, "out", "", a.say("ghi vào `tệp` này thay vì màn hình, không ghi đè", "write to this `file` instead of the screen, never over another"))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(drawingFormats, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("page", cobra.FixedCompletions(pages(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// graphArgs wants one scenario, or else a drill file, which has its own.
func (a *app) graphArgs(cmd *cobra.Command, args []string, g graphing) error {
	switch {
	case g.drill == "":
		return a.wants(1, 1, engine.Both("một kịch bản", "one scenario"))(cmd, args)
	case len(args) > 0 || g.site != "":
		return cannot(nil, engine.Both("tệp diễn tập đã kèm kịch bản và cơ sở", "a drill file has its scenario and site in it"), engine.Both("chỉ dùng --drill %s", "use --drill %s alone", g.drill))
	}
	return nil
}

func pages() (names []string) {
	for _, p := range graph.Pages {
		names = append(names, string(p))
	}
	return names
}

func (a *app) graph(args []string, g graphing) error {
	drawing, known := drawings[g.format]
	switch {
	case !known:
		return cannot(nil, engine.Both("không có dạng %q", "there is no format %q", g.format), engine.Both("dùng mermaid, dot, svg, scxml hoặc xstate", "use mermaid, dot, svg, scxml or xstate"))
	case g.page != "" && g.format != "svg":
		return cannot(nil, engine.Both("chỉ hình svg mới chọn khổ", "a page is chosen for svg only"), engine.Both("thêm --format svg", "add --format svg"))
	case g.page != "" && !slices.Contains(pages(), g.page):
		return cannot(nil, engine.Both("không có khổ %q", "there is no page %q", g.page), engine.Both("dùng a4, phone hoặc figure", "use a4, phone or figure"))
	case g.drill != "" && !drawing.path && !a.json:
		return cannot(nil, engine.Both("dạng %s không vẽ đường đi của buổi diễn tập", "the format %s draws no path of a drill", g.format), engine.Both("dùng svg, mermaid hoặc dot", "use svg, mermaid or dot"))
	}
	c, path, err := a.machine(args, g)
	if err != nil {
		return err
	}
	return a.into(g.out, func(w io.Writer) error {
		if a.json {
			s := c.Scenario()
			return writeJSON(w, drawn{s.ID, c.Initial(), s.Situations(), graph.Edges(c), path})
		}
		_, err := io.WriteString(w, strings.TrimSpace(drawing.draw(c, graph.Options{Lang: a.lang, Page: graph.Page(g.page), Path: path}))+"\n")
		return err
	})
}

// machine is the one asked for: of a scenario, or the one a drill was played
// on, with its path.
func (a *app) machine(args []string, g graphing) (*engine.Compiled, *graph.Path, error) {
	if g.drill == "" {
		file, err := a.scenario(args[0], g.site)
		if err != nil {
			return nil, nil, err
		}
		return file.Compiled, nil, nil
	}
	p, err := a.openDrill(g.drill)
	if err != nil {
		return nil, nil, err
	}
	return p.scenario.Compiled, graph.Follow(p.scenario.Compiled, p.file.Events), nil
}
