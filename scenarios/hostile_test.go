package scenarios_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/scenarios"
)

const megabyte = 1 << 20

// hostile inputs: none may panic, and each has to be refused within a second.
func hostile() map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, megabyte/len(unit)) }
	head := "saban: 1\nroles: {g: {title: x}}\n"
	many := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			if line := strings.ReplaceAll(format, "#", fmt.Sprint(i)); b.Len()+len(line) < megabyte-2000 {
				b.WriteString(line)
			}
		}
		return b.String()
	}
	return map[string]string{
		"5 MB":                            strings.Repeat("# năm megabyte\n", 5*megabyte/16),
		"flow nesting of 10,000":          "saban: 1\ntitle: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
		"mapping nesting of 10,000":       "saban: 1\ntitle: " + strings.Repeat("{a: ", 10_000) + "1" + strings.Repeat("}", 10_000),
		"block nesting of 10,000":         "saban: 1\ntitle:\n  " + strings.Repeat("- ", 10_000) + "x",
		"indentation of 1,400 levels":     indentation(1400),
		"nesting hidden behind quotes":    "saban: 1\ntitle: " + strings.Repeat(`["]",`, 9_990),
		"a megabyte of [":                 fill("["),
		"a megabyte of {":                 fill("{"),
		"a megabyte of {a:":               fill("{a: "),
		"a megabyte of -":                 fill("- "),
		"a megabyte of ?":                 fill("? "),
		"a megabyte of quotes":            fill(`"`),
		"a megabyte of apostrophes":       fill("'"),
		"a megabyte of tags":              fill("!a "),
		"a megabyte of anchors":           fill("&a "),
		"a megabyte of aliases":           fill("*a "),
		"a megabyte of documents":         fill("---\na\n"),
		"a megabyte of comments":          fill("# a\n"),
		"a megabyte of blank lines":       fill("\n"),
		"a megabyte of spaces":            fill(" "),
		"a megabyte of control":           fill("\x01"),
		"a megabyte of 0xff":              fill("\xff"),
		"a megabyte of keys":              fill("a:\n"),
		"a megabyte of flow keys":         "{" + fill("a,")[:megabyte-4] + "}",
		"a megabyte of empty lists":       "[" + fill("[],")[:megabyte-4] + "]",
		"a megabyte in one text":          "saban: 1\ntitle: " + fill("é")[:megabyte-40],
		"a megabyte of combining marks":   "saban: 1\ntitle: " + fill("\u0301")[:megabyte-40],
		"a megabyte of folded text":       "saban: 1\ntitle:\n  vi: x\n" + fill("   y\n")[:megabyte-40],
		"a mistake on the last line":      "saban: 1\n" + fill("a: 1\n")[:megabyte-40] + "\n b: 1\n",
		"a list of half a million":        head + "injects: [" + fill("1,")[:megabyte-60] + "]",
		"500 injects, nothing right":      head + "injects:\n" + many("  - {id: a#, at: 1m, to: [h#], text: x, expects: [{id: r#, by: z#, do: x, after: [q#]}]}\n", 500),
		"too many responses":              head + "injects: [{id: a, at: 1m, to: [g], text: x, expects: [" + many("{id: r#, by: g, do: x},", 501) + "]}]",
		"500 transitions between 2":       head + "states: {a: {kind: initial, title: x}, b: {kind: normal, title: x}}\ntransitions:\n" + many("  - {from: a, to: b, when: elapsed >= #}\n  - {from: b, to: a, when: not (elapsed >= #)}\n", 250),
		"500 guards over 60 facts":        machineOf(60, 500),
		"a chain of 499 after":            head + "injects:\n  - {id: a, at: 1m, to: [g], text: x, expects: [{id: r0, by: g, do: x}" + chain(499) + "]}\n",
		"500 roles asked in 500 injects":  "saban: 1\nroles:\n" + many("  g#: {title: x}\n", 500) + "injects:\n" + many("  - {id: a#, at: 1m, to: all, text: x, also: {g#: [x, y, z]}}\n", 500),
		"a guard of a megabyte":           head + "states: {a: {kind: initial, title: x}}\ntransitions: [{from: a, to: a, when: '" + fill("not (")[:megabyte-200] + "'}]",
		"many placeholders":               head + "parameters: {" + many("p#: {value: 1},", 500) + "}\ntitle: {vi: '" + many("${p#}", 500) + "', en: '" + fill("${x")[:megabyte/2] + "'}",
		"directives":                      fill("%A b\n"),
		"a key of a megabyte":             "? " + fill("a")[:megabyte-40] + "\n: 1",
		"every id the same":               head + "injects:\n" + many("  - {id: a, at: 1m, to: [g], text: x, expects: [{id: a, by: g, do: x}]}\n", 500),
		"a text in every language at all": "saban: 1\ntitle: {" + many("l#: x,", 500) + "}",
	}
}

