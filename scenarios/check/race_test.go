//go:build race

package check_test

const slow = true
