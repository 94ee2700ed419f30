package figure

import (
	"fmt"
	"slices"

	"saban/engine"
	"saban/scoring"
)

// LaneSize says how large the picture of the lanes is.
type LaneSize struct {
	W      float64       // width in units of which a letter is about 12 high
	Names  float64       // of that, for the roles' names
	Row    float64       // least height of a role's row
	From   engine.Millis // what lies before is left out
	Until  engine.Millis
	Now    engine.Millis // the present, or 0
	Coming bool          // planned injects are shown too
}

// Lanes draws injects and responses by role over exercise time, from the
// scorecard and the log it was made of.
func Lanes(sc *engine.Scenario, card *scoring.Scorecard, injects []engine.InjectView, log []engine.Event, lang engine.Lang, size LaneSize) *Figure {
	size.Until = max(size.Until, size.From+engine.Minute)
	l := lanes{sc: sc, lang: lang, size: size, fig: &Figure{W: size.W}}
	for i := range log {
		if log[i].Type == engine.Ended {
			l.ended = log[i].At
		}
	}
	l.roles(card)
	l.settle(card, injects)
	l.grid()
	l.pauses(log)
	for i := range card.Items {
		l.item(&card.Items[i])
	}
	l.coming()
	l.present()
	l.words(card)
	return l.fig
}

// Room above the rows for the present's flag, and below for the hours.
const (
	top      = 24.0
	flagHalf = 23.0 // half the present's flag
	foot     = 24.0
	band     = 9.0
	glyph    = 14.0
)

type lanes struct {
	sc   *engine.Scenario
	lang engine.Lang
	size LaneSize
	fig  *Figure
	rows []lane
	tier map[string]int // response → the line of its row it is drawn on
	come []coming

	ended engine.Millis // EndEx; 0 = not yet

	halts, adHoc, byHand int
}

// coming is an inject that is still to come, on a role's line.
type coming struct {
	id, role string
	at       engine.Millis
	tier     int
}

// lane is the row of a role, as tall as its busiest moment asks for.
type lane struct {
	role      string
	y, height float64
	tiers     []float64 // where the last bar of each line ends
}

// letters is the room the name of a bar takes beside its tick.
const letters = 28.0

// take finds the first line of a row that is free from start on, and fills it
// to end.
func (r *lane) take(start, end float64) int {
	tier := slices.IndexFunc(r.tiers, func(free float64) bool { return start > free })
	if tier < 0 {
		tier, r.tiers = len(r.tiers), append(r.tiers, 0)
	}
	r.tiers[tier] = end + 2
	return tier
}

// shows reports whether any of a bar lies in the picture.
func (l *lanes) shows(it *scoring.Item) bool {
	at, _ := l.outcome(it, ms(*it.Received))
	return max(at, ms(*it.Received)+ms(it.Limit)) >= l.size.From && ms(*it.Received) < l.size.Until
}

// tierHeight is the room one bar takes with its letters.
const tierHeight = 23.0

// roles gives a row to each player role that anything is expected of.
func (l *lanes) roles(card *scoring.Scorecard) {
	for i := range l.sc.Roles {
		id := l.sc.Roles[i].ID
		if slices.ContainsFunc(card.Items, func(it scoring.Item) bool { return it.By == id }) {
			l.rows = append(l.rows, lane{role: id})
		}
	}
}

func (l *lanes) row(role string) *lane {
	for i := range l.rows {
		if l.rows[i].role == role {
			return &l.rows[i]
		}
	}
	return nil
}

// settle puts bars that would cover each other on lines of their own, and so
// finds how tall each row has to be.
func (l *lanes) settle(card *scoring.Scorecard, injects []engine.InjectView) {
	l.tier = map[string]int{}
	order := make([]*scoring.Item, 0, len(card.Items))
	for i := range card.Items {
		if it := &card.Items[i]; it.Triggered && it.Received != nil && l.row(it.By) != nil && l.shows(it) {
			order = append(order, it)
		}
	}
	slices.SortStableFunc(order, func(a, b *scoring.Item) int { return int(ms(*a.Received) - ms(*b.Received)) })
	for _, it := range order {
		from, to := ms(*it.Received), ms(*it.Received)+ms(it.Limit)
		at, _ := l.outcome(it, from)
		l.tier[it.ID] = l.row(it.By).take(l.x(from), max(l.x(to), l.x(at)+glyph/2, l.x(from)+letters))
	}
	if l.size.Coming {
		l.planned(injects)
	}
	y := top
	for i := range l.rows {
		l.rows[i].y, l.rows[i].height = y, max(l.size.Row, tierHeight*float64(len(l.rows[i].tiers))+8)
		y += l.rows[i].height
	}
	l.fig.H = y + foot
}

func (l *lanes) x(at engine.Millis) float64 {
	part := min(max(at, l.size.From), l.size.Until) - l.size.From
	return l.size.Names + (l.size.W-l.size.Names-flagHalf-2)*float64(part)/float64(l.size.Until-l.size.From)
}

