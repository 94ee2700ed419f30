package scoring

import (
	"strconv"
	"strings"

	"saban/engine"
)

// list joins texts with commas, listSemi longer ones with semicolons.
func list(texts []engine.Text) engine.Text { return join(texts, "%s, %s") }

// either is a list of which one is enough: A, B hoặc C.
func either(texts []engine.Text) engine.Text {
	last := len(texts) - 1
	if last < 1 {
		return list(texts)
	}
	return engine.Fill("%s hoặc %s", "%s or %s", list(texts[:last]), texts[last])
}

func listSemi(texts []engine.Text) engine.Text { return join(texts, "%s; %s") }

func join(texts []engine.Text, form string) engine.Text {
	var out engine.Text
	for i, t := range texts {
		if i == 0 {
			out = engine.Text{VI: t.In(engine.VI), EN: t.In(engine.EN)}
			continue
		}
		out = engine.Fill(form, form, out, t)
	}
	return out
}

// number is a count, which both languages write alike.
func number(n int) engine.Text { return engine.Same(strconv.Itoa(n)) }

// capital makes the first letter of a sentence large.
func capital(t engine.Text) engine.Text {
	return engine.Text{VI: upperFirst(t.VI), EN: upperFirst(t.EN)}
}

func upperFirst(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// roleTitle is a role in words, or its id.
func (t *tally) roleTitle(id string) engine.Text {
	if i, ok := t.roles[id]; ok && !t.scenario.Roles[i].Title.Empty() {
		return t.scenario.Roles[i].Title
	}
	return engine.Same(id)
}

// ownersOf are the roles of which any may make a response.
func (t *tally) ownersOf(r *engine.Response) engine.Text {
	owners := []engine.Text{t.roleTitle(r.By)}
	for _, id := range r.Or {
		owners = append(owners, t.roleTitle(id))
	}
	return either(owners)
}

// doing is a response in words, or its id.
func doing(it *Item) engine.Text {
	if it.Do.Empty() {
		return engine.Same(it.ID)
	}
	return it.Do
}
