package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"saban/engine"
	"saban/scoring"
)

// Element is the part of a capability that an action mends (POETE).
type Element string

// The elements.
const (
	Planning     Element = "planning"
	Organization Element = "organization"
	Equipment    Element = "equipment"
	Training     Element = "training"
	Exercise     Element = "exercise"
)

// Title is the element in words.
func (e Element) Title() engine.Text {
	switch e {
	case Planning:
		return engine.Text{VI: "kế hoạch, quy trình", EN: "planning"}
	case Organization:
		return engine.Text{VI: "tổ chức, phân công", EN: "organization"}
	case Equipment:
		return engine.Text{VI: "trang bị", EN: "equipment"}
	case Training:
		return engine.Text{VI: "huấn luyện", EN: "training"}
	case Exercise:
		return engine.Text{VI: "diễn tập", EN: "exercise"}
	}
	return engine.Text{}
}

// reviewAfter is when the improvement plan is reviewed at the latest
// (domain practice: 60 days).
const reviewAfter = 60 * 24 * time.Hour

// plan has a line for each weakness. A gate is no weakness of its own: it
// follows from others.
func (b *builder) plan() []Action {
	due := ""
	if date := b.date(); date != 0 {
		due = at(date).Add(reviewAfter).Format("2006-01-02")
	}
	var plan []Action
	for _, f := range b.found {
		if f.Kind != scoring.Weakness || strings.HasPrefix(f.Code, "gate_") {
			continue
		}
		a := Action{IDs: f.IDs, Issue: f.Text, Element: suggest(f.Code), Priority: b.priority(&f), Due: due, Events: f.Events}
		a.Proposed = b.propose(&f)
		b.locate(&a)
		plan = append(plan, a)
	}
	return plan
}

// suggest names the element a weakness most often points to. A human has the
// last word.
func suggest(code string) Element {
	switch code {
	case "critical_undone", "undone", "order":
		return Planning
	case "other_owner", "own_share":
		return Organization
	}
	return Training
}

// propose drafts a corrective action, for people to better or drop.
func (b *builder) propose(f *scoring.Finding) engine.Text {
	what := b.quotedAll(f.IDs)
	switch f.Code {
	case "critical_undone", "undone":
		return engine.Fill("Ghi %s thành một bước của phương án, giao đích danh người làm và người thay; tập lại%s.",
			"Make %s a step of the plan with a named person and a stand-in; rehearse it%s.", what, b.within(f))
	case "late":
		return engine.Fill("Bỏ khâu chờ và chuẩn bị sẵn phương tiện để làm %s sớm hơn; tập lại%s.", "Cut waiting and prepare the means so that %s comes sooner; rehearse it%s.", what, b.within(f))
	case "content":
		return engine.Fill("Soạn mẫu đủ ý cho %s, để sẵn tại chỗ làm việc; tập lại cho đến khi đủ.", "Write a form with all points of %s and keep it at the desk; rehearse until it is complete.", what)
	case "order":
		return engine.Fill("Ghi rõ thứ tự trong phương án và phiếu việc: %s.", "State the order in the plan and on the task card: %s.", what)
	case "other_owner":
		return engine.Fill("Xác định lại ai làm %s, ai thay khi vắng; cập nhật bảng phân vai.", "Settle who does %s and who stands in; update the list of roles.", what)
	case "own_share":
		return engine.Text{VI: "Rà lại bảng phân vai: mỗi việc có một người phụ trách và một người thay.", EN: "Go over the list of roles: each task has one person in charge and one stand-in."}
	case "prohibited":
		return b.proposeHarm(f, what)
	}
	return engine.Fill("Tập lại cho nhanh hơn: %s.", "Rehearse for speed: %s.", what)
}

// proposeHarm says why an act is prohibited, where the scenario does.
func (b *builder) proposeHarm(f *scoring.Finding, what engine.Text) engine.Text {
	for _, id := range f.IDs {
		if p := b.s.FindProhibited(id); p != nil && !p.Why.Empty() {
			return engine.Fill("Phổ biến lại cho mọi vai điều cấm %s (%s); dán tại nơi làm việc.", "Explain to all roles why %s is prohibited (%s); post it at the workplace.", what, unstopped(p.Why))
		}
	}
	return engine.Fill("Phổ biến lại cho mọi vai điều cấm %s; dán tại nơi làm việc.", "Explain to all roles that %s is prohibited; post it at the workplace.", what)
}

// mostQuoted is how many tasks an action names in words: with more, nobody
// reads to the end.
const mostQuoted = 4

// quotedAll names tasks, and those beyond a few by their ids.
func (b *builder) quotedAll(ids []string) engine.Text {
	texts := make([]engine.Text, 0, mostQuoted)
	for _, id := range ids {
		if len(texts) == mostQuoted-1 && len(ids) > mostQuoted {
			rest := ids[len(texts):]
			texts = append(texts, engine.Fill("%s việc khác (%s)", "%s other tasks (%s)", engine.Same(strconv.Itoa(len(rest))), engine.Same(strings.Join(rest, ", "))))
			break
		}
		texts = append(texts, b.quoted(id))
	}
	return join(texts, ", ")
}

// within is the target that a rehearsal has to keep.
func (b *builder) within(f *scoring.Finding) engine.Text {
	for i := range b.card.Items {
		if it := &b.card.Items[i]; it.Target > 0 && slices.Contains(f.IDs, it.ID) {
			return engine.Fill(" cho đến khi xong trong %s", " until it is done within %s", engine.Millis(it.Target).Words())
		}
	}
	return engine.Text{}
}

// priority ranks what a weakness puts at risk: life and what is critical, then
// what came late or in the wrong order, then the rest.
func (b *builder) priority(f *scoring.Finding) int {
	switch f.Code {
	case "critical_undone":
		return 1
	case "prohibited":
		if b.rankHarm(f) == rankMinor {
			return 3
		}
		return 1
	case "undone", "late", "order", "own_share":
		return 2
	}
	return 3
}

// locate finds the capability and the role that an action belongs to.
func (b *builder) locate(a *Action) {
	for _, id := range a.IDs {
		for i := range b.card.Items {
			if it := &b.card.Items[i]; it.ID == id {
				a.Capability, a.Responsible = it.Capability, it.By
				return
			}
		}
		for i := range b.card.Penalties {
			if p := &b.card.Penalties[i]; p.ID == id {
				a.Capability, a.Responsible = p.Capability, p.Role
				return
			}
		}
	}
}

// proposals are what the result alone suggests: what to train again, and what
// to set right before the next drill.
func (b *builder) proposals() []engine.Text {
	var weak []engine.Text
	for _, c := range b.card.CapabilityDetails {
		if c.Final == scoring.Major || c.Final == scoring.Unable {
			weak = append(weak, c.Title)
		}
	}
	var out []engine.Text
	if len(weak) > 0 {
		out = append(out, engine.Fill("Huấn luyện và diễn tập lại phần %s sau khi khắc phục.", "Train and drill again, once mended: %s.", join(weak, "; ")))
	}
	for _, limit := range b.card.Limits {
		switch limit.Code {
		case "unchecked_boxes":
			out = append(out, engine.Text{VI: "Lần sau bố trí người đối chiếu nội dung các báo cáo ngay trong buổi diễn tập.", EN: "Next time, have somebody check the content of reports during the drill."})
		case "assumed_receipt":
			out = append(out, engine.Text{VI: "Lần sau xác nhận từng tình huống đã tới người nhận.", EN: "Next time, confirm that each inject has reached its reader."})
		}
	}
	return out
}
