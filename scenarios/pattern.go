package scenarios

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when first asked for: a
// command that needs none does not wait for all before it begins.
type Pattern func() *regexp.Regexp

// NewPattern panics when first asked for, if the expression is none.
func NewPattern(expression string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
