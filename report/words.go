package report

import (
	"strconv"
	"strings"
	"time"

	"saban/engine"
	"saban/scoring"
)

// say fills texts into the places %s of a sentence, each in its language.
func say(vi, en string, args ...engine.Text) engine.Text {
	return engine.Text{VI: fill(vi, engine.VI, args), EN: fill(en, engine.EN, args)}
}

func fill(form string, lang engine.Lang, args []engine.Text) string {
	var b strings.Builder
	for _, a := range args {
		before, after, ok := strings.Cut(form, "%s")
		if !ok {
			break
		}
		b.WriteString(before)
		b.WriteString(a.In(lang))
		form = after
	}
	b.WriteString(form)
	return b.String()
}

// same is a word that both languages write alike.
func same(s string) engine.Text { return engine.Text{VI: s, EN: s} }

func number(n int) engine.Text { return same(strconv.Itoa(n)) }

// join puts a separator between texts.
func join(texts []engine.Text, sep string) engine.Text {
	vi, en := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		vi[i], en[i] = t.In(engine.VI), t.In(engine.EN)
	}
	return engine.Text{VI: strings.Join(vi, sep), EN: strings.Join(en, sep)}
}

// because adds a reason, when there is one.
func because(t engine.Text, reason string) engine.Text {
	if reason == "" {
		return t
	}
	return say("%s; lý do: %s", "%s; reason: %s", t, same(reason))
}

// nameAll gives every id its words. Ids are unique across kinds.
func (b *builder) nameAll() {
	name := func(id string, t engine.Text) {
		if id != "" && !t.Empty() {
			b.names[id] = t
		}
	}
	for _, r := range b.s.Roles {
		name(r.ID, r.Title)
	}
	for _, st := range b.s.Situations() {
		name(st.ID, st.Title)
	}
	for _, o := range b.s.Objectives {
		name(o.ID, o.Text)
	}
	for _, f := range b.s.Flags {
		name(f.ID, f.Text)
	}
	for _, p := range b.s.Prohibited {
		name(p.ID, p.Text)
	}
	for _, d := range b.s.Distractors {
		name(d.ID, d.Text)
	}
	for _, in := range b.injects {
		title := in.Title
		if title.Empty() {
			title = in.Text
		}
		name(in.ID, title)
		for i := range in.Expects {
			r := &in.Expects[i]
			name(r.ID, r.Do)
			for _, w := range r.Ways {
				name(w.ID, w.Do)
			}
		}
	}
}

// name is an id in words, or the id itself.
func (b *builder) name(id string) engine.Text {
	if t, ok := b.names[id]; ok {
		return t
	}
	return same(id)
}

func (b *builder) quoted(id string) engine.Text { return say("“%s”", "“%s”", b.name(id)) }

func (b *builder) list(ids []string) engine.Text {
	texts := make([]engine.Text, len(ids))
	for i, id := range ids {
		texts[i] = b.name(id)
	}
	return join(texts, ", ")
}

// person is who led or corrected something; an empty id is the engine.
func (b *builder) person(id string) engine.Text {
	if id == "" {
		return engine.Text{VI: "hệ thống", EN: "the system"}
	}
	if name := b.meta.Names[id]; name != "" {
		return same(name)
	}
	return same(id)
}

// response finds an expected response, ad hoc ones included.
func (b *builder) response(id string) (*engine.Inject, *engine.Response) {
	for _, in := range b.injects {
		for i := range in.Expects {
			if in.Expects[i].ID == id {
				return in, &in.Expects[i]
			}
		}
	}
	return nil, nil
}

// wall is the time in Viet Nam, which knows no summer time.
var wall = time.FixedZone("+07:00", 7*60*60)

func at(recorded int64) time.Time { return time.UnixMilli(recorded).In(wall) }

// span writes a length of time: 3 phút 30 giây, 3 min 30 s. Parts of a second
// are dropped from a minute on.
func span(m engine.Millis) engine.Text {
	if m < engine.Minute && m%engine.Second != 0 {
		s := engine.Ratio(m) * (engine.Whole / 1000)
		return say("%s giây", "%s s", decimal(s))
	}
	var vi, en []string
	for _, u := range []struct {
		size   engine.Millis
		vi, en string
	}{{engine.Hour, " giờ", " h"}, {engine.Minute, " phút", " min"}, {engine.Second, " giây", " s"}} {
		if n := m / u.size; n > 0 {
			digits := strconv.FormatInt(int64(n), 10)
			vi, en = append(vi, digits+u.vi), append(en, digits+u.en)
			m -= n * u.size
		}
	}
	if len(vi) == 0 {
		return engine.Text{VI: "0 giây", EN: "0 s"}
	}
	return engine.Text{VI: strings.Join(vi, " "), EN: strings.Join(en, " ")}
}

// decimal writes a share with at most three decimals, half up; Vietnamese has
// a decimal comma.
func decimal(r engine.Ratio) engine.Text {
	const unit = engine.Whole / 1000
	en := ((r + unit/2) / unit * unit).String()
	return engine.Text{VI: strings.Replace(en, ".", ",", 1), EN: en}
}

func percent(r engine.Ratio) string {
	return strconv.FormatInt(engine.MulDiv(int64(r), 100, int64(engine.Whole)), 10) + "%"
}

// kind says what a kind of state means.
func kind(k engine.StateKind) engine.Text {
	switch k {
	case engine.Initial:
		return engine.Text{VI: "ban đầu", EN: "initial"}
	case engine.Escalated:
		return engine.Text{VI: "diễn biến xấu đi", EN: "escalated"}
	case engine.Contained:
		return engine.Text{VI: "đã khống chế", EN: "contained"}
	case engine.Failed:
		return engine.Text{VI: "không khống chế được", EN: "failed"}
	}
	return engine.Text{VI: "bình thường", EN: "normal"}
}

func severity(s engine.Severity) engine.Text {
	switch s {
	case engine.Life:
		return engine.Text{VI: "nguy hiểm tính mạng", EN: "danger to life"}
	case engine.Major:
		return engine.Text{VI: "nặng", EN: "major"}
	}
	return engine.Text{VI: "nhẹ", EN: "minor"}
}

func points(p scoring.Points) engine.Text {
	return engine.Text{VI: p.In(engine.VI), EN: p.In(engine.EN)}
}
