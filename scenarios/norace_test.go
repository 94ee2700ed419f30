//go:build !race

package scenarios_test

import "math/bits"

// slow is how many seconds a hostile file may take at its quickest: a bound
// that only a reading which grows out of all proportion breaks, on a busy
// machine too.
const slow = 20 + 15*(64/bits.UintSize-1)
