package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// Review is what people say after a drill: it goes over what the log alone
// can say, and never touches a score.
type Review struct {
	Findings  []Remark
	Roots     []Remark
	Plan      []Action
	Lessons   []engine.Text
	Proposals []engine.Text
	Approval  *Approval
}

// Remark is a sentence about a finding, by its name, or a response.
type Remark struct {
	Of   string
	Text engine.Text
	Drop bool // leave the finding out
}

// Approval says who approved a review, and the hash of what was approved.
type Approval struct {
	By     string `json:"by"`
	Office string `json:"office,omitempty"`
	On     string `json:"on"` // 2026-03-12
	SHA256 string `json:"sha256"`
}

// Hash is the SHA-256 of a review of the drill whose log has this head hash.
// Whoever approves it approves these words on that log.
//
// The form it is taken over is its own, so that an approval holds whatever
// fields a Report gains: length and bytes of each value, one after the other.
func (x *Review) Hash(head string) string {
	sum := sha256.New()
	say := func(values ...string) {
		for _, v := range values {
			fmt.Fprintf(sum, "%d:%s", len(v), v)
		}
	}
	remarks := func(kind string, all []Remark) {
		say(kind, strconv.Itoa(len(all)))
		for _, m := range all {
			say(m.Of, m.Text.VI, m.Text.EN, strconv.FormatBool(m.Drop))
		}
	}
	texts := func(kind string, all []engine.Text) {
		say(kind, strconv.Itoa(len(all)))
		for _, t := range all {
			say(t.VI, t.EN)
		}
	}
	say("aar 1", head)
	remarks("findings", x.Findings)
	remarks("roots", x.Roots)
	say("plan", strconv.Itoa(len(x.Plan)))
	for i := range x.Plan {
		a := &x.Plan[i]
		say(strings.Join(a.IDs, " "), a.Issue.VI, a.Issue.EN, a.Measure.VI, a.Measure.EN, string(a.Element), a.Responsible, a.Start, a.Due, a.Done, strconv.Itoa(a.Priority))
		if a.Capability != "" || len(a.Events) > 0 { // no word of people begins so
			say("\x00evidence", string(a.Capability), fmt.Sprint(a.Events))
		}
	}
	texts("lessons", x.Lessons)
	texts("proposals", x.Proposals)
	return hex.EncodeToString(sum.Sum(nil))
}

// FindingName is what a review calls a finding: its code and what it is about.
func FindingName(f *scoring.Finding) string {
	return strings.TrimSpace(f.Code + " " + strings.Join(f.IDs, " "))
}

// Apply puts a review over a report. It returns the names the report does not
// know, as the review has them.
func (r *Report) Apply(x *Review) (unknown []string) {
	own := len(x.Plan) > 0
	if own {
		r.Plan, unknown = r.planned(x.Plan)
	}
	for _, remark := range x.Findings {
		if !r.reword(remark, !own) {
			unknown = append(unknown, remark.Of)
		}
	}
	for _, root := range x.Roots {
		i := slices.IndexFunc(r.Causes, func(c Cause) bool { return c.ID == root.Of })
		if i < 0 {
			unknown = append(unknown, root.Of)
			continue
		}
		r.Causes[i].Root = root.Text
	}
	if len(x.Lessons) > 0 {
		r.Agreed = x.Lessons
	}
	if len(x.Proposals) > 0 {
		r.Proposals = r.proposed(x.Proposals)
	}
	r.Reviewed, r.Approval = true, x.Approval
	return unknown
}

// reword gives a finding other words or takes it out, wherever it stands; so
// does the row drafted from it, unless people made a plan of their own.
func (r *Report) reword(remark Remark, drafted bool) (known bool) {
	for _, list := range []*[]scoring.Finding{&r.Strengths, &r.Weaknesses, &r.Notes} {
		i := slices.IndexFunc(*list, func(f scoring.Finding) bool { return FindingName(&f) == remark.Of })
		if i < 0 {
			continue
		}
		was := (*list)[i].Text
		switch {
		case remark.Drop:
			*list = slices.Delete(slices.Clone(*list), i, i+1)
			r.Plan = slices.DeleteFunc(slices.Clone(r.Plan), func(a Action) bool { return drafted && a.Issue == was })
		case !remark.Text.Empty() && !Within(remark.Text, was):
			*list, r.Plan = slices.Clone(*list), slices.Clone(r.Plan)
			(*list)[i].Text = remark.Text
			for n := range r.Plan {
				if r.Plan[n].Issue == was {
					r.Plan[n].Issue = remark.Text
				}
			}
		}
		return true
	}
	return false
}

