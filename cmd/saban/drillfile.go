package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// played is a drill as read back from its file: nothing else is needed.
type played struct {
	file     *store.DrillFile
	scenario *scenarios.File
	rubric   scoring.Rubric
}

// openDrill reads a drill file and what is pinned in it.
func (a *app) openDrill(path string) (*played, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, a.unreadable(path, err)
	}
	defer f.Close()
	file, err := store.Read(f, store.Limits{})
	var torn *store.Problem
	if errors.As(err, &torn) && file != nil && file.Lines > 0 && torn.Torn {
		a.talk("%s: %s; dùng phần nguyên vẹn", "%s: %s; using what is whole", path, torn.In(a.lang))
		err = nil
	}
	if err != nil {
		return nil, a.brokenDrill(path, err)
	}
	return a.unpin(path, file)
}

// openQuietly opens a drill file for completion, which says nothing.
func (a *app) openQuietly(path string) (*played, error) {
	quiet := *a
	quiet.err = io.Discard
	return quiet.openDrill(path)
}

func (a *app) brokenDrill(path string, err error) error {
	var p *store.Problem
	if errors.As(err, &p) {
		hint := engine.Both("xem saban verify %s", "see saban verify %s", path)
		return &failure{code: exitFaults, text: engine.Text{VI: path + ": " + p.In(engine.VI), EN: path + ": " + p.In(engine.EN)}, hint: hint, cause: err}
	}
	return a.unreadable(path, err)
}

// unpin reads the scenario, site and rubric a drill was played under.
func (a *app) unpin(path string, file *store.DrillFile) (*played, error) {
	h := &file.Header
	if h.Engine != engine.Version {
		a.talk("%s: chạy bằng engine %s, bản này là %s; kết quả có thể khác", "%s: played by engine %s, this is %s; the result may differ", path, h.Engine, engine.Version)
	}
	base, err := a.pinned(h)
	if err != nil {
		return nil, err
	}
	p := &played{file: file, scenario: base}
	if err := json.Unmarshal([]byte(h.Rubric.Bytes), &p.rubric); err != nil {
		return nil, cannot(err, engine.Both("%s: không đọc được thang điểm kèm theo", "%s: the pinned rubric cannot be read", path), engine.Text{})
	}
	return p, nil
}

// pinned compiles the scenario of a drill as it was fitted to its site, once
// for all the drills of one call that played the very same.
func (a *app) pinned(h *store.Header) (*scenarios.File, error) {
	key := h.Scenario.SHA256
	if h.Site != nil {
		key += h.Site.SHA256
	}
	if file := a.compiled[key]; file != nil {
		return file, nil
	}
	base, findings := scenarios.ReadScenario(scenarios.Source{Name: h.Scenario.Name, Bytes: []byte(h.Scenario.Bytes)})
	if err := a.refuse(findings); err != nil {
		return nil, err
	}
	if h.Site != nil {
		site, findings := scenarios.ReadSite(scenarios.Source{Name: h.Site.Name, Bytes: []byte(h.Site.Bytes)}, base)
		if err := a.refuse(findings); err != nil {
			return nil, err
		}
		if base, findings = scenarios.Merge(base, site); findings.Failed() {
			return nil, a.refuse(findings)
		}
	}
	if a.compiled == nil {
		a.compiled = map[string]*scenarios.File{}
	}
	a.compiled[key] = base
	return base, nil
}

// score computes the scorecard of a drill under a rubric.
func (p *played) score(rubric scoring.Rubric) scoring.Scorecard {
	card := scoring.Score(p.scenario.Scenario, rubric, p.file.Events)
	card.Scenario.SHA256 = p.file.Header.Scenario.SHA256
	return card
}

// scored is a scorecard with what proves it: the head hash of its drill file.
type scored struct {
	scoring.Scorecard
	Head string `json:"head,omitempty"`
}
