package check

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// elsewhere reports injects that come in another state than expected_in both
// to a team that does everything at 0.8 of its target and to one that does it
// on target. With one of them alone it is a matter of pace.
func elsewhere(f *scenarios.File, quick, onTarget []timed) scenarios.Findings {
	var found scenarios.Findings
	for _, x := range quick {
		k := slices.IndexFunc(onTarget, func(y timed) bool { return y.inject == x.inject })
		if expected := x.inject.ExpectedIn; expected == "" || slices.Contains(x.states, expected) || k < 0 || slices.Contains(onTarget[k].states, expected) {
			continue
		}
		came := strings.Join(x.states, listSeparation)
		found = append(found, f.Finding(x.path, 0, scenarios.Warning, scenarios.Elsewhere,
			engine.Both("đội làm tốt nhận %s lúc %s, khi đang ở %s chứ không phải %s", "a good team receives %s at %s, in %s and not in %s", x.inject.ID, x.released.Clock(), came, x.inject.ExpectedIn),
			engine.Both("đổi giờ phát, hoặc sửa expected_in", "move it, or mend expected_in")))
	}
	return found
}
