//go:build !race

package graph_test

const slow = false
