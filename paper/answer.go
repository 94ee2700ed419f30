package paper

import (
	"strconv"

	"saban/engine"
	"saban/report/document"
)

// answers are the slips of each role, one for each inject it is asked about.
// A slip would say what is to come, so it goes out with its inject.
func (p *pack) answers() []document.Part {
	var parts []document.Part
	for _, r := range p.players() {
		blocks := []document.Block{small(p.say(
			"Người điều khiển cắt theo khung và giữ phiếu; đưa cùng thẻ tình huống, hoặc khi vai này được người khác báo lại. Thu lại ngay khi trả lời xong.",
			"The facilitator cuts along the frames and keeps the slips; a slip goes out with the inject card, or once somebody has told this role. Collect it as soon as it is answered."))}
		for _, i := range p.order {
			if card := p.answerSlip(&p.s.Injects[i], r.ID); card != nil {
				blocks = append(blocks, card)
			}
		}
		if len(blocks) > 1 {
			parts = append(parts, p.sheet("answers-"+r.ID, p.say("Phiếu trả lời: ", "Answer slips: ")+p.role(r.ID), "", blocks...))
		}
	}
	return parts
}

// answerSlip is what a role answers an inject on, or nil when it is not asked.
func (p *pack) answerSlip(in *engine.Inject, role string) *document.Card {
	q := p.asked(in, role)
	if q == nil {
		return nil
	}
	var blocks []document.Block
	if !in.Reads(role) {
		blocks = labelled(p.say("Được báo lại:", "You are told:"), p.text(q.Ask.Told))
	}
	list := &document.List{Ticks: true}
	for i := range q.Choices {
		list.Points = append(list.Points, document.Point{Runs: []document.Run{bold(strconv.Itoa(i+1) + ". "), {Text: p.text(q.Choices[i].Text)}}})
	}
	return &document.Card{
		ID: in.ID, Mark: p.cardMark(), Title: p.holder(role), Foot: p.cardFoot(),
		Blocks: append(blocks,
			para(bold(p.say("Đánh dấu đúng %s ô:", "Tick exactly %s:", engine.Same(strconv.Itoa(q.Ask.Pick))))), list,
			&document.Writing{Label: p.say("Làm gì, nói gì với ai:", "What you do, what you say to whom:"), Lines: 2},
			para(blank(p.say("Giờ nhận:", "Received at:")), blank(p.say("  Giờ xong:", "  Done at:")), blank(p.say("  Người trả lời:", "  Answered by:")))),
	}
}
