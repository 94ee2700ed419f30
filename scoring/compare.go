package scoring

import (
	"slices"

	"saban/engine"
)

// Comparison sets drills of one scenario beside each other, in the order they
// were given: who conducts drills gives them from the oldest to the newest.
type Comparison struct {
	Drills       []Compared           `json:"drills"`
	Same         bool                 `json:"same_scenario"` // byte for byte; else figures are only for orientation
	Items        []ComparedItem       `json:"items"`         // of the newest scenario, then those only older ones have
	Capabilities []ComparedCapability `json:"capabilities"`
	Better       []Shift              `json:"better"` // newest against the one before, greatest first
	Worse        []Shift              `json:"worse"`
	Mended       []string             `json:"mended"`   // rated M or U in the drill before, better in the newest
	Repeated     []string             `json:"repeated"` // rated M or U in both
	Trend        engine.Text          `json:"trend"`
}

// Compared is one drill.
type Compared struct {
	Total      *Points `json:"total"`
	Grade      Grade   `json:"grade"`
	State      string  `json:"state"`
	Triggered  int     `json:"triggered"`
	OnTime     int     `json:"on_time"` // within target
	Undone     int     `json:"undone"`
	Open       int     `json:"open"` // not done yet, and still in time
	Prohibited int     `json:"prohibited"`
}

// ComparedItem is one response in every drill; null where a drill has not got
// it. Pace is what a dumbbell shows: actual time by target.
type ComparedItem struct {
	ID    string        `json:"id"`
	Do    engine.Text   `json:"do"`
	Marks []*DrillsMark `json:"marks"`
}

// DrillsMark is what one drill made of a response.
type DrillsMark struct {
	Triggered bool          `json:"triggered"`
	Done      bool          `json:"done"`
	Open      bool          `json:"open"` // not done yet, and still in time
	Actual    *Seconds      `json:"actual_s"`
	Target    Seconds       `json:"target_s"`
	Pace      *engine.Ratio `json:"pace"` // null when not done, or without a target
	Value     *engine.Ratio `json:"value"`
	Rating    Rating        `json:"rating"`
}

// ComparedCapability is one capability in every drill; null where nothing of
// it counted.
type ComparedCapability struct {
	Code    engine.Capability `json:"code"`
	Title   engine.Text       `json:"title"`
	Means   []*engine.Ratio   `json:"means"`
	Ratings []Rating          `json:"ratings"`
}

// Shift is a response or a prohibited action that came out better or worse.
type Shift struct {
	ID   string      `json:"id"`
	Text engine.Text `json:"text"`

	by int64
}

// Compare compares at least two scorecards of a scenario. Of different
// scenarios only totals and capabilities stand beside each other: the ids of
// one mean nothing in another.
func Compare(cards ...Scorecard) Comparison {
	c := Comparison{Same: true, Items: []ComparedItem{}, Capabilities: []ComparedCapability{}, Better: []Shift{}, Worse: []Shift{}, Mended: []string{}, Repeated: []string{}}
	one := true
	for i := range cards {
		c.Drills = append(c.Drills, compared(&cards[i]))
		c.Same = c.Same && cards[i].Scenario == cards[0].Scenario
		one = one && cards[i].Scenario.ID == cards[0].Scenario.ID
	}
	c.capabilities(cards)
	if n := len(cards); one && n > 1 {
		c.items(cards)
		c.shifts(&cards[n-2], &cards[n-1])
	}
	c.Trend = c.trend()
	return c
}

func compared(card *Scorecard) Compared {
	out := Compared{Total: card.Total, Grade: card.Grade, State: card.State}
	for i := range card.Items {
		switch it := &card.Items[i]; {
		case !it.Triggered:
		case it.Pending:
			out.Triggered++
			out.Open++
		case !it.Done:
			out.Triggered++
			out.Undone++
		default:
			out.Triggered++
			if *it.Actual <= it.Target {
				out.OnTime++
			}
		}
	}
	for i := range card.Penalties {
		if card.Penalties[i].Counted {
			out.Prohibited++
		}
	}
	return out
}

func (c *Comparison) items(cards []Scorecard) {
	seen := map[string]int{}
	for d := len(cards) - 1; d >= 0; d-- {
		for i := range cards[d].Items {
			it := &cards[d].Items[i]
			at, known := seen[it.ID]
			if !known {
				at = len(c.Items)
				seen[it.ID] = at
				c.Items = append(c.Items, ComparedItem{ID: it.ID, Do: doing(it), Marks: make([]*DrillsMark, len(cards))})
			}
			c.Items[at].Marks[d] = marked(it)
		}
	}
}

