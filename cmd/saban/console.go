package main

import (
	"errors"
	"os"
	"time"

	"golang.org/x/term"

	"saban/engine"
	"saban/live"
)

// console is what the facilitator sees and types at a terminal. It holds no
// facts: each drawing looks at the session anew.
type console struct {
	s    *session
	app  *app
	d    display
	size func() (w, h int)

	page   page // a menu, an entry, a sheet; nil shows the drill
	notice notice
	quiet  time.Duration // Enter means nothing before

	// As numbered on the screen.
	view     engine.Snapshot
	open     []live.Question
	coming   []live.Upcoming
	finished bool
	left     bool
	told     int // events whose news a page did not hide
}

// page stands in the middle of the screen in place of the drill. The clock
// and all that is due go on.
type page interface {
	draw(c *console, a area)
	key(c *console, k key)
	keys(c *console) string // what can be pressed
}

// notice is a line that says what just happened or why not.
type notice struct {
	text  string
	style style
	until time.Duration
}

// refresh is how often the screen is drawn and time looked at.
const refresh = 100 * time.Millisecond

// conductConsole leads the drill at a terminal until EndEx.
func conductConsole(s *session, in, out *os.File, stop <-chan os.Signal) error {
	if !understandsANSI(out) {
		return newLines(s).run(in, stop)
	}
	fd := int(in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return newLines(s).run(in, stop)
	}
	c := newConsole(s, out, func() (int, int) {
		w, h, err := term.GetSize(int(out.Fd()))
		if err != nil || w <= 0 || h <= 0 {
			return 80, 24
		}
		return w, h
	})
	defer func() {
		c.d.close()
		_ = term.Restore(fd, before)
	}()
	if err := c.d.open(); err != nil {
		return err
	}
	return c.run(readChunks(in), stop)
}

func newConsole(s *session, out *os.File, size func() (int, int)) *console {
	c := &console{s: s, app: s.staging.app, d: display{out: out, color: s.staging.app.color()}, size: size}
	if s.torn {
		c.say(warn, "dòng cuối của tệp bị đứt khi máy dừng: đã cắt bỏ", "the last line of the file was torn by the crash: it was cut off")
	}
	return c
}

// readChunks reads the keyboard for as long as the process lives.
func readChunks(in *os.File) <-chan []byte {
	out := make(chan []byte)
	go func() {
		defer close(out)
		for {
			b := make([]byte, 256)
			n, err := in.Read(b)
			if n > 0 {
				out <- b[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	return out
}

func (c *console) run(chunks <-chan []byte, stop <-chan os.Signal) error {
	ticker := time.NewTicker(refresh)
	defer ticker.Stop()
	var keys decoder
	for {
		if err := c.step(); err != nil || c.finished {
			return err
		}
		if c.left {
			return c.s.staging.interrupted()
		}
		select {
		case b, ok := <-chunks:
			if !ok {
				return c.s.staging.interrupted()
			}
			c.press(keys.feed(b))
		case <-ticker.C:
			c.press(keys.flush())
		case <-stop:
			return c.s.staging.interrupted()
		}
	}
}

// step lets time do its part and draws.
func (c *console) step() error {
	if err := c.s.tick(); err != nil {
		return err
	}
	if c.finished = c.s.Drill.Over(); c.finished {
		return nil
	}
	c.announce()
	if err := c.draw(); err != nil {
		c.left = true // the terminal is gone; the drill file is not
	}
	return nil
}

// announce says what comes while a page hides it.
func (c *console) announce() {
	for ; c.told < len(c.s.Log); c.told++ {
		if e := &c.s.Log[c.told]; c.page != nil && (e.Type == engine.Released || e.Type == engine.Moved) {
			c.look()
			t := c.s.tell(&c.view, e)
			c.tell(accent, e.At.Clock()+" "+t.mark+" "+t.text)
		}
	}
}

// press takes keys one after another, each on the screen the last one left.
func (c *console) press(keys []key) {
	for _, k := range keys {
		if c.s.broken() != nil || c.left || c.s.Drill.Over() {
			return
		}
		c.look()
		switch {
		case k.name == keyInterrupt:
			c.left = true
		case c.page != nil:
			c.page.key(c, k)
		default:
			c.command(k)
		}
	}
}

// look takes in where the drill stands.
func (c *console) look() {
	c.view = c.s.Drill.Snapshot()
	c.open = c.s.questions(&c.view)
	c.coming = live.Queue(&c.view)
}

// do carries out a command and reports whether it was taken; a refusal is
// shown.
func (c *console) do(cmd engine.Command) bool {
	_, err := c.s.do(cmd)
	return c.taken(err)
}

func (c *console) taken(err error) bool {
	var refusal *engine.Refusal
	var fail *failure
	switch {
	case err == nil:
		return true
	case errors.As(err, &refusal):
		text := c.s.in(refusal.Why)
		if try := c.s.in(refusal.Try); try != "" {
			text += "; " + try
		}
		c.tell(warn, text)
	case errors.As(err, &fail):
		c.tell(warn, c.s.in(fail.text))
	}
	return false
}

func (c *console) say(st style, vi, en string, args ...any) { c.tell(st, c.app.say(vi, en, args...)) }

func (c *console) tell(st style, text string) {
	c.notice = notice{text, st, c.s.Mono() + 8*time.Second}
}

// show puts a page up; nil goes back to the drill. Enter is deaf for a
// moment, so that one too many does not release an inject.
func (c *console) show(p page) {
	c.page = p
	c.quiet = c.s.Mono() + 400*time.Millisecond
}
