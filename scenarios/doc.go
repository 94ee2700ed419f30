// Package scenarios reads what authors and facilities write: scenarios, the
// values of a site, rubrics and plays, all YAML. It also holds the scenarios
// that come with the program and their rehearsals.
//
// Start with Open and ReadScenario, or with ReadScenario alone for a file of
// one's own. Merge sets a site's values over a scenario. ReadPlay and Rehearse
// conduct a script on virtual clocks; Judge holds the outcome against what
// the script expects.
//
// What it promises:
//
//   - All mistakes of a file are found in one run, each with its line and
//     column, in Vietnamese and in English, with a hint that says what to try.
//     A mistake that only follows from another is not reported.
//   - A kind of mistake has a Code that never changes its meaning.
//   - A mistake inside a condition is shown at its own column, however the
//     condition is quoted or folded.
//   - No bytes whatever make a reader panic or take longer than a second:
//     files are at most 1 MiB and 64 levels deep, lists at most 500 entries.
//   - Text comes out in NFC, whatever the file has.
//   - The same play over the same scenario is the same log, to the byte.
//
// The YAML is a strict subset: one document, no anchors, aliases, merge keys
// or tags, no key twice, no key that means nothing, no bare on or yes, no
// base-60 times. Durations are 90s, 12m, 1h30m. A text is {vi: …, en: …}, or
// a plain text in the file's language. ${name} in a text is the value of a
// parameter; a duration is spelled out there, 12 phút or 12 minutes.
package scenarios
