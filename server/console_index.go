package server

import (
	"saban/engine"
	"saban/live"
)

// logIndex is what one reading of the log says about its events, so that no
// part of a page has to search it again.
type logIndex struct {
	judged    map[int64]bool   // answers somebody has said something about
	retracted map[int64]bool   // facts that were undone
	set       map[string]int64 // response → its last override
}

// indexOf reads the log of a view once.
func indexOf(v *live.View) *logIndex {
	return v.Once("log index", func() any {
		x := &logIndex{map[int64]bool{}, map[int64]bool{}, map[string]int64{}}
		for i := range v.Log {
			if e := &v.Log[i]; e.Type == engine.Retracted {
				x.retracted[e.Of] = true
			}
		}
		for i := range v.Log {
			switch e := &v.Log[i]; {
			case x.retracted[e.Seq]:
			case e.Of != 0 && (e.Type == engine.Marked || e.Type == engine.Noted):
				x.judged[e.Of] = true
			case e.Type == engine.Overridden:
				x.set[e.ID] = e.Seq
			}
		}
		return x
	}).(*logIndex)
}
