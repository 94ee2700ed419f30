package main

import (
	"bytes"
	"strings"

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

// checks is what check prints as JSON.
type checks struct {
	Files    []checked `json:"files"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
}

func (a *app) checkCmd() *cobra.Command {
	var site, rubric string
	var strict bool
	cmd := &cobra.Command{
		Use:   "check " + a.say("[KỊCH_BẢN | TỆP …]", "[SCENARIO | FILE …]"),
		Short: a.say("tìm lỗi trong kịch bản, cơ sở, thang điểm, tệp chạy thử", "find what is wrong with scenario, site, rubric and play files"),
		Long: a.say("Không nêu gì thì kiểm tra mọi kịch bản có sẵn. Mã thoát 2 khi có lỗi; cảnh báo chỉ tính khi có --strict.",
			"Without an argument all shipped scenarios are checked. Exit code 2 for faults; warnings count under --strict only."),
		Example:           "  saban check\n  saban check my-market.yaml --site my-site.yaml\n  saban check --strict bomb-threat",
		ValidArgsFunction: shippedIDs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = scenarios.Shipped()
			}
			return a.check(args, site, rubric, strict)
		},
	}
	cmd.Flags().StringVar(&site, "site", "", a.say("`tệp` cơ sở đặt lên các kịch bản", "site `file` to lay over the scenarios"))
	cmd.Flags().StringVar(&rubric, "rubric", "", a.say("`tệp` thang điểm kiểm tra cùng", "rubric `file` to check along"))
	cmd.Flags().BoolVar(&strict, "strict", false, a.say("cảnh báo cũng là lỗi", "warnings are faults too"))
	return cmd
}

func (a *app) check(names []string, site, rubric string, strict bool) error {
	var sources []scenarios.Source
	for _, name := range append(names, optional(rubric)...) {
		src, err := a.source(name)
		if err != nil {
			return err
		}
		sources = append(sources, src)
	}
	all := []checked{}
	errors, warnings := 0, 0
	bases := basesIn(sources)
	for _, src := range sources {
		found, err := a.findings(src, site, bases)
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

// basesIn reads the sound scenarios among some files, by id: what sites and
// plays beside them are checked against.
func basesIn(sources []scenarios.Source) map[string]*scenarios.File {
	bases := map[string]*scenarios.File{}
	for _, src := range sources {
		if kindOfFile(src.Bytes) != "saban" {
			continue
		}
		if file, found := scenarios.ReadScenario(src); !found.Failed() {
			bases[file.Scenario.ID] = file
		}
	}
	return bases
}

// findings checks one file by what its first key says it is.
func (a *app) findings(src scenarios.Source, site string, bases map[string]*scenarios.File) (scenarios.Findings, error) {
	kind := kindOfFile(src.Bytes)
	switch kind {
	case "play", "site":
		base, found := baseOf(src, bases)
		if base == nil {
			return found, nil
		}
		if kind == "site" {
			return siteFindings(src, base), nil
		}
		_, found = scenarios.ReadPlay(src, base.Scenario)
		return found, nil
	case "rubric":
		_, found := scenarios.ReadRubric(src)
		return found, nil
	}
	file, found := scenarios.ReadScenario(src)
	if site == "" || found.Failed() {
		return found, nil
	}
	overlay, err := a.readFile(site)
	if err != nil {
		return nil, err
	}
	return append(found, siteFindings(overlay, file)...), nil
}

// siteFindings checks a site file and what it makes of its scenario.
func siteFindings(src scenarios.Source, base *scenarios.File) scenarios.Findings {
	site, found := scenarios.ReadSite(src, base)
	if found.Failed() {
		return found
	}
	_, more := scenarios.Merge(base, site)
	return append(found, more...)
}

// kindOfFile looks for the top-level key that names a file's kind.
func kindOfFile(text []byte) string {
	for _, kind := range []string{"saban", "play", "site", "rubric"} {
		// A scenario has site: and rubric: too, but with keys below them.
		if value, _, there := topLevel(text, kind); there && strings.IndexAny(value, "0123456789") == 0 {
			return kind
		}
	}
	return "saban"
}

// baseOf finds the scenario that a site or a play names: among the files
// checked along, or a shipped one.
func baseOf(src scenarios.Source, bases map[string]*scenarios.File) (*scenarios.File, scenarios.Findings) {
	id, line, there := topLevel(src.Bytes, "scenario")
	if base := bases[id]; base != nil {
		return base, nil
	}
	if shipped, err := scenarios.Open(id); err == nil {
		base, found := scenarios.ReadScenario(shipped)
		if !found.Failed() {
			return base, nil
		}
	}
	fault := scenarios.Finding{File: src.Name, Line: 1, Col: 1, Severity: scenarios.Error, Code: scenarios.MissingKey,
		Text: engine.Both("thiếu khóa scenario", "key scenario is missing"), Hint: engine.Both("thêm scenario: cùng mã kịch bản", "add scenario: with the id of a scenario")}
	if there {
		fault.Line, fault.Code = line, scenarios.WrongScenario
		fault.Excerpt = "scenario: " + id
		fault.Width = columns(fault.Excerpt)
		fault.Text = engine.Both("không có kịch bản %q để kiểm tra cùng", "there is no scenario %q to check it against", id)
		fault.Hint = engine.Both("nêu cả tệp kịch bản: saban check KỊCH_BẢN.yaml %s", "name the scenario's file too: saban check SCENARIO.yaml %s", src.Name)
	}
	return nil, scenarios.Findings{fault}
}

// topLevel finds a top-level key with a plain value, and its line.
func topLevel(text []byte, key string) (value string, line int, there bool) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	for i, row := range bytes.Split(text, []byte("\n")) {
		if rest, ok := bytes.CutPrefix(row, []byte(key+":")); ok {
			rest, _, _ = bytes.Cut(rest, []byte("#"))
			if value = string(bytes.Trim(rest, " \t\r\"'")); value != "" {
				return value, i + 1, true
			}
		}
	}
	return "", 0, false
}

func (a *app) printChecks(all []checked, errors, warnings int) error {
	if a.json {
		return a.printJSON(checks{all, errors, warnings})
	}
	for _, c := range all {
		if len(c.Findings) > 0 {
			a.println(c.Findings.Format(a.lang))
			a.println("")
		}
		if c.OK {
			a.println(a.say("tốt     %s", "ok      %s", c.File))
		} else {
			a.println(a.say("có lỗi  %s", "faulty  %s", c.File))
		}
	}
	if errors+warnings > 0 {
		a.println(a.say("%d lỗi, %d cảnh báo", "faults: %d, warnings: %d", errors, warnings))
	}
	return nil
}
