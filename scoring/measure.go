package scoring

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"saban/engine"
)

// Points are points of a score in hundredths: 6494 is 64.94.
type Points int64

// String writes p with two decimals and a decimal point.
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	return fmt.Sprintf("%s%d.%02d", sign, p/100, p%100)
}

// In writes p as lang does: Vietnamese with a decimal comma.
func (p Points) In(lang engine.Lang) string {
	if lang == engine.VI {
		return strings.Replace(p.String(), ".", ",", 1)
	}
	return p.String()
}

// Text is p as both languages write it.
func (p Points) Text() engine.Text { return engine.Text{VI: p.In(engine.VI), EN: p.In(engine.EN)} }

// MarshalJSON writes p as a number with two decimals.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *Points) UnmarshalJSON(b []byte) error {
	whole, frac, ok := strings.Cut(string(b), ".")
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if !ok || len(frac) != 2 || err != nil {
		return fmt.Errorf("%q is no score with two decimals", b)
	}
	*p = Points(n)
	return nil
}

// pointsOf rounds billionths of a point half up.
func pointsOf(r engine.Ratio) Points {
	return Points(engine.MulDiv(int64(r), 100, int64(engine.Whole)))
}

// Seconds is a time that JSON writes in seconds: 150, 92.25.
type Seconds engine.Millis

// MarshalJSON writes s as a number without exponent.
func (s Seconds) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 12)
	if s < 0 {
		b, s = append(b, '-'), -s
	}
	b = strconv.AppendInt(b, int64(s/1000), 10)
	if ms := s % 1000; ms > 0 {
		b = append(b, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
		b = []byte(strings.TrimRight(string(b), "0"))
	}
	return b, nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Seconds) UnmarshalJSON(b []byte) error {
	r, ok := new(big.Rat).SetString(string(b))
	if !ok {
		return fmt.Errorf("%q is no time in seconds", b)
	}
	r.Mul(r, big.NewRat(1000, 1))
	if !r.IsInt() || !r.Num().IsInt64() {
		return fmt.Errorf("%q is no time in whole milliseconds", b)
	}
	*s = Seconds(r.Num().Int64())
	return nil
}

// Rating is the evaluator's word for a response or a capability; empty, in
// JSON null, where there is nothing to rate.
type Rating string

// The ratings, best first (HSEEP).
const (
	Performed Rating = "P" // without challenges
	Some      Rating = "S" // with some challenges
	Major     Rating = "M" // with major challenges
	Unable    Rating = "U" // unable to be performed
)

// rank orders ratings: U 0, M 1, S 2, P 3, none -1.
func (r Rating) rank() int {
	if r == "" {
		return -1
	}
	return strings.Index("UMSP", string(r))
}

// valid reports whether r is one of the four.
func (r Rating) valid() bool { return len(r) == 1 && strings.Contains("PSMU", string(r)) }

// Title is the rating in words.
func (r Rating) Title() engine.Text {
	switch r {
	case Performed:
		return engine.Text{VI: "thực hiện tốt, không vướng mắc", EN: "performed without challenges"}
	case Some:
		return engine.Text{VI: "thực hiện được, có vướng mắc nhỏ", EN: "performed with some challenges"}
	case Major:
		return engine.Text{VI: "thực hiện được, có vướng mắc lớn", EN: "performed with major challenges"}
	case Unable:
		return engine.Text{VI: "chưa thực hiện được", EN: "unable to be performed"}
	}
	return engine.Text{}
}

// Meaning is the wording of the HSEEP rating key.
func (r Rating) Meaning() engine.Text {
	switch r {
	case Performed:
		return engine.Text{
			VI: "Thực hiện tốt, không vướng mắc: đạt chỉ tiêu và nhiệm vụ then chốt, đúng mục tiêu, không cản trở hoạt động khác, không gây thêm nguy hiểm cho người dân hay lực lượng ứng phó, đúng phương án, quy trình và pháp luật.",
			EN: "Performed without challenges: the targets and critical tasks were completed in a manner that achieved the objectives and did not negatively impact other activities; it added no health or safety risk for the public or for emergency workers, and followed plans, policies, procedures, regulations and laws.",
		}
	case Some:
		return engine.Text{VI: "Thực hiện được, có vướng mắc nhỏ: như P, nhưng còn điểm có thể làm hiệu quả hơn.",
			EN: "Performed with some challenges: as P, however opportunities to enhance effectiveness or efficiency were identified."}
	case Major:
		return engine.Text{
			VI: "Thực hiện được, có vướng mắc lớn: đạt mục tiêu nhưng cản trở hoạt động khác, gây thêm nguy hiểm cho người dân hay lực lượng ứng phó, hoặc không đúng phương án, quy trình, pháp luật.",
			EN: "Performed with major challenges: the objectives were achieved, but other activities suffered, health or safety risks were added for the public or for emergency workers, or plans, policies, procedures, regulations or laws were not followed.",
		}
	}
	return engine.Text{VI: "Chưa thực hiện được: không đạt mục tiêu.", EN: "Unable to be performed: the objectives were not achieved."}
}

// MarshalJSON writes no rating as null.
func (r Rating) MarshalJSON() ([]byte, error) { return wordOrNull(string(r)) }

// Grade is the band of a total; empty, in JSON null, without a total.
type Grade string

// The grades: giỏi, khá, đạt, không đạt.
const (
	Excellent Grade = "excellent"
	Good      Grade = "good"
	Pass      Grade = "pass"
	Fail      Grade = "fail"
)

// Title is the grade in words.
func (g Grade) Title() engine.Text {
	switch g {
	case Excellent:
		return engine.Text{VI: "Giỏi", EN: "Excellent"}
	case Good:
		return engine.Text{VI: "Khá", EN: "Good"}
	case Pass:
		return engine.Text{VI: "Đạt", EN: "Pass"}
	case Fail:
		return engine.Text{VI: "Không đạt", EN: "Fail"}
	}
	return engine.Text{}
}

// MarshalJSON writes no grade as null.
func (g Grade) MarshalJSON() ([]byte, error) { return wordOrNull(string(g)) }

func wordOrNull(s string) ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(s)
}
