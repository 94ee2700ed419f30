package store

import (
	"errors"
	"fmt"

	"saban/engine"
)

// Problem is what is wrong with a drill file, and on which line. It is the
// error of everything here that reads.
type Problem struct {
	Line int         `json:"line"`           // from 1
	Torn bool        `json:"torn,omitempty"` // the file ends in the middle of Line, as a crash leaves it
	Text engine.Text `json:"text"`
	Hint engine.Text `json:"hint,omitzero"`
}

func (p *Problem) Error() string {
	text := fmt.Sprintf("line %d: %s", p.Line, p.Text.EN)
	if !p.Hint.Empty() {
		text += "; " + p.Hint.EN
	}
	return text
}

// In gives the whole sentence in one language.
func (p *Problem) In(lang engine.Lang) string {
	text := fmt.Sprintf(engine.Text{VI: "dòng %d: %s", EN: "line %d: %s"}.In(lang), p.Line, p.Text.In(lang))
	if !p.Hint.Empty() {
		text += "; " + p.Hint.In(lang)
	}
	return text
}

func problem(line int, vi, en string, args ...any) *Problem {
	return &Problem{Line: line, Text: engine.Both(vi, en, args...)}
}

func (p *Problem) hint(vi, en string) *Problem {
	p.Hint = engine.Text{VI: vi, EN: en}
	return p
}

// ErrClosed says that a drill is over and takes no more events.
var ErrClosed = errors.New("the drill file is closed")

// UnfitError says that events were not written because the file could not be
// read again with them. Nothing was written, and the writer goes on.
type UnfitError struct {
	Seq  int64 // of the event; 0 for the header
	Text engine.Text
}

func (e *UnfitError) Error() string {
	if e.Seq == 0 {
		return "header: " + e.Text.EN
	}
	return fmt.Sprintf("event %d: %s", e.Seq, e.Text.EN)
}

// ErrNoSpace is what a *WriteError wraps when the disk is full.
var ErrNoSpace = errors.New("no space left on the disk")

// WriteError says that writing failed and nothing of it counts. What was
// acknowledged before is kept. A Writer gives the same error from then on, and
// Resume carries on from the file as it is; a Store may be tried again.
type WriteError struct {
	Line int // a drill file is whole up to this line; 0 for a Store
	Err  error
}

// Text says it in both languages, and what to do.
func (e *WriteError) Text() engine.Text {
	text := engine.Both("không ghi được tệp buổi diễn tập, tệp nguyên vẹn đến dòng %d: %v",
		"the drill file could not be written, it is whole up to line %d: %v", e.Line, e.Err)
	switch {
	case errors.Is(e.Err, ErrNoSpace):
		text = engine.Both("ổ đĩa hết chỗ, việc vừa rồi chưa được ghi; mọi việc đã báo nhận vẫn còn; xóa bớt tệp không cần rồi làm lại",
			"the disk is full and this was not written; all that was acknowledged is kept; delete files you do not need, then try again")
	case e.Line == 0:
		text = engine.Both("không ghi được vào ổ đĩa, việc vừa rồi không tính; mọi việc đã báo nhận vẫn còn; kiểm tra ổ đĩa rồi khởi động lại saban (%v)",
			"the disk could not be written and this does not count; all that was acknowledged is kept; check the disk, then start saban again (%v)", e.Err)
	}
	return text
}

func (e *WriteError) Error() string { return e.Text().EN }

func (e *WriteError) Unwrap() error { return e.Err }

// DamageError says that what was kept is no longer what was written: a
// failing disk, or another program's hand.
type DamageError struct {
	Drill string      // "" when it is not known which
	What  engine.Text // what is damaged, where Err does not say it
	Err   error       // a *Problem names the line
}

// Text says it in both languages.
func (e *DamageError) Text() engine.Text {
	what := engine.Both("dữ liệu đã lưu bị hỏng", "the data kept is damaged")
	if e.Drill != "" {
		what = engine.Both("dữ liệu buổi diễn tập %s bị hỏng", "the data of drill %s is damaged", e.Drill)
	}
	why := e.What
	var p *Problem
	if errors.As(e.Err, &p) {
		why = engine.Text{VI: p.In(engine.VI), EN: p.In(engine.EN)}
	} else if why.Empty() {
		why = engine.Both("các trang của cơ sở dữ liệu không khớp nhau", "the pages of the database do not fit together")
	}
	return engine.Text{VI: what.VI + ": " + why.VI, EN: what.EN + ": " + why.EN}
}

// Hint says what to do.
func (e *DamageError) Hint() engine.Text {
	return engine.Both("giữ nguyên thư mục dữ liệu; saban restore TỆP lấy lại bản sao lưu gần nhất và để dữ liệu cũ sang một bên",
		"leave the data folder as it is; saban restore FILE brings back the last backup and sets the old data aside")
}

func (e *DamageError) Error() string {
	text := e.Text().EN
	if e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	return text
}

func (e *DamageError) Unwrap() error { return e.Err }
