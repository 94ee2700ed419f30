package server

import (
	"slices"

	"saban/engine"
	"saban/paper"
	"saban/scenarios"
)

// typedVerb is a sort of row: the key that makes it one, and what it is
// called.
type typedVerb struct {
	Key   string
	Title engine.Text
}

// typedVerbs are all there are, those that come most often first.
var typedVerbs = []typedVerb{
	{"done", engine.Both("Việc đã làm", "Done")},
	{"prohibited", engine.Both("Điều cấm", "Prohibited action")},
	{"respond", engine.Both("Phiếu trả lời", "Answer slip")},
	{"release", engine.Both("Phát tình huống", "Inject given out")},
	{"skip", engine.Both("Không phát", "Not given out")},
	{"relay", engine.Both("Báo lại cho vai", "A role was told")},
	{"inject", engine.Both("Tình huống mới", "New inject")},
	{"pause", engine.Both("Tạm dừng", "Pause")},
	{"force", engine.Both("Chuyển tay", "State forced")},
	{"flag", engine.Both("Cờ", "Flag")},
	{"hold", engine.Both("Giữ lại", "Held")},
	{"unhold", engine.Both("Thôi giữ", "No longer held")},
	{"mark", engine.Both("Chấm nội dung", "Content mark")},
	{"rate", engine.Both("Mức", "Rating")},
	{"note", engine.Both("Ghi chú", "Note")},
}

func typedVerbOf(key string) *typedVerb {
	if i := slices.IndexFunc(typedVerbs, func(v typedVerb) bool { return v.Key == key }); i >= 0 {
		return &typedVerbs[i]
	}
	return nil
}

// verbAt is the sort of a row.
func (t *typing) verbAt(row int) string {
	for _, v := range typedVerbs {
		if t.sheet.Value(row, v.Key) != nil || t.sheet.Value(row, v.Key+"/id") != nil || t.sheet.Value(row, v.Key+"/inject") != nil {
			return v.Key
		}
	}
	return ""
}

// line is the form of a row of a sort, empty where there is no row yet.
func (t *typing) line(verb string, row int, lang engine.Lang) *typedLine {
	l := &typedLine{Key: "row", Row: row}
	at := typedField{Key: "at", Kind: timeField, Label: engine.Both("Lúc", "At"), Must: verb != "mark" && verb != "rate" && verb != "note"}
	if !at.Must {
		at.Empty = engine.Both("không bắt buộc", "optional")
	}
	l.Fields = append([]typedField{at}, t.about(verb, lang)...)
	l.Fields = append(l.Fields, typedField{Key: "order", Kind: valueField, Label: engine.Both("Thứ tự, khi cùng giờ", "Order, at one time")})
	if row >= 0 {
		t.withBoxes(l, lang)
		l.fill(t.sheet)
		l.Drawn = l.Fields[1].Value
	}
	l.Was = l.print()
	return l
}

// about are the fields that a sort of row has beside its time.
func (t *typing) about(verb string, lang engine.Lang) []typedField {
	pick := func(key string, label engine.Text, options []option) typedField {
		return typedField{Key: key, Kind: pickField, Label: label, Options: options, Must: true}
	}
	by := typedField{Key: "by", Kind: pickField, Label: engine.Both("Vai", "Role"), Options: t.roles(lang)}
	reason := typedField{Key: "reason", Kind: plainField, Label: engine.Both("Lý do", "Reason")}
	why := reason
	why.Must = true
	inject := engine.Both("Tình huống", "Inject")
	content := contentShare()
	switch verb {
	case "done":
		return []typedField{pick("done", engine.Both("Việc", "What"), t.acts(lang)), by, content}
	case "prohibited":
		return []typedField{pick("prohibited", engine.Both("Hành động cấm", "Prohibited action"), t.things(t.prohibited, lang)), by}
	case "respond":
		role := by
		role.Key, role.Must = "respond/role", true
		return []typedField{pick("respond/inject", inject, t.things(t.injects, lang)), role, slipNumbers(), writtenBesides()}
	case "relay":
		return []typedField{pick("relay/inject", inject, t.things(t.injects, lang)), pick("relay/to", engine.Both("Vai được báo", "Role told"), t.roles(lang))}
	case "skip":
		return []typedField{pick("skip", inject, t.things(t.injects, lang)), why}
	case "release", "hold", "unhold":
		return []typedField{pick(verb, inject, t.things(t.injects, lang)), reason}
	case "inject":
		return t.written(lang)
	case "pause":
		return []typedField{{Key: "pause", Kind: spanField, Label: engine.Both("Dừng bao lâu (5m, 1:30)", "For how long (5m, 1:30)"), Must: true}, reason}
	case "force":
		return []typedField{pick("force", engine.Both("Trạng thái", "State"), t.things(t.states, lang)), why}
	case "flag":
		return []typedField{pick("flag", engine.Both("Cờ", "Flag"), t.things(t.flags, lang))}
	case "mark":
		content.Must, content.Empty = true, engine.Both("0, 1/2, 1", "0, 1/2, 1")
		return []typedField{pick("mark", engine.Both("Việc", "What"), t.things(t.responses, lang)), content}
	case "rate":
		return []typedField{pick("rate", engine.Both("Việc hay năng lực", "Response or capability"), t.rated(lang)), pick("rating", engine.Both("Mức", "Rating"), ratingOptions(lang)), reason}
	}
	return []typedField{{Key: "note", Kind: areaField, Label: engine.Both("Ghi gì", "What to note"), Must: true}}
}

