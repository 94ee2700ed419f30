package sqlite

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"saban/engine"
	"saban/store"
)

// Backup writes all data of the folder into one new file, as it stood at one
// moment, beside a process that goes on using it. The file is on disk and
// checked when it returns; what is in it comes back. A file that exists is
// never written over: fs.ErrExist. Damaged data is not backed up as if it were
// sound: *store.DamageError.
func Backup(ctx context.Context, dir, file string) (_ *Checked, err error) {
	if _, err := os.Lstat(file); err == nil {
		return nil, &fs.PathError{Op: "backup", Path: file, Err: fs.ErrExist}
	}
	source := filepath.Join(dir, fileName)
	if _, err := os.Stat(source); err != nil {
		return nil, err
	}
	partial, err := os.CreateTemp(filepath.Dir(file), ".saban-*.partial")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(partial.Name()) }() // gone already when all went well
	if err := partial.Close(); err != nil {
		return nil, err
	}
	if err := vacuum(source, partial.Name()); err != nil {
		return nil, wrote(err)
	}
	found, err := CheckFile(ctx, partial.Name())
	if err != nil {
		return nil, err
	}
	if len(found.Faults) > 0 {
		return nil, found.Faults[0]
	}
	if err := onDisk(partial.Name()); err != nil {
		return nil, err
	}
	return found, place(partial.Name(), file)
}

func vacuum(source, to string) (err error) {
	if source, err = filepath.Abs(source); err != nil {
		return err
	}
	if err := ours(source); err != nil {
		return err
	}
	c, err := connect(dsn(source, "rw"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	return c.exec("VACUUM INTO ?", to)
}

func onDisk(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// place gives a finished file its name unless somebody else has taken it. A
// stick's file system may have no links; a rename has to do there.
func place(partial, file string) error {
	err := os.Link(partial, file)
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if err != nil {
		if _, err := os.Lstat(file); err == nil {
			return &fs.PathError{Op: "backup", Path: file, Err: fs.ErrExist}
		}
		if err := os.Rename(partial, file); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(file))
}

// syncFolder puts names on disk. Where a folder cannot be synced, the system
// does it by itself.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = f.Sync()
	return f.Close()
}

// Restored is what Restore brought back.
type Restored struct {
	*Checked
	Aside string // folder with the data that was there before, "" when none was
}

// Restore puts the data of a backup in place of the folder's. It is copied and
// checked first; what was there is kept aside, never deleted. A *FolderError
// of ErrInUse when a process uses the folder, a *store.DamageError when the
// backup is damaged.
func Restore(ctx context.Context, dir, file string) (_ *Restored, err error) {
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	lock, err := occupy(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	database := filepath.Join(dir, fileName)
	fresh := database + ".new"
	defer func() { _ = os.Remove(fresh) }() // gone already when all went well
	if err := copyFile(file, fresh); err != nil {
		return nil, opened(dir, err)
	}
	if err := upgraded(fresh); err != nil {
		return nil, err
	}
	found, err := CheckFile(ctx, fresh)
	if err != nil {
		return nil, err
	}
	if len(found.Faults) > 0 {
		return nil, found.Faults[0]
	}
	aside, err := setAside(dir)
	if err != nil {
		return nil, opened(dir, err)
	}
	if err := os.Rename(fresh, database); err != nil {
		return nil, opened(dir, err)
	}
	return &Restored{Checked: found, Aside: aside}, syncFolder(dir)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// upgraded brings a copy to this version's schema, so that an old backup can
// be restored.
func upgraded(file string) (err error) {
	file, err = filepath.Abs(file)
	if err != nil {
		return err
	}
	err = ours(file)
	if code(err) == codeNotADB {
		return noBackup(err)
	}
	if err != nil {
		return asDamage(err)
	}
	c, err := connect(dsn(file, "rw", "synchronous(FULL)"))
	if err != nil {
		return asDamage(err)
	}
	defer func() { err = errors.Join(err, c.close()) }()
	version, err := schemaOf(c)
	if err == nil && version == 0 {
		return noBackup(nil)
	}
	if err == nil {
		err = migrate(c)
	}
	return asDamage(err)
}

func noBackup(err error) error {
	return &FolderError{Err: errors.Join(ErrForeign, err),
		Text: engine.Both("tệp không phải bản sao lưu của saban", "the file is no backup of saban"),
		Hint: engine.Both("chọn tệp do saban backup ghi", "choose a file that saban backup wrote")}
}

// asDamage makes of a database that cannot be read a damaged one.
func asDamage(err error) error {
	if code(err) == codeCorrupt || code(err) == codeNotADB {
		return &store.DamageError{Err: err}
	}
	return err
}

// setAside moves the folder's data into a folder inside it.
func setAside(dir string) (string, error) {
	database := filepath.Join(dir, fileName)
	if _, err := os.Lstat(database); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	aside := filepath.Join(dir, "before-restore-"+time.Now().Format("20060102-150405.000"))
	if err := os.Mkdir(aside, 0o700); err != nil {
		return "", err
	}
	// The log goes first: left behind without its database, SQLite would
	// apply it to the new one.
	for _, end := range []string{"-wal", "-shm", ""} {
		err := os.Rename(database+end, filepath.Join(aside, fileName+end))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, syncFolder(aside)
}
