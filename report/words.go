package report

import (
	"strconv"
	"strings"
	"time"

	"saban/engine"
)

func number(n int) engine.Text { return engine.Same(strconv.Itoa(n)) }

// join puts a separator between texts.
func join(texts []engine.Text, sep string) engine.Text {
	vi, en := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		vi[i], en[i] = t.In(engine.VI), t.In(engine.EN)
	}
	return engine.Text{VI: strings.Join(vi, sep), EN: strings.Join(en, sep)}
}

// unstopped is a text of an author without its full stop, to stand within a
// sentence.
func unstopped(t engine.Text) engine.Text {
	cut := func(s string) string { return strings.TrimRight(s, ". ") }
	return engine.Text{VI: cut(t.VI), EN: cut(t.EN)}
}

// because adds a reason, when there is one.
func because(t engine.Text, reason string) engine.Text {
	if reason == "" {
		return t
	}
	return engine.Fill("%s; lý do: %s", "%s; reason: %s", t, engine.Same(reason))
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
	return engine.Same(id)
}

func (b *builder) quoted(id string) engine.Text {
	return engine.Fill("“%s”", "“%s”", b.name(id))
}

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
		return engine.Same(name)
	}
	return engine.Same(id)
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
