package main

import (
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/paper"
	"saban/scenarios"
)

// what asks what happened at a time, and returns the row; nil when the answer
// leads nowhere, which is said.
func (t *typist) what(at string) ([]scenarios.Field, error) {
	row := []scenarios.Field{scenarios.TimeField("at", at, false)}
	if at == "-" {
		row = nil
	} else {
		trial := t.sheet.Clone()
		if err := trial.Add(row[0], scenarios.Quoted("note", "…")); err != nil || !t.sound(trial) {
			return nil, err
		}
	}
	word, err := t.ask(engine.Both("việc gì (mã, hoặc: tạm dừng, ghi chú, mới, ?)", "what (an id, or: pause, note, new, ?)"), "")
	if err != nil {
		return nil, err
	}
	switch strings.ToLower(word) {
	case "":
		return nil, nil
	case "?":
		t.ids()
		return t.what(at)
	case "tạm dừng", "tam dung", "pause":
		return t.with(row, scenarios.Field{Key: "pause"}, engine.Both("dừng bao lâu (5m, 90s)", "for how long (5m, 90s)"))
	case "ghi chú", "ghi chu", "note":
		return t.with(row, scenarios.Field{Key: "note"}, engine.Both("ghi gì", "what to note"))
	case "mới", "moi", "new":
		return t.written(row)
	}
	more, err := t.about(word, at == "-")
	if err != nil || more == nil {
		return nil, err
	}
	return append(row, more...), nil
}

// with asks for the value of one more field.
func (t *typist) with(row []scenarios.Field, f scenarios.Field, what engine.Text) ([]scenarios.Field, error) {
	text, err := t.ask(what, "")
	if err != nil || text == "" {
		return nil, err
	}
	if f.Key == "pause" {
		return append(row, scenarios.TimeField(f.Key, text, true)), nil
	}
	return append(row, scenarios.Quoted(f.Key, text)), nil
}

// about asks on about the thing an id stands for.
func (t *typist) about(word string, timeless bool) ([]scenarios.Field, error) {
	s := t.played()
	id, near := t.known(word)
	response, _ := s.FindWay(id)
	if response == nil {
		_, response = s.FindResponse(id)
	}
	switch {
	case id == "":
		t.talk("không có %q trong kịch bản", "there is no %q in the scenario", word)
		t.hint(near)
		return nil, nil
	case timeless:
		return t.rating(id)
	case response != nil:
		return t.done(id, response)
	case s.FindDistractor(id) != nil:
		return t.by([]scenarios.Field{{Key: "done", Value: id}}, "")
	case s.FindProhibited(id) != nil:
		return t.by([]scenarios.Field{{Key: "prohibited", Value: id}}, "")
	case s.FindInject(id) != nil:
		return t.inject(s.FindInject(id))
	case s.State(id) != nil:
		return t.with([]scenarios.Field{{Key: "force", Value: id}}, scenarios.Field{Key: "reason"}, engine.Both("chuyển tay sang trạng thái này vì sao", "why the situation was forced there"))
	}
	return []scenarios.Field{{Key: "flag", Value: id}}, nil
}

// known finds an id however its letters are written.
func (t *typist) known(word string) (id string, near engine.Text) {
	var all []string
	for _, x := range paper.Things(t.played()) {
		all = append(all, x.ID)
	}
	for _, c := range engine.Capabilities {
		all = append(all, string(c))
	}
	if i := slices.IndexFunc(all, func(id string) bool { return strings.EqualFold(id, word) }); i >= 0 {
		return all[i], engine.Text{}
	}
	return "", engine.Nearest(word, all)
}

// played is the scenario with the injects that were written on the spot.
func (t *typist) played() *engine.Scenario { return t.draft.Played(t.file.Scenario) }

func (t *typist) ids() {
	columns := []column{{title: t.say("mã", "id")}, {title: t.say("là", "stands for")}}
	var rows [][]string
	for _, x := range paper.Things(t.played()) {
		rows = append(rows, []string{x.ID, x.Text.In(t.lang)})
	}
	t.table(columns, rows)
}

