package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// How many phones there are: in all figures, and in one more.
const (
	crowd  = 1000
	throng = 5000
)

// played is what the load client measured.
type played struct {
	Quiet  spread `json:"quiet_last_ms"`
	Bare   spread `json:"bare_last_ms"`
	Lost   int    `json:"lost"`
	IdleKB int    `json:"idle_kb"`
	FullKB int    `json:"full_kb"`

	IdleOwnKB int `json:"idle_own_kb"`
	FullOwnKB int `json:"full_own_kb"`
}

type spread struct {
	Min float64 `json:"min"`
	P50 float64 `json:"p50"`
}

// serving measures row 5 and the memory of row 7: the real server with its
// phones, beside a bare server of events with as many, released in turn.
func serving(t *table) error {
	large := t.wants("5a") || t.wants("5b") || t.wants("7b") || t.wants("7c")
	if !large && !t.asked("5c") {
		return nil
	}
	dir, err := os.MkdirTemp("", "saban-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	load := filepath.Join(dir, "load")
	build := exec.Command("go", "build", "-o", load, "./testdata/load")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	if large {
		p, err := play(load, crowd)
		if err != nil {
			return err
		}
		t.add(p.reaches("5a", crowd))
		p.sizes(t)
	}
	if t.wants("5c") {
		const files = 3*throng + 500 // a stream and what it says for each of ours, a stream for each of theirs
		if !mayOpen(files) {
			t.add(row{Goal: "5c", Work: told(throng), Yardstick: bare, Limit: 1, Skipped: fmt.Sprintf("a process may not open %d files here: see ulimit -Hn", files)})
			return nil
		}
		p, err := play(load, throng)
		if err != nil {
			return err
		}
		t.add(p.reaches("5c", throng))
	}
	return nil
}

// play has so many phones play.
func play(load string, phones int) (p played, err error) {
	var out bytes.Buffer
	run := exec.Command(load, "--json", "--bare", "--phones", fmt.Sprint(phones), "--injects", fmt.Sprint(rounds))
	run.Stdout, run.Stderr = &out, os.Stderr
	if err := run.Run(); err != nil {
		return p, fmt.Errorf("the load client: %w %s", err, out.Bytes())
	}
	if err := json.Unmarshal(out.Bytes(), &p); err != nil {
		return p, err
	}
	if p.Lost > 0 || p.Bare.P50 == 0 {
		return p, errors.New("not everything arrived: " + out.String())
	}
	return p, nil
}

const bare = "bare net/http SSE, nothing kept"

func told(phones int) string { return fmt.Sprintf("a durable inject to the last of %d phones", phones) }

func (p *played) reaches(goal string, phones int) row {
	const ms = 1e6
	return row{Goal: goal, Work: told(phones), Yardstick: bare, Unit: "ns",
		Ours: p.Quiet.P50 * ms, Theirs: p.Bare.P50 * ms, Ratio: p.Quiet.P50 / p.Bare.P50, Best: p.Quiet.Min / p.Bare.Min, Limit: 1}
}

func (p *played) sizes(t *table) {
	t.add(holding("5b", "memory a phone, the program's own pages apart", float64(p.FullOwnKB-p.IdleOwnKB)/crowd, 30, "KB"))
	t.add(holding("7b", "idle server, resident", float64(p.IdleKB)/1024, 30, "MB"))
	t.add(holding("7c", fmt.Sprintf("server with %d phones, resident", crowd), float64(p.FullKB)/1024, 70, "MB"))
}

// holding is a row whose yardstick is a fixed size.
func holding(goal, work string, ours, most float64, unit string) row {
	skipped := ""
	if ours == 0 {
		skipped = "this system does not say how much memory a process holds"
	}
	return row{Skipped: skipped, Goal: goal, Work: work, Yardstick: "the size set", Unit: unit, Ours: ours, Theirs: most, Ratio: ours / most, Best: ours / most, Limit: 1}
}
