package server

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"

	"saban/engine"
	"saban/paper"
	"saban/report/pdf"
)

// registerPack: what a drill needs on paper, where phones fail or there are
// none.
func (s *Server) registerPack() {
	s.page(Facilitator, "GET /drills/{drill}/pack.pdf", s.pack)
}

// pack hands out the papers of a drill, whole or one part. Choices stand in
// the order its phones show them in.
func (s *Server) pack(w http.ResponseWriter, r *http.Request, _ session) error {
	id, options, name := r.PathValue("drill"), paper.Options{Lang: s.langOf(r)}, "pack"
	if part := r.URL.Query().Get("part"); part != "" {
		if !slices.Contains(paper.Parts, paper.Part(part)) {
			return &engine.Refusal{Code: engine.UnknownID, Why: engine.Both("bộ giấy không có phần %q", "the pack has no part %q", part), Try: engine.Both("chọn trong danh sách", "choose from the list")}
		}
		options.Parts, name = []paper.Part{paper.Part(part)}, part
	}
	var out bytes.Buffer
	err := s.atPress(r.Context(), func() error {
		room, err := s.read(r.Context(), id)
		if err != nil {
			return err
		}
		options.Seed = room.header.Seed
		if plan, err := s.plan(r.Context(), id); err == nil {
			options.Covers = plan.Covers
		} else if room.file.Site != nil { // brought from elsewhere
			_, options.Covers, _ = room.file.Site.Seats(room.file.Scenario)
		}
		return pdf.Write(&out, paper.Build(room.file.Compiled, options))
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Language", string(options.Lang))
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(id)+"."+name+`.pdf"`)
	w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
	_, _ = out.WriteTo(w) // the reader may have gone
	return nil
}
