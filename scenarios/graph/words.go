package graph

import (
	"fmt"
	"strings"

	"saban/engine"
)

// Words says a guard in words: "xong R03 và đã 10 phút ở trạng thái này".
// What `not` stands before is said the other way round, so that no sentence
// needs "not (…)": not (done(R01) or done(R02)) is "R01 not done and R02 not
// done". Ids stay ids. A nil guard gives "".
func Words(g *engine.Guard, lang engine.Lang) string {
	return WordsNaming(g, lang, func(_ engine.FactKind, id string) string { return id })
}

// WordsNaming is Words with ids said as name says them: for readers who know
// a state by its title.
func WordsNaming(g *engine.Guard, lang engine.Lang, name func(fact engine.FactKind, id string) string) string {
	if g == nil || g.Tree == nil {
		return ""
	}
	return speaker{lang, name}.words(g.Tree, true)
}

type speaker struct {
	lang engine.Lang
	name func(engine.FactKind, string) string
}

func (s speaker) words(n *engine.GuardNode, holds bool) string {
	switch n.Op {
	case engine.Not:
		return s.words(n.Kids[0], !holds)
	case engine.And, engine.Or:
		all := joins(n, holds)
		parts := make([]string, len(n.Kids))
		for i, k := range n.Kids {
			parts[i] = s.words(k, holds)
			if inner, kidHolds := under(k, holds); inner.Op != engine.Atom && joins(inner, kidHolds) != all {
				parts[i] = "(" + parts[i] + ")"
			}
		}
		return strings.Join(parts, joint(all).In(s.lang))
	default:
		return s.atom(n, holds)
	}
}

// joins reports whether the parts of n are said with "and": those of an And,
// and those of an Or that does not hold.
func joins(n *engine.GuardNode, holds bool) bool { return (n.Op == engine.And) == holds }

func joint(all bool) engine.Text {
	if all {
		return engine.Text{VI: " và ", EN: " and "}
	}
	return engine.Text{VI: " hoặc ", EN: " or "}
}

// under looks through `not`.
func under(n *engine.GuardNode, holds bool) (*engine.GuardNode, bool) {
	for n.Op == engine.Not {
		n, holds = n.Kids[0], !holds
	}
	return n, holds
}

// phrases of each fact, when it holds and when it does not. %s is the id of a
// plain fact, the length of time of a timed one; since has both.
var phrases = map[engine.FactKind][2]engine.Text{
	engine.FactInject:     {{VI: "đã phát %s", EN: "%s released"}, {VI: "chưa phát %s", EN: "%s not released"}},
	engine.FactDone:       {{VI: "xong %s", EN: "%s done"}, {VI: "chưa xong %s", EN: "%s not done"}},
	engine.FactLate:       {{VI: "%s xong sau hạn", EN: "%s done late"}, {VI: "%s không xong sau hạn", EN: "%s not done late"}},
	engine.FactMissed:     {{VI: "để lỡ hạn %s", EN: "%s missed"}, {VI: "không để lỡ hạn %s", EN: "%s not missed"}},
	engine.FactFlag:       {{VI: "đã nêu %s", EN: "%s stated"}, {VI: "chưa nêu %s", EN: "%s not stated"}},
	engine.FactFilled:     {{VI: "có người giữ vai %s", EN: "somebody holds %s"}, {VI: "không ai giữ vai %s", EN: "nobody holds %s"}},
	engine.FactProhibited: {{VI: "phạm %s ở trạng thái này", EN: "%s seen in this state"}, {VI: "không phạm %s ở trạng thái này", EN: "%s not seen in this state"}},
	engine.FactState:      {{VI: "đang ở %s", EN: "in %s"}, {VI: "không ở %s", EN: "not in %s"}},
	engine.FactSince:      {{VI: "đã %s từ %s", EN: "%s since %s"}, {VI: "chưa đủ %s từ %s", EN: "not yet %s since %s"}},
	engine.FactClock:      {{VI: "đã %s từ khi bắt đầu", EN: "%s into the drill"}, {VI: "chưa đủ %s từ khi bắt đầu", EN: "not yet %s into the drill"}},
	engine.FactElapsed:    {{VI: "đã %s ở trạng thái này", EN: "%s in this state"}, {VI: "chưa đủ %s ở trạng thái này", EN: "not yet %s in this state"}},
}

func (s speaker) atom(n *engine.GuardNode, holds bool) string {
	phrase, known := phrases[n.Fact]
	if !known {
		return string(n.Fact) + " " + s.name(n.Fact, n.ID)
	}
	form := phrase[0]
	if !holds {
		form = phrase[1]
	}
	switch {
	case n.Fact == engine.FactSince:
		return fmt.Sprintf(form.In(s.lang), bound(n, s.lang), s.name(n.Fact, n.ID))
	case n.Fact.Timed():
		return fmt.Sprintf(form.In(s.lang), bound(n, s.lang))
	default:
		return fmt.Sprintf(form.In(s.lang), s.name(n.Fact, n.ID))
	}
}

// bound gives the time a fact is compared with, and where it comes from when
// the author did not write it as a number.
func bound(n *engine.GuardNode, lang engine.Lang) string {
	text := n.AtLeast.Words().In(lang)
	source := strings.TrimSpace(n.Bound)
	if source == "" || source[0] >= '0' && source[0] <= '9' {
		return text
	}
	name := engine.Text{VI: source, EN: source}
	if id, ok := call(source, "limit"); ok {
		name = engine.Both("thời gian giới hạn của %s", "the limit of %s", id)
	} else if id, ok := call(source, "target"); ok {
		name = engine.Both("thời gian chuẩn của %s", "the target of %s", id)
	}
	return text + " (" + name.In(lang) + ")"
}

// call takes name(id) apart.
func call(source, name string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(source, name)
	if !ok {
		return "", false
	}
	rest = strings.TrimSpace(rest)
	if len(rest) < 2 || rest[0] != '(' || rest[len(rest)-1] != ')' {
		return "", false
	}
	return strings.TrimSpace(rest[1 : len(rest)-1]), true
}
