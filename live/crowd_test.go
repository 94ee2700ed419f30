package live_test

import (
	"fmt"
	"testing"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/scoring"
)

// crowded is a room with so many phones in it, while a shipped scenario runs.
func crowded(tb testing.TB, phones int) *live.Room {
	tb.Helper()
	src, err := scenarios.Open("bomb-threat")
	if err != nil {
		tb.Fatal(err)
	}
	file, found := scenarios.ReadScenario(src)
	if err := found.Err(); err != nil {
		tb.Fatal(err)
	}
	room, err := live.Open(live.Config{Game: file.Compiled, Rubric: scoring.Default(), Log: &disk{}, Time: (&clock{}).piece()}, 7)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := room.StartEx(engine.Start{Led: true}, "f", "start"); err != nil {
		tb.Fatal(err)
	}
	for i := range phones {
		room.Here(fmt.Sprint("d", i), fmt.Sprint("p", i), []string{"switchboard"})
	}
	return room
}

// act is one act of a phone, with the look it needs before.
func act(tb testing.TB, room *live.Room, n int) {
	if room.Peek().Phase != "running" {
		tb.Fatal("the drill does not run")
	}
	if _, err := room.Do(note(fmt.Sprint("note-", n))); err != nil {
		tb.Fatal(err)
	}
}

func TestAnActTakesNoMoreInARoomOfAThousand(t *testing.T) {
	allocs := map[int]float64{}
	for _, phones := range []int{10, 1000} {
		room, n := crowded(t, phones), 0
		allocs[phones] = testing.AllocsPerRun(200, func() { n++; act(t, room, n) })
	}
	if allocs[1000] > allocs[10]+5 {
		t.Errorf("allocations of an act, by how many phones are there: %v", allocs)
	}
}

func BenchmarkAct(b *testing.B) {
	for _, phones := range []int{20, 1000} {
		b.Run(fmt.Sprint(phones, " phones"), func(b *testing.B) {
			room := crowded(b, phones)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n++
				act(b, room, n)
			}
		})
	}
}
