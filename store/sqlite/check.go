package sqlite

import (
	"errors"

	"saban/store"
)

// quickCheck finds pages that do not hang together; what is written on them
// the chain of each drill and the sum of each record prove.
func quickCheck(c *conn) error { return structure(c, "PRAGMA quick_check(1)") }

func structure(c *conn, pragma string) error {
	lines, err := c.words(pragma)
	if err != nil {
		return err
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil
	}
	return &store.DamageError{Err: errors.New(lines[0])}
}
