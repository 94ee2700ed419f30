package server

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"saban/engine"

	qrcode "github.com/skip2/go-qrcode"
)

// registerDrills: the list, a new drill, what is there before StartEx, and
// drills that are over.
func (s *Server) registerDrills() {
	s.page(Facilitator, "GET /drills", s.drillsPage)
	s.page(Administrator, "GET /drills/new", s.newDrill)
	s.page(Administrator, "POST /drills", s.postDrill)
	s.page(Facilitator, "GET /drills/{drill}/check", s.check)
	s.page(Facilitator, "GET /drills/{drill}/check/live", s.checkLive)
	s.page(Facilitator, "POST /drills/{drill}/check", s.postCheck)
	s.page(Facilitator, "POST /drills/{drill}/turn-away", func(w http.ResponseWriter, r *http.Request, who session) error {
		if err := s.refuse(r.Context(), who, r.PathValue("drill"), r.FormValue("person")); err != nil {
			return err
		}
		return to(w, r, "check")
	})
	s.page(Facilitator, "GET /drills/{drill}/sheet", s.sheet)
	s.page(Facilitator, "GET /drills/{drill}/result", s.result)
	s.page(Facilitator, "GET /drills/{drill}/result/live", s.resultLive)
	s.page(Facilitator, "POST /drills/{drill}/close", func(w http.ResponseWriter, r *http.Request, who session) error {
		if _, err := s.closeDrill(r.Context(), who, r.PathValue("drill")); err != nil {
			return err
		}
		return to(w, r, "result")
	})
	s.registerReports()
	s.registerPlan()
	s.registerPack()
	s.page(Facilitator, "GET /drills/{drill}/log", s.logPage)
	s.page(Facilitator, "GET /drills/{drill}/file", s.download)
	s.page(Administrator, "POST /drills/import", s.upload)
	s.page(Facilitator, "GET /drills/{drill}/qr.png", func(w http.ResponseWriter, r *http.Request, _ session) error {
		plan, err := s.plan(r.Context(), r.PathValue("drill"))
		if err != nil {
			return err
		}
		png, err := qrcode.Encode(s.Phones+"/j/"+plan.Code, qrcode.Medium, 512)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(png)
		return nil
	})
}

// drillList is every drill, and every draft of one held on paper.
type drillList struct {
	List   []Listed
	Drafts []typedDraft
	Papers map[string]string // drills typed in from paper, and their drafts
}

func (s *Server) drillsPage(w http.ResponseWriter, r *http.Request, who session) error {
	page := drillList{Papers: map[string]string{}}
	var err error
	if page.List, err = s.listed(r.Context(), who, s.langOf(r)); err != nil {
		return err
	}
	if who.Access == Administrator {
		drafts, err := typedDrafts(r.Context(), s.Store)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if d.Drill != "" {
				page.Papers[d.Drill] = d.ID
			} else {
				page.Drafts = append(page.Drafts, d)
			}
		}
	}
	return s.show(w, r, who, http.StatusOK, "drills", s.say(r, "Các buổi diễn tập", "Drills"), page)
}

// to leads on to another page of the same drill.
func to(w http.ResponseWriter, r *http.Request, page string) error {
	http.Redirect(w, r, strings.TrimSuffix("/drills/"+url.PathEscape(r.PathValue("drill"))+"/"+page, "/"), http.StatusSeeOther)
	return nil
}

// download hands a drill file out.
func (s *Server) download(w http.ResponseWriter, r *http.Request, _ session) error {
	id := r.PathValue("drill")
	var out bytes.Buffer
	if err := s.Store.Export(r.Context(), id, &out); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/jsonl")
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(id)+`.drill.jsonl"`)
	_, _ = out.WriteTo(w)
	return nil
}

// upload keeps a drill file that was played elsewhere.
func (s *Server) upload(w http.ResponseWriter, r *http.Request, _ session) error {
	file, _, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) || errors.Is(err, http.ErrMissingBoundary) {
		return &engine.Refusal{Code: engine.BadValue, Why: engine.Both("chưa chọn tệp nào", "no file was chosen"), Try: engine.Both("chọn một tệp *.drill.jsonl", "choose a *.drill.jsonl file")}
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if _, err := s.Store.Import(r.Context(), file); err != nil {
		return err
	}
	http.Redirect(w, r, "/drills", http.StatusSeeOther)
	return nil
}