// done asks who did a response, and what of its content was there.
func (t *typist) done(id string, r *engine.Response) ([]scenarios.Field, error) {
	row, err := t.by([]scenarios.Field{{Key: "done", Value: id}}, r.By)
	set := t.file.Scenario.BoxSet(r.Boxes)
	if err != nil || row == nil || set == nil {
		return row, err
	}
	for i, b := range set.Boxes {
		t.item(strconv.Itoa(i+1), b.Text.In(t.lang))
	}
	picked, err := t.numbers(engine.Both("có những gì (1 3; 0: không gì cả)", "what was there (1 3; 0: nothing)"), t.say("đủ cả", "all"), len(set.Boxes))
	if err != nil || picked == nil {
		return row, err
	}
	ids := make([]string, len(picked))
	for i, n := range picked {
		ids[i] = set.Boxes[n-1].ID
	}
	return append(row, scenarios.Field{Key: "boxes", Value: "[" + strings.Join(ids, ", ") + "]"}), nil
}

// numbers reads numbers from 1 to most, each once; nil stands for what is
// offered.
func (t *typist) numbers(what engine.Text, offered string, most int) ([]int, error) {
	for {
		line, err := t.ask(what, offered)
		if err != nil || line == offered {
			return nil, err
		}
		out := []int{}
		good := true
		for _, word := range strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == ',' || c == ';' }) {
			n, err := strconv.Atoi(word)
			switch {
			case err != nil || n < 0 || n > most || slices.Contains(out, n):
				good = false
			case n > 0:
				out = append(out, n)
			}
		}
		if good {
			return out, nil
		}
		t.talk("ghi các số từ 1 đến %d, cách nhau một khoảng trống, mỗi số một lần", "give numbers from 1 to %d, apart by a space, each once", most)
	}
}

// by asks which role did it.
func (t *typist) by(row []scenarios.Field, owner string) ([]scenarios.Field, error) {
	role, err := t.role(engine.Both("vai nào làm", "which role"), t.players(), owner)
	if err != nil || role == "" {
		return row, err
	}
	return append(row, scenarios.Field{Key: "by", Value: role}), nil
}

