package server

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"saban/engine"
	"saban/report"
	"saban/report/aar"
	"saban/scenarios"
)

// How much one field of a review holds, in characters, a list in lines, and a
// plan in rows.
const (
	mostOfField = 2000
	mostOfOwner = 200
	mostListed  = 100
	mostRows    = 200
)

// tooMany says that a plan would have more rows than it may, or nothing.
func tooMany(rows int) engine.Text {
	if rows <= mostRows {
		return engine.Text{}
	}
	return engine.Both("kế hoạch có nhiều nhất %d dòng, ở đây có %d", "a plan has %d rows at most, here are %d", mostRows, rows)
}

// check notes beside each field what is wrong with it, and reports whether
// anything is, and what is wrong with all of it. Rows nobody wrote anything in
// go.
func (f *planForm) check(lang engine.Lang) (faulty bool, wrong string) {
	say := func(vi, en string, args ...any) string {
		faulty = true
		return engine.Both(vi, en, args...).In(lang)
	}
	f.Rows = slices.DeleteFunc(f.Rows, func(r planRow) bool { return r.line() == (&planRow{}).line() })
	for i := range f.Fields {
		x := &f.Fields[i]
		most := mostOfField
		if x.Kind == "lessons" || x.Kind == "proposals" {
			most *= 5
			if strings.Count(x.Text, "\n") >= mostListed {
				x.Fault = say("nhiều hơn %d dòng", "more than %d lines", mostListed)
			}
		}
		if utf8.RuneCountInString(x.Text) > most {
			x.Fault = say("dài quá %d ký tự", "longer than %d characters", most)
		}
	}
	for i := range f.Rows {
		f.Rows[i].check(say)
	}
	return faulty, capital(tooMany(len(f.Rows)).In(lang))
}

func (r *planRow) check(say func(vi, en string, args ...any) string) {
	r.Faults = map[string]string{}
	if r.Issue == "" {
		r.Faults["issue"] = say("chưa ghi tồn tại", "the issue is missing")
	}
	for name, text := range map[string]string{"issue": r.Issue, "measure": r.Measure} {
		if utf8.RuneCountInString(text) > mostOfField {
			r.Faults[name] = say("dài quá %d ký tự", "longer than %d characters", mostOfField)
		}
	}
	if utf8.RuneCountInString(r.Owner) > mostOfOwner || strings.Contains(r.Owner, "\n") {
		r.Faults["owner"] = say("một dòng, tối đa %d ký tự", "one line, at most %d characters", mostOfOwner)
	}
	for name, day := range map[string]string{"start": r.Start, "due": r.Due, "done": r.Done} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			r.Faults[name] = say("ngày viết năm-tháng-ngày, như 2026-05-04", "a day is written year-month-day, as 2026-05-04")
		}
	}
	if r.Faults["start"]+r.Faults["due"] == "" && r.Due != "" && r.Due < r.Start {
		r.Faults["due"] = say("hạn trước ngày bắt đầu", "due before it begins")
	}
	if i := slices.Index(engine.Capabilities, engine.Capability(r.Capability)); r.Capability != "" && i < 0 {
		r.Faults["capability"] = say("không có năng lực này", "there is no such capability")
	}
	if report.Element(r.Element).Title().Empty() && r.Element != "" {
		r.Faults["element"] = say("không có mặt này", "there is no such element")
	}
	if n, err := strconv.Atoi(r.Priority); r.Priority != "" && (err != nil || n < 1 || n > 3) {
		r.Faults["priority"] = say("từ 1 đến 3", "1 to 3")
	}
}

