package engine

import (
	"strconv"

	"github.com/looplab/fsm"
)

// Version of the engine's semantics, pinned in every drill file.
const Version = "1"

// Compiled is a scenario made ready to run: ids are small numbers, guards are
// programs. It never changes and may serve many drills at once.
type Compiled struct {
	scenario    *Scenario
	names       names
	states      []State
	initial     int
	from        [][]int // transitions by the state they leave, in file order
	moves       []move
	guards      []*Guard // transitions first, then injects
	whens       []int    // guard of inject i, or -1
	onlyIn      [][]int  // states of inject i's only_in
	acts        []act
	responses   [][]int
	thresholds  []threshold
	readers     [signalKinds][][]int // guards by the fact they read
	stateful    []int                // guards that begin anew with each state
	byHand      []int                // injects that wait for the facilitator
	fsmEvents   fsm.Events
	flags       int
	transitions map[string]int
}

// move is a compiled transition.
type move struct {
	id       string
	from, to int
	guard    int
}

// act is something a person can do: a response, one of its ways, a prohibited
// action or a distractor.
type act struct {
	kind     kind
	id       string
	response *Response // of responses and ways
	inject   int       // of responses and ways
	parent   int       // of a way: the act of its response; else itself
	ways     []int     // of a response
	owners   []int     // of a response: the roles of By and Or
}

// threshold is a time a guard waits for.
type threshold struct {
	fact    FactKind
	ref     ref
	atLeast Millis
}

// signal kinds: what a guard may read.
const (
	signalInject = iota
	signalAct
	signalFlag
	signalRole
	signalKinds
)

// Scenario returns what was compiled. It must not be changed.
func (c *Compiled) Scenario() *Scenario { return c.scenario }

// TransitionGuard returns the guard of transition i.
func (c *Compiled) TransitionGuard(i int) *Guard { return c.guards[c.moves[i].guard] }

// InjectGuard returns the `when` of inject i, or nil.
func (c *Compiled) InjectGuard(i int) *Guard {
	if c.whens[i] < 0 {
		return nil
	}
	return c.guards[c.whens[i]]
}

// Initial returns the id of the state a drill begins in.
func (c *Compiled) Initial() string { return c.states[c.initial].ID }

// FSMEvents describes the machine to looplab/fsm: one uniquely named event
// per transition.
func (c *Compiled) FSMEvents() fsm.Events { return c.fsmEvents }

// NewMachine returns a fresh state machine in its initial state. It has no
// callbacks: what follows a move is decided by the engine.
func (c *Compiled) NewMachine() *fsm.FSM {
	return fsm.NewFSM(c.Initial(), c.fsmEvents, fsm.Callbacks{})
}

// Compile checks the references and guards of a scenario and makes it ready
// to run. The error is Faults: everything found in one run.
func Compile(s *Scenario) (*Compiled, error) {
	k := &compiler{c: &Compiled{scenario: s, states: s.Situations(), transitions: map[string]int{}}}
	k.ids()
	k.acts()
	k.references()
	k.machine()
	k.injects()
	if len(k.faults) > 0 {
		return nil, k.faults
	}
	return k.c, nil
}

type compiler struct {
	c      *Compiled
	faults Faults
	forms  map[string]*form // of guards, by text
}

func (k *compiler) fault(path string, text, hint Text) {
	k.faults = append(k.faults, Fault{Path: path, Text: text, Hint: hint})
}

func at(list string, i int) string { return list + "/" + strconv.Itoa(i) }

// ids builds the table of names and refuses ill-formed and repeated ones.
func (k *compiler) ids() {
	c := k.c
	c.names = names{c.scenario, map[string]ref{}}
	counts := map[kind]int{}
	c.scenario.each(func(kd kind, id, path string) {
		k.name(id, ref{kd, counts[kd]}, path)
		counts[kd]++
	})
	if len(c.scenario.States) == 0 {
		c.names.ids[Running] = ref{kindState, 0}
	}
	c.flags = len(c.scenario.Flags)
}

// name enters an id in the table.
func (k *compiler) name(id string, is ref, path string) {
	switch before, twice := k.c.names.ids[id]; {
	case !ValidID(id):
		k.fault(path, Both("mã %q viết sai", "id %q is ill-formed", id),
			Both("một chữ cái không dấu, rồi chữ, số hoặc _, nhiều nhất 32 ký tự", "a letter, then letters, digits or _, at most 32 in all"))
	case GuardWord(id):
		k.fault(path, Both("%q là từ của ngôn ngữ điều kiện, không làm mã được", "%q is a word of the guard language and no id", id), Text{})
	case twice:
		k.twice(id, before, path)
	default:
		k.c.names.ids[id] = is
	}
}

func (k *compiler) twice(id string, before ref, path string) {
	k.fault(path, Text{
		VI: "mã " + id + " dùng hai lần: đã là " + before.kind.text().VI,
		EN: "id " + id + " is used twice: it already is " + before.kind.text().EN,
	}, Text{})
}

// ValidID reports whether id is well-formed.
func ValidID(id string) bool {
	if len(id) == 0 || len(id) > 32 || !letter(id[0]) || id[0] == '_' {
		return false
	}
	for i := 1; i < len(id); i++ {
		if !letter(id[i]) && (id[i] < '0' || id[i] > '9') {
			return false
		}
	}
	return true
}

// acts numbers everything done() takes, responses before ways so that a
// way can point to its response.
func (k *compiler) acts() {
	c := k.c
	for i := range c.scenario.Injects {
		in := &c.scenario.Injects[i]
		var own []int
		for j := range in.Expects {
			r := &in.Expects[j]
			parent := k.act(act{kind: kindResponse, id: r.ID, response: r, inject: i, owners: c.names.owners(r)})
			own = append(own, parent)
			for w := range r.Ways {
				way := k.act(act{kind: kindWay, id: r.Ways[w].ID, response: r, inject: i, parent: parent})
				c.acts[way].parent = parent
				c.acts[parent].ways = append(c.acts[parent].ways, way)
			}
		}
		c.responses = append(c.responses, own)
	}
	for i := range c.scenario.Prohibited {
		k.act(act{kind: kindProhibited, id: c.scenario.Prohibited[i].ID, inject: -1})
	}
	for i := range c.scenario.Distractors {
		k.act(act{kind: kindDistractor, id: c.scenario.Distractors[i].ID, inject: -1})
	}
}

func (k *compiler) act(a act) int {
	index := len(k.c.acts)
	a.parent = index
	k.c.acts = append(k.c.acts, a)
	if r, ok := k.c.names.ids[a.id]; ok && r.kind == a.kind {
		k.c.names.ids[a.id] = ref{a.kind, index}
	}
	return index
}
