package check

import (
	"unicode/utf8"

	"saban/engine"
	"saban/scenarios"
)

// What gives the right answer away. Own choice: with three or four choices
// chance makes the right one the longest, or the first, in about a third of
// the questions; from 60 % of at least six on a player can live on it.
const (
	leastChoices   = 3
	leastQuestions = 6
	givenAway      = 60 // percent
	showsFrom      = 10 // percent longer: what the eye sees without counting
)

// asked is a question put to a role, with what its choices are worth.
type asked struct {
	inject  *engine.Inject
	path    string
	ask     *engine.Ask
	written bool // its order is the author's
	right   []bool
	rights  int
}

// questions reports questions without a wrong or without a right answer, and
// right answers that show by their length or their place.
func questions(f *scenarios.File) scenarios.Findings {
	var found scenarios.Findings
	all := allAsked(f)
	for i := range all {
		switch q := &all[i]; q.rights {
		case len(q.ask.Choices):
			found = append(found, f.Finding(q.path, 0, scenarios.Warning, scenarios.NoWrongChoice,
				engine.Both("%s hỏi vai %s mà lựa chọn nào cũng đúng", "%s asks role %s, and every choice is right", q.inject.ID, q.ask.Role),
				engine.Both("thêm phương án nhiễu hoặc hành động cấm vào also: %s", "add a distractor or a prohibited action to also: %s", q.ask.Role)))
		case 0:
			found = append(found, f.Finding(q.path, 0, scenarios.Warning, scenarios.NoRightChoice,
				engine.Both("%s hỏi vai %s mà không lựa chọn nào đúng", "%s asks role %s, and no choice is right", q.inject.ID, q.ask.Role),
				engine.Both("giao một việc cho vai %s ở đây, hoặc không hỏi vai này", "give role %s something to do here, or do not ask it", q.ask.Role)))
		}
	}
	for _, lang := range languages {
		found = append(found, lengthTells(f, all, lang)...)
	}
	return append(found, placeTells(f, all)...)
}

func allAsked(f *scenarios.File) []asked {
	var all []asked
	for i := range f.Scenario.Injects {
		in := &f.Scenario.Injects[i]
		for k, ask := range in.AskList() {
			q := asked{inject: in, path: index("injects", i), ask: &ask, written: len(in.Asks) > 0}
			if q.written {
				q.path = index(q.path+"/asks", k)
			}
			for _, id := range ask.Choices {
				right := isRight(f.Scenario, id, ask.Role)
				q.right = append(q.right, right)
				if right {
					q.rights++
				}
			}
			all = append(all, q)
		}
	}
	return all
}

// isRight reports whether a choice is what should be done: a response of the
// role's own, in a way that is worth all of it.
func isRight(s *engine.Scenario, id, role string) bool {
	if _, r := s.FindResponse(id); r != nil {
		return r.Owns(role)
	}
	r, way := s.FindWay(id)
	return r != nil && r.Owns(role) && way.Content == engine.Whole
}

// telling reports whether the look of a question could tell anything: enough
// choices, and no more right ones than wrong ones.
func (q *asked) telling() bool {
	return len(q.ask.Choices) >= leastChoices && q.rights > 0 && q.rights*2 <= len(q.ask.Choices)
}

// lengthTells reports right answers that are visibly longer than every wrong one,
// question after question.
func lengthTells(f *scenarios.File, all []asked, lang engine.Lang) scenarios.Findings {
	counted, shows, first := 0, 0, ""
	for i := range all {
		q := &all[i]
		if !q.telling() {
			continue
		}
		right, wrong := 0, 0
		for k, id := range q.ask.Choices {
			n := utf8.RuneCountInString(only(wordsOf(f.Scenario, id), lang))
			if q.right[k] {
				right = max(right, n)
			} else {
				wrong = max(wrong, n)
			}
		}
		if right == 0 || wrong == 0 {
			continue // not written in this language
		}
		counted++
		if right*100 > wrong*(100+showsFrom) {
			shows++
			if first == "" {
				first = q.path
			}
		}
	}
	if counted < leastQuestions || shows*100 <= counted*givenAway {
		return nil
	}
	vi, en := "tiếng Việt", "Vietnamese"
	if lang == engine.EN {
		vi, en = "tiếng Anh", "English"
	}
	return scenarios.Findings{f.Finding(first, 0, scenarios.Warning, scenarios.LongestIsRight,
		engine.Both("bản %[1]s: ở %[3]d trên %[4]d câu hỏi, việc đúng dài hơn hẳn mọi lựa chọn khác", "in %[2]s the right answer is visibly the longest in %[3]d of %[4]d questions", vi, en, shows, counted),
		engine.Both("viết phương án nhiễu và hành động cấm dài ngang việc đúng: nhiều nhất %d phần trăm, ở đây là câu đầu tiên", "write distractors and prohibited actions as long as right answers: at most %d in a hundred; this is the first question", givenAway))}
}

// placeTells reports right answers that always stand first where the order is
// the author's. On screen and phone choices are shuffled by the seed; paper
// and `saban show` keep the file's order. What is derived from expects and
// also begins with the right answers by construction and says nothing about
// the author, so written asks alone count.
func placeTells(f *scenarios.File, all []asked) scenarios.Findings {
	counted, shows, first := 0, 0, ""
	for i := range all {
		q := &all[i]
		if !q.written || !q.telling() {
			continue
		}
		counted++
		if q.right[0] {
			shows++
			if first == "" {
				first = q.path
			}
		}
	}
	if counted < leastQuestions || shows*100 <= counted*givenAway {
		return nil
	}
	return scenarios.Findings{f.Finding(first+"/choices", 0, scenarios.Warning, scenarios.FirstIsRight,
		engine.Both("ở %d trên %d câu hỏi viết bằng asks, việc đúng đứng đầu", "in %d of %d questions written as asks the right answer stands first", shows, counted),
		engine.Both("đổi chỗ các lựa chọn: bản in giữ nguyên thứ tự trong tệp", "move the choices about: on paper they keep the order of the file"))}
}

// wordsOf is what a choice says.
func wordsOf(s *engine.Scenario, id string) engine.Text {
	if _, r := s.FindResponse(id); r != nil {
		return r.Do
	}
	if r, way := s.FindWay(id); r != nil {
		return way.Do
	}
	if p := s.FindProhibited(id); p != nil {
		return p.Text
	}
	if d := s.FindDistractor(id); d != nil {
		return d.Text
	}
	return engine.Text{}
}
