package check

import (
	"strings"
	"unicode"

	"saban/engine"
	"saban/scenarios"
)

// real is a way in which a text may look like somebody's number, home, place
// or page. What is found earlier is not looked at again: a coordinate is no
// phone number.
type real struct {
	code    scenarios.Code
	pattern scenarios.Pattern
	unless  func(hit string) bool
	text    engine.Text
	hint    engine.Text
}

var reals = []real{
	{scenarios.LinkOrMail, scenarios.NewPattern(`(?i)[\p{L}0-9._%+-]+@[\p{L}0-9-]+\.[\p{L}0-9.-]+|(?:https?://|\bwww\.)[^\s”")]*[^\s”").,;:!?]|\b[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.(vn|com|net|org|gov|edu|info|io)\b`), nil,
		engine.Text{VI: "trông như đường dẫn hoặc thư điện tử", EN: "this looks like a link or an e-mail address"},
		engine.Both("nói bằng lời: “trang chính thức của cơ quan”", "say it in words: “the official page”")},
	{scenarios.Coordinate, coordinate, nil,
		engine.Text{VI: "trông như tọa độ", EN: "this looks like a position on a map"},
		engine.Both("tả bằng lời: “bờ trái, cách cổng khoảng 300 m”", "describe it: “left bank, about 300 m from the gate”")},
	{scenarios.StreetAddress, address, nil,
		engine.Text{VI: "trông như địa chỉ thật", EN: "this looks like a real address"},
		engine.Both("dùng nơi hư cấu không có số: “nhà dân cạnh cổng phụ”", "use a fictional place without a number: “the house by the side gate”")},
	{scenarios.PhoneNumber, phone, harmless,
		engine.Text{VI: "trông như số điện thoại", EN: "this looks like a phone number"},
		engine.Both("chỉ nêu 112, 113, 114, 115; số khác viết bằng lời: “số hiện trên máy”", "name 112, 113, 114, 115 only; put others in words: “the number on the display”")},
}

var coordinate = scenarios.NewPattern(strings.Join([]string{
	`[-+]?\d{1,3}\.\d{4,}\s*°?\s*[NSEWBĐTn]?\s*[,;/ ]\s*[-+]?\d{1,3}\.\d{4,}`, // 22.1234, 103.1234
	`[-+]?\d{1,3},\d{4,}\s*°?\s*[NSEWBĐT]?\s*[;/ ]\s*[-+]?\d{1,3},\d{4,}`,     // 22,1234; 103,1234
	`\d{1,3}\s*[°º]\s*\d{1,2}(?:[.,]\d+)?\s*['′’]`,                            // 22°23′
	`\d{1,3}(?:[.,]\d+)?\s*[°º]\s*(?:[NSEWBĐ]\b|Đ)`,                           // 22° N, 103° Đ
	`\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b`,             // 48Q UJ 12345 67890
	`\b\d{1,2}[C-HJ-NP-X]\s+\d{6}\s*m?E?[,; ]\s*\d{7}\b`,                      // 48Q 345678 2456789
	`\b\d{7}(?:[.,]\d+)?\s*[,;/ ]\s*(?:[YE]\s*[=:]\s*)?\d{6}(?:[.,]\d+)?\b`,   // X = 2456789, Y = 345678
	`\b\d{6}(?:[.,]\d+)?\s*[,;/ ]\s*(?:[XN]\s*[=:]\s*)?\d{7}(?:[.,]\d+)?\b`,
}, "|"))

