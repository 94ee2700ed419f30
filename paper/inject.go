package paper

import (
	"saban/engine"
	"saban/report/document"
	"saban/scenarios"
)

// injects are the cards players read from, one for each addressee, in the
// order they go out.
func (p *pack) injects() []document.Part {
	blocks := []document.Block{small(p.say(
		"Người điều khiển cắt theo khung và giữ thẻ; chỉ đưa thẻ cho đúng vai khi tình huống được phát. Ghi giờ phát vào danh mục tình huống.",
		"The facilitator cuts along the frames and keeps the cards; a card is handed to its role only when the inject is released. Note the time in the list of injects."))}
	for _, i := range p.order {
		in := &p.s.Injects[i]
		for _, r := range p.players() {
			if in.Reads(r.ID) {
				blocks = append(blocks, p.injectCard(in, r.ID))
			}
		}
	}
	return []document.Part{p.sheet("injects", p.say("Thẻ tình huống", "Inject cards"), "", blocks...)}
}

func (p *pack) injectCard(in *engine.Inject, role string) *document.Card {
	how := p.text(scenarios.ChannelTitle(in.Channel))
	if in.From != "" {
		if how != "" {
			how += " · "
		}
		how += p.say("từ ", "from ") + p.role(in.From)
	}
	blocks := []document.Block{para(bold(p.text(in.Title)))}
	if how != "" {
		blocks = append(blocks, small(how))
	}
	blocks = append(blocks, &document.Paragraph{Style: document.Lead, Runs: plain(p.text(in.Text))},
		para(blank(p.say("Giờ nhận:", "Received at:")), blank(p.say("  Đã báo lại cho:", "  Passed on to:"))))
	return &document.Card{ID: in.ID, Mark: p.cardMark(), Title: p.say("Gửi: ", "To: ") + p.holder(role), Blocks: blocks, Foot: p.cardFoot()}
}
