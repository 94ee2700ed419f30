package main

import (
	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

// checked is what check found in one file. Explored is there for scenarios
// that were played out.
type checked struct {
	File     string             `json:"file"`
	OK       bool               `json:"ok"`
	Findings scenarios.Findings `json:"findings"`
	Silenced []check.Silenced   `json:"silenced"`
	Explored *check.Explored    `json:"explored"`

	about []string      // ids the findings are about, for their files
	told  []engine.Text // what happens in the witness of each finding
	site  string        // the site laid over it
}

// checks is what check prints as JSON.
type checks struct {
	Files    []checked `json:"files"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Silenced int       `json:"silenced"`
}

// checkOptions is what the user asks of check.
type checkOptions struct {
	site, rubric, witness string
	strict, quick         bool
}

func (a *app) checkCmd() *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check " + a.say("[KỊCH_BẢN | TỆP …]", "[SCENARIO | FILE …]"),
		Short: a.say("tìm lỗi trong kịch bản, cơ sở, thang điểm, tệp chạy thử, cơ quan, rút kinh nghiệm, nhập từ giấy", "find what is wrong with scenario, site, rubric, play, agency, after-action and paper files"),
		Long: a.say("Đọc từng tệp; kịch bản không có lỗi thì được xem nhịp độ, nội dung, rồi chơi thử theo mọi cách: làm kịp, làm muộn, bỏ, làm điều cấm. Mỗi cảnh báo về diễn biến kèm một tệp chạy thử làm chứng. Không nêu gì thì kiểm tra mọi kịch bản có sẵn. Mã thoát 2 khi có lỗi; cảnh báo chỉ tính khi có --strict.",
			"Reads each file; a scenario without errors is looked at for pacing and content and then played in every way: in time, late, not at all, with prohibited actions. A warning about the course of events comes with a play that shows it. Without an argument all shipped scenarios are checked. Exit code 2 for faults; warnings count under --strict only."),
		Example:           "  saban check\n  saban check my-market.yaml --site my-site.yaml\n  saban check --strict bomb-threat\n  saban check my-market.yaml --witness shown/",
		ValidArgsFunction: shippedIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = scenarios.Shipped()
			}
			return a.check(args, o)
		},
	}
	cmd.Flags().StringVar(&o.site, "site", "", a.say("`tệp` cơ sở đặt lên các kịch bản", "site `file` to lay over the scenarios"))
	cmd.Flags().StringVar(&o.rubric, "rubric", "", a.say("`tệp` thang điểm kiểm tra cùng", "rubric `file` to check along"))
	cmd.Flags().BoolVar(&o.strict, "strict", false, a.say("cảnh báo cũng là lỗi", "warnings are faults too"))
	cmd.Flags().BoolVar(&o.quick, "quick", false, a.say("không chơi thử, chỉ đọc và xem nhịp độ, nội dung", "do not play the scenarios out"))
	cmd.Flags().StringVar(&o.witness, "witness", "", a.say("`thư_mục` để ghi các tệp chạy thử làm chứng", "`folder` for the plays that show what is wrong"))
	return cmd
}

func (a *app) check(names []string, o checkOptions) error {
	sources, overlay, err := a.checkSources(names, o)
	if err != nil {
		return err
	}
	all := a.examine(sources, overlay, o.quick)
	sum := checks{Files: all}
	for i := range all {
		bad := len(all[i].Findings.Only(scenarios.Error))
		all[i].OK = bad == 0 && (!o.strict || len(all[i].Findings) == 0)
		sum.Errors, sum.Warnings = sum.Errors+bad, sum.Warnings+len(all[i].Findings)-bad
		for _, s := range all[i].Silenced {
			sum.Silenced += s.Times
		}
	}
	if o.witness != "" {
		if err := a.writeWitnesses(all, o.witness); err != nil {
			return err
		}
	}
	if err := a.printChecks(sum); err != nil {
		return err
	}
	if sum.Errors > 0 || o.strict && sum.Warnings > 0 {
		return faulty(engine.Text{})
	}
	return nil
}

// checkSources reads the files to check, and the site to lay over them.
func (a *app) checkSources(names []string, o checkOptions) (sources []scenarios.Source, overlay *scenarios.Source, err error) {
	if o.rubric != "" {
		names = append(names, o.rubric)
	}
	for _, name := range names {
		src, err := a.source(name)
		if err != nil {
			return nil, nil, err
		}
		sources = append(sources, src)
	}
	if o.site != "" {
		src, err := a.readFile(o.site)
		if err != nil {
			return nil, nil, err
		}
		overlay = &src
	}
	return sources, overlay, nil
}
