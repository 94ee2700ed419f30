//go:build !race

package scenarios_test

import "math/bits"

// slow is 1 where the reader's second holds, and more on 32-bit machines,
// which take longer over the same bytes.
const slow = 1 + 3*(64/bits.UintSize-1)
