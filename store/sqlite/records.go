package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"

	"saban/engine"
	"saban/store"
)

func sum(kind, id string, value []byte) int64 {
	n := crc32.Checksum([]byte(kind+"\x00"+id+"\x00"), castagnoli())
	return int64(crc32.Update(n, castagnoli(), value))
}

// Put implements store.Store.
func (s *Store) Put(ctx context.Context, kind, id string, value []byte) error {
	if err := store.CheckRecord(kind, id, value); err != nil {
		return err
	}
	own := append([]byte{}, value...)
	return s.ask(ctx, &request{do: func(c *conn) error {
		if value == nil {
			return c.exec("DELETE FROM record WHERE kind = ? AND id = ?", kind, id)
		}
		return c.exec(`INSERT INTO record (kind, id, value, sum) VALUES (?, ?, ?, ?)
			ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value, sum = excluded.sum`, kind, id, own, sum(kind, id, own))
	}})
}

// Get implements store.Store.
func (s *Store) Get(ctx context.Context, kind, id string) ([]byte, error) {
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	var value []byte
	var kept int64
	err := s.read.QueryRowContext(ctx, "SELECT value, sum FROM record WHERE kind = $1 AND id = $2", kind, id).Scan(&value, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, readFault("", err)
	}
	return intact(kind, id, value, kept)
}

func intact(kind, id string, value []byte, kept int64) ([]byte, error) {
	if sum(kind, id, value) != kept {
		return nil, &store.DamageError{What: engine.Both("bản ghi %q (%s) đã bị sửa", "record %q (%s) was altered", id, kind)}
	}
	if value == nil {
		value = []byte{}
	}
	return value, nil
}

// Records implements store.Store.
func (s *Store) Records(ctx context.Context, kind string) ([]store.Record, error) {
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, "SELECT id, value, sum FROM record WHERE kind = $1 ORDER BY id", kind)
	if err != nil {
		return nil, readFault("", err)
	}
	defer rows.Close()
	list := []store.Record{}
	for rows.Next() {
		var r store.Record
		var kept int64
		if err := rows.Scan(&r.ID, &r.Value, &kept); err != nil {
			return nil, readFault("", err)
		}
		if r.Value, err = intact(kind, r.ID, r.Value, kept); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, readFault("", rows.Err())
}

// Beat implements store.Store. The writer takes beats along with what it
// writes next; on their own they are written without a sync.
func (s *Store) Beat(ctx context.Context, name string, b store.Beat) error {
	d, _, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	s.mu.Lock()
	d.beat = b
	s.beats[d] = b
	s.mu.Unlock()
	select {
	case s.poke <- struct{}{}:
	default: // the writer is awake
	}
	return nil
}

// LastBeat implements store.Store.
func (s *Store) LastBeat(ctx context.Context, name string) (store.Beat, error) {
	d, _, err := s.find(ctx, name)
	if err != nil {
		return store.Beat{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return d.beat, nil
}

func (s *Store) takeBeats() map[*drill]store.Beat {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.beats) == 0 {
		return nil
	}
	taken := s.beats
	s.beats = map[*drill]store.Beat{}
	return taken
}

// beat writes beats alone. One that fails is lost, as it may be; the next
// commit that matters learns of the disk by itself.
func (w *writer) beat(beats map[*drill]store.Beat) {
	if len(beats) > 0 {
		_ = w.transaction(w.loose, func() error { return noteBeats(w.loose, beats) })
	}
}

func noteBeats(c *conn, beats map[*drill]store.Beat) error {
	for d, b := range beats {
		err := c.exec("INSERT INTO beat (drill, at, wall, sum) VALUES (?, ?, ?, ?) ON CONFLICT (drill) DO UPDATE SET at = excluded.at, wall = excluded.wall, sum = excluded.sum",
			d.id, int64(b.At), b.Wall, beatSum(d.id, b))
		if err != nil {
			return err
		}
	}
	return nil
}

func beatSum(id int64, b store.Beat) int64 {
	return int64(crc32.Checksum(fmt.Appendf(nil, "%d %d %d", id, b.At, b.Wall), castagnoli()))
}