// y is the middle of a line of a role's row.
func (l *lanes) y(role string, tier int) float64 {
	row := l.row(role)
	lines := float64(max(len(row.tiers), 1))
	return row.y + row.height/2 + (float64(tier)-(lines-1)/2)*tierHeight + 3
}

// step is a round time between two lines of the grid, about eight in all.
func (l *lanes) step() engine.Millis {
	for _, s := range []engine.Millis{engine.Minute, 2 * engine.Minute, 5 * engine.Minute, 10 * engine.Minute, 15 * engine.Minute, 30 * engine.Minute, engine.Hour} {
		if (l.size.Until-l.size.From)/s <= 9 {
			return s
		}
	}
	return 2 * engine.Hour
}

func (l *lanes) grid() {
	f, bottom := l.fig, l.fig.H-foot
	f.Axis = &Axis{l.x(l.size.From), l.x(l.size.Until) - l.x(l.size.From), l.size.From, l.size.Until, l.size.Now}
	step := l.step()
	for at := (l.size.From + step - 1) / step * step; at <= l.size.Until; at += step {
		x, anchor := l.x(at), Middle
		if x > f.W-24 {
			anchor = End
		}
		f.add(Shape{Kind: Line, X: x, Y: top, X2: x, Y2: bottom, Stroke: Rule, Width: 1},
			Shape{Kind: Text, X: x, Y: bottom + 16, Text: at.Clock(), Size: 11, Fill: Ink3, Anchor: anchor})
	}
	f.add(Shape{Kind: Line, X: 0, Y: top, X2: f.W, Y2: top, Stroke: Rule, Width: 1})
	for i := range l.rows {
		row := &l.rows[i]
		f.add(Shape{Kind: Line, X: 0, Y: row.y + row.height, X2: f.W, Y2: row.y + row.height, Stroke: Rule, Width: 1})
		names := fold(l.sc.Role(row.role).Title.In(l.lang), 12, false, l.size.Names-6, 2)
		for n, line := range names {
			f.add(Shape{Kind: Text, X: 0, Y: row.y + row.height/2 + 4 + 14*(float64(n)-float64(len(names)-1)/2), Text: line, Size: 12, Fill: Ink, Anchor: Start})
		}
	}
}

func ms(s scoring.Seconds) engine.Millis { return engine.Millis(s) }

// item draws one triggered response: bands, the line to when it was done, and
// its mark.
func (l *lanes) item(it *scoring.Item) {
	tier, drawn := l.tier[it.ID]
	if !drawn {
		return
	}
	from, y := ms(*it.Received), l.y(it.By, tier)
	target, limit := l.x(from+ms(it.Target)), l.x(from+ms(it.Limit))
	x := l.x(from)
	f := l.fig
	f.add(Shape{Kind: Rect, X: x, Y: y - band/2, X2: target, Y2: y + band/2, Fill: OKWeak, Stroke: OK, Width: 0.4},
		Shape{Kind: Rect, X: target, Y: y - band/2, X2: limit, Y2: y + band/2, Fill: Hatch, Stroke: Warn, Width: 0.4})
	ink, tick, name := Ink, 9.0, it.ID
	if it.AdHoc {
		ink, name = AdHoc, "+"+it.ID
		l.adHoc++
	}
	f.add(Shape{Kind: Line, X: x, Y: y - tick, X2: x, Y2: y + tick, Stroke: ink, Width: 1.6},
		Shape{Kind: Text, X: x + 3, Y: y - 6, Text: name, Size: 10, Fill: Ink2, Anchor: Start})
	at, mark := l.outcome(it, from)
	line, moves := "", ""
	if mark == Waiting && at == l.size.Now {
		line, moves = "grow", "now"
	}
	f.add(Shape{Kind: Line, X: x, Y: y, X2: l.x(at), Y2: y, Stroke: ink, Width: 2, Class: line},
		Shape{Kind: Mark, X: l.x(at), Y: y, Glyph: mark, Class: moves})
	if len(it.Overrides) > 0 || it.Rated != nil {
		f.add(Shape{Kind: Mark, X: l.x(at), Y: y, Glyph: ByHand, Class: moves})
		l.byHand++
	}
	l.tabulate(it, from)
}

// outcome is where a response's line ends and how.
func (l *lanes) outcome(it *scoring.Item, from engine.Millis) (engine.Millis, Glyph) {
	switch {
	case it.Done && it.Actual != nil && ms(*it.Actual) <= ms(it.Target):
		return from + ms(*it.Actual), OnTime
	case it.Done && it.Actual != nil:
		return from + ms(*it.Actual), Slow
	case it.Pending:
		return max(l.size.Now, from), Waiting
	}
	if limit := from + ms(it.Limit); l.ended == 0 || limit < l.ended {
		return limit, Missed
	}
	return max(l.ended, from), Missed // nothing was to come after EndEx
}

