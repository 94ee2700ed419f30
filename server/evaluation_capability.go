package server

import (
	"slices"
	"strconv"

	"saban/engine"
	"saban/live"
	"saban/scoring"
)

// CapabilityTask is a task that a capability rests on.
type CapabilityTask struct {
	ID   string         `json:"id"`
	No   string         `json:"number"`
	Do   string         `json:"do"`
	Mine scoring.Rating `json:"mine" nullable:"true"`
}

// rateCapabilities adds what is rated on the whole: each capability that a task
// counts for, with those tasks. The machine's own rating is told once the
// drill is over, for until then it goes up and down.
func (e *Evaluation) rateCapabilities(v *live.View, said *sayings, who reader, leads bool) {
	of := map[engine.Capability][]string{}
	for i := range v.Responses {
		r := v.Responses[i].Response
		code := v.Scenario.CapabilityOf(r)
		of[code] = append(of[code], r.ID)
	}
	for _, code := range engine.Capabilities {
		if len(of[code]) == 0 || said.tasks[string(code)] != string(code) {
			continue
		}
		t := Task{ID: string(code), No: engine.Both("NL%d", "C%d", len(e.Capabilities)+1).In(who.Lang), Do: capital(code.Title().In(who.Lang))}
		for _, id := range of[code] {
			if rest := e.task(id); rest != nil {
				t.RestsOn = append(t.RestsOn, CapabilityTask{rest.ID, rest.No, rest.Do, rest.Mine})
			}
		}
		if i := slices.IndexFunc(v.Card.CapabilityDetails, func(c scoring.CapabilityResult) bool { return c.Code == code }); i >= 0 {
			c := &v.Card.CapabilityDetails[i]
			t.Triggered, t.Counted, t.Disputed = true, c.Final, c.Disputed
			if v.Phase == "over" {
				t.Suggested = c.Suggested
			}
		}
		t.judged(said, who, leads)
		e.Capabilities = append(e.Capabilities, t)
	}
}

// task finds a task by its id; nil when there is none.
func (e *Evaluation) task(id string) *Task {
	for i := range e.Objectives {
		for k := range e.Objectives[i].Tasks {
			if t := &e.Objectives[i].Tasks[k]; t.ID == id {
				return t
			}
		}
	}
	return nil
}

// inTurn leads from each task to the next, and from the last to the
// capabilities.
func (e *Evaluation) inTurn() {
	var before *Task
	follow := func(t *Task) {
		if before != nil {
			before.Next, before.NextNo = t.ID, t.No
		}
		before = t
	}
	for i := range e.Objectives {
		for k := range e.Objectives[i].Tasks {
			follow(&e.Objectives[i].Tasks[k])
		}
	}
	for i := range e.Capabilities {
		follow(&e.Capabilities[i])
	}
}

// number counts the tasks of each objective.
func (e *Evaluation) number() {
	for i := range e.Objectives {
		for k := range e.Objectives[i].Tasks {
			e.Objectives[i].Tasks[k].No = strconv.Itoa(i+1) + "." + strconv.Itoa(k+1)
		}
	}
}
