package main

import (
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/paper"
	"saban/scenarios"
	"saban/scenarios/graph"
)

// shown is what show prints as JSON.
type shown struct {
	Scenario *engine.Scenario `json:"scenario"`
}

func (a *app) showCmd() *cobra.Command {
	var site string
	cmd := &cobra.Command{
		Use:               "show " + a.say("KỊCH_BẢN | TỆP", "SCENARIO | FILE"),
		Short:             a.say("in kịch bản cho người điều khiển đọc", "print a scenario as a facilitator reads it"),
		Example:           "  saban show bomb-threat | less\n  saban show bomb-threat --lang en",
		Args:              a.wants(1, 1, engine.Both("một kịch bản", "one scenario")),
		ValidArgsFunction: shippedIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			file, err := a.scenario(args[0], site)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(shown{file.Scenario})
			}
			var stands []engine.Cover
			if file.Site != nil {
				_, stands, _ = file.Site.Seats(file.Scenario)
			}
			a.show(file.Compiled, stands)
			return nil
		},
	}
	cmd.Flags().StringVar(&site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	return cmd
}

func (a *app) show(c *engine.Compiled, covers []engine.Cover) {
	s := c.Scenario()
	a.println(a.bold(s.Title.In(a.lang)))
	a.println(a.say("DIỄN TẬP · kịch bản %s · dài %s", "EXERCISE · scenario %s · length %s", s.ID, a.span(s.Duration)))
	a.paragraph("", s.Site.Name.In(a.lang))
	a.paragraph("", s.Site.About.In(a.lang))
	a.showAims(s)
	a.showRoles(s, covers)
	a.showOrder(c)
	a.showMachine(c)
	a.heading("Tình huống", "Injects")
	a.paragraph("  ", a.say("│ đọc cho người tham gia · ◂ lời báo lại · ! ghi chú cho người điều khiển · ? câu hỏi", "│ read to players · ◂ passed on · ! note for the facilitator · ? question"))
	a.paragraph("  ", a.say("✓ hành động cần đạt · ◇ một cách làm · ☐ ô nội dung · ✗ hành động cấm · – phương án nhiễu", "✓ response · ◇ a way to do it · ☐ content box · ✗ prohibited action · – distractor"))
	for i := range s.Injects {
		a.showInject(c, i)
	}
	a.showActs(s)
	if len(s.Debrief) > 0 {
		a.heading("Câu hỏi rút kinh nghiệm", "Debrief questions")
	}
	for _, q := range s.Debrief {
		a.item("?", q.In(a.lang))
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

func (a *app) showAims(s *engine.Scenario) {
	if len(s.Objectives) > 0 {
		a.heading("Mục tiêu", "Objectives")
	}
	for _, o := range s.Objectives {
		a.item("•", o.ID+" ("+string(o.Capability)+", "+o.Capability.Title().In(a.lang)+"): "+o.Text.In(a.lang))
	}
	if len(s.Parameters) > 0 {
		a.heading("Giá trị cơ sở tự đặt", "Values a site sets")
	}
	for _, p := range s.Parameters {
		value := p.Value
		if p.Timed {
			value = a.span(p.Duration)
		}
		if !p.Source.Empty() {
			value += " · " + p.Source.In(a.lang)
		}
		a.item("•", p.ID+": "+value)
	}
	if len(s.Flags) > 0 {
		a.heading("Điều người điều khiển có thể nêu", "What the facilitator may state")
	}
	for _, f := range s.Flags {
		a.item("•", f.ID+": "+f.Text.In(a.lang))
	}
}

func (a *app) showRoles(s *engine.Scenario, covers []engine.Cover) {
	for _, simulated := range []bool{false, true} {
		first := true
		for _, r := range s.Roles {
			if r.Simulated != simulated {
				continue
			}
			if first && simulated {
				a.heading("Ban Đạo diễn đóng", "Simulated by exercise control")
			} else if first {
				a.heading("Vai tập", "Players")
			}
			first = false
			a.item("•", r.Title.In(a.lang)+" · "+r.ID+a.workOf(s, r.ID)+a.coverOf(s, covers, r.ID))
		}
	}
}

// workOf says how much a player has to do.
func (a *app) workOf(s *engine.Scenario, role string) string {
	count, weight := 0, 0
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			if x := &s.Injects[i].Expects[j]; x.By == role {
				count, weight = count+1, weight+x.Weight
			}
		}
	}
	if count == 0 {
		return ""
	}
	return a.say(" · %d việc, trọng số %d", " · responses: %d, weight %d", count, weight)
}

// coverOf says who does the work of a role nobody holds.
func (a *app) coverOf(s *engine.Scenario, covers []engine.Cover, role string) string {
	for _, c := range covers {
		if c.Role == role {
			return a.say(" · %s kiêm", " · covered by %s", a.roleTitle(s, c.By))
		}
	}
	return ""
}

func (a *app) showMachine(c *engine.Compiled) {
	s := c.Scenario()
	a.heading("Trạng thái và đường chuyển", "States and transitions")
	edges := graph.Edges(c)
	for _, st := range s.Situations() {
		title := st.Title.In(a.lang) + " · " + st.ID
		if st.Kind != engine.Normal {
			title += " · " + st.Kind.Title().In(a.lang)
		}
		if st.AtLeast > 0 {
			title += a.say(" · ít nhất ", " · at least ") + a.span(st.AtLeast)
		}
		a.item(a.kind(st.Kind), title)
		for _, e := range edges {
			if e.From != st.ID {
				continue
			}
			a.item("  →", s.State(e.To).Title.In(a.lang)+a.say(" khi ", " when ")+e.Words.In(a.lang))
			if !e.Why.Empty() {
				a.paragraph("        ", e.Why.In(a.lang))
			}
		}
	}
}

