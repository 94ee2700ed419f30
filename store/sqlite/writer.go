package sqlite

import (
	"database/sql/driver"
	"errors"
)

// writer is the one goroutine that writes. Callers only wait for it, so that
// a disk that hangs keeps nobody beyond their deadline.
type writer struct {
	store  *Store
	strict *conn // a commit is synced
	loose  *conn // a commit is not: for beats on their own
	failed error // why nothing is written any more

	batch []*request
	rows  []row
	args  []driver.NamedValue

	dirty   []*drill // those that have lines in the table of recent ones
	damaged bool     // that table has altered lines, too; they stay there
	lines   int      // come since the last attempt to pack
	bytes   int
}

// One transaction takes at most so many requests.
const maxBatch = 256

func (w *writer) run() {
	defer close(w.store.ended)
	for {
		select {
		case r, open := <-w.store.queue:
			if !open {
				w.stop()
				return
			}
			w.batch = append(w.batch[:0], r)
			w.more()
		case <-w.store.poke:
			w.batch = w.batch[:0]
		}
		w.work()
		if w.full() {
			w.pack()
		}
	}
}

// more takes all that wait.
func (w *writer) more() {
	for len(w.batch) < maxBatch {
		select {
		case r, open := <-w.store.queue:
			if !open {
				return
			}
			w.batch = append(w.batch, r)
		default:
			return
		}
	}
}

// work writes the batch and answers. When that fails, each request is tried
// alone, so that none fails for another.
func (w *writer) work() {
	beats := w.store.takeBeats()
	if len(w.batch) == 0 {
		w.beat(beats)
		return
	}
	err := w.transaction(w.strict, func() error {
		for written := 0; written < len(w.batch); w.more() { // who comes while others are written goes along
			coming := w.batch[written:]
			if err := w.fill(coming); err != nil {
				return err
			}
			written += len(coming)
		}
		return noteBeats(w.strict, beats)
	})
	for i, r := range w.batch {
		own := err
		if err != nil && len(w.batch) > 1 {
			own = w.transaction(w.strict, func() error { return w.fill(w.batch[i : i+1]) })
		}
		if own == nil {
			for _, row := range r.rows {
				w.remember(row.drill, row.seq, row.line)
			}
		}
		if r.after != nil {
			r.after(own)
		}
		r.done <- own
	}
}

// transaction commits what do has done, or nothing.
func (w *writer) transaction(c *conn, do func() error) error {
	if w.failed != nil {
		return w.failed
	}
	err := c.exec("BEGIN IMMEDIATE")
	if err == nil {
		err = do()
		if err == nil {
			err = c.exec("COMMIT")
		}
		if err != nil {
			_ = c.exec("ROLLBACK") // fails when SQLite has rolled back by itself
		}
	}
	told := wrote(err)
	if final(err) {
		w.failed = told
	}
	return told
}

func (w *writer) fill(batch []*request) error {
	w.rows = w.rows[:0]
	for _, r := range batch {
		w.rows = append(w.rows, r.rows...)
		if r.do == nil {
			continue
		}
		if err := r.do(w.strict); err != nil {
			return err
		}
	}
	return w.insert()
}

// stop writes what is left and closes the database.
func (w *writer) stop() {
	w.batch = w.batch[:0]
	w.beat(w.store.takeBeats())
	w.pack()
	w.store.fault = w.close()
}

func (w *writer) close() error {
	var all error
	if w.store.read != nil {
		all = w.store.read.Close()
	}
	for _, c := range []*conn{w.loose, w.strict} { // the last one moves the log into the database
		if c != nil {
			all = errors.Join(all, c.close())
		}
	}
	return all
}
