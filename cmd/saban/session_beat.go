package main

import (
	"encoding/json"
	"os"

	"saban/engine"
	"saban/store"
)

// beatPath is where the heartbeat of a drill file lies.
func beatPath(path string) string { return path + ".beat" }

// beat is the heartbeat as it lies on disk.
type beat struct {
	At   engine.Millis `json:"at"`
	Wall int64         `json:"wall"`
}

// Beat writes the present moment beside the file, whole or not at all. It is
// not synced: a crash of the machine may cost a second of the drill.
func (f *drillFile) Beat(b store.Beat) error {
	text, err := json.Marshal(beat(b))
	if err != nil {
		return err
	}
	path := beatPath(f.path)
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// After finds nothing that is not known: a line that could not be written is
// taken back.
func (*drillFile) After(int64) ([]engine.Event, error) { return nil, nil }

// lastBeat reads the heartbeat of a drill file; one that cannot be right is
// none.
func lastBeat(path string) store.Beat {
	var b beat
	text, err := os.ReadFile(beatPath(path))
	if err != nil || json.Unmarshal(text, &b) != nil || b.At < 0 || b.At > engine.MaxDuration {
		return store.Beat{}
	}
	return store.Beat(b)
}
