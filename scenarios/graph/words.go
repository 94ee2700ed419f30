package graph

import (
	"fmt"
	"strings"

	"saban/engine"
)

// Words says a guard in words: "xong R03, R04 và đã 10 phút ở trạng thái này".
// What `not` stands before is said the other way round, so that no sentence
// needs "not (…)": not (done(R01) or inject(I02)) is "R01 not done and I02 not
// released". Facts of one kind side by side are said together. Ids stay ids. A
// nil guard gives "".
func Words(g *engine.Guard, lang engine.Lang) string {
	return WordsNaming(g, lang, func(_ engine.FactKind, id string) string { return id })
}

// WordsNaming is Words with ids said as name says them: for readers who know
// a state by its title.
func WordsNaming(g *engine.Guard, lang engine.Lang, name func(fact engine.FactKind, id string) string) string {
	if g == nil || g.Tree == nil {
		return ""
	}
	return speaker{lang, name}.words(claim{g.Tree, true})
}

type speaker struct {
	lang engine.Lang
	name func(engine.FactKind, string) string
}

// claim is a node of a guard that is said to hold, or not to.
type claim struct {
	node  *engine.GuardNode
	holds bool
}

func (s speaker) words(c claim) string {
	c = under(c)
	if c.node.Op == engine.Atom {
		return s.atom(c.node, c.holds)
	}
	all := joins(c)
	claims := parts(c, all)
	var said []string
	for i := 0; i < len(claims); {
		n := alike(claims[i:], all)
		switch {
		case n > 1:
			said = append(said, s.together(claims[i:i+n], all))
		case claims[i].node.Op != engine.Atom:
			said = append(said, "("+s.words(claims[i])+")")
		default:
			said = append(said, s.words(claims[i]))
		}
		i += n
	}
	return strings.Join(said, " "+joint(all).In(s.lang)+" ")
}

// joins reports whether the parts of a claim are said with "and": those of an
// And, and those of an Or that does not hold.
func joins(c claim) bool { return (c.node.Op == engine.And) == c.holds }

func joint(all bool) engine.Text {
	if all {
		return engine.Text{VI: "và", EN: "and"}
	}
	return engine.Text{VI: "hoặc", EN: "or"}
}

// under looks through `not`.
func under(c claim) claim {
	for c.node.Op == engine.Not {
		c = claim{c.node.Kids[0], !c.holds}
	}
	return c
}

// parts are what a claim is made of, brackets that change nothing left out.
func parts(c claim, all bool) []claim {
	var out []claim
	for _, kid := range c.node.Kids {
		k := under(claim{kid, c.holds})
		if k.node.Op != engine.Atom && joins(k) == all {
			out = append(out, parts(k, all)...)
		} else {
			out = append(out, k)
		}
	}
	return out
}

// alike counts how many claims, from the first on, can be said together. What
// does not hold is said together where there is a phrase for it that cannot be
// taken for "not all".
func alike(claims []claim, all bool) int {
	first := claims[0]
	if first.node.Op != engine.Atom || first.node.Fact.Timed() || first.node.Fact == engine.FactFilled {
		return 1
	}
	if _, said := none[first.node.Fact]; !first.holds && !(said && all) {
		return 1
	}
	n := 1
	for n < len(claims) && claims[n].node.Op == engine.Atom && claims[n].node.Fact == first.node.Fact && claims[n].holds == first.holds {
		n++
	}
	return n
}

// together says facts of one kind at once: "R03, R04 and R07 done".
func (s speaker) together(claims []claim, all bool) string {
	fact, last := claims[0].node.Fact, len(claims)-1
	names := make([]string, len(claims))
	for i, c := range claims {
		names[i] = s.name(fact, c.node.ID)
	}
	if !claims[0].holds {
		return fmt.Sprintf(none[fact].In(s.lang), strings.Join(names, ", "))
	}
	list := strings.Join(names[:last], ", ") + " " + joint(all).In(s.lang) + " " + names[last]
	return fmt.Sprintf(phrases[fact][0].In(s.lang), list)
}

// none says that several facts of a kind do not hold.
var none = map[engine.FactKind]engine.Text{
	engine.FactDone:   {VI: "chưa xong việc nào trong %s", EN: "none of %s done"},
	engine.FactMissed: {VI: "không để lỡ hạn việc nào trong %s", EN: "none of %s missed"},
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
