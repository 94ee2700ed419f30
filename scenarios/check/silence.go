package check

import (
	"slices"

	"saban/engine"
	"saban/scenarios"
)

// silence takes out what the scenario silences, and reports silences that
// silence nothing. What exploration alone finds is not missed where there was
// none.
func silence(f *scenarios.File, found scenarios.Findings, explored bool) (scenarios.Findings, []Silenced) {
	if len(f.Silence) == 0 {
		return found, nil
	}
	kept, taken := scenarios.Findings{}, make([]Silenced, len(f.Silence))
	for i := range f.Silence {
		taken[i] = Silenced{Code: f.Silence[i].Code, About: f.Silence[i].About, Reason: f.Silence[i].Reason}
	}
	for _, one := range found {
		i := slices.IndexFunc(f.Silence, func(s scenarios.Silence) bool { return f.Covers(&s, one) })
		if i < 0 {
			kept = append(kept, one)
			continue
		}
		taken[i].Times++
	}
	for i := range taken {
		if taken[i].Times == 0 && (explored || !byExploration(taken[i].Code)) {
			kept = append(kept, nothingSilenced(f, &f.Silence[i], found))
		}
	}
	return kept, slices.DeleteFunc(taken, func(s Silenced) bool { return s.Times == 0 })
}

// byExploration reports whether only playing the scenario out finds a code.
func byExploration(code scenarios.Code) bool { return code >= "SB700" && code < scenarios.CrowdedRole }

func nothingSilenced(f *scenarios.File, s *scenarios.Silence, found scenarios.Findings) scenarios.Finding {
	if slices.ContainsFunc(found, func(one scenarios.Finding) bool { return one.Code == s.Code && one.Severity == scenarios.Error }) {
		return f.FindingOfSilence(s, scenarios.Error, scenarios.CannotBeSilenced,
			engine.Both("%s ở đây là lỗi, không im lặng được", "%s is an error here and cannot be silenced", s.Code), engine.Both("sửa lỗi này", "mend it"))
	}
	return f.FindingOfSilence(s, scenarios.Warning, scenarios.NothingSilenced,
		engine.Both("không còn cảnh báo %s nào để im lặng ở đây", "there is no warning %s here to silence", s.Code),
		engine.Both("bỏ mục này đi", "take this entry out"))
}