func marked(it *Item) *DrillsMark {
	m := &DrillsMark{Triggered: it.Triggered, Done: it.Done, Open: it.Pending, Actual: it.Actual, Target: it.Target, Value: it.Value, Rating: it.Rating}
	if it.Done && it.Actual != nil && it.Target > 0 {
		pace := engine.Over(int64(*it.Actual), int64(it.Target))
		m.Pace = &pace
	}
	return m
}

func (c *Comparison) capabilities(cards []Scorecard) {
	for _, code := range engine.Capabilities {
		row := ComparedCapability{Code: code, Title: code.Title(), Means: make([]*engine.Ratio, len(cards)), Ratings: make([]Rating, len(cards))}
		found := false
		for d := range cards {
			i := slices.IndexFunc(cards[d].CapabilityDetails, func(r CapabilityResult) bool { return r.Code == code })
			if i >= 0 {
				r := &cards[d].CapabilityDetails[i]
				row.Means[d], row.Ratings[d], found = &r.Mean, r.Final, true
			}
		}
		if found {
			c.Capabilities = append(c.Capabilities, row)
		}
	}
}

// shifts lists what came out better and worse, by the weight it moves.
func (c *Comparison) shifts(was, is *Scorecard) {
	for i := range is.Items {
		it := &is.Items[i]
		j := slices.IndexFunc(was.Items, func(b Item) bool { return b.ID == it.ID })
		if j < 0 || !it.Triggered || !was.Items[j].Triggered || it.Pending || was.Items[j].Pending {
			continue
		}
		before := &was.Items[j]
		if before.Rating.rank() <= Major.rank() {
			if it.Rating.rank() <= Major.rank() {
				c.Repeated = append(c.Repeated, it.ID)
			} else {
				c.Mended = append(c.Mended, it.ID)
			}
		}
		if by := int64(*it.Value-*before.Value) * int64(max(1, it.Weight)); by != 0 {
			c.shift(Shift{it.ID, moved(before, it), by})
		}
	}
	for _, id := range acts(was, is) {
		a, b := times(was, id), times(is, id)
		text := engine.Fill("hành động cấm %s, số lần: %s → %s", "prohibited action %s, times seen: %s → %s", engine.Same(id), number(a), number(b))
		if a != b {
			c.shift(Shift{id, text, int64(a-b) * int64(engine.Whole) * 100})
		}
	}
	greatest := func(a, b Shift) int { return int(max(-1, min(1, abs(b.by)-abs(a.by)))) }
	slices.SortStableFunc(c.Better, greatest)
	slices.SortStableFunc(c.Worse, greatest)
}

func abs(n int64) int64 { return max(n, -n) }

func (c *Comparison) shift(s Shift) {
	if s.by > 0 {
		c.Better = append(c.Better, s)
	} else {
		c.Worse = append(c.Worse, s)
	}
}

func acts(cards ...*Scorecard) (ids []string) {
	for _, card := range cards {
		for i := range card.Penalties {
			if id := card.Penalties[i].ID; !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func times(card *Scorecard, id string) (n int) {
	for i := range card.Penalties {
		if card.Penalties[i].ID == id {
			n++
		}
	}
	return n
}

// moved says how a response came out in both drills.
func moved(was, is *Item) engine.Text {
	return engine.Fill("%s “%s”: %s → %s", "%s “%s”: %s → %s", engine.Same(is.ID), doing(is), cameOut(was), cameOut(is))
}

func cameOut(it *Item) engine.Text {
	if !it.Done {
		return engine.Both("chưa làm", "not done")
	}
	text := engine.Millis(*it.Actual).Words()
	if it.Late {
		text = engine.Fill("%s, quá giới hạn", "%s, past the limit", text)
	}
	if *it.Content < engine.Whole {
		text = engine.Fill("%s, nội dung %s", "%s, content %s", text, it.Content.Decimal(2))
	}
	if *it.Owner < engine.Whole {
		text = engine.Fill("%s, người khác làm", "%s, by another role", text)
	}
	return text
}

// trend says which way the totals went.
func (c *Comparison) trend() engine.Text {
	var totals []engine.Text
	up, down := true, true
	var last *Points
	for i := range c.Drills {
		total := c.Drills[i].Total
		if total == nil {
			totals = append(totals, engine.Same("–"))
			continue
		}
		totals = append(totals, total.Text())
		if last != nil {
			up, down = up && *total >= *last, down && *total <= *last
		}
		last = total
	}
	word := engine.Both("lúc lên lúc xuống", "up and down")
	switch {
	case up && down:
		word = engine.Both("không đổi", "unchanged")
	case up:
		word = engine.Both("tăng", "rising")
	case down:
		word = engine.Both("giảm", "falling")
	}
	return engine.Fill("tổng điểm %s: %s", "total %s: %s", word, join(totals, "%s → %s"))
}