func (a *app) showInject(c *engine.Compiled, i int) {
	s := c.Scenario()
	in := &s.Injects[i]
	a.println("")
	head, at := in.ID+"  "+in.Title.In(a.lang), paper.Release(c, i, a.lang)
	if columns(head)+3+columns(at) > lineWidth {
		a.println(a.bold(head))
		a.paragraph("  ", at)
	} else {
		a.println(a.bold(head) + " · " + at)
	}
	from := ""
	if in.From != "" {
		from = a.roleTitle(s, in.From)
	}
	a.paragraph("  ", a.channel(in.Channel)+strings.TrimSpace(from+" → "+a.roleTitles(s, in.To)))
	a.paragraph("  ", a.injectPlace(s, in))
	a.paragraph("  │ ", in.Text.In(a.lang))
	for _, told := range in.Told {
		who := a.say("người khác", "others")
		if told.Role != "" {
			who = a.roleTitle(s, told.Role)
		}
		a.item("◂", a.say("%s được báo lại: ", "%s hears: ", who)+told.Text.In(a.lang))
	}
	if !in.Note.Empty() {
		a.item("!", in.Note.In(a.lang))
	}
	for j := range in.Expects {
		a.showResponse(s, &in.Expects[j])
	}
	for _, also := range in.Also {
		a.showChoices(s, also.Role, also.IDs)
	}
	for _, ask := range in.Asks {
		a.item("?", a.say("%s chọn %d:", "%s chooses %d:", a.roleTitle(s, ask.Role), ask.Pick))
		a.showChoices(s, ask.Role, ask.Choices)
	}
}

func (a *app) showChoices(s *engine.Scenario, role string, ids []string) {
	for _, id := range ids {
		mark := "–"
		if s.FindProhibited(id) != nil {
			mark = "✗"
		} else if s.FindDistractor(id) == nil {
			mark = "✓"
		}
		a.item(mark, id+" "+a.roleTitle(s, role)+": "+a.choice(s, id))
	}
}

// injectPlace says in which states an inject is expected, or may be released.
func (a *app) injectPlace(s *engine.Scenario, in *engine.Inject) string {
	var words []string
	if in.ExpectedIn != "" {
		words = append(words, a.say("dự kiến lúc ", "expected in ")+a.stateTitle(s, in.ExpectedIn))
	}
	if len(in.OnlyIn) > 0 {
		var titles []string
		for _, id := range in.OnlyIn {
			titles = append(titles, a.stateTitle(s, id))
		}
		otherwise := a.say("ngoài ra thì chờ", "otherwise held")
		if in.Otherwise == "skip" {
			otherwise = a.say("ngoài ra thì bỏ", "otherwise skipped")
		}
		words = append(words, a.say("chỉ phát lúc ", "only in ")+strings.Join(titles, ", ")+", "+otherwise)
	}
	return strings.Join(words, "; ")
}

func (a *app) stateTitle(s *engine.Scenario, id string) string {
	if st := s.State(id); st != nil {
		return "“" + st.Title.In(a.lang) + "”"
	}
	return id
}

func (a *app) channel(name string) string {
	if name == "" {
		return ""
	}
	return scenarios.ChannelTitle(name).In(a.lang) + " · "
}

func (a *app) showResponse(s *engine.Scenario, r *engine.Response) {
	facts := []string{a.say("chuẩn ", "target ") + a.span(r.Target), a.say("hạn ", "limit ") + a.span(r.Limit), a.say("trọng số %d", "weight %d", r.Weight)}
	if r.Critical {
		facts = append(facts, a.say("then chốt", "critical"))
	}
	if len(r.After) > 0 {
		facts = append(facts, a.say("sau ", "after ")+strings.Join(r.After, " "))
	}
	if r.Objective != "" {
		facts = append(facts, a.say("mục tiêu ", "objective ")+r.Objective)
	}
	if r.Capability != "" {
		facts = append(facts, string(r.Capability))
	}
	a.item("✓", r.ID+" "+a.roleTitles(s, append([]string{r.By}, r.Or...))+": "+r.Do.In(a.lang)+" ("+strings.Join(facts, ", ")+")")
	for _, w := range r.Ways {
		content := ""
		if w.Content != engine.Whole {
			content = a.say(" (nội dung tính %s)", " (content counts %s)", a.share(w.Content))
		}
		a.item("    ◇", w.Do.In(a.lang)+content)
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
	if len(s.Prohibited) > 0 {
		a.heading("Hành động cấm", "Prohibited actions")
	}
	for _, p := range s.Prohibited {
		text := strings.TrimSuffix(p.Text.In(a.lang), ".") + "."
		a.item("✗", strings.TrimSpace(p.ID+" ("+a.severity(p.Severity)+"): "+text+" "+p.Why.In(a.lang)))
	}
	if len(s.Distractors) > 0 {
		a.heading("Phương án nhiễu", "Distractors")
	}
	for _, d := range s.Distractors {
		a.item("–", d.ID+" "+d.Text.In(a.lang))
	}
}

func (a *app) severity(s engine.Severity) string {
	switch s {
	case engine.Major:
		return a.say("nặng", "major")
	case engine.Life:
		return a.say("nguy hiểm tính mạng", "danger to life")
	}
	return a.say("nhẹ", "minor")
}
