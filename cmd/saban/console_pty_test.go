//go:build !windows

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
	"github.com/hinshun/vt10x"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// The test binary is the program itself when it is told to be.
const beSaban = "SABAN_TEST_BE_SABAN"

func init() {
	if os.Getenv(beSaban) != "" {
		main()
		os.Exit(0)
	}
}

func sabanCommand(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), beSaban+"=1", "TERM=xterm-256color", "NO_COLOR=", "SABAN_LANG=")
	return cmd
}

// tty is the program at a terminal of 80×24.
type tty struct {
	t   *testing.T
	f   *os.File
	cmd *exec.Cmd

	mu   sync.Mutex
	vt   vt10x.Terminal
	all  bytes.Buffer
	done chan struct{}
}

func atTerminal(t *testing.T, args ...string) *tty {
	t.Helper()
	x := &tty{t: t, cmd: sabanCommand(args...), vt: vt10x.New(vt10x.WithSize(80, 24)), done: make(chan struct{})}
	f, err := pty.StartWithSize(x.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	x.f = f
	go func() {
		defer close(x.done)
		b := make([]byte, 4096)
		for {
			n, err := f.Read(b)
			x.mu.Lock()
			x.all.Write(b[:n])
			_, _ = x.vt.Write(b[:n])
			x.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = x.cmd.Process.Kill()
		_ = f.Close()
	})
	return x
}

func (x *tty) screen() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.vt.String()
}

// until waits for a screen that matches.
func (x *tty) until(pattern string) {
	x.t.Helper()
	want := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(90 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if want.MatchString(x.screen()) {
			return
		}
	}
	x.t.Fatalf("%q did not come:\n%s", pattern, x.screen())
}

// press types keys as they are.
func (x *tty) press(keys string) {
	x.t.Helper()
	if _, err := io.WriteString(x.f, keys); err != nil {
		x.t.Fatal(err)
	}
}

// pick presses the number that stands before a text in the list under a
// title.
func (x *tty) pick(title, text string) {
	x.t.Helper()
	x.until("── " + regexp.QuoteMeta(title) + ".* ?──")
	row := regexp.MustCompile(`(?m)^ *(\d) .*` + regexp.QuoteMeta(text))
	x.until(`(?m)^ *\d .*` + regexp.QuoteMeta(text))
	x.press(row.FindStringSubmatch(x.screen())[1])
}

// exit waits for the end and returns the exit code and all that was shown.
func (x *tty) exit() (int, string) {
	x.t.Helper()
	select {
	case <-x.done:
	case <-time.After(90 * time.Second):
		x.t.Fatalf("it does not end:\n%s", x.screen())
	}
	_ = x.cmd.Wait()
	return x.cmd.ProcessState.ExitCode(), x.all.String()
}

// answer opens the question of a role and picks a choice. A new inject may
// renumber the questions between the look and the key, so what opened is
// looked at before anything is picked.
func (x *tty) answer(role, inject, choice string) {
	x.t.Helper()
	number := regexp.MustCompile(`(?m)^ *(\d) . ` + regexp.QuoteMeta(role) + " +" + inject)
	for range 20 {
		x.until(number.String())
		x.press(number.FindStringSubmatch(x.screen())[1])
		x.until("── .* trả lời · ")
		if strings.Contains(x.screen(), role+" trả lời · "+inject) {
			x.pick(role+" trả lời", choice)
			return
		}
		x.press("\x1b")
		x.until("── Ai phải làm ─")
	}
	x.t.Fatalf("the question of %s did not open:\n%s", role, x.screen())
}

func TestBombThreatAtATerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bomb.drill.jsonl")
	x := atTerminal(t, "run", "bomb-threat", "--speed", "60", "--out", path, "--seed", "5")
	x.until("Sẵn sàng bắt đầu")
	x.press("\r")
	x.until("phát I01")

	// Answers, the first with contents.
	x.answer("Đội trưởng bảo vệ", "I01", "Báo 113 và Công an xã")
	x.until("nêu được những gì")
	x.press("*")
	x.until(`7  \[x\]`)
	x.press("3\r")
	x.until("nêu được 6 nội dung")
	x.answer("Giám đốc (chỉ huy tại chỗ)", "I01", "Kích hoạt phương án")
	x.until("chuyển sang “Đánh giá")
	// A prohibited action.
	x.press("x")
	x.pick("Hành động cấm nào?", "Gác máy ngay, xóa số")
	x.pick("Ai đã làm?", "Trực ban tổng đài")
	x.until("hành động cấm · Trực ban")
	// A pause, and news passed on in it.
	x.until("phát I13")
	x.press("p")
	x.until("TẠM DỪNG")
	x.press("r")
	x.pick("Báo lại tin nào", "Đội trưởng bảo vệ · I13")
	x.until("báo lại I13")
	x.press(" ")
	x.until("đang chạy")
	// An ad hoc inject with an action that counts.
	x.press("n")
	x.until("Gửi cho những ai")
	x.pick("Tình huống đột xuất", "Nhân viên y tế")
	x.press("\r")
	x.until("Lời đọc")
	x.press("Một người ngất ở sảnh\r")
	x.until("Cần làm gì")
	x.press("Sơ cứu, gọi 115\r")
	x.pick("Ai phải làm?", "Nhân viên y tế")
	x.pick("Có tính điểm", "trọng số 2")
	x.until("Đột xuất X1")
	x.answer("Nhân viên y tế", "X1", "Sơ cứu, gọi 115")
	x.until("Nhân viên y tế: Sơ cứu")
	// A forced state.
	x.press("g")
	x.pick("Chuyển tay sang trạng thái nào?", "Sơ tán và phong tỏa")
	x.pick("Chuyển tay sang “Sơ tán", "Để tập phần sau")
	x.until("chuyển tay sang “Sơ tán")
	// Ctrl-C.
	x.press("\x03")
	code, shown := x.exit()
	if code != exitFailed || !strings.Contains(shown, "saban run --resume "+path) {
		t.Fatalf("exit %d:\n%s", code, tail(shown))
	}
	if strings.Contains(shown, "BẢNG ĐIỂM DIỄN TẬP") {
		t.Error("an interrupted drill was scored")
	}

	x = atTerminal(t, "run", "--resume", path)
	x.until("TẠM DỪNG")
	x.until("khôi phục")
	x.press("P") // capital letters count too
	x.until("đang chạy")
	x.press("Q")
	x.until("Kết thúc buổi diễn tập")
	x.press("2")
	code, shown = x.exit()
	if code != exitGood || !strings.Contains(shown, "BẢNG ĐIỂM DIỄN TẬP") {
		t.Fatalf("exit %d:\n%s", code, tail(shown))
	}
	if _, err := os.Stat(path + ".beat"); !os.IsNotExist(err) {
		t.Errorf("the beat is still there: %v", err)
	}
	samePlay(t, path)
}

func tail(s string) string { return s[max(0, len(s)-3000):] }

// samePlay writes the acts of a drill as a play, runs it, and compares the
// facts.
func samePlay(t *testing.T, path string) {
	t.Helper()
	a := testApp(engine.VI)
	p, err := a.openDrill(path)
	if err != nil {
		t.Fatal(err)
	}
	if !p.file.Closed {
		t.Error("the drill file is not closed")
	}
	script := playOf(t, p.file.Events)
	play, findings := scenarios.ReadPlay(scenarios.Source{Name: "typed.yaml", Bytes: []byte(script)}, p.scenario.Scenario)
	if err := findings.Err(); err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	again, err := scenarios.Rehearse(p.scenario.Compiled, play)
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	played := factsOf(p.scenario.Scenario, p.file.Events)
	all := strings.Join(append(played.items, played.path...), "\n")
	for _, want := range []string{"R03 guard_chief", "R04 director", "RX1 medic", "evacuation"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in\n%s", want, all)
		}
	}
	if len(played.penalties) != 1 {
		t.Errorf("penalties: %v", played.penalties)
	}
	if diff := cmp.Diff(played, factsOf(p.scenario.Scenario, again.Log), cmp.AllowUnexported(facts{})); diff != "" {
		t.Errorf("drill and play differ (-drill +play):\n%s\n%s", diff, script)
	}
}

