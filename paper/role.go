package paper

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/report/document"
)

// roles are a page for each player: who one is in this drill and how it is
// played, with a log to write in.
func (p *pack) roles() []document.Part {
	var parts []document.Part
	for _, r := range p.players() {
		card := &document.Card{ID: p.text(r.Title), Mark: p.cardMark(), Title: p.text(p.s.Site.Name), Foot: p.cardFoot()}
		card.Blocks = append(p.whoIs(r.ID), p.howTo()...)
		log := &document.Table{
			Caption: p.say("Nhật ký của vai", "Log of the role"),
			Columns: []document.Column{column(p.say("Giờ", "Time"), 0.1), column(p.say("Nhận gì, từ ai", "Received what, from whom"), 0.32), column(p.say("Làm gì, báo ai", "Did what, told whom"), 0.38), column(p.say("Người ghi", "Written by"), 0.2)},
		}
		for range logRows {
			log.Rows = append(log.Rows, document.Row{Lines: 2, Cells: make([][]document.Run, len(log.Columns))})
		}
		parts = append(parts, p.sheet("role-"+r.ID, p.say("Thẻ vai: ", "Role card: ")+p.text(r.Title), "", card, log))
	}
	return parts
}

// logRows fill the rest of a role's page.
const logRows = 12

// whoIs says who holds a role, whose work it takes on, and what it is for.
func (p *pack) whoIs(role string) []document.Block {
	blocks := []document.Block{para(blank(p.say("Người giữ vai:", "Held by:")))}
	var also []string
	for _, c := range p.Covers {
		if c.By == role {
			also = append(also, p.role(c.Role))
		}
		if c.Role == role {
			blocks = []document.Block{para(bold(p.say("Vai này do %s kiêm.", "%s covers this role.", engine.Same(p.role(c.By)))))}
		}
	}
	blocks = append(blocks, labelled(p.say("Kiêm việc của:", "Also does the work of:"), strings.Join(also, ", "))...)
	return append(blocks, labelled(p.say("Việc của vai:", "What the role is for:"), strings.Join(p.purposes(role), "; "))...)
}

// purposes are the capabilities a role is counted on for: what it is there to
// do, not how.
func (p *pack) purposes(role string) []string {
	var own []engine.Capability
	for i := range p.s.Injects {
		for j := range p.s.Injects[i].Expects {
			r := &p.s.Injects[i].Expects[j]
			if c := p.s.CapabilityOf(r); r.Owns(role) && c != "" && !slices.Contains(own, c) {
				own = append(own, c)
			}
		}
	}
	var words []string
	for _, c := range engine.Capabilities {
		if slices.Contains(own, c) {
			words = append(words, p.text(c.Title()))
		}
	}
	return words
}

// howTo is how every player plays.
func (p *pack) howTo() []document.Block {
	return []document.Block{points([]string{
		p.say("Chỉ biết những gì ghi trên thẻ đưa cho mình và những gì người khác báo lại. Không xem thẻ của vai khác.",
			"You know what the cards handed to you say, and what others tell you. Do not look at other roles' cards."),
		p.say("Nhận thẻ: đọc, ghi giờ nhận. Cần ai biết thì báo người đó thật rõ, và nói với người điều khiển đã báo ai.",
			"On receiving a card: read it, note the time. Tell whoever has to know, clearly, and let the facilitator know whom you told."),
		p.say("Trả lời trên phiếu: đánh dấu đúng số ô được hỏi, viết việc làm và lời nói, ghi giờ xong, nộp lại ngay.",
			"Answer on the slip: tick exactly as many as asked, write what you do and say, note the time, hand it back at once."),
		p.say("Mọi cuộc gọi ra ngoài là gọi người điều khiển. Không gọi 112, 113, 114, 115 hay số điện thoại thật nào.",
			"Every call to the outside goes to the facilitator. Do not dial 112, 113, 114, 115 or any real number."),
		p.say("Đầu và cuối mỗi lời nhắn nói: “DIỄN TẬP – DIỄN TẬP – DIỄN TẬP”.",
			"Begin and end every message with “EXERCISE – EXERCISE – EXERCISE”."),
		p.say("Có việc thật: nói to “TÌNH HUỐNG THẬT – DỪNG DIỄN TẬP”. Mọi người dừng ngay.",
			"If something real happens, call out “REAL EMERGENCY – STOP THE EXERCISE”. Everybody stops at once."),
	})}
}
