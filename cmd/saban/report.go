package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/report"
	"saban/report/document"
	"saban/report/formats"
)

type reporting struct {
	*app
	out      []string
	format   string
	part     string
	previous string
	agency   string
	aar      string
	draft    string
	approve  string
	logAlone bool // nothing that lies beside the log
}

func (a *app) reportCmd() *cobra.Command {
	r := reporting{app: a}
	cmd := &cobra.Command{
		Use:   "report " + a.say("TỆP_DIỄN_TẬP", "DRILL_FILE"),
		Short: a.say("viết báo cáo rút kinh nghiệm từ tệp diễn tập", "write the after-action report of a drill file"),
		Example: "  saban report bomb-threat.drill.jsonl > bao-cao.md\n" +
			"  saban report bomb-threat.drill.jsonl --lang en -o report.md -o report.json\n" +
			"  saban report now.drill.jsonl --previous before.drill.jsonl --part graphic\n" +
			"  saban report bomb-threat.drill.jsonl --agency agency.yaml -o bao-cao.docx -o bao-cao.pdf\n" +
			"  saban report bomb-threat.drill.jsonl --draft bomb-threat.aar.yaml\n" +
			"  saban report bomb-threat.drill.jsonl --approve \"" + a.say("Tổ trưởng", "Head of the team") + "\" -o bao-cao.docx",
		Args: a.wants(1, 1, engine.Both("một tệp *.drill.jsonl", "one *.drill.jsonl file")),
		RunE: func(_ *cobra.Command, args []string) error { return r.run(args[0]) },
	}
	f := cmd.Flags()
	f.StringArrayVarP(&r.out, "out", "o", nil, a.say("ghi vào `tệp` này, dạng theo đuôi tệp; dùng được nhiều lần, không ghi đè", "write to this `file` in the format of its ending; may be given several times, never over another"))
	f.StringVar(&r.format, "format", "", a.say("`dạng`: %s; ra màn hình thì mặc định là md", "`format`: %s; on the screen the default is md", endings()))
	f.StringVar(&r.part, "part", "all", a.say("`phần`: official (báo cáo và phụ lục), graphic (trang hình), all (tất cả)", "`part`: official (report and annexes), graphic (pages with pictures), all"))
	f.StringVar(&r.agency, "agency", "", a.say("cơ quan ban hành: tên, số, nơi nhận, người ký, trong `tệp` này; mặc định là agency.yaml cạnh tệp diễn tập, nếu có", "who issues it: names, number, copies, signatory, from this `file`; default: agency.yaml beside the drill file, if there is one"))
	f.StringVar(&r.draft, "draft", "", a.say("ghi `tệp` rút kinh nghiệm để sửa: nhận xét, nguyên nhân, kế hoạch khắc phục", "write an after-action `file` to edit: findings, causes, improvement plan"))
	f.StringVar(&r.aar, "aar", "", a.say("lấy lời của người từ `tệp` rút kinh nghiệm này; mặc định là tệp .aar.yaml cạnh tệp diễn tập, nếu có", "take people's words from this after-action `file`; default: the .aar.yaml beside the drill file, if there is one"))
	f.StringVar(&r.approve, "approve", "", a.say("`người` duyệt tệp rút kinh nghiệm: khóa lời lại bằng mã băm", "the `person` who approves the after-action file: a hash locks its words"))
	f.StringVar(&r.previous, "previous", "", a.say("so với buổi trước trong `tệp` này", "compare with the drill before, in this `file`"))
	return cmd
}

// reportFormats are what a report is written as, and its plan alone.
var reportFormats = append(slices.Clone(formats.All), formats.Format{Ending: "csv", Write: planCSV})

func endings() string {
	names := make([]string, len(reportFormats))
	for i, f := range reportFormats {
		names[i] = f.Ending
	}
	return strings.Join(names, ", ")
}

