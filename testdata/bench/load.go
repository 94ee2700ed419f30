package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
	"saban/scenarios"
)

// loading measures row 3: a scenario read, checked and compiled.
func loading(t *table) error {
	s, err := openShipped()
	if err != nil {
		return err
	}
	if t.wants("3a") {
		decode := timed(func(n int) error {
			for range n {
				var node yaml.Node
				if err := yaml.Unmarshal(s.source.Bytes, &node); err != nil {
					return err
				}
			}
			return nil
		})
		res, err := race(rounds, 2*span, timed(reading(s.source)), decode)
		if err != nil {
			return err
		}
		per, err := allocs(5, reading(s.source))
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%s (%d KiB) read, checked, compiled", s.source.Name, len(s.source.Bytes)>>10)
		t.add(res.row(row{Goal: "3a", Work: name, Yardstick: "yaml.v3 to Node", Limit: 3, Allocs: per}))
	}
	for i, times := range []int{2, 4} {
		goal := "3" + string(rune('b'+i))
		if !t.wants(goal) {
			continue
		}
		if err := s.inSize(t, goal, times); err != nil {
			return err
		}
	}
	return nil
}

func reading(source scenarios.Source) func(n int) error {
	return func(n int) error {
		for range n {
			if file, found := scenarios.ReadScenario(source); file == nil || file.Compiled == nil {
				return errors.New(found.Format(engine.EN))
			}
		}
		return nil
	}
}

// inSize compares the time a byte of a scenario with so many times the
// injects takes with that of the scenario as it is.
func (s *shipped) inSize(t *table, goal string, times int) error {
	big, err := s.multiplied(times)
	if err != nil {
		return err
	}
	perByte := func(source scenarios.Source) work {
		return func(n int) (float64, error) {
			ns, err := timed(reading(source))(n)
			return ns / float64(len(source.Bytes)), err
		}
	}
	res, err := race(rounds, 2*span, perByte(big), perByte(s.source))
	if err != nil {
		return err
	}
	t.add(res.row(row{Goal: goal, Work: fmt.Sprintf("a byte of it with %d times the injects (%d KiB)", times, len(big.Bytes)>>10), Yardstick: "a byte of it as it is", Limit: 1.2}))
	return nil
}

// multiplied writes the injects again under other ids, so that the file and
// what it means both grow.
func (s *shipped) multiplied(times int) (scenarios.Source, error) {
	text := string(s.source.Bytes)
	from := strings.Index(text, "\ninjects:\n")
	to := strings.Index(text, "\nprohibited:\n")
	if from < 0 || to < from {
		return scenarios.Source{}, errors.New("the scenario has no injects before its prohibited actions")
	}
	from += len("\ninjects:\n")
	var ids []string
	for i := range s.scenario.Injects {
		in := &s.scenario.Injects[i]
		ids = append(ids, in.ID)
		for j := range in.Expects {
			ids = append(ids, in.Expects[j].ID)
			for _, way := range in.Expects[j].Ways {
				ids = append(ids, way.ID)
			}
		}
	}
	word := regexp.MustCompile(`\b(` + strings.Join(ids, "|") + `)\b`)
	out := text[:to]
	for copies := 2; copies <= times; copies++ {
		out += "\n" + word.ReplaceAllString(text[from:to], fmt.Sprintf("${1}_%d", copies))
	}
	return scenarios.Source{Name: fmt.Sprintf("times-%d.yaml", times), Bytes: []byte(out + text[to:])}, nil
}
