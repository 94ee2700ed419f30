package sqlite

import (
	"database/sql/driver"
	"fmt"
	"hash/crc32"
	"sync"

	"saban/engine"
	"saban/store"
)

// keptRow is a drill's own row as the database has it: where the file stood
// when its lines were last packed. Bytes of the entry leave the closed line
// out.
type keptRow struct {
	entry  store.Entry
	closed string // the closed line, "" without one
}

var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

// sum tells what was written from what a disk has altered: SQLite keeps none.
func (r *keptRow) sum(id int64) int64 {
	e := &r.entry
	text := fmt.Sprintf("%d\x00%s\x00%d\x00%t\x00%s\x00%s\x00%s\x00%d\x00%d\x00%s\x00%s\x00%d",
		id, e.Drill, e.Created, e.Imported, e.Scenario, e.Site, r.closed, e.Events, e.Bytes, e.Head, e.Last, e.Recorded)
	return int64(crc32.Checksum([]byte(text), castagnoli()))
}

func (r *keptRow) insert(c *conn, id int64, header string) error {
	e := &r.entry
	return c.exec(`INSERT INTO drill (id, name, created, imported, scenario, site, header, closed, events, bytes, head, last, recorded, sum)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, e.Drill, e.Created, number(e.Imported), e.Scenario, e.Site, header, orNull(r.closed), e.Events, e.Bytes, e.Head, string(e.Last), e.Recorded, r.sum(id))
}

func (r *keptRow) update(c *conn, id int64) error {
	e := &r.entry
	return c.exec("UPDATE drill SET closed = ?, events = ?, bytes = ?, head = ?, last = ?, recorded = ?, sum = ? WHERE id = ?",
		orNull(r.closed), e.Events, e.Bytes, e.Head, string(e.Last), e.Recorded, r.sum(id), id)
}

const selectRows = "SELECT id, name, created, imported, scenario, site, closed, events, bytes, head, last, recorded, sum FROM drill ORDER BY id"

// loaded is a drill whose row was just read.
func loaded(row []driver.Value) (*drill, error) {
	d := &drill{id: whole(row[0]), turn: make(chan struct{}, 1), closed: words(row[6])}
	d.kept = keptRow{closed: d.closed, entry: store.Entry{
		Drill: words(row[1]), Created: whole(row[2]), Imported: whole(row[3]) != 0, Scenario: words(row[4]), Site: words(row[5]),
		Events: whole(row[7]), Bytes: whole(row[8]), Head: words(row[9]), Last: engine.EventType(words(row[10])), Recorded: whole(row[11]),
	}}
	if d.kept.sum(d.id) != whole(row[12]) {
		return nil, &store.DamageError{Drill: d.kept.entry.Drill, What: engine.Both("dòng của nó trong danh sách đã bị sửa", "its row in the list was altered")}
	}
	e := d.kept.entry
	d.tail = store.Tail{Events: e.Events, Bytes: e.Bytes + int64(len(d.closed)), Head: e.Head, Closed: d.closed != ""}
	e.Bytes, e.Closed = d.tail.Bytes, d.tail.Closed
	d.entry = e
	return d, nil
}

func orNull(text string) driver.Value {
	if text == "" {
		return nil
	}
	return text
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func whole(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}

func words(v driver.Value) string {
	s, _ := v.(string)
	return s
}
