package server

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report"
	"saban/report/aar"
	"saban/scenarios"
)

// registerPlan: what people say over the report of a drill that is over, and
// its improvement plan.
func (s *Server) registerPlan() {
	s.page(Facilitator, "GET /drills/{drill}/plan", func(w http.ResponseWriter, r *http.Request, who session) error {
		d, err := s.planDesk(r)
		if err != nil {
			return err
		}
		d.page.Saved = r.URL.Query().Has("saved")
		return d.show(w, r, who, http.StatusOK, formOf(d.report, d.kept, d.lang))
	})
	s.page(Facilitator, "POST /drills/{drill}/plan", s.postPlan)
	s.page(Facilitator, "GET /drills/{drill}/aar.yaml", func(w http.ResponseWriter, r *http.Request, _ session) error {
		d, err := s.planDesk(r)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(d.page.Drill)+`.aar.yaml"`)
		w.Header().Set("Content-Type", "application/yaml")
		send(w, r, http.StatusOK, d.kept.file(d.report, d.lang))
		return nil
	})
	s.page(Facilitator, "POST /drills/{drill}/aar.yaml", s.postAAR)
}

// planPage is the review of a drill as people work on it.
type planPage struct {
	Drill, Title string
	File         string // what the files of the drill are called, without endings
	Form         *planForm
	Words        []planWord
	Fresh        []freshRow
	Roles        []string
	Capabilities []engine.Capability
	Elements     []report.Element
	Approved     *scenarios.Approval
	Closed       bool // nothing can be added to the log
	Unsaved      bool
	Saved        bool
	Moved        bool     // somebody saved meanwhile
	Faulty       bool     // fields have faults
	Wrong        string   // what else stopped it
	Refused      []string // what is wrong with a file that was sent
}

// planQuestion is a question of the hot wash with what was said to it.
type planQuestion struct {
	Title engine.Text
	Words []planWord
}

// Questions are those that somebody answered.
func (p *planPage) Questions() (out []planQuestion) {
	for _, w := range p.Words {
		title := report.QuestionTitle(w.Question)
		if n := len(out) - 1; n < 0 || out[n].Title != title {
			out = append(out, planQuestion{Title: title})
		}
		last := &out[len(out)-1]
		last.Words = append(last.Words, w)
	}
	return out
}

// planWord is a word of the hot wash beside the plan.
type planWord struct {
	*report.Said
	Roles   []string
	Planned bool // a row has come of it
}

// freshRow is a row the program drafted that the plan does not have.
type freshRow struct {
	N     int
	Issue string
}

// planDesk is what work on a plan needs: the report as it is drafted, and what
// is kept.
type planDesk struct {
	s      *Server
	lang   engine.Lang
	report *report.Report
	kept   *kept
	page   planPage
}

func (s *Server) planDesk(r *http.Request) (*planDesk, error) {
	ctx, drill := r.Context(), r.PathValue("drill")
	d := &planDesk{s: s, lang: s.langOf(r), page: planPage{Drill: drill, File: fileName(drill), Title: s.titleOf(r, drill), Capabilities: engine.Capabilities,
		Elements: []report.Element{report.Planning, report.Organization, report.Equipment, report.Training, report.Exercise}}}
	err := s.atPress(ctx, func() (err error) {
		d.report, err = s.drafted(ctx, drill, d.lang)
		return err
	})
	if err != nil {
		return nil, err
	}
	if d.kept, err = s.reviewed(ctx, drill); err != nil {
		return nil, err
	}
	if read, err := s.read(ctx, drill); err == nil {
		for _, role := range read.file.Scenario.Roles {
			if !role.Simulated {
				d.page.Roles = append(d.page.Roles, role.Title.In(d.lang))
			}
		}
	}
	d.page.Closed = d.report.Proof.Closed
	d.page.Approved = d.kept.approved(d.report)
	return d, nil
}

// show renders the page with a form, as it is kept or as it was sent.
func (d *planDesk) show(w http.ResponseWriter, r *http.Request, who session, status int, f *planForm) error {
	p := &d.page
	p.Form = f
	taken := map[int64]bool{}
	for i := range f.Rows {
		for _, e := range eventsOf(f.Rows[i].Events) {
			taken[e] = true
		}
	}
	for i := range d.report.Said {
		word := planWord{Said: &d.report.Said[i], Planned: taken[d.report.Said[i].Events[0]]}
		for _, id := range word.Said.Roles {
			word.Roles = append(word.Roles, d.report.Names[id].In(d.lang))
		}
		p.Words = append(p.Words, word)
	}
	for n, row := range rowsOf(aar.Draft(d.report, d.lang).Plan, d.report, d.lang) {
		if !slices.ContainsFunc(f.Rows, func(o planRow) bool { return o.Issue == row.Issue || row.Of != "" && o.Of == row.Of }) {
			p.Fresh = append(p.Fresh, freshRow{n, row.Issue})
		}
	}
	return d.s.show(w, r, who, status, "plan", d.s.say(r, "Kế hoạch khắc phục", "Improvement plan"), p)
}

