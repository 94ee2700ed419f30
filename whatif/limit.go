package whatif

import (
	"slices"

	"saban/engine"
)

// Limit is a reason why the answer is not known from a moment on.
type Limit struct {
	Code string        `json:"code"`
	AtMS engine.Millis `json:"at_ms"`
	IDs  []string      `json:"ids"`
	Text engine.Text   `json:"text"`
}

// The codes of limits.
const (
	InjectGone  = "inject_gone"  // no longer comes
	InjectNew   = "inject_new"   // comes, and nobody answered it
	InjectMoved = "inject_moved" // comes at another time
	StateOther  = "state"        // the facilitator would have seen another state
	AfterOther  = "after"        // others wait for the changed response
	ActRefused  = "act"          // an act had no place any more
	RatingLeft  = "rating"       // an evaluator rated what is changed
	ReplayOther = "replay"       // the log does not replay to itself
)

// limit works out where the answer stops being knowable.
func (out *Answer) limit(w *world, r *run) {
	out.baseline(w)
	out.injects(w, r)
	out.states(w)
	out.waiting(w)
	for _, l := range out.Left {
		at := l.AtMS
		out.add(ActRefused, at, engine.Fill("việc đã làm lúc %s (%s) không còn chỗ: %s", "what was done at %s (%s) has no place any more: %s",
			engine.Same(at.Clock()), engine.Same(l.ID), l.Text), l.ID)
	}
	out.ratings(w)
	slices.SortStableFunc(out.Limits, func(a, b Limit) int { return int(a.AtMS - b.AtMS) })
	for i := range out.Limits {
		if out.Limits[i].Code != RatingLeft {
			out.KnownMS = &out.Limits[i].AtMS
			break
		}
	}
}

func (out *Answer) add(code string, at engine.Millis, text engine.Text, ids ...string) {
	list := []string{}
	for _, id := range ids {
		if id != "" {
			list = append(list, id)
		}
	}
	out.Limits = append(out.Limits, Limit{code, at, list, text})
}

// baseline plays the drill again as it was: where even that comes out
// otherwise, by another engine say, nothing can be said.
func (out *Answer) baseline(w *world) {
	same := &world{c: w.c, log: w.log, acts: w.acts, start: w.start, released: w.released, received: w.received}
	again := same.play(same.script()).d.Log()
	for i := range w.log {
		if i < len(again) && again[i].Type == w.log[i].Type && again[i].At == w.log[i].At && again[i].ID == w.log[i].ID && again[i].To == w.log[i].To {
			continue
		}
		out.add(ReplayOther, w.log[i].At, engine.Fill("phát lại nguyên nhật ký không ra đúng như đã ghi, từ sự kiện #%s",
			"the log itself does not play again as it was recorded, from event #%s on", engine.Same(itoa(w.log[i].Seq))))
		return
	}
}

func (out *Answer) injects(w *world, r *run) {
	seen := map[string]bool{}
	for i := range w.log {
		if e := &w.log[i]; e.Type == engine.Received {
			seen[e.ID] = true
			out.compareInject(w, r, e.ID)
		}
	}
	for i := range out.Log {
		if e := &out.Log[i]; e.Type == engine.Received && !seen[e.ID] {
			out.compareInject(w, r, e.ID)
		}
	}
}

func (out *Answer) compareInject(w *world, r *run, id string) {
	was, before := w.received[id]
	is, after := r.received[id]
	name := engine.Fill("%s “%s”", "%s “%s”", engine.Same(id), w.texts[id])
	switch {
	case before && !after:
		out.add(InjectGone, was, engine.Fill("tình huống %s không đến nữa: không biết mọi người sẽ làm gì thay vào đó", "inject %s no longer comes: what people would have done instead is not known", name), id)
	case !before && after:
		out.add(InjectNew, is, engine.Fill("có thêm tình huống %s, chưa ai trả lời: việc của nó tính là chưa làm", "inject %s comes, which nobody answered: its responses count as not done", name), id)
	case before && was != is:
		out.add(InjectMoved, min(was, is), engine.Fill("tình huống %s đến lúc %s thay vì %s", "inject %s comes at %s, not at %s", name, engine.Same(is.Clock()), engine.Same(was.Clock())), id)
	}
}

// states: players do not see the state, the facilitator does.
func (out *Answer) states(w *world) {
	if !w.start.Led {
		return
	}
	for i := 0; i < max(len(out.Was.Path), len(out.Is.Path)); i++ {
		at := engine.Millis(-1)
		switch {
		case i >= len(out.Was.Path):
			at = out.Is.Path[i].AtMS
		case i >= len(out.Is.Path):
			at = out.Was.Path[i].AtMS
		case out.Was.Path[i].State != out.Is.Path[i].State || out.Was.Path[i].AtMS != out.Is.Path[i].AtMS:
			at = min(out.Was.Path[i].AtMS, out.Is.Path[i].AtMS)
		}
		if at >= 0 {
			out.add(StateOther, at, engine.Both("trạng thái khác đi: người điều khiển nhìn thấy và có thể đã quyết khác", "the state is another: the facilitator sees that and might have decided otherwise"))
			return
		}
	}
}

// waiting: who does what comes after a changed response is asked for it, or
// turns to it, when that is done.
func (out *Answer) waiting(w *world) {
	for _, c := range w.changes {
		a := w.acts[c.ID]
		if a.response == nil {
			continue
		}
		at, found := out.earlier(w, a.id)
		var ids []string
		for i := range w.card.Items {
			it := &w.card.Items[i]
			if def := w.acts[it.ID].response; it.Done && def != nil && slices.Contains(def.After, a.id) {
				ids = append(ids, it.ID)
			}
		}
		if found && len(ids) > 0 {
			out.add(AfterOther, at, engine.Fill("%s làm sau %s: người làm có thể đã làm vào lúc khác", "%s come after %s: they might have been done at another time",
				engine.Same(join(ids)), engine.Same(a.id)), ids...)
		}
	}
}

// earlier is when a response was or would have been done, whichever is first.
func (out *Answer) earlier(w *world, id string) (at engine.Millis, found bool) {
	for _, card := range [][]itemTime{timesOf(w.card.Items), timesOf(out.Card.Items)} {
		for _, it := range card {
			if it.id == id && (!found || it.at < at) {
				at, found = it.at, true
			}
		}
	}
	return at, found
}

func (out *Answer) ratings(w *world) {
	for i := range w.log {
		if e := &w.log[i]; e.Type == engine.Rated {
			if _, ok := w.change(e.ID); ok {
				out.add(RatingLeft, e.At, engine.Fill("đánh giá viên đã chấm mức %s theo việc đã xảy ra; ở đây để máy đề xuất", "an evaluator rated %s by what happened; here the suggested rating stands", engine.Same(e.ID)), e.ID)
			}
		}
	}
}
