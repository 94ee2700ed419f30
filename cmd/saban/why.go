package main

import (
	"slices"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scoring"
)

// reasoned is what why prints as JSON: of items, penalties and capabilities
// only those asked about, when any were.
type reasoned struct {
	Drill  string `json:"drill"`
	Head   string `json:"head"`
	Engine string `json:"engine"` // that played the drill
	scoring.Explanation
}

// The words why takes beside ids.
const (
	aboutTotal = "total"
	aboutOrder = "order"
)

func (a *app) whyCmd() *cobra.Command {
	var rubric string
	cmd := &cobra.Command{
		Use:   "why " + a.say("TỆP_DIỄN_TẬP [MÃ …]", "DRILL_FILE [ID …]"),
		Short: a.say("vì sao được bấy nhiêu điểm: từng việc, hành động cấm, năng lực, đến tận sự kiện", "where the points come from: a response, a prohibited action, a capability, down to the event"),
		Long: a.say("MÃ là mã của việc (R07), tình huống (I04: mọi việc của nó), hành động cấm (P02), năng lực (NB, BV, CH, KV, TT, KP), order (thứ tự) hoặc total (cả tổng điểm, cũng là khi không ghi mã nào).",
			"ID is a response (R07), an inject (I04: all its responses), a prohibited action (P02), a capability (NB, BV, CH, KV, TT, KP), order, or total (all that makes the total; so without any ID)."),
		Example:           "  saban why bomb-threat.drill.jsonl\n  saban why bomb-threat.drill.jsonl R12 P02\n  saban why bomb-threat.drill.jsonl NB --json",
		Args:              a.wants(1, -1, engine.Both("một tệp *.drill.jsonl và các mã", "one *.drill.jsonl file, and ids")),
		ValidArgsFunction: a.completeScored,
		RunE:              func(_ *cobra.Command, args []string) error { return a.why(args[0], args[1:], rubric) },
	}
	cmd.Flags().StringVar(&rubric, "rubric", "", a.say("`tệp` thang điểm khác thang kèm trong tệp diễn tập", "rubric `file`, other than the one pinned in the drill file"))
	return cmd
}

// completeScored offers what a drill file has that is scored.
func (a *app) completeScored(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	p, err := a.openQuietly(args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return scoredIDs(p), cobra.ShellCompDirectiveNoFileComp
}

func scoredIDs(p *played) []string {
	var ids []string
	for _, it := range p.score(p.rubric).Items {
		ids = append(ids, it.ID)
	}
	s := p.scenario.Scenario
	for i := range s.Prohibited {
		ids = append(ids, s.Prohibited[i].ID)
	}
	for i := range s.Injects {
		ids = append(ids, s.Injects[i].ID)
	}
	for _, c := range engine.Capabilities {
		ids = append(ids, string(c))
	}
	return append(ids, aboutOrder, aboutTotal)
}

func (a *app) why(path string, about []string, rubric string) error {
	p, err := a.openDrill(path)
	if err != nil {
		return err
	}
	rules := p.rubric
	if rubric != "" {
		if rules, err = a.rubric(p.scenario, rubric); err != nil {
			return err
		}
	}
	known := scoredIDs(p)
	for _, id := range about {
		if !slices.Contains(known, id) && wayOf(p, id) == "" {
			return cannot(nil, engine.Both("không có %q trong buổi diễn tập này", "this drill has no %q", id), engine.Nearest(id, known))
		}
	}
	x := scoring.Explain(p.scenario.Scenario, rules, p.file.Events)
	if len(about) == 0 {
		about = []string{aboutTotal}
	}
	w := whyPrinter{app: a, p: p, x: &x}
	if w.names, err = a.roster(path); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(reasoned{Drill: p.file.Header.Drill, Head: p.file.Head, Engine: p.file.Header.Engine, Explanation: w.only(about)})
	}
	for i, id := range about {
		if i > 0 {
			a.println("")
		}
		w.print(id)
	}
	return nil
}

// wayOf is the response a way belongs to, or nothing.
func wayOf(p *played, id string) string {
	if r, _ := p.scenario.Scenario.FindWay(id); r != nil {
		return r.ID
	}
	return ""
}

// only keeps what was asked about.
func (w *whyPrinter) only(about []string) scoring.Explanation {
	x := *w.x
	if slices.Contains(about, aboutTotal) {
		return x
	}
	asked := func(ids ...string) bool {
		return slices.ContainsFunc(about, func(id string) bool { return slices.Contains(ids, id) || slices.Contains(ids, wayOf(w.p, id)) })
	}
	card := x.Card()
	x.Items, x.Penalties, x.Capabilities = []scoring.ItemAccount{}, []scoring.PenaltyAccount{}, []scoring.CapabilityAccount{}
	for i, it := range w.x.Items {
		if asked(it.ID, card.Items[i].Inject) {
			x.Items = append(x.Items, it)
		}
	}
	for _, p := range w.x.Penalties {
		if asked(p.ID) {
			x.Penalties = append(x.Penalties, p)
		}
	}
	for _, c := range w.x.Capabilities {
		if asked(string(c.Code)) {
			x.Capabilities = append(x.Capabilities, c)
		}
	}
	return x
}