// postPlan saves a review, or changes the form that is being filled in: a row
// more, a row less, a word of the hot wash as a row. Only saving keeps it.
func (s *Server) postPlan(w http.ResponseWriter, r *http.Request, who session) error {
	d, err := s.planDesk(r)
	if err != nil {
		return err
	}
	now := formOf(d.report, d.kept, d.lang)
	f := now.posted(r.PostForm)
	d.page.Unsaved = true
	if then := r.PostForm.Get("then"); then != "save" {
		if err := d.change(f, then); err != nil {
			return err
		}
		return d.show(w, r, who, http.StatusOK, f)
	}
	if d.page.Faulty, d.page.Wrong = f.check(d.lang); d.page.Faulty || d.page.Wrong != "" {
		return d.show(w, r, who, http.StatusUnprocessableEntity, f)
	}
	if f.Version == now.Version && f.marks() == now.marks() {
		return to(w, r, "plan?saved")
	}
	if len(f.Rows) == 0 && len(d.report.Plan) > 0 {
		d.page.Wrong = s.say(r, "Kế hoạch trống thì báo cáo dùng lại các dòng máy soạn; hãy để ít nhất một dòng.", "Without a row the report goes back to those the program drafted; leave one at least.")
		return d.show(w, r, who, http.StatusUnprocessableEntity, f)
	}
	err = errMoved
	if f.Version == now.Version {
		err = s.keepAAR(r.Context(), who, d.page.Drill, f.Version, f.kept(d.report, d.kept, d.lang))
	}
	if errors.Is(err, errMoved) {
		if d.kept, err = s.reviewed(r.Context(), d.page.Drill); err != nil {
			return err
		}
		f.meet(formOf(d.report, d.kept, d.lang))
		d.page.Moved = true
		return d.show(w, r, who, http.StatusConflict, f)
	}
	if p := tellOr(err, d.lang); p != nil {
		s.grave("a review was not kept", p, d.page.Drill, err)
		d.page.Wrong = capital(p.Detail)
		return d.show(w, r, who, p.Status, f)
	}
	return to(w, r, "plan?saved")
}

// change does what a button beside the form asks for.
func (d *planDesk) change(f *planForm, then string) error {
	what, number, _ := strings.Cut(then, ".")
	n, err := strconv.Atoi(number)
	if what != "add" && err != nil {
		return errForm
	}
	var row []planRow
	switch what {
	case "add":
		row = []planRow{{}}
	case "remove":
		if n >= 0 && n < len(f.Rows) {
			f.Rows = slices.Delete(f.Rows, n, n+1)
		}
		return nil
	case "word":
		for i := range d.report.Said {
			if said := &d.report.Said[i]; said.Events[0] == int64(n) {
				row = rowsOf([]scenarios.Improvement{aar.FromWord(said)}, d.report, d.lang)
			}
		}
	case "fresh":
		if drafted := aar.Draft(d.report, d.lang).Plan; n >= 0 && n < len(drafted) {
			row = rowsOf(drafted[n:n+1], d.report, d.lang)
		}
	default:
		return errForm
	}
	if wrong := tooMany(len(f.Rows) + len(row)); !wrong.Empty() {
		d.page.Wrong = capital(wrong.In(d.lang))
		return nil
	}
	f.Rows = append(f.Rows, row...)
	return nil
}

// mostAAR is the largest after-action file that is taken, as large as any file
// of the language may be.
const mostAAR = 1 << 20

// postAAR takes a review from a file, in the place of what is kept.
func (s *Server) postAAR(w http.ResponseWriter, r *http.Request, who session) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostAAR+4<<10)
	d, err := s.planDesk(r)
	if err != nil {
		return err
	}
	file, head, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) || errors.Is(err, http.ErrMissingBoundary) {
		return &engine.Refusal{Code: engine.BadValue, Why: engine.Both("chưa chọn tệp nào", "no file was chosen"), Try: engine.Both("chọn một tệp *.aar.yaml", "choose a *.aar.yaml file")}
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	sent, faults, err := s.uploaded(r.Context(), d.report, d.page.Drill, head.Filename, text, d.lang)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		d.page.Refused = faults
		return d.show(w, r, who, http.StatusUnprocessableEntity, formOf(d.report, d.kept, d.lang))
	}
	if sent.AAR.Approved == nil {
		sent = formOf(d.report, sent, d.lang).kept(d.report, d.kept.and(sent), d.lang)
	}
	err = s.keepAAR(r.Context(), who, d.page.Drill, r.FormValue("version"), sent)
	if errors.Is(err, errMoved) {
		d.page.Refused = []string{s.say(r, "kế hoạch đã được lưu ở nơi khác trong lúc này; xem lại dưới đây rồi tải tệp lên lần nữa", "the plan was saved elsewhere meanwhile; look at it below, then upload the file again")}
		return d.show(w, r, who, http.StatusConflict, formOf(d.report, d.kept, d.lang))
	}
	if err != nil {
		return err
	}
	return to(w, r, "plan?saved")
}
