package store

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"sync"
	"time"

	"saban/engine"
)

// Memory is a Store that lives as long as its process: for tests, rehearsals
// and drills nobody wants to keep.
type Memory struct {
	mu      sync.Mutex
	sealer  Sealer
	drills  map[string]*memoryDrill
	order   []*memoryDrill // as they came
	records map[string]map[string][]byte
	stopped bool
}

// memoryDrill holds a drill as its file, so that nothing a caller keeps
// reaches into the log.
type memoryDrill struct {
	entry Entry
	tail  Tail
	file  []byte
	ends  []int // of every line but the closed one
	keys  map[string]int64
	beat  Beat
}

// NewMemory gives an empty Store.
func NewMemory() *Memory {
	return &Memory{drills: map[string]*memoryDrill{}, records: map[string]map[string][]byte{}}
}

// enter begins every call. The caller unlocks when it gives no error.
func (m *Memory) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	if m.stopped {
		m.mu.Unlock()
		return ErrStopped
	}
	return nil
}

// find is enter for one drill.
func (m *Memory) find(ctx context.Context, drill string) (*memoryDrill, error) {
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	d := m.drills[drill]
	if d == nil {
		m.mu.Unlock()
		return nil, ErrNotFound
	}
	return d, nil
}

func (m *Memory) add(name string, h *Header, file []byte, imported bool) *memoryDrill {
	d := &memoryDrill{file: file, ends: []int{bytes.IndexByte(file, '\n') + 1}, keys: map[string]int64{}}
	d.entry = Entry{Drill: name, Created: time.Now().UnixMilli(), Scenario: h.Scenario.Name, Imported: imported}
	if h.Site != nil {
		d.entry.Site = h.Site.Name
	}
	m.drills[name] = d
	m.order = append(m.order, d)
	return d
}

