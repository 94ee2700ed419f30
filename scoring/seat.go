package scoring

import "saban/engine"

type seat struct {
	id        string
	simulated bool
	factor    engine.Ratio
	cover     int // role that covers it, or -1
}

func (sc *Scorer) addStart(e *engine.Event) {
	sc.startedSeq = e.Seq
	if e.Start == nil {
		return
	}
	sc.start = *e.Start
	held := sc.newEpoch()
	clear(held)
	for _, s := range e.Start.Seats {
		i, ok := sc.roles[s.Role]
		if !ok {
			continue
		}
		held[i] = len(s.Persons) > 0
		if s.Factor > 0 {
			sc.seats[i].factor = s.Factor
		}
	}
	for _, c := range e.Start.Covers {
		i, ok1 := sc.roles[c.Role]
		by, ok2 := sc.roles[c.By]
		if ok1 && ok2 {
			sc.seats[i].cover = by
		}
	}
}

// newEpoch opens another stretch of who holds what, as the last one was.
func (sc *Scorer) newEpoch() []bool {
	n := len(sc.epochs)
	if n < cap(sc.epochs) && sc.epochs[:n+1][n] != nil {
		sc.epochs = sc.epochs[:n+1]
	} else {
		sc.epochs = append(sc.epochs, make([]bool, len(sc.seats)))
	}
	copy(sc.epochs[n], sc.epochs[n-1])
	return sc.epochs[n]
}

func (sc *Scorer) hold(role int, held bool) {
	now := sc.epochs[len(sc.epochs)-1]
	if now[role] == held {
		return
	}
	sc.newEpoch()[role] = held
}

// filled reports whether somebody holds the role or a held role covers it.
func (sc *Scorer) filled(role, epoch int) bool {
	s, held := &sc.seats[role], sc.epochs[epoch]
	return !s.simulated && (held[role] || s.cover >= 0 && held[s.cover])
}

func (sc *Scorer) owned(r *engine.Response, epoch int) bool {
	if by, ok := sc.roles[r.By]; ok && sc.filled(by, epoch) {
		return true
	}
	for _, or := range r.Or {
		if i, ok := sc.roles[or]; ok && sc.filled(i, epoch) {
			return true
		}
	}
	return false
}
