package check

import "slices"

// claim says whether a play shows what it is meant to.
type claim func(o *outcome) bool

// mostTries is how many plays are conducted to make one shorter.
const mostTries = 500

// shrink takes out of a script what its claim does not need, and reports
// whether it holds at all. Every candidate is conducted.
func (s *stage) shrink(c script, holds claim) (script, bool) {
	if !holds(s.conduct(&c)) {
		return c, false
	}
	tries := 0
	for better := true; better; {
		better = false
		for _, candidate := range smaller(c) {
			if candidate.size() >= c.size() {
				continue
			}
			if tries++; tries > mostTries {
				break
			}
			if holds(s.conduct(&candidate)) {
				c, better = candidate, true
				break
			}
		}
	}
	return c, true
}

// smaller lists scripts with less in them.
func smaller(c script) []script {
	var out []script
	for _, of := range []base{promptly, silently} {
		if of != c.base {
			bare := c
			bare.base = of
			if of == silently {
				bare.omit = nil
			}
			out = append(out, script{base: of, end: c.end, empty: c.empty}, bare)
		}
	}
	for i := range c.empty {
		less := c
		less.empty = slices.Delete(slices.Clone(c.empty), i, i+1)
		out = append(out, less)
	}
	for i := range c.steps {
		less := c
		less.steps = slices.Delete(slices.Clone(c.steps), i, i+1)
		out = append(out, less)
		if no := c.steps[i].response; no >= 0 && c.base.pace > 0 {
			less.omit = append(slices.Clone(c.omit), no)
			slices.Sort(less.omit)
			out = append(out, less)
		}
	}
	for i := range c.omit {
		less := c
		less.omit = slices.Delete(slices.Clone(c.omit), i, i+1)
		out = append(out, less)
	}
	return out
}
