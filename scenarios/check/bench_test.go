package check_test

import (
	"testing"

	"saban/scenarios"
	"saban/scenarios/check"
)

// BenchmarkExplore is what it costs to look at a config: to fork a drill,
// have the engine go on from there and see whether it was known.
func BenchmarkExplore(b *testing.B) {
	src, err := scenarios.Open("bomb-threat")
	if err != nil {
		b.Fatal(err)
	}
	f := read(b, src)
	configs := 0
	b.ReportAllocs()
	for b.Loop() {
		configs += check.Scenario(f, check.Options{Bound: 50_000}).Explored.Configs
	}
	b.ReportMetric(float64(configs)/b.Elapsed().Seconds(), "configs/s")
}
