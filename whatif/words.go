package whatif

import (
	"strconv"
	"strings"

	"saban/engine"
	"saban/scoring"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func join(ids []string) string { return strings.Join(ids, ", ") }

// itemTime is when a response was done.
type itemTime struct {
	id string
	at engine.Millis
}

func timesOf(items []scoring.Item) (out []itemTime) {
	for i := range items {
		if it := &items[i]; it.Done && it.Observed != nil {
			out = append(out, itemTime{it.ID, engine.Millis(*it.Observed)})
		}
	}
	return out
}
