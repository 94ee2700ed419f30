package engine_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"saban/engine"
)

const layout = "2006-01-02T15:04:05.000Z"

// written is the wall clock of an event as its line has it.
func written(ms int64) string {
	e := engine.Event{Seq: 1, Type: engine.Noted, Recorded: ms}
	_, rest, _ := strings.Cut(string(e.AppendJSON(nil)), `"recorded":"`)
	text, _, _ := strings.Cut(rest, `"`)
	return text
}

func readBack(text string) (int64, error) {
	var e engine.Event
	err := e.UnmarshalJSON([]byte(`{"seq":1,"type":"noted","at":0,"recorded":"` + text + `"}`))
	return e.Recorded, err
}

// sameAsTime compares with package time, both ways.
func sameAsTime(t interface{ Fatalf(string, ...any) }, ms int64) {
	want := time.UnixMilli(ms).UTC().Format(layout)
	if got := written(ms); got != want {
		t.Fatalf("%d is written %s, want %s", ms, got, want)
	}
	if back, err := readBack(want); err != nil || back != ms {
		t.Fatalf("%s is read as %d (%v), want %d", want, back, err, ms)
	}
}

func TestWallClockIsThatOfPackageTime(t *testing.T) {
	for day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 10_000; day = day.AddDate(0, 0, 1) {
		if day.Day() == 1 || day.Month() == time.February && day.Day() > 27 || day.Year() > 1960 && day.Year() < 2110 {
			sameAsTime(t, day.UnixMilli())
			sameAsTime(t, day.UnixMilli()-1+86_400_000)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		sameAsTime(t, rapid.Int64Range(-62_167_219_200_000, 253_402_300_799_999).Draw(t, "ms"))
	})
	for _, ms := range []int64{-62_167_219_200_001, 253_402_300_800_000, math.MaxInt32 * 86_400_000} {
		if want := time.UnixMilli(ms).UTC().Format(layout); written(ms) != want {
			t.Errorf("%d is written %s, want %s", ms, written(ms), want)
		}
	}
}

func TestWallClockThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "2026", "2026-01-31T08:00:00Z", "2026-01-31 08:00:00.000Z", "2026-01-31T08:00:00.000z", "2026-01-31T08:00:00,000Z", "2026-1-31T08:00:00.0000Z",
		"2026-00-31T08:00:00.000Z", "2026-13-31T08:00:00.000Z", "2026-01-00T08:00:00.000Z", "2026-01-32T08:00:00.000Z", "2026-02-29T08:00:00.000Z",
		"2100-02-29T08:00:00.000Z", "2026-04-31T08:00:00.000Z", "2026-01-31T24:00:00.000Z", "2026-01-31T08:60:00.000Z", "2026-01-31T08:00:60.000Z",
		"-026-01-31T08:00:00.000Z", "2026-01-31T08:00:00.00xZ", "2026-01-31T+8:00:00.000Z",
	} {
		if ms, err := readBack(text); err == nil {
			t.Errorf("%q is read as %d", text, ms)
		}
	}
}
