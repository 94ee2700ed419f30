package check

import "saban/engine"

// base is what a play does where nothing else is said.
type base struct {
	name    string
	pace    engine.Ratio // 0: nobody acts
	ofLimit bool
}

var (
	promptly = base{"perfect", engine.Whole * 8 / 10, false}
	slowly   = base{"slow", engine.Whole * 5 / 4, true}
	silently = base{"silent", 0, false}
)
