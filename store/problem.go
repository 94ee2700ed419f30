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

// WriteError says that writing failed, for good: every later Append gives the
// same error. Resume carries on from the file as it is.
type WriteError struct {
	Line int // the file is whole up to this line
	Err  error
}

// Text says it in both languages.
func (e *WriteError) Text() engine.Text {
	return engine.Both("không ghi được tệp buổi diễn tập, tệp nguyên vẹn đến dòng %d: %v",
		"the drill file could not be written, it is whole up to line %d: %v", e.Line, e.Err)
}

func (e *WriteError) Error() string { return e.Text().EN }

func (e *WriteError) Unwrap() error { return e.Err }
