package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios/graph"
)

func (a *app) showCmd() *cobra.Command {
	var site string
	cmd := &cobra.Command{
		Use:     "show SCENARIO | FILE",
		Short:   a.say("in kịch bản cho người điều khiển đọc", "print a scenario as a facilitator reads it"),
		Example: "  saban show bomb-threat | less\n  saban show bomb-threat --lang en",
		Args:    a.wants(1, 1, engine.Both("một kịch bản", "one scenario")),
		RunE: func(_ *cobra.Command, args []string) error {
			file, err := a.scenario(args[0], site)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"scenario": file.Scenario})
			}
			a.show(file.Compiled)
			return nil
		},
	}
	cmd.Flags().StringVar(&site, "site", "", a.say("tệp cơ sở đặt lên kịch bản", "site file to lay over the scenario"))
	return cmd
}

func (a *app) show(c *engine.Compiled) {
	s := c.Scenario()
	a.println(a.bold(s.Title.In(a.lang)))
	a.println(a.say("DIỄN TẬP · kịch bản %s · dài %s", "EXERCISE · scenario %s · length %s", s.ID, s.Duration))
	a.paragraph("", s.Site.Name.In(a.lang))
	a.paragraph("", s.Site.About.In(a.lang))
	a.showRoles(s)
	a.showMachine(c)
	a.heading("Tình huống", "Injects")
	for i := range s.Injects {
		a.showInject(c, i)
	}
	a.showActs(s)
	a.heading("Câu hỏi rút kinh nghiệm", "Debrief questions")
	for _, q := range s.Debrief {
		a.item("?", q.In(a.lang))
	}
}

// item writes a wrapped text behind a mark.
func (a *app) item(mark, text string) {
	for i, line := range fold(text, 94-columns(mark)) {
		if i == 0 {
			a.println("  " + mark + " " + line)
		} else {
			a.println("  " + strings.Repeat(" ", columns(mark)+1) + line)
		}
	}
}

func (a *app) roleTitle(s *engine.Scenario, id string) string {
	if r := s.Role(id); r != nil {
		return r.Title.In(a.lang)
	}
	return id
}

func (a *app) roleTitles(s *engine.Scenario, ids []string) string {
	if len(ids) == 0 {
		return a.say("mọi vai", "everybody")
	}
	titles := make([]string, len(ids))
	for i, id := range ids {
		titles[i] = a.roleTitle(s, id)
	}
	return strings.Join(titles, ", ")
}

func (a *app) showRoles(s *engine.Scenario) {
	a.heading("Vai tập", "Players")
	for _, r := range s.Roles {
		if !r.Simulated {
			a.item("•", r.Title.In(a.lang)+a.dim(" "+r.ID))
		}
	}
	a.heading("Ban Đạo diễn đóng", "Simulated by exercise control")
	for _, r := range s.Roles {
		if r.Simulated {
			a.item("•", r.Title.In(a.lang)+a.dim(" "+r.ID))
		}
	}
}

func (a *app) showMachine(c *engine.Compiled) {
	s := c.Scenario()
	a.heading("Trạng thái và đường chuyển", "States and transitions")
	edges := graph.Edges(c)
	for _, st := range s.Situations() {
		a.println("  " + a.kind(st.Kind) + " " + st.Title.In(a.lang) + a.dim(" "+st.ID))
		for _, e := range edges {
			if e.From != st.ID {
				continue
			}
			a.paragraph("      ", "→ "+s.State(e.To).Title.In(a.lang)+a.say(" khi ", " when ")+e.Words.In(a.lang))
			if !e.Why.Empty() {
				a.paragraph("        ", e.Why.In(a.lang))
			}
		}
	}
}

func (a *app) showInject(c *engine.Compiled, i int) {
	s := c.Scenario()
	in := &s.Injects[i]
	when := in.At.Clock()
	if in.Hand {
		when = a.say("phát bằng tay", "by hand")
	}
	if g := c.InjectGuard(i); g != nil {
		when += a.say(", khi ", ", when ") + graph.Words(g, a.lang)
	}
	a.println("")
	a.println(a.bold(in.ID+"  "+in.Title.In(a.lang)) + "  " + when)
	from := ""
	if in.From != "" {
		from = a.roleTitle(s, in.From) + " → "
	}
	a.println("  " + a.dim(in.Channel+" · "+from+a.roleTitles(s, in.To)))
	a.paragraph("  ", "“"+in.Text.In(a.lang)+"”")
	if !in.Note.Empty() {
		a.item("!", in.Note.In(a.lang))
	}
	for j := range in.Expects {
		a.showResponse(s, &in.Expects[j])
	}
	for _, also := range in.Also {
		for _, id := range also.IDs {
			a.item("–", a.roleTitle(s, also.Role)+": "+a.choice(s, id)+" "+id)
		}
	}
}

func (a *app) showResponse(s *engine.Scenario, r *engine.Response) {
	critical := ""
	if r.Critical {
		critical = a.say(", then chốt", ", critical")
	}
	after := ""
	if len(r.After) > 0 {
		after = a.say(", sau ", ", after ") + strings.Join(r.After, " ")
	}
	a.item("✓", fmt.Sprintf("%s %s: %s (%s)", r.ID, a.roleTitles(s, append([]string{r.By}, r.Or...)), r.Do.In(a.lang),
		a.say("chuẩn %s, hạn %s, trọng số %d%s%s", "target %s, limit %s, weight %d%s%s", r.Target, r.Limit, r.Weight, critical, after)))
	for _, w := range r.Ways {
		a.item("    ◇", w.Do.In(a.lang)+a.say(" · nội dung ", " · content ")+a.share(w.Content))
	}
	if set := s.BoxSet(r.Boxes); set != nil {
		var boxes []string
		for _, b := range set.Boxes {
			boxes = append(boxes, b.Text.In(a.lang))
		}
		a.item("    ☐", strings.Join(boxes, " · "))
	}
}

// choice is what a player reads beside a number.
func (a *app) choice(s *engine.Scenario, id string) string {
	if _, r := s.FindResponse(id); r != nil {
		return r.Do.In(a.lang)
	}
	if _, w := s.FindWay(id); w != nil {
		return w.Do.In(a.lang)
	}
	if p := s.FindProhibited(id); p != nil {
		return p.Text.In(a.lang)
	}
	if d := s.FindDistractor(id); d != nil {
		return d.Text.In(a.lang)
	}
	return id
}

func (a *app) showActs(s *engine.Scenario) {
	a.heading("Hành động cấm", "Prohibited actions")
	for _, p := range s.Prohibited {
		severity := map[engine.Severity]string{engine.Minor: a.say("nhẹ", "minor"), engine.Major: a.say("nặng", "major"), engine.Life: a.say("nguy hiểm tính mạng", "danger to life")}[p.Severity]
		a.item("✗", fmt.Sprintf("%s (%s): %s. %s", p.ID, severity, strings.TrimSuffix(p.Text.In(a.lang), "."), p.Why.In(a.lang)))
	}
	if len(s.Distractors) > 0 {
		a.heading("Phương án nhiễu", "Distractors")
	}
	for _, d := range s.Distractors {
		a.item("–", d.ID+": "+d.Text.In(a.lang))
	}
}
