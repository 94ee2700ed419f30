package check

import (
	"strings"
	"time"

	"saban/engine"
	"saban/scenarios"
)

// dateForm is how a review's date is written.
const dateForm = "2006-01-02"

// leastResponses is how many responses make a seat worth taking: with one, a
// player answers once and waits for the rest of the drill. Own choice.
const leastResponses = 2

// content reports what is missing, what gives an answer away, and what looks
// like something real.
func content(f *scenarios.File) scenarios.Findings {
	found := absent(f)
	found = append(found, idleRoles(f)...)
	found = append(found, parameters(f)...)
	found = append(found, questions(f)...)
	found = append(found, heard(f)...)
	f.Texts(func(path string, t engine.Text) {
		found = append(found, sameInBoth(f, path, t)...)
		found = append(found, tooLong(f, path, t)...)
		found = append(found, looksReal(f, path, t)...)
	})
	return append(found, avoided(f)...)
}

// absent reports what a trainer will miss: a date of the review, reasons of
// prohibited actions, questions for the hot wash.
func absent(f *scenarios.File) scenarios.Findings {
	s := f.Scenario
	var found scenarios.Findings
	if _, err := time.Parse(dateForm, s.Review.Date); s.Review.By != "" && err != nil {
		found = append(found, f.Finding("review/date", 0, scenarios.Warning, scenarios.NoReviewDate,
			engine.Both("không rõ ngày duyệt: %q", "the date of the review is not clear: %q", s.Review.Date),
			engine.Both("viết date: \"2026-03-15\", ngày người duyệt đọc bản này", "write date: \"2026-03-15\", the day this version was read")))
	}
	for i := range s.Prohibited {
		if p := &s.Prohibited[i]; p.Why.Empty() {
			found = append(found, f.Finding(index("prohibited", i), 0, scenarios.Warning, scenarios.NoWhy,
				engine.Both("%s không nói vì sao bị cấm", "%s does not say why it is prohibited", p.ID),
				engine.Both("thêm why: điều gì xảy ra với ai", "add why: what happens to whom")))
		}
	}
	if len(s.Debrief) == 0 {
		found = append(found, f.Finding("debrief", 0, scenarios.Warning, scenarios.NoDebrief,
			engine.Both("không có câu hỏi rút kinh nghiệm nào", "there is no question for the hot wash"),
			engine.Both("thêm debrief: vài câu hỏi mở về quyết định, thông tin, lực lượng, phương tiện", "add debrief: a few open questions on decisions, information, forces, means")))
	}
	return found
}

// idleRoles reports players with hardly anything of their own to do.
func idleRoles(f *scenarios.File) scenarios.Findings {
	s := f.Scenario
	own, asked := map[string]int{}, map[string]bool{}
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			own[s.Injects[i].Expects[j].By]++
		}
		for _, ask := range s.Injects[i].AskList() {
			asked[ask.Role] = true
		}
	}
	var found scenarios.Findings
	for i := range s.Roles {
		r := &s.Roles[i]
		if r.Simulated || !asked[r.ID] || own[r.ID] >= leastResponses {
			continue // who is never asked was reported by the reader
		}
		found = append(found, f.Finding(index("roles", i), 0, scenarios.Warning, scenarios.FewResponses,
			engine.Both("vai %s chỉ có %d hành động của riêng mình", "responses of role %s itself: only %d", r.ID, own[r.ID]),
			engine.Both("giao ít nhất %d việc, hoặc đặt simulated: true", "give it at least %d, or make it simulated: true", leastResponses)))
	}
	return found
}

// parameters reports values of unknown origin, and values nothing uses.
func parameters(f *scenarios.File) scenarios.Findings {
	var found scenarios.Findings
	used := usedIn(f)
	for i := range f.Scenario.Parameters {
		p := &f.Scenario.Parameters[i]
		if p.Source.Empty() && !setBySite(f, p.ID) {
			found = append(found, f.Finding(index("parameters", i), 0, scenarios.Warning, scenarios.NoSource,
				engine.Both("tham số %s không ghi nguồn", "parameter %s has no source", p.ID),
				engine.Both("thêm source: văn bản nào, hoặc “giả định cho diễn tập”", "add source: which document, or “assumed for the drill”")))
		}
		if !used(p.ID) {
			found = append(found, f.Finding(index("parameters", i), 0, scenarios.Warning, scenarios.UnusedParameter,
				engine.Both("không văn bản hay điều kiện nào dùng tham số %s", "no text or condition uses parameter %s", p.ID),
				engine.Both("viết ${%s} trong văn bản, hoặc bỏ tham số", "write ${%s} in a text, or take the parameter out", p.ID)))
		}
	}
	return found
}

func setBySite(f *scenarios.File, id string) bool {
	if f.Site == nil {
		return false
	}
	for _, p := range f.Site.Parameters {
		if p.ID == id {
			return true
		}
	}
	return false
}

// usedIn tells which parameters texts and guards name. Texts have the values
// in them by now, so the file is asked, without its comments.
func usedIn(f *scenarios.File) func(id string) bool {
	s := f.Scenario
	named := map[string]bool{}
	for _, line := range strings.Split(string(f.Source.Bytes), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, m := range placeholder().FindAllStringSubmatch(line, -1) {
			named[m[1]] = true
		}
	}
	guards := ""
	for i := range s.Transitions {
		guards += " " + s.Transitions[i].When
	}
	for i := range s.Injects {
		guards += " " + s.Injects[i].When
	}
	for _, word := range guardWord().FindAllString(guards, -1) {
		named[word] = true
	}
	return func(id string) bool { return named[id] }
}

var (
	placeholder = scenarios.NewPattern(`\$\{(\w+)\}`)
	guardWord   = scenarios.NewPattern(`[A-Za-z]\w*`)
)
