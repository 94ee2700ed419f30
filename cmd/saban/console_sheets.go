package main

import (
	"strings"

	"saban/scoring"
)

// help lists every key and every mark.
func (c *console) help() {
	c.show(&sheet{title: c.app.say("Phím và ký hiệu", "Keys and marks"), lines: func(c *console, w int) []line {
		var out []line
		for _, h := range hotkeys() {
			for n, l := range fold(c.s.in(h.long), w-10) {
				label := h.label
				if n > 0 {
					label = ""
				}
				out = append(out, line{{" " + label + blanks(8-columns(label)), accent}, {l, plain}})
			}
		}
		out = append(out, nil)
		for _, m := range c.marks() {
			out = append(out, line{{" " + m.mark + "       ", m.style}, {clip(m.text, w-10), plain}})
		}
		return out
	}})
}

func (c *console) marks() []telling {
	a := c.app
	return []telling{
		{"○", good, a.say("câu chờ trả lời, còn trong thời gian chuẩn", "an open question, within its target")},
		{"◆", warn, a.say("quá thời gian chuẩn, còn trong giới hạn", "past its target, within its limit")},
		{"■", bad, a.say("quá giới hạn; vẫn nhận câu trả lời", "past its limit; an answer is still taken")},
		{"●", good, a.say("đã làm trong thời gian chuẩn", "done within its target")},
		{"×", bad, a.say("hành động cấm", "a prohibited action")},
		{"◇", adhoc, a.say("đột xuất, hoặc không có giờ định trước", "ad hoc, or without a planned time")},
	}
}

// score shows the scorecard as it would be now.
func (c *console) score() {
	c.show(&sheet{title: c.app.say("Bảng điểm tạm tính", "Provisional scorecard"), lines: func(c *console, w int) []line {
		card := c.s.scorecard()
		out := textLines(c.s.in(card.Verdict), w, strong)
		out = append(out, nil)
		if card.Total != nil {
			out = append(out, textLines(c.app.say("%s điểm · %s · phạt %s", "%s points · %s · penalties %s",
				card.Total.In(c.app.lang), c.s.in(card.Grade.Title()), card.PenaltyTotal.In(c.app.lang)), w, plain)...)
		}
		for _, d := range card.CapabilityDetails {
			out = append(out, textLines(string(d.Final)+"  "+c.s.in(d.Title), w, plain)...)
		}
		for _, g := range card.Gates {
			out = append(out, textLines(c.app.say("trần %s: %s", "ceiling %s: %s", g.Cap.In(c.app.lang), c.s.in(g.Why)), w, warn)...)
		}
		if len(card.Findings) > 0 {
			out = append(out, nil)
		}
		marks := map[scoring.FindingKind]string{scoring.Strength: "+ ", scoring.Weakness: "− ", scoring.Note: "· "}
		for _, f := range card.Findings {
			out = append(out, textLines(marks[f.Kind]+c.s.in(f.Text), w, plain)...)
		}
		return out
	}})
}

// textLines folds a text; further lines stand in under the first.
func textLines(text string, w int, st style) []line {
	var out []line
	for n, l := range fold(text, w-4) {
		out = append(out, line{{strings.Repeat(" ", 1+2*min(n, 1)) + l, st}})
	}
	return out
}
