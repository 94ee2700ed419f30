package main

import (
	"os"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/report"
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

func (a *app) writeReport(path, out string) (err error) {
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
	w := a.out
	if out != "" {
		f, err := os.OpenFile(out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return a.unwritable(out, err)
		}
		defer func() {
			if closing := f.Close(); err == nil {
				err = closing
			}
		}()
		w = f
	}
	if a.json {
		err = writeJSON(w, r)
	} else {
		err = report.Markdown(w, r, a.lang)
	}
	if err == nil && out != "" {
		a.talk("đã ghi %s", "written to %s", out)
	}
	return err
}

func pin(p store.Pinned) report.Pin { return report.Pin{Name: p.Name, SHA256: p.SHA256} }
