// Package whatif plays a drill again with one thing changed: a response done
// sooner, later, or not at all, a prohibited action left out.
//
// Start with Ask. It turns the log back into the commands it came from, changes
// them, and has the engine carry them out anew, so that the answer is a log of
// the same rules and not a guess. Done answers how path and score would have
// come out if everybody else had done just what they did.
//
// How far that can be known is part of the answer. Until the first moment at
// which people would have been told something else, their acts stand; from
// there on they would have acted on what never happened. Answer.Limits says
// when that is and why.
//
// Where people answered an inject, their answers follow its receipt: an inject
// that comes two minutes later is answered two minutes later, one that never
// comes is not answered. The acts of a script stand at their times.
package whatif
