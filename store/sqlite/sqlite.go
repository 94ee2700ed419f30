// Package sqlite keeps drills in one SQLite database in a folder: the store of
// a laptop that conducts drills. Open the folder; it belongs to one process at
// a time. Check, Backup and Restore work on it from outside.
//
// One writes at a time. It takes whatever is waiting, writes it in one
// transaction with one sync (group commit), and only then answers.
// What was answered with nil is on disk. The lines of drill files are stored
// as they stand in the file; those appended last lie together in one small
// table and are packed by drill from time to time, because a commit costs by
// the pages it touches.
package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"saban/engine"
	"saban/store"
)

// fileName is the database in its folder.
const fileName = "saban.db"

// Store is a store.Store on disk.
type Store struct {
	lock *os.File
	read *sql.DB

	gate    sync.RWMutex // held for reading while a request is handed over
	stopped bool         // under gate

	queue chan *request
	poke  chan struct{} // there are beats to write
	ended chan struct{} // the writer is through
	fault error         // of closing; read after ended

	mu     sync.Mutex
	drills map[string]*drill
	order  []*drill // as they came
	nextID int64
	beats  map[*drill]store.Beat // not written yet
}

// drill is what is known of one without asking the database.
type drill struct {
	id   int64
	turn chan struct{} // full while somebody appends

	// Under Store.mu.
	entry  store.Entry
	closed string // the closed line
	beat   store.Beat

	// Of whoever has the turn, and of the writer when it answers them.
	sealer store.Sealer
	tail   store.Tail
	keys   map[string]int64 // nil until first needed

	damage error // set before anybody can see the drill

	// Of the writer.
	kept   keptRow
	recent recent
}

var _ store.Store = (*Store)(nil)

// Open opens the data folder, and makes it when it is missing. A *FolderError
// says why it cannot be used, a *store.DamageError that its data is damaged.
func Open(dir string) (_ *Store, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	lock, err := occupy(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{
		lock: lock, queue: make(chan *request, 1024), poke: make(chan struct{}, 1), ended: make(chan struct{}),
		drills: map[string]*drill{}, beats: map[*drill]store.Beat{},
	}
	w, err := s.openWriter(filepath.Join(dir, fileName))
	if err != nil {
		return nil, errors.Join(opened(dir, err), lock.Close())
	}
	go w.run()
	return s, nil
}

// checkpoint is how many pages the log holds before they are moved into the
// database: with few, the same pages are moved again and again.
const checkpoint = "wal_autocheckpoint(3000)"

// openWriter connects to the database and reads what there is.
func (s *Store) openWriter(file string) (_ *writer, err error) {
	if err := createPrivate(file); err != nil {
		return nil, err
	}
	if err := ours(file); err != nil {
		return nil, err
	}
	strict, err := connect(dsn(file, "rw", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)", "cache_size(-8000)", checkpoint, "journal_size_limit(16777216)"))
	if err != nil {
		return nil, err
	}
	w := &writer{store: s, strict: strict}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if err := migrate(strict); err != nil {
		return nil, err
	}
	if err := quickCheck(strict); err != nil {
		return nil, err
	}
	if w.loose, err = connect(dsn(file, "rw", "synchronous(NORMAL)", checkpoint)); err != nil {
		return nil, err
	}
	if s.read, err = pool(dsn(file, "rw", "query_only(1)")); err != nil {
		return nil, err
	}
	// Chunks of an import that was broken off belong to nobody.
	if err := strict.script("BEGIN; DELETE FROM chunk WHERE drill IN (SELECT drill FROM arriving); DELETE FROM arriving; COMMIT"); err != nil {
		return nil, err
	}
	return w, w.load()
}

// Close implements store.Store.
func (s *Store) Close() error {
	s.gate.Lock()
	if s.stopped {
		s.gate.Unlock()
		return nil
	}
	s.stopped = true
	close(s.queue)
	s.gate.Unlock()
	<-s.ended
	return errors.Join(s.fault, s.lock.Close())
}

// request is work for the writer. Rows are of an Append; do is anything else.
type request struct {
	rows  []row
	do    func(c *conn) error // inside the transaction
	after func(err error)     // behind it, while nobody else writes
	done  chan error
}

// ask hands a request over and waits for its answer.
func (s *Store) ask(ctx context.Context, r *request) error {
	if err := s.hand(ctx, r); err != nil {
		return err
	}
	return r.wait(ctx)
}

// hand gives a request to the writer, which answers it whatever comes.
func (s *Store) hand(ctx context.Context, r *request) error {
	r.done = make(chan error, 1)
	if err := ctx.Err(); err != nil {
		return err
	}
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.stopped {
		return store.ErrStopped
	}
	select {
	case s.queue <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *request) wait(ctx context.Context) error {
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// open gives an error when nothing may be asked any more.
func (s *Store) open(ctx context.Context) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.stopped {
		return store.ErrStopped
	}
	return ctx.Err()
}

// find gives the drill and how it stands.
func (s *Store) find(ctx context.Context, name string) (*drill, store.Entry, error) {
	if err := s.open(ctx); err != nil {
		return nil, store.Entry{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.drills[name]
	if d == nil {
		return nil, store.Entry{}, store.ErrNotFound
	}
	return d, d.entry, nil
}

// newDrill gives a drill an id of its own; nobody knows it before enter.
func (s *Store) newDrill(e store.Entry, tail store.Tail) *drill {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	return &drill{id: s.nextID, turn: make(chan struct{}, 1), entry: e, tail: tail, keys: map[string]int64{}}
}

func (s *Store) enter(d *drill) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drills[d.entry.Drill] = d
	s.order = append(s.order, d)
}

// publish lets everybody see where the drill stands.
func (s *Store) publish(d *drill, last *engine.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := &d.entry
	e.Events, e.Bytes, e.Head, e.Closed = d.tail.Events, d.tail.Bytes, d.tail.Head, d.tail.Closed
	if last != nil {
		e.Last, e.Recorded = last.Type, last.Recorded
	}
}

// Drills implements store.Store.
func (s *Store) Drills(ctx context.Context) ([]store.Entry, error) {
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]store.Entry, 0, len(s.order))
	for _, d := range slices.Backward(s.order) {
		list = append(list, d.entry)
	}
	return list, nil
}

// Header implements store.Store.
func (s *Store) Header(ctx context.Context, name string) (store.Header, error) {
	d, _, err := s.find(ctx, name)
	if err != nil {
		return store.Header{}, err
	}
	line, err := s.headerLine(ctx, d)
	if err != nil {
		return store.Header{}, readFault(name, err)
	}
	rd, err := store.NewReader(bytes.NewReader(line), store.Limits{})
	if err != nil {
		return store.Header{}, readFault(name, err)
	}
	return rd.Header(), nil
}

// headerLine gives the first line of the file.
func (s *Store) headerLine(ctx context.Context, d *drill) (line []byte, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT header FROM drill WHERE id = $1", d.id).Scan(&line)
	if errors.Is(err, sql.ErrNoRows) {
		err = missing(d.entry.Drill)
	}
	return line, err
}
