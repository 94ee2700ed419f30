package main

import (
	"fmt"
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// covered is what the plays of one scenario exercise of it.
type covered struct {
	Scenario string               `json:"scenario"`
	Plays    int                  `json:"plays"`
	Things   []scenarios.Coverage `json:"things"`

	cover *scenarios.Cover
	file  *scenarios.File
}

// covers gathers coverage by scenario, in the order they come up. The zero
// value is ready.
type covers struct{ all []covered }

func (c *covers) of(file *scenarios.File) *covered {
	for i := range c.all {
		if c.all[i].Scenario == file.Scenario.ID {
			return &c.all[i]
		}
	}
	c.all = append(c.all, covered{Scenario: file.Scenario.ID, cover: scenarios.NewCover(file.Scenario), file: file})
	return &c.all[len(c.all)-1]
}

func (c *covers) add(file *scenarios.File, log []engine.Event) {
	one := c.of(file)
	one.Plays++
	one.cover.Add(log)
}

// finish works out the tables and says how many things no play exercises.
func (c *covers) finish() (gaps int) {
	for i := range c.all {
		one := &c.all[i]
		one.Things = one.cover.Coverage()
		for _, line := range one.Things {
			gaps += len(line.Missing)
		}
	}
	return gaps
}

func (a *app) printCovers(c *covers) {
	for _, one := range c.all {
		a.println("")
		a.println(a.bold(a.say("%s: %d tệp chạy thử", "%s: %d rehearsals", one.Scenario, one.Plays)))
		rows := make([][]string, len(one.Things))
		for i, line := range one.Things {
			missing := "–"
			if len(line.Missing) > 0 {
				missing = strings.Join(line.Missing, ", ")
			}
			rows[i] = []string{line.Of.Title().In(a.lang), fmt.Sprintf("%d/%d", line.Exercised, line.All), fmt.Sprintf("%d%%", 100*line.Exercised/line.All), missing}
		}
		a.table([]column{{title: ""}, {title: a.say("đã thử", "exercised"), right: true}, {title: "", right: true}, {title: a.say("chưa thử", "not exercised")}}, rows)
	}
}