func (r *reporting) run(path string) error {
	targets, err := r.targets()
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"official", "graphic", "all"}, r.part) {
		return cannot(nil, engine.Both("không có phần %q", "there is no part %q", r.part), engine.Both("dùng official, graphic hoặc all", "use official, graphic or all"))
	}
	d, err := r.draw(path)
	if err != nil {
		return err
	}
	if r.draft != "" {
		if err := r.draftAAR(&d.Report); err != nil || len(r.out) == 0 {
			return err
		}
	}
	for _, t := range targets {
		var b bytes.Buffer
		if err := t.write(&b, d); err != nil {
			return cannot(err, engine.Both("không viết được báo cáo dạng %s", "the report cannot be written as %s", t.ending), engine.Text{})
		}
		if err := r.into(t.file, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err }); err != nil {
			return err
		}
	}
	return nil
}

// target is where a report goes, in which format. No file is the screen.
type target struct {
	file, ending string
	write        func(io.Writer, *formats.Paper) error
}

// targets are settled before anything is read or written: who asks for several
// gets all or none.
func (r *reporting) targets() ([]target, error) {
	files := r.out
	if len(files) == 0 {
		files = []string{""}
	}
	var list []target
	for _, file := range files {
		ending := r.format
		switch {
		case ending == "" && file == "" && r.json:
			ending = "json"
		case ending == "" && file == "":
			ending = "md"
		case ending == "":
			ending = strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
		}
		t := target{file: file, ending: ending}
		for _, f := range reportFormats {
			if f.Ending == ending {
				t.write = f.Write
			}
		}
		if t.write == nil {
			return nil, cannot(nil, engine.Both("%s: không có dạng báo cáo %q", "%s: there is no report format %q", orScreen(file), ending),
				engine.Both("đặt đuôi tệp hoặc --format là một trong: %s", "let the file end in, or --format be, one of: %s", endings()))
		}
		if file != "" {
			if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) || slices.ContainsFunc(list, func(t target) bool { return t.file == file }) {
				return nil, r.unwritable(file, errors.Join(err, fs.ErrExist))
			}
		}
		list = append(list, t)
	}
	return list, nil
}

func orScreen(file string) string {
	if file == "" {
		return "-"
	}
	return file
}

// draw builds the report and draws up the parts of it that were asked for.
func (r *reporting) draw(path string) (*formats.Paper, error) {
	p, err := r.openDrill(path)
	if err != nil {
		return nil, err
	}
	meta, err := r.meta(path, p)
	if err != nil {
		return nil, err
	}
	return r.drawn(path, p, meta)
}

func (r *reporting) drawn(path string, p *played, meta report.Meta) (*formats.Paper, error) {
	rep := report.Build(p.scenario.Scenario, p.score(p.rubric), p.file.Events, meta)
	if err := r.review(path, &rep); err != nil {
		return nil, err
	}
	d := formats.Draw(rep, r.lang)
	d.Document.Parts = slices.DeleteFunc(d.Document.Parts, func(part document.Part) bool {
		return r.part != "all" && (part.Kind == document.Graphic) != (r.part == "graphic")
	})
	return d, nil
}

// meta is what a report needs beside scenario, scorecard and log.
func (r *reporting) meta(path string, p *played) (report.Meta, error) {
	meta := formats.Meta(&p.file.Header)
	meta.Head, meta.Closed = p.file.Head, p.file.Closed
	if r.logAlone {
		return meta, nil
	}
	names, err := r.roster(path)
	if err != nil {
		return meta, err
	}
	meta.Names = names
	if err := r.readAgency(path, &meta); err != nil {
		return meta, err
	}
	if r.previous == "" {
		return meta, nil
	}
	before, err := r.openDrill(r.previous)
	if err != nil {
		return meta, err
	}
	meta.Previous = &report.Previous{Drill: before.file.Header.Drill, Head: before.file.Head, Card: before.score(before.rubric), Log: before.file.Events}
	meta.Previous.Plan, err = r.planOf(r.previous, before, meta.Previous.Card)
	return meta, err
}
