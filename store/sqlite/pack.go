package sqlite

import (
	"bytes"
	"database/sql/driver"
	"errors"

	"saban/engine"
	"saban/store"
)

// When the recent lines are packed: with more, the indexes over them spread
// over so many pages that commits grow.
const (
	packRows  = 1024
	packBytes = 4 << 20
)

// recent are the lines of a drill that lie in the table of that name, held for
// their chunk.
type recent struct {
	lines []byte
	last  int64 // seq of the last one
}

func (w *writer) remember(d *drill, seq int64, line string) {
	if d.recent.last == 0 {
		w.dirty = append(w.dirty, d)
	}
	d.recent.lines = append(d.recent.lines, line...)
	d.recent.last = seq
	w.lines++
	w.bytes += len(line)
}

// full reports whether it is time to pack.
func (w *writer) full() bool { return w.lines >= packRows || w.bytes >= packBytes }

// pack moves the recent lines into one chunk a drill.
func (w *writer) pack() {
	if len(w.dirty) == 0 {
		return
	}
	// On a full disk the lines are as safe where they are. The next attempt
	// comes after as many more.
	w.lines, w.bytes = 0, 0
	next := make([]keptRow, len(w.dirty))
	for i, d := range w.dirty {
		next[i] = w.store.row(d)
	}
	if w.transaction(w.strict, func() error { return w.packed(next) }) != nil {
		return
	}
	for i, d := range w.dirty {
		d.kept, d.recent = next[i], recent{}
	}
	w.dirty = w.dirty[:0]
}

// row is how the drill's row should be.
func (s *Store) row(d *drill) keptRow {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := keptRow{entry: d.entry, closed: d.closed}
	next.entry.Bytes -= int64(len(d.closed))
	return next
}

func (w *writer) packed(next []keptRow) (err error) {
	for i, d := range w.dirty {
		if err := w.strict.exec("INSERT INTO chunk (drill, last, lines) VALUES (?, ?, ?)", d.id, d.recent.last, string(d.recent.lines)); err != nil {
			return err
		}
		if err := next[i].update(w.strict, d.id); err != nil {
			return err
		}
	}
	// What is deleted here stays in the chunks: to overwrite it would only
	// double what the disk is given.
	if err := w.strict.script("PRAGMA secure_delete = FAST"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.strict.script("PRAGMA secure_delete = ON")) }()
	if !w.damaged {
		return w.strict.exec("DELETE FROM recent")
	}
	for _, d := range w.dirty {
		if err := w.strict.exec("DELETE FROM recent WHERE drill = ?", d.id); err != nil {
			return err
		}
	}
	return nil
}

// load reads what the database holds when it is opened.
func (w *writer) load() error {
	s := w.store
	byID := map[int64]*drill{}
	err := w.strict.rows(selectRows, func(row []driver.Value) error {
		d, err := loaded(row)
		if err != nil {
			return err
		}
		byID[d.id] = d
		s.nextID = d.id
		s.enter(d)
		return nil
	})
	if err != nil {
		return err
	}
	for _, table := range []string{"chunk", "recent"} {
		n, err := w.strict.number("SELECT count(*) FROM " + table + " WHERE drill NOT IN (SELECT id FROM drill UNION SELECT drill FROM arriving)")
		if err != nil {
			return err
		}
		if n > 0 {
			return &store.DamageError{What: engine.Both("có dòng của buổi diễn tập không còn trong danh sách", "there are lines of a drill that is no longer in the list")}
		}
	}
	err = w.strict.rows("SELECT drill, at, wall, sum FROM beat", func(row []driver.Value) error {
		b := store.Beat{At: engine.Millis(whole(row[1])), Wall: whole(row[2])}
		if d := byID[whole(row[0])]; d != nil && beatSum(d.id, b) == whole(row[3]) { // an altered one counts as none
			d.beat = b
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.loadRecent(byID)
}

// loadRecent lets each drill stand behind the lines that are not packed.
func (w *writer) loadRecent(byID map[int64]*drill) error {
	err := w.strict.rows("SELECT drill, seq, line FROM recent ORDER BY drill, seq", func(row []driver.Value) error {
		d := byID[whole(row[0])]
		if d == nil {
			return missing("")
		}
		w.remember(d, whole(row[1]), words(row[2]))
		return nil
	})
	if err != nil {
		return err
	}
	read := w.dirty
	w.dirty = nil
	for _, d := range read {
		from := store.Tail{Events: d.tail.Events, Bytes: d.kept.entry.Bytes, Head: d.tail.Head}
		rd := store.NewReaderAfter(bytes.NewReader(d.recent.lines), from, store.Limits{})
		events, err := rd.Rest()
		if err == nil && rd.Tail().Events != d.recent.last {
			err = missing(d.entry.Drill)
		}
		if err == nil {
			w.dirty = append(w.dirty, d)
		} else { // its lines stay where they are
			d.damage, d.recent = readFault(d.entry.Drill, err), recent{}
			w.damaged = true
		}
		to := rd.Tail()
		d.tail = store.Tail{Events: to.Events, Bytes: to.Bytes + int64(len(d.closed)), Head: to.Head, Closed: d.tail.Closed}
		var last *engine.Event
		if len(events) > 0 {
			last = &events[len(events)-1]
		}
		w.store.publish(d, last)
	}
	return nil
}
