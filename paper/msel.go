package paper

import (
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/scenarios"
)

// msel is the controller's own: everything, so it stays in the controller's
// hands.
func (p *pack) msel() []document.Part {
	list := p.sheet("msel", p.say("Danh mục tình huống", "Master scenario events list"), p.text(p.s.Title),
		&document.Paragraph{Style: document.Notice, Runs: []document.Run{bold(p.say("Chỉ dành cho Ban Đạo diễn. ", "For exercise control only. ")),
			{Text: p.say("Có đáp án và tình huống chưa phát; không để người tham gia thấy.", "It holds right answers and injects to come; players must not see it.")}}})
	list.Blocks = append(list.Blocks, p.overview()...)
	list.Blocks = append(list.Blocks, p.running())
	detail := p.sheet("msel-detail", p.say("Từng tình huống", "Inject by inject"), p.text(p.s.Title))
	for _, i := range p.order {
		detail.Blocks = append(detail.Blocks, p.detail(i)...)
	}
	detail.Blocks = append(detail.Blocks, p.mayState()...)
	return []document.Part{list, detail, p.machine()}
}

func (p *pack) overview() []document.Block {
	blocks := labelled(p.say("Cơ sở:", "Facility:"), strings.TrimPrefix(p.text(p.s.Site.Name)+". "+p.text(p.s.Site.About), ". "))
	blocks = append(blocks, labelled(p.say("Thời gian:", "Length:"), p.text(p.s.Duration.Words()))...)
	var objectives, covers []string
	for _, o := range p.s.Objectives {
		objectives = append(objectives, o.ID+" ("+string(o.Capability)+"): "+p.text(o.Text))
	}
	for _, c := range p.Covers {
		covers = append(covers, p.holder(c.Role))
	}
	blocks = append(blocks, labelled(p.say("Kiêm vai:", "Covers:"), strings.Join(covers, "; "))...)
	if len(objectives) > 0 {
		blocks = append(blocks, para(bold(p.say("Mục tiêu", "Objectives"))), points(objectives))
	}
	return append(blocks, para(blank(p.say("Ngày:", "Date:")), blank(p.say("  Bắt đầu lúc:", "  Started at:")), blank(p.say("  Kết thúc lúc:", "  Ended at:"))))
}

// running is the running order, with room for what happened.
func (p *pack) running() *document.Table {
	t := &document.Table{Caption: p.say("Thứ tự phát", "Running order"), Columns: []document.Column{
		column(p.say("Phát lúc", "Release"), 0.24), column("", 0.06), column(p.say("Tình huống", "Inject"), 0.26), column(p.say("Đến", "To"), 0.22), column(p.say("Giờ phát", "Released"), 0.11), column(p.say("Giờ nhận", "Received"), 0.11),
	}}
	for _, i := range p.order {
		in := &p.s.Injects[i]
		line := row(Planned(p.c, i, p.Lang), in.ID, p.text(in.Title), p.roleList(in.To), "", "")
		line.Lines = 2
		t.Rows = append(t.Rows, line)
	}
	return t
}

// detail is all that is to be known of an inject.
func (p *pack) detail(i int) []document.Block {
	in := &p.s.Injects[i]
	blocks := []document.Block{&document.Heading{Level: 1, Text: in.ID + " · " + p.text(in.Title), ID: "inject-" + in.ID}}
	way := []string{p.roleList(in.To)}
	if in.From != "" {
		way = []string{p.role(in.From) + " → " + way[0]}
	}
	if channel := p.text(scenarios.ChannelTitle(in.Channel)); channel != "" {
		way = append([]string{channel}, way...)
	}
	blocks = append(blocks, labelled(p.say("Phát:", "Release:"), Release(p.c, i, p.Lang)+p.place(in))...)
	blocks = append(blocks, para(blank(p.say("Giờ phát:", "Released at:")), blank(p.say("  Giờ nhận:", "  Received at:")), blank(p.say("  Ghi:", "  Notes:"))))
	blocks = append(blocks, labelled(p.say("Kênh:", "Channel:"), strings.Join(way, " · "))...)
	blocks = append(blocks, labelled(p.say("Nội dung:", "Text:"), p.text(in.Text))...)
	for _, t := range in.Told {
		who := p.say("người khác", "others")
		if t.Role != "" {
			who = p.role(t.Role)
		}
		blocks = append(blocks, labelled(p.say("Báo lại cho %s:", "Passed on to %s:", engine.Same(who)), p.text(t.Text))...)
	}
	if !in.Note.Empty() {
		blocks = append(blocks, &document.Paragraph{Style: document.Notice, Runs: []document.Run{bold(p.say("Ghi chú: ", "Note: ")), {Text: p.text(in.Note)}}})
	}
	if len(in.Expects) > 0 {
		blocks = append(blocks, p.expected(in))
	}
	blocks = append(blocks, p.key(in)...)
	if next := p.next(in); len(next) > 0 {
		blocks = append(blocks, para(bold(p.say("Chuyển trạng thái", "Next states"))), points(next))
	}
	return blocks
}

// place says in which states an inject is expected or may go out.
func (p *pack) place(in *engine.Inject) string {
	out := ""
	if in.ExpectedIn != "" {
		out += "; " + p.say("dự kiến lúc ", "expected in ") + p.state(in.ExpectedIn)
	}
	if len(in.OnlyIn) > 0 {
		titles := make([]string, len(in.OnlyIn))
		for i, id := range in.OnlyIn {
			titles[i] = p.state(id)
		}
		otherwise := p.say("ngoài ra thì chờ", "otherwise held")
		if in.Otherwise == "skip" {
			otherwise = p.say("ngoài ra thì bỏ", "otherwise skipped")
		}
		out += "; " + p.say("chỉ phát lúc ", "only in ") + strings.Join(titles, ", ") + ", " + otherwise
	}
	return out
}