// Within reports whether words are those of a text, in the languages they are
// in: what was left as it was drafted keeps its other language.
func Within(words, whole engine.Text) bool {
	return !words.Empty() && (words.VI == "" || words.VI == whole.VI) && (words.EN == "" || words.EN == whole.EN)
}

// planned takes over from the drafted row about the same what people had no
// reason to write: capability and events. Events that the log does not have
// are told, and left out.
func (r *Report) planned(rows []Action) (out []Action, unknown []string) {
	out = make([]Action, len(rows))
	for i, a := range rows {
		a.Events = slices.DeleteFunc(slices.Clone(a.Events), func(n int64) bool {
			absent := n < 1 || n > int64(r.Proof.Events)
			if absent {
				unknown = append(unknown, numberOf(n))
			}
			return absent
		})
		if drafted := r.drafted(&a); drafted != nil {
			a.Capability, a.Proposed = cmp.Or(a.Capability, drafted.Capability), drafted.Proposed
			if len(a.Events) == 0 {
				a.Events = drafted.Events
			}
			if Within(a.Issue, drafted.Issue) {
				a.Issue = drafted.Issue
			}
			if Within(a.Measure, drafted.Proposed) {
				a.Measure = drafted.Proposed
			}
		}
		a.Responsible = r.roleCalled(a.Responsible)
		a.IDs, a.Events = full(a.IDs), full(a.Events)
		out[i] = a
	}
	return out, unknown
}

// roleCalled is the role of a title in either language, or what was written.
func (r *Report) roleCalled(owner string) string {
	if r.scenario == nil || owner == "" {
		return owner
	}
	for _, role := range r.scenario.Roles {
		if owner == role.Title.VI || owner == role.Title.EN {
			return role.ID
		}
	}
	return owner
}

// drafted finds the row that a row of people came from: about the same, and of
// several such the one whose words they kept.
func (r *Report) drafted(a *Action) *Action {
	var found *Action
	most := -1
	for i := range r.Plan {
		row := &r.Plan[i]
		kept := 0
		if Within(a.Measure, row.Proposed) {
			kept++
		}
		if Within(a.Issue, row.Issue) {
			kept += 2
		}
		if slices.Equal(a.IDs, row.IDs) && kept > most && (len(a.IDs) > 0 || kept > 1) {
			found, most = row, kept
		}
	}
	return found
}

// proposed keeps both languages of proposals left as they were drafted.
func (r *Report) proposed(words []engine.Text) []engine.Text {
	out := slices.DeleteFunc(slices.Clone(words), engine.Text.Empty)
	for i := range out {
		if n := slices.IndexFunc(r.Proposals, func(drafted engine.Text) bool { return Within(out[i], drafted) }); n >= 0 {
			out[i] = r.Proposals[n]
		}
	}
	return out
}

// DraftReview is where people begin: every finding and cause by its name, and
// the plan as it is drafted.
func (r *Report) DraftReview() *Review {
	x := &Review{}
	for _, list := range [][]scoring.Finding{r.Strengths, r.Weaknesses, r.Notes} {
		for i := range list {
			x.Findings = append(x.Findings, Remark{Of: FindingName(&list[i]), Text: list[i].Text})
		}
	}
	for _, c := range r.Causes {
		x.Roots = append(x.Roots, Remark{Of: c.ID, Text: c.Root})
	}
	for _, a := range r.Plan {
		if a.Measure.Empty() {
			a.Measure = a.Proposed
		}
		x.Plan = append(x.Plan, a)
	}
	x.Proposals = slices.Clone(r.Proposals)
	return x
}
