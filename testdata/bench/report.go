package main

import (
	"bytes"
	"io"
	"runtime"
	"runtime/metrics"
	"time"

	"saban/engine"
	"saban/report"
	"saban/report/pdf"
	"saban/scoring"
	"saban/store"
)

const (
	reported     = 1000 // events
	reportRounds = 5
	reportLimit  = 1500 * time.Millisecond
	reportRoom   = 150.0 // MB
)

// reporting measures row 8: the report of a long drill as PDF, from its lines
// to the bytes, beside what a person is willing to wait for. Memory is the
// largest heap on the way, rubbish not yet collected included.
func reporting(t *table) error {
	if !t.wants("8") {
		return nil
	}
	s, err := openShipped()
	if err != nil {
		return err
	}
	file, _, err := s.longLog(reported)
	if err != nil {
		return err
	}
	var times, room result
	for range reportRounds {
		runtime.GC()
		stop := heap()
		began := time.Now()
		if err := s.report(file); err != nil {
			return err
		}
		times.ours, times.theirs = append(times.ours, float64(time.Since(began))), append(times.theirs, float64(reportLimit))
		room.ours, room.theirs = append(room.ours, float64(stop())/1e6), append(room.theirs, reportRoom)
	}
	t.add(times.row(row{Goal: "8a", Work: "report of 1,000 events as PDF", Yardstick: "1.5 s", Limit: 1}))
	memory := room.row(row{Goal: "8b", Work: "memory held for it", Yardstick: "150 MB", Limit: 1})
	memory.Unit = "MB"
	t.add(memory)
	return nil
}

func (s *shipped) report(file []byte) error {
	log, err := store.Read(bytes.NewReader(file), roomy)
	if err != nil {
		return err
	}
	card := scoring.Score(s.scenario, scoring.Default(), log.Events)
	d := report.Document(report.Build(s.scenario, card, log.Events, report.Meta{Drill: log.Header.Drill, Head: log.Head, Closed: log.Closed}), engine.VI)
	return pdf.Write(io.Discard, d)
}

// heap watches how large the heap becomes until it is stopped.
func heap() (stop func() uint64) {
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		peak := uint64(0)
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-done:
				most <- peak
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(done); return <-most }
}
