//go:build !race

package scenarios_test

const slow = 1
