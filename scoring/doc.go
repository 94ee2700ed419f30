// Package scoring turns the log of a drill into a scorecard: how quickly and
// how correctly each response was made, in which order, what was done that
// must not be done, and which events say so.
//
// Start with Score. It reads the log alone, beside the scenario and a Rubric;
// Scorer does the same event by event while a drill runs. Default is the
// rubric of the house; a scenario or a file changes it with a RubricPatch, so
// that an old drill can be scored again under other rules, item by item.
//
// What it promises:
//
//   - The same log gives the same card, to the byte, on every processor:
//     shares are integers in billionths, the total is an exact fraction
//     rounded once, and nothing reads a clock, a file or a random number.
//   - Every figure names the events it rests on.
//   - Facts make points. An override changes a fact and the card shows both
//     values; a rating given by hand changes no point.
//   - Scores belong to roles and teams. No person is named or ranked.
//
// The model and its figures (40/45/15, the penalties, the gates) are this
// project's own design, as published exercise doctrine has no numeric score;
// the ratings P, S, M and U and their meaning follow HSEEP, the United States
// exercise doctrine.
package scoring
