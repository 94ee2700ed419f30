package main

import (
	"os"
	"path/filepath"
	"slices"

	"saban/scenarios"
	"saban/scenarios/check"
)

// fillBound is how hard a way to one thing is searched for.
const fillBound = check.DefaultBound / 4

// fill writes plays that come to each state, transition and inject to which no
// play does: what a trainer starts rehearsals from. Transitions go first,
// because on the way to them much else is exercised.
func (a *app) fill(c *covers, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return a.unwritable(folder, err)
	}
	for i := range c.all {
		for _, kind := range []scenarios.Thing{scenarios.Transitions, scenarios.Injects, scenarios.States} {
			for _, id := range c.all[i].missing(kind) {
				if !slices.Contains(c.all[i].missing(kind), id) {
					continue // on the way to another
				}
				if err := a.fillOne(&c.all[i], id, folder); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// missing lists what no play so far exercises.
func (c *covered) missing(kind scenarios.Thing) []string {
	for _, line := range c.cover.Coverage() {
		if line.Of == kind {
			return line.Missing
		}
	}
	return nil
}

func (a *app) fillOne(c *covered, id, folder string) error {
	play, reached, err := check.Reaching(c.file, id, check.Options{Bound: fillBound})
	if err != nil {
		return err
	}
	if !reached {
		a.talk("không tìm được cách chơi nào tới %s; gần nhất: %s", "no play was found that comes to %s; the nearest: %s", id, play.Told.In(a.lang))
		return nil
	}
	_, log, err := a.rehearse(c.file, scenarios.Source{Name: id, Bytes: []byte(play.File)})
	if err != nil {
		return err
	}
	c.cover.Add(log)
	path := filepath.Join(folder, "reach-"+unfit().ReplaceAllString(id, "-")+".yaml")
	if err := os.WriteFile(path, []byte(play.File), 0o644); err != nil {
		return a.unwritable(path, err)
	}
	a.talk("đã ghi %s: %s", "written to %s: %s", path, play.Told.In(a.lang))
	return nil
}
