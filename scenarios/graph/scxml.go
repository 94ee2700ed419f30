package graph

import (
	"encoding/xml"
	"fmt"
	"strings"

	"saban/engine"
)

// SCXML writes the machine as W3C State Chart XML with the ECMAScript data
// model. See the events of this package for how it is fed.
func SCXML(c *engine.Compiled, lang engine.Lang) string {
	var b strings.Builder
	s := c.Scenario()
	fmt.Fprintf(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- %s -->\n", comment(s.Title.In(lang)+" · "+s.ID))
	b.WriteString(scxmlHead)
	fmt.Fprintf(&b, "<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" version=\"1.0\" datamodel=\"ecmascript\" name=%s initial=\"drill\">\n", attribute(strings.ReplaceAll(s.ID, "-", "_")))
	b.WriteString(scxmlData)
	fmt.Fprintf(&b, "  <state id=\"drill\" initial=%s>\n", attribute(stateID(c.Initial())))
	situations := s.Situations()
	for i := range situations {
		scxmlState(&b, c, &situations[i], lang)
	}
	for i := range situations {
		id := situations[i].ID
		fmt.Fprintf(&b, "    <transition event=%s target=%s>\n      <assign location=\"now\" expr=\"_event.data.at\"/>\n    </transition>\n", attribute("force."+id), attribute(stateID(id)))
	}
	b.WriteString(scxmlFacts)
	return b.String()
}

func scxmlState(b *strings.Builder, c *engine.Compiled, st *engine.State, lang engine.Lang) {
	fmt.Fprintf(b, "    <!-- %s -->\n    <state id=%s>\n      <onentry>\n        <assign location=\"entered\" expr=\"now\"/>\n        <assign location=\"here\" expr=\"({})\"/>\n      </onentry>\n",
		comment(title(st, lang)+" ("+st.Kind.Title().In(lang)+")"), attribute(stateID(st.ID)))
	s := c.Scenario()
	for i := range s.Transitions {
		t := &s.Transitions[i]
		if t.From != st.ID {
			continue
		}
		fmt.Fprintf(b, "      <!-- %s -->\n      <transition event=\"settle\" cond=%s target=%s/>\n",
			comment(engine.TransitionID(t, i)+": "+t.When), attribute(condition(c.TransitionGuard(i), st.AtLeast)), attribute(stateID(t.To)))
	}
	b.WriteString("    </state>\n")
}

// stateID keeps the ids of states clear of the one around them.
func stateID(id string) string { return "s_" + id }

func attribute(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return `"` + b.String() + `"`
}

// comment makes a text fit for an XML comment.
func comment(s string) string { return strings.ReplaceAll(oneLine(s), "--", "- -") }

const scxmlHead = `<!-- Events: fact.KIND.ID (inject done late missed flag filled prohibited), undo.KIND.ID, time, settle, force.STATE.
     Each carries data.at: exercise time in milliseconds. One settle makes one move at most; send it until nothing changes. -->
`

const scxmlData = `  <datamodel>
    <data id="now" expr="0"/>
    <data id="entered" expr="0"/>
    <data id="facts" expr="({})"/>
    <data id="here" expr="({})"/>
  </datamodel>
`

const scxmlFacts = `    <transition event="fact">
      <script>
        now = _event.data.at;
        if (facts[_event.name.slice(5)] === undefined) { facts[_event.name.slice(5)] = now; }
        if (_event.name.slice(5, 16) === 'prohibited.') { here[_event.name.slice(16)] = true; }
      </script>
    </transition>
    <transition event="undo">
      <script>
        now = _event.data.at;
        delete facts[_event.name.slice(5)];
        if (_event.name.slice(5, 16) === 'prohibited.') { delete here[_event.name.slice(16)]; }
      </script>
    </transition>
    <transition event="time">
      <assign location="now" expr="_event.data.at"/>
    </transition>
  </state>
</scxml>
`
