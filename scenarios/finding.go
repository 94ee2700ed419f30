package scenarios

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"saban/engine"
)

// Severity says whether a finding forbids the use of a file.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Finding is one mistake in a file, at the place where its author made it.
type Finding struct {
	File     string      `json:"file"`
	Line     int         `json:"line"` // from 1
	Col      int         `json:"col"`  // from 1, in characters
	Severity Severity    `json:"severity"`
	Code     Code        `json:"code"`
	Text     engine.Text `json:"text"`
	Hint     engine.Text `json:"hint"`
	Excerpt  string      `json:"excerpt,omitempty"` // the line it is on, cut around the place when it is long
	Width    int         `json:"width,omitempty"`   // terminal columns the place takes, at least 1
	Witness  string      `json:"witness,omitempty"` // a play file that shows it

	lead int    // terminal columns of Excerpt before the place
	path string // what it is about, where the reader knows
}

// Format writes the finding for a person: where and what, the line, a caret
// under the place, and what to try.
func (f Finding) Format(lang engine.Lang) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: ", f.File, f.Line, f.Col)
	if f.Severity == Warning {
		b.WriteString(warningWord.In(lang) + ": ")
	}
	fmt.Fprintf(&b, "%s [%s]", f.Text.In(lang), f.Code)
	if f.Excerpt != "" {
		fmt.Fprintf(&b, "\n   %s\n   %s%s", f.Excerpt, strings.Repeat(" ", f.lead), strings.Repeat("^", max(f.Width, 1)))
	}
	if !f.Hint.Empty() {
		fmt.Fprintf(&b, "\n   %s: %s", hintWord.In(lang), f.Hint.In(lang))
	}
	return b.String()
}

var (
	warningWord = engine.Text{VI: "cảnh báo", EN: "warning"}
	hintWord    = engine.Text{VI: "gợi ý", EN: "hint"}
)

// Findings are all mistakes found in one run, in the order of the file.
type Findings []Finding

// Format writes all findings, a blank line between two.
func (f Findings) Format(lang engine.Lang) string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Format(lang)
	}
	return strings.Join(lines, "\n\n")
}

// Error is Format in English; a Findings is an error when Err says so.
func (f Findings) Error() string { return f.Format(engine.EN) }

// Err returns the findings as an error when one of them is an Error, else
// nil: warnings do not keep a file from being used.
func (f Findings) Err() error {
	if f.Failed() {
		return f
	}
	return nil
}

// Failed reports whether one of the findings is an Error.
func (f Findings) Failed() bool { return len(f.Only(Error)) > 0 }

// Only returns the findings of one severity.
func (f Findings) Only(s Severity) Findings {
	var out Findings
	for _, one := range f {
		if one.Severity == s {
			out = append(out, one)
		}
	}
	return out
}

// Sorted orders findings by place and drops those that say the same thing of
// the same place.
func (f Findings) Sorted() Findings {
	sort.SliceStable(f, func(i, j int) bool {
		a, b := f[i], f[j]
		switch {
		case a.File != b.File:
			return a.File < b.File
		case a.Line != b.Line:
			return a.Line < b.Line
		case a.Col != b.Col:
			return a.Col < b.Col
		}
		return a.Code < b.Code
	})
	var out Findings
	for i, one := range f {
		if i > 0 && one.says(f[i-1]) {
			continue
		}
		out = append(out, one)
	}
	return out
}

// says reports whether two findings read the same.
func (f Finding) says(other Finding) bool {
	f.path, other.path = "", ""
	return f == other
}

// Key is the last key of what a finding is about, where the reader knows.
func (f Finding) Key() string {
	for _, part := range slices.Backward(strings.Split(f.path, "/")) {
		if strings.Trim(part, "0123456789") != "" {
			return part
		}
	}
	return ""
}

// entry is the place in a list that a finding is about.
func (f Finding) entry(list string) (i int, ok bool) {
	rest, ok := strings.CutPrefix(f.path, list+"/")
	number, _, _ := strings.Cut(rest, "/")
	i, err := strconv.Atoi(number)
	return i, ok && err == nil
}
