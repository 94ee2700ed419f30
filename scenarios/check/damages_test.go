package check_test

import (
	"slices"
	"strconv"
	"strings"

	"saban/engine"
)

var damages = []damage{
	// the machine
	{"a transition dropped", func(r *tree) []func() string { return dropFrom(r.at("transitions"), "transition") }},
	{"the targets of two transitions swapped", func(r *tree) []func() string {
		return pairs(r.transitions(), func(a, b *tree) bool {
			return a.text("to") != b.text("to") && a.text("from") != b.text("to") && b.text("from") != a.text("to")
		}, swap("to"))
	}},
	{"two ways out tried in the other order", func(r *tree) []func() string {
		return pairs(r.transitions(), func(a, b *tree) bool { return a.text("from") == b.text("from") }, func(a, b *tree) { *a.Node, *b.Node = *b.Node, *a.Node })
	}},
	{"a guard negated", func(r *tree) []func() string {
		return each(r.transitions(), nil, rewrite("when", func(s string) string { return "not (" + s + ")" }))
	}},
	{"and for or", func(r *tree) []func() string {
		return each(r.transitions(), when(" or "), rewrite("when", replaceOnce(" or ", " and ")))
	}},
	{"or for and", func(r *tree) []func() string {
		return each(r.transitions(), when(" and "), rewrite("when", replaceOnce(" and ", " or ")))
	}},
	{"the last condition of a guard dropped", func(r *tree) []func() string {
		return each(r.transitions(), func(n *tree) bool {
			return conjunct.MatchString(n.text("when")) && !strings.Contains(n.text("when"), "(prohibited")
		},
			rewrite("when", func(s string) string { return conjunct.ReplaceAllString(s, "") }))
	}},
	{"missed for done", func(r *tree) []func() string {
		return each(r.transitions(), when("done(R"), rewrite("when", replaceOnce("done(R", "missed(R")))
	}},
	{"done for missed", func(r *tree) []func() string {
		return each(r.transitions(), when("missed("), rewrite("when", replaceOnce("missed(", "done(")))
	}},
	{"an escalated state said to be normal", func(r *tree) []func() string {
		return each(r.at("states").items(), func(n *tree) bool { return n.text("kind") == "escalated" }, func(n *tree) { n.set("kind", "normal") })
	}},
	{"an escalated state that holds for half an hour", func(r *tree) []func() string {
		return each(r.at("states").items(), has("at_least"), func(n *tree) { n.set("at_least", "30m") })
	}},
	{"a threshold beyond the end of the drill", func(r *tree) []func() string {
		return each(r.at("parameters").items(), func(n *tree) bool {
			_, timed := engine.ParseDuration(n.text("value"))
			return timed && strings.Contains(guards(r), ">= "+nameOf(r, n))
		}, func(n *tree) { n.set("value", "5h") })
	}},
	// injects
	{"an inject dropped", func(r *tree) []func() string { return dropFrom(r.at("injects"), "inject") }},
	{"an inject ten minutes later", func(r *tree) []func() string {
		return each(r.injects(), func(n *tree) bool { return n.at("at") != nil && n.at("when") == nil && n.text("at") != "hand" },
			rewrite("at", func(s string) string { m, _ := engine.ParseDuration(s); return strconv.Itoa(int(m)/1000+600) + "s" }))
	}},
	{"a contingency that never comes", func(r *tree) []func() string {
		return each(r.injects(), has("when"), rewrite("when", func(s string) string { return "(" + s + ") and clock >= 10h" }))
	}},
	{"an inject to somebody else", func(r *tree) []func() string {
		return pairs(r.injects(), func(a, b *tree) bool {
			return a.at("to") != nil && b.at("to") != nil && flat(a.at("to")) != flat(b.at("to"))
		}, swap("to"))
	}},
	// responses
	{"a response dropped", func(r *tree) (out []func() string) {
		for _, in := range r.injects() {
			if list := in.at("expects"); list != nil {
				out = append(out, dropFrom(list, "response")...)
			}
		}
		return out
	}},
	{"a weight doubled, or halved", func(r *tree) []func() string {
		return each(r.responses(), has("weight"), rewrite("weight", func(s string) string {
			w, _ := strconv.Atoi(s)
			if w > 2 {
				return strconv.Itoa(w / 2)
			}
			return strconv.Itoa(w * 2)
		}))
	}},
	{"owners swapped", func(r *tree) []func() string {
		return pairs(r.responses(), func(a, b *tree) bool { return a.text("by") != b.text("by") }, swap("by"))
	}},
	{"nobody else may do it", func(r *tree) []func() string { return each(r.responses(), has("or"), func(n *tree) { n.drop("or") }) }},
	{"a target doubled", func(r *tree) []func() string {
		return each(r.responses(), has("target"), rewrite("target", span(1.6)))
	}},
	{"a limit shortened", func(r *tree) []func() string { return each(r.responses(), has("limit"), rewrite("limit", span(0.8))) }},
	{"a limit lengthened", func(r *tree) []func() string { return each(r.responses(), has("limit"), rewrite("limit", span(1.5))) }},
	{"what has to come first forgotten", func(r *tree) []func() string {
		return each(r.responses(), has("after"), func(n *tree) { n.drop("after") })
	}},
	{"critical or not", func(r *tree) []func() string {
		return each(r.responses(), nil, func(n *tree) { n.set("critical", strconv.FormatBool(n.text("critical") != "true")) })
	}},
	{"another objective", func(r *tree) []func() string {
		return pairs(r.responses(), func(a, b *tree) bool {
			return a.at("objective") != nil && b.at("objective") != nil && a.text("objective") != b.text("objective")
		}, swap("objective"))
	}},
	{"a half-right way that counts in full", func(r *tree) (out []func() string) {
		for _, x := range r.responses() {
			out = append(out, each(x.at("ways").items(), has("content"), func(n *tree) { n.set("content", "1") })...)
		}
		return out
	}},
	// acts and texts
	{"another severity", func(r *tree) []func() string {
		return each(r.at("prohibited").items(), nil, func(n *tree) {
			next := map[string]string{"minor": "major", "major": "minor", "life": "major"}
			n.set("severity", next[n.text("severity")])
		})
	}},
	{"a prohibited action dropped", func(r *tree) []func() string { return dropFrom(r.at("prohibited"), "prohibited") }},
	{"a choice nobody is offered any more", func(r *tree) (out []func() string) {
		for _, in := range r.injects() {
			if in.at("also") != nil {
				out = append(out, func() string { in.drop("also"); return in.called() })
			}
		}
		return out
	}},
	{"a translation dropped", func(r *tree) []func() string {
		return each(texts(r), nil, func(n *tree) { n.drop("en") })
	}},
	{"a text left in Vietnamese", func(r *tree) []func() string {
		return each(texts(r), nil, func(n *tree) { n.set("en", n.text("vi")); n.at("en").Style = n.at("vi").Style })
	}},
	{"an objective nobody serves", func(r *tree) []func() string {
		return each(r.responses(), func(n *tree) bool { return count(r.responses(), "objective", n.text("objective")) <= 2 }, func(n *tree) {
			for _, x := range r.responses() {
				if x.text("objective") == n.text("objective") && x.text("id") != n.text("id") {
					x.set("objective", "O1")
				}
			}
			n.set("objective", "O1")
		})
	}},
	{"a guard that names something unknown", func(r *tree) []func() string {
		return each(r.transitions(), when("(R"), rewrite("when", replaceOnce("(R", "(Q")))
	}},
}

// guards is every condition of a scenario in one text.
func guards(r *tree) string {
	var all []string
	for _, n := range append(r.transitions(), r.injects()...) {
		all = append(all, n.text("when"))
	}
	return strings.Join(all, "\n")
}

// nameOf is the key that a value of parameters stands under.
func nameOf(r, value *tree) string {
	p := r.at("parameters")
	for i := 0; i+1 < len(p.Content); i += 2 {
		if p.Content[i+1] == value.Node {
			return p.Content[i].Value
		}
	}
	return "?"
}

func flat(n *tree) string {
	var all []string
	for _, item := range n.items() {
		all = append(all, item.Value)
	}
	return strings.Join(all, " ") + n.Value
}

func count(items []*tree, key, value string) int {
	n := 0
	for _, item := range items {
		if item.text(key) == value {
			n++
		}
	}
	return n
}

// texts are all pairs {vi: …, en: …} of a tree that are long enough to differ.
func texts(n *tree) (all []*tree) {
	if n.at("vi") != nil && n.at("en") != nil && len(n.text("vi")) > 24 {
		return []*tree{n}
	}
	for _, kid := range n.Content {
		all = append(all, texts(&tree{kid})...)
	}
	return slices.Clip(all)
}