// Create implements Store.
func (m *Memory) Create(ctx context.Context, h Header) error {
	if err := CheckName(h.Drill); err != nil {
		return err
	}
	if err := m.enter(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if m.drills[h.Drill] != nil {
		return ErrExists
	}
	line, tail, err := m.sealer.Header(nil, h)
	if err != nil {
		return err
	}
	m.add(h.Drill, &h, line, false).tail = tail
	return nil
}

// Drills implements Store.
func (m *Memory) Drills(ctx context.Context) ([]Entry, error) {
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	list := make([]Entry, 0, len(m.order))
	for _, d := range slices.Backward(m.order) {
		list = append(list, d.listed())
	}
	return list, nil
}

func (d *memoryDrill) listed() Entry {
	e := d.entry
	e.Events, e.Bytes, e.Head, e.Closed = d.tail.Events, d.tail.Bytes, d.tail.Head, d.tail.Closed
	return e
}

// Header implements Store.
func (m *Memory) Header(ctx context.Context, drill string) (Header, error) {
	d, err := m.find(ctx, drill)
	if err != nil {
		return Header{}, err
	}
	line := d.file[:d.ends[0]]
	m.mu.Unlock()
	rd, err := NewReader(bytes.NewReader(line), Limits{})
	return rd.Header(), err
}

// Events implements Store.
func (m *Memory) Events(ctx context.Context, drill string, after int64) ([]engine.Event, error) {
	d, err := m.find(ctx, drill)
	if err != nil {
		return nil, err
	}
	after = max(after, 0)
	if after >= d.tail.Events {
		m.mu.Unlock()
		return nil, nil
	}
	at := d.ends[after]
	from := Tail{Events: after, Bytes: int64(at), Head: HashOf(d.file[:at])}
	rest := d.file[at:]
	m.mu.Unlock() // lines are added behind rest, never changed
	return NewReaderAfter(bytes.NewReader(rest), from, Limits{}).Rest()
}

// Append implements Store.
func (m *Memory) Append(ctx context.Context, drill string, events []engine.Event) error {
	d, err := m.find(ctx, drill)
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	switch {
	case d.entry.Imported:
		return ErrReadOnly
	case d.tail.Closed:
		return ErrClosed
	case len(events) == 0:
		return nil
	case events[0].Seq != d.tail.Events+1:
		return &ConflictError{Last: d.tail.Events}
	}
	file, tail, err := m.sealer.Events(d.file, d.tail, events)
	if err != nil {
		return err
	}
	if err := FreshKeys(d.keys, events); err != nil {
		return err
	}
	for i := range events {
		if key := events[i].Key; key != "" {
			d.keys[key] = events[i].Seq
		}
	}
	d.grow(file, tail)
	last := &events[len(events)-1]
	d.entry.Last, d.entry.Recorded = last.Type, last.Recorded
	return nil
}

// grow takes over the file with new lines behind the old ones.
func (d *memoryDrill) grow(file []byte, tail Tail) {
	for at := len(d.file); at < len(file); {
		at += bytes.IndexByte(file[at:], '\n') + 1
		d.ends = append(d.ends, at)
	}
	d.ends = d.ends[:tail.Events+1]
	d.file, d.tail = file, tail
}

// CloseLog implements Store.
func (m *Memory) CloseLog(ctx context.Context, drill string) (head string, err error) {
	d, err := m.find(ctx, drill)
	if err != nil {
		return "", err
	}
	defer m.mu.Unlock()
	switch {
	case d.entry.Imported:
		return "", ErrReadOnly
	case d.tail.Closed:
		return d.tail.Head, nil
	}
	file, tail, err := m.sealer.Close(d.file, d.tail)
	if err != nil {
		return "", err
	}
	d.grow(file, tail)
	return tail.Head, nil
}

// Export implements Store.
func (m *Memory) Export(ctx context.Context, drill string, w io.Writer) error {
	d, err := m.find(ctx, drill)
	if err != nil {
		return err
	}
	file := d.file
	m.mu.Unlock()
	_, err = w.Write(file)
	return err
}

// Import implements Store.
func (m *Memory) Import(ctx context.Context, r io.Reader) (Entry, error) {
	in, err := ReadImport(r)
	if err != nil {
		return Entry{}, err
	}
	if err := m.enter(ctx); err != nil {
		return Entry{}, err
	}
	defer m.mu.Unlock()
	for _, name := range []string{in.Name, in.Header.Drill} {
		if d := m.drills[name]; d != nil && bytes.Equal(d.file, in.File) {
			return d.listed(), nil
		}
	}
	if m.drills[in.Name] != nil {
		return Entry{}, ErrExists
	}
	d := m.add(in.Name, &in.Header, in.File[:0:0], true)
	d.entry.Last, d.entry.Recorded = in.Last, in.Recorded
	d.ends = d.ends[:0]
	d.grow(in.File, in.Tail)
	return d.listed(), nil
}

// Beat implements Store.
func (m *Memory) Beat(ctx context.Context, drill string, b Beat) error {
	d, err := m.find(ctx, drill)
	if err != nil {
		return err
	}
	defer m.mu.Unlock()
	d.beat = b
	return nil
}

// LastBeat implements Store.
func (m *Memory) LastBeat(ctx context.Context, drill string) (Beat, error) {
	d, err := m.find(ctx, drill)
	if err != nil {
		return Beat{}, err
	}
	defer m.mu.Unlock()
	return d.beat, nil
}

// Put implements Store.
func (m *Memory) Put(ctx context.Context, kind, id string, value []byte) error {
	if err := CheckRecord(kind, id, value); err != nil {
		return err
	}
	if err := m.enter(ctx); err != nil {
		return err
	}
	defer m.mu.Unlock()
	if value == nil {
		delete(m.records[kind], id)
		return nil
	}
	if m.records[kind] == nil {
		m.records[kind] = map[string][]byte{}
	}
	m.records[kind][id] = bytes.Clone(value)
	return nil
}

// Erase implements Store. Memory is in no file.
func (m *Memory) Erase(ctx context.Context, which func([]Kept) []Kept, _ []string) (Erased, error) {
	if err := m.enter(ctx); err != nil {
		return Erased{}, err
	}
	defer m.mu.Unlock()
	var all []Kept
	for kind, records := range m.records {
		for id, value := range records {
			if len(value) > MaxPicked {
				value = nil
			}
			all = append(all, Kept{kind, Record{id, bytes.Clone(value)}})
		}
	}
	for _, k := range which(all) {
		delete(m.records[k.Kind], k.ID)
	}
	return Erased{}, nil
}

// Get implements Store.
func (m *Memory) Get(ctx context.Context, kind, id string) ([]byte, error) {
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	value, ok := m.records[kind][id]
	if !ok {
		return nil, ErrNotFound
	}
	return bytes.Clone(value), nil
}

// Records implements Store.
func (m *Memory) Records(ctx context.Context, kind string) ([]Record, error) {
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	defer m.mu.Unlock()
	list := make([]Record, 0, len(m.records[kind]))
	for id, value := range m.records[kind] {
		list = append(list, Record{id, bytes.Clone(value)})
	}
	slices.SortFunc(list, func(a, b Record) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// Close implements Store.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stopped = true
	return nil
}
