package main

import (
	"bytes"
	"strings"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

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

// checkFile checks one file by what its first key says it is.
func checkFile(src scenarios.Source, overlay *scenarios.Source, bases map[string]*scenarios.File, quick bool) checked {
	one := checked{File: src.Name, Silenced: []check.Silenced{}}
	switch kind := kindOfFile(src.Bytes); kind {
	case "play", "site", "paper":
		base, found := baseOf(src, bases)
		switch {
		case base == nil:
			one.Findings = found
		case kind == "site":
			_, one.Findings = siteFindings(src, base)
		case kind == "paper":
			_, one.Findings = scenarios.ReadDraft(src, base.Scenario)
		default:
			_, one.Findings = scenarios.ReadPlay(src, base.Scenario)
		}
	case "rubric":
		_, one.Findings = scenarios.ReadRubric(src)
	case "agency":
		_, one.Findings = scenarios.ReadAgency(src)
	case "aar":
		_, one.Findings = scenarios.ReadAAR(src)
	default:
		one.scenario(src, overlay, quick)
	}
	one.Findings = append(scenarios.Findings{}, one.Findings...)
	return one
}

// scenario checks a scenario, with the site laid over it if there is one.
func (c *checked) scenario(src scenarios.Source, overlay *scenarios.Source, quick bool) {
	file, found := scenarios.ReadScenario(src)
	if c.Findings = found; found.Failed() {
		return
	}
	var ofSite scenarios.Findings
	if overlay != nil {
		c.site = overlay.Name
		if file, ofSite = siteFindings(*overlay, file); file == nil {
			c.Findings = append(found, ofSite...)
			return
		}
	}
	report := check.Scenario(file, check.Options{Shallow: quick})
	c.Findings = append(report.Findings, ofSite...).Sorted()
	c.Silenced = append(c.Silenced, report.Silenced...)
	if !quick {
		c.Explored = &report.Explored
	}
	for _, one := range c.Findings {
		c.about = append(c.about, file.About(one))
		c.told = append(c.told, check.Tell(file, one))
	}
}

// siteFindings checks a site file and what it makes of its scenario, which
// is nil with an error among the findings.
func siteFindings(src scenarios.Source, base *scenarios.File) (*scenarios.File, scenarios.Findings) {
	site, found := scenarios.ReadSite(src, base)
	if found.Failed() {
		return nil, found
	}
	merged, more := scenarios.Merge(base, site)
	if found = append(found, more...); found.Failed() {
		return nil, found
	}
	return merged, found
}

// kindOfFile looks for the top-level key that names a file's kind.
func kindOfFile(text []byte) string {
	for _, kind := range []string{"saban", "play", "site", "rubric", "agency", "aar", "paper"} {
		// A scenario has site: and rubric: too, but with keys below them.
		if value, _, there := topLevel(text, kind); there && strings.IndexAny(value, "0123456789") == 0 {
			return kind
		}
	}
	return "saban"
}

// baseOf finds the scenario that a site, a play or a draft names: among the files
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
