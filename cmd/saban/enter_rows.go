package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/scenarios"
)

// typist asks for the rows of a draft and keeps each at once.
type typist struct {
	*entering
	path  string
	lines *bufio.Reader
	sheet *scenarios.Sheet
	draft *scenarios.Draft // what the sheet comes to
}

// errLeft says that the typing is left for another time.
var errLeft = errors.New("left for another time")

// typeIn asks for a drill row by row, goes on with a draft that is there, and
// writes the drill file when all is said.
func (e *entering) typeIn(path string) error {
	t := &typist{entering: e, path: path, lines: bufio.NewReader(e.in)}
	err := t.open()
	if err == nil {
		err = t.rows()
	}
	if errors.Is(err, errLeft) {
		if t.sheet == nil {
			return cannot(nil, engine.Both("chưa nhập gì", "nothing was typed in"), engine.Text{})
		}
		e.talk("bản nháp giữ ở %s, có %d việc; gõ lại lệnh này để nhập tiếp", "the draft is kept in %s, entries: %d; give this command again to go on", path, t.sheet.Rows())
		return cannot(nil, engine.Both("chưa lập tệp diễn tập", "no drill file was written"), engine.Text{})
	}
	return err
}

// open goes on with the draft, or begins one by its head.
func (t *typist) open() error {
	src, err := t.readFile(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return t.head()
	}
	if err != nil {
		return err
	}
	if _, found := scenarios.ReadDraft(src, t.file.Scenario); found.Failed() {
		return t.refuse(found)
	}
	sheet, err := scenarios.OpenSheet(src)
	if err != nil {
		return err
	}
	t.look(sheet)
	t.talk("nhập tiếp %s: đã có %d việc", "going on with %s; entries so far: %d", t.path, sheet.Rows())
	return nil
}

// head asks for what stands at the top of the papers.
func (t *typist) head() error {
	values := []scenarios.Field{scenarios.Quoted("day", t.now().In(scenarios.Zone).Format("2006-01-02")), scenarios.Quoted("start", "08:00"),
		{Key: "end", Value: t.file.Scenario.Duration.String()}, {Key: "seed", Value: "1"}}
	asks := []engine.Text{engine.Both("ngày diễn tập", "day of the drill"), engine.Both("bắt đầu lúc (giờ:phút)", "started at (hour:minute)"),
		engine.Both("kết thúc lúc, hoặc sau bao lâu", "ended at, or after how long"), engine.Both("thứ tự lựa chọn, số in ở chân trang giấy", "order of choices, the number at the foot of the papers")}
	for i := 0; i < len(values); {
		given, err := t.ask(asks[i], strings.Trim(values[i].Value, `"`))
		if err != nil {
			return err
		}
		before := values[i]
		values[i].Value = given
		if values[i].Key != "seed" || strings.Trim(given, "0123456789") != "" {
			values[i] = scenarios.TimeField(values[i].Key, given, false)
		}
		sheet, err := scenarios.NewSheet(append([]scenarios.Field{{Key: "scenario", Value: t.file.Scenario.ID}}, values...)...)
		if err == nil && t.sound(sheet) {
			t.look(sheet)
			i++
			continue
		}
		values[i] = before
	}
	return t.save()
}

// sound says what is wrong with a sheet, if anything is.
func (t *typist) sound(sheet *scenarios.Sheet) bool {
	_, found := scenarios.ReadDraft(scenarios.Source{Name: t.path, Bytes: sheet.Bytes()}, t.file.Scenario)
	for _, f := range found.Only(scenarios.Error) {
		t.talk("%s", "%s", f.Text.In(t.lang))
		t.hint(f.Hint)
	}
	return !found.Failed()
}

func (t *typist) look(sheet *scenarios.Sheet) {
	t.sheet = sheet
	t.draft, _ = scenarios.ReadDraft(scenarios.Source{Name: t.path, Bytes: sheet.Bytes()}, t.file.Scenario)
}

// save puts the draft on disk, whole or not at all.
func (t *typist) save() error {
	text := t.sheet.Bytes()
	err := replaceFile(t.path, text)
	if errors.Is(err, fs.ErrNotExist) {
		err = writeNew(scenarios.Source{Name: t.path, Bytes: text})
	}
	if err != nil {
		return t.unwritable(t.path, err)
	}
	return nil
}

