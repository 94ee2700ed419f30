package engine

import (
	"slices"
	"strings"
)

// Decide turns a command into events or refuses it with a *Refusal. What was
// due before the command's time happens first, so events may stand beside a
// refusal; they count. The drill has taken the events in when Decide returns:
// a shell that cannot store them drops the drill and replays the log.
//
// A key that was used before brings a *Repeated: the first outcome stands.
// The events are valid until the next Decide or Advance.
func (d *Drill) Decide(cmd Command) ([]Event, error) {
	if cmd.Key != "" {
		if seq, ok := d.keys[cmd.Key]; ok {
			return nil, &Repeated{Seq: seq}
		}
	}
	d.begin(cmd.Wall)
	d.advance(cmd.At, false)
	d.by = author{acting: true, actor: cmd.Actor, key: cmd.Key}
	r := d.permit(&cmd)
	if r == nil {
		r = d.carryOut(&cmd)
	}
	if r != nil {
		d.by = author{} // what this instant brings comes all the same
	}
	d.settle()
	if r != nil {
		r.Do = cmd.Do
		return d.out[d.from:], r
	}
	return d.out[d.from:], nil
}

// Repeated says that a command with this key was carried out before, in
// event Seq and what followed from it.
type Repeated struct{ Seq int64 }

func (r *Repeated) Error() string { return "this was already done" }

func refuse(code Code, why, try Text) *Refusal { return &Refusal{Code: code, Why: why, Try: try} }

// permit refuses what the phase of the drill does not allow.
func (d *Drill) permit(cmd *Command) *Refusal {
	var r *Refusal
	switch {
	case d.phase == waiting && cmd.Do != StartEx && cmd.Do != Assign && cmd.Do != Join && cmd.Do != Leave && cmd.Do != Note && cmd.Do != Hold:
		r = refuse(NotStarted, Both("buổi diễn tập chưa bắt đầu", "the drill has not started"), Both("bắt đầu trước", "start it first"))
	case d.phase != waiting && cmd.Do == StartEx:
		r = refuse(AlreadyStarted, Both("buổi diễn tập đã bắt đầu", "the drill has already started"), Text{})
	case d.phase == over && !afterwards(cmd.Do):
		r = refuse(IsOver, Both("buổi diễn tập đã kết thúc", "the drill is over"),
			Both("vẫn có thể chấm, sửa và ghi chú", "marks, corrections and notes are still taken"))
	case d.phase == stopped && cmd.Do != ResumeReal && cmd.Do != End && cmd.Do != Note && cmd.Do != Leave && cmd.Do != Join && cmd.Do != Recover:
		r = refuse(IsStoppedReal, Both("đã dừng vì sự cố thật", "stopped for a real incident"),
			Both("người điều khiển bỏ dừng trước", "the facilitator releases the stop first"))
	case d.phase == paused && (cmd.Do == Respond || cmd.Do == Pause):
		r = refuse(IsPaused, Both("đang tạm dừng", "paused"), Both("tiếp tục rồi làm lại", "resume, then try again"))
	}
	if r == nil && needsReason(cmd.Do) && cmd.Reason == "" {
		r = refuse(NeedsReason, Both("việc này làm lệch diễn biến nên cần lý do", "this bends the run and needs a reason"),
			Both("ghi lý do trong một câu", "say why in a sentence"))
	}
	return r
}

// afterwards lists what is still taken after EndEx.
func afterwards(v Verb) bool {
	switch v {
	case Mark, Rate, Override, Retract, Note, Leave, Observe, Prohibit:
		return true
	}
	return false
}

func needsReason(v Verb) bool {
	switch v {
	case Skip, Recall, Retract, Override, Force, StopReal:
		return true
	}
	return false
}

func (d *Drill) carryOut(cmd *Command) *Refusal {
	switch cmd.Do {
	case StartEx:
		return d.decideStart(cmd)
	case Pause, Resume, End, StopReal, ResumeReal, MarkGap, Recover:
		return d.decideRun(cmd)
	case Release, Hold, Unhold, Postpone, Skip, Edit, Recall, Relay, Receive:
		return d.decideInject(cmd)
	case AdHoc:
		return d.decideAdHoc(cmd)
	case Respond:
		return d.decideRespond(cmd)
	case Observe, Prohibit:
		return d.decideObserve(cmd)
	case Mark, Rate, Override, Retract:
		return d.decideCorrection(cmd)
	case RaiseFlag, Force, Note:
		return d.decideByHand(cmd)
	case Assign, Join, Leave:
		return d.decideSeat(cmd)
	}
	return refuse(UnknownVerb, Both("không có lệnh %q", "there is no command %q", cmd.Do), Text{})
}

func (d *Drill) unknown(id string, kinds ...kind) *Refusal {
	what := kinds[0].text()
	return refuse(UnknownID, Text{
		VI: "không có " + trimArticle(what.VI) + " " + quoted(id),
		EN: "there is no " + trimArticle(what.EN) + " " + quoted(id),
	}, d.c.names.near(id, kinds))
}

