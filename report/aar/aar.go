// Package aar turns what people say after a drill from the file they write it
// in to what goes over a report, and back: Draft begins such a file, Review
// reads one, and Write writes it with the words of the hot wash beside.
package aar

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report"
	"saban/scenarios"
)

// Unwritten stands where somebody has to write something.
const Unwritten = "…"

// Draft is an after-action file to begin from, in the words of a report.
func Draft(r *report.Report, lang engine.Lang) *scenarios.AAR {
	d := r.DraftReview()
	f := &scenarios.AAR{Drill: r.Proof.Drill, Head: r.Proof.Head, Proposals: d.Proposals}
	for _, m := range d.Findings {
		f.Findings = append(f.Findings, scenarios.Remark{Of: m.Of, Text: m.Text})
	}
	for _, m := range d.Roots {
		f.Roots = append(f.Roots, scenarios.Remark{Of: m.Of, Text: engine.Same(Unwritten)})
	}
	for i := range d.Plan {
		f.Plan = append(f.Plan, row(r, &d.Plan[i], lang))
	}
	return f
}

// row is a drafted row of the plan. What is about something of the report
// finds its events by that; what is not has to name them.
func row(r *report.Report, a *report.Action, lang engine.Lang) scenarios.Improvement {
	out := scenarios.Improvement{Of: a.IDs, Issue: a.Issue, Measure: a.Measure, Element: string(a.Element), Owner: r.Names[a.Responsible].In(lang), Start: a.Start, Due: a.Due, Priority: a.Priority}
	if len(a.IDs) == 0 {
		out.Capability, out.Events = a.Capability, a.Events
	}
	return out
}

// FromWord is a row of the plan begun from a word of the hot wash: people say
// what is to be done, and the events stay with it.
func FromWord(s *report.Said) scenarios.Improvement {
	return scenarios.Improvement{Issue: engine.Same(s.Text), Events: s.Events[:min(len(s.Events), mostEvents)]}
}

// mostEvents are as many as a row of a file may name.
const mostEvents = 500

// Review is what a file says, to be put over a report.
func Review(f *scenarios.AAR) *report.Review {
	x := &report.Review{Findings: remarks(f.Findings), Roots: remarks(f.Roots), Lessons: f.Lessons, Proposals: f.Proposals}
	for _, a := range f.Plan {
		x.Plan = append(x.Plan, report.Action{IDs: a.Of, Issue: a.Issue, Measure: a.Measure, Capability: a.Capability, Element: report.Element(a.Element), Responsible: a.Owner,
			Start: a.Start, Due: a.Due, Done: a.Done, Priority: a.Priority, Events: a.Events})
	}
	if a := f.Approved; a != nil {
		x.Approval = &report.Approval{By: a.By, Office: a.Office, On: a.On, SHA256: a.SHA256}
	}
	return x
}

// remarks leaves out what nobody has written yet.
func remarks(all []scenarios.Remark) []report.Remark {
	out := []report.Remark{}
	for _, m := range all {
		if m.Text.VI != Unwritten && m.Text.EN != Unwritten {
			out = append(out, report.Remark{Of: m.Of, Text: m.Text, Drop: m.Drop})
		}
	}
	return out
}

// Write writes a file in one language, and as remarks at its end the words of
// the hot wash that no row of its plan has come of.
func Write(f *scenarios.AAR, said []report.Said, lang engine.Lang) []byte {
	out := bytes.NewBuffer(scenarios.WriteAAR(f, lang))
	taken := map[int64]bool{}
	for _, a := range f.Plan {
		for _, e := range a.Events {
			taken[e] = true
		}
	}
	begun := false
	for i := range said {
		s := &said[i]
		if !s.Mends() || taken[s.Events[0]] {
			continue
		}
		if !begun {
			fmt.Fprintf(out, "\n# %s\n", engine.Both("Ý kiến khi rút kinh nghiệm nhanh; muốn đưa vào kế hoạch thì chép lên mục plan và bỏ dấu #:",
				"Said at the hot wash; to have it in the plan, copy it up to the key plan without the #:").In(lang))
			begun = true
		}
		row := FromWord(s)
		fmt.Fprintf(out, "#  - issue: %s\n#    events: %s\n", strconv.Quote(s.Text), strings.ReplaceAll(fmt.Sprint(row.Events), " ", ", "))
	}
	return out.Bytes()
}
