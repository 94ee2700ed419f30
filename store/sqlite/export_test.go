package sqlite

import (
	"context"
	"path/filepath"
)

// Pragmas says what a pragma is on each connection that a store opens: the
// writer's own, that of beats, and four of the readers'.
func Pragmas(dir, name string) (all []int64, err error) {
	s := &Store{drills: map[string]*drill{}}
	w, err := s.openWriter(filepath.Join(dir, fileName))
	if err != nil {
		return nil, err
	}
	defer func() { _ = w.close() }()
	for _, c := range []*conn{w.strict, w.loose} {
		n, err := c.number("PRAGMA " + name)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	for range 4 {
		held, err := s.read.Conn(context.Background())
		if err != nil {
			return nil, err
		}
		defer func() { _ = held.Close() }()
		var n int64
		if err := held.QueryRowContext(context.Background(), "PRAGMA "+name).Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}