// decideRun: start, stop and go on.
func (d *Drill) decideRun(cmd *Command) *Refusal {
	body := Body{Reason: cmd.Reason}
	switch cmd.Do {
	case Pause:
		d.emit(&Event{Type: Paused, Body: body})
	case Resume:
		if d.phase != paused {
			return refuse(NotPaused, Both("không đang tạm dừng", "not paused"), Text{})
		}
		d.emit(&Event{Type: Resumed, Body: body})
	case End:
		d.emit(&Event{Type: Ended, Body: body})
	case StopReal:
		d.emit(&Event{Type: StoppedReal, Body: body})
	case ResumeReal:
		if d.phase != stopped {
			return refuse(NotStoppedReal, Both("không đang dừng vì sự cố thật", "not stopped for a real incident"), Text{})
		}
		d.emit(&Event{Type: ResumedReal, Body: body})
	case MarkGap:
		d.emit(&Event{Type: Gap, Body: body})
	case Recover:
		d.emit(&Event{Type: Recovered, Body: body})
	}
	return nil
}

func (d *Drill) decideStart(cmd *Command) *Refusal {
	start := Start{Speed: Whole}
	if cmd.Start != nil {
		start = *cmd.Start
	}
	for i, seat := range start.Seats {
		if r := d.playerRole(seat.Role); r != nil {
			return r
		}
		if slices.ContainsFunc(start.Seats[:i], func(before Seat) bool { return before.Role == seat.Role }) {
			return refuse(BadValue, Both("vai %s xếp hai lần", "role %s is seated twice", seat.Role), Text{})
		}
	}
	for _, cover := range start.Covers {
		if r := d.playerRole(cover.Role); r != nil {
			return r
		}
		if r := d.playerRole(cover.By); r != nil {
			return r
		}
	}
	if start.Speed <= 0 {
		start.Speed = Whole
	}
	start.Practice = start.Speed != Whole && !start.Virtual
	d.now = 0
	d.emit(&Event{Type: Started, Body: Body{Start: &start}})
	return nil
}

func (d *Drill) playerRole(id string) *Refusal {
	i, ok := d.role(id)
	if !ok {
		return d.unknown(id, kindRole)
	}
	if d.roles[i].def.Simulated {
		return refuse(IsSimulated, Both("vai %s do Ban Đạo diễn đóng", "role %s is simulated by exercise control", id), Text{})
	}
	return nil
}

// decideByHand: what the facilitator states or writes.
func (d *Drill) decideByHand(cmd *Command) *Refusal {
	switch cmd.Do {
	case RaiseFlag:
		if !d.c.names.is(cmd.ID, kindFlag) {
			return d.unknown(cmd.ID, kindFlag)
		}
		d.emit(&Event{Type: Flagged, Body: Body{ID: cmd.ID, Reason: cmd.Reason}})
	case Note:
		switch {
		case cmd.Text == "" && cmd.Photo == "":
			return refuse(BadValue, Both("ghi chú trống", "the note is empty"), Text{})
		case cmd.Photo != "" && !isSum(cmd.Photo):
			return refuse(BadValue, Both("mã băm của ảnh không đúng dạng", "the photo's hash is ill-formed"), Both("SHA-256, 64 chữ số hex thường", "SHA-256, 64 digits of lower case hex"))
		case cmd.Mode == Unseen && !d.c.names.is(cmd.ID, kindResponse):
			return d.unknown(cmd.ID, kindResponse)
		case HotWash(cmd.Mode) && d.phase != over:
			return refuse(NotOver, Both("chưa đến lúc rút kinh nghiệm", "it is too early for the hot wash"), Both("kết thúc buổi diễn tập trước", "end the drill first"))
		case cmd.Mode != "" && cmd.Mode != ReportsReal && cmd.Mode != Unseen && !HotWash(cmd.Mode):
			return refuse(BadValue, Both("không có loại ghi chú %q", "there is no kind of note %q", cmd.Mode), Text{})
		}
		d.emit(&Event{Type: Noted, Body: Body{ID: cmd.ID, Role: cmd.Role, Text: cmd.Text, Photo: cmd.Photo, Of: cmd.Of, Mode: cmd.Mode}})
	case Force:
		if !d.c.names.is(cmd.To, kindState) {
			return d.unknown(cmd.To, kindState)
		}
		if cmd.To == d.State() {
			return refuse(PresentState, Both("đang ở trạng thái %s rồi", "the drill already is in %s", cmd.To), Both("chọn trạng thái khác", "choose another state"))
		}
		d.machine.SetState(cmd.To)
		d.emit(&Event{Type: Forced, Body: Body{From: d.State(), To: cmd.To, Reason: cmd.Reason}})
	}
	return nil
}

// isSum reports whether s is a SHA-256 in lower case hex.
func isSum(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// decideSeat: who holds a role, and which devices are online.
func (d *Drill) decideSeat(cmd *Command) *Refusal {
	if r := d.playerRole(cmd.Role); r != nil {
		return r
	}
	body := Body{Role: cmd.Role, Person: cmd.Person, Device: cmd.Device}
	if cmd.Do != Assign && cmd.Device == "" {
		return refuse(BadValue, Both("thiếu mã thiết bị", "the device's id is missing"), Text{})
	}
	d.emit(&Event{Type: map[Verb]EventType{Assign: Assigned, Join: Joined, Leave: Left}[cmd.Do], Body: body})
	return nil
}
