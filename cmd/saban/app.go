package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"saban/engine"
	"saban/scenarios"
)

// app is what every verb works with: where it reads and writes, in which
// language, and how it tells the time.
type app struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	now      func() time.Time
	lang     engine.Lang
	json     bool
	noColor  bool
	compiled map[string]*scenarios.File // what drills of this call had pinned, by hash
}

func newApp() *app {
	return &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now, lang: engine.VI}
}

// say picks the sentence of the user's language.
func (a *app) say(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(a.lang) }

// talk writes a line to the user beside the results.
func (a *app) talk(vi, en string, args ...any) {
	fmt.Fprintln(a.err, "saban: "+a.say(vi, en, args...))
}

// hint writes what to try next.
func (a *app) hint(t engine.Text) {
	if !t.Empty() {
		fmt.Fprintln(a.err, "saban: "+a.say("gợi ý: ", "hint: ")+t.In(a.lang))
	}
}

// interactive reports whether a person sits at both ends.
func (a *app) interactive() bool { return isTerminal(a.in) && isTerminal(a.out) }

func isTerminal(x any) bool {
	f, ok := x.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// color reports whether results may be coloured.
func (a *app) color() bool {
	return !a.noColor && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb" && isTerminal(a.out)
}

// languageOf reads --lang or SABAN_LANG before the command line is parsed, so
// that help and errors speak it too.
func languageOf(args []string, env func(string) string) engine.Lang {
	lang := languageNamed(env("SABAN_LANG"), engine.VI)
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "--lang" && i+1 < len(args) {
			lang = languageNamed(args[i+1], lang)
		} else if v, ok := strings.CutPrefix(arg, "--lang="); ok {
			lang = languageNamed(v, lang)
		}
	}
	return lang
}

// languageNamed is the language of that name, or else the other one given.
func languageNamed(name string, or engine.Lang) engine.Lang {
	if lang := engine.Lang(name); lang == engine.EN || lang == engine.VI {
		return lang
	}
	return or
}
