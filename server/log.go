package server

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
)

// logView is the log of a drill as a page.
type logView struct {
	Drill, Find string
	All         int
	Lines       []logLine
}

// logLine is one event in a row.
type logLine struct {
	Seq                                 int64
	At, Wall, Type, Who, Role, ID, Text string
}

// wordsOfEvent is what people wrote or chose in an event.
func wordsOfEvent(e *engine.Event) string {
	var parts []string
	for _, s := range []string{strings.Join(e.Choices, ", "), e.Text, e.Photo, e.Reason, e.From, e.To, e.Mode, e.Rating} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// matches reports whether a row has all the words looked for, marks and
// capitals set aside.
func (l *logLine) matches(find string) bool {
	row := fold(strings.Join([]string{l.At, l.Type, l.Who, l.Role, l.ID, l.Text}, " "))
	for _, word := range strings.Fields(fold(find)) {
		if !strings.Contains(row, word) {
			return false
		}
	}
	return true
}

// fold takes the marks off letters, đ's too: who types fast types none.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ' || r == 'Đ':
			return 'd'
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// writeCSV hands the log out as a table. A cell that a spreadsheet would take
// for a formula is marked as text.
func writeCSV(w http.ResponseWriter, drill string, lines []logLine) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+fileName(drill)+`.csv"`)
	_, _ = w.Write([]byte("\xef\xbb\xbf")) // so that spreadsheets read the letters right
	out := csv.NewWriter(w)
	_ = out.Write([]string{"seq", "at", "wall", "type", "who", "role", "id", "text"})
	for i := range lines {
		l := &lines[i]
		row := []string{strconv.FormatInt(l.Seq, 10), l.At, l.Wall, l.Type, l.Who, l.Role, l.ID, l.Text}
		for c := range row {
			if row[c] != "" && strings.ContainsRune("=+-@\t\r", rune(row[c][0])) {
				row[c] = "'" + row[c]
			}
		}
		_ = out.Write(row)
	}
	out.Flush()
	return nil
}

// fileName is an id as a file may be called anywhere.
func fileName(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, id)
}
