package check_test

import (
	"slices"
	"strconv"
	"strings"

	"saban/engine"
)

var damages = []damage{
	// the machine
	{"a transition dropped", func(r *tree) []func() string { return dropFrom(r.at("transitions"), "") }},
	{"the targets of two transitions swapped", func(r *tree) []func() string {
		return pairs(r.transitions(), func(a, b *tree) bool {
			return a.text("to") != b.text("to") && a.text("from") != b.text("to") && b.text("from") != a.text("to")
		}, swap("to"))
	}},
	{otherOrder, func(r *tree) []func() string {
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
	{"a bad ending called a good one", func(r *tree) []func() string {
		return each(r.at("states").items(), func(n *tree) bool { return n.text("kind") == "failed" }, func(n *tree) { n.set("kind", "contained") })
	}},
	{"a threshold halved", func(r *tree) []func() string {
		return each(thresholds(r), nil, rewrite("value", span(0.5)))
	}},
	{"a drill that ends ten minutes early", func(r *tree) []func() string {
		return []func() string{func() string { r.set("duration", plus(r.text("duration"), -10)); return "duration" }}
	}},
	{"a threshold beyond the end of the drill", func(r *tree) []func() string {
		return each(thresholds(r), nil, func(n *tree) { n.set("value", "5h") })
	}},
	// injects
	{"an inject dropped", func(r *tree) []func() string { return dropFrom(r.at("injects"), "") }},
	{"an inject ten minutes later", func(r *tree) []func() string {
		return each(r.injects(), func(n *tree) bool { return n.at("at") != nil && n.at("when") == nil && n.text("at") != "hand" },
			rewrite("at", func(s string) string { return plus(s, 10) }))
	}},
	{"a contingency that never comes", func(r *tree) []func() string {
		return each(r.injects(), has("when"), rewrite("when", func(s string) string { return "(" + s + ") and clock >= 10h" }))
	}},
	{otherReader, func(r *tree) []func() string {
		return pairs(r.injects(), func(a, b *tree) bool {
			return a.at("to") != nil && b.at("to") != nil && flat(a.at("to")) != flat(b.at("to"))
		}, swap("to"))
	}},
	{"what a role is told dropped", func(r *tree) (out []func() string) {
		for _, in := range r.injects() {
			if list := in.at("told"); list != nil && list.at("vi") == nil {
				out = append(out, dropFrom(list, in.called())...)
			}
		}
		return out
	}},
	// responses
	{"a response dropped", func(r *tree) (out []func() string) {
		for _, in := range r.injects() {
			if list := in.at("expects"); list != nil {
				out = append(out, dropFrom(list, "")...)
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
	{"a way of doing it dropped", func(r *tree) (out []func() string) {
		for _, x := range r.responses() {
			if ways := x.at("ways"); ways != nil {
				out = append(out, dropFrom(ways, x.called())...)
			}
		}
		return out
	}},
	{"a box of a good answer dropped", func(r *tree) (out []func() string) {
		for _, set := range r.at("boxes").items() {
			out = append(out, dropFrom(set, set.key)...)
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
	{"a prohibited action dropped", func(r *tree) []func() string { return dropFrom(r.at("prohibited"), "") }},
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
		return each(r.at("objectives").items(), nil, func(o *tree) {
			other := r.at("objectives").Content[0].Value
			if other == o.key {
				other = r.at("objectives").Content[2].Value
			}
			for _, x := range r.responses() {
				if x.text("objective") == o.key {
					x.set("objective", other)
				}
			}
		})
	}},
	{"a guard that names something unknown", func(r *tree) []func() string {
		return each(r.transitions(), when("(R"), rewrite("when", replaceOnce("(R", "(Q")))
	}},
}

// thresholds are the parameters that a condition waits for.
func thresholds(r *tree) []*tree {
	return slices.DeleteFunc(r.at("parameters").items(), func(n *tree) bool {
		_, timed := engine.ParseDuration(n.text("value"))
		return !timed || !strings.Contains(guards(r), ">= "+n.key)
	})
}

func plus(duration string, minutes int) string {
	m, _ := engine.ParseDuration(duration)
	return strconv.Itoa(int(m)/1000+60*minutes) + "s"
}

// guards is every condition of a scenario in one text.
func guards(r *tree) string {
	var all []string
	for _, n := range append(r.transitions(), r.injects()...) {
		all = append(all, n.text("when"))
	}
	return strings.Join(all, "\n")
}

func flat(n *tree) string {
	var all []string
	for _, item := range n.items() {
		all = append(all, item.Value)
	}
	return strings.Join(all, " ") + n.Value
}

// texts are all pairs {vi: …, en: …} of a tree that are long enough to differ.
func texts(n *tree) (all []*tree) {
	if n.at("vi") != nil && n.at("en") != nil && len(n.text("vi")) > 24 {
		return []*tree{n}
	}
	for _, kid := range n.Content {
		all = append(all, texts(&tree{Node: kid})...)
	}
	return all
}
