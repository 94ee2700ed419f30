package sqlite

import (
	"database/sql/driver"
	"errors"
	"runtime"

	"saban/store"
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

	recent      int // rows in the table of that name
	recentBytes int
	dirty       map[*drill]keptRow // those that have some there
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
			w.gather(r)
		case <-w.store.poke:
			w.batch = w.batch[:0]
		}
		w.work()
		if w.full() {
			w.pack()
		}
	}
}

// gather takes the request and all that wait behind it.
func (w *writer) gather(first *request) {
	if len(w.batch) > 1 {
		runtime.Gosched() // whom the last commit woke may have more
	}
	w.batch = append(w.batch[:0], first)
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
	err := w.write(w.batch, beats)
	for _, r := range w.batch {
		own := err
		if err != nil && len(w.batch) > 1 {
			own = w.write([]*request{r}, nil)
		}
		if own == nil {
			w.recent += len(r.rows)
			for i := range r.rows {
				w.recentBytes += len(r.rows[i].line)
				w.dirty[r.rows[i].drill] = keptRow{}
			}
		}
		if r.after != nil {
			r.after(own)
		}
		r.done <- own
	}
}

// write carries out requests in one transaction.
func (w *writer) write(batch []*request, beats map[*drill]store.Beat) error {
	if w.failed != nil {
		return w.failed
	}
	err := w.strict.exec("BEGIN IMMEDIATE")
	if err == nil {
		err = w.fill(batch, beats)
		if err == nil {
			err = w.strict.exec("COMMIT")
		}
		if err != nil {
			_ = w.strict.exec("ROLLBACK") // fails when SQLite has rolled back by itself
		}
	}
	if err == nil {
		return nil
	}
	told := wrote(err)
	if final(err) {
		w.failed = told
	}
	return told
}

func (w *writer) fill(batch []*request, beats map[*drill]store.Beat) error {
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
	if err := w.insert(); err != nil {
		return err
	}
	return noteBeats(w.strict, beats)
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
