package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"saban/engine"
	"saban/live"
)

// lineMode leads a drill without a terminal: it prints what comes and reads
// numbers, one line a question. End of input is no answer: it ends the run.
type lineMode struct {
	s      *session
	app    *app
	out    io.Writer
	told   int             // events already printed
	passed map[string]bool // questions left for good
	asked  string          // the question last printed
	boxes  *boxQuestion    // contents of the answer just given
	held   []string        // a line of numbers that waits for a question
	waited bool            // said that it waits
	until  engine.Millis   // no line is read before
}

// boxQuestion asks for the contents of one response that was answered.
type boxQuestion struct {
	inject, role string
	response     *engine.Response
	set          *engine.BoxSet
	rest         []string // choices whose contents are asked next
}

func newLines(s *session) *lineMode {
	return &lineMode{s: s, app: s.staging.app, out: s.staging.app.err, passed: map[string]bool{}}
}

// readLines reads lines until the input ends.
func readLines(in io.Reader) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		scan := bufio.NewScanner(in)
		for scan.Scan() {
			out <- scan.Text()
		}
	}()
	return out
}

func (m *lineMode) run(in io.Reader, stop <-chan os.Signal) error {
	if m.s.torn {
		m.print(m.app.say("dòng cuối của tệp bị đứt khi máy dừng: đã cắt bỏ", "the last line of the file was torn by the crash: it was cut off"))
	}
	if err := m.begin(); err != nil {
		return err
	}
	lines := readLines(in)
	ticker := time.NewTicker(refresh)
	defer ticker.Stop()
	for {
		if err := m.step(); err != nil {
			return err
		}
		if m.s.Drill.Over() {
			return nil
		}
		next := lines
		if m.held != nil || m.s.Now() < m.until {
			next = nil
		}
		select {
		case text, ok := <-next:
			if !ok {
				return m.aborted()
			}
			m.read(text)
		case <-ticker.C:
		case <-stop:
			return m.s.staging.interrupted()
		}
	}
}

// begin starts the drill, or goes on with one that was interrupted.
func (m *lineMode) begin() error {
	if !m.s.Drill.Started() {
		return m.s.startEx()
	}
	m.told = len(m.s.Log)
	m.print(m.app.say("tiếp tục từ %s; trạng thái: %s", "going on from %s; state: %s", m.s.Now().Clock(), m.s.stateName(m.s.Drill.State())))
	if !m.s.Drill.StoppedReal() {
		m.do(engine.Command{Do: engine.Resume})
	}
	return m.s.broken()
}

func (m *lineMode) aborted() error {
	return cannot(io.ErrUnexpectedEOF, engine.Both("hết dữ liệu vào trước khi kết thúc (EndEx): không có câu trả lời nào được đoán, chưa chấm điểm",
		"the input ended before the drill did (EndEx): nothing was answered for you, nothing is scored"), m.s.staging.goOn())
}

// step lets time do its part, tells what is new and asks.
func (m *lineMode) step() error {
	if err := m.s.tick(); err != nil {
		return err
	}
	view := m.news()
	if m.boxes != nil || m.s.Drill.Paused() {
		return nil
	}
	q := m.question(view)
	if q == nil {
		m.asked = ""
		return nil
	}
	if id := q.Key(); id != m.asked {
		m.asked = id
		m.ask(q)
	}
	if words := m.held; words != nil {
		m.held, m.waited = nil, false
		m.answer(q, words)
	}
	return nil
}

// news tells what was logged since the last time.
func (m *lineMode) news() *engine.Snapshot {
	view := m.s.Drill.Snapshot()
	for ; m.told < len(m.s.Log); m.told++ {
		m.tell(&view, &m.s.Log[m.told])
	}
	return &view
}

// question is the one to answer: the one asked already, or the oldest.
func (m *lineMode) question(view *engine.Snapshot) *live.Question {
	open := m.s.questions(view)
	var first *live.Question
	for i := len(open) - 1; i >= 0; i-- {
		q := &open[i]
		if q.Key() == m.asked {
			return q
		}
		if first == nil && !m.passed[q.Key()] || first != nil && q.Inject.Inject.ID == first.Inject.Inject.ID && !m.passed[q.Key()] {
			first = q
		}
	}
	return first
}

func (m *lineMode) print(text string) { fmt.Fprintln(m.out, text) }

func (m *lineMode) tell(view *engine.Snapshot, e *engine.Event) {
	t := m.s.tell(view, e)
	if t.text == "" {
		return
	}
	m.print(e.At.Clock() + " " + t.mark + " " + t.text)
	if e.Type != engine.Released {
		return
	}
	for _, in := range view.Injects {
		if in.Inject.ID == e.ID {
			m.print("      " + m.app.say("DIỄN TẬP · ", "EXERCISE · ") + m.s.route(in.Inject))
			for _, l := range fold(m.s.in(in.Text), 90) {
				m.print("      " + l)
			}
		}
	}
}

func (m *lineMode) ask(q *live.Question) {
	m.print("")
	m.print(m.app.say("%s làm gì? (%s, chọn %d)", "What does %s do? (%s, choose %d)", m.s.in(q.Role.Role.Title), q.Inject.Inject.ID, q.Ask.Pick))
	if heard := m.s.in(q.Ask.Told); heard != "" && !q.Inject.Inject.Reads(q.Ask.Role) {
		m.print("   " + m.app.say("nghe được: ", "has heard: ") + heard)
	}
	for i, o := range q.Choices {
		m.print(fmt.Sprintf("  %2d  %s", i+1, m.s.in(o.Text)))
	}
}

