package scenarios

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"saban/engine"
)

// WriteAAR writes an after-action file in one language, for people to edit.
func WriteAAR(x *AAR, lang engine.Lang) []byte {
	w := &aarWriter{lang: lang}
	w.line("# yaml-language-server: $schema=schema/aar.schema.json")
	w.line("aar: 1")
	w.line("lang: %s", lang)
	w.line("drill: %s", quote(x.Drill))
	w.line("head: %s", x.Head)
	w.remarks("findings", x.Findings, engine.Text{VI: "Sửa lời cho đúng với buổi tập; bỏ một nhận xét bằng drop: true; dòng nào xóa đi thì báo cáo giữ lời của máy.",
		EN: "Put them in your words; leave one out with drop: true; for a line taken out here the report keeps the program's words."})
	w.remarks("roots", x.Roots, engine.Text{VI: "Nguyên nhân gốc: vì sao việc ấy chưa đạt. Bỏ dòng nếu chưa rõ.", EN: "Root causes: why it failed. Take a line out when it is not clear."})
	w.plan(x.Plan)
	w.list("lessons", x.Lessons, engine.Text{VI: "Bài học đã thống nhất.", EN: "The lessons agreed on."})
	w.list("proposals", x.Proposals, engine.Text{VI: "Kiến nghị với đơn vị, với cấp trên.", EN: "What is proposed to the facility and to higher levels."})
	return w.Bytes()
}

type aarWriter struct {
	bytes.Buffer
	lang engine.Lang
}

func (w *aarWriter) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// about is a comment above a part.
func (w *aarWriter) about(key string, note engine.Text) {
	w.line("\n# %s\n%s:", note.In(w.lang), key)
}

func (w *aarWriter) remarks(key string, all []Remark, note engine.Text) {
	if len(all) == 0 {
		return
	}
	w.about(key, note)
	for _, r := range all {
		w.line("  - of: %s\n    text: %s", quote(r.Of), quote(r.Text.In(w.lang)))
		if r.Drop {
			w.line("    drop: true")
		}
	}
}

func (w *aarWriter) plan(all []Improvement) {
	if len(all) == 0 {
		return
	}
	w.about("plan", engine.Text{VI: "Kế hoạch khắc phục: thêm, bớt, sửa dòng; ngày viết năm-tháng-ngày; xong thì ghi done.", EN: "The improvement plan: add, drop, change rows; days as year-month-day; note done when it is done."})
	for _, a := range all {
		of := make([]string, len(a.Of))
		for i, id := range a.Of {
			of[i] = quote(id)
		}
		w.line("  - of: [%s]\n    issue: %s", strings.Join(of, ", "), quote(a.Issue.In(w.lang)))
		for _, one := range [][2]string{{"measure", a.Measure.In(w.lang)}, {"capability", string(a.Capability)}, {"element", a.Element}, {"owner", a.Owner}, {"start", a.Start}, {"due", a.Due}, {"done", a.Done}} {
			if one[1] != "" {
				w.line("    %s: %s", one[0], quote(one[1]))
			}
		}
		if a.Priority > 0 {
			w.line("    priority: %d", a.Priority)
		}
		if len(a.Events) > 0 {
			w.line("    events: %s", strings.ReplaceAll(fmt.Sprint(a.Events), " ", ", "))
		}
	}
}

func (w *aarWriter) list(key string, all []engine.Text, note engine.Text) {
	if len(all) == 0 {
		return
	}
	w.about(key, note)
	for _, t := range all {
		w.line("  - %s", quote(t.In(w.lang)))
	}
}

// WriteApproval is what is added to the end of an after-action file to
// approve it.
func WriteApproval(a *Approval) []byte {
	w := &aarWriter{}
	w.line("\napproved:\n  by: %s", quote(a.By))
	if a.Office != "" {
		w.line("  office: %s", quote(a.Office))
	}
	w.line("  on: %s\n  sha256: %s", quote(a.On), a.SHA256)
	return w.Bytes()
}

// quote writes a text in double quotes; YAML and Go escape alike.
func quote(s string) string { return strconv.Quote(s) }
