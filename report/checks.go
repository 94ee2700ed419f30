package report

import (
	"slices"
	"strings"

	"saban/engine"
)

// Check is something others need to check a report against its sources: words,
// a hash, or both.
type Check struct {
	Label  engine.Text
	Value  engine.Text
	SHA256 string
}

// Checks are the log, what was pinned in it, who approved the words and what
// seals them, for every format to print.
func (r *Report) Checks() []Check {
	p := &r.Proof
	state := engine.Text{VI: "chưa kết thúc", EN: "not closed"}
	if p.Closed {
		state = engine.Text{VI: "đã kết thúc", EN: "closed"}
	}
	pin := func(vi, en string, p Pin) Check {
		return Check{engine.Text{VI: vi + ", SHA-256", EN: en + ", SHA-256"}, engine.Same(p.Name), p.SHA256}
	}
	list := []Check{
		{engine.Text{VI: "Buổi diễn tập", EN: "Drill"}, engine.Same(p.Drill), ""},
		pin("Kịch bản", "Scenario", p.Scenario),
	}
	if p.Site != (Pin{}) {
		list = append(list, pin("Cơ sở", "Site", p.Site))
	}
	if p.Rubric != (Pin{}) {
		list = append(list, pin("Thang điểm", "Rubric", p.Rubric))
	}
	if p.Engine != "" {
		list = append(list, Check{engine.Text{VI: "Bản máy diễn tập", EN: "Engine"}, engine.Same(p.Engine), ""})
	}
	list = append(list, Check{engine.Text{VI: "Nhật ký", EN: "Log"}, engine.Fill("%s, %s", "%s, %s", engine.Counted(p.Events, "%s sự kiện", "%s event", "%s events"), state), ""},
		Check{engine.Text{VI: "Mã đầu chuỗi (head)", EN: "Head hash"}, engine.Text{}, p.Head})
	if p.SealKey != "" {
		list = append(list, Check{engine.Text{VI: "Vân tay khóa niêm phong", EN: "Fingerprint of the sealing key"}, engine.Text{}, p.SealKey})
	}
	return append(list, r.approved()...)
}

// approved says whether people stand by the words, once there are such.
func (r *Report) approved() []Check {
	label := engine.Text{VI: "Phê duyệt", EN: "Approved by"}
	switch a := r.Approval; {
	case a != nil:
		by := func(lang engine.Lang) string {
			return strings.Join(slices.DeleteFunc([]string{a.By, a.Office, day(a.On, lang)}, func(s string) bool { return s == "" }), ", ")
		}
		return []Check{{label, engine.Text{VI: by(engine.VI), EN: by(engine.EN)}, ""}, {engine.Text{VI: "Mã nội dung đã duyệt", EN: "Hash of what was approved"}, engine.Text{}, a.SHA256}}
	case r.Reviewed:
		return []Check{{label, engine.Text{VI: "dự thảo, chưa duyệt", EN: "a draft, not approved yet"}, ""}}
	}
	return nil
}
