package store

import (
	"errors"
	"io"
	"strings"

	"saban/engine"
)

// Verification is what Verify found.
type Verification struct {
	Header  Header   `json:"-"`
	Lines   int      `json:"lines"`  // whole lines up to the end or to the problem
	Events  int      `json:"events"` // of those lines
	Closed  bool     `json:"closed"`
	Head    string   `json:"head"`    // hash of the last of those lines, the closed line excepted
	Problem *Problem `json:"problem"` // nil when nothing is wrong
}

// OK reports whether nothing is wrong. A drill that is not closed may still
// be OK.
func (v *Verification) OK() bool { return v.Problem == nil }

// Text is the finding in a sentence, without "closed" or head hash left to
// guess.
func (v *Verification) Text() engine.Text {
	switch {
	case v.Problem != nil && v.Lines == 0:
		return engine.Text{VI: v.Problem.In(engine.VI), EN: v.Problem.In(engine.EN)}
	case v.Problem != nil:
		until := engine.Both(" (nguyên vẹn đến dòng %d)", " (whole up to line %d)", v.Lines)
		return engine.Text{VI: v.Problem.In(engine.VI) + until.VI, EN: v.Problem.In(engine.EN) + until.EN}
	case !v.Closed:
		return engine.Both("nguyên vẹn đến dòng %d, chưa kết thúc", "whole up to line %d, not closed", v.Lines)
	}
	return engine.Both("nguyên vẹn: %d dòng, %d sự kiện, đã kết thúc", "whole: %d lines, %d events, closed", v.Lines, v.Events)
}

// Verify checks a drill file from end to end. Lines cut off cleanly leave no
// trace in the file itself; they are found when wantHead, the head hash noted
// at the end of the drill or printed on the report, is given ("" = none). The
// error is only what r failed with; damage is a Verification with a Problem.
func Verify(r io.Reader, wantHead string) (Verification, error) {
	var v Verification
	want := strings.ToLower(strings.TrimSpace(wantHead))
	seen := 0 // line whose hash is the head wanted
	rd, err := NewReader(r, Limits{})
	var e engine.Event
	for err == nil {
		if rd.Head() == want {
			seen = rd.lines
		}
		err = rd.Next(&e)
	}
	v.Header, v.Lines, v.Events, v.Closed, v.Head = rd.header, rd.lines, rd.events, rd.closed, rd.Head()
	if errors.As(err, &v.Problem) {
		return v, nil
	}
	if !errors.Is(err, io.EOF) {
		return v, err
	}
	if want != "" && want != v.Head {
		v.Problem = headProblem(&v, want, seen)
	}
	return v, nil
}

func headProblem(v *Verification, want string, seen int) *Problem {
	last := v.Lines
	if v.Closed {
		last--
	}
	switch {
	case !isHash([]byte(want)):
		return problem(last, "mã đầu chuỗi đưa vào không phải 64 chữ số hex", "the head given is not 64 hex digits")
	case seen > 0:
		return problem(seen+1, "mã đầu chuỗi đưa vào là của dòng %d, sau đó còn %d dòng", "the head given is that of line %d, %d more follow", seen, last-seen)
	case v.Closed:
		return problem(last, "mã đầu chuỗi khác mã đưa vào: đây không phải tệp đã ghi mã đó", "the head is not the one given: this is not the file it was noted from")
	}
	return problem(last+1, "mã đầu chuỗi khác mã đưa vào: tệp bị cắt sau dòng %d (hoặc là tệp khác)", "the head is not the one given: the file was cut off after line %d (or is another file)", last)
}
