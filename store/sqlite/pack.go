package sqlite

import (
	"database/sql/driver"
	"strings"

	"saban/engine"
	"saban/store"
)

// When the recent lines are packed: with more, the indexes over them spread
// over so many pages that commits grow.
const (
	packRows  = 1024
	packBytes = 4 << 20
)

// full reports whether it is time to pack.
func (w *writer) full() bool { return w.recent >= packRows || w.recentBytes >= packBytes }

// pack moves the recent lines into one chunk a drill.
func (w *writer) pack() {
	if w.recent == 0 || w.failed != nil {
		return
	}
	for d := range w.dirty {
		w.dirty[d] = w.store.row(d)
	}
	err := w.strict.exec("BEGIN IMMEDIATE")
	if err == nil {
		err = w.packed()
		if err == nil {
			err = w.strict.exec("COMMIT")
		}
		if err != nil {
			_ = w.strict.exec("ROLLBACK") // fails when SQLite has rolled back by itself
		}
	}
	if final(err) {
		w.failed = wrote(err)
	}
	// On a full disk the lines are as safe where they are. The next attempt
	// comes after as many more.
	w.recent, w.recentBytes = 0, 0
	if err == nil {
		for d, row := range w.dirty {
			d.kept = row
		}
		clear(w.dirty)
	}
}

// row is how the drill's row should be.
func (s *Store) row(d *drill) keptRow {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := keptRow{entry: d.entry, closed: d.closed}
	next.entry.Bytes -= int64(len(d.closed))
	return next
}

func (w *writer) packed() error {
	for _, query := range []string{
		`INSERT OR ROLLBACK INTO chunk (drill, last, lines) SELECT drill, max(seq), group_concat(line, '' ORDER BY seq) FROM recent GROUP BY drill`,
		`DELETE FROM recent`,
	} {
		if err := w.strict.exec(query); err != nil {
			return err
		}
	}
	for d, next := range w.dirty {
		if err := next.update(w.strict, d.id); err != nil {
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
	lines := map[*drill]*strings.Builder{}
	err := w.strict.rows("SELECT drill, line FROM recent ORDER BY drill, seq", func(row []driver.Value) error {
		d := byID[whole(row[0])]
		if d == nil {
			return missing("")
		}
		if lines[d] == nil {
			lines[d] = &strings.Builder{}
		}
		line := words(row[1])
		lines[d].WriteString(line)
		w.recent++
		w.recentBytes += len(line)
		return nil
	})
	if err != nil {
		return err
	}
	for d, text := range lines {
		w.dirty[d] = keptRow{}
		from := store.Tail{Events: d.tail.Events, Bytes: d.kept.entry.Bytes, Head: d.tail.Head}
		rd := store.NewReaderAfter(strings.NewReader(text.String()), from, store.Limits{})
		events, err := rd.Rest()
		if err != nil {
			d.damage = readFault(d.entry.Drill, err)
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