func (p *pack) state(id string) string {
	if st := p.s.State(id); st != nil && !st.Title.Empty() {
		return "“" + p.text(st.Title) + "”"
	}
	return id
}

func (p *pack) expected(in *engine.Inject) *document.Table {
	t := &document.Table{Columns: []document.Column{
		column("", 0.08), column(p.say("Hành động cần đạt", "Expected response"), 0.42), column(p.say("Vai", "Role"), 0.22), column(p.say("Chuẩn – hạn", "Target – limit"), 0.13), column(p.say("Giờ làm", "Done at"), 0.15),
	}}
	for j := range in.Expects {
		r := &in.Expects[j]
		words := p.text(r.Do)
		if r.Critical {
			words = "● " + words
		}
		if len(r.After) > 0 {
			words += " " + p.say("(sau %s)", "(after %s)", engine.Same(strings.Join(r.After, ", ")))
		}
		for _, w := range r.Ways {
			words += "\n◦ " + p.text(w.Do)
		}
		t.Rows = append(t.Rows, row(r.ID, words, p.roleList(append([]string{r.By}, r.Or...)), r.Target.Clock()+" – "+r.Limit.Clock(), ""))
	}
	return t
}

// key says what the numbers on the answer slips stand for.
func (p *pack) key(in *engine.Inject) []document.Block {
	var blocks []document.Block
	for _, r := range p.players() {
		q := p.asked(in, r.ID)
		if q == nil {
			continue
		}
		words := make([]string, len(q.Choices))
		for i := range q.Choices {
			words[i] = strconv.Itoa(i+1) + " = " + q.Choices[i].ID + " (" + p.kind(q.Choices[i].ID) + ")"
		}
		blocks = append(blocks, labelled(p.say("Phiếu của %s, chọn %s:", "Slip of %s, pick %s:", engine.Same(p.role(r.ID)), engine.Same(strconv.Itoa(q.Ask.Pick))), strings.Join(words, ", "))...)
	}
	return blocks
}

func (p *pack) kind(id string) string {
	switch {
	case p.s.FindProhibited(id) != nil:
		return p.say("cấm", "prohibited")
	case p.s.FindDistractor(id) != nil:
		return p.say("nhiễu", "distractor")
	}
	return p.say("đúng", "right")
}

// next are the moves that hang on an inject or on what it expects.
func (p *pack) next(in *engine.Inject) []string {
	ids := []string{in.ID}
	for j := range in.Expects {
		ids = append(ids, in.Expects[j].ID)
	}
	var out []string
	for i := range p.s.Transitions {
		touched := false
		p.c.TransitionGuard(i).Tree.Atoms(func(atom *engine.GuardNode) { touched = touched || slices.Contains(ids, atom.ID) })
		if touched {
			out = append(out, p.move(i, true))
		}
	}
	return out
}

// move is a transition in words.
func (p *pack) move(i int, from bool) string {
	t := &p.s.Transitions[i]
	words := "→ " + p.state(t.To) + p.say(" khi ", " when ") + condition(p.c, p.c.TransitionGuard(i), p.Lang)
	if from {
		return p.state(t.From) + " " + words
	}
	if !t.Why.Empty() {
		words += ". " + p.text(t.Why)
	}
	return words
}

// mayState are the prohibited acts and what the facilitator may state.
func (p *pack) mayState() []document.Block {
	var acts, flags []string
	for i := range p.s.Prohibited {
		x := &p.s.Prohibited[i]
		acts = append(acts, x.ID+" ("+p.text(x.Severity.Title())+"): "+strings.TrimSuffix(p.text(x.Text), ".")+". "+p.text(x.Why))
	}
	for _, f := range p.s.Flags {
		flags = append(flags, f.ID+": "+p.text(f.Text))
	}
	var blocks []document.Block
	for _, group := range []struct {
		title string
		list  []string
	}{{p.say("Hành động cấm", "Prohibited actions"), acts}, {p.say("Điều người điều khiển có thể nêu", "What the facilitator may state"), flags}} {
		if len(group.list) > 0 {
			blocks = append(blocks, &document.Heading{Level: 1, Text: group.title}, points(group.list))
		}
	}
	return blocks
}

// machine is the states and what leads out of them.
func (p *pack) machine() document.Part {
	t := &document.Table{Columns: []document.Column{column(p.say("Trạng thái", "State"), 0.28), column(p.say("Chuyển đến đâu, khi nào", "Leads where, when"), 0.56), column(p.say("Giờ vào", "Entered at"), 0.16)}}
	for _, st := range p.s.Situations() {
		var moves []string
		for i := range p.s.Transitions {
			if p.s.Transitions[i].From == st.ID {
				moves = append(moves, p.move(i, false))
			}
		}
		words := p.text(st.Kind.Title())
		if st.AtLeast > 0 {
			words += ", " + p.say("ít nhất %s", "at least %s", st.AtLeast.Words())
		}
		line := row("", strings.Join(moves, "\n"), "")
		line.Cells[0], line.Lines = []document.Run{bold(p.text(st.Title) + "\n"), {Text: words}}, 2
		t.Rows = append(t.Rows, line)
	}
	return p.sheet("msel-states", p.say("Trạng thái và đường chuyển", "States and transitions"), p.text(p.s.Title), t)
}
