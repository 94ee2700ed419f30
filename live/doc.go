// Package live conducts drills: it gives the engine a clock, keeps what it
// decides before anybody hears of it, and lets many read along.
//
// A Conductor is the core: one drill, its stopwatch, its log and its running
// score, for one goroutine. A terminal drives it by hand with Tick. A Room is
// the thin concurrent shell around it for a server: the one place below the
// server with locks and goroutines. Do decides, keeps and only then publishes;
// readers hold a place in the log and are woken by a closed channel, so a slow
// reader is late and never lossy.
//
// Exercise time runs by a clock that nobody sets and that goes on while the
// machine sleeps. A heartbeat lies beside the log; more than ten seconds
// between two of them, a restart or a disk that could not be written become a
// pause from the last moment that was kept.
package live
