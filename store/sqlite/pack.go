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

// pack moves the recent lines into one chunk a drill.
func (w *writer) pack() {
	if w.recent == 0 || w.failed != nil {
		return
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
		clear(w.dirty)
	}
}

func (w *writer) packed() error {
	for _, query := range []string{
		`INSERT INTO chunk (drill, last, lines) SELECT drill, max(seq), group_concat(line, '' ORDER BY seq) FROM recent GROUP BY drill`,
		`INSERT INTO used (drill, key, seq) SELECT drill, key, seq FROM recent WHERE key IS NOT NULL ORDER BY drill, key`,
		`DELETE FROM recent`,
	} {
		if err := w.strict.exec(query); err != nil {
			return err
		}
	}
	for d := range w.dirty {
		e := w.store.entryOf(d)
		err := w.strict.exec("UPDATE drill SET events = ?, bytes = ?, head = ?, last = ?, recorded = ? WHERE id = ?",
			e.Events, d.packed, e.Head, string(e.Last), e.Recorded, d.id)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) entryOf(d *drill) store.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return d.entry
}

// load reads what the database holds when it is opened.
func (w *writer) load() error {
	s := w.store
	byID := map[int64]*drill{}
	err := w.strict.rows(`SELECT id, name, created, imported, scenario, site, coalesce(octet_length(closed), 0), events, bytes, head, last, recorded
		FROM drill ORDER BY id`, func(row []driver.Value) error {
		d := loaded(row)
		byID[d.id] = d
		s.nextID = d.id
		s.enter(d)
		return nil
	})
	if err != nil {
		return err
	}
	err = w.strict.rows("SELECT drill, at, wall FROM beat", func(row []driver.Value) error {
		if d := byID[whole(row[0])]; d != nil {
			d.beat = store.Beat{At: engine.Millis(whole(row[1])), Wall: whole(row[2])}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.loadRecent(byID)
}

func loaded(row []driver.Value) *drill {
	d := &drill{id: whole(row[0]), turn: make(chan struct{}, 1)}
	closed := whole(row[6])
	d.packed = whole(row[8])
	d.tail = store.Tail{Events: whole(row[7]), Bytes: d.packed + closed, Head: words(row[9]), Closed: closed > 0}
	d.entry = store.Entry{
		Drill: words(row[1]), Created: whole(row[2]), Imported: whole(row[3]) != 0, Scenario: words(row[4]), Site: words(row[5]),
		Events: d.tail.Events, Bytes: d.tail.Bytes, Head: d.tail.Head, Closed: d.tail.Closed,
		Last: engine.EventType(words(row[10])), Recorded: whole(row[11]),
	}
	return d
}

func whole(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}

func words(v driver.Value) string {
	s, _ := v.(string)
	return s
}

// loadRecent lets each drill stand behind the lines that are not packed.
func (w *writer) loadRecent(byID map[int64]*drill) error {
	lines := map[*drill]*strings.Builder{}
	err := w.strict.rows("SELECT drill, line FROM recent ORDER BY drill, seq", func(row []driver.Value) error {
		d := byID[whole(row[0])]
		if d == nil {
			return nil // left to Check: nobody can ask for it
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
		w.dirty[d] = true
		from := d.tail
		closed := from.Bytes - d.packed
		from.Bytes, from.Closed = d.packed, false
		rd := store.NewReaderAfter(strings.NewReader(text.String()), from, store.Limits{})
		events, err := rd.Rest()
		if err != nil {
			d.damage = readFault(d.entry.Drill, err)
		}
		d.packed = rd.Tail().Bytes
		d.tail.Events, d.tail.Bytes, d.tail.Head = rd.Tail().Events, d.packed+closed, rd.Tail().Head
		var last *engine.Event
		if len(events) > 0 {
			last = &events[len(events)-1]
		}
		w.store.publish(d, last)
	}
	return nil
}
