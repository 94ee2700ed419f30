package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"saban/engine"
	"saban/scenarios"
)

// How many characters a text may have. The phone is 360 × 800 points. Between
// the drill strip, the role's name and the clock above (200) and the send
// button below (77) there are 523 points. 16 of margin and 14 of padding leave
// 298 for an inject (18 points, 34 characters a line of 25) and, beside its
// tick box, 261 for a choice (15 points, 36 characters a line of 21).
//
//	inject  8 lines ≈ 280; with its head, and two whole choices of four lines
//	        below it, that fills the 523: nobody answers what they cannot see
//	told    6 lines ≈ 220: somebody's words passed on, shorter than the news
//	choice  4 lines ≈ 140: a fifth line makes it look like two choices
//	title   2 lines of the head, 24 characters each beside the connection = 48
//	box     2 lines beside the tick box, of the smaller 30 a line there = 60
//	note    the facilitator's console, not the phone: one paragraph of 400
var rooms = []struct {
	at     scenarios.Pattern
	runes  int
	vi, en string
}{
	{scenarios.NewPattern(`^injects/\d+/text$`), 280, "tình huống", "an inject"},
	{scenarios.NewPattern(`^injects/\d+/(told|asks)/\d+(/told)?$`), 220, "lời báo lại", "a text told"},
	{scenarios.NewPattern(`^injects/\d+/expects/\d+/(do|ways/\d+)$`), 140, "một lựa chọn", "a choice"},
	{scenarios.NewPattern(`^(prohibited|distractors)/\d+/text$`), 140, "một lựa chọn", "a choice"},
	{scenarios.NewPattern(`^(states|roles)/\d+/title$`), 48, "một tên gọi", "a title"},
	{scenarios.NewPattern(`^boxes/`), 60, "một ô nội dung", "a box"},
	{scenarios.NewPattern(`^injects/\d+/note$`), 400, "ghi chú", "a note"},
}

// tooLong reports a text that does not fit where it is read.
func tooLong(f *scenarios.File, path string, t engine.Text) scenarios.Findings {
	var found scenarios.Findings
	for _, kind := range rooms {
		if !kind.at().MatchString(path) {
			continue
		}
		for _, lang := range languages {
			if n := utf8.RuneCountInString(only(t, lang)); n > kind.runes {
				found = append(found, f.FindingAt(path, lang, "", scenarios.TextTooLong,
					engine.Both("%[1]s (%[3]s) dài %[4]d ký tự, điện thoại đủ chỗ cho %[5]d", "%[2]s (%[3]s) of %[4]d characters, a phone has room for %[5]d", kind.vi, kind.en, lang, n, kind.runes),
					shorter(path, n-kind.runes)))
			}
		}
		return found
	}
	return nil
}

func shorter(path string, by int) engine.Text {
	if news().MatchString(path) {
		return engine.Both("bớt %d ký tự, hoặc chuyển điều chỉ đạo diễn cần biết sang note", "take out %d characters, or move what only the facilitator needs to note", by)
	}
	return engine.Both("bớt %d ký tự", "take out %d characters", by)
}

var news = scenarios.NewPattern(`^injects/\d+/(text|told/\d+)$`)

var languages = []engine.Lang{engine.VI, engine.EN}

// only is the text in one language, or nothing: never the other one.
func only(t engine.Text, lang engine.Lang) string {
	if lang == engine.VI {
		return t.VI
	}
	return t.EN
}

// times are how long something takes, which a parameter puts into each
// language in its own words, even into a text that was copied.
var times = scenarios.NewPattern(`\d+(?:[.,]\d+)? (?:giờ|phút|giây|hours?|minutes?|seconds?)`)

// sameInBoth reports a text that was copied and not translated. Names and
// acronyms may be the same, words that both languages have, and short ones
// without diacritics.
func sameInBoth(f *scenarios.File, path string, t engine.Text) scenarios.Findings {
	text := times().ReplaceAllLiteralString(t.VI, "0")
	if text == "" || text != times().ReplaceAllLiteralString(t.EN, "0") {
		return nil
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	for i, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		name := i > 0 && unicode.IsUpper(first)
		short := utf8.RuneCountInString(word) < 4 && (len(word) == utf8.RuneCountInString(word) || unicode.IsUpper(first))
		if short || name || word == strings.ToUpper(word) || slices.Contains(bothSay, strings.ToLower(word)) {
			continue
		}
		return scenarios.Findings{f.FindingAt(path, engine.EN, word, scenarios.SameInBoth,
			engine.Both("tiếng Việt và tiếng Anh giống hệt nhau", "the Vietnamese and the English are the same"),
			engine.Both("dịch một trong hai", "translate one of them"))}
	}
	return nil
}

// bothSay are words that both languages use as they are.
var bothSay = []string{"camera", "radio", "video", "email", "internet", "website", "zalo", "facebook", "wifi", "laptop", "robot", "logo", "fax", "modem", "router", "cctv", "scada", "gas", "visa"}
