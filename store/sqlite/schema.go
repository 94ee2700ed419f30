package sqlite

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"saban/engine"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID is "SABN": it tells the database from any other SQLite file.
const applicationID = 0x5341424e

// newestSchema is the number of the last migration.
func newestSchema() (int64, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	return int64(len(files)), err
}

// schemaOf says which migration the database stands at. 0 is an empty one.
func schemaOf(c *conn) (int64, error) {
	version, err := c.number("PRAGMA user_version")
	if err != nil {
		return 0, err
	}
	id, err := c.number("PRAGMA application_id")
	if err != nil {
		return 0, err
	}
	tables, err := c.number("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return 0, err
	}
	newest, err := newestSchema()
	switch {
	case err != nil:
		return 0, err
	case id != applicationID && (id != 0 || version != 0 || tables != 0):
		return 0, &FolderError{Err: ErrForeign,
			Text: engine.Both("%s là cơ sở dữ liệu của chương trình khác", "%s is the database of another program", fileName),
			Hint: engine.Both("chọn thư mục khác bằng --data", "choose another folder with --data")}
	case version > newest:
		return 0, &FolderError{Err: ErrNewer,
			Text: engine.Both("dữ liệu do bản saban mới hơn ghi (lược đồ %d, bản này chỉ biết đến %d)", "the data was written by a newer saban (schema %d, this one knows up to %d)", version, newest),
			Hint: engine.Both("dùng bản saban mới; không có gì bị sửa", "use the newer saban; nothing was changed")}
	}
	return version, nil
}

// ours looks at the database before anything in it is changed.
func ours(file string) (err error) {
	c, err := connect(dsn(file, "rw", "query_only(1)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	_, err = schemaOf(c)
	return err
}

// migrate brings the database to the newest schema, each step whole or not at
// all.
func migrate(c *conn) error {
	version, err := schemaOf(c)
	if err != nil {
		return err
	}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	for i, file := range files {
		number := int64(i + 1)
		if named, _, _ := strings.Cut(strings.TrimPrefix(file, "migrations/"), "_"); named != fmt.Sprintf("%04d", number) {
			return fmt.Errorf("migration %s should be number %d", file, number)
		}
		if number <= version {
			continue
		}
		text, err := fs.ReadFile(migrations, file)
		if err != nil {
			return err
		}
		script := "BEGIN IMMEDIATE;\n" + string(text) + "\nPRAGMA application_id = " + strconv.Itoa(applicationID) +
			";\nPRAGMA user_version = " + strconv.FormatInt(number, 10) + ";\nCOMMIT;"
		if err := c.script(script); err != nil {
			_ = c.script("ROLLBACK") // the first error is the one to tell
			return fmt.Errorf("migration %s: %w", file, err)
		}
	}
	return nil
}
