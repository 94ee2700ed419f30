package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"saban/engine"
)

// reference scores a log the dumb way: floats, and the words of domain.md
// §5.2 from top to bottom. It shares no code with the package.
func reference(s *engine.Scenario, log []engine.Event) (total, before float64, gates map[string]bool, capabilities map[engine.Capability]string) {
	const eps = 1e-7
	received := map[string]float64{}
	final, forced := "calm", false
	type done struct {
		at, content float64
		role        string
	}
	acts := map[string][]done{}
	harm := map[string][]float64{}
	ways := map[string]engine.Way{}
	parent := map[string]string{}
	for _, in := range s.Injects {
		for _, r := range in.Expects {
			for _, w := range r.Ways {
				ways[w.ID], parent[w.ID] = w, r.ID
			}
		}
	}
	for _, e := range log {
		switch e.Type {
		case engine.Received:
			received[e.ID] = float64(e.At) / 1000
		case engine.Observed:
			id, content := e.ID, float64(e.Content)/1e9
			if w, ok := ways[id]; ok {
				id, content = parent[id], content*float64(w.Content)/1e9
			}
			acts[id] = append(acts[id], done{float64(e.Observed) / 1000, content, e.Role})
		case engine.ProhibitedAct:
			harm[e.ID] = append(harm[e.ID], float64(e.Observed)/1000)
		case engine.Moved, engine.Forced:
			final, forced = e.To, e.Type == engine.Forced
		}
	}
	type result struct {
		w, tau, c, s float64
		done         bool
		first        float64
		rating       string
		r            engine.Response
	}
	results := map[string]result{}
	var order []string
	for _, in := range s.Injects {
		start, ok := received[in.ID]
		if !ok {
			continue
		}
		for _, r := range in.Expects {
			res := result{w: float64(r.Weight), rating: "U", r: r, first: math.Inf(1)}
			T, L := float64(r.Target)/1000, float64(r.Limit)/1000
			bestAt := math.Inf(1)
			for _, a := range acts[r.ID] {
				res.first = math.Min(res.first, a.at)
				at := math.Max(0, a.at-start)
				tau := 0.0
				if at <= T {
					tau = 1
				} else if at < L {
					tau = (L - at) / (L - T)
				}
				c := a.content
				owner := a.role == r.By
				for _, or := range r.Or {
					owner = owner || a.role == or
				}
				if !owner {
					c *= 0.5
				}
				if at > L {
					c *= 0.5
				}
				v := tau/2 + c/2
				if !res.done || v > res.s+eps || (math.Abs(v-res.s) <= eps && a.at < bestAt) {
					res.done, res.tau, res.c, res.s, bestAt = true, tau, c, v, a.at
					switch {
					case c < 0.25-eps:
						res.rating = "U"
					case at > L || c < 0.6-eps:
						res.rating = "M"
					case at <= T && c >= 0.9-eps:
						res.rating = "P"
					default:
						res.rating = "S"
					}
				}
			}
			results[r.ID] = res
			order = append(order, r.ID)
		}
	}
	var w, wt, wc float64
	kept, applicable, missed := 0.0, 0.0, 0
	for _, id := range order {
		r := results[id]
		w, wt, wc = w+r.w, wt+r.w*r.tau, wc+r.w*r.c
		if r.r.Critical && r.rating == "U" {
			missed++
		}
		for _, before := range r.r.After {
			if b, triggered := results[before]; triggered && r.done {
				applicable++
				if b.first <= r.first {
					kept++
				}
			}
		}
	}
	penalty, life := 0.0, false
	harmful := map[engine.Capability]bool{}
	for _, p := range s.Prohibited {
		times := harm[p.ID]
		sort.Float64s(times)
		last := math.Inf(-1)
		for _, at := range times {
			if at-last >= 300 {
				penalty += map[engine.Severity]float64{"minor": 2, "major": 5, "life": 10}[p.Severity]
				last = at
			}
		}
		if len(times) > 0 && p.Severity != "minor" {
			if p.Capability == "" {
				p.Capability = "BV"
			}
			harmful[p.Capability] = true
		}
		life = life || len(times) > 0 && p.Severity == "life"
	}
	penalty = math.Min(penalty, 30)
	T, C := wt/w, wc/w
	if applicable > 0 {
		before = 100*(0.40*T+0.45*C+0.15*kept/applicable) - penalty
	} else {
		before = 100*(0.40*T+0.45*C)/0.85 - penalty
	}
	before = math.Max(0, math.Min(100, before))
	total = before
	gates = map[string]bool{}
	gate := func(id string, applies bool, most float64) {
		if applies {
			gates[id] = true
			total = math.Min(total, most)
		}
	}
	gate("critical_missed", missed == 1, 69)
	gate("criticals_missed", missed > 1, 49)
	gate("life_action", life, 69)
	gate("failed", final == "lost" && !forced, 49)

	capabilities = map[engine.Capability]string{}
	for _, code := range engine.Capabilities {
		var sum, weight float64
		best, criticalU, criticalM := -1, false, false
		for _, id := range order {
			r := results[id]
			if r.r.Capability != code {
				continue
			}
			sum, weight = sum+r.w*r.s, weight+r.w
			best = max(best, rank(r.rating))
			criticalU = criticalU || r.r.Critical && r.rating == "U"
			criticalM = criticalM || r.r.Critical && r.rating == "M"
		}
		if weight == 0 {
			continue
		}
		mean, rating := sum/weight, "S"
		switch {
		case criticalU:
			rating = "U"
		case criticalM || harmful[code] || mean < 0.70-eps:
			rating = "M"
		case mean >= 0.90-eps:
			rating = "P"
		}
		if rank(rating) > best {
			rating = string("UMSP"[best])
		}
		capabilities[code] = rating
	}
	return total, before, gates, capabilities
}