// kept is what a form says, as it is kept: what people left in the program's
// words is not in it. Words that stand as they stood keep both languages.
func (f *planForm) kept(r *report.Report, before *kept, lang engine.Lang) *kept {
	k := &kept{AAR: scenarios.AAR{Drill: r.Proof.Drill, Head: r.Proof.Head}}
	for i := range f.Fields {
		x := &f.Fields[i]
		prefix, of, _ := strings.Cut(x.Name, ".")
		switch {
		case prefix == "finding" && (x.Drop || x.Text != x.Drafted && x.Text != ""):
			m := scenarios.Remark{Of: of, Drop: x.Drop}
			if x.Text != x.Drafted {
				m.Text = wording(x.Text, remarkTexts(before.AAR.Findings), lang)
			}
			k.AAR.Findings = append(k.AAR.Findings, m)
		case prefix == "root" && x.Text != "":
			k.AAR.Roots = append(k.AAR.Roots, scenarios.Remark{Of: of, Text: wording(x.Text, remarkTexts(before.AAR.Roots), lang)})
		case x.Name == "lessons":
			k.AAR.Lessons = listed(x.Text, before.AAR.Lessons, lang)
		case x.Name == "proposals" && x.Text != x.Drafted:
			k.AAR.Proposals = listed(x.Text, append(slices.Clone(before.AAR.Proposals), r.Proposals...), lang)
		}
	}
	drafted := aar.Draft(r, lang).Plan
	if !sameRows(f.Rows, rowsOf(drafted, r, lang)) {
		k.AAR.Plan = f.plan(append(append(slices.Clone(before.AAR.Plan), drafted...), wordRows(r)...), lang)
	}
	return k
}

func wordRows(r *report.Report) (out []scenarios.Improvement) {
	for i := range r.Said {
		out = append(out, aar.FromWord(&r.Said[i]))
	}
	return out
}

// plan is the rows as the format has them.
func (f *planForm) plan(known []scenarios.Improvement, lang engine.Lang) []scenarios.Improvement {
	issues, measures := make([]engine.Text, len(known)), make([]engine.Text, len(known))
	for i := range known {
		issues[i], measures[i] = known[i].Issue, known[i].Measure
	}
	out := make([]scenarios.Improvement, len(f.Rows))
	for i := range f.Rows {
		r := &f.Rows[i]
		priority, _ := strconv.Atoi(r.Priority) // empty = none
		out[i] = scenarios.Improvement{Of: strings.Fields(r.Of), Issue: wording(r.Issue, issues, lang), Measure: wording(r.Measure, measures, lang), Capability: engine.Capability(r.Capability),
			Element: r.Element, Owner: r.Owner, Start: r.Start, Due: r.Due, Priority: priority, Done: r.Done, Events: eventsOf(r.Events)}
	}
	return out
}

// eventsOf reads numbers of events, as many as a file may name.
func eventsOf(text string) (out []int64) {
	for _, word := range strings.Fields(text) {
		if n, err := strconv.ParseInt(strings.TrimPrefix(word, "#"), 10, 64); err == nil && n > 0 && n <= 1_000_000 && len(out) < 500 {
			out = append(out, n)
		}
	}
	return out
}

func sameRows(a, b []planRow) bool {
	return slices.EqualFunc(a, b, func(x, y planRow) bool { return x.line() == y.line() })
}

// wording finds the text that words were shown of, with its other language;
// what nobody had written yet is in this one.
func wording(words string, known []engine.Text, lang engine.Lang) engine.Text {
	if i := slices.IndexFunc(known, func(t engine.Text) bool { return t.In(lang) == words }); i >= 0 {
		return known[i]
	}
	if lang == engine.EN {
		return engine.Text{EN: words}
	}
	return engine.Text{VI: words}
}

func remarkTexts(all []scenarios.Remark) (out []engine.Text) {
	for _, m := range all {
		out = append(out, m.Text)
	}
	return out
}

// listed reads a list from a field, which shows each text on one line.
func listed(text string, known []engine.Text, lang engine.Lang) (out []engine.Text) {
	shown := inLang(known, lang)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if i := slices.Index(shown, line); i >= 0 {
			out = append(out, known[i])
		} else {
			out = append(out, wording(line, nil, lang))
		}
	}
	return out
}