// planned finds room for what is still to come at a known time.
func (l *lanes) planned(injects []engine.InjectView) {
	for i := range injects {
		in := &injects[i]
		if in.Status != engine.Pending || in.Held || in.Inject.When != "" || in.Inject.Hand || in.At < max(l.size.Now, l.size.From) || in.At >= l.size.Until {
			continue
		}
		for r := range l.rows {
			if row := &l.rows[r]; asks(in.Inject, row.role) {
				l.come = append(l.come, coming{in.Inject.ID, row.role, in.At, row.take(l.x(in.At)-1, l.x(in.At)+letters)})
			}
		}
	}
}

// coming draws it.
func (l *lanes) coming() {
	for _, in := range l.come {
		x, y, name, anchor := l.x(in.at), l.y(in.role, in.tier), l.x(in.at)+3, Start
		if x > l.size.W-letters {
			name, anchor = x-3, End
		}
		l.fig.add(Shape{Kind: Line, X: x, Y: y - 9, X2: x, Y2: y + 9, Stroke: Control, Width: 1.4, Dashed: true},
			Shape{Kind: Text, X: name, Y: y - 3, Text: in.id, Size: 10, Fill: Ink3, Anchor: anchor})
	}
}

func asks(in *engine.Inject, role string) bool {
	return slices.ContainsFunc(in.Expects, func(r engine.Response) bool { return r.By == role })
}

// present draws the line of now; a page moves it by its class.
func (l *lanes) present() {
	if l.size.Now <= 0 || l.size.Now < l.size.From || l.size.Now > l.size.Until {
		return
	}
	x := l.x(l.size.Now)
	l.fig.add(Shape{Kind: Line, X: x, Y: top - 4, X2: x, Y2: l.fig.H - foot, Stroke: Accent, Width: 1.6, Class: "now"},
		Shape{Kind: Rect, X: x - flagHalf, Y: 2, X2: x + flagHalf, Y2: 21, Fill: Accent, Round: 5, Class: "now"},
		Shape{Kind: Text, X: x, Y: 15.5, Text: l.size.Now.Clock(), Size: 11.5, Bold: true, Fill: On, Anchor: Middle, Class: "now"})
}

// words names the figure by what it shows, and says how to read it.
func (l *lanes) words(card *scoring.Scorecard) {
	on, slow, missed, open := 0, 0, 0, 0
	for i := range card.Items {
		it := &card.Items[i]
		if !it.Triggered || it.Received == nil {
			continue
		}
		switch _, g := l.outcome(it, 0); g {
		case OnTime:
			on++
		case Slow:
			slow++
		case Missed:
			missed++
		case Waiting:
			open++
		}
	}
	l.fig.Name = engine.Both("Tình huống và phản hồi theo vai: %d việc trong thời gian chuẩn, %d việc chậm, %d việc không phản hồi, %d việc đang chờ",
		"Injects and responses by role: %d on target, %d late, %d without a response, %d awaited", on, slow, missed, open).In(l.lang)
	l.fig.Caption = engine.Both("Vạch đứng: lúc tình huống đến. Đường đậm: thời gian đến khi làm. Dải trơn: trong thời gian chuẩn; dải gạch: đến giới hạn. Chữ ghi mã việc.",
		"Upright tick: when the inject arrived. Thick line: the time until it was done. Plain band: within the target; hatched: up to the limit. Letters name the response.").In(l.lang)
	for _, more := range []struct {
		n    int
		text engine.Text
	}{
		{l.halts, engine.Both(" Dải dọc nét đứt ‖: đồng hồ tạm dừng, kèm thời gian thực.", " Dashed upright band ‖: the clock stood, with the time on the wall.")},
		{l.adHoc, engine.Both(" Dấu +: tình huống đột xuất.", " A +: an inject written during the drill.")},
		{l.byHand, engine.Both(" Vòng ngoài: có người chấm lại.", " Outer ring: set by hand.")},
	} {
		if more.n > 0 {
			l.fig.Caption += more.text.In(l.lang)
		}
	}
	l.fig.Table.Head = []string{engine.Both("Việc", "Response").In(l.lang), engine.Both("Vai", "Role").In(l.lang), engine.Both("Đến lúc", "Arrived").In(l.lang),
		engine.Both("Thời gian chuẩn", "Target").In(l.lang), engine.Both("Giới hạn", "Limit").In(l.lang), engine.Both("Làm sau", "Done after").In(l.lang)}
}

// tabulate says a bar in figures.
func (l *lanes) tabulate(it *scoring.Item, from engine.Millis) {
	after := "–"
	if it.Done && it.Actual != nil {
		after = ms(*it.Actual).Clock()
	}
	l.fig.Table.Rows = append(l.fig.Table.Rows, []string{fmt.Sprintf("%s %s", it.ID, it.Do.In(l.lang)), l.sc.Role(it.By).Title.In(l.lang), from.Clock(), ms(it.Target).Clock(), ms(it.Limit).Clock(), after})
}