func (t *typist) players() (ids []string) {
	for _, r := range t.file.Scenario.Roles {
		if !r.Simulated {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// role reads a role by its id or its number in a list.
func (t *typist) role(what engine.Text, among []string, offered string) (string, error) {
	all := make([]string, len(among))
	for i, id := range among {
		all[i] = strconv.Itoa(i+1) + "\u00a0" + strings.ReplaceAll(t.roleTitle(t.file.Scenario, id), " ", "\u00a0")
	}
	t.paragraph("  ", strings.Join(all, " · "))
	for {
		line, err := t.ask(what, offered)
		if err != nil || line == "" {
			return "", err
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(among) {
			return among[n-1], nil
		}
		if i := slices.IndexFunc(among, func(id string) bool {
			return strings.EqualFold(id, line) || strings.EqualFold(t.roleTitle(t.file.Scenario, id), line)
		}); i >= 0 {
			return among[i], nil
		}
		t.talk("ghi số hoặc mã của một vai ở trên", "give the number or the id of a role above")
	}
}

// inject asks what happened to an inject, or on its slips.
func (t *typist) inject(in *engine.Inject) ([]scenarios.Field, error) {
	for i, text := range []engine.Text{engine.Both("một vai trả lời trên phiếu", "a role answered on its slip"), engine.Both("được đọc vào lúc này, khác với dự kiến", "it was read out now, not as planned"),
		engine.Both("được báo lại cho một vai", "a role was told of it"), engine.Both("không phát", "it was not given out")} {
		t.item(strconv.Itoa(i+1), text.In(t.lang))
	}
	picked, err := t.numbers(engine.Both("điều gì", "which"), "1", 4)
	if err != nil || picked != nil && len(picked) != 1 {
		return nil, err
	}
	switch slices.Concat(picked, []int{1})[0] {
	case 2:
		return []scenarios.Field{{Key: "release", Value: in.ID}}, nil
	case 3:
		role, err := t.role(engine.Both("vai nào", "which role"), t.players(), "")
		if err != nil || role == "" {
			return nil, err
		}
		return []scenarios.Field{{Key: "relay", Value: "{inject: " + in.ID + ", to: " + role + "}"}}, nil
	case 4:
		return t.with([]scenarios.Field{{Key: "skip", Value: in.ID}}, scenarios.Field{Key: "reason"}, engine.Both("vì sao không phát", "why it was not given out"))
	}
	return t.slip(in)
}

// slip asks for the numbers ticked on an answer slip.
func (t *typist) slip(in *engine.Inject) ([]scenarios.Field, error) {
	asks := in.AskList()
	var roles []string
	for _, ask := range asks {
		roles = append(roles, ask.Role)
	}
	if len(roles) == 0 {
		t.talk("tình huống này không hỏi ai", "this inject asks nobody")
		return nil, nil
	}
	role, err := t.role(engine.Both("phiếu của vai nào", "whose slip"), roles, roles[0])
	if err != nil || role == "" {
		return nil, err
	}
	q := paper.Slip(t.file.Compiled, in, role, t.draft.Seed)
	for i := range q.Choices {
		t.item(strconv.Itoa(i+1), q.Choices[i].Text.In(t.lang))
	}
	picked, err := t.numbers(engine.Both("đánh dấu số nào (cần %d)", "which numbers are ticked (%d wanted)", q.Ask.Pick), "", len(q.Choices))
	if err != nil {
		return nil, err
	}
	text, err := t.ask(engine.Both("viết thêm gì", "what else is written"), "")
	if err != nil {
		return nil, err
	}
	numbers := make([]string, len(picked))
	for i, n := range picked {
		numbers[i] = strconv.Itoa(n)
	}
	value := "inject: " + in.ID + ", role: " + role + ", choices: [" + strings.Join(numbers, ", ") + "]"
	if f := scenarios.Quoted("text", text); text != "" {
		value += ", text: " + f.Value
	}
	return []scenarios.Field{{Key: "respond", Value: "{" + value + "}"}}, nil
}

// rating asks for the rating an evaluator gave.
func (t *typist) rating(id string) ([]scenarios.Field, error) {
	mark, err := t.ask(engine.Both("mức của %s (P, S, M, U)", "rating of %s (P, S, M, U)", id), "")
	if err != nil || mark == "" {
		return nil, err
	}
	row := []scenarios.Field{{Key: "rate", Value: id}, scenarios.Quoted("rating", strings.ToUpper(mark))}
	reason, err := t.ask(engine.Both("lý do", "reason"), "")
	if err != nil || reason == "" {
		return row, err
	}
	return append(row, scenarios.Quoted("reason", reason)), nil
}

// written asks for an inject that was written on the spot.
func (t *typist) written(row []scenarios.Field) ([]scenarios.Field, error) {
	number := 1
	for i := range t.draft.Steps {
		if t.draft.Steps[i].Command.Inject != nil {
			number++
		}
	}
	id, err := t.ask(engine.Both("mã của tình huống mới", "id of the new inject"), "X"+strconv.Itoa(number))
	if err != nil {
		return nil, err
	}
	text, err := t.ask(engine.Both("lời đã đọc", "the words read out"), "")
	if err != nil || text == "" {
		return nil, err
	}
	role, err := t.role(engine.Both("gửi vai nào (để trống: mọi vai)", "for which role (empty: everybody)"), t.players(), "")
	if err != nil {
		return nil, err
	}
	to := "all"
	if role != "" {
		to = "[" + role + "]"
	}
	name, f := scenarios.Quoted("id", id), scenarios.Quoted("text", text)
	return append(row, scenarios.Field{Key: "inject", Value: "{id: " + name.Value + ", to: " + to + ", text: " + f.Value + "}"}), nil
}
