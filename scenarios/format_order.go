package scenarios

// orders is the canonical order of keys: by kind of file, then by where a
// mapping stands, with * for any entry of a list or of a mapping whose keys
// are ids. What is not listed keeps its author's order.
var orders = map[string]map[string][]string{
	"saban": {
		"":                           inOrder(scenarioKeys),
		"site":                       inOrder(facilityKeys),
		"review":                     inOrder(reviewKeys),
		"parameters/*":               inOrder(parameterKeys),
		"defaults":                   inOrder(defaultsKeys),
		"objectives/*":               inOrder(objectiveKeys),
		"boxes/*/*":                  inOrder(boxKeys),
		"roles/*":                    inOrder(roleKeys),
		"states/*":                   inOrder(stateKeys),
		"transitions/*":              inOrder(transitionKeys),
		"injects/*":                  inOrder(injectKeys),
		"injects/*/asks/*":           inOrder(askKeys),
		"injects/*/expects/*":        inOrder(responseKeys),
		"injects/*/expects/*/ways/*": inOrder(wayKeys),
		"prohibited/*":               inOrder(prohibitedKeys),
		"distractors/*":              inOrder(distractorKeys),
		"silence/*":                  inOrder(silenceKeys),
	},
	"play": {
		"":             inOrder(playKeys),
		"pace":         inOrder(paceKeys),
		"expect":       inOrder(expectKeys),
		"expect/score": inOrder(scoreKeys),
	},
	"site":   {"": inOrder(siteKeys)},
	"paper":  {"": inOrder(draftKeys)},
	"agency": {"": inOrder(agencyKeys)},
	"aar": {
		"":           inOrder(aarKeys),
		"findings/*": inOrder(aarFindingKeys),
		"roots/*":    inOrder(aarRootKeys),
		"plan/*":     inOrder(aarPlanKeys),
		"approved":   inOrder(aarApprovedKeys),
	},
	"rubric": {},
}

func inOrder[T any](keys []key[T]) []string {
	out := make([]string, len(keys))
	for i := range keys {
		out[i] = keys[i].name
	}
	return out
}