// read takes one line: a word, or numbers for the question asked.
func (m *lineMode) read(text string) {
	words := strings.Fields(text)
	switch {
	case len(words) == 0:
		m.complain("dòng trống không phải là câu trả lời", "an empty line is no answer")
	case m.word(words):
	case !numbers(words):
		m.complain("không hiểu %q", "%q is not understood", text)
	case m.boxes != nil:
		m.tick(words)
	default:
		m.held = words
		if m.asked == "" && !m.waited {
			m.waited = true
			m.print(m.app.say("chưa có câu hỏi; chờ câu tới", "no question is open; waiting for the next"))
		}
	}
}

func numbers(words []string) bool {
	for _, w := range words {
		if _, err := strconv.ParseUint(w, 10, 16); err != nil {
			return false
		}
	}
	return true
}

func (m *lineMode) complain(vi, en string, args ...any) {
	m.app.talk("%s", "%s", m.app.say(vi, en, args...)+m.app.say("; các số cách nhau bằng dấu cách, hoặc: pause resume next skip wait end", "; numbers with spaces between, or: pause resume next skip wait end"))
}

// word carries out the words that stand for keys.
func (m *lineMode) word(words []string) bool {
	switch strings.ToLower(words[0]) {
	case "pause":
		m.do(engine.Command{Do: engine.Pause})
	case "resume":
		if why := strings.Join(words[1:], " "); m.s.Drill.StoppedReal() {
			if why == "" {
				m.app.talk("đang dừng vì sự cố thật; bỏ dừng cần lý do, như: resume đã xong", "stopped for a real incident; releasing the stop needs a reason, such as: resume it is over")
				return true
			}
			m.do(engine.Command{Do: engine.ResumeReal, Body: engine.Body{Reason: why}})
		}
		m.do(engine.Command{Do: engine.Resume})
	case "end":
		m.do(engine.Command{Do: engine.End})
	case "next":
		if u := live.Next(live.Queue(m.news())); u != nil {
			m.do(engine.Command{Do: engine.Release, Body: engine.Body{ID: u.Inject.ID}})
		}
	case "skip":
		m.passed[m.asked] = true
		m.asked, m.boxes = "", nil
	case "all":
		if m.boxes == nil {
			return false
		}
		m.claim(m.boxes.set.Boxes)
	case "wait":
		d, ok := engine.Millis(0), false
		if len(words) == 2 {
			d, ok = engine.ParseDuration(words[1])
		}
		if !ok {
			m.complain("viết như: wait 90s", "write it like: wait 90s")
			return true
		}
		m.until = m.s.Now() + d
	default:
		return false
	}
	return true
}

// do carries out a command and says why when it is refused.
func (m *lineMode) do(cmd engine.Command) bool {
	_, err := m.s.do(cmd)
	var refusal *engine.Refusal
	var fail *failure
	switch {
	case errors.As(err, &refusal):
		m.app.talk("%s", "%s", m.s.in(refusal.Why))
		m.app.hint(refusal.Try)
	case errors.As(err, &fail) && m.s.broken() == nil:
		m.app.talk("%s", "%s", fail.text.In(m.app.lang))
	}
	return err == nil
}

// answer takes the numbers of choices; what is refused is asked again.
func (m *lineMode) answer(q *live.Question, words []string) {
	cmd := engine.Command{Do: engine.Respond, Body: engine.Body{ID: q.Inject.Inject.ID, Role: q.Ask.Role}}
	for _, w := range words {
		n, _ := strconv.Atoi(w)
		if n < 1 || n > len(q.Choices) {
			m.app.talk("không có lựa chọn %d; từ 1 đến %d", "there is no choice %d; 1 to %d", n, len(q.Choices))
			return
		}
		cmd.Choices = append(cmd.Choices, q.Choices[n-1].ID)
	}
	if m.do(cmd) {
		m.asked = ""
		m.askBoxes(cmd.ID, cmd.Role, cmd.Choices)
	}
}

// askBoxes asks for the contents of the next choice that has some.
func (m *lineMode) askBoxes(inject, role string, choices []string) {
	m.boxes = nil
	view := m.news()
	for i, id := range choices {
		r := m.s.offer(view, id).Response
		if r == nil || r.Boxes == "" {
			continue
		}
		m.boxes = &boxQuestion{inject, role, r, m.s.staging.file.Scenario.BoxSet(r.Boxes), choices[i+1:]}
		m.print(m.app.say("%s nêu được những gì? (số, all, hoặc 0: không gì)", "What did %s give? (numbers, all, or 0: nothing)", m.s.roleName(role)))
		for n, b := range m.boxes.set.Boxes {
			m.print(fmt.Sprintf("  %2d  %s", n+1, m.s.in(b.Text)))
		}
		return
	}
}

// tick claims boxes by number.
func (m *lineMode) tick(words []string) {
	var claimed []engine.Box
	all := m.boxes.set.Boxes
	for _, w := range words {
		n, _ := strconv.Atoi(w)
		if n > len(all) || n == 0 && len(words) > 1 {
			m.app.talk("không có nội dung %d; từ 1 đến %d", "there is no content %d; 1 to %d", n, len(all))
			return
		}
		if n > 0 {
			claimed = append(claimed, all[n-1])
		}
	}
	m.claim(claimed)
}

func (m *lineMode) claim(boxes []engine.Box) {
	b := m.boxes
	ticks := engine.Ticks{Response: b.response.ID}
	for _, box := range boxes {
		ticks.Boxes = append(ticks.Boxes, box.ID)
	}
	if len(boxes) > 0 && !m.do(engine.Command{Do: engine.Respond, Body: engine.Body{ID: b.inject, Role: b.role, Boxes: []engine.Ticks{ticks}}}) {
		return
	}
	m.askBoxes(b.inject, b.role, b.rest)
}
