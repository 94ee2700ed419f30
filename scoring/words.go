package scoring

import (
	"strconv"
	"strings"

	"saban/engine"
)

// CapabilityTitle is a capability in words; an unknown code is its own title.
func CapabilityTitle(c engine.Capability) engine.Text {
	switch c {
	case engine.NB:
		return engine.Text{VI: "nhận biết và báo tin", EN: "recognising and reporting"}
	case engine.BV:
		return engine.Text{VI: "bảo vệ con người", EN: "protecting people"}
	case engine.CH:
		return engine.Text{VI: "chỉ huy và phối hợp", EN: "command and coordination"}
	case engine.KV:
		return engine.Text{VI: "khoanh vùng và kiểm soát hiện trường", EN: "cordon and control of the scene"}
	case engine.TT:
		return engine.Text{VI: "thông tin và cảnh báo", EN: "informing and warning"}
	case engine.KP:
		return engine.Text{VI: "khôi phục hoạt động", EN: "restoring operation"}
	}
	return engine.Text{VI: string(c), EN: string(c)}
}

// spoken writes a time as people say it: 3 phút 30 giây, 3 min 30 s.
func spoken(m engine.Millis) engine.Text {
	if m < 0 {
		t := spoken(-m)
		return engine.Text{VI: "âm " + t.VI, EN: "minus " + t.EN}
	}
	var vi, en strings.Builder
	for _, u := range []struct {
		size   engine.Millis
		vi, en string
	}{{engine.Hour, " giờ", " h"}, {engine.Minute, " phút", " min"}} {
		if n := m / u.size; n > 0 {
			digits := strconv.FormatInt(int64(n), 10)
			vi.WriteString(digits + u.vi + " ")
			en.WriteString(digits + u.en + " ")
			m -= n * u.size
		}
	}
	if m > 0 || vi.Len() == 0 {
		digits := decimal(engine.Ratio(m) * (engine.Whole / 1000))
		vi.WriteString(digits.VI + " giây")
		en.WriteString(digits.EN + " s")
	}
	return engine.Text{VI: strings.TrimSpace(vi.String()), EN: strings.TrimSpace(en.String())}
}

// decimal writes a share with at most two decimals, half up; Vietnamese has
// a decimal comma.
func decimal(r engine.Ratio) engine.Text { return decimals(r, 2) }

func decimals(r engine.Ratio, places int) engine.Text {
	unit := engine.Whole
	for range places {
		unit /= 10
	}
	en := ((r + unit/2) / unit * unit).String()
	return engine.Text{VI: strings.Replace(en, ".", ",", 1), EN: en}
}

// percent writes a share in whole per cent.
func percent(r engine.Ratio) string {
	return strconv.FormatInt(engine.MulDiv(int64(r), 100, int64(engine.Whole)), 10) + "%"
}

// say fills texts into the places %s of a sentence, each in its language.
func say(vi, en string, args ...engine.Text) engine.Text {
	return engine.Text{VI: fill(vi, engine.VI, args), EN: fill(en, engine.EN, args)}
}

func fill(form string, lang engine.Lang, args []engine.Text) string {
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

// same is a word that both languages write alike.
func same(s string) engine.Text { return engine.Text{VI: s, EN: s} }

// list joins texts with commas, listSemi longer ones with semicolons.
func list(texts []engine.Text) engine.Text { return join(texts, "%s, %s") }

func listSemi(texts []engine.Text) engine.Text { return join(texts, "%s; %s") }

func join(texts []engine.Text, form string) engine.Text {
	var out engine.Text
	for i, t := range texts {
		if i == 0 {
			out = engine.Text{VI: t.In(engine.VI), EN: t.In(engine.EN)}
			continue
		}
		out = say(form, form, out, t)
	}
	return out
}

// number is a count, which both languages write alike.
func number(n int) engine.Text { return same(strconv.Itoa(n)) }

// capital makes the first letter of a sentence large.
func capital(t engine.Text) engine.Text {
	return engine.Text{VI: upperFirst(t.VI), EN: upperFirst(t.EN)}
}

func upperFirst(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// roleTitle is a role in words, or its id.
func (t *tally) roleTitle(id string) engine.Text {
	if i, ok := t.roles[id]; ok && !t.scenario.Roles[i].Title.Empty() {
		return t.scenario.Roles[i].Title
	}
	return same(id)
}

// doing is a response in words, or its id.
func doing(it *Item) engine.Text {
	if it.Do.Empty() {
		return same(it.ID)
	}
	return it.Do
}
