package engine

import (
	"fmt"

	"github.com/looplab/fsm"
)

// machine compiles the states and transitions.
func (k *compiler) machine() {
	c, s := k.c, k.c.scenario
	c.initial = -1
	for i := range c.states {
		if c.states[i].Kind != Initial {
			continue
		}
		if c.initial >= 0 {
			k.fault(at("states", i)+"/kind", Both("trạng thái đầu thứ hai: %s đã là trạng thái đầu", "a second initial state: %s already is one", c.states[c.initial].ID), Text{})
			continue
		}
		c.initial = i
	}
	if c.initial < 0 {
		k.fault("states", Both("thiếu trạng thái đầu", "there is no initial state"), Both("đặt kind: initial cho một trạng thái", "give one state kind: initial"))
		c.initial = 0
	}
	c.from = make([][]int, len(c.states))
	for i := range c.readers {
		c.readers[i] = make([][]int, [...]int{len(s.Injects), len(c.acts), len(s.Flags), len(s.Roles)}[i])
	}
	for i := range s.Transitions {
		k.transition(&s.Transitions[i], i)
	}
	k.indistinguishable()
}

func (k *compiler) transition(t *Transition, i int) {
	c, path := k.c, at("transitions", i)
	ok := k.want(path+"/from", t.From, kindState)
	ok = k.want(path+"/to", t.To, kindState) && ok && t.From != "" && t.To != ""
	g := k.guard(t.When, path+"/when", false)
	if !ok || g < 0 {
		return
	}
	from, to := c.names.ids[t.From].index, c.names.ids[t.To].index
	if c.states[from].Kind.Final() {
		k.fault(path+"/from", Both("%s là trạng thái kết thúc, không có đường ra", "%s is a final state and has no way out", t.From), Text{})
	}
	if from == to {
		k.fault(path+"/to", Both("đường chuyển quay về chính nó", "the transition leads back to where it starts"), Text{})
		return
	}
	id := t.ID
	if id == "" {
		id = TransitionID(t, i)
	}
	if before, twice := c.transitions[id]; twice {
		k.fault(path+"/id", Both("mã đường chuyển %s đã dùng ở đường số %d", "transition id %s is already used by transition %d", id, before+1), Text{})
		return
	}
	c.transitions[id] = i
	c.from[from] = append(c.from[from], len(c.moves))
	c.moves = append(c.moves, move{id, from, to, g})
	c.fsmEvents = append(c.fsmEvents, fsm.EventDesc{Name: id, Src: []string{t.From}, Dst: t.To})
}

// TransitionID names a transition that has no id of its own: from, to and
// its number in the file.
func TransitionID(t *Transition, i int) string {
	if t.ID != "" {
		return t.ID
	}
	return fmt.Sprintf("%s-%s-%d", t.From, t.To, i+1)
}

// indistinguishable finds two transitions that would always fire together.
func (k *compiler) indistinguishable() {
	seen := map[string]int{}
	for i := range k.c.scenario.Transitions {
		t := &k.c.scenario.Transitions[i]
		key := t.From + "\x00" + t.To + "\x00" + t.When
		if before, twice := seen[key]; twice {
			k.fault(at("transitions", i), Both("không phân biệt được với đường chuyển số %d: cùng from, to và when",
				"cannot be told apart from transition %d: same from, to and when", before+1), Both("bỏ một trong hai", "take one of them out"))
			continue
		}
		seen[key] = i
	}
}

// injects compiles the conditions of contingency injects.
func (k *compiler) injects() {
	c := k.c
	for i := range c.scenario.Injects {
		in := &c.scenario.Injects[i]
		if in.Hand {
			c.byHand = append(c.byHand, i)
		}
		g := -1
		if in.When != "" {
			if g = k.guard(in.When, at("injects", i)+"/when", true); g >= 0 {
				c.guards[g].inject = i
			}
		}
		c.whens = append(c.whens, g)
		var only []int
		for _, s := range in.OnlyIn {
			only = append(only, c.names.ids[s].index)
		}
		c.onlyIn = append(c.onlyIn, only)
	}
}
