package store

import "saban/engine"

// Beat is how far exercise time had come at a moment of real time.
type Beat struct {
	At   engine.Millis `json:"at"`
	Wall int64         `json:"wall"`
}
