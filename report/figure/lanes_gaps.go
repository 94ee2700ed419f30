package figure

import "saban/engine"

// pauses draws where the exercise clock stood: no width of its own, for no
// exercise time went by, but a line that says how long by the clock on the
// wall.
func (l *lanes) pauses(log []engine.Event) {
	free := l.size.Names
	for i := range log {
		e := &log[i]
		switch e.Type {
		case engine.Paused, engine.Gap, engine.Recovered, engine.StoppedReal:
		default:
			continue
		}
		if e.At < l.size.From || e.At > l.size.Until {
			continue
		}
		l.halts++
		x := l.x(e.At)
		l.fig.add(Shape{Kind: Rect, X: x - 2, Y: top, X2: x + 2, Y2: l.fig.H - foot, Fill: Sunken, Stroke: Control, Width: 0.6, Dashed: true})
		text := stood(log[i:]).Clock()
		if half := wide(text, 10, false)/2 + 7; l.size.Now == 0 && x-half > free && x+half < l.size.W {
			l.fig.add(Shape{Kind: Line, X: x - half + 1, Y: 7, X2: x - half + 1, Y2: 15, Stroke: Ink2, Width: 2},
				Shape{Kind: Line, X: x - half + 5, Y: 7, X2: x - half + 5, Y2: 15, Stroke: Ink2, Width: 2},
				Shape{Kind: Text, X: x + 5, Y: 15, Text: text, Size: 10, Fill: Ink2, Anchor: Middle})
			free = x + half
		}
	}
}

// stood is how long the clock stood, from the event that stopped it to what
// set it going again.
func stood(log []engine.Event) engine.Millis {
	from := log[0].Recorded
	for i := range log {
		switch log[i].Type {
		case engine.Resumed, engine.ResumedReal, engine.Ended:
			return engine.Millis(max(log[i].Recorded-from, 0))
		}
	}
	return engine.Millis(max(log[len(log)-1].Recorded-from, 0))
}
