//go:build race

package scenarios_test

// slow is how much the race detector slows things down.
const slow = 60
