package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"

	driverpkg "modernc.org/sqlite"
)

// dsn names a database file and how it is opened. The pragmas stand in it so
// that no connection can be without them.
func dsn(file, mode string, pragmas ...string) string {
	path := filepath.ToSlash(file)
	if filepath.VolumeName(file) != "" {
		path = "/" + path // file:///C:/…
	}
	q := url.Values{"mode": {mode}, "_pragma": append([]string{"busy_timeout(5000)", "cell_size_check(1)", "trusted_schema(0)"}, pragmas...)}
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// conn is one connection used by one goroutine at a time. It goes to the
// driver directly: at 64 events a commit, database/sql would be a fifth of
// the work.
type conn struct {
	driver driver.Conn
	kept   map[string]driver.Stmt
}

func connect(dsn string) (*conn, error) {
	// A commit needs its data on disk; fsync would write timestamps, too. macOS
	// and Windows sync in ways of their own, and say so here.
	_, _ = driverpkg.Fdatasync(true)
	connector, err := driverpkg.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	c, err := connector.Connect(context.Background())
	if err != nil {
		return nil, err
	}
	return &conn{driver: c, kept: map[string]driver.Stmt{}}, nil
}

// pool is for readers, which may be many at once.
func pool(dsn string) (*sql.DB, error) {
	connector, err := driverpkg.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(4)
	return db, nil
}

func (c *conn) prepared(query string) (driver.Stmt, error) {
	if s := c.kept[query]; s != nil {
		return s, nil
	}
	s, err := c.driver.Prepare(query)
	if err == nil {
		c.kept[query] = s
	}
	return s, err
}

// named are arguments in the driver's own form.
func named(to []driver.NamedValue, args ...driver.Value) []driver.NamedValue {
	for _, v := range args {
		to = append(to, driver.NamedValue{Ordinal: len(to) + 1, Value: v})
	}
	return to
}

// exec runs a statement that is used again and again.
func (c *conn) exec(query string, args ...driver.Value) error {
	return c.execNamed(query, named(nil, args...))
}

func (c *conn) execNamed(query string, args []driver.NamedValue) error {
	s, err := c.prepared(query)
	if err != nil {
		return err
	}
	run, ok := s.(driver.StmtExecContext)
	if !ok {
		return fmt.Errorf("the driver has no %T", run)
	}
	_, err = run.ExecContext(context.Background(), args)
	return err
}

// script runs several statements.
func (c *conn) script(text string) error {
	run, ok := c.driver.(driver.ExecerContext)
	if !ok {
		return fmt.Errorf("the driver has no %T", run)
	}
	_, err := run.ExecContext(context.Background(), text, nil)
	return err
}

// rows visits every row of a query.
func (c *conn) rows(query string, visit func(row []driver.Value) error, args ...driver.Value) (err error) {
	s, err := c.prepared(query)
	if err != nil {
		return err
	}
	run, ok := s.(driver.StmtQueryContext)
	if !ok {
		return fmt.Errorf("the driver has no %T", run)
	}
	rows, err := run.QueryContext(context.Background(), named(nil, args...))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, len(rows.Columns()))
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := visit(row); err != nil {
			return err
		}
	}
}

// number gives the one number a query answers.
func (c *conn) number(query string) (n int64, err error) {
	err = c.rows(query, func(row []driver.Value) error {
		n, _ = row[0].(int64)
		return nil
	})
	return n, err
}

// words gives the texts a query answers, a line each.
func (c *conn) words(query string) (lines []string, err error) {
	err = c.rows(query, func(row []driver.Value) error {
		lines = append(lines, fmt.Sprint(row[0]))
		return nil
	})
	return lines, err
}

func (c *conn) close() error {
	var all error
	for _, s := range c.kept {
		all = errors.Join(all, s.Close())
	}
	return errors.Join(all, c.driver.Close())
}
