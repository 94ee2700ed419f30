package main

import (
	"testing"

	"saban/engine"
)

func BenchmarkLadder(b *testing.B) {
	for _, one := range []struct {
		name, fact string
		stuck      bool
	}{{"done", "done", false}, {"inject", "inject", false}, {"missed", "missed", false}, {"still", "done", true}} {
		b.Run(one.name, func(b *testing.B) {
			c, err := engine.Compile(ladder(one.fact, one.stuck))
			if err != nil {
				b.Fatal(err)
			}
			cl := &climber{drill: engine.NewDrill(c), fact: one.fact, moves: !one.stuck}
			ns, err := cl.run(b.N)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(ns, "ns/step")
		})
	}
	b.Run("bare", func(b *testing.B) {
		bareMachine()(b.N)
	})
}

func BenchmarkDrill(b *testing.B) {
	s, err := openShipped()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if err := s.conduct(b.N); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkReplay(b *testing.B) {
	s, err := openShipped()
	if err != nil {
		b.Fatal(err)
	}
	log, n, err := s.longLog(20000)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if err := s.replay(log, n); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N*n), "ns/event")
}