func indentation(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func chain(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, ",{id: r%d, by: g, do: x, after: [r%d]}", i, i-1)
	}
	return b.String()
}

// machineOf is a machine in which every state leads to many others, by guards
// over many facts that can nearly all be true.
func machineOf(states, transitions int) string {
	var b strings.Builder
	b.WriteString("saban: 1\nid: x\ntitle: x\nduration: 1h\nroles: {g: {title: x}}\nstates:\n")
	for i := range states {
		kind := map[bool]string{true: "initial", false: "normal"}[i == 0]
		fmt.Fprintf(&b, "  s%d: {kind: %s, title: x}\n", i, kind)
	}
	b.WriteString("transitions:\n")
	for i := range transitions {
		from := i % states
		fmt.Fprintf(&b, "  - {from: s%d, to: s%d, when: (flag(f%d) or not flag(f%d)) and (flag(f%d) or flag(f%d)) and not (flag(f%d) and flag(f%d))}\n",
			from, (from+1+i/states*7)%states, i%60, (i*7)%60, (i*11)%60, (i*13)%60, (i*17)%60, (i*19)%60)
	}
	b.WriteString("flags:\n")
	for i := range 60 {
		fmt.Fprintf(&b, "  f%d: x\n", i)
	}
	b.WriteString("injects: [{id: a, at: 1m, to: [g], text: x}]\n")
	return b.String()
}

// quickest times work, again when it seems slow: a busy machine is no fault of
// the reader's, and only what is always slow is.
func quickest(work func()) time.Duration {
	best := time.Hour
	for range 5 {
		begin := time.Now()
		work()
		if best = min(best, time.Since(begin)); best <= slow*time.Second {
			break
		}
	}
	return best
}

func TestHostile(t *testing.T) {
	base := valid(t)
	readers := map[string]func(scenarios.Source) scenarios.Findings{
		"scenario": func(s scenarios.Source) scenarios.Findings { _, f := scenarios.ReadScenario(s); return f },
		"site":     func(s scenarios.Source) scenarios.Findings { _, f := scenarios.ReadSite(s, base); return f },
		"play":     func(s scenarios.Source) scenarios.Findings { _, f := scenarios.ReadPlay(s, base.Scenario); return f },
		"rubric":   func(s scenarios.Source) scenarios.Findings { _, f := scenarios.ReadRubric(s); return f },
		"paper":    func(s scenarios.Source) scenarios.Findings { _, f := scenarios.ReadDraft(s, base.Scenario); return f },
	}
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			for kind, read := range readers {
				if testing.Short() && kind != "scenario" {
					continue
				}
				var found scenarios.Findings
				if took := quickest(func() { found = read(scenarios.Source{Name: "hostile.yaml", Bytes: []byte(text)}) }); took > slow*time.Second {
					t.Errorf("as a %s it takes %s", kind, took)
				}
				if !found.Failed() {
					t.Errorf("as a %s it is accepted", kind)
				}
				if shown := found.Format(engine.VI); len(shown) > 500_000 {
					t.Errorf("as a %s it is answered with %d bytes", kind, len(shown))
				}
			}
		})
	}
}

