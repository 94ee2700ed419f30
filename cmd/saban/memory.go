package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// frugal has the server share a laptop: what starting took is given back, and
// memory is collected at a quarter more than what is in use, not at twice,
// which costs a server that mostly waits next to nothing.
func frugal(ctx context.Context) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
	debug.FreeOSMemory()
	go tidy(ctx)
}

// often is how often tidy looks.
const often = 250 * time.Millisecond

// tidy collects memory in the pauses, when a quarter of what may be left lying
// is reached: it would otherwise be collected while most is allocated, which is
// while an inject goes out.
func tidy(ctx context.Context) {
	look := time.NewTicker(often)
	defer look.Stop()
	seen := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/heap/goal:bytes"}, {Name: "/memory/classes/heap/objects:bytes"}}
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		metrics.Read(seen)
		live, goal, now := seen[0].Value.Uint64(), seen[1].Value.Uint64(), seen[2].Value.Uint64()
		if goal > live && now > live+(goal-live)/4 {
			runtime.GC()
		}
	}
}