func rank(r string) int { return map[string]int{"U": 0, "M": 1, "S": 2, "P": 3}[r] }

// randomDrill makes a scenario and a log that use every rule of §5.2.
func randomDrill(rnd *rand.Rand) (*engine.Scenario, []engine.Event) {
	s := tiny()
	s.Injects = nil
	var ids []string
	for i := range 1 + rnd.IntN(4) {
		in := engine.Inject{ID: fmt.Sprintf("I%d", i)}
		for range rnd.IntN(4) {
			r := engine.Response{
				ID: fmt.Sprintf("R%d", len(ids)), By: pick(rnd, "guard", "medic", "chief"), Weight: 1 + rnd.IntN(5),
				Target: seconds(rnd.IntN(300)), Critical: rnd.IntN(4) == 0, Capability: pick(rnd, engine.Capabilities...),
			}
			r.Limit = r.Target + seconds(rnd.IntN(300))
			if rnd.IntN(3) == 0 {
				r.Or = []string{"medic"}
			}
			if len(ids) > 0 && rnd.IntN(3) == 0 {
				r.After = []string{pick(rnd, ids...)}
			}
			if rnd.IntN(4) == 0 {
				r.Ways = []engine.Way{{ID: r.ID + "a", Content: engine.Whole}, {ID: r.ID + "b", Content: engine.Whole * 3 / 10}}
			}
			ids = append(ids, r.ID)
			in.Expects = append(in.Expects, r)
		}
		s.Injects = append(s.Injects, in)
	}
	s.Prohibited[0].Severity = pick(rnd, engine.Minor, engine.Major)
	l := new(logbook).begin(s)
	for i, in := range s.Injects {
		if rnd.IntN(6) > 0 {
			l.receive(seconds(i*100), in.ID)
		}
	}
	for _, in := range s.Injects {
		for _, r := range in.Expects {
			for range []int{0, 1, 1, 1, 2}[rnd.IntN(5)] {
				id := r.ID
				if len(r.Ways) > 0 {
					id = pick(rnd, r.Ways[0].ID, r.Ways[1].ID)
				}
				observed := engine.Millis(rnd.IntN(900_000))
				by := pick(rnd, r.By, r.By, "guard", "medic")
				content := pick(rnd, engine.Whole, engine.Whole, engine.Over(int64(rnd.IntN(8)), 7), engine.Whole*9/10)
				l.seeLate(seconds(900), observed, id, by, content)
			}
		}
	}
	for range rnd.IntN(4) {
		l.harm(engine.Millis(rnd.IntN(900_000)), pick(rnd, "P1", "P1", "P1", "P2"), "guard")
	}
	if rnd.IntN(3) == 0 {
		l.add(seconds(900), pick(rnd, engine.Moved, engine.Moved, engine.Forced), engine.Body{From: "calm", To: pick(rnd, "lost", "safe", "panic")})
	}
	return s, l.end(seconds(1000))
}

func pick[T any](rnd *rand.Rand, from ...T) T { return from[rnd.IntN(len(from))] }

func TestAgainstReference(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(10_000) {
		s, log := randomDrill(rand.New(rand.NewPCG(seed, 7)))
		total, before, gates, capabilities := reference(s, log)
		c := score(s, log)
		if math.IsNaN(total) {
			seen["no total"]++
			if c.Total != nil || c.Grade != "" {
				t.Fatalf("seed %d: a total out of nothing: %v", seed, c.Total)
			}
			continue
		}
		if math.Abs(total-float64(*c.Total)/100) > 0.00501 || math.Abs(before-float64(*c.BeforeGates)/100) > 0.00501 {
			t.Fatalf("seed %d: total %s (before gates %s), reference %.4f (%.4f)", seed, c.Total, c.BeforeGates, total, before)
		}
		if len(gates) != len(c.Gates) || len(capabilities) != len(c.Capabilities) {
			t.Fatalf("seed %d: gates %+v, reference %v; capabilities %v, reference %v", seed, c.Gates, gates, c.Capabilities, capabilities)
		}
		for _, g := range c.Gates {
			seen[g.ID]++
			if !gates[g.ID] {
				t.Fatalf("seed %d: gate %s does not apply", seed, g.ID)
			}
		}
		for code, rating := range capabilities {
			seen[rating]++
			if string(c.Capabilities[code]) != rating {
				t.Fatalf("seed %d: %s is %s, reference %s", seed, code, c.Capabilities[code], rating)
			}
		}
	}
	for _, want := range []string{"no total", "critical_missed", "criticals_missed", "life_action", "failed", "P", "S", "M", "U"} {
		if seen[want] < 20 {
			t.Errorf("the random logs show %s only %d times", want, seen[want])
		}
	}
}
