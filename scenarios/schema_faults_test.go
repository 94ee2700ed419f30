package scenarios_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"saban/scenarios"
)

// structural are the mistakes that show in one place of a file, without
// knowing what the rest of it says: those a schema is there to find. Not among
// them: a bare yes, which is a word to the YAML of editors, and a key twice,
// which editors report by themselves.
var structural = []scenarios.Code{
	scenarios.UnknownKey, scenarios.MissingKey, scenarios.WrongType, scenarios.BadDuration, scenarios.BadNumber, scenarios.BadChoice,
	scenarios.MissingLanguage, scenarios.EmptyValue, scenarios.BadVersion, scenarios.WrongFile, scenarios.BadID, scenarios.BadCapability,
	scenarios.UnknownChannel, scenarios.BadWeight, scenarios.NoTime, scenarios.NeverReceived, scenarios.Misplaced, scenarios.RepeatedMention,
	scenarios.BadStep, scenarios.UnknownCode, scenarios.NoReason,
}

func TestFaultsAreRefusedBySchemas(t *testing.T) {
	exceptions := map[string]string{
		"duration-zero":        "0s is a duration like any other",
		"play-pause-zero":      "0s is a duration like any other",
		"play-content-above-1": "how much a fraction comes to takes arithmetic",
		"play-observed-later":  "which of two times is the later takes arithmetic",
		"play-retract-later":   "what comes before a step is for who knows the others",
		"play-retract-nothing": "how many steps there are is for who counts them",
		"role-asked-twice":     "what another entry of the list says",
	}
	schemas := map[string]*jsonschema.Schema{}
	for _, f := range scenarios.Formats {
		schemas[f.Name] = compiled(t, f.Name)
	}
	files, err := filepath.Glob(faultsDir + "/*.yaml")
	if err != nil || len(files) < 55 {
		t.Fatalf("%d broken files, %v", len(files), err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			src := source(t, path)
			found := findings(t, src)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			doc, readable := instance(t, text)
			if !readable {
				return
			}
			kind, _, _ := strings.Cut(src.Name, "-")
			if schemas[kind] == nil {
				kind = "scenario"
			}
			refused := schemas[kind].Validate(doc)
			wanted := slices.ContainsFunc(found, func(f scenarios.Finding) bool {
				return f.Severity == scenarios.Error && slices.Contains(structural, f.Code)
			})
			switch why := exceptions[name]; {
			case wanted && refused == nil && why == "":
				t.Errorf("the schema takes it, the reader does not: %v", found)
			case !found.Failed() && refused != nil:
				t.Errorf("the reader takes it, the schema does not: %v", refused)
			case why != "" && (!wanted || refused != nil):
				t.Errorf("no exception any more: %s", why)
			}
		})
	}
}
