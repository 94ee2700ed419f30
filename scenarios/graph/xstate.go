package graph

import (
	"encoding/json"
	"fmt"
	"strings"

	"saban/engine"
)

// XState writes the machine as an ES module for XState v5: `machine`, ready
// for createActor. See the events of this package for how it is fed.
func XState(c *engine.Compiled, lang engine.Lang) string {
	var b strings.Builder
	s := c.Scenario()
	fmt.Fprintf(&b, "// %s · %s\n", oneLine(s.Title.In(lang)), s.ID)
	b.WriteString(xstateHead)
	fmt.Fprintf(&b, "  id: %s,\n  initial: %s,\n", literal(s.ID), literal(c.Initial()))
	b.WriteString(strings.Replace(xstateRoot, "FORCES", forces(s), 1))
	for _, st := range s.Situations() {
		fmt.Fprintf(&b, "    %s: {\n      description: %s,\n      tags: [%s],\n      entry: 'enter',\n      on: {\n        settle: [\n",
			literal(st.ID), literal(oneLine(title(&st, lang))), literal(string(st.Kind)))
		for i := range s.Transitions {
			t := &s.Transitions[i]
			if t.From != st.ID {
				continue
			}
			fmt.Fprintf(&b, "          { // %s\n            target: %s,\n            guard: ({ context: { now, entered, facts, here } }) => %s,\n          },\n",
				oneLine(engine.TransitionID(t, i)+": "+t.When), literal(t.To), condition(c.TransitionGuard(i), st.AtLeast))
		}
		b.WriteString("        ],\n      },\n    },\n")
	}
	b.WriteString("  },\n});\n")
	return b.String()
}

const xstateHead = `// Events: fact.KIND.ID (inject done late missed flag filled prohibited), undo.KIND.ID, time, settle, force.STATE.
// Each carries at: exercise time in milliseconds. One settle makes one move at most; send it until nothing changes.
import { assign, setup } from 'xstate';

const rest = (type) => type.slice(type.indexOf('.') + 1);

export const machine = setup({
  actions: {
    clock: assign(({ context, event }) => ({ now: event.at ?? context.now })),
    enter: assign(({ context }) => ({ entered: context.now, here: {} })),
    learn: assign(({ context, event }) => {
      const fact = rest(event.type);
      const here = fact.startsWith('prohibited.') ? { ...context.here, [rest(fact)]: true } : context.here;
      const facts = fact in context.facts ? context.facts : { ...context.facts, [fact]: event.at };
      return { now: event.at, facts, here };
    }),
    forget: assign(({ context, event }) => {
      const fact = rest(event.type);
      const { [fact]: _, ...facts } = context.facts;
      const { [rest(fact)]: __, ...here } = context.here;
      return { now: event.at, facts, here: fact.startsWith('prohibited.') ? here : context.here };
    }),
  },
}).createMachine({
`

const xstateRoot = `  context: { now: 0, entered: 0, facts: {}, here: {} },
  on: {
    'fact.*': { actions: 'learn' },
    'undo.*': { actions: 'forget' },
    time: { actions: 'clock' },
FORCES  },
  states: {
`

// forces are the facilitator's moves: into any state, whatever the guards say.
func forces(s *engine.Scenario) string {
	var b strings.Builder
	for _, st := range s.Situations() {
		fmt.Fprintf(&b, "    %s: { target: %s, actions: 'clock' },\n", literal("force."+st.ID), literal("."+st.ID))
	}
	return b.String()
}

// literal writes a text as a JavaScript string.
func literal(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(text)
}