var address = scenarios.NewPattern(strings.Join([]string{
	`(?i:số(?:\s+nhà)?)\s+\d+\p{L}?(?:/\d+)*,?\s+(?i:đường|phố|ngõ|ngách|hẻm|thôn|tổ|khu phố|xóm)(?:\s|$)`, // số 12 đường …
	`(?i:số\s+nhà)\s+\d+`,
	`\d+\p{L}?(?:/\d+)*,?\s+(?i:đường|phố)\s+\p{Lu}\p{L}+`, // 12 phố Tên
	`(?i:ngõ|ngách|hẻm)\s+\d+`,                             // ngõ 12
	`(?i:tổ(?:\s+dân\s+phố)?|thôn|bản|xóm|khu)\s+\d+,?\s+(?i:phường|xã|thị trấn|đường|phố)\s+\p{Lu}\p{L}*`, // tổ 5, phường Tên
	`\b(?i:no\.?|number)\s?\d+[A-Za-z]?,?\s+(?:\p{Lu}[\p{L}'’]*\s+){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Alley|Boulevard|Blvd)\b`,
	`\b\d+[A-Za-z]?,?\s+(?:\p{Lu}[\p{L}'’]*\s+){1,4}(?:Street|Road|Avenue|Lane|Alley|Boulevard)\b`,
	`\b(?i:alley)\s+\d+`,
}, "|"))

var phone = scenarios.NewPattern(strings.Join([]string{
	`\+\d{1,3}[ .-]?\(?\d{2,4}\)?(?:[ .-]?\d{2,4}){1,4}`, // +84 …
	`\(0\d{1,3}\)\s?\d{2,4}(?:[ .-]?\d{2,4})*`,           // (0213) …
	`\b\d{2,4}(?:[ .-]\d{2,4}){1,4}\b`,                   // groups: see harmless
	`\b0\d{3,}\b(?:\s*(?:giờ|h\b|hours))?`,               // 0213, but not 0730 hours
	`\b\d{7,}\b`,
	`\b1[89]00\b(?:[ .-]?\d{2,6})+`, // service numbers
	`(?i:gọi số|bấm số|quay số|số máy|điện thoại số|đường dây nóng|dial)\s*:?\s*\d{3,6}\b`,
}, "|"))

var (
	onClock   = scenarios.NewPattern(`^0\d{3}\s*(giờ|h|hours)$`)
	calendar  = scenarios.NewPattern(`^(\d{1,2}[-. ]\d{1,2}[-. ]\d{4}|\d{4}[-. ]\d{1,2}[-. ]\d{1,2})$`)
	thousands = scenarios.NewPattern(`^[1-9]\d{0,2}([ .]\d{3})+$`)
	years     = scenarios.NewPattern(`^(19|20)\d\d[- ](19|20)\d\d$`)
	emergency = scenarios.NewPattern(`^\D*11[2-5]$`)
)

// harmless tells numbers that are counted, dated or called in an emergency
// from those that ring at somebody's desk.
func harmless(hit string) bool {
	hit = strings.TrimSpace(hit)
	if onClock().MatchString(hit) || calendar().MatchString(hit) || thousands().MatchString(hit) || years().MatchString(hit) || emergency().MatchString(hit) {
		return true
	}
	digits := 0
	for _, r := range hit {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if strings.ContainsAny(hit, "+(") || unicode.IsLetter([]rune(hit)[0]) {
		return false
	}
	if strings.HasPrefix(hit, "1800") || strings.HasPrefix(hit, "1900") {
		return digits < 6 || len(hit) == 4
	}
	if !strings.ContainsAny(hit, " .-") {
		return false // a run long enough by itself
	}
	groups := len(strings.FieldsFunc(hit, func(r rune) bool { return strings.ContainsRune(" .-", r) }))
	return digits < 7 || hit[0] != '0' && groups < 3
}

// looksReal reports what could be somebody's number, home, place or page.
func looksReal(f *scenarios.File, path string, t engine.Text) scenarios.Findings {
	if strings.HasSuffix(path, "/source") {
		return nil // documents have addresses
	}
	var found scenarios.Findings
	for _, lang := range languages {
		rest := only(t, lang)
		if rest == "" || !strings.ContainsAny(rest, "0123456789@.") {
			continue
		}
		for i := range reals {
			r := &reals[i]
			for _, hit := range r.pattern().FindAllString(rest, -1) {
				if r.unless != nil && r.unless(hit) {
					continue
				}
				rest = strings.Replace(rest, hit, strings.Repeat("·", len([]rune(hit))), 1)
				shown := strings.TrimSpace(hit)
				found = append(found, f.FindingAt(path, lang, shown, r.code, engine.Both(r.text.VI+": %q", r.text.EN+": %q", shown), r.hint))
			}
		}
	}
	return found
}