// Text in NFD, as some systems write it, is the same scenario.
func TestNFD(t *testing.T) {
	f, found := scenarios.ReadScenario(source(t, filepath.Join(faultsDir, "nfd.yaml")))
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	want := valid(t).Scenario
	if f.Scenario.Title != want.Title || f.Scenario.Roles[0].Title.VI != "Bảo vệ" || f.Scenario.Injects[0].Text != want.Injects[0].Text {
		t.Errorf("got %q, want %q", f.Scenario.Roles[0].Title.VI, "Bảo vệ")
	}
}

func fuzz(f *testing.F, prefix string, read func(scenarios.Source) scenarios.Findings) {
	files, err := filepath.Glob(faultsDir + "/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		kind, _, _ := strings.Cut(filepath.Base(path), "-")
		if special := kind == "site" || kind == "play" || kind == "rubric" || kind == "paper"; special != (prefix != "") || special && kind != prefix {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var found scenarios.Findings
		if took := quickest(func() { found = read(scenarios.Source{Name: "fuzz.yaml", Bytes: b}) }); took > slow*time.Second {
			t.Errorf("takes %s", took)
		}
		for _, one := range found {
			if one.Text.VI == "" || one.Text.EN == "" || one.Code == "" || one.Line < 1 || one.Col < 1 {
				t.Errorf("half a finding: %+v", one)
			}
			one.Format(engine.VI)
		}
	})
}

func FuzzScenario(f *testing.F) {
	fuzz(f, "", func(s scenarios.Source) scenarios.Findings {
		file, found := scenarios.ReadScenario(s)
		if file != nil && !found.Failed() && file.Compiled == nil {
			panic("a scenario without errors is not compiled")
		}
		return found
	})
}

func FuzzSite(f *testing.F) {
	base := valid(f)
	fuzz(f, "site", func(s scenarios.Source) scenarios.Findings {
		site, found := scenarios.ReadSite(s, base)
		if site == nil {
			return found
		}
		_, merged := scenarios.Merge(base, site)
		return append(found, merged...)
	})
}

func FuzzPlay(f *testing.F) {
	base := valid(f)
	fuzz(f, "play", func(s scenarios.Source) scenarios.Findings {
		p, found := scenarios.ReadPlay(s, base.Scenario)
		if p != nil && !found.Failed() {
			_, _ = scenarios.Rehearse(base.Compiled, p) // a step may be refused; it must not panic
		}
		return found
	})
}

func FuzzRubric(f *testing.F) {
	fuzz(f, "rubric", func(s scenarios.Source) scenarios.Findings { _, found := scenarios.ReadRubric(s); return found })
}

func FuzzDraft(f *testing.F) {
	base := valid(f)
	f.Add([]byte("paper: 1\nscenario: test\nday: \"2026-03-14\"\nstart: \"23:30\"\nend: \"00:05\" # late\nholders: {guard: [g1]}\ncovers: {director: guard}\nsteps:\n" +
		"  - {at: \"23:59\", done: R01, boxes: [voice]}\n  - {at: 5m, order: 2, pause: 2m}\n  - {at: \"23:36\", release: I02}\n  - {at: 3m, respond: {inject: I01, role: guard, choices: [2, D01]}}\n  - {rate: NB, rating: S}\n"))
	fuzz(f, "paper", func(s scenarios.Source) scenarios.Findings {
		d, found := scenarios.ReadDraft(s, base.Scenario)
		if d != nil && !found.Failed() {
			for _, step := range d.InOrder() {
				if step.At < 0 || step.At > d.End || step.Wall < step.At {
					panic("a step outside the drill is taken")
				}
			}
			if sheet, err := scenarios.OpenSheet(s); err != nil || sheet.Rows() != len(d.Steps) {
				panic("a sheet and its draft differ")
			} else if _, again := scenarios.ReadDraft(scenarios.Source{Name: s.Name, Bytes: sheet.Bytes()}, base.Scenario); again.Failed() {
				panic(again.Format(engine.EN))
			}
		}
		return found
	})
}