// ask reads one line; an empty one stands for what is offered.
func (t *typist) ask(what engine.Text, offered string) (string, error) {
	prompt := what.In(t.lang)
	if offered != "" {
		prompt += " [" + offered + "]"
	}
	if _, err := io.WriteString(t.out, prompt+": "); err != nil {
		return "", err
	}
	line, err := t.lines.ReadString('\n')
	if line == "" && err != nil {
		t.println("")
		return "", errLeft
	}
	if line = strings.TrimSpace(norm.NFC.String(line)); line == "" {
		line = offered
	}
	return line, nil
}

// rows asks for rows until all is said.
func (t *typist) rows() error {
	t.help()
	t.list()
	for {
		line, err := t.ask(engine.Both("lúc nào", "when"), "")
		if err != nil {
			return err
		}
		word, rest, _ := strings.Cut(line, " ")
		number, _ := strconv.Atoi(strings.TrimSpace(rest))
		switch strings.ToLower(word) {
		case "", "?":
			t.help()
		case "ds", "list":
			t.list()
		case "thoát", "thoat", "quit":
			return errLeft
		case "xong", "done":
			if log, ok := t.over(); ok {
				return t.finish(log)
			}
		case "sửa", "sua", "edit", "xóa", "xoá", "xoa", "delete":
			err = t.change(strings.ToLower(word), number)
		default:
			err = t.row(line, -1)
		}
		if err != nil {
			return err
		}
	}
}

// over plays the draft, and says which rows cannot have happened so.
func (t *typist) over() ([]engine.Event, bool) {
	log, found := t.enter(scenarios.Source{Name: t.path, Bytes: t.sheet.Bytes()})
	for _, f := range found.Only(scenarios.Error) {
		t.talk("việc %d: %s", "entry %d: %s", t.draft.Row(f), f.Text.In(t.lang))
		t.hint(f.Hint)
	}
	return log, !found.Failed()
}

// change types a row anew or takes it out.
func (t *typist) change(word string, number int) error {
	if number < 1 || number > t.sheet.Rows() {
		t.talk("không có việc số %d; ds: xem các việc", "there is no entry %d; list: see them", number)
		return nil
	}
	if word != "sửa" && word != "sua" && word != "edit" {
		t.sheet.Drop(number - 1)
		t.look(t.sheet)
		t.list()
		return t.save()
	}
	t.println(t.describe(&t.draft.Steps[number-1]))
	at, err := t.ask(engine.Both("lúc nào", "when"), t.draft.Steps[number-1].Given())
	if err != nil {
		return err
	}
	return t.row(at, number-1)
}

// row asks what happened at a time, and keeps it.
func (t *typist) row(at string, place int) error {
	row, err := t.what(at)
	if err != nil || row == nil {
		return err
	}
	next := t.sheet.Clone()
	if place < 0 {
		err = next.Add(row...)
		place = next.Rows() - 1
	} else {
		err = next.Set(place, row...)
	}
	if err != nil || !t.sound(next) {
		return err // or it is said, and the time asked again
	}
	t.look(next)
	if err := t.save(); err != nil {
		return err
	}
	t.println(t.describe(&t.draft.Steps[place]))
	return nil
}

// list shows what was entered, in order of occurrence.
func (t *typist) list() {
	for _, step := range t.draft.InOrder() {
		t.println(t.describe(step))
	}
}

func (t *typist) help() {
	for _, line := range strings.Split(t.say(
		"Mỗi việc bắt đầu bằng giờ: 08:34 hoặc 08:34:20, hay 4m20s sau khi bắt đầu; dấu - khi không có giờ (mức, ghi chú).\nThứ tự nào cũng được; hai việc cùng một giờ thì việc nhập trước xảy ra trước. Tình huống phát đúng dự kiến thì không cần nhập.\nds: xem các việc · sửa 3 · xóa 3 · xong: lập tệp diễn tập · thoát: để lần sau · ?: xem lại lời này",
		"Each entry begins with its time: 08:34 or 08:34:20, or 4m20s after the start; - where there is none (ratings, notes).\nAny order will do; of two at one time the one entered first came first. Injects given out as planned need no entry.\nlist: see the entries · edit 3 · delete 3 · done: write the drill file · quit: go on another time · ?: this help"), "\n") {
		t.paragraph("", line)
	}
}
