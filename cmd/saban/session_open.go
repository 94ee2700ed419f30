package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"saban/engine"
	"saban/live"
	"saban/store"
)

// open creates the drill file, or goes on with one.
func (l *staging) open() (*session, error) {
	if l.resume {
		return l.reopen()
	}
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	if errors.Is(err, fs.ErrExist) {
		hint := l.goOn()
		return nil, cannot(err, engine.Both("%s đã có rồi", "%s exists already", l.path),
			engine.Text{VI: "đặt tên khác với --out, hoặc " + hint.VI, EN: "choose another name with --out, or " + hint.EN})
	}
	if err != nil {
		return nil, l.app.unwritable(l.path, err)
	}
	if !store.Alone(f) {
		_ = f.Close()
		return nil, l.inUse()
	}
	w, err := store.NewWriter(f, l.header)
	if err != nil {
		_ = f.Close()
		return nil, l.app.unwritable(l.path, err)
	}
	return l.session(w, f, nil)
}

// reopen reads a drill that was interrupted or that crashed, and pauses it
// where it stood.
func (l *staging) reopen() (*session, error) {
	f, err := os.OpenFile(l.path, os.O_RDWR, 0)
	if err != nil {
		return nil, l.app.unreadable(l.path, err)
	}
	if !store.Alone(f) {
		_ = f.Close()
		return nil, l.inUse()
	}
	s, err := l.recover(f)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return s, nil
}

func (l *staging) inUse() error {
	return cannot(nil, engine.Both("%s: một saban khác đang chạy buổi này", "%s: another saban is conducting this drill", l.path),
		engine.Both("tìm cửa sổ kia, hoặc kết thúc nó rồi làm lại", "find that window, or end it and try again"))
}

func (l *staging) recover(f *os.File) (*session, error) {
	file, offset, err := store.Resume(f, store.Limits{})
	if errors.Is(err, store.ErrClosed) {
		return nil, cannot(err, engine.Both("%s: buổi diễn tập đã kết thúc", "%s: the drill is over", l.path),
			engine.Both("xem điểm bằng: saban score %s", "see its score with: saban score %s", l.path))
	}
	if err != nil {
		return nil, l.app.brokenDrill(l.path, err)
	}
	if want := l.header.Scenario.SHA256; want != file.Header.Scenario.SHA256 {
		return nil, cannot(nil, engine.Both("%s theo kịch bản khác", "%s was played under another scenario", l.path), engine.Text{})
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil && size > offset {
		err = f.Truncate(offset)
	}
	if err == nil {
		_, err = f.Seek(offset, io.SeekStart)
	}
	if err != nil {
		return nil, l.app.unwritable(l.path, err)
	}
	w, err := store.Continue(f, file)
	if err != nil {
		return nil, l.app.unwritable(l.path, err)
	}
	s, err := l.session(w, f, file.Events)
	if err != nil {
		return nil, err
	}
	s.torn = size > offset
	return s, nil
}

// session conducts the drill from where its file ends.
func (l *staging) session(w *store.Writer, file io.Closer, kept []engine.Event) (*session, error) {
	s := &session{staging: l, file: &drillFile{w, file, l.path}}
	var err error
	s.Conductor, err = live.Conduct(live.Config{Game: l.game, Rubric: l.rubric, Log: s.file, Time: l.time, Kept: kept, Last: lastBeat(l.path), Revived: l.resume})
	return s, s.explained(err)
}
