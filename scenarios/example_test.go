package scenarios_test

import (
	"fmt"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// A mistake is shown where it was made, with what to try.
func ExampleReadScenario() {
	text := `saban: 1
id: gate
title: {vi: Cổng chính, en: Main gate}
duration: 30m
review: {by: Ban biên soạn, date: "2026-01-05"}
roles:
  guard: {title: {vi: Bảo vệ, en: Guard}}
injects:
  - id: I01
    at: 5m
    chanel: radio
    to: [gaurd]
    text: {vi: Có xe lạ trước cổng, en: A strange car at the gate}
    expects:
      - {id: R01, by: guard, target: 60s, limit: 3m, capability: NB, do: {vi: Báo cáo, en: Report}}
`
	_, found := scenarios.ReadScenario(scenarios.Source{Name: "gate.yaml", Bytes: []byte(text)})
	fmt.Println(found.Format(engine.EN))
	// Output:
	// gate.yaml:11:5: there is no key "chanel" [SB011]
	//        chanel: radio
	//        ^^^^^^
	//    hint: did you mean channel?
	//
	// gate.yaml:12:10: there is no role gaurd [SB105]
	//        to: [gaurd]
	//             ^^^^^
	//    hint: did you mean guard?
}

// A shipped scenario is played by a script and held against what it expects.
func ExampleRehearse() {
	src, _ := scenarios.Open("bomb-threat")
	file, _ := scenarios.ReadScenario(src)
	script := scenarios.Source{Name: "silent.yaml", Bytes: []byte(`play: 1
scenario: bomb-threat
expect: {score: 0, grade: fail}
`)}
	play, _ := scenarios.ReadPlay(script, file.Scenario)
	conduct, err := scenarios.Rehearse(file.Compiled, play)
	card := scoring.Score(file.Scenario, scoring.Default().With(file.Rubric), conduct.Log)
	fmt.Println(err, card.Total, len(play.Judge(card, conduct.Log)))
	// Output: <nil> 0.00 0
}
