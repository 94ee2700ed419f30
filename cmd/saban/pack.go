package main

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/paper"
	"saban/report/document"
	"saban/report/docx"
	"saban/report/html"
	"saban/report/markdown"
	"saban/report/pdf"
)

type packing struct {
	*app
	site, out, part string
	seed            uint64
}

func (a *app) packCmd() *cobra.Command {
	p := packing{app: a}
	cmd := &cobra.Command{
		Use:   "print " + a.say("KỊCH_BẢN | TỆP", "SCENARIO | FILE"),
		Short: a.say("in bộ giấy để diễn tập không cần máy: thẻ, phiếu, danh mục tình huống", "print what a drill without devices needs: cards, slips, sheets, list of injects"),
		Example: "  saban print bomb-threat -o bomb-threat.pdf\n" +
			"  saban print bomb-threat --site hydropower-a.yaml --part injects -o cards.pdf\n" +
			"  saban print bomb-threat --lang en --seed 7 -o pack.pdf",
		Args:              a.wants(1, 1, engine.Both("một kịch bản", "one scenario")),
		ValidArgsFunction: shippedIDs,
		RunE:              func(_ *cobra.Command, args []string) error { return p.run(args[0]) },
	}
	f := cmd.Flags()
	f.StringVarP(&p.out, "out", "o", "", a.say("ghi vào `tệp` này: .pdf, .docx, .html hoặc .md; không ghi đè", "write to this `file`: .pdf, .docx, .html or .md; never over another"))
	f.StringVar(&p.site, "site", "", a.say("`tệp` cơ sở đặt lên kịch bản", "site `file` to lay over the scenario"))
	f.StringVar(&p.part, "part", "all", a.say("`phần`: %s", "`part`: %s", partNames()))
	f.Uint64Var(&p.seed, "seed", 1, a.say("`số` gốc để xáo thứ tự lựa chọn trên phiếu", "`number` the order of choices on the slips is shuffled by"))
	return cmd
}

func partNames() string {
	names := make([]string, 0, len(paper.Parts)+1)
	for _, p := range paper.Parts {
		names = append(names, string(p))
	}
	return "[" + strings.Join(append(names, "all"), ", ") + "]"
}

// packFormats are by the ending of a file's name.
var packFormats = map[string]func(io.Writer, *document.Document) error{
	".pdf": pdf.Write, ".docx": docx.Write, ".html": html.Write, ".md": markdown.Write,
}

func (p *packing) run(scenario string) error {
	write := packFormats[strings.ToLower(filepath.Ext(p.out))]
	if write == nil {
		return cannot(nil, engine.Both("chưa rõ ghi vào tệp nào: %q", "it is not clear which file to write: %q", p.out),
			engine.Both("thêm -o bo-giay.pdf; đuôi tệp là .pdf, .docx, .html hoặc .md", "add -o pack.pdf; the file ends in .pdf, .docx, .html or .md"))
	}
	options := paper.Options{Lang: p.lang, Seed: p.seed}
	if p.part != "all" {
		options.Parts = []paper.Part{paper.Part(p.part)}
		if !slices.Contains(paper.Parts, options.Parts[0]) {
			return cannot(nil, engine.Both("không có phần %q", "there is no part %q", p.part), engine.Both("dùng một trong: %s", "use one of: %s", partNames()))
		}
	}
	file, err := p.scenario(scenario, p.site)
	if err != nil {
		return err
	}
	if file.Site != nil {
		_, options.Covers, _ = file.Site.Seats(file.Scenario)
	}
	var b bytes.Buffer
	if err := write(&b, paper.Build(file.Compiled, options)); err != nil {
		return cannot(err, engine.Both("không vẽ được bộ giấy", "the pack cannot be drawn up"), engine.Text{})
	}
	return p.into(p.out, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err })
}
