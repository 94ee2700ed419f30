package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

const archived = 1000

// rescoring measures what scoring an archive of drills under another rubric
// adds to decoding it with encoding/json (row 6b), and what the whole of it
// costs beside that, from the bytes of the files (row 6c).
func rescoring(t *table) error {
	if !t.wants("6b") && !t.wants("6c") {
		return nil
	}
	s, err := openShipped()
	if err != nil {
		return err
	}
	files, err := s.archive()
	if err != nil {
		return err
	}
	logs := make([][]engine.Event, len(files))
	for i, file := range files {
		read, err := store.Read(bytes.NewReader(file), store.Limits{})
		if err != nil {
			return err
		}
		logs[i] = read.Events
	}
	scorer := scoring.NewScorer(s.scenario, scoring.Default())
	ours := func(n int) error {
		for i := range n {
			if err := rescore(scorer, logs[i%len(logs)]); err != nil {
				return err
			}
		}
		return nil
	}
	theirs := func(n int) error {
		for i := range n {
			if err := decodeFile(files[i%len(files)]); err != nil {
				return err
			}
		}
		return nil
	}
	whole := func(n int) error {
		known := map[string]*scenarios.File{}
		for i := range n {
			if err := scoreFile(files[i%len(files)], known); err != nil {
				return err
			}
		}
		return nil
	}
	for _, one := range []struct {
		goal, work string
		ours       func(int) error
	}{
		{"6b", "an archived drill scored again, of %d", ours},
		{"6c", "the same from its file: read, every hash checked, scored, of %d", whole},
	} {
		if !t.wants(one.goal) {
			continue
		}
		res, err := race(5, 500*time.Millisecond, timed(one.ours), timed(theirs))
		if err != nil {
			return err
		}
		per, err := allocs(archived, one.ours)
		if err != nil {
			return err
		}
		t.add(res.row(row{Goal: one.goal, Work: fmt.Sprintf(one.work, archived), Yardstick: "encoding/json alone", Limit: 1, Allocs: per}))
	}
	return nil
}

// scoreFile scores a drill file as the command line does: what is pinned in it
// is compiled when it is first met.
func scoreFile(file []byte, known map[string]*scenarios.File) error {
	read, err := store.Read(bytes.NewReader(file), store.Limits{})
	if err != nil {
		return err
	}
	pin := &read.Header.Scenario
	if known[pin.SHA256] == nil {
		compiled, found := scenarios.ReadScenario(scenarios.Source{Name: pin.Name, Bytes: []byte(pin.Bytes)})
		if found.Failed() {
			return errors.New(found.Format(engine.EN))
		}
		known[pin.SHA256] = compiled
	}
	if card := scoring.Score(known[pin.SHA256].Scenario, scoring.Default(), read.Events); card.Provisional || card.Total == nil {
		return errors.New("the drill is not whole")
	}
	return nil
}

// archive writes the rehearsals of a scenario as drill files, over and over.
func (s *shipped) archive() ([][]byte, error) {
	var plays [][]byte
	for _, src := range scenarios.Rehearsals(shippedID) {
		play, found := scenarios.ReadPlay(src, s.scenario)
		if found.Failed() {
			return nil, errors.New(found.Format(engine.EN))
		}
		conduct, err := scenarios.Rehearse(s.compiled, play)
		if err != nil {
			return nil, err
		}
		var file bytes.Buffer
		w, err := store.NewWriter(&file, store.Header{Engine: engine.Version, Drill: src.Name, Scenario: store.Pin(s.source.Name, s.source.Bytes), Rubric: store.Pin("rubric", nil)})
		if err != nil {
			return nil, err
		}
		if err := w.Append(conduct.Log); err != nil {
			return nil, err
		}
		if _, err := w.Close(); err != nil {
			return nil, err
		}
		plays = append(plays, file.Bytes())
	}
	files := make([][]byte, archived)
	for i := range files {
		files[i] = bytes.Clone(plays[i%len(plays)])
	}
	return files, nil
}

func rescore(scorer *scoring.Scorer, log []engine.Event) error {
	scorer.Reset()
	for i := range log {
		scorer.Add(&log[i])
	}
	if card := scorer.Figures(); card.Provisional || card.Total == nil {
		return errors.New("the drill is not whole")
	}
	return nil
}

func decodeFile(file []byte) error {
	lines := bytes.Split(bytes.TrimSuffix(file, []byte("\n")), []byte("\n"))
	var header store.Header
	if err := json.Unmarshal(lines[0], &header); err != nil {
		return err
	}
	return decodePlain(lines[1 : len(lines)-1])
}
