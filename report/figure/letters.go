package figure

import (
	"strings"
	"unicode"
)

// wide estimates how wide a text of Inter is, a little more than less.
func wide(text string, size float64, bold bool) float64 {
	em := 0.0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r):
		case strings.ContainsRune("iìíỉĩịjlI.,:;'|!()", r):
			em += 0.31
		case strings.ContainsRune("ftr- “”", r):
			em += 0.38
		case strings.ContainsRune("mwMW—…", r):
			em += 0.9
		case unicode.IsUpper(r), unicode.IsDigit(r):
			em += 0.67
		default:
			em += 0.575
		}
	}
	if bold {
		em *= 1.05
	}
	return em * size
}

// fold breaks a text into lines of at most a width, the last cut short if need
// be.
func fold(text string, size float64, bold bool, width float64, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		next := strings.TrimSpace(line + " " + word)
		if line != "" && wide(next, size, bold) > width {
			lines = append(lines, line)
			next = word
		}
		line = next
	}
	lines = append(lines, line)
	cut := len(lines) > most
	if cut {
		lines = lines[:most]
		lines[most-1] += "…"
	}
	for i, line := range lines {
		for wide(lines[i], size, bold) > width {
			letters := []rune(strings.TrimSuffix(line, "…"))
			if len(letters) < 2 {
				break
			}
			line = string(letters[:len(letters)-1])
			lines[i] = strings.TrimRight(line, " ,;") + "…"
		}
	}
	return lines
}
