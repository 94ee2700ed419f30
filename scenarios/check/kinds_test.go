package check_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

// kinds is all that check looks for, the codes that say it, and the fixture of
// each. A fixture lies in testdata/check, or in testdata/faults where the
// reader says it already.
var kinds = map[string]map[scenarios.Code][]string{
	"unreachable states":        {scenarios.Unreachable: {"unreachable-state"}, scenarios.TooFar: {"state-too-far"}, scenarios.EndTooLate: {"end-too-late"}},
	"injects never released":    {scenarios.NeverReleased: {"never-released", "released-too-late"}, scenarios.OnlyWhenOver: {"only-when-over"}, scenarios.AfterTheEnd: {"inject-after-the-end"}, scenarios.NeverReceived: {"inject-for-nobody"}},
	"responses never triggered": {scenarios.NobodyAsked: {"nobody-asked"}, scenarios.NeverReleased: {"never-released"}},
	"responses with no time left": {scenarios.LimitTooLate: {"limit-too-late"}, scenarios.TargetTooLate: {"target-too-late"}, scenarios.LimitPastEnd: {"limit-past-the-end"},
		scenarios.OfferedTooLate: {"asked-too-late"}},
	"dead ends":                        {scenarios.Stuck: {"stuck"}, scenarios.NoExit: {"state-without-exit"}, scenarios.DeadEnd: {"dead-end"}},
	"livelocks":                        {scenarios.GoesRound: {"goes-round"}, scenarios.EndlessMoves: {"endless-moves", "endless-three"}},
	"guards never true":                {scenarios.NeverTrue: {"never-true"}, scenarios.NeverReleased: {"never-released"}},
	"guards never false":               {scenarios.NeverFalse: {"never-false", "never-waits"}},
	"transitions always shadowed":      {scenarios.Shadowed: {"shadowed"}},
	"escalated without recovery":       {scenarios.NoRecovery: {"no-recovery"}},
	"recovery for nothing":             {scenarios.FreeRecovery: {"free-recovery"}},
	"rounds though nobody acts":        {scenarios.Rounds: {"rounds"}, scenarios.OldFactAgain: {"old-fact"}},
	"a late answer and two branches":   {scenarios.OrderDecides: {"order-decides"}},
	"contained without what counts":    {scenarios.ContainedWithout: {"contained-without"}},
	"perfect play below 100":           {scenarios.PerfectBelowFull: {"perfect-below-full"}, scenarios.PerfectUncontained: {"perfect-uncontained"}, scenarios.PerfectEscalates: {"perfect-escalates"}},
	"silence not failing":              {scenarios.SilenceForgiven: {"forgiven-silence"}},
	"a prohibited action that is idle": {scenarios.IdleProhibited: {"idle-prohibited"}},
	"the longest way to an end":        {scenarios.EndTooLate: {"end-too-late"}}, // and printed for each: see below

	"injects per role in ten minutes": {scenarios.CrowdedRole: {"pacing-crowded"}},
	"overlapping deadlines":           {scenarios.TooManyOpen: {"pacing-open"}},
	"idle gaps":                       {scenarios.IdleGap: {"pacing-idle"}},
	"one role over half the weight":   {scenarios.HeavyRole: {"pacing-heavy"}},
	"fewer than four pairs":           {scenarios.FewPairs: {"pacing-pairs"}},

	"missing translations":        {scenarios.MissingLanguage: {"missing-translation"}},
	"identical translations":      {scenarios.SameInBoth: {"content-same"}},
	"longer than a phone screen":  {scenarios.TextTooLong: {"content-long"}},
	"a real-looking phone number": {scenarios.PhoneNumber: {"content-phone"}},
	"a real-looking address":      {scenarios.StreetAddress: {"content-address"}, scenarios.LinkOrMail: {"content-link"}},
	"a real-looking coordinate":   {scenarios.Coordinate: {"content-coordinate"}},
	"the longest answer is right": {scenarios.LongestIsRight: {"content-longest"}},
	"the first answer is right":   {scenarios.FirstIsRight: {"content-first"}},
	"objective without response":  {scenarios.UnusedObjective: {"unused-objective"}},
	"missing review":              {scenarios.NotReviewed: {"not-reviewed"}, scenarios.NoReviewDate: {"content-no-date"}},
}

func TestEveryKindOfMistakeHasAFixture(t *testing.T) {
	for kind, codes := range kinds {
		t.Run(kind, func(t *testing.T) {
			for code, names := range codes {
				if x, ok := scenarios.Explain(code); !ok || x.Why.VI == "" || x.Why.EN == "" {
					t.Errorf("%s is not explained", code)
				}
				for _, name := range names {
					if !slices.Contains(codesIn(t, name), code) {
						t.Errorf("%s.yaml does not show %s", name, code)
					}
				}
			}
		})
	}
}

// codesIn returns what is found in a fixture.
func codesIn(t *testing.T, name string) (codes []scenarios.Code) {
	t.Helper()
	folder := dir
	if _, err := os.Stat(filepath.Join(dir, name+".yaml")); err != nil {
		folder = filepath.Join(dir, "..", "faults")
	}
	text, err := os.ReadFile(filepath.Join(folder, name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	f, found := scenarios.ReadScenario(scenarios.Source{Name: name + ".yaml", Bytes: text})
	if !found.Failed() {
		found = check.Scenario(f, check.Options{}).Findings
	}
	for _, one := range found {
		codes = append(codes, one.Code)
	}
	return codes
}

// elsewhereShown are codes that no fixture shows, and the test that does.
var elsewhereShown = map[scenarios.Code]string{
	scenarios.TooLarge: "scenarios: TestTooMuch", scenarios.TooMany: "scenarios: TestTooMuch", scenarios.TooLong: "scenarios: TestTooMuch",
	scenarios.NotFormatted: "scenarios: TestFormat", scenarios.NotMet: "testdata/scripts/test.txtar",
	scenarios.StepRefused: "paper: TestWhatCannotHaveHappenedIsFound",
}

// Each code there is stands in the expected words of a fixture.
func TestEveryCodeHasAFixture(t *testing.T) {
	var words strings.Builder
	for _, pattern := range []string{"*.golden", "../faults/*.golden"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) < 50 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			words.Write(text)
		}
	}
	for _, code := range scenarios.Codes() {
		shown, other := strings.Contains(words.String(), "["+string(code)+"]"), elsewhereShown[code] != ""
		if shown == other {
			t.Errorf("%s: shown by a fixture %v, by another test %v", code, shown, other)
		}
	}
}

// How late an end can come is told of every scenario that has one.
func TestTheLongestWayToAnEnd(t *testing.T) {
	f := open(t, "sound.yaml")
	e := check.Scenario(f, check.Options{}).Explored
	if e.Longest == nil || e.Shortest == nil {
		t.Fatal("no way to an end")
	}
	for _, way := range []*check.Play{e.Longest, e.Shortest} {
		p := judged(t, f, scenarios.Finding{Witness: way.File})
		if !p.last().kind.Final() || p.last().at != way.At || p.last().state != way.Path[len(way.Path)-1] || way.Told.Empty() {
			t.Errorf("the play comes to %s at %s, not to %v at %s", p.last().state, p.last().at, way.Path, way.At)
		}
	}
	// The alert may last until the limit of R02 has all but passed, the panic
	// ten minutes: 10:00 + 10:00.
	if want := 20 * engine.Minute; e.Longest.At != want {
		t.Errorf("the latest end is at %s, not at %s", e.Longest.At, want)
	}
}
