package engine

import (
	"strconv"
	"strings"
)

// Fill puts texts into the places %s of a sentence, each in its language.
func Fill(vi, en string, args ...Text) Text {
	return Text{fill(vi, VI, args), fill(en, EN, args)}
}

func fill(form string, lang Lang, args []Text) string {
	var b strings.Builder
	for _, a := range args {
		before, after, ok := strings.Cut(form, "%s")
		if !ok {
			break
		}
		b.WriteString(before)
		b.WriteString(a.In(lang))
		form = after
	}
	b.WriteString(form)
	return b.String()
}

// Counted is Fill with n in the first place, for which English has a form of
// its own when it is one.
func Counted(n int, vi, one, many string, args ...Text) Text {
	en := many
	if n == 1 {
		en = one
	}
	return Fill(vi, en, append([]Text{Same(strconv.Itoa(n))}, args...)...)
}

// Said is what a note says, the photo that came with it named by the first
// digits of its hash.
func (e *Event) Said() Text {
	photo := Fill("kèm ảnh %s", "with photo %s", Same(e.Photo[:min(len(e.Photo), 12)]))
	switch {
	case e.Photo == "":
		return Same(e.Text)
	case e.Text == "":
		return photo
	}
	return Fill("%s (%s)", "%s (%s)", Same(e.Text), photo)
}

// Same is a word that both languages write alike.
func Same(s string) Text { return Text{s, s} }

// Words writes m as people say it: 3 phút 30 giây, 3 min 30 s. What is left
// below a second is a decimal: 1,25 giây.
func (m Millis) Words() Text {
	if m < 0 {
		return Fill("âm %s", "minus %s", (-m).Words())
	}
	var vi, en []string
	for _, u := range []struct {
		size   Millis
		vi, en string
	}{{Hour, " giờ", " h"}, {Minute, " phút", " min"}} {
		if n := m / u.size; n > 0 {
			digits := strconv.FormatInt(int64(n), 10)
			vi, en = append(vi, digits+u.vi), append(en, digits+u.en)
			m -= n * u.size
		}
	}
	if m > 0 || len(vi) == 0 {
		seconds := (Ratio(m) * (Whole / 1000)).Decimal(3)
		vi, en = append(vi, seconds.VI+" giây"), append(en, seconds.EN+" s")
	}
	return Text{strings.Join(vi, " "), strings.Join(en, " ")}
}

// Decimal writes r with at most so many decimals, rounded half up;
// Vietnamese has a decimal comma.
func (r Ratio) Decimal(places int) Text {
	unit := Whole
	for range places {
		unit /= 10
	}
	en := ((r + unit/2) / unit * unit).String()
	return Text{strings.Replace(en, ".", ",", 1), en}
}

// Percent writes r in whole per cent.
func (r Ratio) Percent() string {
	return strconv.FormatInt(MulDiv(int64(r), 100, int64(Whole)), 10) + "%"
}

// Title says what a kind of state means.
func (k StateKind) Title() Text {
	switch k {
	case Initial:
		return Text{"ban đầu", "initial"}
	case Escalated:
		return Text{"diễn biến xấu đi", "escalated"}
	case Contained:
		return Text{"đã khống chế", "contained"}
	case Failed:
		return Text{"không khống chế được", "failed"}
	}
	return Text{"bình thường", "normal"}
}

// Title is a severity in words.
func (s Severity) Title() Text {
	switch s {
	case Life:
		return Text{"nguy hiểm tính mạng", "danger to life"}
	case Major:
		return Text{"nặng", "major"}
	}
	return Text{"nhẹ", "minor"}
}

// Title is a capability in words; an unknown code is its own title.
func (c Capability) Title() Text {
	switch c {
	case NB:
		return Text{"nhận biết và báo tin", "recognising and reporting"}
	case BV:
		return Text{"bảo vệ con người", "protecting people"}
	case CH:
		return Text{"chỉ huy và phối hợp", "command and coordination"}
	case KV:
		return Text{"khoanh vùng và kiểm soát hiện trường", "cordon and control of the scene"}
	case TT:
		return Text{"thông tin và cảnh báo", "informing and warning"}
	case KP:
		return Text{"khôi phục hoạt động", "restoring operation"}
	}
	return Same(string(c))
}