func contentShare() typedField {
	return typedField{Key: "content", Kind: valueField, Label: engine.Both("Nội dung đạt", "Content"), Empty: engine.Both("đủ; 1/2…", "all; 1/2…")}
}

func slipNumbers() typedField {
	return typedField{Key: "respond/choices", Kind: slipField, Label: engine.Both("Số đã đánh dấu", "Numbers ticked"), Empty: engine.Both("1 3", "1 3")}
}

func writtenBesides() typedField {
	return typedField{Key: "respond/text", Kind: plainField, Label: engine.Both("Viết thêm", "Also written")}
}

// written are the fields of an inject written on the spot.
func (t *typing) written(lang engine.Lang) []typedField {
	channels := make([]option, 0, len(scenarios.Channels))
	for _, c := range scenarios.Channels {
		channels = append(channels, option{c, scenarios.ChannelTitle(c).In(lang)})
	}
	return []typedField{
		{Key: "inject/id", Kind: plainField, Label: engine.Both("Mã (X1, X2…)", "Id (X1, X2…)"), Must: true},
		{Key: "inject/to", Kind: toField, Label: engine.Both("Gửi", "To"), Options: append([]option{{"all", engine.Both("mọi vai", "everybody").In(lang)}}, t.roles(lang)...), Must: true},
		{Key: "inject/channel", Kind: pickField, Label: engine.Both("Kênh", "Channel"), Options: channels},
		{Key: "inject/text", Kind: areaField, Label: engine.Both("Lời đã đọc", "Words read out"), Must: true},
	}
}

// withBoxes asks for the boxes of the response a row is about, where it has
// some and the row gives no share.
func (t *typing) withBoxes(l *typedLine, lang engine.Lang) {
	id := ""
	if done := t.sheet.Value(l.Row, "done"); len(done) == 1 {
		id = done[0]
	}
	if f, ok := t.boxes(id, lang); ok && t.sheet.Value(l.Row, "content") == nil {
		for i := range l.Fields {
			if l.Fields[i].Key == "content" {
				l.Fields[i] = f
			}
		}
	}
}

// boxes are those of a response, all ticked.
func (t *typing) boxes(id string, lang engine.Lang) (typedField, bool) {
	r, _ := t.played.FindWay(id)
	if r == nil {
		_, r = t.played.FindResponse(id)
	}
	if r == nil {
		return typedField{}, false
	}
	set := t.file.Scenario.BoxSet(r.Boxes)
	if set == nil {
		return typedField{}, false
	}
	f := typedField{Key: "boxes", Kind: ticksField, Label: engine.Both("Có trong nội dung", "In what was said")}
	for _, b := range set.Boxes {
		f.Options, f.Picked = append(f.Options, option{b.ID, b.Text.In(lang)}), append(f.Picked, b.ID)
	}
	return f, true
}

func ratingOptions(lang engine.Lang) (out []option) {
	for _, r := range allRatings {
		out = append(out, option{string(r), string(r) + " · " + r.Title().In(lang)})
	}
	return out
}

func (t *typing) roles(lang engine.Lang) (out []option) {
	for i := range t.file.Scenario.Roles {
		if r := &t.file.Scenario.Roles[i]; !r.Simulated {
			out = append(out, option{r.ID, r.Title.In(lang)})
		}
	}
	return out
}

// things are those of the scenario that a test finds.
func (t *typing) things(is func(id string) bool, lang engine.Lang) (out []option) {
	for _, x := range paper.Things(t.played) {
		if is(x.ID) {
			out = append(out, option{x.ID, x.ID + " · " + x.Text.In(lang)})
		}
	}
	return out
}

func (t *typing) injects(id string) bool    { return t.played.FindInject(id) != nil }
func (t *typing) prohibited(id string) bool { return t.played.FindProhibited(id) != nil }
func (t *typing) states(id string) bool     { return t.played.State(id) != nil }

func (t *typing) responses(id string) bool {
	_, r := t.played.FindResponse(id)
	return r != nil
}

func (t *typing) flags(id string) bool {
	return slices.ContainsFunc(t.played.Flags, func(f engine.Flag) bool { return f.ID == id })
}

// acts are what may be seen done.
func (t *typing) acts(lang engine.Lang) []option {
	return t.things(func(id string) bool {
		way, _ := t.played.FindWay(id)
		return way != nil || t.responses(id) || t.played.FindDistractor(id) != nil
	}, lang)
}

// rated are what evaluators give a rating.
func (t *typing) rated(lang engine.Lang) []option {
	out := t.things(t.responses, lang)
	for _, c := range engine.Capabilities {
		out = append(out, option{string(c), string(c) + " · " + c.Title().In(lang)})
	}
	return out
}
