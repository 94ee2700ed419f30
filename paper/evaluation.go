package paper

import (
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

// evaluation is a sheet for each capability the scenario calls on.
func (p *pack) evaluation() []document.Part {
	var parts []document.Part
	for _, c := range engine.Capabilities {
		tasks, acts := p.tasks(c), p.acts(c)
		if len(tasks.Rows)+len(acts.Rows) == 0 {
			continue
		}
		blocks := append(p.evaluationHead(c), p.meanings()...)
		if len(tasks.Rows) > 0 {
			blocks = append(blocks, tasks)
		}
		if len(acts.Rows) > 0 {
			blocks = append(blocks, acts)
		}
		parts = append(parts, p.sheet("evaluation-"+string(c), p.say("Phiếu đánh giá", "Evaluation sheet"),
			string(c)+" · "+p.text(c.Title()), append(blocks, p.evaluationEnd()...)...))
	}
	return parts
}

// evaluationHead says which drill, when, where, to what end.
func (p *pack) evaluationHead(c engine.Capability) []document.Block {
	blocks := labelled(p.say("Kịch bản:", "Scenario:"), p.text(p.s.Title))
	blocks = append(blocks, labelled(p.say("Cơ sở:", "Facility:"), p.text(p.s.Site.Name))...)
	blocks = append(blocks, para(blank(p.say("Ngày:", "Date:")), blank(p.say("  Địa điểm:", "  Venue:")), blank(p.say("  Giờ bắt đầu:", "  Started at:"))))
	for _, o := range p.s.Objectives {
		if o.Capability == c {
			blocks = append(blocks, labelled(p.say("Mục tiêu %s:", "Objective %s:", engine.Same(o.ID)), p.text(o.Text))...)
		}
	}
	return append(blocks, small(p.say("Nhiệm vụ then chốt có dấu ●. Giờ tính từ lúc tình huống được nhận. Mức M và U phải ghi lý do. Không can thiệp, không gợi ý.",
		"Critical tasks are marked ●. Times count from the receipt of the inject. Ratings M and U need a reason. Do not intervene, do not prompt.")))
}

const ratings = "□ P\n□ S\n□ M\n□ U"

// tasks are the responses under a capability.
func (p *pack) tasks(c engine.Capability) *document.Table {
	t := &document.Table{Columns: []document.Column{
		column(p.say("Nhiệm vụ", "Task"), 0.27), column(p.say("Chuẩn – giới hạn", "Target – limit"), 0.1), column(p.say("Giờ làm", "Done at"), 0.09),
		column(p.say("Thấy", "Seen"), 0.1), column(p.say("Nội dung đủ", "Contents"), 0.2), column(p.say("Mức", "Rating"), 0.06), column(p.say("Ghi nhận, lý do", "Observation, reason"), 0.18),
	}}
	seen := p.say("□ có\n□ không", "□ yes\n□ no")
	for _, i := range p.order {
		in := &p.s.Injects[i]
		for j := range in.Expects {
			r := &in.Expects[j]
			if p.s.CapabilityOf(r) != c {
				continue
			}
			line := row("", r.Target.Clock()+" – "+r.Limit.Clock(), "", seen, p.contents(r), ratings, "")
			line.Cells[0], line.Lines = p.task(in, r), 5
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

func (p *pack) task(in *engine.Inject, r *engine.Response) []document.Run {
	mark := ""
	if r.Critical {
		mark = "● "
	}
	runs := []document.Run{bold(mark + r.ID + " · " + in.ID + "\n"), {Text: p.text(r.Do) + "\n"}, {Text: p.roleList(append([]string{r.By}, r.Or...)), Italic: true}}
	if len(r.After) > 0 {
		runs = append(runs, document.Run{Text: "\n" + p.say("sau %s", "after %s", engine.Same(strings.Join(r.After, ", "))), Italic: true})
	}
	return runs
}

// contents are the boxes of a response, each to be ticked.
func (p *pack) contents(r *engine.Response) string {
	set := p.s.BoxSet(r.Boxes)
	if set == nil {
		return "–"
	}
	lines := make([]string, len(set.Boxes))
	for i, b := range set.Boxes {
		lines[i] = "□ " + p.text(b.Text)
	}
	return strings.Join(lines, "\n")
}

// acts are the prohibited actions under a capability.
func (p *pack) acts(c engine.Capability) *document.Table {
	t := &document.Table{Caption: p.say("Hành động cấm: thấy thì ghi giờ, mỗi lần một dòng", "Prohibited actions: note the time whenever one is seen"), Columns: []document.Column{
		column(p.say("Hành động cấm", "Prohibited action"), 0.46), column(p.say("Mức độ", "Severity"), 0.16), column(p.say("Giờ thấy, ai làm", "Seen at, by whom"), 0.38),
	}}
	for i := range p.s.Prohibited {
		if x := &p.s.Prohibited[i]; x.Capability == c {
			line := row(x.ID+" · "+p.text(x.Text), p.text(x.Severity.Title()), "")
			line.Lines = 2
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

// evaluationEnd is the rating of the whole, and who gave it.
func (p *pack) evaluationEnd() []document.Block {
	return []document.Block{
		&document.Heading{Level: 3, Text: p.say("Mức cuối của năng lực:", "Final rating of the capability:") + "   □\u00a0P\u00a0\u00a0\u00a0 □\u00a0S\u00a0\u00a0\u00a0 □\u00a0M\u00a0\u00a0\u00a0 □\u00a0U"},
		&document.Writing{Label: p.say("Lý do:", "Reason:"), Lines: 2},
		para(blank(p.say("Đánh giá viên:", "Evaluator:")), blank(p.say("  Đơn vị:", "  Unit:")), blank(p.say("  Ký tên:", "  Signature:"))),
	}
}

// meanings are the definitions of the ratings, at hand above the tasks.
func (p *pack) meanings() []document.Block {
	var out []document.Block
	for _, r := range []scoring.Rating{scoring.Performed, scoring.Some, scoring.Major, scoring.Unable} {
		out = append(out, &document.Paragraph{Style: document.Small, Runs: []document.Run{bold(string(r)), {Text: " – " + p.text(r.Meaning())}}})
	}
	return out
}
