package main

import (
	"io"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/report"
	"saban/report/markdown"
	"saban/store"
)

func (a *app) reportCmd() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "report " + a.say("TỆP_DIỄN_TẬP", "DRILL_FILE"),
		Short: a.say("viết báo cáo rút kinh nghiệm từ tệp diễn tập (Markdown hoặc JSON)", "write the after-action report of a drill file (Markdown or JSON)"),
		Example: "  saban report bomb-threat.drill.jsonl > bao-cao.md\n" +
			"  saban report bomb-threat.drill.jsonl --lang en --out report.md",
		Args: a.wants(1, 1, engine.Both("một tệp *.drill.jsonl", "one *.drill.jsonl file")),
		RunE: func(_ *cobra.Command, args []string) error { return a.writeReport(args[0], out) },
	}
	cmd.Flags().StringVar(&out, "out", "", a.say("ghi vào `tệp` này thay vì màn hình", "write to this `file` instead of the screen"))
	return cmd
}

func (a *app) writeReport(path, out string) error {
	p, err := a.openDrill(path)
	if err != nil {
		return err
	}
	h := &p.file.Header
	meta := report.Meta{Drill: h.Drill, Engine: h.Engine, Head: p.file.Head, Closed: p.file.Closed, Scenario: pin(h.Scenario), Rubric: pin(h.Rubric)}
	if h.Site != nil {
		meta.Site = pin(*h.Site)
	}
	if meta.Names, err = a.roster(path); err != nil {
		return err
	}
	r := report.Build(p.scenario.Scenario, p.score(p.rubric), p.file.Events, meta)
	return a.into(out, func(w io.Writer) error {
		if a.json {
			return writeJSON(w, r)
		}
		return markdown.Write(w, report.Document(r, a.lang))
	})
}

func pin(p store.Pinned) report.Pin { return report.Pin{Name: p.Name, SHA256: p.SHA256} }
