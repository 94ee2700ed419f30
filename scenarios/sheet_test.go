package scenarios_test

import (
	"testing"

	"saban/scenarios"
)

func TestTimesAreReadAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct{ typed, clock, elapsed string }{
		{"7m30s", "7m30s", "7m30s"}, {"90s", "90s", "90s"},
		{"7:30", `"7:30"`, "7m30s"}, {"07:30", `"07:30"`, "7m30s"}, {"730", `"7:30"`, "7m30s"}, {"0730", `"07:30"`, "7m30s"},
		{"7:30:15", `"7:30:15"`, "7h30m15s"}, {"73015", `"7:30:15"`, "7h30m15s"}, {"7h30", `"7:30"`, "7m30s"}, {"8g05", `"8:05"`, "8m5s"},
		{"90:00", `"90:00"`, "1h30m"}, {" 8:32 ", `"8:32"`, "8m32s"}, {"0:00", `"0:00"`, "0s"},
		{"7.30", `"7.30"`, `"7.30"`}, {"7:3", `"7:3"`, `"7:3"`}, {"7:61", `"7:61"`, `"7:61"`}, {"12", `"12"`, `"12"`}, {"1234567", `"1234567"`, `"1234567"`}, {"x: [", `"x: ["`, `"x: ["`}, {"", `""`, `""`},
	} {
		if got := scenarios.TimeField("at", c.typed, false).Value; got != c.clock {
			t.Errorf("%q by the clock: %s, not %s", c.typed, got, c.clock)
		}
		if got := scenarios.TimeField("at", c.typed, true).Value; got != c.elapsed {
			t.Errorf("%q after the start: %s, not %s", c.typed, got, c.elapsed)
		}
	}
}

// Some fields of a row change, what else stands in it stays.
func TestARowChangesInPart(t *testing.T) {
	sheet, err := scenarios.OpenSheet(scenarios.Source{Bytes: []byte("paper: 1\nsteps:\n  - {at: 1m, order: 2, respond: {inject: I01, role: guard, choices: [1], boxes: {R01: [a]}}} # blue pen\n")})
	if err != nil {
		t.Fatal(err)
	}
	before := sheet.Clone()
	for _, fields := range [][]scenarios.Field{
		{{Key: "at", Value: "2m"}, {Key: "respond/choices", Value: "[2, 3]"}, scenarios.Quoted("respond/text", "x, y")},
		{{Key: "order"}, {Key: "reason"}, {Key: "respond/nothing"}},
	} {
		if err := sheet.Change(0, fields...); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := sheet.Row(0), `{at: 2m, respond: {inject: I01, role: guard, choices: [2, 3], boxes: {R01: [a]}, text: "x, y"}}`; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got, want := string(sheet.Bytes()), "paper: 1\nsteps:\n  - {at: 2m, respond: {inject: I01, role: guard, choices: [2, 3], boxes: {R01: [a]}, text: \"x, y\"}} # blue pen\n"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
	if got, want := before.Row(0), `{at: 1m, order: 2, respond: {inject: I01, role: guard, choices: [1], boxes: {R01: [a]}}}`; got != want {
		t.Errorf("the copy has changed too: %s", got)
	}
}
