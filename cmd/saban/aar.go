package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report"
	"saban/report/aar"
	"saban/report/formats"
	"saban/scenarios"
	"saban/scoring"
)

// aarPath is the after-action file that is named, or the one beside the drill
// file.
func (r *reporting) aarPath(drill string) string {
	if r.aar != "" {
		return r.aar
	}
	return strings.TrimSuffix(drill, ".drill.jsonl") + ".aar.yaml"
}

// review puts over a report what people said of the drill.
func (r *reporting) review(drill string, rep *report.Report) error {
	if r.logAlone || r.draft != "" && r.aar == "" && r.approve == "" {
		return nil // a draft is in the program's own words
	}
	path := r.aarPath(drill)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && r.aar == "" && r.approve == "" {
		return nil
	}
	if err != nil {
		return r.unreadable(path, err)
	}
	x, err := r.readAAR(path, text, rep)
	if err != nil {
		return err
	}
	if unknown := rep.Apply(x); len(unknown) > 0 {
		return cannot(nil, engine.Both("%s: báo cáo không có %s", "%s: the report has no %s", path, strings.Join(unknown, "; ")),
			engine.Both("tên các nhận xét: saban report … --draft TỆP_MỚI", "for the names of findings: saban report … --draft NEW_FILE"))
	}
	if r.approve == "" {
		return nil
	}
	if x.Approval != nil {
		return cannot(nil, engine.Both("%s đã được duyệt ngày %s", "%s was approved on %s", path, x.Approval.On),
			engine.Both("muốn sửa thì bỏ khóa approved, rồi duyệt lại", "to change it take the key approved out, then approve again"))
	}
	if !rep.Proof.Closed {
		return notOver(drill)
	}
	err = r.approveAAR(path, text, x, rep.Proof.Head)
	rep.Approval = x.Approval
	return err
}

// planOf is the plan that people made after a drill, from the after-action file
// beside it; nil without one.
func (a *app) planOf(drill string, p *played, card scoring.Scorecard) ([]report.Action, error) {
	r := &reporting{app: a}
	if _, err := os.Stat(r.aarPath(drill)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	meta := formats.Meta(&p.file.Header)
	meta.Head, meta.Closed = p.file.Head, p.file.Closed
	rep := report.Build(p.scenario.Scenario, card, p.file.Events, meta)
	if err := r.review(drill, &rep); err != nil || !rep.Reviewed {
		return nil, err
	}
	return rep.Plan, nil
}

func (r *reporting) readAAR(path string, text []byte, rep *report.Report) (*report.Review, error) {
	f, found := scenarios.ReadAAR(scenarios.Source{Name: path, Bytes: text})
	if found.Failed() {
		return nil, r.refuse(found)
	}
	if f.Head != rep.Proof.Head {
		return nil, cannot(nil, engine.Both("%s viết cho buổi %s, nhật ký khác", "%s is about the drill %s, another log", path, f.Drill),
			engine.Both("mã đầu chuỗi của nhật ký này là %s", "the head hash of this log is %s", rep.Proof.Head))
	}
	x := aar.Review(f)
	if a := f.Approved; a != nil {
		if a.SHA256 != x.Hash(f.Head) {
			return nil, &failure{code: exitFaults, text: engine.Both("%s đã bị sửa sau khi %s duyệt ngày %s", "%s was changed after %s approved it on %s", path, a.By, a.On),
				hint: engine.Both("lấy lại bản đã duyệt, hoặc bỏ khóa approved để trở lại bản nháp", "bring back what was approved, or take the key approved out: it is a draft again")}
		}
	}
	return x, nil
}

// approveAAR adds the approval to the file. What is there is left as it is,
// comments too.
func (r *reporting) approveAAR(path string, text []byte, x *report.Review, head string) error {
	x.Approval = &report.Approval{By: r.approve, On: r.now().Format("2006-01-02"), SHA256: x.Hash(head)}
	text = append(bytes.TrimRight(text, "\n"), '\n')
	text = append(text, scenarios.WriteApproval(&scenarios.Approval{By: x.Approval.By, On: x.Approval.On, SHA256: x.Approval.SHA256})...)
	if _, found := scenarios.ReadAAR(scenarios.Source{Name: path, Bytes: text}); found.Failed() {
		return r.refuse(found)
	}
	if err := replaceFile(path, text); err != nil {
		return r.unwritable(path, err)
	}
	r.talk("đã duyệt %s; mã nội dung %s", "%s approved; hash of what was approved %s", path, x.Approval.SHA256)
	return nil
}

// draftAAR writes an after-action file to begin from.
func (r *reporting) draftAAR(rep *report.Report) error {
	text := aar.Write(aar.Draft(rep, r.lang), rep.Said, r.lang)
	return r.into(r.draft, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// planCSV writes the improvement plan as a table for spreadsheets: with a byte
// order mark, so that Excel reads the letters, and no cell that could be a
// formula.
func planCSV(w io.Writer, p *formats.Paper) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	pick := func(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(p.Lang) }
	rows := [][]string{{pick("Về", "About"), pick("Tồn tại", "Issue"), pick("Biện pháp khắc phục", "Corrective action"), pick("Năng lực", "Capability"), pick("Yếu tố", "Element"), pick("Chủ trì", "Responsible"), pick("Bắt đầu", "Start"), pick("Hạn", "Due"), pick("Ưu tiên", "Priority"), pick("Ngày xong", "Done on")}}
	for _, a := range p.Report.Plan {
		measure, owner := a.Measure, a.Responsible
		if measure.Empty() {
			measure = a.Proposed
		}
		if name, ok := p.Report.Names[owner]; ok {
			owner = name.In(p.Lang)
		}
		priority := ""
		if a.Priority > 0 {
			priority = strconv.Itoa(a.Priority)
		}
		rows = append(rows, []string{strings.Join(a.IDs, " "), a.Issue.In(p.Lang), measure.In(p.Lang), string(a.Capability), a.Element.Title().In(p.Lang), owner, a.Start, a.Due, priority, a.Done})
	}
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
