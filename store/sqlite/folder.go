package sqlite

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"saban/engine"
	"saban/store"
)

const lockName = "saban.lock"

// occupy makes the folder and locks it for this process. The system lets go
// of the lock when the process ends, however it ends.
func occupy(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, opened(dir, err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, opened(dir, err)
	}
	if !store.Alone(lock) {
		err := inUse(dir, holder(lock))
		_ = lock.Close()
		return nil, err
	}
	if err := sign(lock); err != nil {
		return nil, errors.Join(opened(dir, err), lock.Close())
	}
	return lock, nil
}

// sign leaves this process' number in the lock, for whoever finds it taken.
func sign(lock *os.File) error {
	if err := lock.Truncate(0); err != nil {
		return err
	}
	_, err := lock.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// holder is the number of the process that has the lock, 0 when it cannot be
// read.
func holder(lock *os.File) int {
	text, err := io.ReadAll(io.LimitReader(lock, 32))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return pid
}

// Holder is the number of the process that uses the data folder, 0 when none
// does, -1 when one does whose number is not known.
func Holder(dir string) (int, error) {
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer lock.Close()
	if store.Alone(lock) {
		return 0, nil
	}
	if pid := holder(lock); pid > 0 {
		return pid, nil
	}
	return -1, nil
}

func inUse(dir string, pid int) error {
	e := &FolderError{Err: ErrInUse,
		Text: engine.Both("%s: một saban khác đang dùng thư mục dữ liệu này", "%s: another saban is using this data folder", dir),
		Hint: engine.Both("dùng cửa sổ kia, kết thúc nó rồi làm lại, hoặc chọn thư mục khác bằng --data",
			"use that window, end it and try again, or choose another folder with --data")}
	if pid > 0 {
		e.Text = engine.Both("%s: một saban khác (tiến trình %d) đang dùng thư mục dữ liệu này", "%s: another saban (process %d) is using this data folder", dir, pid)
	}
	return e
}

// createPrivate makes the database before SQLite would, so that nobody else
// may read it; the files SQLite lays beside it take over its rights.
func createPrivate(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// opened puts what hindered opening the folder into words.
func opened(dir string, err error) error {
	var folder *FolderError
	var damage *store.DamageError
	switch {
	case errors.As(err, &folder) || errors.As(err, &damage):
		return err
	case code(err) == codeCorrupt || code(err) == codeNotADB:
		return &store.DamageError{Err: err}
	case code(err) == codeFull || errors.Is(wrote(err), store.ErrNoSpace):
		return &FolderError{Err: errors.Join(store.ErrNoSpace, err),
			Text: engine.Both("%s: ổ đĩa hết chỗ", "%s: the disk is full", dir),
			Hint: engine.Both("xóa bớt tệp không cần rồi làm lại", "delete files you do not need, then try again")}
	case code(err) == codeReadOnly || code(err) == codeCantOpen || errors.Is(err, fs.ErrPermission) || isReadOnly(err):
		return &FolderError{Err: err,
			Text: engine.Both("%s: không ghi được vào thư mục dữ liệu", "%s: the data folder cannot be written", dir),
			Hint: engine.Both("cấp quyền ghi cho người dùng này, hoặc chọn thư mục khác bằng --data",
				"give this user the right to write there, or choose another folder with --data")}
	}
	return &FolderError{Err: err,
		Text: engine.Both("%s: không mở được thư mục dữ liệu (%v)", "%s: the data folder cannot be opened (%v)", dir, err),
		Hint: engine.Both("chạy saban doctor để biết vì sao", "run saban doctor to learn why")}
}
