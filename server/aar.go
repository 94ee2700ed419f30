package server

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"saban/engine"
	"saban/report"
	"saban/report/aar"
	"saban/scenarios"
	"saban/store"
)

// kept is a review as it is kept beside the log of its drill: of the findings
// and proposals what people changed, of the plan all when they changed any, so
// that what they left goes on with the marks.
type kept struct {
	AAR  scenarios.AAR
	File []byte `json:",omitempty"` // as it was approved elsewhere, to be handed out byte for byte

	version string // of what is kept; "" = nothing
}

func aarKind(drill string) string { return "aar " + drill }

// aarID is the one record of its kind.
const aarID = "review"

// reviewed reads what people have written over the report of a drill.
func (s *Server) reviewed(ctx context.Context, drill string) (*kept, error) {
	return reviewedIn(ctx, s.Store, drill)
}

func reviewedIn(ctx context.Context, keep store.Store, drill string) (*kept, error) {
	k := &kept{}
	value, err := keep.Get(ctx, aarKind(drill), aarID)
	if errors.Is(err, store.ErrNotFound) {
		return k, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(value, k); err != nil {
		return nil, fmt.Errorf("the review of %s: %w", drill, err)
	}
	k.version = versionOf(value)
	return k, nil
}

func versionOf(value []byte) string {
	sum := sha256.Sum256(value)
	return hex.EncodeToString(sum[:8])
}

// errMoved says that somebody else saved a review meanwhile.
var errMoved = errors.New("the review was saved elsewhere meanwhile")

// keepAAR puts a review in the place of the one of this version; errMoved
// when another stands there by now.
func (s *Server) keepAAR(ctx context.Context, who session, drill, version string, k *kept) error {
	s.planning.Lock()
	defer s.planning.Unlock()
	now, err := s.reviewed(ctx, drill)
	if err != nil {
		return err
	}
	if now.version != version {
		return errMoved
	}
	var value []byte // nothing: what is kept goes
	if !k.empty() {
		if value, err = json.Marshal(k); err != nil {
			return err
		}
	}
	if err := s.Store.Put(ctx, aarKind(drill), aarID, value); err != nil {
		return err
	}
	return s.note(ctx, drill, Deed{What: "reviewed", By: who.Person, Access: who.Access})
}

// and is all the words of two reviews, those of the first before.
func (k *kept) and(other *kept) *kept {
	a, b := &k.AAR, &other.AAR
	return &kept{AAR: scenarios.AAR{Findings: slices.Concat(a.Findings, b.Findings), Roots: slices.Concat(a.Roots, b.Roots), Plan: slices.Concat(a.Plan, b.Plan),
		Lessons: slices.Concat(a.Lessons, b.Lessons), Proposals: slices.Concat(a.Proposals, b.Proposals)}}
}

// empty reports whether a review leaves a report as it was drafted.
func (k *kept) empty() bool {
	a := &k.AAR
	return len(a.Findings)+len(a.Roots)+len(a.Plan)+len(a.Lessons)+len(a.Proposals) == 0 && a.Approved == nil
}

// over puts a review over the report of its drill. What the report does not
// know, because marks have changed since, is left out; an approval is of the
// log it was given on.
func (k *kept) over(r *report.Report) {
	if k.empty() {
		return
	}
	x := aar.Review(&k.AAR)
	if k.AAR.Head != r.Proof.Head {
		x.Approval = nil
	}
	r.Apply(x)
}

// approved is who approved a review of the log as it stands, or nil.
func (k *kept) approved(r *report.Report) *scenarios.Approval {
	if k.AAR.Head != r.Proof.Head {
		return nil
	}
	return k.AAR.Approved
}

// texts are all that people wrote in a review, each once.
func (k *kept) texts() (out []string) {
	add := func(texts ...string) {
		for _, t := range texts {
			if t != "" && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	for _, m := range slices.Concat(k.AAR.Findings, k.AAR.Roots) {
		add(m.Text.VI, m.Text.EN)
	}
	for i := range k.AAR.Plan {
		a := &k.AAR.Plan[i]
		add(a.Issue.VI, a.Issue.EN, a.Measure.VI, a.Measure.EN, a.Owner)
	}
	for _, t := range slices.Concat(k.AAR.Lessons, k.AAR.Proposals) {
		add(t.VI, t.EN)
	}
	if a := k.AAR.Approved; a != nil {
		add(a.By, a.Office)
	}
	for line := range strings.Lines(string(k.File)) { // its remarks, too
		if strings.Contains(line, "#") {
			add(strings.TrimSpace(line))
		}
	}
	return out
}

// file is a review as the file that the command line takes: what people wrote,
// and the program's words for the rest.
func (k *kept) file(r *report.Report, lang engine.Lang) []byte {
	if k.approved(r) != nil {
		return k.File
	}
	f := aar.Draft(r, lang)
	for i := range f.Findings {
		m := &f.Findings[i]
		if own := remarkOn(k.AAR.Findings, m.Of); own != nil {
			m.Drop = own.Drop
			if !own.Text.Empty() {
				m.Text = own.Text
			}
		}
	}
	for i := range f.Roots {
		if own := remarkOn(k.AAR.Roots, f.Roots[i].Of); own != nil {
			f.Roots[i].Text = own.Text
		}
	}
	if len(k.AAR.Plan) > 0 {
		f.Plan = k.AAR.Plan
	}
	if len(k.AAR.Proposals) > 0 {
		f.Proposals = k.AAR.Proposals
	}
	f.Lessons = k.AAR.Lessons
	return aar.Write(f, r.Said, lang)
}

func remarkOn(all []scenarios.Remark, of string) *scenarios.Remark {
	if i := slices.IndexFunc(all, func(m scenarios.Remark) bool { return m.Of == of }); i >= 0 {
		return &all[i]
	}
	return nil
}

// uploaded reads an after-action file of this drill's log, as it is or as it
// stood before more was marked. What is wrong with it is told line by line.
func (s *Server) uploaded(ctx context.Context, r *report.Report, drill, name string, text []byte, lang engine.Lang) (*kept, []string, error) {
	f, found := scenarios.ReadAAR(scenarios.Source{Name: cmp.Or(cleanName(name), "aar.yaml"), Bytes: text})
	var faults []string
	for _, one := range found.Only(scenarios.Error) {
		faults = append(faults, one.Format(lang))
	}
	if len(faults) > 0 {
		return nil, faults, nil
	}
	say := func(vi, en string, args ...any) {
		faults = append(faults, engine.Both(vi, en, args...).In(lang))
	}
	var log bytes.Buffer
	if err := s.Store.Export(ctx, drill, &log); err != nil {
		return nil, nil, err
	}
	if f.Head != r.Proof.Head && !bytes.Contains(log.Bytes(), []byte(`"hash":"`+f.Head+`"`)) {
		say("tệp viết cho buổi %s, nhật ký khác với buổi này", "the file is about the drill %s, another log than this one", f.Drill)
		return nil, faults, nil
	}
	if wrong := tooMany(len(f.Plan)); !wrong.Empty() {
		say("%s", "%s", wrong.In(lang))
	}
	k := &kept{AAR: *f}
	x := aar.Review(f)
	if a := f.Approved; a != nil {
		switch {
		case a.SHA256 != x.Hash(f.Head):
			say("tệp đã bị sửa sau khi %s duyệt ngày %s; lấy lại bản đã duyệt, hoặc bỏ khóa approved", "the file was changed after %s approved it on %s; bring back what was approved, or take the key approved out", a.By, a.On)
		case !r.Proof.Closed || f.Head != r.Proof.Head:
			say("tệp được duyệt trên nhật ký chưa khóa hay đã ghi thêm; khóa hồ sơ, tải tệp mới rồi duyệt lại", "the file was approved on a log that was not closed or has gone on; close the file, download it anew and approve that")
		}
		k.File = text
	}
	copied := *r
	copied.Causes = slices.Clone(r.Causes)
	for _, unknown := range copied.Apply(x) {
		say("báo cáo không có %s", "the report has no %s", unknown)
	}
	return k, faults, nil
}