// facts are what a drill comes to: who did what when, and where it led.
type facts struct {
	items, penalties, path, injects []string
	total                           string
}

func factsOf(s *engine.Scenario, log []engine.Event) facts {
	card := scoring.Score(s, scoring.Default(), log)
	f := facts{total: card.Total.In(engine.EN)}
	for _, it := range card.Items {
		if it.Done {
			f.items = append(f.items, fmt.Sprint(it.ID, it.Way, " ", it.DoneBy, " ", *it.Observed, " ", *it.Content, " ", *it.Value))
		}
	}
	for _, p := range card.Penalties {
		f.penalties = append(f.penalties, fmt.Sprint(p.ID, " ", p.Role, " ", p.AtMS))
	}
	for _, step := range card.Path {
		f.path = append(f.path, fmt.Sprint(step.State, " ", step.AtMS, " ", step.Forced))
	}
	for _, e := range log {
		if e.Type == engine.Released || e.Type == engine.Relayed || e.Type == engine.Missed {
			f.injects = append(f.injects, fmt.Sprint(e.At, " ", e.Type, " ", e.ID, e.Role))
		}
	}
	return f
}

// playOf turns the acts of a log into a play.
func playOf(t *testing.T, log []engine.Event) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("play: 1\nscenario: bomb-threat\nname: as typed\nsteps:\n")
	for i := range log {
		e := &log[i]
		step := func(format string, args ...any) {
			fmt.Fprintf(&b, "  - {at: %s, %s}\n", e.At, fmt.Sprintf(format, args...))
		}
		switch e.Type {
		case engine.Responded:
			var boxes []string
			for _, ticks := range e.Boxes {
				boxes = append(boxes, fmt.Sprintf("%s: [%s]", ticks.Response, strings.Join(ticks.Boxes, ", ")))
			}
			step("respond: {inject: %s, role: %s, choices: [%s], boxes: {%s}}", e.ID, e.Role, strings.Join(e.Choices, ", "), strings.Join(boxes, ", "))
		case engine.ProhibitedAct:
			step("prohibited: %s, by: %s", e.ID, e.Role)
		case engine.Relayed:
			step("relay: {inject: %s, to: %s}", e.ID, e.Role)
		case engine.Paused:
			step("pause: 30s")
		case engine.Forced:
			step("force: %s, reason: %q", e.To, e.Reason)
		case engine.Written:
			r := e.Inject.Expects[0]
			step("inject: {id: %s, to: [%s], channel: %s, text: %q, expects: [{id: %s, by: %s, weight: %d, target: %s, limit: %s, capability: %s, do: %q}]}",
				e.ID, e.Inject.To[0], e.Inject.Channel, e.Inject.Text.VI, r.ID, r.By, r.Weight, r.Target, r.Limit, r.Capability, r.Do.VI)
		case engine.Ended:
			fmt.Fprintf(&b, "end: %s\n", e.At)
		}
	}
	return b.String()
}

func TestSignalsLeaveAFile(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.drill.jsonl")
			cmd := sabanCommand("run", "bomb-threat", "--out", path, "--lang", "en")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			talk, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var shown strings.Builder
			b := make([]byte, 1024)
			for !strings.Contains(shown.String(), "choose 1") {
				n, err := talk.Read(b)
				if shown.Write(b[:n]); err != nil {
					t.Fatalf("%v\n%s", err, shown.String())
				}
			}
			_ = cmd.Process.Signal(sig)
			rest, _ := io.ReadAll(talk)
			shown.Write(rest)
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(shown.String(), "--resume "+path) {
				t.Errorf("exit %d\n%s", code, shown.String())
			}
			if _, err := os.Stat(path + ".beat"); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNothingTypedNothingScored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.drill.jsonl")
	cmd := sabanCommand("run", "bomb-threat", "--out", path)
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	_ = cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != exitFailed || out.Len() > 0 || !strings.Contains(talk.String(), "chưa chấm điểm") {
		t.Errorf("exit %d\n%s\n%s", code, out.String(), talk.String())
	}
}
