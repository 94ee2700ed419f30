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

const crowd = 1000 // phones

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
	if !t.wants("5") && !t.wants("7") {
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
	var out bytes.Buffer
	play := exec.Command(load, "--json", "--bare", "--phones", fmt.Sprint(crowd), "--injects", fmt.Sprint(rounds))
	play.Stdout, play.Stderr = &out, os.Stderr
	if err := play.Run(); err != nil {
		return fmt.Errorf("the load client: %w %s", err, out.Bytes())
	}
	var p played
	if err := json.Unmarshal(out.Bytes(), &p); err != nil {
		return err
	}
	if p.Lost > 0 || p.Bare.P50 == 0 {
		return errors.New("not everything arrived: " + out.String())
	}
	p.rows(t)
	return nil
}

func (p *played) rows(t *table) {
	ms := 1e6
	t.add(row{Goal: "5a", Work: fmt.Sprintf("a durable inject to the last of %d phones", crowd), Yardstick: "bare net/http SSE, nothing kept", Unit: "ns",
		Ours: p.Quiet.P50 * ms, Theirs: p.Bare.P50 * ms, Ratio: p.Quiet.P50 / p.Bare.P50, Best: p.Quiet.Min / p.Bare.Min, Limit: 1})
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
