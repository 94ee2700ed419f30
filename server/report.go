package server

import (
	"bytes"
	"context"
	"net/http"
	"strconv"

	"saban/engine"
	"saban/report"
	"saban/report/formats"
	"saban/report/html"
	"saban/scoring"
)

// mostReported is how many events a report is drawn up of: what weeks of
// drilling do not reach, and what leaves the machine to the drills that run.
const mostReported = 20_000

// registerReports: the after-action report of a drill that is over.
func (s *Server) registerReports() {
	for _, f := range formats.All {
		s.page(Facilitator, "GET /drills/{drill}/report."+f.Ending, func(w http.ResponseWriter, r *http.Request, _ session) error {
			var out bytes.Buffer
			p, err := s.print(r.Context(), r.PathValue("drill"), s.langOf(r), func(p *formats.Paper) error { return f.Write(&out, p) })
			if err != nil {
				return err
			}
			how := "attachment"
			if f.Ending == "html" { // a page to look at, under its own policy
				how = "inline"
				w.Header().Set("Content-Security-Policy", html.Policy(p.Document)+"; frame-ancestors 'none'")
			}
			w.Header().Set("Content-Type", f.Kind)
			w.Header().Set("Content-Language", string(p.Lang))
			w.Header().Set("Content-Disposition", how+`; filename="`+fileName(r.PathValue("drill"))+`.report.`+f.Ending+`"`)
			if f.Text {
				send(w, r, http.StatusOK, out.Bytes())
				return nil
			}
			w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
			_, _ = out.WriteTo(w) // the reader may have gone
			return nil
		})
	}
}

// print draws a report up and writes it.
func (s *Server) print(ctx context.Context, drill string, lang engine.Lang, write func(*formats.Paper) error) (p *formats.Paper, err error) {
	err = s.atPress(ctx, func() error {
		if p, err = s.paper(ctx, drill, lang); err != nil {
			return err
		}
		return write(p)
	})
	return p, err
}

// atPress has one document written at a time, so that drills that run are not
// slowed down.
func (s *Server) atPress(ctx context.Context, write func() error) error {
	select {
	case s.press <- struct{}{}:
		defer func() { <-s.press }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return write()
}

// paper draws up the report of a drill in the words of people, where they have
// put some over it.
func (s *Server) paper(ctx context.Context, drill string, lang engine.Lang) (*formats.Paper, error) {
	rep, err := s.drafted(ctx, drill, lang)
	if err != nil {
		return nil, err
	}
	kept, err := s.reviewed(ctx, drill)
	if err != nil {
		return nil, err
	}
	kept.over(rep)
	return formats.Draw(*rep, lang), nil
}

// drafted builds the report of a drill that is over, or was played elsewhere,
// as the log alone has it. It reads what is kept and holds up no drill.
func (s *Server) drafted(ctx context.Context, drill string, lang engine.Lang) (*report.Report, error) {
	r, err := s.read(ctx, drill)
	if err != nil {
		return nil, err
	}
	events, err := s.Store.Events(ctx, drill, 0)
	if err != nil {
		return nil, err
	}
	if len(events) > mostReported {
		return nil, &engine.Refusal{Code: engine.BadValue, Why: engine.Both("nhật ký dài quá %d sự kiện", "the log is longer than %d events", mostReported),
			Try: engine.Both("tải tệp diễn tập, rồi chạy saban report", "download the drill file, then run saban report")}
	}
	card := scoring.Score(r.file.Scenario, r.rubric, events)
	if _, err := s.room(drill); err == nil && card.Provisional {
		return nil, &engine.Refusal{Code: engine.NotStarted, Why: engine.Both("buổi diễn tập chưa kết thúc", "the drill is not over"), Try: engine.Both("kết thúc trước", "end it first")}
	}
	card.Scenario.SHA256 = r.header.Scenario.SHA256
	meta, err := s.reportMeta(ctx, r, lang)
	if err != nil {
		return nil, err
	}
	built := report.Build(r.file.Scenario, card, events, meta)
	return &built, nil
}

// reportMeta is what the server knows beside the log. Who issues the report is
// left blank, for people to fill in.
func (s *Server) reportMeta(ctx context.Context, r *room, lang engine.Lang) (report.Meta, error) {
	meta := formats.Meta(&r.header)
	if e, ok := s.entry(ctx, r.id); ok {
		meta.Head, meta.Closed = e.Head, e.Closed
	}
	names, err := s.names(ctx, r.id)
	if err != nil {
		return meta, err
	}
	if names[leader] == "" {
		names[leader] = engine.Both("người điều khiển", "the facilitator").In(lang)
	}
	meta.Names = names
	return meta, nil
}
