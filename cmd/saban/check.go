package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/scenarios"
)

// checked is what check found in one file.
type checked struct {
	File     string             `json:"file"`
	OK       bool               `json:"ok"`
	Findings scenarios.Findings `json:"findings"`
}

func (a *app) checkCmd() *cobra.Command {
	var site, rubric string
	var strict bool
	cmd := &cobra.Command{
		Use:   "check [SCENARIO | FILE …]",
		Short: a.say("tìm lỗi trong kịch bản, cơ sở, thang điểm, tệp chạy thử", "find what is wrong with scenario, site, rubric and play files"),
		Long: a.say("Không nêu gì thì kiểm tra mọi kịch bản có sẵn. Mã thoát 2 khi có lỗi; cảnh báo chỉ tính khi có --strict.",
			"Without an argument all shipped scenarios are checked. Exit code 2 for faults; warnings count under --strict only."),
		Example: "  saban check\n  saban check my-market.yaml --site my-site.yaml\n  saban check --strict bomb-threat",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = scenarios.Shipped()
			}
			return a.check(args, site, rubric, strict)
		},
	}
	cmd.Flags().StringVar(&site, "site", "", a.say("tệp cơ sở đặt lên kịch bản", "site file to lay over the scenario"))
	cmd.Flags().StringVar(&rubric, "rubric", "", a.say("tệp thang điểm cần kiểm tra cùng", "rubric file to check along"))
	cmd.Flags().BoolVar(&strict, "strict", false, a.say("cảnh báo cũng là lỗi", "warnings are faults too"))
	return cmd
}

func (a *app) check(names []string, site, rubric string, strict bool) error {
	var all []checked
	errors, warnings := 0, 0
	for _, name := range append(names, optional(rubric)...) {
		src, err := a.source(name)
		if err != nil {
			return err
		}
		found, err := a.findings(src, site)
		if err != nil {
			return err
		}
		bad := len(found.Only(scenarios.Error))
		errors, warnings = errors+bad, warnings+len(found)-bad
		all = append(all, checked{File: src.Name, OK: bad == 0 && (!strict || len(found) == 0), Findings: append(scenarios.Findings{}, found...)})
	}
	if err := a.printChecks(all, errors, warnings); err != nil {
		return err
	}
	if errors > 0 || strict && warnings > 0 {
		return faulty(engine.Text{})
	}
	return nil
}

func optional(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// findings checks one file by what its first key says it is.
func (a *app) findings(src scenarios.Source, site string) (scenarios.Findings, error) {
	switch kindOfFile(src.Bytes) {
	case "play":
		return a.playFindings(src)
	case "rubric":
		_, found := scenarios.ReadRubric(src)
		return found, nil
	case "site":
		return a.siteFindings(src)
	}
	file, found := scenarios.ReadScenario(src)
	if site == "" || found.Failed() {
		return found, nil
	}
	overlay, err := a.readFile(site)
	if err != nil {
		return nil, err
	}
	read, more := scenarios.ReadSite(overlay, file)
	if found = append(found, more...); more.Failed() {
		return found, nil
	}
	_, more = scenarios.Merge(file, read)
	return append(found, more...), nil
}

// kindOfFile looks for the top-level key that names a file's kind.
func kindOfFile(text []byte) string {
	for _, line := range bytes.Split(text, []byte("\n")) {
		for _, kind := range []string{"play", "rubric", "site", "saban"} {
			if rest, ok := bytes.CutPrefix(line, []byte(kind+":")); ok && (kind == "saban" || len(bytes.TrimSpace(rest)) > 0) {
				return kind
			}
		}
	}
	return "saban"
}

// siteFindings checks a site file against the scenario it names.
func (a *app) siteFindings(src scenarios.Source) (scenarios.Findings, error) {
	base, err := a.scenario(topLevel(src.Bytes, "scenario"), "")
	if err != nil {
		return nil, err
	}
	site, found := scenarios.ReadSite(src, base)
	if found.Failed() {
		return found, nil
	}
	_, more := scenarios.Merge(base, site)
	return append(found, more...), nil
}

// playFindings checks a play against the scenario it names.
func (a *app) playFindings(src scenarios.Source) (scenarios.Findings, error) {
	base, err := a.scenario(topLevel(src.Bytes, "scenario"), "")
	if err != nil {
		return nil, err
	}
	_, found := scenarios.ReadPlay(src, base.Scenario)
	return found, nil
}

// topLevel finds the plain value of a top-level key.
func topLevel(text []byte, key string) string {
	for _, line := range bytes.Split(text, []byte("\n")) {
		if rest, ok := bytes.CutPrefix(line, []byte(key+":")); ok {
			rest, _, _ = bytes.Cut(rest, []byte("#"))
			return string(bytes.Trim(rest, " \t\r\"'"))
		}
	}
	return ""
}

func (a *app) printChecks(all []checked, errors, warnings int) error {
	if a.json {
		return a.printJSON(map[string]any{"files": all, "errors": errors, "warnings": warnings})
	}
	for _, c := range all {
		if len(c.Findings) > 0 {
			a.println(c.Findings.Format(a.lang))
			a.println("")
		}
		if c.OK {
			a.println(a.say("tốt   %s", "ok    %s", c.File))
		} else {
			a.println(a.say("có lỗi %s", "faulty %s", c.File))
		}
	}
	if errors+warnings > 0 {
		a.println(a.say("%d lỗi, %d cảnh báo", "%d faults, %d warnings", errors, warnings))
	}
	return nil
}
