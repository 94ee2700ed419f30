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

// rescoring measures row 6b: what scoring an archive of drills under another
// rubric adds to decoding it with encoding/json.
func rescoring(t *table) error {
	if !t.wants("6b") {
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
	res, err := race(5, 200*time.Millisecond, timed(ours), timed(theirs))
	if err != nil {
		return err
	}
	per, err := allocs(archived, ours)
	if err != nil {
		return err
	}
	t.add(res.row(row{Goal: "6b", Work: fmt.Sprintf("an archived drill scored again, of %d", archived), Yardstick: "encoding/json alone", Limit: 1, Allocs: per}))
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
